"""What the scores of the relation model mean."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dragoman.reading.relations.calibration import Calibration, Opinions

SCORES = arrays(np.float64, (3, 17), elements=st.floats(-1e3, 1e3))
REGISTER = arrays(np.float64, 3, elements=st.floats(-1e3, 1e3))
FACTOR = st.floats(0.1, 5)
NEWSWIRE, OWN = -1e3, 1e3


def opinions(news, rows=None, register=NEWSWIRE) -> Opinions:
    """Of one pair; without `rows`, both branches agree."""
    news = np.array([news], dtype=np.float64)
    return Opinions(
        news=news, rows=news if rows is None else np.array([rows], dtype=np.float64), register=np.array([register])
    )


def scores(**given: float) -> list[float]:
    """17 scores, 0 but for those named: `a` and `b` are two events."""
    return [given.get("a", 0.0), given.get("b", 0.0), *[0.0] * 14, given.get("none", 0.0)]


@given(SCORES, SCORES, REGISTER, FACTOR, st.floats(-5, 5), FACTOR)
def test_probabilities_add_up_to_one(news, rows, register, odds, shift, events):
    """However far the scores lie apart."""
    calibration = Calibration(odds_rows=odds, shift=shift, events=events)
    found = calibration.probabilities(Opinions(news=news, rows=rows, register=register))
    assert (found >= 0).all()
    assert found.sum(1) == pytest.approx(np.ones(3))


@given(SCORES)
def test_where_both_agree_scores_are_logarithms(news):
    """Half of each: the probabilities are those of the scores themselves."""
    raised = np.exp(news - news.max(1, keepdims=True))
    found = Calibration().probabilities(Opinions(news=news, rows=news, register=np.zeros(3)))
    assert found == pytest.approx(raised / raised.sum(1, keepdims=True), abs=1e-9)


@given(SCORES, SCORES, FACTOR)
def test_in_newswire_the_branch_of_newswire_chooses_the_event(news, rows, odds):
    """Whatever the other thinks of the types."""
    found = Calibration(odds_rows=odds).probabilities(Opinions(news=news, rows=rows, register=np.full(3, NEWSWIRE)))
    best = news[:, :-1].argmax(1)
    assert found[np.arange(3), best] == pytest.approx(found[:, :-1].max(1))


def test_elsewhere_both_choose_the_event():
    """The surer one wins, by as much as its scores count."""
    given = opinions(scores(a=2.0), scores(b=3.0), OWN)
    assert Calibration(events_news=0.5, events_rows=0.5).probabilities(given)[0, :-1].argmax() == 1
    assert Calibration(events_news=0.9, events_rows=0.1).probabilities(given)[0, :-1].argmax() == 0


def test_between_the_registers_lies_the_mean():
    """At even odds, half of each."""
    news, rows = scores(a=2.0), scores(b=3.0)
    calibration = Calibration(shift=0.3)
    ends = [calibration.probabilities(opinions(news, rows, register)) for register in (NEWSWIRE, OWN)]
    assert calibration.probabilities(opinions(news, rows, 0.0)) == pytest.approx((ends[0] + ends[1]) / 2)


@given(SCORES, SCORES, REGISTER, REGISTER)
def test_the_register_never_decides_whether_there_is_an_event(news, rows, one, other):
    """The probability of NONE is the same in any text."""
    found = [
        Calibration().probabilities(Opinions(news=news, rows=rows, register=register)) for register in (one, other)
    ]
    assert found[0][:, -1] == pytest.approx(found[1][:, -1])


def test_either_branch_can_doubt_that_there_is_an_event():
    """The odds of NONE are those of both, as much as each counts."""
    given = opinions(scores(a=5.0), scores(none=8.0))
    assert Calibration(odds_news=0.1, odds_rows=0.9).probabilities(given)[0, -1] > 0.5
    assert Calibration(odds_news=0.9, odds_rows=0.1).probabilities(given)[0, -1] < 0.5


def test_the_type_can_be_cooled_without_the_event():
    """With the scores of the events at half, NONE keeps its probability and the best type loses some."""
    given = opinions(scores(a=3.0, b=1.0, none=2.0))
    before, after = Calibration().probabilities(given)[0], Calibration(events=0.5).probabilities(given)[0]
    assert after[-1] == pytest.approx(before[-1])
    assert after[0] < before[0]
    assert after.argmax() == before.argmax()


def test_a_shift_moves_the_odds_of_none():
    """By a factor of e to the shift."""
    (none,) = Calibration(shift=1.0).probabilities(opinions(scores()))[:, -1]
    assert none / (1 - none) == pytest.approx(np.e / 16)
