"""Catalogue -> a database that answers SQL over its parts, and does nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from dragoman.errors import RecordError, UsageError
from dragoman.record import parts, schema, tables
from dragoman.record.catalogue import Catalogue
from dragoman.record.parts import Part, first_line

Parameters = Sequence[Any] | Mapping[str, Any]

_STORAGE = {duckdb.Error, duckdb.IOException, duckdb.SerializationException, duckdb.InternalException}
"""What DuckDB raises for files that are not as they should be; its other errors are about the query."""


class Database:
    """The tables of a catalogue's parts for SQL; everything else on the machine is closed to it, and so is writing."""

    def __init__(self, root: Path, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._connection = _connect(root, catalogue)

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
        broken = ", ".join(str(p.path) for p in found if not parts.is_intact(p.path))
        return RecordError(
            f"The record could not be read: {first_line(error)}. Damaged: {broken or 'no part; try again'}. Put the file "
            "back from a copy, or move it away and read the same sources again."
        )


def _connect(root: Path, catalogue: Catalogue) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    readings = tuple(chain.from_iterable(catalogue.readings))
    sources = (
        ("documents", _source(connection, "documents", catalogue.documents, catalogue.surplus_documents)),
        ("readings", _source(connection, "readings", readings, catalogue.surplus_readings)),
    )
    for statement in tables.statements(sources):
        connection.execute(statement)
    folders = ", ".join(_literal(f"{path}/") for path in (str(root), _escaped(str(root))))
    connection.execute(f"SET allowed_directories = [{folders}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _source(
    connection: duckdb.DuckDBPyConnection, name: str, found: Sequence[Part], surplus: Mapping[Part, list[int]]
) -> str:
    """The SELECT over the rows that count; parts where all of them do are read as they are."""
    whole = [p for p in found if p not in surplus]
    mixed = [p for p in found if 0 < len(surplus.get(p, ())) < p.rows]
    selects = [f"SELECT * FROM {_files(whole)}"] if whole else []
    if mixed:
        connection.register(f"surplus_{name}", _surplus_rows(mixed, surplus))
        selects.append(
            f"SELECT * EXCLUDE (filename, file_row_number) FROM {_files(mixed, 'filename = true', 'file_row_number = true')} "
            f"ANTI JOIN surplus_{name} USING (filename, file_row_number)"
        )
    return " UNION ALL ".join(selects) or _empty(connection, name)


def _surplus_rows(mixed: Sequence[Part], surplus: Mapping[Part, list[int]]) -> pa.Table:
    rows = [{"filename": str(p.path), "file_row_number": row} for p in mixed for row in surplus[p]]
    return pa.Table.from_pylist(rows, schema=pa.schema([("filename", pa.string()), ("file_row_number", pa.int64())]))


def _empty(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    layout = schema.DOCUMENTS if name == "documents" else schema.READINGS
    connection.register(f"no_{name}", layout.empty_table())
    return f"SELECT * FROM no_{name}"


def _files(found: Sequence[Part], *options: str) -> str:
    paths = f"[{', '.join(_literal(_escaped(str(p.path))) for p in found)}]"
    return f"read_parquet({', '.join((paths, 'hive_partitioning = false', *options))})"


def _escaped(path: str) -> str:
    """DuckDB takes every path for a pattern; a bracketed character stands for itself."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in path)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
