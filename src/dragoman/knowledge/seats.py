"""Gazetteer -> who sat on the Security Council on any day since its first meeting.

The terms are rows of `members.csv` under UNSC: the permanent seats with their successions (SUN to RUS on 24 December 1991, TWN to
CHN on 25 October 1971), the elected ones by term. `check` holds them to the Charter's numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dragoman.errors import KnowledgeError, UsageError
from dragoman.knowledge.gazetteer import Gazetteer

COUNCIL = "UNSC"
FOUNDED = "1946-01-17"
"""The Council's first meeting."""
ENLARGED = "1966-01-01"
"""The first day of a Council of fifteen; the amendment of Article 23 had entered into force on 31 August 1965."""
KNOWN_TO = "2026-12-31"
"""The last day for which all terms are recorded."""

PERMANENT_SEATS = ({"CHN", "TWN"}, {"FRA"}, {"GBR"}, {"RUS", "SUN"}, {"USA"})
"""Each permanent seat and who has ever held it; TWN stands for the Republic of China."""
PERMANENT = frozenset[str]().union(*PERMANENT_SEATS)


def size(on: str) -> int:
    """Seats on that date: 11 to the end of 1965, 15 since."""
    return 15 if on >= ENLARGED else 11


def seated(gazetteer: Gazetteer, on: str) -> tuple[str, ...]:
    """Ids of the members on that day (ISO 8601), sorted; UsageError for a day without a recorded composition."""
    try:
        date.fromisoformat(on)
    except ValueError:
        raise UsageError(f"{on!r} is no day of the calendar. Write it as 2012-02-04.") from None
    if not FOUNDED <= on <= KNOWN_TO:
        raise UsageError(
            f"The composition of the Security Council on {on} is not known: terms are recorded from {FOUNDED} to {KNOWN_TO}. "
            "Give a date between them."
        )
    return _holders(gazetteer, on)


def check(gazetteer: Gazetteer) -> None:
    """Raise KnowledgeError, naming the first day that is wrong, unless every day has its eleven or fifteen members.

    Each of the five permanent seats has one holder, and the rest are elected. Looking at every first day of a month, every last
    day of a year and the days of succession finds every fault that a term can have.
    """
    for on in _days():
        members = set(_holders(gazetteer, on))
        if len(members) != size(on):
            raise KnowledgeError(
                f"members.csv: the Security Council of {on} has {len(members)} members and must have {size(on)}. "
                f"Correct the terms of {', '.join(sorted(members - PERMANENT))}."
            )
        for seat in PERMANENT_SEATS:
            if len(seat & members) != 1:
                raise KnowledgeError(
                    f"members.csv: on {on} the permanent seat of {' or '.join(sorted(seat))} has {len(seat & members)} holders "
                    "and must have one. Correct since and until of the succession."
                )


def _days() -> Iterator[str]:
    yield FOUNDED
    for year in range(int(FOUNDED[:4]), int(KNOWN_TO[:4]) + 1):
        yield from (day for month in range(1, 13) if (day := f"{year}-{month:02}-01") >= FOUNDED)
        yield f"{year}-12-31"
    yield from ("1971-10-24", "1971-10-25", "1971-10-26", "1991-12-23", "1991-12-24", "1991-12-25")


def _holders(gazetteer: Gazetteer, on: str) -> tuple[str, ...]:
    """Who sits at the end of the day: on a day of succession the successor alone."""
    members = set(gazetteer.members(COUNCIL, on=on))
    for old, new in (("TWN", "CHN"), ("SUN", "RUS")):
        if {old, new} <= members:
            members.discard(old)
    return tuple(sorted(members))
