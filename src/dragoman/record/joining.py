"""Many small parts -> few large ones with the same rows in the same order, in the present layout.

A joined part takes the number of its first member and is on the disk before a member goes. A process killed in
between leaves rows
twice, which count once, and the next joining drops the second ones. Two that join at once write the same file, or
leave rows twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from dragoman.record import parts
from dragoman.record.catalogue import Catalogue, repeated
from dragoman.record.parts import Part

MANY = 200
"""With so many small parts in one folder a run joins them at its end."""

_MOST_ROWS = 20_000
_MOST_BYTES = 64_000_000
_SMALL_ROWS = _MOST_ROWS // 4


@dataclass(frozen=True, slots=True)
class Compacted:
    """What joining did: `before` and `after` are numbers of parts, `dropped` of rows that stood there twice."""

    before: int
    after: int
    dropped: int

    def __str__(self) -> str:
        if self.before == self.after:
            return f"{self.before:,} parts, none of them too small: nothing was changed."
        twice = f"; {self.dropped:,} rows that stood there twice went" * bool(self.dropped)
        return f"{self.before:,} parts joined into {self.after:,}{twice}."


def is_due(catalogue: Catalogue) -> bool:
    """Whether a folder has so many small parts that opening the record takes noticeably longer."""
    return any(sum(p.rows < _SMALL_ROWS for p in folder) > MANY for folder in _folders(catalogue))


def compact(catalogue: Catalogue) -> Compacted:
    """Join neighbouring small parts, folder by folder. RecordError where the disk is full; then nothing is lost."""
    before = after = dropped = 0
    for folder in _folders(catalogue):
        twice = repeated(folder)
        for run in _runs(folder):
            before += len(run)
            after += 1
            dropped += _join(run, twice) if _pays(run, twice) else 0
    return Compacted(before, after, dropped)


def _folders(catalogue: Catalogue) -> Iterator[tuple[Part, ...]]:
    """The parts of each folder; a reader may have two, if two processes began with it at once."""
    for found in (catalogue.documents, *catalogue.readings):
        for folder in dict.fromkeys(p.path.parent for p in found):
            yield tuple(p for p in found if p.path.parent == folder)


def _runs(folder: Sequence[Part]) -> Iterator[list[Part]]:
    """Neighbours that fit into one part together; a part that is large enough stays alone."""
    run: list[Part] = []
    for part in folder:
        if run and not _fit([*run, part]):
            yield run
            run = []
        run.append(part)
    if run:
        yield run


def _fit(run: Sequence[Part]) -> bool:
    return sum(p.rows for p in run) <= _MOST_ROWS and sum(p.path.stat().st_size for p in run) <= _MOST_BYTES


def _pays(run: Sequence[Part], twice: Mapping[Part, list[int]]) -> bool:
    return len(run) > 1 or bool(run[0].layout) or run[0] in twice


def _join(run: Sequence[Part], twice: Mapping[Part, list[int]]) -> int:
    """Replace the parts by one; the number of rows that were left out because an earlier row has the same document."""
    table = pa.concat_tables(_kept(part, twice.get(part, ())) for part in run).combine_chunks()
    joined = parts.write(run[0].path.parent, table, parts.number_of(run[0].path))
    for part in run:
        if part.path != joined:
            _remove(part.path)
    return sum(len(twice.get(part, ())) for part in run)


def _kept(part: Part, surplus: Sequence[int]) -> pa.Table:
    table = parts.read(part)
    gone = set(surplus)
    return table.filter(pa.array([row not in gone for row in range(part.rows)], pa.bool_())) if gone else table


def _remove(path: Path) -> None:
    with suppress(FileNotFoundError):
        path.unlink()
