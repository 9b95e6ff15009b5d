"""Scores of pairs -> probabilities: first whether anything passes from the one to the other, then what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Opinions:
    """What the two branches of the model make of the same pairs.

    `news` learned from newswire and `rows` from sentences written for this project; both give a score to every type, NONE last
    (pairs x types). `register` is the log-odds that a text reads like the latter (pairs).
    """

    news: Scores
    rows: Scores
    register: Scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What the scores of a model mean.

    The log-odds of NONE against all events together are those of both branches, multiplied by `odds_news` and `odds_rows`, plus
    `shift`. What is left the events share: in a text that reads like newswire by the scores of `news`, multiplied by `events`; in
    one that reads like an own row by the scores of both, multiplied by `events_news` and `events_rows`; in between by the mean of
    the two, as probable as each register is. Whether there is an event at all never depends on the register: newswire for which
    somebody gave a pair always holds one, and a model that knew newswire could not doubt it.
    """

    odds_news: float = 0.5
    odds_rows: float = 0.5
    shift: float = 0.0
    events: float = 1.0
    events_news: float = 0.5
    events_rows: float = 0.5

    def probabilities(self, given: Opinions) -> Scores:
        """pairs x types, each row adding up to 1."""
        odds = self.odds_news * _against(given.news) + self.odds_rows * _against(given.rows) + self.shift
        none, some = _share(odds), _share(-odds)
        like_rows = _share(given.register)[:, None]
        news, rows = given.news[:, :-1], given.rows[:, :-1]
        mixed = _shares(self.events_news * news + self.events_rows * rows)
        types = (1 - like_rows) * _shares(self.events * news) + like_rows * mixed
        found: Scores = np.column_stack([some[:, None] * types, none])
        return found


def _against(scores: Scores) -> Scores:
    """The log-odds of the last type against all others together."""
    found: Scores = scores[:, -1] - np.logaddexp.reduce(scores[:, :-1], axis=1)
    return found


def _share(odds: Scores) -> Scores:
    """The probability of what has these log-odds."""
    found: Scores = np.exp(-np.logaddexp(0, -odds))
    return found


def _shares(scores: Scores) -> Scores:
    raised = np.exp(scores - scores.max(1, keepdims=True))
    shares: Scores = raised / raised.sum(1, keepdims=True)
    return shares
