"""Scores of pairs -> probabilities: first whether anything passes from the one to the other, then what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What the scores of a model mean. The last type is NONE.

    The log-odds of NONE against all events together are multiplied by `odds`, then `shift` is added; the scores of the events,
    which share what is left, are multiplied by `events`. Two scales, since a model can be too sure that there is an event without
    being too sure of its type.
    """

    odds: float = 1.0
    shift: float = 0.0
    events: float = 1.0

    def probabilities(self, scores: Scores) -> Scores:
        """pairs x types, each row adding up to 1."""
        of_events, of_none = scores[:, :-1], scores[:, -1]
        odds = self.odds * (of_none - np.logaddexp.reduce(of_events, axis=1)) + self.shift
        none, some = np.exp(-np.logaddexp(0, -odds)), np.exp(-np.logaddexp(0, odds))
        found: Scores = np.column_stack([some[:, None] * _shares(self.events * of_events), none])
        return found


def _shares(scores: Scores) -> Scores:
    raised = np.exp(scores - scores.max(1, keepdims=True))
    shares: Scores = raised / raised.sum(1, keepdims=True)
    return shares
