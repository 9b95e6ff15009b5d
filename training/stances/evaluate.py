"""What a judge says of pairs it has not learned from -> figures."""

from __future__ import annotations

import numpy as np

from dragoman.reading.stances.judging import DIRECTIONS, FORCES, OUTCOMES
from training.events.calibrate import Floats

_NONE = len(DIRECTIONS)


def figures(logs: Floats, right: Floats) -> dict[str, float]:
    """In percent: F1 of each direction, of no stance, their means, and how often the force is right where the direction is."""
    gold, found = _sides(right), _sides(np.exp(logs))
    f1 = {name: 100 * _f1(gold == i, found == i) for i, name in enumerate((*DIRECTIONS, "none"))}
    hit = (gold == found) & (gold < _NONE)
    forces = [_force(np.exp(logs[i]), gold[i]) == _force(right[i], gold[i]) for i in np.flatnonzero(hit)]
    both = [f1[name] for name in DIRECTIONS]
    means = {"directions_f1": float(np.mean(both)), "f1": float(np.mean(list(f1.values())))}
    return {name: round(value, 2) for name, value in {**f1, **means, "force": 100 * float(np.mean(forces))}.items()}


def _sides(shares: Floats) -> np.ndarray:
    """Which of the directions, or none of them, has the most; outcomes of a direction are added up."""
    by_direction = shares[:, :-1].reshape(len(shares), len(DIRECTIONS), len(FORCES)).sum(2)
    found: np.ndarray = np.column_stack([by_direction, shares[:, -1]]).argmax(1)
    return found


def _force(shares: Floats, direction: int) -> int:
    return int(shares[: len(OUTCOMES) - 1].reshape(len(DIRECTIONS), len(FORCES))[direction].argmax())


def _f1(gold: np.ndarray, found: np.ndarray) -> float:
    return float(2 * (gold & found).sum() / max(gold.sum() + found.sum(), 1))
