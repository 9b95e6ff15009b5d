"""Reviews laid over a record: what a verdict does, what survives a newer reader, what two reviewers make of one row."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.analysis import Actor, Analysis, Event, MeasureSpan, Party, Stance
from dragoman.document import Document
from dragoman.errors import UsageError
from dragoman.record import Record
from dragoman.record.reviews import Review, Reviewed, add_row, judge, lay_over, merge, split, undo

from ..strategies import analyses, small_analysis

NOON = "2031-05-03T12:00:00Z"
ADA: Any = {"reviewer": "ada", "at": "2031-05-03T10:00:00Z"}
BEN: Any = {"reviewer": "ben", "at": "2031-05-03T11:00:00Z"}


def at(minute: int) -> str:
    return f"2031-05-03T10:{minute:02}:00Z"


def unseen(analysis: Analysis) -> Reviewed:
    """A reading as someone sees it who knows no reviews."""
    return Reviewed(machine=analysis, analysis=analysis)


@pytest.fixture
def report() -> Analysis:
    """The northern delegate rejects sanctions on the south."""
    return small_analysis(1)


def event(reviewed: Reviewed) -> Event:
    """The only event."""
    (found,) = reviewed.analysis.events
    return found


def read_again(analysis: Analysis, **changes: Any) -> Analysis:
    """The same text by a newer reader, which makes other things of the event."""
    return replace(analysis, reader="reader-two", events=tuple(replace(e, **changes) for e in analysis.events))


def test_an_accepted_row_is_certain(report: Analysis) -> None:
    """Nothing changes but the score: a person has looked."""
    found = lay_over(report, [judge(unseen(report), "events", "event-1", "accept", **ADA)])
    assert event(found) == replace(report.events[0], score=1.0)
    assert found.state("events", "event-1") == "accepted"
    assert found.analysis.stances == report.stances


def test_a_rejected_row_is_gone_and_can_still_be_looked_at(report: Analysis) -> None:
    """The reviewed analysis lacks it; the target keeps it."""
    found = lay_over(report, [judge(unseen(report), "events", "event-1", "reject", **ADA)])
    assert found.analysis.events == ()
    target = found.target("events", "event-1")
    assert target is not None
    assert (target.state, target.result) == ("rejected", None)
    assert target.machine is not None
    assert target.machine["anchor"]["text"] == "rejects"


def test_a_correction_changes_the_fields_it_names(report: Analysis) -> None:
    """Objects are merged into the one there, everything else replaces it."""
    changes = {"measure": {"type": "arms_embargo"}, "force": "demand"}
    found = lay_over(report, [judge(unseen(report), "stances", "stance-1", "correct", changes=changes, **ADA)])
    (stance,) = found.analysis.stances
    assert (stance.measure.type, stance.measure.text, stance.force) == (
        "arms_embargo",
        "sanctions on the south",
        "demand",
    )
    assert stance.holder == report.stances[0].holder
    assert found.state("stances", "stance-1") == "corrected"


def test_a_correction_may_name_an_actor_that_the_document_has_not(report: Analysis) -> None:
    """States come from the gazetteer, others are given along; either is an actor of the reviewed analysis."""
    seen = unseen(report)
    lodge = Actor(id="harbour-lodge", name="Harbour Lodge", kind="group")
    review = judge(seen, "stances", "stance-1", "correct", changes={"toward": "harbour-lodge"}, actors=(lodge,), **ADA)
    assert lodge in lay_over(report, [review]).analysis.actors
    known = judge(seen, "stances", "stance-1", "correct", changes={"toward": "NOR"}, **ADA)
    assert lay_over(report, [known]).analysis.actor("NOR").name == "Norway"  # type: ignore[union-attr]
    with pytest.raises(UsageError, match="nobody-at-all"):
        judge(seen, "stances", "stance-1", "correct", changes={"toward": "nobody-at-all"}, **ADA)


def test_an_added_row_is_there(report: Analysis) -> None:
    """What the reader overlooked stands beside what it found, and says that a person added it."""
    said = report.document.text.index("said")
    row = {
        "type": "CONSULT",
        "anchor": {"start": said, "end": said + 4, "text": "said"},
        "actors": [{"start": 10, "end": 31, "text": report.document.text[10:31], "actor": "STH"}],
    }
    found = lay_over(report, [add_row(unseen(report), "events", row, **ADA)])
    added = found.analysis.events[-1]
    assert (added.type, added.anchor.text, added.polarity) == ("CONSULT", "said", "affirmed")
    assert found.state("events", added.id) == "added"
    assert found.analysis.events[0] == report.events[0]


def test_what_was_added_counts_once_when_a_newer_reader_finds_it(report: Analysis) -> None:
    """The reader's row takes the place of the added one."""
    without = replace(report, events=())
    row = {k: v for k, v in report.to_dict()["events"][0].items() if k not in ("id", "score")}
    review = add_row(unseen(without), "events", row, **ADA)
    found = lay_over(replace(report, reader="reader-two"), [review])
    assert event(found).id == "event-1"
    assert found.state("events", "event-1") == "accepted"


