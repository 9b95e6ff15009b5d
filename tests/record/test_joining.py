"""Joining parts: fewer files, the same rows in the same order, whatever happens meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from dragoman import run
from dragoman.analysis import Analysis
from dragoman.errors import RecordError
from dragoman.record import Record, joining, parts

from ..strategies import small_analysis
from .writer import Writer


def filled(path: Path, count: int = 12) -> Record:
    """A record with a part for each document."""
    record = Record(path, create=True)
    for n in range(count):
        record.add([small_analysis(n)])
    return record


def test_many_parts_become_one(tmp_path: Path) -> None:
    """The analyses and the answers are the same, in the same order."""
    record = filled(tmp_path)
    before = list(record.analyses())
    answer = record.sql("SELECT * FROM events")
    done = record.compact()
    assert (done.before, done.after, done.dropped) == (24, 2, 0)
    assert len(parts.names(tmp_path / "documents")) == 1
    assert list(record.analyses()) == before == list(Record(tmp_path).analyses())
    assert record.sql("SELECT * FROM events") == answer
    assert record.check() == ()


def test_joining_again_changes_nothing(tmp_path: Path) -> None:
    """There is nothing left to join."""
    record = filled(tmp_path)
    record.compact()
    before = sorted(tmp_path.rglob("*"))
    assert str(record.compact()) == "2 parts, none of them too small: nothing was changed."
    assert sorted(tmp_path.rglob("*")) == before


def test_rows_that_two_processes_wrote_are_kept_once(tmp_path: Path) -> None:
    """The first one stays, as before."""
    one, two = Record(tmp_path, create=True), Record(tmp_path)
    one.add([small_analysis(0)])
    two.add([small_analysis(0)])
    one.add([small_analysis(1), small_analysis(2)])
    two.add([small_analysis(2), small_analysis(3)])
    before = list(one.analyses())
    assert one.compact().dropped == 2
    assert list(one.analyses()) == before
    assert [pq.read_metadata(p).num_rows for p in parts.names(tmp_path / "documents")] == [4]


def test_later_parts_stay_later(tmp_path: Path) -> None:
    """What is added afterwards comes after what was joined."""
    record = filled(tmp_path, 3)
    record.compact()
    record.add([small_analysis(7)])
    assert [a.document.title for a in record.analyses()] == ["Report 0", "Report 1", "Report 2", "Report 7"]


def test_readings_of_one_reader_stay_apart_from_anothers(tmp_path: Path) -> None:
    """Generations are folders, and joining goes folder by folder."""
    record = filled(tmp_path, 3)
    record.add([small_analysis(1, reader="reader-two")])
    record.compact()
    assert record.readers == ("reader-one", "reader-two")
    assert [a.reader for a in record.analyses()] == ["reader-one", "reader-one", "reader-two"]


def test_a_kill_between_writing_and_removing_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The joined part and its members are both there: rows count once, and the next joining tidies up."""
    record = filled(tmp_path, 4)
    before = list(record.analyses())

    def die(_: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(joining, "_remove", die)
        with pytest.raises(KeyboardInterrupt):
            record.compact()
    again = Record(tmp_path)
    assert sorted(a.document.id for a in again.analyses()) == sorted(a.document.id for a in before)
    assert again.summary().documents == 4
    again.compact()
    assert again.summary().events == 4
    assert len(parts.names(tmp_path / "documents")) == 1


def test_joining_while_another_process_writes_loses_nothing(tmp_path: Path) -> None:
    """Its parts come out whole, whether they were joined or came too late for it."""
    record = filled(tmp_path, 5)
    writer = Writer(tmp_path, 5, 40)
    for _ in range(3):
        writer.wait_for_one()
        record.compact()
    assert writer.finish() == 0
    assert sorted(int((a.document.title or "").split()[1]) for a in record.analyses()) == list(range(40))


def test_a_record_that_is_open_elsewhere_goes_on_answering(tmp_path: Path) -> None:
    """It sees the new files at its next question."""
    filled(tmp_path)
    looking = Record(tmp_path)
    assert looking.summary().documents == 12
    Record(tmp_path).compact()
    assert looking.summary().documents == 12
    assert looking.documents[small_analysis(5).document.id] == small_analysis(5).document


def test_a_full_disk_leaves_all_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is removed before the joined part is on the disk."""
    record = filled(tmp_path, 4)

    def fail(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(parts, "_write_through", fail)
        with pytest.raises(RecordError, match="The disk is full"):
            record.compact()
    assert len(parts.names(tmp_path / "documents")) == 4
    assert Record(tmp_path).summary().events == 4


def test_large_parts_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Joined parts have a most, so that none grows out of memory."""
    monkeypatch.setattr(joining, "_MOST_ROWS", 5)
    record = filled(tmp_path, 12)
    record.compact()
    assert [pq.read_metadata(p).num_rows for p in parts.names(tmp_path / "documents")] == [5, 5, 2]
    assert [a.document.title for a in record.analyses()] == [f"Report {n}" for n in range(12)]


def test_a_run_joins_parts_when_there_are_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Short runs do not pile up files for ever."""
    monkeypatch.setattr(joining, "MANY", 10)
    record = filled(tmp_path, 12)

    class Reader:
        fingerprint = "reader-one"

        def read_all(self, documents: Any, *, workers: int | None = None) -> Any:
            by_id: dict[str, Analysis] = {small_analysis(n).document.id: small_analysis(n) for n in range(13)}
            return (by_id[d.id] for d in documents)

    run.read_into(record, [small_analysis(12).document], Reader())
    assert len(parts.names(tmp_path / "documents")) == 1
    assert record.summary().documents == 13
