"""The world -> Documents: files, folders, globs and standard input, in any of the formats there are.

What cannot be read comes as an `Unread` in the same stream, in its place, and the rest is read.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from gzip import BadGzipFile
from pathlib import Path

from dragoman.document import Document
from dragoman.errors import DocumentError, UsageError
from dragoman.ingest import formats, paths
from dragoman.ingest.source import Options, Source, Unread

__all__ = ["Options", "Source", "Unread", "read_path", "read_paths", "read_source"]

_NOTHING_SAID = Options()


def read_path(path: str | Path, *, options: Options = _NOTHING_SAID) -> Iterator[Document | Unread]:
    """Every document of a file, folder or glob, or of standard input (`-`), and an `Unread` for whatever cannot be read.

    Files are read when their documents are asked for, tables a row at a time. Raises UsageError, at once, for a format that
    nobody reads; nothing else.
    """
    return read_paths([path], options=options)


def read_paths(paths: Iterable[str | Path], *, options: Options = _NOTHING_SAID) -> Iterator[Document | Unread]:
    """`read_path` for several, one after the other."""
    if options.format is not None and options.format not in formats.known():
        raise UsageError(f"Nothing reads the format {options.format!r}; known are {', '.join(formats.known())}.")
    return _read_paths(paths, options)


def _read_paths(given: Iterable[str | Path], options: Options) -> Iterator[Document | Unread]:
    for path in given:
        for source in paths.sources(path, options):
            yield from (source,) if isinstance(source, Unread) else read_source(source)


def read_source(source: Source) -> Iterator[Document | Unread]:
    """A source's documents; whatever goes wrong with it, also in a plug-in, ends as an Unread and not as an exception."""
    silent = True
    try:
        for item in formats.read(source):
            silent = False
            yield item
    except Exception as error:  # the reader of a format may be anybody's
        yield source.unread(_sentence(error))
        return
    if silent:
        yield source.unread("It holds no documents; there is nothing to read.")


def _sentence(error: Exception) -> str:
    match error:
        case DocumentError():
            return str(error)
        case EOFError() | BadGzipFile() | zlib.error():
            return (
                f"The gzip data are cut short or damaged ({error}); what lies behind that is lost. Fetch the file anew."
            )
        case OSError():
            return f"The file cannot be read: {error.strerror or error}. Check its permissions."
        case _:
            return f"Its reader failed ({type(error).__name__}: {error}); please report this with the file."
