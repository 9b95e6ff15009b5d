"""Voting tables -> the settings of the council's models, chosen on the forecasts of 2003-2014 alone.

    python -m training.council.choose ../shared/data

The rule: each year of 2003-2014 is forecast by fits on the votes before its 1 January. A setting is the one of its grid with the
least log loss over those twelve years: of dissent for the first logit and for the years of the tide, of the votes on contested
drafts for the second. The second reads VOTE_FEATURES or every number there is, whichever loses less. A glass is left out where
that lowers the sum of both by a hundredth; none does. No vote of 2015 or later is read.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.council.backtest import voting
from dragoman.council.drafts import Names
from dragoman.council.features import DRAFT_FEATURES, GLASSES, MEMBER_FEATURES, Described, describe
from dragoman.council.leanings import read_leanings
from dragoman.council.logit import Logit, fit
from dragoman.council.model import (
    FIRST_YEAR,
    Known,
    classes,
    fit_dissent,
    fit_vote,
    tide_of,
)
from dragoman.council.past import Floats, Past
from dragoman.council.rolls import read_rolls
from dragoman.knowledge import Gazetteer

CHOSEN_ON = range(2003, 2015)
GRID = (5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 320.0)
TIDES = (0, 3, 5, 8)


def read(data: Path) -> Known:
    """The drafts up to the last year that settings are chosen on, described."""
    tables = (next(data.glob("unsc_votes_*.csv")), next(data.glob("unsc_drafts_*.csv")))
    rolls = [r for r in read_rolls(*tables, Names(Gazetteer.load())) if r.draft.year <= CHOSEN_ON[-1]]
    leanings = read_leanings(next(data.glob("unga_ideal_points_*.csv")), 1994, CHOSEN_ON[-1])
    past = Past.of(rolls, leanings)
    return [(r, describe(r.draft, voting(r), past, leanings)) for r in rolls]


def dissent(train: Known, test: Known, ridge: float) -> Floats:
    """Log losses of the first logit, a number for each draft."""
    chances = fit_dissent(train, ridge).probabilities(np.array([d.whole for _, d in test]))
    return _loss(chances, np.array([int(r.contested) for r, _ in test]))


def vote(train: Known, test: Known, ridge: float) -> Floats:
    """Of the second, a number for each vote on a contested draft."""
    contested = [(r, d) for r, d in test if r.contested]
    chances = fit_vote(train, ridge).probabilities(np.vstack([d.rows for _, d in contested]))
    return _loss(chances, np.concatenate([classes(r, d) for r, d in contested]))


def wide(train: Known, test: Known, ridge: float) -> Floats:
    """Of a second logit that reads every number there is."""
    rows, cast = _wide(train)
    chances = fit(rows, cast, kinds=3, ridge=ridge)
    rows, cast = _wide(test)
    return _loss(chances.probabilities(rows), cast)


def _wide(known: Known) -> tuple[Floats, np.ndarray]:
    contested = [(r, d) for r, d in known if r.contested]
    rows = [np.hstack([np.repeat(d.draft[None], len(d.members), axis=0), d.each]) for _, d in contested]
    return np.vstack(rows), np.concatenate([classes(r, d) for r, d in contested])


PARTS: dict[str, Callable[[Known, Known, float], Floats]] = {"dissent": dissent, "vote": vote, "wide": wide}


def rolling(known: Known, part: str, ridge: float) -> float:
    """Summed log loss of a part over the years, each forecast from those before it."""
    return float(sum(PARTS[part](train, test, ridge).sum() for train, test in _years(known, CHOSEN_ON)))


def tides(known: Known, ridge: float) -> dict[int, float]:
    """Years of the tide -> summed log loss of dissent."""
    seen = {
        test[0][0].draft.year: _seen(fit_dissent(train, ridge), test)
        for train, test in _years(known, range(1998, 2015))
    }
    return {
        years: sum(_shifted(seen[y], tide_of([seen[b] for b in range(y - years, y) if b in seen])) for y in CHOSEN_ON)
        for years in TIDES
    }


def without(known: Known, glass: str) -> Known:
    """The drafts with one glass blind: its columns say nothing."""
    drafts, members = (
        np.array([name.endswith(f": {glass}") for name in names]) for names in (DRAFT_FEATURES, MEMBER_FEATURES)
    )
    return [
        (r, Described(d.members, np.where(drafts, 0.0, d.draft), np.where(members, 0.0, d.each), d.known))
        for r, d in known
    ]


def _years(known: Known, years: Sequence[int]) -> Iterator[tuple[Known, Known]]:
    for year in years:
        train = [(r, d) for r, d in known if FIRST_YEAR <= r.draft.year < year]
        yield train, [(r, d) for r, d in known if r.draft.year == year]


def _loss(chances: Floats, came: np.ndarray) -> Floats:
    return np.asarray(-np.log(np.clip(chances[np.arange(len(came)), came], 1e-6, 1)), dtype=float)


def _seen(logit: Logit, test: Known) -> tuple[Floats, Floats]:
    return logit.scores(np.array([d.whole for _, d in test]))[:, 0], np.array([float(r.contested) for r, _ in test])


def _shifted(seen: tuple[Floats, Floats], shift: float) -> float:
    scores, came = seen
    return float(np.logaddexp(0, np.where(came > 0, -1, 1) * (scores + shift)).sum())


def main(data: Path) -> None:
    """Print every loss; the least of each line is the choice, and the later lines are made with the ridges chosen."""
    known = read(data)
    print(f"{sum(r.draft.year in CHOSEN_ON for r, _ in known)} drafts of {CHOSEN_ON[0]}-{CHOSEN_ON[-1]}", flush=True)
    ridges = {}
    for part in PARTS:
        losses = {ridge: rolling(known, part, ridge) for ridge in GRID}
        ridges[part] = min(losses, key=losses.__getitem__)
        _show(part, losses)
    _show("years of the tide", tides(known, ridges["dissent"]))
    for glass in (None, *GLASSES):
        left = without(known, glass) if glass else known
        _show(f"without {glass}", {part: rolling(left, part, ridges[part]) for part in ("dissent", "vote")})


def _show(what: str, losses: Mapping[Any, float]) -> None:
    print(what, {setting: round(loss, 1) for setting, loss in losses.items()}, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
