"""Positions -> what moved since a date, in old and new words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from dragoman.knowledge.periods import not_after
from dragoman.record.positions.evidence import FORCES, Evidence
from dragoman.record.positions.moments import Spell, Standing, spells
from dragoman.record.positions.position import Position, turn_between

Moved = Literal["new", "turned", "firmer", "softer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How a position moved; `before` and `after` are the passages to compare, `before` None for a new position.

    firmer, softer: the stance is the same, and its strongest force since the date is above or below the strongest before. A
    position that is silent since the date has not moved.
    """

    moved: Moved
    position: Position
    old: Standing | None
    before: Evidence | None
    after: Evidence

    @property
    def new(self) -> Standing:
        """The stance that the actor has now."""
        return self.position.stance


def changes(found: Iterable[Position], since: str) -> tuple[Change, ...]:
    """The changes since that date (included), latest first. Documents without a date are neither before nor after."""
    moved = [c for position in found for c in _change(position, since)]
    return tuple(sorted(moved, key=lambda c: (c.after.date or "", c.position.name), reverse=True))


def _change(position: Position, since: str) -> Iterator[Change]:
    dated = [e for spell in position.spells for e in spell.evidence]
    earlier = spells(e for e in dated if not not_after(since, e.date or ""))
    later = spells(e for e in dated if not_after(since, e.date or ""))
    if not later:
        return
    if not earlier:
        yield Change(moved="new", position=position, old=None, before=None, after=later[-1].evidence[0])
        return
    yield from _moved(position, earlier[-1], later[-1])


def _moved(position: Position, old: Spell, new: Spell) -> Iterator[Change]:
    if old.stance != new.stance:
        turn = turn_between(old, new)
        yield Change(moved="turned", position=position, old=old.stance, before=turn.before, after=turn.after)
        return
    step = FORCES.index(new.force) - FORCES.index(old.force)
    if step:
        moved: Moved = "firmer" if step > 0 else "softer"
        yield Change(moved=moved, position=position, old=old.stance, before=old.firmest, after=new.firmest)
