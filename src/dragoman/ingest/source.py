"""One thing to read documents from: its name, its bytes within bounds, and what the user said about it."""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from dragoman.document import Document
from dragoman.errors import DocumentError, UsageError
from dragoman.ingest import decoding
from dragoman.ingest.dates import iso_date

MAX_BYTES = 64 * 2**20
_GZIP = b"\x1f\x8b"
_EMPTY = "The file is empty; there is nothing to read."
_SAMPLE = 2**16
_PATIENCE = 16
"""How many times the bound a single line may go on before the rest of its file is given up."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that could not be read, as a value in the stream of documents.

    `name` is the file, with the line (`news.jsonl:12`) or the row (`news.parquet#12`) where it has them, counted from 1.
    `reason` is a full sentence: what was found, which rule it breaks, what to do.
    """

    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, counted from 1, with its line end; `fault` says why its text could not be kept."""

    number: int
    text: str
    fault: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user says about the input where the input does not say it itself.

    `text_column` and its like name a column of a table or a key of a JSON object; without them the usual names are looked for.
    `publisher` and `published` stand in where a document has none. `format` is an extension without its dot and `encoding` a
    codec name; both overrule what the file looks like. `max_bytes` bounds a document file, or one line or row of a table, after
    decompression. Raises UsageError for a date, an encoding or a bound that cannot be.
    """

    text_column: str | None = None
    title_column: str | None = None
    date_column: str | None = None
    publisher_column: str | None = None
    url_column: str | None = None
    language_column: str | None = None
    publisher: str | None = None
    published: str | None = None
    format: str | None = None
    encoding: str | None = None
    max_bytes: int = MAX_BYTES

    def __post_init__(self) -> None:
        if self.published is not None and iso_date(self.published) is None:
            raise UsageError(f"published={self.published!r} is not a date; write it like 2012-01-18, 2012-01 or 2012.")
        if self.encoding is not None and not decoding.is_known(self.encoding):
            raise UsageError(f"encoding={self.encoding!r} is not a text encoding; use one such as utf-8 or cp1252.")
        if self.max_bytes < 1:
            raise UsageError(f"max_bytes={self.max_bytes} must be at least 1.")


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader of a format is given: a file, or standard input.

    The methods keep the promises that every format makes: gzip is seen through, nothing larger than `options.max_bytes` is held,
    and text is decoded without being altered. They raise DocumentError, with a sentence, where the bytes are not to be read.
    """

    name: str
    opener: Callable[[], AbstractContextManager[io.BufferedReader]]
    options: Options = Options()
    nameless: bool = False
    """The name tells nothing about the format, as with a pipe."""

    @contextmanager
    def open(self, *, seekable: bool = False) -> Iterator[io.BufferedReader]:
        """The bytes as a stream, decompressed if they are gzip; `seekable`: read into memory if that is the only way to seek."""
        with ExitStack() as stack:
            head, stream = head_of(stack.enter_context(self.opener()))
            if not head:
                raise DocumentError(_EMPTY)
            if head.startswith(_GZIP):
                stream = io.BufferedReader(_Joined(b"", stack.enter_context(gzip.GzipFile(fileobj=stream))))
            direct = stream.seekable() and not head.startswith(_GZIP)
            yield stream if direct or not seekable else io.BufferedReader(io.BytesIO(self._bounded(stream)))

    def read(self) -> bytes:
        """All bytes of a source that is one document; DocumentError where there are none or more than the bound."""
        with self.open() as stream:
            return self._bounded(stream)

    def _bounded(self, stream: io.BufferedReader) -> bytes:
        limit = self.options.max_bytes
        data = stream.read(limit + 1)
        if not data:
            raise DocumentError(_EMPTY)
        if len(data) > limit:
            raise DocumentError(
                f"The file is larger than {limit:,} bytes when decompressed; raise --max-bytes to read it."
            )
        return data

    def text(self, *, declared: str | None = None) -> str:
        """The whole source as text; `declared` is the encoding the format itself names, believed if it fits."""
        return self.decode(self.read(), declared=declared)

    def decode(self, data: bytes, *, declared: str | None = None) -> str:
        """Some bytes of the source as text, in the encoding that the user named or that they show."""
        return decoding.decode(data, self.options.encoding or decoding.encoding_of(data, declared=declared))

    def lines(self, *, newline: str = "\n") -> Iterator[Line]:
        """The lines, line ends kept; never more than one in memory. `newline` is as for `io.TextIOWrapper`."""
        with self.open() as stream:
            head, stream = head_of(stream)
            encoding = self.options.encoding or decoding.encoding_of(head, partial=True)
            text = io.TextIOWrapper(stream, encoding, errors=decoding.errors_of(encoding), newline=newline)
            try:
                yield from self._bounded_lines(text)
            finally:
                text.detach()

    def _bounded_lines(self, text: io.TextIOWrapper) -> Iterator[Line]:
        limit, number = self.options.max_bytes, 0
        while line := text.readline(limit + 1):
            number += 1
            if len(line) <= limit:
                yield Line(number, line)
                continue
            ended = line.endswith(("\n", "\r")) or _pass_over(text, limit)
            yield Line(number, "", f"The line is longer than {limit:,} characters; raise --max-bytes to read it.")
            if not ended:
                raise DocumentError(f"Line {number} does not end; the rest of the file was not read. Check its format.")

    def document(self, text: str, *, published: object = None, **found: str | None) -> Document:
        """A document of this source: lone surrogates become U+FFFD, dates ISO 8601, blanks None, defaults come from the options.

        `found` are the other fields of Document. DocumentError where the text is blank.
        """
        if not text.strip():
            raise DocumentError("There is no text in it, only white space.")
        if len(text) > self.options.max_bytes:
            raise DocumentError(
                f"Its text is longer than {self.options.max_bytes:,} characters; raise --max-bytes to read it."
            )
        fields = {name: clean(value) for name, value in found.items() if value and value.strip()}
        return Document(
            clean(text),
            published=iso_date(published) or iso_date(self.options.published),
            **{"publisher": self.options.publisher, **fields},
        )

    def unread(self, reason: str, *, line: int | None = None, row: int | None = None) -> Unread:
        """A report about this source or about one line or row of it, counted from 1."""
        place = f":{line}" if line is not None else f"#{row}" if row is not None else ""
        return Unread(self.name + place, reason)


def head_of(stream: io.BufferedReader) -> tuple[bytes, io.BufferedReader]:
    """The first bytes of a stream, 512 and more where it has them, and a stream that still begins with them."""
    head = b""
    while len(head) < 512 and (more := stream.read1(_SAMPLE)):
        head += more
    if stream.seekable():
        stream.seek(-len(head), os.SEEK_CUR)
        return head, stream
    return head, io.BufferedReader(_Joined(head, stream))


def clean(text: str) -> str:
    """The text with each lone surrogate, which no encoding can store, replaced by U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return text


def _pass_over(text: io.TextIOWrapper, limit: int) -> bool:
    """Go behind the end of the current line; False if it does not end within a multiple of the limit."""
    for _ in range(_PATIENCE):
        rest = text.readline(limit)
        if not rest or rest.endswith(("\n", "\r")):
            return True
    return False


class _Joined(io.RawIOBase):
    """Bytes already taken from a stream that cannot go back, followed by the rest of it, in the pieces in which it comes.

    A gzip stream that is cut short gives up everything before the cut in this way; asked for more at once, it gives nothing.
    """

    def __init__(self, head: bytes, stream: io.BufferedReader | gzip.GzipFile) -> None:
        self._head, self._stream = head, stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = len(buffer)
        taken = self._head[:size] or self._stream.read1(size)
        self._head = self._head[size:]
        buffer[: len(taken)] = taken
        return len(taken)
