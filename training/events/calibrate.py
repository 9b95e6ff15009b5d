"""Scores of pairs that a model has not learned from -> what its probabilities mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from training.events.pairs import NONE, TYPES

Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Scores are multiplied by `scale`; then `shift`, one number for each type, is added. Only NONE is shifted."""

    scale: float = 1.0
    shift: tuple[float, ...] = (0.0,) * len(TYPES)

    def probabilities(self, scores: Floats) -> Floats:
        """pairs x types, rows adding up to 1."""
        moved = self.scale * scores + np.array(self.shift)
        raised = np.exp(moved - moved.max(1, keepdims=True))
        return raised / raised.sum(1, keepdims=True)


def fitted(scores: Floats, right: Floats, weights: Floats, shifted: bool = True) -> Calibration:
    """The calibration under which the right types are most probable together."""
    inputs, allowed = torch.tensor(scores, dtype=torch.float64), torch.tensor(right, dtype=torch.float64)
    each = torch.tensor(weights, dtype=torch.float64)
    log_scale = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    none = torch.zeros(1, dtype=torch.float64, requires_grad=shifted)
    column = functional.one_hot(torch.tensor(TYPES.index(NONE)), len(TYPES))
    search = torch.optim.LBFGS([log_scale, *([none] if shifted else [])], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        search.zero_grad()
        logs = functional.log_softmax(log_scale.exp() * inputs + none * column, 1)
        total = -(each * torch.logsumexp(logs + allowed.clamp_min(1e-9).log(), 1)).sum() / each.sum()
        total.backward()
        return total

    search.step(loss)
    shift = (none.detach() * column).tolist()
    return Calibration(round(log_scale.exp().item(), 4), tuple(round(value, 4) for value in shift))


def calibration_error(probabilities: Floats, right: Floats, bins: int = 10) -> float:
    """Expected calibration error of the chosen type: bins of equal width, weighted by how many pairs fall in each.

    `YIELD` counts as one type: where CONCEDE and RETREAT both are right, their probabilities are added.
    """
    chosen = probabilities.argmax(1)
    sure = (
        np.where(_in_yield(chosen), probabilities[:, _YIELD].sum(1), probabilities.max(1))
        if _folded(right)
        else (probabilities.max(1))
    )
    hit = right[np.arange(len(right)), chosen] > 0
    place = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [abs(hit[place == i].mean() - sure[place == i].mean()) * (place == i).mean() for i in set(place.tolist())]
    return float(sum(gaps))


_YIELD: Sequence[int] = [TYPES.index("CONCEDE"), TYPES.index("RETREAT")]


def _in_yield(chosen: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    return np.isin(chosen, _YIELD)


def _folded(right: Floats) -> bool:
    return bool((right.sum(1) > 1).any())
