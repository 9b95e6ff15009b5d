"""PLOVER JSON -> analyses: 0.5b, 0.8, the 2.0 draft and what dragoman writes, as lines or as one array.

Records of one text, publisher and date are events of one document. A record without a text stands for itself: its line
is the document.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from dragoman.analysis import Analysis, Event, Party, Place, PlaceKind
from dragoman.document import Document, Span
from dragoman.errors import DocumentError
from dragoman.ingest.dates import iso_date
from dragoman.ingest.exchange import plover_words as words
from dragoman.ingest.exchange.building import Draft, Who, count_of, place_of, sectors_of
from dragoman.ingest.exchange.values import Lost
from dragoman.ingest.source import Source, Unread
from dragoman.knowledge.ontology import load_ontology

READER = "import-plover"
OWN = "dragoman"

_MARKUP = re.compile(r"\((?:SRC/TAR|SRC|TAR|EVT|LOC): ?([^()]*)\)")
_KINDS: dict[int, PlaceKind] = {5: "city", 4: "city", 2: "province", 1: "country"}
Record = Mapping[str, Any]


def read_plover(source: Source) -> Iterator[Analysis | Unread | Lost]:
    """The documents of a file, each with its events; a record that cannot be used is named and passed over."""
    drafts: dict[tuple[str, str | None, str | None], Draft] = {}
    lost = 0
    for number, record in _records(source):
        if isinstance(record, Unread):
            yield record
            continue
        if record.get("event") == "DOCUMENT":
            continue
        try:
            lost += _add(record, drafts, source)
        except DocumentError as error:
            yield source.unread(str(error), row=number)
    yield from (draft.analysis(READER) for draft in drafts.values())
    if lost:
        yield Lost(source.name, "modes, contexts and sectors that PLOVER 2.0 does not know, left out", lost)


def _records(source: Source) -> Iterator[tuple[int, Record | Unread]]:
    """The objects of the file, counted from 1."""
    with source.open() as stream:
        start = stream.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"["):
        yield from enumerate(_array(source), 1)
        return
    for line in source.lines():
        if line.fault is not None:
            yield line.number, source.unread(line.fault, line=line.number)
        elif line.text.strip():
            yield line.number, _object(line.text, source, line.number)


def _array(source: Source) -> list[Record | Unread]:
    try:
        rows = json.loads(source.text(), strict=False)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"It is not valid JSON: {error}. Correct it.") from None
    not_one = "It is no JSON object; each record of PLOVER is one."
    return [row if isinstance(row, Mapping) else source.unread(not_one, row=n) for n, row in enumerate(rows, 1)]


def _object(text: str, source: Source, line: int) -> Record | Unread:
    try:
        row = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        return source.unread(f"It is not valid JSON: {error}. Correct it.", line=line)
    if not isinstance(row, Mapping):
        return source.unread("It is no JSON object; each record of PLOVER is one.", line=line)
    return row


def _add(record: Record, drafts: dict[tuple[str, str | None, str | None], Draft], source: Source) -> int:
    """Add the events of a record to the draft of its document; gives the number of words that were left out."""
    types = _strings(record.get("event"))
    if not types and record.get("has_event") is not False:
        raise DocumentError("It has no 'event'; a record of PLOVER names its type there.")
    coded = [words.type_of(type, _strings(record.get("mode"))) for type in types]
    document = _document(record, source)
    draft = drafts.setdefault((document.text, document.publisher, document.published), Draft(document))
    lost = 0
    for type, mode, unknown in coded:
        contexts, aside = words.contexts_of(_strings(record.get("context")))
        draft.events.append(_event(record, draft, type, mode, contexts))
        lost += unknown + aside
    return lost


def _document(record: Record, source: Source) -> Document:
    cited = {**record, **_mapping(record.get("cite_info"))}
    own = _mapping(record.get(OWN))
    text = record.get("text") or _MARKUP.sub(r"\1", str(_info(record).get("markup") or ""))
    return source.document(
        text if isinstance(text, str) and text.strip() else json.dumps(record, ensure_ascii=False),
        title=_string(cited.get("title")),
        publisher=_string(cited.get("publication")),
        published=own.get("published"),
        url=_string(cited.get("url")),
        language=_string(cited.get("language")),
    )


def _info(record: Record) -> Record:
    return _mapping(record.get("text_info") or record.get("textInfo"))


def _event(record: Record, draft: Draft, type: str, mode: str | None, contexts: tuple[str, ...]) -> Event:
    own = _mapping(record.get(OWN))
    anchor = _anchor(record, draft, own)
    polarity, modality, plain = words.auxiliary(contexts)
    if own:
        type, mode, plain = own.get("type", type), own.get("mode"), tuple(own.get("contexts", ()))
        polarity, modality = own.get("polarity", polarity), own.get("modality", modality)
    return Event(
        id=draft.unique(str(own.get("event") or record.get("id") or f"e{anchor.start}-{anchor.end}")),
        type=type,
        anchor=anchor,
        actors=_parties(record, draft, anchor, "actor", "source"),
        recipients=_parties(record, draft, anchor, "recipient", "target"),
        mode=mode if mode in load_ontology().types[type].modes else None,
        contexts=plain,
        cameo=own.get("cameo"),
        date=own.get("date") if own else _date(record),
        place=_place(record, draft, anchor),
        polarity=polarity,
        modality=modality,
        score=float(own.get("score", 1.0)),
        **{name: _size(record, draft, anchor, name) for name in ("dead", "injured", "arrested")},
    )


def _anchor(record: Record, draft: Draft, own: Record) -> Span:
    """The trigger; the whole text where the record names none that is there."""
    texts = _strings(record.get("event_text")) or _strings(record.get("eventText"))
    base, place = _info(record).get("start"), own.get("anchor")
    near = place[0] - base if isinstance(place, list) and isinstance(base, int) else 0
    found = draft.span(texts[0], max(near, 0)) if texts else Span(0, 0, "")
    return found if found.text else draft.document.span(0, len(draft.document.text))


def _parties(record: Record, draft: Draft, anchor: Span, *names: str) -> tuple[Party, ...]:
    value: Any = next((record[name] for name in names if record.get(name)), [])
    entities = value if isinstance(value, list) else [value]
    base = _info(record).get("start")
    return tuple(
        _party(_mapping(e), draft, anchor, base if isinstance(base, int) else 0)
        for e in entities
        if isinstance(e, Mapping)
    )


def _party(entity: Record, draft: Draft, anchor: Span, base: int) -> Party:
    said = _first(entity, "entity_text", "raw_text", "actorText", "text") or ""
    start = entity.get("start")
    near = start - base if isinstance(start, int) else anchor.start
    code = _first(entity, "code", "country") or ""
    country, rest = (code[:3], code[3:]) if len(code) > 3 else (code, "")
    sectors = [
        rest,
        _first(entity, "sector", "sector_code", "code_1") or "",
        *_strings(entity.get("other_sector_codes")),
    ]
    who = Who(
        words=said,
        name=_first(entity, "identifier_text", "entity_name", "wiki") or "",
        id=_first(entity, "actor_id") or "",
        kind=_first(entity, "kind") or "",
        country=country or _first(entity, "country_name") or "",
        sectors=tuple(dict.fromkeys(s for part in sectors for s in sectors_of(part))),
    )
    place = draft.span(said, max(near, 0))
    return draft.party(who, place if place.text else Span(anchor.start, anchor.start, ""))


def _date(record: Record) -> str | None:
    """The date, or the month or year where date and enddate are its first and last day."""
    day, end = iso_date(record.get("date")), iso_date(record.get("enddate"))
    if day and end and day[:7] == end[:7] and day[8:] == "01" and end[8:] >= "28":
        return day[:7]
    if day and end and day[4:] == "-01-01" and end == f"{day[:4]}-12-31":
        return day[:4]
    time = record.get("time")
    return (iso_date(f"{day}T{time}") if day and isinstance(time, str) and time else None) or day


def _place(record: Record, draft: Draft, anchor: Span) -> Place | None:
    found = _mapping(record.get("event_loc") or record.get("eventLoc"))
    said = _first(found, "extracted_place", "name", "resolved_place")
    if said is None:
        return None
    span = draft.span(said, anchor.start)
    degrees = [found.get(name) for name in ("lat", "lon")]
    latitude, longitude = (float(d) if isinstance(d, int | float) else None for d in degrees)
    number, resolution = found.get("geonameid"), found.get("resolution")
    return place_of(
        span if span.text else Span(anchor.start, anchor.start, ""),
        name=_first(found, "resolved_place", "name"),
        kind=_KINDS.get(resolution) if isinstance(resolution, int) else None,
        country=_first(found, "country_code", "country code"),
        province=_first(found, "province"),
        latitude=latitude,
        longitude=longitude,
        geonames=number if isinstance(number, int) else None,
    )


def _size(record: Record, draft: Draft, anchor: Span, name: str) -> Any:
    """The number of people; a code for a range is none."""
    sizes = record.get("size")
    value = sizes.get(name) if isinstance(sizes, Mapping) else record.get(name)
    if isinstance(value, str) and value.isdigit():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    span = draft.span(str(value), anchor.start)
    return count_of(span if span.text else Span(anchor.start, anchor.start, ""), value)


def _mapping(value: object) -> Record:
    return value if isinstance(value, Mapping) else {}


def _string(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _first(entity: Record, *names: str) -> str | None:
    return next((found for name in names if (found := _string(entity.get(name)))), None)


def _strings(value: object) -> list[str]:
    """The texts of a list, or of one text with commas or semicolons: old files join several in one."""
    if isinstance(value, str):
        return [part.strip() for part in re.split("[,;]", value) if part.strip()]
    return [v for v in value if isinstance(v, str) and v] if isinstance(value, list) else []
