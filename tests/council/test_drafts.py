"""Draft files and voting tables, good and bad."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.council import Draft, Names, read_draft, read_rolls
from dragoman.council.drafts import REGIONS, lead_of, read_sponsors
from dragoman.council.labels import GOLAN, MISFILED, Topic, topic_of, topic_of_row
from dragoman.errors import InputError, UsageError

TOPICS = {"Syria": "Middle East", "Sudan and South Sudan": "Africa"}
MEASURES = ("sanctions", "dialogue")
GOOD = """
[draft]
date = "2012-02-04"
topic = "syria"
sponsors = ["Morocco", "GBR"]
toward = "Syria"

[[term]]
measure = "sanctions"
words = "a ban on travel"
"""


@pytest.fixture
def read(tmp_path: Path, names: Names) -> Callable[..., Draft]:
    """TOML in, draft out."""

    def parse(text: str, date: str | None = None) -> Draft:
        file = tmp_path / "draft.toml"
        file.write_text(text, encoding="utf-8")
        return read_draft(file, names, TOPICS, MEASURES, date)

    return parse


def test_a_draft_is_read(read: Callable[..., Draft]) -> None:
    """Names become ids, the topic the Council's label, the region follows."""
    draft = read(GOOD)
    assert draft.sponsors == {"MAR", "GBR"}
    assert (draft.topic, draft.region, draft.lead, draft.toward) == ("Syria", "Middle East", "west", "SYR")
    assert [(t.measure, t.does, t.words) for t in draft.terms] == [("sanctions", "for", "a ban on travel")]


def test_the_callers_date_wins(read: Callable[..., Draft]) -> None:
    """--date over the file's."""
    assert read(GOOD, "2013-05-01").date == "2013-05-01"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"sanctions"', '"frowning"', "'frowning' is no measure type"),
        ('"Morocco"', '"Ruritania"', "'Ruritania' is no state"),
        ('toward = "Syria"', 'toward = "Atlantis"', "'Atlantis' is no state"),
        ("2012-02-04", "1945-02-04", "from 1946-01-17"),
        ("2012-02-04", "2040-02-04", "is not known"),
        ("2012-02-04", "soon", "no day of the calendar"),
        ('date = "2012-02-04"', "", "it has no date"),
        ('topic = "syria"', "", "it has no topic"),
        ('topic = "syria"', 'topic = "Ruritania"', "is new to the Council"),
        ('sponsors = ["Morocco", "GBR"]', 'sponsors = "Morocco"', "sponsors is no list"),
        ('[[term]]\nmeasure = "sanctions"\nwords = "a ban on travel"', "", "it has no terms"),
        ('words = "a ban', 'word = "a ban', "unknown key 'word'"),
        ("[[term]]", "[[term]]\ndoes = 'maybe'", "a term does 'maybe'"),
        ("[draft]", "[draft", "no TOML file"),
    ],
)
def test_a_bad_draft_is_one_sentence(read: Callable[..., Draft], old: str, new: str, words: str) -> None:
    """What is wrong, and what to write instead."""
    assert old in GOOD
    with pytest.raises((InputError, UsageError), match=words) as caught:
        read(GOOD.replace(old, new))
    assert "\n" not in str(caught.value).replace(str(caught.value).partition("TOML")[0], "")


def test_a_term_is_dropped_and_only_one_it_has(read: Callable[..., Draft]) -> None:
    """Dropping what is not there names what is."""
    draft = read(GOOD)
    assert draft.without("sanctions").terms == ()
    with pytest.raises(UsageError, match="it has sanctions"):
        draft.without("dialogue")


@pytest.mark.parametrize(
    ("cell", "ids"),
    [
        ("France,Russian Federation", {"FRA", "RUS"}),
        ("Ecuador and United States", {"ECU", "USA"}),
        ("Albania, Bosnia and Herzegovina and Chad", {"ALB", "BIH", "TCD"}),
        ("France, the Bahamas & Spain (12).", {"FRA", "BHS", "ESP"}),
        ("Congo", {"COG"}),
        ("-none-", set()),
    ],
)
def test_sponsors_in_words(names: Names, cell: str, ids: set[str]) -> None:
    """As the record writes them."""
    assert names.sponsors(cell, "2012-02-04") == ids


def test_who_brings_a_draft(names: Names) -> None:
    """From the permanent members among the sponsors, or the words that stand for a group."""
    assert [lead_of(frozenset(s)) for s in ({"USA"}, {"CHN", "DZA"}, {"FRA", "RUS"}, {"MAR"}, set())] == [
        "west",
        "east",
        "both",
        "other",
        "unknown",
    ]
    seats = ("CHN", "FRA", "GBR", "RUS", "USA", "MAR", "TGO")
    assert read_sponsors("President", "2012-02-04", seats, names) == (frozenset(), "president")
    assert read_sponsors("E10", "2012-02-04", seats, names) == ({"MAR", "TGO"}, "other")


