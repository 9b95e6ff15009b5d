"""Analyses -> PLOVER records, one JSON object a line (manual 2.0).

What PLOVER has no field for stands under the one further key `dragoman`, which other readers pass over and `dragoman
import` uses: so an event comes back as it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

from dragoman.analysis import Analysis, Event, Party, Place
from dragoman.views.exports import coded
from dragoman.views.exports.dates import Period, period
from dragoman.views.exports.losses import Losses
from dragoman.views.exports.sentences import sentence_at
from dragoman.views.exports.settings import Analyses, Settings, text_format

CODEBOOK = "plover-2.0-draft"
_RESOLUTION = {"city": 4, "region": 2, "province": 2, "country": 1}
_SIZES = ("dead", "injured", "arrested")


@text_format("PLOVER records, JSON Lines")
def write_plover(analyses: Analyses, out: TextIO, losses: Losses, settings: Settings) -> int:
    """One record for each event that has a date; statements and stances have no place in PLOVER."""
    rows = 0
    for analysis in analyses:
        losses.add("statements, which PLOVER has no record for", len(analysis.statements))
        losses.add("stances, which PLOVER has no record for", len(analysis.stances))
        for record in records(analysis, losses, settings):
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
            rows += 1
    return rows


def records(analysis: Analysis, losses: Losses, settings: Settings) -> Iterator[dict[str, Any]]:
    """The records of an analysis."""
    for event in analysis.events:
        when = period(event.date or analysis.document.published)
        if when is None:
            losses.add(coded.UNDATED)
        else:
            yield _record(analysis, event, when, settings)


def _record(analysis: Analysis, event: Event, when: Period, settings: Settings) -> dict[str, Any]:
    code = coded.plover(event)
    fields = {
        "id": f"{analysis.document.id}-{event.id}",
        "date": when.first.isoformat(),
        "enddate": None if when.last == when.first else when.last.isoformat(),
        "actor": _entities(analysis, event.actors),
        "event": [code.type],
        "recipient": _entities(analysis, event.recipients),
        "mode": [code.mode] if code.mode else [],
        "context": list(code.contexts),
        "event_loc": _location(event.place),
        "event_text": [event.anchor.text],
        "quad_code": code.quad,
        "event_scale": code.score,
        "size": {name: count.value for name in _SIZES if (count := getattr(event, name)) is not None},
        **_text(analysis, event, settings),
        "cite_info": _citation(analysis),
    }
    needed = {k: v for k, v in fields.items() if v not in (None, [], {}) or k == "actor"}
    return {**needed, "dragoman": _own(analysis, event)}


def _entities(analysis: Analysis, parties: tuple[Party, ...]) -> list[dict[str, Any]]:
    return [_entity(side) for side in coded.sides(analysis, parties)]


def _entity(side: coded.Side) -> dict[str, Any]:
    place = {"entity_text": side.party.text, "start": side.party.start, "end": side.party.end}
    actor = side.actor
    if actor is None:
        return place
    known = {"code": actor.country, "sector": "".join(actor.sectors), "identifier_text": actor.name}
    return {**{k: v for k, v in known.items() if v}, **place, "actor_id": actor.id, "kind": actor.kind}


def _location(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    found = {
        "extracted_place": place.text,
        "resolved_place": place.name,
        "geonameid": place.geonames,
        "lat": place.latitude,
        "lon": place.longitude,
        "city": place.name if place.kind == "city" else None,
        "province": place.province,
        "country_code": place.country,
        "resolution": _RESOLUTION.get(place.kind or ""),
    }
    return {k: v for k, v in found.items() if v is not None}


def _text(analysis: Analysis, event: Event, settings: Settings) -> dict[str, Any]:
    number, sentence = sentence_at(analysis.document.text, event.anchor.start)
    place = {"text_info": {"sequence": number, "start": sentence.start, "end": sentence.end}}
    return {"text": sentence.text, **place} if settings.text else place


def _citation(analysis: Analysis) -> dict[str, Any]:
    document = analysis.document
    cited = {
        "publication": document.publisher,
        "title": document.title,
        "url": document.url,
        "language": document.language,
    }
    return {**{k: v for k, v in cited.items() if v}, "codebook": CODEBOOK, "version": analysis.reader}


def _own(analysis: Analysis, event: Event) -> dict[str, Any]:
    """What PLOVER does not say, offsets in the whole document."""
    claim = analysis.statement(event.claimed_in)
    claimant = None if claim is None else analysis.actor(claim.source.actor if claim.source else None)
    place = event.place
    fields = {
        "document": analysis.document.id,
        "published": analysis.document.published,
        "event": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "cameo": event.cameo,
        "date": event.date,
        "anchor": [event.anchor.start, event.anchor.end],
        "place": None if place is None else [place.start, place.end],
        "polarity": event.polarity,
        "modality": event.modality,
        "score": event.score,
        "claimed_in": event.claimed_in,
        "claimed_by": None if claim is None else (claimant.name if claimant else "unknown"),
    }
    return {k: v for k, v in fields.items() if v is not None}
