"""What a handler found -> a page, or its twins in JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from dragoman.views.marks import visible

Sheet = tuple[Sequence[str], Iterable[Sequence[Any]], Any]
"""Columns, rows, and the JSON twin, None where it is the rows as objects."""

Format = Literal["json", "csv"]
FORMATS: Mapping[Format, str] = {"json": "application/json", "csv": "text/csv"}
_FORMULA = frozenset("=+-@\t\r")
_PIECE = 1 << 18
_ROWS = 500
_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One view of the record: `context` fills the page `template`; `columns` and `rows` are its CSV twin.

    `data` is the JSON twin where rows as objects would not say everything. `later` makes all three where that takes long.
    """

    template: str
    title: str
    context: Mapping[str, Any] = field(default_factory=dict)
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Any]] = ()
    data: Any = None
    later: Callable[[Format], Sheet] | None = None

    @property
    def has_twins(self) -> bool:
        return bool(self.columns) or self.later is not None

    def sheet(self, format: Format) -> Sheet:
        """Columns, rows and what the JSON twin has instead, made when it is asked for, as far as that format needs it."""
        return self.later(format) if self.later else (self.columns, self.rows, self.data)


def as_json(view: View) -> Response:
    """The rows as objects, one to a line, or what the view has instead."""
    columns, rows, data = view.sheet("json")
    if data is None:
        data = [dict(zip(columns, row, strict=True)) for row in rows]
    one = isinstance(data, Mapping)
    parts = [json.dumps(data, ensure_ascii=False, default=str, indent=1), "\n"] if one else _lines(data)
    return StreamingResponse(_pieces(parts), media_type=FORMATS["json"])


def _lines(data: Iterable[Any]) -> Iterator[str]:
    """A JSON array with a line for each element: the encoder that indents takes four times as long."""
    yield "["
    for number, one in enumerate(data):
        yield ",\n" if number else "\n"
        yield _ENCODER.encode(one)
    yield "\n]\n"


def _pieces(parts: Iterable[str]) -> Iterator[bytes]:
    """The text in pieces: the browser has the first of thirty megabytes before the others are written."""
    waiting, size = [], 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= _PIECE:
            yield "".join(waiting).encode(errors="replace")
            waiting, size = [], 0
    yield "".join(waiting).encode(errors="replace")


def as_csv(view: View) -> Response:
    """The rows under their names. Text that a spreadsheet would reckon with has an apostrophe in front."""
    columns, rows, _ = view.sheet("csv")
    return StreamingResponse(_pieces(_rows(columns, rows)), media_type="text/csv; charset=utf-8")


def _rows(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of a CSV, some at a time."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    left = iter(rows)
    while some := list(islice(left, _ROWS)):
        writer.writerows(map(_cells, some))
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _cells(row: Sequence[Any]) -> list[Any]:
    """Its values as they stand in a cell; words and whole numbers, which most are, without a call for each."""
    return [
        v if v is None or type(v) is int or (type(v) is str and v[:1] not in _FORMULA) else _harmless(v) for v in row
    ]


def written(
    rows: Callable[[Any], tuple[Sequence[str], Iterable[Sequence[Any]]]],
    found: Sequence[Any],
    as_object: Callable[[Any], Any],
) -> Callable[[Format], Sheet]:
    """What a command writes as CSV (columns and `rows`) and as JSON, as a sheet."""

    def sheet(format: Format) -> Sheet:
        if format == "json":
            return (), (), map(as_object, found)
        return *rows(found), None

    return sheet


def twins(request: Request) -> dict[str, str]:
    """Where the other forms of this page are."""
    query = f"?{request.url.query}" if request.url.query else ""
    path = request.url.path
    return {name: f"{'/overview' if path == '/' else path}.{name}{query}" for name in FORMATS}


def shown(value: Any) -> Any:
    """Every value on its way into a page: control characters become pictures; templates escape the rest."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _harmless(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value[:1] in _FORMULA else value
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return f"{value:.6g}" if isinstance(value, float) else str(value)
