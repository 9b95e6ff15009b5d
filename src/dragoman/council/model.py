"""Past drafts -> the chances of a new one: will anyone dissent, and if so, how does each member vote?

Two logits. The first reads the draft (and the mean of its members) and says how likely any no or abstention is; the second, fit
on contested drafts alone, says how each member votes on a draft that is contested. A member's chance of a no is the product.

What the fits of the last years missed in their own year sets the rest: how far the first is shifted, because dissent comes in
tides, and how closely the members of one draft hold together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dragoman.council.chances import Chances
from dragoman.council.features import MEMBER_FEATURES, Described
from dragoman.council.joint import NO_BONDS, Bonds, estimate
from dragoman.council.logit import Logit, fit
from dragoman.council.past import COUNTED, Floats
from dragoman.council.rolls import Roll

FIRST_YEAR = 1996
"""Earlier drafts are only looked back on: before them there is too little past."""
TIDE_YEARS = 3
FEWEST_CONTESTED = 40
"""With fewer contested drafts a model is not fitted."""
_TIDE_PRIOR = 4.0
"""How many half-sure drafts the shift is held back by."""
Known = Sequence[tuple[Roll, Described]]
_LEANING = MEMBER_FEATURES.index("leaning")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ridges:
    """How far the weights of each logit are held back towards none. The defaults are what training/council/choose.py chose."""

    dissent: float = 160.0
    vote: float = 20.0


RIDGES = Ridges()


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Fitted on the drafts voted on before 1 January of `year`, for those of that year."""

    year: int
    dissent: Logit
    vote: Logit
    tide: float = 0.0
    bonds: Bonds = NO_BONDS

    def chances(self, described: Described) -> Chances:
        """Of a draft."""
        score = float(self.dissent.scores(described.whole[None])[0, 0]) + self.tide
        return Chances(described.members, 1 / (1 + np.exp(-score)), self.vote.probabilities(described.rows))


def fit_model(
    rolls: Sequence[Roll], described: Sequence[Described], year: int, ridges: Ridges = RIDGES
) -> Model | None:
    """The model for a year, from the drafts before it; None where too few of them were contested."""
    known = [(r, d) for r, d in zip(rolls, described, strict=True) if FIRST_YEAR <= r.draft.year < year]
    if sum(r.contested for r, _ in known) < FEWEST_CONTESTED:
        return None
    return Model(year, fit_dissent(known, ridges.dissent), fit_vote(known, ridges.vote))


def fit_dissent(known: Known, ridge: float) -> Logit:
    """Draft -> is it contested?"""
    whole = np.array([d.whole for _, d in known])
    return fit(whole, np.array([int(r.contested) for r, _ in known]), kinds=2, ridge=ridge)


def fit_vote(known: Known, ridge: float) -> Logit:
    """Member and contested draft -> yes, abstain or no?"""
    contested = [(r, d) for r, d in known if r.contested]
    cast = np.concatenate([classes(r, d) for r, d in contested])
    return fit(np.vstack([d.rows for _, d in contested]), cast, kinds=3, ridge=ridge)


def fit_years(
    rolls: Sequence[Roll], described: Sequence[Described], years: Sequence[int], ridges: Ridges = RIDGES
) -> dict[int, Model]:
    """The models of these years, each with the tide and the bonds of the years before it as their own models saw them."""
    wanted = range(min(years) - TIDE_YEARS, max(years) + 1)
    plain = {y: m for y in wanted if (m := fit_model(rolls, described, y, ridges))}
    return settled(plain, rolls, described, years)


def settled(
    plain: dict[int, Model], rolls: Sequence[Roll], described: Sequence[Described], years: Sequence[int]
) -> dict[int, Model]:
    """Fitted models of these years with the tide and the bonds that the models of the years before them leave."""
    own = {y: [(r, d) for r, d in zip(rolls, described, strict=True) if r.draft.year == y] for y in plain}
    missed = {y: _missed(own[y], plain[y]) for y in plain}
    held = {y: [_held(r, d, plain[y]) for r, d in own[y] if r.contested] for y in plain}
    found = {}
    for year in (y for y in years if y in plain):
        before = [y for y in range(year - TIDE_YEARS, year) if y in plain]
        bonds = estimate(seen for y in before for seen in held[y])
        found[year] = replace(plain[year], tide=tide_of([missed[y] for y in before]), bonds=bonds)
    return found


def classes(roll: Roll, described: Described) -> np.ndarray:
    """How each described member voted, as its place in COUNTED."""
    return np.array([COUNTED.index(roll.votes[m]) for m in described.members])


def _missed(own: Known, model: Model) -> tuple[Floats, Floats]:
    """Log odds of dissent that the model gave the drafts of its own year, and what came of them."""
    if not own:
        return np.zeros(0), np.zeros(0)
    scores = model.dissent.scores(np.array([d.whole for _, d in own]))[:, 0]
    return scores, np.array([float(r.contested) for r, _ in own])


def _held(roll: Roll, described: Described, model: Model) -> tuple[Chances, np.ndarray, Floats]:
    """A contested draft of the model's own year: the chances it gave, the votes cast, the leanings of who cast them."""
    return model.chances(described), classes(roll, described), described.each[:, _LEANING]


def tide_of(seen: Sequence[tuple[Floats, Floats]]) -> float:
    """The shift of log odds that makes the expected dissent the one that came, held back towards none."""
    if not seen:
        return 0.0
    scores, came = (np.concatenate(parts) for parts in zip(*seen, strict=True))
    shift = 0.0
    for _ in range(30):
        p = 1 / (1 + np.exp(-scores - shift))
        shift -= float((p.sum() - came.sum() + _TIDE_PRIOR * shift) / ((p * (1 - p)).sum() + _TIDE_PRIOR))
    return shift
