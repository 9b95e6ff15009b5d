"""Analysis -> its text with every row marked, paragraph by paragraph, and beside each the rows that begin in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dragoman.analysis import Analysis, Event, Mention, Party, Stance, Statement
from dragoman.document import Span
from dragoman.record.reviews import Kind, Reviewed
from dragoman.views import rows
from dragoman.views.elements import Markup, element, join
from dragoman.views.marks import Mark, Row, Segment, by_paragraph, labelled, marks, segments, start_of
from dragoman.views.web.words import gist

_SHOWN = 80
_WINDOW = 600
"""Code points in which the sentences before and after are looked for."""

_LONGEST_WORD = 40
_TAIL = 4
"""Of a mark that ends a sentence and the quotation marks behind it, code points at most."""

_CLOSED = "[”\"'’)»]{0,2}"
_END = re.compile(rf"\n|[.!?…؟]{_CLOSED}(?=\s)|[。！？]{_CLOSED}|(?<=[a-z\d”\"’)])[.!?]{_CLOSED}(?=[“«]?[A-Z][a-z])")
"""Where a sentence ends. Some papers lose the space between two paragraphs."""


@dataclass(frozen=True, slots=True)
class Note:
    """A row beside the text: its label in this document, what it says, where, and what people decided about it."""

    id: str
    label: str
    kind: Kind
    words: str
    focus: tuple[int, int]
    claim: bool
    score: float
    state: str | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Marked text, and the rows that begin in it."""

    start: int
    html: Markup
    notes: tuple[Note, ...]


def kind_of(row: Row) -> Kind:
    """The table that the row stands in."""
    match row:
        case Statement():
            return "statements"
        case Event():
            return "events"
        case Stance():
            return "stances"


