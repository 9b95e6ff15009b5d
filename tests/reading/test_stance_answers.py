"""A second holder who answers, sums up or judges what a first one wanted. All countries in these sentences do invented things."""

from __future__ import annotations

import pytest

from tests.reading.stance_cases import Desk, Said


@pytest.fixture(scope="module")
def desk(pipeline) -> Desk:
    return Desk(pipeline)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Ghana asked for a ceasefire in Chad, but Togo declined.", "TGO against ceasefire"),
        ("Ghana proposed sanctions on Chad, and Togo agreed.", "TGO for sanctions"),
        ("Ghana opposed the draft resolution and so did Togo.", "TGO against resolution"),
        ("Ghana backs the lifting of the sanctions. Togo does too.", "TGO against sanctions"),
        ("Ghana demanded that Togo release the fishermen, but Togo has refused to do so.", "TGO against detention"),
    ],
)
def test_an_answer_takes_over_the_measure_and_the_side(desk, text, stance):
    """Who agrees stands where the one before him stands, who refuses stands against what was asked."""
    assert stance in desk.lines(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ghana asked what the talks were about, and Togo refused to comment.",
        "Ghana welcomed the ceasefire. Togo agreed with the map.",
        "Ghana condemned the sanctions. Togo declined.",
        "Ghana asked for a ceasefire.\nTogo declined.",
    ],
)
def test_what_says_its_own_object_or_was_not_asked_is_no_answer(desk, text):
    """ "Refused to comment", "agreed with the map", "declined" where nothing was asked, a new paragraph."""
    assert not any(line.startswith("TGO") for line in desk.lines(text))


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Ghana rejected the arms embargo. The decision was criticised by Togo.", "TGO for arms_embargo"),
        ("Ghana rejected the arms embargo. Togo supported the proposal.", "TGO for arms_embargo"),
        ("Ghana called for direct talks, a step that Togo welcomed.", "TGO for dialogue"),
        ("Ghana called for a no-fly zone, something Togo ruled out.", "TGO against no_fly_zone"),
        ("Ghana urged Chad to hold elections, and Togo supported the call.", "TGO for election"),
        ("Ghana offered to mediate, but Togo turned it down.", "TGO against mediation"),
    ],
)
def test_a_decision_is_taken_as_it_went_and_a_plan_as_it_was_put(desk, text, stance):
    """The decision of one who rejects a ban is against it; the proposal he rejects is the ban."""
    assert stance in desk.lines(text)


def test_a_fact_one_is_sorry_of_stays_the_stance_of_who_did_it(desk):
    """ "Is unhappy that Ghana announced": both take a stance."""
    lines = desk.lines("Togo is unhappy that Ghana announced that it would attend the conference.")
    assert {"TGO against dialogue", "GHA for dialogue"} <= lines


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Ghana called the sanctions illegal.", "GHA against sanctions"),
        ("Ghana described the air strikes as unacceptable.", "GHA against use_of_force"),
        ("Ghana regards the inspections as an insult.", "GHA against investigation"),
        ("Ghana sees the ceasefire as an important step.", "GHA for ceasefire"),
        ("Ghana finds the deployment of Togolese troops unacceptable.", "GHA against troop_deployment"),
        ("The talks were described as very alarming by Ghana.", "GHA against dialogue"),
        ("The arms embargo is something that Ghana will never accept.", "GHA against arms_embargo [red_line]"),
        ("For Ghana, the withdrawal of the troops is out of the question.", "GHA against withdrawal"),
    ],
)
def test_a_judgement_behind_a_measure_is_its_authors(desk, text, stance):
    """Who calls, regards or finds it so takes the stance himself."""
    assert stance in desk.lines(text)


def test_a_verdict_without_value_says_nothing(desk):
    """ "Called the talks a meeting of ministers" is no judgement."""
    assert not desk.lines("Ghana called the talks a meeting of ministers.")


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Ghana wants the sanctions lifted.", "GHA against sanctions"),
        ("Ghana wants the arms embargo gone by summer.", "GHA against arms_embargo"),
        ("Ghana would like to see the travel bans removed.", "GHA against sanctions"),
        ("Ghana wants the peacekeepers out of the border districts.", "GHA against peace_operation"),
        ("Ghana demanded that Togo pull its soldiers out of Chad.", "GHA for withdrawal [demand]"),
    ],
)
def test_what_is_wanted_of_a_measure_decides_the_side(desk, text, stance):
    """Lifted, gone, removed, out."""
    assert stance in desk.lines(text)


