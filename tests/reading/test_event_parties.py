"""Who stands where in a sentence: shared nouns, leaders, gifts, addressees, conditions, promises, those who keep the peace."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from dragoman.reading.events.parties import _phrase
from tests.reading.scenes import Scene, ids, played


@pytest.fixture(scope="module")
def play(pipeline):
    """Marked-up text in, scene out."""
    return lambda text, **kwargs: played(text, pipeline, **kwargs)


def sides(scene: Scene, type: str) -> tuple[list[str | None], list[str | None]]:
    """Actors and recipients of the only event of a type."""
    event = scene.of(type)
    return ids(event.actors), ids(event.recipients)


@pytest.mark.parametrize(
    "subject",
    [
        "[RUR:Ruritania] and [envoy:Graustark's foreign ministers]",
        "[RUR:Ruritania]'s and [envoy:Graustark's foreign ministers]",
        "[RUR:Ruritania] and [envoy:Graustark negotiators]",
    ],
)
def test_states_that_share_a_noun_act_together(play, subject):
    """Both have ministers, though only the second stands beside the word."""
    assert sides(play(f"{subject} met in Strelsau."), "CONSULT")[0] == ["RUR", "envoy"]


def test_who_leads_a_raid_makes_it(play):
    """A Graustark-led raid is Graustark's."""
    scene = play("A [GRA:Graustark]-led raid on [front:the Front] failed in the hills.")
    assert sides(scene, "ASSAULT") == (["GRA"], ["front"])


def test_what_is_struck_belongs_to_those_who_hold_it(play):
    """Front-held towns are the Front's."""
    scene = play("[UN:The United Nations] said [GRA:Graustark]'s raid on [front:Front]-held areas went on.")
    assert sides(scene, "ASSAULT") == (["GRA"], ["front"])


def test_a_summit_between_two_stands_for_both(play):
    """The summit that fails to agree is those who hold it."""
    scene = play("The summit between [RUR:Ruritania] and [GRA:Graustark] failed to reach an agreement.")
    assert sides(scene, "REJECT")[0] == ["RUR", "GRA"]


def test_an_offensive_that_goes_on_has_its_victims_at_the_verb(play):
    """The parse hangs "against" on the verb."""
    scene = play("[UN:The United Nations] said [GRA:Graustark]'s offensive has continued against [front:the Front].")
    assert sides(scene, "ASSAULT") == (["GRA"], ["front"])


def test_the_people_under_a_regime_are_its_states(play):
    """Without an owner "the people" are those of the state whose government acts."""
    scene = play("[RUR:Ruritania] inflicted brutal suffering on [nobody:the people].")
    assert sides(scene, "ASSAULT") == (["RUR"], ["RUR"])


@pytest.mark.parametrize(
    "text",
    [
        "[RUR:Ruritania] inflicted brutal suffering on [nobody:the people] of the island.",
        "[front:The Front] inflicted brutal suffering on [nobody:the people].",
    ],
)
def test_other_people_are_nobodys(play, text):
    """Those of an island may be anybody's, and rebels rule nobody."""
    assert sides(play(text), "ASSAULT")[1] == ["nobody"]


@pytest.mark.parametrize(
    "text",
    [
        "[RUR:Ruritania] agreed to send [gunmen:fighters] to [ZEN:Zenda].",
        "[RUR:Ruritania] is ready to contribute [gunmen:fighters] to the force in [ZEN:Zenda].",
    ],
)
def test_what_is_to_be_given_is_nobodys_recipient(play, text):
    """The fighters are sent; it is promised to those whom they are sent to."""
    assert sides(play(text), "AGREE") == (["RUR"], ["ZEN"])


@pytest.mark.parametrize(
    "text",
    [
        "[RUR:Ruritania] sent a letter to [GRA:Graustark] threatening to cut its funding.",
        "[RUR:Ruritania] wrote to [GRA:Graustark] threatening to cut its funding.",
    ],
)
def test_a_threat_in_a_letter_is_meant_for_its_addressee(play, text):
    """Whoever gets the letter is threatened."""
    assert sides(play(text), "THREATEN") == (["RUR"], ["GRA"])


def test_who_must_move_first_is_refused(play):
    """The refusal is put to him whose act it waits for."""
    scene = play("[RUR:Ruritania] will not lift the embargo until [GRA:Graustark] frees the sailors.")
    assert sides(scene, "REJECT") == (["RUR"], ["GRA"])


