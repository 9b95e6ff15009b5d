"""Catalogue -> a database that answers SQL over its parts, and does nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from uuid import uuid4

import duckdb
import pyarrow as pa

from dragoman.errors import RecordError, UsageError
from dragoman.record import flat, parts, schema, stories, tables
from dragoman.record.catalogue import Catalogue, repeated
from dragoman.record.differences import Difference, compare
from dragoman.record.parts import Part, first_line
from dragoman.record.reviews.tables import Overlay

MEMORY = "1GB"
"""What a query may hold in memory; what is more goes to a temporary folder, which is made then and removed in the end."""

_BATCH_ROWS = 10_000

Parameters = Sequence[Any] | Mapping[str, Any]

_STORAGE = {duckdb.Error, duckdb.IOException, duckdb.SerializationException, duckdb.InternalException}
"""What DuckDB raises for files that are not as they should be; its other errors are about the query."""


class Database:
    """The tables of a catalogue's parts for SQL; everything else on the machine is closed to it, and so is writing."""

    def __init__(self, root: Path, catalogue: Catalogue, *, copies: bool = True) -> None:
        self._root, self._catalogue = root, catalogue
        self._connection = _connect(root, catalogue)
        self._copied: dict[str, Mapping[Part, Path]] = {}
        if copies:
            for table in tables.FLAT:
                self._use_copies(table)
        self.reviews = Overlay(self._connection, tables.VIEWS, {"stances": tables.reviewed("stances")})
        for table in tables.HIDDEN:
            self._connection.execute(f"CREATE VIEW stored.{table}_reviewed AS {tables.reviewed(table)}")

    def answer(self, query: str, parameters: Parameters = ()) -> pa.Table:
        """The rows of one SELECT (or SHOW, DESCRIBE, SUMMARIZE, VALUES).

        Raises UsageError for anything else and for SQL that DuckDB refuses, RecordError where a part cannot be read.
        """
        try:
            self._check(query)
            return self._connection.sql(query, params=parameters or None).to_arrow_table()
        except duckdb.Error as error:
            if type(error) in _STORAGE:
                raise self._damaged(error) from error
            raise UsageError(f"{first_line(error)}. The tables are {', '.join(tables.VIEWS)}.") from error

    def batches(self, query: str) -> Iterator[pa.RecordBatch]:
        """The rows of a query of our own, some at a time; RecordError where a part cannot be read."""
        try:
            yield from self._connection.sql(query).to_arrow_reader(_BATCH_ROWS)
        except duckdb.Error as error:
            raise self._damaged(error) from error

    def differences(self, new: Sequence[Part], old: Sequence[Sequence[Part]]) -> Mapping[str, Difference]:
        """What the readings in some parts changed in older ones, of which the last generation that read a document counts."""
        earlier = tuple(chain.from_iterable(old))
        surplus = repeated(tuple(chain.from_iterable(reversed(old))))
        for name, found, twice in (("new", new, repeated(tuple(new))), ("old", earlier, surplus)):
            select = _source(self._connection, "readings", found, twice, f"of_{name}")
            self._connection.execute(f"CREATE OR REPLACE TEMP VIEW {name}_readings AS {select}")
        return compare(self.answer, "new_readings", "old_readings")

    def derive(self, files: Mapping[str, Path | pa.Table]) -> None:
        """Give the derived tables their rows, from files in the record or from memory."""
        for name, rows in files.items():
            source = f"stored.derived_{name}" if isinstance(rows, pa.Table) else _files([rows])
            if isinstance(rows, pa.Table):
                _keep(self._connection, source, rows)
            self._connection.execute(f"CREATE OR REPLACE VIEW stored.{name} AS SELECT * FROM {source}")

    def complete_copies(self, table: str) -> None:
        """Make the flat copies of large parts that a table lacks; see flat.py."""
        missing = [p for p in flat.large(self._whole()) if p not in self._copied[table]]
        if missing and flat.complete(self._root, table, missing, self._copy):
            self._use_copies(table)

    def _whole(self) -> tuple[Part, ...]:
        """The parts of readings all of whose rows count."""
        surplus = self._catalogue.surplus_readings
        return tuple(p for p in chain.from_iterable(self._catalogue.readings) if p not in surplus)

    def _copy(self, select: str, part: Part) -> pa.Table:
        one = _source(self._connection, "readings", [part], {})
        return self._connection.sql(select.replace("stored.readings", f"({one})")).to_arrow_table()

    def _use_copies(self, table: str) -> None:
        """Read a table from the copies of its parts where there are any, and from the parts where not."""
        copied = self._copied[table] = flat.kept(self._root, table, self._whole())
        if not copied:
            return
        rest = tuple(p for p in chain.from_iterable(self._catalogue.readings) if p not in copied)
        readings = _source(self._connection, "readings", rest, self._catalogue.surplus_readings, f"of_{table}")
        over_rest = tables.FLAT[table].replace("stored.readings", f"({readings})")
        self._connection.execute(
            f"CREATE OR REPLACE VIEW {tables.PLACES[table]} AS "
            f"SELECT * FROM {_files(list(copied.values()))} UNION ALL BY NAME {over_rest}"
        )

    def _check(self, query: str) -> None:
        kinds = [statement.type for statement in self._connection.extract_statements(query)]
        if kinds != [duckdb.StatementType.SELECT]:
            raise UsageError(
                "A record answers one SELECT at a time and is never changed by SQL; "
                f"found {', '.join(kind.name for kind in kinds) or 'no statement'}."
            )

    def _damaged(self, error: duckdb.Error) -> RecordError:
        """Name the parts whose content is not the one they were written with: DuckDB does not say which it was reading."""
        found = chain(self._catalogue.documents, *self._catalogue.readings)
        if copies := [str(path) for path in flat.damaged(self._root)]:
            return RecordError(
                f"The record could not be read: {first_line(error)}. Damaged: {', '.join(copies)}, which follows from other "
                "files. Remove it by `dragoman check --repair`; it is made again."
            )
        broken = ", ".join(str(p.path) for p in found if not parts.is_intact(p.path))
        return RecordError(
            f"The record could not be read: {first_line(error)}. Damaged: {broken or 'no part; try again'}. Put the file "
            "back from a copy, or move it away and read the same sources again."
        )


