"""Stances as people put them right, and the positions that they add up to, found again quickly after every decision."""

from __future__ import annotations

import re
from bisect import insort
from dataclasses import replace

import pyarrow as pa

from dragoman.record import Record, Selection
from dragoman.record.positions import Evidence, Found, Position, by_name, gather, meant, narrowed, positions
from dragoman.record.positions.evidence import Ask, order
from dragoman.views.web.desk import Desk

_STANCES = re.compile(r"\bstances\b(?=\s+s\b)")
_JUDGED = "(SELECT r.* FROM stances_reviewed r SEMI JOIN reviews USING (document_id))"
"""The stances of documents in which somebody judged something."""


def standing(desk: Desk, chosen: Selection) -> tuple[Position, ...]:
    """The positions of a selection; of one actor, measure or target they are those of everybody that are his."""
    wide = replace(chosen, actors=(), measures=(), toward=())
    evidence = found(desk, wide)
    held = desk.once(("positions", wide), lambda record: _standing(desk, record, wide, evidence))
    actors, toward = meant(chosen.actors, evidence.who), meant(chosen.toward, evidence.who)
    return tuple(
        p
        for p in held
        if (not chosen.actors or p.actor in actors)
        and (not chosen.toward or p.toward in toward)
        and (not chosen.measures or p.measure in chosen.measures)
    )


def _standing(desk: Desk, record: Record, wide: Selection, right: Found) -> tuple[Position, ...]:
    """The positions of what is right: those as they were read, made again where a judged document has a say."""
    read = _picked(desk, wide)
    as_read = desk.once(("positions as read", wide), lambda _: positions(read), "readings")
    judged = _judged_documents(record)
    touched = {_matter(e) for e in (*read.evidence, *right.evidence) if e.document in judged}
    if not touched:
        return as_read
    again = positions(Found(tuple(e for e in right.evidence if _matter(e) in touched), right.who))
    untouched = (p for p in as_read if _matter(p) not in touched)
    return tuple(sorted((*untouched, *again), key=by_name))


def _matter(one: Evidence | Position) -> tuple[str, str, str | None]:
    """Whose stance on what toward whom."""
    return one.actor, one.measure, one.toward


def found(desk: Desk, chosen: Selection) -> Found:
    """The evidence of a selection, picked out of all evidence, which is known already."""
    wide = replace(chosen, actors=(), measures=(), toward=())
    picked = _picked(desk, wide)
    right = desk.once(("found", wide), lambda record: _put_right(record, picked, wide))
    return right if chosen == wide else desk.once(("found", chosen), lambda _: narrowed(right, chosen))


def _picked(desk: Desk, wide: Selection) -> Found:
    """The evidence of a selection as it was read."""
    read = desk.once(("read", wide.by), lambda record: gather(record.sql, Selection(by=wide.by)), "readings")
    return desk.once(("picked", wide), lambda _: narrowed(read, wide), "readings")


def _put_right(record: Record, read: Found, chosen: Selection) -> Found:
    """What the readings say, and in it what people put right.

    Reviews touch few documents, so that a decision costs no look at every stance. Actors are called as readings call them.
    """
    judged = _judged_documents(record)
    if not judged:
        return read
    right = gather(_judged(record), Selection(by=chosen.by))
    who = {**right.who, **read.who}
    evidence = [e for e in read.evidence if e.document not in judged]
    for e in narrowed(Found(right.evidence, who), chosen).evidence:
        insort(evidence, e, key=order)
    return Found(tuple(evidence), who)


def _judged_documents(record: Record) -> set[str]:
    return {seen.machine.document.id for seen in record.reviewed_documents()}


def _judged(record: Record) -> Ask:
    """`record.sql` that reads the stances of judged documents, put right, where a query reads `stances`."""

    def ask(query: str, parameters: tuple[object, ...]) -> pa.Table:
        return record.sql(_STANCES.sub(_JUDGED, query), parameters)

    return ask
