"""The format of a file shows in its first bytes, or is named, or the file is named."""

from __future__ import annotations

import gzip
import sqlite3

import pytest

from dragoman.analysis import Analysis
from dragoman.errors import UsageError
from dragoman.ingest import Unread
from dragoman.ingest.exchange import known, read_exchange

from .conftest import NORWAY, SWEDEN, act, lines, written


def readers(items):
    """Who is said to have read the analyses of an import."""
    return {i.reader for i in items if isinstance(i, Analysis)}


@pytest.mark.parametrize("format", ["plover", "polecat", "icews", "gdelt"])
def test_tables_and_records_are_recognised(imported, format):
    """By what stands in them: the file has no extension."""
    analysis = act("CONSULT", actors=(NORWAY,), recipients=(SWEDEN,), cameo="042")
    assert readers(imported(written(format, analysis))) == {f"import-{format}"}


def test_dragomans_own_lines_are_recognised(imported):
    """Their readings keep their reader."""
    assert readers(imported(written("jsonl", act("AID", actors=(NORWAY,))))) == {"by-hand"}


def test_gzip_is_seen_through(imported):
    """As everywhere."""
    content = gzip.compress(written("plover", act("AID", actors=(NORWAY,))).encode())
    assert readers(imported(content)) == {"import-plover"}


def test_a_named_format_overrules_what_the_file_looks_like(imported):
    """A record of PLOVER without the key 'event' says so itself."""
    (unread,) = imported(lines({"id": "x", "text": "y"}), form="plover")
    assert "It has no 'event'" in str(unread)


@pytest.mark.parametrize("content", ["Plain news.", '{"headline": "x"}', "<html></html>", "a\tb\tc\n1\t2\t3\n"])
def test_what_is_no_format_is_named_with_what_to_do(imported, content):
    """News is for `dragoman read`."""
    (unread,) = imported(content)
    assert isinstance(unread, Unread)
    assert "name it with --from, or read it with `dragoman read`" in unread.reason


def test_a_missing_file_is_named(tmp_path):
    """And nothing raises."""
    (unread,) = read_exchange([tmp_path / "nowhere"])
    assert "no such file" in unread.reason


def test_an_empty_file_is_named(imported):
    """There is nothing to recognise."""
    (unread,) = imported("")
    assert "empty" in unread.reason


def test_a_database_of_something_else_is_named(imported, tmp_path):
    """SQLite is not DNA."""
    with sqlite3.connect(tmp_path / "x.db") as connection:
        connection.execute("CREATE TABLE t (a)")
    (unread,) = read_exchange([tmp_path / "x.db"])
    assert "no database of DNA 3: there is no table CODERS" in unread.reason


def test_a_damaged_database_is_named(imported):
    """The head is right and the rest is not."""
    (unread,) = imported(b"SQLite format 3\x00" + b"x" * 5000)
    assert "The database cannot be read" in unread.reason


def test_an_unknown_format_is_a_usage_error():
    """It is said at once, with those that are known."""
    with pytest.raises(UsageError, match="known are dna, gdelt, icews, jsonl, petrarch, plover, polecat"):
        read_exchange(["x"], form="cameo")


def test_every_format_is_registered_as_a_plug_in_would_be():
    """Each loads."""
    assert all(callable(point.load()) for point in known().values())


@pytest.mark.parametrize("line", ['{"schema": "dragoman/9"}', '{"schema": "dragoman/1"}', "{", "[]"])
def test_lines_that_break_the_contract_are_named(imported, line):
    """And the others are read."""
    good = written("jsonl", act("AID", actors=(NORWAY,)))
    items = imported(good + line + "\n", form="jsonl")
    assert [type(i).__name__ for i in items] == ["Analysis", "Unread"]
    assert items[1].name.endswith(":2")


def test_a_line_whose_spans_do_not_quote_its_document_is_refused(imported):
    """Law 1 holds for what comes in too."""
    line = written("jsonl", act("AID", actors=(NORWAY,))).replace('"text": "acts"', '"text": "axes"')
    (unread,) = imported(line)
    assert "'axes' does not stand at [7, 11) of its document" in unread.reason
