"""Stances as people put them right, and the positions that they add up to, found again quickly after every decision."""

from __future__ import annotations

import re
from bisect import insort
from dataclasses import replace

import pyarrow as pa

from dragoman.record import Record, Selection
from dragoman.record.positions import Found, Position, gather, meant, narrowed, positions
from dragoman.record.positions.evidence import Ask, order
from dragoman.views.web.desk import Desk

_STANCES = re.compile(r"\bstances\b(?=\s+s\b)")
_JUDGED = "(SELECT r.* FROM stances_reviewed r SEMI JOIN reviews USING (document_id))"
"""The stances of documents in which somebody judged something."""


def standing(desk: Desk, chosen: Selection) -> tuple[Position, ...]:
    """The positions of a selection; of one actor, measure or target they are those of everybody that are his."""
    wide = replace(chosen, actors=(), measures=(), toward=())
    evidence = found(desk, wide)
    held = desk.once(("positions", wide), lambda _: positions(evidence))
    actors, toward = meant(chosen.actors, evidence.who), meant(chosen.toward, evidence.who)
    return tuple(
        p
        for p in held
        if (not chosen.actors or p.actor in actors)
        and (not chosen.toward or p.toward in toward)
        and (not chosen.measures or p.measure in chosen.measures)
    )


def found(desk: Desk, chosen: Selection) -> Found:
    """The evidence of a selection, picked out of all evidence, which is known already."""
    wide = replace(chosen, actors=(), measures=(), toward=())
    read = desk.once(("read", wide.by), lambda record: gather(record.sql, Selection(by=wide.by)), "readings")
    picked = desk.once(("picked", wide), lambda _: narrowed(read, wide), "readings")
    right = desk.once(("found", wide), lambda record: _put_right(record, picked, wide))
    return right if chosen == wide else desk.once(("found", chosen), lambda _: narrowed(right, chosen))


def _put_right(record: Record, read: Found, chosen: Selection) -> Found:
    """What the readings say, and in it what people put right.

    Reviews touch few documents, so that a decision costs no look at every stance. Actors are called as readings call them.
    """
    judged = {seen.machine.document.id for seen in record.reviewed_documents()}
    if not judged:
        return read
    right = gather(_judged(record), Selection(by=chosen.by))
    who = {**right.who, **read.who}
    evidence = [e for e in read.evidence if e.document not in judged]
    for e in narrowed(Found(right.evidence, who), chosen).evidence:
        insort(evidence, e, key=order)
    return Found(tuple(evidence), who)


def _judged(record: Record) -> Ask:
    """`record.sql` that reads the stances of judged documents, put right, where a query reads `stances`."""

    def ask(query: str, parameters: tuple[object, ...]) -> pa.Table:
        return record.sql(_STANCES.sub(_JUDGED, query), parameters)

    return ask
