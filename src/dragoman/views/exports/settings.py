"""What the user can settle about an export, and what a format is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from dragoman.analysis import Analysis
from dragoman.views.exports.losses import Losses

if TYPE_CHECKING:
    from dragoman.record import Record
    from dragoman.record.filters import Duplicates

READ = ("events", "event_parties", "statements", "contents", "stances", "mentions", "actors", "documents", "skipped")
FOUND = ("stories", "story_accounts", "story_reports", "copies", "reviews")
TABLES = (*READ, *FOUND)
"""The tables of a record that csv and parquet can write: what was read in documents, and what is known over all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`text`: quote the sentences of the documents (False where rights forbid it). `table`: the one that csv and parquet write
    into one file. `password`: of the administrator in a DNA database. `record`: where the analyses come from, which knows the
    stories and reviews that csv and parquet write; without one, stories are found among the analyses alone. `duplicates`: what
    counts once among the analyses; by story, the record tells how many accounts each event stands for.
    """

    text: bool = True
    table: str = "events"
    password: str = "dragoman"
    record: Record | None = None
    duplicates: Duplicates = "none"


Analyses = Iterable[Analysis]
WriteText = Callable[[Analyses, TextIO, Losses, Settings], int]
WriteFile = Callable[[Analyses, Path, Losses, Settings], int]


@dataclass(frozen=True, slots=True)
class Format:
    """A format to write; both functions give the number of rows.

    `text` writes UTF-8 with LF. `file` is handed a path at which nothing is, and makes a file or a folder there; where
    a format has both, it writes when the user names a path without an extension. `about` is one clause.
    """

    about: str
    text: WriteText | None = None
    file: WriteFile | None = None


def text_format(about: str) -> Callable[[WriteText], Format]:
    """Make a format of a function that writes text."""
    return lambda write: Format(about, text=write)


def file_format(about: str) -> Callable[[WriteFile], Format]:
    """Make a format of a function that writes a file, or a folder of files."""
    return lambda write: Format(about, file=write)
