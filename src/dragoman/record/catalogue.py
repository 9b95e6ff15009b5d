"""A record's folder -> its parts at one moment, and which of their rows count."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dragoman.record import parts, schema
from dragoman.record.parts import Damaged, Part

DOCUMENTS = "documents"
READINGS = "readings"

_GENERATION = re.compile(r"\d{4,}-.+")
_ID_BYTES = 16
_PLAIN = re.compile(r"[a-z0-9][a-z0-9._+-]{0,79}")


@dataclass(frozen=True)
class Catalogue:
    """The parts that were there at one moment.

    `documents` and each tuple in `readings` are in the order of writing; `readings` holds one tuple per generation, that is per
    reader, in the order in which the readers first wrote.
    """

    documents: tuple[Part, ...] = ()
    readings: tuple[tuple[Part, ...], ...] = ()
    damaged: tuple[Damaged, ...] = ()

    @cached_property
    def readers(self) -> tuple[str, ...]:
        """The fingerprints of the readers, in the order in which they first wrote: the last one is the newest generation."""
        heads = (parts.read(found[0], ["reader"]) for found in self.readings if found and found[0].rows)
        return tuple(dict.fromkeys(head["reader"][0].as_py() for head in heads))

    @cached_property
    def surplus_documents(self) -> dict[Part, list[int]]:
        """Rows that repeat a document of an earlier row, as two processes at once may write them."""
        return repeated(self.documents)

    @cached_property
    def surplus_readings(self) -> dict[Part, list[int]]:
        """Rows about a document that a newer generation, or an earlier row of the same one, has read."""
        return repeated(tuple(chain.from_iterable(reversed(self.readings))))


def survey(root: Path, before: Catalogue) -> Catalogue:
    """What the folder holds now: `before` itself if nothing changed. Parts that `before` knows are not looked at again.

    Readings are listed before documents, because they are written after them: so none is seen without its document.
    """
    known = {p.path: p for p in chain(before.documents, *before.readings)}
    readings = [_look(parts.names(folder), schema.READINGS, known) for folder in _generations(root)]
    documents = _look(parts.names(root / DOCUMENTS), schema.DOCUMENTS, known)
    now = Catalogue(
        _sound(documents),
        tuple(_sound(found) for found in readings),
        tuple(p for p in chain(documents, *readings) if isinstance(p, Damaged)),
    )
    return before if now == before else now


def readings_folder(root: Path, reader: str) -> Path:
    """Where a reader's parts go: its own folder if it has one, else the next generation's.

    Two processes that begin with one reader at once agree on the folder, or make two that count as one generation.
    """
    taken = _generations(root)
    mine = [folder for folder in taken if is_folder_of(folder, reader)]
    number = max((_number(folder) for folder in taken), default=0) + 1
    return mine[0] if mine else root / READINGS / f"{number:04d}-{_folder_name(reader)}"


def is_folder_of(folder: Path, reader: str) -> bool:
    """Whether a folder holds the readings of this reader."""
    return _reader_name(folder) == _folder_name(reader)


def ids(found: Sequence[Part]) -> pa.ChunkedArray:
    """The document ids of some parts, one chunk for each part."""
    columns = (parts.read(p, ["document_id"])["document_id"] for p in found)
    return pa.chunked_array([c.combine_chunks() for c in columns], type=pa.string())


def _look(paths: list[Path], expected: pa.Schema, known: dict[Path, Part]) -> list[Part | Damaged]:
    return [known.get(path) or parts.inspect(path, expected) for path in paths]


def _sound(found: list[Part | Damaged]) -> tuple[Part, ...]:
    return tuple(p for p in found if isinstance(p, Part))


def _generations(root: Path) -> list[Path]:
    """The readers' folders in the order in which the readers first wrote."""
    folders = sorted((p for p in parts.entries(root / READINGS) if _GENERATION.fullmatch(p.name)), key=_number)
    first: dict[str, int] = {}
    for folder in folders:
        first.setdefault(_reader_name(folder), _number(folder))
    return sorted(folders, key=lambda folder: first[_reader_name(folder)])


def _number(folder: Path) -> int:
    return int(folder.name.partition("-")[0])


def _reader_name(folder: Path) -> str:
    return folder.name.partition("-")[2]


def _folder_name(reader: str) -> str:
    """The fingerprint itself where it can name a folder on any file system, else a digest of it."""
    return reader if _PLAIN.fullmatch(reader) else f"sha256-{hashlib.sha256(reader.encode()).hexdigest()[:16]}"


def repeated(found: tuple[Part, ...]) -> dict[Part, list[int]]:
    """Rows whose document an earlier row already has; looks twice only at documents that have more than one."""
    columns = ids(found)
    if _surely_distinct(columns):
        return {}
    counted = pc.value_counts(columns)
    twice = counted.field("values").filter(pc.greater(counted.field("counts"), 1))
    seen: set[str] = set()
    surplus: dict[Part, list[int]] = {}
    for part, column in zip(found, columns.chunks, strict=True) if len(twice) else ():
        for row in pc.indices_nonzero(pc.is_in(column, value_set=twice)).to_pylist():
            id = column[row].as_py()
            if id in seen:
                surplus.setdefault(part, []).append(row)
            seen.add(id)
    return surplus


_ODD = np.uint64(0x9E3779B97F4A7C15)


def _surely_distinct(found: pa.ChunkedArray) -> bool:
    """Whether digests of the ids, 8 bytes for 16, are all different: so are the ids then, and no id need be looked up."""
    digests = [_digests(chunk) for chunk in found.chunks if len(chunk)]
    if any(d is None for d in digests):
        return False
    together = np.sort(np.concatenate([d for d in digests if d is not None])) if digests else np.empty(0, np.uint64)
    return not bool((together[1:] == together[:-1]).any())


def _digests(ids: pa.StringArray) -> npt.NDArray[np.uint64] | None:
    """One number for each id; None where not all are of 16 bytes, as the ids of documents are."""
    if ids.null_count or not pc.all(pc.equal(pc.binary_length(ids), _ID_BYTES)).as_py():
        return None
    start = int(np.frombuffer(ids.buffers()[1], np.int32)[ids.offset])
    halves = np.frombuffer(ids.buffers()[2], np.uint64, 2 * len(ids), start)
    return halves[::2] * _ODD ^ halves[1::2]
