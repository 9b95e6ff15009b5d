"""Networks -> matrices as CSV, GraphML, JSON, and a table of ties."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from io import BytesIO
from typing import Any, TextIO

from rich.table import Table
from rich.text import Text

from dragoman.record.networks import Network, Node, Tie
from dragoman.views.marks import visible
from dragoman.views.pictures import needed
from dragoman.views.table import grid

MOST = 40
"""Ties in a table of the terminal; the files have all."""


def write_matrix(network: Network, out: TextIO) -> None:
    """The matrix as DNA writes it: semicolons, labels in double quotes (an inner one becomes '), integers or six decimals."""
    whole = all(value == int(value) for row in network.weights for value in row)
    out.write(";".join(('""', *(_label(node) for node in network.columns))) + "\n")
    for node, row in zip(network.rows, network.weights, strict=True):
        cells = (str(int(value)) if whole else f"{value:.6f}" for value in row)
        out.write(";".join((_label(node), *cells)) + "\n")


def write_graphml(network: Network, out: TextIO) -> None:
    """GraphML of `graph`, every node that the matrix has, every tie that is not 0."""
    written = BytesIO()
    needed("networkx").write_graphml_xml(graph(network), written, encoding="utf-8", prettyprint=True)
    out.write(written.getvalue().decode("utf-8") + "\n")


def graph(network: Network) -> Any:
    """The network as an undirected networkx.Graph; nodes n0, n1, ... in the order of the matrix, `id` is the actor or measure.

    Raises UsageError where networkx is not installed.
    """
    made: Any = needed("networkx").Graph(
        name="dragoman", first=network.first or "", last=network.last or "", **_choices(network)
    )
    keys = {(side, node.id): f"n{number}" for number, (side, node) in enumerate(_sided(network))}
    for side, node in _sided(network):
        made.add_node(keys[side, node.id], **_attributes(node))
    other = 1 if network.two_mode else 0
    for tie in network.ties():
        shared = {"agreed": "; ".join(tie.agreed), "disputed": "; ".join(tie.disputed)}
        kept = {} if network.two_mode else {key: visible(value) for key, value in shared.items()}
        made.add_edge(keys[0, tie.one.id], keys[other, tie.other.id], weight=tie.weight, **kept)
    return made


def write_json(networks: Iterable[Network], out: TextIO) -> None:
    """A JSON array of networks, each with its settings, dates, nodes, and ties by the ids of nodes."""
    out.write(json.dumps([as_object(n) for n in networks], ensure_ascii=False, indent=2) + "\n")


def as_object(network: Network) -> dict[str, Any]:
    """The network as plain JSON values."""
    return {
        "settings": asdict(network.settings),
        "first": network.first,
        "last": network.last,
        "nodes": [{**asdict(node), "statements": node.statements} for node in network.nodes],
        "ties": [_tie(tie) for tie in network.ties()],
    }


def tie_tables(network: Network) -> Iterator[Table | Text]:
    """The strongest ties of a network, and on what they rest."""
    ties = network.strongest()
    yield Text(heading(network), style="bold")
    if not ties:
        yield Text("No tie: nobody speaks of what another speaks of.")
        return
    rows = [(t.one.name, t.other.name, t.weight, ", ".join(t.agreed), ", ".join(t.disputed)) for t in ties[:MOST]]
    if network.two_mode:
        yield grid(("actor", "measure", "weight"), [row[:3] for row in rows])
    else:
        yield grid(("one", "other", "weight", "agree on", "disagree on"), rows)
    if len(ties) > MOST:
        yield Text(f"{len(ties) - MOST:,} weaker ties are not shown; --format csv, json or graphml has all.")


def heading(network: Network) -> str:
    """What is linked, how, and when, in one line."""
    settings = network.settings
    linked = {"actors": "Actors", "measures": "Measures", "both": "Actors and measures"}[settings.nodes]
    how = f"{settings.aggregation}" + ("" if settings.normalisation == "none" else f", {settings.normalisation}")
    when = f", {network.first} to {network.last}" if network.first else ""
    return f"{linked}: {how}{when}"


def _sided(network: Network) -> Iterator[tuple[int, Node]]:
    """The nodes, beside 0 for rows and 1 for columns of their own: an actor may have the id of a measure."""
    yield from ((0, node) for node in network.rows)
    if network.two_mode:
        yield from ((1, node) for node in network.columns)


def _attributes(node: Node) -> dict[str, Any]:
    words = {"id": node.id, "name": node.name, "kind": node.kind, "country": node.country or "", "code": node.code}
    numbers = {"statements": node.statements, "supports": node.supports, "opposes": node.opposes}
    return {**{key: visible(value) for key, value in words.items()}, **numbers}


def _choices(network: Network) -> dict[str, str]:
    settings = network.settings
    return {
        "nodes": settings.nodes,
        "aggregation": settings.aggregation or "",
        "normalisation": settings.normalisation,
        "duplicates": settings.duplicates,
    }


def _tie(tie: Tie) -> dict[str, Any]:
    shared = {"agreed": tie.agreed, "disputed": tie.disputed} if tie.agreed or tie.disputed else {}
    return {"one": tie.one.id, "other": tie.other.id, "weight": tie.weight, **shared}


def _label(node: Node) -> str:
    return '"' + visible(node.name).replace('"', "'").replace("\n", " ") + '"'
