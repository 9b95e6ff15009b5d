"""Data files of states, organisations, people and groups -> who a name can mean on a date.

    gazetteer = Gazetteer.load()
    gazetteer.senses("the Kremlin", on="2012-01-18")     # Russia, by a metonym
    gazetteer.senses("Serbia", on="1995")                # Yugoslavia, by a name
    gazetteer.members("UNSC", on="2012-01-18")           # the fifteen

A name is looked up as it stands in a text, and all senses that hold on the date come back: choosing among them takes the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from dragoman.analysis import Kind, Via
from dragoman.knowledge import checks, surfaces
from dragoman.knowledge.entries import Entry, Membership, Sense
from dragoman.knowledge.periods import covers
from dragoman.knowledge.tables import Row, certificates, rows

COLUMNS = {
    "states.csv": "id alpha2 cow name official aliases demonyms seats since until sovereign",
    "organizations.csv": "id name acronyms aliases kind code sectors parent seats since until",
    "groups.csv": "id name acronyms aliases seats country sectors since until",
    "people.csv": "id name aliases country office sectors since until",
    "members.csv": "organization state since until",
}
"""The data files and their columns, in the order in which they are read."""

ORDER: tuple[Kind, ...] = ("state", "organization", "bloc", "group", "person", "office", "unnamed")
"""Senses of one name come in this order of kinds."""

_BODIES: dict[str, Kind] = {"organization": "organization", "bloc": "bloc"}
_ALPHA_3 = re.compile(r"[A-Z]{3}")
_VIA: tuple[Via, ...] = ("name", "acronym", "demonym", "metonym", "title", "pronoun", "nominal")

_Names = Mapping[str, Sequence[Sense]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gazetteer:
    """Names, acronyms, demonyms and seats of states, organisations, groups and office holders, with dates.

    `longest` is the number of words of the longest name, a hyphen counted as a break.
    """

    longest: int
    _entries: Mapping[str, Sequence[Entry]] = field(repr=False)
    _members: Mapping[str, Sequence[Membership]] = field(repr=False)
    _acronyms: _Names = field(repr=False)
    _capitals: _Names = field(repr=False)
    _plain: _Names = field(repr=False)
    _surnames: Mapping[str, Sequence[str]] = field(repr=False)
    _capital_reach: Mapping[str, int] = field(repr=False)
    _plain_reach: Mapping[str, int] = field(repr=False)
    _offices: Set[tuple[str, str]] = field(repr=False)
    _rows: Sequence[checks.Placed] = field(repr=False)

    @classmethod
    def load(cls, folder: Traversable | Path | None = None) -> Gazetteer:
        """Read the data files of the folder (default: dragoman's own) that are there.

        KnowledgeError where a file has no birth certificate or a row breaks a rule that one row can show; `check` does the rest.
        """
        folder = folder or files("dragoman.knowledge") / "data"
        certified = certificates(folder)
        reader = _Reader()
        for name, columns in COLUMNS.items():
            reader.read(name, rows(folder, name, tuple(columns.split()), certified))
        return reader.gazetteer()

    def senses(self, surface: str, on: str | None = None) -> tuple[Sense, ...]:
        """Everyone the words can mean on that date, once each, states first; empty where they name nobody.

        `surface` is a name as it stands in a text; `on` is an ISO 8601 date or a prefix of one, and a prefix meets all it covers.
        """
        found = [sense for sense in self._all(surface) if covers(sense.entry.since, sense.entry.until, on)]
        if not found:
            return ()
        best: dict[Entry, Sense] = {}
        for sense in sorted(found, key=_rank):
            best.setdefault(sense.entry, sense)
        return tuple(best.values())

    def entries(self, id: str) -> tuple[Entry, ...]:
        """The entries of that id: one for a state or body, one per tenure for a person; empty for an unknown id."""
        return tuple(self._entries.get(id, ()))

    def surnamed(self, surname: str, on: str | None = None) -> tuple[Entry, ...]:
        """The tenures, on that date, of people whose name or alias ends with the word; all there ever were where it is None."""
        found = (entry for id in self._surnames.get(surfaces.fold(surname), ()) for entry in self._entries[id])
        return tuple(e for e in found if covers(e.since, e.until, on))

    def has_office(self, office: str, country: str) -> bool:
        """Whether anybody has ever held that office of the country."""
        return (office, country) in self._offices

    def members(self, organization: str, on: str | None = None) -> tuple[str, ...]:
        """Ids of its members on the date, sorted; of all it ever had where the date is None."""
        found = self._members.get(organization, ())
        return tuple(sorted({m.member for m in found if covers(m.since, m.until, on)}))

    def starts(self, token: str) -> bool:
        """Can a name begin with this word, written so? Cheap, for scanning."""
        return self.reach(token) > 0

    def reach(self, token: str) -> int:
        """Words of the longest name that begins with this word, written so, a hyphen counted as a break; 0 where none does."""
        first = surfaces.fold(token).partition(" ")[0]
        capital = self._capital_reach.get(first, 0) if surfaces.begins_high(token) else 0
        return max(capital, self._plain_reach.get(first, 0))

    def check(self) -> None:
        """Raise KnowledgeError, listing every fault, unless the entries fit together.

        Countries, parents, organisations and members exist, and existed on those dates; no one is their own parent.
        """
        checks.check(self._rows, self._entries)

    def _all(self, surface: str) -> Iterator[Sense]:
        bare = surfaces.without_article(surface)
        high = surfaces.begins_high(bare)
        if high:
            yield from self._acronyms.get(surfaces.undotted(bare), ())
        for text in (surface,) if bare == surface else (surface, bare):
            key = surfaces.fold(text)
            yield from self._plain.get(key, ())
            if high:
                yield from self._capitals.get(key, ())


def _rank(sense: Sense) -> tuple[int, bool, int]:
    """Order of senses: kind, then those that last, then names before metonyms."""
    return ORDER.index(sense.entry.kind), sense.entry.until is not None, _VIA.index(sense.via)


class _Reader:
    """Collects entries and names row by row; thrown away once the gazetteer stands."""

    def __init__(self) -> None:
        self.entries: dict[str, list[Entry]] = {}
        self.members: dict[str, list[Membership]] = {}
        self.acronyms: dict[str, list[Sense]] = {}
        self.capitals: dict[str, list[Sense]] = {}
        self.plain: dict[str, list[Sense]] = {}
        self.surnames: dict[str, list[str]] = {}
        self.rows: list[checks.Placed] = []

    def read(self, file: str, table: Iterable[Row]) -> None:
        reading: dict[str, Callable[[Row], None]] = {
            "states.csv": self.state,
            "organizations.csv": self.organization,
            "groups.csv": self.group,
            "people.csv": self.person,
            "members.csv": self.member,
        }
        for row in table:
            reading[file](row)

    def state(self, row: Row) -> None:
        for column in ("id", "sovereign"):
            if row[column] and not _ALPHA_3.fullmatch(row[column]):
                raise row.fault(f"{column} {row[column]!r} is no alpha-3 code", "Write three capitals, as in RUS")
        sovereign = row.optional("sovereign")
        entry = self.add(row, "state", country=sovereign or row["id"], parent=sovereign, cow=row.optional("cow"))
        self.name(entry, "name", (row["name"], row["official"], *row.parts("aliases")))
        self.name(entry, "demonym", row.parts("demonyms"))
        self.name(entry, "metonym", row.parts("seats"))

    def organization(self, row: Row) -> None:
        kind = _BODIES.get(row["kind"])
        if kind is None:
            raise row.fault(f"kind is {row['kind']!r}", "Write organization or bloc")
        entry = self.add(row, kind, country=row.optional("code"), parent=row.optional("parent"))
        self.name(entry, "name", (row["name"], *row.parts("aliases")))
        self.name(entry, "acronym", row.parts("acronyms"))
        self.name(entry, "metonym", row.parts("seats"))

    def group(self, row: Row) -> None:
        country, parent = self.belongs(row)
        entry = self.add(row, "group", country=country, parent=parent)
        self.name(entry, "name", (row["name"], *row.parts("aliases")))
        self.name(entry, "acronym", row.parts("acronyms"))
        self.name(entry, "metonym", row.parts("seats"))

    def person(self, row: Row) -> None:
        """A tenure: the one kind of entry of which an id can have several."""
        country, parent = self.belongs(row)
        entry = self.add(row, "person", country=country, parent=parent, office=row.optional("office"))
        names = (row["name"], *row.parts("aliases"))
        self.name(entry, "name", names)
        for name in (n for n in names if " of " not in n):
            self.surnames.setdefault(surfaces.fold(name.split()[-1]), []).append(entry.id)

    def belongs(self, row: Row) -> tuple[str | None, str | None]:
        """Country code and parent of a row that names, in column `country`, a code, a state or a body read before it."""
        body = next(iter(self.entries.get(row["country"], ())), None)
        if body is None:
            return row.optional("country"), None
        return body.country, None if body.country == body.id else body.id

    def member(self, row: Row) -> None:
        since, until = row.period()
        membership = Membership(organization=row["organization"], member=row["state"], since=since, until=until)
        self.members.setdefault(membership.organization, []).append(membership)
        self.rows.append((row.file, row.line, membership))

    def add(
        self,
        row: Row,
        kind: Kind,
        *,
        country: str | None,
        parent: str | None,
        office: str | None = None,
        cow: str | None = None,
    ) -> Entry:
        """The entry of a row, after the checks that all kinds share; people are read last, and alone may share an id."""
        taken = self.entries.setdefault(row["id"], [])
        if taken and taken[0].kind != "person":
            raise row.fault(f"the id {row['id']} is taken", "Give each actor one row and an id of its own")
        if not row["id"] or not row["name"]:
            raise row.fault("it has no id or no name", "Give both")
        since, until = row.period()
        entry = Entry(
            id=row["id"],
            name=row["name"],
            kind=kind,
            country=country,
            sectors=row.sectors() if "sectors" in row.cells else (),
            since=since,
            until=until,
            office=office,
            parent=parent,
            cow=cow,
        )
        taken.append(entry)
        self.rows.append((row.file, row.line, entry))
        return entry

    def name(self, entry: Entry, via: Via, names: Iterable[str]) -> None:
        """Keep the names under the form in which a text is looked up: a name in capitals is an acronym wherever it is listed."""
        for name in filter(None, names):
            if surfaces.is_acronym(name):
                known, key, sense = self.acronyms, surfaces.undotted(name), Sense(entry=entry, via="acronym")
            else:
                known = self.capitals if surfaces.begins_high(name) else self.plain
                key, sense = surfaces.fold(name), Sense(entry=entry, via=via)
            known.setdefault(key, []).append(sense)

    def gazetteer(self) -> Gazetteer:
        articled = (name for name in self.capitals if name.startswith("the "))
        capitals = _reach((*self.capitals, *map(surfaces.fold, self.acronyms)))
        plain = _reach((*self.plain, *articled))
        return Gazetteer(
            longest=max((*capitals.values(), *plain.values()), default=0),
            _entries=self.entries,
            _members=self.members,
            _acronyms=self.acronyms,
            _capitals=self.capitals,
            _plain=self.plain,
            _surnames={surname: tuple(dict.fromkeys(ids)) for surname, ids in self.surnames.items()},
            _capital_reach=capitals,
            _plain_reach=plain,
            _offices={(e.office, e.country) for es in self.entries.values() for e in es if e.office and e.country},
            _rows=self.rows,
        )


def _reach(names: Iterable[str]) -> dict[str, int]:
    """First words of folded names -> words of the longest name that begins so."""
    reach: dict[str, int] = {}
    for name in names:
        first, words = name.partition(" ")[0], name.count(" ") + 1
        reach[first] = max(words, reach.get(first, 0))
    return reach
