"""Letters -> whom they may mean: actors of the record first, then everybody in the gazetteer, with office, country and dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dragoman.knowledge.gazetteer import COLUMNS
from dragoman.knowledge.tables import certificates, rows
from dragoman.record import Record
from dragoman.views.web.desk import Desk

MOST = 40


@dataclass(frozen=True, slots=True)
class Named:
    """One name to choose; `about` is office, country and dates in plain words, `documents` how many of the record name the id."""

    id: str
    name: str
    about: str
    documents: int = 0


def known(record: Record) -> tuple[Named, ...]:
    """Everybody who can be named: an office holder once for each time in office."""
    query = (
        "SELECT id, any_value(name), any_value(kind), any_value(code), count(DISTINCT document_id) "
        "FROM actors WHERE kind <> 'unnamed' GROUP BY id"
    )
    met = {row[0]: row for row in zip(*(c.to_pylist() for c in record.sql(query).columns), strict=True)}
    listed = {n.id for n in _listed()}
    own = [
        Named(id, name, " ".join(filter(None, (kind, code))), n)
        for id, name, kind, code, n in met.values()
        if id not in listed
    ]
    return (*own, *(Named(n.id, n.name, n.about, met[n.id][4] if n.id in met else 0) for n in _listed()))


def everybody(desk: Desk) -> tuple[Named, ...]:
    """The same of the record on the desk, kept until documents are read."""
    return desk.once("actors", known, "readings")


def called(desk: Desk) -> Mapping[str, str]:
    """Id -> name of everybody who can be named."""
    listed = everybody(desk)
    return desk.once("called", lambda _: {n.id: n.name for n in reversed(listed)}, "readings")


def like(everybody: tuple[Named, ...], letters: str) -> tuple[Named, ...]:
    """Those whose name or id has the letters at the beginning of a word, those of the record first."""
    wanted = letters.casefold()
    found = [
        n
        for n in everybody
        if f" {wanted}" in f" {n.name} {n.id} {n.about}".casefold().replace("-", " ") or n.id.casefold() == wanted
    ]
    ranked = sorted(
        found,
        key=lambda n: (
            n.id.casefold() != wanted,
            -n.documents,
            not n.name.casefold().startswith(wanted),
            n.name,
            n.about,
        ),
    )
    return tuple(ranked[:MOST])


@cache
def _listed() -> tuple[Named, ...]:
    return tuple(_read())


def _read() -> Iterator[Named]:
    folder = files("dragoman.knowledge") / "data"
    certified = certificates(folder)
    for file, columns in COLUMNS.items():
        if file == "members.csv":
            continue
        for row in rows(folder, file, tuple(columns.split()), certified):
            cells = row.cells
            since, until = cells["since"], cells["until"]
            period = f"{since or '…'} to {until or 'now'}" if since or until else ""
            parts = (cells.get("office") or cells.get("official") or "", cells.get("country", ""), period)
            yield Named(cells["id"], cells["name"], ", ".join(p for p in parts if p))
