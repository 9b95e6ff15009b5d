"""Which words are a person's name, and which of two bearers of a surname is meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.document import Document
from dragoman.knowledge import Gazetteer
from dragoman.knowledge.language import load_language
from dragoman.reading.actors import find_actors
from dragoman.reading.parse import parse


@pytest.fixture(scope="module")
def who(pipeline) -> Callable[..., str | None]:
    """The id of the actor at the n-th occurrence of some words."""

    def at(text: str, words: str, nth: int = 0, published: str = "2015-06-01") -> str | None:
        cast = find_actors(parse(Document(text, published=published), pipeline), Gazetteer.load(), load_language())
        offset = -1
        for _ in range(nth + 1):
            offset = text.index(words, offset + 1)
        mention = cast.at(offset)
        return mention.actor if mention is not None else None

    return at


def test_a_verb_in_a_headline_is_no_part_of_a_name(who):
    """What the body calls Wanjala alone tells where the name in the headline ends."""
    text = "Wanjala Calls For Calm In Northern Province\n\nA crowd waited for Otieno Wanjala. Wanjala came late."
    assert who(text, "Wanjala") == "otieno-wanjala"
    assert who(text, "Wanjala", 2) == "otieno-wanjala"


def test_a_word_at_the_head_of_a_sentence_is_no_first_name(who):
    """ "Longtime Wanjala aides" are those of Wanjala."""
    text = "Longtime Wanjala left. A crowd waited for Otieno Wanjala in the rain, and Wanjala came late."
    assert who(text, "Wanjala") == "otieno-wanjala"
    assert who(text, "Wanjala", 2) == "otieno-wanjala"


def test_a_namesake_of_another_first_name_is_not_the_office_holder(who):
    """John Atta Mills was president of Ghana; Cheryl Mills was not."""
    text = "Cheryl Mills read the letter aloud. Mills then left."
    assert who(text, "Mills", 1, "2011-05-01") == "cheryl-mills"


def test_mrs_and_mr_are_two_people_of_one_surname(who):
    """The title tells them apart where the surname does not."""
    text = "Pedro Arce and Lucia Arce arrived together. Mrs. Arce spoke first. Mr. Arce listened."
    assert who(text, "Arce", 2) == "lucia-arce"
    assert who(text, "Arce", 3) == "pedro-arce"


def test_she_is_not_whom_a_title_calls_mr(who):
    """The subject would be Mr. Tavares; only the minister can be "she"."""
    text = "Mr. Tavares met Foreign Minister Lucia Arce in Sucre. She offered tea."
    assert who(text, "She") == "lucia-arce"


def test_a_first_name_tells_he_from_she(who):
    """Of two people whom no title marks the first names decide."""
    text = "Carlos Tavares met Lucia Arce in Sucre. She offered tea, and he drank it."
    assert who(text, "She") == "lucia-arce"


def test_he_is_no_queen(who):
    """A role that only women hold is not taken up by "he"."""
    assert who("The Danish queen received the envoy. He bowed.", "He") != "dnk-queen"


def test_a_firms_name_can_be_a_surname(who):
    """Where the text gives somebody the name in full it is not the agency's."""
    assert who("Michael Bloomberg spoke in Ohio. Bloomberg left early.", "Bloomberg", 1) == "michael-bloomberg"


def test_a_shortened_title_is_a_title(who):
    """ "Gov." and "Rep." say what the full words say."""
    assert who("Former Maryland Gov. Martin Oakes left. Oakes slept.", "Oakes", 1) == "martin-oakes"


def test_one_of_more_bearers_spoken_of_together_is_undecided(who):
    """Two senators and a third: "the senator" can be any of them."""
    text = "Two Thai senators and a Lao senator shared a taxi; the senator paid."
    assert who(text, "the senator") is None
