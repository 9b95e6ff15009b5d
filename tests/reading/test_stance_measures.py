"""Where a text names a measure, whoever may be for or against it."""

from __future__ import annotations

import pytest

from dragoman.document import Document
from dragoman.knowledge.ontology import load_ontology
from dragoman.reading.parse import parse
from dragoman.reading.stances.measures import MeasureFinder


@pytest.fixture(scope="module")
def named(pipeline):
    """Text in, measures out as "type: words"; an undone measure with a minus."""
    finder = MeasureFinder(load_ontology().measures)

    def find(text: str) -> list[str]:
        doc = parse(Document(text), pipeline).doc
        return [f"{'-' if m.sign < 0 else ''}{m.type}: {doc[m.start : m.end].text}" for m in finder.find(doc)]

    return find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They discussed the sanctions.", "sanctions: sanctions"),
        ("They discussed an arms embargo.", "arms_embargo: arms embargo"),
        ("They discussed the delivery of weapons.", "arms_transfer: delivery of weapons"),
        ("They discussed a troop deployment.", "troop_deployment: troop deployment"),
        ("They discussed the use of force.", "use_of_force: use of force"),
        ("They discussed a no-fly zone.", "no_fly_zone: no-fly zone"),
        ("They discussed the peacekeeping mission.", "peace_operation: peacekeeping mission"),
        ("They discussed interference.", "interference: interference"),
        ("They discussed the cease-fire.", "ceasefire: cease-fire"),
        ("They discussed the withdrawal.", "withdrawal: withdrawal"),
        ("They discussed a national dialogue.", "dialogue: national dialogue"),
        ("They discussed the good offices of Oman.", "mediation: good offices"),
        ("They discussed a humanitarian corridor.", "humanitarian_access: humanitarian corridor"),
        ("They discussed the loan.", "aid: loan"),
        ("They discussed the inquiry.", "investigation: inquiry"),
        ("They discussed an arrest warrant.", "prosecution: arrest warrant"),
        ("They discussed the draft resolution.", "resolution: draft resolution"),
        ("They discussed diplomatic recognition.", "recognition: diplomatic recognition"),
        ("They discussed diplomatic relations.", "relations: diplomatic relations"),
        ("They discussed the non-proliferation treaty.", "treaty: non-proliferation treaty"),
        ("They discussed regime change.", "leadership_change: regime change"),
        ("They discussed the election.", "election: election"),
        ("They discussed a prisoner swap.", "detention: prisoner swap"),
        ("They discussed the annexation.", "territory: annexation"),
        ("They discussed uranium enrichment.", "nuclear_programme: uranium enrichment"),
        ("They discussed the asylum rules.", "migration: asylum"),
        ("They discussed the tariff.", "trade: tariff"),
        ("They discussed the curfew.", "other: curfew"),
    ],
)
def test_every_measure_type_is_found_by_name(named, text, expected):
    """One example of each of the 28 types."""
    assert expected in named(text)


def test_the_examples_cover_every_type(named):
    """No type of the ontology is without an example above."""
    mark = next(m for m in test_every_measure_type_is_found_by_name.pytestmark if m.name == "parametrize")
    assert {expected.split(":")[0] for _, expected in mark.args[1]} == set(load_ontology().measures)


def test_the_longer_name_wins(named):
    """An arms embargo is neither arms nor an embargo."""
    assert named("They want an embargo on arms sales.") == ["arms_embargo: embargo on arms sales"]


def test_a_negative_is_no_measure(named):
    """A hunger strike is no strike."""
    assert named("She went on hunger strike.") == []


def test_articles_and_possessives_may_stand_inside_a_name(named):
    """ "An end to all the violence"."""
    assert named("He saw an end to the violence.") == ["ceasefire: end to the violence"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They will send two thousand soldiers.", "troop_deployment: send two thousand soldiers"),
        ("Troops were deployed at dawn.", "troop_deployment: Troops were deployed"),
        ("They decided to supply tanks and missiles.", "arms_transfer: supply tanks"),
        ("They urged the president's removal.", "leadership_change: president's removal"),
        ("They want to attend and change the conference.", "dialogue: attend and change the conference"),
        ("Let them allow supplies to pass.", "humanitarian_access: allow supplies"),
    ],
)
def test_a_verb_and_its_object_name_a_measure(named, text, expected):
    """Active, passive, as a noun, shared between verbs, and with numbers between."""
    assert expected in named(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They condemned the siege.", "-humanitarian_access: siege"),
        ("They expelled the ambassador.", "-relations: expelled the ambassador"),
        ("They postponed the election.", "-election: postponed the election"),
        ("They violated the agreement.", "-treaty: violated the agreement"),
    ],
)
def test_some_names_are_of_the_undoing(named, text, expected):
    """To be for them is to be against the measure."""
    assert expected in named(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ghana backs the Geneva process.", "dialogue: Geneva process"),
        ("They wanted to shape the country's political future.", "interference: shape the country's political future"),
        ("They wanted to hold them accountable.", "prosecution: hold them accountable"),
        ("They discussed the toppling of the regime.", "leadership_change: toppling of the regime"),
    ],
)
def test_what_reports_call_a_measure_by_is_its_name(named, text, expected):
    """A process by its town, a country's future that others shape."""
    assert expected in named(text)


def test_what_describes_the_object_of_an_act_is_no_second_measure(named):
    """Relief supplies that are let through are access; that they are relief adds nothing."""
    assert named("They will allow relief supplies.") == ["humanitarian_access: allow relief supplies"]