def test_a_second_reviewer_sees_and_accepts_the_correction(report: Analysis) -> None:
    """To accept a corrected row is to hold the correction right, not the first reading."""
    first = judge(unseen(report), "events", "event-1", "correct", changes={"type": "THREATEN"}, **ADA)
    second = judge(lay_over(report, [first]), "events", "event-1", "accept", **BEN)
    found = lay_over(report, [first, second])
    assert event(found).type == "THREATEN"
    target = found.target("events", "event-1")
    assert target is not None
    assert not target.disputed


def test_reviewers_who_differ_are_in_dispute_until_one_is_final(report: Analysis) -> None:
    """The latest verdict counts; a final one counts before later ones and ends the dispute."""
    accepted = judge(unseen(report), "events", "event-1", "accept", **ADA)
    rejected = judge(unseen(report), "events", "event-1", "reject", **BEN)
    found = lay_over(report, [accepted, rejected]).target("events", "event-1")
    assert found is not None
    assert (found.state, found.disputed) == ("rejected", True)
    final = judge(unseen(report), "events", "event-1", "accept", reviewer="cleo", at=at(30), final=True)
    settled = lay_over(report, [accepted, rejected, final]).target("events", "event-1")
    assert settled is not None
    assert (settled.state, settled.disputed) == ("accepted", False)


def test_of_one_reviewer_the_latest_verdict_counts(report: Analysis) -> None:
    """Whoever changes his mind is not in dispute with himself."""
    first = judge(unseen(report), "events", "event-1", "reject", reviewer="ada", at=at(1))
    second = judge(unseen(report), "events", "event-1", "accept", reviewer="ada", at=at(2))
    target = lay_over(report, [second, first]).target("events", "event-1")
    assert target is not None
    assert (target.state, target.disputed) == ("accepted", False)


def test_a_flag_changes_nothing(report: Analysis) -> None:
    """It asks somebody to look; it is no verdict."""
    found = lay_over(report, [judge(unseen(report), "events", "event-1", "flag", note="who is it?", **ADA)])
    assert found.analysis == report
    assert found.state("events", "event-1") == "flagged"


def test_undo_and_redo(report: Analysis) -> None:
    """An undo takes a review back; an undo of the undo brings it again."""
    rejected = judge(unseen(report), "events", "event-1", "reject", **ADA)
    undone = undo(rejected.id, reviewer="ada", at=at(5))
    redone = undo(undone.id, reviewer="ada", at=at(6))
    assert lay_over(report, [rejected, undone]).analysis == report
    assert lay_over(report, [rejected, undone, redone]).analysis.events == ()


def test_a_split_row_is_two_and_one_undo_makes_it_one(report: Analysis) -> None:
    """The first piece stays in the row's place, the second is added, both in one batch."""
    reviews = split(unseen(report), "events", "event-1", [{}, {"type": "THREATEN"}], **ADA)
    assert [e.type for e in lay_over(report, reviews).analysis.events] == ["REJECT", "THREATEN"]
    back = undo(str(reviews[0].batch), reviewer="ada", at=at(9))
    assert lay_over(report, [*reviews, back]).analysis == report


def test_merged_rows_are_one(report: Analysis) -> None:
    """The first stays, the others go, each saying why."""
    twice = replace(report, events=(*report.events, replace(report.events[0], id="event-2", type="ACCUSE")))
    reviews = merge(unseen(twice), "events", ["event-1", "event-2"], **ADA)
    assert [e.id for e in lay_over(twice, reviews).analysis.events] == ["event-1"]
    assert reviews[1].note == "the same as event-1"


