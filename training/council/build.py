"""Voting tables and ideal points -> the council's kit.

    python -m training.council.build ../shared/data src/dragoman/council/weights

Fits a model for every year from 2003 to the one after the last vote, and condenses the past. Needs nothing but dragoman
itself; takes a few minutes on one core.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dragoman.council.backtest import voting
from dragoman.council.drafts import Names
from dragoman.council.features import describe
from dragoman.council.kit import FILE, Kit, save
from dragoman.council.leanings import read_leanings
from dragoman.council.model import fit_years
from dragoman.council.past import Past
from dragoman.council.rolls import read_rolls
from dragoman.knowledge import Gazetteer

FIRST_MODEL = 2003
UNTIL = "2025-05-31"
"""Votes after this day are the project's exam and are never looked at."""


def main(data: Path, target: Path) -> None:
    """Read the tables in `data`, write the kit to `target`."""
    tables = (next(data.glob("unsc_votes_*.csv")), next(data.glob("unsc_drafts_*.csv")))
    rolls = [r for r in read_rolls(*tables, Names(Gazetteer.load())) if r.draft.date <= UNTIL]
    leanings = read_leanings(next(data.glob("unga_ideal_points_*.csv")), 1994, rolls[-1].draft.year + 1)
    past = Past.of(rolls, leanings)
    described = [describe(r.draft, voting(r), past, leanings) for r in rolls]
    models = fit_years(rolls, described, list(range(FIRST_MODEL, rolls[-1].draft.year + 2)))
    kit = Kit(models=models, past=past.condensed(), leanings=leanings, until=rolls[-1].draft.date)
    target.mkdir(parents=True, exist_ok=True)
    save(kit, target / FILE)
    print(f"{len(rolls)} drafts to {kit.until}; models {min(models)}-{max(models)}; {len(kit.past.entries)} entries")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
