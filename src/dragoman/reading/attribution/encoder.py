"""Text -> a state for every word, from one ONNX graph that knows no task.

Statements are read from these states by small heads outside of the graph (heads.py). Other heads can read the same states: a
text is encoded once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import onnxruntime as ort

from dragoman.reading.attribution.labels import Floats
from dragoman.reading.attribution.windows import Window, Windower
from dragoman.reading.weights import Weights

GRAPH = "encoder.onnx"
TOKENIZER = "tokenizer.json"


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """A window and the state of each of its words (words x width), which is that of the word's first piece."""

    window: Window
    states: Floats


class Encoder:
    """The encoder of one weights folder; opening it reads the files once.

    Raises KnowledgeError where a file is missing or cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self._windower = Windower(weights(folder).tokenizer(TOKENIZER))
        self._session = open_graph(folder / GRAPH)

    def encode(self, text: str) -> Iterator[Encoded]:
        """The windows of `text` in order, each encoded alone: no window changes what is read in another."""
        for window in self._windower.windows(text):
            (states,) = self._session.run(None, {"pieces": window.pieces[None]})
            yield Encoded(window, states[0][window.heads])


def open_graph(path: Path) -> ort.InferenceSession:
    """A session for one file of the statement model. Raises KnowledgeError where there is no such file."""
    return weights(path.parent).graph(path.name)


def weights(folder: Path) -> Weights:
    """The files of a statement model."""
    return Weights(folder, "statement model", "train-statements")
