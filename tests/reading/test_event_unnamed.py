"""Events of those who have no name: gunmen, a captain, authorities that the passive leaves out, the people of a place."""

from __future__ import annotations

import pytest

from dragoman.analysis import Actor, Event, Party, Place
from dragoman.document import Span
from dragoman.reading.actors import Cast
from dragoman.reading.events.finder import NAMELESS, SCORES
from dragoman.reading.events.victims import with_victims
from tests.reading.scenes import ids, played, told


@pytest.fixture(scope="module")
def play(pipeline):
    """Marked-up text in, scene out."""
    return lambda text, **kwargs: played(text, pipeline, **kwargs)


def test_nameless_people_act_with_a_lower_score(play):
    """Gunmen have a sector, if no country; what they did is surer to be of use where one knows who they are."""
    event = play("[gunmen:Gunmen] kidnapped [envoy:the envoy].").one()
    assert (event.type, ids(event.actors)) == ("ASSAULT", ["gunmen"])
    assert event.score == pytest.approx(SCORES["verb"] * NAMELESS)


def test_nameless_people_speak_only_to_somebody(play):
    """A word of nameless people to nobody in particular is noise."""
    assert play("[gunmen:Gunmen] rejected [RUR:Ruritania]'s offer.").one().type == "REJECT"
    assert play("[gunmen:Gunmen] rejected the offer of talks.").events == ()


def test_an_undecided_victim_is_kept_in_its_words(play):
    """Who it is stays open, the words do not."""
    event = play("[RUR:Ruritania] arrested [undecided:the captain].").one()
    assert [(p.text, p.actor) for p in event.recipients] == [("the captain", None)]


def test_people_whom_no_role_word_covers_are_recipients(play):
    """The noun phrase is quoted whole, without the clause behind it."""
    event = play("[RUR:Ruritania] deported an elderly man who had crossed the river.").one()
    assert [(p.text, p.actor) for p in event.recipients] == [("an elderly man", None)]


def test_two_undecided_sides_make_no_event(play):
    """Nobody could use it."""
    assert play("[undecided:The captain] arrested [undecided:the pilot].").events == ()


def test_an_undecided_he_does_nothing(play):
    """Of pronouns only the first person is kept, for what is done by speaking."""
    assert play("[undecided:He] condemned [GRA:Graustark].").events == ()
    assert play("[undecided:We] condemn [GRA:Graustark].").one().type == "ACCUSE"


def test_its_own_people_are_no_other_side(play):
    """ "Its own border" is nobody's border but the actor's."""
    assert play("[RUR:Ruritania] shelled its own city.").events == ()


def test_who_is_counted_stands_behind_the_count(play):
    """ "Dozens of gunmen" are gunmen."""
    assert told(play("Dozens of [front:rebels] stormed [army:the barracks].")) == {("ASSAULT", ("front",), ("army",))}


def test_a_group_noun_stands_for_the_group_before_it(play):
    """ "The Delta Front militia" is the front."""
    assert ids(play("The [front:Front] militia attacked [GRA:Graustark].").one().actors) == ["front"]


def test_states_share_a_noun(play):
    """Both states of "Zendan and Graustarkian forces" act."""
    event = play("[ZEN:Zendan] and [army:Graustarkian forces] attacked [front:the rebels].").one()
    assert ids(event.actors) == ["ZEN", "army"]


def test_authorities_that_a_passive_leaves_out_are_those_of_the_place(play):
    """Who was arrested in Graustark was arrested by Graustark."""
    event = play("[minister:The minister] was arrested in [GRA:Graustark].").one()
    assert (ids(event.actors), ids(event.recipients)) == (["GRA"], ["minister"])


def test_a_captured_man_was_not_captured_by_the_place(play):
    """Only what authorities do is put to those of the place."""
    assert play("[minister:The minister] was captured in [GRA:Graustark].").events == ()


def test_troops_that_were_sent_are_of_their_own_side(play):
    """The passive leaves out who sent them."""
    event = play("[army:Graustarkian troops] were deployed in [RUR:Ruritania].").one()
    assert (event.type, ids(event.actors), ids(event.recipients)) == ("MOBILIZE", ["army"], ["RUR"])