def test_one_topic_has_one_name() -> None:
    """However the record labels it, and one region."""
    labels = ("Middle East, inc. Palestinian question", "Middle East, incl. the Palestinian question")
    assert len({topic_of(label, "", "") for label in labels}) == 1
    assert topic_of("Non-proliferation/DPRK", "") == topic_of("Non-proliferation/DPRK", "", "Asia")
    assert (
        topic_of("", "The situation in Nowhere").name
        == topic_of("Nowhere", "The situation in Nowhere").name
        == "Nowhere"
    )
    assert topic_of("", "The situation in the Great Lakes", "Africa") == Topic("Great Lakes", "Africa")


def row(**cells: str) -> dict[str, str]:
    """A row of the record under the label that Syria and the Golan Heights share."""
    usual = {"topic": "Middle East (Syria)", "agenda_item": "The situation in the Middle East", "region": "Middle East"}
    return usual | {"draft": "S/2031/1", "date": "2031-06-27", "submitted_by": ""} | cells


@pytest.mark.parametrize(
    ("cells", "sponsors", "golan"),
    [
        ({}, {"RUS", "USA"}, True),
        ({"topic": "", "date": "2031-12-20"}, {"RUS", "USA", "FRA"}, True),
        ({"date": "1998-05-27", "submitted_by": "President"}, set(), True),
        ({"draft": "S/2018/647"}, set(), True),
        ({"date": "2031-03-27"}, {"RUS", "USA"}, False),
        ({"date": "2012-05-22", "submitted_by": "President"}, set(), False),
        ({}, {"USA", "FRA"}, False),
        ({}, {"RUS"}, False),
        ({}, set(), False),
    ],
)
def test_observers_on_the_golan_are_no_war_in_syria(cells: dict[str, str], sponsors: set[str], golan: bool) -> None:
    """Their renewals are told by the month, by who brings them, or by symbol."""
    assert topic_of_row(row(**cells), sponsors).name == (GOLAN.name if golan else "Syria")


def test_a_misfiled_draft_gets_its_own_label() -> None:
    """The record carries a label over from the row before."""
    assert topic_of_row(row(draft="S/2011/752", date="2011-12-02", region="Africa"), {"FRA"}).name == "Libya"
    assert {topic.region for topic in MISFILED.values()} <= set(REGIONS)


def test_a_vote_counts_once(tables, names: Names) -> None:
    """A row that carries another draft's label gives way to the vote's own; alone it counts, without the sponsors it names."""
    votes, drafts = tables(("2012-02-04", "Nauru", "France", {}), ("2012-02-04", "Syria", "Togo", {}))
    text = drafts.read_text(encoding="utf-8").replace("S/2012/2", "S/2012/1")
    wrong = "France,Y,outcome label wrong in source"
    drafts.write_text(text.replace('"France",Y,', wrong), encoding="utf-8")
    assert [r.draft.topic for r in read_rolls(votes, drafts, names)] == ["Syria"]
    drafts.write_text(text.replace('"France",Y,', wrong).replace("S/2012/1,", "S/2012/9,", 1), encoding="utf-8")
    assert [(r.draft.topic, r.draft.lead) for r in read_rolls(votes, drafts, names)] == [
        ("Nauru", "unknown"),
        ("Syria", "other"),
    ]


def test_roll_calls_are_read(rolls: Callable[..., tuple]) -> None:
    """Oldest first; who did not vote is absent; what was decided follows from the votes."""
    later, earlier = (
        ("2012-03-01", "Syria", "France", {"Togo": "absent"}),
        ("2012-02-04", "Syria", "France", {"China": "No"}),
    )
    first, second = rolls(later, earlier)
    assert (first.draft.date, first.votes["CHN"], first.decision.outcome) == ("2012-02-04", "no", "vetoed")
    assert "TGO" in second.seats
    assert "TGO" not in second.votes
    assert (second.contested, second.decision.yes) == (False, 14)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("votes", ",Yes,", ",Ja,", "line 2: 'Ja' is no vote"),
        ("votes", "member", "who", "the column member is missing"),
        ("drafts", "topic,", "", "the column topic is missing"),
        ("drafts", ",Y,", ",N,", "no usable draft"),
    ],
)
def test_bad_tables_are_one_sentence(tables, names: Names, file: str, old: str, new: str, words: str) -> None:
    """The file, the line where there is one, and the rule."""
    votes, drafts = tables(("2012-02-04", "Syria", "France", {}))
    broken = {"votes": votes, "drafts": drafts}[file]
    broken.write_text(broken.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_rolls(votes, drafts, names)
