"""Processes that write to a record, to be killed or to get into each other's way."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path

from dragoman.record import Record

from ..strategies import small_analysis

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([__name__])


class Writer:
    """A process that adds the analyses `start` to `stop` one by one, and goes on where an earlier one stopped."""

    def __init__(self, path: Path, start: int, stop: int, reader: str = "reader-one") -> None:
        self._heard, said = _processes.Pipe(duplex=False)
        self._process = _processes.Process(target=_write, args=(path, reader, start, stop, said), daemon=True)
        self._process.start()
        said.close()

    def wait_for_one(self) -> None:
        """Return when the next analysis is on the disk."""
        assert self._heard.poll(60), "The writer has written nothing for a minute."
        self._heard.recv()

    def kill(self) -> None:
        """End the process by SIGKILL, wherever it is."""
        self._process.kill()
        self._process.join()

    def finish(self) -> int | None:
        """Wait for the end; the exit status."""
        self._process.join(60)
        return self._process.exitcode


def _write(path: Path, reader: str, start: int, stop: int, said: Connection) -> None:
    record = Record(path, create=True)
    known = record.read_by(reader)
    for number in range(start, stop):
        analysis = small_analysis(number, reader=reader)
        if analysis.document.id not in known:
            record.add([analysis])
            said.send(number)
