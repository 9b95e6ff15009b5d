"""Analyses -> the flat tables of a record, as CSV or Parquet: the columns that SQL sees (docs/record.md)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

from dragoman.record import Record
from dragoman.views.exports.losses import Losses
from dragoman.views.exports.settings import TABLES, Analyses, Format, Settings
from dragoman.views.table import write_csv


def _write_csv_table(analyses: Analyses, out: TextIO, losses: Losses, settings: Settings) -> int:
    """The table of the settings. Codes are text: a spreadsheet has to be told, or it drops their leading zeros."""
    with _tables(analyses) as record:
        return _csv(_rows(record, settings.table), out)


def _write_csv_folder(analyses: Analyses, path: Path, losses: Losses, settings: Settings) -> int:
    """A folder with a file for each table."""
    path.mkdir()
    rows = 0
    with _tables(analyses) as record:
        for name in TABLES:
            with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
                rows += _csv(_rows(record, name), out)
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
            table = _rows(record, name)
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


def _rows(record: Record, name: str) -> Any:
    return record.sql(f"SELECT * FROM {name}")


def _csv(table: Any, out: TextIO) -> int:
    columns = (column.to_pylist() for column in table.columns)
    write_csv(table.column_names, zip(*columns, strict=True), out)
    rows: int = table.num_rows
    return rows
