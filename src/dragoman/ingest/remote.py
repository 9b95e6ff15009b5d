"""Files on any file system that pyarrow or fsspec reaches (`s3://`, `gs://`, `hdfs://`, a folder) -> Sources."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import InputError
from dragoman.ingest import formats
from dragoman.ingest.paths import sources
from dragoman.ingest.source import Options, Source


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file by its address; it can be sent to another machine, which opens it by itself."""

    address: str

    def source(self, options: Options) -> Source:
        """What a reader of its format needs."""
        return Source(self.address, self._open, options)

    def _open(self) -> AbstractContextManager[io.BufferedReader]:
        system, path = _system(self.address)
        opened: Any = system.open_input_file(path)
        return io.BufferedReader(opened)


def files_at(address: str) -> Iterator[RemoteFile]:
    """The files at an address, in the order of their names: on this machine those that `read_path` would read.

    Elsewhere they are the file itself, or the files below it of known formats, without hidden ones, README files and records.
    InputError where there is nothing, or no such file system can be reached.
    """
    found = list(_elsewhere(address) if "://" in address else _here(address))
    if not found:
        raise InputError(f"{address} holds no files to read; check the address and the extensions of the files.")
    yield from found


def _here(address: str) -> Iterator[RemoteFile]:
    """What cannot be read is among them, and says why when it is opened; only the address itself must be there."""
    for source in sources(address, Options()):
        if source.name != address or Path(address).is_file():
            yield RemoteFile(str(Path(source.name).absolute()))


def _elsewhere(address: str) -> Iterator[RemoteFile]:
    from pyarrow.fs import FileSelector, FileType

    system, path = _system(address)
    try:
        info = system.get_file_info(path)
        files = [info.path] if info.type == FileType.File else []
        if info.type == FileType.Directory:
            listed = system.get_file_info(FileSelector(path, recursive=True))
            files = _wanted([str(f.path) for f in listed if f.type == FileType.File], path)
    except OSError as error:
        raise InputError(f"{address} cannot be listed: {error}. Check the address and the permissions.") from error
    scheme = address.partition("://")[0]
    yield from (RemoteFile(f"{scheme}://{file}") for file in sorted(files))


def _wanted(files: list[str], root: str) -> list[str]:
    """Those that hold news, by their names and places."""
    records = tuple(file.removesuffix("record.json") for file in files if file.endswith("/record.json"))
    return [file for file in files if not file.startswith(records) and _is_news(file.removeprefix(root).strip("/"))]


def _is_news(inside: str) -> bool:
    *folders, name = inside.split("/")
    hidden = any(part.startswith(".") for part in (*folders, name))
    return not hidden and not name.upper().startswith("README.") and formats.extension(name) in formats.known()


def _system(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path within it."""
    import pyarrow as pa
    from pyarrow.fs import FileSystem, FSSpecHandler, LocalFileSystem, PyFileSystem

    if "://" not in address:
        return LocalFileSystem(), str(Path(address).absolute())
    try:
        system, path = FileSystem.from_uri(address)
        return system, path
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        pass
    except OSError as error:
        raise InputError(f"{address} cannot be reached: {error}. Check the address and the credentials.") from error
    try:
        import fsspec

        system, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise InputError(
            f"No file system is known for {address}: {error}. Install the one fsspec has for it."
        ) from error
    return PyFileSystem(FSSpecHandler(system)), path
