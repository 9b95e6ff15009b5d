"""A record: analyses at rest. Parquet is the truth, DuckDB queries it.

    record.json                     what this folder is, and the version of its layout; written once
    documents/<part>.parquet        texts with their provenance
    readings/<n>-<reader>/<part>    what the n-th reader made of them, one row for each document
    flat/ and stories/              what follows from these, made when a question needs it

Parts are written once and never changed, so a process killed at any moment leaves a record that opens, and two that
write at once
lose nothing: what both wrote counts once. docs/record.md says more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa

from dragoman.analysis import Analysis
from dragoman.errors import UsageError
from dragoman.record import catalogue, counting, derived, flat, folder, parts, repetitions, schema, searching, stories
from dragoman.record.catalogue import Catalogue
from dragoman.record.check import Fault, faults, repair
from dragoman.record.counting import Pairs
from dragoman.record.differences import Difference
from dragoman.record.documents import Documents
from dragoman.record.filters import Duplicates, Filters
from dragoman.record.joining import Compacted, compact, is_due
from dragoman.record.networks import Network, NetworkSettings, networks
from dragoman.record.parts import Damaged, Part
from dragoman.record.positions import (
    Change,
    Found,
    Position,
    RedLine,
    Selection,
    changes,
    find,
    once,
    positions,
    red_lines,
)
from dragoman.record.positions.selection import check_date
from dragoman.record.query import Database, Parameters
from dragoman.record.repetitions import Kind, Row
from dragoman.record.reviews import Log, Reviewed
from dragoman.record.searching import Search
from dragoman.record.summary import Summary, summarize
from dragoman.record.tables import FLAT

__all__ = ["Damaged", "Documents", "Filters", "NetworkSettings", "Record", "Search", "Selection", "Summary"]

_ALL = Selection()
_EVERYTHING, _ACTUAL = Filters(), Filters(actual=True)
_CONGRUENCE = NetworkSettings()
_BATCH_DOCUMENTS = 1_000
_BATCH_CHARACTERS = 16_000_000


class Record:
    """A folder that holds documents and what readers made of them.

    Raises RecordError where `path` is no record (`create=True` makes one of an absent or empty folder),
    NewerRecordError where
    a later version wrote it. What other processes add shows at the next call.
    """

    def __init__(self, path: str | Path, *, create: bool = False) -> None:
        self.path = Path(path).absolute()
        folder.open_folder(self.path, create=create)
        self.reviews = Log(self.path)
        self._catalogue = Catalogue()
        self._database: Database | None = None
        self._documents: Documents | None = None
        self._stories_of: Catalogue | None = None
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

        Raises RecordError where the disk is full or the folder closed to writing: parts written before that stay,
        each of them
        whole, and adding the same again completes them.
        """
        for batch in _batches(analyses):
            folder.bring_up_to_date(self.path)
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
        if derived.is_named_in(text):
            self.refresh_stories()
        return self._opened().answer(text, parameters)

    def differences(self) -> Mapping[str, Difference]:
        """What the newest reader changed in the statements, events and stances of documents that an older one had read."""
        database, now = self._opened(), self._catalogue
        if len(self.readers) < 2:
            return {}
        newest = [g for g in now.readings if g and catalogue.is_folder_of(g[0].path.parent, self.readers[-1])]
        older = [g for g in now.readings if g not in newest]
        return database.differences(tuple(chain.from_iterable(newest)), older)

    def refresh_stories(self) -> None:
        """Find out which documents and events repeat each other, unless that is known for what the record holds now.

        The result is kept in the record. Whatever needs it calls this by itself.
        """
        database, now = self._opened(), self._catalogue
        if self._stories_of is not now:
            files = derived.kept(self.path, now)
            database.derive(files or derived.keep(self.path, now, stories.compute(database.batches)))
            self._stories_of = now

    def prepare(self) -> None:
        """Make everything that questions go by and that follows from the readings: the flat copies, and the stories."""
        for table in FLAT:
            self._flattened(table)
        self.refresh_stories()

    def check(self) -> tuple[Fault, ...]:
        """Everything in the record that is not as it should be: files, ids, quotations."""
        now = self._now()
        return tuple(faults(self.path, now, Database(self.path, now, copies=False).answer))

    def repair(self) -> tuple[Fault, ...]:
        """Do what can be done about the faults, deleting nothing that cannot be rebuilt; those that were found."""
        if not (found := self.check()):
            return ()
        folder.bring_up_to_date(self.path)
        repair(self.path, self._now(), found)
        self._forget()
        return found

    def compact(self) -> Compacted:
        """Join small parts into large ones, which open faster. Whoever has the record open sees the same rows."""
        folder.bring_up_to_date(self.path)
        done = compact(self._now())
        self._forget()
        for table in FLAT:
            self._flattened(table)
        flat.forget_others(self.path, chain.from_iterable(self._now().readings))
        return done

    def compact_if_due(self) -> Compacted | None:
        """Join the parts if there are so many small ones that opening takes noticeably longer."""
        return self.compact() if is_due(self._now()) else None

    def _forget(self) -> None:
        """Look at the folder anew."""
        self._catalogue, self._known_documents, self._known_readings = Catalogue(), None, {}

    def summary(self, *, reviewed: bool = True) -> Summary:
        """What the record holds, in figures; `reviewed` counts rows as people put them right."""
        return summarize(self.sql, self.readers, self.damaged, reviewed=reviewed)

    def events_table(
        self, filters: Filters = _EVERYTHING, *, duplicates: Duplicates = "none", reviewed: bool = True
    ) -> pa.Table:
        """The events that count, with their day, their parties as countries, and the number of `accounts` that each stands for.

        `duplicates`: "none" takes every row, "document" one of a type and parties from each document, "day" one from
        each day,
        "story" one from each story: the first account stands for the others. `reviewed` applies what people put right.
        """
        return counting.events_table(self._asked(duplicates), filters, duplicates, reviewed)

    def counts(
        self,
        by: Sequence[str] = ("month", "actor", "recipient", "type"),
        filters: Filters = _ACTUAL,
        *,
        duplicates: Duplicates = "story",
        pairs: Pairs = "directed",
        zero_filled: bool = False,
        reviewed: bool = True,
    ) -> pa.Table:
        """How many events there are by period, actor, recipient, type ..., and their mean on Goldstein's and PLOVER's scales.

        `by` names some of day, week, month, quarter, year, actor, recipient, type, mode, quad, publisher, polarity,
        modality and
        claimed. With `zero_filled` every period from the first to the last has a row for every pair that occurs. By
        default only
        what is said to have happened is counted, every event once, however many report it.
        """
        return counting.counts(
            self._asked(duplicates), by, filters, duplicates, pairs=pairs, zero_filled=zero_filled, reviewed=reviewed
        )

    def search(self, wanted: Search | str, *, reviewed: bool = True) -> pa.Table:
        """Passages that have the words, best first: Record.search("grain corridor"), or a Search with more choices."""
        chosen = Search(words=wanted) if isinstance(wanted, str) else wanted
        if repetitions.needs_stories(chosen.within, chosen.duplicates):
            self.refresh_stories()
        return searching.search(self._opened().answer, chosen, reviewed=reviewed)

    def repeated(
        self,
        kind: Kind,
        rows: Collection[Row],
        duplicates: Duplicates,
        *,
        needed: Collection[Row] = frozenset(),
        reviewed: bool = True,
    ) -> frozenset[Row]:
        """Of some rows of a kind (ids of document and row) those for which the first of them that says the same stands.

        Statements say the same in the same words of the same source, stances by holder, measure, target, direction, force and
        having a condition or not, events by type and parties: in one document, on one day or in one story. Rows that are
        `needed` come before others.
        """
        if duplicates == "none" or not rows:
            return frozenset()
        if repetitions.needs_stories(kind, duplicates):
            self.refresh_stories()
        found = self._opened().answer(*repetitions.repeated(kind, rows, needed, duplicates, reviewed=reviewed))
        return frozenset(zip(*(column.to_pylist() for column in found.columns), strict=True))

    def _asked(self, duplicates: Duplicates) -> Callable[[str, Any], pa.Table]:
        if duplicates == "story":
            self.refresh_stories()
        return self._flattened("coded")

    def _flattened(self, table: str) -> Callable[[str, Any], pa.Table]:
        """The record to ask, with the flat copies of that table complete."""
        database = self._opened()
        database.complete_copies(table)
        return database.answer

    def positions(
        self, selection: Selection = _ALL, *, duplicates: Duplicates = "none", reviewed: bool = True
    ) -> tuple[Position, ...]:
        """Where each actor stands on each measure, toward whom, since when and how firmly, with every passage that shows it.

        record.positions(Selection(actors="RUS", measures="sanctions", toward="SYR")); `reviewed` applies what people put right.
        `duplicates`: of passages that say the same the first in each document, story or day; with "story" `sources` are stories.
        """
        return positions(once(self._found(selection, reviewed, stories=duplicates == "story"), duplicates))

    def changes(
        self, since: str, selection: Selection = _ALL, *, duplicates: Duplicates = "none", reviewed: bool = True
    ) -> tuple[Change, ...]:
        """What moved since that date, latest first, as positions have it.

        Raises UsageError where the selection has a beginning of its own.
        """
        if selection.since is not None:
            raise UsageError("A change is seen from both sides of its date; leave `since` out of the selection.")
        check_date("since", since)
        return changes(self.positions(selection, duplicates=duplicates, reviewed=reviewed), since)

    def red_lines(
        self, selection: Selection = _ALL, *, duplicates: Duplicates = "none", reviewed: bool = True
    ) -> tuple[RedLine, ...]:
        """Every red line and veto threat, earliest first, and what its holder said of the matter later."""
        return red_lines(self.positions(selection, duplicates=duplicates, reviewed=reviewed))

    def networks(
        self, settings: NetworkSettings = _CONGRUENCE, selection: Selection = _ALL, *, reviewed: bool = True
    ) -> tuple[Network, ...]:
        """Who agrees or disagrees with whom on what: one network, or one for each window of time."""
        return networks(self._found(selection, reviewed, stories=settings.duplicates == "story"), settings)

    def _found(self, selection: Selection, reviewed: bool, *, stories: bool) -> Found:
        if stories:
            self.refresh_stories()
        table = "stances_reviewed" if reviewed else "stances"
        return find(self._flattened("stances"), selection, table, stories=stories)

    def reviewed(self, document_id: str) -> Reviewed:
        """A document's newest reading and what people decided about it; UsageError where no reader has read the document."""
        if (found := self._opened().reviews.reviewed(document_id)) is None:
            raise UsageError(f"Document {document_id!r} is not in {self.path}, or no reader has read it.")
        return found

    def reviewed_documents(self) -> tuple[Reviewed, ...]:
        """The documents that have reviews, read and reviewed."""
        return tuple(self._opened().reviews.laid().values())

    def analyses(self, *, reviewed: bool = False) -> Iterator[Analysis]:
        """The newest reading of every document, in the order in which they were added, a part in memory at a time.

        With `reviewed` as people put it right: rejected rows are gone, corrected ones changed, added ones there.
        """
        laid = self._opened().reviews.laid() if reviewed else {}
        for analysis in self._read():
            found = laid.get(analysis.document.id)
            yield analysis if found is None else found.analysis

    def _read(self) -> Iterator[Analysis]:
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
        self._database.reviews.refresh(self.reviews.entries())
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
