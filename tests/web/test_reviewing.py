"""Deciding: one key, one line in the log; corrections, the same elsewhere, undo, two people at once."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from dragoman.analysis import Event, Stance, Statement
from dragoman.record import Record
from dragoman.record.reviews.log import valid

from ..views import sample

REPORT = sample.REPORT.id


def event(record, id="v1", document=REPORT):
    return next((e for e in record.reviewed(document).analysis.events if e.id == id), None)


@pytest.mark.parametrize(("verdict", "state"), [("accept", "accepted"), ("reject", "rejected"), ("flag", "flagged")])
def test_a_decision_is_in_the_log_and_the_next_row_comes(bench, record, verdict, state):
    """Signed, timed, on the disk when the answer comes; and the answer leads on."""
    answer = bench.decide(REPORT, "events", "v1", verdict, note="as it says")
    (review,) = record.reviews.entries()
    assert (review.verdict, review.reviewer, review.note) == (verdict, "ada", "as it says")
    assert record.reviewed(REPORT).state("events", "v1") == state
    assert (
        re.match(r"/review/(events|stances|statements)/", answer.headers["location"])
        and f"{REPORT}/v1" not in answer.headers["location"]
    )


def test_the_queue_begins_with_what_is_most_doubtful(bench, record):
    """The row whose score is nearest to one half."""
    first = bench.get("/review/next?queue=doubt&only=events").headers["location"].split("/")
    scores = [abs(e.score - 0.5) for a in record.analyses() for e in a.events]
    assert abs(event(record, first[4].split("?")[0], first[3]).score - 0.5) == min(scores)


def test_the_queue_by_importance_begins_with_a_veto_threat(bench, record):
    """Veto threats first, then red lines."""
    first = bench.get("/review/next?queue=importance").headers["location"].split("/")
    row = next(s for s in record.reviewed(first[3]).analysis.stances if s.id == first[4].split("?")[0])
    assert row.force == "veto_threat"


def test_the_queue_of_what_is_most_reported_has_each_story_once(bench, record):
    """Its first account, what more documents tell before what fewer do; the others follow from the same correction."""
    found = json.loads(bench.page("/review.json?queue=reported&only=events"))
    told = dict(
        zip(*record.sql("SELECT story, count(*) FROM story_accounts GROUP BY story").to_pydict().values(), strict=True)
    )
    story = {(r["document_id"], r["event"]): r["story"] for r in record.sql("SELECT * FROM story_accounts").to_pylist()}
    sizes = [told[story[row["document"], row["id"]]] for row in found]
    assert sizes == sorted(sizes, reverse=True) and sizes[0] == 3 and len(sizes) == len(told)


def test_a_text_that_many_papers_bring_is_reviewed_first_and_once(bench):
    """Its statements and stances too, in the document that brought it first."""
    found = json.loads(bench.page("/review.json?queue=reported&only=stances"))
    assert {row["document"] for row in found} == {REPORT}


def test_an_event_says_how_many_tell_it(bench):
    """With the way to its story."""
    page = bench.page(f"/review/events/{REPORT}/v1?queue=reported")
    assert re.search(r'href="/stories/[^"]+">Told by 3 publishers in 3 accounts<', page)


def test_a_decided_row_does_not_come_again(bench):
    """Every row comes once, then the queue is at its end."""
    seen, at = set(), bench.get("/review/next?queue=doubt&only=events").headers["location"]
    while "/review/events/" in at:
        _, _, kind, document, rest = at.split("/")
        id = rest.split("?")[0]
        assert (document, id) not in seen
        seen.add((document, id))
        at = bench.decide(document, kind, id, "accept", queue="doubt", only="events").headers["location"]
    assert len(seen) == 3 * len(sample.report().events) and "Nothing" in bench.page(at)


def test_the_row_stands_in_its_sentences_with_its_words_marked(bench):
    """Evidence first: never a code without its words."""
    page = bench.page(f"/review/events/{REPORT}/v1")
    passage = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", page, re.DOTALL)[1]
    assert "told reporters in Oslo" in re.sub("<[^>]+>", "", passage)
    assert re.search(
        r'class="event (?:claim|fact)[^"]*"[^>]*>rejected<|class="[^"]*event[^"]*"[^>]*>rejected<', passage
    )
    assert re.search(r'class="[^"]*actor[^"]*"[^>]*>Norway<', passage)


def test_every_key_is_printed_on_its_button(bench):
    """Nobody has to remember."""
    page = bench.page(f"/review/events/{REPORT}/v1?queue=doubt")
    for key in "axefujk":
        assert f"<kbd>{key}</kbd>" in page and f'data-key="{key}"' in page
    assert "<kbd>space</kbd>" in page and 'data-key=" "' in page and "<kbd>1</kbd>" in page


def test_a_correction_changes_what_it_names_and_nothing_else(bench, record):
    """Another type; words and parties stay."""
    bench.decide(REPORT, "events", "v1", "correct", type="THREATEN", mode="")
    (review,) = record.reviews.entries()
    assert dict(review.changes) == {"type": "THREATEN", "mode": None}
    assert event(record).type == "THREATEN" and event(record).anchor.text == "rejected"


def test_words_can_be_moved(bench, record):
    """The span becomes what its offsets say, in code points."""
    start = sample.REPORT.text.index("rejected any deployment")
    bench.decide(
        REPORT,
        "events",
        "v1",
        "correct",
        **{"anchor.start": start, "anchor.end": start + len("rejected any deployment")},
    )
    assert event(record).anchor.text == "rejected any deployment"


def test_a_speaker_can_be_named_anew(bench, record):
    """By id, with or without the name that the completion shows."""
    bench.decide(REPORT, "statements", "s2", "correct", **{"source.actor": "Norway · NOR"} | span("source", "she"))
    statement = record.reviewed(REPORT).analysis.statement("s2")
    assert statement.source.actor == "NOR" and statement.source.text == "she"


def test_a_party_can_be_added_and_removed(bench, record):
    """An actor by the words that mean him; one that is checked goes."""
    bench.decide(
        REPORT, "events", "v1", "correct",
        **{"actors.count": 2, "actors.0.gone": "1", "actors.0.actor": "NOR", "actors.1.actor": "OSCE"},
        **span("actors.0", "Norway"),
    )  # fmt: skip
    (actor,) = event(record).actors
    assert (actor.actor, actor.text) == ("OSCE", "Observers from the OSCE")


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "NONSENSE"},
        {"modality": "perhaps"},
        {"anchor.start": "9", "anchor.end": "x"},
        {"claimed_in": "s99"},
        {"actors.count": 1, "actors.0.actor": "nobody-known"},
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(bench, record, fields):
    """The log keeps only what keeps the contract."""
    answer = bench.send("/review/decide", document=REPORT, kind="events", id="v1", verdict="correct", **fields)
    assert answer.status_code == 400 and '<p class="lead">' in answer.text and record.reviews.entries() == ()


def test_a_row_can_be_added(bench, record):
    """Around marked words; it is in the document from then on."""
    words = span("anchor", "invents")
    form = bench.page(f"/add-row/events/{REPORT}?start={words['anchor.start']}&end={words['anchor.end']}")
    assert "invents" in form
    bench.send(
        "/review/decide",
        document=REPORT,
        kind="events",
        id="",
        verdict="add",
        type="ACCUSE",
        mode="allege",
        stay="1",
        **words,
    )
    added = [e for e in record.reviewed(REPORT).analysis.events if e.anchor.text == "invents"]
    assert len(added) == 1 and record.reviewed(REPORT).state("events", added[0].id) == "added"
    assert bench.page(f"/review/events/{REPORT}/{added[0].id}")


def test_a_row_can_be_split_and_put_together_again(bench, record):
    """One gesture each, and one undo takes it back whole."""
    before = len(record.reviewed(REPORT).analysis.events)
    bench.decide(REPORT, "events", "v1", "split", type="THREATEN", mode="")
    assert len(record.reviewed(REPORT).analysis.events) == before + 1
    bench.send("/review/undo")
    assert len(record.reviewed(REPORT).analysis.events) == before


def test_two_rows_can_be_merged(bench, record):
    """The first stays, the other goes."""
    one, other, *_ = [e.id for e in record.reviewed(REPORT).analysis.events]
    bench.decide(REPORT, "events", one, "merge", **{"with": other})
    left = [e.id for e in record.reviewed(REPORT).analysis.events]
    assert one in left and other not in left


def test_the_same_elsewhere_is_shown_before_anything_is_done(bench, record):
    """Two other papers print the same words: the page lists them, and nothing has changed yet."""
    answer = bench.decide(REPORT, "events", "v1", "correct", type="THREATEN", mode="")
    assert answer.headers["location"].startswith("/review/matches?")
    page = bench.page(answer.headers["location"])
    assert "in 2 more rows" in page and page.count('name="row"') == 2
    assert len(record.reviews.entries()) == 1


def test_a_correction_is_applied_to_the_checked_rows_and_taken_back_as_one(bench, record):
    """One batch; u takes back all of it and leaves the first correction."""
    page = bench.page(bench.decide(REPORT, "events", "v1", "correct", type="THREATEN", mode="").headers["location"])
    rows, of = re.findall(r'name="row" value="([^"]+)"', page), re.search(r'name="of" value="([^"]+)"', page)[1]
    bench.send("/review/all", of=of, document=REPORT, kind="events", id="v1", row=rows)
    assert [e.type for a in record.analyses(reviewed=True) for e in a.events if e.anchor.text == "rejected"] == [
        "THREATEN"
    ] * 3
    bench.send("/review/undo")
    assert sorted(e.type for a in record.analyses(reviewed=True) for e in a.events if e.anchor.text == "rejected") == [
        "REJECT",
        "REJECT",
        "THREATEN",
    ]


def test_a_rejection_never_leaks_into_another_document(bench, record):
    """The same words at the same offsets in another paper are another row."""
    bench.decide(REPORT, "events", "v1", "reject")
    others = [d for d in record.documents if d != REPORT and record.documents[d].text == sample.REPORT.text]
    assert len(others) == 2 and all(record.reviewed(d).state("events", "v1") is None for d in others)


def test_undo_works_after_a_restart(bench, record, path):
    """A day later, in a new process: the log is all there is."""
    from starlette.testclient import TestClient

    from dragoman.views.web import workbench

    from .conftest import ORIGIN, Bench

    bench.decide(REPORT, "events", "v1", "reject")
    later = Bench(TestClient(workbench(path, reviewer="ada"), base_url=ORIGIN))
    answer = later.send("/review/undo")
    assert f"/review/events/{REPORT}/v1" in answer.headers["location"]
    assert event(Record(path)) is not None and len(record.reviews.entries()) == 2


def test_undo_takes_back_ones_own_decision_only(sit, record):
    """Not what somebody else decided in the meantime."""
    ada, bo = sit("ada"), sit("bo")
    ada.decide(REPORT, "events", "v1", "reject")
    bo.decide(REPORT, "events", "v2", "accept")
    ada.send("/review/undo")
    assert [r.reviewer for r in valid(record.reviews.entries())] == ["bo"]


def test_undo_with_nothing_to_undo_says_so(bench):
    """And changes nothing."""
    assert "Nothing to undo" in bench.page(bench.send("/review/undo").headers["location"])


def test_any_decision_in_the_log_can_be_taken_back(bench, record):
    """Not only the latest one."""
    bench.decide(REPORT, "events", "v1", "reject")
    bench.decide(REPORT, "events", "v2", "accept")
    first = record.reviews.entries()[0]
    assert bench.send("/review/undo", of=first.id, back="/log").headers["location"] == "/log"
    assert [r.row["id"] for r in valid(record.reviews.entries())] == ["v2"]


def test_two_people_at_once_lose_nothing(sit, record):
    """Forty decisions from two browsers at the same time are forty lines."""
    ids = [s.id for s in sample.report().statements]
    documents = [d for d in record.documents if record.documents[d].text == sample.REPORT.text]
    jobs = [(name, document, id) for name in ("ada", "bo") for document in documents for id in ids]
    seats = {name: sit(name) for name in ("ada", "bo")}
    keys = {name: seat.key for name, seat in seats.items()}

    def decide(job):
        name, document, id = job
        fields = {"key": keys[name], "document": document, "kind": "statements", "id": id, "verdict": "accept"}
        return seats[name].client.post("/review/decide", data=fields, follow_redirects=False).status_code

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(decide, jobs)) == {303}
    assert len(record.reviews.entries()) == len(jobs)


def test_a_blind_coder_sees_nobodys_verdict(sit, record):
    """The machine's reading alone, though somebody corrected it."""
    ada, bo = sit("ada"), sit("bo")
    ada.decide(REPORT, "events", "v1", "correct", type="THREATEN", mode="")
    open_, blind = (bo.page(f"/review/events/{REPORT}/v1?queue=doubt{b}") for b in ("", "&blind=1"))
    assert "corrected by ada" in open_ and "THREATEN" in re.search("<h1.*?</h1>", open_, re.DOTALL)[0]
    assert "corrected by" not in blind and "REJECT" in re.search("<h1.*?</h1>", blind, re.DOTALL)[0]


