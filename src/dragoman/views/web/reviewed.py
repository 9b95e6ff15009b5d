"""Stances as people put them right, and the positions that they add up to, found again quickly after every decision."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from heapq import merge

import pyarrow as pa

from dragoman.record import Record, Selection
from dragoman.record.positions import Evidence, Found, Position, Who, find, positions
from dragoman.record.positions.evidence import Ask, order
from dragoman.views.web.desk import Desk

_STANCES = re.compile(r"\bstances\b(?=\s+s\b)")
_JUDGED = "(SELECT r.* FROM stances_reviewed r SEMI JOIN reviews USING (document_id))"
"""The stances of documents in which somebody judged something."""


def standing(desk: Desk, chosen: Selection) -> tuple[Position, ...]:
    """The positions of a selection."""
    evidence = found(desk, chosen)
    return desk.once(("positions", chosen), lambda _: positions(evidence))


def found(desk: Desk, chosen: Selection) -> Found:
    """The evidence of a selection; who, on what and toward whom is picked out of all evidence, which is known already."""
    everything = replace(chosen, actors=(), measures=(), toward=())
    every = _every(desk, everything)
    actors, toward = (_meant(every.who, names) for names in (chosen.actors, chosen.toward))
    if actors is None or toward is None:
        return desk.once(("found", chosen), lambda record: find(_asked(record, "stances_reviewed"), chosen))

    def is_chosen(e: Evidence) -> bool:
        return (
            (not chosen.actors or e.actor in actors)
            and (not chosen.toward or e.toward in toward)
            and (not chosen.measures or e.measure in chosen.measures)
        )

    return every if chosen == everything else Found(tuple(filter(is_chosen, every.evidence)), every.who)


def _every(desk: Desk, everything: Selection) -> Found:
    """What the readings say, kept until documents are read, and in it what people put right.

    Reviews touch few documents, so that a decision costs no look at every stance. Actors are called as readings call them.
    """
    read = desk.once(("read", everything), lambda record: find(record.sql, everything), "readings")
    return desk.once(("found", everything), lambda record: _put_right(record, read, everything))


def _put_right(record: Record, read: Found, everything: Selection) -> Found:
    judged = {seen.machine.document.id for seen in record.reviewed_documents()}
    if not judged:
        return read
    right = find(_asked(record, _JUDGED), everything)
    others = (e for e in read.evidence if e.document not in judged)
    return Found(tuple(merge(others, right.evidence, key=order)), {**right.who, **read.who})


def _asked(record: Record, table: str) -> Ask:
    """`record.sql` that reads another table where a query reads `stances`: it must have the same columns."""

    def ask(query: str, parameters: tuple[object, ...]) -> pa.Table:
        return record.sql(_STANCES.sub(table, query), parameters)

    return ask


def _meant(who: Mapping[str, Who], names: tuple[str, ...] | str) -> frozenset[str] | None:
    """The ids that are written so, or called so, in this evidence; None where one of the names is neither."""
    meant: set[str] = set()
    for wanted in names:
        folded = wanted.casefold()
        ids = {id for id, known in who.items() if folded in (id.casefold(), known.name.casefold())}
        if not ids:
            return None
        meant |= ids
    return frozenset(meant)
