"""Text -> a state for every word, from one ONNX graph that knows no task.

Statements are read from these states by small heads outside of the graph (heads.py). Other heads can read the same states: a
text is encoded once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import onnxruntime as ort
from tokenizers import Tokenizer

from dragoman.errors import KnowledgeError
from dragoman.reading.attribution.labels import Floats
from dragoman.reading.attribution.windows import Window, Windower

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
        self._windower = Windower(_tokenizer(folder / TOKENIZER))
        self._session = open_graph(folder / GRAPH)

    def encode(self, text: str) -> Iterator[Encoded]:
        """The windows of `text` in order, each encoded alone: no window changes what is read in another."""
        for window in self._windower.windows(text):
            (states,) = self._session.run(None, {"pieces": window.pieces[None]})
            yield Encoded(window, states[0][window.heads])


def _tokenizer(path: Path) -> Tokenizer:
    if not path.is_file():
        raise KnowledgeError(_missing(path))
    return Tokenizer.from_file(str(path))


def open_graph(path: Path) -> ort.InferenceSession:
    """A session for one ONNX file: one thread and no spinning, since documents run beside each other in processes.

    Raises KnowledgeError where there is no such file.
    """
    if not path.is_file():
        raise KnowledgeError(_missing(path))
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _missing(path: Path) -> str:
    return (
        f"The statement model has no {path.name} in {path.parent}; "
        "reinstall dragoman, or rebuild it with `make train-statements`."
    )
