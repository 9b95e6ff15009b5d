"""Rows that people give -> rows that keep the contract, or a sentence that says which value cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, get_args

from dragoman.analysis import Direction, Force, Form, Modality, Polarity
from dragoman.document import Document
from dragoman.errors import UsageError
from dragoman.knowledge.ontology import load_ontology
from dragoman.record.reviews import rows
from dragoman.record.reviews.anchors import is_span
from dragoman.record.reviews.review import Kind, Row

_CHOICES: Mapping[str, tuple[str, ...]] = {
    "polarity": get_args(Polarity),
    "modality": get_args(Modality),
    "stance": get_args(Direction),
    "force": get_args(Force),
    "form": get_args(Form),
}


def check_fields(kind: Kind, given: Row) -> None:
    """Raise UsageError where one of the fields is none of that kind of row, or not a person's to give."""
    known = [f.name for f in fields(rows.TYPES[kind]) if f.name not in ("id", "score")]
    strange = sorted(given.keys() - set(known))
    if strange:
        raise UsageError(f"{kind} have no field {', '.join(strange)} to correct; they have {', '.join(known)}.")


def check(kind: Kind, row: Row, document: Document) -> None:
    """Raise UsageError unless the row keeps the contract: its spans quote the document, its codes are in the ontology."""
    try:
        rows.typed(document, kind, row)
    except (KeyError, TypeError) as error:
        raise UsageError(f"That is no row of {kind}: {error}; docs/reviews.md shows what one looks like.") from error
    for span in _spans(row):
        _check_span(span, document)
    for name, values in _choices(kind, row):
        for value in row[name] if name == "contexts" else [_code(row[name])]:
            if value not in values:
                raise UsageError(f"{name}={value!r} cannot be; it is one of {', '.join(map(str, values))}.")
    if kind == "statements" and not row["content"]:
        raise UsageError("A statement needs the words that are said; give at least one span of content.")


def _choices(kind: Kind, row: Row) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The fields that take one of several values, and which."""
    yield from ((name, values) for name, values in _CHOICES.items() if name in row)
    if kind == "stances":
        yield "measure", tuple(load_ontology().measures)
    if kind == "events":
        types = load_ontology().types
        yield "type", tuple(types)
        yield "mode", (None, *(types[row["type"]].modes if row["type"] in types else ()))
        yield "contexts", tuple(load_ontology().contexts)


def _code(value: Any) -> Any:
    """What is coded: of a measure its type."""
    return value.get("type") if isinstance(value, Mapping) else value


def _spans(value: Any) -> Iterator[Row]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _spans(item)
    elif isinstance(value, Mapping):
        if is_span(value):
            yield value
        for item in value.values():
            yield from _spans(item)


def _check_span(span: Row, document: Document) -> None:
    start, end = span["start"], span["end"]
    if not 0 <= start <= end <= len(document.text) or document.text[start:end] != span["text"]:
        raise UsageError(
            f"[{start}, {end}) of document {document.id} does not read {span['text']!r}; offsets count code points from 0, "
            "the end not included."
        )
