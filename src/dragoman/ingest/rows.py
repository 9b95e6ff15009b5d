"""A row of a table or an object of JSON -> a Document: which column holds what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache

from dragoman.document import Document
from dragoman.errors import DocumentError
from dragoman.ingest.source import Options, Source

_USUAL = {
    "text": "text fulltext articletext body bodytext articlebody content maintext rawtext plaintext article story storytext "
    "eventtext passage paragraph sentence document",
    "title": "title headline head subject",
    "published": "published publishedat publicationdate publishdate pubdate datepublished datepublish storydate date datetime",
    "publisher": "publisher outlet sitename sourcename sourcehostname newspaper agency sourcedomain source",
    "url": "url link permalink sourceurl uri href",
    "language": "language lang languagecode",
}
"""The names under which others store these fields, most telling first, without case, spaces and punctuation."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns that hold the fields of a document; None where there is no such column."""

    text: str
    title: str | None
    published: str | None
    publisher: str | None
    url: str | None
    language: str | None

    @property
    def names(self) -> list[str]:
        """Those that exist, each once."""
        return list(dict.fromkeys(name for f in fields(self) if (name := getattr(self, f.name)) is not None))


@lru_cache(maxsize=256)
def columns_of(names: tuple[str, ...], options: Options, *, sparse: bool = False) -> Columns:
    """Find the columns by the names the user gave, else by the usual names, case and punctuation aside.

    `sparse`: rows may leave out what they do not know, as in JSON. DocumentError naming the columns there are where the text, or
    a column that the user named, is missing.
    """
    wanted = {
        "text": options.text_column,
        "title": options.title_column,
        "published": options.date_column,
        "publisher": options.publisher_column,
        "url": options.url_column,
        "language": options.language_column,
    }
    found = {field: _named(name, names) if name else _usual(field, names) for field, name in wanted.items()}
    for field, name in wanted.items():
        if name and found[field] is None and not (sparse and field != "text"):
            raise DocumentError(f"There is no column {name!r}; {_listed(names)}.")
    if found["text"] is None:
        raise DocumentError(f"No column is known to hold the text; {_listed(names)}. Name it with --text-column.")
    return Columns(**found)  # type: ignore[arg-type]  # text was just checked


def document_of(row: Mapping[str, object], columns: Columns, source: Source) -> Document:
    """The document in a row; DocumentError where its text is no text or blank."""
    text = row.get(columns.text)
    if text is None:
        raise DocumentError(f"The column {columns.text!r} is empty.")
    if not isinstance(text, str):
        raise DocumentError(
            f"The column {columns.text!r} holds {_kind(text)}, not text; name another with --text-column."
        )
    return source.document(
        text,
        published=row.get(columns.published or ""),
        title=_string(row.get(columns.title or "")),
        publisher=_string(row.get(columns.publisher or "")),
        url=_string(row.get(columns.url or "")),
        language=_string(row.get(columns.language or "")),
    )


def _named(name: str, names: Iterable[str]) -> str | None:
    exact = [n for n in names if n == name]
    return next(iter(exact or [n for n in names if _key(n) == _key(name)]), None)


def _usual(field: str, names: Iterable[str]) -> str | None:
    by_key = {_key(name): name for name in reversed(list(names))}
    return next((by_key[key] for key in _USUAL[field].split() if key in by_key), None)


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.lower())


def _listed(names: tuple[str, ...], most: int = 20) -> str:
    if not names:
        return "there are no columns"
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"the columns are {', '.join(n[:40] or '(unnamed)' for n in names[:most])}{more}"


def _string(value: object) -> str | None:
    """A field as text; an object such as `{"id": 1, "name": "The Courier"}` stands for its name."""
    if isinstance(value, Mapping):
        value = value.get("name")
    return value if isinstance(value, str) else None


def _kind(value: object) -> str:
    names = ((bool, "true or false"), (int | float, "a number"), (Mapping, "an object"), (list, "a list"))
    return next((name for kind, name in names if isinstance(value, kind)), f"a value of type {type(value).__name__}")
