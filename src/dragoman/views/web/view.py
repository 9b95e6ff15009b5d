"""What a handler found -> a page, or its twins in JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TextIO

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from dragoman.views.marks import visible

Sheet = tuple[Sequence[str], Sequence[Sequence[Any]], Any]
"""Columns, rows, and the JSON twin, None where it is the rows as objects."""

Format = Literal["json", "csv"]
FORMATS: Mapping[Format, str] = {"json": "application/json", "csv": "text/csv"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
    """The rows as objects, or what the view has instead."""
    columns, rows, data = view.sheet("json")
    if data is None:
        data = [dict(zip(columns, row, strict=True)) for row in rows]
    body = json.dumps(data, ensure_ascii=False, default=str, indent=1)
    return Response(f"{body}\n".encode(errors="replace"), media_type=FORMATS["json"])


def as_csv(view: View) -> Response:
    """The rows under their names. Text that a spreadsheet would reckon with has an apostrophe in front."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns, rows, _ = view.sheet("csv")
    writer.writerow(columns)
    writer.writerows([_harmless(value) for value in row] for row in rows)
    return Response(out.getvalue().encode(errors="replace"), media_type="text/csv; charset=utf-8")


def written(
    write: Callable[[Any, TextIO], None], found: Sequence[Any], as_object: Callable[[Any], Any]
) -> Callable[[Format], Sheet]:
    """What a command writes as CSV and JSON, as a sheet."""

    def sheet(format: Format) -> Sheet:
        if format == "json":
            return (), (), [as_object(one) for one in found]
        out = io.StringIO()
        write(found, out)
        first, *rest = csv.reader(io.StringIO(out.getvalue()))
        return first, rest, None

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
        return f"'{value}" if value.startswith(_FORMULA) else value
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return f"{value:.6g}" if isinstance(value, float) else str(value)
