"""Scores of pairs that a model has not learned from -> what its probabilities mean."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from dragoman.reading.relations.calibration import Calibration
from training.events.pairs import TYPES

Floats = npt.NDArray[np.floating]


def fitted(scores: Floats, right: Floats, weights: Floats) -> Calibration:
    """The calibration under which the right types are most probable together."""
    inputs, allowed = torch.tensor(scores, dtype=torch.float64), torch.tensor(right, dtype=torch.float64)
    each = torch.tensor(weights, dtype=torch.float64)
    odds, shift, events = (torch.zeros(1, dtype=torch.float64, requires_grad=True) for _ in range(3))
    search = torch.optim.LBFGS([odds, shift, events], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        search.zero_grad()
        logs = _log_probabilities(inputs, odds.exp(), shift, events.exp())
        total = -(each * torch.logsumexp(logs + allowed.clamp_min(1e-9).log(), 1)).sum() / each.sum()
        total.backward()
        return total

    search.step(loss)
    return Calibration(
        odds=round(odds.exp().item(), 4), shift=round(shift.item(), 4), events=round(events.exp().item(), 4)
    )


def _log_probabilities(scores: Tensor, odds: Tensor, shift: Tensor, events: Tensor) -> Tensor:
    """What Calibration.probabilities computes, in logarithms that can be derived."""
    against = odds * (scores[:, -1:] - torch.logsumexp(scores[:, :-1], 1, keepdim=True)) + shift
    types = functional.logsigmoid(-against) + functional.log_softmax(events * scores[:, :-1], 1)
    return torch.cat([types, functional.logsigmoid(against)], 1)


def calibration_error(probabilities: Floats, right: Floats, bins: int = 10) -> float:
    """Expected calibration error of the chosen type: bins of equal width, weighted by how many pairs fall in each.

    `YIELD` counts as one type: where CONCEDE and RETREAT both are right, their probabilities are added.
    """
    chosen, sure = probabilities.argmax(1), probabilities.max(1)
    if _folded(right):
        sure = np.where(_in_yield(chosen), probabilities[:, _YIELD].sum(1), sure)
    hit = right[np.arange(len(right)), chosen] > 0
    place = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [abs(hit[place == i].mean() - sure[place == i].mean()) * (place == i).mean() for i in set(place.tolist())]
    return float(sum(gaps))


_YIELD: Sequence[int] = [TYPES.index("CONCEDE"), TYPES.index("RETREAT")]


def _in_yield(chosen: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    return np.isin(chosen, _YIELD)


def _folded(right: Floats) -> bool:
    return bool((right.sum(1) > 1).any())
