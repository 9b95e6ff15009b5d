"""Documents and spans: identity, dates, slices."""

from __future__ import annotations

import pytest

from dragoman.document import Document, Span
from dragoman.errors import DocumentError


def test_the_id_follows_from_publisher_date_and_text():
    """Title and address do not make another document; publisher, date and words do."""
    page = Document("Talks failed.", publisher="Invented Wire", published="2012-01-18")
    assert (
        page.id
        == Document("Talks failed.", publisher="Invented Wire", published="2012-01-18", title="Talks", url="x").id
    )
    others = [
        Document("Talks failed!", publisher="Invented Wire", published="2012-01-18"),
        Document("Talks failed.", publisher="Other Wire", published="2012-01-18"),
        Document("Talks failed.", publisher="Invented Wire", published="2012-01"),
    ]
    assert len({page.id, *(d.id for d in others)}) == 4
    assert len(page.id) == 16


@pytest.mark.parametrize(
    "published", ["2012", "2012-01", "2012-02-29", "2012-01-18T09:30", "2012-01-18T09:30:05.25+03:00"]
)
def test_a_date_carries_its_own_precision(published):
    """A year is a date, and stays one."""
    assert Document("x", published=published).published == published


@pytest.mark.parametrize(
    "published", ["", "18 January 2012", "2012-1", "2012-13", "2011-02-29", "٢٠١٢", "2012-01-18 09:30"]
)
def test_other_forms_of_date_are_refused_with_the_form_to_use(published):
    """The error shows the form wanted."""
    with pytest.raises(DocumentError, match="2012-01-18"):
        Document("x", published=published)


def test_a_lone_surrogate_is_refused():
    """What no encoding can store is no text."""
    with pytest.raises(DocumentError, match="surrogate"):
        Document("broken \ud800 text")


def test_a_span_quotes_code_points():
    """Offsets count characters as people do in Python, beyond the basic plane too."""
    document = Document("🕊 peace")
    assert document.span(2, 7) == Span(2, 7, "peace")
    with pytest.raises(IndexError, match="7 code points"):
        document.span(2, 8)


def test_spans_overlap_and_cover():
    """Half-open: neighbours share nothing."""
    text = Document("one two three")
    one, two, both = text.span(0, 4), text.span(4, 7), text.span(0, 7)
    assert not one.overlaps(two)
    assert both.overlaps(one)
    assert both.covers(two)
    assert not two.covers(both)


def test_a_document_cannot_change():
    """The text is what every span counts into."""
    with pytest.raises(AttributeError):
        Document("x").text = "y"
