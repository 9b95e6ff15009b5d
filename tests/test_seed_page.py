"""The page the project was started from, read the way a desk officer would read it."""

from __future__ import annotations

import pytest

from dragoman import Analysis, Reader
from dragoman.document import Document


@pytest.fixture(scope="module")
def page(reader: Reader, seed_page: str) -> Analysis:
    """The reading of the page."""
    return reader.read(Document(seed_page, publisher="SANA", published="2012-01-18"))


def paragraphs(analysis: Analysis) -> list[tuple[int, int]]:
    """Offsets of the lines of the text."""
    out, at = [], 0
    for line in analysis.document.text.splitlines(keepends=True):
        if line.strip():
            out.append((at, at + len(line.rstrip())))
        at += len(line)
    return out


def stances(analysis: Analysis, measure: str, stance: str) -> list[tuple[str | None, str]]:
    """Country and force of each stance on a measure."""
    found = [s for s in analysis.stances if s.measure.type == measure and s.stance == stance]
    return [(a.country if (a := analysis.actor(s.holder.actor)) else None, s.force) for s in found]


def test_the_minister_is_one_person_to_the_last_paragraph(page: Analysis):
    """Name, surname, pronoun and title are all the one introduced in the second paragraph."""
    ministers = [a for a in page.actors if a.kind == "person" and a.country == "RUS"]
    assert [(a.name, a.sectors) for a in ministers] == [("Sergei Lavrov", ("GOV",))]
    (minister,) = ministers
    words = {m.text for m in page.mentions if m.actor == minister.id}
    assert {"Russian Foreign Minister Sergei Lavrov", "Lavrov", "He", "The Russian Minister"} <= words


def test_every_paragraph_has_its_statement_with_the_right_source(page: Analysis):
    """Seventeen paragraphs; the first is Russia's, the others the minister's."""
    spoken = [(s.source.actor, s.content[0].start) for s in page.statements if s.source is not None]
    lines = paragraphs(page)
    assert len(lines) == 17
    speakers = [{actor for actor, at in spoken if a <= at < b} for a, b in lines]
    assert "RUS" in speakers[0]
    assert all("sergei-lavrov" in found for found in speakers[1:])


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("“For us the red line", "troops in Syria,”"),
        ("“There is an undeniable", "usurp power,”"),
        ("“I heard calls", "Security Council,”"),
    ],
)
def test_the_three_long_quotations_are_exact(page: Analysis, first: str, last: str):
    """From the opening to the closing mark, over several sentences, and the minister's."""
    direct = [s for s in page.statements if s.form == "direct" and s.content[0].text.startswith(first)]
    assert [s.content[0].text.endswith(last) for s in direct] == [True]
    assert direct[0].source is not None
    assert direct[0].source.actor == "sergei-lavrov"


def test_the_american_representative_is_a_source_for_the_united_states(page: Analysis):
    """The other official of the page, whose criticism is answered."""
    rice = [s for s in page.statements if s.source is not None and "Rice" in s.source.text]
    assert rice
    actor = page.actor(rice[0].source.actor if rice[0].source else None)
    assert actor is not None
    assert actor.country == "USA"


def test_no_span_is_off_by_a_character(page: Analysis):
    """Curly quotes and a sentence that repeats a piece of itself shift nothing."""
    assert all(s.text == page.document.text[s.start : s.end] for s in page.spans())


@pytest.mark.parametrize(
    ("measure", "stance", "country", "force"),
    [
        ("sanctions", "opposes", "RUS", "red_line"),
        ("troop_deployment", "opposes", "RUS", "red_line"),
        ("interference", "opposes", "RUS", "veto_threat"),
        ("use_of_force", "opposes", "RUS", "veto_threat"),
        ("dialogue", "supports", "RUS", "demand"),
        ("resolution", "supports", "CHN", "plain"),
        ("resolution", "supports", "RUS", "plain"),
        ("arms_transfer", "opposes", "RUS", "plain"),
        ("arms_transfer", "supports", "RUS", "plain"),
        ("arms_transfer", "opposes", "USA", "plain"),
        ("humanitarian_access", "opposes", "RUS", "plain"),
        ("mediation", "supports", "RUS", "offer"),
    ],
)
def test_the_stances_a_desk_officer_would_list(page: Analysis, measure: str, stance: str, country: str, force: str):
    """Who stands where on what, and how firmly."""
    assert (country, force) in stances(page, measure, stance)
