"""A record in figures."""

from __future__ import annotations

import io
from dataclasses import replace

from dragoman.record import Summary
from dragoman.views.overview import overview
from dragoman.views.table import console, put

SUMMARY = Summary(
    documents=3,
    unread=0,
    partly_read=1,
    actors=5,
    mentions=40,
    statements=12,
    events=7,
    stances=2,
    first="2024-03",
    last="2024-04-02",
    publishers=(("Fjord Wire", 2), (None, 1)),
    types=(("ASSAULT", 7),),
    measures=(("sanctions", 2),),
    readers=(("reader-one", 3),),
    damaged=(),
)


def shown(summary: Summary) -> str:
    out = io.StringIO()
    put(console(out), *overview(summary))
    return out.getvalue()


def test_the_overview_has_a_sentence_and_lists():
    """Figures first, then publishers, events, measures and readers with their counts."""
    lines = [line.split() for line in shown(SUMMARY).splitlines()]
    assert lines[0][:2] == ["3", "documents"]
    for row in (["Fjord", "Wire", "2"], ["ASSAULT", "7"], ["sanctions", "2"], ["reader-one", "3"]):
        assert row in lines


def test_a_publisher_that_is_not_known_is_called_so():
    """Documents without publisher are counted under a word, not under an empty cell."""
    assert ["unknown", "1"] in [line.split() for line in shown(SUMMARY).splitlines()]


def test_an_empty_list_is_left_out():
    """A record without stances shows no heading for measures."""
    assert "measure" not in shown(replace(SUMMARY, measures=()))
