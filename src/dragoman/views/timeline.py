"""Counts by period -> bars in a terminal, one HTML page, or a picture."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from html import escape
from typing import Any, TextIO

import pyarrow as pa
from rich.table import Table
from rich.text import Text

from dragoman.errors import UsageError
from dragoman.views.elements import head
from dragoman.views.marks import visible
from dragoman.views.table import console, put

MOST_SERIES = 6
"""Series that are told apart at a glance; the smaller ones are drawn as one, `other`."""

QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}

COLOURS = ("#0072b2", "#56b4e9", "#e69f00", "#d55e00", "#009e73", "#cc79a7", "#7f7f7f")
"""Okabe and Ito's, which colour-blind readers tell apart."""

SHADES = "█▓▒░▞▚·"
"""One for each series, so that a terminal without colour shows them too."""

_BARS = 60


@dataclass(frozen=True, slots=True)
class Timeline:
    """`counts[series][n]` events in `periods[n]`; `undated` counts those that belong to no period."""

    unit: str
    periods: tuple[str, ...]
    counts: dict[str, tuple[int, ...]]
    undated: int

    @classmethod
    def of(cls, answer: pa.Table, unit: str, split: str, periods: tuple[str, ...] = ()) -> Timeline:
        """From the rows of `Record.counts` by a unit and, unless `split` is none, one dimension more.

        `periods` has those to draw where the answer lacks some because nothing happened in them.
        """
        rows = answer.to_pylist()
        periods = periods or tuple(sorted({row[unit] for row in rows if row[unit] is not None}))
        place = {period: n for n, period in enumerate(periods)}
        series: dict[str, list[int]] = {}
        for row in rows:
            if row[unit] is not None:
                values = series.setdefault(_name(row, split), [0] * len(periods))
                values[place[row[unit]]] += row["events"]
        undated = sum(row["events"] for row in rows if row[unit] is None)
        return cls(unit, periods, _largest(series), undated)

    def between(self, start: int, stop: int) -> Timeline:
        """The same of `periods[start:stop]`."""
        counts = {name: values[start:stop] for name, values in self.counts.items()}
        return replace(self, periods=self.periods[start:stop], counts=counts)

    @property
    def totals(self) -> tuple[int, ...]:
        """Events of each period."""
        return tuple(map(sum, zip(*self.counts.values(), strict=True)))

    @property
    def note(self) -> str:
        """What the bars do not show."""
        return f"{self.undated:,} events without a date to the {self.unit} are not shown." if self.undated else ""


def calendar(unit: str, first: str, last: str) -> tuple[str, ...]:
    """Every period of a unit from `first` to `last`: periods of it, or ISO 8601 dates of any precision."""
    day, end = _first_day(first), _last_day(last)
    found: dict[str, None] = {}
    while day <= end:
        found[_period(unit, day)] = None
        day += timedelta(days=1)
    return tuple(found | {_period(unit, end): None})


def _first_day(period: str) -> date:
    year, _, rest = period.partition("-")
    if rest.startswith("Q"):
        return date(int(year), 3 * int(rest[1]) - 2, 1)
    return date.fromisoformat(period if "W" in rest else period + "0000-01-01"[len(period) :])


def _last_day(period: str) -> date:
    """Of a year or a month; of a week or a quarter a day in it."""
    day = _first_day(period)
    match period.count("-"), len(period):
        case 0, _:
            return day.replace(month=12, day=31)
        case 1, 7 if "Q" not in period:
            return day.replace(day=monthrange(day.year, day.month)[1])
    return day


def _period(unit: str, day: date) -> str:
    match unit:
        case "week":
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02}"
        case "quarter":
            return f"{day.year:04}-Q{(day.month + 2) // 3}"
    return day.isoformat()[: {"year": 4, "month": 7}.get(unit, 10)]


def write_bars(timeline: Timeline, out: TextIO) -> None:
    """A line for each period."""
    screen = console(out)
    if not any(timeline.totals):
        put(screen, Text("No events."), Text(timeline.note))
        return
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(no_wrap=True)
    scale = max(timeline.totals)
    for n, period in enumerate(timeline.periods):
        grid.add_row(period, f"{timeline.totals[n]:,}", _bar(timeline, n, scale))
    legend = Text("  ".join(f"{SHADES[k]} {visible(name)}" for k, name in enumerate(timeline.counts)), style="dim")
    put(screen, grid, legend, *([Text(timeline.note)] if timeline.note else []))


def _bar(timeline: Timeline, n: int, scale: int) -> Text:
    """Pieces as long as their counts; rounding never moves the end of the whole bar."""
    bar, before, drawn = Text(), 0, 0
    for k, values in enumerate(timeline.counts.values()):
        before += values[n]
        end = round(_BARS * before / scale)
        bar.append(SHADES[k] * (end - drawn), style=COLOURS[k])
        drawn = end
    return bar


