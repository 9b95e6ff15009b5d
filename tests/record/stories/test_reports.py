"""Which story each document seems to report, with and without events of its own."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.analysis import Actor, Analysis, Mention
from dragoman.document import Document
from dragoman.record.stories.reports import Report, reported

from ...strategies import analyses
from .test_stories import copy_of, new_record, report

NAMES = {"Northern": "NTH", "Southern": "STH", "Eastern": "EST"}


def silent(text: str, published: str | None = "2031-05-06", publisher: str = "Quay Post") -> Analysis:
    """A document in which a reader found who is named, and no event."""
    return Analysis(
        reader="one",
        document=Document(text, publisher=publisher, published=published),
        actors=tuple(Actor(id=id, name=name, kind="state", country=id) for name, id in NAMES.items() if name in text),
        mentions=tuple(_mentions(text)),
    )


def _mentions(text: str) -> Iterator[Mention]:
    for name, id in NAMES.items():
        if (start := text.find(name)) >= 0:
            yield Mention(start, start + len(name), name, actor=id, via="demonym")


def told(*found: Analysis) -> dict[str, set[str]]:
    """The publishers that report each story."""
    query = "SELECT story, list(DISTINCT publisher) AS publishers FROM story_reports GROUP BY story"
    with new_record(found) as record:
        return {row["story"]: set(row["publishers"]) for row in record.sql(query).to_pylist()}


ECHO = "In Velm, Southern firemen fought a blaze in a grain store that Northern guns had set alight."


def test_a_document_without_events_joins_the_story_it_is_like() -> None:
    """It names both parties on the day and says the rest in similar words."""
    assert list(told(report(), silent(ECHO)).values()) == [{"Harbour Wire", "Quay Post"}]


def test_a_document_whose_event_is_another_one_joins_the_story_it_is_like() -> None:
    """A shelling that was read as an accusation is reported all the same, and stays a story of its own among events."""
    other = report(ECHO, type="ACCUSE", actor="STH", recipient="NTH", publisher="Quay Post")
    assert list(told(report(), other).values()) == [{"Harbour Wire", "Quay Post"}]
    with new_record([report(), other]) as record:
        assert record.sql("FROM stories").num_rows == 2


@pytest.mark.parametrize(("events", "piles"), [(("shelling",), 1), ((), 2)])
def test_an_event_that_two_documents_share_brings_them_together(events: tuple[str, ...], piles: int) -> None:
    """However different their words are; without it they are two stories."""
    parties, nothing = frozenset({"NTH", "STH"}), array("L")
    one, other = (
        Report(
            document=id,
            key=id,
            day="2031-05-06",
            parties=parties,
            words=array("L", words),
            names=nothing,
            events=events,
        )
        for id, words in (("one", [1, 2, 3]), ("other", [4, 5, 6]))
    )
    assert len({told.story for told in reported([one, other])}) == piles


@pytest.mark.parametrize(
    "other",
    [
        ECHO.replace("Northern", "Eastern").replace("Southern ", ""),
        "Southern and Northern oarsmen will race for the spring cup on a lake above Dorrin.",
    ],
)
def test_other_parties_or_another_matter_are_another_story(other: str) -> None:
    """However alike the rest is."""
    assert len(told(report(), silent(other))) == 2


@pytest.mark.parametrize("day", ["2031-05-16", None, "2031-05"])
def test_another_day_or_none_is_another_story(day: str | None) -> None:
    """The same words about the same parties ten days later report something that happened again."""
    assert len(told(report(), silent(ECHO, published=day))) == 2


def test_a_name_tells_more_than_another_word() -> None:
    """Two reports share one word, and it is the name of a town; two others share one that is none."""
    town = silent("Northern engineers mended a bridge of stone and rope near Dorrin after heavy rain.")
    sail = "Ferries with Northern flags sail again, boatmen {} say, and fares stay as cheap as last spring."
    same, other = (silent(sail.format(where), publisher="Hill Gazette") for where in ("in Dorrin", "of one bridge"))
    assert len(told(town, same)) == 1
    assert len(told(town, other)) == 2


def test_a_report_says_on_what_it_rests() -> None:
    """On an event of its own, or on its words alone."""
    query = "SELECT publisher, rests_on FROM story_reports ORDER BY 1"
    with new_record([report(), silent(ECHO)]) as record:
        assert record.sql(query).to_pylist() == [
            {"publisher": "Harbour Wire", "rests_on": "event"},
            {"publisher": "Quay Post", "rests_on": "words"},
        ]


def test_documents_without_events_are_reports_of_each_other() -> None:
    """The first one begins a story, under its own id."""
    later = silent(f"{ECHO} The blaze is out.", published="2031-05-07", publisher="Hill Gazette")
    first = silent(ECHO)
    assert told(later, first) == {first.document.id: {"Quay Post", "Hill Gazette"}}


def test_no_story_and_no_count_changes_by_a_document_without_events() -> None:
    """It is a report beside the accounts, and not one of them."""
    with new_record([report()]) as record:
        before = record.sql("FROM stories").to_pylist(), record.counts().to_pylist()
        record.add([silent(ECHO)])
        assert (record.sql("FROM stories").to_pylist(), record.counts().to_pylist()) == before


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(analyses(st.just("one")), min_size=1, max_size=4, unique_by=lambda a: a.document.id), st.data())
def test_a_duplicate_reports_the_story_of_its_original(found: list[Analysis], data: Any) -> None:
    """Whether or not the original has a day or names anybody, the same words are no story of their own."""
    query = "SELECT count(DISTINCT story) AS n FROM story_reports"
    original = data.draw(st.sampled_from(found))
    with new_record(found) as record:
        before = record.sql(query).to_pylist()
        record.add([copy_of(original, "Copy Desk", original.document.published)])
        assert record.sql(query).to_pylist() == before
