"""Everything that a record answers is as people put it right, unless the machine's rows are asked for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.analysis import Actor, Party
from dragoman.cli import main
from dragoman.document import Document
from dragoman.record import Record, Search
from dragoman.record.reviews import Review, add_row, judge, undo

from ..strategies import small_analysis
from .test_laws import new_record

BY: Any = {"reviewer": "ada", "at": "2031-05-03T10:00:00Z"}
LISTS = (
    "SELECT * FROM reviews ORDER BY id",
    "SELECT * FROM stances_reviewed ORDER BY document_id, id",
    "SELECT * FROM events_reviewed ORDER BY document_id, id",
    "SELECT * FROM statements_reviewed ORDER BY document_id, id",
)


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A record of one document whose only stance and only event a person rejected."""
    record = Record(tmp_path / "rec", create=True)
    report = small_analysis(1)
    record.add([report])
    seen = record.reviewed(report.document.id)
    record.reviews.add(
        [judge(seen, "stances", "stance-1", "reject", **BY), judge(seen, "events", "event-1", "reject", **BY)]
    )
    return str(record.path)


def rows(*arguments: str) -> list[dict[str, str]]:
    """What a verb writes as CSV."""
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


VERBS = (
    ("positions",),
    ("changes", "--since", "2000"),
    ("redlines",),
    ("coalitions", "--nodes", "both"),
    ("counts", "--by", "type"),
    ("timeline", "--unit", "year"),
    ("search", "--in", "stances"),
    ("search", "--in", "events"),
    ("search", "--type", "REJECT"),
)


@pytest.mark.parametrize("verb", VERBS, ids=lambda v: " ".join(v))
def test_a_rejected_row_is_in_no_answer(path: str, verb: tuple[str, ...]) -> None:
    """With --machine it is, where the machine's row is one that the verb shows."""
    name, *options = verb

    def said(*more: str) -> list[dict[str, str]]:
        found = rows(name, path, *options, *more, "--format", "csv")
        return [row for row in found if set(row.values()) - {"", "0"}]

    assert not any("sanctions" in str(row) or "REJECT" in str(row) for row in said())
    if name != "redlines":
        assert len(said("--machine")) > len(said()) or said("--machine") != said()


def test_the_figures_of_a_record_are_as_people_put_them_right(path: str) -> None:
    """Neither the rejected stance nor the rejected event is counted, or shown among the readings, but with --machine."""

    def figures(*more: str) -> dict[str, Any]:
        result = CliRunner().invoke(main, ["show", path, *more])
        assert result.exit_code == 0, result.output
        found: dict[str, Any] = json.loads(result.stdout.splitlines()[0] if "--readings" in more else result.stdout)
        return found

    shown, read = figures("--format", "json"), figures("--format", "json", "--machine")
    assert [(f["events"], f["stances"], f["statements"], f["types"]) for f in (shown, read)] == [
        (0, 0, 1, []),
        (1, 1, 1, [["REJECT", 1]]),
    ]
    assert [len(figures("--readings", "--format", "jsonl", *m)["stances"]) for m in ((), ("--machine",))] == [0, 1]


@pytest.mark.parametrize("duplicates", ["none", "document", "story", "day"])
@pytest.mark.parametrize("format", ["plover", "cameo", "csv"])
def test_exports_count_what_people_left(path: str, format: str, duplicates: str) -> None:
    """Whatever counts once; with --machine everything that was read."""

    def lines(*more: str) -> int:
        result = CliRunner().invoke(main, ["export", path, "--to", format, "--duplicates", duplicates, *more])
        assert result.exit_code == 0, result.output
        return result.stdout.count("\n") - (format != "plover")

    assert (lines(), lines("--machine")) == (0, 1)


def test_the_account_that_is_left_stands_for_a_story(tmp_path: Path) -> None:
    """Of two copies one was rejected, and an export with filters has the other."""
    record = Record(tmp_path / "rec", create=True)
    one = small_analysis(1)
    other = replace(one, document=Document(one.document.text, publisher="Copy Desk", published="2031-05-09"))
    record.add([one, other])
    record.reviews.add([judge(record.reviewed(one.document.id), "events", "event-1", "reject", **BY)])
    actor = one.actors[0].id
    command = [
        "export",
        str(record.path),
        "--to",
        "plover",
        "--duplicates",
        "story",
        "--actor",
        actor,
        "--type",
        "REJECT",
    ]
    assert CliRunner().invoke(main, command).stdout.count("\n") == 1
    assert record.counts((), duplicates="story")["events"].to_pylist() == [1]


