"""Analysis -> marks (which words play which part in which row); text + marks -> segments that no mark crosses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from dragoman.analysis import Analysis, Event, Mention, Skipped, Stance, Statement
from dragoman.document import Span

Role = Literal[
    "source", "cue", "content",
    "event", "actor", "recipient", "place", "toll",
    "measure", "condition", "holder", "evidence",
    "mention", "skipped",
]  # fmt: skip
Row = Statement | Event | Stance

_PICTURES = {c: 0x2400 + c for c in range(0x20) if chr(c) not in "\t\n\r"}
_TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0x21C4)
_CONTROLS = _PICTURES | {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD) | _TURNS
_LINE = re.compile(r"[^\n\r]+")
_CLOSED = frozenset(".!?:;”\"'’)»。！？؟")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words `[start, end)` and the part they play in a row; `label` is the name of the row in every view (1, e1, m1)."""

    start: int
    end: int
    role: Role
    label: str
    row: Row | Mention | Skipped


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch that no mark crosses: `marks` cover it, outermost first; some of them begin or end with it."""

    start: int
    text: str
    marks: tuple[Mark, ...] = ()
    opening: tuple[Mark, ...] = ()
    closing: tuple[Mark, ...] = ()

    @property
    def skipped(self) -> Skipped | None:
        """The stretch that was not read which this is part of, if any."""
        return next((m.row for m in self.marks if isinstance(m.row, Skipped)), None)


def labelled(analysis: Analysis) -> dict[str, Row]:
    """Label -> row, in reading order: statements 1, 2, ..., events e1, e2, ..., stances m1, m2, ..."""
    rows: dict[str, Row] = {}
    kinds: tuple[tuple[str, tuple[Row, ...]], ...] = (
        ("", analysis.statements),
        ("e", analysis.events),
        ("m", analysis.stances),
    )
    for prefix, kind in kinds:
        for number, row in enumerate(sorted(kind, key=_order), 1):
            rows[f"{prefix}{number}"] = row
    return rows


def start_of(row: Row) -> int:
    """Where the reader's eye should land: the first word of a statement, the anchor of an event, the measure of a stance."""
    match row:
        case Event():
            return row.anchor.start
        case Stance():
            return row.measure.start
        case Statement():
            return min((s.start for s in (row.source, row.cue, *row.content) if s is not None), default=0)


def marks(analysis: Analysis) -> tuple[Mark, ...]:
    """Every marked word of the analysis in text order, the longer first; spans without words are left out."""
    found = [
        Mark(span.start, span.end, role, label, row)
        for label, row in labelled(analysis).items()
        for role, span in _parts(row)
    ]
    found += [Mark(m.start, m.end, "mention", "", m) for m in analysis.mentions]
    found += [Mark(s.start, s.end, "skipped", "", s) for s in analysis.skipped]
    return tuple(sorted((m for m in found if m.start < m.end), key=lambda m: (m.start, -m.end)))


def segments(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> Iterator[Segment]:
    """Split `text[start:end]` wherever a mark begins or ends; joined, the segments are that stretch again.

    Marks may nest and cross freely. A mark that reaches over the stretch is cut to it; one
    without words marks nothing.
    """
    end = len(text) if end is None else end
    waiting = sorted((m for m in marks if m.start < min(m.end, end) and m.end > start), key=lambda m: (m.start, -m.end))
    cuts = sorted({start, end} | {min(max(e, start), end) for m in waiting for e in (m.start, m.end)})
    active: list[Mark] = []
    at = 0
    for a, b in pairwise(cuts):
        active = [m for m in active if m.end > a]
        while at < len(waiting) and waiting[at].start <= a:
            active.append(waiting[at])
            at += 1
        yield Segment(
            start=a,
            text=text[a:b],
            marks=tuple(active),
            opening=tuple(m for m in active if max(m.start, start) == a),
            closing=tuple(m for m in reversed(active) if min(m.end, end) == b),
        )


def by_paragraph(text: str, marks: Sequence[Mark]) -> Iterator[tuple[Span, tuple[Segment, ...]]]:
    """Each paragraph with its segments; `marks` are in text order.

    Paragraphs that lie wholly in a stretch that was not read are left out, but for the one in which it begins.
    """
    at = 0
    for paragraph in paragraphs(text):
        while at < len(marks) and marks[at].end <= paragraph.start:
            at += 1
        near = marks[at : bisect_left(marks, paragraph.end, lo=at, key=lambda m: m.start)]
        if not any(m.role == "skipped" and m.start < paragraph.start and paragraph.end <= m.end for m in near):
            yield paragraph, tuple(segments(text, near, paragraph.start, paragraph.end))


def paragraphs(text: str) -> tuple[Span, ...]:
    """Stretches to set as paragraphs: lines, but those of a text broken at a fixed width stay together."""
    spans: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        if spans and _runs_on(text, *spans[-1], line.start()):
            spans[-1] = (spans[-1][0], line.end())
        elif line[0].strip():
            spans.append(line.span())
    return tuple(Span(a, b, text[a:b]) for a, b in spans)


def visible(text: str) -> str:
    """The text with control characters shown as pictures, so that a page can command neither terminal nor browser.

    So are those that turn the direction of what follows (⇄): with them words can be shown in another order than they have.
    Arabic and Hebrew need none of them. Every character stays one character.
    """
    return text.translate(_CONTROLS)


def _order(row: Row) -> tuple[int, int, str]:
    """By the first word; statements that share a source by what they say, first things first."""
    says = row.content[0].start if isinstance(row, Statement) and row.content else 0
    return start_of(row), says, row.id


def _runs_on(text: str, start: int, end: int, following: int) -> bool:
    """Whether the last line was broken by its width: 40 to 100 characters, no closing mark, and no blank line after it."""
    line = text[max(start, text.rfind("\n", start, end) + 1) : end].rstrip()
    return 40 <= len(line) <= 100 and line[-1] not in _CLOSED and text.count("\n", end, following) < 2


def _parts(row: Row) -> Iterator[tuple[Role, Span]]:
    match row:
        case Statement():
            yield from (("content", c) for c in row.content)
            yield from _present(("source", row.source), ("cue", row.cue))
        case Event():
            yield "event", row.anchor
            yield from (("actor", p) for p in row.actors)
            yield from (("recipient", p) for p in row.recipients)
            yield from _present(("place", row.place))
            yield from _present(("toll", row.dead), ("toll", row.injured), ("toll", row.arrested))
        case Stance():
            yield from _present(("evidence", row.evidence), ("holder", row.holder))
            yield from _present(("measure", row.measure), ("condition", row.condition))


def _present(*parts: tuple[Role, Span | None]) -> Iterator[tuple[Role, Span]]:
    yield from ((role, span) for role, span in parts if span is not None)