def write_html(timeline: Timeline, out: TextIO) -> None:
    """One page that needs nothing else: stacked bars, a legend, and the numbers as a table."""
    title = f"Events by {timeline.unit}"
    out.write(f"{head(title, _CSS)}<h1>{title}</h1>\n")
    out.writelines(_legend(timeline))
    out.writelines(_drawing(timeline))
    out.write(f"<p>{escape(timeline.note)}</p>\n<details><summary>The numbers</summary>\n<table>\n")
    out.writelines(_numbers(timeline))
    out.write("</table></details>\n</body>\n</html>\n")


def _legend(timeline: Timeline) -> Iterator[str]:
    yield '<p class="legend">'
    for k, name in enumerate(timeline.counts):
        yield f'<span><i style="background:{COLOURS[k]}"></i>{escape(visible(name))}</span> '
    yield "</p>\n"


def _drawing(timeline: Timeline) -> Iterator[str]:
    """Bars as SVG, 300 units high; the words of each piece show when it is pointed at."""
    scale, width = max((*timeline.totals, 1)), 1000 / max(1, len(timeline.periods))
    yield '<svg viewBox="-60 -10 1070 350" role="img" aria-label="Events by period">\n'
    yield f'<text x="-8" y="8" class="y">{scale:,}</text><text x="-8" y="304" class="y">0</text>\n'
    every = -(-len(timeline.periods) // 12) or 1
    for n, period in enumerate(timeline.periods):
        bottom = 300.0
        for k, (name, values) in enumerate(timeline.counts.items()):
            height = 300 * values[n] / scale
            bottom -= height
            if values[n]:
                yield (
                    f'<rect x="{n * width:.2f}" y="{bottom:.2f}" width="{width * 0.85:.2f}" height="{height:.2f}" '
                    f'fill="{COLOURS[k]}"><title>{period}: {values[n]:,} {escape(visible(name))}</title></rect>\n'
                )
        if n % every == 0:
            yield f'<text x="{n * width:.2f}" y="325">{period}</text>\n'
    yield '<path d="M0 300H1000" stroke="currentColor" opacity="0.4"/></svg>\n'


def _numbers(timeline: Timeline) -> Iterator[str]:
    names = "".join(f"<th>{escape(visible(name))}</th>" for name in timeline.counts)
    yield f"<tr><th>{timeline.unit}</th>{names}<th>all</th></tr>\n"
    for n, period in enumerate(timeline.periods):
        cells = "".join(f"<td>{values[n]:,}</td>" for values in timeline.counts.values())
        yield f"<tr><th>{period}</th>{cells}<td>{timeline.totals[n]:,}</td></tr>\n"


def write_picture(timeline: Timeline, path: str, format: str) -> None:
    """Stacked bars as PNG or SVG. UsageError where matplotlib is not installed."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise UsageError("Pictures need matplotlib; install it with: pip install 'dragoman[pictures]'.") from None
    figure = Figure(figsize=(10, 4), layout="constrained")
    axes = figure.subplots()
    bottom = [0] * len(timeline.periods)
    for k, (name, values) in enumerate(timeline.counts.items()):
        axes.bar(range(len(values)), values, 0.85, bottom, color=COLOURS[k], label=visible(name))
        bottom = [b + v for b, v in zip(bottom, values, strict=True)]
    _label(axes, timeline)
    figure.savefig(path, format=format, dpi=150, metadata={"Date": None} if format == "svg" else None)


def _label(axes: Any, timeline: Timeline) -> None:
    every = -(-len(timeline.periods) // 12) or 1
    axes.set_xticks(range(0, len(timeline.periods), every), timeline.periods[::every])
    axes.set_ylabel(f"events a {timeline.unit}")
    axes.spines[["top", "right"]].set_visible(False)
    if timeline.counts:
        axes.legend(frameon=False, ncols=3)
    if timeline.note:
        axes.set_xlabel(timeline.note)


def _name(row: dict[str, Any], split: str) -> str:
    if split == "none":
        return "events"
    value = row[split]
    return QUADS.get(value, "unknown") if split == "quad" else str(value or "unknown")


def _largest(series: dict[str, list[int]]) -> dict[str, tuple[int, ...]]:
    """The largest series by name, and the sum of the others."""
    ranked = sorted(series, key=lambda name: (-sum(series[name]), name))
    kept = ranked if len(ranked) <= MOST_SERIES + 1 else ranked[:MOST_SERIES]
    order = [name for name in QUADS.values() if name in kept] or kept
    order += [name for name in kept if name not in order]
    found = {name: tuple(series[name]) for name in order}
    rest = [series[name] for name in ranked if name not in kept]
    return {**found, "other": tuple(map(sum, zip(*rest, strict=True)))} if rest else found


_CSS = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.3rem } .legend span { margin-right: 1rem; white-space: nowrap }
i { display: inline-block; width: .8em; height: .8em; margin-right: .35em; border-radius: 2px }
svg { width: 100%; height: auto } text { font-size: 12px; fill: currentColor } .y { text-anchor: end }
table { border-collapse: collapse } td, th { padding: .1rem .6rem; text-align: right; font-variant-numeric: tabular-nums }
"""
