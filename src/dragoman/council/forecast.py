"""A draft + what is known the day before its vote -> each member's likely vote, the outcome, and what would have to change."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from dragoman.council import kit as kits
from dragoman.council.chances import Chances
from dragoman.council.drafts import Draft, Term, check_measure
from dragoman.council.features import GLASSES, MEMBER_FEATURES, Described, describe
from dragoman.council.joint import OUTCOMES, Draws, draw
from dragoman.council.kit import Kit
from dragoman.council.past import COUNTED, Floats, Past, day_of
from dragoman.council.rules import Outcome, Vote
from dragoman.council.stances import READINGS, Said, moved, said
from dragoman.errors import UsageError
from dragoman.knowledge import Gazetteer
from dragoman.knowledge.seats import PERMANENT, seated
from dragoman.record import Record

WIDER = 2.0
"""Without a stance of the member on the draft, its interval is so many times as wide, in log odds. Judged, not fitted."""
BLOCS = ("EU", "NATO", "ARL", "AU", "OIC", "ASEAN", "CIS", "NAM")
"""A member is listed under the first of these that it belongs to; the permanent five come first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberForecast:
    """One member: chances of each vote, the interval of its yes, how often it decides, and why.

    `reasons` are sentences; `said` are the stances that moved it, with their quotes.
    """

    member: str
    name: str
    bloc: str
    yes: float
    abstain: float
    no: float
    yes_low: float
    yes_high: float
    pivotal: float
    reasons: tuple[str, ...]
    said: tuple[Said, ...]

    @property
    def likely(self) -> Vote:
        """The likeliest vote."""
        return COUNTED[int(np.argmax([self.yes, self.abstain, self.no]))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What the outcome would be without a term: the chance of adoption, and of a veto."""

    without: str
    adopted: float
    vetoed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Members in order of bloc, then of their chance of yes; `notes` say what the forecast could not know.

    `between` are the least and the greatest chance of each outcome over the readings of the stances (`stances.ELICITED`).
    """

    draft: Draft
    members: tuple[MemberForecast, ...]
    outcomes: Mapping[Outcome, float]
    between: Mapping[Outcome, tuple[float, float]]
    contested: float
    changes: tuple[Change, ...]
    fixed: Mapping[str, Vote]
    notes: tuple[str, ...]

    @property
    def pivotal(self) -> tuple[MemberForecast, ...]:
        """The members whose vote alone decides most often, at most five."""
        found = sorted(self.members, key=lambda m: -m.pivotal)
        return tuple(m for m in found[:5] if m.pivotal >= 0.01)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        row = asdict(self)
        row["draft"]["sponsors"] = sorted(self.draft.sponsors)
        for plain, member in zip(row["members"], self.members, strict=True):
            plain["likely"] = member.likely
        row["pivotal"] = [m.member for m in self.pivotal]
        return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Council:
    """Everything that a forecast is made from: who is who, the kit, and the past as far as it is given."""

    gazetteer: Gazetteer
    kit: Kit
    past: Past

    @classmethod
    def load(cls, gazetteer: Gazetteer, newer: Past | None = None) -> Council:
        """With the past that ships, or in its place from the first day of `newer` on, that."""
        kit = kits.load()
        if newer is None or not newer.entries:
            return cls(gazetteer=gazetteer, kit=kit, past=kit.past)
        return cls(gazetteer=gazetteer, kit=kit, past=kit.past.before(newer.entries[0].day).joined(newer))

    def forecast(
        self,
        draft: Draft,
        record: Record | None = None,
        *,
        fixed: Mapping[str, Vote] | None = None,
        undated: bool = False,
    ) -> Forecast:
        """The forecast of a draft; `fixed` votes are taken as cast. UsageError for one by a member without a seat."""
        members = seated(self.gazetteer, draft.date)
        past = self.past.before(day_of(draft.date))
        if not past.entries:
            raise UsageError(
                f"No vote before {draft.date} is known. Give --votes and --drafts that begin earlier, or a later date."
            )
        described = describe(draft, members, past, self.kit.leanings)
        found = said(record, draft, members, self.gazetteer, undated=undated) if record else ()
        plain = [m.chances(described) for m in self.kit.lately(draft.date)]
        heard = [moved(plain[0], found, reading) for reading in READINGS]
        drawn = [self._draws(draft, chances).fixed(fixed or {}) for chances in (heard if found else heard[1:2])]
        outcomes = [d.outcomes(draft.date, procedural=draft.procedural) for d in drawn]
        middle = len(drawn) // 2
        return Forecast(
            draft=draft,
            members=self._members(draft, described, drawn[middle], _Spread(plain, heard), found, fixed or {}),
            outcomes=outcomes[middle],
            between={name: (min(o[name] for o in outcomes), max(o[name] for o in outcomes)) for name in OUTCOMES},
            contested=heard[1].contested,
            changes=tuple(self._changes(draft, plain[0], found, fixed or {})),
            fixed=fixed or {},
            notes=(*self._notes(draft, described, record, found), *self._passed_over(draft, record, found, undated)),
        )

    def _passed_over(self, draft: Draft, record: Record | None, found: Sequence[Said], undated: bool) -> Iterable[str]:
        """Stances that only pages without a date hold, where these were not asked for."""
        if record is None or found or undated:
            return
        members = seated(self.gazetteer, draft.date)
        if number := len(said(record, draft, members, self.gazetteer, undated=True)):
            yield f"Pages without a date hold {number} that do not count: ask with --undated, or read them with --published."

    def _draws(self, draft: Draft, chances: Chances) -> Draws:
        return draw(chances, self.kit.leanings.each(chances.members, draft.year), self.kit.model(draft.date).bonds)

    def _changes(
        self, draft: Draft, chances: Chances, found: Sequence[Said], fixed: Mapping[str, Vote]
    ) -> Iterable[Change]:
        """Each term left out, the one that helps most first."""
        changes = []
        for measure in dict.fromkeys(t.measure for t in draft.terms):
            left = [s for s in found if s.term.measure != measure]
            outcome = (
                self._draws(draft, moved(chances, left)).fixed(fixed).outcomes(draft.date, procedural=draft.procedural)
            )
            changes.append(Change(without=measure, adopted=outcome["adopted"], vetoed=outcome["vetoed"]))
        return sorted(changes, key=lambda c: (-c.adopted, c.without))

    def _members(
        self,
        draft: Draft,
        described: Described,
        draws: Draws,
        spread: _Spread,
        found: Sequence[Said],
        fixed: Collection[str],
    ) -> tuple[MemberForecast, ...]:
        chances, pivotal = draws.chances(), draws.pivotal(draft.date, procedural=draft.procedural)
        rows = []
        for i, member in enumerate(described.members):
            own = tuple(s for s in found if s.member == member)
            sure = float(chances[i, 0])
            low, high = (sure, sure) if member in fixed else spread.interval(i, sure, heard=bool(own))
            rows.append(
                MemberForecast(
                    member=member,
                    name=self.gazetteer.entries(member)[0].name,
                    bloc=self.bloc(member, draft.date),
                    yes=float(chances[i, 0]),
                    abstain=float(chances[i, 1]),
                    no=float(chances[i, 2]),
                    yes_low=low,
                    yes_high=high,
                    pivotal=pivotal[member],
                    reasons=tuple(reasons(draft, described, i)),
                    said=own,
                )
            )
        return tuple(sorted(rows, key=lambda m: (("permanent", *BLOCS, "others").index(m.bloc), -m.yes, m.member)))

    def bloc(self, member: str, on: str) -> str:
        """Where a member is listed."""
        if member in PERMANENT:
            return "permanent"
        return next((b for b in BLOCS if member in self.gazetteer.members(b, on=on)), "others")

    def _notes(self, draft: Draft, described: Described, record: Record | None, found: Sequence[Said]) -> Iterable[str]:
        if record is None:
            yield f"No record was given: no stance counts, and intervals are {WIDER:g} times as wide."
        elif not found:
            yield f"The record holds no stance of a member on the draft's terms: intervals are {WIDER:g} times as wide."
        else:
            silent = [m for m in described.members if m not in {s.member for s in found}]
            heard = len(described.members) - len(silent)
            yield f"Stances are known of {heard} members; for the rest intervals are {WIDER:g} times as wide."
        if described.known < 0.5:
            yield f"The Council has hardly voted on {draft.topic!r} before: the forecast rests on its habits elsewhere."
        if draft.lead == "unknown":
            yield "Without sponsors the forecast does not know whose draft this is, which matters most of all."
        last = max(e.day for e in self.past.before(day_of(draft.date)).entries)
        if (age := day_of(draft.date) - last) > 180:
            yield f"The last vote known is {age} days older than this one: give --votes and --drafts for what came since."


def reasons(draft: Draft, described: Described, row: int) -> Iterable[str]:
    """Sentences on one member: who sponsors, and how it voted on the topic and on drafts of such sponsors."""
    member, numbers = described.members[row], dict(zip(MEMBER_FEATURES, described.each[row], strict=True))
    if member in draft.sponsors:
        yield "It sponsors the draft."
    for glass, words in (("topic", f"on {draft.topic}"), ("sponsors", "on drafts of such sponsors")):
        if glass in GLASSES and numbers[f"own votes: {glass}"] > np.log1p(0.5):
            no, abstain = (_share(numbers[f"own {vote}: {glass}"]) for vote in ("no", "abstain"))
            yield f"Of its votes {words}, recent ones weighing more: {no:.0%} no, {abstain:.0%} abstentions."
    distance = numbers["distance to sponsors"]
    if distance == distance and member not in draft.sponsors:
        yield f"In the General Assembly it stands {distance:.1f} from the sponsors (France and Russia: about 2)."


def change_of(words: str, draft: Draft, measures: Iterable[str]) -> Draft:
    """The draft of a what-if in words: "drop sanctions" or "add sanctions"; UsageError for anything else."""
    match = re.fullmatch(r"(drop|add)\s+(\S+)", words.strip())
    if not match:
        raise UsageError(f'{words!r} is no what-if. Write "drop MEASURE" or "add MEASURE", as in "drop sanctions".')
    measure = check_measure(match[2], tuple(measures))
    return draft.without(measure) if match[1] == "drop" else draft.adding(Term(measure=measure))


def with_date(draft: Draft, on: str) -> Draft:
    """The draft on another day."""
    return replace(draft, date=on)


def _share(odds: float) -> float:
    return float(1 / (1 + np.exp(-odds)))


@dataclass(frozen=True, slots=True)
class _Spread:
    """What a member's interval rests on: the chances by the fits of the last years, and by the readings of the stances."""

    fits: Sequence[Chances]
    readings: Sequence[Chances]

    def interval(self, row: int, chance: float, *, heard: bool) -> tuple[float, float]:
        """As far on either side of a chance of yes, in log odds, as the fits lie apart (at least 0.2), twice as far for a member
        that was not heard; and from the lowest to the highest reading of one that was."""
        odds = _odds(np.array([c.votes[row, 0] for c in self.fits]))
        reach = max(float(odds.max() - odds.min()), 0.2) * (1.0 if heard else WIDER)
        ends = [float(_odds(np.array([chance]))[0])]
        if heard:
            ends += list(_odds(np.array([c.votes[row, 0] for c in self.readings])))
        return _share(min(ends) - reach), _share(max(ends) + reach)


def _odds(chance: Floats) -> Floats:
    cut = np.clip(chance, 1e-4, 1 - 1e-4)
    return np.log(cut / (1 - cut))
