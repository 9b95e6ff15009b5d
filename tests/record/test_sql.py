"""SQL over a record: what can be asked, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from dragoman.analysis import Analysis, Skipped
from dragoman.document import Document
from dragoman.errors import UsageError
from dragoman.record import Record
from dragoman.record.tables import VIEWS

from ..strategies import small_analysis

PAGE = Path(__file__).parents[2] / "docs" / "record.md"


@pytest.fixture
def filled(record: Record) -> Record:
    """Three reports, one of them by another publisher, and a text of which a stretch was skipped."""
    record.add([small_analysis(1), small_analysis(2), small_analysis(3, publisher="Hill Gazette")])
    record.add([Analysis(reader="reader-one", document=Document("AAAA"), skipped=(Skipped(0, 4, "not prose"),))])
    return record


def rows(record: Record, query: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
    """The answer as tuples."""
    return [tuple(row.values()) for row in record.sql(query, parameters).to_pylist()]


def test_positions_are_one_query(filled: Record) -> None:
    """Holder, measure and stance can be counted as they stand."""
    query = "select holder_country, measure, stance, count(*) from stances group by all"
    assert rows(filled, query) == [("NTH", "sanctions", "opposes", 3)]


def test_publisher_and_date_are_in_every_table(filled: Record) -> None:
    """No join is needed to tell the accounts of two publishers apart."""
    query = "SELECT publisher, published, count(*) FROM events GROUP BY ALL ORDER BY 1"
    assert rows(filled, query) == [("Harbour Wire", "2031-05-02", 2), ("Hill Gazette", "2031-05-02", 1)]


def test_a_claim_leads_to_its_source(filled: Record) -> None:
    """An event joins the statement that claims it by `claimed_in`, and through it who said so."""
    query = """
        SELECT DISTINCT anchor_quote, source_name, content FROM events e
        JOIN statements s ON s.document_id = e.document_id AND s.id = e.claimed_in
    """
    assert rows(filled, query) == [("rejects", "Northern delegate", "the League rejects sanctions on the south")]


def test_an_event_lists_its_actors(filled: Record) -> None:
    """Their ids are lists in `events` and rows in `event_parties`."""
    assert rows(filled, "SELECT DISTINCT actors, recipients, cameo FROM events") == [
        (["northern-delegate"], ["STH"], "120")
    ]
    assert rows(filled, "SELECT role, count(*) FROM event_parties GROUP BY 1 ORDER BY 1") == [
        ("actor", 3),
        ("recipient", 3),
    ]


def test_who_a_measure_is_about_has_a_name(filled: Record) -> None:
    """`toward` is an actor id with its name and country beside it."""
    assert rows(filled, "SELECT DISTINCT toward, toward_name, toward_country FROM stances") == [
        ("STH", "Southern League", "STH")
    ]


def test_what_was_skipped_is_a_table(filled: Record) -> None:
    """The reason stands with the stretch."""
    assert rows(filled, "SELECT skipped_start, skipped_end, reason FROM skipped") == [(0, 4, "not prose")]


def test_parameters_are_not_pasted(filled: Record) -> None:
    """`?` and `$name` take values."""
    assert rows(filled, "SELECT count(*) FROM events WHERE publisher = ?", ["Hill Gazette"]) == [(1,)]
    assert rows(filled, "SELECT count(*) FROM events WHERE publisher = $p", {"p": "'; DROP"}) == [(0,)]


def test_an_empty_record_has_every_table(record: Record) -> None:
    """A query works before the first document, with the same columns as after it."""
    empty = {name: record.sql(f"FROM {name}").schema.names for name in VIEWS}
    record.add([small_analysis(1)])
    assert {name: record.sql(f"FROM {name}").schema.names for name in VIEWS} == empty
    shown = [name for (name,) in rows(record, "SHOW TABLES")]
    assert [name for name in shown if "review" not in name] == sorted(VIEWS)


def test_what_another_process_adds_shows_at_the_next_question(filled: Record) -> None:
    """An open record is never behind the folder."""
    assert rows(filled, "SELECT count(*) FROM documents") == [(4,)]
    Record(filled.path, create=True).add([small_analysis(9)])
    assert rows(filled, "SELECT count(*) FROM documents") == [(5,)]


@pytest.mark.parametrize(
    "name", ["a[1]*?", "it's", "name with space", "ünï😀", "{a,b}", "back\\slash", "%41", "country=RUS"]
)
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    """What is a pattern or a quotation mark elsewhere is a character in a path, also where only some rows of a part count."""
    for folder in (name, "a1xy"):  # the second is what the pattern a[1]*? would find
        record = Record(tmp_path / folder, create=True)
        record.add([small_analysis(1), small_analysis(2)])
        record.add([small_analysis(2, reader="reader-two")])
    record = Record(tmp_path / name)
    assert rows(record, "SELECT reader, count(*) FROM events GROUP BY 1 ORDER BY 1") == [
        ("reader-one", 1),
        ("reader-two", 1),
    ]


def test_a_relative_path_and_a_link_will_do(filled: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record is found again when the working directory changes."""
    monkeypatch.chdir(filled.path.parent)
    Path("link").symlink_to("record")
    relative, linked = Record("record"), Record("link")
    monkeypatch.chdir("/")
    assert rows(relative, "SELECT count(*) FROM events") == rows(linked, "SELECT count(*) FROM events") == [(3,)]


