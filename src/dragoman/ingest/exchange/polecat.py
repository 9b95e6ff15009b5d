"""POLECAT's table -> analyses, one for each article; the article's lines are the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.analysis import Analysis, Event, Party, Place
from dragoman.document import Span
from dragoman.errors import DocumentError
from dragoman.ingest.dates import iso_date
from dragoman.ingest.exchange import plover_words as words
from dragoman.ingest.exchange import tabular
from dragoman.ingest.exchange.building import Draft, Who, country_of, place_of
from dragoman.ingest.exchange.tabular import Cells, Kept
from dragoman.ingest.exchange.values import Lost
from dragoman.ingest.source import Source, Unread

READER = "import-polecat"
COLUMNS = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *("Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title"),
    *("Actor Name Raw", "Wikipedia Actor ID"),
    *("Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors"),
    *("Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID"),
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID"),
    *("Raw Placename", "Feature Type", "Source", "Publication Date"),
    *("Story People", "Story Organizations", "Story Locations", "Language", "Version"),
)


def read_polecat(source: Source) -> Iterator[Analysis | Unread | Lost]:
    """The articles in the order in which they first come; a line that cannot be used is named and passed over."""
    stories: dict[str, list[Kept]] = {}
    header: list[str] = []
    for line in tabular.lines(source):
        if isinstance(line, Unread):
            yield line
        elif not header:
            header = ["Intensity" if n.strip() == "Event Intensity" else n.strip() for n in line[1].split("\t")]
        elif (columns := _columns(header, line[1])) is None:
            yield source.unread(f"It has {line[1].count(chr(9)) + 1} cells instead of {len(COLUMNS)}.", line=line[0])
        else:
            kept = Kept(*line, columns)
            stories.setdefault(tabular.cells(kept)["Event ID"].partition("_")[0], []).append(kept)
    lost = 0
    for rows in stories.values():
        draft = _draft(rows, source)
        for row, start in tabular.placed(rows):
            try:
                lost += _add(row, start, draft)
            except DocumentError as error:
                yield source.unread(str(error), line=row.number)
        yield draft.analysis(READER)
    if lost:
        yield Lost(source.name, "modes and contexts that PLOVER 2.0 does not know, left out", lost)


def _columns(header: Sequence[str], line: str) -> Sequence[str] | None:
    """The names of a line's cells: the header's where it has as many, else the forty, with nothing but empty cells behind."""
    values = line.split("\t")
    if len(values) == len(header):
        return header
    surplus = values[len(COLUMNS) :]
    return COLUMNS if len(values) >= len(COLUMNS) and not any(v.strip() for v in surplus) else None


def _draft(rows: list[Kept], source: Source) -> Draft:
    first = tabular.cells(rows[0])
    return Draft(
        source.document(
            tabular.text_of(rows),
            title=first["Headline"],
            publisher=first["Source"],
            published=first["Publication Date"],
            language=first["Language"],
        )
    )


def _add(row: Cells, start: int, draft: Draft) -> int:
    type, mode, unknown = words.type_of(row["Event Type"], row.parts("Event Mode"))
    contexts, aside = words.contexts_of(row.parts("Contexts"))
    polarity, modality, plain = words.auxiliary(contexts)
    draft.events.append(
        Event(
            id=draft.unique(row["Event ID"]),
            type=type,
            anchor=row.span("Event Type", start),
            actors=_parties(row, start, draft, "Actor"),
            recipients=_parties(row, start, draft, "Recipient"),
            mode=mode,
            contexts=plain,
            polarity=polarity,
            modality=modality,
            date=iso_date(row["Event Date"]),
            place=_place(row, start),
        )
    )
    return unknown + aside


def _parties(row: Cells, start: int, draft: Draft, role: str) -> tuple[Party, ...]:
    """The parties of a side. Lists in several cells belong together, item by item, where they are of one length."""
    names, raw = row.parts(f"{role} Name"), row.parts(f"{role} Name Raw")
    countries, sectors = row.parts(f"{role} Country"), row.parts(f"{role} Sectors")
    words_cell = row.span(f"{role} Name Raw" if raw else f"{role} Name", start)
    found = []
    for number, said in enumerate(raw or names):
        who = Who(
            words=said,
            name=_at(names, number, len(raw or names)),
            country=_at(countries, number, len(raw or names)).partition("|")[0],
            sectors=tuple(
                s.strip() for s in _at(sectors, number, len(raw or names)).replace(",", "|").split("|") if s.strip()
            ),
        )
        if said or who.name:
            found.append(draft.party(who, draft.span(said, within=words_cell)))
    return tuple(found)


def _at(values: list[str], number: int, length: int) -> str:
    """An item of a list that runs along another; a list of one holds for all."""
    if len(values) == length:
        return values[number]
    return values[0] if len(values) == 1 else ""


def _place(row: Cells, start: int) -> Place | None:
    name = row["Placename"] or row["City"] or row["Province"] or row["Country"]
    if not name:
        return None
    column = next(c for c in ("Raw Placename", "Placename", "City", "Province", "Country") if row[c])
    geonames = tabular.number(row["GeoNames ID"])
    span: Span = row.span(column, start)
    return place_of(
        span,
        name=name,
        kind="city" if row["City"] else "province" if row["Province"] else "country" if row["Country"] else None,
        country=country_of(row["Country"]),
        province=row["Province"] or None,
        latitude=tabular.number(row["Latitude"]),
        longitude=tabular.number(row["Longitude"]),
        geonames=None if geonames is None else int(geonames),
    )