def test_a_blind_sample_is_each_coders_own_and_gives_agreement(sit, record):
    """What one has judged still waits for the other; where they differ is counted, listed and settled."""
    ada, bo = sit("ada"), sit("bo")
    ada.send("/samples", kind="events", size="6", by="type", seed="1")
    sample_id = re.search(r"queue=sample%3A(\w+)&amp;blind=1", ada.page("/agreement"))[1]
    for seat, verdicts in ((ada, "accept"), (bo, "reject")):
        at = seat.get(f"/review/next?queue=sample:{sample_id}&blind=1").headers["location"]
        for n in range(6):
            _, _, kind, document, rest = at.split("/")
            verdict = verdicts if n == 0 else "accept"
            at = seat.decide(
                document, kind, rest.split("?")[0], verdict, queue=f"sample:{sample_id}", blind="1"
            ).headers["location"]
    page = ada.page("/agreement")
    assert re.search(r"ada: <b[^>]*>accept</b></td><td>bo: <b[^>]*>reject</b>.*<summary>1</summary>", page)
    assert "kappa" in page and "drawn" in page
    where = ada.get("/review/next?queue=disagreement").headers["location"]
    sides = ada.page(where)
    assert "What each reviewer says" in sides and "reject" in sides
    _, _, kind, document, rest = where.split("/")
    ada.decide(document, kind, rest.split("?")[0], "accept", queue="disagreement")
    assert (
        record.reviews.entries()[-1].final
        and "/review?" in ada.get("/review/next?queue=disagreement").headers["location"]
    )


