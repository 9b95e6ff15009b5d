"""Which pairs the model is asked about in the default mode: few, and only where the rules are silent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.analysis import Actor
from dragoman.knowledge.ontology import load_ontology
from dragoman.knowledge.triggers import load_triggers
from dragoman.reading.events import find_events
from dragoman.reading.events.gate import Gate, Pair, features, seen
from dragoman.reading.events.parties import Who
from tests.reading.scenes import ids, played
from tests.reading.test_event_proposals import Opinion

OPEN, SHUT = (Gate({"verb outfox": 0.1, "verb ask": 0.1}, 0.0, least) for least in (-1.0, 1.0))


@pytest.fixture(scope="module")
def gated(pipeline):
    """Marked-up text, gate and model in, events out."""

    def read(text: str, gate: Gate, model: Opinion):
        scene = played(text, pipeline)
        return find_events(scene.parsed, scene.cast, (), load_ontology(), load_triggers(), model, gate)

    return read


def test_what_the_gate_lets_through_is_asked(gated):
    """The event is the model's."""
    model = Opinion("REJECT")
    (event,) = gated("[RUR:Ruritania] outfoxed [GRA:Graustark].", OPEN, model)
    assert (event.type, ids(event.actors), ids(event.recipients)) == ("REJECT", ["RUR"], ["GRA"])


def test_a_verb_that_does_not_speak_for_an_event_is_passed_over(gated):
    """Its parties are not even looked for, however open the gate."""
    model = Opinion("REJECT")
    assert gated("[RUR:Ruritania] outfoxed [GRA:Graustark].", Gate({"verb ask": 0.1}, 0.0, -9.0), model) == ()


def test_what_the_gate_keeps_back_is_not_asked(gated):
    """Nothing is found, and nothing was spent."""
    model = Opinion("REJECT")
    assert gated("[RUR:Ruritania] outfoxed [GRA:Graustark].", SHUT, model) == ()
    assert model.asked == []


def test_behind_a_gate_the_rules_have_the_last_word(gated):
    """Of a verb that tells something by the rules nothing is asked, neither its type nor its other parties."""
    model = Opinion("SUPPORT")
    (event,) = gated("[RUR:Ruritania] asked [GRA:Graustark] for a letter from [ZEN:Zenda].", OPEN, model)
    assert event.type == "REQUEST"
    assert model.asked == []


def test_the_gate_sees_the_words_between(pipeline):
    """Verb, the way from the recipient to it, what brings it in, and who the two are."""
    scene = played("[RUR:Ruritania] mocked the word of [GRA:Graustark].", pipeline)
    verb = next(t for t in scene.parsed.doc if t.text == "mocked")
    actor, recipient = (
        Who(scene.cast, load_triggers().words).at(t)[0]
        for t in scene.parsed.doc
        if t.text in ("Ruritania", "Graustark")
    )
    found = features(seen(verb, actor, recipient, Who(scene.cast, load_triggers().words)))
    assert {"verb mock", "form VBD", "by of", "verb mock by of", "through word", "actor state", "to known"} <= found


PAIR = Pair(
    verb="meet", tag="VBD", head=None, path=(("dobj", "lima", "PROPN"),), distance=2, actor=None, recipient=None
)


def test_weights_add_up():
    """An unknown feature weighs nothing."""
    gate = Gate({"verb meet": 0.5, "to open": 0.25, "verb part": 9.0}, -1.0, 0.0)
    assert gate.score(PAIR) == pytest.approx(-0.25)


def test_a_side_is_open_or_described():
    """Kind, country and sectors."""
    rebels = Actor(id="x", name="x", kind="group", sectors=("REB",))
    assert "to open" in features(PAIR)
    assert {"to group", "to of nowhere", "to REB"} <= features(replace(PAIR, recipient=rebels))


def test_the_gate_that_ships_knows_its_features():
    """Every weight belongs to a kind of feature that pairs have."""
    gate = Gate.load()
    kinds = {"verb", "form", "under", "apart", "by", "path", "through", "actor", "to"}
    assert len(gate.weights) > 500
    assert {name.split()[0] for name in gate.weights} == kinds
    assert gate.score(PAIR) > gate.score(replace(PAIR, verb="perambulate"))
