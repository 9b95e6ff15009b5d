"""Rows -> readable tables; columns and rows -> table, CSV or JSON."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from dragoman.analysis import Analysis
from dragoman.views import rows
from dragoman.views.marks import visible

CLIP = 240
"""Longest quotation in a cell, in code points; the page itself shows every word."""

PIPED_WIDTH = 140
"""Columns of text where no terminal says how wide it is."""


STYLES = {
    "source": "bold cyan",
    "cue": "italic cyan",
    "content": "cyan",
    "fact": "bold underline magenta",
    "claim": "italic underline magenta",
    "measure": "bold green",
    "condition": "italic green",
    "skipped": "dim",
}
"""How the parts look in a terminal: colours that every theme sets for itself, and never colour alone."""


def console(out: TextIO) -> Console:
    """A console on `out` that neither guesses at markup nor at highlights; colour only in a terminal (NO_COLOR is kept)."""
    width = None if out.isatty() or "COLUMNS" in os.environ else PIPED_WIDTH
    return Console(file=out, width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)


def put(screen: Console, *parts: RenderableType) -> None:
    """Print the parts one under the other, at once and without white space at the end of lines."""
    with screen.capture() as captured:
        screen.print(*parts, sep="\n")
    screen.file.write("\n".join(line.rstrip(" ") for line in captured.get().split("\n")))
    screen.file.flush()


def write_tables(analyses: Iterable[Analysis], out: TextIO) -> None:
    """Each document's three tables under its title."""
    screen = console(out)
    for analysis in analyses:
        put(screen, heading(analysis), *under(analysis))


def heading(analysis: Analysis) -> Text:
    """Title, then publisher and date."""
    text = Text(visible(rows.title(analysis.document)), style="bold")
    if known := rows.provenance(analysis.document):
        text.append("\n" + visible(known), style="not bold dim")
    return text


def under(analysis: Analysis) -> Iterator[Table | Text]:
    """Who said what, who did what to whom, who stands where, a blank line round each; a table without rows is left out."""
    yield Text()
    for table in (_said(rows.said(analysis)), _did(rows.did(analysis)), _stood(rows.stood(analysis))):
        if table.row_count:
            yield table
            yield Text()


def grid(columns: Sequence[str], values: Iterable[Sequence[Any]], title: str | None = None) -> Table:
    """A plain table of any values; numbers to the right, nothing shortened."""
    cells = [[_cell(value) for value in row] for row in values]
    table = _table(title)
    for name, column in zip(columns, zip(*cells, strict=True) if cells else [()] * len(columns), strict=True):
        number = bool(column) and all(_is_number(c) for c in column if c)
        table.add_column(visible(name), justify="right" if number else "left", overflow="fold")
    for row in cells:
        table.add_row(*(Text(visible(c)) for c in row))
    return table


def write_csv(columns: Sequence[str], values: Iterable[Sequence[Any]], out: TextIO) -> None:
    """Comma-separated values with a header line (RFC 4180, but lines end in LF); nested values as JSON."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in values)


def write_objects(columns: Sequence[str], values: Iterable[Sequence[Any]], out: TextIO) -> None:
    """A JSON array with one object per row; dates as ISO 8601."""
    out.write("[")
    for number, row in enumerate(values):
        out.write(",\n" if number else "\n")
        json.dump(dict(zip(columns, row, strict=True)), out, ensure_ascii=False, default=str)
    out.write("\n]\n")


def _said(statements: Iterable[rows.Said]) -> Table:
    table = _table("Who said what", "", "speaker", "form", "words")
    for row in statements:
        form = f"{row.form}, in {row.within}" if row.within else row.form
        table.add_row(_label(row.label, "source"), *_cells(row.speaker, form, rows.clip(row.words, CLIP)))
    return table


def _did(events: Iterable[rows.Did]) -> Table:
    table = _table("Who did what to whom", "", "actors", "event", "recipients", "words", "claimed by")
    for row in events:
        claim = Text(visible(f"{row.claim} {row.claimed_by}")) if row.claim else Text(rows.FACT, style="italic")
        words = ", ".join(part for part in (row.words, row.where, row.when, row.toll) if part)
        cells = _cells(row.actors, row.what, row.recipients, rows.clip(words, CLIP))
        table.add_row(_label(row.label, "fact"), *cells, claim)
    return table


def _stood(stances: Iterable[rows.Stood]) -> Table:
    table = _table("Who stands where", "", "holder", "stance", "measure", "toward", "force", "condition")
    for row in stances:
        cells = _cells(row.holder, row.direction, row.measure, row.toward, row.force, rows.clip(row.condition, CLIP))
        table.add_row(_label(row.label, "measure"), *cells)
    return table


def _table(title: str | None, *columns: str) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD,
        title=title,
        title_justify="left",
        title_style="bold not italic",
        header_style="dim",
        show_edge=False,
        pad_edge=False,
    )
    for name in columns:
        table.add_column(name, overflow="fold", no_wrap=name == "")
    return table


def _label(label: str, role: str) -> Text:
    return Text(label, style=STYLES[role])


def _cells(*values: str) -> Iterable[Text]:
    return (Text(visible(value)) for value in values)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else _spelled(value)


def _spelled(value: Any) -> str:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).replace("-", "", 1).isdigit()
