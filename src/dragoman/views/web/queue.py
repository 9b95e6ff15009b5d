"""Record -> rows worth a person's time, in order: by doubt, weight, reports, disagreement, of a sample, a document or a kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import get_args

from dragoman.errors import UsageError
from dragoman.record import Record, sampling
from dragoman.record.reviews import KINDS, Kind, Review
from dragoman.record.reviews.log import holding
from dragoman.views.marks import labelled, start_of
from dragoman.views.web.article import kind_of

LONGEST = 2_000
"""Rows of a queue at most: the head of it."""

ORDERS = ("doubt", "importance", "reported", "disagreement")
_PAUSE = 300
"""Seconds between two decisions after which a reviewer was away."""

_IMPORTANCE = {
    "statements": "0",
    "events": (
        "CASE WHEN coalesce(dead, 0) > 0 THEN 4 ELSE 0 END + CASE type WHEN 'ASSAULT' THEN 4 WHEN 'COERCE' THEN 3 "
        "WHEN 'MOBILIZE' THEN 3 WHEN 'SANCTION' THEN 3 WHEN 'THREATEN' THEN 3 WHEN 'RETREAT' THEN 2 ELSE 1 END"
    ),
    "stances": "CASE force WHEN 'veto_threat' THEN 9 WHEN 'red_line' THEN 8 "
    "WHEN 'demand' THEN 3 WHEN 'offer' THEN 2 ELSE 1 END",
}

_STORIES = (
    "SELECT document_id, 'events' AS kind, event AS id, score, count(DISTINCT document_id) OVER (PARTITION BY story) AS weight "
    "FROM story_accounts QUALIFY row_number() OVER (PARTITION BY story ORDER BY published NULLS LAST, document_id, event) = 1"
)
"""The first account of each story, and how many documents give one: who judges it judges the event."""

_PAPERS = "SELECT original AS document_id, count(*) AS papers FROM copies GROUP BY original"
"""How many documents bring a text, by the first of them."""


@dataclass(frozen=True, slots=True, order=True)
class Item:
    """A row to judge."""

    document: str
    kind: Kind
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which rows, in which order.

    `order` is one of ORDERS, `sample:ID`, `document:ID` or `like:KIND:DOCUMENT:ID`, the rows that were read as that one.
    `kind` leaves out other kinds. `blind` shows nobody else's verdicts, and takes only rows the reviewer has not judged as
    decided.
    """

    order: str = "doubt"
    kind: Kind | None = None
    blind: bool = False

    def __post_init__(self) -> None:
        name, _, id = self.order.partition(":")
        if not (self.order in ORDERS or (name in ("sample", "document") and id) or like(self.order)):
            raise UsageError(
                f"{self.order!r} is no queue; choose {', '.join(ORDERS)}, sample:ID, document:ID or like:KIND:DOCUMENT:ID."
            )
        if self.kind is not None and self.kind not in get_args(Kind):
            raise UsageError(f"{self.kind!r} is no kind of row; choose {', '.join(KINDS)}.")


def like(order: str) -> Item | None:
    """The row that a queue `like:KIND:DOCUMENT:ID` has the likes of; None where that is another queue."""
    name, *parts = order.split(":", 3)
    kind = next((k for k in KINDS if parts[:1] == [k]), None)
    return Item(parts[1], kind, parts[2]) if name == "like" and kind and len(parts) == 3 else None


def items(record: Record, choice: Choice) -> tuple[Item, ...]:
    """The rows in order, decided ones among them, so that a place in the queue does not move."""
    name, _, id = choice.order.partition(":")
    match name:
        case "sample":
            found: Iterable[Item] = _sampled(record, id)
        case "document":
            found = _of_document(record, id)
        case "like":
            found = _alike(record, choice.order)
        case "disagreement":
            found = _disputed(record)
        case _:
            found = _ranked(record, choice)
    return tuple(item for item in found if choice.kind in (None, item.kind))


