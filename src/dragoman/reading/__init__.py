"""The core: Document -> Analysis, in one pure call; this module alone knows the order of the stages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from dragoman.analysis import Analysis, Skipped
from dragoman.document import Document
from dragoman.reading.fingerprint import fingerprint
from dragoman.reading.settings import Settings

if TYPE_CHECKING:
    from dragoman.reading.stages import Stages

__all__ = ["Reader", "Settings"]


class Reader:
    """Reads documents; one object holds the models and may be used for any number of them.

    `read` is pure: the same document gives the same analysis, whatever was read before, beside it or in which process.
    Models are opened at the first reading. Raises KnowledgeError where a model or data file is missing, UsageError where a
    dictionary is.
    """

    def __init__(self, **settings: object) -> None:
        self.settings = Settings(**settings)  # type: ignore[arg-type]
        self.fingerprint = fingerprint(asdict(self.settings), self.settings.actors)
        self._stages: Stages | None = None

    def read(self, document: Document) -> Analysis:
        """Everything dragoman has to say of one document; a document that makes a stage fail comes back as skipped."""
        try:
            return self._open().read(document, self.fingerprint)
        except (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError, AssertionError) as error:
            reason = f"reading failed ({type(error).__name__}: {error}); please report the text"
            return Analysis(
                reader=self.fingerprint, document=document, skipped=(Skipped(0, len(document.text), reason),)
            )

    def read_all(self, documents: Iterable[Document], *, workers: int | None = None) -> Iterator[Analysis]:
        """The analyses in the order of the documents, read in this process or in `workers` others."""
        if workers is None or workers <= 1:
            return map(self.read, documents)
        from dragoman.reading.pool import read_in_processes

        return read_in_processes(self.settings, documents, workers)

    def _open(self) -> Stages:
        if self._stages is None:
            from dragoman.reading.stages import Stages

            self._stages = Stages(self.settings)
        return self._stages
