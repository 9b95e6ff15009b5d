"""What PLOVER's and CAMEO's coders would write down for an event, and which pairs it makes."""

from __future__ import annotations

import pytest

from dragoman.knowledge.ontology import load_ontology
from dragoman.views.exports import Losses, coded
from dragoman.views.exports.dates import period
from dragoman.views.exports.naming import cameo_code, country_name, cow_number
from dragoman.views.exports.sentences import sentence_at, sentences

from .conftest import CHAD, EU, FRONT, KOSOVO, MINISTER, NORWAY, NURSES, PAPER, SWEDEN, UN, act


def names(analysis):
    """Source and target of every pair, by name."""
    (event,) = analysis.events
    return [tuple(side.name if side else None for side in pair) for pair in coded.pairs(analysis, event)]


def plover(type, **fields):
    """The event in PLOVER's terms."""
    return coded.plover(act(type, actors=(NORWAY,), recipients=(SWEDEN,), **fields).events[0])


def cameo(type, **fields):
    """The event's CAMEO code, None where it has none."""
    code = coded.cameo(act(type, actors=(NORWAY,), recipients=(SWEDEN,), **fields).events[0])
    return code and code.code


def test_promised_aid_is_an_agreement():
    """Tense changes the type where PLOVER has one that says it, and then no auxiliary context is added."""
    promised = plover("AID", modality="future")
    assert (promised.type, promised.contexts, promised.quad) == ("AGREE", (), 1)


def test_an_announced_assault_is_a_threat_of_violence():
    """The mode of a threat is what is threatened."""
    announced = plover("ASSAULT", mode="aerial", modality="future")
    assert (announced.type, announced.mode) == ("THREATEN", "violence")


def test_a_mode_stays_only_where_the_new_type_has_it():
    """COERCE / arrest to come is THREATEN / arrest; COERCE / curfew to come is a threat without a mode."""
    assert plover("COERCE", mode="arrest", modality="future").mode == "arrest"
    assert plover("COERCE", mode="curfew", modality="future").mode is None


@pytest.mark.parametrize(
    ("fields", "context"),
    [
        ({"modality": "hypothetical"}, "hypothetical"),
        ({"modality": "historical"}, "historical"),
    ],
)
def test_what_no_type_says_becomes_an_auxiliary_context(fields, context):
    """An assault that only might happen keeps its type, and says so among its contexts."""
    unreal = plover("ASSAULT", contexts=("military",), **fields)
    assert (unreal.type, unreal.contexts) == ("ASSAULT", ("military", context))


def test_a_demand_to_come_keeps_its_type_and_is_marked():
    """No type says that somebody will demand something."""
    assert plover("REQUEST", modality="future").contexts == ("future",)


def test_the_score_is_the_one_of_type_and_mode_after_the_change():
    """PLOVER's scale: a visit 4, an accord 2.5."""
    assert plover("CONSULT", mode="visit").score == 4.0
    assert plover("CONSULT", mode="visit", modality="future").score == 2.5


def test_accusations_have_a_negative_score():
    """The manual prints +3 for ACCUSE, which is a lost minus sign."""
    assert plover("ACCUSE").score == -3.0


def test_sanctions_are_material_conflict():
    """The manual's summary table has class 3; its section, and the ontology, have 4."""
    assert plover("SANCTION").quad == 4


def test_the_code_that_an_event_carries_is_kept():
    """A leaf is finer than what type and mode tell, and its leading zero is part of it."""
    assert cameo("RETREAT", mode="release", cameo="0841") == "0841"
    assert cameo("AGREE", cameo="036") == "036"


def test_an_unlisted_code_is_written_as_its_nearest_ancestor():
    """1214 stands in a published table and in no list of CAMEO."""
    assert cameo("REJECT", cameo="1214") == "121"


def test_a_code_that_contradicts_the_type_gives_way():
    """A reviewer who corrects the type leaves the old code behind."""
    assert load_ontology().codes["190"].type == "ASSAULT"
    assert cameo("AID", cameo="190") == "070"


def test_codes_that_plover_drops_are_kept():
    """Appeals (02) and denials (016) have no type in the conversion, and readings use them."""
    assert cameo("REQUEST", mode="yield", cameo="0256") == "0256"
    assert cameo("REJECT", cameo="016") == "016"


def test_tense_and_negation_reach_cameo_too():
    """Promised aid is an intent to cooperate (03), refused talks a rejection (12), announced force a threat (138)."""
    assert cameo("AID", cameo="071", modality="future").startswith("03")
    assert cameo("CONSULT", cameo="042", polarity="negated").startswith("12")
    assert cameo("ASSAULT", cameo="195", modality="future") == "138"


@pytest.mark.parametrize("modality", ["hypothetical", "historical"])
def test_what_did_not_happen_now_has_no_cameo_code(modality):
    """CAMEO codes what a report says happened."""
    assert cameo("ASSAULT", cameo="190", modality=modality) is None


def test_every_actor_meets_every_recipient():
    """Two against two are four pairs."""
    analysis = act("ACCUSE", actors=(NORWAY, SWEDEN), recipients=(CHAD, FRONT))
    assert names(analysis) == [
        ("Norway", "Chad"),
        ("Norway", "Tamsk Front"),
        ("Sweden", "Chad"),
        ("Sweden", "Tamsk Front"),
    ]