def decided(record: Record, choice: Choice, reviewer: str) -> frozenset[Item]:
    """The rows that need no more: judged by anybody, in a blind queue by this reviewer, disputed ones settled."""
    if choice.order == "disagreement":
        return frozenset()
    found: set[Item] = set()
    for review in holding(record.reviews.entries()):
        mine = review.reviewer == reviewer or not choice.blind
        if mine and review.kind is not None and review.verdict != "flag":
            found.add(Item(review.document["id"], review.kind, review.row["id"]))
    return frozenset(found)


def after(queue: Sequence[Item], here: Item | None, done: frozenset[Item] = frozenset(), step: int = 1) -> Item | None:
    """The next (or with step -1 the last) row that is not done; behind the end it goes on from the beginning."""
    places = {item: n for n, item in enumerate(queue)}
    at = places.get(here, -1 if step > 0 else 0) if here else (-1 if step > 0 else 0)
    for n in range(1, len(queue) + 1):
        item = queue[(at + step * n) % len(queue)]
        if item not in done and item != here:
            return item
    return None


def latest(entries: Iterable[Review], reviewer: str) -> Review | None:
    """The reviewer's last decision that nobody took back: what `u` undoes."""
    mine = [r for r in holding(entries) if r.reviewer == reviewer and r.verdict != "undo"]
    return mine[-1] if mine else None


def seconds_each(entries: Iterable[Review], reviewer: str) -> float | None:
    """How long a decision takes this reviewer of late; None before the third."""
    times = [datetime.fromisoformat(r.at) for r in entries if r.reviewer == reviewer][-40:]
    gaps = [(b - a).total_seconds() for a, b in pairwise(times)]
    known = [gap for gap in gaps if 0 < gap < _PAUSE]
    return median(known) if len(known) > 1 else None


@dataclass(frozen=True, slots=True)
class Story:
    """One event that several accounts tell."""

    id: str
    publishers: int
    accounts: int


def stories(record: Record) -> dict[Item, Story]:
    """The story of every event that is told more than once."""
    query = (
        "SELECT document_id, event, story, count(DISTINCT publisher) OVER (PARTITION BY story) AS publishers, "
        "count(*) OVER (PARTITION BY story) AS accounts FROM story_accounts QUALIFY accounts > 1"
    )
    columns = (c.to_pylist() for c in record.sql(query).columns)
    return {Item(document, "events", event): Story(*story) for document, event, *story in zip(*columns, strict=True)}


_LINES = {
    "statements": "left(coalesce(source_name, source_quote, '(unnamed)') || ': ' || content, 200)",
    "events": "list_value(actors, [type || ' “' || left(anchor_quote, 80) || '”'], recipients)",
    "stances": (
        "left(concat(coalesce(holder_name, holder_quote), ' ', stance, ' ', replace(measure, '_', ' '), ': ', evidence_quote), "
        "200)"
    ),
}


def lines(record: Record, shown: Sequence[Item], called: Mapping[str, str]) -> dict[Item, tuple[str, str, float]]:
    """Of each row in a few words what it says, its publisher and date, and its score; rows that people added are not there.

    `called` has names for the ids of actors.
    """
    found: dict[Item, tuple[str, str, float]] = {}
    for kind in KINDS:
        ids = [f"{i.document} {i.id}" for i in shown if i.kind == kind]
        query = (
            f"SELECT document_id, id, {_LINES[kind]}, "
            f"concat_ws(' · ', publisher, left(published, 10)), score FROM {kind} "
            "WHERE list_contains($documents, document_id) AND list_contains($ids, document_id || ' ' || id)"
        )
        documents = sorted({i.document for i in shown if i.kind == kind})
        answer = record.sql(query, {"ids": ids, "documents": documents}) if ids else None
        for document, id, said, *line in zip(*(c.to_pylist() for c in answer.columns), strict=True) if answer else ():
            words = said if isinstance(said, str) else _event_line(said, called)
            found[Item(document, kind, id)] = (words, line[0], line[1])
    return found


