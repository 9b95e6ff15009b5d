"""Stories: which documents repeat each other, and which events in them are one.

A story is computed from the newest readings, whenever somebody asks for it, and kept beside them under a fingerprint of
what it was computed from; reading never waits for it.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from dragoman.record.stories.copies import Copy, copies
from dragoman.record.stories.linking import Account, Where, link
from dragoman.record.stories.words import stems, words

__all__ = ["TABLES", "VERSION", "Copy", "compute"]

VERSION = 1
"""Of the way stories are found; another one makes those that are kept out of date."""

TABLES = {
    "copies": pa.schema([("document_id", pa.string()), ("original", pa.string()), ("similarity", pa.float64())]),
    "story_accounts": pa.schema([(name, pa.string()) for name in ("story", "document_id", "event")]),
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

Ask = Callable[[str], Iterable[pa.RecordBatch]]
"""SQL -> its answer, a batch of rows at a time."""


def compute(ask: Ask) -> dict[str, pa.Table]:
    """The derived tables by name."""
    found = copies(_texts(ask))
    rows = [{"document_id": c.document, "original": c.original, "similarity": c.similarity} for c in found]
    stories = list(_stories(ask))
    return {
        "copies": pa.Table.from_pylist(rows, schema=TABLES["copies"]),
        "story_accounts": pa.Table.from_pylist(stories, schema=TABLES["story_accounts"]),
    }


def _texts(ask: Ask) -> Iterator[tuple[str, str | None, str]]:
    for batch in ask(_TEXTS):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


@dataclass(slots=True)
class _Group:
    """The account of one event in one wording, and the event rows of all documents that have it."""

    account: Account
    rows: list[tuple[str, str]]


def _stories(ask: Ask) -> Iterator[dict[str, str]]:
    groups = list(_groups(ask))
    began = link([g.account for g in groups])
    for group, first in zip(groups, began, strict=True):
        story = groups[first].account.key
        yield from ({"story": story, "document_id": document, "event": event} for document, event in group.rows)


def _groups(ask: Ask) -> Iterator[_Group]:
    """Events that the same words express, in whichever document, are one account, of the day when they were first published."""
    found: dict[str, _Group] = {}
    numbers: dict[str, int] = {}
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in _rows(ask):
        signature = _signature(row)
        seen[row["document_id"]][signature] += 1
        key = _digest(f"{signature}\x1f{seen[row['document_id']][signature]}")
        account = _account(key, row, numbers)
        group = found.setdefault(key, _Group(account, []))
        if account.order < group.account.order:
            group.account = account
        group.rows.append((row["document_id"], row["id"]))
    return iter(found.values())


def _rows(ask: Ask) -> Iterator[dict[str, Any]]:
    for batch in ask(_EVENTS):
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
        words=array("L", sorted(numbers.setdefault(s, len(numbers)) for s in stems(row["passage"]) - party_words)),
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
