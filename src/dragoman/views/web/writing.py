"""Rows and objects -> the text of a twin, CSV or JSON, in pieces that are sent as they are written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from dragoman.views.escaped import Escaped

_FORMULA = frozenset("=+-@\t\r")
_QUOTED = re.compile(r'[",\r\n]')
_PIECE = 1 << 18
_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


def pieces(parts: Iterable[str]) -> Iterator[bytes]:
    """The text in pieces: the browser has the first of thirty megabytes before the others are written."""
    waiting, size = [], 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= _PIECE:
            yield "".join(waiting).encode(errors="replace")
            waiting, size = [], 0
    yield "".join(waiting).encode(errors="replace")


def one_object(data: Mapping[str, Any]) -> Iterator[str]:
    """A JSON object, indented."""
    yield json.dumps(data, ensure_ascii=False, default=str, indent=1)
    yield "\n"


def encoded(objects: Iterable[Any]) -> Iterator[str]:
    """Each of them as JSON in one line."""
    return map(_ENCODER.encode, objects)


def array(elements: Iterable[str]) -> Iterator[str]:
    """A JSON array with a line for each element: the encoder that indents takes four times as long."""
    yield "["
    for number, one in enumerate(elements):
        yield ",\n" if number else "\n"
        yield one
    yield "\n]\n"


def lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of a CSV. Text that a spreadsheet would reckon with has an apostrophe in front."""
    escaped = Escaped(_cell)
    for row in chain([columns], rows):
        yield ",".join([escaped[v] if type(v) is str else "" if v is None else _value(v) for v in row]) + "\n"


def _cell(text: str) -> str:
    """A text as a cell, in quotation marks where it has what would end one."""
    harmless = f"'{text}" if text[:1] in _FORMULA else text
    return '"' + harmless.replace('"', '""') + '"' if _QUOTED.search(harmless) else harmless


def _value(value: Any) -> str:
    """A number, a truth value or a list as a cell."""
    if isinstance(value, list | tuple | dict):
        return _cell(json.dumps(value, ensure_ascii=False, default=str))
    return f"{value:.6g}" if isinstance(value, float) else str(value)
