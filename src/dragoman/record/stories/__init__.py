"""Stories: which documents repeat each other, and which events in them are one.

A story is computed from the newest readings, whenever somebody asks for it, and kept beside them under a fingerprint of
what it was computed from; reading never waits for it.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import pyarrow as pa

from dragoman.record.stories.copies import Copy, copies
from dragoman.record.stories.linking import Account, Where, link
from dragoman.record.stories.reports import LEAD, Report, reported
from dragoman.record.stories.words import names, stems, words
from dragoman.record.tables import country_or_id

__all__ = ["TABLES", "VERSION", "Copy", "compute"]

VERSION = 4
"""Of the way stories are found; another one makes those that are kept out of date."""

TABLES = {
    "copies": pa.schema([("document_id", pa.string()), ("original", pa.string()), ("similarity", pa.float64())]),
    "story_accounts": pa.schema([(name, pa.string()) for name in ("story", "document_id", "event")]),
    "story_reports": pa.schema(
        [*((name, pa.string()) for name in ("story", "document_id", "rests_on")), ("likeness", pa.float64())]
    ),
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

_LEADS = f"""
    WITH named AS (
        SELECT document_id, {country_or_id("actor", "actor_country")} AS party, quote,
            actor_kind IN ('state', 'organization', 'bloc') AND via IN ('name', 'acronym', 'demonym', 'metonym') AS is_name
        FROM mentions WHERE actor IS NOT NULL AND quote_start < {LEAD}
    ), parties AS (
        SELECT document_id, list(DISTINCT party) AS parties, string_agg(quote, ' ') FILTER (is_name) AS names
        FROM named WHERE party = upper(party) GROUP BY document_id
    )
    SELECT d.document_id, left(d.published, 10) AS day, substring(d.text, 1, {LEAD}) AS lead, p.parties, p.names
    FROM documents d LEFT JOIN parties p USING (document_id)
    WHERE d.document_id IN (SELECT document_id FROM stored.readings)
"""

Ask = Callable[[str], Iterable[pa.RecordBatch]]
"""SQL -> its answer, a batch of rows at a time."""


def compute(ask: Ask) -> dict[str, pa.Table]:
    """The derived tables by name."""
    found = copies(_texts(ask))
    numbers: dict[str, int] = {}
    groups = list(_groups(ask, numbers))
    accounts = [g.account for g in groups]
    stories = [accounts[first].key for first in link(accounts)]
    original = {c.document: c.original for c in found}
    made: dict[str, list[dict[str, Any]]] = {
        "copies": [{"document_id": c.document, "original": c.original, "similarity": c.similarity} for c in found],
        "story_accounts": [
            {"story": story, "document_id": row.document, "event": row.event}
            for group, story in zip(groups, stories, strict=True)
            for row in group.rows
        ],
        "story_reports": _reported(_leads(ask, groups, stories, numbers), original),
    }
    return {name: pa.Table.from_pylist(made[name], schema=layout) for name, layout in TABLES.items()}


def _texts(ask: Ask) -> Iterator[tuple[str, str | None, str]]:
    for batch in ask(_TEXTS):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


class _Row(NamedTuple):
    """An event of a document, and where the words are that express it."""

    document: str
    event: str
    start: int


@dataclass(slots=True)
class _Group:
    """The account of one event in one wording, and the event rows of all documents that have it."""

    account: Account
    rows: list[_Row]


def _reported(leads: Mapping[str, Report], original: Mapping[str, str]) -> list[dict[str, Any]]:
    """What each document that was read reports; a copy reports what the first document with its text does."""
    first = {id: original[id] if original[id] in leads else id for id in leads}
    told = {one.document: one for one in reported(leads[id] for id in sorted(set(first.values())))}
    return [{**asdict(told[first[id]]), "document_id": id} for id in leads]


def _leads(ask: Ask, groups: Sequence[_Group], stories: Sequence[str], numbers: dict[str, int]) -> dict[str, Report]:
    """The beginning of each document that was read, by its id."""
    events: defaultdict[str, list[tuple[int, str, Account]]] = defaultdict(list)
    for group, story in zip(groups, stories, strict=True):
        for row in group.rows:
            if row.start < LEAD:
                events[row.document].append((row.start, story, group.account))
    return {row["document_id"]: _lead(row, events[row["document_id"]], numbers) for row in _rows(ask, _LEADS)}


def _lead(row: dict[str, Any], events: list[tuple[int, str, Account]], numbers: dict[str, int]) -> Report:
    acting = frozenset(p for _, _, account in events for p in account.actors | account.recipients if p.isupper())
    known = stems(row["names"] or "")
    return Report(
        document=row["document_id"],
        key=_digest(" ".join(words(row["lead"]))),
        day=row["day"],
        parties=acting.union(row["parties"] or ()),
        words=_numbered(stems(row["lead"]) - known, numbers),
        names=_numbered(names(row["lead"]) - known, numbers),
        events=tuple(dict.fromkeys(story for _, story, _ in sorted(events, key=lambda e: e[:2]))),
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
        group.rows.append(_Row(row["document_id"], row["id"], row["anchor_start"]))
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
