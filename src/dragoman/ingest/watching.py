"""A folder, file or feed that is looked at again and again -> the Documents that arrived since the look before."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from glob import has_magic
from importlib.metadata import version
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from dragoman.document import Document
from dragoman.ingest import Options, Source, Unread, read_source
from dragoman.ingest.paths import sources

SETTLED = 5.0
"""Seconds without a change after which a file counts as written to its end."""
_TIMEOUT = 30.0
_SCHEMES = ("http", "https")


class Place(Protocol):
    """Where documents arrive."""

    def look(self) -> Iterator[Document | Unread]:
        """What is new since the last look that came to its end; OSError where the place cannot be reached now."""
        ...


class UnreachableError(OSError):
    """A server that has nothing to give now; `retry_after` are the seconds it asks to be left alone."""

    def __init__(self, reason: str, retry_after: float = 0.0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


def place_of(name: str, options: Options) -> Place:
    """The feed at a URL, or a folder, file or glob."""
    if urlsplit(name).scheme in _SCHEMES:
        return FeedAddress(name, options)
    return Paths(name, options)


class Paths:
    """Files that are new or have changed, each once it has come to rest.

    A file rests when two looks find it alike or it has not changed for `SETTLED` seconds. What it holds may have been given
    before, as in a feed that keeps its entries: documents are told apart by their ids, and not here.
    """

    def __init__(self, path: str, options: Options, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._options = options
        self._clock = clock
        self._seen: dict[str, tuple[int, int]] = {}
        self._done: dict[str, tuple[int, int]] = {}
        self._told: set[Unread] = set()

    def look(self) -> Iterator[Document | Unread]:
        if not has_magic(self._path):
            Path(self._path).stat()  # a share that is gone is no empty folder
        seen: dict[str, tuple[int, int]] = {}
        told: set[Unread] = set()
        for source in sources(self._path, self._options):
            if isinstance(source, Unread):
                if source.name != self._path and source not in self._told:
                    yield source
                told.add(source)
            elif (mark := self._mark(source.name)) is not None:
                seen[source.name] = mark
                if self._rests(source.name, mark):
                    yield from read_source(source)
                    self._done[source.name] = mark
        self._seen, self._told = seen, told
        self._done = {name: mark for name, mark in self._done.items() if name in seen}

    def _mark(self, name: str) -> tuple[int, int] | None:
        """Size and time of the last change; None for a file that has gone since the folder was listed."""
        try:
            status = Path(name).stat()
        except OSError:
            return None
        return status.st_size, status.st_mtime_ns

    def _rests(self, name: str, mark: tuple[int, int]) -> bool:
        if self._done.get(name) == mark:
            return False
        return self._seen.get(name) == mark or self._clock() - mark[1] / 1e9 >= SETTLED


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: the bytes, and what to say next time so that it sends them only if they have changed."""

    data: bytes
    etag: str | None = None
    modified: str | None = None


Fetch = Callable[[str, Answer | None, int], Answer | None]


class FeedAddress:
    """An RSS or Atom feed at a URL; a feed that has not changed is not read again."""

    def __init__(self, url: str, options: Options, fetch: Fetch | None = None) -> None:
        self._url = url
        self._options = replace(options, format=options.format or "xml")
        self._fetch = fetch or get
        self._last: Answer | None = None

    def look(self) -> Iterator[Document | Unread]:
        answer = self._fetch(self._url, self._last, self._options.max_bytes)
        if answer is None or (self._last is not None and answer.data == self._last.data):
            return
        opener = partial(_opened, answer.data)
        yield from read_source(Source(self._url, opener, self._options))
        self._last = answer


def _opened(data: bytes) -> AbstractContextManager[io.BufferedReader]:
    return nullcontext(io.BufferedReader(io.BytesIO(data)))


def get(url: str, last: Answer | None, most: int) -> Answer | None:
    """The feed, at most a byte more than `most` of it; None where it has not changed, UnreachableError where it does not come."""
    request = Request(url, headers=_headers(last))
    try:
        with build_opener(_WebOnly).open(request, timeout=_TIMEOUT) as response:
            headers = response.headers
            return Answer(response.read(most + 1), headers.get("ETag"), headers.get("Last-Modified"))
    except HTTPError as error:
        if error.code == 304:
            return None
        raise UnreachableError(
            f"{url} answers {error.code} {error.reason}", _seconds(error.headers.get("Retry-After"))
        ) from None


def _headers(last: Answer | None) -> dict[str, str]:
    headers = {
        "User-Agent": f"dragoman/{version('dragoman')}",
        "Accept": "application/atom+xml, application/rss+xml, application/xml",
    }
    if last is not None and last.etag:
        headers["If-None-Match"] = last.etag
    if last is not None and last.modified:
        headers["If-Modified-Since"] = last.modified
    return headers


def _seconds(value: str | None) -> float:
    """The seconds of a Retry-After header, an hour at most; a date in it counts for nothing."""
    return min(float(value), 3600.0) if value and value.isascii() and value.isdigit() else 0.0


class _WebOnly(HTTPRedirectHandler):
    """Follows a redirection to another web address, and to nothing else."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        if urlsplit(newurl).scheme not in _SCHEMES:
            raise UnreachableError(f"{req.full_url} leads to {newurl}, which is no web address")
        return super().redirect_request(req, fp, code, msg, headers, newurl)
