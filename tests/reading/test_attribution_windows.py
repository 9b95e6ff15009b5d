"""Texts are cut into windows without losing, repeating or changing a word."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from dragoman.reading.attribution.encoder import TOKENIZER
from dragoman.reading.attribution.tagger import WEIGHTS
from dragoman.reading.attribution.windows import LONGEST, Window, Windower

SENTENCE = "The harbour office of Vellmar said the grain ships would leave before the winter storms came down. "
HOSTILE = st.text(
    st.sampled_from("ab .,!?“”\"'\n\r\u2028\u2029\t\x00é\u0301ñأهل外交部😀👩\u200d👧\ufeff-"), max_size=400
) | st.text(max_size=200)


@pytest.fixture(scope="module")
def windower() -> Windower:
    return Windower(Tokenizer.from_file(str(WEIGHTS / TOKENIZER)))


def words(text: str, window: Window) -> list[str]:
    return [text[start:end] for start, end in window.spans]


def paragraphs(text: str, window: Window) -> list[str]:
    """The words of each paragraph, joined by spaces."""
    return [" ".join(np.array(words(text, window))[window.paragraphs == i]) for i in range(window.paragraphs[-1] + 1)]


def test_words_and_marks_are_told_apart(windower):
    """A word, a number and every punctuation mark is a word of its own."""
    text = "Mr. Orlu's 14 ships (grain)!"
    (window,) = windower.windows(text)
    assert words(text, window) == ["Mr", ".", "Orlu", "'", "s", "14", "ships", "(", "grain", ")", "!"]


def test_a_text_without_words_has_no_windows(windower):
    """Nothing is made up for blank texts."""
    assert [list(windower.windows(text)) for text in ("", " ", "\n\n\r\n \t\u2029")] == [[], [], []]


def test_short_paragraphs_share_a_window(windower):
    """Paragraphs are kept whole and numbered in the window they share."""
    text = "A first line.\n\nA second one.\r\nA third."
    (window,) = windower.windows(text)
    assert paragraphs(text, window) == ["A first line .", "A second one .", "A third ."]


def test_every_paragraph_ends_with_a_mark(windower):
    """The encoder sees [CLS] first and [SEP] after each paragraph."""
    tokenizer = Tokenizer.from_file(str(WEIGHTS / TOKENIZER))
    (window,) = windower.windows("one\n\ntwo")
    assert [tokenizer.id_to_token(piece) for piece in window.pieces] == ["[CLS]", "one", "[SEP]", "two", "[SEP]"]


def test_the_head_of_a_word_is_its_first_piece(windower):
    """A word of several pieces is found at the first of them."""
    tokenizer = Tokenizer.from_file(str(WEIGHTS / TOKENIZER))
    text = "The unpronounceable Ghrzkhvili spoke"
    (window,) = windower.windows(text)
    heads = [tokenizer.id_to_token(piece) for piece in window.pieces[window.heads]]
    assert not any(head.startswith("##") for head in heads)
    assert len(window.pieces) > len(window.heads) + 2


def test_a_paragraph_that_does_not_fit_opens_the_next_window(windower):
    """A paragraph is cut only where it is longer than a window by itself."""
    text = "\n\n".join([SENTENCE * 5, SENTENCE * 8, SENTENCE * 2])
    found = [paragraphs(text, window) for window in windower.windows(text)]
    assert [[p.count("Vellmar") for p in window] for window in found] == [[5], [8, 2]]


def test_a_long_paragraph_is_cut_between_sentences(windower):
    """Every window of a paragraph of many sentences ends with a full stop."""
    text = SENTENCE * 40
    found = [words(text, window) for window in windower.windows(text)]
    assert len(found) > 2
    assert all(window[-1] == "." for window in found)


def test_a_long_paragraph_is_cut_outside_of_quotation_marks(windower):
    """Where it can be, a quotation of several sentences stays in one window."""
    text = SENTENCE * 9 + "“" + SENTENCE * 5 + "”, the mayor said. " + SENTENCE * 3
    first, second = (words(text, window) for window in windower.windows(text))
    assert "“" not in first
    assert {"“", "”"} <= set(second)


def test_a_text_without_sentences_is_cut_between_words(windower):
    """Windows are never longer than the encoder's, whatever the text is."""
    text = "grain " * 2000
    found = list(windower.windows(text))
    assert sum(len(window) for window in found) == 2000
    assert all(len(window.pieces) <= LONGEST for window in found)


def test_a_megabyte_without_a_space_is_cut_too(windower):
    """A run of letters without end becomes a few unknown words that cover all of it."""
    text = "x" * 1_000_000
    found = np.concatenate([window.spans for window in windower.windows(text)])
    assert found[0, 0] == 0
    assert found[-1, 1] == len(text)
    assert (found[1:, 0] == found[:-1, 1]).all()


def test_letters_keep_their_combining_marks(windower):
    """Spans count code points of the text as it is, not as the tokenizer folds it."""
    text = "Zoe\u0301 s\u0327ey said"
    (window,) = windower.windows(text)
    assert words(text, window)[-1] == "said"


@settings(max_examples=200, deadline=None)
@given(HOSTILE)
@example("e\u0301" * 50)
@example("\u0301\u0301")
@example("外交部长表示反对")
def test_every_word_is_in_one_window_in_order(windower, text):
    """Spans rise, are not empty and lie in the text; windows fit the encoder."""
    found = list(windower.windows(text))
    spans = [tuple(span) for window in found for span in window.spans.tolist()]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(len(window.pieces) <= LONGEST for window in found)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["Talks", "failed", ".", "“", "”", "he", "said", ",", "\n"]), max_size=600))
def test_no_letter_is_left_out(windower, parts):
    """The words of all windows together are the text without its blanks."""
    text = " ".join(parts)
    found = [word for window in windower.windows(text) for word in words(text, window)]
    assert "".join(found) == "".join(text.split())
