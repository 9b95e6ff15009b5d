"""Runs: in order, resumed where they stopped, nothing read twice, everything reported."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman import run
from dragoman.analysis import Analysis, Skipped
from dragoman.document import Document
from dragoman.errors import RecordError
from dragoman.ingest import Unread
from dragoman.record import Record
from dragoman.run import Progress, Report, read, read_into

from .strategies import small_analysis


class SmallReader:
    """Reads the reports of `small_analysis`, and `ahead` documents before it gives the first analysis, as processes do."""

    def __init__(self, fingerprint: str = "reader-one", ahead: int = 0) -> None:
        self.fingerprint = fingerprint
        self.ahead = ahead
        self.texts: list[str] = []

    def read_all(self, documents: Iterable[Document], *, workers: int | None = None) -> Iterator[Analysis]:
        source = iter(documents)
        waiting = list(islice(source, self.ahead + 1))
        while waiting:
            yield self._read(waiting.pop(0))
            waiting += islice(source, 1)

    def _read(self, document: Document) -> Analysis:
        self.texts.append(document.text)
        if document.title is None:
            reason = "reading failed"
            return Analysis(
                reader=self.fingerprint, document=document, skipped=(Skipped(0, len(document.text), reason),)
            )
        return small_analysis(int(document.title.split()[-1]), reader=self.fingerprint)


def report(number: int) -> Document:
    """The text of an invented report."""
    return small_analysis(number).document


def titles(record: Record) -> list[str | None]:
    """What a record holds, in its order."""
    return [a.document.title for a in record.analyses()]


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """A new record."""
    return Record(tmp_path / "record", create=True)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.none() | st.integers(0, 50), max_size=12), st.integers(0, 5))
def test_everything_comes_in_the_order_of_its_source(numbers: list[int | None], ahead: int) -> None:
    """However far the reader runs ahead, an analysis or a reason stands where its document or file stood."""
    sources = [Unread(f"file {i}", "empty") if n is None else report(n) for i, n in enumerate(numbers)]
    items = list(read(sources, SmallReader(ahead=ahead)))
    assert [item.document if isinstance(item, Analysis) else item for item in items] == sources


def test_reading_is_lazy() -> None:
    """The first analysis is there before the last source is opened: memory is bounded, and a pipe flows."""
    opened: list[int] = []

    def sources() -> Iterator[Document]:
        for number in range(100):
            opened.append(number)
            yield report(number)

    next(read(sources(), SmallReader(ahead=3)))
    assert len(opened) == 4


def test_a_run_fills_a_record_and_reports(record: Record) -> None:
    """The report counts what was read and found, and names what was not."""
    broken, blank = Unread("b.txt", "b.txt is empty"), Document("....")
    done = read_into(record, [report(1), broken, report(2), blank], SmallReader())
    assert done == Report(
        read=3,
        statements=2,
        events=2,
        stances=2,
        unread=(broken,),
        skipped=((blank.id, Skipped(0, 4, "reading failed")),),
    )
    assert not done.complete
    assert titles(record) == ["Report 1", "Report 2", None]


def test_a_run_where_all_went_well_is_complete(record: Record) -> None:
    """Nothing unread, nothing skipped, not interrupted; documents known already do not count against it."""
    sources = [report(1), report(2), report(1)]
    done = read_into(record, sources, SmallReader())
    assert done.complete
    assert str(done) == "2 documents read: 2 statements, 2 events, 2 stances; 1 known already."


def test_what_this_reader_has_read_is_passed_over(record: Record) -> None:
    """The second run reads only what is new."""
    read_into(record, [report(1), report(2)], SmallReader())
    again = SmallReader()
    done = read_into(record, [report(1), report(2), report(3)], again)
    assert again.texts == [report(3).text]
    assert (done.read, done.known) == (1, 2)
    assert titles(record) == ["Report 1", "Report 2", "Report 3"]


def test_another_reader_reads_again(record: Record) -> None:
    """A new fingerprint is a new generation: its readings replace the older ones."""
    read_into(record, [report(1)], SmallReader())
    done = read_into(record, [report(1)], SmallReader("reader-two"))
    assert (done.read, done.known) == (1, 0)
    assert [a.reader for a in record.analyses()] == ["reader-two"]


def test_a_document_that_comes_twice_is_read_once(record: Record) -> None:
    """Two files with the same words, publisher and date are one document, even while the first is still being read."""
    reader = SmallReader(ahead=4)
    done = read_into(record, [report(1), report(1), report(2), report(1)], reader)
    assert len(reader.texts) == 2
    assert (done.read, done.known) == (2, 2)


def interrupted_after(count: int) -> Iterator[Document]:
    """Sources during which somebody presses Ctrl-C."""
    yield from map(report, range(count))
    raise KeyboardInterrupt


def test_ctrl_c_keeps_what_was_read(record: Record) -> None:
    """The run ends with a report that says so, and the record holds every analysis that was finished."""
    done = read_into(record, interrupted_after(3), SmallReader())
    assert done.interrupted
    assert not done.complete
    assert "stopped before the end, the same command goes on from there" in str(done)
    assert titles(record) == ["Report 0", "Report 1", "Report 2"]


def test_an_interrupted_run_goes_on_where_it_stopped(record: Record) -> None:
    """The same call reads the rest, and the record is what an undisturbed run would have made."""
    read_into(record, interrupted_after(3), SmallReader())
    reader = SmallReader()
    done = read_into(record, map(report, range(5)), reader)
    assert (done.read, done.known) == (2, 3)
    assert list(record.analyses()) == [small_analysis(n) for n in range(5)]


class ClosingReader(SmallReader):
    """Knows whether its work was ended, as a reader with processes must."""

    closed = False

    def read_all(self, documents: Iterable[Document], *, workers: int | None = None) -> Iterator[Analysis]:
        try:
            yield from super().read_all(documents)
        finally:
            self.closed = True


def test_a_reader_is_told_when_nobody_listens_any_more(record: Record) -> None:
    """After Ctrl-C, and when the caller stops half-way, the reader's processes can end."""

    def press(_: Progress) -> None:
        raise KeyboardInterrupt

    stopped, left = ClosingReader(), ClosingReader()
    assert read_into(record, map(report, range(9)), stopped, progress=press).interrupted
    analyses = read(map(report, range(9)), left)
    next(analyses)
    assert not left.closed
    del analyses
    assert stopped.closed
    assert left.closed
    assert titles(record) == ["Report 0"]


