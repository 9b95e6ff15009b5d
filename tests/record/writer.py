"""Processes that write to a record, to be killed or to get into each other's way."""

from __future__ import annotations

import multiprocessing
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from dragoman.record import Record
from dragoman.record.reviews import judge

from ..strategies import small_analysis

_processes = multiprocessing.get_context("forkserver")
_MORNING = datetime(2031, 5, 2, 9, tzinfo=UTC)
_processes.set_forkserver_preload([__name__])


class Writer:
    """A process that adds the analyses `start` to `stop` one by one, and goes on where an earlier one stopped.

    With `judging` it accepts the event of each as well, and joins parts after every third.
    """

    def __init__(self, path: Path, start: int, stop: int, reader: str = "reader-one", *, judging: bool = False) -> None:
        self._heard, said = _processes.Pipe(duplex=False)
        work = (path, reader, start, stop, judging, said)
        self._process = _processes.Process(target=_write, args=work, daemon=True)
        self._process.start()
        said.close()

    def wait_for_one(self) -> None:
        """Return when the next analysis is on the disk."""
        assert self._heard.poll(60), "The writer has written nothing for a minute."
        self._said = [self._heard.recv()]

    def kill(self) -> None:
        """End the process by SIGKILL, wherever it is."""
        self._process.kill()
        self._process.join()

    def said(self) -> list[tuple[str, str]]:
        """What it said that it had done: `read` or `judged`, and the document."""
        with suppress(EOFError):
            while self._heard.poll():
                self._said.append(self._heard.recv())
        return self._said

    def finish(self) -> int | None:
        """Wait for the end; the exit status."""
        self._process.join(60)
        return self._process.exitcode


def _write(path: Path, reader: str, start: int, stop: int, judging: bool, said: Connection) -> None:
    record = Record(path, create=True)
    known = record.read_by(reader)
    for number in range(start, stop):
        analysis = small_analysis(number, reader=reader)
        if analysis.document.id not in known:
            record.add([analysis])
            said.send(("read", analysis.document.id))
            if judging:
                _keep(record, analysis.document.id)
                said.send(("judged", analysis.document.id))


def _keep(record: Record, document: str) -> None:
    verdict = judge(record.reviewed(document), "events", "event-1", "accept", reviewer="ada", at=_MORNING)
    record.reviews.add([verdict])
    if len(record.documents) % 3 == 0:
        record.compact()
