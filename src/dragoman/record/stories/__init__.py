"""Stories: which documents repeat each other, and which events in them are one.

A story is computed from the newest readings, whenever somebody asks for it, and kept beside them under a fingerprint of
what it was computed from; reading never waits for it.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from dragoman.record.stories.copies import Copy, copies
from dragoman.record.stories.linking import Account, Where, link
from dragoman.record.stories.reports import LEAD, Report, Reported, reported
from dragoman.record.stories.words import stems, words
from dragoman.record.tables import country_or_id

__all__ = ["TABLES", "VERSION", "Copy", "compute"]

VERSION = 2
"""Of the way stories are found; another one makes those that are kept out of date."""

TABLES = {
    "copies": pa.schema([("document_id", pa.string()), ("original", pa.string()), ("similarity", pa.float64())]),
    "story_accounts": pa.schema([(name, pa.string()) for name in ("story", "document_id", "event")]),
    "story_reports": pa.schema([("story", pa.string()), ("document_id", pa.string()), ("likeness", pa.float64())]),
}
"""The derived tables as they are kept."""

_PASSAGE = 300
"""Code points before and after the words that express an event: what tells it from others."""

_TEXTS = "SELECT document_id, published, text FROM documents"
_EVENTS = f"""
    SELECT e.document_id, e.id, e.type, e.polarity, e.modality, e.published, e.date, e.anchor_start,
        lower(e.anchor_quote) AS anchor, e.actor_keys, e.recipient_keys, e.party_words,
        e.place, e.place_kind, e.place_country, e.place_province, e.place_quote,
        substring(d.text, greatest(1, e.anchor_start - {_PASSAGE}), e.anchor_end - e.anchor_start + 2 * {_PASSAGE}) AS
        passage
    FROM stored.coded e JOIN documents d USING (document_id)
    ORDER BY e.document_id, e.anchor_start, e.id
"""

_SILENT = f"""
    SELECT d.document_id, left(d.published, 10) AS day, substring(d.text, 1, {LEAD}) AS lead,
        list(DISTINCT {country_or_id("m.actor", "m.actor_country")}) AS parties, string_agg(m.quote, ' ') AS party_words
    FROM documents d ANTI JOIN stored.coded e USING (document_id)
    LEFT JOIN mentions m ON m.document_id = d.document_id AND m.actor IS NOT NULL AND m.quote_start < {LEAD}
    WHERE d.document_id IN (SELECT document_id FROM stored.readings)
    GROUP BY ALL
"""

Ask = Callable[[str], Iterable[pa.RecordBatch]]
"""SQL -> its answer, a batch of rows at a time."""


def compute(ask: Ask) -> dict[str, pa.Table]:
    """The derived tables by name."""
    found = copies(_texts(ask))
    rows = [{"document_id": c.document, "original": c.original, "similarity": c.similarity} for c in found]
    accounts, silent = _stories(ask, {c.document: c.original for c in found})
    made = {"copies": rows, "story_accounts": accounts, "story_reports": silent}
    return {name: pa.Table.from_pylist(made[name], schema=layout) for name, layout in TABLES.items()}


def _texts(ask: Ask) -> Iterator[tuple[str, str | None, str]]:
    for batch in ask(_TEXTS):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


@dataclass(slots=True)
class _Group:
    """The account of one event in one wording, and the event rows of all documents that have it."""

    account: Account
    rows: list[tuple[str, str]]


def _stories(ask: Ask, original: Mapping[str, str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The accounts of events with their stories, and the documents without events with theirs."""
    numbers: dict[str, int] = {}
    groups = list(_groups(ask, numbers))
    accounts = [g.account for g in groups]
    stories = [accounts[first].key for first in link(accounts)]
    rows = [
        {"story": story, "document_id": document, "event": event}
        for group, story in zip(groups, stories, strict=True)
        for document, event in group.rows
    ]
    silent = {row["document_id"]: _report(row, numbers) for row in _rows(ask, _SILENT)}
    first = {id: report for id, report in silent.items() if original[id] not in silent or original[id] == id}
    told = {one.document: one for one in reported(accounts, stories, first.values())}
    return rows, [_as_told(id, told.get(id) or told[original[id]]) for id in silent]


def _as_told(document: str, told: Reported) -> dict[str, Any]:
    """A copy of a document without events reports what that one does."""
    return {"story": told.story, "document_id": document, "likeness": told.likeness}


def _report(row: dict[str, Any], numbers: dict[str, int]) -> Report:
    return Report(
        document=row["document_id"],
        day=row["day"],
        parties=frozenset(party for party in row["parties"] or () if party),
        words=_numbered(stems(row["lead"]) - stems(row["party_words"] or ""), numbers),
    )


def _numbered(found: Iterable[str], numbers: dict[str, int]) -> array[int]:
    return array("L", sorted(numbers.setdefault(s, len(numbers)) for s in found))


def _groups(ask: Ask, numbers: dict[str, int]) -> Iterator[_Group]:
    """Events that the same words express, in whichever document, are one account, of the day when they were first published."""
    found: dict[str, _Group] = {}
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in _rows(ask, _EVENTS):
        signature = _signature(row)
        seen[row["document_id"]][signature] += 1
        key = _digest(f"{signature}\x1f{seen[row['document_id']][signature]}")
        account = _account(key, row, numbers)
        group = found.setdefault(key, _Group(account, []))
        if account.order < group.account.order:
            group.account = account
        group.rows.append((row["document_id"], row["id"]))
    return iter(found.values())


def _rows(ask: Ask, query: str) -> Iterator[dict[str, Any]]:
    for batch in ask(query):
        yield from batch.to_pylist()


def _signature(row: dict[str, Any]) -> str:
    """What two documents with the same words say of an event in the same way."""
    coded = (row[name] for name in ("type", "polarity", "modality", "actor_keys", "recipient_keys", "anchor"))
    return "\x1f".join((" ".join(words(row["passage"])), *map(str, coded)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _account(key: str, row: dict[str, Any], numbers: dict[str, int]) -> Account:
    stated = row["date"] is not None and len(row["date"]) >= 10
    day = row["date"] if stated else row["published"] or row["date"]
    party_words = stems(" ".join(row["party_words"] or ()))
    return Account(
        key=key,
        type=row["type"],
        realised=(row["polarity"], row["modality"]),
        actors=frozenset(row["actor_keys"] or ()),
        recipients=frozenset(row["recipient_keys"] or ()),
        day=day[:10] if day else None,
        stated=stated,
        where=_where(row),
        words=_numbered(stems(row["passage"]) - party_words, numbers),
    )


def _where(row: dict[str, Any]) -> Where:
    """The place by its name, or by its words where no gazetteer knows them."""
    name = row["place"] or row["place_quote"]
    return Where(
        name=None if row["place_kind"] == "country" or name is None else name.casefold(),
        province=row["place_province"],
        country=row["place_country"],
        kind=row["place_kind"],
    )
