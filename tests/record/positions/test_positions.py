"""Positions: what stances add up to, over time and over people."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.analysis import Actor
from dragoman.errors import UsageError
from dragoman.record import Selection
from dragoman.record.positions import Evidence, independent
from dragoman.record.positions.moments import spells

from .debate import BRAZIL, BRICS, CHAD, IRAN, MINISTER, MINISTRY, NORWAY, REBEL, record_of, says


def test_a_sentence_is_evidence_and_several_are_one_position(tmp_path: Path):
    """Three sentences with one stance make three passages of one position."""
    days = ("2024-03-01", "2024-03-05", "2024-03-09")
    record = record_of(tmp_path / "r", [says(NORWAY, "opposes", on=day, toward=CHAD) for day in days])
    (position,) = record.positions()
    assert (position.name, position.measure, position.toward_name, position.stance) == (
        "Norway",
        "sanctions",
        "Chad",
        "opposes",
    )
    assert (position.first, position.since, position.last) == ("2024-03-01", "2024-03-01", "2024-03-09")
    assert [e.date for e in position.evidence] == list(days)
    assert position.turns == ()


def test_each_target_has_its_own_position(tmp_path: Path):
    """Who is against sanctions on one country may be for those on another."""
    record = record_of(tmp_path / "r", says(NORWAY, "opposes", toward=CHAD), says(NORWAY, "supports", toward=IRAN))
    assert [(p.toward_name, p.stance) for p in record.positions()] == [("Chad", "opposes"), ("Iran", "supports")]


def test_people_and_offices_count_as_their_country(tmp_path: Path):
    """A minister's and a ministry's stances are Norway's, and each passage still says whose words they are."""
    record = record_of(tmp_path / "r", says(MINISTER, "opposes"), says(MINISTRY, "opposes", on="2024-03-02"))
    (position,) = record.positions()
    assert (position.actor, position.name) == ("NOR", "Norway")
    assert [e.holder_name for e in position.evidence] == ["Marta Ilvesk", "Norwegian foreign ministry"]


@pytest.mark.parametrize("sector", ["OPP", "REB", "PRE", "UAF"])
def test_who_is_against_the_state_does_not_count_as_it(tmp_path: Path, sector: str):
    """A rebel leader of Chad is not Chad, even where he has been a minister."""
    rebel = Actor(id="oduu-tamal", name="Oduu Tamal", kind="person", country="TCD", sectors=("GOV", sector))
    (position,) = record_of(tmp_path / "r", says(rebel, "supports")).positions()
    assert position.name == "Oduu Tamal"


def test_a_journalist_does_not_count_as_the_state(tmp_path: Path):
    """Only organs of a state and people of no known sector speak for it."""
    editor = Actor(id="ada-holm", name="Ada Holm", kind="person", country="NOR", sectors=("JRN",))
    (position,) = record_of(tmp_path / "r", says(editor, "supports")).positions()
    assert position.actor == "ada-holm"


def test_the_secretary_general_counts_as_the_united_nations(tmp_path: Path):
    """Officials of an organisation count as the organisation, by who they were on that date."""
    official = Actor(id="ban-ki-moon", name="Ban Ki-moon", kind="person", country="UNO", sectors=("GOV",))
    (position,) = record_of(tmp_path / "r", says(official, "supports", on="2012-01-18", words="An offer.")).positions()
    assert (position.actor, position.name) == ("UN", "United Nations")


def test_each_actor_for_himself(tmp_path: Path):
    """With by="actor" nobody counts as another."""
    record = record_of(tmp_path / "r", says(MINISTER, "opposes"), says(NORWAY, "opposes"))
    assert [p.name for p in record.positions(Selection(by="actor"))] == ["Marta Ilvesk", "Norway"]


def test_people_without_a_name_are_no_actors_of_a_corpus(tmp_path: Path):
    """The "officials" of one document are not those of another."""
    somebody = Actor(id="officials", name="officials", kind="unnamed")
    assert record_of(tmp_path / "r", says(somebody, "opposes")).positions() == ()


def test_a_change_of_mind_is_a_turning_point_with_both_passages(tmp_path: Path):
    """The last of the old words stands beside the first of the new."""
    record = record_of(
        tmp_path / "r",
        says(NORWAY, "opposes", on="2024-01-01", words="Norway is against sanctions."),
        says(NORWAY, "opposes", on="2024-02-01", words="Norway is still against sanctions."),
        says(NORWAY, "supports", on="2024-03-01", words="Norway is for sanctions."),
        says(NORWAY, "supports", on="2024-04-01", words="Norway stays for sanctions."),
    )
    (position,) = record.positions()
    (turn,) = position.turns
    assert (turn.date, turn.old, turn.new) == ("2024-03-01", "opposes", "supports")
    assert (turn.before.words, turn.after.words) == ("Norway is still against sanctions.", "Norway is for sanctions.")
    assert (position.stance, position.since) == ("supports", "2024-03-01")


