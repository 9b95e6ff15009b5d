"""Counts of events: what counts once, by which dimensions, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from dragoman.errors import UsageError
from dragoman.record import Filters, Record

from .stories.test_stories import SHELLED, report

TALKS = "Envoys of the north and the south met in Dorrin to talk about grain."


@pytest.fixture
def filled(tmp_path: Path) -> Record:
    """A shelling told by two publishers and once denied, talks three months later, and an undated protest."""
    record = Record(tmp_path / "record", create=True)
    record.add(
        [
            report(cameo="190", score=0.9),
            report(publisher="Hill Gazette", cameo="190", score=0.4),
            report("The north did not shell Velm.", polarity="negated", publisher="Hill Gazette"),
            report(TALKS, published="2031-08-01", type="CONSULT", actor="STH", recipient="NTH"),
            report("Dockers marched.", published=None, type="PROTEST", actor="STH", recipient=None),
        ]
    )
    return record


def rows(table: pa.Table) -> list[tuple[Any, ...]]:
    """A table as tuples."""
    return [tuple(row.values()) for row in table.to_pylist()]


def test_the_table_that_papers_start_from(filled: Record) -> None:
    """Month, actor, recipient, type; one story told by two publishers is one event with two accounts."""
    counts = filled.counts()
    assert counts.column_names == ["month", "actor", "recipient", "type", "events", "accounts", "goldstein", "score"]
    assert [row[:6] for row in rows(counts)] == [
        ("2031-05", "NTH", "STH", "ASSAULT", 1, 2),
        ("2031-08", "STH", "NTH", "CONSULT", 1, 1),
        (None, "STH", None, "PROTEST", 1, 1),
    ]


def test_the_scales_are_those_of_the_code_and_the_type(filled: Record) -> None:
    """CAMEO 190 is -10 for Goldstein; PLOVER gives ASSAULT its own score; a type without a code takes the nearest one."""
    (assault, consult) = rows(filled.counts(("type",), Filters(since="2031", actual=True), duplicates="none"))
    assert assault == ("ASSAULT", 2, 2, -10.0, -9.0)
    assert consult[0] == "CONSULT"
    assert consult[3] > 0
    assert consult[4] > 0


def test_a_code_that_does_not_fit_the_type_is_not_reckoned_with(tmp_path: Path) -> None:
    """Somebody corrects a shelling to a threat and leaves the code of the shelling, which is -10 for Goldstein."""
    record = Record(tmp_path / "record", create=True)
    record.add([report(type="THREATEN", cameo="190")])
    ((*_, goldstein, score),) = rows(record.counts(("type",)))
    assert goldstein > -10
    assert score > -10


@pytest.mark.parametrize(("duplicates", "events"), [("none", 5), ("document", 5), ("story", 4), ("day", 4)])
def test_what_counts_once_is_a_choice(filled: Record, duplicates: Any, events: int) -> None:
    """Every row, one in a document, one in a story, one on a day."""
    assert filled.counts((), Filters(), duplicates=duplicates)["events"].to_pylist() == [events]
    assert filled.events_table(duplicates=duplicates).num_rows == events
    assert sum(filled.events_table(duplicates=duplicates)["accounts"].to_pylist()) == 5


def test_one_in_a_document_is_one_of_a_type_and_parties(tmp_path: Path) -> None:
    """A text that tells of the same twice has one event in it, and says so twice."""
    record = Record(tmp_path, create=True)
    once = report()
    twice = once.events[0].__class__(**{**fields(once.events[0]), "id": "event-2"})
    record.add(
        [once.__class__(reader="one", document=once.document, actors=once.actors, events=(once.events[0], twice))]
    )
    assert record.events_table(duplicates="none").num_rows == 2
    assert record.events_table(duplicates="document")["accounts"].to_pylist() == [2]


def fields(event: Any) -> dict[str, Any]:
    """The fields of an event by name."""
    return {name: getattr(event, name) for name in event.__slots__}


def test_the_first_account_stands_for_the_others(filled: Record) -> None:
    """Earliest first; of one day, the more probable one."""
    (row,) = filled.events_table(Filters(types="ASSAULT", actual=True), duplicates="story").to_pylist()
    assert (row["publisher"], row["score"], row["accounts"]) == ("Harbour Wire", 0.9, 2)
    assert row["day"] == "2031-05-06"
    assert row["actor_keys"] == ["NTH"]


@pytest.mark.parametrize(
    ("filters", "events"),
    [
        ({"actors": "NTH"}, 3),
        ({"recipients": "NTH"}, 1),
        ({"types": ("assault", "PROTEST")}, 4),
        ({"publishers": "Hill Gazette"}, 2),
        ({"since": "2031-06"}, 1),
        ({"until": "2031-05"}, 3),
        ({"since": "2031-05-06", "until": "2031-05-06"}, 3),
        ({"since": "2032"}, 0),
        ({"min_score": 0.5}, 4),
        ({"actual": True}, 4),
        ({"claims": "reported"}, 5),
        ({"claims": "claimed"}, 0),
    ],
)
def test_filters_leave_out(filled: Record, filters: dict[str, Any], events: int) -> None:
    """By party, type, publisher, day, score, and by who says so."""
    assert filled.events_table(Filters(**filters)).num_rows == events


@pytest.mark.parametrize(
    ("unit", "periods"),
    [
        ("day", ["2031-05-06", "2031-08-01", None]),
        ("week", ["2031-W19", "2031-W31", None]),
        ("month", ["2031-05", "2031-08", None]),
        ("quarter", ["2031-Q2", "2031-Q3", None]),
        ("year", ["2031", None]),
    ],
)
def test_units_of_the_calendar(filled: Record, unit: str, periods: list[str | None]) -> None:
    """Weeks are ISO 8601's; what has no date stands at the end."""
    assert filled.counts((unit,))[unit].to_pylist() == periods


