"""Who is for or against what, how firmly, on what condition. All countries in these sentences do invented things."""

from __future__ import annotations

import pytest

from tests.reading.stance_cases import Desk, Said, line


@pytest.fixture(scope="module")
def desk(pipeline) -> Desk:
    return Desk(pipeline)


@pytest.fixture(scope="module")
def seed_analysis(read, seed_page):
    return read(seed_page, publisher="SANA", published="2012-01-18")


def one(stances, type):
    """The only stance on a measure of that type."""
    (stance,) = [s for s in stances if s.measure.type == type]
    return stance


# Words of stance -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Kenya stressed its rejection of deploying foreign troops in Sudan.", "KEN against troop_deployment"),
        ("Kenya stressed on Wednesday rejection of deploying any troops in Sudan.", "KEN against troop_deployment"),
        ("The envoy conveyed Norway's support to the mediation efforts in Sudan.", "NOR for mediation"),
        ("Ghana repeated its call for an immediate ceasefire in Mali.", "GHA for ceasefire [demand]"),
        ("Peru underlined non-interference in Chad.", "PER against interference"),
        ("Peru expressed concern about sending arms to Bolivia.", "PER against arms_transfer"),
        ("Turkish objections to the peace conference delayed it.", "TUR against dialogue"),
    ],
)
def test_a_noun_carries_a_stance_as_a_verb_does(desk, text, stance):
    """Rejection of, support to, call for, concern about: the holder is the noun's owner or whoever voices it."""
    assert stance in desk.lines(text)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Morocco opposes sanctions on Niger.", "MAR against sanctions"),
        ("Morocco ruled out a withdrawal from the valley.", "MAR against withdrawal"),
        ("Morocco warned against foreign interference in Chad.", "MAR against interference"),
        ("Morocco objected to the extradition of the general.", "MAR against prosecution"),
        ("Morocco is in favour of talks with Chad.", "MAR for dialogue"),
        ("Morocco backs the draft resolution.", "MAR for resolution"),
        ("Morocco refused to sign the treaty.", "MAR against treaty"),
        ("Morocco wants Chad to accept a ceasefire.", "MAR for ceasefire"),
        ("Italy condemned the smuggling of arms into Libya.", "ITA against arms_transfer"),
        ("Rwanda accused Burundi of arming the rebels.", "RWA against arms_transfer"),
        ("Jordan praised Oman for hosting the talks.", "JOR for mediation"),
    ],
)
def test_each_word_takes_its_own_complement(desk, text, stance):
    """The preposition or clause that a word takes leads to the measure."""
    assert stance in desk.lines(text)


def test_several_measures_in_one_breath_are_several_stances(desk):
    """Each gets its own row with its own type."""
    assert desk.lines("Chile rejects sanctions, air strikes and foreign interference in Bolivia.") == {
        "CHL against sanctions",
        "CHL against use_of_force",
        "CHL against interference",
    }


def test_several_holders_are_several_stances(desk):
    """Joined subjects each hold it; so does a companion."""
    assert desk.lines("Russia and Brazil, along with China, demanded a ceasefire.") == {
        "RUS for ceasefire [demand]",
        "BRA for ceasefire [demand]",
        "CHN for ceasefire [demand]",
    }


def test_the_measure_is_quoted_by_its_own_words(desk):
    """The span names the measure, the evidence is the sentence around it."""
    stance = one(desk.read("Ghana was silent. Chile opposes a no-fly zone over Peru. So it went."), "no_fly_zone")
    assert stance.measure.text == "no-fly zone"
    assert stance.evidence.text == "Chile opposes a no-fly zone over Peru."
    assert stance.holder.text == "Chile"


# What turns a stance round ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Egypt opposes the lifting of sanctions on Sudan.", "EGY for sanctions"),
        ("Egypt called for the lifting of sanctions on Sudan.", "EGY against sanctions [demand]"),
        ("Egypt rejected calls to lift the sanctions on Sudan.", "EGY for sanctions"),
        ("Egypt will not back sanctions on Sudan.", "EGY against sanctions"),
        ("Egypt won't back sanctions on Sudan.", "EGY against sanctions"),
        ("Egypt urged Chad not to send troops.", "EGY against troop_deployment [demand]"),
        ("Egypt wants to prevent foreign interference in Sudan.", "EGY against interference"),
        ("Egypt supports a policy of non-interference in Chad.", "EGY against interference"),
        ("Egypt agreed to refrain from sending arms to Chad.", "EGY against arms_transfer"),
        ("Egypt boycotted the talks.", "EGY against dialogue"),
        ("Egypt expelled the Chadian ambassador.", "EGY against relations"),
    ],
)
def test_negation_and_undoing_turn_the_direction(desk, text, stance):
    """Denials, and words that end or prevent a measure, each turn it once."""
    assert stance in desk.lines(text)


