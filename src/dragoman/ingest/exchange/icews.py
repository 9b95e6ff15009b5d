"""ICEWS' table -> analyses, one for each story; the story's lines are the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from dragoman.analysis import Analysis, Event, Party, Place
from dragoman.errors import DocumentError
from dragoman.ingest.dates import iso_date
from dragoman.ingest.exchange import tabular
from dragoman.ingest.exchange.building import Draft, Who, country_of, place_of
from dragoman.ingest.exchange.cameo import code_of, plover_of
from dragoman.ingest.exchange.tabular import Cells, Kept
from dragoman.ingest.exchange.values import Lost
from dragoman.ingest.source import Source, Unread
from dragoman.knowledge.ontology import load_ontology

READER = "import-icews"
CODE = "CAMEO Code"
DROPPED = "rows about public statements (CAMEO 01), for which PLOVER has no type, left out"
REPEATED = "rows that repeat another one word for word, left out"
SECTORS = {
    "Government": "GOV",
    "Executive": "GOV",
    "Military": "MIL",
    "Police": "COP",
    "Legislative / Parliamentary": "LEG",
    "Judicial": "JUD",
    "Parties": "PTY",
    "Business": "BUS",
    "Media": "JRN",
    "Rebel": "REB",
    "Insurgents": "REB",
    "Dissident": "OPP",
    "Opposition": "OPP",
    "General Population / Civilian / Social": "CVL",
    "Education": "EDU",
    "Medical / Health": "MED",
    "Labor": "LAB",
    "Refugees": "REF",
    "Criminals / Gangs": "CRM",
    "Religious": "REL",
}
"""ICEWS' sectors that PLOVER has a code for; of the others nothing is kept but the words of the line."""

_US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def read_icews(source: Source) -> Iterator[Analysis | Unread | Lost]:
    """The stories in the order in which they first come. DocumentError where there is no column of codes."""
    stories: dict[str, dict[str, Kept]] = {}
    columns: list[str] = []
    repeated = 0
    for line in tabular.lines(source):
        if isinstance(line, Unread):
            yield line
        elif not columns:
            columns = _columns(line[1])
        else:
            kept = Kept(*line, columns)
            row = tabular.cells(kept)
            rows = stories.setdefault(f"{row['Publisher']}\t{row['Story ID']}", {})
            repeated += kept.text in rows
            rows.setdefault(kept.text, kept)
    dropped = 0
    for story in stories.values():
        draft = _draft(list(story.values()), source)
        for row, start in tabular.placed(story.values()):
            try:
                dropped += not _add(row, start, draft)
            except DocumentError as error:
                yield source.unread(str(error), line=row.number)
        yield draft.analysis(READER)
    yield from (Lost(source.name, what, times) for what, times in ((DROPPED, dropped), (REPEATED, repeated)) if times)


def _columns(line: str) -> list[str]:
    columns = [name.strip().strip('"') for name in line.split("\t")]
    if CODE not in columns:
        raise DocumentError(
            f"It has no column {CODE!r}, as in the reissue of 2017, so its events cannot be told; take another release."
        )
    return columns


def _draft(rows: list[Kept], source: Source) -> Draft:
    """The story's date is not in the data: its events have theirs."""
    return Draft(source.document(tabular.text_of(rows), publisher=tabular.cells(rows[0])["Publisher"]))


def _add(row: Cells, start: int, draft: Draft) -> bool:
    """Add the event of a line; False where PLOVER has no type for it."""
    code = code_of(row[CODE], tabular.number(row["Intensity"]))
    coded = plover_of(code)
    if coded is None:
        return False
    draft.events.append(
        Event(
            id=draft.unique(f"{row['Event ID']}-{date_of(row['Event Date'])}"),
            type=coded[0],
            mode=coded[1],
            contexts=code.contexts,
            cameo=code.code,
            anchor=row.span("Event Text", start),
            actors=_party(row, start, draft, "Source"),
            recipients=_party(row, start, draft, "Target"),
            date=date_of(row["Event Date"]),
            place=_place(row, start),
        )
    )
    return True


def date_of(text: str) -> str | None:
    """The date; the reissue of 2017 has month, day and year with strokes."""
    if m := _US_DATE.fullmatch(text):
        return iso_date(f"{m[3]}-{int(m[1]):02}-{int(m[2]):02}")
    return iso_date(text)


def _party(row: Cells, start: int, draft: Draft, role: str) -> tuple[Party, ...]:
    name = row[f"{role} Name"]
    if not name:
        return ()
    known = (_sector(sector.strip()) for sector in row[f"{role} Sectors"].split(","))
    who = Who(words=name, country=row[f"{role} Country"], sectors=tuple(dict.fromkeys(s for s in known if s)))
    return (draft.party(who, row.span(f"{role} Name", start)),)


@cache
def _sector(name: str) -> str | None:
    """PLOVER's code for a sector by ICEWS' name, or by the one that dragoman writes there."""
    labels = {label.replace(",", "").capitalize(): code for code, label in load_ontology().sectors.items()}
    return SECTORS.get(name) or labels.get(name)


def _place(row: Cells, start: int) -> Place | None:
    column = next((c for c in ("City", "District", "Province", "Country") if row[c]), None)
    if column is None:
        return None
    return place_of(
        row.span(column, start),
        name=row[column],
        kind={"City": "city", "Province": "province", "Country": "country"}.get(column),
        country=country_of(row["Country"]),
        province=row["Province"] or None,
        latitude=tabular.number(row["Latitude"]),
        longitude=tabular.number(row["Longitude"]),
    )
