"""Word states -> label scores and links: the small layers on top of the encoder.

They stay outside of the encoder's graph because they are a hundredth of its work, keep full precision there, and leave the states
free for other tasks. Their matrix products are a graph of their own: numpy would start threads for them. The rest is numpy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from dragoman.reading.attribution.encoder import Encoded, open_graph
from dragoman.reading.attribution.labels import FOLLOWS, STARTS, Floats, Run, best_path
from dragoman.reading.attribution.pairs import Ints, facts
from dragoman.reading.attribution.windows import Window

GRAPH: Final = "heads.onnx"
ARRAYS: Final = "heads.npz"
OUTPUTS: Final = ("outer", "inner", "source.cue", "source.run", "content.cue", "content.run")
"""What the graph makes of a word's state: label scores of both layers; what each linker sees in a cue and in a run."""


@dataclass(frozen=True, slots=True, eq=False)
class Projected:
    """A window and, for each of the graph's outputs, an array with a row for every word."""

    window: Window
    layers: Mapping[str, Floats]


class Labeller:
    """Label scores -> the best path of labels."""

    def __init__(self, arrays: Mapping[str, Floats], name: str) -> None:
        self._name = name
        self._start = arrays[f"{name}.start"] + STARTS
        self._follow = arrays[f"{name}.follow"] + FOLLOWS

    def path(self, words: Projected, run: Run, readiness: Sequence[float] = (0.0, 0.0, 0.0)) -> tuple[Ints, Floats]:
        """The labels of the words of `run`, and the log-probability of each by itself.

        `readiness` is added to the scores of the labels of source, cue and content.
        """
        scores = words.layers[self._name][run[0] : run[1]]
        path = best_path(scores + np.array([0, *np.repeat(readiness, 2)], dtype=np.float32), self._start, self._follow)
        return path, np.take_along_axis(log_softmax(scores), path[:, None], 1)[:, 0]


class Linker:
    """How well each cue goes with each run of another role, or with none."""

    def __init__(self, arrays: Mapping[str, Floats], name: str) -> None:
        self._name = name
        self._bias = arrays[f"{name}.cue.bias"]
        self._between = arrays[f"{name}.between.weight"]
        self._nobody = arrays[f"{name}.nobody"]
        self._score = arrays[f"{name}.score.weight"][0]

    def pairs(self, words: Projected, cues: Sequence[Run], runs: Sequence[Run]) -> Floats:
        """The score of each pair, cues x runs."""
        between = self._between[facts(cues, runs, words.window.paragraphs)].sum(2)
        return self._scores(self._cues(words, cues)[:, None] + self._runs(words, runs)[None] + between)

    def without_run(self, words: Projected, cues: Sequence[Run]) -> Floats:
        """The score of each cue for going with no run at all."""
        return self._scores(self._cues(words, cues) + self._nobody)

    def without_cue(self, words: Projected, runs: Sequence[Run]) -> Floats:
        """The score of each run for going with no cue at all."""
        return self._scores(self._runs(words, runs) + self._nobody)

    def _cues(self, words: Projected, cues: Sequence[Run]) -> Floats:
        return spans(words.layers[f"{self._name}.cue"], cues) + self._bias

    def _runs(self, words: Projected, runs: Sequence[Run]) -> Floats:
        return spans(words.layers[f"{self._name}.run"], runs)

    def _scores(self, mixed: Floats) -> Floats:
        scores: Floats = (_gelu(mixed) * self._score).sum(-1)
        return scores


class Heads:
    """Every head that reads statements from word states; `outer` and `inner` label the two layers.

    Raises KnowledgeError where a file of the weights folder is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._session = open_graph(folder / GRAPH)
        with np.load(folder / ARRAYS) as file:
            arrays = {name: file[name].astype(np.float32) for name in file.files}
        self.outer = Labeller(arrays, "outer")
        self.inner = Labeller(arrays, "inner")
        self._source = Linker(arrays, "source")
        self._content = Linker(arrays, "content")

    def project(self, part: Encoded) -> Projected:
        """What the heads see in each word; everything else they do is sums and lookups."""
        found = self._session.run(list(OUTPUTS), {"states": part.states})
        return Projected(part.window, dict(zip(OUTPUTS, found, strict=True)))

    def sources(self, words: Projected, cues: Sequence[Run], sources: Sequence[Run]) -> Floats:
        """Log-probabilities that a cue has each source, cues x (1 + sources); column 0 is for none."""
        if not cues:
            return np.empty((0, 1 + len(sources)), dtype=np.float32)
        scores = [self._source.without_run(words, cues)[:, None]]
        if sources:
            scores.append(self._source.pairs(words, cues, sources))
        return log_softmax(np.concatenate(scores, 1))

    def cues(self, words: Projected, contents: Sequence[Run], cues: Sequence[Run]) -> Floats:
        """Log-probabilities that a content belongs to each cue, contents x (1 + cues); column 0 is for none."""
        scores = [self._content.without_cue(words, contents)[:, None]]
        if cues:
            scores.append(self._content.pairs(words, cues, contents).T)
        return log_softmax(np.concatenate(scores, 1))


def spans(parts: Floats, runs: Sequence[Run]) -> Floats:
    """What a linker sees in each run: a part from its first word, one from its last, one from the mean of all; added up.

    `parts` holds the three parts side by side for every word.
    """
    first, last, mean = np.split(parts, 3, axis=1)
    return np.stack([first[a] + last[b - 1] + mean[a:b].mean(0) for a, b in runs])


def log_softmax(scores: Floats) -> Floats:
    """Over the last axis."""
    shifted: Floats = scores - scores.max(-1, keepdims=True)
    shifted -= np.log(np.exp(shifted).sum(-1, keepdims=True))
    return shifted


def _gelu(x: Floats) -> Floats:
    curved: Floats = 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x * x * x)))
    return curved