def _connect(root: Path, catalogue: Catalogue) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA stored")
    readings = tuple(chain.from_iterable(catalogue.readings))
    for name, layout in stories.TABLES.items():
        _keep(connection, f"stored.no_{name}", layout.empty_table())
    sources = (
        *((name, f"SELECT * FROM stored.no_{name}") for name in stories.TABLES),
        ("documents", _source(connection, "documents", catalogue.documents, catalogue.surplus_documents)),
        ("readings", _source(connection, "readings", readings, catalogue.surplus_readings)),
    )
    for statement in tables.statements(sources):
        connection.execute(statement)
    folders = ", ".join(_literal(f"{path}/") for path in (str(root), _escaped(str(root))))
    connection.execute(f"SET allowed_directories = [{folders}]")
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute(f"SET temp_directory = {_literal(str(Path(gettempdir()) / f'dragoman-{uuid4().hex}'))}")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _source(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    found: Sequence[Part],
    surplus: Mapping[Part, list[int]],
    beside: str = "of_view",
) -> str:
    """The SELECT over the rows that count; parts where all of them do are read as they are."""
    whole = [p for p in found if p not in surplus]
    mixed = [p for p in found if 0 < len(surplus.get(p, ())) < p.rows]
    columns = _columns(connection, name)
    selects = [f"SELECT {columns[bool(layout)]} FROM {_files(group)}" for layout, group in _by_layout(whole)]
    if mixed:
        _keep(connection, f"stored.surplus_{name}_{beside}", _surplus_rows(mixed, surplus))
    for layout, group in _by_layout(mixed):
        files = _files(group, "filename = true", "file_row_number = true")
        selects.append(
            f"SELECT {columns[bool(layout)]} FROM {files} ANTI JOIN stored.surplus_{name}_{beside} "
            "USING (filename, file_row_number)"
        )
    return " UNION ALL ".join(selects) or f"SELECT * FROM stored.no_{name}"


def _keep(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """Make a table of our own that no list of tables shows beside the ones to ask."""
    connection.register("incoming", rows)
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS FROM incoming")
    connection.unregister("incoming")


def _by_layout(found: Sequence[Part]) -> Iterator[tuple[str, list[Part]]]:
    """The parts that are laid out alike: one call of read_parquet takes no others."""
    for layout in dict.fromkeys(p.layout for p in found):
        yield layout, [p for p in found if p.layout == layout]


def _columns(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[str, str]:
    """The columns of a stored table, as they are and cast from an older layout."""
    layout = schema.DOCUMENTS if name == "documents" else schema.READINGS
    _keep(connection, f"stored.no_{name}", layout.empty_table())
    described = connection.execute(f"DESCRIBE stored.no_{name}").fetchall()
    return ", ".join(row[0] for row in described), ", ".join(f"{row[0]}::{row[1]} AS {row[0]}" for row in described)


def _surplus_rows(mixed: Sequence[Part], surplus: Mapping[Part, list[int]]) -> pa.Table:
    rows = [{"filename": str(p.path), "file_row_number": row} for p in mixed for row in surplus[p]]
    return pa.Table.from_pylist(rows, schema=pa.schema([("filename", pa.string()), ("file_row_number", pa.int64())]))


def _files(found: Sequence[Part | Path], *options: str) -> str:
    paths = f"[{', '.join(_literal(_escaped(str(getattr(p, 'path', p)))) for p in found)}]"
    return f"read_parquet({', '.join((paths, 'hive_partitioning = false', *options))})"


def _escaped(path: str) -> str:
    """DuckDB takes every path for a pattern; a bracketed character stands for itself."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in path)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
