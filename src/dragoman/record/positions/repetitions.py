"""Evidence -> the pieces that count once others repeat them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import get_args

from dragoman.record.filters import Duplicates, check_choice
from dragoman.record.positions.evidence import Evidence, Found


def once(found: Found, duplicates: Duplicates) -> Found:
    """What is found, of the pieces that say the same the first: in each document, in each story, or on each day.

    The same is said by whoever counts as one actor, on one measure and target, with one stance and force, and with a condition or
    without. Stories have to be known to the evidence. Raises UsageError for another choice.
    """
    check_choice("duplicates", duplicates, get_args(Duplicates))
    if duplicates == "none":
        return found

    def says(e: Evidence) -> Hashable:
        return e.actor, e.measure, e.toward, e.stance, e.force, e.condition is None, place(e, duplicates)

    return Found(tuple(first_of_each(found.evidence, says)), found.who)


def first_of_each(evidence: Iterable[Evidence], says: Callable[[Evidence], Hashable]) -> Iterator[Evidence]:
    """Of the pieces that say the same the first one."""
    seen: set[Hashable] = set()
    for e in evidence:
        if (said := says(e)) not in seen:
            seen.add(said)
            yield e


def place(evidence: Evidence, duplicates: str) -> str:
    """Where a second piece is a repetition: its story or day, or else its document."""
    if duplicates == "story" and evidence.story is not None:
        return evidence.story
    if duplicates == "day" and evidence.date is not None:
        return evidence.date
    return evidence.document
