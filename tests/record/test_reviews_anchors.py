"""Quotations are found again in a text that moved or was corrected, and are not found where they are not."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dragoman.record.reviews.anchors import CONTEXT, find, quoted, relocated, unquoted

from ..strategies import HOSTILE, texts

PAGE = (
    "The harbour council met on Monday 😀. The warden said that the northern fleet would leave the bay before the winter. "
    "قال الحارس إن السفن ستغادر. The warden said that no pilot would board a ship of the south.\r\n"
)


def kept(words: str, text: str = PAGE, nth: int = 1) -> dict[str, object]:
    """A quoted span of the page."""
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    span: dict[str, object] = quoted({"start": start, "end": start + len(words), "text": words}, text)
    return span


def found(words: str, text: str, nth: int = 1) -> str | None:
    """What stands in the new text where the words of the page are found; with the words before it, to tell places apart."""
    place = find(text, kept(words, nth=nth))
    return None if place is None else text[max(place[0] - 12, 0) : place[1]]


def test_words_move_with_the_text() -> None:
    """Something was put in front; code points are counted, not bytes."""
    assert found("northern fleet", "Update 👩‍👩‍👧: " + PAGE) == "id that the northern fleet"


@pytest.mark.parametrize(("nth", "place"), [(1, "😀. The warden said"), (2, "ادر. The warden said")])
def test_repeated_words_are_told_apart_by_their_context(nth: int, place: str) -> None:
    """ "said" stands twice, and is found as the one it was, even when the other is nearer."""
    end = find(" " * 120 + PAGE, kept("said", nth=nth))
    assert end is not None
    assert (" " * 120 + PAGE)[: end[1]].endswith(place)


def test_a_typo_that_was_put_right_inside_is_no_loss() -> None:
    """What stands between the same words is the quotation, corrected."""
    corrected = PAGE.replace("northern fleet would", "Northern Fleet will")
    place = find(corrected, kept("the northern fleet would leave the bay"))
    assert place is not None
    assert corrected[slice(*place)] == "the Northern Fleet will leave the bay"


def test_a_correction_inside_a_whole_text_is_no_loss() -> None:
    """Without context the first and last words find it."""
    corrected = "Corrected. " + PAGE.replace("Monday 😀", "Tuesday") + " Ends."
    place = find(corrected, kept(PAGE))
    assert place is not None
    assert corrected[slice(*place)] == PAGE.replace("Monday 😀", "Tuesday")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("said", "Nobody of them said a word about pilots."),
        ("northern fleet", PAGE.replace("northern fleet", "grain")),
        ("northern fleet", ""),
        (
            "The warden said that the northern fleet would leave",
            "The warden said that " + "nothing " * 3 + "would leave",
        ),
    ],
)
def test_words_that_are_gone_are_not_found(words: str, text: str) -> None:
    """One short word in another sentence, or other words in the same place, are not what was judged."""
    assert found(words, text) is None


@given(texts, st.data())
def test_every_quotation_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    """In an unchanged text nothing moves, whatever the script, and however often the words repeat."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = quoted({"start": start, "end": end, "text": text[start:end]}, text)
    assert find(text, span) == (start, end)


@given(st.sampled_from(HOSTILE), st.sampled_from(HOSTILE))
def test_whatever_is_put_around_the_page_its_words_are_found(before: str, after: str) -> None:
    """The longest quotations too."""
    for words in ("northern fleet", "قال الحارس", PAGE):
        place = find(before + PAGE + after, kept(words))
        assert place is not None
        assert place[0] == len(before) + PAGE.index(words)


@given(texts, st.integers(0, 400), texts)
def test_what_is_found_is_much_like_what_was_quoted(inserted: str, at: int, other: str) -> None:
    """However a text changes, a place that is found either has the very words or most of them."""
    assume(inserted or other)
    text = PAGE[:at] + inserted + PAGE[at:] + other
    place = find(text, kept("the northern fleet would leave the bay"))
    if place is not None:
        shared = set(text[slice(*place)].split()) & set("the northern fleet would leave the bay".split())
        assert len(shared) >= 4


def test_a_row_is_found_when_all_its_spans_are() -> None:
    """Nested spans move each by itself; what is no span stays."""
    row = {
        "type": "REJECT",
        "anchor": kept("leave"),
        "actors": [{**kept("northern fleet"), "actor": "N"}],
        "place": None,
    }
    moved = relocated(row, "Again: " + PAGE)
    assert moved["anchor"]["start"] == PAGE.index("leave") + 7
    (actor,) = moved["actors"]
    assert (actor["start"], actor["text"], actor["actor"]) == (PAGE.index("northern") + 7, "northern fleet", "N")
    assert (moved["type"], moved["place"]) == ("REJECT", None)
    with pytest.raises(LookupError, match="leave"):
        relocated(row, PAGE.replace("would leave the bay", "stays"))


def test_context_is_the_words_around() -> None:
    """Prefix and suffix as in the W3C's text quote selector; taking them away gives the span back."""
    span = kept("northern fleet")
    assert span["prefix"] == PAGE[PAGE.index("northern") - CONTEXT : PAGE.index("northern")]
    assert str(span["suffix"]).startswith(" would leave the bay")
    assert unquoted([span]) == [{"start": span["start"], "end": span["end"], "text": "northern fleet"}]
