"""Lines of tab-separated event tables -> documents made of those lines, whose cells are quoted by the rows.

The articles are not in such data, so the line itself is the document: what the record then quotes is what the file
says. Quotes are data and columns are found by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dragoman.document import Span
from dragoman.ingest.source import Source, Unread

NOTHING = frozenset(("", "None", "NULL", "null", "NA"))


class Kept(NamedTuple):
    """A line that waits for its document: all that is kept of it, since a file can have millions."""

    number: int
    text: str
    columns: Sequence[str]


@dataclass(frozen=True, slots=True)
class Cells:
    """One line: its values by column, its number in the file, and the line as it stands."""

    number: int
    line: str
    values: Mapping[str, str]
    places: Mapping[str, int]

    def __getitem__(self, column: str) -> str:
        """The value of a column; empty where it is missing or says that there is none."""
        value = self.values.get(column, "").strip()
        return "" if value in NOTHING else value

    def parts(self, column: str) -> list[str]:
        """The values that a cell joins by semicolons, those that say nothing as empty ones."""
        found = [part.strip() for part in self[column].split(";")] if self[column] else []
        return ["" if part in NOTHING else part for part in found]

    def span(self, column: str, start: int) -> Span:
        """Where a cell stands in a document in which the line begins at `start`."""
        value = self.values.get(column, "")
        at = start + self.places.get(column, 0)
        return Span(at, at + len(value), value)


def cells(kept: Kept) -> Cells:
    """A line taken apart; surplus cells at its end are passed over."""
    values, places, at = {}, {}, 0
    for column, value in zip(kept.columns, kept.text.split("\t"), strict=False):
        values[column], places[column] = value, at
        at += len(value) + 1
    return Cells(kept.number, kept.text, values, places)


def placed(kept: Iterable[Kept]) -> Iterator[tuple[Cells, int]]:
    """The lines of a document, each with the offset at which it begins there."""
    start = 0
    for line in kept:
        yield cells(line), start
        start += len(line.text) + 1


def text_of(kept: Iterable[Kept]) -> str:
    """The document that the lines are."""
    return "\n".join(line.text for line in kept)


def lines(source: Source) -> Iterator[tuple[int, str] | Unread]:
    """The lines of a file with their numbers, without their ends; blank ones are passed over."""
    for line in source.lines():
        if line.fault is not None:
            yield source.unread(line.fault, line=line.number)
        elif line.text.strip():
            yield line.number, line.text.rstrip("\r\n")


def number(text: str) -> float | None:
    """The number in a cell; None where there is none."""
    try:
        return float(text)
    except ValueError:
        return None
