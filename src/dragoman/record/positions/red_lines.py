"""Positions -> every red line and veto threat, and what its holder said of the same matter later."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from dragoman.knowledge.periods import not_after
from dragoman.record.positions.evidence import LINES, Evidence, order
from dragoman.record.positions.position import Position
from dragoman.record.positions.sources import wording

Echo = Literal["repeats", "softens", "contradicts"]
Fate = Literal["stands", "repeated", "softened", "contradicted"]

_FATES: dict[Echo, Fate] = {"repeats": "repeated", "softens": "softened", "contradicts": "contradicted"}
_GRAVITY: tuple[Echo, ...] = ("repeats", "softens", "contradicts")


@dataclass(frozen=True, slots=True)
class Later:
    """A later passage of the same holder on the same measure and target, and what it does to the line."""

    echo: Echo
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class RedLine:
    """A red line or veto threat of one day in one wording; `evidence` has a passage for each document that brings it.

    `later` are the passages of later days in order. One contradicts the line if it takes the other side; softens it if it takes
    the same side with a condition that the line has not, or without calling it a red line or threatening a veto; else it repeats
    it. Later means certainly later: a document of the same month, or without a date, is not.
    """

    position: Position
    evidence: tuple[Evidence, ...]
    later: tuple[Later, ...] = ()

    @property
    def line(self) -> Evidence:
        """The first of its passages."""
        return self.evidence[0]

    @property
    def fate(self) -> Fate:
        """What its latest echo does to it, the gravest where several are of one day; it stands where there is none."""
        if not self.later:
            return "stands"
        last = [x.echo for x in self.later if x.evidence.date == self.later[-1].evidence.date]
        return _FATES[max(last, key=_GRAVITY.index)]


def red_lines(found: Iterable[Position]) -> tuple[RedLine, ...]:
    """Every red line and veto threat, the earliest first, those without a date last."""
    lines = (line for position in found for line in _lines(position))
    return tuple(sorted(lines, key=lambda x: (x.line.date is None, x.line.date or "", x.position.name, x.line.words)))


def _lines(position: Position) -> Iterator[RedLine]:
    drawn = sorted((e for e in position.evidence if e.force in LINES), key=_sameness)
    following = _Following(position.evidence) if drawn else None
    for _, group in groupby(drawn, key=_sameness):
        evidence = tuple(sorted(group, key=lambda e: (e.publisher is None, e.publisher or "", e.document)))
        yield RedLine(position=position, evidence=evidence, later=following(evidence[0]) if following else ())


def _sameness(e: Evidence) -> tuple[str, str, str, str]:
    return e.date or "", e.stance, e.force, wording(e.words)


class _Following:
    """What follows on the lines of a position; lines that sound alike share its echoes, as a position may have hundreds."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        self._dated = sorted((e for e in evidence if e.date), key=order)
        self._echoes: dict[tuple[str, bool], tuple[Later, ...]] = {}

    def __call__(self, line: Evidence) -> tuple[Later, ...]:
        """What has a date and is certainly later than the line: all from a place on, where dates are in order."""
        if line.date is None:
            return ()
        kind = line.stance, line.condition is None
        if kind not in self._echoes:
            self._echoes[kind] = tuple(Later(_echo(*kind, e), e) for e in self._dated)
        first = bisect_left(self._dated, True, key=lambda e: not not_after(e.date or "", line.date or ""))
        return self._echoes[kind][first:]


def _echo(stance: str, unconditional: bool, later: Evidence) -> Echo:
    """What a passage does to an earlier line of that stance."""
    if later.stance != stance:
        return "contradicts"
    hedged = later.condition is not None and unconditional
    return "softens" if hedged or later.force not in LINES else "repeats"
