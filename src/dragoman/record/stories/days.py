"""Dates of any precision -> how far they are apart."""

from __future__ import annotations

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=1 << 16)
def ordinal(text: str | None) -> int | None:
    """The number of a day; None for a month, a year or no date."""
    return date.fromisoformat(text[:10]).toordinal() if text and len(text) >= 10 else None


def distance(one: str | None, other: str | None) -> int | None:
    """Days between two dates; None where one of them is not precise to the day."""
    first, second = ordinal(one), ordinal(other)
    return None if first is None or second is None else abs(first - second)
