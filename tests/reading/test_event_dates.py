"""Words of time and the day of publication make a date with its own precision."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dragoman.reading.events.dates import days_before, resolve
from tests.strategies import texts

WEDNESDAY = "2012-01-18"

SAID = [
    ("on Wednesday", "2012-01-18"),
    ("on Tuesday", "2012-01-17"),
    ("on Thursday", "2012-01-12"),
    ("Sunday", "2012-01-15"),
    ("last Wednesday", "2012-01-11"),
    ("last Friday", "2012-01-13"),
    ("today", "2012-01-18"),
    ("earlier today", "2012-01-18"),
    ("yesterday", "2012-01-17"),
    ("tomorrow", "2012-01-19"),
    ("two days ago", "2012-01-16"),
    ("a week ago", "2012-01-11"),
    ("3 weeks ago", "2011-12"),
    ("two weeks ago", "2012-01"),
    ("two months ago", "2011-11"),
    ("a year ago", "2011"),
    ("ten years ago", "2002"),
    ("last week", "2012-01"),
    ("earlier this week", "2012-01"),
    ("last weekend", "2012-01"),
    ("over the weekend", "2012-01"),
    ("overnight", "2012-01-18"),
    ("this morning", "2012-01-18"),
    ("last night", "2012-01-17"),
    ("Monday night", "2012-01-16"),
    ("August last year", "2011-08"),
    ("January this year", "2012-01"),
    ("last month", "2011-12"),
    ("next month", "2012-02"),
    ("this year", "2012"),
    ("last year", "2011"),
    ("12 March 2011", "2011-03-12"),
    ("March 12, 2011", "2011-03-12"),
    ("the 3rd of May 2010", "2010-05-03"),
    ("Sept. 11, 2001", "2001-09-11"),
    ("12 January", "2012-01-12"),
    ("December 24", "2011-12-24"),
    ("2011-12-05", "2011-12-05"),
    ("April 2011", "2011-04"),
    ("in April", "2011-04"),
    ("in January", "2012-01"),
    ("in 2008", "2008"),
    ("2008", "2008"),
    ("31 February 2011", "2011-02"),
]


@pytest.mark.parametrize(("words", "date"), SAID)
def test_words_of_time_name_a_date(words, date):
    """Seen from Wednesday 18 January 2012, what is told lies behind."""
    assert resolve(words, WEDNESDAY) == date


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("on Friday", "2012-01-20"),
        ("on Wednesday", "2012-01-18"),
        ("next Wednesday", "2012-01-25"),
        ("next Monday", "2012-01-23"),
        ("12 January", "2013-01-12"),
        ("February 1", "2012-02-01"),
        ("in March", "2012-03"),
        ("tomorrow", "2012-01-19"),
    ],
)
def test_what_is_to_come_lies_ahead(words, date):
    """A weekday, day or month of a future event is the next one."""
    assert resolve(words, WEDNESDAY, future=True) == date


@pytest.mark.parametrize(
    ("published", "words", "date"),
    [
        ("2012-02-02", "earlier this week", None),
        ("2012-02-02", "last week", "2012-01"),
        ("2012-03-29", "next week", "2012-04"),
        ("2012-01-30", "this week", "2012"),
        ("2012-02-06", "two weeks ago", "2012-01"),
    ],
)
def test_a_stretch_of_days_is_the_month_or_year_that_holds_it(published, words, date):
    """A week in two months has the precision of a year; one in two years has none."""
    assert resolve(words, published) == (date or "2012")


@pytest.mark.parametrize("published", ["2012-12-31", "2013-01-01"])
def test_a_week_in_two_years_has_no_date(published):
    """No prefix holds it."""
    assert resolve("this week", published) is None


@pytest.mark.parametrize("words", ["since 2011", "since December", "more than six years ago", "less than a year ago"])
def test_beginnings_and_bounds_are_no_dates(words):
    """What goes on since then, or was before or after then, has no date of its own."""
    assert resolve(words, WEDNESDAY) is None


@pytest.mark.parametrize("words", ["ten years earlier", "two days later"])
def test_words_that_count_from_another_day_are_left_open(words):
    """They do not count from the day of publication."""
    assert resolve(words, WEDNESDAY) is None


@pytest.mark.parametrize("words", ["", "recently", "for decades", "at dawn", "after the match", "2,000 troops"])
def test_words_that_name_no_date_are_left_open(words):
    """What cannot be decided is None, never a guess."""
    assert resolve(words, WEDNESDAY) is None


@pytest.mark.parametrize("words", ["on Tuesday", "yesterday", "last month", "two weeks ago", "12 March"])
def test_relative_words_need_a_day_of_publication(words):
    """Without it, or with a month only, they stay open."""
    assert resolve(words, None) is None
    assert resolve(words, "2012-01") is None


@pytest.mark.parametrize(
    ("words", "date"), [("12 March 2011", "2011-03-12"), ("April 2011", "2011-04"), ("in 2008", "2008")]
)
def test_full_dates_need_no_publication(words, date):
    """What says its year is decided by itself."""
    assert resolve(words, None) == date


def test_the_time_of_day_of_publication_does_not_matter():
    """A date-time counts by its date."""
    assert resolve("yesterday", "2012-01-18T00:05:00+03:00") == "2012-01-17"


def test_the_turn_of_the_year_is_crossed():
    """The day before New Year lies in the old year, "last month" of January too."""
    assert resolve("yesterday", "2012-01-01") == "2011-12-31"
    assert resolve("last month", "2012-01-01") == "2011-12"
    assert resolve("next month", "2011-12-31") == "2012-01"


@pytest.mark.parametrize(
    ("date", "days"),
    [
        ("2012-01-17", 1),
        ("2012-01-18", 0),
        ("2012-01-20", -2),
        ("2011-12", 18),
        ("2011", 18),
        ("2008", 1113),
        ("2011-02", 324),
    ],
)
def test_age_counts_from_the_last_day_it_can_be(date, days):
    """A month or a year ends on its last day, so that age is never overstated."""
    assert days_before(date, WEDNESDAY) == days


def test_age_is_open_without_publication():
    """No day of publication, no age; a month will do."""
    assert days_before("2008", None) is None
    assert days_before("2011-12-31", "2012-01") == 1
    assert days_before("2008", "2012-99-99") is None


@given(
    texts,
    st.dates().map(str) | st.sampled_from(["9999-12-31", "0001-01-01", "2012", "2012-13-45"]) | st.none(),
    st.booleans(),
)
@example("tomorrow", "9999-12-31", False)
@example("yesterday", "0001-01-01", False)
@example("99999 days ago", "2012-01-18", False)
@example("999999999999 days ago", "2012-01-18", False)
@example("9999 years ago", "2012-01-18", False)
@example("next week", "9999-12-31", True)
@example("last month", "0001-01-01", False)
@example("February 29", "2011-03-01", False)
def test_no_words_break_it(words, published, future):
    """Whatever the words and the day, a date in ISO form or None."""
    date = resolve(words, published, future=future)
    assert date is None or [len(part) for part in date.split("-")] in ([4], [4, 2], [4, 2, 2])
