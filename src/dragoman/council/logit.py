"""Rows and classes -> a ridge-penalised multinomial logit, fitted by Newton's method, in plain numpy.

Class 0 is the reference. Columns are centred and scaled by what was fitted on; a missing value (NaN) counts as the column's mean.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.council.past import Floats

_FARTHEST = 6.0
"""Scaled values are cut here, so that nothing unheard of outweighs all else."""
_STEPS = 25
_CLOSE = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class Logit:
    """Fitted parameters: `weights` has a row per column and one for the constant, a column per class but the first."""

    mean: Floats
    scale: Floats
    weights: Floats

    def scores(self, rows: Floats) -> Floats:
        """Log odds of each class but the first against the first."""
        return _scaled(rows, self.mean, self.scale) @ self.weights

    def probabilities(self, rows: Floats) -> Floats:
        """Of every class, first to last; rows sum to one."""
        return softmax(self.scores(rows))

    def shares(self, row: Floats) -> Floats:
        """What each column of one row adds to the log odds of each class but the first."""
        return np.asarray((_scaled(row[None], self.mean, self.scale)[0][:, None] * self.weights)[:-1], dtype=float)


def fit(rows: Floats, classes: NDArray[np.int_], *, kinds: int, ridge: float, weights: Floats | None = None) -> Logit:
    """The logit that maximises the likelihood less ridge/2 times the squared weights; the constant is not penalised.

    `classes` are 0 to kinds-1; `weights` count a row several times or in part.
    """
    mean = _mean(rows)
    spread = np.nan_to_num(np.nanstd(np.where(np.isnan(rows), mean, rows), axis=0))
    scale = np.where(spread > 1e-9, spread, 1.0)
    x, counted = _scaled(rows, mean, scale), np.ones(len(rows)) if weights is None else weights
    target = np.eye(kinds)[classes][:, 1:]
    penalty = np.full(x.shape[1], ridge)
    penalty[-1] = 1e-3
    start = np.zeros((x.shape[1], kinds - 1))
    return Logit(mean, scale, _climb(x, target, counted, penalty, start))


def softmax(scores: Floats) -> Floats:
    """Log odds against a first class -> probabilities of all classes, along the last axis."""
    full = np.concatenate([np.zeros((*scores.shape[:-1], 1)), scores], axis=-1)
    raised = np.exp(full - full.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=float)


def _mean(rows: Floats) -> Floats:
    present = ~np.isnan(rows)
    return np.asarray(np.where(present, rows, 0).sum(axis=0) / np.maximum(present.sum(axis=0), 1), dtype=float)


def _scaled(rows: Floats, mean: Floats, scale: Floats) -> Floats:
    cut = np.clip((np.where(np.isnan(rows), mean, rows) - mean) / scale, -_FARTHEST, _FARTHEST)
    return np.hstack([cut, np.ones((len(rows), 1))])


def _climb(x: Floats, target: Floats, counted: Floats, penalty: Floats, weights: Floats) -> Floats:
    """Newton steps, halved until the loss falls, until they are small."""
    loss = _loss(x, target, counted, penalty, weights)
    for _ in range(_STEPS):
        step = _newton(x, target, counted, penalty, weights)
        length = 1.0
        while (new := _loss(x, target, counted, penalty, weights - length * step)) > loss and length > 1e-6:
            length /= 2
        weights, loss = weights - length * step, new
        if np.abs(length * step).max() < _CLOSE:
            break
    return weights


def _loss(x: Floats, target: Floats, counted: Floats, penalty: Floats, weights: Floats) -> float:
    scores = x @ weights
    highest = np.maximum(scores.max(axis=1), 0)
    total = highest + np.log(np.exp(-highest) + np.exp(scores - highest[:, None]).sum(axis=1))
    return float((counted * (total - (target * scores).sum(axis=1))).sum() + (penalty[:, None] * weights**2).sum() / 2)


def _newton(x: Floats, target: Floats, counted: Floats, penalty: Floats, weights: Floats) -> Floats:
    p = softmax(x @ weights)[:, 1:]
    gradient = x.T @ ((p - target) * counted[:, None]) + penalty[:, None] * weights
    kinds, width = p.shape[1], x.shape[1]
    bend = np.empty((kinds, width, kinds, width))
    for a in range(kinds):
        for b in range(a, kinds):
            block = (x * (counted * p[:, a] * ((a == b) - p[:, b]))[:, None]).T @ x
            bend[a, :, b], bend[b, :, a] = block, block
    flat = bend.reshape(kinds * width, kinds * width)
    flat[np.diag_indices_from(flat)] += np.tile(penalty, kinds)
    return np.asarray(np.linalg.solve(flat, gradient.T.ravel()).reshape(kinds, width).T, dtype=float)
