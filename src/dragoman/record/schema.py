"""Analyses <-> Arrow tables, by schemas that are written down here.

A reading is one row: the published contract of `Analysis.to_dict` without the text, its rows nested as lists of structs. It
repeats two things, which follow from the rest and so cannot contradict it: the publisher and date of the document, which its
id is made of, and beside every actor id the actor it stands for (`who`). They spare every query two joins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from dragoman.analysis import Analysis
from dragoman.document import Document

VERSION = 2
"""Of the layout on disk; a record of a higher one is refused.

1: the first. 2: places and numbers of dead, injured and arrested on events; derived tables and reviews beside the readings.
A layout only grows, by fields that may be null: so rows of an older one become rows of this one by a cast.
"""

METADATA_KEY = b"dragoman.record"
"""Under this key a part says in its footer of which layout it is."""

_TEXT, _OFFSET, _SCORE = pa.string(), pa.int32(), pa.float64()


def _struct(**fields: pa.DataType) -> pa.DataType:
    return pa.struct(list(fields.items()))


_WHO = {"name": _TEXT, "kind": _TEXT, "country": _TEXT, "code": _TEXT}
_SPAN = {"start": _OFFSET, "end": _OFFSET, "text": _TEXT}
_COUNT = {**_SPAN, "value": _OFFSET, "least": _OFFSET, "most": _OFFSET}
_PLACE = {
    **_SPAN,
    **dict.fromkeys(("name", "kind", "country", "province"), _TEXT),
    **dict.fromkeys(("latitude", "longitude"), pa.float64()),
    "geonames": _OFFSET,
}
_PARTY = {**_SPAN, "actor": _TEXT, "who": _struct(**_WHO)}

_ROWS = {
    "actors": _struct(id=_TEXT, **_WHO, sectors=pa.list_(_TEXT)),
    "mentions": _struct(**_PARTY, via=_TEXT),
    "statements": _struct(
        id=_TEXT,
        source=_struct(**_PARTY),
        cue=_struct(**_SPAN),
        content=pa.list_(_struct(**_SPAN)),
        form=_TEXT,
        within=_TEXT,
        score=_SCORE,
    ),
    "events": _struct(
        id=_TEXT,
        type=_TEXT,
        anchor=_struct(**_SPAN),
        actors=pa.list_(_struct(**_PARTY)),
        recipients=pa.list_(_struct(**_PARTY)),
        mode=_TEXT,
        contexts=pa.list_(_TEXT),
        cameo=_TEXT,
        date=_TEXT,
        place=_struct(**_PLACE),
        dead=_struct(**_COUNT),
        injured=_struct(**_COUNT),
        arrested=_struct(**_COUNT),
        polarity=_TEXT,
        modality=_TEXT,
        claimed_in=_TEXT,
        score=_SCORE,
    ),
    "stances": _struct(
        id=_TEXT,
        holder=_struct(**_PARTY),
        measure=_struct(**_SPAN, type=_TEXT),
        stance=_TEXT,
        evidence=_struct(**_SPAN),
        toward=_TEXT,
        toward_who=_struct(**_WHO),
        force=_TEXT,
        condition=_struct(**_SPAN),
        statement=_TEXT,
        score=_SCORE,
    ),
    "skipped": _struct(start=_OFFSET, end=_OFFSET, reason=_TEXT),
}

_METADATA = {METADATA_KEY: str(VERSION)}

DOCUMENTS = pa.schema(
    [(name, _TEXT) for name in ("document_id", "publisher", "published", "title", "language", "url", "text")],
    metadata=_METADATA,
)
READINGS = pa.schema(
    [
        *((name, _TEXT) for name in ("document_id", "publisher", "published", "reader")),
        *((name, pa.list_(row)) for name, row in _ROWS.items()),
    ],
    metadata=_METADATA,
)


def same_layout(found: pa.Schema, expected: pa.Schema) -> bool:
    """Whether the columns that we know have the types that we write."""
    return all(found.field(name).type == expected.field(name).type for name in expected.names)


def conform(table: pa.Table) -> pa.Table:
    """The same rows with every column and nested field of this layout: those that an older one had not are null."""
    types = {field.name: field.type for field in (*DOCUMENTS, *READINGS)}
    return pa.table({name: table[name].cast(types.get(name, table[name].type)) for name in table.column_names})


def documents_table(documents: Iterable[Document]) -> pa.Table:
    """One row per document, of schema DOCUMENTS."""
    columns = DOCUMENTS.names[1:]
    rows = [{"document_id": d.id, **{name: getattr(d, name) for name in columns}} for d in documents]
    return pa.Table.from_pylist(rows, schema=DOCUMENTS)


def readings_table(analyses: Iterable[Analysis]) -> pa.Table:
    """One row per analysis, of schema READINGS."""
    return pa.Table.from_pylist([_reading(a) for a in analyses], schema=READINGS)


def documents_of(table: pa.Table) -> Iterator[Document]:
    """The inverse of `documents_table`."""
    for row in table.to_pylist():
        del row["document_id"]
        yield Document(**row)


def analyses_of(table: pa.Table, documents: Mapping[str, Document]) -> Iterator[Analysis]:
    """The inverse of `readings_table`; readings whose document is not among `documents` are passed over."""
    for row in table.to_pylist():
        document = documents.get(row["document_id"])
        if document is not None:
            yield Analysis.from_dict({**_without_who(row), "document": _fields(document)})


def _reading(analysis: Analysis) -> dict[str, Any]:
    row = analysis.to_dict()
    who = {actor["id"]: {name: actor[name] for name in _WHO} for actor in row["actors"]}
    document = analysis.document
    return {
        "document_id": document.id,
        "publisher": document.publisher,
        "published": document.published,
        "reader": analysis.reader,
        **{name: _with_who(row[name], who) for name in _ROWS},
    }


def _with_who(value: Any, who: Mapping[str, dict[str, Any]]) -> Any:
    """The same rows, with the actor beside every id of one."""
    if isinstance(value, list):
        return [_with_who(v, who) for v in value]
    if not isinstance(value, dict):
        return value
    row = {name: _with_who(v, who) for name, v in value.items()}
    if "actor" in row:
        row["who"] = who.get(row["actor"])
    if "toward" in row:
        row["toward_who"] = who.get(row["toward"])
    return row


def _without_who(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_who(v) for v in value]
    if not isinstance(value, dict):
        return value
    return {name: _without_who(v) for name, v in value.items() if name not in ("who", "toward_who")}


def _fields(document: Document) -> dict[str, Any]:
    return {name: getattr(document, name) for name in DOCUMENTS.names[1:]}
