"""Answers of the model -> the gate that tells the likeliest questions."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from dragoman.reading.events.gate import Pair

pytest.importorskip("torch", reason="training needs torch, which is not among the packages of the project")
pytestmark = [
    pytest.mark.skipif(
        not (Path(__file__).parents[2] / "training").is_dir(),
        reason="the training scripts are not part of this distribution",
    ),
    pytest.mark.usefixtures("scripts"),
]


@pytest.fixture(scope="module")
def gate(scripts: None) -> ModuleType:
    return importlib.import_module("training.events.gate")


PAIR = Pair(verb="mock", tag="VBD", head=None, path=(("dobj", "x", "PROPN"),), distance=2, actor=None, recipient=None)
OTHER = replace(PAIR, verb="pass")
ASKED = [(PAIR, True), (OTHER, False)] * 5


def test_a_verb_of_which_events_are_made_scores_higher(gate):
    """What always makes an event comes before what never does."""
    mocked, passed = gate.fitted(ASKED).scores([(PAIR, True), (OTHER, False)])
    assert mocked > 0 > passed


def test_rare_features_have_no_weight(gate):
    """What holds for fewer than five questions is not learned."""
    assert "verb mock" in gate.fitted(ASKED).names
    assert "verb mock" not in gate.fitted(ASKED[2:]).names


def test_each_question_is_scored_by_a_gate_that_has_not_seen_its_text(gate):
    """One text says the contrary of the others, and is scored by what they say."""
    contrary = [(pair, not made) for pair, made in ASKED]
    scores = gate.crossed([contrary, ASKED, ASKED, ASKED])
    assert scores[0] > 0 > scores[1]


def test_questions_are_those_of_the_reading(gate):
    """Pairs that the rules have joined are not asked about."""
    (asked,) = gate.questions(["Kenya surprised Somalia with a letter. Kenya condemned Somalia."])
    assert [pair.verb for pair, _ in asked] == ["surprise"]


def test_own_sentences_leave_the_tenths_out(gate):
    """They are held out for measuring."""
    rows = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in gate.ROWS.glob("*.tsv"))
    assert 0.89 < len(gate.own_sentences()) / rows < 0.91
