"""A newer reader over a record: its readings replace the older ones, documents and verdicts stay, and what changed is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.analysis import Analysis
from dragoman.document import Document
from dragoman.record import Record
from dragoman.record.differences import Difference
from dragoman.record.reviews import judge
from dragoman.run import Report, read_into

from ..exchange.conftest import CHAD, NORWAY, SWEDEN, act

ACCUSED = act("ACCUSE", actors=(NORWAY,), recipients=(CHAD,))
HELPED = act("AID", actors=(SWEDEN,), recipients=(CHAD,))


class Knowing:
    """A reader that finds what it was told to find."""

    def __init__(self, fingerprint: str, *analyses: Analysis) -> None:
        self.fingerprint = fingerprint
        self._found = {a.document.id: replace(a, reader=fingerprint) for a in analyses}

    def read_all(self, documents: Iterable[Document], *, workers: int | None = None) -> Iterator[Analysis]:
        """One analysis for each document."""
        return (self._found[d.id] for d in documents)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """Two documents, each with an event, read by an older reader; somebody rejected the accusation."""
    made = Record(tmp_path / "record", create=True)
    run(made, "older", ACCUSED, HELPED)
    seen = made.reviewed(ACCUSED.document.id)
    made.reviews.add([judge(seen, "events", "e1", "reject", reviewer="ada", at="2033-01-01T00:00:00Z")])
    return made


def run(record: Record, reader: str, *analyses: Analysis) -> Report:
    """Let a reader read those documents and find that in them."""
    return read_into(record, [a.document for a in analyses], Knowing(reader, *analyses))


def recoded(analysis: Analysis, type: str, id: str = "e1") -> Analysis:
    """The same with its event read as another type."""
    return replace(analysis, events=(replace(analysis.events[0], type=type, id=id),))


def states(record: Record) -> list[str]:
    """What has become of the verdicts."""
    states: list[str] = record.sql("SELECT state FROM reviews")["state"].to_pylist()
    return states


def test_the_newer_reading_counts_and_documents_stay(record: Record) -> None:
    """No document is there twice, and every row says which reader it is from."""
    before = record.sql("SELECT document_id FROM documents ORDER BY ALL")
    run(record, "newer", recoded(ACCUSED, "THREATEN"))
    assert record.sql("SELECT document_id FROM documents ORDER BY ALL") == before
    rows = record.sql("SELECT type, reader FROM events ORDER BY ALL").to_pylist()
    assert rows == [{"type": "AID", "reader": "older"}, {"type": "THREATEN", "reader": "newer"}]


def test_what_changed_is_counted_by_table(record: Record) -> None:
    """A row of the same id that says something else is changed; one of another id is removed here and added there."""
    report = run(record, "newer", recoded(ACCUSED, "THREATEN"), recoded(HELPED, "AID", id="e2"))
    assert report.replaced["events"] == Difference(added=1, removed=1, changed=1)
    assert report.replaced["statements"] == Difference(0, 0, 0)
    assert "Against the readers before: statements 0 added" in str(report)


def test_documents_that_only_one_reader_read_are_no_change(record: Record) -> None:
    """Neither those that are new nor those that the newer reader has not come to."""
    new = act("CONSULT", actors=(NORWAY, SWEDEN))
    assert run(record, "newer", ACCUSED, new).replaced["events"] == Difference(0, 0, 0)


def test_a_first_reader_changes_nothing(tmp_path: Path) -> None:
    """There is nothing to compare with."""
    report = run(Record(tmp_path / "first", create=True), "older", ACCUSED)
    assert report.replaced == {}
    assert "Against" not in str(report)


def test_a_verdict_on_what_is_still_read_is_no_news(record: Record) -> None:
    """It goes on holding, and the event stays rejected."""
    report = run(record, "newer", ACCUSED, HELPED)
    assert (states(record), report.unsettled) == (["valid"], {})
    assert record.sql("SELECT type FROM events_reviewed")["type"].to_pylist() == ["AID"]


def test_a_verdict_on_what_is_read_otherwise_now_is_announced(record: Record) -> None:
    """A rejection does not hold for something that nobody judged."""
    report = run(record, "newer", recoded(ACCUSED, "THREATEN"), HELPED)
    assert (states(record), report.unsettled) == (["outdated"], {"outdated": 1})
    assert str(report).endswith("Reviews: 1 outdated; dragoman reviews lists them.")
