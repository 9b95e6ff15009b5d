"""Analyses -> W3C Web Annotations (JSON-LD): one annotation for each statement, event and stance.

The target quotes the document (TextQuoteSelector with its surroundings) and says where (TextPositionSelector, in code
points as the standard has it). The body is the row as in dragoman's contract, its actors in full. The whole is one
AnnotationCollection.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO
from urllib.parse import quote

from dragoman.analysis import Analysis, Statement
from dragoman.document import Span
from dragoman.views.exports.losses import Losses
from dragoman.views.exports.settings import Analyses, Settings, text_format

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
VOCABULARY = "urn:dragoman:contract:1#"
_AROUND = 32


@text_format("W3C Web Annotations, JSON-LD")
def write_annotations(analyses: Analyses, out: TextIO, losses: Losses, settings: Settings) -> int:
    """A collection with one page; items are written as they come."""
    head = {"@context": [CONTEXT, {"dragoman": VOCABULARY}], "type": "AnnotationCollection", "label": "dragoman record"}
    out.write(json.dumps(head)[:-1] + ', "first": {"type": "AnnotationPage", "items": [')
    rows = 0
    for analysis in analyses:
        losses.add("mentions", len(analysis.mentions))
        for item in items(analysis, losses):
            out.write((",\n" if rows else "\n") + json.dumps(item, ensure_ascii=False))
            rows += 1
    out.write(f'\n]}}, "total": {rows}}}\n')
    return rows


def items(analysis: Analysis, losses: Losses) -> Iterator[dict[str, Any]]:
    """The annotations of an analysis."""
    contract = analysis.to_dict()
    cast = {actor["id"]: actor for actor in contract["actors"]}
    rows = (
        ("statement", analysis.statements, contract["statements"]),
        ("event", analysis.events, contract["events"]),
        ("stance", analysis.stances, contract["stances"]),
    )
    for kind, values, plain in rows:
        for value, row in zip(values, plain, strict=True):
            yield _annotation(analysis, kind, _quoted(value), row, cast)


def _annotation(
    analysis: Analysis, kind: str, quoted: tuple[Span, ...], row: dict[str, Any], cast: dict[str, Any]
) -> dict[str, Any]:
    document = analysis.document
    about = {name: row[name] for name in ("type", "stance", "form") if isinstance(row.get(name), str)}
    named = {id: cast[id] for id in sorted(_actors(row)) if id in cast}
    return {
        "id": f"urn:dragoman:{document.id}:{kind}:{quote(row['id'], safe='')}",
        "type": "Annotation",
        "motivation": "classifying",
        "generator": {"type": "Software", "name": f"dragoman {analysis.reader}"},
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": " ".join((kind, *about.values()))},
            {"type": f"dragoman:{kind}", "dragoman:row": row, "dragoman:actors": list(named.values())},
        ],
        "target": [_target(analysis, span) for span in quoted],
    }


def _actors(value: Any) -> set[str]:
    """The ids of actors anywhere in a row."""
    if isinstance(value, list):
        return set().union(*map(_actors, value))
    if not isinstance(value, dict):
        return set()
    found = {value[name] for name in ("actor", "toward") if isinstance(value.get(name), str)}
    return found.union(*map(_actors, value.values()))


def _quoted(value: Any) -> tuple[Span, ...]:
    if isinstance(value, Statement):
        return value.content or tuple(s for s in (value.cue, value.source) if s is not None)[:1]
    span: Span = value.evidence if hasattr(value, "evidence") else value.anchor
    return (span,)


def _target(analysis: Analysis, span: Span) -> dict[str, Any]:
    document = analysis.document
    published = {"dragoman:publisher": document.publisher, "dragoman:published": document.published}
    quoted = {
        "type": "TextQuoteSelector",
        "exact": span.text,
        "prefix": document.text[max(0, span.start - _AROUND) : span.start],
        "suffix": document.text[span.end : span.end + _AROUND],
    }
    return {
        "source": document.url or f"urn:dragoman:{document.id}",
        "dragoman:document": document.id,
        **{k: v for k, v in published.items() if v},
        "selector": [quoted, {"type": "TextPositionSelector", "start": span.start, "end": span.end}],
    }
