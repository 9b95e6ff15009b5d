"""The page in a terminal, with colours and without."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from rich.console import Console

from dragoman.analysis import Analysis, Skipped
from dragoman.document import Document
from dragoman.views.marks import paragraphs, visible
from dragoman.views.table import STYLES, put
from dragoman.views.terminal import legend, marked, page, write_pages

from ..strategies import analyses


@pytest.fixture(scope="module")
def signed(report) -> str:
    """The marked-up text without colour."""
    return "\n".join(line.plain for line in marked(report, signs=True))


@pytest.mark.parametrize(
    "shown",
    [
        "{Foreign Minister Marta Ilvesk}¹ <told reporters>¹",
        "[“Talks are the only road.”]²",
        "the Tamsk Front had ~shelled~ᵉ²",
        "Observers from the OSCE *arrived*ᵉ⁵",
        "_a new round of talks_ᵐ³⁺ (if both sides halted their fire)ᵐ³",
        "_any deployment of foreign troops_ᵐ¹⁻",
        "<It is believed>⁸ [that sanctions may follow]⁸",
    ],
)
def test_without_colour_every_part_has_a_sign(signed, shown):
    """Sources, cues, contents, facts, claims, measures and conditions can be told apart in a plain file."""
    assert shown in signed


def test_a_nested_statement_shows_inside_the_outer_one(signed):
    """Brackets nest as the statements do, each closed by its own number."""
    assert "[{the mayor}⁷ had <told>⁷ relief workers [that the convoys may pass]⁷]⁶" in signed


def test_with_colour_only_contents_have_signs(report):
    """In colour, sources and events are told by style, so the page stays readable."""
    text = "\n".join(line.plain for line in marked(report, signs=False))
    assert "Foreign Minister Marta Ilvesk¹ told reporters¹" in text
    assert "[“Talks are the only road.”]²" in text


def test_labels_that_end_together_are_kept_apart(report):
    """One source of statements 4 and 5 reads ⁴·⁵, not ⁵⁴."""
    assert "A spokesman for the Front⁴·⁵" in "\n".join(line.plain for line in marked(report, signs=False))


def test_a_claim_looks_different_from_a_fact(report):
    """The two have different styles, and the styles differ in more than colour."""
    lines = list(marked(report, signs=False))
    styles = {line.plain[s.start : s.end]: s.style for line in lines for s in line.spans}
    assert styles["shelled"] == STYLES["claim"]
    assert styles["arrived"] == STYLES["fact"]
    assert {"bold"} == set(STYLES["fact"].split()) - set(STYLES["claim"].split())


def test_the_legend_explains_every_look():
    """Each style of a mark stands in the legend."""
    shown = {span.style for span in legend(signs=False).spans}
    assert shown == set(STYLES.values()) - {STYLES["skipped"]}


def test_what_was_not_read_is_said_instead_of_shown():
    """A megabyte of encoded data takes one line with its reason."""
    text = "Talks go on. " + "A" * 1_000_000
    skipped = Skipped(13, len(text), "not prose")
    (line,) = marked(Analysis(reader="r", document=Document(text), skipped=(skipped,)), signs=True)
    assert line.plain == "Talks go on. ⟨1,000,000 characters not read: not prose⟩"


def test_no_escape_sequence_reaches_the_terminal(hostile, written):
    """A text that holds terminal commands is shown with their pictures."""
    shown = written(write_pages, hostile)
    assert "\x1b" not in shown
    assert "␛" in shown


def test_markup_of_the_console_is_not_obeyed(written):
    """Square brackets in a text are text."""
    shown = written(write_pages, Analysis(reader="r", document=Document("[bold]Talks[/bold] go on :smile:.")))
    assert "[bold]Talks[/bold] go on :smile:." in shown


def test_the_page_wraps_to_the_screen(report):
    """On a narrow screen no line is wider than the screen."""
    out = io.StringIO()
    put(Console(file=out, width=60, markup=False, highlight=False), *page(report, signs=True))
    assert max(len(line) for line in out.getvalue().splitlines()) <= 60
    assert "Who stands where" in out.getvalue()


def test_pages_are_set_apart(report, written):
    """Two documents have a rule between them, one has none."""
    assert written(write_pages, report, report).count("─" * 140) > written(write_pages, report).count("─" * 140) * 2


@settings(deadline=None)
@given(analyses())
def test_the_text_is_all_there(analysis):
    """Signs and labels taken away, the page says what the document says."""
    text = analysis.document.text
    unread = Analysis(reader="r", document=analysis.document)
    wanted = [re.sub(r"\r\n?", "\n", visible(p.text)) for p in paragraphs(text)]
    assert [line.plain for line in marked(unread, signs=True)] == wanted
    read = replace(analysis, skipped=())
    for line, words in zip(marked(read, signs=False), wanted, strict=True):
        assert is_subsequence(words.replace("\n", ""), line.plain)


def is_subsequence(short: str, long: str) -> bool:
    """Whether `short` is left when some characters of `long` are struck out."""
    rest = iter(long)
    return all(character in rest for character in short)
