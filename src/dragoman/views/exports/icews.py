"""Analyses -> ICEWS' table: 20 columns, tab-separated, with a header line, quotes being data."""

from __future__ import annotations

from typing import TextIO

from dragoman.analysis import Place
from dragoman.views.exports import cells, coded, naming
from dragoman.views.exports.coded import Dyad
from dragoman.views.exports.losses import Losses
from dragoman.views.exports.settings import Analyses, Settings, text_format

COLUMNS = (
    *(
        "Event ID",
        "Event Date",
        "Source Name",
        "Source Sectors",
        "Source Country",
        "Event Text",
        "CAMEO Code",
        "Intensity",
    ),
    *("Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher"),
    *("City", "District", "Province", "Country", "Latitude", "Longitude"),
)
_BITS = 31


@text_format("ICEWS' table, 20 columns")
def write_icews(analyses: Analyses, out: TextIO, losses: Losses, settings: Settings) -> int:
    """One row for each pair of a dated event."""
    out.write(cells.line(COLUMNS))
    rows = 0
    for analysis in analyses:
        losses.add("statements and stances", len(analysis.statements) + len(analysis.stances))
        for dyad in coded.dyads(analysis, losses):
            losses.add("offsets, words, and the address of the document")
            out.write(cells.line(_row(dyad)))
            rows += 1
    return rows


def _row(dyad: Dyad) -> list[object]:
    assert dyad.period is not None  # dyads() leaves undated ones out
    document, code = dyad.analysis.document, dyad.code
    return [
        cells.number_of(dyad.key, _BITS),
        dyad.period.first.isoformat(),
        *_side(dyad.source),
        *(code.label, code.code, f"{code.goldstein:.1f}"),
        *_side(dyad.target),
        cells.number_of(document.id, _BITS),
        dyad.sentence,
        document.publisher,
        *_place(dyad.event.place),
    ]


def _side(side: coded.Side | None) -> tuple[str, str, str]:
    """Name, sectors, country, as ICEWS writes them: "Police (India)"."""
    if side is None:
        return "", "", ""
    country = naming.country_name(side.country)
    sectors = naming.sector_names(side.actor) if side.actor else []
    return side.name, ",".join(s.replace(",", "") for s in sectors), country


def _place(place: Place | None) -> tuple[str, ...]:
    """City, district, province, country, latitude, longitude."""
    if place is None:
        return ("",) * 6
    name = place.name or ""
    degrees = ("" if d is None else f"{d:g}" for d in (place.latitude, place.longitude))
    province = place.province or (name if place.kind in ("province", "region") else "")
    return (name if place.kind == "city" else "", "", province, naming.country_name(place.country), *degrees)
