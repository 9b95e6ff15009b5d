"""Events: who did what to whom, on small marked-up scenes between invented states."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from dragoman.analysis import Event
from dragoman.document import Document
from dragoman.knowledge.ontology import load_ontology
from dragoman.knowledge.triggers import load_triggers
from dragoman.reading.actors import Cast
from dragoman.reading.events import find_events
from dragoman.reading.parse import parse
from tests.reading.scenes import Scene, ids, played, told
from tests.strategies import texts


@pytest.fixture(scope="module")
def play(pipeline):
    """Marked-up text in, scene out."""
    return lambda text, **kwargs: played(text, pipeline, **kwargs)


# --------------------------------------------------------------------------------------------- one case for each type

PLAIN = [
    ("[RUR:Ruritania] agreed to resume talks with [GRA:Graustark].", "AGREE", ["RUR"], ["GRA"]),
    ("[RUR:Ruritania] pledged to rebuild the bridges of [GRA:Graustark].", "AGREE", ["RUR"], ["GRA"]),
    ("[minister:The minister] met [envoy:the envoy] in the capital.", "CONSULT", ["minister"], ["envoy"]),
    ("[minister:The minister] held talks with [envoy:the envoy] on the border.", "CONSULT", ["minister"], ["envoy"]),
    ("[minister:The minister] telephoned [envoy:the envoy].", "CONSULT", ["minister"], ["envoy"]),
    ("[minister:The minister] arrived in [GRA:Graustark] for talks.", "CONSULT", ["minister"], ["GRA"]),
    ("[RUR:Ruritania] praised [GRA:Graustark] for its restraint.", "SUPPORT", ["RUR"], ["GRA"]),
    ("[RUR:Ruritania] recognised [GRA:Graustark] as a sovereign state.", "SUPPORT", ["RUR"], ["GRA"]),
    ("[RUR:Ruritania] apologised to [GRA:Graustark] for the incident.", "CONCEDE", ["RUR"], ["GRA"]),
    ("[RUR:Ruritania] bowed to [GRA:Graustark] and dropped its objection.", "CONCEDE", ["RUR"], ["GRA"]),
    ("[RUR:Ruritania] shared intelligence with [GRA:Graustark].", "COOPERATE", ["RUR"], ["GRA"]),
    ("[RUR:Ruritania] extradited two suspects to [GRA:Graustark].", "COOPERATE", ["RUR"], ["GRA"]),
    ("[RUR:Ruritania] sent food and medicine to [GRA:Graustark].", "AID", ["RUR"], ["GRA"]),
    ("[RUR:Ruritania] supplied weapons to [front:the rebels].", "AID", ["RUR"], ["front"]),
    ("[RUR:Ruritania] withdrew its troops from [GRA:Graustark].", "RETREAT", ["RUR"], ["GRA"]),
    ("[RUR:Ruritania] lifted its sanctions on [GRA:Graustark].", "RETREAT", ["RUR"], ["GRA"]),
    ("[minister:The minister] resigned.", "RETREAT", ["minister"], []),
    ("[RUR:Ruritania] urged [GRA:Graustark] to release the sailors.", "REQUEST", ["RUR"], ["GRA"]),
    ("[RUR:Ruritania] demanded that [GRA:Graustark] withdraw its troops.", "REQUEST", ["RUR"], ["GRA"]),
    ("[RUR:Ruritania] called on [GRA:Graustark] to halt the shelling.", "REQUEST", ["RUR"], ["GRA"]),
    ("[RUR:Ruritania] condemned [GRA:Graustark] for the raid.", "ACCUSE", ["RUR"], ["GRA"]),
    ("[RUR:Ruritania] accused [GRA:Graustark] of arming the rebels.", "ACCUSE", ["RUR"], ["GRA"]),
    ("[RUR:Ruritania] rejected [GRA:Graustark]'s proposal.", "REJECT", ["RUR"], ["GRA"]),
    ("[RUR:Ruritania] refused to meet [envoy:the envoy].", "REJECT", ["RUR"], ["envoy"]),
    ("[RUR:Ruritania] vetoed the draft resolution.", "REJECT", ["RUR"], []),
    ("[RUR:Ruritania] threatened [GRA:Graustark] with sanctions.", "THREATEN", ["RUR"], ["GRA"]),
    ("[RUR:Ruritania] threatened to expel the diplomats of [GRA:Graustark].", "THREATEN", ["RUR"], ["GRA"]),
    ("[front:The front] marched against [RUR:the government].", "PROTEST", ["front"], ["RUR"]),
    ("[RUR:Ruritania] imposed sanctions on [GRA:Graustark].", "SANCTION", ["RUR"], ["GRA"]),
    ("[RUR:Ruritania] severed ties with [GRA:Graustark].", "SANCTION", ["RUR"], ["GRA"]),
    ("[RUR:Ruritania] recalled its ambassador from [GRA:Graustark].", "SANCTION", ["RUR"], ["GRA"]),
    ("[RUR:Ruritania] deployed troops along the border with [GRA:Graustark].", "MOBILIZE", ["RUR"], ["GRA"]),
    ("[RUR:Ruritania] arrested [envoy:the envoy].", "COERCE", ["RUR"], ["envoy"]),
    ("[RUR:Ruritania] banned [front:the front].", "COERCE", ["RUR"], ["front"]),
    ("[army:The army] attacked [front:the rebels].", "ASSAULT", ["army"], ["front"]),
    ("[army:The army] shelled [front:the rebels].", "ASSAULT", ["army"], ["front"]),
    ("[gunmen:Gunmen] kidnapped [envoy:the envoy].", "ASSAULT", ["gunmen"], ["envoy"]),
]


@pytest.mark.parametrize(("text", "type", "actors", "recipients"), PLAIN)
def test_a_plain_sentence_tells_one_event(play, text, type, actors, recipients):
    """Subject, verb and object give actor, type and recipient."""
    event = play(text).of(type)
    assert (ids(event.actors), ids(event.recipients)) == (actors, recipients)


MODES = [
    ("[minister:The minister] visited [GRA:Graustark].", "CONSULT", "visit"),
    ("[RUR:Ruritania] hosted [envoy:the envoy].", "CONSULT", "visit"),
    ("[ZEN:Zenda] mediated between [RUR:Ruritania] and [GRA:Graustark].", "CONSULT", "third-party"),
    ("[army:The army] pulled out of [RUR:Ruritania].", "RETREAT", "withdraw"),
    ("[RUR:Ruritania] released [envoy:the envoy].", "RETREAT", "release"),
    ("[front:The rebels] laid down their weapons.", "RETREAT", "disarm"),
    ("[front:The rebels] declared a ceasefire.", "RETREAT", "ceasefire"),
    ("[RUR:Ruritania] opened a corridor to [GRA:Graustark].", "RETREAT", "access"),
    ("[RUR:Ruritania] sued [GRA:Graustark].", "ACCUSE", "allege"),
    ("[RUR:Ruritania] investigated [front:the front].", "ACCUSE", "investigate"),
    ("[RUR:Ruritania] boycotted the talks with [GRA:Graustark].", "REJECT", "meet"),
    ("[RUR:Ruritania] defied [UN:the United Nations].", "REJECT", "yield"),
    ("[RUR:Ruritania] declared war on [GRA:Graustark].", "THREATEN", "violence"),
    ("[RUR:Ruritania] gave an ultimatum to [GRA:Graustark].", "THREATEN", "relations"),
    ("[front:The front] went on strike.", "PROTEST", "strike"),
    ("[front:The front] blocked the road.", "PROTEST", "obstruct"),
    ("[front:The front] rioted.", "PROTEST", "riot"),
    ("[RUR:Ruritania] suspended aid to [GRA:Graustark].", "SANCTION", "discontinue"),
    ("[RUR:Ruritania] broke off talks with [GRA:Graustark].", "SANCTION", "withdraw"),
    ("[RUR:Ruritania] convicted [envoy:the envoy].", "SANCTION", "convict"),
    ("[RUR:Ruritania] tested a missile.", "MOBILIZE", "weapons"),
    ("[RUR:Ruritania] deployed police in the capital.", "MOBILIZE", "police"),
    ("[army:The army] occupied [RUR:Ruritania].", "COERCE", "seize"),
    ("[army:The army] besieged [front:the rebels].", "COERCE", "restrict"),
    ("[RUR:Ruritania] muzzled [front:the front].", "COERCE", "censor"),
    ("[RUR:Ruritania] imposed a curfew.", "COERCE", "curfew"),
    ("[RUR:Ruritania] declared martial law.", "COERCE", "martial-law"),
    ("[RUR:Ruritania] deported [envoy:the envoy].", "COERCE", "deport"),
    ("[GRA:Graustark] hacked [RUR:Ruritania].", "COERCE", "cyber"),
    ("[gunmen:Gunmen] shot [envoy:the envoy].", "ASSAULT", "firearms"),
    ("[gunmen:Gunmen] assassinated [minister:the minister].", "ASSAULT", "targeted"),
    ("[gunmen:Gunmen] tortured [villagers:villagers].", "ASSAULT", "torture"),
    ("[gunmen:Gunmen] stabbed [villagers:a villager].", "ASSAULT", "beat"),
    ("[army:The army] destroyed the homes of [villagers:villagers].", "ASSAULT", "destroy"),
    ("[army:The army] gassed [front:the rebels].", "ASSAULT", "unconventional"),
]


@pytest.mark.parametrize(("text", "type", "mode"), MODES)
def test_words_tell_the_mode(play, text, type, mode):
    """Each kind of an act has its words."""
    assert play(text).of(type).mode == mode


QUIET = [
    "[RUR:Ruritania] has a long border with [GRA:Graustark].",
    "[minister:The minister] said that the weather in [GRA:Graustark] was fine.",
    "The talks in [GRA:Graustark] were difficult.",
    "[minister:The minister] spoke to [reporters:reporters] after lunch.",
    "[columnist:Tarlenheim] visited [GRA:Graustark] for his newspaper.",
    "[minister:The minister] wants to write a book about [GRA:Graustark].",
    "[minister:The minister] demonstrated leadership.",
    "[minister:The minister] insisted that he was right.",
    "[RUR:Ruritania] agrees that winter is near.",
    "[minister:The minister] asked whether [GRA:Graustark] was cold.",
    "[minister:The minister] gave birth in February.",
    "[undecided:They] attacked the camp.",
    "The camp was attacked.",
    "There were non-interference clauses in the charter of [UN:the United Nations].",
]


@pytest.mark.parametrize("text", QUIET)
def test_most_sentences_tell_no_event(play, text):
    """No act between decided political actors, no event."""
    assert play(text).events == ()


# --------------------------------------------------------------------------------------------------- who acts, on whom


def test_a_passive_turns_the_parties_round(play):
    """Whom "by" brings in acts, the subject suffers."""
    event = play("[front:The rebels] were shelled by [army:the army].").one()
    assert (ids(event.actors), ids(event.recipients)) == (["army"], ["front"])


def test_a_participle_behind_a_noun_is_passive(play):
    """ "A draft rejected by" has its actor behind "by"."""
    event = play("The draft resolution, rejected by [RUR:Ruritania], came from [GRA:Graustark].").of("REJECT")
    assert ids(event.actors) == ["RUR"]


def test_coordinated_subjects_act_together(play):
    """One event with two actors, not two events."""
    event = play("[RUR:Ruritania] and [GRA:Graustark] condemned [ZEN:Zenda].").one()
    assert (ids(event.actors), ids(event.recipients)) == (["RUR", "GRA"], ["ZEN"])


def test_company_acts_too(play):
    """ "Along with" makes an actor."""
    event = play("[RUR:Ruritania], along with [GRA:Graustark], condemned [ZEN:Zenda].").one()
    assert set(ids(event.actors)) == {"RUR", "GRA"}


def test_coordinated_objects_are_recipients_of_one_event(play):
    """Lists, not dyads."""
    event = play("[RUR:Ruritania] condemned [GRA:Graustark] and [ZEN:Zenda].").one()
    assert ids(event.recipients) == ["GRA", "ZEN"]


def test_coordinated_verbs_share_their_subject(play):
    """Two acts of one actor are two events."""
    scene = play("[RUR:Ruritania] recalled its ambassador from [GRA:Graustark] and condemned [ZEN:Zenda].")
    assert told(scene) == {("SANCTION", ("RUR",), ("GRA",)), ("ACCUSE", ("RUR",), ("ZEN",))}


def test_a_meeting_of_two_has_both_as_actors_and_recipients(play):
    """A reciprocal act without host or visitor: each does it with the other."""
    event = play("[RUR:Ruritania] and [GRA:Graustark] held talks.").one()
    assert set(ids(event.actors)) == set(ids(event.recipients)) == {"RUR", "GRA"}


def test_talks_between_two_are_one_event(play):
    """A noun of meeting with "between"."""
    event = play("Talks between [RUR:Ruritania] and [GRA:Graustark] ended on Friday.").one()
    assert event.type == "CONSULT"
    assert set(ids(event.actors)) == {"RUR", "GRA"}


def test_one_who_meets_nobody_is_no_event(play):
    """A consultation needs two."""
    assert play("[minister:The minister] attended a meeting.").events == ()


def test_who_speaks_in_a_call_takes_part_in_it(play):
    """ "Said in a call with" tells of the call."""
    event = play("[minister:The minister] raised the matter in a call with [envoy:the envoy].").of("CONSULT")
    assert (ids(event.actors), ids(event.recipients)) == (["minister"], ["envoy"])


def test_the_press_is_no_party_to_a_conversation(play):
    """Everybody speaks to reporters."""
    assert play("[minister:The minister] talked to [reporters:reporters].").events == ()


def test_the_owner_of_what_the_object_names_is_the_recipient(play):
    """Who condemns somebody's raid condemns that somebody."""
    event = play("[RUR:Ruritania] condemned [GRA:Graustark]'s raid on the village.").of("ACCUSE")
    assert ids(event.recipients) == ["GRA"]


