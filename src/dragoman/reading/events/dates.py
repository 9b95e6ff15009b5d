"""Words of time + publication date -> an ISO 8601 date with its own precision.

"Tuesday" in a report of Wednesday 18 January 2012 is 2012-01-17; "last month" is 2011-12. What cannot be decided is None.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"

_FULL = [
    re.compile(p, re.I)
    for p in (rf"\b{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?\b", rf"\b{_DAY}(?:\s+of)?\s+{_MONTH}(?:,?\s+{_YEAR})?\b")
]
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)")
_MONTH_YEAR = re.compile(rf"\b{_MONTH}(?:\s+(?:of\s+)?{_YEAR})\b", re.I)
_LONE_MONTH = re.compile(
    r"\b(?:in|since|last|during|of|this)\s+(?P<month>" + "|".join(m.capitalize() for m in _MONTHS) + r")\b"
)
_LONE_YEAR = re.compile(rf"(?:\b(?:in|since|of|during|year|by)\s+|^\W*){_YEAR}\W*$", re.I)
_AGO = re.compile(
    r"\b(?P<number>\d+|" + "|".join(_NUMBERS) + r")\s+(?P<unit>day|week|month|year)s?\s+(?:ago|earlier)\b", re.I
)
_SIDE = re.compile(r"\b(?P<side>last|next|this|previous|coming)\s+(?P<unit>week|month|year)\b", re.I)
_RELATIVE = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_NEAR = re.compile(r"\b(?P<word>today|tonight|yesterday|tomorrow)\b", re.I)
_WEEKDAY = re.compile(rf"\b(?:(?P<side>last|next)\s+)?(?P<weekday>{'|'.join(_DAYS)})\b", re.I)


def resolve(words: str, published: str | None, *, future: bool = False) -> str | None:
    """The date that some words of time name, seen from the day of publication; None where they name none or it is open.

    `published` is an ISO 8601 date, date-time or prefix of one. `future` says that the event is still to come, so that
    "on Friday" is the next one. Precision follows the words: a day, a month (`2011-12`), or a year.
    """
    today = _day_of(published)
    return (
        _iso(words)
        or _full(words, today, future)
        or _month_year(words)
        or _ago(words, today)
        or _near(words, today)
        or _side(words, today)
        or _weekday(words, today, future)
        or _lone_month(words, today, future)
        or _lone_year(words)
    )


def days_before(earlier: str, published: str | None) -> int | None:
    """How many days at least lie between a date and the publication; None where the publication has no month."""
    today = _day_of(published) or _day_of(f"{published}-01" if published and len(published) == 7 else None)
    latest = _latest_day(earlier)
    return None if today is None or latest is None else (today - latest).days


def _day_of(published: str | None) -> date | None:
    found = _ISO.match(published or "")
    return _calendar(int(found["year"]), int(found["month"]), int(found["day"])) if found else None


def _calendar(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest_day(text: str) -> date | None:
    """The last day of a date, month or year."""
    year, month, day = [int(p) for p in text.split("-")] + [0] * (2 - text.count("-"))
    if day:
        return _calendar(year, month, day)
    return next((d for last in (31, 30, 29, 28) if (d := _calendar(year, month or 12, last)) is not None), None)


def _iso(words: str) -> str | None:
    found = _ISO.search(words)
    return _valid(int(found["year"]), int(found["month"]), int(found["day"])) if found else None


def _full(words: str, today: date | None, future: bool) -> str | None:
    for pattern in _FULL:
        if found := pattern.search(words):
            month, day = _month_number(found["month"]), int(found["day"])
            year = int(found["year"]) if found["year"] else _nearest_year(today, month, day, future)
            return _valid(year, month, day) if year is not None else None
    return None


def _nearest_year(today: date | None, month: int, day: int, future: bool) -> int | None:
    """The year of a day without one: the last such day before publication, or the next one after it."""
    if today is None:
        return None
    if future:
        return today.year if (month, day) >= (today.month, today.day) else today.year + 1
    return today.year if (month, day) <= (today.month, today.day) else today.year - 1


def _valid(year: int, month: int, day: int) -> str | None:
    day_found = _calendar(year, month, day)
    return None if day_found is None else day_found.isoformat()


def _month_number(word: str) -> int:
    return next(k for k, month in enumerate(_MONTHS, 1) if month.startswith(word.lower()[:3]))


def _month_year(words: str) -> str | None:
    found = _MONTH_YEAR.search(words)
    return f"{found['year']}-{_month_number(found['month']):02}" if found else None


def _ago(words: str, today: date | None) -> str | None:
    found = _AGO.search(words)
    if not found or today is None:
        return None
    number = _NUMBERS.get(found["number"].lower()) or int(found["number"])
    match found["unit"].lower():
        case "day":
            return _shifted(today, -number)
        case "week":
            return _shifted(today, -7 * number)
        case "month":
            return _month_of(today, -number)
    return f"{today.year - number:04}" if number < today.year else None


def _shifted(day: date, days: int) -> str | None:
    try:
        return (day + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def _month_of(today: date, months: int) -> str | None:
    years, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return f"{years:04}-{month + 1:02}" if 1 <= years <= 9999 else None


def _near(words: str, today: date | None) -> str | None:
    found = _NEAR.search(words)
    return _shifted(today, _RELATIVE[found["word"].lower()]) if found and today is not None else None


def _side(words: str, today: date | None) -> str | None:
    found = _SIDE.search(words)
    if not found or today is None:
        return None
    step = {"last": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}[found["side"].lower()]
    match found["unit"].lower():
        case "year":
            return f"{today.year + step:04}"
        case "month":
            return _month_of(today, step)
    day = _shifted(today, 7 * step)
    return None if day is None else day[:7]


def _weekday(words: str, today: date | None, future: bool) -> str | None:
    """The last day of that name up to publication; the first one after it for what is still to come."""
    found = _WEEKDAY.search(words)
    if not found or today is None:
        return None
    wanted = _DAYS.index(found["weekday"].lower())
    if future or (found["side"] or "").lower() == "next":
        return _shifted(today, (wanted - today.weekday() - 1) % 7 + 1)
    back = (today.weekday() - wanted) % 7
    return _shifted(today, -(back or 7) if found["side"] else -back)


def _lone_month(words: str, today: date | None, future: bool) -> str | None:
    found = _LONE_MONTH.search(words)
    if not found or today is None:
        return None
    month = _month_number(found["month"])
    year = _nearest_year(today.replace(day=28), month, 1, future)
    return f"{year:04}-{month:02}"


def _lone_year(words: str) -> str | None:
    found = _LONE_YEAR.search(words)
    return found["year"] if found else None
