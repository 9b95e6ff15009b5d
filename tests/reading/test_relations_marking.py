"""A pair is marked in the word pieces of its text, and the marks are never lost."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from dragoman.reading.attribution.encoder import TOKENIZER
from dragoman.reading.attribution.tagger import WEIGHTS
from dragoman.reading.relations.marking import LONGEST, MARKS, Marked, mark, pieces_of

NAMES = {1: "[A", 2: "A]", 3: "[R", 4: "R]", 101: "<", 102: ">"}


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(WEIGHTS / TOKENIZER))


@pytest.fixture(scope="module")
def marked(tokenizer):
    """Mark the first occurrence of each of the two words or phrases."""

    def marked(text: str, actor: str | None, recipient: str | None, longest: int = LONGEST) -> Marked:
        spans = [
            None if words is None else (text.index(words), text.index(words) + len(words))
            for words in (actor, recipient)
        ]
        return mark(pieces_of(tokenizer, text), *spans, longest=longest)

    return marked


@pytest.fixture(scope="module")
def shown(tokenizer):
    """The pieces as words, the marks as brackets."""

    def shown(found: Marked) -> str:
        return " ".join(NAMES.get(piece, tokenizer.id_to_token(piece)) for piece in found.pieces.tolist())

    return shown


def test_actor_and_recipient_stand_between_their_marks(marked, shown):
    """The rest of the text stays as it was."""
    found = marked("Ruritania warned Graustark.", "Ruritania", "Graustark")
    assert shown(found).startswith("< [A r")
    assert "A] warned [R" in shown(found)
    assert shown(found).endswith("R] . >")


def test_the_places_are_those_of_the_opening_marks(marked):
    """The head reads the states there."""
    found = marked("The envoy met rebels.", "rebels", "The envoy")
    assert found.pieces[found.actor] == MARKS.actor[0]
    assert found.pieces[found.recipient] == MARKS.recipient[0]


def test_direction_is_in_the_marks(marked, shown):
    """The same two the other way round are other pieces."""
    there = shown(marked("The envoy met rebels.", "The envoy", "rebels"))
    back = shown(marked("The envoy met rebels.", "rebels", "The envoy"))
    assert there == "< [A the envoy A] met [R rebels R] . >"
    assert back == "< [R the envoy R] met [A rebels A] . >"


def test_nobody_has_no_marks(marked, shown):
    """Where no recipient is given its place is 0."""
    found = marked("The crowd marched.", "The crowd", None)
    assert found.recipient == 0
    assert shown(found) == "< [A the crowd A] marched . >"


def test_two_in_one_piece_both_get_marks(marked, shown):
    """A hyphenated pair may share a word piece."""
    found = marked("x外y", "x", "y")
    assert {"[A", "A]", "[R", "R]"} <= set(shown(found).split())


def test_of_a_long_text_the_part_around_the_pair_is_kept(marked, shown):
    """What is far from both goes first."""
    text = "far " * 1000 + "The envoy met rebels near the river." + " away" * 1000
    found = marked(text, "The envoy", "rebels")
    assert len(found.pieces) == LONGEST
    assert "[A the envoy A] met [R rebels R] near the river ." in shown(found)


def test_two_far_apart_both_keep_their_marks(marked, shown):
    """A sentence of 2,000 words is cut between the two."""
    text = "The envoy said" + " word" * 2000 + " to rebels."
    found = shown(marked(text, "The envoy", "rebels"))
    assert found.startswith("< [A the envoy A] said")
    assert found.endswith("to [R rebels R] . >")


def test_an_actor_longer_than_the_room_keeps_both_its_marks(marked, shown):
    """Its ends are read, and so is the recipient."""
    actor = "the " + "very " * 500 + "old union"
    found = shown(marked(f"{actor} sued the port.", actor, "the port"))
    assert found.startswith("< [A the very")
    assert "old union A] sued [R the port R] . >" in found


def test_of_a_long_actor_the_end_is_kept_too(marked, shown):
    """The noun of a long phrase often stands last, far from where the phrase and the other begin."""
    actor = "the " + "very " * 500 + "old union"
    found = shown(marked(f"The port was sued by {actor}.", actor, "The port"))
    assert found.endswith("very old union A] . >")


@given(
    st.text(min_size=2, max_size=60),
    st.tuples(st.integers(0, 59), st.integers(1, 60)),
    st.tuples(st.integers(0, 59), st.integers(1, 60)),
)
@example("\ud800\ud800", (0, 1), (1, 2))
@example("\u200b\u200b", (0, 1), (1, 2))
@example("قال الوزير", (0, 3), (4, 10))
def test_every_mark_stands_once_in_any_text(tokenizer, text, actor, recipient):
    """Whatever the text is made of: two openings, two closings, no piece lost, within the length."""
    encoding = pieces_of(tokenizer, text)
    found = mark(encoding, actor, recipient)
    pieces = found.pieces.tolist()
    for number in (*MARKS.actor, *MARKS.recipient):
        assert pieces.count(number) == 1
    assert pieces.index(MARKS.actor[0]) < pieces.index(MARKS.actor[1])
    assert [p for p in pieces[1:-1] if p > 4] == encoding.ids
