"""Passages that were found -> where they stand and their words, those that were looked for in bold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TextIO

import pyarrow as pa
from rich.text import Text

from dragoman.views.marks import visible
from dragoman.views.table import console, put

FOUND = "bold"


def write_passages(answer: pa.Table, terms: Sequence[str], out: TextIO) -> None:
    """Each passage under its publisher, date and title."""
    rows = answer.to_pylist()
    screen = console(out)
    for row in rows:
        put(screen, _heading(row), _passage(row["quote"], terms), Text())
    if not rows:
        put(screen, Text("Nothing was found."))


def _heading(row: dict[str, Any]) -> Text:
    parts = (row["published"], row["publisher"], row["title"], row["document_id"], row["id"])
    place = f"{row['quote_start']:,}–{row['quote_end']:,}"
    return Text(visible(" · ".join([*(p for p in parts if p), place])), style="dim")


def _passage(words: str, terms: Sequence[str]) -> Text:
    text = Text(visible(" ".join(words.split())))
    for term in terms:
        text.highlight_regex(re.compile(rf"(?i)(?<!\w){re.escape(term)}\w*"), FOUND)
    return text