def test_without_turns_only_what_it_governs(desk):
    """A solution without interference: for the one, against the other."""
    lines = desk.lines("Denmark wants a political solution without foreign interference in Mali.")
    assert lines == {"DNK for dialogue", "DNK against interference"}


def test_but_not_turns_the_second_of_two(desk):
    """The first measure keeps its direction."""
    assert desk.lines("Iceland supports talks but not sanctions.") == {"ISL for dialogue", "ISL against sanctions"}


def test_an_end_to_the_shelling_is_a_halt_of_violence(desk):
    """Whoever wants attacks to end wants a ceasefire."""
    assert desk.lines("Bolivia called for an end to the shelling of the port.") == {"BOL for ceasefire [demand]"}


def test_a_siege_is_the_undoing_of_access(desk):
    """To condemn a siege is to be for humanitarian access."""
    assert desk.lines("Fiji condemned the siege of the town.") == {"FJI for humanitarian_access"}


# Firmness --------------------------------------------------------------------------------------------------------------


def test_a_veto_to_come_is_a_veto_threat(desk):
    """It covers the resolution and what the resolution would allow."""
    lines = desk.lines(
        "Austria will veto any Security Council resolution that authorises military intervention in Libya."
    )
    assert lines == {"AUT against resolution [veto_threat]", "AUT against use_of_force [veto_threat]"}


def test_a_promise_not_to_pass_is_a_veto_threat(desk):
    """ "Will not pass any resolution that paves the way for" reaches the measure through the resolution."""
    lines = desk.lines(
        "Portugal will not pass any resolution in the Security Council that paves the way for interference in Mali."
    )
    assert lines == {"PRT against resolution [veto_threat]", "PRT against interference [veto_threat]"}


def test_authorisation_refused_is_a_veto_threat_of_the_speaker(desk):
    """ "They will never get authorisation for it from the Council", says one who can see to it."""
    quote = "“Those who plan an invasion will never get authorisation for it from the Security Council,”"
    lines = desk.lines(f"{quote} the Chinese ambassador said.", Said("the Chinese ambassador", quote))
    assert lines == {"chn-ambassador against use_of_force [veto_threat]"}


@pytest.mark.parametrize(
    "quote",
    [
        "“Sanctions on Iran are a red line,”",
        "“The red line is clear. We won't back any sanctions on Iran,”",
        "“We will never accept sanctions on Iran,”",
        "“We will not allow sanctions on Iran,”",
    ],
)
def test_red_lines(desk, quote):
    """The words themselves, the sentence after them, and what one will never accept or allow."""
    text = f"{quote} the Omani foreign minister said."
    assert desk.lines(text, Said("the Omani foreign minister", quote)) == {
        "omn-foreign-minister against sanctions [red_line]"
    }


def test_a_red_line_ends_with_its_paragraph(desk):
    """Who opposes something in the next paragraph draws no line there."""
    lines = desk.lines("Oman drew a red line.\n\nYemen opposes sanctions on Iran.")
    assert lines == {"YEM against sanctions"}


@pytest.mark.parametrize(
    "text",
    [
        "Jordan is ready to host the Libyan parties for talks.",
        "Jordan offered to mediate in Libya.",
        "Jordan expressed its readiness to mediate in Libya.",
        "Jordan told the Libyan parties that it was ready to mediate in Libya.",
    ],
)
def test_offers(desk, text):
    """Ready to, offered to, readiness to."""
    assert "JOR for mediation [offer]" in desk.lines(text)


def test_insistence_on_the_terms_of_a_draft_is_a_demand(desk):
    """The term, not the draft, is what is demanded."""
    lines = desk.lines("India insists that the draft include a clause on non-interference in Nepal.")
    assert lines == {"IND against interference [demand]"}


def test_what_must_be_is_demanded_by_the_speaker(desk):
    """The rebels of the sentence hold nothing."""
    text = "The rebels must lay down their arms, the Nigerian president said."
    lines = desk.lines(text, Said("the Nigerian president", "The rebels must lay down their arms"))
    assert lines == {"nga-president for ceasefire [demand]"}


