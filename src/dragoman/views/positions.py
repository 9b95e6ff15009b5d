"""Positions, changes and red lines -> tables, CSV, JSON; every line with the words it rests on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import repeat
from operator import attrgetter
from typing import Any, TextIO

from rich.table import Table
from rich.text import Text

from dragoman.record.positions import Change, Evidence, Position, RedLine, Standing, Turn
from dragoman.views.escaped import Escaped
from dragoman.views.rows import clip, plain, quotation_marks
from dragoman.views.table import console, grid, put, write_csv

SIGNS = {"supports": "+", "opposes": "−", "mixed": "±"}
"""What a stance looks like where there is room for one character: a sign, so that no colour is needed."""

Sheet = tuple[Sequence[str], Iterable[Sequence[Any]]]
"""Columns and rows."""

CLIP = 200
UNDATED = "undated"

_FIELDS = tuple(field.name for field in fields(Evidence))
_values = attrgetter(*_FIELDS)
_NOTHING: Mapping[str, str] = {}
_PASSAGE = "{" + ", ".join(f'"{name}": %s' for name in _FIELDS) + "}"
_ENCODER = json.JSONEncoder(ensure_ascii=False)

_POSITION = ("actor", "measure", "stance", "since", "firmest, condition", "passages", "latest words")
_POSITION_CSV = (
    "actor", "name", "measure", "toward", "toward_name", "stance", "since", "force", "force_date", "first", "last",
    "sources", "turns", "condition", "current", "document", "publisher", "date", "holder", "passage_stance", "passage_force",
    "start", "end", "words",
)  # fmt: skip
_CHANGE = ("date", "moved", "actor", "measure", "old", "new")
_CHANGE_CSV = ("date", "moved", "actor", "measure", "toward", "old", "old_words", "new", "new_words")
_LINE = ("date", "actor", "line", "words", "fate", "later words")
_LINE_CSV = (
    "date", "actor", "stance", "force", "measure", "toward", "words", "publishers", "fate", "later_date", "echo", "later_words",
    "later_document",
)  # fmt: skip


def position_tables(positions: Sequence[Position]) -> Iterator[Table | Text]:
    """The positions, then the turning points, then the documents that lack a date."""
    if not positions:
        yield Text("No position: the record holds no stance of this selection.")
        return
    yield grid(_POSITION, [_position(p) for p in positions])
    turned = [(p, t) for p in positions for t in p.turns]
    if turned:
        yield Text()
        rows = [(t.date, p.name, _matter(p), _said(t.old, t.before), _said(t.new, t.after)) for p, t in turned]
        yield grid(("date", "actor", "measure", "from", "to"), rows, "Turning points")
    undated = sorted({named(e) for p in positions for e in p.undated})
    if undated:
        yield Text()
        yield grid(("document",), [(name,) for name in undated], "Without a date, so before and after nothing")


def change_tables(changes: Sequence[Change]) -> Iterator[Table | Text]:
    """What moved, in old and new words."""
    if not changes:
        yield Text("Nothing moved.")
        return
    yield grid(_CHANGE, [_change(c) for c in changes])


def red_line_tables(lines: Sequence[RedLine]) -> Iterator[Table | Text]:
    """Every line, and what became of it."""
    if not lines:
        yield Text("No red line and no veto threat.")
        return
    yield grid(_LINE, [_line(x) for x in lines])


def write_position_csv(positions: Iterable[Position], out: TextIO) -> None:
    """The sheet of positions."""
    write_csv(*position_sheet(positions), out)


def write_change_csv(changes: Iterable[Change], out: TextIO) -> None:
    """The sheet of changes."""
    write_csv(*change_sheet(changes), out)


def write_red_line_csv(lines: Iterable[RedLine], out: TextIO) -> None:
    """The sheet of red lines."""
    write_csv(*red_line_sheet(lines), out)


def position_sheet(positions: Iterable[Position]) -> Sheet:
    """A row for each passage, beside the position it belongs to."""
    return _POSITION_CSV, (row for p in positions for row in _passages(p))


def change_sheet(changes: Iterable[Change]) -> Sheet:
    """A row for each change, the words in full."""
    rows = (
        (c.after.date, c.moved, *_where(c.position), c.old, c.before.words if c.before else "", c.new, c.after.words)
        for c in changes
    )
    return _CHANGE_CSV, rows


def red_line_sheet(lines: Iterable[RedLine]) -> Sheet:
    """A row for each red line and each later passage on it; one without a later passage has one."""
    return _LINE_CSV, (row for x in lines for row in _echoes(x))


def write_json(rows: Iterable[Position | Change | RedLine], out: TextIO) -> None:
    """A JSON array of the rows with all their evidence."""
    out.write(json.dumps([as_object(row) for row in rows], ensure_ascii=False, indent=2) + "\n")


def write_tables(tables: Callable[[Any], Iterable[Table | Text]]) -> Callable[[Any, TextIO], None]:
    """A writer of those tables."""

    def write(rows: Any, out: TextIO) -> None:
        put(console(out), *tables(rows))

    return write


def as_object(row: Position | Change | RedLine) -> dict[str, Any]:
    """The row as plain JSON values."""
    return _head(row) | {name: [{**more, **_plain(one)} for more, one in found] for name, found in _lists(row)}


def json_lines(rows: Iterable[Position | Change | RedLine]) -> Iterator[str]:
    """Each row as `as_object` has it, as JSON in one line; for thousands of passages in a third of the time."""
    passages = _Passages()
    for row in rows:
        lists = "".join(
            f', "{name}": [{", ".join(passages.text(more, one) for more, one in found)}]' for name, found in _lists(row)
        )
        yield f"{_ENCODER.encode(_head(row))[:-1]}{lists}}}"


class _Passages:
    """Passages as JSON objects. Many rows rest on the same ones, so each is written once, and so is each text in them."""

    def __init__(self) -> None:
        self._written: dict[int, str] = {}
        self._kept: list[Evidence] = []
        self._escaped = Escaped(_ENCODER.encode)

    def text(self, more: Mapping[str, str], one: Evidence | Turn) -> str:
        """A passage, or a turn with its two, `more` of it first."""
        text = self._turn(one) if isinstance(one, Turn) else self._passage(one)
        return f"{_ENCODER.encode(more)[:-1]}, {text[1:]}" if more else text

    def _turn(self, turn: Turn) -> str:
        head = _ENCODER.encode(_moved(turn))
        return f'{head[:-1]}, "before": {self._passage(turn.before)}, "after": {self._passage(turn.after)}}}'

    def _passage(self, evidence: Evidence) -> str:
        known = self._written.get(id(evidence))
        if known is None:
            known = self._written[id(evidence)] = self._object(evidence)
            self._kept.append(evidence)
        return known

    def _object(self, evidence: Evidence) -> str:
        """What is no text in it is a number or null."""
        escaped = self._escaped
        values = [escaped[v] if type(v) is str else "null" if v is None else repr(v) for v in _values(evidence)]
        return _PASSAGE % tuple(values)


def _head(row: Position | Change | RedLine) -> dict[str, Any]:
    """A row without its lists of passages."""
    match row:
        case Change():
            before = None if row.before is None else _plain(row.before)
            stances = {"old": row.old, "new": row.new}
            return {"moved": row.moved, **_key(row.position), **stances, "before": before, "after": _plain(row.after)}
        case RedLine():
            said = {"date": row.line.date, "stance": row.line.stance, "force": row.line.force, "words": row.line.words}
            return {**_key(row.position), **said, "fate": row.fate}
        case Position():
            return _position_head(row)


def _lists(
    row: Position | Change | RedLine,
) -> Iterator[tuple[str, Iterable[tuple[Mapping[str, str], Evidence | Turn]]]]:
    """Its lists of passages, which end the row; beside each passage what else is said of it."""
    if isinstance(row, Position):
        yield "turns", zip(repeat(_NOTHING), row.turns)
    if not isinstance(row, Change):
        yield "evidence", zip(repeat(_NOTHING), row.evidence)
    if isinstance(row, RedLine):
        yield "later", (({"echo": x.echo}, x.evidence) for x in row.later)


def named(evidence: Evidence) -> str:
    """The document by its title, with publisher and date as far as they are known."""
    about = ", ".join(part for part in (evidence.publisher, evidence.date) if part)
    title = clip(evidence.title or "", 80) or f"document {evidence.document}"
    return f"{title} ({about})" if about else title


def quoted(evidence: Evidence) -> str:
    """The words, their publisher and date."""
    origin = ", ".join((evidence.publisher or "unknown publisher", evidence.date or UNDATED))
    opening, closing = quotation_marks(evidence.words)
    return f"{opening}{clip(evidence.words, CLIP)}{closing} {origin}"


def _position(p: Position) -> Sequence[Any]:
    stance = f"{SIGNS[p.stance]} {p.stance}"
    return p.name, _matter(p), stance, p.since or UNDATED, _firmly(p), _weight(p), quoted(p.current.evidence[-1])


def _firmly(p: Position) -> str:
    """The strongest force with its date, and the conditions."""
    force = [] if p.force == "plain" else [f"{plain(p.force)} {p.firmest.date or UNDATED}"]
    return "; ".join((*force, *(clip(e.condition or "", 60) for e in p.conditions)))


def _weight(p: Position) -> str:
    """How many passages in all, and how many independent sources the current stance has."""
    return f"{len(p.evidence)}, {p.sources} source{'' if p.sources == 1 else 's'}"


def _matter(p: Position) -> str:
    return f"{plain(p.measure)} → {p.toward_name}" if p.toward_name else plain(p.measure)


def _where(p: Position) -> tuple[str, str, str]:
    return p.name, p.measure, p.toward_name or ""


def _change(c: Change) -> Sequence[Any]:
    old = "" if c.before is None or c.old is None else _said(c.old, c.before)
    return c.after.date, c.moved, c.position.name, _matter(c.position), old, _said(c.new, c.after)


def _said(stance: Standing, evidence: Evidence) -> str:
    """A stance, the force and the words of a passage."""
    force = "" if evidence.force == "plain" else f" ({plain(evidence.force)})"
    return f"{SIGNS[stance]} {stance}{force}: {quoted(evidence)}"


def _line(x: RedLine) -> Sequence[Any]:
    later = "" if not x.later else f"{x.later[-1].echo}: {quoted(x.later[-1].evidence)}"
    fate = x.fate if len(x.later) < 2 else f"{x.fate}, {len(x.later)} later passages"
    drawn = f"{SIGNS[x.line.stance]} {_matter(x.position)}, {plain(x.line.force)}"
    return x.line.date or UNDATED, x.position.name, drawn, quoted(x.line), fate, later


def _echoes(x: RedLine) -> Iterator[Sequence[Any]]:
    publishers = "; ".join(dict.fromkeys(e.publisher or "" for e in x.evidence))
    line = x.line
    name, *matter = _where(x.position)
    head = (line.date, name, line.stance, line.force, *matter, line.words, publishers, x.fate)
    for later in x.later:
        yield *head, later.evidence.date, later.echo, later.evidence.words, later.evidence.document
    if not x.later:
        yield *head, "", "", "", ""


def _passages(p: Position) -> Iterator[Sequence[Any]]:
    conditions = "; ".join(e.condition or "" for e in p.conditions)
    toward = (p.toward, p.toward_name)
    firmly = (p.stance, p.since, p.force, p.firmest.date, p.first, p.last)
    head = (p.actor, p.name, p.measure, *toward, *firmly, p.sources, len(p.turns), conditions)
    current = set(map(id, p.current.evidence))
    for e in p.evidence:
        origin = ("yes" if id(e) in current else "no", e.document, e.publisher, e.date, e.holder_name)
        yield *head, *origin, e.stance, e.force, e.start, e.end, e.words


def _key(p: Position) -> dict[str, Any]:
    toward = {"toward": p.toward, "toward_name": p.toward_name}
    return {"actor": p.actor, "name": p.name, "measure": p.measure, **toward}


def _position_head(p: Position) -> dict[str, Any]:
    return {
        **_key(p),
        "stance": p.stance,
        "since": p.since,
        "force": p.force,
        "force_date": p.firmest.date,
        "first": p.first,
        "last": p.last,
        "sources": p.sources,
        "conditions": [e.condition for e in p.conditions],
    }


def _moved(turn: Turn) -> dict[str, Any]:
    """A turn without its passages."""
    return {"date": turn.date, "old": turn.old, "new": turn.new}


def _plain(one: Evidence | Turn) -> dict[str, Any]:
    """A passage as plain values, or a turn with its two; `asdict`, which looks into each of them, takes ten times as long."""
    if isinstance(one, Turn):
        return {**_moved(one), "before": _plain(one.before), "after": _plain(one.after)}
    return dict(zip(_FIELDS, _values(one), strict=True))
