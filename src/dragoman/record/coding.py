"""Rows that people wrote in another program -> verdicts in the log of a record, where they outlive every new reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from dragoman.analysis import Analysis
from dragoman.ingest.exchange.values import Coded
from dragoman.record.reviews import KINDS, Kind, Review, Reviewed, add_row, lay_over

_POINTER: dict[Kind, str] = {"statements": "within", "events": "claimed_in", "stances": "statement"}


def reading(coded: Coded) -> Analysis:
    """The document without the rows that people wrote."""
    kept: dict[str, Any] = {
        kind: tuple(r for r in getattr(coded.analysis, kind) if r.id not in coded.judged) for kind in KINDS
    }
    ids = {s.id for s in kept["statements"]}
    stances = (s if s.statement in ids else replace(s, statement=None) for s in kept["stances"])
    events = (e if e.claimed_in in ids else replace(e, claimed_in=None) for e in kept["events"])
    kept |= {"stances": tuple(stances), "events": tuple(events)}
    return replace(coded.analysis, **kept)


def verdicts(coded: Coded) -> list[Review]:
    """A verdict `add` for each row that people wrote, statements first: the others point at them."""
    machine = reading(coded)
    said = list(_added("statements", coded, Reviewed(machine=machine, analysis=machine), {}))
    ids = {old: str(review.row["id"]) for old, review in said}
    reviews = [review for _, review in said]
    seen = lay_over(machine, reviews)
    for kind in KINDS[1:]:
        reviews += [review for _, review in _added(kind, coded, seen, ids)]
    return reviews


def _added(kind: Kind, coded: Coded, seen: Reviewed, ids: dict[str, str]) -> Iterator[tuple[str, Review]]:
    """Id in the import, and verdict, for each such row of a kind."""
    for row in _judged(coded.analysis.to_dict()[kind], coded):
        judged = coded.judged[row["id"]]
        fields = {name: value for name, value in row.items() if name not in ("id", "score")}
        pointer = _POINTER[kind]
        fields[pointer] = ids.get(fields[pointer], fields[pointer])
        by = {"reviewer": judged.coder, "at": judged.at, "note": judged.note, "actors": coded.analysis.actors}
        yield row["id"], add_row(seen, kind, fields, **by)  # type: ignore[arg-type]  # a mapping of what By has


def _judged(rows: Iterable[dict[str, Any]], coded: Coded) -> Iterator[dict[str, Any]]:
    return (row for row in rows if row["id"] in coded.judged)
