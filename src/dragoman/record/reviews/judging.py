"""What a person saw + what he decided -> reviews to add to the log. Nothing here reads a clock or writes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypedDict, Unpack

from dragoman.analysis import Actor
from dragoman.errors import UsageError
from dragoman.knowledge.gazetteer import Gazetteer
from dragoman.record.reviews import rows, values
from dragoman.record.reviews.anchors import quoted
from dragoman.record.reviews.overlay import Reviewed
from dragoman.record.reviews.review import KINDS, Kind, Review, Row, Verdict


class By(TypedDict, total=False):
    """What every decision may say: `reviewer` and `at` it must. `actors` are those that neither the document nor the
    gazetteer knows."""

    reviewer: str
    at: str
    note: str | None
    batch: str | None
    final: bool
    sample: str | None
    actors: Sequence[Actor]


def judge(
    seen: Reviewed, kind: Kind, id: str, verdict: Verdict, *, changes: Row | None = None, **by: Unpack[By]
) -> Review:
    """A verdict on the row of that id, as it is in `seen`: what is accepted or corrected is the row with what others have
    already put right. A blind coder sees `Reviewed(machine=analysis, analysis=analysis)`.

    `changes` maps field names of the contract to the right values; an object is merged into the one there, everything else
    replaces it. Raises UsageError for a row that is not there and for values that cannot be.
    """
    row, shown = _row(seen, kind, id)
    given = changes or {}
    values.check_fields(kind, given)
    _check_reference(seen, kind, given)
    if bool(given) != (verdict == "correct"):
        raise UsageError("A correction, and only a correction, says what is right instead; give `changes` with it.")
    if verdict == "add":
        raise UsageError("A row that is not there is added with `add_row`; this one can be accepted or corrected.")
    after = rows.changed(shown, given)
    if verdict == "correct" and after == shown:
        raise UsageError(f"The correction of {kind} {id} changes nothing; accept the row instead.")
    kept = rows.difference(row, after) if verdict in ("accept", "correct") else {}
    return _review(seen, kind, verdict, row, kept, by)


def add_row(seen: Reviewed, kind: Kind, row: Row, **by: Unpack[By]) -> Review:
    """A row that the reading lacks: the fields of the contract without `id`; what is left out has its default."""
    if kind not in KINDS:
        raise UsageError(f"{kind!r} are no rows to add; they are {', '.join(KINDS)}.")
    values.check_fields(kind, row)
    _check_reference(seen, kind, row)
    complete = rows.complete(kind, row)
    return _review(seen, kind, "add", {**complete, "id": f"r{_digest(kind, complete)}", "score": 1.0}, {}, by)


def split(seen: Reviewed, kind: Kind, id: str, pieces: Sequence[Row], **by: Unpack[By]) -> tuple[Review, ...]:
    """One row that is really several: each piece gives the changes that make it. The first stays in the row's place."""
    if len(pieces) < 2:
        raise UsageError(f"A split of {kind} {id} needs at least two pieces.")
    by = _together(by, kind, id, *pieces)
    _, shown = _row(seen, kind, id)
    first = judge(seen, kind, id, "correct" if pieces[0] else "accept", changes=pieces[0], **by)
    others = (rows.difference({}, rows.changed(shown, piece)) for piece in pieces[1:])
    return first, *(add_row(seen, kind, other, **by) for other in others)


def merge(
    seen: Reviewed, kind: Kind, ids: Sequence[str], changes: Row | None = None, **by: Unpack[By]
) -> tuple[Review, ...]:
    """Several rows that are really one: the first stays, with the changes if there are any, the others go."""
    if len(set(ids)) < 2:
        raise UsageError(f"A merge needs at least two different {kind}.")
    by = _together(by, kind, *ids)
    first = judge(seen, kind, ids[0], "correct" if changes else "accept", changes=changes, **by)
    gone: By = {**by, "note": by.get("note") or f"the same as {ids[0]}"}
    return first, *(judge(seen, kind, id, "reject", **gone) for id in ids[1:])


def undo(of: str, *, reviewer: str, at: str, note: str | None = None) -> Review:
    """Take back the review of that id, or all reviews of that batch; undone itself, it takes back nothing."""
    return Review(verdict="undo", reviewer=reviewer, at=at, undoes=of, note=note)


