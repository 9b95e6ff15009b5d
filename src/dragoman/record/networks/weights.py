"""Counts of statements -> weights of ties.

`A[i, j, k]` counts the statements of row node i on column node j with qualifier k: 0 agrees, 1 disagrees.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]

AGREES, DISAGREES = 0, 1


def one_mode(counts: Matrix, aggregation: str, normalisation: str) -> Matrix:
    """Row nodes x row nodes, symmetric, the diagonal 0; a division by 0 gives 0."""
    weights = _ONE_MODE[aggregation](counts[:, :, AGREES], counts[:, :, DISAGREES])
    divided = weights if normalisation == "none" else _divided(weights, _BETWEEN[normalisation](counts))
    np.fill_diagonal(divided, 0)
    return divided


def two_mode(counts: Matrix, aggregation: str, normalisation: str) -> Matrix:
    """Row nodes x column nodes; a division by 0 gives 0."""
    weights = _TWO_MODE[aggregation](counts[:, :, AGREES], counts[:, :, DISAGREES])
    match normalisation:
        case "activity":
            return _divided(weights, np.broadcast_to(counts.sum(axis=(1, 2))[:, None], weights.shape))
        case "prominence":
            return _divided(weights, np.broadcast_to(counts.sum(axis=(0, 2))[None, :], weights.shape))
    return weights


def _ignore(agrees: Matrix, disagrees: Matrix) -> Matrix:
    said = agrees + disagrees
    return said @ said.T


def _congruence(agrees: Matrix, disagrees: Matrix) -> Matrix:
    return agrees @ agrees.T + disagrees @ disagrees.T


def _conflict(agrees: Matrix, disagrees: Matrix) -> Matrix:
    return agrees @ disagrees.T + disagrees @ agrees.T


def _subtract(agrees: Matrix, disagrees: Matrix) -> Matrix:
    return _congruence(agrees, disagrees) - _conflict(agrees, disagrees)


def _average(counts: Matrix) -> Matrix:
    totals: Matrix = counts.sum(axis=(1, 2))
    return (totals[:, None] + totals[None, :]) / 2


def _jaccard(counts: Matrix) -> Matrix:
    """Statements that only one of the two makes, on each side, and the products of those that both make."""
    flat = counts.reshape(len(counts), -1)
    only: Matrix = flat @ (flat == 0).T.astype(np.float64)
    both: Matrix = flat @ flat.T
    return only + only.T + both


def _cosine(counts: Matrix) -> Matrix:
    """The product of the two totals, as DNA has it, not of their lengths."""
    totals: Matrix = counts.sum(axis=(1, 2))
    return totals[:, None] * totals[None, :]


def _combine(agrees: Matrix, disagrees: Matrix) -> Matrix:
    """1 only agrees, 2 only disagrees, 3 both."""
    return (agrees > 0) * 1.0 + (disagrees > 0) * 2.0


def _divided(weights: Matrix, by: Matrix) -> Matrix:
    return np.divide(weights, by, out=np.zeros_like(weights), where=by != 0)


_ONE_MODE: dict[str, Callable[[Matrix, Matrix], Matrix]] = {
    "ignore": _ignore,
    "congruence": _congruence,
    "conflict": _conflict,
    "subtract": _subtract,
}
_TWO_MODE: dict[str, Callable[[Matrix, Matrix], Matrix]] = {
    "ignore": np.add,
    "subtract": np.subtract,
    "combine": _combine,
}
_BETWEEN: dict[str, Callable[[Matrix], Matrix]] = {"average": _average, "jaccard": _jaccard, "cosine": _cosine}