def test_who_made_an_offer_is_rejected_with_it(play):
    """An offer "made by" somebody is theirs."""
    event = play("[RUR:Ruritania] rejected the offer made by [GRA:Graustark].").of("REJECT")
    assert ids(event.recipients) == ["GRA"]


def test_warplanes_act_for_their_owner(play):
    """ "Graustark's jets" bombed: Graustark did."""
    event = play("[GRA:Graustark]'s warplanes bombed [front:the rebels].").one()
    assert (ids(event.actors), ids(event.recipients)) == (["GRA"], ["front"])


def test_an_infinitive_takes_the_object_of_its_governor_as_subject(play):
    """Whom one orders to arrest somebody arrests them, as far as it happens at all: the order is the event."""
    event = play("[RUR:Ruritania] ordered [army:the army] to withdraw.").one()
    assert (event.type, ids(event.actors), ids(event.recipients)) == ("REQUEST", ["RUR"], ["army"])


def test_accused_of_doing_means_the_accused_does(play):
    """The gerund behind "accused of" belongs to the accused."""
    scene = play("[RUR:Ruritania] accused [GRA:Graustark] of shelling [front:the rebels].")
    assert ("ACCUSE", ("RUR",), ("GRA",)) in told(scene)
    assert not any(e.type == "ASSAULT" and ids(e.actors) == ["RUR"] for e in scene.events)


