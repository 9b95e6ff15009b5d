"""Positions as people put them right, and the part of them that a page asks for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pyarrow as pa

from dragoman.record import Record, Selection
from dragoman.record.positions import Position, find, positions
from dragoman.record.positions.evidence import Ask
from dragoman.views.web.desk import Desk

_STANCES = re.compile(r"\bstances\b(?=\s+s\b)")


def as_reviewed(record: Record) -> Ask:
    """`record.sql` that reads `stances_reviewed` where a query reads `stances`: both have the same columns."""

    def ask(query: str, parameters: tuple[Any, ...]) -> pa.Table:
        return record.sql(_STANCES.sub("stances_reviewed", query), parameters)

    return ask


def standing(desk: Desk, chosen: Selection) -> tuple[Position, ...]:
    """The positions of a selection; who, on what and toward whom is picked out of all positions, which are known already."""
    everything = replace(chosen, actors=(), measures=(), toward=())
    every: tuple[Position, ...] = desk.once(
        ("held", everything), lambda record: positions(find(as_reviewed(record), everything))
    )
    if chosen == everything:
        return every
    actors, toward = (_meant(every, names) for names in (chosen.actors, chosen.toward))
    if actors is None or toward is None:
        return desk.once(("held", chosen), lambda record: positions(find(as_reviewed(record), chosen)))
    return tuple(
        p
        for p in every
        if (not actors or p.actor in actors)
        and (not toward or p.toward in toward)
        and (not chosen.measures or p.measure in chosen.measures)
    )


def _meant(every: tuple[Position, ...], names: tuple[str, ...] | str) -> frozenset[str] | None:
    """The ids that are written so, or called so, in these positions; None where one of the names is neither."""
    called = [(p.actor, p.name) for p in every] + [(p.toward, p.toward_name) for p in every if p.toward]
    found: set[str] = set()
    for wanted in names:
        folded = wanted.casefold()
        ids = {id for id, name in called if id and folded in (id.casefold(), (name or "").casefold())}
        if not ids:
            return None
        found |= ids
    return frozenset(found)