def test_who_rejects_a_demand_makes_none(desk):
    """The force is that of the holder's own words."""
    assert desk.lines("Fiji dismissed calls for sanctions on Tonga.") == {"FJI against sanctions"}


# Conditions ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "type", "condition"),
    [
        ("Sweden would support sanctions on Belarus only if Norway agrees.", "sanctions", "only if Norway agrees"),
        ("Sweden will not send aid to Chad unless the raids stop.", "aid", "unless the raids stop"),
        ("Sweden is ready to resume talks with Iran once the violence stops.", "dialogue", "once the violence stops"),
        (
            "Sweden is prepared to recognise the council provided that a vote is held.",
            "recognition",
            "provided that a vote is held",
        ),
        ("Sweden called for talks after the raids are halted.", "dialogue", "after the raids are halted"),
    ],
)
def test_conditions_are_quoted(desk, text, type, condition):
    """The clause with the word that opens it."""
    assert one(desk.read(text), type).condition.text == condition


def test_a_reason_is_no_condition(desk):
    """ "Because" and a past "after" condition nothing."""
    assert one(desk.read("Sweden backed sanctions because the talks failed."), "sanctions").condition is None
    assert one(desk.read("Sweden backed sanctions after the minister had resigned."), "sanctions").condition is None


def test_who_makes_it_a_condition_wants_it(desk):
    """ "No aid until elections are held": against aid for now, and for elections."""
    lines = desk.lines("Norway will not send aid to Chad until elections are held.")
    assert lines == {"NOR against aid", "NOR for election"}


# Holders ---------------------------------------------------------------------------------------------------------------


def test_a_stance_reported_of_another_is_the_other_s(desk):
    """The speaker who attributes it holds nothing."""
    text = "Uganda rejects talks with the rebels, the Kenyan minister said."
    stance = one(desk.read(text, Said("the Kenyan minister", "Uganda rejects talks with the rebels")), "dialogue")
    assert stance.holder.actor == "UGA"
    assert stance.statement == "s0-36"


def test_we_is_the_speaker(desk):
    """The first person inside a statement is its source."""
    quote = "“We reject the arms embargo,”"
    lines = desk.lines(f"{quote} said the Malian president.", Said("the Malian president", quote))
    assert lines == {"mli-president against arms_embargo"}


def test_an_office_s_own_text_speaks_for_the_office(desk):
    """A press release says "we" for the government that publishes it."""
    text = "We call for an end to the attacks on civilians in Sudan. Canada stands with its partners."
    assert desk.lines(text, publisher="Government of Canada") == {"CAN for ceasefire [demand]"}
    assert desk.lines(text, publisher="The Harbour Herald") == set()


def test_a_speech_on_record_speaks_for_whom_its_title_names(desk):
    """A verbatim record says whose speech it is in its title."""
    text = "We reject any sanctions on Mali. The position of Costa Rica has not changed."
    record = {"publisher": "Assembly verbatim record", "title": "Speech 004 - Costa Rica"}
    assert desk.lines(text, **record) == {"CRI against sanctions"}
    assert desk.lines(text, title="Speech 004 - Costa Rica", publisher="The Harbour Herald") == set()


def test_proposals_stand_for_those_who_made_them(desk):
    """A text named later without its authors is still theirs."""
    text = "The proposals from Norway and Kenya were published on Monday. The proposals call for elections in Sudan."
    assert desk.lines(text) == {"NOR for election [demand]", "KEN for election [demand]"}


def test_a_draft_is_backed_by_who_gives_it_support(desk):
    """Backing enjoyed, won or received counts for the backers."""
    lines = desk.lines("The draft resolution has the support of China and the BRICS countries.")
    assert lines == {"CHN for resolution", "BRICS for resolution"}


def test_the_agent_of_a_passive_holds_it(desk):
    """Boycotted by, and the sponsor in front of the noun."""
    assert desk.lines("The peace conference was boycotted by Turkey.") == {"TUR against dialogue"}
    assert "TUR for dialogue" in desk.lines("The Turkish-sponsored peace conference opened late.")


def test_a_minister_and_his_country_hold_it_once(desk):
    """One position in one sentence is one row."""
    stances = desk.read("The Peruvian foreign minister reiterated his country's support for a ceasefire in Mali.")
    assert len(stances) == 1


# What the speaker lets on ----------------------------------------------------------------------------------------------


def test_so_called_is_a_refusal_to_call_it_that(desk):
    """The speaker is against what he calls so-called."""
    text = "The so-called aid convoys cross the border at night, the Eritrean ambassador said."
    lines = desk.lines(text, Said("the Eritrean ambassador", "The so-called aid convoys cross the border at night"))
    assert lines == {"eri-ambassador against humanitarian_access"}


