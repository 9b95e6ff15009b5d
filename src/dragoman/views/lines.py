"""Analyses -> the contract as JSON Lines or as one JSON array."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from dragoman.analysis import Analysis


def write_jsonl(analyses: Iterable[Analysis], out: TextIO) -> None:
    """One line per analysis, each flushed, so that a reader behind a pipe sees it at once."""
    for analysis in analyses:
        out.write(analysis.to_json() + "\n")
        out.flush()


def write_json(analyses: Iterable[Analysis], out: TextIO) -> None:
    """One array with a line per analysis; well-formed also where there is none."""
    out.write("[")
    for number, analysis in enumerate(analyses):
        out.write(",\n" if number else "\n")
        out.write(analysis.to_json())
    out.write("\n]\n")
