"""Who brings a draft that the record shows without sponsors."""

from __future__ import annotations

import pytest

from dragoman.council import Names
from dragoman.council.labels import GOLAN, MISFILED, TOPICS
from dragoman.council.penholders import BROUGHT, PEN, brought

OWN_LABELS = {
    *("Burundi", "Central African Republic", "Colombia", "Cote d'Ivoire", "Cyprus", "Democratic Republic of the Congo"),
    *("Haiti", "Liberia", "Libya", "Mali", "Non-proliferation", "Sierra Leone", "Somalia", "Western Sahara"),
}


def test_a_draft_without_sponsors_is_brought_by_who_holds_the_pen(rolls) -> None:
    """Cyprus is Britain's matter."""
    (roll,) = rolls(("2012-07-19", "Cyprus", "", {}))
    assert (roll.draft.sponsors, roll.draft.lead) == (frozenset(("GBR",)), "west")


def test_sponsors_that_the_record_names_stay(rolls) -> None:
    """Nothing is put over what is there."""
    (roll,) = rolls(("2012-07-19", "Cyprus", "Togo", {}))
    assert roll.draft.sponsors == frozenset(("TGO",))


def test_a_matter_that_nobody_holds_stays_unknown(rolls) -> None:
    """The war in Syria is everybody's."""
    (roll,) = rolls(("2012-07-19", "Middle East (Syria)", "", {}))
    assert (roll.draft.sponsors, roll.draft.lead) == (frozenset(), "unknown")


def test_a_draft_named_by_its_symbol_is_not_the_pens() -> None:
    """Piracy off Somalia is America's, Somalia is Britain's."""
    assert brought("S/2018/990", "Somalia", "2018-11-06") == "United States"
    assert brought("S/2018/1010", "Somalia", "2018-11-14") == "United Kingdom"


def test_pens_of_another_time_are_not_guessed() -> None:
    """Before 2011 a draft without sponsors has none."""
    assert brought("S/2003/1", "Mali", "2003-01-09") == ""


@pytest.mark.parametrize("cell", sorted({*PEN.values(), *BROUGHT.values()}))
def test_every_sponsor_is_a_state(names: Names, cell: str) -> None:
    """As many as are named."""
    assert len(names.sponsors(cell, "2018-01-01")) == len(cell.split(","))


def test_every_pen_is_of_a_topic_as_the_labels_name_it() -> None:
    """A pen under another name would never be asked for."""
    known = {topic.name for topic, _ in TOPICS} | {topic.name for topic in MISFILED.values()} | {GOLAN.name}
    assert set(PEN) <= known | OWN_LABELS
