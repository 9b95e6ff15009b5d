"""The row file: sentences with marked actors and anchors, and what each actor does to each other.

One sentence a line, a tab, then its labels:

    [1 Peru's envoy] {a accused} [2 smugglers] of arming [3 rebels].<TAB>1>2 a ACCUSE/allege; 2>1 NONE

`[n words]` marks an actor, `{x words}` the words that tell of an event. A label is `ACTOR>RECIPIENT anchor TYPE[/mode]
[modality]`; the recipient is `-` where the event has none, and NONE, which has no anchor, says that nothing passes between the
two in this direction. Modality is actual where nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int]

_MARK = re.compile(r"\[(\d) ([^\[\]{}]+)\]|\{([a-z]) ([^\[\]{}]+)\}")
_LABEL = re.compile(r"(\d)>(\d|-)(?: ([a-z]))? ([A-Z]+)(?:/([a-z-]+))?(?: (future|hypothetical|historical|negated))?")
NONE = "NONE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One pair of a sentence: spans are code points of its text; `recipient` and `anchor` may be missing."""

    actor: Span
    recipient: Span | None
    anchor: Span | None
    type: str
    mode: str | None
    modality: str


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence without its marks, and its labelled pairs."""

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
        raise ValueError("no tab between the sentence and its labels")
    text, spans = unmarked(marked)
    return Row(text, tuple(_label(part.strip(), spans) for part in labels.split(";")))


def unmarked(marked: str) -> tuple[str, dict[str, Span]]:
    """The text without marks, and the span of each mark by its name."""
    parts: list[str] = []
    spans: dict[str, Span] = {}
    length = end = 0
    for match in _MARK.finditer(marked):
        name, words = match[1] or match[3], match[2] or match[4]
        before = marked[end : match.start()]
        if name in spans:
            raise ValueError(f"mark {name} stands twice")
        spans[name] = (length + len(before), length + len(before) + len(words))
        parts += before, words
        length, end = spans[name][1], match.end()
    text = "".join([*parts, marked[end:]])
    if re.search(r"[\[\]{}]", text):
        raise ValueError("a mark is not closed, empty or inside another")
    return text, spans


def _label(part: str, spans: dict[str, Span]) -> Label:
    match = _LABEL.fullmatch(part)
    if match is None:
        raise ValueError(f"label {part!r} is not ACTOR>RECIPIENT anchor TYPE[/mode] [modality]")
    actor, recipient, anchor, type, mode, modality = match.groups()
    missing = [name for name in (actor, recipient, anchor) if name not in (None, "-") and name not in spans]
    if missing:
        raise ValueError(f"label {part!r} names {missing[0]}, which is not marked")
    if (type == NONE) == (anchor is not None):
        raise ValueError(f"label {part!r}: an event has an anchor, NONE has not")
    return Label(
        actor=spans[actor],
        recipient=None if recipient == "-" else spans[recipient],
        anchor=None if anchor is None else spans[anchor],
        type=type,
        mode=mode,
        modality=modality or "actual",
    )