def test_a_state_is_not_the_recipient_of_its_own_ministers_act(play):
    """The state that a person speaks for is no other party."""
    event = play("[minister:The minister] of [RUR:Ruritania] condemned [GRA:Graustark].").one()
    assert ids(event.recipients) == ["GRA"]


def test_who_opposes_sanctions_on_another_does_not_oppose_that_other(play):
    """A refusal of something aimed at a third party is not aimed at that party."""
    event = play("[RUR:Ruritania] opposes sanctions on [GRA:Graustark].").one()
    assert (event.type, ids(event.recipients)) == ("REJECT", [])


def test_who_condemns_a_deed_does_not_condemn_its_victim(play):
    """Whom the raid was on and whose ship was seized has suffered."""
    for text in (
        "[RUR:Ruritania] condemned the raid on [GRA:Graustark].",
        "[RUR:Ruritania] condemned the seizure of the [GRA:Graustarkian] ship.",
    ):
        assert all("GRA" not in ids(e.recipients) for e in play(text).events)


def test_who_recalls_his_own_envoy_does_it_to_another(play):
    """The envoy recalled is no recipient."""
    event = play("[GRA:Graustark] recalled [envoy:its envoy] from [RUR:Ruritania].").one()
    assert ids(event.recipients) == ["RUR"]