def test_contradictory_evidence_of_one_day_is_mixed(tmp_path: Path):
    """Two against one is mixed too: nothing is averaged."""
    record = record_of(
        tmp_path / "r",
        says(NORWAY, "opposes", words="Norway is against it."),
        says(NORWAY, "opposes", words="Norway is much against it."),
        says(NORWAY, "supports", words="Norway is for it."),
    )
    (position,) = record.positions()
    assert (position.stance, len(position.evidence)) == ("mixed", 3)


def test_a_month_that_contradicts_all_its_days_is_mixed(tmp_path: Path):
    """What is known to the month lies anywhere in it, so no order is known."""
    record = record_of(tmp_path / "r", says(NORWAY, "opposes", on="2024-03-05"), says(NORWAY, "supports", on="2024-03"))
    assert record.positions()[0].stance == "mixed"


def test_a_year_that_agrees_with_one_of_its_days_hides_no_turn(tmp_path: Path):
    """A coarse date adds nothing to the order where a day says the same."""
    record = record_of(
        tmp_path / "r",
        says(NORWAY, "opposes", on="2024-03-05"),
        says(NORWAY, "supports", on="2024-09-05"),
        says(NORWAY, "supports", on="2024"),
    )
    (position,) = record.positions()
    assert (position.stance, position.since, len(position.turns)) == ("supports", "2024-09-05", 1)


def test_documents_without_a_date_come_last_and_decide_nothing(tmp_path: Path):
    """They are evidence, but neither before nor after anything."""
    record = record_of(tmp_path / "r", says(NORWAY, "supports", on=None), says(NORWAY, "opposes", on="2024-03-05"))
    (position,) = record.positions()
    assert position.stance == "opposes"
    assert [e.date for e in position.evidence] == ["2024-03-05", None]


def test_where_nothing_has_a_date_the_undated_decides(tmp_path: Path):
    """A position without a date has no beginning."""
    (position,) = record_of(tmp_path / "r", says(NORWAY, "supports", on=None)).positions()
    assert (position.stance, position.since, position.first, position.last) == ("supports", None, None, None)


def test_firmness_is_the_strongest_force_since_the_last_turn(tmp_path: Path):
    """The red line of a stance that was given up is none of the new one."""
    record = record_of(
        tmp_path / "r",
        says(NORWAY, "opposes", on="2024-01-01", force="red_line"),
        says(NORWAY, "supports", on="2024-02-01", force="demand"),
        says(NORWAY, "supports", on="2024-03-01"),
    )
    (position,) = record.positions()
    assert (position.force, position.firmest.date) == ("demand", "2024-02-01")


def test_conditions_are_those_of_the_current_stance(tmp_path: Path):
    """One condition in the same words counts once, the latest time."""
    held = [says(NORWAY, "supports", on=f"2024-03-0{n}", condition="if both sides halt fire") for n in (1, 2)]
    (position,) = record_of(tmp_path / "r", held).positions()
    assert [(e.condition, e.date) for e in position.conditions] == [("if both sides halt fire", "2024-03-02")]


def test_one_text_in_several_papers_is_one_source(tmp_path: Path):
    """Wire copy counts for who printed it first; another sentence of another paper counts again."""
    wire = "Norway is against sanctions."
    record = record_of(
        tmp_path / "r",
        says(NORWAY, "opposes", publisher="Wire", words=wire),
        says(NORWAY, "opposes", publisher="Gazette", words="Norway is  against sanctions", on="2024-03-02"),
        says(NORWAY, "opposes", publisher="Herald", words="Oslo will not hear of sanctions.", on="2024-03-02"),
    )
    (position,) = record.positions()
    assert (len(position.evidence), position.sources) == (3, 2)


def test_one_paper_with_many_texts_is_one_source(tmp_path: Path):
    """Distinct texts of one publisher do not confirm each other."""
    record = record_of(tmp_path / "r", [says(NORWAY, "opposes", words=f"No, for the {n}th time.") for n in range(4, 8)])
    assert record.positions()[0].sources == 1


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ({"actors": "norway"}, {"Norway"}),
        ({"actors": ("NOR", "Brazil")}, {"Norway", "Brazil"}),
        ({"measures": "Use of force"}, {"Brazil"}),
        ({"toward": "TCD"}, {"Norway"}),
        ({"since": "2024-04"}, {"Brazil"}),
        ({"until": "2024-03-01"}, {"Norway"}),
        ({"publishers": "Gazette"}, {"Brazil"}),
        ({"min_score": 0.8}, {"Brazil"}),
    ],
)
def test_a_selection_takes_what_it_says(tmp_path: Path, choice: dict[str, object], found: set[str]):
    """By id or name, label of a measure, date with its own precision, publisher and score."""
    record = record_of(
        tmp_path / "r",
        says(NORWAY, "opposes", toward=CHAD),
        says(BRAZIL, "supports", "use_of_force", on="2024-04-02", publisher="Gazette", score=0.9),
    )
    assert {p.name for p in record.positions(Selection(**choice))} == found


