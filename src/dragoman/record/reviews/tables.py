"""The log laid over an open database: the table `reviews`, and beside every table of readings one with the verdicts applied.

`events_reviewed` has the columns of `events` and `review`, the state of the row: accepted, corrected, added, flagged, outdated,
or null where nobody has judged it. Rejected rows are not there.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import duckdb
import pyarrow as pa

from dragoman.analysis import Analysis
from dragoman.record import schema
from dragoman.record.reviews import listing, rows
from dragoman.record.reviews.ledger import Ledger
from dragoman.record.reviews.log import holding
from dragoman.record.reviews.overlay import Reviewed, lay_over
from dragoman.record.reviews.review import Review

_TEXT = pa.string()
_STATES = pa.schema([(name, _TEXT) for name in ("document_id", "kind", "id", "review")])
_KEY = {
    "statements": ("statements", "id"),
    "contents": ("statements", "statement"),
    "events": ("events", "id"),
    "event_parties": ("events", "event"),
    "stances": ("stances", "id"),
}
"""Table -> the kind of its rows and the column that names one; the others have no state."""


_READ = 256
"""Readings of documents without reviews that stay in memory, the last ones that were asked for."""


class Overlay:
    """The reviewed tables of one connection, kept in step with the log: only documents with new reviews are laid over again."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, views: Mapping[str, str], over_copies: Mapping[str, str]
    ) -> None:
        self._connection = connection
        self._read: OrderedDict[str, Analysis] = OrderedDict()
        self._begin()
        for name, select in _views(views, over_copies):
            connection.execute(f"CREATE VIEW {name} AS {select}")

    def _begin(self) -> None:
        """As with an empty log."""
        self._entries: tuple[Review, ...] = ()
        self._ledger = Ledger()
        self._laid: dict[str, Reviewed] = {}
        self._homes: dict[str | None, str | None] = {}
        self._named: defaultdict[str | None, set[str | None]] = defaultdict(set)
        empty = {
            "main.reviews": listing.COLUMNS,
            "stored.states": _STATES,
            "stored.laid": schema.READINGS,
        }
        for name, layout in empty.items():
            self._put(f"CREATE OR REPLACE TABLE {name} AS", layout.empty_table())

    def refresh(self, entries: tuple[Review, ...]) -> None:
        """Bring the tables up to date with the log: what is new in it changes the rows that it is about."""
        if entries is self._entries:
            return
        new = [r for r in entries if r not in self._ledger]
        if len(self._ledger) + len(new) != len(entries):
            self._begin()
            new = list(entries)
        self._ledger.take(new)
        touched = {r.id: r for review in new for r in self._ledger.touched(review)}.values()
        homes = self._homes_of([r for r in touched if r.undoes is None])
        self._lay([home for home in homes if home is not None])
        self._list(homes, [r for r in touched if r.undoes is not None])
        self._entries = entries

    def reviewed(self, document_id: str) -> Reviewed | None:
        """A document's reading with its reviews; None where no reader has read the document."""
        if document_id in self._laid:
            return self._laid[document_id]
        machine = self._machine([document_id]).get(document_id)
        return None if machine is None else Reviewed(machine=machine, analysis=machine)

    def laid(self) -> Mapping[str, Reviewed]:
        """The reviewed documents by id."""
        return self._laid

    def _homes_of(self, verdicts: Iterable[Review]) -> list[str | None]:
        """The documents of the record that the verdicts are about now; None for what lost its document."""
        first = {r.document_id: r for r in reversed(list(verdicts))}
        new = {id: review for id, review in first.items() if id not in self._homes}
        for id, home in self._find_homes(new):
            self._homes[id] = home
            self._named[home].add(id)
        return list(dict.fromkeys(self._homes[id] for id in first))

    def _about(self, home: str | None) -> tuple[Review, ...]:
        """The reviews of a document, under whichever ids, with the undos that bear on them."""
        return self._ledger.about(self._named[home])

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

    def _lay(self, homes: list[str]) -> None:
        """Lay the reviews over those documents."""
        machine = {id: self._laid[id].machine for id in homes if id in self._laid}
        machine |= self._machine([id for id in homes if id not in machine])
        new = {id: lay_over(analysis, self._about(id)) for id, analysis in machine.items()}
        self._laid |= new
        self._replace("stored.laid", "document_id", homes, schema.readings_table(one.analysis for one in new.values()))
        states = [
            {"document_id": id, "kind": target.kind, "id": target.id, "review": target.state}
            for id, reviewed in new.items()
            for target in reviewed.targets
            if target.result is not None
        ]
        self._replace("stored.states", "document_id", homes, pa.Table.from_pylist(states, schema=_STATES))

    def _list(self, homes: Iterable[str | None], undos: Iterable[Review]) -> None:
        """Say in the table `reviews` what has become of the reviews of those documents, and of the undos."""
        about = {r.id: r for home in homes for r in self._about(home)}
        about |= {r.id: r for r in self._ledger.with_undos(undos)}
        counted = {r.id for r in holding(about.values())}
        lines = []
        for review in about.values():
            home = self._homes.get(review.document_id) if review.undoes is None else None
            seen = None if home is None else self._laid.get(home)
            lines.append(listing.row(listing.listed(review, home, seen, holds=review.id in counted)))
        self._replace("main.reviews", "id", list(about), pa.Table.from_pylist(lines, schema=listing.COLUMNS))

    def _machine(self, ids: list[str]) -> dict[str, Analysis]:
        """The readings of those documents, as far as there are any."""
        found = {id: self._read[id] for id in ids if id in self._read}
        if missing := [id for id in ids if id not in found]:
            wanted = "WHERE document_id IN ?"
            documents = self._table(f"SELECT * FROM stored.documents {wanted}", missing)
            readings = self._table(f"SELECT * FROM stored.readings {wanted}", missing)
            by_id = {d.id: d for d in schema.documents_of(documents)}
            found |= {a.document.id: a for a in schema.analyses_of(readings, by_id)}
        for id in ids[-_READ:]:
            if id in found:
                self._read[id] = found[id]
                self._read.move_to_end(id)
        while len(self._read) > _READ:
            self._read.popitem(last=False)
        return found

    def _replace(self, table: str, key: str, values: list[str], rows: pa.Table) -> None:
        """Put rows in the place of those whose key has one of the values."""
        self._ask(f"DELETE FROM {table} WHERE {key} IN ?", values)
        if rows.num_rows:
            self._put(f"INSERT INTO {table}", rows)

    def _put(self, verb: str, rows: pa.Table) -> None:
        self._connection.register("arriving", rows)
        self._connection.execute(f"{verb} SELECT * FROM arriving")
        self._connection.unregister("arriving")

    def _ask(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self._connection.execute(query, list(parameters)).fetchall()
        return found

    def _table(self, query: str, *parameters: Any) -> pa.Table:
        return self._connection.sql(query, params=list(parameters)).to_arrow_table()


def _views(views: Mapping[str, str], over_copies: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The readings as reviewed, and over them each table as it is over the readings; some have a shorter way (`over_copies`)."""
    columns = ", ".join(schema.READINGS.names)
    yield (
        "stored.reviewed",
        f"SELECT {columns} FROM stored.readings ANTI JOIN stored.laid USING (document_id) "
        f"UNION ALL SELECT {columns} FROM stored.laid",
    )
    for name, select in views.items():
        if "stored.readings" in select:
            over = over_copies.get(name) or select.replace("stored.readings", "stored.reviewed")
            yield f"{name}_reviewed", _with_state(over, *_KEY[name]) if name in _KEY else over


def _with_state(select: str, kind: str, key: str) -> str:
    return (
        f"SELECT r.*, s.review FROM ({select}) r LEFT JOIN stored.states s "
        f"ON s.kind = '{kind}' AND s.document_id = r.document_id AND s.id = r.{key}"
    )