@pytest.mark.parametrize(
    ("content", "stance"),
    [
        ("no foreign troops will be deployed in Togo", "GHA against troop_deployment"),
        ("no extension of the sanctions would be approved", "GHA against sanctions"),
        ("there will be no ceasefire", "GHA against ceasefire"),
        ("there can be no lifting of the sanctions", "GHA for sanctions"),
        ("there must be no foreign interference in Togo", "GHA against interference"),
        ("there was no alternative to dialogue", "GHA for dialogue"),
        ("the sanctions had only brought hunger", "GHA against sanctions"),
        ("the embargo will be lifted in May", "GHA against sanctions"),
    ],
)
def test_what_shall_not_be_is_denied_once(desk, content, stance):
    """ "No extension will be approved" has one denial, and it is the speaker's."""
    lines = {line.split(" [")[0] for line in desk.lines(f"Ghana said {content}.", Said("Ghana", content))}
    assert stance in lines


def test_who_speaks_of_the_council_refuses_for_himself(desk):
    """ "No resolution that imposes sanctions will be adopted by the Council, Ghana said": not the Council's stance."""
    content = "no resolution that imposes sanctions on Togo will be adopted by the Security Council"
    lines = desk.lines(f"Ghana said {content}.", Said("Ghana", content))
    assert any(line.startswith("GHA against sanctions") for line in lines)
    assert not any(line.startswith("UNSC") for line in lines)


def test_a_place_stands_for_the_talks_named_after_it(desk):
    """ "Will boycott Sochi" where the text knows the Sochi conference; elsewhere a town is a town."""
    assert "GHA against dialogue" in desk.lines("The Sochi conference opens on Monday. Ghana will boycott Sochi.")
    assert not desk.lines("The Sochi market opens on Monday. Ghana will boycott Sochi.")


def test_a_list_that_the_parse_tears_apart_is_one(desk):
    """Whoever shows disregard for three things harms each of them."""
    content = (
        "These actions demonstrate a disregard for the Cessation of Hostilities, UN Security Council Resolution 9, "
        "and efforts to advance a political solution"
    )
    lines = desk.lines(f'"{content}," Ghana said.', Said("Ghana", content))
    assert {"GHA for ceasefire", "GHA for resolution", "GHA for dialogue"} <= lines


def test_a_clause_hangs_on_the_demands_before_it(desk):
    """ "Boycotted the talks over the demands of Togo that the president step aside": Togo demands it."""
    lines = desk.lines(
        "Ghana had threatened to boycott the talks over the demands of Togo that the president step aside."
    )
    assert "TGO for leadership_change [demand]" in lines


def test_self_declared_is_no_stance(desk):
    """The word names what somebody claims to be; who uses it in a decree supports no recognition."""
    assert not desk.lines("Ghana listed the self-declared republic in a decree.")


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Ghana will not join the talks until the embargo is lifted.", "GHA against sanctions"),
        ("Ghana would sign the treaty only if Togo withdrew its troops.", "GHA for withdrawal"),
        ("Ghana set the release of the prisoners as a condition for the visit.", "GHA for detention"),
        ("Ghana tied the visit to a release of the prisoners.", "GHA for detention"),
    ],
)
def test_who_makes_it_a_condition_wants_it(desk, text, stance):
    """Until it is lifted, only if, as a condition, tied to."""
    assert stance in desk.lines(text)


def test_what_others_tell_of_a_deed_is_no_stance_of_who_did_it(desk):
    """The same deed reported by the text itself is one, and so is what others say that somebody rejects."""
    deed, refusal = "Ghana has imposed sanctions on Togo", "Ghana rejects talks with Togo"
    assert "GHA for sanctions" in desk.lines(f"{deed}.")
    assert not desk.lines(f"The Kenyan minister said {deed}.", Said("The Kenyan minister", deed))
    assert "GHA against dialogue" in desk.lines(
        f"The Kenyan minister said {refusal}.", Said("The Kenyan minister", refusal)
    )


@pytest.mark.parametrize(
    "text",
    [
        "The raid killed forty people, Ghana said.",
        "Ghana's soldiers fought the special forces.",
        "Ghana took part in the war.",
        "Efforts to end the war were failing, Ghana said.",
        "Ghana believes it is for the Togolese to manage their internal affairs.",
        "Ghana gave sanction for the visit.",
        "Ghana approved the budget deal.",
        "Ghana had never heard of the treaty.",
    ],
)
def test_a_fact_in_words_of_harm_or_of_part_taking_is_no_stance(desk, text):
    """Casualties, fights, failed efforts, and measures' names in another sense."""
    assert not desk.lines(text, Said("Ghana", text.split(",")[0]))
