"""A holder and the date -> whose stance it counts as: people, offices and organs of a state count as their state.

Whoever rises against the state, or has left it, speaks for himself, and so does a bloc: its members' stances are not its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dragoman.knowledge import Entry, Gazetteer
from dragoman.knowledge.entries import NON_STATE_CODES
from dragoman.knowledge.periods import covers

AGAINST = frozenset({"OPP", "REB", "PRE", "UAF"})
"""Sectors whose people never count as the state: opposition, rebels, breakaway regions, unidentified armed forces."""

ORGANS = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
"""Sectors that are parts of a state."""

_BODIES = {"UNO": "UN", "EUR": "EU"}
"""Codes of bodies that have one id; the other codes are classes of actors."""

PEOPLE = frozenset({"person", "office", "unnamed"})
"""Kinds of actors who may speak for a state or an organisation."""

_STATE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Holder:
    """An actor as a table of the record shows it: `code` is country and sectors joined."""

    id: str
    kind: str | None
    country: str | None
    code: str | None

    @property
    def sectors(self) -> frozenset[str]:
        rest = (self.code or "").removeprefix(self.country or "")
        return frozenset(rest[i : i + 3] for i in range(0, len(rest), 3))


@dataclass(frozen=True, slots=True, order=True)
class Who:
    """What an actor is called and what he is, as in a table of the record."""

    name: str
    kind: str = ""
    country: str | None = None
    code: str = ""


def speaks_for(holder: Holder, on: str | None) -> str:
    """The id of the state or body whose stance it is on that date; the holder's own where he speaks for himself.

    Persons, offices and unnamed officials count as their country unless they belong to the sectors AGAINST, or to sectors of
    which none is an organ of a state (journalists, civilians, firms, parties); of organisations only the organs. Officials of
    an international organisation count as that organisation.
    """
    if not _official(holder):
        return holder.id
    country = holder.country or ""
    if _STATE.fullmatch(country) and country not in NON_STATE_CODES:
        return country
    if holder.kind in PEOPLE:
        return body_of(holder.id, on) or _BODIES.get(country, holder.id)
    return holder.id


def body_of(person: str, on: str | None) -> str | None:
    """The id of the organisation that a known person spoke for on that date, if there is one."""
    tenures = [e for e in _entries(person) if e.kind == "person" and covers(e.since, e.until, on)]
    parents = {e.parent for e in tenures}
    return parents.pop() if len(parents) == 1 else None


def introduced(id: str) -> Who:
    """What the gazetteer knows of an id; the bare id where it knows nothing."""
    entry = next(reversed(_entries(id)), None)
    if entry is None:
        return Who(id)
    return Who(entry.name, entry.kind, entry.country, (entry.country or "") + "".join(entry.sectors))


@cache
def gazetteer() -> Gazetteer:
    """dragoman's own gazetteer, opened when a name or a membership is first asked for."""
    return Gazetteer.load()


def _entries(id: str) -> tuple[Entry, ...]:
    return gazetteer().entries(id)


def _official(holder: Holder) -> bool:
    sectors = holder.sectors
    if not AGAINST.isdisjoint(sectors):
        return False
    if holder.kind in PEOPLE:
        return not sectors or not ORGANS.isdisjoint(sectors)
    return holder.kind == "organization" and not ORGANS.isdisjoint(sectors)
