"""How well reports of one event are told from reports of others: B-cubed precision, recall and F1 over stories.

`linked` is given the event that each report states (type, parties, day, place) and measures the linking of events
alone; `read` goes from the text through the reader to the story that each document was found to report. Reports of both
splits are in one record, the figures are of `held`. evaluation/README.md says what was chosen on which split.
Measure: Bagga and Baldwin (1998).
"""

from __future__ import annotations

import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from dragoman import Analysis, Document, Reader, Record, Span
from dragoman.analysis import Actor, Event, Party, Place

SAMPLES = 200


def stories(corpus: Path, split: str = "held") -> dict[str, Any]:
    """B-cubed figures, those of F1 with 95 % bootstrap intervals over stories."""
    rows = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()]
    given = found_in(rows, map(stated, rows), "story_accounts")
    read = found_in(rows, Reader().read_all([document(row) for row in rows]), "story_reports")
    return dict(_figures("linked", rows, given, split)) | dict(_figures("read", rows, read, split))


def document(row: dict[str, Any]) -> Document:
    """The report as a document."""
    return Document(row["text"], publisher=row["publisher"], published=row["published"])


def stated(row: dict[str, Any]) -> Analysis:
    """The reading that has just the event of the report."""
    event, text = row["event"], row["text"]
    actors = tuple(Actor(id=id, name=id, kind="state", country=id) for id in {*event["actors"], *event["recipients"]})
    words = Span(0, len(text), text)
    return Analysis(
        reader="stated",
        document=document(row),
        actors=actors,
        events=(
            Event(
                id="event",
                type=event["type"],
                anchor=words,
                actors=tuple(Party(0, 0, "", actor=id) for id in event["actors"]),
                recipients=tuple(Party(0, 0, "", actor=id) for id in event["recipients"]),
                date=event["date"],
                place=_place(text, event["place"]),
            ),
        ),
    )


def _place(text: str, place: dict[str, str] | None) -> Place | None:
    if place is None:
        return None
    start = text.index(place["name"])
    end = start + len(place["name"])
    return Place(start, end, place["name"], name=place["name"], kind="city", country=place["country"])


def found_in(rows: Sequence[dict[str, Any]], analyses: Iterable[Analysis], table: str = "story_reports") -> list[str]:
    """For each report the story that it was put into: by its event in `story_accounts`, as a whole in `story_reports`."""
    with tempfile.TemporaryDirectory() as folder:
        record = Record(folder, create=True)
        record.add(analyses)
        found = record.sql(f"SELECT document_id, story FROM {table}").to_pylist()
    story = {row["document_id"]: row["story"] for row in found}
    return [story[document(row).id] for row in rows]


def bcubed(gold: Sequence[str], found: Sequence[str]) -> tuple[float, float, float]:
    """Precision, recall and F1, in percent: how pure and how complete the found story of each item is, on average."""
    precision = recall = 0.0
    for mine, its in zip(gold, found, strict=True):
        both = sum(g == mine and f == its for g, f in zip(gold, found, strict=True))
        precision += both / found.count(its)
        recall += both / gold.count(mine)
    p, r = 100 * precision / len(gold), 100 * recall / len(gold)
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def _figures(name: str, rows: Sequence[dict[str, Any]], found: Sequence[str], split: str) -> Iterator[tuple[str, Any]]:
    """Precision, recall and F1 of one split; the interval is drawn over families of stories that are alike."""
    items = [(row["story"], story) for row, story in zip(rows, found, strict=True) if row["split"] == split]
    values = bcubed(*zip(*items, strict=True))
    by_story = [[item for item in items if item[0] == story] for story in dict.fromkeys(s for s, _ in items)]
    draw = random.Random(1)
    samples = sorted(_f1(draw.choices(by_story, k=len(by_story))) for _ in range(SAMPLES))
    for measure, value in zip(("precision", "recall", "f1"), values, strict=True):
        figure = {"value": value, "of": len(items)}
        if measure == "f1":
            figure |= {"low": samples[int(0.025 * SAMPLES)], "high": samples[int(0.975 * SAMPLES) - 1]}
        yield f"{name}_{measure}", figure


def _f1(sample: Sequence[Sequence[tuple[str, str]]]) -> float:
    """F1 of a bootstrap sample: a story that is drawn twice counts as two, and is mixed up with others as the first one is."""
    drawn: Counter[str] = Counter()
    gold, found = [], []
    for items in sample:
        time = drawn[items[0][0]]
        drawn[items[0][0]] += 1
        gold += [f"{time}:{story}" for story, _ in items]
        found += [f"{time}:{its}" for _, its in items]
    return bcubed(gold, found)[2]
