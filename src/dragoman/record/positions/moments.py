"""Evidence for one position -> spells: stretches of time in which what is said stays the same.

Dates carry their own precision. Days are in order; what is known only to a month or year lies somewhere in it. Where a day in
that stretch says the same, it adds nothing to the order of things; where none does, the whole stretch is one moment, because
no order in it is known. Contradictory evidence of one moment is mixed, and never averaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from dragoman.analysis import Force
from dragoman.record.positions.evidence import Evidence, order

Standing = Literal["supports", "opposes", "mixed"]

_DAY = len("2012-01-18")


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch in which every moment says the same; `evidence` is in order and never empty."""

    stance: Standing
    evidence: tuple[Evidence, ...]

    @property
    def since(self) -> str | None:
        return self.evidence[0].date

    @property
    def firmest(self) -> Evidence:
        """The strongest evidence; the latest of equals."""
        return max(reversed(self.evidence), key=lambda e: e.strength)

    @property
    def force(self) -> Force:
        return self.firmest.force


@dataclass(slots=True, eq=False)
class _Moment:
    """From the day `first` to the day `last`; what is known to the day comes first."""

    first: str
    last: str
    evidence: list[Evidence]

    def says(self, stance: str) -> bool:
        return any(e.stance == stance for e in self.evidence)


def spells(dated: Iterable[Evidence]) -> tuple[Spell, ...]:
    """The spells in the order of time, of evidence that is in that order."""
    runs = groupby(_moments(list(dated)), key=lambda moment: standing(moment.evidence))
    return tuple(Spell(stance, tuple(e for moment in run for e in moment.evidence)) for stance, run in runs)


def standing(evidence: Iterable[Evidence]) -> Standing:
    """Where evidence of one moment puts the actor."""
    said = {e.stance for e in evidence}
    return said.pop() if len(said) == 1 else "mixed"


def _moments(dated: Sequence[Evidence]) -> list[_Moment]:
    """Days first, then what is known to the month, then to the year."""
    days = (e for e in dated if len(e.date or "") == _DAY)
    moments = [_Moment(day, day, list(group)) for day, group in groupby(days, key=lambda e: e.date or "")]
    coarse = [e for e in dated if len(e.date or "") < _DAY]
    for evidence in sorted(coarse, key=lambda e: -len(e.date or "")):
        moments = _placed(moments, evidence, *_stretch(evidence.date or ""))
    return sorted(moments, key=lambda m: m.first) if coarse else moments


def _placed(moments: list[_Moment], evidence: Evidence, first: str, last: str) -> list[_Moment]:
    """The moments, with evidence that lies somewhere from `first` to `last`."""
    inside = [m for m in moments if first <= m.first and m.last <= last]
    agreeing = [m for m in inside if m.says(evidence.stance)]
    if agreeing:
        min(agreeing, key=lambda m: m.first).evidence.append(evidence)
        return moments
    together = sorted((e for m in inside for e in m.evidence), key=order)
    return [*(m for m in moments if m not in inside), _Moment(first, last, [*together, evidence])]


def _stretch(date: str) -> tuple[str, str]:
    """Its first and last day; strings that sort as days do, whether or not the month has a 31st."""
    return date + "-01-01"[len(date) - 4 :], date + "-12-31"[len(date) - 4 :]
