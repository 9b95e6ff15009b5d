"""Past drafts -> the chances of a new one: will anyone dissent, and if so, how does each member vote?

Two logits. The first reads the draft (and the mean of its members) and says how likely any no or abstention is; the second, fit
on contested drafts alone, says how each member votes on a draft that is contested. A member's chance of a no is the product.
The first is shifted by what the fits of the last five years missed, because dissent comes in tides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dragoman.council.features import Described
from dragoman.council.logit import Logit, fit
from dragoman.council.past import COUNTED, Floats
from dragoman.council.rolls import Roll

FIRST_YEAR = 1996
"""Earlier drafts are only looked back on: before them there is too little past."""
DISSENT_RIDGE = 60.0
VOTE_RIDGE = 45.0
TIDE_YEARS = 5
_TIDE_PRIOR = 4.0
"""How many half-sure drafts the shift is held back by."""
FEWEST_CONTESTED = 40
"""With fewer contested drafts a model is not fitted."""


@dataclass(frozen=True, slots=True, eq=False)
class Chances:
    """What a model says of a draft: the chance that it is contested, and if so each member's chances of yes, abstain, no."""

    members: tuple[str, ...]
    contested: float
    given: Floats

    @property
    def votes(self) -> Floats:
        """Each member's chances of yes, abstain, no, whether or not the draft is contested."""
        found = self.given * self.contested
        found[:, 0] += 1 - self.contested
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Fitted on the drafts voted on before 1 January of `year`, for those of that year."""

    year: int
    dissent: Logit
    vote: Logit
    tide: float = 0.0

    def chances(self, described: Described) -> Chances:
        """Of a draft."""
        score = float(self.dissent.scores(described.whole[None])[0, 0]) + self.tide
        return Chances(described.members, 1 / (1 + np.exp(-score)), self.vote.probabilities(described.rows))


def fit_model(rolls: Sequence[Roll], described: Sequence[Described], year: int) -> Model | None:
    """The model for a year, from the drafts before it; None where too few of them were contested."""
    known = [(r, d) for r, d in zip(rolls, described, strict=True) if FIRST_YEAR <= r.draft.year < year]
    contested = [(r, d) for r, d in known if r.contested]
    if len(contested) < FEWEST_CONTESTED:
        return None
    dissent = fit(
        np.array([d.whole for _, d in known]),
        np.array([int(r.contested) for r, _ in known]),
        kinds=2,
        ridge=DISSENT_RIDGE,
    )
    cast = np.concatenate([classes(r, d) for r, d in contested])
    vote = fit(np.vstack([d.rows for _, d in contested]), cast, kinds=3, ridge=VOTE_RIDGE)
    return Model(year, dissent, vote)


def fit_years(rolls: Sequence[Roll], described: Sequence[Described], years: Sequence[int]) -> dict[int, Model]:
    """The models of these years, each with the tide of the five before it as their own models saw them."""
    wanted = range(min(years) - TIDE_YEARS, max(years) + 1)
    plain = {y: m for y in wanted if (m := fit_model(rolls, described, y))}
    seen = {y: _missed(rolls, described, plain[y]) for y in plain}
    return {
        y: replace(plain[y], tide=_tide([seen[b] for b in range(y - TIDE_YEARS, y) if b in seen]))
        for y in years
        if y in plain
    }


def classes(roll: Roll, described: Described) -> np.ndarray:
    """How each described member voted, as its place in COUNTED."""
    return np.array([COUNTED.index(roll.votes[m]) for m in described.members])


def _missed(rolls: Sequence[Roll], described: Sequence[Described], model: Model) -> tuple[Floats, Floats]:
    """Log odds of dissent that the model gave the drafts of its own year, and what came of them."""
    own = [(r, d) for r, d in zip(rolls, described, strict=True) if r.draft.year == model.year]
    if not own:
        return np.zeros(0), np.zeros(0)
    return model.dissent.scores(np.array([d.whole for _, d in own]))[:, 0], np.array(
        [float(r.contested) for r, _ in own]
    )


def _tide(seen: Sequence[tuple[Floats, Floats]]) -> float:
    """The shift of log odds that makes the expected dissent the one that came, held back towards none."""
    if not seen:
        return 0.0
    scores, came = (np.concatenate(parts) for parts in zip(*seen, strict=True))
    shift = 0.0
    for _ in range(30):
        p = 1 / (1 + np.exp(-scores - shift))
        shift -= float((p.sum() - came.sum() + _TIDE_PRIOR * shift) / ((p * (1 - p)).sum() + _TIDE_PRIOR))
    return shift
