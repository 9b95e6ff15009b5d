"""Marks and segments: what stands where, and that splitting loses nothing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.analysis import Analysis, Event, Skipped, Stance
from dragoman.document import Document
from dragoman.views.marks import Mark, by_paragraph, labelled, marks, paragraphs, segments, visible

from ..strategies import analyses
from . import sample

ROW = sample.report().statements[0]


def mark(start: int, end: int, label: str = "1") -> Mark:
    return Mark(start, end, "content", label, ROW)


spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: mark(min(pair), max(pair)))


def test_labels_count_each_kind_in_reading_order(report):
    """Statements are 1, 2, ..., events e1, e2, ..., stances m1, m2, ..., each by its place in the text."""
    rows = labelled(report)
    assert list(rows) == ["1", "2", "3", "4", "5", "6", "7", "8", "e1", "e2", "e3", "e4", "e5", "m1", "m2", "m3"]
    assert [r.anchor.text for r in rows.values() if isinstance(r, Event)][:2] == ["rejected", "shelled"]
    assert [r.measure.text for r in rows.values() if isinstance(r, Stance)][-1] == "a new round of talks"


def test_labels_follow_the_text_and_nothing_else(report):
    """The same rows in another order and with other ids have the same labels."""
    turned = tuple(replace(e, id=f"{9 - n}") for n, e in enumerate(report.events))[::-1]
    found = labelled(replace(report, events=turned))
    assert [row.anchor.text for row in found.values() if isinstance(row, Event)] == [
        e.anchor.text for e in report.events
    ]


def test_statements_that_share_a_source_follow_what_they_say(report):
    """Of what the spokesman denied and what he then said, the denial comes first, whatever the ids."""
    renamed = tuple(replace(s, id={"s4": "z"}.get(s.id, s.id)) for s in report.statements)
    rows = labelled(replace(report, statements=renamed, events=(), stances=()))
    assert (rows["4"].cue.text, rows["5"].cue.text) == ("denied", "saying")


def test_every_mark_quotes_the_part_it_plays(report):
    """The source of a stance's statement, the cue and the condition are marked with their words."""
    text = report.document.text
    found = {(m.label, m.role): text[m.start : m.end] for m in marks(report)}
    assert found["2", "source"] == "she"
    assert found["6", "cue"] == "According to"
    assert found["m3", "condition"] == "if both sides halted their fire"
    assert found["e5", "place"] == "Tamsk"


def test_a_nested_mark_lies_in_the_marks_around_it(report):
    """The words of the mayor, told by the spokesman, carry both contents, the outer first."""
    (inner,) = [s for s in segments(report.document.text, marks(report)) if s.text == "that the convoys may pass"]
    assert [m.label for m in inner.marks if m.role == "content"] == ["6", "7"]


def test_a_mark_opens_with_its_first_and_closes_with_its_last_segment():
    """A mark that another one crosses opens once and closes once."""
    found = list(segments("abcdef", [mark(0, 4, "1"), mark(2, 6, "2")]))
    assert [s.text for s in found] == ["ab", "cd", "ef"]
    assert [[m.label for m in s.opening] for s in found] == [["1"], ["2"], []]
    assert [[m.label for m in s.closing] for s in found] == [[], ["1"], ["2"]]


def test_marks_that_end_together_close_from_the_inside():
    """The mark that opened last closes first."""
    (_, last) = segments("abcd", [mark(0, 4, "outer"), mark(2, 4, "inner")])
    assert [m.label for m in last.closing] == ["inner", "outer"]


def test_a_mark_over_the_edge_is_cut_to_the_stretch():
    """A quotation over two paragraphs opens and closes in each of them."""
    (whole,) = segments("abcdef", [mark(0, 6)], 2, 4)
    assert (whole.text, len(whole.opening), len(whole.closing)) == ("cd", 1, 1)


@settings(deadline=None)
@given(st.text(min_size=30, max_size=30), st.lists(spans, max_size=8), st.integers(0, 30), st.integers(0, 30))
@example("x" * 30, [mark(1, 1)], 0, 2)
@example("x" * 30, [mark(0, 0), mark(5, 5), mark(0, 30)], 5, 5)
def test_segments_joined_are_the_text(text, found, a, b):
    """Whatever marks cross, nothing is lost or doubled, and each mark covers exactly its own words."""
    start, end = min(a, b), max(a, b)
    parts = list(segments(text, found, start, end))
    assert "".join(p.text for p in parts) == text[start:end]
    for one in found:
        covered = "".join(p.text for p in parts if any(m is one for m in p.marks))
        assert covered == text[max(one.start, start) : max(min(one.end, end), max(one.start, start))]


@settings(deadline=None)
@given(analyses())
def test_paragraphs_hold_every_visible_character(analysis):
    """Laid out by paragraph, only line breaks and blank lines are left out."""
    text = analysis.document.text
    read = marks(replace(analysis, skipped=()))
    laid_out = "".join(s.text for _, found in by_paragraph(text, read) for s in found)
    assert "".join(laid_out.split()) == "".join(text.split())


def test_a_stretch_that_was_not_read_takes_one_paragraph():
    """Of fifty thousand unread lines only the first is laid out; the paragraphs around them stay."""
    text = "Talks go on.\n" + "Beyond the limit.\n" * 50_000 + "The end."
    unread = Skipped(text.index("Beyond"), text.index("The end"), "beyond the limit")
    found = by_paragraph(text, marks(Analysis(reader="r", document=Document(text), skipped=(unread,))))
    assert ["".join(s.text for s in parts) for _, parts in found] == ["Talks go on.", "Beyond the limit.", "The end."]


def test_a_line_is_a_paragraph():
    """Lines that end in a full stop stand for themselves, with or without a blank line between."""
    text = "The council met on Monday in the old town hall.\r\nNobody spoke.\n\nThe session ended.\n"
    assert [p.text for p in paragraphs(text)] == [
        "The council met on Monday in the old town hall.",
        "Nobody spoke.",
        "The session ended.",
    ]


def test_lines_broken_at_a_width_stay_together():
    """A line of 40 to 100 characters that stops in mid-sentence runs on into the next."""
    text = "The delegates said on Monday that the road to\nthe border would be opened by the end of the\nweek.\n\nIt was not."
    assert [p.text[-5:] for p in paragraphs(text)] == ["week.", " not."]


def test_control_characters_become_pictures():
    """An escape sequence in a text reaches no terminal; line breaks and tabs stay."""
    assert visible("a\x1b[31m\x00\x7f\x9b\tb\n") == "a␛[31m␀␡\ufffd\tb\n"


def test_characters_that_turn_words_are_shown_and_turn_nothing():
    """Overrides, embeddings and isolates, one for one; Arabic and its marks stay as they are."""
    assert visible("a\u202eb\u202c \u2066c\u2069") == "a⇄b⇄ ⇄c⇄"
    assert visible("قال\u200f الوزير") == "قال\u200f الوزير"


def test_a_span_without_words_has_no_mark():
    """Empty spans, as hostile input may bring them, mark nothing."""
    document = Document("One sentence.")
    empty = Event(id="e", type="AID", anchor=document.span(3, 3), actors=())
    assert marks(Analysis(reader="r", document=document, events=(empty,))) == ()
