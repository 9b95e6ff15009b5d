"""Parquet -> Documents, one per row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dragoman.document import Document
from dragoman.errors import DocumentError
from dragoman.ingest import decoding
from dragoman.ingest.rows import Columns, columns_of, document_of
from dragoman.ingest.source import Source, Unread

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH = 64
"""Rows in memory at once; a row may be a book."""


def read_parquet(source: Source) -> Iterator[Document | Unread]:
    """A batch of rows at a time, and of the columns only those that are used."""
    import pyarrow as pa

    number = 0
    try:
        for columns, row in _rows(source):
            number += 1
            yield _document(row, number, columns, source)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        cause = str(error).split("\n")[0].rstrip(".")
        what = f"cannot be read behind row {number}" if number else "is not a Parquet file that can be read"
        raise DocumentError(f"The file {what}: {cause}. Write it anew.") from None


def _document(row: dict[str, Any], number: int, columns: Columns, source: Source) -> Document | Unread:
    try:
        return document_of(row, columns, source)
    except DocumentError as error:
        return source.unread(str(error), row=number)


def _rows(source: Source) -> Iterator[tuple[Columns, dict[str, Any]]]:
    import pyarrow.parquet as pq

    with source.open(seekable=True) as stream:
        file = pq.ParquetFile(stream, pre_buffer=False, buffer_size=2**20)
        columns = _columns(file.schema_arrow, source)
        for batch in file.iter_batches(_BATCH, columns=columns.names, use_threads=False):
            names, values = batch.schema.names, [_values(column) for column in batch.columns]
            yield from ((columns, dict(zip(names, row, strict=True))) for row in zip(*values, strict=True))


def _columns(schema: pa.Schema, source: Source) -> Columns:
    from pyarrow import types

    columns = columns_of(tuple(schema.names), source.options)
    held = schema.field(columns.text).type
    held = held.value_type if types.is_dictionary(held) else held
    if not (types.is_string(held) or types.is_large_string(held) or types.is_string_view(held)):
        raise DocumentError(f"The column {columns.text!r} holds {held}, not text; name another with --text-column.")
    return columns


def _values(column: pa.Array) -> list[Any]:
    """Values of Python: timestamps to the second, since it has no nanoseconds, and text even where it is no valid UTF-8."""
    import pyarrow as pa
    from pyarrow import types

    if types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("s", column.type.tz), safe=False)
    if types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if types.is_string(column.type) or types.is_large_string(column.type):
        raw = column.cast(pa.large_binary()).to_pylist()
        return [None if value is None else decoding.decode(value, "utf-8") for value in raw]
    values: list[Any] = column.to_pylist()
    return values
