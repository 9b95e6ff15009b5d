"""Analyses -> POLECAT's table: 40 columns, tab-separated, with a header line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from dragoman.analysis import Analysis, Event
from dragoman.ingest.exchange.polecat import COLUMNS
from dragoman.views.exports import cells, coded, naming
from dragoman.views.exports.dates import Period, period
from dragoman.views.exports.losses import Losses
from dragoman.views.exports.settings import Analyses, Settings, text_format

_NONE = "None"
_MANY = "; "


@text_format("POLECAT's table, 40 columns")
def write_polecat(analyses: Analyses, out: TextIO, losses: Losses, settings: Settings) -> int:
    """One row for each event that has a date; parties of a side are joined in a cell."""
    out.write(cells.line(COLUMNS))
    rows = 0
    for analysis in analyses:
        losses.add("statements and stances", len(analysis.statements) + len(analysis.stances))
        for event in analysis.events:
            when = period(event.date or analysis.document.published)
            if when is None:
                losses.add(coded.UNDATED)
                continue
            losses.add(coded.CLAIMS, event.claimed_in is not None)
            losses.add(coded.VICTIMS, coded.has_victims(event))
            losses.add("offsets of the words, of which only the words are left", 1)
            out.write(cells.line(value or _NONE for value in _row(analysis, event, when)))
            rows += 1
    return rows


def _row(analysis: Analysis, event: Event, when: Period) -> list[str]:
    code = coded.plover(event)
    return [
        f"{analysis.document.id}_{code.type}_{event.id}",
        when.first.isoformat(),
        code.type,
        code.mode or "",
        f"{code.score:g}",
        coded.QUAD_NAMES[code.quad],
        _MANY.join(code.contexts),
        *_party(coded.sides(analysis, event.actors)),
        *_party(coded.sides(analysis, event.recipients)),
        *_place(event),
        analysis.document.publisher or "",
        (analysis.document.published or "")[:10],
        *_story(analysis),
        analysis.document.language or "",
        analysis.reader,
    ]


def _party(found: tuple[coded.Side, ...]) -> list[str]:
    """Name, country, COW number, primary sector, sectors, title, words, Wikipedia page."""
    return [
        _MANY.join(side.name for side in found),
        _MANY.join(side.country or _NONE for side in found),
        _MANY.join(naming.cow_number(side.country) or _NONE for side in found),
        _MANY.join(_sectors(side)[0] if _sectors(side) else _NONE for side in found),
        _MANY.join("|".join(_sectors(side)) or _NONE for side in found),
        "",
        _MANY.join(side.party.text for side in found),
        "",
    ]


def _sectors(side: coded.Side) -> tuple[str, ...]:
    return side.actor.sectors if side.actor else ()


def _place(event: Event) -> list[str]:
    """Placename, city, district, province, country, latitude, longitude, GeoNames id, words, feature type."""
    place = event.place
    if place is None:
        return [""] * 10
    return [
        place.name or "",
        place.name or "" if place.kind == "city" else "",
        "",
        place.province or "",
        place.country or "",
        *("" if degrees is None else f"{degrees:g}" for degrees in (place.latitude, place.longitude)),
        str(place.geonames or ""),
        place.text,
        place.kind or "",
    ]


def _story(analysis: Analysis) -> Iterable[str]:
    """People, organisations and locations of the story, each by name."""
    for kinds in (("person",), ("organization", "bloc", "group"), ("state",)):
        yield _MANY.join(dict.fromkeys(actor.name for actor in analysis.actors if actor.kind in kinds))
