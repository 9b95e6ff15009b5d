"""A record -> what is not as it should be, and what a repair may do about it.

A repair never deletes what it cannot rebuild: damaged and foreign parts are moved into the folder `damaged` of the
record, readings
that contradict their texts go there with a whole copy of their part. Reading the same sources again makes up for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa

from dragoman.errors import RecordError
from dragoman.record import flat, folder, parts
from dragoman.record.catalogue import Catalogue
from dragoman.record.parts import Part

Ask = Callable[[str], pa.Table]

ASIDE = "damaged"
"""The folder in a record to which a repair moves what it takes out."""

_LEFT_OVER_AFTER = 3_600
_SPANS = (
    ("mentions", "quote"),
    ("statements", "source_quote cue_quote"),
    ("contents", "quote"),
    ("events", "anchor_quote place_quote dead_quote injured_quote arrested_quote"),
    ("event_parties", "quote"),
    ("stances", "holder_quote measure_quote condition_quote evidence_quote"),
)
_POINTERS = (
    ("statements", "within", "statements"),
    ("events", "claimed_in", "statements"),
    ("stances", "statement", "statements"),
    ("statements", "source", "actors"),
    ("mentions", "actor", "actors"),
    ("event_parties", "actor", "actors"),
    ("stances", "holder", "actors"),
    ("stances", "toward", "actors"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that is not as it should be: the rule, how often it is broken, the first place, and what a repair does.

    `repair` is empty where there is nothing that a program may do about it. `documents` are the ids of those whose
    reading it is.
    """

    rule: str
    count: int
    where: str
    repair: str = ""
    documents: tuple[str, ...] = ()

    def __str__(self) -> str:
        times = f" ({self.count:,} times)" if self.count > 1 else ""
        return f"{self.rule}{times}: {self.where}" + (f" Repair: {self.repair}" if self.repair else "")


def faults(root: Path, catalogue: Catalogue, ask: Ask) -> Iterator[Fault]:
    """All that is wrong with a record, from its files to its rows."""
    yield from _files(root, catalogue)
    broken = [f for part in _all(catalogue) if (f := _unreadable(part))]
    yield from broken
    if not broken:
        yield from _rows(ask)


def repair(root: Path, catalogue: Catalogue, found: tuple[Fault, ...]) -> None:
    """Do what the faults say a repair does. RecordError where the disk is full or closed; then nothing is lost."""
    for damaged in catalogue.damaged:
        _set_aside(root, damaged.path)
    for part in _all(catalogue):
        if _unreadable(part):
            _set_aside(root, part.path)
    for unfinished in folder.abandoned(root, _LEFT_OVER_AFTER):
        with suppress(OSError):
            unfinished.unlink()
    for copy in flat.damaged(root):
        with suppress(OSError):
            copy.unlink()
    wrong = {id for fault in found for id in fault.documents}
    for part in chain.from_iterable(catalogue.readings) if wrong else ():
        _take_out(root, part, wrong, catalogue.surplus_readings.get(part, []))


def _all(catalogue: Catalogue) -> Iterator[Part]:
    return chain(catalogue.documents, *catalogue.readings)


def _files(root: Path, catalogue: Catalogue) -> Iterator[Fault]:
    for damaged in catalogue.damaged:
        yield Fault(
            rule="A part can be read",
            count=1,
            where=f"{damaged.path}: {damaged.reason}",
            repair=f"moves it to {ASIDE}/; then read the same sources again, or put the file back from a copy.",
        )
    left = list(folder.abandoned(root, _LEFT_OVER_AFTER))
    if left:
        yield Fault(
            rule="Nothing is left unfinished",
            count=len(left),
            where=f"{left[0]} was left by a process that was killed; it counts for nothing.",
            repair="removes it.",
        )

    if copies := list(flat.damaged(root)):
        yield Fault(
            rule="A flat copy has the content that it was written with",
            count=len(copies),
            where=str(copies[0]),
            repair="removes it; it is made again when it is needed.",
        )


def _unreadable(part: Part) -> Fault | None:
    """A part whose footer is whole and whose content is not the one it was written with."""
    if parts.is_intact(part.path):
        return None
    try:
        parts.read(part)
    except RecordError as error:
        return Fault(
            rule="A part has the content that it was written with",
            count=1,
            where=str(error),
            repair=f"moves it to {ASIDE}/; then read the same sources again.",
        )
    return None


