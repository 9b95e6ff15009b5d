"""Turns of phrase beyond a plain verb with its object. All countries in these sentences do invented things."""

from __future__ import annotations

import pytest

from tests.reading.stance_cases import Desk, Said


@pytest.fixture(scope="module")
def desk(pipeline) -> Desk:
    return Desk(pipeline)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Chile asked for a ceasefire; Peru turned it down.", "PER against ceasefire"),
        ("Chile proposed sanctions. Peru rejected them.", "PER against sanctions"),
    ],
)
def test_a_pronoun_stands_for_the_measure_named_before(desk, text, stance):
    """Who turns "it" down is against what "it" is."""
    assert stance in desk.lines(text)


def test_the_measure_behind_a_pronoun_keeps_its_words_and_the_evidence_is_where_the_pronoun_stands(desk):
    """The span is "sanctions", the sentence the one that rejects them."""
    (stance,) = [s for s in desk.read("Chile proposed sanctions. Peru rejected them.") if s.holder.actor == "PER"]
    assert stance.measure.text == "sanctions"
    assert stance.evidence.text == "Peru rejected them."


def test_a_pronoun_of_another_number_points_elsewhere(desk):
    """ "It" cannot be sanctions."""
    assert not any(line.startswith("PER") for line in desk.lines("Chile proposed sanctions. Peru rejected it."))


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Ghana sees no sense in sanctions on Togo.", "GHA against sanctions"),
        ("Ghana sees no role for foreign mediation.", "GHA against mediation"),
        ("Ghana put its name to the draft resolution.", "GHA for resolution"),
        ("Ghana poured cold water on the ceasefire.", "GHA against ceasefire"),
    ],
)
def test_a_verb_with_its_noun_says_what_neither_says_alone(desk, text, stance):
    """Sees no sense in, put its name to, poured cold water on."""
    assert stance in desk.lines(text)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Ghana will on no account accept sanctions.", "GHA against sanctions"),
        ("Ghana will tolerate no more sanctions.", "GHA against sanctions"),
        ("Ghana will free no prisoner.", "GHA against detention"),
    ],
)
def test_denials_without_not(desk, text, stance):
    """On no account, no more, no prisoner."""
    assert any(line.startswith(stance) for line in desk.lines(text))


def test_not_to_rule_out_is_neither_for_nor_against(desk):
    """It leaves all open."""
    assert desk.lines("Ghana did not rule out sanctions.") == set()
    assert desk.lines("Ghana refused to rule out sanctions.") == set()


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Serbia wants the talks to resume at once.", "SRB for dialogue"),
        ("Serbia wants the sanctions to end.", "SRB against sanctions"),
    ],
)
def test_a_measure_that_shall_go_on_or_end(desk, text, stance):
    """What goes on or ends of itself hands on who wants it so."""
    assert stance in desk.lines(text)


def test_what_will_never_pass_is_opposed_by_the_speaker(desk):
    """Nobody in the clause takes the stance, so it is whoever says it."""
    text = "The sanctions will never pass, the Kenyan minister said."
    lines = desk.lines(text, Said("the Kenyan minister", "The sanctions will never pass"))
    assert lines == {"ken-minister against sanctions [demand]"}


def test_an_act_wins_over_a_phrase_of_another_type_inside_it(desk):
    """To withdraw foreign troops is a withdrawal."""
    assert desk.lines("Norway wants to withdraw foreign troops.") == {"NOR for withdrawal"}


@pytest.mark.parametrize(
    "text", ["Ghana opposes the sanctions committee.", "Ghana rejected the ceasefire monitors' chief."]
)
def test_a_body_named_after_a_measure_is_not_the_measure(desk, text):
    """Who is against the committee says nothing of sanctions."""
    assert not any("sanctions" in line or "ceasefire" in line for line in desk.lines(text))


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The demands of Ghana that the president step aside angered Chad.", "GHA for leadership_change [demand]"),
        ("Kenya had set preconditions, including the departure of Ghanaian militias.", "KEN for withdrawal [demand]"),
        ("Kenya and Ghana are agreed on the ceasefire.", "GHA for ceasefire"),
        ("Kenya failed to persuade Ghana to agree to elections.", "KEN for election"),
        ("Kenya called the decision an attempt to evade the arms embargo.", "KEN for arms_embargo"),
        ("Kenya condemned the dealers who sent weapons to Chad.", "KEN against arms_transfer"),
    ],
)  # fmt: skip
def test_a_stance_may_lie_in_a_noun_in_an_effort_or_in_blame(desk, text, stance):
    """Whose demands, on what they are agreed, what they tried, whom they blame."""
    assert stance in desk.lines(text)


def test_that_means_spells_out_what_the_speaker_wants(desk):
    """ "That means making sure that": the speaker demands it."""
    text = '"That means making sure that Ghana does not use chemical weapons," the Kenyan minister said.'
    said = Said("the Kenyan minister", "That means making sure that Ghana does not use chemical weapons")
    assert "ken-minister against use_of_force [demand]" in desk.lines(text, said)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Kenya proposed sanctions. Ghana rejected the move.", "GHA against sanctions"),
        ("Kenya proposed sanctions. Ghana rejected this proposal.", "GHA against sanctions"),
    ],
)
def test_the_move_stands_for_the_measure_of_the_sentence_before(desk, text, stance):
    """A noun that sums up takes the measure's place."""
    assert stance in desk.lines(text)


def test_a_move_that_is_described_is_another_one(desk):
    """ "The move to raise fares" says itself what it is."""
    assert not any(
        s.startswith("GHA") for s in desk.lines("Kenya proposed sanctions. Ghana rejected the move to raise fares.")
    )


