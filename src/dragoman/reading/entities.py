"""Doc with sentences -> named entities: what spaCy's recognizer decides, with one matrix product for all words.

The recognizer goes through a text word by word and scores all its moves anew at each. But outside of an entity the scores depend
on the next word only, so they can be had for the whole text at once; inside one, which takes few words, two moves are left: go on
or end (spaCy's transition-based parser, Honnibal et al.). The decisions are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Self, cast

import numpy as np
import numpy.typing as npt
from spacy.attrs import IS_SPACE, SENT_START
from spacy.language import Language
from spacy.pipeline.ner import EntityRecognizer
from spacy.tokens import Doc
from spacy.tokens import Span as Tokens
from thinc.api import Ops

from dragoman.reading.attribution.labels import Floats

_RECOGNIZER: Final = "ner"
_LOOKS_AT: Final = 3
"""What a decision looks at: the next word, and inside an entity its first word and the one before."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Layers:
    """The two layers that score moves: hidden units of several pieces, of which the greatest counts; then the moves.

    `looks` and `nothing` hold a part for each of the words looked at (`nothing` where there is none).
    """

    looks: Floats
    nothing: Floats
    bias: Floats
    moves: Floats
    moves_bias: Floats

    @classmethod
    def of(cls, model: Any) -> Self:
        """Those of a recognizer's model."""
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        return cls(
            looks=lower.get_param("W"),
            nothing=lower.get_param("pad")[0],
            bias=lower.get_param("b"),
            moves=upper.get_param("W"),
            moves_bias=upper.get_param("b"),
        )

    def seen(self, states: Floats, ops: Ops) -> Floats:
        """What each word contributes as each of the words looked at: words x looks x hidden x pieces."""
        found = ops.gemm(cast(Any, states), cast(Any, self.looks.reshape(-1, states.shape[1])), trans2=True)
        return cast(Floats, found).reshape(len(states), *self.nothing.shape)

    def hidden(self, seen: Floats) -> Floats:
        """The hidden units for sums of what is looked at."""
        units: Floats = (seen + self.bias).max(-1)
        return units


class Entities:
    """A part of a pipeline that does the work of its entity recognizer."""

    def __init__(self, recognizer: EntityRecognizer) -> None:
        self._model = recognizer.model
        self._layers = Layers.of(recognizer.model)
        moves = recognizer.moves
        names = [moves.get_class_name(number) for number in range(moves.n_moves)]
        self._moves = [(name[0], name[2:]) for name in names]
        self._opens = np.array([name.startswith("B-") for name in names])
        self._lawful = np.array([name == "O" or name[:2] in ("B-", "U-") and len(name) > 2 for name in names])
        self._within = {label: [names.index(f"I-{label}"), names.index(f"L-{label}")] for label in recognizer.labels}

    def __call__(self, doc: Doc) -> Doc:
        """Set the entities of a text that has none yet."""
        if len(doc):
            doc.set_ents(self._found(doc), default="outside")
        return doc

    def _found(self, doc: Doc) -> list[Tokens]:
        states = self._model.get_ref("tok2vec").predict([doc])
        seen = self._layers.seen(states, self._model.ops)
        spaces, starts = (
            doc.to_array([attribute]).astype(np.int64).ravel() == 1 for attribute in (IS_SPACE, SENT_START)
        )
        ends = np.append(starts[1:], True)
        best = self._outside(seen, spaces, ends)
        found: list[Tokens] = []
        i = 0
        while i < len(doc):
            move, label = self._moves[best[i]]
            stop = i + 1 if move != "B" else self._end(seen, i, label, ends)
            if move != "O":
                found.append(Tokens(doc, i, stop, label=label))
            i = stop
        return found

    def _outside(self, seen: Floats, spaces: npt.NDArray[np.bool_], ends: npt.NDArray[np.bool_]) -> Ints:
        """The best move at each word that no entity has reached: none begins at a space or in a sentence's last word."""
        hidden = self._layers.hidden(seen[:, 0] + self._layers.nothing[1] + self._layers.nothing[2])
        scores = self._model.ops.gemm(hidden, self._layers.moves, trans2=True) + self._layers.moves_bias
        scores[:, ~self._lawful] = -np.inf
        scores[np.ix_(ends | spaces, self._opens)] = -np.inf
        scores[np.ix_(spaces, np.array([move == "U" for move, _ in self._moves]))] = -np.inf
        best: Ints = scores.argmax(1)
        return best

    def _end(self, seen: Floats, start: int, label: str, ends: npt.NDArray[np.bool_]) -> int:
        """Behind the last word of the entity that begins at `start`, which is in the same sentence."""
        rows = self._within[label]
        moves, bias = self._layers.moves[rows], self._layers.moves_bias[rows]
        i = start + 1
        while not ends[i]:
            on, last = moves @ self._layers.hidden(seen[i, 0] + seen[start, 1] + seen[i - 1, 2]) + bias
            if last > on:
                break
            i += 1
        return i + 1


def read_entities_at_once(pipeline: Language) -> None:
    """Put Entities in the place of the pipeline's recognizer, where that is a greedy one of the usual build."""
    if _RECOGNIZER not in pipeline.pipe_names:
        return
    recognizer = pipeline.get_pipe(_RECOGNIZER)
    if isinstance(recognizer, EntityRecognizer) and _is_usual(recognizer):
        pipeline.add_pipe("entities", after=_RECOGNIZER)
        pipeline.remove_pipe(_RECOGNIZER)


def _is_usual(recognizer: EntityRecognizer) -> bool:
    model = recognizer.model
    lower = model.get_ref("lower")
    built = model.attrs["has_upper"] and lower.get_dim("nF") == _LOOKS_AT and lower.get_dim("nP") > 1
    return bool(built) and not model.attrs["unseen_classes"] and recognizer.cfg["beam_width"] == 1


@Language.factory("entities")  # type: ignore[untyped-decorator]
def _make(nlp: Language, name: str) -> Entities:
    return Entities(cast(EntityRecognizer, nlp.get_pipe(_RECOGNIZER)))