def test_support_against_somebody_is_not_support_for_them(play):
    """The party behind "against" is not helped."""
    event = play("[RUR:Ruritania] helped [GRA:Graustark] in the fight against [front:the front].").of("AID")
    assert ids(event.recipients) == ["GRA"]


def test_who_helps_a_fight_does_not_help_the_enemy(play):
    """What is helped is no actor, and the one it is against is not helped either."""
    scene = play("[RUR:Ruritania] aided the fight against [front:the front].")
    assert not any(e.type == "AID" for e in scene.events)


def test_what_is_given_is_nobodys_recipient(play):
    """Jets that are sent do not receive them, even where they are listed as a force."""
    event = play("[RUR:Ruritania] sent [nobody:jets] to [GRA:Graustark].").of("AID")
    assert ids(event.recipients) == ["GRA"]


def test_undecided_words_stand_for_a_side_without_an_actor(play):
    """What could not be decided is never guessed; the words are kept where the other side is decided."""
    event = play("[undecided:The Council] condemned [GRA:Graustark].").one()
    assert [(p.text, p.actor) for p in event.actors] == [("The Council", None)]
    assert ids(event.recipients) == ["GRA"]


# ----------------------------------------------------------------------------------------------------------------- nouns

NOUNS = [
    ("[RUR:Ruritania]'s rejection of the sanctions surprised [GRA:Graustark].", "REJECT", ["RUR"]),
    ("[RUR:Ruritania]'s attack on [GRA:Graustark] lasted a week.", "ASSAULT", ["RUR"]),
    ("The visit of [minister:the minister] to [GRA:Graustark] ended on Friday.", "CONSULT", ["minister"]),
    ("The arrest of [envoy:the envoy] by [RUR:Ruritania] caused anger.", "COERCE", ["RUR"]),
    ("[minister:The minister] expressed support for [GRA:Graustark].", "SUPPORT", ["minister"]),
    ("[minister:The minister] reiterated criticism of [GRA:Graustark].", "ACCUSE", ["minister"]),
    ("The shelling of [front:the rebels] by [army:the army] went on.", "ASSAULT", ["army"]),
    ("The demand of [RUR:Ruritania] that [GRA:Graustark] withdraw its troops was ignored.", "REQUEST", ["RUR"]),
]


@pytest.mark.parametrize(("text", "type", "actors"), NOUNS)
def test_a_noun_tells_an_event_with_its_owner_as_actor(play, text, type, actors):
    """Possessors, "by" and "of" phrases and the subject of a light verb bring in who acts."""
    assert ids(play(text).of(type).actors) == actors


def test_a_noun_without_anybody_tells_nothing(play):
    """An attack by nobody in particular is no event between actors."""
    assert play("The attack surprised the valley.").events == ()


def test_a_noun_inside_a_name_is_no_trigger(play):
    """The support mission of an organisation is not support."""
    assert play("[UN:The United Nations Support Mission] moved house.").events == ()


def test_a_light_verb_and_its_noun_are_one_event(play):
    """ "Launched an offensive" is told by verb and noun and happened once."""
    event = play("[army:The army] launched an offensive against [front:the rebels].").one()
    assert (event.type, event.anchor.text) == ("ASSAULT", "launched an offensive")


