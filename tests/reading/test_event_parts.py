"""The parts of the events stage on their own: parties, topics, manner, setting, screen, claims."""

from __future__ import annotations

import pytest

from dragoman.analysis import Actor, Event, Party, Statement
from dragoman.document import Document
from dragoman.knowledge.ontology import load_ontology
from dragoman.knowledge.triggers import load_triggers
from dragoman.reading.actors import Cast
from dragoman.reading.events.candidates import Candidate
from dragoman.reading.events.claims import Claims
from dragoman.reading.events.finder import SCORES
from dragoman.reading.events.modality import Grammar
from dragoman.reading.events.parties import Who, side_of, unique
from dragoman.reading.events.screen import Screen
from dragoman.reading.events.setting import Setting
from dragoman.reading.events.topics import Topics
from dragoman.reading.parse import parse
from tests.reading.scenes import PEOPLE, Scene, ids, played


@pytest.fixture(scope="module")
def play(pipeline):
    """Marked-up text in, scene out."""
    return lambda text, **kwargs: played(text, pipeline, **kwargs)


@pytest.fixture(scope="module")
def tree(pipeline):
    """Text in, the token of a word out."""

    def word_in(text, word):
        return next(t for t in pipeline(text) if t.text == word)

    return word_in


def word(scene: Scene, text: str):
    """The token of a word of the scene."""
    return next(t for t in scene.parsed.doc if t.text == text)


def who(scene: Scene) -> Who:
    """The parties of the scene."""
    return Who(scene.cast, load_triggers().words)


# --------------------------------------------------------------------------------------------------------------- parties


def test_a_word_inside_a_mention_stands_for_its_actor(play):
    """Any word of "the foreign minister" will do."""
    scene = play("[minister:The foreign minister] left.")
    assert ids(who(scene).at(word(scene, "foreign"))) == ["minister"]


def test_an_undecided_mention_stands_for_nobody(play):
    """It is still a mention."""
    scene = play("[undecided:The Council] left.")
    assert who(scene).at(word(scene, "Council")) == ()
    assert who(scene).is_actor(word(scene, "Council"))


@pytest.mark.parametrize(
    ("text", "noun", "owner"),
    [
        ("[RUR:Ruritania]'s raid failed.", "raid", ["RUR"]),
        ("[RUR:Ruritanian] raids failed.", "raids", ["RUR"]),
        ("The raid by [RUR:Ruritania] failed.", "raid", ["RUR"]),
        ("The raids of [RUR:Ruritania] failed.", "raids", ["RUR"]),
        ("The offer made by [RUR:Ruritania] failed.", "offer", ["RUR"]),
        ("The raid on [RUR:Ruritania] failed.", "raid", []),
        ("The raid failed.", "raid", []),
    ],
)
def test_owners_of_a_noun(play, text, noun, owner):
    """Possessors, adjectives of nationality, "by", "of", and who made it; not whom it was done to."""
    scene = play(text)
    assert ids(who(scene).owners(word(scene, noun))) == owner


def test_jets_and_people_stand_for_their_owner_and_bridges_do_not(play):
    """Only listed nouns act for their owner."""
    scene = play("[RUR:Ruritania]'s jets, [ZEN:Zenda]'s airlines and [GRA:Graustark]'s bridges fell.")
    found = who(scene).named([word(scene, w) for w in ("jets", "airlines", "bridges")])
    assert ids(found) == ["RUR", "ZEN"]


def test_places_are_states_and_groups_not_persons(play):
    """A person is nowhere to go."""
    scene = play("The troops marched into [GRA:Graustark].")
    assert ids(who(scene).places(word(scene, "marched"))) == ["GRA"]


def test_the_only_other_party_of_a_sentence(play):
    """One other side: found; two: open; in a phrase of place: nobody."""
    raid = "[GRA:Graustark] condemned the raid that [front:the front] claimed."
    scene = play(raid)
    (gra,) = who(scene).at(word(scene, "Graustark"))
    assert ids(who(scene).only_other(scene.parsed.sentences[0], (gra,))) == ["front"]
    scene = play("[GRA:Graustark] condemned the raid that [front:the front] and [ZEN:Zenda] claimed.")
    assert who(scene).only_other(scene.parsed.sentences[0], (gra,)) == ()
    scene = play("[GRA:Graustark] condemned the raid in [ZEN:Zenda].")
    assert who(scene).only_other(scene.parsed.sentences[0], (gra,)) == ()


