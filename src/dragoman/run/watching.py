"""What arrives at a place -> a record, without anybody there: looks again and again, survives what goes wrong, never reads twice.

One thread looks and fills a bounded queue, the caller's thread reads; a full queue stops the looking until there is room. What
has been read is known from the record alone, so a watch that was killed goes on where it stopped.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, Full, Queue
from typing import TYPE_CHECKING, Protocol

from dragoman.document import Document
from dragoman.errors import RecordError
from dragoman.run import DocumentReader, Report, read_into

if TYPE_CHECKING:
    from dragoman.ingest import Unread
    from dragoman.ingest.watching import Place
    from dragoman.record import Record

QUEUE = 200
"""Documents that wait at most, and that are read between two writes to the record."""
LONGEST_PAUSE = 3600.0
_TICK = 0.5

Log = Callable[..., None]
"""Called with the name of an event and its fields."""


class Stoppable(Protocol):
    """What tells the threads to end; `threading.Event` is one."""

    def is_set(self) -> bool: ...
    def wait(self, timeout: float | None = None) -> bool: ...


@dataclass(slots=True)
class Counters:
    """What a watch has done since it began. Times are seconds since 1970, 0 before the first one."""

    documents_read: int = 0
    documents_known: int = 0
    documents_unread: int = 0
    statements: int = 0
    events: int = 0
    stances: int = 0
    looks: int = 0
    failures: int = 0
    queue: int = 0
    last_look: float = 0.0
    last_read: float = 0.0

    def count(self, report: Report) -> None:
        """Take in the report of a batch."""
        self.documents_read += report.read
        self.documents_known += report.known
        self.documents_unread += len(report.unread)
        self.statements += report.statements
        self.events += report.events
        self.stances += report.stances
        self.last_read = time.time()


@dataclass(slots=True, kw_only=True)
class Watch:
    """Reads into `record` what arrives at `place`, looking `every` so many seconds; failures double the pause, up to an hour."""

    record: Record
    reader: DocumentReader
    place: Place
    every: float
    log: Log
    stop: Stoppable = field(default_factory=threading.Event)
    workers: int = 1
    counters: Counters = field(default_factory=Counters)
    _queue: Queue[Document | Unread] = field(default_factory=lambda: Queue(QUEUE))
    _looker: threading.Thread | None = None

    def run(self) -> None:
        """Watch until `stop` is set; the document that is being read then is finished and kept."""
        self._looker = threading.Thread(target=self._look_on, name="look", daemon=True)
        self._looker.start()
        while not self.stop.is_set():
            if batch := self._batch():
                self._keep(batch)

    @property
    def healthy(self) -> bool:
        """Whether somebody looks, and did so with success not long ago; a full queue is no illness."""
        if self._looker is None or not self._looker.is_alive():
            return False
        recent = time.time() - self.counters.last_look < 3 * self.every + 60
        return recent or self._queue.full()

    def _look_on(self) -> None:
        failed = 0
        while not self.stop.is_set():
            asked = 0.0
            try:
                self._look()
                failed = 0
            except Exception as error:  # whatever it is, the next look may be better
                failed += 1
                asked = getattr(error, "retry_after", 0.0)
                self.counters.failures += 1
                self.log("look_failed", reason=_sentence(error), again_in=max(pause(self.every, failed), asked))
            self.stop.wait(max(pause(self.every, failed), asked))

    def _look(self) -> None:
        for item in self.place.look():
            self._put(item)
            if self.stop.is_set():
                return
        self.counters.looks += 1
        self.counters.last_look = time.time()

    def _put(self, item: Document | Unread) -> None:
        while not self.stop.is_set():
            try:
                self._queue.put(item, timeout=_TICK)
                self.counters.queue = self._queue.qsize()
                return
            except Full:
                continue

    def _batch(self) -> list[Document | Unread]:
        """What waits now, at most a queue of it; empty where nothing came for a moment."""
        batch: list[Document | Unread] = []
        with suppress(Empty):
            batch.append(self._queue.get(timeout=_TICK))
            while len(batch) < QUEUE:
                batch.append(self._queue.get_nowait())
        self.counters.queue = self._queue.qsize()
        return batch

    def _until_stopped(self, batch: list[Document | Unread]) -> Iterator[Document | Unread]:
        """A batch up to the moment of `stop`: what is left out is new again after the next start."""
        for item in batch:
            if self.stop.is_set():
                return
            yield item

    def _keep(self, batch: list[Document | Unread]) -> None:
        """Read a batch into the record; a disk that is full now may have room later."""
        failed = 0
        while True:
            try:
                report = read_into(self.record, self._until_stopped(batch), self.reader, workers=self.workers)
                break
            except RecordError as error:
                failed += 1
                self.counters.failures += 1
                self.log("record_failed", reason=str(error), again_in=pause(self.every, failed))
                if self.stop.wait(pause(self.every, failed)):
                    return
        self.counters.count(report)
        self._tell(report)

    def _tell(self, report: Report) -> None:
        for unread in report.unread:
            self.log("unread", name=unread.name, reason=unread.reason)
        for id, part in report.skipped:
            self.log("skipped", document=id, start=part.start, end=part.end, reason=part.reason)
        if report.read:
            found = {"statements": report.statements, "events": report.events, "stances": report.stances}
            self.log("read", documents=report.read, known=report.known, waiting=self.counters.queue, **found)


def pause(every: float, failed: int) -> float:
    """Seconds until the next try, after so many failures in a row."""
    return min(every * 2.0 ** min(failed, 30), max(LONGEST_PAUSE, every))


def _sentence(error: Exception) -> str:
    return str(error) if isinstance(error, OSError) else f"{type(error).__name__}: {error}"
