"""The codebook's examples are read as it says they are coded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.analysis import Force
from dragoman.knowledge.ontology import load_ontology
from tests.reading.stance_cases import Desk

CODEBOOK = Path(__file__).parents[2] / "docs" / "codebook.md"
_CODED = re.compile(r"\| \*(Kenya[^*]+)\* \| KEN (supports|opposes) (\w+)(?:, (\w+))? \|")
_NOT_CODED = re.compile(r"^\| [^*|]+ \| \*([^*]+)\* \|$")


def _text() -> str:
    return CODEBOOK.read_text(encoding="utf-8")


def _coded() -> list[tuple[str, ...]]:
    return [m.groups(default="plain") for m in _CODED.finditer(_text())]


def _not_coded() -> list[str]:
    section = _text().split("| do not code |")[1].split("\n\n")[0]
    return [m[1] for line in section.splitlines() if (m := _NOT_CODED.match(line))]


@pytest.fixture(scope="module")
def desk(pipeline) -> Desk:
    return Desk(pipeline)


@pytest.mark.parametrize(("text", "stance", "measure", "force"), _coded())
def test_what_the_codebook_codes(desk, text, stance, measure, force):
    """Every example with Kenya as holder gives that row."""
    rows = {(s.holder.actor, s.stance, s.measure.type, s.force) for s in desk.read(text)}
    assert ("KEN", stance, measure, force) in rows


@pytest.mark.parametrize("text", _not_coded())
def test_what_the_codebook_does_not_code(desk, text):
    """Every example of no stance gives no row."""
    assert desk.read(text) == ()


def test_the_examples_are_found():
    """The tables have not been rewritten past the patterns of this test."""
    assert len(_coded()) >= 7
    assert len(_not_coded()) >= 8


def test_the_codebook_names_every_force_and_only_measures_that_exist():
    """No row type without a rule, no rule for a type that is gone."""
    text = _text()
    assert all(force in text for force in Force.__args__)
    types = set(load_ontology().measures)
    borders = text.split("## Measures")[1]
    named = {
        word for heading in re.findall(r"\*\*([a-z_ /]+)\*\*", borders) for word in re.findall(r"[a-z_]+", heading)
    }
    assert named <= types
