"""Rows of a sample <-> a sheet that people code in: a spreadsheet's CSV, in which the codes themselves can be put right.

A coder writes accept, reject or correct into `verdict`, and for correct changes the codes in the row. Actors are ids, several
of them separated by semicolons.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

from dragoman.errors import DragomanError, UsageError
from dragoman.record.reviews import rows
from dragoman.record.reviews.judging import judge
from dragoman.record.reviews.overlay import Reviewed
from dragoman.record.reviews.review import Kind, Review, Row, Verdict
from dragoman.record.sampling import Sample

CODED: Mapping[Kind, tuple[str, ...]] = {
    "statements": ("source", "form"),
    "events": ("type", "mode", "actors", "recipients", "polarity", "modality"),
    "stances": ("holder", "measure", "stance", "force", "toward"),
}
"""Columns whose cells are codes; to change one, with the verdict correct, is to correct the field."""

_FIRST = (
    "sample",
    "kind",
    "document_id",
    "id",
    "stratum",
    "weight",
    "publisher",
    "published",
    "title",
    "passage",
    "quote",
)
_LAST = ("verdict", "note")
_AROUND = 300
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_VERDICTS: Mapping[str, Verdict] = {
    **dict.fromkeys(("accept", "accepted", "a", "yes", "y", "1", "right", "true", "correct as is"), "accept"),
    **dict.fromkeys(("reject", "rejected", "x", "no", "n", "0", "wrong", "false"), "reject"),
    **dict.fromkeys(("correct", "corrected", "e", "c"), "correct"),
    **dict.fromkeys(("flag", "flagged", "f", "?"), "flag"),
}


@dataclass(frozen=True, slots=True)
class Unusable:
    """A line of a sheet (counted from 1, the heading included) that gives no review, and why."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


def heading(kind: Kind) -> tuple[str, ...]:
    """The columns of a sheet."""
    return (*_FIRST, *CODED[kind], *_LAST)


def sheet(sample: Sample, reviewed: Callable[[str], Reviewed]) -> Iterator[tuple[str, ...]]:
    """One line for each row of a sample, as it was read, in the order in which to judge them."""
    for document_id, id in sample.rows:
        seen = reviewed(document_id)
        stratum = sample.stratum[document_id, id]
        row = next(r for r in seen.machine.to_dict()[sample.kind] if r["id"] == id)
        document = seen.machine.document
        span = rows.focus(sample.kind, row)
        about = (document.publisher, document.published, document.title, _passage(document.text, span), span["text"])
        where = (sample.id, sample.kind, document_id, id, " / ".join(stratum.values), f"{stratum.weight:.6g}")
        yield (*where, *(_shown(a or "") for a in about), *_codes(sample.kind, row), "", "")


def verdicts(
    file: TextIO, reviewed: Callable[[str], Reviewed], *, reviewer: str | None, at: str
) -> Iterator[Review | Unusable]:
    """The reviews that a filled-in sheet gives; lines without a verdict give none.

    A column `reviewer` names who judged a line, else `reviewer` did. Raises UsageError for a file that is no such sheet.
    """
    for number, cells in enumerate(_lines(file), 2):
        word = cells.get("verdict", "").strip().casefold()
        if not word:
            continue
        try:
            yield _review(cells, word, reviewed, cells.get("reviewer", "").strip() or reviewer, at)
        except DragomanError as error:
            yield Unusable(number, str(error))


def _review(
    cells: Mapping[str, str], word: str, reviewed: Callable[[str], Reviewed], by: str | None, at: str
) -> Review:
    if word not in _VERDICTS:
        raise UsageError(f"{word!r} is no verdict; write accept, reject, correct or flag.")
    if by is None:
        raise UsageError("Nobody is named who judged it; fill in a column reviewer, or name one for the whole sheet.")
    kind: Kind = cells["kind"]  # type: ignore[assignment]
    if kind not in CODED:
        raise UsageError(f"{kind!r} is no kind of row; it is one of {', '.join(CODED)}.")
    machine = reviewed(cells["document_id"]).machine
    seen = Reviewed(machine=machine, analysis=machine)
    row = next((r for r in machine.to_dict()[kind] if r["id"] == cells["id"]), None)
    if row is None:
        raise UsageError(f"The row {cells['id']!r} of document {machine.document.id} is gone: it was read again since.")
    changes = _changes(kind, row, cells, machine.to_dict()["mentions"])
    verdict = _VERDICTS[word]
    if changes and verdict != "correct":
        raise UsageError(f"It says {word}, but {', '.join(changes)} was changed; write correct, or put it back.")
    note = cells.get("note", "").strip() or None
    given = changes if verdict == "correct" else None
    return judge(
        seen, kind, row["id"], verdict, changes=given, reviewer=by, at=at, note=note, sample=cells.get("sample") or None
    )


