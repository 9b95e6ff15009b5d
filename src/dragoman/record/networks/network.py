"""A network of actors, of measures, or of both, with the weight of every tie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from dragoman.record.networks.settings import NetworkSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An actor or a measure. `name` is unique in its network; `statements` counts those that count, supporting and opposing."""

    id: str
    name: str
    kind: str
    country: str | None = None
    code: str = ""
    supports: int = 0
    opposes: int = 0

    @property
    def statements(self) -> int:
        return self.supports + self.opposes

    def counting(self, supports: int, opposes: int) -> Node:
        """The same node with these numbers of statements."""
        return replace(self, supports=supports, opposes=opposes)

    def called(self, name: str) -> Node:
        """The same node under another name."""
        return replace(self, name=name)


@dataclass(frozen=True, slots=True)
class Tie:
    """A link and its weight. `agreed` and `disputed` name what the two agree and disagree on, or on what the actor stands how."""

    one: Node
    other: Node
    weight: float
    agreed: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A network: the cell of row and column is the weight between the two nodes. `first` and `last` bound its dates, if known.

    With one kind of nodes rows and columns are the same, the matrix is symmetric, and its diagonal 0. `counts` are the statements
    behind it: of row node, on what the nodes are linked over (`over`, with both kinds the column node), agreeing and disagreeing.
    """

    settings: NetworkSettings
    rows: tuple[Node, ...]
    columns: tuple[Node, ...]
    weights: tuple[tuple[float, ...], ...]
    first: str | None
    last: str | None
    counts: npt.NDArray[np.float64] = field(repr=False, compare=False)
    over: tuple[str, ...] = field(repr=False, compare=False)

    @property
    def two_mode(self) -> bool:
        return self.settings.nodes == "both"

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every node once."""
        return (*self.rows, *self.columns) if self.two_mode else self.rows

    def of_most(self, number: int) -> Network:
        """The part between that many nodes of each kind, those with most statements; weights stay as they are."""
        rows, columns = _most(self.rows, number), _most(self.columns, number)
        return replace(
            self,
            rows=tuple(self.rows[i] for i in rows),
            columns=tuple(self.columns[j] for j in columns),
            weights=tuple(tuple(self.weights[i][j] for j in columns) for i in rows),
            counts=self.counts[rows],
        )

    def ties(self) -> Iterator[Tie]:
        """Every link that is not 0, once, in the order of the matrix."""
        return (self._tie(i, j) for i, j in self._linked())

    def strongest(self, most: int | None = None) -> tuple[Tie, ...]:
        """The ties from the strongest to the weakest, equals by their names; that many where a number is given."""
        by_weight = sorted(
            self._linked(),
            key=lambda at: (-abs(self.weights[at[0]][at[1]]), self.rows[at[0]].name, self.columns[at[1]].name),
        )
        return tuple(self._tie(i, j) for i, j in by_weight[:most])

    def _linked(self) -> Iterator[tuple[int, int]]:
        for i, row in enumerate(self.weights):
            for j in range(0 if self.two_mode else i + 1, len(row)):
                if row[j]:
                    yield i, j

    def _tie(self, i: int, j: int) -> Tie:
        agreed, disputed = ((), ()) if self.two_mode else self._shared(i, j)
        return Tie(self.rows[i], self.columns[j], self.weights[i][j], agreed, disputed)

    def _shared(self, i: int, j: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        one, other = self.counts[i], self.counts[j]
        agreed = (one * other).any(axis=1)
        disputed = (one * other[:, ::-1]).any(axis=1)
        return _marked(self.over, agreed), _marked(self.over, disputed)


def _most(nodes: Sequence[Node], number: int) -> list[int]:
    """Where they stand, in the order in which they stand."""
    return sorted(sorted(range(len(nodes)), key=lambda i: (-nodes[i].statements, nodes[i].name))[:number])


def _marked(names: Sequence[str], marks: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(names[int(i)] for i in np.flatnonzero(marks))
