"""Patterns against the parse: which sense a predicate has."""

from __future__ import annotations

import pytest

from dragoman.knowledge.triggers import load_triggers, parse_pattern
from dragoman.reading.events.matching import best_sense, part_of, satisfies


@pytest.fixture(scope="module")
def tree(pipeline):
    """Text in, the token of a word out."""

    def word_in(text, word):
        return next(t for t in pipeline(text) if t.text == word)

    return word_in


FITS = [
    ("condemn", "France condemned the raid.", "condemned", True),
    ("pull +out", "France pulled out its troops.", "pulled", True),
    ("pull +out", "France pulled its troops.", "pulled", False),
    ("call /for", "France called for talks.", "called", True),
    ("call /for", "France called its ambassador.", "called", False),
    ("give +in", "The rebels gave in.", "gave", True),
    ("give +in", "She gave birth in February.", "gave", False),
    ("impose ban", "France imposed a ban.", "imposed", True),
    ("impose ban", "A ban was imposed by France.", "imposed", True),
    ("impose ban", "France imposed its will.", "imposed", False),
    ("hold joint drill", "France held a joint drill.", "held", True),
    ("hold joint drill", "France held a drill.", "held", False),
    ("return * /to", "France returned the statue to Mali.", "returned", True),
    ("return * /to", "The minister returned to Mali.", "returned", False),
    ("agree ^", "France agreed to leave.", "agreed", True),
    ("agree ^", "France agreed with Italy.", "agreed", False),
    ("agree ^to", "France agreed to leave.", "agreed", True),
    ("agree ^to", "France agreed that it was cold.", "agreed", False),
    ("ask ^", "France asked Italy to leave.", "asked", True),
    ("ask ^", "France asked whether it was cold.", "asked", False),
    ("vow ^ retaliate", "France vowed to retaliate.", "vowed", True),
    ("vow ^ retaliate", "France vowed to return.", "vowed", False),
    ("insist ^must", "France insisted that Italy should leave.", "insisted", True),
    ("insist ^must", "France insisted that Italy leave.", "insisted", True),
    ("insist ^must", "France insisted that the men be freed.", "insisted", True),
    ("insist ^must", "France insisted it would leave.", "insisted", False),
    ("insist ^must", "France insisted that the bill helps.", "insisted", False),
    ("meet demand -with", "France met the demand.", "met", True),
    ("meet demand -with", "France met the demand with batons.", "met", False),
    ("meet demand -with", "The demand has been met by France with batons.", "met", False),
    ("march !", "The students marched.", "marched", True),
    ("march !", "The students marched the prisoners away.", "marched", False),
    ("withdraw /from treaty", "France withdrew from the treaty.", "withdrew", True),
    ("withdraw /from treaty", "France withdrew from the town.", "withdrew", False),
]


@pytest.mark.parametrize(("pattern", "text", "word", "fits"), FITS)
def test_a_pattern_asks_for_what_it_says(tree, pattern, text, word, fits):
    """Particle, preposition, object, complement, or nothing beside."""
    assert satisfies(tree(text, word), parse_pattern(pattern)) is fits


@pytest.mark.parametrize(
    ("pattern", "text", "word", "fits"),
    [
        ("phone call", "Their phone call lasted an hour.", "call", True),
        ("phone call", "Their call lasted an hour.", "call", False),
        ("attack /on", "The attack on the town failed.", "attack", True),
        ("withdrawal /of troop", "The withdrawal of troops began.", "withdrawal", True),
        ("withdrawal /of troop", "The withdrawal of the offer surprised many.", "withdrawal", False),
    ],
)
def test_noun_patterns_ask_for_modifiers_and_prepositions(tree, pattern, text, word, fits):
    """Words before the noun and behind it."""
    assert satisfies(tree(text, word), parse_pattern(pattern, "noun")) is fits


SENSES = [
    ("France called for talks.", "called", "REQUEST"),
    ("France broke off talks with Italy.", "broke", "SANCTION"),
    ("France held talks with Italy.", "held", "CONSULT"),
    ("France severed ties with Italy.", "severed", "SANCTION"),
    ("France lifted the sanctions.", "lifted", "RETREAT"),
    ("France imposed sanctions on Italy.", "imposed", "SANCTION"),
    ("France declared a ceasefire.", "declared", "RETREAT"),
    ("France declared war.", "declared", "THREATEN"),
    ("France sent troops to the border.", "sent", "MOBILIZE"),
    ("France sent food to the town.", "sent", "AID"),
    ("France withdrew from the treaty.", "withdrew", "SANCTION"),
    ("France withdrew from the town.", "withdrew", "RETREAT"),
    ("France rejected the talks.", "rejected", "REJECT"),
    ("France signed the treaty.", "signed", "SUPPORT"),
    ("France called Italy on Friday to discuss grain.", "called", "CONSULT"),
    ("France called on Italy to discuss grain.", "called", "REQUEST"),
    ("France called out Italy for its raids.", "called", "ACCUSE"),
    ("France let free ten sailors.", "let", "RETREAT"),
]


@pytest.mark.parametrize(("text", "word", "type"), SENSES)
def test_the_pattern_that_asks_for_most_wins(tree, text, word, type):
    """The object and the preposition decide between the senses of a verb."""
    sense = best_sense(tree(text, word), "verb", load_triggers())
    assert sense is not None
    assert sense.type == type


def test_some_senses_wait_for_a_refusal(tree):
    """ "Tolerate" is passed over unless it is refused."""
    token = tree("France will not tolerate the raid.", "tolerate")
    assert best_sense(token, "verb", load_triggers()) is None
    refused = best_sense(token, "verb", load_triggers(), refused=True)
    assert refused is not None
    assert refused.refused


@pytest.mark.parametrize(
    ("text", "word", "part"),
    [
        ("France condemned Italy.", "condemned", "verb"),
        ("The attack failed.", "attack", "noun"),
        ("France is ready to talk.", "ready", "adjective"),
        ("France is opposed to the plan.", "opposed", "adjective"),
        ("The ready answer surprised many.", "ready", None),
        ("France insists on non-interference.", "interference", None),
        ("France left quickly.", "quickly", None),
    ],
)
def test_parts_of_speech(tree, text, word, part):
    """Verbs, nouns and predicative adjectives can be predicates; a denied noun cannot."""
    assert part_of(tree(text, word), load_triggers()) == part
