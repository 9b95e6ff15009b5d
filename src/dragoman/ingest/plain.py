"""Plain text and Markdown -> one Document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.document import Document
from dragoman.ingest.rows import columns_of, document_of
from dragoman.ingest.source import Options, Source

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_ENTRY = re.compile(r"^([A-Za-z][\w -]*):[ \t](.+)$", re.MULTILINE)
_HEADING = re.compile(r"^#[ \t](.+)$", re.MULTILINE)


def read_text(source: Source) -> Iterator[Document]:
    """The file is the text, unaltered; plain text says nothing about itself."""
    yield source.document(source.text())


def read_markdown(source: Source) -> Iterator[Document]:
    """The text as it stands behind the front matter (`title: ...`, `date: ...` between lines of `---`), which is metadata.

    Without a title there, the first heading of level one is the title.
    """
    text = source.text()
    front = _FRONT_MATTER.match(text)
    body = text[front.end() :] if front else text
    row: dict[str, object] = dict(_entries(front[1])) if front else {}
    if heading := _HEADING.search(body):
        row.setdefault("title", heading[1].strip(" \t\r#"))
    row["text"] = body
    yield document_of(row, columns_of(tuple(row), Options()), source)


def _entries(front: str) -> Iterator[tuple[str, str]]:
    for m in _ENTRY.finditer(front):
        name, value = m[1].lower(), m[2].strip()
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
        if name != "text":
            yield name, value[1:-1] if quoted else value