def paragraphs(seen: Reviewed) -> Iterator[Paragraph]:
    """The whole document in order, with the verdicts applied."""
    analysis = seen.analysis
    waiting = sorted(notes(seen), key=lambda pair: pair[0])
    starts = [start for start, _ in waiting]
    for span, pieces in by_paragraph(analysis.document.text, marks(analysis)):
        here = waiting[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        yield Paragraph(span.start, join(_segment(analysis, s) for s in pieces), tuple(note for _, note in here))


def notes(seen: Reviewed) -> Iterator[tuple[int, Note]]:
    """Every row and where it begins."""
    for label, row in labelled(seen.analysis).items():
        kind = kind_of(row)
        words, claim = gist(seen.analysis, row), isinstance(row, Event) and row.claimed_in is not None
        yield start_of(row), Note(row.id, label, kind, words, focus(row), claim, row.score, seen.state(kind, row.id))


def focus(row: Row) -> tuple[int, int]:
    """The words that a row is about: the anchor, the measure, or the beginning of what is said."""
    match row:
        case Event():
            span: Span = row.anchor
        case Stance():
            span = row.measure
        case Statement():
            span = row.content[0]
    return span.start, span.end


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentences around a row, its own words marked; `[start, end)` of the document's text."""

    start: int
    end: int
    html: Markup


def passage(analysis: Analysis, row: Row) -> Passage:
    """The sentence of a row with the one before and the one after, and in it the row's words in their parts."""
    mine = [m for m in marks(_alone(analysis, row)) if m.row == row]
    start, end = surroundings(analysis.document.text, [Span(m.start, m.end, "") for m in mine])
    pieces = segments(analysis.document.text, [m for m in mine if m.role != "evidence"], start, end)
    return Passage(start, end, join(_segment(analysis, s) for s in pieces))


def _alone(analysis: Analysis, row: Row) -> Analysis:
    """The document with nothing but that row."""
    nothing: dict[str, Any] = dict.fromkeys(("mentions", "statements", "events", "stances", "skipped"), ())
    return replace(analysis, **{**nothing, kind_of(row): (row,)})


def surroundings(text: str, spans: Iterable[Span]) -> tuple[int, int]:
    """From the beginning of the sentence before the first word to the end of the sentence after the last one."""
    found = list(spans)
    first, last = min((s.start for s in found), default=0), max((s.end for s in found), default=0)
    start = _sentence_start(text, max(_sentence_start(text, first) - 1, 0))
    end = _sentence_end(text, min(_sentence_end(text, last) + 1, len(text)))
    return start, end


def _sentence_start(text: str, at: int) -> int:
    low = max(at - _WINDOW, 0)
    starts = (_behind_space(text, m.end()) for m in _END.finditer(text, low, at))
    return max((start for start in starts if start <= at), default=None) or _word_start(text, low)


def _behind_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _sentence_end(text: str, at: int) -> int:
    high = min(at + _WINDOW, len(text))
    ends = (m.start() if m[0] == "\n" else m.end() for m in _END.finditer(text, max(at - _TAIL, 0), high))
    found = next((end for end in ends if end >= at), None)
    return _word_end(text, high) if found is None else found


def _word_start(text: str, at: int) -> int:
    """The beginning of the first whole word from there on."""
    head = text[at : at + _LONGEST_WORD] if at else ""
    cut = len(head) - len(head.split(maxsplit=1)[1]) if len(head.split()) > 1 else 0
    return at + cut


def _word_end(text: str, at: int) -> int:
    """The end of the last whole word up to there."""
    head = text[max(at - _LONGEST_WORD, 0) : at]
    cut = len(head) - len(head.rstrip().rsplit(maxsplit=1)[0]) if at < len(text) and len(head.split()) > 1 else 0
    return at - cut


def _segment(analysis: Analysis, segment: Segment) -> Markup:
    if segment.skipped:
        return _gap(segment)
    if not segment.marks:
        return join([segment.text])
    ids = dict.fromkeys(m.row.id for m in segment.marks if not isinstance(m.row, Mention) and hasattr(m.row, "id"))
    return element(
        "span",
        segment.text,
        class_=" ".join(sorted({look for m in segment.marks for look in _looks(m)})) or None,
        data_rows=" ".join(ids) or None,
        data_actor=_meant(segment),
        title=_stands_for(analysis, segment),
    )


def _gap(segment: Segment) -> Markup:
    skipped = segment.skipped
    if skipped is None or segment.start != skipped.start:
        return Markup("")
    head = segment.text if len(segment.text) <= _SHOWN else f"{segment.text[:_SHOWN]}…"
    return element("span", head, class_="skipped", title=f"Not read: {skipped.reason}")


def _looks(mark: Mark) -> Iterator[str]:
    match mark.row:
        case Mention():
            yield f"mention {mark.row.via}"
            return
        case Event() if mark.role == "event":
            yield "claim" if mark.row.claimed_in else "fact"
        case Stance() if mark.role == "measure":
            yield mark.row.stance
        case Statement() if mark.role == "content":
            yield mark.row.form
    yield mark.role


def _meant(segment: Segment) -> str | None:
    """The id of whom the words stand for, by the shortest mark that knows."""
    known = [m.row for m in segment.marks if isinstance(m.row, Mention) and m.row.actor is not None]
    return min(known, key=lambda p: p.end - p.start).actor if known else None


def _stands_for(analysis: Analysis, segment: Segment) -> str | None:
    """Who a pronoun, a title or a name means, by the shortest mark that knows."""
    known: list[Party] = [m.row for m in segment.marks if isinstance(m.row, Mention) and m.row.actor is not None]
    return rows.who(analysis, min(known, key=lambda p: p.end - p.start)) if known else None


def plain_row(analysis: Analysis, kind: Kind, id: str) -> Mapping[str, Any] | None:
    """A row in the terms of the contract; None where there is none of that id."""
    row = next((r for r in getattr(analysis, kind) if r.id == id), None)
    return None if row is None else _alone(analysis, row).to_dict()[kind][0]