def test_where_two_coders_differ_is_listed_by_field_with_the_rows(sit):
    """The verdict of each, and of a row that both let stand the field, with a way to every case."""
    ada, bo = sit("ada"), sit("bo")
    ada.decide(REPORT, "events", "v1", "accept")
    bo.decide(REPORT, "events", "v1", "correct", type="THREATEN", mode="")
    listed = json.loads(bo.page("/agreement.json"))["confusion"]
    said = {(c["field"], c["one"], c["said"], c["other"], c["answered"]) for c in listed}
    assert ("verdict", "ada", "accept", "bo", "correct") in said
    assert ("type", "ada", "REJECT", "bo", "THREATEN") in said
    assert f'href="/review/events/{REPORT}/v1?queue=disagreement"' in bo.page("/agreement")


def test_a_name_of_any_script_signs(sit, record):
    """Cookies carry more than ASCII."""
    sit("Жанна Ö").decide(REPORT, "events", "v1", "accept")
    assert record.reviews.entries()[0].reviewer == "Жанна Ö"


def test_why_says_what_made_it_a_claim(bench):
    """The statement that it stands in, and its cue."""
    claim = next(e for e in sample.report().events if e.claimed_in and "shelled" in e.anchor.text)
    page = bench.page(f"/review/events/{REPORT}/{claim.id}")
    assert "It is a claim" in page and "Marta Ilvesk" in page and "“said”" in page


