"""Fine-tune the statement tagger on labelled windows."""

from __future__ import annotations

import dataclasses
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from dragoman.reading.attribution.windows import Window
from training.statements.corpus import Example
from training.statements.model import Model


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to train. `batch` counts word pieces, padding included; the rates are the highest ones, reached after warming up."""

    epochs: int = 4
    rate: float = 2e-4
    head_rate: float = 1e-3
    chain_rate: float = 1e-2
    link_weight: float = 0.2
    batch: int = 2048
    disguised: float = 0.15
    seed: int = 1


def train(
    model: Model, data: Sequence[Example], recipe: Recipe, log: Callable[[str], None], keep: Callable[[Model], None]
) -> Model:
    """The model after all epochs; one thread, matrix products in bfloat16. `keep` is called after each epoch."""
    torch.set_num_threads(1)
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    adam = _optimiser(model, recipe)
    steps = recipe.epochs * len(list(batches(data, recipe.batch, random.Random(recipe.seed))))
    schedule = torch.optim.lr_scheduler.LambdaLR(adam, _warm_then_fall(steps))
    progress = Progress(steps, log)
    model.train()
    for _ in range(recipe.epochs):
        seen = [disguise(example, recipe.disguised, rng) for example in data]
        for batch in batches(seen, recipe.batch, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss, parts = model.loss(batch, recipe.link_weight)
            adam.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            adam.step()
            schedule.step()
            progress.note(parts)
        keep(model)
    return model.eval()


def batches(data: Sequence[Example], size: int, rng: random.Random) -> Iterator[list[Example]]:
    """Windows of like length together, at most `size` word pieces with padding, in random order."""
    order = sorted(data, key=lambda example: len(example.window.pieces) + rng.uniform(-16, 16))
    found: list[list[Example]] = [[]]
    longest = 0
    for example in order:
        longest = max(longest, len(example.window.pieces))
        if found[-1] and longest * (len(found[-1]) + 1) > size:
            found.append([])
            longest = len(example.window.pieces)
        found[-1].append(example)
    rng.shuffle(found)
    yield from found


def disguise(example: Example, share: float, rng: random.Random) -> Example:
    """In a `share` of cases the same window without its paragraph marks, as texts come that have lost them."""
    window = example.window
    if rng.random() > share or not len(window) or window.paragraphs[-1] == 0:
        return example
    marks = np.flatnonzero(window.pieces == window.pieces[-1])[:-1]
    plain = Window(
        pieces=np.delete(window.pieces, marks),
        heads=window.heads - np.searchsorted(marks, window.heads),
        spans=window.spans,
        paragraphs=np.zeros_like(window.paragraphs),
    )
    return dataclasses.replace(example, window=plain)


class Progress:
    """Says every few steps how large the losses are."""

    def __init__(self, steps: int, log: Callable[[str], None], every: int = 50) -> None:
        self._steps, self._log, self._every = steps, log, every
        self._done = 0
        self._sums: dict[str, float] = {}
        self._began = time.process_time()

    def note(self, parts: dict[str, float]) -> None:
        self._done += 1
        for name, value in parts.items():
            self._sums[name] = self._sums.get(name, 0.0) + value / self._every
        if self._done % self._every == 0:
            means = "  ".join(f"{name} {value:.3f}" for name, value in self._sums.items())
            self._log(f"step {self._done}/{self._steps}  {means}  {time.process_time() - self._began:.0f} CPU s")
            self._sums = {}


def _optimiser(model: Model, recipe: Recipe) -> torch.optim.Optimizer:
    """The word embeddings stay as they came: most of them are never seen in training."""
    model.encoder.embeddings.word_embeddings.requires_grad_(False)
    encoder = [parameter for parameter in model.encoder.parameters() if parameter.requires_grad]
    chain = [parameter for name, parameter in model.heads.named_parameters() if name.endswith(("start", "follow"))]
    heads = [parameter for name, parameter in model.heads.named_parameters() if not name.endswith(("start", "follow"))]
    groups = [
        {"params": encoder, "lr": recipe.rate},
        {"params": heads, "lr": recipe.head_rate},
        {"params": chain, "lr": recipe.chain_rate},
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01)


def _warm_then_fall(steps: int) -> Callable[[int], float]:
    warm = max(steps // 16, 1)
    return lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(steps - warm, 1)))
