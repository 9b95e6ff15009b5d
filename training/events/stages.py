"""The stages of training: own rows; the pairs of PLV among some of them; and the branch that goes on with own rows."""

from __future__ import annotations

import copy
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from training.events.branches import Branch, upper
from training.events.examples import Example, examples
from training.events.fit import Log, Recipe, average, fit
from training.events.network import Student
from training.events.pairs import Pair, of_rows, reversed_pairs
from training.events.rows import read_rows

FIRST = Recipe(epochs=3, rate=1.5e-4, head_rate=5e-4)
SECOND = Recipe(epochs=3, rate=1e-4, head_rate=3e-4)
THIRD = Recipe(epochs=2, rate=1e-4, head_rate=2e-4)
CLOSE = "close"
"""The folder, beside that of the other rows, with rows in which an event and none stand close together; none is held out."""
REVERSED, OWN = 150, 300
"""How many reversed pairs of PLV, where nothing happens, and how many own ones the second stage sees with the PLV pairs."""


def own_pairs(folder: Path, held: bool = False) -> list[Pair]:
    """The pairs of the row files; every tenth row of a file is held out and comes only with `held`."""
    found = []
    for path in sorted(folder.glob("*.tsv")):
        rows = [row for i, row in enumerate(read_rows(path)) if (i % 10 == 9) == held]
        found += of_rows(rows, f"{path.stem}:")
    return found


def close_pairs(folder: Path) -> list[Pair]:
    """The pairs of the rows beside `folder` in which an event and none stand close together."""
    paths = sorted((folder.parent / CLOSE).glob("*.tsv"))
    return [pair for path in paths for pair in of_rows(list(read_rows(path)), f"{path.stem}:")]


def first(student: Student, own: Sequence[Pair], tokenizer: Tokenizer, log: Log) -> Student:
    """Learn from own rows."""
    return fit(student, examples(first_pairs(own), tokenizer), FIRST, log)


def second(
    student: Student,
    plv: Sequence[Pair],
    own: Sequence[Pair],
    tokenizer: Tokenizer,
    log: Log,
    *,
    seeds: Sequence[int] = (SECOND.seed,),
    taught: Sequence[Example] = (),
) -> Student:
    """Go on from the first stage, which is left as it is, with PLV pairs; with `taught`, also with a teacher's opinions.

    Once for each seed, in another order and with other own pairs; the mean of the weights is the result.
    """
    runs = []
    for seed in seeds:
        data = examples(second_pairs(plv, own, seed), tokenizer)
        runs.append(fit(copy.deepcopy(student), data, replace(SECOND, seed=seed), log, once=taught))
    return average(runs)


def branch(
    below: Student, above: Student, own: Sequence[Pair], close: Sequence[Pair], tokenizer: Tokenizer, log: Log
) -> Branch:
    """The upper layers of `above`, put upon the lower ones of `below`, go on with own rows; close ones come in every epoch."""
    begun = Branch(below, upper(above), above.head)
    often, once = (examples(first_pairs(pairs), tokenizer) for pairs in (close, own))
    return fit(begun, often, THIRD, log, once=once)


def first_pairs(own: Sequence[Pair]) -> list[Pair]:
    """Own pairs, and what they say of pairs the other way round."""
    return [*own, *reversed_pairs(own)]


def second_pairs(plv: Sequence[Pair], own: Sequence[Pair], seed: int) -> list[Pair]:
    """PLV pairs, some of them reversed, and own ones, which keep NONE and rare types alive."""
    rng = random.Random(seed)
    back = list(reversed_pairs(plv))
    return [*plv, *rng.sample(back, min(REVERSED, len(back))), *rng.sample(list(own), min(OWN, len(own)))]


def folds(groups: Sequence[str], count: int = 5) -> np.ndarray:
    """A fold for each element; elements of one group share it."""
    names = sorted(set(groups))
    random.Random(0).shuffle(names)
    fold = {name: i % count for i, name in enumerate(names)}
    return np.array([fold[group] for group in groups])