def _lines(file: TextIO) -> Iterator[dict[str, str]]:
    """The lines as cells by column, with the separator that the heading uses: spreadsheets differ by country."""
    first = file.readline().removeprefix("\ufeff")
    for separator in (",", ";", "\t"):
        columns = next(csv.reader([first], delimiter=separator), [])
        if {"kind", "document_id", "id", "verdict"} <= set(columns):
            break
    else:
        raise UsageError(
            "This is no sheet of a sample: its first line does not name kind, document_id, id and verdict."
        )
    for values in csv.reader(file, delimiter=separator):
        yield dict(zip(columns, values, strict=False))


def _codes(kind: Kind, row: Row) -> Iterator[str]:
    yield from (_cell(row[name]) for name in CODED[kind])


def _cell(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(map(_cell, value))
    if isinstance(value, Mapping):
        return str(value["type"]) if "type" in value else str(value.get("actor") or "?")
    return "" if value is None else str(value)


def _changes(kind: Kind, row: Row, cells: Mapping[str, str], mentions: Sequence[Row]) -> dict[str, Any]:
    """The fields whose cells are no longer what they were; columns that are not there change nothing."""
    changed = {name: cells[name].strip() for name in CODED[kind] if name in cells}
    return {
        name: _value(row, name, text, rows.focus(kind, row), mentions)
        for name, text in changed.items()
        if text != _cell(row[name])
    }


def _value(row: Row, name: str, text: str, focus: Row, mentions: Sequence[Row]) -> Any:
    there = row[name]
    if name in ("actors", "recipients"):
        ids = [id.strip() for id in text.split(";") if id.strip()]
        return [_party(id, there, focus, mentions) for id in ids]
    if name == "measure":
        return {"type": text}
    if name in ("holder", "source"):
        return {**there, "actor": text or None} if there else _party(text, (), focus, mentions)
    return text or None


def _party(id: str, there: Sequence[Row], focus: Row, mentions: Iterable[Row]) -> Row:
    """The party that already is this actor; else the words nearest to the row that mean him."""
    if kept := [party for party in there if (party["actor"] or "?") == id]:
        return kept[0]
    named = [m for m in mentions if m["actor"] == id]
    if not named:
        raise UsageError(
            f"No words of the text mean {id!r}, so it cannot be a party here; correct the row in another way."
        )
    nearest = min(named, key=lambda m: (abs(m["start"] - focus["start"]), m["start"]))
    return {name: nearest[name] for name in ("start", "end", "text", "actor")}


def _passage(text: str, span: Row) -> str:
    """The words of the row marked in what stands around them."""
    before, after = text[max(span["start"] - _AROUND, 0) : span["start"]], text[span["end"] : span["end"] + _AROUND]
    return " ".join(f"{before}[[{text[span['start'] : span['end']]}]]{after}".split())


def _shown(text: str) -> str:
    """Text that a spreadsheet shows and does not reckon with."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def new(reviews: Iterable[Review], reviewed: Callable[[str], Reviewed]) -> tuple[Review, ...]:
    """Those that say something else than their reviewer's verdict on the row already does: a sheet may be brought in twice."""
    return tuple(r for r in reviews if not _is_known(r, reviewed(r.document["id"])))


def _is_known(review: Review, seen: Reviewed) -> bool:
    assert review.kind is not None
    target = seen.target(review.kind, review.row["id"])
    before = (
        None if target is None else next((r for r in reversed(target.reviews) if r.reviewer == review.reviewer), None)
    )
    return before is not None and all(
        getattr(before, name) == getattr(review, name) for name in ("verdict", "changes", "note", "sample")
    )
