"""Dated evidence -> windows of time: stretches of so many units, each one unit after the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from dragoman.record.positions import Evidence

Unit = Literal["events", "days", "weeks", "months", "years"]
UNITS: tuple[str, ...] = get_args(Unit)

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """The evidence whose date lies wholly from `first` to `last`, both included."""

    first: str
    last: str
    evidence: tuple[Evidence, ...]


def windows(said: Sequence[Evidence], size: int, unit: Unit) -> Iterator[Window]:
    """The windows from the first statement to the last; what has no date is in none.

    Weeks begin on Monday. A window of events has that many statements, in the order of their dates.
    """
    dated = [(*stretch(e.date), e) for e in said if e.date]
    if dated and unit == "events":
        yield from _of_events([e for _, _, e in dated], size)
    elif dated:
        yield from _of_time(dated, size, unit)


def stretch(text: str) -> tuple[date, date]:
    """The first and the last day that a date with its own precision can mean."""
    match len(text):
        case 4:
            return date(int(text), 1, 1), date(int(text), 12, 31)
        case 7:
            first = date.fromisoformat(f"{text}-01")
            return first, _months(first, 1) - _DAY
    day = date.fromisoformat(text)
    return day, day


def unit_of(text: str, unit: str) -> str:
    """The week, month or year that a date lies in; the date itself where it is less precise."""
    match unit:
        case "week" if len(text) == len("2012-01-18"):
            year, week, _ = date.fromisoformat(text).isocalendar()
            return f"{year}-W{week:02d}"
        case "month":
            return text[:7]
        case "year":
            return text[:4]
    return text


def _of_events(dated: list[Evidence], size: int) -> Iterator[Window]:
    for start in range(max(len(dated) - size, 0) + 1):
        inside = tuple(dated[start : start + size])
        yield Window(inside[0].date or "", inside[-1].date or "", inside)


def _of_time(dated: list[tuple[date, date, Evidence]], size: int, unit: Unit) -> Iterator[Window]:
    after: Callable[[date, int], date] = {"days": _days, "weeks": _weeks, "months": _months, "years": _years}[unit]
    first, end = _begin(min(begin for begin, _, _ in dated), unit), max(end for _, end, _ in dated)
    while True:
        last = after(first, size) - _DAY
        inside = tuple(e for begin, over, e in dated if first <= begin and over <= last)
        yield Window(first.isoformat(), last.isoformat(), inside)
        if last >= end:
            return
        first = after(first, 1)


def _begin(day: date, unit: Unit) -> date:
    match unit:
        case "weeks":
            return day - day.weekday() * _DAY
        case "months":
            return day.replace(day=1)
        case "years":
            return day.replace(month=1, day=1)
    return day


def _days(day: date, number: int) -> date:
    return day + number * _DAY


def _weeks(day: date, number: int) -> date:
    return _days(day, 7 * number)


def _months(day: date, number: int) -> date:
    years, month = divmod(day.month - 1 + number, 12)
    return day.replace(year=day.year + years, month=month + 1)


def _years(day: date, number: int) -> date:
    return _months(day, 12 * number)
