"""What the scores of the relation model mean."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dragoman.reading.relations.calibration import Calibration

SCORES = arrays(np.float64, (3, 17), elements=st.floats(-1e3, 1e3))
FACTOR = st.floats(0.1, 5)


def softmax(scores: np.ndarray) -> np.ndarray:
    raised = np.exp(scores - scores.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)


@given(SCORES, FACTOR, st.floats(-5, 5), FACTOR)
def test_probabilities_add_up_to_one(scores, odds, shift, events):
    """However far the scores lie apart."""
    found = Calibration(odds=odds, shift=shift, events=events).probabilities(scores)
    assert (found >= 0).all()
    assert found.sum(1) == pytest.approx(np.ones(3))


@given(SCORES)
def test_without_settings_scores_are_logarithms(scores):
    """Nothing is stretched or moved: the probabilities are those of the scores themselves."""
    assert Calibration().probabilities(scores) == pytest.approx(softmax(scores), abs=1e-9)


@given(SCORES, FACTOR, st.floats(-5, 5), FACTOR)
def test_the_most_probable_event_stays_the_same(scores, odds, shift, events):
    """Calibration decides between NONE and the events, never among the events."""
    found = Calibration(odds=odds, shift=shift, events=events).probabilities(scores)[:, :-1]
    best = scores[:, :-1].argmax(1)
    assert found[np.arange(3), best] == pytest.approx(found.max(1))


def test_the_type_can_be_cooled_without_the_event():
    """With the scores of the events at half, NONE keeps its probability and the best type loses some."""
    scores = np.array([[3.0, 1.0] + [0.0] * 14 + [2.0]])
    before, after = Calibration().probabilities(scores)[0], Calibration(events=0.5).probabilities(scores)[0]
    assert after[-1] == pytest.approx(before[-1])
    assert after[0] < before[0]
    assert after.argmax() == before.argmax()


def test_a_shift_moves_the_odds_of_none():
    """By a factor of e to the shift."""
    scores = np.zeros((1, 17))
    (none,) = Calibration(shift=1.0).probabilities(scores)[:, -1]
    assert none / (1 - none) == pytest.approx(np.e / 16)
