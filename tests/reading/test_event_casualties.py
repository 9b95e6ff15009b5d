"""How many died, were hurt or were arrested, and to which event the number belongs."""

from __future__ import annotations

import pytest

from dragoman.reading.events.casualties import tallies
from tests.reading.scenes import played


@pytest.fixture(scope="module")
def told(pipeline):
    """Text in, outcome and number of every tally of its first sentence out."""

    def tally(text):
        sentence = next(pipeline(text).sents)
        return [(t.outcome, sum(n.value for n in t.group)) for t in tallies(sentence)]

    return tally


@pytest.fixture(scope="module")
def play(pipeline):
    """Marked-up text in, scene out."""
    return lambda text, **kwargs: played(text, pipeline, **kwargs)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Rebels killed 12 people and wounded 30 in the town.", [("dead", 12), ("injured", 30)]),
        ("Twelve people were killed and 30 wounded.", [("dead", 12), ("injured", 30)]),
        ("At least a dozen people are dead after the raid.", [("dead", 12)]),
        ("The blast left two soldiers and a child dead.", [("dead", 3)]),
        ("Gunmen shot five officers, three of them fatally.", [("dead", 3)]),
        ("The shelling hit a market, wounding scores.", [("injured", 20)]),
        ("The death toll rose to 41 on Tuesday.", [("dead", 41)]),
        ("The toll stands at 17.", [("dead", 17)]),
        ("Police arrested 200 protesters.", [("arrested", 200)]),
        ("Two hundred protesters were arrested by police.", [("arrested", 200)]),
        ("Dozens of protesters have been detained.", [("arrested", 12)]),
        ("Ten to fifteen rebels died in the clashes.", [("dead", 10)]),
        ("Four policemen, two soldiers and a driver were killed.", [("dead", 7)]),
        ("The attack killed at least 11, including four children, and wounded another 25.", [("dead", 11), ("injured", 25)]),
        ("3 dead, 12 wounded in market blast", [("dead", 3), ("injured", 12)]),
        ("Nearly a thousand civilians lost their lives.", [("dead", 1000)]),
        ("The attack claimed the lives of seven aid workers.", [("dead", 7)]),
        ("The death of three soldiers angered the army.", [("dead", 3)]),
        ("Hundreds of people have been arrested and at least 21 killed.", [("arrested", 100), ("dead", 21)]),
        ("There have been 123 deaths in the camp.", [("dead", 123)]),
    ],
)  # fmt: skip
def test_victims_are_counted(told, text, counts):
    """Active, passive, participles, small clauses, nouns, tolls, headlines; those included are not added."""
    assert sorted(told(text)) == sorted(counts)


@pytest.mark.parametrize(
    "text",
    [
        "The army destroyed 12 tanks.",
        "The army has killed 12 days of talks.",
        "Poachers killed 12 cows.",
        "The veto killed a bill worth $300.",
        "The police could arrest 200 people.",
        "The army did not kill 12 people.",
        "No one was killed.",
        "More than 60 civilians were killed and injured.",
        "The strike killed three-year-old twins.",
        "They arrested the minister.",
        "The minister met 12 envoys.",
    ],
)
def test_what_is_no_victim_is_not_counted(told, text):
    """Weapons, days, animals, money, what did not happen, one number for two outcomes, people without a number."""
    assert told(text) == []


def test_an_event_has_its_dead_with_their_words(play):
    """The number, its bounds and its words stand with the violence."""
    event = play("[army:The army] shelled [front:the rebels], killing at least 12 fighters.").of("ASSAULT")
    assert (event.dead.text, event.dead.value, event.dead.least, event.dead.most) == (
        "at least 12 fighters",
        12,
        12,
        None,
    )
    assert event.injured is None
    assert event.arrested is None


def test_arrests_stand_with_the_coercion(play):
    """Who arrests coerces."""
    event = play("[RUR:Ruritania] arrested 200 [villagers:villagers].").of("COERCE")
    assert (event.arrested.text, event.arrested.value) == ("200 villagers", 200)


def test_a_number_with_another_cause_is_not_taken(play):
    """A bomb of another day has victims of its own."""
    event = play("[army:The army] attacked [front:the rebels] a day after a bomb killed 30 people.").of("ASSAULT")
    assert event.dead is None


def test_a_victim_who_acts_is_not_a_victim_of_the_act(play):
    """Who died fighting somebody was not killed by that fighting's recipients' count."""
    scene = play("A soldier fighting [front:the rebels] has died in an explosion.")
    assert [e.dead for e in scene.events if e.dead is not None] == []


def test_what_is_only_threatened_has_no_victims(play):
    """Violence to come has none yet."""
    for event in play("[RUR:Ruritania] threatened to kill 12 [villagers:villagers].").events:
        assert event.dead is None


def test_diplomacy_has_no_victims(play):
    """A demand that names the dead of a raid did not kill them."""
    event = play("[RUR:Ruritania] condemned [GRA:Graustark] for the raid that killed 12 people.").of("ACCUSE")
    assert event.dead is None


def test_the_dead_that_led_to_a_curfew_are_not_the_curfew_s(play):
    """What coercion follows, it did not do."""
    text = "[RUR:Ruritania] arrested [envoy:the envoy] to stop protests following the killings of four people."
    assert [e.dead for e in play(text).events] == [None] * len(play(text).events)