def test_ctrl_c_while_a_batch_is_written_loses_nothing(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """The batch is written again at the end: writing twice changes nothing."""
    add, calls = record.add, []

    def interrupted_once(analyses: Iterable[Analysis]) -> None:
        calls.append(1)
        if len(calls) == 1:
            raise KeyboardInterrupt
        add(analyses)

    monkeypatch.setattr(run, "_FLUSH_DOCUMENTS", 2)
    monkeypatch.setattr(record, "add", interrupted_once)
    assert read_into(record, map(report, range(4)), SmallReader()).interrupted
    assert titles(record) == ["Report 0", "Report 1"]


@pytest.mark.parametrize(
    ("limit", "value"),
    [("_FLUSH_DOCUMENTS", 2), ("_FLUSH_CHARACTERS", len(report(1).text) + 1), ("_FLUSH_SECONDS", 0.0)],
)
def test_batches_are_written_on_the_way(
    record: Record, monkeypatch: pytest.MonkeyPatch, limit: str, value: float
) -> None:
    """By number, by length and by time: a kill costs at most what came after the last batch."""
    monkeypatch.setattr(run, limit, value)
    seen: list[int] = []

    def sources() -> Iterator[Document]:
        for number in range(5):
            seen.append(len(record.read_by("reader-one")))
            yield report(number)

    read_into(record, sources(), SmallReader())
    assert seen == ([0, 1, 2, 3, 4] if limit == "_FLUSH_SECONDS" else [0, 0, 2, 2, 4])


def test_a_full_disk_ends_the_run(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error comes out at once, with its sentence; it is not tried again for every batch."""
    calls = []

    def full(analyses: Iterable[Analysis]) -> None:
        calls.append(1)
        raise RecordError("The disk is full")

    monkeypatch.setattr(run, "_FLUSH_DOCUMENTS", 1)
    monkeypatch.setattr(record, "add", full)
    with pytest.raises(RecordError, match="The disk is full"):
        read_into(record, map(report, range(9)), SmallReader())
    assert len(calls) == 1


def test_progress_counts_everything(record: Record) -> None:
    """Every source counts once; documents known and files unread are told apart."""
    seen: list[Progress] = []
    sources = [report(1), report(1), Unread("x", "empty"), report(2)]
    read_into(record, sources, SmallReader(), progress=seen.append)
    assert [p.done for p in seen] == [1, 2, 3, 4]
    last = seen[-1]
    assert (last.known, last.unread, last.total) == (1, 1, 4)


def test_the_total_is_unknown_for_a_stream() -> None:
    """Without a length there is a rate, and no time left; the caller may know better."""
    seen: list[Progress] = []
    list(read(iter([report(1)]), SmallReader(), progress=seen.append))
    list(read(iter([report(1)]), SmallReader(), progress=seen.append, total=7))
    assert [p.total for p in seen] == [None, 7]
    assert seen[0].eta is None


def test_rate_and_time_left_follow_from_the_counts() -> None:
    """Documents passed over took no reading, so they do not count for the rate."""
    progress = Progress(done=30, known=10, unread=0, total=50, seconds=4.0)
    assert progress.rate == 5.0
    assert progress.eta == 4.0
    assert Progress(done=0, known=0, unread=0, total=50, seconds=0.0).eta is None


def test_a_run_needs_no_language_model() -> None:
    """Importing the run loads neither spaCy nor DuckDB nor Arrow: the command line stays quick."""
    loaded = "import sys, dragoman.run; print([m for m in ('spacy', 'duckdb', 'pyarrow') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
