"""Which events count: the choices that counts, timelines, searches and exports share, and what they are in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from dragoman.errors import UsageError
from dragoman.knowledge.ontology import load_ontology
from dragoman.knowledge.periods import well_formed

Claims = Literal["all", "reported", "claimed"]
Duplicates = Literal["none", "document", "story", "day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Events by party, type, publisher, day and score; an empty choice takes all, one name may stand for several.

    `actors` and `recipients` are ids or countries: RUS takes the state and everybody whose country it is. `parties` are such
    of either side, or full codes (RUSGOV). `since` and
    `until` are
    ISO 8601 dates or prefixes, both included, of the day of the event, or of the publication where no day is stated;
    they leave out
    events without either. `claims` tells what publishers report from what somebody says happened; `actual` leaves out
    events
    that are negated, planned, supposed or long past.
    Raises UsageError for a type, date, score or choice that cannot be.
    """

    since: str | None = None
    until: str | None = None
    actors: tuple[str, ...] | str = ()
    recipients: tuple[str, ...] | str = ()
    parties: tuple[str, ...] | str = ()
    types: tuple[str, ...] | str = ()
    publishers: tuple[str, ...] | str = ()
    min_score: float = 0.0
    claims: Claims = "all"
    actual: bool = False

    def __post_init__(self) -> None:
        for field in fields(self):
            if field.name in ("actors", "recipients", "parties", "types", "publishers"):
                object.__setattr__(self, field.name, _several(getattr(self, field.name)))
        object.__setattr__(self, "types", tuple(map(_type, self.types)))
        for name in ("since", "until"):
            check_date(name, getattr(self, name))
        if not 0 <= self.min_score <= 1:
            raise UsageError(f"min_score={self.min_score} is no probability; give a number from 0 to 1.")
        check_choice("claims", self.claims, get_args(Claims))

    def conditions(self) -> Iterator[tuple[str, list[Any]]]:
        """Each choice as a condition on `stored.coded`, with its parameters."""
        yield "score >= ?", [self.min_score]
        for column, wanted in (("type", self.types), ("publisher", self.publishers)):
            if wanted:
                yield f"list_contains(?, {column})", [list(wanted)]
        for role, wanted in (("actor", self.actors), ("recipient", self.recipients)):
            if wanted:
                yield f"(list_has_any({role}_keys, ?) OR list_has_any({role}s, ?))", [list(wanted)] * 2
        if self.parties:
            lists = [f"{role}{kind}" for role in ("actor", "recipient") for kind in ("_keys", "_codes", "s")]
            yield f"({' OR '.join(f'list_has_any({name}, ?)' for name in lists)})", [list(self.parties)] * len(lists)
        yield from self._days()
        if self.claims != "all":
            yield f"claimed_in IS {'' if self.claims == 'reported' else 'NOT '}NULL", []
        if self.actual:
            yield "polarity = 'affirmed' AND modality = 'actual'", []

    def _days(self) -> Iterator[tuple[str, list[Any]]]:
        """No further than the coarser of two dates: 2012 meets every day of that year."""
        for date, sign in ((self.since, ">="), (self.until, "<=")):
            if date:
                shared = f"least(length(day), {len(date)})"
                yield f"left(day, {shared}) {sign} left(?, {shared})", [date]


def where(filters: Filters) -> tuple[str, list[Any]]:
    """The conditions in one, and their parameters in order."""
    found = list(filters.conditions())
    return " AND ".join(condition for condition, _ in found), [p for _, given in found for p in given]


def check_date(name: str, text: str | None) -> None:
    """Raise UsageError unless it is None, or a year, month or day that exists."""
    if text is not None and not well_formed(text):
        raise UsageError(f"{name}={text!r} is no date; write 2012-01-18, 2012-01 or 2012.")


def check_choice(name: str, value: str, known: Iterable[str]) -> None:
    """Raise UsageError unless it is one of the known words."""
    if value not in known:
        raise UsageError(f"{name}={value!r} is unknown; write {' or '.join(known)}.")


def _several(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _type(name: str) -> str:
    known = load_ontology().types
    if name.upper() not in known:
        raise UsageError(f"There is no event type {name!r}. PLOVER's types are {', '.join(known)}.")
    return name.upper()