@pytest.mark.parametrize(
    "text",
    [
        "The plant in Kenya produces enriched uranium.",
        "The Kenyan company sold drones to Chad.",
        "The Kenyan submarine carried nuclear warheads.",
        "The Kenyan president signed the law on school milk.",
        "Kenya lodged a protest with Chad.",
    ],
)
def test_what_a_thing_or_a_firm_does_and_what_is_signed_every_day_is_no_stance(desk, text):
    """A bare deed needs an actor with a policy, and a measure that is one of the named types."""
    assert desk.lines(text) == set()


def test_a_responsibility_is_put_on_somebody_by_the_speaker(desk):
    """ "Ghana has a responsibility to allow aid": the one who says so demands it, Ghana takes no stance."""
    text = "Ghana has a special responsibility to press Chad to allow relief convoys, the Kenyan minister said."
    said = Said("the Kenyan minister", "Ghana has a special responsibility to press Chad to allow relief convoys")
    assert "ken-minister for humanitarian_access [demand]" in desk.lines(text, said)
    assert not any(line.startswith("GHA") for line in desk.lines(text, said))


def test_failing_to_reach_something_is_no_effort_for_it(desk):
    """Only who fails to persuade has shown what he wants."""
    assert desk.lines("Kenya failed to reach an agreement on the ceasefire.") == set()


def test_to_attend_a_town_is_to_attend_the_talks_there(desk):
    """A place that one attends is a meeting."""
    assert "GHA against dialogue" in desk.lines("Ghana decided not to attend Geneva.")


@pytest.mark.parametrize(
    "text",
    [
        "The Ghanaian party will be fighting to hold on to its seats.",
        "The Ghanaian minister gave a talk at a conference on health.",
        "Ghana rejected the rebels who tortured a teacher.",
    ],
)
def test_what_only_sounds_like_a_measure_is_none(desk, text):
    """An election is fought without force, a lecture is no dialogue, and whoever rejects people says nothing of what they did."""
    assert not desk.lines(text)


@pytest.mark.parametrize(
    "text", ["Ghana held a general election on 8 June.", "Once again Ghana saw medical facilities attacked."]
)
def test_what_only_happened_is_no_stance(desk, text):
    """Who votes on the day or sees what is done says nothing for it."""
    assert not desk.lines(text)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Ghana has set conditions for talks, including the release of the crew.", "GHA for detention [demand]"),
        ("Ghana's demands, including the lifting of the sanctions, were read out.", "GHA against sanctions [demand]"),
        ("Ghana attached requirements to its return, such as a ceasefire.", "GHA for ceasefire [demand]"),
    ],
)
def test_what_is_listed_among_conditions_is_demanded_by_who_sets_them(desk, text, stance):
    """ "Set conditions, including the release of": the setter wants it, turned by what undoes it."""
    assert stance in desk.lines(text)


def test_what_is_listed_among_conditions_that_are_only_discussed_is_demanded_by_nobody(desk):
    """To discuss conditions is to set none."""
    assert not desk.lines("Ghana discussed conditions such as elections.")


def test_a_demand_of_somebody_is_for_what_its_clause_says(desk):
    """The clause belongs to the demands, not to the opposition that makes them."""
    lines = desk.lines("Ghana rejected the demands of the Togolese opposition that the president step aside.")
    assert {"tgo-opposition for leadership_change [demand]", "GHA against leadership_change"} <= lines


def test_what_a_text_says_its_authors_say_although_it_is_rejected(desk):
    """ "Rejected Togo's draft, which demands ...": Togo demands it."""
    lines = desk.lines("Ghana rejected Togo's draft, which demands the withdrawal of its troops.")
    assert {"TGO for withdrawal [demand]", "GHA against withdrawal"} <= lines


def test_where_a_text_lies_does_not_say_what_it_is(desk):
    """ "The proposal that's on the table" still stands for the measure named before."""
    lines = desk.lines("Peru asked for a ceasefire. Ghana agreed to the proposal that is on the table.")
    assert "GHA for ceasefire" in lines


def test_beside_a_possessor_another_name_owns_nothing(desk):
    """ "Togo's Accra plan" is not Ghana's: a town that names a plan holds no stance."""
    lines = desk.lines("Togo's Accra plan, which demands elections, was read out.")
    assert lines == {"TGO for election [demand]"}


def test_a_move_is_judged_by_whoever_is_named_behind_it(desk):
    """ "..., a move condemned by Ghana" says what Ghana thinks of the clause before, and nothing more of Togo."""
    lines = desk.lines("Togo expelled the Peruvian ambassador, a move condemned by Ghana.")
    assert lines == {"TGO against relations", "GHA for relations"}


def test_a_bare_verb_goes_on_with_what_somebody_must_do(desk):
    """ "Has a responsibility to end the raids, immediately allow relief": the duty covers both, and Peru wants neither."""
    text = "Peru has a responsibility to press the junta to end its attacks, immediately allow relief supplies to reach all."
    lines = desk.lines(f"{text[:-1]}, Ghana said.", Said("Ghana", text[:-1]))
    assert lines == {"GHA for ceasefire [demand]", "GHA for humanitarian_access [demand]"}


def test_to_go_ahead_is_not_to_go(desk):
    """What is to go ahead is wanted, what is to go is not."""
    assert desk.lines("Ghana insisted that the elections go ahead.") == {"GHA for election [demand]"}
    assert desk.lines("Ghana insisted that the sanctions go.") == {"GHA against sanctions [demand]"}


def test_an_army_kept_out_is_not_kept_there(desk):
    """Who holds troops back does not deploy them."""
    assert desk.lines("Ghana will keep its troops in Peru.") == {"GHA for troop_deployment"}
    assert desk.lines("Ghana will keep its troops out of the war.") == {"GHA against troop_deployment"}
