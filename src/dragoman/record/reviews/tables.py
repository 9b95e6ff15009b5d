"""The log laid over an open database: the table `reviews`, and beside every table of readings one with the verdicts applied.

`events_reviewed` has the columns of `events` and `review`, the state of the row: accepted, corrected, added, flagged, outdated,
or null where nobody has judged it. Rejected rows are not there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import duckdb
import pyarrow as pa

from dragoman.analysis import Analysis
from dragoman.record import schema
from dragoman.record.reviews import rows
from dragoman.record.reviews.anchors import unquoted
from dragoman.record.reviews.log import holding
from dragoman.record.reviews.overlay import Reviewed, Target, lay_over
from dragoman.record.reviews.review import Review

Standing = Literal["valid", "undone", "superseded", "overruled", "outdated", "lost"]

_TEXT = pa.string()
COLUMNS = pa.schema(
    [
        *(
            (name, _TEXT)
            for name in (
                "document_id",
                "publisher",
                "published",
                "id",
                "decided",
                "reviewer",
                "verdict",
                "kind",
                "row_id",
            )
        ),
        ("quote", _TEXT),
        ("quote_start", pa.int32()),
        ("quote_end", pa.int32()),
        *((name, _TEXT) for name in ("changes", "note", "state", "reason", "batch", "undoes")),
        ("final", pa.bool_()),
        ("sample", _TEXT),
        ("reader", _TEXT),
    ]
)
"""Of the table `reviews`. `quote` is what the row is about, where it now stands; offsets are null where it is lost."""

_STATES = pa.schema([(name, _TEXT) for name in ("document_id", "kind", "id", "review")])
_KEY = {
    "statements": ("statements", "id"),
    "contents": ("statements", "statement"),
    "events": ("events", "id"),
    "event_parties": ("events", "event"),
    "stances": ("stances", "id"),
}
"""Table -> the kind of its rows and the column that names one; the others have no state."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A review and what has become of it. `target` is None where it is lost, undone, or an undo; `reason` says what was lost."""

    review: Review
    standing: Standing
    home: str | None = None
    target: Target | None = None
    reason: str | None = None


