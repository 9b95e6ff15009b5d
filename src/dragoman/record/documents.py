"""The documents of a record as a read-only mapping from id to Document, read from the parts when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from dragoman.document import Document
from dragoman.record import catalogue, parts, schema
from dragoman.record.parts import Part

_PARTS_IN_MEMORY = 4


class Documents(Mapping[str, Document]):
    """All documents, in the order in which they were added; the texts of a few parts are in memory at a time."""

    def __init__(self, found: tuple[Part, ...]) -> None:
        self._parts = found
        self._read = lru_cache(maxsize=_PARTS_IN_MEMORY)(_documents_in)

    def __getitem__(self, id: str) -> Document:
        return self._read(self._parts[self._part_of[id]])[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._part_of)

    def __len__(self) -> int:
        return len(self._part_of)

    def __contains__(self, id: object) -> bool:
        return id in self._part_of

    def __repr__(self) -> str:
        return f"<{len(self):,} documents>"

    @cached_property
    def _part_of(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for number, column in enumerate(catalogue.ids(self._parts).chunks):
            for id in column.to_pylist():
                found.setdefault(id, number)
        return found


def _documents_in(part: Part) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for document in schema.documents_of(parts.read(part)):
        found.setdefault(document.id, document)
    return found
