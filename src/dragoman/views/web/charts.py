"""Figures -> SVG that follows the colours of the page: bars by period, and a ring of actors with their ties."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from dragoman.record.networks import Tie
from dragoman.views.elements import element
from dragoman.views.timeline import Timeline

_WIDTH, _HEIGHT, _FOOT = 960, 300, 28
_RING, _ROOM = 560, 200


def bars(drawn: Timeline, link: Mapping[str, str]) -> Markup:
    """Stacked bars, a link behind each period that has one; the page's table says the same in figures."""
    if not any(drawn.totals):
        return Markup("")
    step, scale = _WIDTH / len(drawn.periods), (_HEIGHT - _FOOT - 20) / max(drawn.totals)
    every = max(1, math.ceil(len(drawn.periods) / 14))
    parts: list[str] = []
    for n, period in enumerate(drawn.periods):
        parts.append(_period(drawn, n, step, scale, link.get(period)))
        if n % every == 0:
            parts.append(element("text", period, x=f"{n * step + 2:.1f}", y=str(_HEIGHT - 8), class_="tick"))
    axis = element("line", x1="0", x2=str(_WIDTH), y1=str(_HEIGHT - _FOOT), y2=str(_HEIGHT - _FOOT), class_="axis")
    box = f"0 0 {_WIDTH} {_HEIGHT}"
    return Markup(element("svg", axis, *parts, viewBox=box, class_="bars", role="group", aria_label="Events by period"))


def _period(drawn: Timeline, n: int, step: float, scale: float, href: str | None) -> str:
    pieces, top = [], float(_HEIGHT - _FOOT)
    for k, values in enumerate(drawn.counts.values()):
        if values[n]:
            high = values[n] * scale
            top -= high
            pieces.append(
                element(
                    "rect",
                    x=f"{n * step + 1:.1f}",
                    y=f"{top:.1f}",
                    width=f"{max(step - 2, 1):.1f}",
                    height=f"{high:.1f}",
                    class_=f"series{k}",
                )
            )
    said = ", ".join(f"{name} {values[n]}" for name, values in drawn.counts.items() if values[n])
    words = f"{drawn.periods[n]}: {drawn.totals[n]:,} events ({said})"
    group = element("g", element("title", words), *pieces)
    return element("a", group, href=href, aria_label=words) if href and pieces else group


def web_of_ties(ties: Sequence[Tie]) -> Markup:
    """The actors on a ring, the stronger a tie the thicker its line."""
    if not ties:
        return Markup("")
    names = sorted({(node.id, node.name) for tie in ties for node in (tie.one, tie.other)}, key=lambda pair: pair[1])
    angle = {id: 2 * math.pi * n / len(names) for n, (id, _) in enumerate(names)}
    most = max(abs(tie.weight) for tie in ties)
    lines = [_line(tie, angle, most) for tie in reversed(ties)]
    labels = [_name(name, angle[id], n % 2 == 1) for n, (id, name) in enumerate(names)]
    box = f"{-_ROOM} -24 {_RING + 2 * _ROOM} {_RING + 48}"
    return Markup(
        element(
            "svg",
            *lines,
            *labels,
            viewBox=box,
            class_="ring",
            role="img",
            aria_label="Network of the strongest ties; the table lists them",
        )
    )


def _at(angle: float, radius: float) -> tuple[float, float]:
    return _RING / 2 + radius * math.sin(angle), _RING / 2 - radius * math.cos(angle)


def _line(tie: Tie, angle: Mapping[str, float], most: float) -> str:
    (x1, y1), (x2, y2) = _at(angle[tie.one.id], _RING / 2 - 16), _at(angle[tie.other.id], _RING / 2 - 16)
    middle = _RING / 2
    words = f"{tie.one.name} and {tie.other.name}: {tie.weight:g}"
    return element(
        "path",
        element("title", words),
        d=f"M{x1:.1f} {y1:.1f}Q{middle} {middle} {x2:.1f} {y2:.1f}",
        class_="tie",
        stroke_width=f"{0.8 + 5 * abs(tie.weight) / most:.1f}",
    )


def _name(name: str, angle: float, odd: bool) -> str:
    """The label; at the top and the bottom, where labels are close, every second one stands further out."""
    x, y = _at(angle, _RING / 2 - 6 + (13 if odd and abs(math.sin(angle)) < 0.35 else 0))
    right = math.sin(angle) >= -1e-9
    shown = name if len(name) < 26 else f"{name[:25]}…"
    return element(
        "text", shown, x=f"{x:.1f}", y=f"{y + 4:.1f}", text_anchor="start" if right else "end", class_="node"
    )
