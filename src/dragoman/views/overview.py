"""A record in figures -> a short overview for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from dragoman.record import Summary
from dragoman.views.marks import visible
from dragoman.views.table import grid


def overview(summary: Summary) -> Iterator[Table | Text]:
    """The figures in a sentence, then who published, what happened, what is disputed, and who read it."""
    yield Text(visible(str(summary)))
    lists: tuple[tuple[str, str, Sequence[tuple[str | None, int]]], ...] = (
        ("publisher", "documents", summary.publishers),
        ("event", "events", summary.types),
        ("measure", "stances", summary.measures),
        ("reader", "documents", summary.readers),
    )
    for name, counted, pairs in lists:
        if pairs:
            yield Text()
            yield grid((name, counted), [("unknown" if key is None else key, number) for key, number in pairs])
