"""What the user typed (files, folders, globs, `-`) -> Sources in a settled order."""

from __future__ import annotations

import glob
import io
import os
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from dragoman.ingest.source import Options, Source, Unread


def sources(path: str | Path, options: Options) -> Iterator[Source | Unread]:
    """The sources a path stands for; a folder stands for its files, recursively and in the order of their names."""
    name = str(path)
    if name == "-":
        yield Source("standard input", _standard_input, options, nameless=True)
    elif glob.has_magic(name) and not os.path.lexists(name):
        yield from _matching(name, options)
    else:
        yield from _named(Path(name), options)


def _standard_input() -> nullcontext[io.BufferedReader]:
    return nullcontext(sys.stdin.buffer)  # type: ignore[arg-type]


def _opened(path: Path) -> io.BufferedReader:
    return path.open("rb")


def _matching(pattern: str, options: Options) -> Iterator[Source | Unread]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  # Path.glob knows no absolute patterns
    if not matches:
        yield Unread(pattern, "The pattern matches no file; check the spelling and the folder it starts from.")
    for match in matches:
        yield from _named(Path(match), options)


def _named(path: Path, options: Options) -> Iterator[Source | Unread]:
    """What the user named may also be a pipe; in a folder, pipes are left alone, since opening one waits for its writer."""
    mode = _mode(path)
    if isinstance(mode, Unread):
        yield mode
    elif S_ISDIR(mode):
        yield from _nonempty_folder(path, options)
    else:
        yield Source(str(path), partial(_opened, path), options, nameless=not S_ISREG(mode))


def _mode(path: Path) -> int | Unread:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return Unread(
            str(path), "There is no such file or folder; check the spelling, and that a link still leads somewhere."
        )
    except (OSError, ValueError) as error:
        return Unread(str(path), f"It cannot be opened: {error}. Check its name and permissions.")


def _nonempty_folder(folder: Path, options: Options) -> Iterator[Source | Unread]:
    nothing = Unread(str(folder), "The folder holds no files to read; hidden files and README files are left out.")
    found = _folder(folder, options, frozenset())
    yield next(found, nothing)
    yield from found


def _folder(folder: Path, options: Options, above: frozenset[tuple[int, int]]) -> Iterator[Source | Unread]:
    """The files below a folder. `above` are the folders it lies in, so that a link to one of them does not go round for ever."""
    try:
        status = folder.stat()
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Unread(str(folder), f"The folder cannot be opened: {error.strerror}. Check its permissions.")
        return
    here = (status.st_dev, status.st_ino)
    if here in above or _is_record(folder):
        return
    for entry in entries:
        if not _is_left_out(entry):
            yield from _entry(entry, options, above | {here})


def _entry(path: Path, options: Options, above: frozenset[tuple[int, int]]) -> Iterator[Source | Unread]:
    mode = _mode(path)
    if isinstance(mode, Unread):
        yield mode
    elif S_ISDIR(mode):
        yield from _folder(path, options, above)
    elif S_ISREG(mode):
        yield Source(str(path), partial(_opened, path), options)
    else:
        yield Unread(
            str(path), "It is neither a file nor a folder but a device, pipe or socket; name it by itself to read it."
        )


def _is_left_out(path: Path) -> bool:
    """Hidden files, and what a folder says about itself."""
    return path.name.startswith(".") or path.stem.upper() == "README"


def _is_record(folder: Path) -> bool:
    """Whether a folder is a record that dragoman wrote: its tables are not news."""
    try:
        with (folder / "record.json").open("rb") as file:
            return b'"dragoman-record"' in file.read(4096)
    except OSError:
        return False
