"""A record that many requests ask: one at a time, and what was found out is kept until the record changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, Literal, TypeVar

from dragoman.record import Record

T = TypeVar("T")
Until = Literal["readings", "reviews"]

MOST = 64
"""Answers that are kept beside the lasting ones, the latest used."""


class StillFindingError(Exception):
    """Somebody asks for what goes by stories while they are being found."""


class Desk:
    """The record of one workbench. DuckDB answers one thread at a time, so whoever asks waits for his turn."""

    def __init__(self, path: str | Path) -> None:
        self._record = Record(path)
        self._turn = RLock()
        self._kept: OrderedDict[Hashable, tuple[Until, Any]] = OrderedDict()
        self._lasting: set[Hashable] = set()
        self._warming = False
        self._preparing = False
        self._seen: tuple[object, object] = (None, None)

    @property
    def name(self) -> str:
        """What the folder is called."""
        return self._record.path.name

    @contextmanager
    def turn(self) -> Iterator[Record]:
        """The record, to nobody else until the block ends."""
        with self._turn:
            yield self._record

    def prepare(self) -> None:
        """Make what follows from the readings, which may take long; whoever asks for something else need not wait for it.

        The folder is opened once more for that, and this opening then finds there what was made.
        """
        self._preparing = True
        try:
            Record(self._record.path).prepare()
            with self._turn:
                self._record.prepare()
        finally:
            self._preparing = False

    def once(
        self, key: Hashable, find: Callable[[Record], T], until: Until = "reviews", *, by_stories: bool = False
    ) -> T:
        """What `find` says of the record, found out again when documents were read or, by default, rows were reviewed.

        `key` names the question with all that it depends on. Raises StillFindingError for one that goes `by_stories` as long
        as these are being found.
        """
        with self._turn:
            self._forget_what_changed()
            if key not in self._kept:
                if by_stories and self._preparing:
                    raise StillFindingError
                self._kept[key] = (until, find(self._record))
                self._make_room()
            if self._warming:
                self._lasting.add(key)
            self._kept.move_to_end(key)
            found: T = self._kept[key][1]
            return found

    @contextmanager
    def lasting(self) -> Iterator[None]:
        """What is asked for in the block is what everybody asks for: no other answer takes its place."""
        with self._turn:
            self._warming = True
            try:
                yield
            finally:
                self._warming = False

    def _make_room(self) -> None:
        """Forget the oldest of the answers that may go."""
        others = [key for key in self._kept if key not in self._lasting]
        for key in others[: max(len(others) - MOST, 0)]:
            del self._kept[key]

    def forget(self, key: Hashable) -> None:
        """Find that out again when it is asked for."""
        with self._turn:
            self._kept.pop(key, None)

    def _forget_what_changed(self) -> None:
        """Both are the same objects as long as nothing was added, by whichever process."""
        now = (self._record.documents, self._record.reviews.entries())
        if now[0] is not self._seen[0]:
            self._kept.clear()
        elif now[1] is not self._seen[1]:
            self._kept = OrderedDict((k, v) for k, v in self._kept.items() if v[0] == "readings")
        self._seen = now
