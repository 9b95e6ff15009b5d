"""Figures -> SVG that follows the colours of the page: bars by period, and a ring of actors with their ties."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from dragoman.record.networks import Tie
from dragoman.views.elements import element
from dragoman.views.timeline import Timeline

_WIDTH, _HEIGHT, _FOOT = 960, 300, 28
_SIDE = 52
_RING, _ROOM, _LINE = 560, 200, 17


def bars(drawn: Timeline, link: Mapping[str, str]) -> Markup:
    """Stacked bars, a link behind each period that has one; the page's table says the same in figures."""
    if not any(drawn.totals):
        return Markup("")
    step, scale = _WIDTH / len(drawn.periods), (_HEIGHT - _FOOT - 20) / max(drawn.totals)
    every = max(1, math.ceil(len(drawn.periods) / 12))
    parts: list[str] = []
    for n, period in enumerate(drawn.periods):
        parts.append(_period(drawn, n, step, scale, link.get(period)))
        if n % every == 0:
            parts.append(element("text", period, x=f"{n * step + 2:.1f}", y=str(_HEIGHT - 8), class_="tick"))
    axis = element("line", x1="0", x2=str(_WIDTH), y1=str(_HEIGHT - _FOOT), y2=str(_HEIGHT - _FOOT), class_="axis")
    most = element("text", f"{max(drawn.totals):,}", x="-6", y="24", text_anchor="end", class_="tick")
    none = element("text", "0", x="-6", y=str(_HEIGHT - _FOOT + 4), text_anchor="end", class_="tick")
    parts += [most, none]
    box = f"{-_SIDE} 0 {_WIDTH + 2 * _SIDE} {_HEIGHT}"
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
    labels = _labels([(name, angle[id]) for id, name in names])
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


def _labels(names: Sequence[tuple[str, float]]) -> list[str]:
    """The names around the ring, those of each half one under the other so that none covers another."""
    places = [(name, *_at(angle, _RING / 2 - 6), math.sin(angle) >= -1e-9) for name, angle in names]
    drawn: list[str] = []
    for right in (True, False):
        half = sorted((p for p in places if p[3] is right), key=lambda p: p[2])
        heights = _apart([y for _, _, y, _ in half])
        drawn += [_name(name, x, y, right) for (name, x, _, _), y in zip(half, heights, strict=True)]
    return drawn


def _apart(heights: Sequence[float]) -> list[float]:
    """Rising heights a line apart or more, each as near to where it was as the ones before it, then the ones behind it, allow."""
    found: list[float] = []
    for height in heights:
        found.append(max(height, found[-1] + _LINE) if found else height)
    limit = max(_RING + 12.0, len(found) * _LINE)
    for n in reversed(range(len(found))):
        found[n] = min(found[n], limit)
        limit = found[n] - _LINE
    return found


def _name(name: str, x: float, y: float, right: bool) -> str:
    shown = name if len(name) < 26 else f"{name[:25]}…"
    side = "start" if right else "end"
    return element("text", shown, x=f"{x:.1f}", y=f"{y + 4:.1f}", text_anchor=side, class_="node")
