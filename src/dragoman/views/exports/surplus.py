"""Analyses -> which of their rows are not written, because others stand for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from dragoman.analysis import Analysis
from dragoman.record.repetitions import Kind, Row

Surplus = Mapping[Kind, Collection[Row]]
"""Of each kind the rows (by the ids of document and row) for which another one stands."""

KINDS: tuple[Kind, ...] = ("events", "stances", "statements")
"""The kinds of rows that documents have; the statements that others point at are known last."""


class Repeated(Protocol):
    """Which of some rows repeat others among them, those that are `needed` coming first: `Record.repeated`."""

    def __call__(self, kind: Kind, rows: Collection[Row], *, needed: Collection[Row] = ...) -> Collection[Row]: ...


def surplus(analyses: Iterable[Analysis], repeated: Repeated) -> Surplus:
    """Which rows of the analyses repeat others among them. Of statements those count that a row which counts points at."""
    asked = _Asked.of(analyses)
    found: dict[Kind, Collection[Row]] = {}
    for kind, rows in asked.rows.items():
        found[kind] = repeated(kind, rows, needed=asked.needed(found) if kind == "statements" else ())
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """All documents and rows of some analyses by kind, and the statement that each row points at, if any."""

    rows: dict[Kind, list[Row]]
    pointers: dict[Row, Row]

    @classmethod
    def of(cls, analyses: Iterable[Analysis]) -> _Asked:
        asked = cls({kind: [] for kind in ("documents", *KINDS)}, {})
        for analysis in analyses:
            asked.rows["documents"].append((analysis.document.id, analysis.document.id))
            asked._add(analysis.document.id, "statements", ((s.id, s.within) for s in analysis.statements))
            asked._add(analysis.document.id, "events", ((e.id, e.claimed_in) for e in analysis.events))
            asked._add(analysis.document.id, "stances", ((s.id, s.statement) for s in analysis.stances))
        return asked

    def _add(self, document: str, kind: Kind, rows: Iterable[tuple[str, str | None]]) -> None:
        for id, statement in rows:
            self.rows[kind].append((document, id))
            if statement is not None:
                self.pointers[document, id] = document, statement

    def needed(self, left_out: Surplus) -> frozenset[Row]:
        """The statements that events and stances point at which are not left out, and those around them."""
        found: set[Row] = set()
        for kind in ("events", "stances"):
            for row in self.rows[kind]:
                at = None if row in left_out[kind] else self.pointers.get(row)
                while at is not None and at not in found:
                    found.add(at)
                    at = self.pointers.get(at)
        return frozenset(found)