def test_what_a_threat_comes_after_is_a_fact(play):
    """What is threatened is unreal, what it comes after is not."""
    scene = play("[RUR:Ruritania] threatened to skip the talks after a demand by [GRA:Graustark] for a ceasefire.")
    assert ids(scene.of("REQUEST").actors) == ["GRA"]


def test_who_stands_at_the_forefront_of_calls_makes_them(play):
    """The subject of the copula calls; the parse hangs "for ... to" on the copula."""
    scene = play(
        "[RUR:Ruritania] has been at the forefront of calls for [envoy:the Graustark president] to leave office."
    )
    assert sides(scene, "REQUEST") == (["RUR"], ["envoy"])


def test_peacekeepers_are_sent_to_help(play):
    """Troops are a show of force, unless they keep the peace."""
    assert sides(play("[RUR:Ruritania] is sending peacekeepers to [ZEN:Zenda]."), "AID") == (["RUR"], ["ZEN"])
    assert sides(play("[RUR:Ruritania] is sending troops to [ZEN:Zenda]."), "MOBILIZE") == (["RUR"], ["ZEN"])


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("[RUR:Ruritania] vowed to bomb [GRA:Graustark].", "THREATEN"),
        ("[RUR:Ruritania] promised [GRA:Graustark] support for its war-torn provinces.", "AGREE"),
        ("[RUR:Ruritania] offered a regiment and attack helicopters to [GRA:Graustark].", "AGREE"),
    ],
)
def test_only_a_promise_to_hurt_is_a_threat(play, text, type):
    """Words of war farther off make no threat of an offer."""
    assert sides(play(text), type) == (["RUR"], ["GRA"])


def test_a_decree_acts_for_its_author(play):
    """What the decree grants, its author grants."""
    scene = play("[minister:The minister] signed a decree granting citizenship to [envoy:the Graustark envoy].")
    assert sides(scene, "CONCEDE") == (["minister"], ["envoy"])


@pytest.mark.parametrize(
    ("text", "type", "words"),
    [
        ("[RUR:Ruritania] threatened to shell the market.", "THREATEN", "the market"),
        ("[RUR:Ruritania] announced a truce in the enclave.", "RETREAT", "the enclave"),
    ],
)
def test_a_place_nobody_knows_keeps_its_words(play, text, type, words):
    """It stands for those in it."""
    (party,) = play(text).of(type).recipients
    assert (party.text, party.actor) == (words, None)


@pytest.mark.parametrize(
    ("content", "type"),
    [
        ("[RUR:it] will release [envoy:the envoy]", "AGREE"),
        ("[RUR:it] will bomb [GRA:Graustark]", "THREATEN"),
    ],
)
def test_who_says_what_he_will_do_promises_or_threatens(play, content, type):
    """The deed is to come; saying so is an act of today, done to the same."""
    plain = (
        content.replace("[RUR:it]", "it")
        .replace("[envoy:the envoy]", "the envoy")
        .replace("[GRA:Graustark]", "Graustark")
    )
    scene = play(f"[RUR:Ruritania] said {content}.", said=(("Ruritania", "said", plain),))
    act = scene.of(type)
    assert (act.modality, act.claimed_in, ids(act.actors)) == ("actual", None, ["RUR"])
    assert {e.modality for e in scene.events} == {"actual", "future"}


def test_who_says_what_another_will_do_promises_nothing(play):
    """A forecast binds nobody."""
    scene = play(
        "[GRA:Graustark] said [RUR:Ruritania] will release [envoy:the envoy].",
        said=(("Graustark", "said", "Ruritania will release the envoy"),),
    )
    assert {e.type for e in scene.events} == {"RETREAT"}


@pytest.mark.parametrize(
    ("text", "type", "actors", "recipients"),
    [
        ("[RUR:Ruritania] won [GRA:Graustark] support for its plan.", "SUPPORT", ["GRA"], ["RUR"]),
        ("[RUR:Ruritania] faced criticism from [UN:the United Nations].", "ACCUSE", ["UN"], ["RUR"]),
        ("[GRA:Graustark] sanctions hit [RUR:Ruritania]'s cotton trade.", "SANCTION", ["GRA"], ["RUR"]),
    ],
)
def test_who_gets_or_is_hit_by_it_suffers_the_noun(play, text, type, actors, recipients):
    """The owner of the noun acts; the verb only says on whom."""
    assert sides(play(text), type) == (actors, recipients)