class Overlay:
    """The reviewed tables of one connection, kept in step with the log: only documents with new reviews are laid over again."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, views: Mapping[str, str]) -> None:
        self._connection = connection
        self._entries: tuple[Review, ...] | None = None
        self._laid: dict[str, tuple[tuple[Review, ...], Reviewed]] = {}
        self._homes: dict[str | None, str | None] = {}
        self.listed: tuple[Listed, ...] = ()
        self._put("stored.laid", schema.READINGS.empty_table())
        self.refresh(())
        for name, select in _views(views):
            connection.execute(f"CREATE VIEW {name} AS {select}")

    def refresh(self, entries: tuple[Review, ...]) -> None:
        """Bring the tables up to date with the log."""
        if entries is self._entries:
            return
        by_home = self._by_home(entries)
        self._lay({home: reviews for home, reviews in by_home.items() if home is not None})
        self.listed = tuple(self._listed(entries, by_home))
        self._put("main.reviews", pa.Table.from_pylist([_row(one) for one in self.listed], schema=COLUMNS))
        self._put("stored.states", pa.Table.from_pylist(list(self._states()), schema=_STATES))
        self._entries = entries

    def reviewed(self, document_id: str) -> Reviewed | None:
        """A document's reading with its reviews; None where no reader has read the document."""
        if document_id in self._laid:
            return self._laid[document_id][1]
        machine = self._machine([document_id]).get(document_id)
        return None if machine is None else Reviewed(machine=machine, analysis=machine)

    def laid(self) -> Mapping[str, Reviewed]:
        """The reviewed documents by id."""
        return {id: reviewed for id, (_, reviewed) in self._laid.items()}

    def _by_home(self, entries: Iterable[Review]) -> dict[str | None, tuple[Review, ...]]:
        """The reviews of every document; undos, which may name a batch, are with each; None has what lost its document."""
        undos = tuple(r for r in entries if r.verdict == "undo")
        verdicts = [r for r in entries if r.verdict != "undo"]
        new = {r.document_id: r for r in verdicts if r.document_id not in self._homes}
        self._homes.update(self._find_homes(new))
        found: defaultdict[str | None, list[Review]] = defaultdict(list)
        for review in verdicts:
            found[self._homes[review.document_id]].append(review)
        return {home: (*reviews, *undos) for home, reviews in found.items()}

    def _find_homes(self, reviews: Mapping[str | None, Review]) -> Iterator[tuple[str | None, str | None]]:
        """Each document itself; if the record does not have it, the one that has its address, or the judged words."""
        there = {
            id for (id,) in self._ask("SELECT document_id FROM stored.documents WHERE document_id IN ?", list(reviews))
        }
        for id, review in reviews.items():
            yield id, id if id in there else self._successor(review)

    def _successor(self, review: Review) -> str | None:
        span = rows.focus(review.kind or "events", review.row)
        context = f"{span.get('prefix', '')}{span['text']}{span.get('suffix', '')}"
        for column, value in (("url = ?", review.document.get("url")), ("contains(text, ?)", context)):
            query = (
                f"SELECT document_id FROM stored.documents WHERE {column} ORDER BY published DESC, document_id LIMIT 1"
            )
            if value and (found := self._ask(query, value)):
                return str(found[0][0])
        return None

    def _lay(self, by_home: Mapping[str, tuple[Review, ...]]) -> None:
        """Lay the documents over whose reviews are no longer the ones that were laid."""
        gone = [id for id, (reviews, _) in self._laid.items() if by_home.get(id) != reviews]
        kept = {id: laid for id, laid in self._laid.items() if id not in set(gone)}
        machine = self._machine([id for id in by_home if id not in kept])
        new = {id: (by_home[id], lay_over(analysis, by_home[id])) for id, analysis in machine.items()}
        self._ask("DELETE FROM stored.laid WHERE document_id IN ?", gone)
        self._put("stored.laid", schema.readings_table(reviewed.analysis for _, reviewed in new.values()), into=True)
        self._laid = {**kept, **new}

    def _machine(self, ids: list[str]) -> dict[str, Analysis]:
        if not ids:
            return {}
        wanted = "WHERE document_id IN ?"
        documents = self._table(f"SELECT * FROM stored.documents {wanted}", ids)
        readings = self._table(f"SELECT * FROM stored.readings {wanted}", ids)
        by_id = {d.id: d for d in schema.documents_of(documents)}
        return {a.document.id: a for a in schema.analyses_of(readings, by_id)}

    def _listed(self, entries: Iterable[Review], by_home: Mapping[str | None, tuple[Review, ...]]) -> Iterator[Listed]:
        counted = {r.id for r in holding(entries)}
        places = {r.id: (id, t) for id, (_, seen) in self._laid.items() for t in seen.targets for r in t.reviews}
        lost = {one.review.id: one.words for _, seen in self._laid.values() for one in seen.lost}
        homeless = {r.id for r in by_home.get(None, ())}
        for review in entries:
            if review.id not in counted:
                yield Listed(review, "undone")
            elif review.verdict == "undo":
                yield Listed(review, "valid")
            elif review.id in places:
                home, target = places[review.id]
                yield Listed(review, _standing(review, target), home, target)
            elif review.id in homeless:
                yield Listed(
                    review, "lost", reason="The record has neither its document nor one with the same address or words."
                )
            else:
                words = lost.get(review.id)
                reason = (
                    f"The text does not say {words!r} any more."
                    if words is not None
                    else "No reader has read its document."
                )
                yield Listed(review, "lost", self._homes[review.document_id], reason=reason)

    def _states(self) -> Iterator[dict[str, str]]:
        for document, (_, reviewed) in self._laid.items():
            for target in reviewed.targets:
                if target.result is not None:
                    yield {"document_id": document, "kind": target.kind, "id": target.id, "review": target.state}

    def _put(self, name: str, table: pa.Table, *, into: bool = False) -> None:
        """Make the table of the database that one, or add its rows to it."""
        self._connection.register("arriving", table)
        verb = "INSERT INTO {}" if into else "CREATE OR REPLACE TABLE {} AS"
        self._connection.execute(f"{verb.format(name)} SELECT * FROM arriving")
        self._connection.unregister("arriving")

    def _ask(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._connection.execute(query, list(parameters)).fetchall()
        return found

    def _table(self, query: str, *parameters: Any) -> pa.Table:
        return self._connection.sql(query, params=list(parameters)).to_arrow_table()


def _views(views: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The readings as reviewed, and over them each table as it is over the readings."""
    columns = ", ".join(schema.READINGS.names)
    yield (
        "stored.reviewed",
        f"SELECT {columns} FROM stored.readings ANTI JOIN stored.laid USING (document_id) "
        f"UNION ALL SELECT {columns} FROM stored.laid",
    )
    for name, select in views.items():
        if "stored.readings" in select:
            over = select.replace("stored.readings", "stored.reviewed")
            yield f"{name}_reviewed", _with_state(over, *_KEY[name]) if name in _KEY else over


def _with_state(select: str, kind: str, key: str) -> str:
    return (
        f"SELECT r.*, s.review FROM ({select}) r LEFT JOIN stored.states s "
        f"ON s.kind = '{kind}' AND s.document_id = r.document_id AND s.id = r.{key}"
    )


def _standing(review: Review, target: Target) -> Standing:
    if review.verdict == "flag" or review is target.decisive:
        return "outdated" if target.state == "outdated" and review.verdict == "reject" else "valid"
    return "overruled" if review is target.verdicts.get(review.reviewer) else "superseded"


def _row(one: Listed) -> dict[str, Any]:
    review, document = one.review, one.review.document
    about: dict[str, Any] = {} if review.kind is None else dict(rows.focus(review.kind, review.row))
    where = None
    if one.target is not None:
        where = rows.focus(one.target.kind, one.target.judged)
    return {
        **{name: getattr(review, name) for name in COLUMNS.names if hasattr(review, name)},
        "document_id": one.home or review.document_id,
        "decided": review.at,
        "publisher": document.get("publisher"),
        "published": document.get("published"),
        "row_id": review.row.get("id") if one.target is None else one.target.id,
        "quote": about.get("text") if where is None else where["text"],
        "quote_start": None if where is None else where["start"],
        "quote_end": None if where is None else where["end"],
        "changes": json.dumps(unquoted(review.changes), ensure_ascii=False) if review.changes else None,
        "state": one.standing,
        "reason": one.reason,
    }
