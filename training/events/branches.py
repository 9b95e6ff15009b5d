"""A trained student with a second set of upper layers on its lower ones: two opinions of a pair, and which of them to ask.

The student has learned from newswire, where whoever gives a pair knows of an event; the second set goes on learning from own rows
alone, where there often is none. A third, linear part tells texts of the one kind from those of the other.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.reading.relations.calibration import Opinions
from training.events.examples import Batch, Example, Floats, batch
from training.events.fit import log_probabilities
from training.events.network import Head, Known, Student

SHARED = 5
"""Layers that both have in common."""
RIDGE = 1e-3
"""What a squared weight of the linear part costs."""
RARER = 2.0
"""By how much (a logarithm) a text is less likely to read like an own row than like newswire before anything is known of it."""


class Branch(nn.Module):
    """Upper layers and a head of their own, to be trained upon lower layers that stay as they are."""

    def __init__(self, below: Student, layers: nn.ModuleList, head: Head) -> None:
        super().__init__()
        self.layers, self.head = copy.deepcopy(layers), copy.deepcopy(head)
        self._dropout = below.encoder.dropout
        self._below = Known(lambda batch: below.states(batch, 0.0, SHARED))

    def forward(self, batch: Batch) -> Tensor:
        dropout = self._dropout if self.training else 0.0
        states = self._below(batch)
        for layer in self.layers:
            states = layer(states, batch.mask[:, None, None, :], dropout)
        return self.head(states, batch)

    def on(self, below: Student) -> Branch:
        """The same upper layers upon the lower ones of another student."""
        return Branch(below, self.layers, self.head).eval()


def upper(student: Student) -> nn.ModuleList:
    """The layers of a student above those that are shared."""
    return student.encoder.encoder["layer"][SHARED:]


@torch.no_grad()
def means(student: Student, data: Sequence[Example], size: int = 32) -> Tensor:
    """The mean of the states that the shared layers give each text (examples x width)."""
    order = sorted(range(len(data)), key=lambda i: len(data[i].marked.pieces))
    out = torch.zeros(len(data), student.encoder.width)
    for start in range(0, len(order), size):
        chosen = order[start : start + size]
        part = batch([data[i] for i in chosen])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = student.states(part, 0.0, SHARED).float()
        mask = part.mask[:, :, None]
        out[chosen] = (states * mask).sum(1) / mask.sum(1)
    return out


def fitted_register(news: Tensor, rows: Tensor) -> nn.Linear:
    """Means of newswire and of own rows -> the log-odds that a text is of the latter.

    Both kinds count alike while it is fitted; afterwards newswire, which is what most are asked about, is made more likely.
    """
    seen = torch.cat([news, rows])
    kind = torch.cat([torch.zeros(len(news)), torch.ones(len(rows))])
    weight = torch.cat([torch.full((len(part),), 0.5 / len(part)) for part in (news, rows)])
    line = nn.Linear(seen.shape[1], 1)
    nn.init.zeros_(line.weight)
    search = torch.optim.LBFGS(line.parameters(), max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        search.zero_grad()
        wrong = functional.binary_cross_entropy_with_logits(line(seen)[:, 0], kind, weight, reduction="sum")
        total = wrong + RIDGE * line.weight.square().sum()
        total.backward()
        return total

    search.step(loss)
    with torch.no_grad():
        line.bias -= RARER
    return line.requires_grad_(False)


@dataclass(frozen=True, slots=True)
class Branches:
    """Everything that is shipped: a student, the branch on its lower layers, and what tells their texts apart."""

    news: Student
    rows: Branch
    register: nn.Linear

    def opinions(self, data: Sequence[Example]) -> Opinions:
        """What both think of the examples, in order."""
        register: Floats = self.register(means(self.news, data))[:, 0].numpy()
        news, rows = (log_probabilities(model, data).astype(np.float64) for model in (self.news, self.rows))
        return Opinions(news=news, rows=rows, register=register.astype(np.float64))
