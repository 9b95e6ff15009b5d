"""Articles with inner attributions -> the labels of the inner layer, learned on the states of a finished encoder."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

import torch
from torch import Tensor

from dragoman.reading.attribution.encoder import Encoded
from dragoman.reading.attribution.windows import Ints
from training.statements.corpus import Article, label
from training.statements.model import Labeller

Content = tuple[Tensor, Ints]
"""The states of the words of one content, and their inner labels."""


def contents(article: Article, encoded: Sequence[Encoded]) -> Iterator[Content]:
    """Every content of an article, as the tagger will see it."""
    for part in encoded:
        outer = label(part.window, article["attributions"])
        inner = label(part.window, article["inner"])
        for start, end in outer.runs["content"]:
            yield torch.from_numpy(part.states[start:end]), inner.labels[start:end]


def fit_layer(
    layer: Labeller,
    data: Sequence[Content],
    log: Callable[[str], None],
    epochs: int = 8,
    batch: int = 64,
    rate: float = 3e-3,
) -> Labeller:
    """The layer after all epochs, the rate falling to nothing; contents of like length go together."""
    rng = random.Random(1)
    ordered = sorted(data, key=lambda content: len(content[1]))
    batches = [ordered[i : i + batch] for i in range(0, len(ordered), batch)]
    adam = torch.optim.Adam(layer.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.LinearLR(adam, 1.0, 0.0, epochs * len(batches))
    layer.train()
    for epoch in range(epochs):
        total = 0.0
        for contents_of in rng.sample(batches, len(batches)):
            loss = layer.loss([states for states, _ in contents_of], [labels for _, labels in contents_of])
            adam.zero_grad()
            loss.backward()
            adam.step()
            schedule.step()
            total += loss.item()
        log(f"inner layer, epoch {epoch + 1}: {total / len(batches):.4f}")
    return layer.eval()
