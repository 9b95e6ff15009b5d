"""Text + actor + recipient -> the word pieces a relation is read from, with the two marked among them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

Ints = npt.NDArray[np.int64]
Span = tuple[int, int]

_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, which no tokenizer takes."""

LONGEST = 160
"""Word pieces around a pair, marks included. In a longer text those nearest to the two are kept."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The vocabulary numbers that open and close an actor and a recipient, and those that begin and end a text."""

    actor: Span
    recipient: Span
    begin: int
    end: int


MARKS = Marks((1, 2), (3, 4), 101, 102)
"""The first four unused entries of BERT's vocabulary; 101 and 102 are its [CLS] and [SEP]."""


@dataclass(frozen=True, slots=True, eq=False)
class Marked:
    """A text ready for the encoder: `pieces`, and where in them the marks stand that open actor and recipient (0: none)."""

    pieces: Ints
    actor: int
    recipient: int


def mark(
    text: Encoding, actor: Span | None, recipient: Span | None, marks: Marks = MARKS, longest: int = LONGEST
) -> Marked:
    """The pieces of a text, encoded without special tokens, around a pair; spans are code points of the text."""
    sides = [(_run(text, span), mark) for span, mark in ((actor, marks.actor), (recipient, marks.recipient)) if span]
    runs = [run for run, _ in sides]
    kept = _kept(len(text.ids), runs, longest - 2 - 2 * len(runs))
    pieces, places = [marks.begin], {}
    for i in range(len(text.ids) + 2):
        pieces += [close for run, (_, close) in sides if run[1] == i]
        for run, (open, _) in sides:
            if run[0] == i:
                places[open] = len(pieces)
                pieces.append(open)
        if i < len(text.ids) and kept[i]:
            pieces.append(text.ids[i])
    pieces.append(marks.end)
    return Marked(np.array(pieces, dtype=np.int64), places.get(marks.actor[0], 0), places.get(marks.recipient[0], 0))


def pieces_of(tokenizer: Tokenizer, text: str) -> Encoding:
    """The pieces of a whole text, without special tokens, whatever length the tokenizer's file prescribes."""
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer.encode(_SURROGATE.sub("\ufffd", text), add_special_tokens=False)


def _run(text: Encoding, span: Span) -> Span:
    """The pieces that a span touches; at least one, or the one behind it."""
    touched = [i for i, (start, end) in enumerate(text.offsets) if start < span[1] and span[0] < end]
    if touched:
        return touched[0], touched[-1] + 1
    behind = next((i for i, (start, _) in enumerate(text.offsets) if start >= span[0]), max(len(text.ids) - 1, 0))
    return behind, behind + 1


def _kept(length: int, runs: list[Span], room: int) -> npt.NDArray[np.bool_]:
    """Which of `length` pieces to keep so that at most `room` are left: those nearest to where a run begins or ends."""
    if length <= room:
        return np.ones(length, dtype=bool)
    places = np.arange(length)
    edges = [edge for start, end in runs for edge in (start, end - 1)] or [0]
    far = np.min([np.abs(places - edge) for edge in edges], axis=0)
    kept = np.zeros(length, dtype=bool)
    kept[np.argsort(far, kind="stable")[:room]] = True
    return kept
