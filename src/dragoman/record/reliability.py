"""Codes of several people, and counts of right rows -> how far to rely on them: alpha, kappa, intervals. Pure arithmetic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import inf, sqrt
from statistics import NormalDist

Codes = Sequence[Hashable]


def alpha(units: Iterable[Codes]) -> float | None:
    """Krippendorff's alpha for nominal codes; each unit gives the codes that its coders assigned, in any order.

    Units with fewer than two codes do not count. None where no pair is left or all codes are the same, so that agreement cannot
    be told from chance. (Krippendorff, Content Analysis, 4th ed. 2019, chapter 12.)
    """
    paired = [Counter(codes) for codes in units if len(codes) > 1]
    totals = sum(paired, Counter[Hashable]())
    n = totals.total()
    expected = n * n - sum(c * c for c in totals.values())
    if not expected:
        return None
    observed = sum((u.total() ** 2 - sum(c * c for c in u.values())) / (u.total() - 1) for u in paired)
    return 1 - (n - 1) * observed / expected


def kappa(pairs: Iterable[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of two coders; None where there is nothing to compare or chance alone would make them agree.

    (Cohen, A coefficient of agreement for nominal scales, 1960.)
    """
    both = list(pairs)
    n = len(both)
    one, other = Counter(a for a, _ in both), Counter(b for _, b in both)
    by_chance = sum(one[code] * other[code] for code in one)
    if by_chance == n * n:
        return None
    return (n * sum(a == b for a, b in both) - by_chance) / (n * n - by_chance)


@dataclass(frozen=True, slots=True)
class Stratum:
    """`right` of `judged` rows of a stratum that is `size` rows large (more or less, where that is estimated)."""

    judged: int
    right: int
    size: float


@dataclass(frozen=True, slots=True)
class Interval:
    """A share and the interval that holds the true one with the confidence asked for."""

    share: float
    low: float
    high: float


def share(strata: Iterable[Stratum], confidence: float = 0.95) -> Interval:
    """The share of right rows in the whole, each stratum counted by its size; ValueError where nothing was judged.

    One stratum gives Wilson's interval. Several give the weighted sum of Wilson's limits, each taken at the quantile that makes
    the sum as wide as the weighted share varies (after Yan and Su, Stratified Wilson and Newcombe confidence intervals, 2010); a
    stratum that was judged to the last row adds no width. Strata without a judged row are left out.
    """
    found = [s for s in strata if s.judged]
    if not found:
        raise ValueError("No row was judged.")
    total = sum(s.size for s in found)
    weights = [s.size / total for s in found] if total < inf else [1 / len(found)] * len(found)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    spread = [_deviation(s, z) for s in found]
    across = sum(w * d for w, d in zip(weights, spread, strict=True))
    narrowed = z * sqrt(sum((w * d) ** 2 for w, d in zip(weights, spread, strict=True))) / across if across else z
    limits = [_wilson(s, narrowed) for s in found]
    low = sum(w * low for w, (low, _) in zip(weights, limits, strict=True))
    high = sum(w * high for w, (_, high) in zip(weights, limits, strict=True))
    middle = sum(w * s.right / s.judged for w, s in zip(weights, found, strict=True))
    return Interval(middle, max(min(low, middle), 0.0), min(max(high, middle), 1.0))


def _effective(stratum: Stratum) -> float:
    """As many rows from an endless stratum tell as much as those judged tell about this one."""
    if stratum.size <= stratum.judged:
        return inf
    if stratum.size == inf:
        return float(stratum.judged)
    return stratum.judged * (stratum.size - 1) / (stratum.size - stratum.judged)


def _deviation(stratum: Stratum, z: float) -> float:
    """Of the share in one stratum; also where all rows are right, which says that few are wrong, not that none is."""
    n = _effective(stratum)
    if n == inf:
        return 0.0
    middle = (n * stratum.right / stratum.judged + z * z / 2) / (n + z * z)
    return sqrt(middle * (1 - middle) / n)


def _wilson(stratum: Stratum, z: float) -> tuple[float, float]:
    n, p = _effective(stratum), stratum.right / stratum.judged
    if n == inf:
        return p, p
    middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)