def test_what_stood_in_a_rejected_statement_is_reported(report: Analysis) -> None:
    """An event claimed in a statement that is none is the publisher's own; no reference dangles."""
    found = lay_over(report, [judge(unseen(report), "statements", "statement-1", "reject", **ADA)])
    assert event(found).claimed_in is None
    assert found.analysis.stances[0].statement is None


def test_verdicts_survive_a_newer_reader_that_says_the_same(report: Analysis) -> None:
    """Other ids and scores are no other row."""
    newer = read_again(report, id="e50-57", score=0.2, date="2031-05-01")
    rejected = judge(unseen(report), "events", "event-1", "reject", **ADA)
    assert lay_over(newer, [rejected]).analysis.events == ()
    corrected = judge(unseen(report), "events", "event-1", "correct", changes={"type": "THREATEN"}, **ADA)
    kept = event(lay_over(newer, [corrected]))
    assert (kept.id, kept.type, kept.date) == ("e50-57", "THREATEN", "2031-05-01")


def test_what_people_hold_right_stays_when_a_newer_reader_says_otherwise(report: Analysis) -> None:
    """The accepted type wins over the newer reading's, also where that has no such row at all."""
    accepted = judge(unseen(report), "events", "event-1", "accept", **ADA)
    otherwise = event(lay_over(read_again(report, type="AID"), [accepted]))
    assert (otherwise.type, otherwise.claimed_in) == ("REJECT", "statement-1")
    silent = replace(report, reader="reader-two", events=(), statements=(), actors=())
    found = lay_over(silent, [accepted])
    assert event(found).type == "REJECT"
    assert found.analysis.statement(event(found).claimed_in).cue.text == "said"  # type: ignore[union-attr]
    assert {a.id for a in found.analysis.actors} == {"northern-delegate", "STH"}


def test_a_rejection_holds_for_what_was_rejected(report: Analysis) -> None:
    """A newer reader that says something else in that place is heard; the rejection is kept and called outdated."""
    rejected = judge(unseen(report), "events", "event-1", "reject", **ADA)
    found = lay_over(read_again(report, type="AID"), [rejected])
    assert event(found).type == "AID"
    assert found.state("events", "event-1") == "outdated"


def test_two_rows_of_one_reader_stay_two(report: Analysis) -> None:
    """When a newer reader makes one row of two that were accepted, both still stand."""
    other = replace(report.events[0], id="event-2", type="ACCUSE")
    both = replace(report, events=(report.events[0], other))
    reviews = [judge(unseen(both), "events", id, "accept", **ADA) for id in ("event-1", "event-2")]
    found = lay_over(replace(report, reader="reader-two"), reviews)
    assert sorted(e.type for e in found.analysis.events) == ["ACCUSE", "REJECT"]


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"type": "DANCE"}, "'DANCE' cannot be"),
        ({"mode": "dance"}, "mode='dance'"),
        ({"polarity": "maybe"}, "affirmed, negated"),
        ({"colour": "red"}, "no field colour"),
        ({"anchor": {"start": 0, "end": 5, "text": "wrong"}}, "does not read 'wrong'"),
        ({"claimed_in": "statement-9"}, "no statement 'statement-9'"),
        ({"type": "REJECT"}, "changes nothing"),
        ({"actors": [{"start": 0}]}, "no row of events"),
        ({}, "only a correction"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(report: Analysis, changes: dict[str, Any], what: str) -> None:
    """The sentence names the value and what would do."""
    with pytest.raises(UsageError, match=what):
        judge(unseen(report), "events", "event-1", "correct", changes=changes, **ADA)


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"verdict": "love"}, "no verdict"),
        ({"reviewer": " "}, "name of its reviewer"),
        ({"at": "2031-05-03"}, "no time with an offset"),
        ({"at": "yesterday"}, "no time with an offset"),
        ({"note": "\ud800"}, "lone surrogate"),
        ({"undoes": "x"}, "only an undo"),
        ({"kind": "places"}, "about a row"),
    ],
)
def test_a_review_that_says_nothing_is_refused(given: dict[str, Any], what: str) -> None:
    """A review has a verdict, a name, a time and a row."""
    whole: dict[str, Any] = {"verdict": "accept", "kind": "events", "row": {"id": "1"}, "document": {"id": "d"}, **ADA}
    with pytest.raises(UsageError, match=what):
        Review(**{**whole, **given})


