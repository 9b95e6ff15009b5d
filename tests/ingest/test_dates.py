"""Dates as people and machines write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.document import Document
from dragoman.ingest.dates import iso_date


@pytest.mark.parametrize(
    "written",
    [
        "2012",
        "2012-01",
        "2012-01-18",
        "2012-01-18T10:15",
        "2012-01-18T10:15:30",
        "2012-01-18T10:15:30.250",
        "2012-01-18T10:15:30Z",
        "2012-01-18T10:15:30+03:00",
        "2012-01-18T10:15:30-0430",
    ],
)
def test_iso_8601_stays_as_it_is(written: str) -> None:
    """A date in ISO 8601 is kept to the letter, with the precision it has."""
    assert iso_date(written) == written


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("20120118", "2012-01-18"),
        ("20120118101530", "2012-01-18T10:15:30"),
        ("20120118T1015Z", "2012-01-18T10:15Z"),
        ("2012-01-18 10:15:30", "2012-01-18T10:15:30"),
        ("2012-01-18 10:15:30 UTC", "2012-01-18T10:15:30Z"),
        ("2012-01-18 10:15 +0300", "2012-01-18T10:15+0300"),
        ("2012/01/18", "2012-01-18"),
        ("2012/1/8", "2012-01-08"),
        ("2012.01.18", "2012-01-18"),
    ],
)
def test_machine_forms(written: str, read: str) -> None:
    """Compact and stroked forms and times behind a space become ISO 8601."""
    assert iso_date(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Wed, 18 Jan 2012 10:15:30 GMT", "2012-01-18T10:15:30Z"),
        ("Wed, 18 Jan 2012 10:15:30 +0300", "2012-01-18T10:15:30+0300"),
        ("18 Jan 2012 10:15 EST", "2012-01-18T10:15-05:00"),
        ("Wed, 8 Feb 2012 09:05:00 Z", "2012-02-08T09:05:00Z"),
    ],
)
def test_the_form_of_mail_and_feeds(written: str, read: str) -> None:
    """RFC 822 keeps its zone, the named American ones as their offset."""
    assert iso_date(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("18 January 2012", "2012-01-18"),
        ("18th of January, 2012", "2012-01-18"),
        ("January 18, 2012", "2012-01-18"),
        ("Jan. 18, 2012", "2012-01-18"),
        ("Sept. 1, 2012", "2012-09-01"),
        ("Wednesday, 18 January 2012", "2012-01-18"),
        ("Wednesday, January 18, 2012", "2012-01-18"),
        ("JANUARY 2012", "2012-01"),
        ("  18\n January 2012 ", "2012-01-18"),
        ("May 2012", "2012-05"),
        ("January 18, 2012 at 9:05", "2012-01-18T09:05"),
        ("January 18, 2012, 9:05 AM", "2012-01-18T09:05"),
        ("January 18, 2012 9:05 p.m. GMT", "2012-01-18T21:05Z"),
        ("January 18, 2012 12:05 am", "2012-01-18T00:05"),
    ],
)
def test_dates_in_words(written: str, read: str) -> None:
    """English dates, long and short, with or without weekday and time; a month alone stays a month."""
    assert iso_date(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("18.01.2012", "2012-01-18"),
        ("05.06.2012", "2012-06-05"),
        ("18/01/2012", "2012-01-18"),
        ("01/18/2012", "2012-01-18"),
        ("5/5/2012", "2012-05-05"),
        ("05/06/2012", None),
        ("05-06-2012", None),
    ],
)
def test_day_or_month_first(written: str, read: str | None) -> None:
    """A date that can be read in two ways is not read; points between the numbers mean that the day comes first."""
    assert iso_date(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "3 days ago",
        "2012-13",
        "2012-02-30",
        "20120230",
        "2012-01-18T25:00",
        "2012-01-18T10:15 XYZ",
        "18 Wrongmonth 2012",
        "January 18, 2012 13:05 PM",
        "January 18, 2012 10:15 IST",
        "18 Jan 12",
        "1326881730",
        "201201",
        "0000-01-01",
        "2012-01-18 or so",
        "٢٠١٢-٠١-١٨",
    ],
)
def test_what_is_no_date_stays_unknown(written: str) -> None:
    """Impossible days, unknown zones, relative dates, seconds since 1970 and other digits: None, and nothing is made up."""
    assert iso_date(written) is None


def test_a_zone_that_was_not_given_is_not_added() -> None:
    """A time without a zone stays without one."""
    assert iso_date("18 Jan 2012 10:15:30") == "2012-01-18T10:15:30"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (date(2012, 1, 18), "2012-01-18"),
        (datetime(2012, 1, 18, 10, 15), "2012-01-18T10:15:00"),
        (datetime(2012, 1, 18, 10, 15, tzinfo=UTC), "2012-01-18T10:15:00+00:00"),
        (datetime(2012, 1, 18), "2012-01-18"),
        (datetime(2012, 1, 18, tzinfo=UTC), "2012-01-18T00:00:00+00:00"),
    ],
)
def test_dates_of_python(value: date, read: str) -> None:
    """Typed columns give dates and timestamps; a bare midnight is a date that was stored as a timestamp."""
    assert iso_date(value) == read


@pytest.mark.parametrize("value", [None, 2012, 20120118, 1326881730.5, True, ["2012"], {}])
def test_only_text_and_dates_are_dates(value: object) -> None:
    """A number may be seconds, days or a year, so it is none of them."""
    assert iso_date(value) is None


@given(st.text(max_size=40) | st.from_regex(r"[0-9]{1,4}[-/. ][A-Za-z0-9]{1,9}[-/. ][0-9]{1,4}.{0,12}", fullmatch=True))
def test_whatever_comes_out_is_a_date_that_a_document_takes(written: str) -> None:
    """The result is None, or a form that Document accepts and that reads as itself."""
    found = iso_date(written)
    if found is not None:
        assert Document("x", published=found).published == found
        assert iso_date(found) == found


@given(st.datetimes(timezones=st.none() | st.just(UTC)))
def test_every_timestamp_is_read_back(moment: datetime) -> None:
    """ISO 8601 of Python in, the same moment out."""
    assert datetime.fromisoformat(iso_date(str(moment)) or "") == moment