def test_the_first_account_in_scope_stands_for_a_story(tmp_path: Path) -> None:
    """Filters come before duplicates: the later account is exported where the earlier one does not name the actor."""
    record = Record(tmp_path / "rec", create=True)
    one = small_analysis(1)
    east = Actor(id="EST", name="the east", kind="state", country="EST")
    event = replace(one.events[0], actors=(*one.events[0].actors, Party(0, 0, "", actor="EST")), score=0.1)
    words = Document(one.document.text, publisher="Copy Desk", published=one.document.published)
    record.add([one, replace(one, document=words, events=(event,), actors=(*one.actors, east))])
    for actor in ("STH", "EST"):
        command = ["export", str(record.path), "--to", "plover", "--duplicates", "story", "--actor", actor]
        assert CliRunner().invoke(main, command).stdout.count("\n") == 1, actor


def test_search_finds_what_a_person_added(path: str) -> None:
    """In the rows as reviewed, and not in the machine's."""
    record = Record(path)
    seen = record.reviewed(small_analysis(1).document.id)
    stance = seen.machine.to_dict()["stances"][0]
    given = {n: v for n, v in stance.items() if n not in ("id", "score")} | {"force": "red_line", "stance": "supports"}
    record.reviews.add([add_row(seen, "stances", given, **BY)])
    wanted = Search(within="stances", stances=("supports",))
    assert record.search(wanted).num_rows == 1
    assert record.search(wanted, reviewed=False).num_rows == 0


def decisions(draw: Any, record: Record, ids: list[str]) -> Iterable[list[Review]]:
    """Gestures one after the other: verdicts on any row, batches over documents, undos of anything before."""
    said: list[Review] = []
    for minute in range(draw(st.integers(1, 6))):
        by: Any = {"reviewer": draw(st.sampled_from(("ada", "ben"))), "at": f"2031-05-03T10:{minute:02}:00Z"}
        if said and draw(st.booleans()):
            of = draw(st.sampled_from(said))
            made = [undo(draw(st.sampled_from([of.id, of.batch or of.id])), **by)]
        else:
            verdict = draw(st.sampled_from(("accept", "reject", "flag")))
            chosen = draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
            batch = f"b{minute}" if len(chosen) > 1 else None
            made = [judge(record.reviewed(id), "events", "event-1", verdict, batch=batch, **by) for id in chosen]
        said += made
        yield made


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_record_kept_in_step_says_what_one_opened_anew_says(data: st.DataObject) -> None:
    """Every decision changes its own rows only, and together they are what all decisions at once make."""
    with new_record() as record:
        record.add([small_analysis(n) for n in range(3)])
        ids = list(record.documents)
        for made in decisions(data.draw, record, ids):
            record.reviews.add(made)
            anew = Record(record.path)
            for query in LISTS:
                assert record.sql(query).to_pylist() == anew.sql(query).to_pylist()
            assert [record.reviewed(id).analysis for id in ids] == [anew.reviewed(id).analysis for id in ids]


def test_an_undo_that_came_before_its_verdict_holds(path: str) -> None:
    """Logs of two computers may arrive in either order."""
    record = Record(path)
    seen = record.reviewed(small_analysis(1).document.id)
    later = judge(
        seen, "statements", seen.machine.statements[0].id, "reject", reviewer="ben", at="2031-05-04T10:00:00Z"
    )
    record.reviews.add([undo(later.id, reviewer="ben", at="2031-05-04T11:00:00Z")])
    assert record.reviewed(small_analysis(1).document.id).analysis.statements
    record.reviews.add([later])
    assert record.reviewed(small_analysis(1).document.id).analysis.statements == seen.machine.statements
    states = record.sql("SELECT state FROM reviews WHERE reviewer = 'ben' ORDER BY decided")["state"].to_pylist()
    assert states == ["undone", "valid"]


def test_the_undo_of_a_batch_reaches_every_document_of_it(tmp_path: Path) -> None:
    """Also in a record that had laid them over already."""
    record = Record(tmp_path / "rec", create=True)
    record.add([small_analysis(n) for n in range(2)])
    seen = [record.reviewed(id) for id in record.documents]
    record.reviews.add([judge(one, "events", "event-1", "reject", batch="both", **BY) for one in seen])
    assert record.sql("FROM events_reviewed").num_rows == 0
    record.reviews.add([undo("both", reviewer="ada", at="2031-05-03T11:00:00Z")])
    assert record.sql("FROM events_reviewed").num_rows == 2
