"""Which events of a record are one, and that a duplicate never adds to a count."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dragoman.analysis import Actor, Analysis, Event, Party, Place, Span
from dragoman.document import Document
from dragoman.record import Record, derived

from ...strategies import analyses

SHELLED = "Northern guns shelled the harbour of Velm on Monday and set a grain store alight."


def report(
    text: str = SHELLED,
    *,
    published: str | None = "2031-05-06",
    publisher: str = "Harbour Wire",
    type: str = "ASSAULT",
    actor: str = "NTH",
    recipient: str | None = "STH",
    date: str | None = None,
    place: str | None = None,
    **more: Any,
) -> Analysis:
    """A report with one event, whose words are the whole text."""
    parties = [Actor(id=id, name=id, kind="state", country=id) for id in (actor, recipient) if id]
    event = Event(
        id="event-1",
        type=type,
        anchor=Span(0, len(text), text),
        actors=(Party(0, 0, "", actor=actor),),
        recipients=(Party(0, 0, "", actor=recipient),) if recipient else (),
        date=date,
        place=Place(0, 0, "", name=place, kind="city") if place else None,
        **more,
    )
    return Analysis(
        reader="one",
        document=Document(text, publisher=publisher, published=published),
        actors=tuple(parties),
        events=(event,),
    )


def stories(*reports: Analysis) -> int:
    """The number of stories in a record of these reports."""
    with new_record(reports) as record:
        return record.sql("FROM stories").num_rows


@contextmanager
def new_record(reports: Sequence[Analysis] = ()) -> Iterator[Record]:
    """A record of these reports, which goes away."""
    with tempfile.TemporaryDirectory() as folder:
        record = Record(folder, create=True)
        record.add(reports)
        yield record


def test_reports_of_one_event_are_one_story() -> None:
    """Two publishers tell it in their own words, a day apart."""
    other = "A grain store burnt in the harbour of Velm after guns in the north opened fire."
    assert stories(report(), report(other, publisher="Hill Gazette", published="2031-05-07")) == 1


@pytest.mark.parametrize(
    "difference",
    [
        {"type": "PROTEST"},
        {"actor": "EST"},
        {"recipient": "WST"},
        {"published": "2031-05-20"},
        {"polarity": "negated"},
        {"modality": "future"},
        {"text": "Northern drones struck a bus depot at the Dorrin crossing overnight, wounding nobody."},
    ],
)
def test_what_differs_is_another_story(difference: dict[str, Any]) -> None:
    """Another type, actor, recipient, time, polarity or modality is another event, and so are other words."""
    text = difference.pop("text", f"{SHELLED} Nobody was hurt.")
    assert stories(report(), report(text, **difference)) == 2


def test_another_place_or_stated_day_is_another_story() -> None:
    """However alike the words are."""
    more = f"{SHELLED} Nobody was hurt."
    assert stories(report(place="Velm"), report(more, place="Dorrin")) == 2
    assert stories(report(date="2031-05-05"), report(more, date="2031-05-02")) == 2
    assert stories(report(place="Velm", date="2031-05-05"), report(more, place="Velm", date="2031-05-05")) == 1


def test_what_nobody_says_fits_everything() -> None:
    """A report without place or recipient joins one that has them."""
    assert stories(report(place="Velm"), report(f"{SHELLED} Nobody was hurt.", recipient=None)) == 1


STRUCK = "The cabinet strongly condemned the rocket strike."
JAILED = "The cabinet strongly condemned the arrest of a poet."


def test_undated_reports_of_like_deeds_are_two_stories() -> None:
    """One actor and one formula are too little where neither day, place nor the other side says that it is the same event."""
    alike = {"type": "ACCUSE", "recipient": None}
    assert stories(report(STRUCK, published=None, **alike), report(JAILED, published=None, **alike)) == 2
    assert stories(report(STRUCK, **alike), report(JAILED, published=None, **alike)) == 2


@pytest.mark.parametrize(
    "shared",
    [{"published": "2031-05-06", "recipient": None}, {"place": "Velm", "recipient": None}, {"recipient": "STH"}],
    ids=["day", "place", "parties"],
)
def test_a_day_a_place_or_the_other_side_makes_up_for_few_words(shared: dict[str, Any]) -> None:
    """The same two reports are one story where one of them is shared."""
    alike = {"published": None, "type": "ACCUSE"} | shared
    assert stories(report(STRUCK, **alike), report(JAILED, **alike)) == 1


def test_undated_reports_in_nearly_the_same_words_are_one_story() -> None:
    """Words alone are enough where there are many."""
    alike = {"published": None, "type": "ACCUSE", "recipient": None}
    assert stories(report(STRUCK, **alike), report(STRUCK.replace("strongly ", ""), **alike)) == 1


def test_a_story_keeps_its_accounts() -> None:
    """Every publisher's account stands in `story_accounts`, and `stories` says how many there are."""
    reports = [
        report(),
        report(publisher="Hill Gazette"),
        report(f"{SHELLED} Nobody was hurt.", published="2031-05-07"),
    ]
    with new_record(reports) as record:
        (story,) = record.sql("FROM stories").to_pylist()
        assert (story["accounts"], story["documents"], story["publishers"]) == (3, 3, 2)
        assert (story["type"], story["actors"], story["recipients"]) == ("ASSAULT", ["NTH"], ["STH"])
        assert (story["first"], story["last"]) == ("2031-05-06", "2031-05-07")
        accounts = record.sql("SELECT publisher FROM story_accounts ORDER BY 1")["publisher"].to_pylist()
        assert accounts == ["Harbour Wire", "Harbour Wire", "Hill Gazette"]


law = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def copy_of(analysis: Analysis, publisher: str, published: str | None) -> Analysis:
    """The same words and reading, by another publisher."""
    document = analysis.document
    return replace(analysis, document=Document(document.text, title="Again", publisher=publisher, published=published))


@law
@given(
    st.lists(analyses(st.just("one")), min_size=1, max_size=5, unique_by=lambda a: a.document.id),
    st.data(),
)
@example([report(), report(f"{SHELLED} Nobody was hurt.", published="2031-05-09")], None)
def test_a_duplicate_never_changes_a_story_count(reports: list[Analysis], data: st.DataObject | None) -> None:
    """The same words from another publisher, on the same day, later or undated, add accounts and no story."""
    original = reports[0] if data is None else data.draw(st.sampled_from(reports))
    day = original.document.published
    later = st.sampled_from((day, None, "2031-05-12") if day and len(day) >= 10 else (day, None))
    again = copy_of(original, "Copy Desk", "2031-05-09" if data is None else data.draw(later))
    with new_record(reports) as record:
        before = figures(record)
        record.add([again])
        assert figures(record) == before


def figures(record: Record) -> dict[str, Any]:
    """Everything that counts stories."""
    return {
        "stories": record.sql("SELECT story FROM stories ORDER BY 1").to_pylist(),
        "reports": record.sql("SELECT count(DISTINCT story) AS n FROM story_reports").to_pylist(),
        "texts": record.sql("SELECT count(DISTINCT original) AS n FROM copies").to_pylist(),
        "events": record.events_table(duplicates="story").num_rows,
        "counts": record.counts(("year", "type"), duplicates="story").select(["type", "events"]).to_pylist(),
    }


def test_a_duplicate_never_changes_the_count_of_real_reports() -> None:
    """Sixty invented stories and their near misses: whichever reports come twice, the stories are the same."""
    corpus = Path(__file__).parents[3] / "evaluation" / "stories.jsonl"
    rows = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()]
    reports = [
        report(
            row["text"],
            published=row["published"],
            publisher=row["publisher"],
            type=row["event"]["type"],
            actor=row["event"]["actors"][0],
            recipient=next(iter(row["event"]["recipients"]), None),
            date=row["event"]["date"],
        )
        for row in rows
    ]
    twice = [copy_of(r, "Copy Desk", None) for r in random.Random(6).sample(reports, 80)]
    with new_record(reports) as record:
        before = figures(record)
        record.add(twice)
        assert figures(record) == before
        assert record.sql("SELECT sum(accounts)::INT AS n FROM stories").to_pylist() == [{"n": len(reports) + 80}]


def test_the_order_of_adding_does_not_matter() -> None:
    """The same reports in any order make the same stories."""
    reports = [report(f"{SHELLED} {n} ships left.", published=f"2031-05-{6 + n // 2:02d}") for n in range(8)]
    with new_record(reports) as one, new_record(reports[::-1]) as other:
        for table in ("story_accounts", "story_reports"):
            query = f"SELECT document_id, story FROM {table} ORDER BY 1"
            assert one.sql(query) == other.sql(query)


def test_stories_are_kept_and_computed_again_when_they_are_out_of_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second process finds them in the record; after something was added they are computed anew."""
    with new_record([report()]) as record:
        assert record.sql("FROM stories").num_rows == 1
        with monkeypatch.context() as idle:
            idle.setattr("dragoman.record.stories.compute", lambda _: pytest.fail("computed again"))
            assert Record(record.path).sql("FROM stories").num_rows == 1
        record.add([report("Southern envoys left the talks.", type="REJECT")])
        assert Record(record.path).sql("FROM stories").num_rows == 2


def test_damaged_stories_are_computed_again() -> None:
    """They can be, so nobody needs to hear of it."""
    with new_record([report()]) as record:
        record.refresh_stories()
        for path in (record.path / derived.FOLDER).rglob("*.parquet"):
            path.write_bytes(b"PAR1")
        assert Record(record.path).sql("FROM stories").num_rows == 1


def test_a_record_that_cannot_be_written_has_stories_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """They stay in memory then."""
    with new_record([report()]) as record, monkeypatch.context() as closed:
        closed.setattr(
            "dragoman.record.parts._write_through", lambda *_: (_ for _ in ()).throw(PermissionError(13, "no"))
        )
        assert record.sql("FROM stories").num_rows == 1
        assert not list((record.path / derived.FOLDER).rglob("*.parquet"))