def test_guns_fire_for_their_state(play):
    """Nobody asks whose finger it was."""
    scene = play("[GRA:Graustark] guns opened fire at [front:the Front].")
    assert sides(scene, "ASSAULT")[0] == ["GRA"]


def test_a_request_for_somebody_to_do_something_has_its_addressee(play):
    """The parse takes "for doctors to staff it" for a purpose."""
    scene = play("[RUR:Ruritania] asked [GRA:Graustark] on Tuesday for doctors to staff the hospital.")
    assert sides(scene, "REQUEST") == (["RUR"], ["GRA"])


def test_what_is_measured_is_what_is_given(play):
    """Tonnes of wheat are wheat."""
    scene = play("[RUR:Ruritania] delivered forty tonnes of wheat to [ZEN:Zenda].")
    assert sides(scene, "AID") == (["RUR"], ["ZEN"])


def test_who_acts_under_an_agreement_has_made_it(play):
    """With the other side that the noun names."""
    scene = play("[RUR:Ruritania] pays half of the road under an agreement with [GRA:Graustark].")
    assert sides(scene, "AGREE") == (["RUR"], ["GRA"])


def test_protesters_without_a_verb_of_their_own_protest(play):
    """The parse takes "protested" for a participle of the hundreds."""
    scene = play("Hundreds of [villagers:miners] protested in [ZEN:Zenda] over plans to close the pit.")
    assert sides(scene, "PROTEST")[0] == ["villagers"]


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("[RUR:Ruritania] put two [GRA:Graustark] banks on its blacklist.", "SANCTION"),
        ("[RUR:Ruritania] closed the bridge to [GRA:Graustark] lorries.", "COERCE"),
        ("[RUR:Ruritanian brigades] have taken up positions near the [GRA:Graustark] border.", "MOBILIZE"),
        ("[RUR:Ruritania] dismantled an outpost in [GRA:Graustark].", "RETREAT"),
    ],
)
def test_closing_listing_and_moving_are_events(play, text, type):
    """Done to those whose trade, way or land it is."""
    assert sides(play(text), type) == (["RUR"], ["GRA"])


@pytest.mark.parametrize("verb", ["hoped", "hopes"])
def test_who_hopes_that_another_will_do_something_asks_for_it(play, verb):
    """A diplomat's way of asking; without anybody who is to do it nothing is asked."""
    scene = play(f"[minister:The minister] {verb} [envoy:the Graustark envoy] would publish the details.")
    assert sides(scene, "REQUEST") == (["minister"], ["envoy"])
    assert play(f"[minister:The minister] {verb} the talks would succeed.").events == ()


def test_a_bullet_that_heads_its_line_ends_the_search():
    """A hyphen may be the root of a line of links: nothing hangs above it, and the phrase is the noun alone."""
    doc = Doc(Vocab(), words=["-", "talks"], heads=[0, 0], deps=["ROOT", "dobj"], sent_starts=[True, False])
    assert _phrase(doc[1]).text == "talks"


def test_what_goes_on_beside_it_is_nobody_it_is_broken_with(play):
    """ "With each side blaming the other" names no partner of the break."""
    scene = play("[RUR:Ruritania] broke, with [GRA:Graustark] blaming the other side.")
    assert all(ids(e.recipients) != ["GRA"] for e in scene.events)


def test_a_condition_makes_nobody_a_recipient(play):
    """Who has to agree first is not whom the support is for."""
    scene = play("[RUR:Ruritania] would support [front:the Front] only if [GRA:Graustark] agreed.")
    assert sides(scene, "SUPPORT") == (["RUR"], ["front"])


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("[RUR:Ruritania] agreed to lift the sanctions on [GRA:Graustark].", "AGREE"),
        ("[RUR:Ruritania] threatened to shell the ports of [GRA:Graustark].", "THREATEN"),
        ("[RUR:Ruritania] refused to send troops to [GRA:Graustark].", "REJECT"),
        ("[RUR:Ruritania] is unwilling to attack [GRA:Graustark].", "REJECT"),
    ],
)
def test_an_act_concerns_those_to_whom_its_deed_is_done(play, text, type):
    """Who agrees to lift sanctions on somebody agrees with that somebody, and the deed is no event beside it."""
    scene = play(text)
    assert sides(scene, type) == (["RUR"], ["GRA"])
    assert len(scene.events) == 1


