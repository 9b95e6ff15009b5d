"""The data types: what they hold, how they print, how they come back from JSON."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given

from dragoman.analysis import Actor, Analysis, Party, Statement
from dragoman.document import Document, Span

from .strategies import analyses


def test_the_code_of_an_actor_is_country_and_sectors_joined():
    """As PLOVER and CAMEO users expect it."""
    assert Actor(id="x", name="X", kind="person", country="KEN", sectors=("GOV", "MIL")).code == "KENGOVMIL"
    assert Actor(id="y", name="Y", kind="unnamed", sectors=("UAF",)).code == "UAF"


def test_an_analysis_cannot_be_changed():
    """Frozen, all the way down."""
    analysis = Analysis(reader="r", document=Document("x"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        analysis.reader = "other"


def test_an_analysis_prints_as_one_line():
    """Title, where it is from, and what was found."""
    page = Document("Talks failed.", title="Talks fail", publisher="Invented Wire", published="2015-06")
    line = "Talks fail [Invented Wire, 2015-06]: 0 actors, 0 statements, 0 events, 0 stances"
    assert str(Analysis(reader="r", document=page)) == line


def test_actors_and_statements_are_found_by_id():
    """None stays None, an id that is not there is an error."""
    actor = Actor(id="KEN", name="Kenya", kind="state", country="KEN")
    statement = Statement(
        id="s0-1", source=Party(0, 1, "K", "KEN"), cue=None, content=(Span(0, 1, "K"),), form="direct"
    )
    analysis = Analysis(reader="r", document=Document("K"), actors=(actor,), statements=(statement,))
    assert analysis.actor("KEN") is actor
    assert analysis.statement("s0-1") is statement
    assert analysis.actor(None) is None
    with pytest.raises(KeyError):
        analysis.actor("MLI")


def test_a_notebook_shows_the_marked_up_page():
    """The view is found by its entry point."""
    html = Analysis(reader="r", document=Document("Talks <b>failed</b>."))._repr_html_()
    assert "Talks &lt;b&gt;failed&lt;/b&gt;." in html


@given(analyses())
def test_json_and_back_is_identity(analysis: Analysis):
    """Law 3 over made-up analyses of hostile text."""
    assert Analysis.from_dict(analysis.to_dict()) == analysis
