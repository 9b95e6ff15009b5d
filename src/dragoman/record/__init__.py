"""A record: analyses at rest. Parquet is the truth, DuckDB queries it.

    record.json                     what this folder is, and the version of its layout; written once
    documents/<part>.parquet        texts with their provenance
    readings/<n>-<reader>/<part>    what the n-th reader made of them, one row for each document

Parts are written once and never changed, so a process killed at any moment leaves a record that opens, and two that write at once
lose nothing: what both wrote counts once. docs/record.md says more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pyarrow as pa

from dragoman.analysis import Analysis
from dragoman.record import catalogue, folder, parts, schema
from dragoman.record.catalogue import Catalogue
from dragoman.record.documents import Documents
from dragoman.record.parts import Damaged, Part
from dragoman.record.query import Database, Parameters
from dragoman.record.summary import Summary, summarize

__all__ = ["Damaged", "Documents", "Record", "Summary"]

_BATCH_DOCUMENTS = 1_000
_BATCH_CHARACTERS = 16_000_000


class Record:
    """A folder that holds documents and what readers made of them.

    Raises RecordError where `path` is no record (`create=True` makes one of an absent or empty folder), NewerRecordError where
    a later version wrote it. What other processes add shows at the next call.
    """

    def __init__(self, path: str | Path, *, create: bool = False) -> None:
        self.path = Path(path).absolute()
        folder.open_folder(self.path, create=create)
        self._catalogue = Catalogue()
        self._database: Database | None = None
        self._documents: Documents | None = None
        self._known_documents: set[str] | None = None
        self._known_readings: dict[str, set[str]] = {}

    def __repr__(self) -> str:
        return f"Record({str(self.path)!r})"

    @property
    def readers(self) -> tuple[str, ...]:
        """The fingerprints of the readers that wrote here, oldest first; the newest one's reading of a document is valid."""
        return self._now().readers

    @property
    def damaged(self) -> tuple[Damaged, ...]:
        """Parts that cannot be read; every answer is given without them."""
        return self._now().damaged

    @property
    def documents(self) -> Documents:
        """The documents by id, in the order in which they were added."""
        now = self._now()
        if self._documents is None:
            self._documents = Documents(now.documents)
        return self._documents

    def add(self, analyses: Iterable[Analysis]) -> None:
        """Add analyses; when this returns they are on the disk. Those that are there already change nothing.

        Raises RecordError where the disk is full or the folder closed to writing: parts written before that stay, each of them
        whole, and adding the same again completes them.
        """
        for batch in _batches(analyses):
            self._add_documents(batch)
            for reader in dict.fromkeys(a.reader for a in batch):
                self._add_readings(reader, [a for a in batch if a.reader == reader])

    def read_by(self, reader: str) -> set[str]:
        """The ids of the documents that this reader (a fingerprint) has read; a reading whose document is lost does not count."""
        now = self._now()
        found = (group for group in now.readings if group and catalogue.is_folder_of(group[0].path.parent, reader))
        return _ids(tuple(chain.from_iterable(found))) & _ids(now.documents)

    def sql(self, text: str, parameters: Parameters = ()) -> pa.Table:
        """The answer to one SELECT over the tables of the record; `?` and `$name` take `parameters`.

        Raises UsageError for SQL that cannot be answered or is no SELECT, RecordError where a part cannot be read.
        """
        return self._opened().answer(text, parameters)

    def summary(self) -> Summary:
        """What the record holds, in figures."""
        return summarize(self.sql, self.readers, self.damaged)

    def analyses(self) -> Iterator[Analysis]:
        """The newest reading of every document, in the order in which they were added, a part in memory at a time."""
        now = self._now()
        documents = self.documents
        for part in chain.from_iterable(now.readings):
            surplus = set(now.surplus_readings.get(part, ()))
            if len(surplus) == part.rows:
                continue
            table = parts.read(part)
            if surplus:
                table = table.filter(pa.array(row not in surplus for row in range(part.rows)))
            yield from schema.analyses_of(table, documents)

    def _now(self) -> Catalogue:
        now = catalogue.survey(self.path, self._catalogue)
        if now is not self._catalogue:
            self._catalogue, self._database, self._documents = now, None, None
        return now

    def _opened(self) -> Database:
        now = self._now()
        if self._database is None:
            self._database = Database(self.path, now)
        return self._database

    def _add_documents(self, batch: list[Analysis]) -> None:
        if self._known_documents is None:
            self._known_documents = _ids(self._now().documents)
        new = _new(batch, self._known_documents)
        if new:
            table = schema.documents_table(a.document for a in new.values())
            parts.write(self.path / catalogue.DOCUMENTS, table)
            self._known_documents.update(new)

    def _add_readings(self, reader: str, batch: list[Analysis]) -> None:
        known = self._known_readings.get(reader)
        if known is None:
            known = self._known_readings[reader] = self.read_by(reader)
        new = _new(batch, known)
        if new:
            parts.write(catalogue.readings_folder(self.path, reader), schema.readings_table(new.values()))
            known.update(new)


def _new(batch: Iterable[Analysis], known: set[str]) -> dict[str, Analysis]:
    """The first analysis of each document that is not known, by document id."""
    new: dict[str, Analysis] = {}
    for analysis in batch:
        if analysis.document.id not in known:
            new.setdefault(analysis.document.id, analysis)
    return new


def _ids(found: tuple[Part, ...]) -> set[str]:
    return set(catalogue.ids(found).to_pylist())


def _batches(analyses: Iterable[Analysis]) -> Iterator[list[Analysis]]:
    """Batches that bound memory, by number of documents and length of text."""
    batch: list[Analysis] = []
    characters = 0
    for analysis in analyses:
        batch.append(analysis)
        characters += len(analysis.document.text)
        if len(batch) >= _BATCH_DOCUMENTS or characters >= _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
