"""Words of time + publication date -> an ISO 8601 date with its own precision.

"Tuesday" in a report of Wednesday 18 January 2012 is 2012-01-17; "last month" is 2011-12. A stretch of days is the month or year
that holds all of it. What cannot be decided is None.
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
_MONTH_SIDE = re.compile(rf"\b{_MONTH}\s+(?:of\s+)?(?P<side>last|this|next)\s+year\b", re.I)
_AGO = re.compile(r"\b(?P<number>\d+|" + "|".join(_NUMBERS) + r")\s+(?P<unit>day|week|month|year)s?\s+ago\b", re.I)
_LOOSE = re.compile(r"\b(?:(?:more|less|fewer)\s+than|over|nearly|almost|under)\s", re.I)
_SIDE = re.compile(
    r"\b(?P<earlier>earlier\s+)?(?P<side>last|next|this|previous|coming)\s+(?P<unit>week|month|year|weekend)\b", re.I
)
_RELATIVE = {
    "today": 0, "tonight": 0, "overnight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0,
    "yesterday": -1, "last night": -1, "tomorrow": 1,
}  # fmt: skip
_NEAR = re.compile(rf"\b(?P<word>{'|'.join(_RELATIVE)})\b", re.I)
_WEEKEND = re.compile(r"\b(?:over|at|on|during)\s+the\s+weekend\b", re.I)
_SINCE = re.compile(r"\A\W*since\b", re.I)
_WEEKDAY = re.compile(rf"\b(?:(?P<side>last|next)\s+)?(?P<weekday>{'|'.join(_DAYS)})\b", re.I)


def resolve(words: str, published: str | None, *, future: bool = False) -> str | None:
    """The date that some words of time name, seen from the day of publication; None where they name none or it is open.

    `published` is an ISO 8601 date, date-time or prefix of one. `future` says that the event is still to come, so that
    "on Friday" is the next one; a weekday that is the day of publication is that day. Precision follows the words: a day, a month
    (`2011-12`), or a year. "Since" names when something began and may go on: no date of an event.
    """
    if _SINCE.match(words):
        return None
    today = _day_of(published)
    return (
        _iso(words)
        or _full(words, today, future)
        or _month_year(words)
        or _month_side(words, today)
        or _ago(words, today)
        or _near(words, today)
        or _side(words, today)
        or _weekend(words, today, future)
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


def _month_side(words: str, today: date | None) -> str | None:
    found = _MONTH_SIDE.search(words)
    if not found or today is None:
        return None
    return f"{today.year + _STEPS[found['side'].lower()]:04}-{_month_number(found['month']):02}"


def _ago(words: str, today: date | None) -> str | None:
    found = _AGO.search(words)
    if not found or today is None or _LOOSE.search(words, 0, found.start() + 1):
        return None
    number = _NUMBERS.get(found["number"].lower()) or int(found["number"])
    match found["unit"].lower():
        case "day":
            return _shifted(today, -number)
        case "week":
            return _shifted(today, -7) if number == 1 else _stretch(today, -7 * number - 3, -7 * number + 3)
        case "month":
            return _month_of(today, -number)
    return f"{today.year - number:04}" if number < today.year else None


def _shifted(day: date, days: int) -> str | None:
    try:
        return (day + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def _stretch(day: date, first: int, last: int) -> str | None:
    """The month that holds all days from `first` to `last` after the day, else the year, else nothing."""
    ends = _shifted(day, first), _shifted(day, last)
    if ends[0] is None or ends[1] is None:
        return None
    return next((ends[0][:length] for length in (10, 7, 4) if ends[0][:length] == ends[1][:length]), None)


def _month_of(today: date, months: int) -> str | None:
    years, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return f"{years:04}-{month + 1:02}" if 1 <= years <= 9999 else None


def _near(words: str, today: date | None) -> str | None:
    found = _NEAR.search(words)
    return _shifted(today, _RELATIVE[found["word"].lower()]) if found and today is not None else None


_STEPS = {"last": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}


def _side(words: str, today: date | None) -> str | None:
    found = _SIDE.search(words)
    if not found or today is None:
        return None
    step = _STEPS[found["side"].lower()]
    match found["unit"].lower():
        case "year":
            return f"{today.year + step:04}"
        case "month":
            return _month_of(today, step)
        case "weekend":
            return _weekend_of(today, step)
    monday = 7 * step - today.weekday()
    return _stretch(today, monday, max(monday, -1) if found["earlier"] else monday + 6)


def _weekend(words: str, today: date | None, future: bool) -> str | None:
    return _weekend_of(today, 1 if future else -1) if today is not None and _WEEKEND.search(words) else None


def _weekend_of(today: date, step: int) -> str | None:
    """Saturday and Sunday: the last ones up to publication, or those to come."""
    saturday = (5 - today.weekday()) % 7 if step >= 0 else -((today.weekday() - 5) % 7)
    return _stretch(today, saturday, saturday + 1)


def _weekday(words: str, today: date | None, future: bool) -> str | None:
    """The last day of that name up to publication; the first one from then on for what is still to come."""
    found = _WEEKDAY.search(words)
    if not found or today is None:
        return None
    wanted = _DAYS.index(found["weekday"].lower())
    side = (found["side"] or "").lower()
    if future or side == "next":
        ahead = (wanted - today.weekday()) % 7
        return _shifted(today, (ahead or 7) if side == "next" else ahead)
    back = (today.weekday() - wanted) % 7
    return _shifted(today, -(back or 7) if side == "last" else -back)


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
