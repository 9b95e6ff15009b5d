"""A text -> what it is written as in a file, found out once: a record says the same names and words many times over."""

from __future__ import annotations

from collections.abc import Callable

_MOST = 1 << 16
"""Texts that are kept; then they are found out anew."""


class Escaped(dict[str, str]):
    """Texts and what they are written as; one that is not there yet is written when it is asked for."""

    def __init__(self, write: Callable[[str], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, text: str) -> str:
        if len(self) >= _MOST:
            self.clear()
        found = self[text] = self._write(text)
        return found
