"""Periods of a timeline: the calendar between two dates, whatever happened in them."""

import pytest

from dragoman.views.timeline import calendar


@pytest.mark.parametrize(
    ("unit", "first", "last", "found"),
    [
        ("day", "2020-02-28", "2020-03-01", ("2020-02-28", "2020-02-29", "2020-03-01")),
        ("week", "2020-W52", "2021-W01", ("2020-W52", "2020-W53", "2021-W01")),
        ("month", "2020-11-05", "2021-02", ("2020-11", "2020-12", "2021-01", "2021-02")),
        ("quarter", "2020", "2021-Q1", ("2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4", "2021-Q1")),
        ("month", "2020-12", "2020", ("2020-12",)),
        ("year", "2019-12-31", "2020", ("2019", "2020")),
        ("day", "2020-11-29", "2020-11", ("2020-11-29", "2020-11-30")),
    ],
)
def test_a_calendar_has_every_period(unit: str, first: str, last: str, found: tuple[str, ...]) -> None:
    """From the first to the last, whatever the precision of either."""
    assert calendar(unit, first, last) == found
