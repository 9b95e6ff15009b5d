"""Evidence -> positions: what the stances of an actor on a measure add up to, and where they turned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.analysis import Force
from dragoman.record.positions.evidence import Evidence, Found, order
from dragoman.record.positions.holders import Who
from dragoman.record.positions.moments import Spell, Standing, spells, standing
from dragoman.record.positions.sources import independent


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A change of stance, and the two passages that disagree: the last of the old and the first of the new."""

    old: Standing
    new: Standing
    before: Evidence
    after: Evidence

    @property
    def date(self) -> str | None:
        return self.after.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where an actor stands on a measure toward somebody (or nobody in particular), and since when.

    `spells` are the stretches of time in which he says the same, the last of them the current one. `undated` is what documents
    without a date say; it makes a spell of its own only where no document has one. `evidence` is all of it in that order.
    """

    actor: str
    name: str
    measure: str
    toward: str | None
    toward_name: str | None
    spells: tuple[Spell, ...]
    undated: tuple[Evidence, ...] = ()

    @property
    def current(self) -> Spell:
        return self.spells[-1] if self.spells else Spell(standing(self.undated), self.undated)

    @property
    def stance(self) -> Standing:
        """Supports or opposes; mixed where evidence of the last moment contradicts itself."""
        return self.current.stance

    @property
    def since(self) -> str | None:
        """The date of the first passage from which on he has said nothing else."""
        return self.current.since

    @property
    def force(self) -> Force:
        """How firmly: the strongest force since then."""
        return self.current.force

    @property
    def firmest(self) -> Evidence:
        """The passage with that force, the latest of several."""
        return self.current.firmest

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return (*(e for spell in self.spells for e in spell.evidence), *self.undated)

    @property
    def first(self) -> str | None:
        """The date of the earliest passage."""
        return min((e.date for e in self.evidence if e.date), default=None)

    @property
    def last(self) -> str | None:
        """The date of the latest passage."""
        return max((e.date for e in self.evidence if e.date), default=None)

    @property
    def sources(self) -> int:
        """Independent sources of the current stance, see `independent`."""
        return independent(self.current.evidence)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Every change of stance, in the order of time."""
        return tuple(turn_between(old, new) for old, new in pairwise(self.spells))

    @property
    def conditions(self) -> tuple[Evidence, ...]:
        """The passages of the current spell that make it conditional, the latest for each condition in the same words."""
        latest = {" ".join(e.condition.casefold().split()): e for e in self.current.evidence if e.condition}
        return tuple(sorted(latest.values(), key=order))


def positions(found: Found) -> tuple[Position, ...]:
    """One position for each actor, measure and target, ordered by their names."""
    together: defaultdict[tuple[str, str, str | None], list[Evidence]] = defaultdict(list)
    for e in found.evidence:
        together[e.actor, e.measure, e.toward].append(e)
    made = (_position(key, evidence, found.who) for key, evidence in together.items())
    return tuple(sorted(made, key=by_name))


def by_name(p: Position) -> tuple[str, str, str, str, str]:
    """Sorts positions by the names of actor, measure and target."""
    return p.name, p.actor, p.measure, p.toward_name or "", p.toward or ""


def _position(key: tuple[str, str, str | None], evidence: Sequence[Evidence], who: Mapping[str, Who]) -> Position:
    actor, measure, toward = key
    return Position(
        actor=actor,
        name=who[actor].name,
        measure=measure,
        toward=toward,
        toward_name=None if toward is None else who[toward].name,
        spells=spells(e for e in evidence if e.date),
        undated=tuple(e for e in evidence if not e.date),
    )


def turn_between(old: Spell, new: Spell) -> Turn:
    """The turn between spells of different stances: the latest old and the earliest new passage that say the opposite."""
    sides = {e.stance for e in old.evidence}
    after = next(e for e in new.evidence if len(sides) > 1 or e.stance not in sides)
    before = next(e for e in reversed(old.evidence) if e.stance != after.stance)
    return Turn(old=old.stance, new=new.stance, before=before, after=after)
