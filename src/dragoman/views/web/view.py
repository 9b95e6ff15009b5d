"""What a handler found -> a page, or its twins in JSON and CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal, TypeVar

from markupsafe import Markup
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from dragoman.views.marks import visible
from dragoman.views.web import writing

Sheet = tuple[Sequence[str], Iterable[Sequence[Any]], Any]
"""Columns, rows, and the JSON twin: an object, its elements, or None where these are the rows as objects."""

Format = Literal["json", "csv"]
FORMATS: Mapping[Format, str] = {"json": "application/json", "csv": "text/csv"}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Written:
    """The elements of a JSON twin that are JSON already, a line each."""

    lines: Iterable[str]


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


@dataclass(frozen=True, slots=True)
class Part:
    """Of the elements of a JSON twin, or the rows of a CSV, those from `offset` on, no more than `limit`."""

    offset: int = 0
    limit: int | None = None

    def of(self, elements: Iterable[T]) -> tuple[Iterable[T], bool]:
        """The elements of the part, and whether there are others behind it. What is before and behind is not written."""
        if self.limit is None:
            return islice(elements, self.offset, None), False
        found = list(islice(elements, self.offset, self.offset + self.limit + 1))
        return found[: self.limit], len(found) > self.limit

    def headers(self, address: URL, goes_on: bool) -> Mapping[str, str]:
        """Where the next part is (RFC 8288), if there is one."""
        if not goes_on:
            return {}
        following = address.include_query_params(offset=self.offset + (self.limit or 0))
        return {"Link": f'<{following.path}?{following.query}>; rel="next"'}


def as_json(view: View, part: Part, address: URL) -> Response:
    """The rows as objects, one to a line, or what the view has instead; one object is whole in every part."""
    columns, rows, data = view.sheet("json")
    if isinstance(data, Mapping):
        return StreamingResponse(writing.pieces(writing.one_object(data)), media_type=FORMATS["json"])
    if isinstance(data, Written):
        lines, goes_on = part.of(data.lines)
    else:
        objects, goes_on = part.of((dict(zip(columns, row, strict=True)) for row in rows) if data is None else data)
        lines = writing.encoded(objects)
    parts = writing.pieces(writing.array(lines))
    return StreamingResponse(parts, media_type=FORMATS["json"], headers=part.headers(address, goes_on))


def as_csv(view: View, part: Part, address: URL) -> Response:
    """The rows under their names."""
    columns, rows, _ = view.sheet("csv")
    shown, goes_on = part.of(rows)
    parts = writing.pieces(writing.lines(columns, shown))
    return StreamingResponse(
        parts, media_type=f"{FORMATS['csv']}; charset=utf-8", headers=part.headers(address, goes_on)
    )


def written(
    rows: Callable[[Any], tuple[Sequence[str], Iterable[Sequence[Any]]]],
    found: Sequence[Any],
    lines: Callable[[Sequence[Any]], Iterable[str]],
) -> Callable[[Format], Sheet]:
    """What a command writes as CSV (columns and `rows`) and as JSON (`lines`), as a sheet."""

    def sheet(format: Format) -> Sheet:
        if format == "json":
            return (), (), Written(lines(found))
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