def test_a_parse_that_takes_the_weekday_for_part_of_the_noun_is_seen_through(play):
    """ "Stressed on Wednesday rejection of" has the subject of "stressed" as actor."""
    event = play("[RUR:Ruritania] stressed on Wednesday rejection of any sanctions.").of("REJECT")
    assert ids(event.actors) == ["RUR"]


def test_an_ordered_arrest_is_an_arrest(play):
    """Who orders a deed does it."""
    event = play("[RUR:Ruritania] ordered the arrest of [envoy:the envoy].").of("COERCE")
    assert (ids(event.actors), ids(event.recipients)) == (["RUR"], ["envoy"])


# ----------------------------------------------------------------------------------------- what the complement makes of it


@pytest.mark.parametrize(
    ("text", "type", "mode", "cameo"),
    [
        ("[RUR:Ruritania] urged [GRA:Graustark] to withdraw its troops.", "REQUEST", "yield", "0256"),
        ("[RUR:Ruritania] demanded that [GRA:Graustark] withdraw its troops.", "REQUEST", "yield", "1056"),
        ("[RUR:Ruritania] urged [GRA:Graustark] to resume talks.", "REQUEST", "meet", "026"),
        ("[RUR:Ruritania] asked [GRA:Graustark] for humanitarian aid.", "REQUEST", "assist", "023"),
        ("[RUR:Ruritania] demanded that [GRA:Graustark] release the prisoners.", "REQUEST", "yield", "1053"),
        ("[RUR:Ruritania] urged [GRA:Graustark] to lift sanctions.", "REQUEST", "yield", "0254"),
        ("[RUR:Ruritania] threatened [GRA:Graustark] with sanctions.", "THREATEN", "restrict", "1312"),
        ("[RUR:Ruritania] agreed to hold talks with [GRA:Graustark].", "AGREE", None, "036"),
        ("[RUR:Ruritania] agreed to lift sanctions on [GRA:Graustark].", "AGREE", None, "0354"),
        ("[RUR:Ruritania] refused to lift sanctions on [GRA:Graustark].", "REJECT", "yield", "1244"),
        ("[RUR:Ruritania] vetoed the draft resolution.", "REJECT", "yield", "129"),
        ("[minister:The minister] telephoned [envoy:the envoy].", "CONSULT", "phone", "041"),
        ("[army:The army] bombed [front:the rebels].", "ASSAULT", "aerial", "195"),
        ("[RUR:Ruritania] imposed sanctions on [GRA:Graustark].", "SANCTION", "discontinue", "163"),
        ("[RUR:Ruritania] expelled [envoy:the envoy].", "SANCTION", "expel", "166"),
        ("[minister:The minister] resigned.", "RETREAT", "resign", "0831"),
    ],
)
def test_mode_and_cameo_follow_the_words(play, text, type, mode, cameo):
    """The most specific coding that verb and complement support."""
    event = play(text).of(type)
    assert (event.mode, event.cameo) == (mode, cameo)


def test_who_pledges_to_attack_threatens(play):
    """A promise of force or of sanctions is a threat, as PLOVER has it for conflict to come."""
    event = play("[RUR:Ruritania] pledged to impose sanctions on [GRA:Graustark].").one()
    assert (event.type, event.cameo, ids(event.recipients)) == ("THREATEN", "1312", ["GRA"])


def test_contexts_come_from_the_measure(play):
    """Sanctions are economic, whoever speaks of them."""
    assert "economic" in play("[RUR:Ruritania] rejected the sanctions of [GRA:Graustark].").of("REJECT").contexts


def test_every_code_belongs_to_the_ontology(play):
    """Types, modes, contexts and CAMEO codes of all events are those of the ontology."""
    ontology = load_ontology()
    for text, *_ in PLAIN:
        for event in play(text).events:
            assert event.mode is None or event.mode in ontology.types[event.type].modes
            assert set(event.contexts) <= set(ontology.contexts)
            assert event.cameo in ontology.codes


# ---------------------------------------------------------------------------------------------- tense, mood and negation


@pytest.mark.parametrize(
    ("text", "type", "modality"),
    [
        ("[RUR:Ruritania] sent food to [GRA:Graustark].", "AID", "actual"),
        ("[RUR:Ruritania] will send food to [GRA:Graustark].", "AID", "future"),
        ("[RUR:Ruritania] is to send food to [GRA:Graustark].", "AID", "future"),
        ("[RUR:Ruritania] plans to send food to [GRA:Graustark].", "AID", "future"),
        ("[RUR:Ruritania] might send food to [GRA:Graustark].", "AID", "hypothetical"),
        ("If [RUR:Ruritania] sends food to [GRA:Graustark], winter will be easier.", "AID", "hypothetical"),
        ("[minister:The minister] will meet [envoy:the envoy].", "CONSULT", "future"),
        ("[army:The army] will attack [front:the rebels].", "ASSAULT", "future"),
    ],
)
def test_modality_follows_tense_and_mood(play, text, type, modality):
    """What is still to come keeps its type and says that it is to come."""
    assert play(text).of(type).modality == modality


