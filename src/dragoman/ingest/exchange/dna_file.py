"""A DNA 3 database (SQLite) -> its documents and statements, as they stand there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.errors import DocumentError

NEEDED = frozenset(("DOCUMENTS", "STATEMENTS", "STATEMENTTYPES", "VARIABLES", "ENTITIES", "DATASHORTTEXT", "CODERS"))
_VALUES = {"DATASHORTTEXT": "e.Value", "DATALONGTEXT": "d.Value", "DATABOOLEAN": "d.Value", "DATAINTEGER": "d.Value"}
Value = str | int | bool


@dataclass(frozen=True, slots=True)
class DnaDocument:
    """A text; `seconds` since 1970 stand for a local date and time, 0 for none."""

    id: int
    title: str
    text: str
    author: str
    source: str
    notes: str
    seconds: int


@dataclass(slots=True)
class DnaStatement:
    """A coded passage; offsets are UTF-16 units, half-open. `values` has a value for each variable, an entity as its words."""

    id: int
    type: str
    document: int
    start: int
    stop: int
    coder: str
    values: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dna:
    """What a database holds. `entities` are pairs of variable and words; `kinds` has the data type of each variable by type."""

    documents: tuple[DnaDocument, ...]
    statements: tuple[DnaStatement, ...]
    entities: tuple[tuple[str, str], ...]
    kinds: Mapping[str, Mapping[str, str]]
    day: str | None


def read_database(path: Path) -> Dna:
    """The content of a file; DocumentError where it is no database of DNA 3, OSError where it is not there."""
    if not path.is_file():
        raise DocumentError(f"A DNA database is read from a file, and {path} is none; name the .dna file itself.")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            return _content(connection)
    except sqlite3.Error as error:
        raise DocumentError(f"The database cannot be read ({error}); open it in DNA 3 and save it anew.") from error


def _content(connection: sqlite3.Connection) -> Dna:
    missing = NEEDED - {name.upper() for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if missing:
        raise DocumentError(f"It is no database of DNA 3: there is no table {', '.join(sorted(missing))}.")
    documents = connection.execute("SELECT ID, Title, Text, Author, Source, Notes, Date FROM DOCUMENTS ORDER BY ID")
    found = connection.execute(
        "SELECT s.ID, coalesce(t.Label, ''), DocumentId, Start, Stop, coalesce(c.Name, 'unknown coder') FROM STATEMENTS s "
        "LEFT JOIN STATEMENTTYPES t ON t.ID = StatementTypeId LEFT JOIN CODERS c ON c.ID = Coder ORDER BY s.ID"
    )
    statements = {row[0]: DnaStatement(*row) for row in found}
    for id, variable, value in _values(connection):
        if id in statements:
            statements[id].values[variable] = value
    entities = connection.execute("SELECT v.Variable, e.Value FROM ENTITIES e JOIN VARIABLES v ON v.ID = VariableId")
    return Dna(
        documents=tuple(DnaDocument(*row) for row in documents),
        statements=tuple(statements.values()),
        entities=tuple(entities.fetchall()),
        kinds=_kinds(connection),
        day=dict(connection.execute("SELECT Property, Value FROM SETTINGS")).get("date"),
    )


def _values(connection: sqlite3.Connection) -> Iterator[tuple[int, str, Value]]:
    """Statement, variable and value of every data row."""
    for table, value in _VALUES.items():
        entity = "LEFT JOIN ENTITIES e ON e.ID = d.Entity" if table == "DATASHORTTEXT" else ""
        rows = connection.execute(
            f"SELECT StatementId, v.Variable, {value} FROM {table} d JOIN VARIABLES v ON v.ID = d.VariableId {entity}"
        )
        for id, variable, found in rows:
            yield id, variable, bool(found) if table == "DATABOOLEAN" else "" if found is None else found


def _kinds(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    kinds: dict[str, dict[str, str]] = {}
    for type, variable, kind in connection.execute(
        "SELECT t.Label, v.Variable, v.DataType FROM VARIABLES v JOIN STATEMENTTYPES t ON t.ID = StatementTypeId ORDER BY v.ID"
    ):
        kinds.setdefault(type, {})[variable] = kind
    return kinds