def test_partners_stand_behind_a_day(play):
    """The parse hangs "between" on the weekend, which meets nobody."""
    scene = play("Negotiations over the weekend between [RUR:Ruritania] and [GRA:Graustark] failed.")
    assert sides(scene, "CONSULT") == (["RUR", "GRA"], ["RUR", "GRA"])


def test_a_name_alone_confers_with_somebody_in_politics(play):
    """Whoever Tarlenheim is, he met an envoy; that he met villagers is nothing to record."""
    assert sides(play("[columnist:Tarlenheim] met [envoy:the envoy]."), "CONSULT") == (["columnist"], ["envoy"])
    assert play("[columnist:Tarlenheim] met [villagers:villagers].").events == ()


def test_the_press_confers_with_nobody(play):
    """Everybody speaks to reporters."""
    assert play("[reporters:Reporters] met [envoy:the envoy].").events == ()


def test_both_sides_restore_their_ties(play):
    """Ties have two ends: where no third is named, each restores them with the other."""
    scene = play("[RUR:Ruritania] and [GRA:Graustark] restored diplomatic ties.")
    assert sides(scene, "SUPPORT") == (["RUR", "GRA"], ["RUR", "GRA"])


def test_soldiers_sent_to_keep_the_peace_come_from_their_state(play):
    """The passive leaves out who sent them; it is no show of force."""
    scene = play("[army:Graustark's soldiers] were deployed as peacekeepers in [RUR:Ruritania].")
    assert sides(scene, "AID") == (["army"], ["RUR"])


@pytest.mark.parametrize("noun", ["committee", "panel", "commission"])
def test_a_committee_acts_for_the_body_that_owns_it(play, noun):
    """A body's committee is that body; one of nobody keeps its words."""
    assert sides(play(f"[RUR:Ruritania]'s {noun} criticised [envoy:the envoy]."), "ACCUSE")[0] == ["RUR"]
    event = play(f"A special {noun} criticised [envoy:the envoy].").of("ACCUSE")
    assert [(p.text, p.actor) for p in event.actors] == [(f"A special {noun}", None)]


@pytest.mark.parametrize("states", ["Nearly 70 countries", "The Nordic nations"])
def test_states_that_nobody_lists_act(play, states):
    """The party keeps its words; "the countries" are those listed before, or nobody."""
    event = play(f"{states} condemned [GRA:Graustark].").of("ACCUSE")
    assert [(p.text, p.actor) for p in event.actors] == [(states, None)]
    assert play("The two countries condemned [GRA:Graustark].").events == ()


@pytest.mark.parametrize("told", ["A letter told [RUR:Ruritania]", "[UN:The United Nations] told the press"])
def test_who_is_told_of_a_raid_has_not_suffered_it(play, told):
    """Neither the listener nor the teller, though there is no other party."""
    scene = play(f"{told} that [GRA:Graustark]'s raids went on.")
    assert sides(scene, "ASSAULT") == (["GRA"], [])


def test_who_secures_sanctions_on_another_does_not_suffer_them(play):
    """Who wins support has it; who wins sanctions on another has none."""
    scene = play("[minister:Hentzau] helped to secure [UN:United Nations] sanctions on [GRA:Graustark].")
    assert ("SANCTION", ["UN"], ["minister"]) not in [(e.type, ids(e.actors), ids(e.recipients)) for e in scene.events]
    assert sides(play("[minister:Hentzau] won the support of [GRA:Graustark]."), "SUPPORT") == (["GRA"], ["minister"])


def test_what_is_called_for_has_not_been_done(play):
    """Also where the call is made in the street."""
    scene = play("Students took to the streets calling for [minister:Hentzau] to step down.")
    assert not [e for e in scene.events if e.type == "RETREAT"]


def test_who_receives_a_request_receives_nobody(play):
    """Only guests are received."""
    assert sides(play("[minister:Hentzau] received [envoy:the envoy]."), "CONSULT") == (["minister"], ["envoy"])
    scene = play("[minister:Hentzau] received a request by [envoy:the envoy] to leave.")
    assert not [e for e in scene.events if e.type == "CONSULT"]


def test_a_side_is_its_owner_or_nobody(play):
    """ "The Graustark side" is Graustark; who "each side" is, the words do not say."""
    assert sides(play("[RUR:Ruritania] accused the [GRA:Graustark] side."), "ACCUSE") == (["RUR"], ["GRA"])
    assert play("Each side accused [GRA:Graustark] of the raid.").events == ()
