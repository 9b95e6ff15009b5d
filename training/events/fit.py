"""Examples -> a trained model, and a model's opinion of examples."""

from __future__ import annotations

import copy
import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.events.examples import Example, Floats, batch, batches

Model = TypeVar("Model", bound=nn.Module)
Log = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to train. `hard` is the part of the loss that labels have where a teacher has spoken too."""

    epochs: int
    rate: float = 1e-4
    head_rate: float = 3e-4
    size: int = 16
    hard: float = 0.5
    smoothing: float = 0.05
    seed: int = 1


def fit(
    model: Model, data: Sequence[Example], recipe: Recipe, log: Log = lambda _: None, once: Sequence[Example] = ()
) -> Model:
    """The model after all epochs. Every epoch sees all of `data` and its share of `once`, which is seen in one epoch only."""
    return fit_epochs(model, [[*data, *once[i :: recipe.epochs]] for i in range(recipe.epochs)], recipe, log)


def fit_epochs(model: Model, epochs: Sequence[Sequence[Example]], recipe: Recipe, log: Log = lambda _: None) -> Model:
    """The model after epochs that each have their own examples, in evaluation mode; one thread, matrix products in bfloat16."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    trained = [(name, p) for name, p in model.named_parameters() if p.requires_grad]
    adam = torch.optim.AdamW(
        [
            {"params": [p for name, p in trained if not name.startswith("head.")], "lr": recipe.rate},
            {"params": [p for name, p in trained if name.startswith("head.")], "lr": recipe.head_rate},
        ],
        weight_decay=0.01,
    )
    steps = sum(math.ceil(len(epoch) / recipe.size) for epoch in epochs)
    schedule = torch.optim.lr_scheduler.LambdaLR(adam, _warm_then_fall(steps))
    progress = _Progress(steps, log)
    model.train()
    for epoch in epochs:
        for part in batches(epoch, recipe.size, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = model(part)
            loss = loss_of(scores, part.examples, recipe)
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([p for _, p in trained], 1.0)
            adam.step()
            schedule.step()
            progress.note(loss.item())
    return model.eval()


def loss_of(scores: Tensor, examples: Sequence[Example], recipe: Recipe) -> Tensor:
    """The weighted mean of what labels and teacher say: how improbable the right types are together, and the cross-entropy
    of the teacher's distribution."""
    logs = functional.log_softmax(scores, 1)
    right = torch.from_numpy(np.stack([example.right for example in examples]))
    labels = -torch.logsumexp(logs + right.clamp_min(1e-9).log(), 1)
    labels = (1 - recipe.smoothing) * labels - recipe.smoothing * logs.mean(1)
    soft = torch.from_numpy(np.stack([np.zeros_like(e.right) if e.soft is None else e.soft for e in examples]))
    teacher = -(soft * logs).sum(1)
    share = torch.tensor([_hard_share(example, recipe.hard) for example in examples])
    weight = torch.tensor([example.weight for example in examples])
    return (weight * (share * labels + (1 - share) * teacher)).sum() / weight.sum()


def _hard_share(example: Example, hard: float) -> float:
    if example.soft is None:
        return 1.0
    return hard if example.right.any() else 0.0


@torch.no_grad()
def log_probabilities(model: nn.Module, data: Sequence[Example], size: int = 32) -> Floats:
    """examples x types."""
    order = sorted(range(len(data)), key=lambda i: len(data[i].marked.pieces))
    out = np.zeros((len(data), len(data[0].right)), dtype=np.float32)
    for start in range(0, len(order), size):
        chosen = order[start : start + size]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = model(batch([data[i] for i in chosen]))
        out[chosen] = functional.log_softmax(scores, 1).numpy()
    return out


def average(models: Sequence[Model]) -> Model:
    """The model whose every weight is the mean of theirs; they went on from one model, so their weights belong together."""
    states = [model.state_dict() for model in models]
    mean = copy.deepcopy(models[0])
    mean.load_state_dict({name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]})
    return mean


def _warm_then_fall(steps: int) -> Callable[[int], float]:
    warm = max(steps // 12, 1)
    return lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm + 1)))


class _Progress:
    """Says every hundred steps how large the loss is."""

    def __init__(self, steps: int, log: Log) -> None:
        self._steps, self._log = steps, log
        self._losses: list[float] = []
        self._began = time.process_time()

    def note(self, loss: float) -> None:
        self._losses.append(loss)
        if len(self._losses) % 100 == 0:
            mean = float(np.mean(self._losses[-100:]))
            seconds = time.process_time() - self._began
            self._log(f"step {len(self._losses)}/{self._steps}  loss {mean:.3f}  {seconds:.0f} CPU s")
