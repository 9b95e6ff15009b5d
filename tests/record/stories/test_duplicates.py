"""What counts once is a choice of every count and export, and a duplicate never changes a story count."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dragoman.analysis import Actor, Analysis, Event, MeasureSpan, Party, Stance, Statement
from dragoman.cli import main
from dragoman.document import Document
from dragoman.record import NetworkSettings, Record, Search
from dragoman.record.searching import Within
from dragoman.views.exports import Scope, known, select
from dragoman.views.exports.surplus import surplus

from ...strategies import analyses
from .test_stories import copy_of, new_record

MINISTER = Actor(id="ada-lund", name="Ada Lund", kind="person", country="NOR", sectors=("GOV",))
CHAD = Actor(id="TCD", name="Chad", kind="state", country="TCD")
SAID = (
    "Norway's minister Ada Lund said that sanctions on Chad are a red line. "
    "She accused Chad of shelling the camp at Lake Fitri."
)
REWRITTEN = (
    "At Lake Fitri a camp was shelled, Norway's minister Ada Lund said, accusing Chad. "
    "Sanctions on Chad are a red line, she said."
)


def speech(text: str = SAID, publisher: str = "Fjord Wire", published: str | None = "2031-05-02") -> Analysis:
    """A report with a statement, an event that it claims, and a stance that it carries."""

    def span(words: str) -> tuple[int, int, str]:
        start = text.index(words)
        return start, start + len(words), words

    document = Document(text, publisher=publisher, published=published)
    content = document.span(*span("anctions on Chad are a red line")[:2])
    shelling = document.span(*span("shell")[:2])
    minister, chad = Party(*span("Ada Lund"), actor="ada-lund"), Party(*span("Chad"), actor="TCD")
    statement = Statement(
        id="s1", source=minister, cue=document.span(*span("said")[:2]), content=(content,), form="indirect"
    )
    event = Event(id="e1", type="ASSAULT", anchor=shelling, actors=(chad,), claimed_in="s1")
    stance = Stance(
        id="p1",
        holder=minister,
        measure=MeasureSpan(*span("anctions"), type="sanctions"),
        stance="opposes",
        force="red_line",
        toward="TCD",
        evidence=content,
        statement="s1",
    )
    return Analysis(
        reader="one",
        document=document,
        actors=(MINISTER, CHAD),
        statements=(statement,),
        events=(event,),
        stances=(stance,),
    )


def copied(published: str | None = "2031-05-02") -> Analysis:
    """The same words in another paper."""
    return copy_of(speech(), "Copy Desk", published)


DUPLICATES = (copied(), copied("2031-05-04"), copied(None))


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A record of one report; the tests add its duplicates."""
    record = Record(tmp_path / "rec", create=True)
    record.add([speech()])
    return str(record.path)


def output(*arguments: str) -> str:
    """What a command writes to standard output."""
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


VERBS = (
    ("counts", "--by", "type", "--unrealised"),
    ("timeline", "--unit", "year", "--unrealised"),
    ("positions",),
    ("changes", "--since", "2000"),
    ("redlines",),
    ("coalitions", "--nodes", "both"),
    *(("search", "--in", kind) for kind in get_args(Within)),
    ("search", "fitri", "--in", "documents"),
)
SHOWN = {
    "counts": ("events",),
    "timeline": ("events",),
    "positions": ("stance", "since", "force", "sources", "turns", "passage_stance"),
    "changes": ("date", "moved", "measure", "new_words"),
    "redlines": ("date", "force", "words", "fate", "echo"),
    "coalitions": None,
    "search": ("quote",),
}
"""The columns of each verb that count or tell what is counted; all where None."""


def shown(verb: tuple[str, ...], path: str, choice: str) -> list[tuple[str, ...]]:
    """What a verb tells of a record, publishers and documents aside."""
    name, *options = verb
    rows = csv.DictReader(
        io.StringIO(output(name, path, *options, "--duplicates", choice, "--format", "csv")),
        delimiter=";" if name == "coalitions" else ",",
    )
    columns = SHOWN[name]
    return [tuple(row.values()) if columns is None else tuple(row[c] for c in columns) for row in rows]


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_a_duplicate_changes_nothing_that_a_verb_counts_by_story(path: str, verb: tuple[str, ...]) -> None:
    """Of the same day, of a later one, and undated."""
    before = shown(verb, path, "story")
    assert before
    Record(path).add(DUPLICATES)
    assert shown(verb, path, "story") == before
    assert shown(verb, path, "none") != before or verb[0] == "changes"


def test_a_brief_by_story_quotes_a_passage_once(path: str) -> None:
    """However many papers print it; each quotation is a numbered note."""

    def notes(choice: str) -> int:
        return output("brief", path, "--about", "sanctions", "--duplicates", choice).count("<li")

    before = notes("story")
    Record(path).add(DUPLICATES)
    assert notes("none") > before == notes("story") > 0


@pytest.mark.parametrize("format", known())
def test_a_duplicate_adds_nothing_to_an_export_by_story(path: str, format: str) -> None:
    """In every format; where nothing is left out it adds rows, and weight to the edges of a network."""
    before = exported(path, format, "story")
    Record(path).add(DUPLICATES)
    assert exported(path, format, "story") == before
    assert exported(path, format, "none") != before


def exported(path: str, format: str, choice: str) -> tuple[str, list[str]]:
    """What an export says that it wrote, and the weights of edges."""
    target = Path(path).with_name(f"{choice}.{format}")
    command = ["export", path, "--to", format, "--duplicates", choice, "-o", str(target)]
    said = CliRunner().invoke(main, command).stderr.splitlines()[0]
    weights = re.findall('edge_weight">([^<]*)', target.read_text(encoding="utf-8")) if format == "graphml" else []
    return said, weights