def test_a_row_that_is_not_there_cannot_be_judged(report: Analysis) -> None:
    """The sentence names the document and the row."""
    with pytest.raises(UsageError, match="no row 'event-7' among its events"):
        judge(unseen(report), "events", "event-7", "accept", **ADA)


def test_times_are_compared_in_utc() -> None:
    """The same instant in two zones is the same time."""
    one = undo("x", reviewer="ada", at="2031-05-03T13:00:00+03:00")
    assert one.at == "2031-05-03T10:00:00.000000Z"
    assert one.id == undo("x", reviewer="ada", at="2031-05-03T10:00:00Z").id


patient = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
"""The first example loads the ontology."""

verdicts = st.sampled_from(("accept", "reject", "flag"))


@st.composite
def judged(draw: st.DrawFn) -> tuple[Analysis, list[Review]]:
    """An analysis over hostile text and reviews of its rows, undone at random."""
    analysis = draw(analyses(readers=st.just("reader-one")))
    reviews: list[Review] = []
    minutes = iter(range(60))
    for kind in ("statements", "events", "stances"):
        for row in getattr(analysis, kind):
            for reviewer in draw(st.sets(st.sampled_from(("ada", "ben")))):
                verdict = draw(verdicts)
                with suppress(UsageError):  # a statement of no words, a mode of another type
                    reviews.append(
                        judge(unseen(analysis), kind, row.id, verdict, reviewer=reviewer, at=at(next(minutes)))
                    )
    for review in draw(st.lists(st.sampled_from(reviews), max_size=2)) if reviews else ():
        reviews.append(undo(review.id, reviewer="ada", at=NOON))
    return analysis, reviews


@patient
@given(judged(), st.randoms())
def test_the_order_in_which_reviews_arrive_changes_nothing(case: tuple[Analysis, list[Review]], chance: Any) -> None:
    """Two writers' files may be read in any order."""
    analysis, reviews = case
    shuffled = chance.sample(reviews, len(reviews))
    assert lay_over(analysis, shuffled).analysis == lay_over(analysis, reviews).analysis


@patient
@given(judged())
def test_every_reference_of_a_reviewed_analysis_exists(case: tuple[Analysis, list[Review]]) -> None:
    """Spans quote the text, actors and statements are there, ids are there once: the laws hold after review as before."""
    found = lay_over(*case)
    text, after = found.analysis.document.text, found.analysis
    assert not found.lost
    assert all(text[s.start : s.end] == s.text for s in after.spans())
    statements = {s.id for s in after.statements}
    assert {e.claimed_in for e in after.events} | {s.within for s in after.statements} <= {None, *statements}
    for rows in (after.statements, after.events, after.stances):
        assert len({r.id for r in rows}) == len(rows)


@patient
@given(judged())
def test_undoing_everything_gives_the_reading_back(case: tuple[Analysis, list[Review]]) -> None:
    """Nothing that people did is beyond recall."""
    analysis, reviews = case
    back = [undo(r.id, reviewer="cleo", at="2031-05-04T00:00:00Z") for r in reviews if r.verdict != "undo"]
    assert lay_over(analysis, [*reviews, *back]).analysis == analysis


@patient
@given(judged())
def test_a_review_is_written_and_read(case: tuple[Analysis, list[Review]]) -> None:
    """One line each, whatever the text."""
    for review in case[1]:
        line = review.to_json()
        assert "\n" not in line
        again = Review.from_json(line)
        assert again == review
        assert again.to_json() == line


def test_a_stance_of_another_holder_in_the_same_words_is_another_row(report: Analysis) -> None:
    """A rejection of one holder's stance leaves the other's."""
    other = Stance(
        id="stance-2",
        holder=Party(0, 3, report.document.text[:3], "STH"),
        measure=MeasureSpan(
            *(getattr(report.stances[0].measure, n) for n in ("start", "end", "text")), type="sanctions"
        ),
        stance="supports",
        evidence=report.stances[0].evidence,
    )
    both = replace(report, stances=(*report.stances, other))
    found = lay_over(both, [judge(unseen(both), "stances", "stance-1", "reject", **ADA)])
    assert [s.id for s in found.analysis.stances] == ["stance-2"]


