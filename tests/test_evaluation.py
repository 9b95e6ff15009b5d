"""The floors of evaluation/floors.json hold."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import SHARED

EVALUATION = Path(__file__).parent.parent / "evaluation"


def evaluate(*suites: str) -> subprocess.CompletedProcess[str]:
    """Run the evaluation as a user would."""
    return subprocess.run(
        [sys.executable, EVALUATION / "evaluate.py", *suites], capture_output=True, text=True, check=False
    )


def test_actors_reach_their_floor():
    """Mention cases kept aside while developing."""
    result = evaluate("actors")
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.slow
@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="the development data (../shared) is not beside the project")
@pytest.mark.parametrize("suite", ["statements", "readings"])
def test_readings_of_the_development_data_reach_their_floors(suite: str):
    """PolNeAR dev and the pages annotated twice."""
    result = evaluate(suite)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_floor_names_the_corpus_it_was_measured_on():
    """A floor without a corpus digest means nothing."""
    for suite, pinned in json.loads((EVALUATION / "floors.json").read_text(encoding="utf-8")).items():
        assert len(pinned["corpus"]) == 16, suite
        assert pinned["floors"], suite


def test_a_figure_below_its_floor_fails(tmp_path):
    """Break the floor and see the command fail."""
    floors = json.loads((EVALUATION / "floors.json").read_text(encoding="utf-8"))
    floors["actors"]["floors"]["accuracy"] = 100.1
    raised = tmp_path / "floors.json"
    raised.write_text(json.dumps(floors), encoding="utf-8")
    command = [sys.executable, EVALUATION / "evaluate.py", "actors", "--floors", raised]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "below its floor" in result.stderr
