"""A record -> the formats of the field.

A format is an entry point of the group `dragoman.exports`: its name is what the user says, its object a `Format`.
Dragoman's own are registered in the same way. docs/formats.md says what each carries and what it loses.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from tempfile import mkdtemp
from typing import TextIO

from dragoman.analysis import Analysis
from dragoman.errors import UsageError
from dragoman.views.exports.losses import Losses
from dragoman.views.exports.scope import Scope, select
from dragoman.views.exports.settings import TABLES, Format, Settings

__all__ = ["TABLES", "Format", "Losses", "Scope", "Settings", "export", "format_named", "known", "select"]

_NOTHING_SAID = Settings()


@cache
def known() -> dict[str, EntryPoint]:
    """The formats there are, by name; nothing of them is imported yet."""
    return {point.name: point for point in sorted(entry_points(group="dragoman.exports"), key=lambda p: p.name)}


def format_named(name: str) -> Format:
    """The format of that name; UsageError where there is none or its package cannot be loaded."""
    if name not in known():
        raise UsageError(f"Nothing writes the format {name!r}; known are {', '.join(known())}.")
    try:
        found = known()[name].load()
    except (ImportError, AttributeError) as error:
        raise UsageError(f"The format {name!r} cannot be loaded: {error}. Install its package anew.") from error
    if not isinstance(found, Format):
        raise UsageError(f"The plug-in for {name!r} is no dragoman.views.exports.Format; tell its author.")
    return found


def export(
    analyses: Iterable[Analysis], name: str, output: Path | TextIO, losses: Losses, settings: Settings = _NOTHING_SAID
) -> int:
    """Write the analyses in a format, to a stream or to a path, and give the number of rows; losses are counted in `losses`.

    A path appears whole or not at all, and what was there is replaced only then. UsageError where the format is no text
    and `output` is a stream, or the path is a folder with something in it; OSError where the disk is full.
    """
    format = format_named(name)
    if not isinstance(output, Path):
        if format.text is None:
            raise UsageError(f"{name} is {format.about}, which is no text: name a file with -o.")
        return format.text(analyses, output, losses, settings)
    if output.is_dir() and any(output.iterdir()):
        raise UsageError(f"{output} is a folder with something in it; name a new one.")
    aside = Path(mkdtemp(prefix=".unfinished-", dir=output.absolute().parent))
    try:
        rows = _write(format, analyses, aside / output.name, losses, settings)
        if output.is_dir():
            output.rmdir()
        (aside / output.name).replace(output)
    except OSError as error:
        error.filename = str(output)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return rows


def _write(format: Format, analyses: Iterable[Analysis], path: Path, losses: Losses, settings: Settings) -> int:
    if format.file is not None and (format.text is None or not path.suffix):
        return format.file(analyses, path, losses, settings)
    assert format.text is not None  # a format writes text or files
    with path.open("w", encoding="utf-8", newline="") as out:
        return format.text(analyses, out, losses, settings)