def test_who_tells_of_an_evasion_stands_up_for_what_is_evaded(desk):
    """An attempt to evade the embargo: the speaker is for the embargo."""
    text = "The Egyptian foreign minister said the convoys are an attempt to evade the arms embargo on Libya."
    said = Said("The Egyptian foreign minister", "the convoys are an attempt to evade the arms embargo on Libya")
    assert desk.lines(text, said) == {"egy-foreign-minister for arms_embargo"}


def test_a_warning_is_against_what_would_do_the_harm(desk):
    """If this happens, that could be wrecked: against this, for that."""
    text = "If parliament imposes sanctions, it could wreck the peace talks, the Kenyan foreign minister said."
    said = Said("the Kenyan foreign minister", "If parliament imposes sanctions, it could wreck the peace talks")
    assert desk.lines(text, said) == {"ken-foreign-minister against sanctions", "ken-foreign-minister for dialogue"}


def test_a_judgement_is_a_stance_of_the_speaker(desk):
    """Unacceptable, necessary: somebody says so."""
    text = "Military intervention is unacceptable, the Indian foreign minister said."
    said = Said("the Indian foreign minister", "Military intervention is unacceptable")
    assert desk.lines(text, said) == {"ind-foreign-minister against use_of_force"}


def test_to_deny_wanting_it_is_to_be_against_it(desk):
    """A denial of a wish, not of a deed."""
    assert desk.lines("Turkey denied any desire for military intervention in Syria.") == {"TUR against use_of_force"}
    assert desk.lines("Turkey denied deploying its troops in Syria.") == set()


# What is no stance -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Ministers discussed sanctions on Iran in Vienna.",
        "Poland may support sanctions on Belarus.",
        "Greece is expected to veto the resolution.",
        "Does Ireland support sanctions on Israel?",
        "If Latvia rejects the draft resolution, the Council will meet again.",
        "Israeli jets attacked a convoy near the border.",
        "Hungary did not send troops to Mali.",
        "The sanctions on Cuba are sixty years old.",
        "Russia said it had made no decision about talks with Chad.",
        "Negotiators flew home after the talks collapsed.",
        "There was no sign that Chad would support a ceasefire.",
        "Chad has yet to condemn the invasion.",
        "Chad used to support sanctions.",
        "The Chadian president left the country in May.",
        "Ministers give speeches once they have left office.",
        "UN-authorised peacekeepers are on the road.",
        "The delegates greeted the special envoy warmly.",
        "Should Chad reject the draft resolution, the Council would meet again.",
        "Peru was to have joined the sanctions regime, a newspaper wrote.",
    ],
)
def test_no_stance(desk, text):
    """Mention, hedge, prediction, question, supposition, fighting, a deed not done."""
    assert desk.lines(text) == set()


def test_a_call_that_was_not_made_is_nobody_s(desk):
    """Whoever notes that there was no appeal does not oppose what it would have been for."""
    text = "There was no appeal to the rebels to exercise restraint, the Malian minister said."
    assert (
        desk.lines(text, Said("the Malian minister", "There was no appeal to the rebels to exercise restraint"))
        == set()
    )


def test_a_duty_in_plain_reporting_is_nobody_s(desk):
    """Without a speaker there is no holder for "must"."""
    assert desk.lines("The sanctions must be lifted by June.") == set()


def test_empty_and_foreign_texts_have_no_stances(desk):
    """Nothing is made of nothing."""
    for text in ("", " \n", "عربى", "🕊🕊", "x" * 500):
        assert desk.read(text) == ()


# Toward ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "type", "toward"),
    [
        ("Chile opposes sanctions on Bolivia.", "sanctions", "BOL"),
        ("Chile opposes sending arms to Bolivia.", "arms_transfer", "BOL"),
        ("Chile criticised the Iranian nuclear programme.", "nuclear_programme", "IRN"),
        ("Chile urged Bolivia to lift the blockade.", "humanitarian_access", "BOL"),
        ("Chile opposes US sanctions.", "sanctions", "USA"),
        ("Chile supports talks with Bolivia.", "dialogue", "BOL"),
    ],
)
def test_toward_is_whom_the_measure_is_about(desk, text, type, toward):
    """A complement first, then a modifier, then the only other state of the sentence."""
    assert one(desk.read(text), type).toward == toward