@pytest.mark.parametrize(
    ("actor", "side"),
    [
        ("RUR", {"RUR"}),
        ("minister", {"minister", "RUR"}),
        ("front", {"front"}),
        ("columnist", {"columnist"}),
        ("UN", {"UN", "UNO"}),
    ],
)
def test_who_speaks_for_a_state_is_on_its_side(actor, side):
    """Rebels of a country are not on its side, and nobody without a country is."""
    assert side_of(PEOPLE[actor]) == side


def test_parties_are_listed_once():
    """The first mention of an actor stands for all."""
    first, second = Party(0, 2, "he", "minister"), Party(9, 11, "he", "minister")
    assert unique([first, second]) == (first,)


@pytest.mark.parametrize(
    ("actor", "political"),
    [("RUR", True), ("minister", True), ("front", True), ("columnist", False), ("reporters", False)],
)
def test_political_actors_are_bodies_or_of_some_country(actor, political):
    """The press and persons of no country make no politics."""
    found = Who(Cast((PEOPLE[actor],)), {})
    assert found.is_political([Party(0, 1, "x", actor)]) is political


def test_persons_without_arms_or_office_command_no_troops():
    """Who may withdraw: bodies, governments, fighters."""
    found = Who(Cast(tuple(PEOPLE.values())), {})
    can = {a for a in ("RUR", "minister", "front", "columnist") if found.has_forces([Party(0, 1, "x", a)])}
    assert can == {"RUR", "minister", "front"}


# ------------------------------------------------------------------------------------------------------------ candidates


def test_slots_look_in_their_own_places(play):
    """The object, whom the object belongs to, the subject of the clause, the preposition."""
    scene = play("[RUR:Ruritania] urged [GRA:Graustark] to spare [ZEN:Zenda]'s bridges with [UN:the United Nations].")
    candidate = Candidate(word(scene, "urged"), "verb", who(scene), frozenset())
    assert [ids(p) for p in candidate.slot("object")] == [["GRA"]]
    assert ids(candidate.actors()) == ["RUR"]
    assert "ZEN" in [a for p in candidate.slot("within") for a in ids(p)]


def test_circumstances_are_not_what_it_is_about(play):
    """What stands behind "during" is no complement."""
    scene = play("[RUR:Ruritania] condemned the raid during talks with [ZEN:Zenda].")
    candidate = Candidate(word(scene, "condemned"), "verb", who(scene), frozenset())
    assert "talks" not in [t.text for t in candidate.complement_heads()]


def test_only_lenders_lend_their_subject(play):
    """ "Feared an attack" attacks nobody."""
    scene = play("[RUR:Ruritania] feared an attack.")
    noun = word(scene, "attack")
    assert Candidate(noun, "noun", who(scene), frozenset({"launch"})).actors() == ()
    assert ids(Candidate(noun, "noun", who(scene), frozenset({"fear"})).actors()) == ["RUR"]


# --------------------------------------------------------------------------------------------------------------- topics

TOPICS = [
    ("sanctions on the ministry", "sanctions"),
    ("lift the sanctions", "sanctions-x"),
    ("the lifting of sanctions", "sanctions-x"),
    ("an arms embargo", "arms_embargo"),
    ("peace talks", "dialogue"),
    ("a ceasefire", "ceasefire"),
    ("withdraw its troops", "withdrawal"),
    ("release the prisoners", "detention"),
    ("a no-fly zone", "no_fly_zone"),
    ("send weapons to the rebels", "arms_transfer"),
    ("humanitarian aid", "aid"),
    ("a draft resolution", "resolution"),
    ("the weather", None),
]


@pytest.mark.parametrize(("text", "topic"), TOPICS)
def test_words_name_a_measure(pipeline, text, topic):
    """Nouns, phrases, verbs with objects; "-x" where the measure is undone."""
    assert Topics(load_ontology()).of(list(pipeline(text))) == topic


def test_no_words_name_no_measure():
    """Nothing in, nothing out."""
    assert Topics(load_ontology()).of([]) is None


# --------------------------------------------------------------------------------------------------------------- manner


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return Grammar(load_triggers().words)


