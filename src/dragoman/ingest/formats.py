"""Source -> the reader for its format, which may come from another package.

A format is an entry point of the group `dragoman.sources`: its name is the extension, its object a function
`(Source) -> Iterator[Document | Unread]`. Dragoman's own formats are registered in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import PurePath

from dragoman.document import Document
from dragoman.errors import DocumentError
from dragoman.ingest.source import Source, Unread, head_of

Read = Callable[[Source], Iterator[Document | Unread]]

_SIGNATURES = (
    (b"warc/", "warc"),
    (b"par1", "parquet"),
    (b"<?xml", "xml"),
    (b"<rss", "xml"),
    (b"<feed", "xml"),
    (b"<", "html"),
    (b"{", "jsonl"),
    (b"[", "json"),
)


@cache
def known() -> dict[str, EntryPoint]:
    """The formats there are, by extension; nothing of them is imported yet."""
    return {point.name: point for point in sorted(entry_points(group="dragoman.sources"), key=lambda p: p.name)}


def extension(name: str) -> str:
    """The extension that tells the format, in lower case without its dot: `jsonl` for `News.JSONL.gz`."""
    path = PurePath(name.lower())
    return PurePath(path.stem if path.suffix == ".gz" else path.name).suffix.removeprefix(".")


def format_of(name: str) -> str:
    """The format a file's name tells; DocumentError where it tells none that is known."""
    found = extension(name)
    if found not in known():
        what = f"The extension '.{found}' is not known" if found else "The file has no extension that tells its format"
        raise DocumentError(f"{what}; known are {', '.join(known())}. Name the format with --input-format.")
    return found


def read(source: Source) -> Iterator[Document | Unread]:
    """The documents of a source, by the format that the user named, or its name tells, or else its first bytes."""
    if form := source.options.format:
        return reader(form)(source)
    return _read_nameless(source) if source.nameless else reader(format_of(source.name))(source)


def _read_nameless(source: Source) -> Iterator[Document | Unread]:
    with source.open() as opened:
        head, stream = head_of(opened)
        begun = replace(source, opener=lambda: nullcontext(stream))
        yield from reader(_sniffed(head))(begun)


def _sniffed(head: bytes) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:8].lower()
    return next((form for mark, form in _SIGNATURES if start.startswith(mark)), "txt")


@cache
def reader(form: str) -> Read:
    """The function that reads a format, imported now; DocumentError where that fails."""
    try:
        loaded: Read = known()[form].load()
    except (ImportError, AttributeError) as error:
        raise DocumentError(f"The reader for '.{form}' cannot be loaded: {error}. Install its package anew.") from error
    return loaded