def test_the_record_shows_reviews_everywhere(record: Record, report: Analysis) -> None:
    """Analyses, tables and the list of reviews agree."""
    record.add([report, small_analysis(2)])
    seen = record.reviewed(report.document.id)
    record.reviews.add([judge(seen, "events", "event-1", "correct", changes={"type": "THREATEN"}, **ADA)])
    assert [a.events[0].type for a in record.analyses(reviewed=True)] == ["THREATEN", "REJECT"]
    assert [a.events[0].type for a in record.analyses()] == ["REJECT", "REJECT"]
    rows = record.sql("SELECT type, review FROM events_reviewed ORDER BY type").to_pylist()
    assert rows == [{"type": "REJECT", "review": None}, {"type": "THREATEN", "review": "corrected"}]
    (listed,) = record.sql("SELECT reviewer, verdict, quote, changes, state FROM reviews").to_pylist()
    assert listed == {
        "reviewer": "ada",
        "verdict": "correct",
        "quote": "rejects",
        "changes": '{"type": "THREATEN"}',
        "state": "valid",
    }


def test_reviews_outlive_a_newer_reading_of_the_record(record: Record, report: Analysis) -> None:
    """Reading again replaces analyses and keeps what people decided."""
    record.add([report])
    record.reviews.add([judge(record.reviewed(report.document.id), "events", "event-1", "reject", **ADA)])
    record.add([replace(report, reader="reader-two")])
    (again,) = record.analyses(reviewed=True)
    assert (again.reader, again.events) == ("reader-two", ())


def test_what_becomes_of_every_review_is_listed(record: Record, report: Analysis) -> None:
    """Superseded, overruled, undone and valid ones are told apart; none is missing."""
    record.add([report])
    seen = unseen(report)
    first = judge(seen, "events", "event-1", "accept", reviewer="ada", at=at(1))
    again = judge(seen, "events", "event-1", "reject", reviewer="ada", at=at(2))
    other = judge(seen, "events", "event-1", "accept", reviewer="ben", at=at(3))
    gone = judge(seen, "stances", "stance-1", "reject", reviewer="ben", at=at(4))
    record.reviews.add([first, again, other, gone, undo(gone.id, reviewer="ben", at=at(5))])
    states = record.sql("SELECT state FROM reviews ORDER BY decided").column(0).to_pylist()
    assert states == ["superseded", "overruled", "valid", "undone", "valid"]


def test_a_corrected_page_takes_its_reviews_along(record: Record, report: Analysis) -> None:
    """Where the record has the page of the same address in another wording, reviews are found by their words there."""
    old = replace(report, document=replace_text(report.document, report.document.text))
    text = "Correction appended. " + old.document.text.replace("delegate 😀 said", "delegate later said")
    page = Document(text, publisher="Harbour Wire", published="2031-05-04", url=old.document.url)
    record.add([Analysis(reader="reader-one", document=page)])
    record.reviews.add([judge(unseen(old), "stances", "stance-1", "accept", **ADA)])
    (stance,) = record.reviewed(page.id).analysis.stances
    assert stance.measure.text == "sanctions on the south"
    assert stance.holder.text == "The northern delegate"


def test_lost_reviews_are_listed_with_the_reason(record: Record, report: Analysis) -> None:
    """A document that is not there, or words that are not: the review stays and says what is missing."""
    old = replace(report, document=replace_text(report.document, report.document.text))
    page = Document("All of it was withdrawn.", publisher="Harbour Wire", url=old.document.url)
    record.add([Analysis(reader="reader-one", document=page)])
    other = small_analysis(77)
    record.reviews.add(
        [
            judge(unseen(old), "events", "event-1", "accept", **ADA),
            judge(unseen(other), "events", "event-1", "accept", **BEN),
        ]
    )
    rows = record.sql("SELECT state, reason, quote FROM reviews ORDER BY reviewer").to_pylist()
    assert [row["state"] for row in rows] == ["lost", "lost"]
    assert "does not say" in rows[0]["reason"]
    assert "neither its document" in rows[1]["reason"]
    assert rows[0]["quote"] == "rejects"


def replace_text(document: Document, text: str) -> Document:
    """The same document at an address."""
    return Document(text, publisher=document.publisher, published=document.published, url="https://wire.invalid/1")
