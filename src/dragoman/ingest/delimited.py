"""CSV and TSV -> Documents, one per row."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from dragoman.document import Document
from dragoman.errors import DocumentError
from dragoman.ingest.rows import Columns, columns_of, document_of
from dragoman.ingest.source import Line, Source, Unread

_SAMPLE_LINES = 200
_REREAD = 4
"""How many times the bound of a row is read again behind broken rows: a hostile file must not keep recovery busy for ever."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the fields of a row are parted, and whether quotation marks may enclose them."""

    delimiter: str
    quoted: bool = True

    def reader(self, lines: Iterator[str]) -> Iterator[list[str]]:
        """The csv module's reader in this dialect; it raises csv.Error for a row that breaks the rules."""
        quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE
        return csv.reader(lines, delimiter=self.delimiter, quoting=quoting, strict=True)


def read_csv(source: Source) -> Iterator[Document | Unread]:
    """Rows under a header line; the delimiter is the one of comma, semicolon, tab and stroke that parts the header most."""
    lines = _Lines(source)
    header = next((line.text for line in lines.sample() if line.text.strip()), "")
    yield from _documents(lines, Dialect(max(",;\t|", key=lambda d: _width(header, d))), source)


def read_tsv(source: Source) -> Iterator[Document | Unread]:
    """Rows under a header line, parted by tabs. Quotation marks belong to the text unless all of the beginning fits them."""
    lines = _Lines(source)
    yield from _documents(lines, Dialect("\t", quoted=_is_quoted(lines.sample())), source)


def _documents(lines: _Lines, dialect: Dialect, source: Source) -> Iterator[Document | Unread]:
    header: list[str] = []
    columns: Columns | None = None
    for row in _rows(lines, dialect):
        if isinstance(row, _Fault):
            yield source.unread(row.reason, line=row.line)
        elif columns is None:
            header, columns = row.fields, columns_of(tuple(row.fields), source.options)
        else:
            yield _document(row, header, columns, source)


def _document(row: _Row, header: list[str], columns: Columns, source: Source) -> Document | Unread:
    try:
        return document_of(dict(zip(header, row.fields, strict=True)), columns, source)
    except DocumentError as error:
        return source.unread(str(error), line=row.line)


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    fields: list[str]


@dataclass(frozen=True, slots=True)
class _Fault:
    line: int
    reason: str


def _rows(lines: _Lines, dialect: Dialect) -> Iterator[_Row | _Fault]:
    """The rows that are not blank, all as wide as the first one; behind a broken row reading goes on in its second line."""
    reader = dialect.reader(lines)
    width = 0
    while True:
        lines.record.clear()
        try:
            fields = next(reader)
            width = width or len(fields)
            if fields:
                yield _Row(lines.record[0].number, _fitted(fields, width))
        except StopIteration:
            return
        except csv.Error as error:
            yield _Fault(lines.record[0].number, _sentence(error))
            lines.rewind()


def _fitted(fields: list[str], width: int) -> list[str]:
    """The fields without surplus empty ones at the end; csv.Error where they are not as many as the header's."""
    while len(fields) > width and not fields[-1]:
        fields.pop()
    if len(fields) != width:
        raise csv.Error(f"it has {len(fields)} fields and the header has {width}")
    return fields


def _sentence(error: csv.Error) -> str:
    return f"The row is malformed: {error}. Enclose fields with delimiters, quotation marks or line breaks in quotation marks."


def _width(header: str, delimiter: str) -> int:
    try:
        return len(next(Dialect(delimiter).reader(iter([header])), []))
    except csv.Error:
        return header.count(delimiter)


def _is_quoted(sample: Sequence[Line]) -> bool:
    """Whether the beginning of a tab-separated file is free of errors when quotation marks are taken to enclose fields."""
    widths = set()
    try:
        for fields in Dialect("\t").reader(line.text for line in sample):
            widths.add(len(fields))
    except csv.Error as error:
        return "unexpected end" in str(error) and len(widths) == 1
    return len(widths - {0}) <= 1


class _Lines:
    """The lines of a table for the csv module, with those of the current record kept so that they can be read again.

    A quotation mark that is opened and never closed swallows the lines behind it; going back to the second line of the broken
    record saves them.
    """

    def __init__(self, source: Source) -> None:
        self.record: list[Line] = []
        self._new = source.lines(newline="")
        self._again: deque[Line] = deque()
        self._limit = source.options.max_bytes
        self._held = self._reread = 0
        # The csv module knows one limit for the process, and its default is shorter than a long article.
        csv.field_size_limit(max(csv.field_size_limit(), self._limit))

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if not self.record:
            self._held = 0
        line = self._again.popleft() if self._again else next(self._new)
        self.record.append(line)
        self._held += len(line.text)
        if line.fault is not None:
            raise csv.Error(line.fault)
        if self._held > self._limit:
            raise csv.Error(f"it is longer than {self._limit:,} characters")
        return line.text

    def sample(self) -> list[Line]:
        """The first lines, which are still to be read."""
        self._again.extend(islice(self._new, _SAMPLE_LINES))
        return list(self._again)

    def rewind(self) -> None:
        """Go back to the second line of the current record; DocumentError when that has been done too often."""
        self._again.extendleft(reversed(self.record[1:]))
        self._reread += sum(len(line.text) for line in self.record[1:])
        if self._reread > _REREAD * self._limit + 2**20:
            raise DocumentError(
                "Too many rows are malformed, so the rest of the file was not read. Check its quotation marks."
            )
