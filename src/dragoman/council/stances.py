"""Record + draft -> what the members have said about its terms, and how far that moves their chances.

No table of past votes carries stances, so these weights are judged, not fitted: a veto threat moves the odds of a no most, then
a red line, a demand, a plain word. They are log odds against yes, times the score of the reading, and fade with a half-life of a
year. Only what was published before the day of the vote counts; an undated page counts only where the caller says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from dragoman.analysis import Analysis, Stance
from dragoman.council.drafts import Draft, Term
from dragoman.council.model import Chances
from dragoman.council.past import Floats
from dragoman.knowledge import Gazetteer
from dragoman.record import Record

AGAINST = {
    "veto_threat": (4.0, 1.0),
    "red_line": (3.0, 1.2),
    "demand": (1.5, 1.0),
    "offer": (0.8, 0.6),
    "plain": (1.5, 1.0),
}
"""Force -> what a stance against a term adds to the log odds of no, and of abstaining."""
FOR = {
    "veto_threat": (-1.2, -1.0),
    "red_line": (-1.2, -1.0),
    "demand": (-1.2, -1.0),
    "offer": (-0.8, -0.6),
    "plain": (-0.8, -0.6),
}
MOST = 4.0
HALF_LIFE = 365.0

BEARS_ON = {
    "interference": {
        "leadership_change": 0.6,
        "sanctions": 0.5,
        "troop_deployment": 1.0,
        "use_of_force": 1.0,
        "no_fly_zone": 1.0,
    },
    "use_of_force": {"troop_deployment": 0.8, "no_fly_zone": 0.8},
    "troop_deployment": {"use_of_force": 0.6, "peace_operation": 0.3},
    "sanctions": {"arms_embargo": 0.6},
}
"""A stance on a measure speaks to these others too, so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A member's stance that bears on a term of the draft, with the words that show it."""

    member: str
    term: Term
    against: bool
    force: str
    quote: str
    publisher: str | None
    published: str | None
    no: float
    abstain: float


def said(
    record: Record, draft: Draft, members: Sequence[str], gazetteer: Gazetteer, *, undated: bool = False
) -> tuple[Said, ...]:
    """What the record holds of these members on the draft's terms, the weightiest first; `undated` counts undated pages."""
    found = (s for a in record.analyses() if _counts(a, draft, undated) for s in _of(a, draft, members, gazetteer))
    return tuple(sorted(found, key=lambda s: (-abs(s.no), s.member, s.quote)))


def moved(chances: Chances, found: Iterable[Said]) -> Chances:
    """The chances after what was said: for each member, term by term, the strongest stance counts, and no more than MOST in all.

    A member that speaks against a term also makes it likelier that the draft is contested, by as much.
    """
    shift = shifts(found, chances.members)
    scores = np.log(np.clip(chances.given, 1e-9, 1))
    scores[:, 1:] += shift
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    odds = np.log(chances.contested / (1 - chances.contested)) + max(0.0, float(shift.max(initial=0.0)))
    return Chances(chances.members, 1 / (1 + np.exp(-odds)), raised / raised.sum(axis=1, keepdims=True))


def shifts(found: Iterable[Said], members: Sequence[str]) -> Floats:
    """Log odds added for each member: abstain, no. Who is against one term is not won by others: support then counts nothing."""
    best: dict[tuple[str, str], Said] = {}
    for one in found:
        key = one.member, one.term.measure
        if key not in best or (one.against, abs(one.no)) > (best[key].against, abs(best[key].no)):
            best[key] = one
    table = np.zeros((len(members), 2))
    opponents = {member for (member, _), one in best.items() if one.against}
    for (member, _), one in best.items():
        if member in opponents and not one.against:
            continue
        table[list(members).index(member)] += (one.abstain, one.no)
    return np.clip(table, -MOST, MOST)


def _counts(analysis: Analysis, draft: Draft, undated: bool) -> bool:
    published = analysis.document.published
    return undated if published is None else published[:10] < draft.date[: len(published[:10])]


def _of(analysis: Analysis, draft: Draft, members: Sequence[str], gazetteer: Gazetteer) -> Iterator[Said]:
    for stance in analysis.stances:
        if draft.toward and stance.toward and stance.toward != draft.toward:
            continue
        for term in draft.terms:
            bearing = bears(stance.measure.type, term.measure)
            if bearing:
                yield from (
                    _said(m, term, stance, bearing, analysis, draft)
                    for m in _holders(stance, analysis, members, gazetteer)
                )


def bears(measure: str, on: str) -> float:
    """How far a stance on one measure speaks to another: 1 for the same."""
    return 1.0 if measure == on else BEARS_ON.get(measure, {}).get(on, 0.0)


def _holders(stance: Stance, analysis: Analysis, members: Sequence[str], gazetteer: Gazetteer) -> Iterator[str]:
    """The members that hold it: the state itself or the one spoken for; of a body or bloc, its members on the Council."""
    actor = analysis.actor(stance.holder.actor)
    if actor is None:
        return
    if actor.country in members and (actor.kind in ("state", "office") or "GOV" in actor.sectors):
        yield str(actor.country)
    elif actor.kind in ("organization", "bloc"):
        on = analysis.document.published
        yield from (
            m for m in gazetteer.members(actor.id, on=on and on[:10]) if m in members and actor.id not in ("UN", "UNSC")
        )


def _said(member: str, term: Term, stance: Stance, bearing: float, analysis: Analysis, draft: Draft) -> Said:
    against = (stance.stance == "opposes") == (term.does == "for")
    no, abstain = (AGAINST if against else FOR)[stance.force]
    weight = bearing * stance.score * _fresh(analysis.document.published, draft.date)
    return Said(
        member=member,
        term=term,
        against=against,
        force=stance.force,
        quote=stance.evidence.text,
        publisher=analysis.document.publisher,
        published=analysis.document.published,
        no=no * weight,
        abstain=abstain * weight,
    )


def _fresh(published: str | None, on: str) -> float:
    """1 for yesterday, fading with age; an undated page counts as a year old."""
    if published is None:
        return 0.5
    whole = published[:10] + "0000-07-01"[len(published[:10]) :]
    return float(0.5 ** (max(0, (date.fromisoformat(on) - date.fromisoformat(whole)).days) / HALF_LIFE))