@pytest.mark.parametrize("type", ["CONSULT", "AGREE", "COOPERATE", "ASSAULT"])
def test_talks_without_a_host_go_both_ways(type):
    """PLOVER puts all sides of talks, accords, joint work and battles among the actors."""
    assert names(act(type, actors=(NORWAY, SWEDEN))) == [("Norway", "Sweden"), ("Sweden", "Norway")]


def test_two_who_protest_do_not_protest_against_each_other():
    """Several actors of another type are several rows without a target."""
    assert names(act("PROTEST", actors=(NURSES, FRONT))) == [("Nurses", None), ("Tamsk Front", None)]


def test_actors_who_are_the_recipients_are_paired_with_each_other():
    """Some readings name all sides on both sides."""
    assert names(act("AGREE", actors=(NORWAY, SWEDEN), recipients=(NORWAY, SWEDEN))) == [
        ("Norway", "Sweden"),
        ("Sweden", "Norway"),
    ]


def test_who_acts_on_itself_is_a_pair():
    """A state that censors its own press is its own target where nobody else is."""
    assert names(act("COERCE", actors=(NORWAY,), recipients=(NORWAY,))) == [("Norway", "Norway")]


def test_an_actor_named_twice_on_a_side_counts_once():
    """Mentions are not actors."""
    assert names(act("ACCUSE", actors=(NORWAY, NORWAY), recipients=(CHAD,))) == [("Norway", "Chad")]


def test_undecided_parties_are_written_by_their_words():
    """Two different words are two parties."""
    assert names(act("ACCUSE", actors=("rebels",), recipients=("farmers",))) == [("rebels", "farmers")]


def test_a_recipient_alone_is_a_row():
    """Nobody knows who shelled the town."""
    assert names(act("ASSAULT", recipients=(CHAD,))) == [(None, "Chad")]


def test_dyads_of_an_event_have_different_keys_and_keep_them():
    """The key is what ids of other formats are made of."""
    analysis = act("CONSULT", actors=(NORWAY, SWEDEN))
    first, second = (d.key for d in coded.dyads(analysis, Losses()))
    assert first != second
    assert [d.key for d in coded.dyads(analysis, Losses())] == [first, second]


def test_events_without_a_date_are_counted_as_left_out():
    """A document without a date cannot lend one."""
    losses = Losses()
    assert list(coded.dyads(act("AID", actors=(NORWAY,), published=None), losses)) == []
    assert losses.counts == {coded.UNDATED: 1}


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (NORWAY, "NOR"),
        (MINISTER, "NORGOV"),
        (FRONT, "REB"),
        (UN, "IGOUNO"),
        (EU, "IGOEUREEC"),
        (KOSOVO, "KSV"),
        (None, ""),
    ],
)
def test_actors_have_cameo_codes(actor, code):
    """Country first, then roles; organisations by CAMEO's own chunks."""
    assert cameo_code(actor) == code


def test_medicine_and_media_change_names_on_the_way_to_cameo():
    """MED is medical in PLOVER and media in CAMEO, which has HLH for health."""
    assert cameo_code(NURSES) == "NORHLH"
    assert cameo_code(PAPER) == "NORMED"


def test_a_code_has_at_most_five_chunks():
    """TABARI knows no longer ones."""
    many = ("GOV", "MIL", "LEG", "JUD", "COP", "SPY")
    from dragoman.analysis import Actor

    assert cameo_code(Actor(id="x", name="X", kind="group", country="NOR", sectors=many)) == "NORGOVMILLEGJUD"


def test_countries_have_names_and_numbers():
    """Sovereign states have a number of the Correlates of War, others have none."""
    assert (country_name("NOR"), cow_number("NOR")) == ("Norway", "385")
    assert (country_name("UNO"), cow_number("UNO")) == ("United Nations", "")
    assert country_name(None) == ""


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2012-01-18", "2012-01-18", "2012-01-18"),
        ("2012-01-18T09:30Z", "2012-01-18", "2012-01-18"),
        ("2012-02", "2012-02-01", "2012-02-29"),
        ("2012", "2012-01-01", "2012-12-31"),
    ],
)
def test_a_date_covers_the_days_of_its_precision(text, first, last):
    """February of a leap year has 29 days."""
    found = period(text)
    assert (str(found.first), str(found.last)) == (first, last)


def test_sentences_end_at_full_stops_and_line_breaks():
    """A quotation mark belongs to the sentence it closes, and initials end none."""
    text = "Talks failed.  Gen. Aly left. He said “No.” Then J. Doe came\r\nThe end"
    assert [s.text for s in sentences(text)] == [
        "Talks failed.",
        "Gen. Aly left.",
        "He said “No.”",
        "Then J. Doe came",
        "The end",
    ]


def test_a_sentence_is_numbered_and_quotes_the_text():
    """Also behind characters outside the basic plane, and in scripts without capitals."""
    text = "😀 One. Two 😀. 三。四。"
    number, span = sentence_at(text, text.index("四"))
    assert (number, span.text) == (4, "四。")
    assert text[span.start : span.end] == span.text


def test_an_empty_text_has_one_empty_sentence():
    """Nothing raises."""
    assert sentence_at("", 0)[1].text == ""
    assert sentences("  \n ") == []
