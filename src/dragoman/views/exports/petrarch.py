"""Analyses -> what PETRARCH2 reads and writes: its XML of sentences, and its table of events.

The table has no header line: date, source, target, code, issues, ids of sentences, story source, the two actors' words,
the words of the event. It has one row for each date, source, target and code of a story, as PETRARCH2 has, but with all
sentences that say it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from dragoman.analysis import Analysis
from dragoman.views.exports import cells, coded, markup, naming
from dragoman.views.exports.coded import Dyad
from dragoman.views.exports.dates import period
from dragoman.views.exports.losses import Losses
from dragoman.views.exports.sentences import sentences
from dragoman.views.exports.settings import Analyses, Settings, text_format

UNKNOWN = "---"
UNDATED = "documents without a date, left out (read them into a new record with --published DATE or a column of dates)"


@text_format("PETRARCH2's table of events")
def write_petrarch(analyses: Analyses, out: TextIO, losses: Losses, settings: Settings) -> int:
    """One row for each date, source, target and code of a document."""
    rows = 0
    for analysis in analyses:
        losses.add("statements and stances", len(analysis.statements) + len(analysis.stances))
        grouped: dict[tuple[str, ...], list[Dyad]] = {}
        for dyad in coded.dyads(analysis, losses):
            grouped.setdefault(_key(dyad), []).append(dyad)
        for key, found in grouped.items():
            out.write(cells.line(_row(key, found, analysis)))
        rows += len(grouped)
        losses.add("offsets, of which only sentence numbers are left", len(grouped))
    return rows


def _key(dyad: Dyad) -> tuple[str, ...]:
    assert dyad.period is not None  # dyads() leaves undated ones out
    sides = (naming.cameo_code(side.actor if side else None) or UNKNOWN for side in (dyad.source, dyad.target))
    return (f"{dyad.period.first:%Y%m%d}", *sides, dyad.code.code)


def _row(key: tuple[str, ...], found: list[Dyad], analysis: Analysis) -> Iterable[str]:
    document, first = analysis.document, found[0]
    ids = dict.fromkeys(f"{document.id}_{dyad.sentence}" for dyad in found)
    return (
        *key,
        "",
        ";".join(ids),
        *((document.url,) if document.url else ()),
        document.publisher or UNKNOWN,
        *(side.party.text if side else UNKNOWN for side in (first.source, first.target)),
        first.event.anchor.text,
    )


@text_format("PETRARCH's XML of sentences, to be coded by another coder")
def write_petrarch_xml(analyses: Analyses, out: TextIO, losses: Losses, settings: Settings) -> int:
    """One Sentence element for each sentence of a dated document; readings have no place in it."""
    out.write(f"{markup.DECLARATION}{markup.start('Sentences', {})}\n")
    rows = 0
    for analysis in analyses:
        when = period(analysis.document.published)
        losses.add("readings (events, statements, stances)", _readings(analysis))
        if when is None:
            losses.add(UNDATED)
            continue
        for number, sentence in enumerate(sentences(analysis.document.text), 1):
            out.write(_element(analysis, f"{when.first:%Y%m%d}", number, sentence.text) + "\n")
            rows += 1
    out.write("</Sentences>\n")
    return rows


def _readings(analysis: Analysis) -> int:
    return len(analysis.events) + len(analysis.statements) + len(analysis.stances)


def _element(analysis: Analysis, day: str, number: int, text: str) -> str:
    """Its id has one underscore, since PETRARCH2 takes it apart there."""
    document = analysis.document
    attributes = {
        "date": day,
        "id": f"{document.id}_{number}",
        "source": document.publisher or UNKNOWN,
        "sentence": "True",
    }
    further = {n: v for n in ("url", "title", "language", "published") if (v := getattr(document, n))}
    return markup.element("Sentence", {**attributes, **further}, markup.element("Text", {}, markup.text(text)))
