"""ISO 8601 of any precision -> the days it covers."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included: one for a date, a month or a year for a prefix."""

    first: date
    last: date


def period(text: str | None) -> Period | None:
    """The days that a date or a prefix of one covers; None for none."""
    if text is None:
        return None
    year, month, day = (int(text[a:b]) if text[a:b] else None for a, b in ((0, 4), (5, 7), (8, 10)))
    if year is None or year < 1:
        return None
    if month is None:
        return Period(date(year, 1, 1), date(year, 12, 31))
    if day is None:
        return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    return Period(date(year, month, day), date(year, month, day))
