"""Data files of a folder -> rows that know their file and line, and refuse what is malformed.

A data file is UTF-8 CSV with a header row. A cell that holds a list joins its parts by `|`. Each file has its birth certificate
in `catalogue.toml` of the same folder.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from dragoman.errors import KnowledgeError
from dragoman.knowledge.periods import not_after, well_formed

CATALOGUE = "catalogue.toml"
CERTIFICATE = ("title", "source", "version", "licence", "prepared")

# fmt: off
SECTORS = frozenset({
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK",
    "AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
})
# fmt: on
"""PLOVER's sector codes."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a data file: its cells by column, "" where empty."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def optional(self, column: str) -> str | None:
        """The cell, or None where it is empty."""
        return self.cells[column] or None

    def parts(self, column: str) -> tuple[str, ...]:
        """The parts of a cell that holds a list."""
        return split(self.cells[column])

    def sectors(self) -> tuple[str, ...]:
        """The codes in column `sectors`; KnowledgeError for one that PLOVER lacks."""
        codes = split(self.cells["sectors"])
        for code in codes:
            if code not in SECTORS:
                raise self.fault(f"{code!r} is no PLOVER sector", f"Use {', '.join(sorted(SECTORS))}")
        return codes

    def period(self) -> tuple[str | None, str | None]:
        """Columns `since` and `until`, None where open; KnowledgeError unless both exist in the calendar and are in order."""
        since, until = self.optional("since"), self.optional("until")
        for text in (since, until):
            if text is not None and not well_formed(text):
                raise self.fault(f"{text!r} is no date", "Write 1991, 1991-12 or 1991-12-26, or leave it empty")
        if since is not None and until is not None and not not_after(since, until):
            raise self.fault(f"it ends in {until}, before it begins in {since}", "Correct since or until")
        return since, until

    def fault(self, rule: str, remedy: str) -> KnowledgeError:
        """The error to raise: which file and line, which rule is broken, what to do."""
        return KnowledgeError(f"{self.file}, line {self.line}: {rule}. {remedy}.")


@cache
def split(cell: str) -> tuple[str, ...]:
    """The parts of a list cell."""
    return tuple(cell.split("|")) if cell else ()


def certificates(folder: Traversable) -> frozenset[str]:
    """The files that have a complete birth certificate in the folder's catalogue."""
    file = folder / CATALOGUE
    if not file.is_file():
        raise KnowledgeError(
            f"{folder} has no {CATALOGUE}. Add one with a table for each data file: {', '.join(CERTIFICATE)}."
        )
    catalogue = tomllib.loads(file.read_text(encoding="utf-8"))
    for name, certificate in catalogue.items():
        if missing := [key for key in CERTIFICATE if not certificate.get(key)]:
            raise KnowledgeError(
                f"{CATALOGUE}: the birth certificate of {name} lacks {', '.join(missing)}. Add what is missing."
            )
    return frozenset(catalogue)


def rows(folder: Traversable, name: str, columns: tuple[str, ...], certified: frozenset[str]) -> Iterator[Row]:
    """The rows of a data file, in file order; none where the folder has no such file.

    KnowledgeError where the file has no birth certificate, other columns, or a row that is not trimmed or not complete.
    """
    file = folder / name
    if not file.is_file():
        return
    if name not in certified:
        raise KnowledgeError(f"{name} has no birth certificate. Add it to {CATALOGUE}: {', '.join(CERTIFICATE)}.")
    reader = csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline=""))
    header = tuple(next(reader, ()))
    if header != columns:
        raise KnowledgeError(f"{name}, line 1: the columns are {', '.join(header)}. They must be {', '.join(columns)}.")
    for cells in reader:
        yield _row(name, reader.line_num, columns, cells)


def _row(file: str, line: int, columns: tuple[str, ...], cells: list[str]) -> Row:
    row = Row(file, line, dict(zip(columns, cells, strict=False)))
    if len(cells) != len(columns):
        raise row.fault(f"it has {len(cells)} cells for {len(columns)} columns", "Quote cells that hold a comma")
    if not _trimmed(cells):
        column = next(name for name, cell in row.cells.items() if not _trimmed([cell]))
        raise row.fault(
            f"{column} {row[column]!r} has a blank or an empty part", "Trim the cell and the parts between |"
        )
    return row


def _trimmed(cells: list[str]) -> bool:
    joined = "\n".join(cells)
    clean = " |" not in joined and "| " not in joined and "||" not in joined
    return clean and [cell.strip(" \t|") for cell in cells] == cells
