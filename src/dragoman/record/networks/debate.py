"""Evidence + settings -> networks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from dragoman.record.networks.network import Network, Node
from dragoman.record.networks.settings import LONGER, NetworkSettings
from dragoman.record.networks.weights import AGREES, DISAGREES, Matrix, one_mode, two_mode
from dragoman.record.networks.windows import unit_of, windows
from dragoman.record.positions import Evidence, Found, first_of_each, place


def networks(found: Found, settings: NetworkSettings) -> tuple[Network, ...]:
    """One network; with a window one for each stretch of time, and none where nothing has a date.

    A node whose dates are all outside of a window is left out of it, or has no tie in it where the settings keep isolates.
    """
    said = tuple(_without_duplicates(found.evidence, settings))
    debate = _Debate(said, found, settings)
    if settings.window is None:
        dates = [e.date for e in said if e.date]
        return (debate.network(said, min(dates, default=None), max(dates, default=None)),)
    cut = windows(said, settings.window, settings.unit)
    return tuple(debate.network(window.evidence, window.first, window.last) for window in cut)


class _Debate:
    """What is said, by whom, on what: makes the network of any part of it."""

    def __init__(self, said: Sequence[Evidence], found: Found, settings: NetworkSettings) -> None:
        self.said = said
        self.settings = settings
        actors = _named(_actor(id, found) for id in dict.fromkeys(e.actor for e in said))
        meant = {_concept_id(e, settings.by_target): e for e in said}
        concepts = _named(_concept(e, found, settings.by_target) for e in meant.values())
        self.nodes = (concepts, actors) if settings.nodes == "measures" else (actors, concepts)

    def network(self, said: Sequence[Evidence], first: str | None, last: str | None) -> Network:
        """The network of some of the statements."""
        pairs = [self._pair(e) for e in said]
        kept = [self._pair(e) for e in self.said] if self.settings.isolates else pairs
        rows, columns = (_in_order({pair[side] for pair in kept}, self.nodes[side]) for side in (0, 1))
        counts = _counted(zip(pairs, said, strict=True), [n.id for n in rows], [n.id for n in columns])
        link = two_mode if self.settings.nodes == "both" else one_mode
        weights = link(counts, self.settings.aggregation or "", self.settings.normalisation)
        row_nodes, column_nodes = _tallied(rows, counts.sum(axis=1)), _tallied(columns, counts.sum(axis=0))
        return Network(
            settings=self.settings,
            rows=row_nodes,
            columns=column_nodes if self.settings.nodes == "both" else row_nodes,
            weights=tuple(tuple(row) for row in weights.tolist()),
            first=first,
            last=last,
            counts=counts,
            over=tuple(node.name for node in column_nodes),
        )

    def _pair(self, evidence: Evidence) -> tuple[str, str]:
        """The ids of what is linked and of that over which it is linked: DNA's first and second variable."""
        actor, concept = evidence.actor, _concept_id(evidence, self.settings.by_target)
        return (concept, actor) if self.settings.nodes == "measures" else (actor, concept)


def _in_order(ids: Iterable[str], nodes: Mapping[str, Node]) -> list[Node]:
    return sorted((nodes[id] for id in ids), key=lambda node: (node.name, node.id))


def _tallied(nodes: Sequence[Node], counts: Matrix) -> tuple[Node, ...]:
    """The nodes with their numbers of statements."""
    pairs = zip(nodes, counts, strict=True)
    return tuple(node.counting(int(count[AGREES]), int(count[DISAGREES])) for node, count in pairs)


def _without_duplicates(evidence: Iterable[Evidence], settings: NetworkSettings) -> Iterator[Evidence]:
    """Of statements by one actor on one concept with one qualifier the first in each unit; what has no date, in its document."""
    if settings.duplicates == "none":
        return iter(evidence)
    return first_of_each(
        evidence,
        lambda e: (e.actor, _concept_id(e, settings.by_target), e.stance, _place(e, settings.duplicates)),
    )


def _place(evidence: Evidence, duplicates: str) -> str:
    """Where a second statement is a duplicate."""
    if duplicates == "across":
        return ""
    if duplicates in LONGER and evidence.date is not None:
        return unit_of(evidence.date, duplicates)
    return place(evidence, duplicates)


def _counted(
    statements: Iterable[tuple[tuple[str, str], Evidence]], rows: Sequence[str], columns: Sequence[str]
) -> Matrix:
    counts = np.zeros((len(rows), len(columns), 2))
    row_of, column_of = ({id: number for number, id in enumerate(ids)} for ids in (rows, columns))
    for (row, column), evidence in statements:
        counts[row_of[row], column_of[column], AGREES if evidence.stance == "supports" else DISAGREES] += 1
    return counts


def _concept_id(evidence: Evidence, by_target: bool) -> str:
    return f"{evidence.measure}:{evidence.toward}" if by_target and evidence.toward else evidence.measure


def _concept(evidence: Evidence, found: Found, by_target: bool) -> Node:
    name = evidence.measure.replace("_", " ")
    if by_target and evidence.toward:
        name = f"{name} → {found.who[evidence.toward].name}"
    return Node(id=_concept_id(evidence, by_target), name=name, kind="measure")


def _actor(id: str, found: Found) -> Node:
    who = found.who[id]
    return Node(id=id, name=who.name, kind=who.kind or "actor", country=who.country, code=who.code)


def _named(nodes: Iterable[Node]) -> Mapping[str, Node]:
    """The nodes by id; those that share their name with another carry their id too, so that a name means one of them."""
    by_id = {node.id: node for node in nodes}
    shared = Counter(node.name for node in by_id.values())
    return {id: node if shared[node.name] == 1 else node.called(f"{node.name} ({id})") for id, node in by_id.items()}
