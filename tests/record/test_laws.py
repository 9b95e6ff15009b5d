"""What holds for every record, whatever text it is given."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dragoman.analysis import Analysis, Skipped, Statement
from dragoman.document import Document, Span
from dragoman.record import Record

from ..strategies import analyses, small_analysis

law = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

NUL_AND_EMOJI = Analysis(
    reader="reader/../one",
    document=Document("\x00😀 e\u0301", title="\x00", publisher="'; DROP"),
    statements=(Statement(id="s", source=None, cue=Span(1, 2, "😀"), content=(Span(3, 5, "e\u0301"),), form="direct"),),
    skipped=(Skipped(0, 1, "not text"),),
)
NOTHING = Analysis(reader="r", document=Document(""))


@contextmanager
def new_record() -> Iterator[Record]:
    """A record in a folder that goes away; a fixture would be shared by all examples of a law."""
    with tempfile.TemporaryDirectory() as folder:
        yield Record(Path(folder) / "record", create=True)


def files(record: Record) -> dict[str, bytes]:
    """Every file of a record with its content."""
    return {str(p.relative_to(record.path)): p.read_bytes() for p in record.path.rglob("*") if p.is_file()}


def distinct(count: int) -> st.SearchStrategy[list[Analysis]]:
    """Analyses of different documents by one reader."""
    one_reader = st.shared(st.text(min_size=1, max_size=9).filter(str.isprintable), key="reader")
    return st.lists(analyses(one_reader), max_size=count, unique_by=lambda a: a.document.id)


@law
@given(distinct(4))
@example([NUL_AND_EMOJI])
@example([NOTHING])
def test_what_is_written_is_read(batch: list[Analysis]) -> None:
    """Writing analyses and reading them gives equal ones, in the order in which they were added."""
    with new_record() as record:
        record.add(batch)
        assert list(Record(record.path).analyses()) == batch
        assert list(record.documents.values()) == [a.document for a in batch]


@law
@given(distinct(4))
def test_adding_again_changes_nothing(batch: list[Analysis]) -> None:
    """Analyses that are there already leave every file as it was, in this process and in the next."""
    with new_record() as record:
        record.add(batch)
        before = files(record)
        record.add(batch)
        Record(record.path, create=True).add([*batch, *batch])
        assert files(record) == before


@law
@given(distinct(5), st.data())
def test_batches_change_nothing(batch: list[Analysis], data: st.DataObject) -> None:
    """However the analyses are cut into calls, repeated ones among them, the record holds the same in the same order."""
    cut = data.draw(st.integers(0, len(batch)))
    with new_record() as record:
        record.add(batch[:cut])
        Record(record.path, create=True).add(batch)
        assert list(record.analyses()) == batch


@law
@given(distinct(3))
@example([NUL_AND_EMOJI])
def test_every_quote_stands_in_the_text_for_sql(batch: list[Analysis]) -> None:
    """In every table, `substring(text, X_start + 1, X_end - X_start) = X_quote` for every span X."""
    with new_record() as record:
        record.add(batch)
        wrong = " UNION ALL ".join(
            f"""
            SELECT '{table}.{quote}' AS span, {quote} AS quote FROM {table} JOIN documents USING (document_id)
            WHERE {quote} IS NOT NULL AND substring(text, {offsets}_start + 1, {offsets}_end - {offsets}_start) <> {quote}
            """
            for table, quote, offsets in quoting_columns(record)
        )
        assert record.sql(wrong).to_pylist() == []


def quoting_columns(record: Record) -> Iterator[tuple[str, str, str]]:
    """Table, column with the quotation, and what the names of its offsets begin with."""
    rows = record.sql(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'main'"
    ).to_pylist()
    for row in rows:
        table, column = row["table_name"], row["column_name"]
        if column == "quote" or column.endswith("_quote"):
            yield table, column, column if column == "quote" else column.removesuffix("_quote")


def test_the_tables_have_spans_to_check(record: Record) -> None:
    """The law about quotations looks at every kind of span there is."""
    spans = {f"{table}.{quote}" for table, quote, _ in quoting_columns(record)}
    assert {span for span in spans if "review" not in span} == {
        "mentions.quote",
        "statements.source_quote",
        "statements.cue_quote",
        "contents.quote",
        "events.anchor_quote",
        "events.place_quote",
        "events.dead_quote",
        "events.injured_quote",
        "events.arrested_quote",
        "event_parties.quote",
        "stances.holder_quote",
        "stances.measure_quote",
        "stances.condition_quote",
        "stances.evidence_quote",
        "story_accounts.anchor_quote",
    }


def test_a_quotation_in_arabic_and_emoji_is_cut_right(record: Record) -> None:
    """Offsets count code points in SQL as they do in Python."""
    text = "👩‍👩‍👧 قال الوزير إن المحادثات ستستمر"
    words = "المحادثات"
    start = text.index(words)
    statement = Statement(
        id="s", source=None, cue=None, content=(Span(start, start + len(words), words),), form="indirect"
    )
    record.add([Analysis(reader="r", document=Document(text), statements=(statement,))])
    cut = "SELECT substring(text, quote_start + 1, quote_end - quote_start) AS cut FROM contents JOIN documents"
    assert record.sql(f"{cut} USING (document_id)").to_pylist() == [{"cut": "المحادثات"}]


def test_the_same_analyses_make_the_same_files(tmp_path: Path) -> None:
    """No clock and no chance is in the files: two records of one run are the same, byte for byte."""
    made = []
    for name in ("one", "two"):
        record = Record(tmp_path / name, create=True)
        record.add(small_analysis(n) for n in range(5))
        made.append(files(record))
    assert made[0] == made[1]


def test_a_newer_reader_replaces_the_reading_and_keeps_the_document(record: Record) -> None:
    """The reader that first wrote last is valid in every table; the documents are those that were there."""
    record.add([small_analysis(1), small_analysis(2)])
    record.add([small_analysis(2, reader="reader-two")])
    read = record.sql("SELECT title, s.reader FROM stances s JOIN documents USING (document_id) ORDER BY title")
    assert read.to_pylist() == [
        {"title": "Report 1", "reader": "reader-one"},
        {"title": "Report 2", "reader": "reader-two"},
    ]
    assert [a.reader for a in record.analyses()] == ["reader-one", "reader-two"]
    assert record.sql("SELECT count(*) AS n FROM documents").to_pylist() == [{"n": 2}]


def test_a_newer_reader_may_replace_a_whole_part(record: Record) -> None:
    """A part of which no row is valid any more is not read."""
    record.add([small_analysis(1)])
    record.add([small_analysis(1, reader="reader-two")])
    assert record.sql("SELECT reader FROM events").to_pylist() == [{"reader": "reader-two"}]
    assert [a.reader for a in record.analyses()] == ["reader-two"]


def test_an_older_reader_stays_older(record: Record) -> None:
    """A reader that comes back does not displace the readings of one that began after it."""
    record.add([small_analysis(1)])
    record.add([small_analysis(1, reader="a-newer-reader"), small_analysis(2, reader="a-newer-reader")])
    record.add([small_analysis(2)])
    assert record.readers == ("reader-one", "a-newer-reader")
    assert {a.reader for a in record.analyses()} == {"a-newer-reader"}


def test_the_order_of_readers_counts_by_number(record: Record) -> None:
    """The tenth generation is newer than the ninth."""
    for number in range(1, 12):
        record.add([small_analysis(1, reader=f"reader-{number}")])
    assert record.readers[-1] == "reader-11"
    assert [a.reader for a in record.analyses()] == ["reader-11"]


def test_the_first_version_of_a_document_stays(record: Record) -> None:
    """The same words from the same publisher and date are one document; its title is the one that came first."""
    first, again = (
        Analysis(reader=r, document=Document("Talks failed.", title=t)) for r, t in (("a", "First"), ("b", "Again"))
    )
    record.add([first])
    record.add([again])
    assert [d.title for d in record.documents.values()] == ["First"]
    assert [(a.reader, a.document.title) for a in record.analyses()] == [("b", "First")]


def test_what_comes_twice_in_one_call_is_added_once(record: Record) -> None:
    """The first one counts and keeps its place."""
    again = Analysis(reader="reader-one", document=Document("Talks failed.", title="Again"))
    first = Analysis(reader="reader-one", document=Document("Talks failed.", title="First"))
    record.add([first, small_analysis(1), again])
    assert list(record.analyses()) == [first, small_analysis(1)]


def test_read_by_knows_what_a_reader_has_read(record: Record) -> None:
    """It gives the ids of the documents, for that reader only."""
    one, two = small_analysis(1), small_analysis(2, reader="reader-two")
    record.add([one, two])
    assert record.read_by("reader-one") == {one.document.id}
    assert record.read_by("reader-two") == {two.document.id}
    assert record.read_by("reader-three") == set()


@pytest.mark.parametrize(
    "reader", ["../../outside", "", "Reader", "READER", "a/b", "con:", "x" * 300, "чтец", ".hidden"]
)
def test_any_fingerprint_will_do(record: Record, reader: str) -> None:
    """A reader's name never leads out of the record, and never into another reader's folder."""
    record.add([small_analysis(1), small_analysis(2, reader=reader)])
    assert record.readers == ("reader-one", reader)
    assert len(record.read_by(reader)) == 1
    assert sorted(p.name for p in record.path.parent.iterdir()) == ["record"]


def test_the_actor_stands_beside_its_id(record: Record) -> None:
    """Name, country and code of a party come from the actors of the same reading; an undecided party has none."""
    record.add([small_analysis(1)])
    parties = record.sql("SELECT role, actor_name, actor_country, actor_code, quote FROM event_parties ORDER BY role")
    assert rows(parties) == [
        ("actor", "Northern delegate", "NTH", "NTHGOV", "The northern delegate"),
        ("recipient", "Southern League", "STH", "STH", "the south"),
    ]


def rows(table: Any) -> list[tuple[Any, ...]]:
    """A table as tuples."""
    return [tuple(row.values()) for row in table.to_pylist()]