def test_a_bloc_shows_its_members_of_the_date_and_itself(tmp_path: Path):
    """Iran is a member of BRICS from 2024 on; the members' positions are not the bloc's."""
    record = record_of(
        tmp_path / "r",
        says(BRICS, "supports", on="2012-05-01"),
        says(BRAZIL, "opposes", on="2012-05-01"),
        says(IRAN, "opposes", on="2012-05-01"),
        says(IRAN, "supports", "dialogue", on="2024-05-01"),
        says(NORWAY, "opposes", on="2012-05-01"),
    )
    held = [(p.name, p.measure, p.stance) for p in record.positions(Selection(bloc="brics"))]
    assert held == [
        ("BRICS", "sanctions", "supports"),
        ("Brazil", "sanctions", "opposes"),
        ("Iran", "dialogue", "supports"),
    ]


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"measures": "sanktions"}, "There is no measure 'sanktions'. The measures are sanctions,"),
        ({"since": "March"}, "since='March' is no date"),
        ({"min_score": 2}, "no probability"),
        ({"by": "planet"}, "write country or actor"),
    ],
)
def test_an_impossible_choice_is_refused(choice: dict[str, object], words: str):
    """The error names the choice and what there is."""
    with pytest.raises(UsageError, match=words):
        Selection(**choice)


def test_an_unknown_actor_is_named_with_those_that_sound_like_it(tmp_path: Path):
    """A slip of the pen is no empty answer."""
    record = record_of(tmp_path / "r", says(NORWAY, "opposes"))
    with pytest.raises(UsageError, match="'Norwy'; did you mean Norway"):
        record.positions(Selection(actors="Norwy"))


def test_an_actor_who_said_nothing_has_no_position(tmp_path: Path):
    """Whom the gazetteer knows may be silent in a record."""
    assert record_of(tmp_path / "r", says(NORWAY, "opposes")).positions(Selection(actors="Brazil")) == ()


def test_a_bloc_without_known_members_is_refused(tmp_path: Path):
    """No member list, no answer."""
    with pytest.raises(UsageError, match="No members of 'Atlantis'"):
        record_of(tmp_path / "r", says(NORWAY, "opposes")).positions(Selection(bloc="Atlantis"))


def test_a_rebel_can_be_the_target(tmp_path: Path):
    """Targets count in the same way as holders: a rebel stays himself, a minister is his country."""
    record = record_of(tmp_path / "r", says(BRAZIL, "supports", toward=REBEL), says(BRAZIL, "opposes", toward=MINISTER))
    assert {p.toward_name for p in record.positions()} == {"Oduu Tamal", "Norway"}


def passage(date: str | None, stance: str, number: int = 0, publisher: str = "Wire", words: str = "No.") -> Evidence:
    """A piece of evidence that no record holds."""
    return Evidence(
        document=f"d{number:03d}", title=None, publisher=publisher, date=date, start=0, end=3, words=words, holder="NOR",
        holder_name="Norway", actor="NOR", measure="sanctions", toward=None, stance=stance, force="plain", condition=None,
        score=0.5,
    )  # fmt: skip


DATES = st.sampled_from(("2024", "2024-01", "2024-02", "2024-01-05", "2024-01-06", "2024-02-01", "2025-01-01"))
HISTORIES = st.lists(st.tuples(DATES, st.sampled_from(("supports", "opposes"))), max_size=8)


@given(HISTORIES)
@settings(max_examples=200, deadline=None)
def test_no_evidence_is_lost_and_neighbouring_spells_differ(history: list[tuple[str, str]]):
    """Every passage is in one spell, and a spell ends only where the stance changes."""
    evidence = sorted((passage(d, s, n) for n, (d, s) in enumerate(history)), key=lambda e: (e.date or "", e.document))
    found = spells(evidence)
    assert sorted(e.document for spell in found for e in spell.evidence) == sorted(e.document for e in evidence)
    assert all(one.stance != other.stance for one, other in pairwise(found))


@given(HISTORIES, st.randoms())
@settings(max_examples=200, deadline=None)
def test_the_names_of_documents_change_no_stance(history: list[tuple[str, str]], random: object):
    """What was read first among passages of one date does not matter."""
    numbers = list(range(len(history)))
    random.shuffle(numbers)

    def stances(ids: list[int]) -> list[str]:
        evidence = sorted(
            (passage(d, s, n) for n, (d, s) in zip(ids, history, strict=True)), key=lambda e: (e.date or "", e.document)
        )
        return [spell.stance for spell in spells(evidence)]

    assert stances(numbers) == stances(list(range(len(history))))


@given(st.permutations([("Wire", "No."), ("Herald", "no"), ("Gazette", "Never."), ("Wire", "Never!")]))
def test_sources_do_not_depend_on_order(rows: list[tuple[str, str]]):
    """Of one day, who stands first in the alphabet had it first."""
    assert independent([passage("2024-01-01", "opposes", n, *row) for n, row in enumerate(rows)]) == 2