def _event_line(said: Sequence[Sequence[str | None] | None], called: Mapping[str, str]) -> str:
    """Who, the type and its words, whom: `Norland REJECT “turned down” → Tamsk`."""
    who, coded, whom = (", ".join(called.get(part, part) for part in parts or () if part) for parts in said)
    return f"{who or 'somebody'} {coded}{' → ' * bool(whom)}{whom}"


def _ranked(record: Record, choice: Choice) -> Iterable[Item]:
    selects = [_weighed(choice.order, kind) for kind in ([choice.kind] if choice.kind else KINDS)]
    order = "abs(score - 0.5)" if choice.order == "doubt" else "weight DESC, abs(score - 0.5)"
    union = " UNION ALL ".join(selects)
    query = f"SELECT document_id, kind, id FROM ({union}) ORDER BY {order}, document_id, id LIMIT {LONGEST}"
    return _read(record, query)


def _weighed(order: str, kind: Kind) -> str:
    """The rows of a kind and how much each weighs in that order."""
    if order != "reported":
        return f"SELECT document_id, '{kind}' AS kind, id, score, {_IMPORTANCE[kind]} AS weight FROM {kind}"
    if kind == "events":
        return _STORIES
    return f"SELECT document_id, '{kind}' AS kind, id, score, papers AS weight FROM {kind} JOIN ({_PAPERS}) USING (document_id)"


_ALIKE = {
    "statements": "SELECT DISTINCT document_id, id, 0.5 AS score, '' AS code, source AS words FROM stored.said",
    "events": "SELECT document_id, id, score, concat_ws('/', type, mode) AS code, lower(anchor_quote) AS words FROM stored.coded",
    "stances": (
        "SELECT document_id, id, score, concat_ws('/', measure, stance) AS code, lower(measure_quote) AS words FROM stances"
    ),
}
"""What makes rows alike: events by code and words, stances by measure, side and words, statements by who speaks."""


def _alike(record: Record, order: str) -> Iterable[Item]:
    """The other rows that were read as that one, the doubtful ones first."""
    if (row := like(order)) is None:
        return ()
    query = (
        f"WITH read AS ({_ALIKE[row.kind]}), one AS (SELECT code, words FROM read WHERE document_id = $document AND id = $id) "
        f"SELECT document_id, '{row.kind}', id FROM read, one WHERE read.words = one.words "
        "AND read.code = one.code AND NOT (document_id = $document AND id = $id) "
        f"ORDER BY abs(score - 0.5), document_id, id LIMIT {LONGEST}"
    )
    answer = record.sql(query, {"document": row.document, "id": row.id})
    return [Item(*found) for found in zip(*(c.to_pylist() for c in answer.columns), strict=True)]


def _of_document(record: Record, id: str) -> Iterable[Item]:
    rows = labelled(record.reviewed(id).analysis).values()
    return [Item(id, kind_of(row), row.id) for row in sorted(rows, key=start_of)]


def _sampled(record: Record, id: str) -> Iterable[Item]:
    kept = sampling.kept(record.path)
    if id not in kept:
        raise UsageError(f"The record has no sample {id!r}; draw one on the page Agreement, or with dragoman sample.")
    return [Item(document, kept[id].kind, row) for document, row in kept[id].rows]


def _disputed(record: Record) -> Iterable[Item]:
    """Rows on which reviewers differ, then those that somebody flagged."""
    targets = [(seen.machine.document.id, t) for seen in record.reviewed_documents() for t in seen.targets]
    differing = [Item(document, t.kind, t.id) for document, t in targets if t.disputed]
    flagged = [Item(document, t.kind, t.id) for document, t in targets if t.state == "flagged"]
    return dict.fromkeys([*differing, *flagged])


def _read(record: Record, query: str) -> Iterable[Item]:
    answer = record.sql(query)
    return [Item(*row) for row in zip(*(c.to_pylist() for c in answer.columns), strict=True)]
