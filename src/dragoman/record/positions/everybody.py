"""Rows of the table `stances` -> everybody in them: how each is introduced, and whose stances count as whose.

Both are found out without the rows themselves, which may be a million: a query then asks for no more of them than it needs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyarrow as pa

from dragoman.knowledge.entries import NON_STATE_CODES
from dragoman.record.positions.holders import PEOPLE, Holder, Who, introduced, speaks_for
from dragoman.record.positions.selection import By, Selection

Ask = Callable[[str, tuple[Any, ...]], pa.Table]
"""SQL and its parameters -> the answer of a record."""

Condition = tuple[str, list[Any]]
"""A condition on `stances s`, and its parameters."""

Conditions = Iterable[Condition]

CountsAs = Callable[[str, str | None, str | None, str | None, str | None], str]
"""Id, kind, country and code of an actor, and a date -> whose stance his then is."""

_ANYBODY = "coalesce(s.{0}_kind = 'unnamed' AND s.{0}_country IS NULL, false)"
"""SQL for an actor who is the same person in one document only."""

_BY_DATE = (
    f"s.{{0}}_kind IN ({', '.join(map(repr, sorted(PEOPLE)))}) AND NOT coalesce(regexp_full_match(s.{{0}}_country, "
    f"'[A-Z]{{{{3}}}}') AND s.{{0}}_country NOT IN ({', '.join(map(repr, sorted(NON_STATE_CODES)))}), false)"
)
"""SQL for an actor whose stance is his organisation's as long as he is its official."""


def named(side: str) -> str:
    """The id of the actor on a side, where he is somebody."""
    return f"CASE WHEN NOT ({_ANYBODY.format(side)}) THEN s.{side} END AS {side}"


def counted(selection: Selection) -> Iterator[Condition]:
    """Which stances count at all: somebody's, on the measures, by the publishers and as probable as the selection has it."""
    yield f"s.holder IS NOT NULL AND NOT ({_ANYBODY.format('holder')}) AND s.score >= ?", [selection.min_score]
    for column, values in (("measure", selection.measures), ("publisher", selection.publishers)):
        if values:
            yield f"s.{column} IN ({', '.join('?' * len(values))})", list(values)


def joined(conditions: Conditions) -> tuple[str, tuple[Any, ...]]:
    """The conditions in one, and their parameters in order."""
    found = list(conditions)
    return " AND ".join(text for text, _ in found), tuple(p for _, given in found for p in given)


def way_of_counting(by: By) -> CountsAs:
    """Officials as their country or organisation, or each actor for himself."""
    return _rolled_up if by == "country" else _as_read


@dataclass(frozen=True, slots=True)
class Everybody:
    """Everybody whose stances count, or toward whom they are: `who` he is, by the id that he counts as.

    `_speakers` are, for each of these ids, the ids of those whose stances may count as its own, on whatever date.
    """

    who: Mapping[str, Who]
    _speakers: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, ask: Ask, table: str, selection: Selection) -> Everybody:
        """Everybody in that table, as the selection counts."""
        ways: defaultdict[str, Counter[Who | None]] = defaultdict(Counter)
        speakers: defaultdict[str, set[str]] = defaultdict(set)
        counts_as = way_of_counting(selection.by)
        for side in ("holder", "toward"):
            for id, name, kind, country, code, date, times in _introductions(ask, table, side, selection):
                counts = counts_as(id, kind, country, code, date)
                ways[counts][_who(name, kind, country, code) if counts == id else None] += times
                speakers[counts].add(id)
        who = {id: _most_often(found) or introduced(id) for id, found in ways.items()}
        return cls(who, {id: frozenset(ids) for id, ids in speakers.items()})

    def speaking_for(self, actors: Iterable[str]) -> list[str]:
        """The ids of everybody whose stances may count as one of theirs."""
        return sorted({id for actor in actors for id in self._speakers.get(actor, ())})


def _introductions(ask: Ask, table: str, side: str, selection: Selection) -> Iterator[tuple[Any, ...]]:
    """How often each actor on one side is introduced in which way, with the date where his stance may be another's by it."""
    where, given = joined((*counted(selection), (f"{_ANYBODY.format(side)} = false AND s.{side} IS NOT NULL", [])))
    columns = ", ".join(f"s.{side}{part}" for part in ("", "_name", "_kind", "_country", "_code"))
    date = f"CASE WHEN {_BY_DATE.format(side)} THEN left(s.published, 10) END"
    found = ask(f"SELECT {columns}, {date} AS date, count(*) AS times FROM {table} s WHERE {where} GROUP BY ALL", given)
    return zip(*(column.to_pylist() for column in found.columns), strict=True)


@lru_cache(maxsize=1 << 16)
def _rolled_up(id: str, kind: str | None, country: str | None, code: str | None, on: str | None) -> str:
    return speaks_for(Holder(id, kind, country, code), on)


def _as_read(id: str, *_: object) -> str:
    return id


@lru_cache(maxsize=1 << 16)
def _who(name: str | None, kind: str | None, country: str | None, code: str | None) -> Who | None:
    return Who(name, kind or "", country, code or "") if name else None


def _most_often(ways: Counter[Who | None]) -> Who | None:
    return min((who for who in ways if who), key=lambda who: (-ways[who], str(who)), default=None)
