"""Whom "he", "it" and "they" pick up, and when nobody."""

from __future__ import annotations

import pytest


def test_he_is_the_subject_of_the_nearest_clause_above(code):
    """Not of the main clause, where another person is the subject of the clause in which the pronoun's hangs."""
    text = "Kenyan minister Peter Otieno arrived before Ugandan minister Paul Okello ran in a vote that he had called."
    assert code(text, "he") == "UGAGOV"


def test_it_as_the_subject_of_a_plain_predicate_is_nobody(code):
    """ "It was a pity" is about no actor."""
    assert code("The Kenyan parliament met on Monday. It was a pity.", "It") is None


@pytest.mark.parametrize("verb", ["rejected the budget", "condemned the raid"])
def test_it_is_the_body_that_acts(code, verb):
    """What acts in the next sentence is the subject of the one before."""
    assert code(f"The Kenyan parliament met on Monday. It {verb}.", "It") == "KENLEG"


def test_it_as_an_object_is_somebody_only_where_spoken_to(code):
    """One asks an army, one carries a thing."""
    assert code("The Kenyan army wrote the charter. Critics asked it for a vote.", "it") == "KENMIL"
    assert code("The Kenyan army wrote the charter. Critics carried it away.", "it") is None


@pytest.mark.parametrize(
    "text",
    [
        "Kenya, which heads the African Union, told it to leave.",
        "Kenya met the African Union and asked it to send help.",
        "Kenya, which heads the African Union, had been urging it to pay.",
    ],
)
def test_it_is_not_who_speaks_to_it(code, text):
    """Object and subject of one verb are two, also where the parse gives the object to the infinitive."""
    assert code(text, "it") == "IGO"


def test_their_of_one_person_is_a_states_body_only(code):
    """ "Their government" is a minister's, "their discussions" are not one person's."""
    assert code("Kenya's finance minister said their government would pay.", "their government") == "KENGOV"
    assert code("The Kenyan minister met the bishop. Their talks failed.", "Their") is None


def test_of_two_coordinated_subjects_neither_is_he(code):
    """ "Both came; his car": whose is not said."""
    assert code("The Kenyan envoy and the Ugandan envoy left, and his car was stoned.", "his") is None
