"""Analyses -> GDELT 2.0: the events feed (61 columns) and the mentions feed (16 columns), tab-separated, without headers.

What is not known stays empty: tone, and geography beyond what the reading resolved. Geo country codes are FIPS 10-4 in
GDELT, of which we have no table, so they stay empty too, and the country's name stands in the full name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TextIO

from dragoman.analysis import Place
from dragoman.knowledge.entries import NON_STATE_CODES
from dragoman.record.repetitions import Row
from dragoman.views.exports import cells, coded, naming
from dragoman.views.exports.coded import Dyad
from dragoman.views.exports.losses import Losses
from dragoman.views.exports.settings import Analyses, Settings, text_format

_TYPES = 3
_GROUPS = {"UNO": "UNO", "EUR": "EEC"}
_GEO_TYPE = {"country": "1", "city": "4", "province": "5", "region": "5"}
_WEB, _OTHER = 1, 2
Told = Sequence[int]
"""NumMentions, NumSources and NumArticles: accounts, publishers and documents."""

_ONCE: Told = (1, 1, 1)
_TOLD = (
    "SELECT document_id, event, s.accounts, greatest(1, s.publishers), s.documents "
    "FROM story_accounts a JOIN stories s USING (story)"
)
_BITS = 53
"""Of an event's number: as many as every program keeps exactly."""


@text_format("GDELT 2.0 events, 61 columns")
def write_gdelt(analyses: Analyses, out: TextIO, losses: Losses, settings: Settings) -> int:
    """One row for each pair of a dated event, or of a story where events count once in each."""
    rows, told = 0, _told(settings)
    for dyad in _dyads(analyses, losses):
        losses.add("offsets and words, for which the mentions feed has some columns (--to gdelt-mentions)")
        out.write(cells.line(_event(dyad, told)))
        rows += 1
    return rows


@text_format("GDELT 2.0 mentions, 16 columns, with offsets")
def write_gdelt_mentions(analyses: Analyses, out: TextIO, losses: Losses, settings: Settings) -> int:
    """One row for each row of the events feed: where its document says it."""
    rows = 0
    for dyad in _dyads(analyses, losses):
        out.write(cells.line(_mention(dyad)))
        rows += 1
    return rows


def _told(settings: Settings) -> Mapping[Row, Told]:
    """How often the story of each event is told, if a row stands for it."""
    if settings.record is None or settings.duplicates != "story":
        return {}
    found = settings.record.sql(_TOLD)
    return {
        (document, event): told for document, event, *told in zip(*(c.to_pylist() for c in found.columns), strict=True)
    }


def url(dyad: Dyad) -> str:
    """The document's address, or a name for it where it has none."""
    return dyad.analysis.document.url or f"urn:dragoman:{dyad.analysis.document.id}"


def _dyads(analyses: Analyses, losses: Losses) -> Iterator[Dyad]:
    for analysis in analyses:
        losses.add("statements and stances", len(analysis.statements) + len(analysis.stances))
        yield from coded.dyads(analysis, losses)


def _event(dyad: Dyad, told: Mapping[Row, Told]) -> list[object]:
    day, code = _day(dyad), dyad.code
    return [
        cells.number_of(dyad.key, _BITS),
        *(f"{day:%Y%m%d}", f"{day:%Y%m}", f"{day:%Y}", _fraction(day)),
        *_actor(dyad.source),
        *_actor(dyad.target),
        1 if dyad.sentence == 1 else 0,
        *(code.code, code.code[:3], code.root, code.quad, code.goldstein),
        *told.get((dyad.analysis.document.id, dyad.event.id), _ONCE),
        "",
        *[""] * 8,
        *[""] * 8,
        *_place(dyad.event.place),
        _added(dyad),
        url(dyad),
    ]


def _mention(dyad: Dyad) -> list[object]:
    document = dyad.analysis.document
    return [
        cells.number_of(dyad.key, _BITS),
        f"{_day(dyad):%Y%m%d}000000",
        _added(dyad),
        _WEB if document.url else _OTHER,
        document.publisher or "",
        url(dyad),
        dyad.sentence,
        *(side.party.start if side else -1 for side in (dyad.source, dyad.target)),
        dyad.event.anchor.start,
        1,
        round(100 * dyad.event.score),
        len(document.text),
        *("", "", ""),
    ]


def _day(dyad: Dyad) -> date:
    assert dyad.period is not None  # dyads() leaves undated ones out
    return dyad.period.first


def _fraction(day: date) -> str:
    """The year with the part of it that is over, months of 30 days."""
    return f"{day.year + ((day.month - 1) * 30 + day.day) / 365:.4f}"


def _added(dyad: Dyad) -> str:
    """The publication date as YYYYMMDDHHMMSS, or else the day of the event: no clock is read."""
    published = dyad.analysis.document.published or ""
    digits = "".join(c for c in published[:19] if c.isdigit())
    return (digits if len(digits) >= 8 else f"{_day(dyad):%Y%m%d}").ljust(14, "0")


def _actor(side: coded.Side | None) -> list[str]:
    """Code, name, country, known group, ethnic group, two religions, three types."""
    if side is None:
        return [""] * 10
    code = naming.cameo_code(side.actor)
    state = naming.cameo_code(side.actor)[:3] if side.country and side.country not in NON_STATE_CODES else ""
    types = [code[i : i + 3] for i in range(3 if state else 0, len(code), 3)]
    group = _GROUPS.get(side.country, "")
    types = [t for t in types if t not in (group, "EUR")][:_TYPES]
    return [code, side.name.upper(), state, group, "", "", "", *types, *[""] * (_TYPES - len(types))]


def _place(place: Place | None) -> list[str]:
    """Type, full name, country, two administrative divisions, latitude, longitude, feature id."""
    if place is None:
        return [""] * 8
    parts = dict.fromkeys((place.name or place.text, place.province, naming.country_name(place.country)))
    degrees = ("" if d is None else f"{d:g}" for d in (place.latitude, place.longitude))
    return [_GEO_TYPE.get(place.kind or "", ""), ", ".join(p for p in parts if p), "", "", "", *degrees, ""]
