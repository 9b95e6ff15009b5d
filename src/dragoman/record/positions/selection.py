"""Which stances of a record count: the choices that positions, changes, red lines and networks share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import Literal, get_args

from dragoman.errors import UsageError
from dragoman.knowledge.ontology import load_ontology
from dragoman.knowledge.periods import well_formed

By = Literal["country", "actor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Stances by holder, measure, target, date, publisher and score; an empty choice takes all.

    `actors` and `toward` are ids or names of whom the stances are counted for, so `by="country"` (the default) takes RUS and
    not its minister, `by="actor"` the minister. `measures` are types of the ontology. `since` and `until` are ISO 8601 dates or
    prefixes, both included, and leave out documents without a date. `bloc` takes its members, as long as they belong to it, and
    the bloc itself. One name may stand where several are possible.
    Raises UsageError for a measure, date or score that cannot be.
    """

    actors: tuple[str, ...] | str = ()
    measures: tuple[str, ...] | str = ()
    toward: tuple[str, ...] | str = ()
    publishers: tuple[str, ...] | str = ()
    since: str | None = None
    until: str | None = None
    min_score: float = 0.0
    bloc: str | None = None
    by: By = "country"

    def __post_init__(self) -> None:
        for field in fields(self):
            if field.name in ("actors", "measures", "toward", "publishers"):
                object.__setattr__(self, field.name, _several(getattr(self, field.name)))
        object.__setattr__(self, "measures", tuple(map(_measure, self.measures)))
        for name in ("since", "until"):
            check_date(name, getattr(self, name))
        if not 0 <= self.min_score <= 1:
            raise UsageError(f"min_score={self.min_score} is no probability; give a number from 0 to 1.")
        if self.by not in get_args(By):
            raise UsageError(f"by={self.by!r} is unknown; write country or actor.")


def check_date(name: str, text: str | None) -> None:
    """Raise UsageError unless it is None, or a year, month or day that exists."""
    if text is not None and not well_formed(text):
        raise UsageError(f"{name}={text!r} is no date; write 2012-01-18, 2012-01 or 2012.")


def nearest(wanted: str, known: Iterable[str]) -> str:
    """`; did you mean X?` for the closest of the known names, or nothing."""
    close = get_close_matches(wanted, sorted(set(known)), n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(close)}?" if close else "."


def _several(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _measure(name: str) -> str:
    """The type of that name or label, written with spaces, hyphens or underscores."""
    measures = load_ontology().measures
    by_name = {_plain(label): type for type, m in measures.items() for label in (type, m.label)}
    if (found := by_name.get(_plain(name))) is None:
        raise UsageError(f"There is no measure {name!r}. The measures are {', '.join(measures)}.")
    return found


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name.strip()).casefold()
