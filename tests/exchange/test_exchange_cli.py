"""`dragoman export` and `dragoman import`: what goes where, with which status, and what is said about losses."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from click.testing import CliRunner

from dragoman.analysis import Analysis
from dragoman.cli import main
from dragoman.document import Document
from dragoman.record import Record
from dragoman.views.exports import Losses, Settings, export

from .conftest import CHAD, NORWAY, act, written


class StandIn:
    """Reads like `dragoman.reading.Reader` and finds nothing."""

    fingerprint = "stand-in"

    def read_all(self, documents, *, workers=None):
        return (Analysis(reader=self.fingerprint, document=d) for d in documents)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command in an empty folder; gives exit status, standard output and standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("dragoman.reading.Reader", StandIn)

    def call(*arguments):
        result = CliRunner().invoke(main, [str(a) for a in arguments])
        return result.exit_code, result.stdout, result.stderr

    return call


@pytest.fixture
def record(run, report):
    """A record in the folder `rec`, with the invented report."""
    kept = Record("rec", create=True)
    kept.add([report])
    return kept


def test_rows_go_to_standard_output_and_losses_to_standard_error(run, record):
    """So a pipe gets nothing but rows."""
    status, out, err = run("export", "rec", "--to", "plover")
    assert status == 0
    assert json.loads(out.splitlines()[0])["event"] == ["REJECT"]
    assert "dragoman: 5 rows written as plover." in err
    assert "dragoman: Not carried: stances, which PLOVER has no record for: 3." in err


@pytest.mark.parametrize("format", ["dna", "parquet"])
def test_what_is_no_text_needs_a_file(run, record, format):
    """The call is wrong, and says how it is right."""
    status, out, err = run("export", "rec", "--to", format)
    assert (status, out) == (2, "")
    assert "name a file with -o" in err


def test_a_file_is_written_where_the_user_names_it(run, record, tmp_path):
    """Nothing is on standard output then."""
    status, out, _ = run("export", "rec", "--to", "dna", "-o", "net.dna")
    assert (status, out) == (0, "")
    with closing(sqlite3.connect(tmp_path / "net.dna")) as db:
        assert db.execute("SELECT count(*) FROM DOCUMENTS").fetchone() == (1,)


def test_filters_choose_rows(run, record):
    """Date, actor, type, score and claims."""
    asked = {
        ("--type", "ASSAULT"): 2,
        ("--since", "2024-03-11", "--until", "2024-03-11"): 1,
        ("--actor", "OSCE"): 1,
        ("--min-score", "0.8"): 2,
        ("--claims", "reported"): 1,
        ("--type", "ASSAULT", "--type", "CONSULT"): 3,
    }
    for options, rows in asked.items():
        assert len(run("export", "rec", "--to", "plover", *options)[1].splitlines()) == rows, options


def test_an_unknown_type_format_or_table_is_a_wrong_call(run, record):
    """Each with what there is."""
    assert run("export", "rec", "--to", "excel")[0] == 2
    assert "known are cameo" in run("export", "rec", "--to", "excel")[2]
    assert run("export", "rec", "--to", "csv", "--type", "WAR")[0] == 2
    assert "There is no table 'facts'" in run("export", "rec", "--to", "csv", "--table", "facts")[2]


def test_no_text_leaves_sentences_out(run, record):
    """Where rights forbid them."""
    assert "shelled the harbour on Sunday" not in run("export", "rec", "--to", "cameo", "--no-text")[1]
    assert "shelled the harbour on Sunday" in run("export", "rec", "--to", "cameo")[1]


def test_a_table_is_chosen_by_name(run, record):
    """Statements instead of events."""
    _, out, _ = run("export", "rec", "--to", "csv", "--table", "statements")
    assert {row["id"] for row in csv.DictReader(io.StringIO(out))} == {f"s{n}" for n in range(1, 9)}


def test_duplicates_count_once(run):
    """One accusation in two documents of one day, twice in one of them."""
    kept = Record("rec", create=True)
    one = act("ACCUSE", actors=(NORWAY,), recipients=(CHAD,))
    twice = replace(one.events[0], id="e2", score=0.5)
    other = Document(one.document.text, publisher="Fjord Wire", published="2031-05-02")
    kept.add([replace(one, events=(*one.events, twice)), replace(one, document=other)])
    counts = {
        d: len(run("export", "rec", "--to", "plover", "--duplicates", d)[1].splitlines())
        for d in ("none", "document", "day", "story")
    }
    assert counts == {"none": 3, "document": 2, "day": 1, "story": 1}


def test_the_rows_of_reviewers_are_exported(run, tmp_path):
    """Unless the machine's are asked for."""
    path = tmp_path / "in.dna"
    export([act("AID", actors=(NORWAY,))], "dna", path, Losses(), Settings())
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("INSERT INTO STATEMENTS VALUES (99, 1, 1, 0, 6, 1)")
        db.execute("INSERT INTO ENTITIES (ID, VariableId, Value) VALUES (99, 1, 'Norway')")
        db.execute("INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES (99, 1, 99)")
    assert run("import", path, "-o", "rec")[0] == 0
    reviewed = json.loads(run("export", "rec", "--to", "jsonl")[1])
    machine = json.loads(run("export", "rec", "--to", "jsonl", "--machine")[1])
    assert [s["content"][0]["text"] for s in reviewed["statements"]] == ["Norway"]
    assert machine["statements"] == []
    assert len(reviewed["events"]) == len(machine["events"]) == 1


def test_an_import_says_what_came_in(run, report, tmp_path):
    """And what did not, with status 1."""
    (tmp_path / "in.jsonl").write_text(written("jsonl", report) + "{}\n", encoding="utf-8")
    status, _, err = run("import", "in.jsonl", "-o", "rec", "--from", "jsonl")
    assert status == 1
    assert "in.jsonl:2: It is no line of dragoman's contract" in err
    assert "1 documents, 8 statements, 5 events, 3 stances imported." in err
    assert list(Record("rec").analyses()) == [report]


def test_losses_of_an_import_are_said_and_are_no_failure(run, tmp_path):
    """A mode that PLOVER does not know."""
    record = {
        "id": "x",
        "event": ["AID"],
        "mode": ["lavish"],
        "actor": [],
        "text": "Norway aids.",
        "date": "2031-05-02",
    }
    (tmp_path / "in.json").write_text(json.dumps([record]))
    status, _, err = run("import", "in.json", "-o", "rec")
    assert status == 0
    assert "left out: 1" in err


def test_texts_without_readings_are_read(run, report, tmp_path):
    """PETRARCH's XML has nothing but texts."""
    (tmp_path / "in.xml").write_text(written("petrarch-xml", report), encoding="utf-8")
    assert run("import", "in.xml", "-o", "rec")[0] == 0
    assert Record("rec").read_by("stand-in") == set(Record("rec").documents)
    assert len(Record("rec").documents) == 1


def test_an_unknown_format_is_a_wrong_call(run, tmp_path):
    """Before anything is read; no record is made of nothing."""
    assert run("import", "x", "-o", "rec", "--from", "excel")[0] == 2


def test_everything_goes_round(run, record, report):
    """Export as dragoman's lines, import into another record: the same analyses."""
    run("export", "rec", "--to", "jsonl", "-o", "all.jsonl")
    assert run("import", "all.jsonl", "-o", "other")[0] == 0
    assert list(Record("other").analyses()) == [report]


def test_a_missing_record_is_a_sentence(run):
    """And status 1."""
    status, _, err = run("export", "nowhere", "--to", "plover")
    assert status == 1
    assert "is no record" in err
