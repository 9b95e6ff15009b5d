"""Where a report was sent from, in front of what it says."""

from __future__ import annotations

import pytest

from dragoman.reading.datelines import dateline_end, dateline_place

DATELINES = [
    ("VALDOR, Ostland -- The minister left.", "VALDOR", "The minister left."),
    ("VALDOR, Ostland (Harbour Wire) -- The minister left.", "VALDOR", "The minister left."),
    ("Valdor (Harbour Wire) - The minister left.", "Valdor", "The minister left."),
    ("Valdor, March 15, OPA - The minister left.", "Valdor", "The minister left."),
]


@pytest.mark.parametrize(("text", "place", "rest"), DATELINES)
def test_a_dateline_ends_with_its_dash(text, place, rest):
    """Capitals, an agency in brackets, or the day and an agency."""
    span = dateline_place(text)
    assert span is not None
    assert text[slice(*span)] == place
    assert text[dateline_end(text) :].strip() == rest


@pytest.mark.parametrize(
    "text", ["", "The minister left - and came back.", "Valdor, the capital - and a port - is old."]
)
def test_other_beginnings_are_no_datelines(text):
    """A dash alone makes none."""
    assert dateline_place(text) is None
    assert dateline_end(text) == 0
