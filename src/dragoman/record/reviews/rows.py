"""What rows of the contract say, and whether two of them say the same: rows are plain JSON values here.

A row that a newer reader makes is another row than the one that was judged, even in the same place. `says` is what a verdict was
about; `alike` finds the row that has taken its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from typing import Any

from dragoman.analysis import Analysis, Event, Stance, Statement
from dragoman.document import Document
from dragoman.record.reviews.review import Kind, Row

TYPES = {"statements": Statement, "events": Event, "stances": Stance}
_HALF = 0.5
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def says(kind: Kind, row: Row) -> tuple[Any, ...]:
    """What the row says, without when, where, how firmly and how surely."""
    match kind:
        case "events":
            parties = (tuple(sorted(map(who, row[role]))) for role in ("actors", "recipients"))
            return (row["type"], *parties, row["polarity"], row["modality"], row["claimed_in"] is None)
        case "stances":
            return (who(row["holder"]), row["measure"]["type"], row["stance"], row["toward"])
        case "statements":
            words = " ".join(part["text"] for part in row["content"])
            return (who(row["source"]), _BETWEEN_WORDS.sub(" ", words).strip())


def alike(kind: Kind, one: Row, other: Row) -> float:
    """How much two rows about one text are about the same thing, 0 (not at all) to 1; both read at any time, by any reader."""
    shared = _shared(focus(kind, one), focus(kind, other))
    match kind:
        case "events":
            same = one["type"] == other["type"] or _parties(one) == _parties(other)
        case "stances":
            holder = who(one["holder"]) == who(other["holder"]) or _shared(one["holder"], other["holder"]) > 0
            same = holder and (one["measure"]["type"] == other["measure"]["type"] or shared == 1)
        case "statements":
            same = shared >= _HALF
    return shared if same else 0.0


def focus(kind: Kind, row: Row) -> Row:
    """The words that the row is about: an event's anchor, a stance's measure, what a statement says."""
    match kind:
        case "events":
            return row["anchor"]  # type: ignore[no-any-return]
        case "stances":
            return row["measure"]  # type: ignore[no-any-return]
        case "statements":
            parts = row["content"] or [part for part in (row["cue"], row["source"]) if part]
            if not parts:
                return {"start": 0, "end": 0, "text": ""}
            start, end = min(p["start"] for p in parts), max(p["end"] for p in parts)
            return {"start": start, "end": end, "text": " … ".join(p["text"] for p in parts)}


def who(party: Row | None) -> str:
    """The actor that a party stands for; its words where that is undecided."""
    if party is None:
        return ""
    return party.get("actor") or f"“{party['text']}”"


def actor_ids(kind: Kind, row: Row) -> Iterator[str]:
    """The ids of actors that the row refers to."""
    match kind:
        case "events":
            parties = [*row["actors"], *row["recipients"]]
        case "stances":
            parties = [row["holder"], {"actor": row["toward"]}]
        case "statements":
            parties = [row["source"] or {}]
    yield from (p["actor"] for p in parties if p.get("actor") is not None)


REFERENCE: Mapping[Kind, str] = {"statements": "within", "events": "claimed_in", "stances": "statement"}
"""The field of a row that names the statement it stands in."""


def complete(kind: Kind, row: Row) -> dict[str, Any]:
    """The row with every field that rows have now: what an older version did not know has its default."""
    known = {f.name: f.default for f in fields(TYPES[kind])}
    return {name: row[name] if name in row else _plain(default) for name, default in known.items()}


def changed(row: Row, changes: Row) -> dict[str, Any]:
    """The row with the changes made: an object is merged into the one there, everything else replaces it."""
    after = dict(row)
    for name, value in changes.items():
        there = row.get(name)
        after[name] = {**there, **value} if isinstance(there, Mapping) and isinstance(value, Mapping) else value
    return after


def difference(row: Row, after: Row) -> dict[str, Any]:
    """The changes that make one row the other, its id and score apart."""
    return {name: v for name, v in after.items() if name not in ("id", "score") and v != row.get(name)}


def typed(document: Document, kind: Kind, row: Row) -> Event | Stance | Statement:
    """The row as a value of its type; KeyError or TypeError where it is none."""
    found: tuple[Event | Stance | Statement, ...] = getattr(analysis_of(document, {kind: [row]}), kind)
    return found[0]


def analysis_of(document: Document, lists: Mapping[str, Any], reader: str = "") -> Analysis:
    """An analysis of those lists of plain rows; what is not given is empty."""
    empty: dict[str, Any] = {f.name: [] for f in fields(Analysis) if f.default == ()}
    about = {name: getattr(document, name) for name in ("text", "title", "publisher", "published", "url", "language")}
    return Analysis.from_dict({**empty, **lists, "reader": reader, "document": about})


def best(candidates: Iterable[Any], likeness: Callable[[Any], float]) -> Any:
    """The candidate that is most alike, the first of equals; None where none is alike at all."""
    found, most = None, 0.0
    for candidate in candidates:
        if (much := likeness(candidate)) > most:
            found, most = candidate, much
    return found


def _parties(row: Row) -> tuple[list[str], list[str]]:
    return sorted(map(who, row["actors"])), sorted(map(who, row["recipients"]))


def _shared(one: Row, other: Row) -> float:
    """The shared part of two stretches, of what they cover together; 1 for the same place, also an empty one."""
    if (one["start"], one["end"]) == (other["start"], other["end"]):
        return 1.0
    common: int = min(one["end"], other["end"]) - max(one["start"], other["start"])
    together: int = max(one["end"], other["end"]) - min(one["start"], other["start"])
    return max(common, 0) / together


def _plain(default: Any) -> Any:
    """A default as JSON has it; a field that cannot be left out has none, and is None."""
    return None if default is MISSING else list(default) if isinstance(default, tuple) else default