MANNERS = [
    ("The army shelled the town.", "shelled", "actual", "affirmed", False),
    ("The army will shell the town.", "shell", "future", "affirmed", False),
    ("The army is going to shell the town.", "shell", "future", "affirmed", False),
    ("The army decided to shell the town.", "shell", "future", "affirmed", False),
    ("The army may shell the town.", "shell", "hypothetical", "affirmed", False),
    ("If the army shells the town, people will flee.", "shells", "hypothetical", "affirmed", False),
    ("The army did not shell the town.", "shell", "actual", "negated", False),
    ("The army never shelled the town.", "shelled", "actual", "negated", False),
    ("The army wants to shell the town.", "shell", "hypothetical", "affirmed", True),
    ("The army refused to shell the town.", "shell", "hypothetical", "affirmed", True),
    ("The army was accused of attempts to shell the town.", "shell", "hypothetical", "affirmed", True),
    ("The minister asked whether the army shelled the town.", "shelled", "hypothetical", "affirmed", True),
    ("There is no sign that the army shelled the town.", "shelled", "hypothetical", "affirmed", True),
    ("The army marched to shell the town.", "shell", "hypothetical", "affirmed", True),
    ("The army is about to shell the town.", "shell", "future", "affirmed", False),
    ("The army may be about to shell the town.", "shell", "hypothetical", "affirmed", False),
    ("Rumours are growing that the army shelled the town.", "shelled", "hypothetical", "affirmed", True),
    ("Tension is growing as the army shelled the town.", "shelled", "actual", "affirmed", False),
    ("There is speculation about shelling by the army.", "shelling", "hypothetical", "affirmed", True),
    ("A coming raid on the town was feared.", "raid", "future", "affirmed", False),
    ("The army entered the town and shelled it.", "shelled", "actual", "affirmed", False),
]


@pytest.mark.parametrize(("text", "verb", "modality", "polarity", "governed"), MANNERS)
def test_the_manner_of_a_verb(tree, grammar, text, verb, modality, polarity, governed):
    """Tense, mood, negation, and what governs it."""
    manner = grammar.manner(tree(text, verb))
    assert (manner.modality, manner.polarity, manner.governed) == (modality, polarity, governed)


@pytest.mark.parametrize(
    ("text", "verb", "willed"),
    [
        ("The army will not shell the town.", "shell", True),
        ("The army won't shell the town.", "shell", True),
        ("The minister said the army would not shell the town.", "shell", True),
        ("The army did not shell the town.", "shell", False),
        ("The army could not shell the town.", "shell", False),
    ],
)
def test_what_one_will_not_do_is_willed(tree, grammar, text, verb, willed):
    """ "Will", and "would" in reported speech; not "could" or "did"."""
    assert grammar.is_willed(tree(text, verb)) is willed


@pytest.mark.parametrize(
    ("text", "verb", "duty"),
    [
        ("The army must leave the town.", "leave", True),
        ("The army should leave the town.", "leave", True),
        ("The army needs to leave the town.", "leave", True),
        ("The army has to leave the town.", "leave", True),
        ("The army does not need to leave the town.", "leave", False),
        ("Should the army leave the town, people will cheer.", "leave", False),
        ("The army will leave the town.", "leave", False),
        ("This must happen soon.", "happen", False),
    ],
)
def test_duties_are_told_from_conditions(tree, grammar, text, verb, duty):
    """What must, should or needs to be done."""
    assert grammar.has_duty(tree(text, verb)) is duty


# ----------------------------------------------------------------------------------------------------------- when and where


def dated(pipeline, text: str, verb: str, *, published: str | None = "2012-01-18", future: bool = False):
    """Date of a verb of the text."""
    parsed = parse(Document(text, published=published), pipeline)
    token = next(t for t in parsed.doc if t.text == verb)
    return Setting(parsed).date(token, future=future)


def test_a_date_in_the_clause_of_the_verb_counts(pipeline):
    """Each verb has its own."""
    text = "The minister left on Tuesday and the envoy arrived on Monday."
    assert dated(pipeline, text, "left") == "2012-01-17"
    assert dated(pipeline, text, "arrived") == "2012-01-16"


def test_a_future_verb_looks_ahead(pipeline):
    """ "On Friday" is the next one."""
    assert dated(pipeline, "The minister will leave on Friday.", "leave", future=True) == "2012-01-20"


