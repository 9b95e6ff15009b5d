"""What a model of relations adds to the rules: new events, other types, and never a pair that makes no sense."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from dragoman import Document, Reader
from tests.reading.scenes import ids, played, told


@dataclass
class Opinion:
    """A model that is always as sure of one type, and remembers what it was asked."""

    type: str
    sure: float = 0.95
    asked: list[tuple[str, str]] = field(default_factory=list)

    @property
    def scores(self) -> dict[str, float]:
        return {
            "NONE": 0.0,
            "AGREE": 0.0,
            self.type: self.sure,
            "CONSULT" if self.type != "CONSULT" else "AID": 1 - self.sure,
        }

    def relate(self, text: str, actor: tuple[int, int], recipient: tuple[int, int]) -> Opinion:
        self.asked.append((text[slice(*actor)], text[slice(*recipient)]))
        return self


@pytest.fixture(scope="module")
def play(pipeline):
    """Marked-up text and a model in, scene out."""
    return lambda text, model, **kwargs: played(text, pipeline, model=model, **kwargs)


def test_a_verb_without_words_of_its_own_is_what_the_model_says(play):
    """The rules know no "outfoxed"; the model does."""
    event = play("[RUR:Ruritania] outfoxed [GRA:Graustark].", Opinion("REJECT")).one()
    assert (event.type, event.anchor.text, event.cameo, event.score) == ("REJECT", "outfoxed", "120", 0.3)
    assert (ids(event.actors), ids(event.recipients)) == (["RUR"], ["GRA"])


def test_without_a_model_the_verb_tells_nothing(play):
    """The default mode has rules alone."""
    assert play("[RUR:Ruritania] outfoxed [GRA:Graustark].", None).events == ()


def test_who_is_not_sure_adds_nothing(play):
    """The type must be likelier than chance by far."""
    assert play("[RUR:Ruritania] outfoxed [GRA:Graustark].", Opinion("REJECT", 0.55)).events == ()


def test_none_adds_nothing(play):
    """A model that sees no event is believed."""
    assert play("[RUR:Ruritania] outfoxed [GRA:Graustark].", Opinion("NONE")).events == ()


def test_several_recipients_share_one_event(play):
    """PLOVER lists those to whom one thing was done."""
    scene = play("[RUR:Ruritania] outfoxed [GRA:Graustark] and [ZEN:Zenda].", Opinion("REJECT"))
    assert told(scene) == {("REJECT", ("RUR",), ("GRA", "ZEN"))}


@pytest.mark.parametrize(
    "text",
    [
        "[RUR:Ruritania] could outfox [GRA:Graustark].",
        "If [RUR:Ruritania] outfoxes [GRA:Graustark], the talks will fail.",
        "[RUR:Ruritania] did not outfox [GRA:Graustark].",
        "[RUR:Ruritania] is north of [GRA:Graustark].",
        "[RUR:It] outfoxed [GRA:Graustark].",
        "[villagers:Villagers] outfoxed [gunmen:gunmen].",
        "[RUR:Ruritania] outfoxed [RUR:Ruritania].",
    ],
)
def test_the_model_is_not_asked(play, text):
    """What is unreal, denied or no act; a pronoun, two nameless sides, oneself."""
    model = Opinion("REJECT")
    assert play(text, model).events == ()
    assert model.asked == []


def test_what_the_rules_joined_is_not_added_again(play):
    """The model only sees whether the type should be another; here it is less sure than that takes."""
    model = Opinion("REJECT", 0.85)
    assert told(play("[RUR:Ruritania] shelled [GRA:Graustark].", model)) == {("ASSAULT", ("RUR",), ("GRA",))}
    assert set(model.asked) == {("Ruritania", "Graustark")}


def test_a_model_that_is_sure_changes_the_type(play):
    """Its opinion is of the pair in the sentence; mode and code of the old type go."""
    event = play("[RUR:Ruritania] shelled [GRA:Graustark].", Opinion("COERCE")).one()
    assert (event.type, event.mode, event.cameo) == ("COERCE", None, "170")


def test_what_is_to_come_keeps_its_type(play):
    """A model learnt from coders who write future meetings down as promises; here the modality says so."""
    event = play("[RUR:Ruritania] will shell [GRA:Graustark].", Opinion("THREATEN")).one()
    assert (event.type, event.modality) == ("ASSAULT", "future")


def test_a_proposed_promise_is_made_today(play):
    """To promise or threaten is done by announcing it."""
    event = play("[RUR:Ruritania] will outfox [GRA:Graustark].", Opinion("THREATEN")).one()
    assert (event.type, event.modality) == ("THREATEN", "actual")


def test_accurate_mode_finds_what_default_does_not():
    """With the model that ships."""
    document = Document("Kenya has pushed the Ugandan rebels out of the valley.", published="2024-03-05")
    quick, slow = (Reader(mode=mode).read(document).events for mode in ("default", "accurate"))
    assert [e.type for e in quick] == []
    assert [(e.type, [p.actor for p in e.actors]) for e in slow] == [("ASSAULT", ["KEN"])]
