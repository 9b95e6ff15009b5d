"""Dates with their own precision, and the folding of names: the two rules that every look-up rests on."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dragoman.knowledge.periods import covers, not_after, overlap, well_formed
from dragoman.knowledge.surfaces import begins_high, fold, is_acronym, undotted, without_article

DATES = st.dates().map(lambda day: day.isoformat())
PRECISE = st.tuples(DATES, st.sampled_from([4, 7, 10])).map(lambda pair: pair[0][: pair[1]])


@pytest.mark.parametrize("text", ["1991", "1991-12", "1991-12-26", "2024-02-29"])
def test_a_date_may_stop_at_year_or_month(text: str) -> None:
    """Years, months and days that exist are dates."""
    assert well_formed(text)


@pytest.mark.parametrize(
    "text", ["", "91", "1991-", "1991-13", "1991-00", "2023-02-29", "1991-12-26T00:00", "1991/12", "c. 1991", "1991\n"]
)
def test_nothing_else_is_a_date(text: str) -> None:
    """Impossible days, other notations and remarks are not."""
    assert not well_formed(text)


@given(PRECISE)
def test_every_prefix_of_a_calendar_date_is_one(text: str) -> None:
    """Precision is cut off at year, month or day."""
    assert well_formed(text)


def test_coarse_dates_are_compared_no_further_than_they_go() -> None:
    """1991 lies neither surely before nor surely after a day of 1991."""
    assert not_after("1991", "1991-03-01") and not_after("1991-03-01", "1991")
    assert not not_after("1992", "1991-12-31")


def test_both_ends_belong_to_a_period() -> None:
    """On its last day an office is still held."""
    assert covers("2004-03-09", "2011-05", "2004-03-09")
    assert covers("2004-03-09", "2011-05", "2011-05-31")
    assert not covers("2004-03-09", "2011-05", "2011-06-01")
    assert not covers("2004-03-09", "2011-05", "2004-03-08")


def test_an_open_end_has_no_bound() -> None:
    """None is long ago or still going on; a text without a date meets every period."""
    assert covers(None, "1991", "1066") and covers("1991", None, "2525")
    assert covers("1991", "1992", None)


@given(PRECISE, PRECISE)
def test_a_day_in_two_periods_makes_them_overlap(first: str, second: str) -> None:
    """Overlap is mutual, and a period overlaps itself."""
    since, until = sorted((first, second))
    assert overlap(since, until, since, until)
    assert overlap(since, None, None, until)
    assert overlap(first, first, second, second) == overlap(second, second, first, first)


def test_periods_that_only_follow_do_not_overlap() -> None:
    """A tenure after a state's end is not in it."""
    assert not overlap("1992-01", None, None, "1991-12-26")
    assert overlap("1991", None, None, "1991-12-26")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Côte d’Ivoire", "cote divoire"),
        ("Guinea-Bissau", "guinea bissau"),
        ("U.S. Senate", "us senate"),
        ("Trinidad  &\nTobago", "trinidad and tobago"),
        ("Bogotá", "bogota"),
        ("São Tomé", "sao tome"),
        ("Bjørn", "bjorn"),
        ("Wałęsa", "walesa"),
        ("İzmir", "izmir"),
        ("...", ""),
    ],
)
def test_folding_keeps_the_letters_that_count(text: str, folded: str) -> None:
    """Accents, apostrophes, stops, hyphens and capitals are folded away."""
    assert fold(text) == folded


@given(st.text(max_size=60))
@example("ŉ")
@example("İ")
@example("ǰ")
@example("…")
def test_folding_twice_is_folding_once(text: str) -> None:
    """A folded name is its own folding."""
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "bare"),
    [("the West", "West"), ("The Hague", "Hague"), ("Thebes", "Thebes"), ("the", "the"), ("the ", "the ")],
)
def test_only_an_article_is_taken_off(text: str, bare: str) -> None:
    """ "Thebes" begins with no article, and "the" alone is left alone."""
    assert without_article(text) == bare


@pytest.mark.parametrize(
    ("text", "high"),
    [
        ("Turkey", True),
        ("turkey", False),
        ("the West", True),
        ("the west", False),
        ("中国", True),
        ("", False),
        ("50", True),
    ],
)
def test_a_capital_is_looked_for_after_the_article(text: str, high: bool) -> None:
    """Scripts without case and figures pass for capitals."""
    assert begins_high(text) is high


@pytest.mark.parametrize("text", ["UN", "G20", "P5+1", "U.S.", "E3+3"])
def test_capitals_and_figures_make_an_acronym(text: str) -> None:
    """With or without full stops."""
    assert is_acronym(text)


@pytest.mark.parametrize("text", ["Nato", "G-20", "UN Women", "I", "AfDB", "10", ""])
def test_other_names_are_no_acronyms(text: str) -> None:
    """Small letters, blanks and single letters make a name."""
    assert not is_acronym(text)


def test_an_acronym_loses_its_stops() -> None:
    """U.S. is kept as US."""
    assert undotted(" U.S.S.R. ") == "USSR"
