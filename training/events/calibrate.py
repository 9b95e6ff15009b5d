"""Scores of pairs that a model has not learned from -> what its probabilities mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, fields

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from dragoman.reading.relations.calibration import Calibration, Opinions
from training.events.pairs import TYPES

Floats = npt.NDArray[np.floating]


def fitted(given: Opinions, right: Floats, weights: Floats) -> Calibration:
    """The calibration under which the right types are most probable together."""
    news, rows, register = (torch.tensor(part, dtype=torch.float64) for part in astuple(given))
    allowed, each = torch.tensor(right, dtype=torch.float64), torch.tensor(weights, dtype=torch.float64)
    begin = Calibration()
    values = torch.tensor(astuple(begin), dtype=torch.float64, requires_grad=True)
    search = torch.optim.LBFGS([values], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        search.zero_grad()
        logs = _log_probabilities(news, rows, register, values)
        total = -(each * torch.logsumexp(logs + allowed.clamp_min(1e-9).log(), 1)).sum() / each.sum()
        total.backward()
        return total

    search.step(loss)
    names = [field.name for field in fields(begin)]
    return Calibration(**dict(zip(names, (round(value, 4) for value in values.tolist()), strict=True)))


def _log_probabilities(news: Tensor, rows: Tensor, register: Tensor, values: Tensor) -> Tensor:
    """What Calibration.probabilities computes, in logarithms that can be derived; `values` in the order of its fields."""
    odds_news, odds_rows, shift, events, events_news, events_rows = values
    against = odds_news * _against(news) + odds_rows * _against(rows) + shift
    alone = functional.log_softmax(events * news[:, :-1], 1)
    mixed = functional.log_softmax(events_news * news[:, :-1] + events_rows * rows[:, :-1], 1)
    like_news, like_rows = functional.logsigmoid(-register)[:, None], functional.logsigmoid(register)[:, None]
    types = torch.logaddexp(like_news + alone, like_rows + mixed)
    return torch.cat([functional.logsigmoid(-against)[:, None] + types, functional.logsigmoid(against)[:, None]], 1)


def _against(scores: Tensor) -> Tensor:
    return scores[:, -1] - torch.logsumexp(scores[:, :-1], 1)


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
