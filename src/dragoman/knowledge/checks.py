"""Entries and memberships -> the faults that no single row can show.

Countries, parents, organisations and members exist, and at some time together; no actor is its own ancestor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dragoman.errors import KnowledgeError
from dragoman.knowledge.entries import NON_STATE_CODES, Entry, Membership
from dragoman.knowledge.periods import overlap

SHOWN = 20
"""An error message lists so many faults and counts the rest."""

Entries = Mapping[str, Sequence[Entry]]
Placed = tuple[str, int, Entry | Membership]
"""What a row says, after its file and line."""


def check(rows: Iterable[Placed], entries: Entries) -> None:
    """Raise KnowledgeError, naming file, line, rule and remedy of the faults, unless the rows fit together."""
    faults = [f"{file}, line {line}: {fault}" for file, line, item in rows for fault in _faults(item, entries)]
    if faults:
        rest = f"\nand {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        raise KnowledgeError(
            f"The gazetteer contradicts itself in {len(faults)} places:\n" + "\n".join(faults[:SHOWN]) + rest
        )


def _faults(item: Entry | Membership, entries: Entries) -> Iterator[str]:
    if isinstance(item, Membership):
        yield from _membership_faults(item, entries)
    else:
        yield from _country_faults(item, entries)
        yield from _parent_faults(item, entries)


def _country_faults(entry: Entry, entries: Entries) -> Iterator[str]:
    if entry.country is None or entry.country in NON_STATE_CODES or entry.country == entry.id:
        return
    state = entries.get(entry.country, ())
    if not state or state[0].kind != "state":
        yield (
            f"{entry.country!r} of {entry.id} is neither a state nor one of {', '.join(sorted(NON_STATE_CODES))}. "
            "Add the state to states.csv or correct the code."
        )
    elif not _meet(entry, state):
        yield f"{_dated(entry)} never met {_dated(state[0])}. Correct the dates, or name the state of that time."


def _parent_faults(entry: Entry, entries: Entries) -> Iterator[str]:
    if entry.parent is None:
        return
    parent = entries.get(entry.parent, ())
    if not parent:
        yield f"the parent {entry.parent!r} of {entry.id} does not exist. Add it or correct the id."
    elif _in_circle(entry, entries):
        yield f"{entry.id} is its own ancestor. Correct its parent {entry.parent}."
    elif not _meet(entry, parent):
        yield f"{_dated(entry)} never met its parent {_dated(parent[0])}. Correct the dates or the parent."


def _in_circle(entry: Entry, entries: Entries) -> bool:
    seen: set[str] = set()
    above = entry.parent
    while above is not None and above not in seen:
        if above == entry.id:
            return True
        seen.add(above)
        above = next((up.parent for up in entries.get(above, ())), None)
    return False


def _membership_faults(row: Membership, entries: Entries) -> Iterator[str]:
    for id, kinds in ((row.organization, ("organization", "bloc")), (row.member, ("state", "organization"))):
        found = entries.get(id, ())
        if not found or found[0].kind not in kinds:
            yield f"{id!r} is no {' or '.join(kinds)}. Add it to the gazetteer or correct the id."
        elif not _meet(row, found):
            yield f"{row.member} joins {row.organization} {_span(row)}, but {_dated(found[0])}. Correct the dates."


def _meet(item: Entry | Membership, others: Sequence[Entry]) -> bool:
    return any(overlap(item.since, item.until, other.since, other.until) for other in others)


def _dated(entry: Entry) -> str:
    return f"{entry.id} ({_span(entry)})"


def _span(item: Entry | Membership) -> str:
    return f"{item.since or ''}..{item.until or ''}"
