"""JSON and JSON Lines -> Documents, one per object."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from dragoman.document import Document
from dragoman.errors import DocumentError
from dragoman.ingest.rows import columns_of, document_of
from dragoman.ingest.source import Line, Source, Unread

_HOPELESS = 20
"""So many bad lines at the start of a file without a good one, and it is taken for no JSON Lines at all."""
_NOT_LINES = (
    f"The first {_HOPELESS} lines could not be read, so the rest was not tried. "
    "If the file is one JSON value over several lines, name its format with --input-format json."
)


def read_json_lines(source: Source) -> Iterator[Document | Unread]:
    """One object a line; blank lines are passed over, and a bad line is reported and passed over."""
    bad = 0
    for line in source.lines():
        if (item := _of_line(line, source)) is None:
            continue
        yield item
        if isinstance(item, Document):
            bad = -1
        elif bad >= 0:
            bad += 1
        if bad == _HOPELESS:
            raise DocumentError(_NOT_LINES)


def read_json(source: Source) -> Iterator[Document | Unread]:
    """One object, a list of objects, or an object with a list of objects under one key; JSON Lines under a wrong name too."""
    text = source.text()
    try:
        value = _parsed(text)
    except DocumentError:
        if not _is_lines(text):
            raise
        yield from read_json_lines(source)
        return
    yield from _of_list(value, source) if isinstance(value, list) else _of_object_or_list(value, source)


def _of_list(rows: list[object], source: Source) -> Iterator[Document | Unread]:
    for number, row in enumerate(rows, 1):
        try:
            yield _of_object(row, source)
        except DocumentError as error:
            yield source.unread(str(error), row=number)


def _of_object_or_list(value: object, source: Source) -> Iterator[Document | Unread]:
    """The document that an object is, or else those in the list under the one key of it that has a list of objects."""
    try:
        yield _of_object(value, source)
        return
    except DocumentError:
        lists = [v for v in value.values() if _is_list_of_objects(v)] if isinstance(value, Mapping) else []
        if len(lists) != 1:
            raise
    yield from _of_list(lists[0], source)


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) for row in value)


def _of_line(line: Line, source: Source) -> Document | Unread | None:
    if line.fault is not None:
        return source.unread(line.fault, line=line.number)
    if not line.text.strip():
        return None
    try:
        return _of_object(_parsed(line.text.rstrip("\r\n")), source)
    except DocumentError as error:
        return source.unread(str(error), line=line.number)


def _of_object(value: object, source: Source) -> Document:
    """The document of an object, or of the object under its key `document` (dragoman's own output)."""
    if not isinstance(value, Mapping):
        raise DocumentError(
            f"It is {_kind(value)}, not a JSON object; each document is an object with its text under one key."
        )
    inner = value.get("document")
    row = inner if isinstance(inner, Mapping) else value
    return document_of(row, columns_of(tuple(row), source.options, sparse=True), source)


def _parsed(text: str) -> object:
    try:
        return json.loads(text, strict=False)  # raw tabs and line breaks inside strings do no harm
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise DocumentError(
            f"It is not valid JSON: {error.msg.lower().removesuffix(' at')} at {place}. Correct it."
        ) from None
    except (ValueError, RecursionError):
        raise DocumentError("Its JSON is nested too deeply, or holds a number too long, to be a document.") from None


def _is_lines(text: str) -> bool:
    """Whether the first line with something on it is an object by itself."""
    first = next((line for line in text[: 2**20].split("\n") if line.strip()), "")
    try:
        return isinstance(_parsed(first), dict)
    except DocumentError:
        return False


def _kind(value: object) -> str:
    return {list: "a list", str: "a string", type(None): "null", bool: "true or false"}.get(type(value), "a number")
