"""A date as people and machines write it -> ISO 8601 with the precision it had, or None.

Nothing is invented: no day is added to a month, no zone to a time, and a form that can be read in two ways (05/06/2012) is None.
"""

from __future__ import annotations

import re
from datetime import date, datetime

_ISO = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?) ?(.*))?)?)?"
)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T?([0-9]{2})([0-9]{2})([0-9]{2})?(.*))?")
_YEAR_FIRST = re.compile(r"([0-9]{4})([/.])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")

_WEEKDAY = r"(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\.?,? )?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_YEAR = r"(?P<year>[0-9]{4})"
_CLOCK = r"(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?: ?(?P<half>[ap])\.?m\.?)?(?: ?(?P<zone>[a-z]{1,3}|[+-][0-9:]{4,5}))?"
_IN_WORDS = tuple(
    re.compile(rf"{_WEEKDAY}{form}(?:,? (?:at |- )?{_CLOCK})?", re.IGNORECASE)
    for form in (f"{_DAY} (?:of )?{_MONTH},? {_YEAR}", f"{_MONTH} {_DAY},? {_YEAR}", f"{_MONTH},? {_YEAR}")
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_LONGEST = 80
_OFFSET = re.compile(r"[+-][0-9]{2}:?[0-9]{2}")
_ZONES = {"Z": "Z", "UT": "Z", "UTC": "Z", "GMT": "Z"} | {
    name: f"-{hours:02}:00"
    for name, hours in (("EDT", 4), ("EST", 5), ("CDT", 5), ("CST", 6), ("MDT", 6), ("MST", 7), ("PDT", 7), ("PST", 8))
}
"""The zones that RFC 822 names."""


def iso_date(value: object) -> str | None:
    """ISO 8601, or a prefix of it that carries the precision (`2012-01`); None for anything else.

    Understood: ISO 8601 in full and compact form, RFC 822 (feeds, mail), `18 January 2012`, `January 18, 2012 10:15 AM`,
    `January 2012`, `2012/01/18`, and `18.01.2012` or `18/01/2012` where day and month cannot be mistaken for each other.
    Numbers are not dates: seconds since 1970 look like anything.
    """
    if isinstance(value, datetime):
        return iso_date(str(value.date() if _is_bare_midnight(value) else value))
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    text = " ".join(value.split())
    return next((found for form in _FORMS if (found := form(text))), None)


def _is_bare_midnight(value: datetime) -> bool:
    """A table's column of dates often comes as timestamps at midnight without a zone."""
    return value.tzinfo is None and (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)


def _iso(text: str) -> str | None:
    return _assembled(*m.groups()) if (m := _ISO.fullmatch(text)) else None


def _compact(text: str) -> str | None:
    if not (m := _COMPACT.fullmatch(text)):
        return None
    year, month, day, *clock, zone = m.groups()
    return _assembled(year, month, day, ":".join(filter(None, clock)), zone)


def _year_first(text: str) -> str | None:
    return _assembled(m[1], m[3], m[4]) if (m := _YEAR_FIRST.fullmatch(text)) else None


def _year_last(text: str) -> str | None:
    """Points mean day first; strokes and dashes are read only if one of the two orders is no date, or both are the same."""
    if not (m := _YEAR_LAST.fullmatch(text)):
        return None
    first, mark, second, year = m.groups()
    orders = [(second, first)] if mark == "." else [(second, first), (first, second)]
    readings = {_assembled(year, month, day) for month, day in orders} - {None}
    return readings.pop() if len(readings) == 1 else None


def _words(text: str) -> str | None:
    for form in _IN_WORDS:
        if (m := form.fullmatch(text)) and (month := _month(m["month"])):
            found = m.groupdict()
            return _assembled(
                found["year"], month, found.get("day"), _clock(found["clock"], found["half"]), found["zone"]
            )
    return None


def _month(word: str) -> str | None:
    word = "sep" if word.lower() == "sept" else word.lower()
    return next((f"{i:02}" for i, name in enumerate(_MONTHS, 1) if word in (name, name[:3])), None)


def _clock(clock: str | None, half: str | None) -> str | None:
    if clock is None:
        return None
    hour, _, rest = clock.partition(":")
    if half is None:
        return f"{hour:0>2}:{rest}"
    if not 1 <= int(hour) <= 12:
        return "99:99"
    return f"{int(hour) % 12 + (12 if half in 'pP' else 0):02}:{rest}"


def _assembled(
    year: str, month: str | None = None, day: str | None = None, clock: str | None = None, zone: str | None = None
) -> str | None:
    """The parts as one string, or None if the calendar or the clock knows no such time."""
    found = "-".join(part.zfill(2) for part in (year, month, day) if part)
    if clock:
        found += f"T{clock}{_zone(zone)}"
    return found if _exists(found) else None


def _zone(zone: str | None) -> str:
    zone = (zone or "").upper()
    return zone if not zone or _OFFSET.fullmatch(zone) else _ZONES.get(zone, "?")


def _exists(prefix: str) -> bool:
    try:
        datetime.fromisoformat(prefix + "0000-01-01"[len(prefix) :])
    except ValueError:
        return False
    return True


_FORMS = (_iso, _compact, _year_first, _year_last, _words)
