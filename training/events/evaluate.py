"""What a model says of pairs it has not learned from -> figures, and the calibration that fits them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from dragoman.reading.relations.calibration import Calibration, Opinions
from training.events.branches import Branches
from training.events.calibrate import Floats, calibration_error, fitted
from training.events.examples import Example
from training.events.pairs import NONE, TYPES

NOTHING = TYPES.index(NONE)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Opinions and right types (pairs x types) of the same pairs."""

    given: Opinions
    right: Floats

    def part(self, chosen: np.ndarray) -> Judged:
        """Some of the pairs; `chosen` are numbers or a mask."""
        return Judged(Opinions(**{name: its[chosen] for name, its in asdict(self.given).items()}), self.right[chosen])


@dataclass(frozen=True, slots=True)
class Result:
    """The calibration fitted on all that was judged, and figures in percent (calibration errors in shares of 1)."""

    calibration: Calibration
    figures: dict[str, float]


def judged(branches: Branches, data: list[Example]) -> Judged:
    return Judged(branches.opinions(data), np.stack([example.right for example in data]))


def joined(parts: Sequence[Judged]) -> Judged:
    """All pairs of the parts, one part after another."""
    given = {
        name: np.concatenate([getattr(part.given, name) for part in parts]) for name in ("news", "rows", "register")
    }
    return Judged(Opinions(**given), np.concatenate([part.right for part in parts]))


def figures(unseen: Judged, fold: np.ndarray, held: Judged) -> Result:
    """Of PLV's pairs, each judged by a model that has not seen it, and of own rows held out.

    The calibration error of a fold is that under a calibration fitted on the other folds, and that of the second half of the own
    rows under one fitted on the first, and the other way round.
    """
    plv = np.zeros(unseen.right.shape)
    for number in set(fold.tolist()):
        plv[fold == number] = _fit([unseen.part(fold != number), held]).probabilities(unseen.part(fold == number).given)
    half = np.arange(len(held.right)) < len(held.right) // 2
    own = np.zeros(held.right.shape)
    for side in (half, ~half):
        own[side] = _fit([unseen, held.part(~side)]).probabilities(held.part(side).given)
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


def _fit(parts: list[Judged]) -> Calibration:
    """Every part counts alike, however many pairs it has."""
    weights = np.concatenate([np.full(len(part.right), 1 / len(part.right)) for part in parts])
    whole = joined(parts)
    return fitted(whole.given, whole.right, weights)
