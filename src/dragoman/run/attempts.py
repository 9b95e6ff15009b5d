"""A reader that sets aside documents which end its process, by marks on disk, because the process that left them is gone."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dragoman.analysis import Analysis, Skipped
from dragoman.document import Document
from dragoman.run import DocumentReader

MOST = 3
"""A document that has ended so many processes is set aside. One or two may have been killed for other reasons."""


class HopelessError(Exception):
    """The document has ended `MOST` processes."""


class Attempts:
    """Marks in a folder that all processes share: `<document>.<n>` stands while the n-th attempt runs, and after it crashed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def forget(self) -> None:
        """Begin anew: what stands there is from a run that was stopped."""
        shutil.rmtree(self._folder, ignore_errors=True)

    @contextmanager
    def attempt(self, document_id: str) -> Iterator[None]:
        """Mark an attempt while the block runs; HopelessError, before the block, where there were too many."""
        self._folder.mkdir(parents=True, exist_ok=True)
        marks = [self._folder / f"{document_id}.{number}" for number in range(MOST)]
        if not any(_is_made(mark) for mark in marks):
            raise HopelessError
        try:
            yield
        finally:
            for mark in marks:
                mark.unlink(missing_ok=True)


class Guarded:
    """A reader whose documents are each marked while they are read; one that is hopeless comes back as skipped.

    With several workers the reader minds its processes by itself.
    """

    def __init__(self, reader: DocumentReader, attempts: Attempts) -> None:
        self._reader = reader
        self._attempts = attempts

    @property
    def fingerprint(self) -> str:
        """That of the reader."""
        return self._reader.fingerprint

    def read_all(self, documents: Iterable[Document], *, workers: int | None = None) -> Iterator[Analysis]:
        """One analysis for each document, in their order."""
        if workers is not None and workers > 1:
            return self._reader.read_all(documents, workers=workers)
        return map(self.read, documents)

    def read(self, document: Document) -> Analysis:
        """The reading of one document, unless it has ended too many processes."""
        try:
            with self._attempts.attempt(document.id):
                return next(iter(self._reader.read_all([document])))
        except HopelessError:
            reason = f"reading ended the process {MOST} times (out of memory or a crash in a library); the document was set aside"
            skipped = (Skipped(0, len(document.text), reason),)
            return Analysis(reader=self.fingerprint, document=document, skipped=skipped)


def _is_made(mark: Path) -> bool:
    """Whether the mark was not there and is now."""
    try:
        mark.open("x").close()
    except FileExistsError:
        return False
    return True
