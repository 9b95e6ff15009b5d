"""Sources -> analyses, or a record that holds them: in order, in bounded memory, going on where an earlier run stopped."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from dragoman.analysis import Analysis, Skipped
from dragoman.document import Document

if TYPE_CHECKING:
    from dragoman.ingest import Unread
    from dragoman.record import Record
    from dragoman.record.differences import Difference

_FLUSH_DOCUMENTS = 1_000
_FLUSH_CHARACTERS = 8_000_000
_FLUSH_SECONDS = 30.0


class DocumentReader(Protocol):
    """What a run needs of a reader: `dragoman.reading.Reader` is one."""

    @property
    def fingerprint(self) -> str:
        """Names code, knowledge and models: the same fingerprint reads the same text in the same way."""
        ...

    def read_all(self, documents: Iterable[Document], *, workers: int | None = None) -> Iterator[Analysis]:
        """One analysis for each document, in their order; it never raises because of a document."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is.

    `done` counts the items that are dealt with: documents read, `known` ones passed over, and `unread` ones. `total` is the
    number of items, None where it is not known. `seconds` have passed since the run began.
    """

    done: int
    known: int
    unread: int
    total: int | None
    seconds: float

    @property
    def rate(self) -> float:
        """Documents read per second, those passed over left out; 0 before the first one."""
        read = self.done - self.known - self.unread
        return read / self.seconds if self.seconds > 0 else 0.0

    @property
    def eta(self) -> float | None:
        """Seconds left if everything that is left has to be read; None where nobody knows."""
        return (self.total - self.done) / self.rate if self.total is not None and self.rate else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run did to a record.

    `read` counts the documents that were read and added, `known` those passed over because this reader had read them before or
    they came twice. `unread` names what could not be read and why, `skipped` the stretches of documents (by id) that were left
    out. `interrupted` tells whether Ctrl-C ended the run: the same call goes on from there. `replaced` says by table what a new
    reader changed in the readings of older ones, over all that it has read so far; empty where it is the only one. `unsettled`
    counts the reviews in the record that are outdated or lost after such a change.
    """

    read: int = 0
    known: int = 0
    statements: int = 0
    events: int = 0
    stances: int = 0
    unread: tuple[Unread, ...] = ()
    skipped: tuple[tuple[str, Skipped], ...] = ()
    interrupted: bool = False
    replaced: Mapping[str, Difference] = field(default_factory=dict)
    unsettled: Mapping[str, int] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether everything that was there was read."""
        return not (self.unread or self.skipped or self.interrupted)

    def __str__(self) -> str:
        found = ", ".join(f"{getattr(self, name):,} {name}" for name in ("statements", "events", "stances"))
        notes = (
            f"; {self.known:,} known already" * bool(self.known),
            f"; {len(self.unread):,} could not be read" * bool(self.unread),
            "; stopped before the end, the same command goes on from there" * self.interrupted,
        )
        changes = "; ".join(f"{name} {difference}" for name, difference in self.replaced.items())
        against = f" Against the readers before: {changes}." * bool(changes)
        reviews = ", ".join(f"{number:,} {state}" for state, number in self.unsettled.items())
        unsettled = f" Reviews: {reviews}; dragoman reviews lists them." * bool(reviews)
        return f"{self.read:,} document{'s' * (self.read != 1)} read: {found}{''.join(notes)}.{against}{unsettled}"


def read(
    sources: Iterable[Document | Unread],
    reader: DocumentReader,
    *,
    workers: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    total: int | None = None,
) -> Iterator[Analysis | Unread]:
    """Read every document, in order; what could not be read stands where it came.

    `total` is the number of sources for `progress`, by default their length where they have one.
    """
    meter = _Meter(sources, progress, total)
    for item in _in_order(sources, reader, workers):
        meter.count(item)
        yield item


def read_into(
    record: Record,
    sources: Iterable[Document | Unread],
    reader: DocumentReader,
    *,
    workers: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    total: int | None = None,
) -> Report:
    """Read what this reader has not yet read into a record, which keeps every batch that was finished, come what may.

    Ctrl-C ends the run after the analyses that are there were added. RecordError, as from a full disk, ends it at once; in either
    case, and after a kill, the same call goes on from there.
    """
    meter = _Meter(sources, progress, total)
    known = record.read_by(reader.fingerprint)
    tally, batch = _Tally(), _Batch(record)
    interrupted = False
    try:
        for item in _in_order(_new(sources, known, meter), reader, workers):
            if isinstance(item, Analysis):
                batch.add(item)
            tally.count(item)
            meter.count(item)
    except KeyboardInterrupt:
        interrupted = True
    batch.flush()
    if tally.read and not interrupted:
        record.compact_if_due()
    replaced = record.differences() if tally.read and record.readers[-1:] == (reader.fingerprint,) else {}
    unsettled = _unsettled(record) if replaced else {}
    return replace(tally.report(known=meter.known, interrupted=interrupted), replaced=replaced, unsettled=unsettled)


def _unsettled(record: Record) -> dict[str, int]:
    """How many reviews are of what is no longer read, or have lost their words."""
    found = "SELECT state, count(*) AS number FROM reviews WHERE state IN ('outdated', 'lost') GROUP BY 1 ORDER BY 1"
    return {row["state"]: row["number"] for row in record.sql(found).to_pylist()} if record.reviews.entries() else {}


class _Meter:
    """Counts items and tells the caller."""

    def __init__(self, sources: object, progress: Callable[[Progress], None] | None, total: int | None) -> None:
        self._tell = progress
        self._total = len(sources) if total is None and isinstance(sources, Sized) else total
        self._began = time.monotonic()
        self._read = self._unread = self.known = 0

    def pass_over(self) -> None:
        """Count a document that needs no reading."""
        self.known += 1
        self._report()

    def count(self, item: Analysis | Unread) -> None:
        """Count an item that was dealt with."""
        if isinstance(item, Analysis):
            self._read += 1
        else:
            self._unread += 1
        self._report()

    def _report(self) -> None:
        if self._tell is not None:
            self._tell(
                Progress(
                    done=self._read + self._unread + self.known,
                    known=self.known,
                    unread=self._unread,
                    total=self._total,
                    seconds=time.monotonic() - self._began,
                )
            )


@dataclass(slots=True)
class _Tally:
    """The figures of a report, as they grow."""

    read: int = 0
    statements: int = 0
    events: int = 0
    stances: int = 0
    unread: list[Unread] = field(default_factory=list)
    skipped: list[tuple[str, Skipped]] = field(default_factory=list)

    def count(self, item: Analysis | Unread) -> None:
        """Take in one item."""
        if not isinstance(item, Analysis):
            self.unread.append(item)
            return
        self.read += 1
        self.statements += len(item.statements)
        self.events += len(item.events)
        self.stances += len(item.stances)
        self.skipped += ((item.document.id, stretch) for stretch in item.skipped)

    def report(self, *, known: int, interrupted: bool) -> Report:
        """The figures so far."""
        return Report(
            read=self.read,
            known=known,
            statements=self.statements,
            events=self.events,
            stances=self.stances,
            unread=tuple(self.unread),
            skipped=tuple(self.skipped),
            interrupted=interrupted,
        )


class _Batch:
    """Analyses on their way into a record: few parts instead of many, and little to lose."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._waiting: list[Analysis] = []
        self._characters = 0
        self._since = time.monotonic()

    def add(self, analysis: Analysis) -> None:
        """Take one in, and write all that wait when they are many, long or old enough."""
        self._waiting.append(analysis)
        self._characters += len(analysis.document.text)
        if (
            len(self._waiting) >= _FLUSH_DOCUMENTS
            or self._characters >= _FLUSH_CHARACTERS
            or time.monotonic() - self._since >= _FLUSH_SECONDS
        ):
            self.flush()

    def flush(self) -> None:
        """Write all that wait. They are forgotten only when they are on the disk: writing one again changes nothing."""
        if self._waiting:
            self._record.add(self._waiting)
        self._waiting, self._characters, self._since = [], 0, time.monotonic()


def _new(sources: Iterable[Document | Unread], known: set[str], meter: _Meter) -> Iterator[Document | Unread]:
    """The sources without documents that are known or came before; `known` grows by those that pass."""
    for item in sources:
        if not isinstance(item, Document):
            yield item
        elif item.id in known:
            meter.pass_over()
        else:
            known.add(item.id)
            yield item


def _in_order(
    sources: Iterable[Document | Unread], reader: DocumentReader, workers: int | None
) -> Iterator[Analysis | Unread]:
    """Analyses and unread items in the order of their sources, however far the reader runs ahead."""
    ahead: deque[Unread | None] = deque()

    def documents() -> Iterator[Document]:
        for item in sources:
            if isinstance(item, Document):
                ahead.append(None)
                yield item
            else:
                ahead.append(item)

    for analysis in reader.read_all(documents(), workers=workers):
        yield from _unread_before(ahead)
        ahead.popleft()
        yield analysis
    yield from _unread_before(ahead)


def _unread_before(ahead: deque[Unread | None]) -> Iterator[Unread]:
    """Take the unread items that stand before the next document."""
    while ahead and ahead[0] is not None:
        item = ahead.popleft()
        if item is not None:
            yield item
