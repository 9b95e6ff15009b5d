"""GDELT's event tables -> analyses, one for each source address; its lines are the document.

There is no header: 61 columns are GDELT 2.0, 58 are 1.0 with an address, 57 without.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from dragoman.analysis import Analysis, Event, Party, Place, PlaceKind
from dragoman.errors import DocumentError
from dragoman.ingest.dates import iso_date
from dragoman.ingest.exchange import tabular
from dragoman.ingest.exchange.building import Draft, Who, place_of
from dragoman.ingest.exchange.cameo import code_of, plover_of
from dragoman.ingest.exchange.icews import DROPPED
from dragoman.ingest.exchange.tabular import Cells, Kept
from dragoman.ingest.exchange.values import Lost
from dragoman.ingest.source import Source, Unread

READER = "import-gdelt"
_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code")
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
_KINDS: dict[str, PlaceKind] = {"1": "country", "2": "province", "3": "city", "4": "city", "5": "province"}
"""Coordinates of countries and provinces are their middles."""

COLUMNS_2 = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor{n}{name}" for n in (1, 2) for name in (*_ACTOR, "Type1Code", "Type2Code", "Type3Code")),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"{where}Geo_{name}" for where in ("Actor1", "Actor2", "Action") for name in _GEO),
    *("DATEADDED", "SOURCEURL"),
)
COLUMNS_1 = tuple(name for name in COLUMNS_2 if "ADM2" not in name)
LAYOUTS = {61: COLUMNS_2, 58: COLUMNS_1, 57: COLUMNS_1[:-1]}
"""The columns, by their number."""


def read_gdelt(source: Source) -> Iterator[Analysis | Unread | Lost]:
    """The articles in the order in which they first come."""
    articles: dict[str, list[Kept]] = {}
    for line in tabular.lines(source):
        if isinstance(line, Unread):
            yield line
            continue
        width = line[1].count("\t") + 1
        if width not in LAYOUTS:
            yield source.unread(f"It has {width} columns; GDELT's tables of events have 61, 58 or 57.", line=line[0])
            continue
        kept = Kept(*line, LAYOUTS[width])
        row = tabular.cells(kept)
        articles.setdefault(row["SOURCEURL"] or row["GLOBALEVENTID"], []).append(kept)
    dropped = 0
    for rows in articles.values():
        draft = _draft(rows, source)
        for row, start in tabular.placed(rows):
            try:
                dropped += not _add(row, start, draft)
            except DocumentError as error:
                yield source.unread(str(error), line=row.number)
        yield draft.analysis(READER)
    if dropped:
        yield Lost(source.name, DROPPED, dropped)


def _draft(rows: list[Kept], source: Source) -> Draft:
    first = tabular.cells(rows[0])
    address = first["SOURCEURL"]
    return Draft(
        source.document(
            tabular.text_of(rows),
            publisher=urlsplit(address).hostname if "://" in address else None,
            published=first["DATEADDED"][:8],
            url=address,
        )
    )


def _add(row: Cells, start: int, draft: Draft) -> bool:
    code = code_of(row["EventCode"], tabular.number(row["GoldsteinScale"]))
    coded = plover_of(code)
    if coded is None:
        return False
    draft.events.append(
        Event(
            id=draft.unique(row["GLOBALEVENTID"]),
            type=coded[0],
            mode=coded[1],
            contexts=code.contexts,
            cameo=code.code,
            anchor=row.span("EventCode", start),
            actors=_party(row, start, draft, "Actor1"),
            recipients=_party(row, start, draft, "Actor2"),
            date=iso_date(row["SQLDATE"]),
            place=_place(row, start),
        )
    )
    return True


def _party(row: Cells, start: int, draft: Draft, role: str) -> tuple[Party, ...]:
    code, name = row[f"{role}Code"], row[f"{role}Name"]
    if not code and not name:
        return ()
    column = f"{role}Name" if name else f"{role}Code"
    return (draft.party(Who(words=name.title() or code, code=code), row.span(column, start)),)


def _place(row: Cells, start: int) -> Place | None:
    """Its country codes are FIPS 10-4, so the country stays open."""
    name = row["ActionGeo_FullName"]
    if not name:
        return None
    return place_of(
        row.span("ActionGeo_FullName", start),
        name=name,
        kind=_KINDS.get(row["ActionGeo_Type"]),
        latitude=tabular.number(row["ActionGeo_Lat"]),
        longitude=tabular.number(row["ActionGeo_Long"]),
    )
