"""Laws over hostile text: nothing breaks a format, and what a format can carry comes back."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import xml.etree.ElementTree as ET
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.analysis import Analysis
from dragoman.ingest.exchange import Coded, read_exchange
from dragoman.views.exports import Losses, Scope, Settings, export, select
from dragoman.views.exports.sentences import sentence_at, sentences

from ..strategies import analyses, texts
from .conftest import rows, written

WIDTHS = {"polecat": {40}, "icews": {20}, "gdelt": {61}, "gdelt-mentions": {16}, "cameo": {26}, "petrarch": {10, 11}}
law = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
slow_law = settings(law, max_examples=10)
"""For databases, whose password alone takes a tenth of a second."""


@pytest.mark.parametrize("format", WIDTHS)
@law
@given(analysis=analyses())
def test_every_line_of_a_table_has_its_number_of_cells(format, analysis):
    """Whatever stands in names and texts."""
    assert {len(row) for row in rows(format, analysis)} <= WIDTHS[format]


@pytest.mark.parametrize("format", ["graphml", "petrarch-xml"])
@law
@given(analysis=analyses())
def test_xml_is_well_formed(format, analysis):
    """Also around control characters."""
    ET.fromstring(written(format, analysis).encode())


@law
@given(analysis=analyses())
def test_json_is_json(analysis):
    """One object a line for PLOVER, one for all annotations."""
    records = written("plover", analysis).split("\n")
    assert all(isinstance(json.loads(line), dict) for line in records if line)
    assert json.loads(written("w3c", analysis))["total"] == len(
        analysis.statements + analysis.events + analysis.stances
    )


def back(content: str | None, name: str, *exported: Analysis) -> list:
    """Write content, or analyses as a DNA database, to a file and import it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        if content is None:
            export(exported, "dna", path, Losses(), Settings())
        else:
            path.write_bytes(content.encode())
        return list(read_exchange([path]))


@law
@given(analysis=analyses())
def test_dragomans_lines_come_back_as_they_were(analysis):
    """Write then read is identity."""
    assert back(written("jsonl", analysis), "x.jsonl") == [analysis]


@law
@given(analysis=analyses())
def test_plover_records_that_come_back_quote_their_document(analysis):
    """As many events as were written, each with the type it had."""
    content = written("plover", analysis)
    found = [i for i in back(content, "x.jsonl") if isinstance(i, Analysis)] if content else []
    for one in found:
        for span in one.spans():
            assert one.document.text[span.start : span.end] == span.text
    dated = [e for e in analysis.events if e.date or analysis.document.published]
    assert sorted(e.type for a in found for e in a.events) == sorted(e.type for e in dated)


@slow_law
@given(analysis=analyses())
def test_dna_databases_come_back_quoting_their_document(analysis):
    """Rows with words that nobody touched are as they were, in a text whose lines end in LF."""
    items = back(None, "x.dna", analysis)
    pages = [i.analysis for i in items if isinstance(i, Coded)]
    assert len(pages) == bool(analysis.document.text.strip())
    if pages and "\r" not in analysis.document.text and "\x00" not in analysis.document.text:
        stances = [s for s in analysis.stances if s.evidence.text]
        assert [(s.id, s.evidence) for s in pages[0].stances] == [(s.id, s.evidence) for s in stances]


@slow_law
@given(analysis=analyses())
def test_a_database_of_hostile_text_is_sound(analysis):
    """Every check of the schema holds, and every passage has a length."""
    with tempfile.TemporaryDirectory() as folder:
        export([analysis], "dna", Path(folder) / "x.dna", Losses(), Settings())
        with closing(sqlite3.connect(Path(folder) / "x.dna")) as db:
            assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []


@law
@given(text=texts, share=st.floats(0, 1))
def test_every_place_of_a_text_lies_in_a_sentence(text, share):
    """Which quotes the text, and whose number is at most that of the sentences."""
    offset = round(share * len(text))
    number, span = sentence_at(text, offset)
    assert text[span.start : span.end] == span.text
    assert number >= 1
    assert all(text[s.start : s.end] == s.text for s in sentences(text))


@law
@given(
    analysis=analyses(),
    actors=st.lists(st.sampled_from(("RUS", "USA")), max_size=2).map(tuple),
    types=st.lists(st.sampled_from(("AGREE", "sanctions")), max_size=2).map(tuple),
    floor=st.floats(0, 1),
)
def test_what_a_selection_keeps_stands_by_itself(analysis, actors, types, floor):
    """Rows are rows of the analysis, and every statement that one points at is there."""
    for kept in select([analysis], Scope(actors=actors, types=types, min_score=floor)):
        ids = {s.id for s in kept.statements} | {None}
        assert {e.claimed_in for e in kept.events} | {s.statement for s in kept.stances} <= ids
        assert set(kept.events) <= set(analysis.events)
        assert all(row.score >= floor for row in kept.events + kept.stances)