def test_zero_filled_counts_have_every_period(filled: Record) -> None:
    """Months in which nothing happened count 0, from the first to the last or as far as was asked for."""
    months = filled.counts(("month", "type"), zero_filled=True).to_pylist()
    assault = [(row["month"], row["events"]) for row in months if row["type"] == "ASSAULT"]
    assert assault == [("2031-05", 1), ("2031-06", 0), ("2031-07", 0), ("2031-08", 0)]
    assert sum(row["events"] for row in months) == 3
    asked = filled.counts(("quarter",), Filters(since="2031", until="2032-02", actual=True), zero_filled=True)
    assert asked["quarter"].to_pylist() == ["2031-Q1", "2031-Q2", "2031-Q3", "2031-Q4", "2032-Q1"]
    assert asked["events"].to_pylist() == [0, 1, 1, 0, 0]


def test_pairs_without_direction(filled: Record) -> None:
    """North to south and south to north are one pair; nobody stays nobody."""
    pairs = filled.counts(("actor", "recipient"), pairs="undirected")
    assert [row[:3] for row in rows(pairs)] == [("NTH", "STH", 2), ("STH", None, 1)]


def test_an_event_with_two_actors_counts_for_both(tmp_path: Path) -> None:
    """Once in each cell, once in all."""
    record = Record(tmp_path, create=True)
    one = report()
    event = one.events[0]
    both = event.__class__(**{**fields(event), "actors": (*event.actors, *event.recipients), "recipients": ()})
    record.add([one.__class__(reader="one", document=one.document, actors=one.actors, events=(both,))])
    assert [row[:2] for row in rows(record.counts(("actor",)))] == [("NTH", 1), ("STH", 1)]
    assert record.counts(())["events"].to_pylist() == [1]


def test_an_empty_record_counts_nothing(record: Record) -> None:
    """No rows, no error, whatever is asked."""
    for zero_filled in (False, True):
        assert record.counts(zero_filled=zero_filled).num_rows == 0
    assert record.counts(())["events"].to_pylist() == [0]
    assert record.events_table().num_rows == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda r: r.counts(("month", "colour")), "cannot be broken down by 'colour'; write some of day, week, month"),
        (lambda r: r.counts(("month", "month")), "names a dimension twice"),
        (
            lambda r: r.counts(duplicates="twice"),
            "duplicates='twice' is unknown; write none or document or story or day",
        ),
        (lambda r: r.counts(pairs="round"), "pairs='round' is unknown"),
        (lambda r: Filters(types="WALK"), "There is no event type 'WALK'"),
        (lambda r: Filters(since="May"), "since='May' is no date; write 2012-01-18"),
        (lambda r: Filters(until="2031-02-30"), "until='2031-02-30' is no date"),
        (lambda r: Filters(min_score=2), "min_score=2 is no probability"),
        (lambda r: Filters(claims="some"), "claims='some' is unknown"),
    ],
)
def test_what_cannot_be_is_named(record: Record, call: Any, message: str) -> None:
    """One sentence with what is allowed."""
    with pytest.raises(UsageError, match=message):
        call(record)


def test_the_words_of_a_report_do_not_reach_the_query(filled: Record) -> None:
    """Names are parameters."""
    assert filled.events_table(Filters(publishers="'; DROP TABLE events; --")).num_rows == 0
    assert SHELLED in filled.sql("SELECT text FROM documents")["text"].to_pylist()
