"""Tables <-> immutable files: a part appears whole and durable under its name, or not at all.

The name is a number and a digest of the content (`00000012-9f86d081884c7d65.parquet`). Numbers only order the parts:
two processes that take the same one at once get two names, because their contents differ, or one part, because they do not.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.errors import RecordError
from dragoman.record import schema

_NAME = re.compile(r"(\d{8})-[0-9a-f]{16}\.parquet")
GROUP_ROWS = 1_000
"""Rows of a row group: the documents that are in memory at a time."""
UNFINISHED = ".unfinished-"
_FULL = {errno.ENOSPC, errno.EDQUOT}
_UNSUPPORTED = {errno.EINVAL, errno.ENOTSUP}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One Parquet file; parts of one folder sort in the order in which they were written.

    `layout` is empty for the present layout; parts of an older one that share it are laid out alike.
    """

    path: Path
    rows: int
    layout: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Damaged:
    """A part that cannot be read and is left out; nothing in it is lost by a repair that reads its documents again."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return (
            f"{self.path} is left out: {self.reason} Put the file back from a copy, or move it away and read the same "
            "sources again."
        )


def entries(folder: Path) -> list[Path]:
    """What lies in a folder; nothing where there is no such folder."""
    try:
        return list(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise refused(error, folder, "read") from error


def names(folder: Path) -> list[Path]:
    """The parts of a folder in the order in which they were written."""
    return sorted(p for p in entries(folder) if _NAME.fullmatch(p.name))


def inspect(path: Path, expected: pa.Schema) -> Part | Damaged:
    """Look at the footer of a part: it stands at the end of the file, so a truncated part has none."""
    try:
        with pq.ParquetFile(path) as file:
            found, rows = file.schema_arrow, file.metadata.num_rows
    except (OSError, pa.ArrowException) as error:
        return Damaged(path, f"it is truncated or is no Parquet file ({first_line(error)}).")
    if missing := set(expected.names) - set(found.names):
        return Damaged(path, f"it has no column {', '.join(sorted(missing))}.")
    if _version(found) > schema.VERSION:
        return Damaged(path, f"a later dragoman wrote it (layout {_version(found)}); upgrade dragoman to read it.")
    return Part(path, rows, "" if schema.same_layout(found, expected) else digest(str(found).encode()))


def _version(found: pa.Schema) -> int:
    stated = (found.metadata or {}).get(schema.METADATA_KEY, b"1")
    return int(stated) if stated.isdigit() else 1


def read(part: Part, columns: list[str] | None = None) -> pa.Table:
    """The rows of a part, all columns or some; RecordError where the file is damaged inside or gone."""
    with _opened(part) as file:
        table = file.read(columns)
    return schema.conform(table) if part.layout else table


def groups(part: Part) -> list[int]:
    """How many rows each row group of a part has: one group is in memory at a time."""
    with _opened(part) as file:
        return [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)]


def read_group(part: Part, number: int) -> pa.Table:
    """The rows of one row group; RecordError as for `read`."""
    with _opened(part) as file:
        table = file.read_row_group(number)
    return schema.conform(table) if part.layout else table


@contextmanager
def _opened(part: Part) -> Iterator[pq.ParquetFile]:
    try:
        with pq.ParquetFile(part.path) as file:
            yield file
    except (OSError, pa.ArrowException) as error:
        raise RecordError(
            f"{part.path} is damaged ({first_line(error)}). Put the file back from a copy, or move it away and read the same "
            "sources again."
        ) from error


def is_intact(path: Path) -> bool:
    """Whether a part still has the content that its name was made from."""
    try:
        return path.stem.endswith(digest(path.read_bytes()))
    except OSError:
        return False


def write(folder: Path, table: pa.Table, number: int | None = None) -> Path:
    """Add a part; when this returns it is on the disk under its name. By default it is the last one, else it has that number.

    Raises RecordError when the disk is full or the folder closed to writing; then nothing was added.
    """
    content = serialized(table)
    if number is None:
        taken = names(folder)
        number = number_of(taken[-1]) + 1 if taken else 1
    path = folder / f"{number:08d}-{digest(content)}.parquet"
    write_file(path, content)
    return path


def write_file(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all, and is durable when this returns; folders are made on the way."""
    unfinished = path.with_name(f"{UNFINISHED}{os.getpid()}-{secrets.token_hex(4)}")
    try:
        make_folder(path.parent)
        try:
            _write_through(unfinished, content)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
        _sync_folder(path.parent)
    except OSError as error:
        raise refused(error, path, "write") from error


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, durably; OSError where that is not possible."""
    if not folder.is_dir():
        make_folder(folder.parent)
        with suppress(FileExistsError):
            folder.mkdir()
        _sync_folder(folder.parent)


def is_unfinished(path: Path) -> bool:
    """Whether a file is what a killed process left of a part: it counts for nothing."""
    return path.name.startswith(UNFINISHED)


def refused(error: OSError, path: Path, verb: str) -> RecordError:
    """The sentence for a file that the system does not let us read or write."""
    if error.errno in _FULL:
        return RecordError(
            f"The disk is full: {path} could not be written, and nothing of it was kept. What the record held before is "
            "whole; free some space and run the same command again, it goes on from there."
        )
    if error.errno in _CLOSED:
        return RecordError(f"No permission to {verb} {path}; change the rights of the folder, or name another record.")
    return RecordError(f"Could not {verb} {path}: {error.strerror or error}. Check the path and the disk.")


def digest(content: bytes) -> str:
    """What stands in the name of a file for its content."""
    return hashlib.sha256(content).hexdigest()[:16]


def first_line(error: Exception) -> str:
    """The first line of a message, without its full stop."""
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(" .")


def number_of(path: Path) -> int:
    """The place of a part in the order of its folder."""
    return int(path.name[:8])


def serialized(table: pa.Table, group_rows: int = GROUP_ROWS) -> bytes:
    """The content of a Parquet file, the same for the same rows."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", row_group_size=group_rows)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _write_through(path: Path, content: bytes) -> None:
    with path.open("xb", buffering=0) as file:
        rest = memoryview(content)
        while rest:
            rest = rest[file.write(rest) :]
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows and some network drives do that by themselves and refuse to be asked."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
    finally:
        os.close(handle)
