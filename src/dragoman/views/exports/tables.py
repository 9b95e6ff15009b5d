"""Analyses -> the flat tables of a record, as CSV or Parquet: the columns that SQL sees (docs/record.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

import pyarrow as pa

from dragoman.record import Record
from dragoman.views.exports.losses import Losses
from dragoman.views.exports.settings import FOUND, TABLES, Analyses, Format, Settings
from dragoman.views.table import write_csv


def _write_csv_table(analyses: Analyses, out: TextIO, losses: Losses, settings: Settings) -> int:
    """The table of the settings. Codes are text: a spreadsheet has to be told, or it drops their leading zeros."""
    with _tables(analyses) as record:
        return _csv(_rows(record, settings.table, settings.record), out)


def _write_csv_folder(analyses: Analyses, path: Path, losses: Losses, settings: Settings) -> int:
    """A folder with a file for each table."""
    path.mkdir()
    rows = 0
    with _tables(analyses) as record:
        for name in TABLES:
            with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
                rows += _csv(_rows(record, name, settings.record), out)
    return rows


def _write_parquet(analyses: Analyses, path: Path, losses: Losses, settings: Settings) -> int:
    """The table of the settings where the path names a .parquet file, else a folder with a file for each table."""
    from pyarrow import parquet

    one = path.suffix == ".parquet"
    if not one:
        path.mkdir()
    rows = 0
    with _tables(analyses) as record:
        for name in (settings.table,) if one else TABLES:
            table = _rows(record, name, settings.record)
            parquet.write_table(table, path if one else path / f"{name}.parquet", compression="zstd")
            rows += table.num_rows
    return rows


csv_tables = Format("tables as comma-separated values", text=_write_csv_table, file=_write_csv_folder)
parquet_tables = Format("tables as Parquet", file=_write_parquet)


@contextmanager
def _tables(analyses: Analyses) -> Iterator[Record]:
    """The analyses as a record of their own, for as long as it is asked."""
    with TemporaryDirectory(prefix="dragoman-") as folder:
        record = Record(Path(folder) / "record", create=True)
        record.add(analyses)
        yield record


def _rows(written: Record, name: str, whole: Record | None) -> pa.Table:
    """A table of what is written. Stories and reviews are those of the whole record that concern the rows written."""
    if whole is None or name not in FOUND:
        return written.sql(f"SELECT * FROM {name}")
    if name == "stories":
        return _those(whole.sql("FROM stories"), ("story",), _rows(written, "story_accounts", whole).select(["story"]))
    if name == "story_accounts":
        events = written.sql("SELECT document_id, id FROM events")
        return _those(whole.sql("FROM story_accounts"), ("document_id", "event"), events)
    return _those(whole.sql(f"FROM {name}"), ("document_id",), written.sql("SELECT document_id FROM documents"))


def _those(table: pa.Table, columns: Sequence[str], kept: pa.Table) -> pa.Table:
    """The rows whose values in these columns are a row of `kept`."""
    wanted = set(_values(kept))
    return table.filter(pa.array([row in wanted for row in _values(table.select(columns))], pa.bool_()))


def _values(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    return zip(*(column.to_pylist() for column in table.columns), strict=True)


def _csv(table: pa.Table, out: TextIO) -> int:
    write_csv(table.column_names, _values(table), out)
    rows: int = table.num_rows
    return rows
