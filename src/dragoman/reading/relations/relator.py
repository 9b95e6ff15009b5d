"""Text + actor + recipient -> the type of what the one does to the other, with the probability of every type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from dragoman.errors import InputError
from dragoman.reading.relations.calibration import Calibration, Opinions
from dragoman.reading.relations.marking import Marked, Span, mark, pieces_of
from dragoman.reading.weights import Weights, fingerprint_of

WEIGHTS = Path(__file__).parent / "weights"
GRAPH: Final = "encoder.onnx"
HEAD: Final = "head.onnx"
ROWS: Final = "rows.onnx"
ROWS_HEAD: Final = "rows-head.onnx"
TOKENIZER: Final = "tokenizer.json"
FILES: Final = (GRAPH, HEAD, ROWS, ROWS_HEAD, TOKENIZER)
NONE: Final = "NONE"
"""The type that says: nothing passes from this actor to this recipient."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a text reports from an actor to a recipient.

    `scores` gives every PLOVER type, and NONE, the probability that a careful coder would choose it; they add up to 1. `type` is
    the most probable one.
    """

    type: str
    scores: Mapping[str, float]


class Relator:
    """Types pairs with the weights of one folder, by default the ones that come with dragoman.

    The same pair gives the same relation in any process and beside any other pair: each is encoded alone. Raises
    KnowledgeError where the folder lacks a file or a file is not the one its config.json was written with.
    """

    def __init__(self, weights: Path | None = None) -> None:
        opened = Weights(weights or WEIGHTS, "relation model", "train-relations")
        self._config = opened.config(FILES)
        self._types: tuple[str, ...] = tuple(self._config["types"])
        self._calibration = Calibration(**self._config["calibration"])
        self._tokenizer = opened.tokenizer(TOKENIZER)
        self._encoder = opened.graph(GRAPH)
        self._head = opened.graph(HEAD)
        self._rows = opened.graph(ROWS)
        self._rows_head = opened.graph(ROWS_HEAD)

    @property
    def fingerprint(self) -> str:
        """Names the weights and settings: what two relators with the same fingerprint say is the same."""
        return fingerprint_of(self._config)

    def relate(self, text: str, actor: Span | None, recipient: Span | None) -> Relation:
        """The relation of a pair; spans are code points of `text`, half-open, and None where nobody is named.

        Of a long text the nearest 150 word pieces or so are read. Raises InputError for a blank text and for spans that are not
        in the text or overlap.
        """
        check(text, actor, recipient)
        given = self.opinions(mark(pieces_of(self._tokenizer, text), actor, recipient))
        (calibrated,) = self._calibration.probabilities(given)
        best = self._types[int(calibrated.argmax())]
        return Relation(best, dict(zip(self._types, calibrated.tolist(), strict=True)))

    def opinions(self, marked: Marked) -> Opinions:
        """What both branches think of one pair, before calibration."""
        shared, news = self._encoder.run(None, {"pieces": marked.pieces[None]})
        rows, register = self._rows.run(None, {"shared": shared})
        sides = np.array([marked.actor, marked.recipient], dtype=np.int64)
        (of_news,) = self._head.run(None, {"states": news[0], "sides": sides})
        (of_rows,) = self._rows_head.run(None, {"states": rows[0], "sides": sides})
        return Opinions(
            news=of_news.astype(np.float64)[None],
            rows=of_rows.astype(np.float64)[None],
            register=register.astype(np.float64),
        )


def check(text: str, actor: Span | None, recipient: Span | None) -> None:
    """Raises InputError, with the rule and what to do, where the two are no pair of this text."""
    if not text.strip():
        raise InputError("The text is empty; give the sentence that tells what happened.")
    if actor is None and recipient is None:
        raise InputError("It names neither an actor nor a recipient; mark at least one of the two.")
    for name, span in (("actor", actor), ("recipient", recipient)):
        if span is not None:
            _check_span(name, span, len(text))
    if actor and recipient and actor[0] < recipient[1] and recipient[0] < actor[1]:
        raise InputError(
            f"The actor {list(actor)} and the recipient {list(recipient)} overlap; mark two separate runs of the text."
        )


def _check_span(name: str, span: Span, length: int) -> None:
    start, end = span
    if start >= end:
        raise InputError(
            f"The {name} {list(span)} ends before it begins or is empty; write [start, end], end excluded."
        )
    if start < 0 or end > length:
        raise InputError(
            f"The {name} {list(span)} lies outside of the text, which has {length:,} characters; "
            "count Unicode code points from 0."
        )
