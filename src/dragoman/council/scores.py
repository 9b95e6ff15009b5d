"""Forecasts and votes -> how good they were, each figure with its interval by bootstrap over drafts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.council.past import Floats

Ints = NDArray[np.int_]
BINS = 15
RESAMPLES = 200
_LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and the interval that holds it in nineteen of twenty resamples of the drafts."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def log_loss(p: Floats, cast: Ints) -> float:
    """Mean negative log of the chance given to what happened, in nats."""
    return float(-np.log(np.clip(p[np.arange(len(cast)), cast], _LEAST, 1)).mean())


def brier(p: Floats, cast: Ints) -> float:
    """Mean squared distance of the three chances from what happened, summed over the three."""
    return float(((p - np.eye(p.shape[1])[cast]) ** 2).sum(axis=1).mean())


def accuracy(p: Floats, cast: Ints) -> float:
    """Share of votes that were the likeliest."""
    return float((p.argmax(axis=1) == cast).mean())


def macro_f1(p: Floats, cast: Ints) -> float:
    """Mean over yes, abstain and no of F1 of the likeliest vote; a kind that neither occurs nor is forecast counts 0."""
    guess = p.argmax(axis=1)
    each = [
        2 * ((guess == k) & (cast == k)).sum() / max((guess == k).sum() + (cast == k).sum(), 1)
        for k in range(p.shape[1])
    ]
    return float(np.mean(each))


def calibration_error(p: Floats, cast: Ints) -> float:
    """Mean over the three votes of |chance - frequency| in fifteen equal bins of chance, weighted by votes."""
    return float(
        np.mean([sum(n * abs(c - f) for c, f, n in curve(p[:, k], cast == k)) / len(cast) for k in range(p.shape[1])])
    )


def curve(chance: Floats, happened: NDArray[np.bool_]) -> list[tuple[float, float, int]]:
    """Calibration picture: of each bin that is not empty, mean chance, frequency and number."""
    bins = np.minimum((chance * BINS).astype(int), BINS - 1)
    found = ((chance[bins == b], happened[bins == b]) for b in range(BINS) if (bins == b).any())
    return [(float(c.mean()), float(h.mean()), len(c)) for c, h in found]


def roc_auc(score: Floats, happened: NDArray[np.bool_]) -> float:
    """The chance that one that happened is ranked above one that did not, ties half; NaN where there is only one kind."""
    yes, no = score[happened], score[~happened]
    if not len(yes) or not len(no):
        return float("nan")
    return float((yes[:, None] > no).mean() + (yes[:, None] == no).mean() / 2)


def average_precision(score: Floats, happened: NDArray[np.bool_]) -> float:
    """Mean precision at each one that happened, from the highest score down; ties at their worst."""
    order = np.lexsort((happened, -score))
    hits = happened[order]
    if not hits.any():
        return float("nan")
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean())


def precision_recall(forecast: NDArray[np.bool_], happened: NDArray[np.bool_]) -> tuple[float, float]:
    """Of a yes-or-no forecast; NaN where none was forecast or none happened."""
    hits = (forecast & happened).sum()
    return (
        float(hits / forecast.sum()) if forecast.any() else float("nan"),
        float(hits / happened.sum()) if happened.any() else float("nan"),
    )


def bootstrap(figure: Callable[[Ints], float], drafts: Ints, *, resamples: int = RESAMPLES, seed: int = 1946) -> Figure:
    """The figure with its interval: `figure` takes row numbers, `drafts` says which draft each row belongs to.

    Drafts are drawn with replacement, with all their rows: votes on one draft are not independent.
    """
    dice = np.random.default_rng(seed)
    order = np.argsort(drafts, kind="stable")
    rows = np.split(order, np.flatnonzero(np.diff(drafts[order])) + 1)
    found = [
        figure(np.concatenate([rows[i] for i in dice.integers(len(rows), size=len(rows))])) for _ in range(resamples)
    ]
    known = [value for value in found if value == value] or [float("nan")]
    low, high = np.quantile(known, [0.025, 0.975])
    return Figure(figure(np.arange(len(drafts))), float(low), float(high))
