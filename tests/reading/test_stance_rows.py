"""Rows of stances -> the pairs from which the judge learns."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest

from dragoman.knowledge.ontology import load_ontology
from dragoman.reading.stances.measures import MeasureFinder

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(
    not (ROOT / "training").is_dir(), reason="the training scripts are not part of this distribution"
)

LINE = (
    "[1 Ghana] spoke. [2 Togo] wants {a the draconian sanctions} on Mali lifted.\t2 a sanctions opposes plain; 1 a NONE"
)


@pytest.fixture(scope="module")
def pairs(scripts) -> ModuleType:
    """How the rows become pairs."""
    return importlib.import_module("training.stances.pairs")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "rows.tsv").write_text(f"{LINE}\n" * 11, encoding="utf-8")
    return tmp_path


def test_a_label_is_a_direction_with_its_force_or_none(pairs, folder):
    """What the model is to answer stands in one word."""
    first, second, *_ = pairs.stance_pairs(folder)
    assert (first.text[slice(*first.actor)], first.types) == ("Togo", ("opposes/plain",))
    assert (second.text[slice(*second.actor)], second.types) == ("Ghana", ("NONE",))


def test_every_tenth_row_is_held_out(pairs, folder):
    """Of eleven rows of two pairs the tenth."""
    assert len(pairs.stance_pairs(folder)) == 20
    assert {pair.group for pair in pairs.stance_pairs(folder, held=True)} == {"rows:9"}


def test_a_pair_is_shown_as_a_reading_would_ask_for_it(pairs, folder, pipeline):
    """In the lexicon's words, and in its sentence alone where holder and measure share one."""
    togo, ghana, *_ = pairs.shown(folder, pipeline, MeasureFinder(load_ontology().measures))
    assert togo.written.text[slice(*togo.written.recipient)] == "the draconian sanctions"
    assert togo.read.text == "Togo wants the draconian sanctions on Mali lifted."
    assert togo.read.text[slice(*togo.read.actor)] == "Togo"
    assert togo.read.text[slice(*togo.read.recipient)] == "sanctions"
    assert ghana.read.text == ghana.written.text
