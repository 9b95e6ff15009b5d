"""Event data and codings of other programs -> analyses.

A format is an entry point of the group `dragoman.imports`: its name is what the user says after --from, its object a
function `(Source) -> Iterator[Analysis | Coded | Document | Unread | Lost]`. Dragoman's own are registered in the same
way. A Document is a text that has yet to be read. What cannot be used comes as an `Unread`, what is left out on purpose
as a `Lost`.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from gzip import BadGzipFile
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from dragoman.analysis import Analysis
from dragoman.document import Document
from dragoman.errors import DocumentError, UsageError
from dragoman.ingest import paths
from dragoman.ingest.exchange.recognition import form_of
from dragoman.ingest.exchange.values import Coded, Judged, Lost
from dragoman.ingest.source import Options, Source, Unread

__all__ = ["Coded", "Imported", "Judged", "Lost", "known", "read_exchange"]

Imported = Analysis | Coded | Document | Unread | Lost
Read = Callable[[Source], Iterator[Imported]]
_NOTHING_SAID = Options()


@cache
def known() -> dict[str, EntryPoint]:
    """The formats there are, by name; nothing of them is imported yet."""
    return {point.name: point for point in sorted(entry_points(group="dragoman.imports"), key=lambda p: p.name)}


def read_exchange(
    given: Iterable[str | Path], *, form: str | None = None, options: Options = _NOTHING_SAID
) -> Iterator[Imported]:
    """What files, folders and globs hold, in the format `form` or, where that is None, in the one that each shows.

    Raises UsageError, at once, for a format that nobody reads; nothing else.
    """
    if form is not None and form not in known():
        raise UsageError(f"Nothing imports the format {form!r}; known are {', '.join(known())}.")
    return _read_all(given, form, options)


def _read_all(given: Iterable[str | Path], form: str | None, options: Options) -> Iterator[Imported]:
    for path in given:
        for source in paths.sources(path, options):
            yield from (source,) if isinstance(source, Unread) else _read(source, form)


def _read(source: Source, form: str | None) -> Iterator[Imported]:
    """A source's content; whatever goes wrong with it, also in a plug-in, ends as an Unread."""
    try:
        read: Read = known()[form or form_of(source)].load()
        yield from read(source)
    except DocumentError as error:
        yield source.unread(str(error))
    except (EOFError, BadGzipFile, zlib.error) as error:
        yield source.unread(f"The gzip data are cut short or damaged ({error}). Fetch the file anew.")
    except OSError as error:
        yield source.unread(f"The file cannot be read: {error.strerror or error}. Check its permissions.")
    except Exception as error:  # the reader of a format may be anybody's
        what = f"{type(error).__name__}: {error}"
        yield source.unread(f"Its reader failed ({what}); please report this with the file.")
