"""The two stages of training a student: own rows, then the pairs of PLV among some of them."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from training.events.examples import examples
from training.events.fit import Recipe, fit
from training.events.network import Student
from training.events.pairs import Pair, of_rows, reversed_pairs
from training.events.rows import read_rows

FIRST = Recipe(epochs=3, rate=1.5e-4, head_rate=5e-4)
SECOND = Recipe(epochs=3, rate=1e-4, head_rate=3e-4)
REVERSED, OWN = 150, 300
"""How many reversed pairs of PLV, where nothing happens, and how many own ones the second stage sees with the PLV pairs."""

Log = Callable[[str], None]


def own_pairs(folder: Path, held: bool = False) -> list[Pair]:
    """The pairs of the row files; every tenth row of a file is held out and comes only with `held`."""
    found = []
    for path in sorted(folder.glob("*.tsv")):
        rows = [row for i, row in enumerate(read_rows(path)) if (i % 10 == 9) == held]
        found += of_rows(rows, f"{path.stem}:")
    return found


def first(student: Student, own: Sequence[Pair], tokenizer: Tokenizer, log: Log) -> Student:
    """Learn from own rows, and from what they say of pairs the other way round."""
    return fit(student, examples([*own, *reversed_pairs(own)], tokenizer), FIRST, log)


def second(
    student: Student, plv: Sequence[Pair], own: Sequence[Pair], tokenizer: Tokenizer, recipe: Recipe, log: Log
) -> Student:
    """Go on from the first stage, which is left as it is, with PLV pairs; the own ones keep NONE and rare types alive."""
    rng = random.Random(recipe.seed)
    back = list(reversed_pairs(plv))
    data = [*plv, *rng.sample(back, min(REVERSED, len(back))), *rng.sample(list(own), min(OWN, len(own)))]
    return fit(copy.deepcopy(student), examples(data, tokenizer), recipe, log)


def folds(groups: Sequence[str], count: int = 5) -> np.ndarray:
    """A fold for each element; elements of one group share it."""
    names = sorted(set(groups))
    random.Random(0).shuffle(names)
    fold = {name: i % count for i, name in enumerate(names)}
    return np.array([fold[group] for group in groups])