def test_talks_to_be_held_lie_ahead(pipeline):
    """The infinitive says so, though the noun has no tense."""
    text = "A summit of the League to be held in Oslo on Friday was welcomed by Norway."
    assert dated(pipeline, text, "held") == "2012-01-20"


def test_the_date_of_a_thing_is_not_the_date_of_what_is_said_of_it(pipeline):
    """Last week's raid was last week, and its denial was not."""
    assert dated(pipeline, "Norway denied last month's raid.", "denied") is None
    assert dated(pipeline, "Norway denied last month's raid.", "raid") == "2011-12"


# --------------------------------------------------------------------------------------------------------------- screen


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("The goalkeeper saved a penalty.", True),
        ("The coach praised his team after the match.", True),
        ("The 20th anniversary of the accord was marked.", True),
        ("In the Napoleonic wars the town burned.", True),
        ("The film has a hero whom the audience loves.", True),
        ("The minister's goal is peace.", False),
        ("The team of inspectors arrived.", False),
        ("The Arab League met.", False),
        ("The council voted 13-2.", False),
        ("The minister resigned.", False),
    ],
)
def test_what_is_not_world_affairs(pipeline, text, other):
    """One clear word, or two that could be either."""
    assert Screen(load_triggers().screen).is_other(pipeline(text)[:]) is other


# --------------------------------------------------------------------------------------------------------------- claims


def statement(id: str, text: str, content: str, source: str | None = None) -> Statement:
    """A statement whose content stands in the text."""
    document = Document(text)
    at = text.index(content)
    party = None if source is None else Party(0, 1, text[0], source)
    return Statement(id=id, source=party, cue=None, content=(document.span(at, at + len(content)),), form="indirect")


def test_claims_nest():
    """The innermost statement around a place comes first."""
    text = "He said she had said it rained."
    claims = Claims(
        (statement("outer", text, "she had said it rained"), statement("inner", text, "it rained")),
        Who(Cast(), frozenset()),
    )
    at = text.index("rained")
    assert [s.id for s in claims.around(Document(text).span(at, at + 6))] == ["inner", "outer"]


def test_the_act_of_the_source_passes_to_the_outer_statement():
    """What she rejects by saying so is claimed by him who tells of it."""
    text = "He said she had said she rejects it."
    outer = statement("outer", text, "she had said she rejects it", "minister")
    inner = statement("inner", text, "she rejects it", "GRA")
    found = Who(Cast((PEOPLE["minister"], PEOPLE["GRA"])), frozenset())
    at = text.index("rejects")
    claims = Claims((outer, inner), found)
    assert claims.claimed_in(Document(text).span(at, at + 7), "REJECT", (Party(0, 1, "H", "GRA"),)) == "outer"
    assert claims.claimed_in(Document(text).span(at, at + 7), "ASSAULT", (Party(0, 1, "H", "GRA"),)) == "inner"


def test_a_statement_without_a_decided_source_has_no_speaker():
    """Nobody demands anything in "it is said"."""
    text = "It is said that it rained."
    assert Claims((), Who(Cast(), frozenset())).source([statement("s", text, "it rained")]) is None


# ---------------------------------------------------------------------------------------------------------------- scores


def test_kinds_of_predicates_have_scores():
    """Verbs are surest, what is inferred least."""
    assert SCORES["verb"] > SCORES["noun"] > SCORES["inferred"] > 0


def test_an_event_keeps_every_party_in_its_document(play):
    """Law 5: actors and recipients lie in the document's cast."""
    scene = play("[RUR:Ruritania] and [GRA:Graustark] condemned [ZEN:Zenda].")
    known = {a.id for a in scene.cast.actors}
    assert all({*ids(e.actors), *ids(e.recipients)} <= known for e in scene.events)
    assert all(isinstance(e, Event) for e in scene.events)
    assert all(isinstance(a, Actor) for a in scene.cast.actors)


def test_what_a_noun_is_done_to_does_not_do_it(play):
    """ "The bombing of X" is suffered by X, "the airstrikes of X" are X's."""
    assert ids(play("[RUR:Ruritania]'s bombing of [villagers:villagers] went on.").one().actors) == ["RUR"]
    assert play("The bombing of [GRA:Graustark] went on.").events == ()
    assert ids(play("The airstrikes of [RUR:Ruritania] on [GRA:Graustark] went on.").one().actors) == ["RUR"]
