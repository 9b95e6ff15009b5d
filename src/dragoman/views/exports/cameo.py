"""Analyses -> a table of dyads in CAMEO: text codes, Goldstein values, quad classes, and where each stands in its document."""

from __future__ import annotations

from typing import TextIO

from dragoman.views.exports import cells, coded, naming
from dragoman.views.exports.coded import Dyad
from dragoman.views.exports.losses import Losses
from dragoman.views.exports.settings import Analyses, Settings, text_format

COLUMNS = (
    *(
        "id",
        "date",
        "source",
        "source_name",
        "target",
        "target_name",
        "code",
        "label",
        "root",
        "quad",
        "penta",
        "goldstein",
    ),
    *("claimed_by", "score", "document_id", "event_id", "anchor_start", "anchor_end", "anchor", "sentence_number"),
    *("sentence_start", "sentence_end", "sentence", "publisher", "published", "url"),
)


@text_format("CAMEO dyads with their sources, tab-separated")
def write_cameo(analyses: Analyses, out: TextIO, losses: Losses, settings: Settings) -> int:
    """One row for each pair of an event; events without a date have an empty one."""
    out.write(cells.line(COLUMNS))
    rows = 0
    for analysis in analyses:
        losses.add("statements and stances", len(analysis.statements) + len(analysis.stances))
        for dyad in coded.dyads(analysis, Losses(), dated=False):
            out.write(cells.line(_row(dyad, settings)))
            rows += 1
        written = [e for e in analysis.events if coded.cameo(e) is not None]
        losses.add(coded.VICTIMS, sum(map(coded.has_victims, written)))
        losses.add(coded.UNREAL, len(analysis.events) - len(written))
    return rows


def _row(dyad: Dyad, settings: Settings) -> list[object]:
    document, event, code = dyad.analysis.document, dyad.event, dyad.code
    return [
        f"{cells.number_of(dyad.key, 63):d}",
        event.date or document.published,
        *_side(dyad.source),
        *_side(dyad.target),
        *(code.code, code.label, code.root, code.quad, code.penta, code.goldstein),
        claimant(dyad),
        event.score,
        *(document.id, event.id, event.anchor.start, event.anchor.end, event.anchor.text),
        *(dyad.sentence, dyad.evidence.start, dyad.evidence.end),
        dyad.evidence.text if settings.text else "",
        *(document.publisher, document.published, document.url),
    ]


def claimant(dyad: Dyad) -> str:
    """Who claims the event, by name or else in the words of the text; empty where the publisher reports it."""
    claim = dyad.analysis.statement(dyad.event.claimed_in)
    if claim is None:
        return ""
    if claim.source is None:
        return "unknown"
    actor = dyad.analysis.actor(claim.source.actor)
    return actor.name if actor else claim.source.text


def _side(side: coded.Side | None) -> tuple[str, str]:
    return (naming.cameo_code(side.actor), side.name) if side else ("", "")
