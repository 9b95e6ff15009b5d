"""The row file: passages with marked actors, measures and conditions, and where each actor stands on each measure.

One passage a line, a tab, then its labels:

    [1 The envoy] would not back {a sanctions} on [2 Chad] <c unless talks fail>.<TAB>1 a sanctions opposes plain >2 ?c; 2 a NONE

`[n words]` marks an actor, `{x words}` the words that name a measure, `<c words>` a condition. A label is `HOLDER MEASURE type
supports|opposes force [>TOWARD] [?CONDITION]`, or `HOLDER MEASURE NONE` for an actor that takes no stance on it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int]

FORCES = ("plain", "demand", "offer", "red_line", "veto_threat")
DIRECTIONS = ("supports", "opposes")

_MARK = re.compile(r"[\[{<]([1-9a-z]) |[\]}>]")
_CLOSES = {"]": "[", "}": "{", ">": "<"}
_NONE = re.compile(r"(\d) ([a-z]) NONE")
_STANCE = re.compile(r"(\d) ([a-z]) ([a-z_]+) (supports|opposes) ([a-z_]+)(?: >(\d))?(?: \?([cd]))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A holder and a measure; spans are code points. `direction` is None where the holder takes no stance on it."""

    holder: Span
    measure: Span
    type: str | None = None
    direction: str | None = None
    force: str | None = None
    toward: Span | None = None
    condition: Span | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A passage without its marks, and its labels."""

    text: str
    labels: tuple[Label, ...]


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a file in order. Raises ValueError with the line's number where a line does not keep the form."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line:
            try:
                yield parse_row(line)
            except ValueError as error:
                raise ValueError(f"{path.name}, line {number}: {error}") from None


def parse_row(line: str) -> Row:
    """One line. Raises ValueError saying which part breaks which rule."""
    marked, tab, labels = line.partition("\t")
    if not tab:
        raise ValueError("no tab between the passage and its labels")
    text, spans = unmarked(marked)
    return Row(text, tuple(_label(part.strip(), spans) for part in labels.split(";")))


def unmarked(marked: str) -> tuple[str, dict[str, Span]]:
    """The text without marks, and the span of each mark by its opening bracket and name; conditions may hold other marks."""
    parts: list[str] = []
    spans: dict[str, Span] = {}
    begun: list[tuple[str, str, int]] = []
    length = end = 0
    for match in _MARK.finditer(marked):
        parts.append(marked[end : match.start()])
        length += len(parts[-1])
        end = match.end()
        if match[1]:
            begun.append((match[0][0], match[1], length))
        else:
            bracket, name, start = begun.pop() if begun else ("", "", 0)
            if _CLOSES[match[0]] != bracket or f"{bracket}{name}" in spans:
                raise ValueError(f"{match[0]} closes no mark, or mark {name} stands twice")
            spans[f"{bracket}{name}"] = (start, length)
    if begun:
        raise ValueError(f"mark {begun[-1][1]} is not closed")
    return "".join([*parts, marked[end:]]), spans


def _label(part: str, spans: dict[str, Span]) -> Label:
    if match := _NONE.fullmatch(part):
        return Label(holder=_span(spans, "[", match[1], part), measure=_span(spans, "{", match[2], part))
    match = _STANCE.fullmatch(part)
    if match is None or match[5] not in FORCES:
        raise ValueError(f"label {part!r} is not HOLDER MEASURE type supports|opposes force [>TOWARD] [?CONDITION]")
    return Label(
        holder=_span(spans, "[", match[1], part),
        measure=_span(spans, "{", match[2], part),
        type=match[3],
        direction=match[4],
        force=match[5],
        toward=_span(spans, "[", match[6], part) if match[6] else None,
        condition=_span(spans, "<", match[7], part) if match[7] else None,
    )


def _span(spans: dict[str, Span], bracket: str, name: str, part: str) -> Span:
    if f"{bracket}{name}" not in spans:
        raise ValueError(f"label {part!r} names {name}, which is not marked")
    return spans[f"{bracket}{name}"]
