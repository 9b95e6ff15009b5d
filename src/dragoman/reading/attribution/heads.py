"""Word states -> label scores and links: the small layers on top of the encoder.

They stay outside of the encoder's graph because they are a hundredth of its work, keep full precision there, and leave the states
free for other tasks. Linkers look at the first word, the last and the mean of a run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from dragoman.reading.attribution.encoder import Encoded
from dragoman.reading.attribution.labels import FOLLOWS, STARTS, Floats, Run, best_path
from dragoman.reading.attribution.pairs import Ints, facts
from dragoman.reading.attribution.windows import Window
from dragoman.reading.product import Product

ARRAYS: Final = "heads.npz"
LAYERS: Final = ("outer", "inner")
"""The two layers of labels."""


@dataclass(frozen=True, slots=True, eq=False)
class Projected:
    """A window, the states of its words, and for each layer the scores of their labels."""

    window: Window
    states: Floats
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

    def __init__(self, product: Product, arrays: Mapping[str, Floats], name: str) -> None:
        self._product = product
        self._cue, self._run = (arrays[f"{name}.{side}.weight"] for side in ("cue", "run"))
        self._bias = arrays[f"{name}.cue.bias"]
        self._between = arrays[f"{name}.between.weight"]
        self._nobody = arrays[f"{name}.nobody"]
        self._score = arrays[f"{name}.score.weight"][0]

    def of_cues(self, words: Projected, cues: Sequence[Run], runs: Sequence[Run]) -> Floats:
        """The scores of each cue for going with no run and with each, cues x (1 + runs)."""
        seen = self._cues(words, cues)
        alone = self._scores(seen + self._nobody)[:, None]
        if not runs:
            return alone
        return np.concatenate([alone, self._pairs(words, cues, runs, seen, self._runs(words, runs))], 1)

    def of_runs(self, words: Projected, cues: Sequence[Run], runs: Sequence[Run]) -> Floats:
        """The scores of each run for going with no cue and with each, runs x (1 + cues)."""
        seen = self._runs(words, runs)
        alone = self._scores(seen + self._nobody)[:, None]
        if not cues:
            return alone
        return np.concatenate([alone, self._pairs(words, cues, runs, self._cues(words, cues), seen).T], 1)

    def _pairs(
        self, words: Projected, cues: Sequence[Run], runs: Sequence[Run], of_cues: Floats, of_runs: Floats
    ) -> Floats:
        between = self._between[facts(cues, runs, words.window.paragraphs)].sum(2)
        return self._scores(of_cues[:, None] + of_runs[None] + between)

    def _cues(self, words: Projected, cues: Sequence[Run]) -> Floats:
        return self._seen(self._cue, words, cues) + self._bias

    def _runs(self, words: Projected, runs: Sequence[Run]) -> Floats:
        return self._seen(self._run, words, runs)

    def _seen(self, weights: Floats, words: Projected, runs: Sequence[Run]) -> Floats:
        return self._product(spans(words.states, runs), weights)

    def _scores(self, mixed: Floats) -> Floats:
        scores: Floats = (_gelu(mixed) * self._score).sum(-1)
        return scores


class Heads:
    """Every head that reads statements from word states; `outer` and `inner` label the two layers.

    Raises KnowledgeError where a file of the weights folder is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._product = Product()
        with np.load(folder / ARRAYS) as file:
            arrays = {name: file[name].astype(np.float32) for name in file.files}
        self._emit = {name: (arrays[f"{name}.emit.weight"], arrays[f"{name}.emit.bias"]) for name in LAYERS}
        self.outer = Labeller(arrays, "outer")
        self.inner = Labeller(arrays, "inner")
        self._source = Linker(self._product, arrays, "source")
        self._content = Linker(self._product, arrays, "content")

    def project(self, part: Encoded) -> Projected:
        """The scores of the labels of each word."""
        scores = {name: self._product(part.states, weight) + bias for name, (weight, bias) in self._emit.items()}
        return Projected(part.window, part.states, scores)

    def sources(self, words: Projected, cues: Sequence[Run], sources: Sequence[Run]) -> Floats:
        """Log-probabilities that a cue has each source, cues x (1 + sources); column 0 is for none."""
        if not cues:
            return np.empty((0, 1 + len(sources)), dtype=np.float32)
        return log_softmax(self._source.of_cues(words, cues, sources))

    def cues(self, words: Projected, contents: Sequence[Run], cues: Sequence[Run]) -> Floats:
        """Log-probabilities that a content belongs to each cue, contents x (1 + cues); column 0 is for none."""
        return log_softmax(self._content.of_runs(words, cues, contents))


def spans(states: Floats, runs: Sequence[Run]) -> Floats:
    """What a linker sees of each run, side by side: the state of its first word, of its last, and the mean of all."""
    first, last = ([run[place] for run in runs] for place in (0, 1))
    mean = np.stack([states[start:end].mean(0) for start, end in runs])
    return np.concatenate([states[first], states[np.array(last) - 1], mean], 1)


def log_softmax(scores: Floats) -> Floats:
    """Over the last axis."""
    shifted: Floats = scores - scores.max(-1, keepdims=True)
    shifted -= np.log(np.exp(shifted).sum(-1, keepdims=True))
    return shifted


def _gelu(x: Floats) -> Floats:
    curved: Floats = 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x * x * x)))
    return curved
