"""WARC -> Documents: the pages and plain texts that a web archive holds."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from gzip import BadGzipFile
from typing import Any

from dragoman.document import Document
from dragoman.errors import DocumentError
from dragoman.ingest.pages import page_document
from dragoman.ingest.source import Source, Unread

_HELD = frozenset(("response", "resource", "conversion"))
_MEDIA_TYPE = re.compile(r"\s*([\w.+-]+/[\w.+-]+)(?:.*?charset\s*=\s*[\"']?([\w.:-]+))?", re.IGNORECASE | re.DOTALL)
_PAGES = frozenset(("text/html", "application/xhtml+xml"))


def read_warc(source: Source) -> Iterator[Document | Unread]:
    """The records with status 200 that hold HTML or plain text; requests, pictures, redirects and the like are passed over."""
    with source.open() as stream:
        for number, record in enumerate(_records(_Candid(stream)), 1):
            if kind := _kind(record):
                try:
                    yield _document(record, *kind, source)
                except DocumentError as error:
                    yield source.unread(f"{error} ({_url(record)})", row=number)


class _Candid:
    """A stream whose premature end is told from its end: warcio takes an EOFError for the last record."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        try:
            return self._stream.read1(size)
        except EOFError as error:
            raise BadGzipFile(str(error)) from None


def _records(stream: _Candid) -> Iterator[Any]:
    from warcio.archiveiterator import WARCIterator
    from warcio.exceptions import ArchiveLoadFailed
    from warcio.statusandheaders import StatusAndHeadersParserException

    number = 0
    try:
        records = WARCIterator(stream)
        while (record := _next(records)) is not None:
            number += 1
            yield record
    except (ArchiveLoadFailed, StatusAndHeadersParserException) as error:
        raise _broken(number, str(error).strip().split("\n")[0]) from None
    except AttributeError:  # which is warcio's answer to a response without an address
        raise _broken(number, "the next one has no address") from None


def _broken(number: int, cause: str) -> DocumentError:
    what = f"is broken behind record {number}" if number else "is not a WARC file"
    return DocumentError(f"The archive {what}: {cause}. Fetch it anew.")


def _next(records: Iterator[Any]) -> Any:
    """The next record or None; warcio tells standard error about faults, which is not its place here."""
    with contextlib.redirect_stderr(io.StringIO()):
        return next(records, None)


def _kind(record: Any) -> tuple[str, str | None] | None:
    """Media type and declared charset of a record to be read; None for one to be passed over."""
    http = record.http_headers
    if record.rec_type not in _HELD or (http is not None and http.get_statuscode() != "200"):
        return None
    header = http.get_header("Content-Type") if http is not None else record.content_type
    m = _MEDIA_TYPE.match(header or "")
    media_type = m[1].lower() if m else ""
    return (media_type, m[2]) if m and (media_type in _PAGES or media_type == "text/plain") else None


def _document(record: Any, media_type: str, charset: str | None, source: Source) -> Document:
    data = _content(record, source.options.max_bytes)
    if media_type in _PAGES:
        return page_document(data, source, url=_url(record), charset=charset)
    return source.document(source.decode(data, declared=charset), url=_url(record))


def _content(record: Any, limit: int) -> bytes:
    encoding = (record.http_headers and record.http_headers.get_header("Content-Encoding") or "identity").lower()
    if encoding not in ("gzip", "deflate", "identity"):
        raise DocumentError(f"The record is compressed as {encoding!r}; only gzip and deflate can be undone here.")
    data: bytes = record.content_stream().read(limit + 1)
    if len(data) > limit:
        raise DocumentError(f"The record is over {limit:,} bytes when decompressed; raise --max-bytes to read it.")
    if missing := _missing(record):
        raise DocumentError(f"The record is cut short, {missing:,} bytes are missing; fetch the archive anew.")
    if not data:
        raise DocumentError("The record is empty; there is nothing to read.")
    return data


def _missing(record: Any) -> int:
    """How many of the announced bytes the archive does not have, once the record was read to its end."""
    while record.raw_stream.read(2**16):
        pass
    missing: int = getattr(record.raw_stream, "limit", 0)
    return missing


def _url(record: Any) -> str | None:
    url: str | None = record.rec_headers.get_header("WARC-Target-URI")
    return url
