"""How good a forecast was."""

from __future__ import annotations

import numpy as np
import pytest

from dragoman.council import scores

SURE = np.array([[0.98, 0.01, 0.01], [0.01, 0.98, 0.01], [0.01, 0.01, 0.98]])
CAST = np.array([0, 1, 2])


def test_a_sure_and_right_forecast_is_best() -> None:
    """Right about all three votes: all of them, and next to no loss."""
    assert scores.accuracy(SURE, CAST) == scores.macro_f1(SURE, CAST) == 1.0
    assert scores.log_loss(SURE, CAST) == pytest.approx(-np.log(0.98))
    assert scores.brier(SURE, CAST) == pytest.approx(0.02**2 + 2 * 0.01**2)


def test_being_sure_and_wrong_costs_most() -> None:
    """A chance of nothing for what happened is cut at one in a million, not infinite."""
    wrong = np.array([[0.0, 0.0, 1.0]])
    assert scores.log_loss(wrong, np.array([0])) == pytest.approx(-np.log(1e-6))
    assert scores.brier(wrong, np.array([0])) == 2.0


def test_always_yes_has_a_third_of_the_f1() -> None:
    """It misses two of three kinds altogether."""
    yes = np.tile([0.98, 0.01, 0.01], (4, 1))
    assert scores.macro_f1(yes, np.array([0, 0, 0, 1])) == pytest.approx(6 / 7 / 3)


def test_calibration_error_is_the_gap_between_chance_and_frequency() -> None:
    """Seven of ten said, seven of ten came: no error; ten of ten came: three tenths for yes and for abstain."""
    said = np.tile([0.7, 0.3, 0.0], (10, 1))
    assert scores.calibration_error(said, np.array([0] * 7 + [1] * 3)) == pytest.approx(0)
    assert scores.calibration_error(said, np.zeros(10, int)) == pytest.approx(0.6 / 3)


def test_ranking_of_vetoes() -> None:
    """The one veto first: 1; second of two: half the precision, no area; equal scores: half the area, the worst precision."""
    veto = np.array([True, False])
    for score, area, precision in (([0.9, 0.1], 1.0, 1.0), ([0.1, 0.9], 0.0, 0.5), ([0.5, 0.5], 0.5, 0.5)):
        assert scores.roc_auc(np.array(score), veto) == area
        assert scores.average_precision(np.array(score), veto) == precision


def test_precision_and_recall_of_a_forecast() -> None:
    """Two forecast, one of them right, of three that came."""
    forecast, came = np.array([1, 1, 0, 0, 0], bool), np.array([1, 0, 1, 1, 0], bool)
    assert scores.precision_recall(forecast, came) == (0.5, pytest.approx(1 / 3))
    assert np.isnan(scores.precision_recall(~(forecast | True), came)[0])


def test_the_interval_is_over_drafts_and_not_over_votes() -> None:
    """Fifteen equal votes of a draft tell no more than one: the interval is that of four drafts."""
    right = np.repeat([1.0, 1.0, 0.0, 1.0], 15)
    figure = scores.bootstrap(lambda rows: float(right[rows].mean()), np.repeat(np.arange(4), 15))
    assert figure.value == 0.75
    assert figure.low <= 0.25
    assert figure.high == 1.0