def _row(seen: Reviewed, kind: Kind, id: str) -> tuple[Row, Row]:
    """The row that the verdict is about, and the same as it is shown: with what has been put right."""
    if kind not in KINDS:
        raise UsageError(f"{kind!r} cannot be reviewed; {', '.join(KINDS)} can.")
    target = seen.target(kind, id)
    if target is not None:
        row = target.machine or target.judged
        return row, target.result or row
    found = next((r for r in seen.machine.to_dict()[kind] if r["id"] == id), None)
    if found is None:
        raise UsageError(
            f"Document {seen.machine.document.id} has no row {id!r} among its {kind}; it may have been read again."
        )
    return found, found


def _review(seen: Reviewed, kind: Kind, verdict: Verdict, row: Row, changes: Row, by: By) -> Review:
    document = seen.machine.document
    right = rows.changed(row, changes)
    values.check(kind, right, document)
    about = {name: getattr(document, name) for name in ("id", "url", "title", "publisher", "published")}
    given = {name: value for name, value in by.items() if name != "actors"}
    return Review(
        verdict=verdict,
        document={name: value for name, value in about.items() if value is not None},
        kind=kind,
        row=quoted(row, document.text),
        changes=quoted(changes, document.text),
        actors=tuple(_actors(seen, kind, (row, right), by.get("actors", ()))),
        statements=tuple(quoted(s, document.text) for s in _statements(seen, kind, right)),
        reader=seen.machine.reader,
        **given,  # type: ignore[arg-type]
    )


def _actors(seen: Reviewed, kind: Kind, named: Iterable[Row], given: Sequence[Actor]) -> Iterator[Row]:
    """Every actor that the rows name, and those of the statements around them, once each."""
    known = {a.id: a for a in (*given, *seen.analysis.actors, *seen.machine.actors)}
    around = (("statements", s) for row in named for s in _statements(seen, kind, row))
    every: list[tuple[Kind, Row]] = [*((kind, row) for row in named), *around]  # type: ignore[list-item]
    for id in dict.fromkeys(id for k, row in every for id in rows.actor_ids(k, row)):
        yield _plain(known.get(id) or _actor(id, seen.machine.document.published))


def _actor(id: str, on: str | None) -> Actor:
    """An actor of the gazetteer, as he was on that date if it knows."""
    entries = _gazetteer().entries(id)
    if not entries:
        raise UsageError(
            f"No actor {id!r} is in the document or known otherwise; give him in `actors` with name and kind."
        )
    then = [e for e in entries if on is None or (e.since or "") <= on <= (e.until or "9999")]
    entry = (then or entries)[-1]
    return Actor(id=id, name=entry.name, kind=entry.kind, country=entry.country, sectors=entry.sectors)


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.load()


def _statements(seen: Reviewed, kind: Kind, row: Row) -> Iterator[Row]:
    """The statement that the row stands in, and those around that one, as far as they are read."""
    known = _known_statements(seen)
    id = row.get(rows.REFERENCE[kind])
    while id in known:
        statement = known.pop(id)
        yield statement
        id = statement["within"]


def _check_reference(seen: Reviewed, kind: Kind, given: Row) -> None:
    id = given.get(rows.REFERENCE[kind])
    if id is not None and id not in _known_statements(seen):
        raise UsageError(f"Document {seen.machine.document.id} has no statement {id!r}.")


def _known_statements(seen: Reviewed) -> dict[str | None, Row]:
    return {s["id"]: s for analysis in (seen.machine, seen.analysis) for s in analysis.to_dict()["statements"]}


def _together(by: By, *content: Any) -> By:
    """The same with a batch, so that one undo takes all of it back."""
    return {**by, "batch": by.get("batch") or f"b{_digest(by.get('reviewer'), by.get('at'), *content)}"}


def _plain(actor: Actor) -> dict[str, Any]:
    return {name: list(v) if isinstance(v, tuple) else v for name in Actor.__slots__ for v in (getattr(actor, name),)}


def _digest(*content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=_mapping).encode()).hexdigest()[:12]


def _mapping(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else list(value)
