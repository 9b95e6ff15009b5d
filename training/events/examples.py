"""Pairs -> what a model learns from: marked word pieces, the types that are right, and what a teacher thinks of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor

from dragoman.reading.relations.marking import MARKS, Marked, Marks, mark, pieces_of
from training.events.pairs import TYPES, Pair

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A marked pair. `right` is 1 at every type that counts as right, and 0 everywhere where nobody said; `soft` is a teacher's
    distribution over the types, if one was asked. At least one of the two says something."""

    marked: Marked
    right: Floats
    soft: Floats | None = None
    weight: float = 1.0

    def taught(self, soft: Floats) -> Example:
        """The same with a teacher's opinion."""
        return replace(self, soft=soft)


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Examples side by side, padded: pieces and mask (batch x length), and where the marks of each pair stand."""

    examples: tuple[Example, ...]
    pieces: Tensor
    mask: Tensor
    actors: Tensor
    recipients: Tensor


def examples(
    pairs: Sequence[Pair], tokenizer: Tokenizer, marks: Marks = MARKS, types: Sequence[str] = TYPES
) -> list[Example]:
    """An example for each pair, in order; a text is cut into pieces once."""
    texts: dict[str, Encoding] = {}
    out = []
    for pair in pairs:
        if pair.text not in texts:
            texts[pair.text] = pieces_of(tokenizer, pair.text)
        marked = mark(texts[pair.text], pair.actor, pair.recipient, marks)
        right = np.array([float(name in pair.types) for name in types], dtype=np.float32)
        out.append(Example(marked, right, weight=pair.weight))
    return out


def batches(data: Sequence[Example], size: int, rng: random.Random) -> Iterator[Batch]:
    """Batches of `size` examples of like length, in random order."""
    order = sorted(data, key=lambda example: len(example.marked.pieces) + rng.uniform(-6, 6))
    found = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(found)
    for chosen in found:
        yield batch(chosen)


def batch(chosen: Sequence[Example], padding: int = 0) -> Batch:
    longest = max(len(example.marked.pieces) for example in chosen)
    pieces = torch.full((len(chosen), longest), padding)
    mask = torch.zeros(len(chosen), longest, dtype=torch.bool)
    for i, example in enumerate(chosen):
        pieces[i, : len(example.marked.pieces)] = torch.from_numpy(example.marked.pieces)
        mask[i, : len(example.marked.pieces)] = True
    actors = torch.tensor([example.marked.actor for example in chosen])
    recipients = torch.tensor([example.marked.recipient for example in chosen])
    return Batch(tuple(chosen), pieces, mask, actors, recipients)
