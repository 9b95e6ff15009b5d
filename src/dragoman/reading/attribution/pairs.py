"""What lies between a cue and a source or content: small numbers the linker learns to read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from dragoman.reading.attribution.labels import Run

GAPS: Final = (0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89)
MOST: Final = 3
"""Counts of runs or paragraphs between a pair are told apart up to this many."""

_SIZES: Final = (2 * (len(GAPS) + 1), 2 * MOST + 2, 2 * MOST + 2, 2 * MOST + 1)
ROWS: Final = sum(_SIZES)
"""How many different facts there are about a pair; each has a row in the linker's table."""

Ints = npt.NDArray[np.int64]
_OFFSETS: Final = np.cumsum((0, *_SIZES[:-1]))


def facts(cues: Sequence[Run], runs: Sequence[Run], paragraphs: Ints) -> Ints:
    """For every cue and run four row numbers: gap in words, cues between, runs between, paragraphs between; all signed.

    The result has the shape cues x runs x 4.
    """
    table: Ints = np.empty((len(cues), len(runs), len(_SIZES)), dtype=np.int64)
    starts_of_cues = [cue[0] for cue in cues]
    starts_of_runs = [run[0] for run in runs]
    for i, cue in enumerate(cues):
        for j, run in enumerate(runs):
            after = run[0] >= cue[0]
            low, high = (cue[1], run[0]) if after else (run[1], cue[0])
            counts = (_between(starts_of_cues, low, high), _between(starts_of_runs, low, high))
            turned = int(paragraphs[run[0]] - paragraphs[cue[0]])
            table[i, j] = (
                _side(after, bisect_left(GAPS, max(high - low, 0)), len(GAPS) + 1),
                *(_side(after, min(count, MOST), MOST + 1) for count in counts),
                max(-MOST, min(MOST, turned)) + MOST,
            )
    table += _OFFSETS
    return table


def _between(starts: Sequence[int], low: int, high: int) -> int:
    return max(bisect_left(starts, high) - bisect_left(starts, low), 0)


def _side(after: bool, value: int, size: int) -> int:
    return value + size if after else value