@pytest.mark.parametrize(
    "query",
    [
        "CREATE TABLE t AS SELECT 1",
        "COPY stances TO 'stances.csv'",
        "COPY (SELECT 1) TO '{record}/stances.csv'",
        "DROP VIEW stances",
        "DELETE FROM documents",
        "INSERT INTO documents SELECT * FROM documents",
        "ATTACH '{record}/other.db'",
        "SET enable_external_access = true",
        "PRAGMA database_list",
        "INSTALL spatial",
        "SELECT 1; DROP VIEW stances",
        "",
    ],
)
def test_sql_changes_nothing(filled: Record, query: str) -> None:
    """Whatever is not one question is refused, and neither the record nor the folder around it changes."""
    before = sorted(filled.path.parent.rglob("*"))
    with pytest.raises(UsageError, match="one SELECT at a time"):
        filled.sql(query.format(record=filled.path))
    assert sorted(filled.path.parent.rglob("*")) == before
    assert rows(filled, "SELECT count(*) FROM stances") == [(3,)]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_text('{outside}')",
        "SELECT * FROM read_csv('{record}/../secret.txt')",
        "SELECT * FROM '{outside}'",
        "SELECT * FROM glob('{folder}/*.txt')",
        "SELECT * FROM read_parquet('https://example.invalid/x.parquet')",
    ],
)
def test_sql_sees_no_file_outside_the_record(filled: Record, query: str) -> None:
    """A query that somebody else wrote cannot read the disk or the network."""
    outside = filled.path.parent / "secret.txt"
    outside.write_text("secret")
    with pytest.raises(UsageError):
        filled.sql(query.format(outside=outside, record=filled.path, folder=outside.parent))


def test_sql_sees_no_variables_of_the_program(filled: Record) -> None:
    """A name in a query means a table, never a Python object."""
    hidden = filled.sql("SELECT 1 AS one")
    assert hidden.num_rows == 1
    with pytest.raises(UsageError, match="hidden"):
        filled.sql("SELECT * FROM hidden")


def test_a_wrong_query_names_what_there_is(filled: Record) -> None:
    """The sentence is one line: what DuckDB says, and the tables."""
    with pytest.raises(UsageError) as caught:
        filled.sql("SELECT * FROM positions")
    assert "positions does not exist" in str(caught.value)
    assert str(caught.value).endswith(
        "The tables are documents, actors, mentions, statements, contents, events, event_parties, stances, copies, "
        "story_accounts, story_reports, stories, skipped."
    )
    assert "\n" not in str(caught.value)


def test_a_summary_counts_what_is_valid(filled: Record) -> None:
    """A newer reading is not counted beside the older one; documents are counted once."""
    filled.add([small_analysis(1, reader="reader-two")])
    summary = filled.summary()
    assert (summary.documents, summary.events, summary.stances, summary.actors) == (4, 3, 3, 2)
    assert (summary.partly_read, summary.unread) == (1, 0)
    assert type(summary.partly_read) is int
    assert summary.publishers == (("Harbour Wire", 2), ("Hill Gazette", 1), (None, 1))
    assert summary.types == (("REJECT", 3),)
    assert summary.measures == (("sanctions", 3),)
    assert summary.readers == (("reader-one", 3), ("reader-two", 1))
    assert str(summary) == "4 documents from 2031-05-02 to 2031-05-02: 2 actors, 3 statements, 3 events, 3 stances"


def test_a_document_can_be_looked_up(filled: Record) -> None:
    """`documents` is a mapping from id to document."""
    document = small_analysis(2).document
    assert filled.documents[document.id] == document
    assert document.id in filled.documents
    assert len(filled.documents) == 4
    with pytest.raises(KeyError):
        filled.documents["0" * 16]


def test_the_documentation_names_every_table_and_column(filled: Record) -> None:
    """docs/record.md lists exactly the columns there are."""
    page = PAGE.read_text(encoding="utf-8")
    for name in VIEWS:
        columns = ", ".join(filled.sql(f"FROM {name}").schema.names)
        assert f"`{name}`: {columns}\n" in page


def examples() -> list[str]:
    """The SQL on the page about the record."""
    return re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("query", examples())
def test_the_examples_in_the_documentation_run(filled: Record, query: str) -> None:
    """Every query on the page has rows for an answer; the one that looks for wrong quotations finds none."""
    found = filled.sql(query).num_rows
    assert found == 0 if "<>" in query else found > 0
