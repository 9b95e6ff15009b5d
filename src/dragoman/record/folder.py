"""The folder of a record: what makes it one, how it is made, who may not open it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from dragoman.errors import NewerRecordError, RecordError
from dragoman.record import parts, schema

FORMAT = "dragoman-record"
_HEAD = "record.json"
_ABANDONED_AFTER = 24 * 3600


def open_folder(path: Path, *, create: bool) -> None:
    """Check that a folder is a record of a version we know; `create` makes one where there is nothing.

    Raises RecordError, NewerRecordError.
    """
    if create and not (path / _HEAD).exists():
        _create(path)
    version = _version(path)
    if version > schema.VERSION:
        raise NewerRecordError(
            f"{path} was written by a later dragoman (layout {version}, this one knows up to {schema.VERSION}); "
            "upgrade dragoman to open it. Nothing was changed."
        )
    if create:
        for unfinished in abandoned(path, _ABANDONED_AFTER):
            with suppress(OSError):
                unfinished.unlink()


def bring_up_to_date(path: Path) -> None:
    """Say in the head that parts of the present layout follow, so that an older dragoman refuses the record and misreads nothing.

    Every writer calls this before its first part. What is there is not rewritten: parts of older layouts are read as they are.
    """
    if _version(path) < schema.VERSION:
        _write_head(path)


def _create(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise RecordError(f"{path} is a file, but a record is a folder; give another name for the record.")
    strangers = any(not parts.is_unfinished(p) for p in parts.entries(path))
    if strangers and not (path / _HEAD).exists():
        raise RecordError(f"{path} holds other files and is no record; name an empty or a new folder.")
    _write_head(path)


def _write_head(path: Path) -> None:
    head = {"format": FORMAT, "schema": schema.VERSION}
    parts.write_file(path / _HEAD, f"{json.dumps(head)}\n".encode())


def _version(path: Path) -> int:
    """The version of the layout; RecordError where this is no record."""
    try:
        head = json.loads((path / _HEAD).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        raise RecordError(
            f"{path} is no record: there is no {_HEAD} in it. Name a folder that `dragoman read -o` wrote."
        ) from None
    except OSError as error:
        raise parts.refused(error, path / _HEAD, "read") from error
    except ValueError:
        head = None
    if not isinstance(head, dict) or head.get("format") != FORMAT or not isinstance(head.get("schema"), int):
        raise RecordError(
            f'{path / _HEAD} is not what a record has there ({{"format": "{FORMAT}", "schema": {schema.VERSION}}}); '
            "put the file back from a copy if this was a record."
        )
    version: int = head["schema"]
    return version


def abandoned(path: Path, seconds: float) -> Iterator[Path]:
    """What killed processes left unfinished, once it is so old that nobody can be writing it."""
    limit = time.time() - seconds
    for unfinished in path.rglob(f"{parts.UNFINISHED}*"):
        with suppress(OSError):
            if unfinished.stat().st_mtime < limit:
                yield unfinished
