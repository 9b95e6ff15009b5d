"""Values -> lines of tab-separated tables, whose readers know neither quotes nor escapes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029\x00]+")


def line(cells: Iterable[object]) -> str:
    """One line with its end; tabs and breaks inside a cell become a space."""
    return "\t".join(_cell(c) for c in cells) + "\n"


def number_of(key: str, bits: int) -> int:
    """A number that stands for the key, the same at every export: the first bits of its SHA-256."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") >> (64 - bits)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    return _BREAKS.sub(" ", str(value))