def _rows(ask: Ask) -> Iterator[Fault]:
    for table, columns in _SPANS:
        for column in columns.split():
            yield from _wrong_quotes(ask, table, column)
    for table, pointer, target in _POINTERS:
        yield from _dangling(ask, table, pointer, target)
    yield from _wrong_ids(ask)
    yield from _without_document(ask)
    yield from _unread(ask)


def _wrong_quotes(ask: Ask, table: str, column: str) -> Iterator[Fault]:
    name = column if column == "quote" else column.removesuffix("_quote")
    found = ask(
        f"SELECT document_id, {column} AS words, {name}_start AS start FROM {table} JOIN documents USING (document_id) "
        f"WHERE {column} IS NOT NULL AND substring(text, {name}_start + 1, {name}_end - {name}_start) <> {column}"
    ).to_pylist()
    yield from _readings_at_fault(
        f"Every {table}.{column} stands in its document",
        found,
        lambda row: f"document {row['document_id']} has no {row['words']!r} at character {row['start']:,}.",
    )


def _dangling(ask: Ask, table: str, pointer: str, target: str) -> Iterator[Fault]:
    found = ask(
        f"SELECT document_id, {pointer} AS pointer FROM {table} r WHERE {pointer} IS NOT NULL AND NOT EXISTS "
        f"(SELECT 1 FROM {target} t WHERE t.document_id = r.document_id AND t.id = r.{pointer})"
    ).to_pylist()
    yield from _readings_at_fault(
        f"Every {table}.{pointer} is in {target}",
        found,
        lambda row: f"document {row['document_id']} has no {row['pointer']!r} there.",
    )


def _readings_at_fault(
    rule: str, found: list[dict[str, Any]], where: Callable[[dict[str, Any]], str]
) -> Iterator[Fault]:
    if found:
        yield Fault(
            rule=rule,
            count=len(found),
            where=where(found[0]),
            repair=f"takes these readings out (their parts are kept in {ASIDE}/); then read the same sources again.",
            documents=tuple(dict.fromkeys(row["document_id"] for row in found)),
        )


def _wrong_ids(ask: Ask) -> Iterator[Fault]:
    """An id is made of publisher, date and text: one that does not fit shows that they were changed."""
    made_of = "concat(coalesce(publisher, ''), chr(31), coalesce(published, ''), chr(31), text)"
    found = ask(f"SELECT document_id FROM documents WHERE left(sha256({made_of}), 16) <> document_id").to_pylist()
    if found:
        yield Fault(
            rule="A document is what its id was made of",
            count=len(found),
            where=f"document {found[0]['document_id']}: text, publisher or date was changed; put the file back from a copy.",
        )


def _without_document(ask: Ask) -> Iterator[Fault]:
    found = ask("SELECT document_id FROM stored.readings ANTI JOIN documents USING (document_id)").to_pylist()
    if found:
        yield Fault(
            rule="Every reading has its document",
            count=len(found),
            where=f"document {found[0]['document_id']} is not there; put its part back from a copy, or read its source again.",
        )


def _unread(ask: Ask) -> Iterator[Fault]:
    found = ask("SELECT document_id FROM documents ANTI JOIN stored.readings USING (document_id)").to_pylist()
    if found:
        yield Fault(
            rule="Every document has been read",
            count=len(found),
            where=f"document {found[0]['document_id']}, as a run that was killed leaves it; read the same sources again.",
        )


def _set_aside(root: Path, path: Path) -> None:
    """Move a file out of the way, under the name it had."""
    aside = root / ASIDE / path.relative_to(root)
    try:
        parts.make_folder(aside.parent)
        path.replace(aside)
    except FileNotFoundError:
        return
    except OSError as error:
        raise parts.refused(error, aside, "write") from error


def _take_out(root: Path, part: Part, wrong: set[str], superseded: list[int]) -> None:
    """Write a reader's part anew without the valid readings of some documents, and keep the whole one aside."""
    if not part.path.exists():
        return
    table = parts.read(part)
    others = set(superseded)
    right = pa.array(
        [id not in wrong or row in others for row, id in enumerate(table["document_id"].to_pylist())], pa.bool_()
    )
    kept = table.filter(right)
    if kept.num_rows == table.num_rows:
        return
    if kept.num_rows:
        parts.write(part.path.parent, kept, parts.number_of(part.path))
    _set_aside(root, part.path)
