"""Record + draft -> what the members have said about its terms, and how far that moves their chances.

No table of past votes carries stances, so what a stance tells is elicited and not fitted: `ELICITED` says how a member of usual
habits would vote on a draft put to the vote unchanged after its government spoke so of one of its terms, with a low and a high
answer. The habits are measured (`USUAL`). Divided by them, the answer is how many times likelier such words make each vote
than a yes, and Bayes' rule applies that to any member and draft. A stance counts with the chance that it is read rightly, bears
on the term and still holds; the rest of the chance stays where it was (Jeffrey, "The Logic of Decision", 1965, ch. 11). A draft
is voted on as a whole, so the stance that is most against it decides.

Only what was published before the day of the vote counts; an undated page counts only where the caller says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

import numpy as np

from dragoman.analysis import Analysis, Stance
from dragoman.council.chances import Chances
from dragoman.council.drafts import Draft, Term
from dragoman.council.past import COUNTED, Floats
from dragoman.knowledge import Gazetteer
from dragoman.record import Record

Reading = Literal["low", "middle", "high"]
"""Which answer of `ELICITED` is taken."""
READINGS: tuple[Reading, ...] = get_args(Reading)

USUAL = (0.021, 0.049)
"""How often China, Russia and the United States voted no and abstained, 5,790 votes of 1994 to May 2025."""

ELICITED: Mapping[bool, Mapping[str, tuple[tuple[float, float], ...]]] = {
    True: {
        "veto_threat": ((0.50, 0.25), (0.75, 0.15), (0.90, 0.07)),
        "red_line": ((0.25, 0.30), (0.50, 0.25), (0.75, 0.15)),
        "demand": ((0.08, 0.20), (0.20, 0.30), (0.40, 0.30)),
        "offer": ((0.03, 0.08), (0.05, 0.15), (0.15, 0.25)),
        "plain": ((0.08, 0.20), (0.20, 0.30), (0.40, 0.30)),
    },
    False: {
        "veto_threat": ((0.002, 0.010), (0.005, 0.020), (0.015, 0.040)),
        "red_line": ((0.002, 0.010), (0.005, 0.020), (0.015, 0.040)),
        "demand": ((0.002, 0.010), (0.005, 0.020), (0.015, 0.040)),
        "offer": ((0.005, 0.020), (0.010, 0.030), (0.020, 0.045)),
        "plain": ((0.005, 0.020), (0.010, 0.030), (0.020, 0.045)),
    },
}
"""Is it against a term? -> force -> chances of a no and of abstaining, in the order of `READINGS`. Judged, as docs/council.md
says."""
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
    """A member's stance that bears on a term of the draft, with the words that show it.

    `weight` is the chance that it is read rightly, bears on the term and still holds; `document` and `stance` are the ids of page
    and row.
    """

    member: str
    term: Term
    against: bool
    force: str
    quote: str
    document: str
    stance: str
    publisher: str | None
    published: str | None
    weight: float

    @property
    def force_of_no(self) -> float:
        """How far it moves the log odds of a no, the weight reckoned in; below 0 where it is for the draft."""
        return self.weight * float(np.log(self.likelier("middle")[COUNTED.index("no")]))

    def likelier(self, reading: Reading) -> Floats:
        """How many times likelier the words make each vote of COUNTED, against a yes."""
        no, abstain = ELICITED[self.against][self.force][READINGS.index(reading)]
        yes, usual = 1 - no - abstain, 1 - sum(USUAL)
        return np.array([1.0, (abstain / yes) / (USUAL[1] / usual), (no / yes) / (USUAL[0] / usual)])


def said(
    record: Record, draft: Draft, members: Sequence[str], gazetteer: Gazetteer, *, undated: bool = False
) -> tuple[Said, ...]:
    """What the record holds of these members on the draft's terms, the weightiest first; `undated` counts undated pages."""
    found = (
        s
        for a in record.analyses(reviewed=True)
        if _counts(a, draft, undated)
        for s in _of(a, draft, members, gazetteer)
    )
    return tuple(sorted(found, key=lambda s: (-abs(s.force_of_no), s.member, s.quote)))


def moved(chances: Chances, found: Sequence[Said], reading: Reading = "middle") -> Chances:
    """The chances after what was said: each member's words bear on its own vote, and through it on whether the draft is contested
    and so on all others."""
    for member, one in decisive(found).items():
        chances = _heard(chances, chances.members.index(member), one.likelier(reading), one.weight)
    return chances


def decisive(found: Sequence[Said]) -> dict[str, Said]:
    """Of each member that said something, the stance that is most against the draft, else the one most for it."""
    best: dict[str, Said] = {}
    for one in found:
        if one.member not in best or _rank(one) > _rank(best[one.member]):
            best[one.member] = one
    return dict(sorted(best.items()))


def _rank(one: Said) -> tuple[bool, float]:
    return one.against, abs(one.force_of_no)


def _heard(chances: Chances, row: int, likelier: Floats, weight: float) -> Chances:
    """The chances given words of one member: by Bayes' rule with the weight, as they were with the rest of it."""
    contested, given = min(chances.contested, 1 - 1e-9), chances.given.copy()
    votes = given[row] * likelier
    raised = contested * votes.sum() / (contested * votes.sum() + 1 - contested)
    both = weight * raised * votes / votes.sum() + (1 - weight) * contested * given[row]
    given[row] = both / both.sum()
    return Chances(chances.members, float(both.sum()), given)


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
    weight = bearing * stance.score * _fresh(analysis.document.published, draft.date)
    return Said(
        member=member,
        term=term,
        against=against,
        force=stance.force,
        quote=stance.evidence.text,
        document=analysis.document.id,
        stance=stance.id,
        publisher=analysis.document.publisher,
        published=analysis.document.published,
        weight=weight,
    )


def _fresh(published: str | None, on: str) -> float:
    """1 for yesterday, fading with age; an undated page counts as a year old."""
    if published is None:
        return 0.5
    whole = published[:10] + "0000-07-01"[len(published[:10]) :]
    return float(0.5 ** (max(0, (date.fromisoformat(on) - date.fromisoformat(whole)).days) / HALF_LIFE))
