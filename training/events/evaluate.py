"""What a model says of pairs it has not learned from -> figures, and the calibration that fits them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from torch import nn

from dragoman.reading.relations.calibration import Calibration
from training.events.calibrate import Floats, calibration_error, fitted
from training.events.examples import Example
from training.events.fit import log_probabilities
from training.events.pairs import NONE, TYPES

NOTHING = TYPES.index(NONE)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Scores and right types of the same pairs; both pairs x types."""

    scores: Floats
    right: Floats


@dataclass(frozen=True, slots=True)
class Result:
    """The calibration fitted on all that was judged, and figures in percent (calibration errors in shares of 1)."""

    calibration: Calibration
    figures: dict[str, float]


def judged(model: nn.Module, data: list[Example]) -> Judged:
    return Judged(log_probabilities(model, data), np.stack([example.right for example in data]))


def figures(unseen: Judged, fold: np.ndarray, held: Judged) -> Result:
    """Of PLV's pairs, each judged by a model that has not seen it, and of own rows held out.

    The calibration error of a fold is that under a calibration fitted on the other folds, and that of the second half of the own
    rows under one fitted on the first, and the other way round.
    """
    plv = np.zeros_like(unseen.scores)
    for number in set(fold.tolist()):
        plv[fold == number] = _fit([_part(unseen, fold != number), held]).probabilities(unseen.scores[fold == number])
    half = np.arange(len(held.scores)) < len(held.scores) // 2
    own = np.zeros_like(held.scores)
    for side in (half, ~half):
        own[side] = _fit([unseen, _part(held, ~side)]).probabilities(held.scores[side])
    event, none = none_against_event(own, held.right)
    found = {
        "plv_accuracy": 100 * accuracy(plv, unseen.right),
        "plv_taken_for_none": 100 * float((plv.argmax(1) == NOTHING).mean()),
        "plv_calibration_error": calibration_error(plv, unseen.right),
        "own_accuracy": 100 * accuracy(own, held.right),
        "own_event_f1": 100 * event,
        "own_none_f1": 100 * none,
        "own_calibration_error": calibration_error(own, held.right),
    }
    return Result(_fit([unseen, held]), {name: round(value, 4) for name, value in found.items()})


def accuracy(scores: Floats, right: Floats) -> float:
    """The share of pairs whose best type is right."""
    return float((right[np.arange(len(right)), scores.argmax(1)] > 0).mean())


def none_against_event(scores: Floats, right: Floats) -> tuple[float, float]:
    """F1 of telling that there is an event, of whatever type, and of telling that there is none."""
    event, found = right[:, NOTHING] == 0, scores.argmax(1) != NOTHING
    return _f1(event, found), _f1(~event, ~found)


def write_predictions(scores: Floats, path: Path) -> None:
    """The best type of each pair of PLV, as the scorer of PLV takes them."""
    lines = [json.dumps({"id": str(i), "type": TYPES[best]}) for i, best in enumerate(scores.argmax(1).tolist())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _f1(gold: np.ndarray, found: np.ndarray) -> float:
    return float(2 * (gold & found).sum() / max(gold.sum() + found.sum(), 1))


def _part(of: Judged, chosen: np.ndarray) -> Judged:
    return Judged(of.scores[chosen], of.right[chosen])


def _fit(parts: list[Judged]) -> Calibration:
    """Every part counts alike, however many pairs it has."""
    weights = np.concatenate([np.full(len(part.scores), 1 / len(part.scores)) for part in parts])
    scores, right = (np.concatenate([getattr(part, name) for part in parts]) for name in ("scores", "right"))
    return fitted(scores, right, weights)
