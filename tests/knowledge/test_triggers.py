"""Event words: the notation of patterns, and the checks of the language file against the ontology."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.ontology import load_ontology
from dragoman.knowledge.triggers import Refinement, Triggers, check, load_triggers, parse_pattern


@pytest.fixture(scope="module")
def triggers() -> Triggers:
    return load_triggers()


def test_there_are_enough_words(triggers):
    """More than 600 senses of verbs and 250 of nouns, and adjectives beside."""
    count = Counter(sense.part for sense in triggers.senses)
    assert count["verb"] >= 600
    assert count["noun"] >= 250
    assert count["adjective"] >= 50


def test_every_type_has_verbs_and_nouns(triggers):
    """No PLOVER type is without words."""
    types = set(load_ontology().types)
    for part in ("verb", "noun"):
        assert {s.type for s in triggers.senses if s.part == part} == types


def test_a_lone_word_is_a_lemma():
    """It asks for nothing beside."""
    pattern = parse_pattern("condemn")
    assert (pattern.lemma, pattern.conditions) == ("condemn", 0)


def test_signs_add_conditions():
    """Particle, object, preposition, complement."""
    pattern = parse_pattern("break +off talk /with")
    assert (pattern.particle, pattern.objects, pattern.preposition) == ("off", frozenset({"talk"}), "with")
    assert pattern.conditions == 3


def test_an_object_may_have_a_word_before_it():
    """ "hold joint drill": a drill that is joint."""
    pattern = parse_pattern("hold joint drill")
    assert (pattern.before, pattern.objects) == (("joint",), frozenset({"drill"}))


def test_a_noun_pattern_ends_with_its_lemma():
    """ "phone call": a call, with phone before it."""
    pattern = parse_pattern("phone call", "noun")
    assert (pattern.lemma, pattern.before) == ("call", ("phone",))


def test_complements_may_be_told_apart():
    """Any clause, an infinitive, a certain verb."""
    assert parse_pattern("agree ^").clause
    assert not parse_pattern("agree ^").infinitive
    assert parse_pattern("agree ^to").infinitive
    assert parse_pattern("insist ^must").due
    assert not parse_pattern("insist ^to").due
    assert parse_pattern("vow ^ retaliate").clause_verbs == frozenset({"retaliate"})


def test_a_verb_may_have_to_stand_alone():
    """ "march !": neither object nor complement."""
    assert parse_pattern("march !").alone


def test_a_preposition_may_speak_against_a_pattern():
    """ "meet demand -with": a demand met with force is not met."""
    pattern = parse_pattern("meet demand -with")
    assert (pattern.objects, pattern.without) == ({"demand"}, "with")


def test_sets_stand_for_their_words():
    """ "impose @sanction" takes any of the set."""
    pattern = parse_pattern("impose @sanction", sets={"@sanction": frozenset({"sanction", "embargo"})})
    assert pattern.objects == {"sanction", "embargo"}


def test_an_unknown_set_is_refused():
    """A misspelt set would never match."""
    with pytest.raises(KnowledgeError, match="uses the set @sanctoin"):
        parse_pattern("impose @sanctoin", sets={"@sanction": frozenset({"sanction"})})


def test_patterns_that_ask_for_more_come_first(triggers):
    """The index of a lemma is sorted by how much its senses ask for."""
    conditions = [s.pattern.conditions for s in triggers.of("verb", "withdraw")]
    assert conditions == sorted(conditions, reverse=True)
    assert len(conditions) > 3


def test_an_unknown_word_has_no_sense(triggers):
    """Looked up and not found is empty."""
    assert triggers.of("verb", "perambulate") == ()


def test_lemmas_and_words_are_lower_case(triggers):
    """What is compared with lower-case tokens has no capitals."""
    for sense in triggers.senses:
        p = sense.pattern
        words = [p.lemma, *p.objects, *p.before, *p.preposition_objects, *p.clause_verbs]
        assert all(w == w.lower() for w in words), p


def test_each_sense_agrees_with_its_cameo_code(triggers):
    """The CAMEO code of a sense converts to its type, but where PLOVER and the published conversion part ways."""
    codes = load_ontology().codes
    astray = {
        (s.type, s.cameo, codes[s.cameo].type) for s in triggers.senses if codes[s.cameo].type not in (s.type, None)
    }
    assert astray == {
        ("SANCTION", "163", "COERCE"),  # sanctions: the manual's SANCTION, the conversion's COERCE
        ("SANCTION", "116", "ACCUSE"),  # verdicts: a mode of SANCTION, but disapproval in the conversion
        ("CONCEDE", "055", "SUPPORT"),  # apologies: CONCEDE in the manual, SUPPORT in the conversion
        ("RETREAT", "0831", "CONCEDE"),  # resignation: a mode of RETREAT
        ("COERCE", "175", "ASSAULT"),  # repression that the words do not say was violent
    }


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"type": "QUARREL"}, "no type QUARREL"),
        ({"mode": "sidewise"}, "has no mode sidewise"),
        ({"cameo": "999"}, "no CAMEO code 999"),
    ],
)
def test_a_sense_outside_the_ontology_is_named(triggers, changes, complaint):
    """Type, mode and code must exist."""
    wrong = replace(triggers, senses=(replace(triggers.senses[0], **changes),))
    with pytest.raises(KnowledgeError, match=complaint):
        check(wrong, load_ontology())


def test_a_refinement_by_no_measure_is_named(triggers):
    """The measures that refine a type are those of the ontology."""
    wrong = replace(triggers, refine={("REQUEST", "weather"): Refinement(None, ("100",))})
    with pytest.raises(KnowledgeError, match=r"\[refine.REQUEST\] weather: no such measure"):
        check(wrong, load_ontology())


def test_contexts_of_no_measure_are_named(triggers):
    """Both sides of the table must exist."""
    wrong = replace(triggers, contexts={"weather": ("sunny",)})
    with pytest.raises(KnowledgeError, match=r"weather: no such measure.*no context sunny"):
        check(wrong, load_ontology())


def test_a_language_without_words_is_refused():
    """The message names the file to add."""
    with pytest.raises(KnowledgeError, match=r"xx-events\.toml"):
        load_triggers("xx")


def test_the_file_is_read_once():
    """Loading is cached."""
    assert load_triggers("en") is load_triggers("en")