@pytest.mark.parametrize(
    "text",
    [
        "[RUR:Ruritania] will not send food to [GRA:Graustark].",
        "[RUR:Ruritania] will never recognise [GRA:Graustark].",
        "[RUR:Ruritania] won't help [GRA:Graustark].",
        "[RUR:Ruritania] does not support [GRA:Graustark].",
        "[RUR:Ruritania] will not allow [GRA:Graustark] to build the dam.",
    ],
)
def test_help_that_one_will_not_give_is_refused(play, text):
    """The published rewrite: cooperation denied by its own actor is REJECT, and it is a fact."""
    event = play(text).one()
    assert (event.type, event.polarity, event.modality) == ("REJECT", "affirmed", "actual")
    assert ids(event.recipients) == ["GRA"]


def test_force_that_one_will_not_use_is_a_promise(play):
    """The published rewrite for material conflict."""
    assert play("[RUR:Ruritania] will not attack [GRA:Graustark].").one().type == "AGREE"


def test_allowing_somebody_to_do_it_concedes(play):
    """It needs somebody who is allowed."""
    assert play("[RUR:Ruritania] allows [GRA:Graustark] to use the road.").one().type == "CONCEDE"
    assert play("[RUR:Ruritania] allows the use of the road.").events == ()


def test_a_past_deed_denied_keeps_its_type(play):
    """What did not happen is negated, not turned into its opposite."""
    event = play("[army:The army] did not attack [front:the rebels].").one()
    assert (event.type, event.polarity) == ("ASSAULT", "negated")


def test_who_failed_to_agree_rejected(play):
    """ "Failed to reach an agreement" tells that a side was not moved; other failures are negated."""
    assert play("[RUR:Ruritania] failed to reach an agreement with [GRA:Graustark].").one().type == "REJECT"
    assert play("[army:The army] failed to seize [RUR:Ruritania]'s port.").one().polarity == "negated"


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("[RUR:Ruritania] refused to meet [envoy:the envoy].", "REJECT"),
        ("[RUR:Ruritania] agreed to release [envoy:the envoy].", "AGREE"),
        ("[RUR:Ruritania] threatened to attack [GRA:Graustark].", "THREATEN"),
        ("[RUR:Ruritania] urged [GRA:Graustark] to attack [front:the front].", "REQUEST"),
        ("[RUR:Ruritania] offered to host talks with [GRA:Graustark].", "AGREE"),
    ],
)
def test_what_is_only_agreed_asked_or_refused_is_no_event_of_its_own(play, text, type):
    """One fact, one event: the governing act."""
    assert [e.type for e in play(text).events] == [type]


@pytest.mark.parametrize(
    "text",
    [
        "[RUR:Ruritania] hopes to meet [envoy:the envoy].",
        "[RUR:Ruritania] considered attacking [GRA:Graustark].",
        "[RUR:Ruritania] tried to arrest [envoy:the envoy].",
        "[RUR:Ruritania] is able to bomb [GRA:Graustark].",
        "There is no sign that [RUR:Ruritania] attacked [GRA:Graustark].",
        "Nobody knows whether [RUR:Ruritania] attacked [GRA:Graustark].",
        "[RUR:Ruritania] expects [army:the army] to attack [GRA:Graustark].",
    ],
)
def test_what_is_only_hoped_tried_or_asked_about_did_not_happen(play, text):
    """A governor that makes a thing unreal leaves no deed behind, whether or not it is an event itself."""
    assert not {e.type for e in play(text).events} & {"CONSULT", "ASSAULT", "COERCE"}


def test_who_is_to_stop_a_violence_does_it(play):
    """ "Urged to cease its shelling": there is shelling."""
    text = "[RUR:Ruritania] urged [GRA:Graustark] to cease airstrikes on [front:the front]."
    assert ("ASSAULT", ("GRA",), ("front",)) in told(play(text))


def test_a_deed_with_an_owner_inside_a_demand_is_taken_as_given(play):
    """Who calls for an end to another's attacks says that there are attacks."""
    scene = play("[RUR:Ruritania] called for an end to [GRA:Graustark]'s attacks on [front:the front].")
    assert ("ASSAULT", ("GRA",), ("front",)) in told(scene)


# ------------------------------------------------------------------------------------------------------- who claims it


def test_a_reported_event_is_a_claim(play):
    """An event inside reported speech points at the statement that claims it."""
    text = "[RUR:Ruritania] said [army:Graustark's army] had shelled [front:the rebels]."
    scene = play(text, said=(("Ruritania", "said", "Graustark's army had shelled the rebels"),))
    assert scene.of("ASSAULT").claimed_in == "s0"


def test_what_the_publisher_reports_is_claimed_by_nobody(play):
    """No statement around it, no claim."""
    assert play("[army:The army] shelled [front:the rebels].").one().claimed_in is None


