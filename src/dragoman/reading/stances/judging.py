"""Passage + holder + measure -> a verdict: for it, against it or neither, how firmly, by a small trained encoder."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast, get_args

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding

from dragoman.analysis import Direction, Force
from dragoman.reading.relations.marking import Span, mark, pieces_of
from dragoman.reading.weights import Weights, fingerprint_of

WEIGHTS = Path(__file__).parent / "weights"
GRAPH: Final = "encoder.onnx"
HEAD: Final = "head.onnx"
TOKENIZER: Final = "tokenizer.json"
FILES: Final = (GRAPH, HEAD, TOKENIZER)

DIRECTIONS: Final = cast(tuple[Direction, ...], get_args(Direction))
FORCES: Final = cast(tuple[Force, ...], get_args(Force))
OUTCOMES: Final = (*(f"{direction}/{force}" for direction in DIRECTIONS for force in FORCES), "NONE")
"""What the model gives a score each: a direction with a force, in the order of analysis.py, or no stance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """What the share that a model gives a direction means: its log-odds times `scale` plus `shift` are those of being right."""

    scale: float = 1.0
    shift: float = 0.0

    def __call__(self, share: float) -> float:
        """The probability."""
        inside = min(max(share, 1e-6), 1 - 1e-6)
        return 1 / (1 + math.exp(-self.scale * math.log(inside / (1 - inside)) - self.shift))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where a holder stands on a measure in a passage.

    `direction` is the more probable of the two, `force` the likeliest in it, and `score` the probability that a careful coder of
    news would record the stance, as the calibration has it; whether that is enough is for the caller to say.
    """

    direction: Direction
    force: Force
    score: float


class Judge:
    """Judges pairs with the weights of one folder, by default the ones that come with dragoman.

    The same pair gives the same verdict in any process and beside any other pair: each is encoded alone. Raises KnowledgeError
    where the folder lacks a file or a file is not the one its config.json was written with.
    """

    def __init__(self, weights: Path | None = None) -> None:
        opened = Weights(weights or WEIGHTS, "stance judge", "train-stances")
        self._config = opened.config(FILES)
        self._tokenizer = opened.tokenizer(TOKENIZER)
        self._encoder = opened.graph(GRAPH)
        self._head = opened.graph(HEAD)

    @property
    def fingerprint(self) -> str:
        """Names the weights and settings: what two judges with the same fingerprint say is the same."""
        return fingerprint_of(self._config)

    @property
    def odds(self) -> Odds:
        """What the shares of the model mean."""
        return Odds(**self._config["odds"])

    @property
    def threshold(self) -> float:
        """From which score on a verdict is worth reporting in a reading."""
        return float(self._config["threshold"])

    def pieces(self, passage: str) -> Encoding:
        """The word pieces of a passage, to be shared by all of its pairs."""
        return pieces_of(self._tokenizer, passage)

    def judge(self, passage: Encoding, holder: Span, measure: Span) -> Verdict:
        """The verdict on a pair; spans are code points of the passage, half-open. Of a long one the nearest 150 pieces count."""
        marked = mark(passage, holder, measure)
        (states,) = self._encoder.run(None, {"pieces": marked.pieces[None]})
        sides = np.array([marked.actor, marked.recipient], dtype=np.int64)
        (scores,) = self._head.run(None, {"states": states[0], "sides": sides})
        return verdict(scores.astype(np.float64), self.odds)


def verdict(scores: npt.NDArray[np.float64], odds: Odds) -> Verdict:
    """What the scores of the OUTCOMES, in their order, come to."""
    raised = np.exp(scores - scores.max())
    shares = (raised / raised.sum())[:-1].reshape(len(DIRECTIONS), len(FORCES))
    best = int(shares.sum(1).argmax())
    return Verdict(DIRECTIONS[best], FORCES[int(shares[best].argmax())], odds(float(shares[best].sum())))
