"""Chances of each member -> votes drawn together, and what the Council would decide.

Members of one draft do not vote independently. First it is drawn whether the draft is contested; if so, each member draws a
number from a normal distribution and votes no, abstains or votes yes as it is low, middling or high by its own chances. These
are correlated: a common part (the quality of the draft) and one that fades with distance in leaning (blocs). So each member's own
chances stay what the model says, and joint ones follow (a Gaussian copula; Nelsen, "An Introduction to Copulas", 2006).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from dragoman.council.chances import Chances
from dragoman.council.past import COUNTED, Floats
from dragoman.council.rules import Outcome, Vote, required
from dragoman.errors import UsageError
from dragoman.knowledge.seats import PERMANENT

DRAWS = 20_000
NEAR = 0.5
"""Members whose leanings differ by less are near each other, for estimating."""
_REACH = 0.7
_FEWEST = 100
"""Fewer draws that agree with a fixed vote are too few to learn from."""
OUTCOMES: tuple[Outcome, ...] = ("adopted", "vetoed", "too_few_votes")
_EDGE = 1e-6
_HELD_BACK = 10.0
"""As many drafts without correlation are added to those that the bonds are estimated from."""
_inverse = np.vectorize(NormalDist().inv_cdf, otypes=[float])


@dataclass(frozen=True, slots=True)
class Bonds:
    """Correlation of members far from each other, and of near ones, on contested drafts."""

    far: float
    near: float

    def matrix(self, leanings: Floats) -> Floats:
        """Correlations of members with these leanings; an unknown leaning is near to none."""
        apart = np.abs(leanings[:, None] - leanings[None])
        closeness = np.nan_to_num(np.exp(-((apart / _REACH) ** 2)))
        found = self.far + (self.near - self.far) * closeness
        np.fill_diagonal(found, 1.0)
        return found


NO_BONDS = Bonds(0.0, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Votes drawn together: draws x members, each the place of the vote in COUNTED."""

    members: tuple[str, ...]
    votes: NDArray[np.int8]

    def fixed(self, votes: Mapping[str, Vote]) -> Draws:
        """What the rest would do if these members voted so: the draws that agree, or where those are too few, all with the votes
        put in. UsageError for one that has no seat."""
        for member in votes:
            if member not in self.members:
                raise UsageError(f"{member} has no seat on that date. The members are {', '.join(self.members)}.")
        places = {self.members.index(m): COUNTED.index(v) for m, v in votes.items()}
        agree = (
            np.all([self.votes[:, i] == v for i, v in places.items()], axis=0)
            if places
            else np.ones(len(self.votes), bool)
        )
        drawn = self.votes[agree] if agree.sum() >= _FEWEST else self.votes.copy()
        for column, vote in places.items():
            drawn[:, column] = vote
        return Draws(self.members, drawn)

    def outcomes(self, on: str, *, procedural: bool = False) -> dict[Outcome, float]:
        """The chance of each outcome under Article 27, of a full Council."""
        enough, opposed = self._enough(on), self._opposed()
        vetoed = enough & opposed & (not procedural)
        shares = (enough & ~vetoed, vetoed, ~enough)
        return {name: float(share.mean()) for name, share in zip(OUTCOMES, shares, strict=True)}

    def chances(self) -> Floats:
        """Each member's chances of yes, abstain, no in these draws."""
        return np.stack([(self.votes == kind).mean(axis=0) for kind in range(len(COUNTED))], axis=1)

    def pivotal(self, on: str, *, procedural: bool = False) -> dict[str, float]:
        """Of each member, the chance that its vote alone decides: its yes would adopt a draft that fails as drawn, by one vote or
        by its veto alone, or its abstention would fail one that passes. That one could veto anything is not counted.
        """
        yes, five = (self.votes == 0).sum(axis=1), [m in PERMANENT for m in self.members]
        vetoers = ((self.votes == 2) & np.array(five)).sum(axis=1) * (not procedural)
        need, found = required(on), {}
        for i, member in enumerate(self.members):
            mine = self.votes[:, i]
            others_veto = vetoers - ((mine == 2) & five[i] & (not procedural))
            best = (yes + (mine != 0) >= need) & (others_veto == 0)
            vetoes = (mine == 2) & five[i] & (not procedural)
            worst = (yes - (mine == 0) >= need) & (others_veto == 0) & ~vetoes
            found[member] = float((best & ~worst).mean())
        return found

    def _enough(self, on: str) -> NDArray[np.bool_]:
        return np.asarray((self.votes == 0).sum(axis=1) >= required(on), dtype=bool)

    def _opposed(self) -> NDArray[np.bool_]:
        five = np.array([m in PERMANENT for m in self.members])
        return np.asarray(((self.votes == COUNTED.index("no")) & five).any(axis=1), dtype=bool)


