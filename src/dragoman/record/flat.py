"""Flat copies of the rows of large parts: what positions and counts go by, a column for each value.

    flat/<table>-<layout>/<digest of the part>-<digest of the copy>.parquet

A query over nested rows reads every value of every row; one over a copy reads the columns it names. A copy follows from its
part and the texts of its documents, which never change, so it can be made again at any time, and a damaged or missing one
costs time and nothing else. `layout` stands for
the SELECT that makes the copies: another one leaves the old ones unused.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pyarrow as pa

from dragoman.errors import RecordError
from dragoman.record import parts, tables
from dragoman.record.parts import Part

FOLDER = "flat"
LARGE_ROWS = 5_000
"""Rows of a part from which on it has copies; smaller ones are soon joined, and then it has."""

_KEPT_FOR = 3_600
_GROUP_ROWS = 20_000


def folder_of(root: Path, table: str) -> Path:
    """Where the copies of a table lie."""
    layout = hashlib.sha256(tables.FLAT[table].encode()).hexdigest()[:12]
    return root / FOLDER / f"{table}-{layout}"


def kept(root: Path, table: str, whole: Iterable[Part]) -> Mapping[Part, Path]:
    """The copies there are of those parts; the parts are such that all of their rows count."""
    there = {path.name[:16]: path for path in sorted(parts.entries(folder_of(root, table))) if _is_copy(path)}
    return {part: there[source] for part in whole if (source := _source(part)) in there}


def complete(root: Path, table: str, missing: Iterable[Part], copy: Callable[[str, Part], pa.Table]) -> bool:
    """Write the copies that are missing; whether any was written. A record that is closed to writing goes without."""
    written = False
    with suppress(RecordError):
        for part in missing:
            content = parts.serialized(copy(tables.FLAT[table], part), _GROUP_ROWS)
            parts.write_file(folder_of(root, table) / f"{_source(part)}-{parts.digest(content)}.parquet", content)
            written = True
    return written


def large(found: Iterable[Part]) -> tuple[Part, ...]:
    """The parts that are worth a copy."""
    return tuple(p for p in found if p.rows >= LARGE_ROWS)


def forget_others(root: Path, found: Iterable[Part]) -> None:
    """Remove the copies of parts that are gone, once nobody can be reading them any more."""
    sources = {_source(part) for part in found}
    current = {folder_of(root, table) for table in tables.FLAT}
    for path in _copies(root):
        with suppress(OSError):
            unused = path.name[:16] not in sources or path.parent not in current
            if unused and path.stat().st_mtime < time.time() - _KEPT_FOR:
                path.unlink()


def damaged(root: Path) -> Iterator[Path]:
    """Copies that have not the content they were written with; they may go, because they can be made again."""
    return (path for path in _copies(root) if not parts.is_intact(path))


def _copies(root: Path) -> Iterator[Path]:
    for folder in parts.entries(root / FOLDER):
        if folder.is_dir():
            yield from (path for path in parts.entries(folder) if _is_copy(path))


def _is_copy(path: Path) -> bool:
    return path.suffix == ".parquet" and not parts.is_unfinished(path)


def _source(part: Part) -> str:
    """The digest of the content of a part, which its name ends in."""
    return part.path.stem[-16:]
