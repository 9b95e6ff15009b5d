"""What is not as it should be is found and named, and a repair deletes nothing that it cannot rebuild."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dragoman.analysis import Span
from dragoman.record import Record, parts

from ..strategies import small_analysis


def rules(record: Record) -> list[str]:
    """The rules that are broken."""
    return [fault.rule for fault in Record(record.path).check()]


def everything(path: Path) -> set[bytes]:
    """The content of every file below a folder."""
    return {p.read_bytes() for p in path.rglob("*.parquet") if p.is_file()}


def test_a_sound_record_has_no_faults(record: Record) -> None:
    """Neither before the first document nor after some."""
    assert record.check() == ()
    record.add(small_analysis(n) for n in range(3))
    assert record.check() == ()


def test_a_quotation_that_is_not_in_the_text_is_found(record: Record) -> None:
    """The rule names table and column, the place the document and the words."""
    wrong = small_analysis(1)
    event = replace(wrong.events[0], anchor=Span(0, 7, "accepts"))
    record.add([replace(wrong, events=(event,)), small_analysis(2)])
    (fault,) = record.check()
    assert fault.rule == "Every events.anchor_quote stands in its document"
    assert fault.where == f"document {wrong.document.id} has no 'accepts' at character 0."
    assert fault.count == 1


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda a: {"events": (replace(a.events[0], claimed_in="gone"),)}, "Every events.claimed_in is in statements"),
        (
            lambda a: {"statements": (replace(a.statements[0], within="gone"),)},
            "Every statements.within is in statements",
        ),
        (lambda a: {"stances": (replace(a.stances[0], statement="gone"),)}, "Every stances.statement is in statements"),
        (lambda a: {"stances": (replace(a.stances[0], toward="gone"),)}, "Every stances.toward is in actors"),
        (lambda a: {"mentions": (replace(a.mentions[0], actor="gone"),)}, "Every mentions.actor is in actors"),
    ],
)
def test_a_pointer_that_leads_nowhere_is_found(
    record: Record, change: Callable[..., dict[str, object]], rule: str
) -> None:
    """Whatever a row points at must be in the same reading."""
    record.add([replace(small_analysis(1), **change(small_analysis(1)))])  # type: ignore[arg-type]
    assert rules(record) == [rule]


def test_a_text_that_was_changed_is_found(record: Record) -> None:
    """An id is made of the text, so that another text does not go unnoticed."""
    record.add([small_analysis(1)])
    (part,) = parts.names(record.path / "documents")
    rows = pq.read_table(part).to_pylist()
    changed = pa.Table.from_pylist([{**row, "text": row["text"] + " "} for row in rows], schema=pq.read_schema(part))
    pq.write_table(changed, part)
    assert rules(record) == ["A document is what its id was made of"]


def test_a_repair_of_wrong_quotations_keeps_them_aside(record: Record) -> None:
    """The readings go out of the tables, their part is kept whole, and reading again brings them back right."""
    wrong = replace(small_analysis(1), events=(replace(small_analysis(1).events[0], anchor=Span(0, 7, "accepts")),))
    record.add([wrong, small_analysis(2)])
    before = everything(record.path)
    record.repair()
    assert [a.document.title for a in record.analyses()] == ["Report 2"]
    assert rules(record) == ["Every document has been read"]
    assert before <= everything(record.path)
    record.add([small_analysis(1)])
    assert sorted(a.document.title or "" for a in record.analyses()) == ["Report 1", "Report 2"]
    assert rules(record) == []


def test_a_repair_leaves_older_readings_alone(record: Record) -> None:
    """Only the reading that is wrong goes; the one that it had replaced is valid again."""
    record.add([small_analysis(1)])
    record.add(
        [replace(small_analysis(1, reader="two"), events=(replace(small_analysis(1).events[0], claimed_in="gone"),))]
    )
    record.repair()
    assert [a.reader for a in record.analyses()] == ["reader-one"]


@pytest.mark.parametrize("damage", ["truncated", "foreign", "inside"])
def test_a_damaged_part_is_moved_away_not_deleted(record: Record, damage: str) -> None:
    """Whatever is wrong with it, its bytes are in `damaged` under the name they had, and the rest answers."""
    record.add([small_analysis(n) for n in range(300)])
    record.add([small_analysis(500)])
    first, _ = parts.names(record.path / "readings" / "0001-reader-one")
    content = first.read_bytes()
    if damage == "inside":
        first.write_bytes(content[:100] + bytes(len(content) // 2) + content[100 + len(content) // 2 :])
    elif damage == "truncated":
        first.write_bytes(content[: len(content) // 2])
    else:
        shutil.copy(parts.names(record.path / "documents")[0], first)
    broken = first.read_bytes()
    opened = Record(record.path)
    (fault, *_) = opened.repair()
    assert str(first) in fault.where
    assert (record.path / "damaged" / first.relative_to(record.path)).read_bytes() == broken
    assert [a.document.title for a in opened.analyses()] == ["Report 500"]
    opened.add([small_analysis(n) for n in range(300)])
    assert rules(opened) == []


def test_what_killed_writers_left_is_removed(record: Record) -> None:
    """After an hour nobody can be writing it; younger files stay."""
    record.add([small_analysis(1)])
    old, new = (record.path / "documents" / f".unfinished-1-{n}" for n in ("old", "new"))
    for path in (old, new):
        path.write_bytes(b"PAR1")
    os.utime(old, (time.time() - 7_200,) * 2)
    assert rules(record) == ["Nothing is left unfinished"]
    record.repair()
    assert (old.exists(), new.exists()) == (False, True)


def test_texts_without_a_reading_and_readings_without_a_text_are_found(record: Record) -> None:
    """Both are what is left when a folder of parts is lost."""
    record.add([small_analysis(1)])
    shutil.move(record.path / "documents", record.path.parent / "documents")
    assert rules(record) == ["Every reading has its document"]
    shutil.move(record.path.parent / "documents", record.path / "documents")
    shutil.rmtree(record.path / "readings")
    assert rules(record) == ["Every document has been read"]


def test_a_repair_of_a_sound_record_changes_nothing(record: Record) -> None:
    """Not one file."""
    record.add([small_analysis(1)])
    before = {p: p.stat().st_mtime_ns for p in record.path.rglob("*") if p.is_file()}
    assert record.repair() == ()
    assert {p: p.stat().st_mtime_ns for p in record.path.rglob("*") if p.is_file()} == before