def span(name: str, words: str) -> dict[str, int]:
    start = sample.REPORT.text.index(words)
    return {f"{name}.start": start, f"{name}.end": start + len(words)}


def test_more_like_this_are_the_other_rows_that_were_read_alike(bench, record):
    """Events of the same type and words, stances of the same measure, side and words, statements of the same speaker."""
    for kind in ("events", "stances", "statements"):
        rows = {(d, r.id): r for d in record.documents for r in getattr(record.reviewed(d).machine, kind)}
        alike = {
            key: [k for k, r in rows.items() if k != key and likeness(r) == likeness(row)] for key, row in rows.items()
        }
        (document, id), others = max(alike.items(), key=lambda pair: len(pair[1]))
        listed = json.loads(bench.page(f"/review.json?queue=like:{kind}:{document}:{id}"))
        assert others and {(r["document"], r["id"]) for r in listed} == set(others)
        assert f"/review/next?queue=like%3A{kind}%3A{document}%3A{id}" in bench.page(f"/review/{kind}/{document}/{id}")


def likeness(row):
    """What makes two rows alike."""
    match row:
        case Event():
            return row.type, row.mode, row.anchor.text.lower()
        case Stance():
            return row.measure.type, row.stance, row.measure.text.lower()
        case Statement():
            return (row.source and row.source.actor) or object()


@pytest.mark.parametrize(
    "order", ["like", "like:", "like:events", "like:events:d", "like:rows:d:e", "like:events;--:d:e"]
)
def test_a_queue_of_nothing_is_refused(bench, order):
    """With the queues that there are."""
    answer = bench.get(f"/review?queue={order}")
    assert answer.status_code == 400 and "is no queue" in answer.text
