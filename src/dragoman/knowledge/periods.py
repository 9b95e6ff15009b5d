"""Dates that carry their own precision: `1991`, `1991-12`, `1991-12-26`, and periods open at either end.

Comparisons look no further than the coarser of two dates, so `1991` meets every day of that year. Both ends of a period belong
to it.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

_FORM = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_WHOLE_DATE = "0000-01-01"


@cache
def well_formed(text: str) -> bool:
    """Is it an ISO 8601 calendar date, month or year that exists?"""
    if not _FORM.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + _WHOLE_DATE[len(text) :])
    except ValueError:
        return False
    return True


def not_after(earlier: str, later: str) -> bool:
    """Can the first date lie on or before the second, as far as both are precise?"""
    shared = min(len(earlier), len(later))
    return earlier[:shared] <= later[:shared]


def covers(since: str | None, until: str | None, on: str | None) -> bool:
    """Does the period meet the date? None is an open end; a date of None is met by every period."""
    if on is None:
        return True
    return (since is None or not_after(since, on)) and (until is None or not_after(on, until))


def overlap(since: str | None, until: str | None, other_since: str | None, other_until: str | None) -> bool:
    """Do two periods share a day, as far as their dates are precise?"""
    begins = since is None or other_until is None or not_after(since, other_until)
    ends = until is None or other_since is None or not_after(other_since, until)
    return begins and ends