@pytest.mark.parametrize(
    "text",
    [
        "[envoy:The envoy]'s arrest by [front:the front] angered the town.",
        "[front:The front]'s arrest of [envoy:the envoy] angered the town.",
    ],
)
def test_the_owner_of_an_arrest_has_suffered_it(play, text):
    """Unless "of" says who did."""
    assert told(play(text)) == {("COERCE", ("front",), ("envoy",))}


def test_who_condemns_an_arrest_does_not_accuse_the_arrested(play):
    """The owner of the arrest is its victim."""
    assert ("ACCUSE", ("RUR",), ("envoy",)) not in told(play("[RUR:Ruritania] condemned [envoy:the envoy]'s arrest."))


def test_a_pronoun_gives_way_to_the_words_it_stands_for(play):
    """Tables show who it is, where the sentence says it."""
    event = play("[RUR:Ruritania] said [RUR:it] had expelled [envoy:the envoy].").one()
    assert [p.text for p in event.actors] == ["Ruritania"]


def test_a_dateline_acts_in_nothing(play):
    """The city before the dash is where it was written."""
    event = play("[ZEN:ZENDA] -- [RUR:Ruritania] pardoned [envoy:the envoy].").one()
    assert (event.type, ids(event.actors)) == ("CONCEDE", ["RUR"])


def test_what_one_calls_to_say_is_said(play):
    """The purpose of a call is no mere purpose."""
    event = play("[minister:The minister] called [envoy:the envoy] to congratulate him.").one()
    assert (event.type, event.modality) == ("SUPPORT", "actual")


def test_what_one_said_one_would_do_is_to_come(play):
    """ "Would" is the will of yesterday."""
    text = "[RUR:Ruritania] said [RUR:it] would free [front:ten rebels]."
    assert play(text).one().modality == "future"


def test_a_plural_verb_passes_over_a_single_name(play):
    """ "And are preparing" has the states for its subject, not the minister of the clause between."""
    text = "[GRA:The states] accept that [minister:Hentzau] has survived and are preparing to attack [front:the front]."
    assert ids(play(text).of("ASSAULT").actors) == ["GRA"]


def test_an_asked_for_resignation_has_not_happened(play):
    """What is demanded is part of the demand; violence that is to end goes on."""
    assert {e.type for e in play("[front:The front] demands [minister:the minister]'s resignation.").events} == {
        "REQUEST"
    }


def test_protest_is_made_to_those_of_the_place():
    """PLOVER codes the people of a place under its country."""
    place = Place(0, 5, "Paris", name="Paris", kind="city", country="FRA")
    protest = Event(
        id="e", type="PROTEST", anchor=Span(6, 13, "marched"), actors=(Party(0, 5, "crowd", "x"),), place=place
    )
    france = Cast((Actor(id="FRA", name="France", kind="state", country="FRA"),))
    (event,) = with_victims([protest], france)
    assert event.recipients == (Party(0, 5, "Paris", "FRA"),)


def test_a_place_that_is_a_recipient_gets_its_state():
    """Words that are only a place are decided by where the place lies."""
    place = Place(0, 5, "Paris", name="Paris", kind="city", country="FRA")
    raid = Event(
        id="e", type="ASSAULT", anchor=Span(6, 9, "hit"), actors=(), recipients=(Party(0, 5, "Paris"),), place=place
    )
    france = Cast((Actor(id="FRA", name="France", kind="state", country="FRA"),))
    (event,) = with_victims([raid], france)
    assert ids(event.recipients) == ["FRA"]


@pytest.mark.parametrize(
    ("adjective", "modality"), [("possible", "hypothetical"), ("planned", "future"), ("brief", "actual")]
)
def test_an_adjective_tells_whether_it_happened(play, adjective, modality):
    """A possible invasion is none yet."""
    event = play(f"The {adjective} invasion of [GRA:Graustark] by [RUR:Ruritania] fills the papers.").of("ASSAULT")
    assert event.modality == modality
