"""The sentences around a row."""

from __future__ import annotations

import pytest

from dragoman.document import Document, Span
from dragoman.views.web.article import surroundings


def around(text: str, words: str) -> str:
    """What is shown around some words of a text."""
    at = text.index(words)
    start, end = surroundings(text, [Span(at, at + len(words), words)])
    return text[start:end]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One fell. Two rose. He SPOKE then. Three sat. Four ran.", "Two rose. He SPOKE then. Three sat."),
        ("One fell.\nTwo rose.\nHe SPOKE then.\nThree sat.\nFour ran.", "Two rose.\nHe SPOKE then.\nThree sat."),
        ("One fell.Two rose.He SPOKE then.Three sat.Four ran.", "Two rose.He SPOKE then.Three sat."),
        ("“One fell.”“Two rose.” “He SPOKE then.”“Three sat.”“Four ran.”", "“Two rose.” “He SPOKE then.”“Three sat.”"),
        ("一。二。他SPOKE了。三。四。", "二。他SPOKE了。三。"),
        ("He SPOKE then", "He SPOKE then"),
        (
            "The sum of 3.50 was PAID in U.S.dollars. Two rose. Three sat.",
            "The sum of 3.50 was PAID in U.S.dollars. Two rose.",
        ),
    ],
)
def test_a_row_is_shown_with_the_sentence_before_and_the_one_behind(text, shown):
    """Whole ones, also where a paper lost the space between two paragraphs."""
    assert around(text, "PAID" if "PAID" in text else "SPOKE") == shown


def test_what_has_no_sentences_is_cut_between_words():
    """No half word at the ends of a long list of names."""
    text = "alpha beta gamma " * 200 + "SPOKE " + "delta epsilon " * 200
    shown = around(text, "SPOKE").split()
    assert shown[0] in ("alpha", "beta", "gamma") and shown[-1] in ("delta", "epsilon")


def test_a_word_without_an_end_is_cut_where_it_must_be():
    """A line of nothing but letters is shown in part."""
    text = "x" * 5_000 + "SPOKE" + "y" * 5_000
    assert "SPOKE" in around(text, "SPOKE") and len(around(text, "SPOKE")) < 3_000


def test_the_documents_language_and_emptiness_do_not_matter():
    """An empty row at the end of a text has no words around it that are not there."""
    document = Document("قال الوزير. ثم ذهب.")
    start, end = surroundings(document.text, [])
    assert 0 <= start <= end <= len(document.text)
