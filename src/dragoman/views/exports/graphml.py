"""Analyses -> one network in GraphML: actors and measures, joined by events and by stances.

A directed multigraph. Edges of the layer `events` go from actor to recipient, one for each type of event between the
two; edges of the layer `stances` from the holder to the measure, one for supports and one for opposes. `weight` counts,
`first` and `last` are dates, `evidence` lists the places as DOCUMENT:start-end, so that every edge can be followed to
the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TextIO

from dragoman.analysis import Actor, Analysis
from dragoman.document import Span
from dragoman.views.exports import coded, markup
from dragoman.views.exports.losses import Losses
from dragoman.views.exports.settings import Analyses, Settings, text_format

NODE_KEYS = {"label": "string", "kind": "string", "country": "string", "sectors": "string", "frequency": "int"}
EDGE_KEYS = dict.fromkeys(("layer", "type", "first", "last", "evidence"), "string") | {
    "weight": "int",
    "score": "double",
}
UNDECIDED = "events and stances with a side that was not decided, left out"


@dataclass(slots=True)
class _Edge:
    """What is known of an edge, as it grows; `score` is the sum over its events of PLOVER's score, or of the stances' sign."""

    weight: int = 0
    score: float = 0.0
    dates: set[str] = field(default_factory=set)
    evidence: list[str] = field(default_factory=list)

    def add(self, score: float, day: str | None, place: str) -> None:
        """Count one more."""
        self.weight += 1
        self.score += score
        self.dates |= {day[:10]} if day else set()
        self.evidence.append(place)


@dataclass(slots=True)
class _Network:
    """Nodes and edges as they are found."""

    nodes: dict[str, dict[str, object]] = field(default_factory=dict)
    edges: dict[tuple[str, str, str, str], _Edge] = field(default_factory=dict)

    def actor(self, actor: Actor) -> str:
        """The node of an actor; what the first document says of it counts."""
        known = {"label": actor.name, "kind": actor.kind, "country": actor.country, "sectors": " ".join(actor.sectors)}
        return self._node(f"actor:{actor.id}", known)

    def measure(self, type: str) -> str:
        """The node of a measure."""
        return self._node(f"measure:{type}", {"label": type, "kind": "measure"})

    def edge(self, source: str, target: str, layer: str, type: str) -> _Edge:
        """The edge of that kind between two nodes."""
        return self.edges.setdefault((source, target, layer, type), _Edge())

    def _node(self, id: str, known: Mapping[str, object]) -> str:
        node = self.nodes.setdefault(id, {**known, "frequency": 0})
        node["frequency"] = int(str(node["frequency"])) + 1
        return id


@text_format("a network of actors and measures, GraphML")
def write_graphml(analyses: Analyses, out: TextIO, losses: Losses, settings: Settings) -> int:
    """The number of rows is that of the edges."""
    network = _Network()
    for analysis in analyses:
        losses.add("statements", len(analysis.statements))
        _add_events(network, analysis, losses)
        _add_stances(network, analysis, losses)
    _write(network, out)
    return len(network.edges)


def _add_events(network: _Network, analysis: Analysis, losses: Losses) -> None:
    for event in analysis.events:
        code = coded.plover(event)
        found = [(s.actor, t.actor) for s, t in coded.pairs(analysis, event) if s and t and s.actor and t.actor]
        losses.add(UNDECIDED, not found)
        losses.add(coded.CLAIMS, event.claimed_in is not None and bool(found))
        for source, target in found:
            edge = network.edge(network.actor(source), network.actor(target), "events", code.type)
            edge.add(code.score, event.date or analysis.document.published, _place(analysis, event.anchor))


def _add_stances(network: _Network, analysis: Analysis, losses: Losses) -> None:
    for stance in analysis.stances:
        holder = analysis.actor(stance.holder.actor)
        if holder is None:
            losses.add(UNDECIDED)
            continue
        edge = network.edge(network.actor(holder), network.measure(stance.measure.type), "stances", stance.stance)
        sign = 1.0 if stance.stance == "supports" else -1.0
        edge.add(sign, analysis.document.published, _place(analysis, stance.evidence))


def _place(analysis: Analysis, span: Span) -> str:
    return f"{analysis.document.id}:{span.start}-{span.end}"


def _write(network: _Network, out: TextIO) -> None:
    out.write(markup.DECLARATION + markup.start("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"}) + "\n")
    for scope, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for name, type in keys.items():
            key = {"id": f"{scope}_{name}", "for": scope, "attr.name": name, "attr.type": type}
            out.write(markup.element("key", key) + "\n")
    out.write(markup.start("graph", {"id": "dragoman", "edgedefault": "directed"}) + "\n")
    for id, node in network.nodes.items():
        out.write(markup.element("node", {"id": id}, *_data("node", node)) + "\n")
    for (source, target, layer, type), edge in network.edges.items():
        known = {"layer": layer, "type": type, **dict(_edge_data(edge))}
        out.write(markup.element("edge", {"source": source, "target": target}, *_data("edge", known)) + "\n")
    out.write("</graph>\n</graphml>\n")


def _edge_data(edge: _Edge) -> Iterator[tuple[str, object]]:
    yield "weight", edge.weight
    yield "score", round(edge.score / edge.weight, 4)
    if edge.dates:
        yield "first", min(edge.dates)
        yield "last", max(edge.dates)
    yield "evidence", " ".join(edge.evidence)


def _data(scope: str, values: Mapping[str, object]) -> Iterator[str]:
    for key, value in values.items():
        if value not in (None, ""):
            yield markup.element("data", {"key": f"{scope}_{key}"}, markup.text(str(value)))
