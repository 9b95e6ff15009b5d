"""The moving line: what it says, and that it leaves nothing behind."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass

import pytest

from dragoman.views.progress import Total, moving_line, words


@dataclass
class Step:
    done: int
    rate: float


@pytest.mark.parametrize(
    ("step", "whole", "said"),
    [
        (Step(0, 0.0), None, "0 documents"),
        (Step(12, 1.5), None, "12 documents, 1.5 a second"),
        (Step(12, 1.5), 80, "12 of 80 documents, 1.5 a second, 45 s left"),
        (Step(1000, 0.5), 1100, "1,000 of 1,100 documents, 0.5 a second, 3 min 20 s left"),
        (Step(10, 1.0), 36_010, "10 of 36,010 documents, 1.0 a second, 10 h 0 min left"),
        (Step(9, 1.0), 8, "9 of 8 documents, 1.0 a second, 0 s left"),
    ],
)
def test_the_line_says_what_is_known(step, whole, said):
    """Documents always, the rate once there is one, the time left once the whole is counted."""
    assert words(step, whole) == said


def test_the_whole_is_counted_beside_the_reading():
    """The total is unknown at first and there when the counting has ended."""
    total = Total(lambda: iter(range(1000)))
    end = time.monotonic() + 10
    while total.value is None and time.monotonic() < end:
        time.sleep(0.001)
    assert total.value == 1000


def test_the_line_is_removed():
    """After the run the terminal shows none of it, only what others wrote."""
    out = io.StringIO()
    out.isatty = lambda: True  # type: ignore[method-assign]
    with moving_line(out) as show:
        show(Step(3, 1.0))
    assert out.getvalue().endswith("\x1b[2K")
