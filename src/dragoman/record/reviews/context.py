"""Reviewed rows -> rows whose every reference exists: actors and statements that reviews bring come along with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dragoman.record.reviews import rows
from dragoman.record.reviews.anchors import relocated
from dragoman.record.reviews.review import KINDS, Review, Row


def repaired(lists: Mapping[str, Sequence[Row]], plain: Row, reviews: Iterable[Review]) -> dict[str, Any]:
    """The lists of an analysis, all of them, in which every actor and statement that a row names is there.

    A statement that was judged and read again is the one now read in its place; one that is not read any more comes with the
    rows that stand in it. What stood in a rejected statement stands in the one around it.
    """
    brought = tuple(reviews)
    statements = _Statements(lists["statements"], plain, brought)
    fixed: dict[str, list[dict[str, Any]]] = {}
    for kind in ("stances", "events", "statements"):
        name = rows.REFERENCE[kind]
        fixed[kind] = [{**row, name: statements.standing(row[name])} for row in lists[kind]]
    fixed["statements"] += statements.added
    known = {actor["id"]: actor for review in brought for actor in review.actors} | {
        a["id"]: a for a in plain["actors"]
    }
    named = {id for kind in KINDS for row in fixed[kind] for id in rows.actor_ids(kind, row)}
    own = {a["id"] for a in plain["actors"]}
    more = [known[id] for id in sorted(named - own) if id in known]
    rest = {name: plain[name] for name in ("mentions", "skipped")}
    return {**rest, **fixed, "actors": [*plain["actors"], *more]}


class _Statements:
    """The statements of the reviewed analysis, and where each id that a row may name now leads."""

    def __init__(self, kept: Sequence[Row], plain: Row, reviews: Sequence[Review]) -> None:
        self.added: list[dict[str, Any]] = []
        self._kept = {row["id"]: row for row in kept}
        self._read = {row["id"]: row for row in plain["statements"]}
        self._carried = {row["id"]: row for review in reviews for row in review.statements}
        self._text = plain["document"]["text"]
        self._leads: dict[str | None, str | None] = {None: None}

    def standing(self, id: str | None) -> str | None:
        """The id of the statement that the row stands in now."""
        if id not in self._leads:
            self._leads[id] = None  # ends a circle, should there be one
            self._leads[id] = self._found(str(id))
        return self._leads[id]

    def _found(self, id: str) -> str | None:
        if id in self._kept:
            return id
        if id in self._read:
            return self.standing(self._read[id]["within"])
        if id in self._carried:
            return self._bring(self._carried[id])
        return None

    def _bring(self, carried: Row) -> str | None:
        try:
            row = rows.complete("statements", relocated(carried, self._text))
        except LookupError:
            return self.standing(carried["within"])
        there = rows.best(self._kept.values(), lambda r: rows.alike("statements", r, row))
        if there is not None:
            return str(there["id"])
        self.added.append({**row, "within": self.standing(row["within"])})
        return str(row["id"])
