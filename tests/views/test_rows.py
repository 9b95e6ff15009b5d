"""The three tables in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.analysis import Analysis, Count, Event
from dragoman.document import Document, Span
from dragoman.views import rows


def test_a_speaker_has_name_and_code(report):
    """The pronoun is resolved: who said it stands there by name, with country and sector."""
    assert rows.said(report)[1].speaker == "Marta Ilvesk (NORGOV)"


def test_an_interrupted_quotation_is_one_row(report):
    """The pieces of a quotation stand in one row, the gap shown by an ellipsis."""
    assert rows.said(report)[1].words.endswith("occupation,” … “Talks are the only road.”")


def test_a_statement_without_source_is_unnamed(report):
    """ "It is believed" has nobody behind it, and the row says so."""
    assert rows.said(report)[-1].speaker == "(unnamed)"


def test_a_nested_statement_names_the_one_around_it(report):
    """What the mayor said, told by the spokesman, points at the spokesman's row."""
    nested = rows.said(report)[6]
    assert (nested.speaker, nested.within) == ("mayor (GOV)", "6")


def test_an_undecided_actor_shows_the_words(report):
    """Where nobody could be decided, the words stand in quotation marks and no name is guessed."""
    assert rows.did(report)[-1].recipients == "“Tamsk” (undecided)"


def test_a_claim_names_its_speaker_and_a_fact_does_not(report):
    """The shelling is what the minister says; the arrival is what the publisher reports."""
    by_words = {row.words: row for row in rows.did(report)}
    assert (by_words["shelled"].claim, by_words["shelled"].claimed_by) == ("3", "Marta Ilvesk (NORGOV)")
    assert (by_words["arrived"].claim, by_words["arrived"].claimed_by) == ("", "")


@pytest.mark.parametrize(("words", "hedge"), [("fired on", "negated"), ("would host", "hypothetical"), ("arrived", "")])
def test_a_hedge_stands_with_the_event(report, words, hedge):
    """Negation and modality are said, the plain case is silent."""
    assert next(row for row in rows.did(report) if row.words == words).hedge == hedge


def test_a_stance_has_force_direction_and_condition(report):
    """The offer to host talks: for mediation, toward the Front, if both sides halt their fire."""
    offer = rows.stood(report)[-1]
    assert (offer.direction, offer.measure, offer.force) == ("supports", "mediation", "offer")
    assert (offer.toward, offer.condition) == ("Tamsk Front (REB)", "if both sides halted their fire")
    assert offer.statement == "3"


def test_a_plain_stance_names_no_force(report):
    """`red_line` is said in words, `plain` not at all."""
    plain = replace(report, stances=tuple(replace(s, force="plain") for s in report.stances[1:]) + report.stances[:1])
    assert [row.force for row in rows.stood(plain)] == ["red line", "", ""]


def test_clip_cuts_at_a_word():
    """A long quotation ends with a whole word and an ellipsis, no longer than asked."""
    assert rows.clip("the delegates said that talks go on", 22) == "the delegates said…"
    assert rows.clip("talks\n  go on", 20) == "talks go on"
    assert rows.clip("x" * 50, 10) == "x" * 9 + "…"


def test_a_document_without_title_is_named_by_its_first_line():
    """Without title and text the id is the name."""
    assert rows.title(Document("\nTalks go on.\nMore.", title="Envoys\n meet")) == "Envoys meet"
    assert rows.title(Document("\nTalks go on.\nMore.", title=" ")) == "Talks go on."
    empty = Document("  ")
    assert rows.title(empty) == f"document {empty.id}"


def test_an_empty_analysis_has_no_rows():
    """Looked and found nothing is an empty tuple."""
    nothing = Analysis(reader="r", document=Document("Rain is expected."))
    assert rows.said(nothing) == rows.did(nothing) == rows.stood(nothing) == ()


@pytest.mark.parametrize(
    ("least", "most", "figure"),
    [(12, 12, "12"), (12, None, "at least 12"), (None, 12, "up to 12"), (None, None, "about 12"), (12, 15, "12 to 15")],
)
def test_a_toll_is_said_with_its_bounds(least, most, figure):
    """How many died, with what the words allow; the arrested after them."""
    text = "Twelve people died and 1200 were held in Tamsk."
    event = Event(
        id="e",
        type="ASSAULT",
        anchor=Span(14, 18, "died"),
        actors=(),
        dead=Count(0, 13, "Twelve people", value=12, least=least, most=most),
        arrested=Count(23, 27, "1200", value=1200, least=1200, most=1200),
    )
    (row,) = rows.did(Analysis(reader="r", document=Document(text), events=(event,)))
    assert row.toll == f"{figure} dead, 1,200 arrested"


def test_a_place_says_its_country(report):
    """A city is told with its country; words that could not be decided stand alone."""
    assert [row.where for row in rows.did(report) if row.where] == ["the harbour", "Tamsk (NOR)"]
