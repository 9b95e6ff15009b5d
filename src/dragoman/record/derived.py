"""Stories of a catalogue: kept in the record under a fingerprint of what they follow from, and computed where they are not.

    stories/<fingerprint>/<table>.parquet

They can be computed again at any time, so a damaged or older one is simply replaced.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.errors import RecordError
from dragoman.record import parts, stories
from dragoman.record.catalogue import Catalogue

FOLDER = "stories"
_KEPT_FOR = 3_600
_NAMED = re.compile(r"\b(copies|story_accounts|story_reports|stories)\b", re.IGNORECASE)


def is_named_in(query: str) -> bool:
    """Whether a query may ask for a derived table; a word elsewhere in it costs time and does no harm."""
    return bool(_NAMED.search(query))


def fingerprint(root: Path, catalogue: Catalogue) -> str:
    """Of the parts and the way of finding stories: as long as it is the same, so are the stories."""
    found = chain(catalogue.documents, *catalogue.readings)
    names = "\n".join(str(p.path.relative_to(root)) for p in found)
    return hashlib.sha256(f"{stories.VERSION}\n{names}".encode()).hexdigest()[:16]


def kept(root: Path, catalogue: Catalogue) -> Mapping[str, Path | pa.Table] | None:
    """The files of the current stories; None where they are not there, or not whole."""
    folder = root / FOLDER / fingerprint(root, catalogue)
    files = {name: folder / f"{name}.parquet" for name in stories.TABLES}
    return files if all(_is_whole(path, stories.TABLES[name]) for name, path in files.items()) else None


def keep(root: Path, catalogue: Catalogue, tables: Mapping[str, pa.Table]) -> Mapping[str, Path | pa.Table]:
    """Write the tables to the record, and give where they are: still in memory where the record cannot be written."""
    folder = root / FOLDER / fingerprint(root, catalogue)
    try:
        for name, table in tables.items():
            parts.write_file(folder / f"{name}.parquet", parts.serialized(table))
    except RecordError:
        return tables
    _forget_others(folder)
    return {name: folder / f"{name}.parquet" for name in tables}


def _is_whole(path: Path, layout: pa.Schema) -> bool:
    try:
        return bool(pq.read_schema(path).equals(layout))
    except (OSError, pa.ArrowException):
        return False


def _forget_others(current: Path) -> None:
    """Remove stories of an earlier state, once nobody can be asking for them any more."""
    for folder in parts.entries(current.parent):
        with suppress(OSError):
            if folder != current and folder.stat().st_mtime < time.time() - _KEPT_FOR:
                for path in parts.entries(folder):
                    path.unlink()
                folder.rmdir()
