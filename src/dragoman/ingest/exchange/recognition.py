"""The first bytes of a source -> the name of the format it is to be imported in."""

from __future__ import annotations

import re

from dragoman.errors import DocumentError
from dragoman.ingest.exchange.gdelt import LAYOUTS
from dragoman.ingest.source import Source

_HEAD = 2**16
_SCHEMA = re.compile(r'"schema"\s*:\s*"dragoman/')
_EVENT = re.compile(r'"(event|has_event|eventText)"\s*:')
_SENTENCES = re.compile(r"<(Sentences|Articles)[\s>]")
_HEADERS = {
    "polecat": {"Event ID", "Actor Name", "Recipient Name"},
    "icews": {"Event ID", "Source Name", "Target Name"},
}


def form_of(source: Source) -> str:
    """The format; DocumentError where the beginning is that of none."""
    with source.open() as stream:
        head = stream.read(_HEAD)
    if head.startswith(b"SQLite format 3"):
        return "dna"
    text = source.decode(head).removeprefix("\ufeff").lstrip()
    found = _of_markup(text) or _of_table(text.partition("\n")[0].rstrip("\r"))
    if found is None:
        raise DocumentError(
            "Its beginning is that of no format that can be imported (PLOVER, POLECAT, ICEWS, GDELT, PETRARCH's XML, "
            "DNA, dragoman); name it with --from, or read it with `dragoman read` if it holds texts."
        )
    return found


def _of_markup(text: str) -> str | None:
    if text.startswith("<"):
        return "petrarch" if _SENTENCES.search(text) else None
    if not text.startswith(("{", "[")):
        return None
    if _SCHEMA.search(text.partition("\n")[0]):
        return "jsonl"
    return "plover" if _EVENT.search(text) else None


def _of_table(line: str) -> str | None:
    cells = [cell.strip().strip('"') for cell in line.split("\t")]
    for name, columns in _HEADERS.items():
        if columns <= set(cells):
            return name
    return "gdelt" if len(cells) in LAYOUTS and cells[0].isdigit() else None
