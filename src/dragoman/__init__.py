"""dragoman reads diplomatic and conflict news and keeps the record, every line pointing at the words it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

_HOME = {
    "Analysis": "dragoman.analysis",
    "Document": "dragoman.document",
    "DragomanError": "dragoman.errors",
    "Event": "dragoman.analysis",
    "Reader": "dragoman.reading",
    "Record": "dragoman.record",
    "Span": "dragoman.document",
    "Stance": "dragoman.analysis",
    "Statement": "dragoman.analysis",
    "read_path": "dragoman.ingest",
}
__all__ = sorted(_HOME)

if TYPE_CHECKING:
    from dragoman.analysis import Analysis, Event, Stance, Statement
    from dragoman.document import Document, Span
    from dragoman.errors import DragomanError
    from dragoman.ingest import read_path
    from dragoman.reading import Reader
    from dragoman.record import Record


def __getattr__(name: str) -> object:
    """Public names load their module on first use, so that `import dragoman` stays quick."""
    if name not in _HOME:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}; it has: {', '.join(__all__)}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__
