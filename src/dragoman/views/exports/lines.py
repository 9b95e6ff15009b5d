"""Analyses -> dragoman's own JSON Lines, which hold everything."""

from __future__ import annotations

from typing import TextIO

from dragoman.views.exports.losses import Losses
from dragoman.views.exports.settings import Analyses, Settings, text_format


@text_format("dragoman's own contract, JSON Lines, with everything")
def write_lines(analyses: Analyses, out: TextIO, losses: Losses, settings: Settings) -> int:
    """One line for each analysis."""
    rows = 0
    for analysis in analyses:
        out.write(analysis.to_json() + "\n")
        rows += 1
    return rows
