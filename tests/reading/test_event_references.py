"""References across sentences: lists of states, deeds summed up, hosts of conferences, "you", the publisher's own voice."""

from __future__ import annotations

import pytest

from tests.reading.scenes import ids, played, told


@pytest.fixture(scope="module")
def play(pipeline):
    """Marked-up text in, scene out."""
    return lambda text, **kwargs: played(text, pipeline, **kwargs)


LISTED = "[GRA:Graustark] and [ZEN:Zenda] sent a letter. "


def test_these_countries_are_those_listed_before(play):
    """One party for each, with the words that stand for all."""
    event = play(LISTED + "[RUR:Ruritania] condemned these countries.").of("ACCUSE")
    assert [(p.text, p.actor) for p in event.recipients] == [("these countries", "GRA"), ("these countries", "ZEN")]


def test_a_number_must_fit_the_list(play):
    """ "The two nations" are two, "the three nations" are others."""
    both = ("ACCUSE", ("RUR",), ("GRA", "ZEN"))
    assert both in told(play(LISTED + "[RUR:Ruritania] condemned the two nations."))
    assert both not in told(play(LISTED + "[RUR:Ruritania] condemned the three nations."))


def test_the_move_is_of_him_whom_the_sentence_before_is_about(play):
    """Who condemns a move condemns its author."""
    scene = play("[GRA:Graustark] closed its schools. The move was condemned by [RUR:Ruritania].")
    assert ("ACCUSE", ("RUR",), ("GRA",)) in told(scene)


def test_a_move_described_in_itself_refers_to_nothing(play):
    """ "The move to close the port" says what it is."""
    scene = play("[GRA:Graustark] closed its schools. [RUR:Ruritania] condemned the move of last year.")
    assert ("ACCUSE", ("RUR",), ("GRA",)) not in told(scene)


def test_who_will_not_attend_turns_down_the_host(play):
    """The host may be named a sentence before."""
    text = "[ZEN:Zenda] hosted a conference on grain. [RUR:Ruritania] refused to attend the conference."
    assert ids(play(text).of("REJECT").recipients) == ["ZEN"]


def test_talks_are_no_conference(play):
    """The host of the conference does not host the talks."""
    text = "[ZEN:Zenda] hosted a conference on grain. [RUR:Ruritania] refused to attend the talks."
    assert ("REJECT", ("RUR",), ("ZEN",)) not in told(play(text))


def test_its_raids_are_of_him_who_is_urged_to_end_them(play):
    """A possessive in what somebody is urged to do is of him who is urged."""
    text = "[RUR:Ruritania] urged [GRA:Graustark] to end [RUR:its] attacks on [front:the front]."
    assert ("ASSAULT", ("GRA",), ("front",)) in told(play(text))


def test_you_are_the_state_just_spoken_of(play):
    """A duty laid on "you" is laid on it."""
    content = "Graustark has gained ground. You must leave the valley"
    text = "[GRA:Graustark] has gained ground. You must leave the valley, said [minister:the minister]."
    event = play(text, said=(("the minister", "said", content),)).of("REQUEST")
    assert (ids(event.actors), ids(event.recipients)) == (["minister"], ["GRA"])


def test_a_publisher_that_says_we_makes_its_own_demands(play):
    """In a body's own statement the sentences without a source are the body's."""
    scene = play("[UN:We] met on Monday. [GRA:Graustark] must open the road.")
    assert ("REQUEST", ("UN",), ("GRA",)) in told(scene)


def test_without_a_voice_nobody_demands(play):
    """A newspaper's "must" is no demand of anybody's."""
    assert play("[GRA:Graustark] must open the road.").events == ()


def test_a_responsibility_is_a_duty(play):
    """ "Has a responsibility to" asks for it."""
    text = "[minister:The minister] said [GRA:Graustark] has a responsibility to open the road."
    scene = play(text, said=(("The minister", "said", "Graustark has a responsibility to open the road"),))
    assert ("REQUEST", ("minister",), ("GRA",)) in told(scene)


def test_what_one_says_only_of_an_opponent_accuses(play):
    """Who says that another undermines the talks blames him."""
    content = "Graustark is undermining the talks"
    scene = play(
        f"[minister:The minister] said [GRA:Graustark]{content[9:]}.", said=(("The minister", "said", content),)
    )
    assert ("ACCUSE", ("minister",), ("GRA",)) in told(scene)


def test_a_bad_name_accuses(play):
    """Described as a menace of a kind that one calls no friend."""
    assert play("[RUR:Ruritania] described [GRA:Graustark] as an aggressor.").one().type == "ACCUSE"
    assert play("[RUR:Ruritania] described [GRA:Graustark] as a neighbour.").events == ()


def test_end_to_attacks_is_asked_of_the_attacker(play):
    """What "an end to" names is no place."""
    scene = play("[RUR:Ruritania] called for an end to [GRA:Graustark]'s attacks on [front:the front].")
    assert ("REQUEST", ("RUR",), ("GRA",)) in told(scene)


def test_troops_withdraw_from_where_they_stand(play):
    """The place may hang on the troops."""
    event = play("[army:Graustarkian troops] in [RUR:Ruritania] will withdraw.").one()
    assert (event.type, ids(event.recipients)) == ("RETREAT", ["RUR"])


def test_what_a_minister_says_it_will_do_his_state_will_do(play):
    """ "It", where nothing else is meant: the state for which he speaks, if the page names that state."""
    said = "[minister:Hentzau] said [undecided:it] would shell [GRA:Graustark]."
    assert ("ASSAULT", ("RUR",), ("GRA",)) in told(play("[RUR:Ruritania] is far away. " + said))
    assert ("ASSAULT", ("RUR",), ("GRA",)) not in told(play(said))


def test_what_a_columnist_says_it_will_do_nobody_will_do(play):
    """He speaks for no state."""
    text = "[RUR:Ruritania] is far away. [columnist:Tarlenheim] said [undecided:it] would shell [GRA:Graustark]."
    assert not [e for e in play(text).events if e.type == "ASSAULT"]
