"""Network -> picture: who hangs together in nearness, agreement in full lines, conflict in dashed ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from dragoman.record.networks import Network, Node
from dragoman.views.marks import visible
from dragoman.views.networks import graph, heading
from dragoman.views.pictures import INK, MIXED, OPPOSES, PAPER, SOFT, SUPPORTS, figure, needed, save
from dragoman.views.rows import clip

_Looks = tuple[str, str | tuple[int, tuple[int, int]]]
"""Colour and stroke."""

_SEED = 1
_ROUNDS = 200
_NAME = 24
_APART = 3.0
"""How far apart the layout keeps nodes that nothing draws together."""

_OUTWARD = 0.45
"""0 leaves the layout as it is, 1 puts every node on a circle."""

_SIZE = 9.0


def write_network_picture(network: Network, out: IO[bytes], format: str, most: int = 30) -> None:
    """Draw the nodes of each kind with most statements and write png or svg; the same network always looks the same."""
    whole, network = network, network.of_most(most)
    drawn = figure(_SIZE, _SIZE)
    axes = drawn.add_axes((0.02, 0.06, 0.96, 0.88))
    axes.set_axis_off()
    linked = graph(network)
    places = _places(linked, network)
    strongest = max((abs(w) for _, _, w in linked.edges(data="weight")), default=1.0)
    for one, other, weight in sorted(linked.edges(data="weight"), key=lambda edge: abs(edge[2])):
        _line(axes, (places[one], places[other]), weight, strongest, network)
    _nodes(axes, network, [places[name] for name in linked])
    drawn.text(0.03, 0.965, heading(network), fontsize=11, color=INK, parse_math=False)
    left_out = len(whole.nodes) - len(network.nodes)
    drawn.text(0.03, 0.025, _key(network) + _missing(left_out), fontsize=8, color=SOFT)
    save(drawn, out, format)


def _places(linked: Any, network: Network) -> dict[str, tuple[float, float]]:
    """Where the nodes stand: drawn together by agreement alone, conflict pulls nobody."""
    near = needed("networkx").Graph()
    near.add_nodes_from(linked)
    draws = network.settings.aggregation != "conflict"
    edges = [(a, b, w) for a, b, w in linked.edges(data="weight") if draws and (w > 0 or network.two_mode)]
    strongest = max((abs(w) for _, _, w in edges), default=1.0)
    near.add_weighted_edges_from((a, b, abs(w) / strongest) for a, b, w in edges)
    if len(near) < 2:
        return dict.fromkeys(near, (0.0, 0.0))
    k = _APART / len(near) ** 0.5
    found = needed("networkx").spring_layout(near, seed=_SEED, iterations=_ROUNDS, k=k, weight="weight")
    return {name: _spread(float(x), float(y)) for name, (x, y) in found.items()}


def _spread(x: float, y: float) -> tuple[float, float]:
    """The same direction from the middle, but the crowd in the middle pulled apart."""
    far = (x * x + y * y) ** 0.5 or 1.0
    return x * far**-_OUTWARD, y * far**-_OUTWARD


def _line(axes: Any, ends: Sequence[tuple[float, float]], weight: float, strongest: float, network: Network) -> None:
    colour, style = _looks(weight, network)
    share = abs(weight) / strongest if network.settings.aggregation != "combine" else 0.5
    (x0, y0), (x1, y1) = ends
    axes.plot(
        [x0, x1],
        [y0, y1],
        color=colour,
        linestyle=style,
        linewidth=0.6 + 3.4 * share,
        alpha=0.25 + 0.6 * share,
        zorder=1,
    )


def _looks(weight: float, network: Network) -> _Looks:
    """Colour and stroke; the stroke alone says it too."""
    agrees: _Looks = (SUPPORTS, "-")
    disputes: _Looks = (OPPOSES, (0, (4, 2)))
    match network.settings.aggregation:
        case "combine":
            return {1: agrees, 2: disputes}.get(int(weight), (MIXED, (0, (1, 1))))
        case "ignore":
            return MIXED, "-"
        case "conflict":
            return disputes
    return agrees if weight > 0 else disputes


def _nodes(axes: Any, network: Network, places: Sequence[tuple[float, float]]) -> None:
    nodes = network.nodes
    most = max((node.statements for node in nodes), default=1) or 1
    for number, (node, (x, y)) in enumerate(zip(nodes, places, strict=True)):
        measure = network.settings.nodes == "measures" or (network.two_mode and number >= len(network.rows))
        size = 30 + 270 * node.statements / most
        axes.scatter(
            [x], [y], s=size, marker="s" if measure else "o", facecolor=PAPER, edgecolor=INK, linewidth=1.2, zorder=2
        )
    axes.margins(0.1)
    for node, place in zip(nodes, places, strict=True):
        _name(axes, node, place, 4 + 6 * (node.statements / most) ** 0.5)


def _name(axes: Any, node: Node, place: tuple[float, float], above: float) -> None:
    ground = {"boxstyle": "square,pad=0.1", "facecolor": PAPER, "edgecolor": "none", "alpha": 0.7}
    settings = {"xytext": (0, above), "textcoords": "offset points", "ha": "center", "va": "bottom", "fontsize": 8}
    name = clip(visible(node.name), _NAME)
    axes.annotate(name, place, color=INK, bbox=ground, zorder=3, parse_math=False, **settings)


def _key(network: Network) -> str:
    lines = {
        "congruence": "Full line: say the same, the thicker the more often.",
        "conflict": "Dashed line: say the opposite, the thicker the more often.",
        "subtract": "Full line: rather agree. Dashed line: rather disagree.",
        "ignore": "Line: speak of the same.",
        "combine": "Full line: supports. Dashed: opposes. Dotted: both.",
    }[network.settings.aggregation or ""]
    if network.two_mode and network.settings.aggregation == "subtract":
        lines = "Full line: rather supports. Dashed line: rather opposes."
    return lines + (" Circle: actor, square: measure." if network.two_mode else "") + " Size: statements."


def _missing(number: int) -> str:
    return f" {number:,} more with fewer statements are left out." if number else ""
