"""Files and folders that exports make, CSV and Parquet among them."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from dragoman.document import Document
from dragoman.errors import UsageError
from dragoman.record import Record
from dragoman.record.reviews import judge
from dragoman.views.exports import TABLES, Format, Losses, Settings, export, format_named, known

from .conftest import CHAD, NORWAY, act, written


def to(path, format, *analyses, **settings):
    """Write to a path; the number of rows."""
    return export(analyses, format, path, Losses(), Settings(**settings))


def test_every_format_is_registered_as_a_plug_in_would_be():
    """Each loads and says in a clause what it is."""
    assert len(known()) == 14
    for name in known():
        format = format_named(name)
        assert isinstance(format, Format)
        assert format.about
        assert format.text or format.file


def test_an_unknown_format_is_a_usage_error():
    """It names those that are known."""
    with pytest.raises(UsageError, match="known are cameo, csv, dna"):
        format_named("excel")


@pytest.mark.parametrize("format", ["dna", "parquet"])
def test_what_is_no_text_needs_a_file(format):
    """It does not go to a terminal."""
    with pytest.raises(UsageError, match="name a file with -o"):
        written(format)


def test_csv_is_the_table_that_sql_sees(report, tmp_path):
    """Same columns, same rows; lists as JSON."""
    record = Record(tmp_path / "record", create=True)
    record.add([report])
    for table in TABLES:
        expected = record.sql(f"SELECT * FROM {table}")
        header, *rows = csv.reader(io.StringIO(written("csv", report, table=table)))
        assert header == expected.column_names
        assert len(rows) == expected.num_rows


def test_csv_keeps_leading_zeros():
    """Codes are text."""
    text = written("csv", act("CONSULT", actors=(NORWAY,), recipients=(CHAD,), cameo="042"))
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["cameo"] == "042"


def test_csv_with_a_folder_has_every_table(report, tmp_path):
    """A name without an extension is a folder."""
    assert to(tmp_path / "tables", "csv", report) > 0
    assert {p.stem for p in (tmp_path / "tables").iterdir()} == set(TABLES)
    to(tmp_path / "events.csv", "csv", report)
    assert (tmp_path / "events.csv").read_text() == (tmp_path / "tables" / "events.csv").read_text()


def test_parquet_keeps_types(report, tmp_path):
    """Offsets are numbers, contexts lists; a folder has every table."""
    assert to(tmp_path / "events.parquet", "parquet", report) == 5
    table = pq.read_table(tmp_path / "events.parquet")
    assert table["contexts"].to_pylist()[0] == ["military", "diplomatic"]
    assert table["anchor_start"].to_pylist()[0] == report.events[0].anchor.start
    to(tmp_path / "tables", "parquet", report)
    assert {p.stem for p in (tmp_path / "tables").iterdir()} == set(TABLES)


def test_an_export_that_fails_leaves_what_was_there(report, tmp_path):
    """And nothing half-written beside it."""
    path = tmp_path / "out.jsonl"
    path.write_text("before")

    def failing():
        yield report
        raise RuntimeError

    with pytest.raises(RuntimeError):
        export(failing(), "jsonl", path, Losses())
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_an_export_replaces_a_file(report, tmp_path):
    """Written twice, it is there once."""
    for _ in range(2):
        to(tmp_path / "out.jsonl", "jsonl", report)
    assert (tmp_path / "out.jsonl").read_text().count("\n") == 1


def test_a_folder_with_something_in_it_is_left_alone(report, tmp_path):
    """It may be a record."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(UsageError, match="is a folder with something in it"):
        to(tmp_path / "full", "csv", report)


def test_an_empty_folder_is_filled(report, tmp_path):
    """Somebody made it beforehand."""
    (tmp_path / "empty").mkdir()
    to(tmp_path / "empty", "csv", report)
    assert (tmp_path / "empty" / "stances.csv").is_file()


@pytest.mark.parametrize("format", ["dna", "jsonl"])
def test_a_full_disk_names_the_file(report, tmp_path, format):
    """Nothing is left where it was to be, nor beside it."""
    path = tmp_path / "out"
    resource = pytest.importorskip("resource", reason="No limits on files on this system.")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, limits[1]))
    try:
        with pytest.raises(OSError, match=re.escape(str(path))):
            to(path, format, report)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


def in_record(tmp_path, *analyses):
    """A record of these analyses."""
    record = Record(tmp_path / "record", create=True)
    record.add(analyses)
    return record


def told(tmp_path, record, chosen, table):
    """What csv writes of a table for some analyses of a record."""
    to(tmp_path / f"{table}.csv", "csv", *chosen, table=table, record=record)
    return list(csv.DictReader(io.StringIO((tmp_path / f"{table}.csv").read_text())))


def test_stories_are_those_of_the_whole_record(tmp_path):
    """A document alone is written with the story that two reported, its reports and its copies; others are left out."""
    one = act("ACCUSE", actors=(NORWAY,), recipients=(CHAD,))
    copy = replace(one, document=Document(one.document.text, publisher="Fjord Wire", published="2031-05-03"))
    other = act("AID", actors=(NORWAY,), recipients=(CHAD,), published="2032-01-01")
    record = in_record(tmp_path, one, copy, other)
    (story,) = told(tmp_path, record, [copy], "stories")
    assert (story["type"], story["documents"]) == ("ACCUSE", "2")
    (account,) = told(tmp_path, record, [copy], "story_accounts")
    assert (account["story"], account["document_id"]) == (story["story"], copy.document.id)
    (report,) = told(tmp_path, record, [copy], "story_reports")
    assert report["story"] == story["story"]
    (row,) = told(tmp_path, record, [copy], "copies")
    assert (row["document_id"], row["original"]) == (copy.document.id, one.document.id)


def test_reviews_of_what_is_written_are_written(tmp_path):
    """And not those of other documents."""
    one = act("ACCUSE", actors=(NORWAY,), recipients=(CHAD,))
    other = act("AID", actors=(NORWAY,), recipients=(CHAD,), published="2032-01-01")
    record = in_record(tmp_path, one, other)
    for analysis in (one, other):
        seen = record.reviewed(analysis.document.id)
        event = analysis.events[0].id
        record.reviews.add([judge(seen, "events", event, "accept", reviewer="ada", at="2033-01-01T00:00:00Z")])
    (row,) = told(tmp_path, record, [one], "reviews")
    assert (row["document_id"], row["verdict"]) == (one.document.id, "accept")
