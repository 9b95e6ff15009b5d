"""Positions -> a matrix of actors and measures, one cell for all targets of a measure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dragoman.analysis import Force
from dragoman.knowledge.ontology import load_ontology
from dragoman.record.positions import FORCES, Position, Standing

MARKS: dict[Force, str] = {"plain": "", "offer": "o", "demand": "d", "red_line": "!", "veto_threat": "V"}
"""The letter or sign that stands for a force beside the sign of a stance."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What an actor holds on a measure, toward whomever; never empty.

    `stance` is mixed where one of the positions is, and where they differ by target.
    """

    positions: tuple[Position, ...]

    @property
    def stance(self) -> Standing:
        held = {p.stance for p in self.positions}
        return held.pop() if len(held) == 1 else "mixed"

    @property
    def force(self) -> Force:
        """The strongest force of all."""
        return max((p.force for p in self.positions), key=FORCES.index)

    @property
    def differs(self) -> bool:
        """Whether the stance depends on the target."""
        return len({p.stance for p in self.positions}) > 1


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows are actors (id, name), columns measure types; `cells` has what is held."""

    actors: tuple[tuple[str, str], ...]
    measures: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]
    left_out: int = 0

    def label(self, measure: str) -> str:
        """What a measure is called."""
        return load_ontology().measures[measure].label


def matrix(positions: Iterable[Position], most: int | None = None) -> Matrix:
    """The matrix; with `most` that many actors, those with most evidence, and `left_out` says how many are not in it."""
    held: defaultdict[tuple[str, str], list[Position]] = defaultdict(list)
    weight: defaultdict[str, int] = defaultdict(int)
    names: dict[str, str] = {}
    for p in positions:
        held[p.actor, p.measure].append(p)
        weight[p.actor] += len(p.evidence)
        names[p.actor] = p.name
    kept = set(sorted(names, key=lambda actor: (-weight[actor], names[actor], actor))[:most])
    cells = {key: Cell(tuple(ps)) for key, ps in held.items() if key[0] in kept}
    actors = sorted(((id, names[id]) for id in kept), key=lambda actor: (actor[1], actor[0]))
    measures = tuple(m for m in load_ontology().measures if any(m == measure for _, measure in cells))
    return Matrix(tuple(actors), measures, cells, len(names) - len(kept))
