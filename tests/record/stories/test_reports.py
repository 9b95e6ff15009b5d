"""Documents in which no event was read: which stories they seem to report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.analysis import Actor, Analysis, Mention
from dragoman.document import Document

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
    """The publishers of the accounts and reports of each story."""
    query = (
        "SELECT story, list(DISTINCT publisher) AS publishers FROM "
        "(SELECT story, publisher FROM story_accounts UNION ALL SELECT story, publisher FROM story_reports) GROUP BY story"
    )
    with new_record(found) as record:
        return {row["story"]: set(row["publishers"]) for row in record.sql(query).to_pylist()}


ECHO = "In Velm, Southern firemen fought a blaze in a grain store that Northern guns had set alight."


def test_a_document_without_events_joins_the_story_it_is_like() -> None:
    """It names both parties on the day and says the rest in similar words."""
    assert list(told(report(), silent(ECHO)).values()) == [{"Harbour Wire", "Quay Post"}]


def test_another_party_day_or_matter_is_another_story() -> None:
    """However alike the rest is."""
    others = (
        silent(ECHO.replace("Northern", "Eastern")),
        silent(ECHO.replace("Southern ", "")),
        silent(ECHO, published="2031-05-16"),
        silent(ECHO, published=None),
        silent("Southern and Northern oarsmen will race for the spring cup on a lake above Dorrin."),
    )
    for other in others:
        assert len(told(report(), other)) == 2, other.document.text


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