def test_talks_are_about_the_country_of_the_conflict(desk):
    """Where the sentence names no country, the one the text speaks of most; for its own government too."""
    text = "Mali is at war. The war in Mali has cost Mali dearly. Norway called for a ceasefire. Mali rejected talks."
    assert {s.toward for s in desk.read(text)} == {"MLI"}


def test_toward_is_whom_a_verb_is_done_to(desk):
    """The object of the deed, not the country where everything else happens."""
    text = "Fighting went on in Mali. Niger said it would continue to attack Boko Haram in Mali."
    assert one(desk.read(text), "use_of_force").toward == "boko-haram"


def test_toward_is_null_where_nothing_tells(desk):
    """No guess."""
    assert one(desk.read("Chile called for a ceasefire."), "ceasefire").toward is None


def test_who_speaks_and_acts_is_not_what_a_text_is_about(desk):
    """A capital that decides is named more often than the country it decides about."""
    text = (
        "Washington waited. Washington then debated the war in Mali. America paused. Norway said little of Mali. "
        "The White House called for a ceasefire."
    )
    assert one(desk.read(text), "ceasefire").toward == "MLI"


# The whole reader ------------------------------------------------------------------------------------------------------


def test_the_reader_gives_stances_with_their_statements(read):
    """Every statement that a stance names is in the analysis, and so are holders and those it is about."""
    analysis = read(
        "“We reject any sanctions on Mali,” the Kenyan foreign minister said on Monday.", published="2012-05-01"
    )
    (stance,) = analysis.stances
    assert (stance.measure.type, stance.stance, stance.toward) == ("sanctions", "opposes", "MLI")
    assert analysis.actor(stance.holder.actor).country == "KEN"
    assert analysis.statement(stance.statement).source.text == "the Kenyan foreign minister"


@pytest.mark.parametrize(
    ("country", "stance"),
    [
        ("RUS", "against sanctions [red_line]"),
        ("RUS", "against troop_deployment [red_line]"),
        ("RUS", "against resolution [veto_threat]"),
        ("RUS", "against interference [veto_threat]"),
        ("RUS", "against use_of_force [veto_threat]"),
        ("RUS", "against use_of_force [demand]"),
        ("RUS", "for dialogue [demand]"),
        ("RUS", "for mediation"),
        ("RUS", "for resolution"),
        ("CHN", "for resolution"),
        ("BRICS", "for resolution"),
        ("CHN", "against interference [demand]"),
        ("RUS", "against arms_transfer"),
        ("RUS", "against humanitarian_access"),
        ("RUS", "for arms_transfer"),
        ("USA", "against arms_transfer"),
        ("RUS", "for ceasefire [demand]"),
        ("RUS", "for mediation [offer]"),
    ],
)
def test_the_page_the_project_was_started_from(seed_analysis, country, stance):
    """What a desk officer would list."""
    lines = {line(s).replace(s.holder.actor, _rolled_up(seed_analysis, s), 1) for s in seed_analysis.stances}
    assert f"{country} {stance}" in lines


def test_talks_on_that_page_wait_for_the_violence_to_stop(seed_analysis):
    """The call for a dialogue is conditional."""
    conditions = {s.condition.text for s in seed_analysis.stances if s.measure.type == "dialogue" and s.condition}
    assert conditions == {"after violence, regardless of its source, is to be immediately halted"}


def _rolled_up(analysis, stance):
    actor = analysis.actor(stance.holder.actor)
    return actor.country if actor.kind == "person" else actor.id


# Laws ------------------------------------------------------------------------------------------------------------------


def test_ids_are_unique_and_stances_in_text_order(desk):
    """Two holders of one measure, two measures of one holder."""
    stances = desk.read("Russia and China oppose sanctions on Iran. Russia also rejects an arms embargo.")
    assert len({s.id for s in stances}) == len(stances) == 3
    assert [s.measure.start for s in stances] == sorted(s.measure.start for s in stances)


def test_every_span_quotes_the_document(desk):
    """Curly quotes, emoji and combining marks before the sentence move nothing."""
    text = "🕊 “Ωmega” na\u0308ive —\r\n\r\nSweden would support sanctions on Belarus only if Norway agrees."
    (stance,) = desk.read(text)
    for span in (stance.holder, stance.measure, stance.evidence, stance.condition):
        assert text[span.start : span.end] == span.text


def test_scores_are_probabilities(desk):
    """Between nothing and certainty."""
    stances = desk.read("Russia and China oppose sanctions on Iran. Norway sent aid to Chad.")
    assert stances
    assert all(0 < s.score < 1 for s in stances)