def draw(chances: Chances, leanings: Floats, bonds: Bonds, *, number: int = DRAWS, seed: int = 27) -> Draws:
    """Draw votes; the same call draws the same."""
    dice = np.random.default_rng(seed)
    root = np.linalg.cholesky(_definite(bonds.matrix(leanings)))
    normal = dice.standard_normal((number, len(chances.members))) @ root.T
    no = _inverse(np.clip(chances.given[:, 2], _EDGE, 1 - _EDGE))
    dissent = _inverse(np.clip(chances.given[:, 2] + chances.given[:, 1], _EDGE, 1 - _EDGE))
    votes = np.where(normal < no, 2, np.where(normal < dissent, 1, 0))
    votes[dice.random(number) >= chances.contested] = 0
    return Draws(chances.members, votes.astype(np.int8))


def estimate(seen: Iterable[tuple[Chances, Sequence[int] | NDArray[np.int_], Floats]]) -> Bonds:
    """Bonds from contested drafts: the chances forecast, the votes cast (places in COUNTED), and the members' leanings.

    A vote's score is the normal quantile of the middle of its stretch; the correlation is the mean product of two scores over
    the mean square. It errs low, by about a fifth, because three kinds of vote are coarse, and it is held back towards none
    where there are few drafts.
    """
    products: dict[bool, list[float]] = {True: [], False: []}
    squares: list[float] = []
    drafts = list(seen)
    for chances, cast, leanings in drafts:
        score = _scores(chances.given, np.asarray(cast))
        squares += list(score**2)
        near = np.abs(leanings[:, None] - leanings[None]) < NEAR
        both = np.outer(score, score)
        upper = np.triu(np.ones_like(near), 1).astype(bool)
        for kind in products:
            products[kind] += list(both[upper & (near == kind)])
    if not drafts:
        return NO_BONDS
    square = float(np.mean(squares)) * (1 + _HELD_BACK / len(drafts))
    far, close = (float(np.clip(np.mean(products[kind] or [0.0]) / square, 0.0, 0.9)) for kind in (False, True))
    return Bonds(far=far, near=max(far, close))


def _scores(given: Floats, cast: NDArray[np.int_]) -> Floats:
    """Normal quantiles of the middle of each vote's stretch, no lowest."""
    stretch = given[np.arange(len(cast)), cast]
    below = np.where(cast == 2, 0.0, np.where(cast == 1, given[:, 2], given[:, 2] + given[:, 1]))
    return np.asarray(_inverse(np.clip(below + stretch / 2, 1e-4, 1 - 1e-4)), dtype=float)


def _definite(matrix: Floats) -> Floats:
    """The nearest thing to it that has a root: eigenvalues that are not positive are raised, and the diagonal set right again."""
    values, vectors = np.linalg.eigh(matrix)
    raised = (vectors * np.maximum(values, 1e-6)) @ vectors.T
    size = np.sqrt(np.diag(raised))
    return np.asarray(raised / np.outer(size, size) + 1e-9 * np.eye(len(matrix)), dtype=float)
