"""Titles in capitals in what a state itself publishes, and surnames that are other people's first names."""

from __future__ import annotations

import pytest

from dragoman.document import Document
from dragoman.knowledge import Gazetteer
from dragoman.knowledge.language import load_language
from dragoman.reading.actors import find_actors
from dragoman.reading.actors.home import home_of
from dragoman.reading.parse import parse


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="module")
def last(pipeline, gazetteer):
    """The id of the actor behind the last mention that reads so; None where it is undecided or no mention."""

    def read(text: str, words: str, publisher: str | None = None, published: str | None = None) -> str | None:
        document = Document(text, publisher=publisher, published=published)
        cast = find_actors(parse(document, pipeline), gazetteer, load_language())
        return [m.actor for m in cast.mentions if m.text == words][-1:][0]

    return read


VISIT = "The Fijian president, Wili Nacewa, came first. An hour later the President left for the airport."


def test_the_president_of_a_state_s_own_page_is_its_own(last):
    """Whoever was named last: in a briefing of the White House "the President" is the one of the United States."""
    assert last(VISIT, "the President", "White House Office of the Press Secretary") == "usa-president"


def test_elsewhere_the_president_is_the_one_named_last(last):
    """A newspaper has no president of its own."""
    assert last(VISIT, "the President", "The Suva Courier") == "fji-president"


def test_a_small_letter_means_whoever_was_named(last):
    """Only capitals make the title a name."""
    text = VISIT.replace("the President", "the president")
    assert last(text, "the president", "White House Office of the Press Secretary") == "fji-president"


@pytest.mark.parametrize(
    ("publisher", "state"),
    [
        ("White House Office of the Press Secretary", "USA"),
        ("The Kremlin", "RUS"),
        ("U.S. Department of State", "USA"),
        ("Kremlin Press Service", "RUS"),
        ("Kenya Times", None),
        ("The Moscow Times", None),
        ("Washington Post", None),
        ("Brussels Times", None),
        ("TASS", None),
        ("Reuters", None),
        (None, None),
    ],
)
def test_a_body_of_state_publishes_for_its_state(gazetteer, publisher, state):
    """News agencies and newspapers do not, whatever country is in their name."""
    assert home_of(publisher, gazetteer) == state


def test_a_first_name_is_no_statesman_of_a_country_that_the_text_never_names(last):
    """There was a Romanian president Dan; a reporter who is called so is somebody else."""
    assert last("The next question came from the back. Dan asked about the flood.", "Dan") != "nicusor-dan"
