"""The benchmark's arithmetic: what is inside what, ratios round by round, growth."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "bench"))

import jobs
import memory

import reading


def spend(seconds: float) -> None:
    """Keep the processor busy."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_a_stage_does_not_count_what_a_stage_inside_it_spends():
    """Statements consume the tagger's work while they run; it is the tagger's all the same, also when it comes lazily."""
    clock = jobs.StageClock()

    def lazily():
        spend(0.05)
        yield 1

    owner = SimpleNamespace(tagger=lazily)
    owner.statements = lambda: (spend(0.02), list(owner.tagger()))
    clock._around(owner, "tagger", "tagger")
    clock._around(owner, "statements", "statements")
    owner.statements()
    assert clock.spent["tagger"] == pytest.approx(0.05, abs=0.015)
    assert clock.spent["statements"] == pytest.approx(0.02, abs=0.015)


def test_every_stage_is_a_function_that_the_reading_calls():
    """A stage that is renamed must not vanish from the table."""
    from dragoman.reading import stages

    assert [name for name in jobs.STAGES if not hasattr(stages, name)] == []


def test_ratios_are_taken_round_by_round():
    """A machine that slows down slows both, and the ratio stays."""
    assert reading.spread([1.0, 2.0, 3.0], [2.0, 4.0, 6.0]) == (0.5, 0.5, 0.5)


def test_a_round_on_several_processes_ends_with_the_last():
    """Seconds are the slowest process's, CPU seconds everybody's."""
    rounds = [[jobs.Cost(2.0, 1.0, 100.0), jobs.Cost(4.0, 3.0, 300.0)]]
    size = reading.Size(documents=8, sentences=16, words=400)
    found = reading.result("bare", {"bare": rounds}, size, 2)
    assert (found.seconds, found.cpu, found.memory, found.words_a_second) == (4.0, 4.0, 300.0, 100.0)
    assert "bare" in reading.table([found])


def test_growth_is_megabytes_per_thousand_documents():
    """A line through the points."""
    assert memory.slope([(1000, 300.0), (2000, 305.0), (3000, 310.0)]) == pytest.approx(5.0)
    assert memory.slope([(1000, 300.0)]) == 0.0


def test_invented_documents_are_alike_in_every_run_and_all_different():
    """So that two measurements can be compared."""
    first, again = list(memory.documents(3, 50)), list(memory.documents(3, 50))
    assert first == again
    assert len({document.id for document in first}) == 3
