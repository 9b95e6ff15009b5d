"""Voting tables and ideal points -> the council's kit.

    python -m training.council.build ../shared/data src/dragoman/council/weights

Fits a model for every year from 2003 to the one after the last vote, condenses the past and estimates the bonds between members
from the rolling forecasts of contested drafts. Needs nothing but dragoman itself; takes a few minutes on one core.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from dragoman.council.backtest import voting
from dragoman.council.drafts import Names
from dragoman.council.features import Described, describe
from dragoman.council.joint import Bonds, estimate
from dragoman.council.kit import FILE, Kit, save
from dragoman.council.leanings import Leanings, read_leanings
from dragoman.council.model import Model, classes, fit_years
from dragoman.council.past import Past
from dragoman.council.rolls import Roll, read_rolls
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
    bonds = bonds_of(rolls, described, models, leanings)
    kit = Kit(models=models, past=past.condensed(), leanings=leanings, bonds=bonds, until=rolls[-1].draft.date)
    target.mkdir(parents=True, exist_ok=True)
    save(kit, target / FILE)
    print(
        f"{len(rolls)} drafts to {kit.until}; models {min(models)}-{max(models)}; {bonds}; {len(kit.past.entries)} entries"
    )


def bonds_of(
    rolls: Sequence[Roll], described: Sequence[Described], models: dict[int, Model], leanings: Leanings
) -> Bonds:
    """From the contested drafts of the years that have a model."""
    pairs = [(r, d) for r, d in zip(rolls, described, strict=True) if r.contested and r.draft.year in models]
    return estimate(
        (models[r.draft.year].chances(d), classes(r, d), leanings.each(d.members, r.draft.year)) for r, d in pairs
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
