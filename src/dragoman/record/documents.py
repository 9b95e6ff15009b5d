"""The documents of a record as a read-only mapping from id to Document, read from the parts when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import chain, repeat

from dragoman.document import Document
from dragoman.record import catalogue, parts, schema
from dragoman.record.parts import Part

_GROUPS_IN_MEMORY = 4


class Documents(Mapping[str, Document]):
    """All documents, in the order in which they were added; the texts of a few row groups are in memory at a time."""

    def __init__(self, found: tuple[Part, ...]) -> None:
        self._parts = found
        self._read = lru_cache(maxsize=_GROUPS_IN_MEMORY)(_documents_in)

    def __getitem__(self, id: str) -> Document:
        part, group = self._place_of[id]
        return self._read(self._parts[part], group)[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._place_of)

    def __len__(self) -> int:
        return len(self._place_of)

    def __contains__(self, id: object) -> bool:
        return id in self._place_of

    def __repr__(self) -> str:
        return f"<{len(self):,} documents>"

    @cached_property
    def _place_of(self) -> dict[str, tuple[int, int]]:
        """The part and the row group in which each document stands first."""
        found: dict[str, tuple[int, int]] = {}
        for number, (part, column) in enumerate(zip(self._parts, catalogue.ids(self._parts).chunks, strict=True)):
            sizes = parts.groups(part) if part.rows > parts.GROUP_ROWS else [part.rows]
            places = chain.from_iterable(repeat((number, group), rows) for group, rows in enumerate(sizes))
            for id, place in zip(column.to_pylist(), places, strict=True):
                found.setdefault(id, place)
        return found


def _documents_in(part: Part, group: int) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for document in schema.documents_of(parts.read_group(part, group)):
        found.setdefault(document.id, document)
    return found