@pytest.mark.parametrize(("duplicates", "left"), [("none", 4), ("document", 4), ("day", 3), ("story", 1)])
def test_each_choice_of_an_export(tmp_path: Path, duplicates: str, left: int) -> None:
    """A report, its copy of the same day, its copy of two days later, and an undated one."""
    record = Record(tmp_path / "rec", create=True)
    record.add([speech(), copied(), copied("2031-05-04"), copied(None)])
    assert written(record, duplicates) == {"documents": left, "statements": left, "events": left, "stances": left}


def test_what_is_said_twice_in_a_document_counts_once_in_it(tmp_path: Path) -> None:
    """The same words of the same source, the same stance; another force is another stance."""
    one = speech()
    (statement,), (stance,) = one.statements, one.stances
    again = replace(
        one, statements=(statement, replace(statement, id="s2")), stances=(stance, replace(stance, id="p2"))
    )
    harder = replace(again, stances=(stance, replace(stance, id="p2", force="demand")))
    for analysis, stances in ((again, 1), (harder, 2)):
        record = Record(tmp_path / str(stances), create=True)
        record.add([analysis])
        assert written(record, "none")["statements"] == 2
        found = written(record, "document")
        assert (found["statements"], found["stances"]) == (1, stances)


def test_a_story_told_in_other_words_has_its_stance_once(tmp_path: Path) -> None:
    """And its event; what was said in other words is another statement."""
    record = Record(tmp_path / "rec", create=True)
    record.add([speech(), speech(REWRITTEN, "Lake Courier", "2031-05-03")])
    assert record.sql("SELECT count(DISTINCT story) AS n FROM story_reports")["n"].to_pylist() == [1]
    assert written(record, "story")["stances"] == 1
    (position,) = record.positions(duplicates="story")
    assert (len(position.evidence), position.sources) == (1, 1)
    (position,) = record.positions()
    assert (len(position.evidence), position.sources) == (2, 1)


def test_of_statements_the_one_that_an_event_points_at_stands(tmp_path: Path) -> None:
    """The first report has the words alone; the later one the event that they claim."""
    first = replace(speech(), events=(), stances=())
    record = Record(tmp_path / "rec", create=True)
    record.add([first, copied("2031-05-03")])
    assert written(record, "story") == {"documents": 1, "statements": 1, "events": 1, "stances": 1}


@pytest.mark.parametrize(("choice", "told"), [("none", {("1", "1", "1")}), ("story", {("4", "2", "4")})])
def test_an_event_of_gdelt_tells_how_often_its_story_was_told(
    path: str, choice: str, told: set[tuple[str, ...]]
) -> None:
    """NumMentions, NumSources and NumArticles are of the story where one row stands for it."""
    Record(path).add(DUPLICATES)
    rows = output("export", path, "--to", "gdelt", "--duplicates", choice).splitlines()
    assert {tuple(row.split("\t")[31:34]) for row in rows} == told


def test_an_export_says_what_was_left_out(path: str) -> None:
    """By kind."""
    Record(path).add([copied()])
    result = CliRunner().invoke(main, ["export", path, "--to", "jsonl", "--duplicates", "story"])
    assert "Left out, because others stand for them: 1 events, 1 stances, 1 statements." in result.stderr


def written(record: Record, duplicates: Any) -> dict[str, int]:
    """How many rows of each kind an export holds."""
    left_out = surplus(record.analyses(reviewed=True), partial(record.repeated, duplicates=duplicates))
    kept = list(select(record.analyses(reviewed=True), Scope(), left_out))
    rows = {kind: sum(len(getattr(a, kind)) for a in kept) for kind in ("statements", "events", "stances")}
    return {"documents": len(kept), **rows}


def figures(record: Record) -> Iterator[tuple[str, Any]]:
    """Everything of a record that counts stories, by name; names of actors and publishers aside."""
    yield "export", written(record, "story")
    yield (
        "positions",
        Counter(
            (p.actor, p.measure, p.toward, p.stance, p.since, p.force, len(p.evidence), p.sources, len(p.turns))
            for p in record.positions(duplicates="story")
        ),
    )
    changes = record.changes("2012-01", duplicates="story")
    yield "changes", Counter((c.moved, c.position.actor, c.position.measure, c.old, c.after.date) for c in changes)
    lines = record.red_lines(duplicates="story")
    yield "red lines", Counter((x.line.date, x.line.words, x.fate, len(x.evidence), len(x.later)) for x in lines)
    for nodes in ("actors", "measures", "both"):
        for network in record.networks(NetworkSettings(nodes=nodes, aggregation="ignore", duplicates="story")):
            pairs = ((r.id, c.id) for r in network.rows for c in network.columns)
            weights = (weight for row in network.weights for weight in row)
            yield nodes, dict(zip(pairs, weights, strict=True))
    for within in get_args(Within):
        yield within, record.search(Search(within=within, duplicates="story", limit=1000)).num_rows


law = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@law
@given(st.lists(analyses(st.just("one")), min_size=1, max_size=4, unique_by=lambda a: a.document.id), st.data())
@example([speech(), speech(REWRITTEN, "Lake Courier", "2031-05-03")], None)
def test_a_duplicate_never_changes_a_story_count(reports: list[Analysis], data: st.DataObject | None) -> None:
    """The same words from another publisher, on the same day, later or undated, over any readings."""
    original = reports[0] if data is None else data.draw(st.sampled_from(reports))
    day = original.document.published
    later = st.sampled_from((day, None, "2031-05-12") if day and len(day) >= 10 else (day, None))
    with new_record(reports) as record:
        before = dict(figures(record))
        record.add([copy_of(original, "Copy Desk", "2031-05-09" if data is None else data.draw(later))])
        assert dict(figures(record)) == before
