"""Ideal points from General Assembly votes -> where a state stood, as known at the start of a year.

A state's leaning in year y is the mean of its last two ideal points of years before y (Bailey, Strezhnev and Voeten, "Estimating
Dynamic State Preferences from United Nations Voting Data", 2017; higher is nearer the United States), rounded to a hundredth.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import InputError

MEMORY = 2
"""Ideal points that a leaning is the mean of."""
COLUMN = "idealpointall"


@dataclass(frozen=True, eq=False)
class Leanings:
    """A table states x years, NaN where nothing is known; years outside it take the nearest one inside."""

    states: tuple[str, ...]
    first: int
    table: NDArray[np.float64]

    def of(self, state: str, year: int) -> float:
        """The leaning of a state at the start of the year; NaN where it is not known."""
        return float(self.each((state,), year)[0])

    def each(self, states: Iterable[str], year: int) -> NDArray[np.float64]:
        """Those of several states, in order."""
        column = min(max(year - self.first, 0), self.table.shape[1] - 1)
        rows = [self._row.get(s) for s in states]
        return np.array([np.nan if row is None else self.table[row, column] for row in rows])

    @cached_property
    def _row(self) -> dict[str, int]:
        return {state: row for row, state in enumerate(self.states)}


def read_leanings(file: str | Path, first: int, last: int) -> Leanings:
    """The leanings of the years `first` to `last` from a CSV with columns iso3c, year and idealpointall."""
    points: dict[str, dict[int, float]] = defaultdict(dict)
    with Path(file).open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if missing := [c for c in ("iso3c", "year", COLUMN) if c not in (reader.fieldnames or ())]:
            raise InputError(f"{file}, line 1: the column {missing[0]} is missing. Give a table of ideal points.")
        for row in reader:
            if row["iso3c"] and row[COLUMN]:
                points[row["iso3c"]][int(row["year"])] = float(row[COLUMN])
    table = [[_before(points[state], year) for year in range(first, last + 1)] for state in sorted(points)]
    return Leanings(tuple(sorted(points)), first, np.array(table).round(2))


def _before(points: dict[int, float], year: int) -> float:
    known = sorted(y for y in points if y < year)[-MEMORY:]
    return float(np.mean([points[y] for y in known])) if known else float("nan")
