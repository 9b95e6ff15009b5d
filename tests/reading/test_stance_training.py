"""What the stance judge is trained and measured with (needs torch, which only training uses)."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from dragoman.reading.stances.judging import OUTCOMES

NEEDED = "needed for training only; see training/requirements.txt"
pytest.importorskip("torch", reason=f"torch is {NEEDED}")
pytest.importorskip("onnxscript", reason=f"onnxscript is {NEEDED}")

pytestmark = pytest.mark.usefixtures("scripts")

ROOT = Path(__file__).parents[2]


def module(name: str) -> ModuleType:
    return importlib.import_module(f"training.stances.{name}")


def outcomes(*names: str) -> np.ndarray:
    """One row for each name, with 1 at its outcome."""
    return np.array([[float(outcome == name) for outcome in OUTCOMES] for name in names])


def test_forces_of_one_direction_are_added_up_before_directions_are_compared():
    """Two forces of support outweigh one outcome that is likelier than either."""
    shares = 0.3 * outcomes("supports/plain") + 0.3 * outcomes("supports/offer") + 0.4 * outcomes("NONE")
    found = module("evaluate").figures(np.log(shares + 1e-9), outcomes("supports/offer"))
    assert found["supports"] == 100


def test_force_is_counted_where_the_direction_is_right():
    """One of two right directions has the right force; a wrong direction does not count."""
    right = outcomes("supports/plain", "opposes/demand", "opposes/plain")
    said = outcomes("supports/plain", "opposes/plain", "NONE")
    found = module("evaluate").figures(np.log(said + 1e-9), right)
    assert found["force"] == 50
    assert found["opposes"] == pytest.approx(100 * 2 / 3, abs=0.01)


def test_every_pair_is_seen_as_written_and_as_read_in_the_first_two_epochs():
    """The last epoch draws one of the two; what is closest to news comes once more in the second and the last."""
    pairs, build = module("pairs"), module("build")
    pair = importlib.import_module("training.events.pairs").Pair
    data = [
        pairs.Shown(pair(f"written {i}", None, None, ("NONE",), group), pair(f"read {i}", None, None, ("NONE",), group))
        for i, group in enumerate(["news:1", "africa:2", "africa:3"])
    ]
    first, second, last = ([p.text for p in epoch] for epoch in build.epochs(data))
    assert sorted(first + second[:3]) == sorted(f"{way} {i}" for way in ("written", "read") for i in range(3))
    assert second[3:] == last[3:] == ["read 0"]


def test_odds_bring_shares_down_to_how_often_they_are_right():
    """Of a hundred verdicts with a share of nine tenths twenty are right."""
    pages = module("pages")
    page = pages.Verdicts(np.tile([0.9, 0.1], 100), np.tile([True] + [False] * 9, 20))
    odds = pages.odds_of([page])
    assert odds(0.9) == pytest.approx(0.2, abs=0.02)
    assert odds(0.1) < 0.02