def test_a_sources_own_act_of_speech_is_its_event(play):
    """ "We reject" in a quotation is a rejection by the source, not a claim."""
    text = '"[minister:We] reject [GRA:Graustark]\'s plan," said [minister:the minister].'
    scene = play(text, said=(("the minister", "said", '"We reject Graustark\'s plan,"'),))
    assert scene.of("REJECT").claimed_in is None


def test_who_speaks_for_the_state_does_its_acts(play):
    """What a minister says his country demands, his country demands."""
    text = "[minister:The minister] said [RUR:his country] demands that [GRA:Graustark] withdraw its troops."
    scene = play(text, said=(("The minister", "said", "his country demands that Graustark withdraw its troops"),))
    assert scene.of("REQUEST").claimed_in is None


def test_what_another_is_said_to_demand_is_a_claim(play):
    """The act of a third party inside a statement stays a claim."""
    text = "[minister:The minister] said [ZEN:Zenda] demands that [GRA:Graustark] withdraw its troops."
    scene = play(text, said=(("The minister", "said", "Zenda demands that Graustark withdraw its troops"),))
    assert scene.of("REQUEST").claimed_in == "s0"


def test_the_innermost_statement_counts(play):
    """A claim told by another belongs to the one who claims."""
    text = "[envoy:The envoy] said [minister:the minister] had said [army:the army] shelled [front:the rebels]."
    inner, outer = "the army shelled the rebels", "the minister had said the army shelled the rebels"
    scene = play(text, said=(("The envoy", "said", outer), ("the minister", "had said", inner)))
    assert scene.of("ASSAULT").claimed_in == "s1"


# ------------------------------------------------------------------------------------------- what a source does by speaking


def test_who_tells_of_anothers_violence_accuses(play):
    """A claim of an attack is an accusation by its source, anchored at the cue."""
    text = "[RUR:Ruritania] claimed [army:Graustark's army] had shelled [front:the rebels]."
    event = play(text, said=(("Ruritania", "claimed", "Graustark's army had shelled the rebels"),)).of("ACCUSE")
    assert (ids(event.actors), ids(event.recipients), event.anchor.text) == (["RUR"], ["army"], "claimed")
    assert event.claimed_in is None


def test_who_tells_of_his_own_sides_deeds_accuses_nobody(play):
    """An army that says it attacked does not accuse itself."""
    text = "[GRA:Graustark] said [army:its army] had shelled [front:the rebels]."
    scene = play(text, said=(("Graustark", "said", "its army had shelled the rebels"),))
    assert [e.type for e in scene.events] == ["ASSAULT"]


def test_who_only_fears_violence_accuses_nobody(play):
    """Only cues that put something forward as true make an accusation."""
    text = "[RUR:Ruritania] feared [army:Graustark's army] had shelled [front:the rebels]."
    scene = play(text, said=(("Ruritania", "feared", "Graustark's army had shelled the rebels"),))
    assert "ACCUSE" not in {e.type for e in scene.events}


def test_a_duty_laid_on_another_is_a_demand(play):
    """ "Graustark must withdraw," said the minister: he demands it."""
    text = '"[GRA:Graustark] must withdraw its troops," said [minister:the minister].'
    event = play(text, said=(("the minister", "said", '"Graustark must withdraw its troops,"'),)).one()
    assert (event.type, ids(event.actors), ids(event.recipients)) == ("REQUEST", ["minister"], ["GRA"])
    assert (event.anchor.text, event.cameo) == ("must withdraw", "1056")


def test_a_duty_outside_any_statement_demands_nothing(play):
    """Without a source nobody demands."""
    assert play("[GRA:Graustark] must withdraw its troops.").events == ()


def test_a_duty_of_ones_own_is_no_demand(play):
    """What a source says its own side must do."""
    text = '"[RUR:We] must rebuild the bridge," said [minister:the minister].'
    assert play(text, said=(("the minister", "said", '"We must rebuild the bridge,"'),)).events == ()


def test_a_judgement_on_what_another_wants_is_a_rejection(play):
    """Calling a demand unrealistic turns it down."""
    text = "[minister:The minister] said [GRA:Graustark]'s demand was unacceptable."
    event = play(text, said=(("The minister", "said", "Graustark's demand was unacceptable"),)).of("REJECT")
    assert (ids(event.actors), ids(event.recipients)) == (["minister"], ["GRA"])


def test_a_judgement_denied_is_none(play):
    """ "Not unacceptable" rejects nothing."""
    text = "[minister:The minister] said [GRA:Graustark]'s demand was not unacceptable."
    scene = play(text, said=(("The minister", "said", "Graustark's demand was not unacceptable"),))
    assert "REJECT" not in {e.type for e in scene.events}


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("[RUR:Ruritania] is ready to hold talks with [GRA:Graustark].", "AGREE"),
        ("[RUR:Ruritania] is opposed to [GRA:Graustark]'s plan.", "REJECT"),
        ("[RUR:Ruritania] was outraged by [GRA:Graustark]'s raid.", "ACCUSE"),
        ("[RUR:Ruritania] is grateful to [GRA:Graustark].", "SUPPORT"),
    ],
)
def test_adjectives_tell_the_attitude_of_their_subject(play, text, type):
    """Ready, opposed, outraged, grateful."""
    event = play(text).of(type)
    assert (ids(event.actors), ids(event.recipients)) == (["RUR"], ["GRA"])


