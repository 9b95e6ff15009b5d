"""Flat copies of large parts: the same answers from fewer values, and nothing lost without them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.analysis import Analysis
from dragoman.record import Filters, Record, Selection, flat, tables
from dragoman.record.reviews import judge

from ..strategies import small_analysis
from .test_laws import distinct, new_record

ANSWERS = tuple(f"FROM {place}{reviewed}" for place in tables.PLACES.values() for reviewed in ("", "_reviewed"))
BY: Any = {"reviewer": "ada", "at": "2031-05-03T10:00:00Z"}


@pytest.fixture(autouse=True)
def _every_part_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flat, "LARGE_ROWS", 1)


def copies(record: Record) -> list[Path]:
    """The files there are."""
    return sorted((record.path / flat.FOLDER).rglob("*.parquet"))


def filled(record: Record) -> Record:
    """Three parts with a row each."""
    for n in range(3):
        record.add([small_analysis(n)])
    return record


def test_a_question_makes_the_copies_that_it_goes_by(record: Record) -> None:
    """Positions those of stances, counts those of events, and neither touches the parts."""
    filled(record)
    parts = {p: p.read_bytes() for p in record.path.rglob("*.parquet")}
    assert copies(record) == []
    record.positions()
    assert [p.parent.name.partition("-")[0] for p in copies(record)] == ["stances"] * 3
    record.counts(duplicates="none")
    assert len(copies(record)) == 6
    assert {p: p.read_bytes() for p in parts} == parts


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(distinct(4), st.booleans())
def test_copies_change_no_answer(batch: list[Analysis], judged: bool) -> None:
    """Whatever the texts and rows, reviewed or not."""
    with new_record() as record:
        record.add(batch)
        if judged:
            for analysis in batch:
                seen = record.reviewed(analysis.document.id)
                record.reviews.add([judge(seen, "stances", s.id, "reject", **BY) for s in analysis.stances[:1]])
        before = [record._opened().answer(query) for query in ANSWERS]
        record.prepare()
        again = Record(record.path)
        for query, answer in zip(ANSWERS, before, strict=True):
            assert sorted(again._opened().answer(query).to_pylist(), key=str) == sorted(answer.to_pylist(), key=str)


def test_a_part_with_rows_that_do_not_count_is_read_itself(record: Record) -> None:
    """A copy has all rows of its part, so a part of which a newer reader read some documents again is not read from one."""
    record.add([small_analysis(n) for n in range(3)])
    record.positions()
    record.add([small_analysis(1, reader="reader-two")])
    answer = record._opened().answer("SELECT document_id, reader FROM stances").to_pylist()
    assert sorted(row["reader"] for row in answer) == ["reader-one", "reader-one", "reader-two"]
    assert len({row["document_id"] for row in answer}) == 3


def test_a_record_that_is_closed_to_writing_answers_without(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes longer, and that is all."""
    filled(record)
    held = record.positions()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    for path in copies(record):
        path.unlink()
    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(Path, "replace", refuse)
    assert Record(record.path).positions() == held
    assert copies(record) == []


def test_a_damaged_copy_is_named_and_made_again(record: Record) -> None:
    """A repair removes it, because it follows from its part."""
    held = filled(record).positions()
    content = copies(record)[0].read_bytes()
    copies(record)[0].write_bytes(content[:4] + b"\x00" * (len(content) - 20) + content[-16:])
    (fault,) = Record(record.path).repair()
    assert "flat copy" in str(fault)
    assert len(copies(record)) == 2
    assert Record(record.path).positions() == held
    assert record.check() == ()
    assert len(copies(record)) == 3


def test_joining_makes_copies_of_the_joined_part(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old ones go once nobody can be reading them."""
    held = filled(record).positions()
    old = copies(record)
    record.compact()
    assert set(old) < set(copies(record))
    assert record.positions() == held
    monkeypatch.setattr(flat, "_KEPT_FOR", -1)
    record.compact()
    assert not set(old) & set(copies(record))
    assert record.positions() == held


def test_selections_and_filters_find_the_same_in_copies(record: Record) -> None:
    """What is pushed down into SQL is what a look at everything leaves."""
    filled(record)
    everything = record.positions()
    chosen = record.positions(Selection(actors=everything[0].actor))
    assert chosen == tuple(p for p in everything if p.actor == everything[0].actor)
    assert record.events_table(Filters(parties=everything[0].actor)).num_rows == 3
    assert record.events_table(Filters(parties="nobody")).num_rows == 0