# ----------------------------------------------------------------------------------------------------------- when and where


def test_a_weekday_dates_the_event(play):
    """ "On Tuesday" in a report of Wednesday 18 January is the day before."""
    event = play("[minister:The minister] met [envoy:the envoy] on Tuesday.", published="2012-01-18").one()
    assert event.date == "2012-01-17"


def test_without_words_of_time_there_is_no_date(play):
    """The date is what the words say; the day of publication is with the document."""
    assert play("[minister:The minister] met [envoy:the envoy].", published="2012-01-18").one().date is None


def test_an_event_of_years_ago_is_historical(play):
    """What lies half a year and more before publication is told as past."""
    event = play("[RUR:Ruritania] attacked [GRA:Graustark] in 2009.", published="2012-01-18").one()
    assert (event.date, event.modality) == ("2009", "historical")


def test_an_event_of_decades_ago_is_history(play):
    """What lies ten years back is no news."""
    assert play("[RUR:Ruritania] attacked [GRA:Graustark] in 1936.", published="2012-01-18").events == ()


def test_a_phrase_of_place_gives_the_place(play):
    """A named place behind a preposition of place."""
    event = play("[minister:The minister] met [envoy:the envoy] in Geneva.").one()
    assert event.place is not None
    assert event.place.text == "Geneva"


# --------------------------------------------------------------------------------------------------------------- screens

ELSEWHERE = [
    "[RUR:Ruritania] beat [GRA:Graustark] 2-1 in the World Cup qualifier.",
    "[RUR:Ruritania] attacked [GRA:Graustark] early and the goalkeeper saved twice before halftime.",
    "On the 50th anniversary of the war [RUR:Ruritania] condemned [GRA:Graustark].",
    "In the film [RUR:Ruritania] invades [GRA:Graustark], and the director shot it in one long thriller of a night.",
    "In the Napoleonic wars [RUR:Ruritania] invaded [GRA:Graustark].",
    "In the video game [RUR:Ruritania] bombs [GRA:Graustark].",
    "He is survived by a son who met [minister:the minister].",
]


@pytest.mark.parametrize("text", ELSEWHERE)
def test_sport_history_and_fiction_tell_nothing(play, text):
    """What is not world affairs is left out."""
    assert play(text).events == ()


def test_a_page_that_is_about_sport_tells_nothing_at_all(play):
    """Where many sentences are about sport, the others are too."""
    page = (
        "The goalkeeper saved two penalties. The midfielder scored before halftime. The World Cup starts soon. "
        "[RUR:Ruritania] attacked [GRA:Graustark]. The batsman lost his wicket."
    )
    assert play(page).events == ()


def test_one_word_that_sport_shares_is_not_enough(play):
    """Politics has its goals, too."""
    event = play("[RUR:Ruritania] condemned [GRA:Graustark], whose goal was war.").of("ACCUSE")
    assert ids(event.recipients) == ["GRA"]


# ------------------------------------------------------------------------------------------------------------------ laws


def test_ids_follow_from_the_anchor(play):
    """The same words keep their id when a sentence is added behind them."""
    one = play("[RUR:Ruritania] condemned [GRA:Graustark].")
    two = play("[RUR:Ruritania] condemned [GRA:Graustark]. [RUR:Ruritania] praised [ZEN:Zenda].")
    assert one.one().id == two.of("ACCUSE").id == "e10-19"


def test_events_stand_in_text_order(play):
    """The first told comes first."""
    scene = play("[RUR:Ruritania] praised [ZEN:Zenda]. [RUR:Ruritania] condemned [GRA:Graustark].")
    assert [e.type for e in scene.events] == ["SUPPORT", "ACCUSE"]


def quotes(event: Event, scene: Scene) -> bool:
    """Whether every span of the event stands in the text."""
    text = scene.parsed.document.text
    spans = [event.anchor, *event.actors, *event.recipients, *([event.place] if event.place else [])]
    return all(text[s.start : s.end] == s.text for s in spans)


@pytest.mark.parametrize("text", [text for text, *_ in PLAIN])
def test_every_span_quotes_the_document(play, text):
    """Law 1: anchors, parties and places are exact."""
    scene = play("“Ja—” 🙂\r\n" + text)
    assert scene.events
    assert all(quotes(event, scene) for event in scene.events)


def test_scores_are_probabilities(play):
    """Every score lies between zero and one."""
    assert all(0 < e.score < 1 for text, *_ in PLAIN for e in play(text).events)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts)
def test_hostile_text_tells_no_event_and_breaks_nothing(pipeline, text):
    """Without a cast there is no actor, and whatever the text, no error."""
    parsed = parse(Document(text), pipeline)
    assert find_events(parsed, Cast(), (), load_ontology(), load_triggers()) == ()
