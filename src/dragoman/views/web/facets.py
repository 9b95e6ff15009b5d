"""What a search was found in -> by what it can be narrowed: values with the number of documents that each would leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from dragoman.record import Record

SHOWN = 10
"""Values of a facet that are shown."""

WITHIN = {
    "publisher": ("documents", "statements", "events", "stances"),
    "actor": ("documents", "statements", "events", "stances"),
    "type": ("documents", "events"),
    "measure": ("documents", "stances"),
    "stance": ("stances",),
    "year": ("documents", "statements", "events", "stances"),
}
"""What a search can be narrowed by, and where."""

_VALUES = {
    "publisher": "SELECT document_id, publisher AS value FROM documents",
    "actor": "SELECT document_id, id AS value FROM actors WHERE kind <> 'unnamed'",
    "type": "SELECT document_id, type AS value FROM stored.coded",
    "measure": "SELECT document_id, measure AS value FROM stances",
    "stance": "SELECT document_id, stance AS value FROM stances",
    "year": "SELECT document_id, left(published, 4) AS value FROM documents",
}


@dataclass(frozen=True, slots=True)
class Facet:
    """The distinct values of every document: `values[n]` is one of document `places[n]`, a place in `documents`."""

    documents: pa.Array
    places: pa.Array
    values: pa.Array

    @classmethod
    def of(cls, record: Record, name: str) -> Facet:
        """What the readings of a record have of it."""
        found = record.sql(f"SELECT DISTINCT document_id, value FROM ({_VALUES[name]}) WHERE value IS NOT NULL")
        ids = found["document_id"].combine_chunks().dictionary_encode()
        return cls(ids.dictionary, ids.indices, found["value"].combine_chunks())

    def counted(self, ids: pa.Array) -> tuple[tuple[str, int], ...]:
        """The values that most of these documents have, and how many have them."""
        wanted = pc.is_in(self.places, value_set=pc.index_in(ids, value_set=self.documents))
        pairs = ((p["values"], p["counts"]) for p in self.values.filter(wanted).value_counts().to_pylist())
        return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:SHOWN])


def facets(record: Record) -> Mapping[str, Facet]:
    """All of them."""
    return {name: Facet.of(record, name) for name in WITHIN}


def counted(known: Mapping[str, Facet], within: str, found: pa.Table) -> Mapping[str, Sequence[tuple[str, int]]]:
    """How many documents each value would leave of what was found."""
    ids = found["document_id"].unique()
    return {name: known[name].counted(ids) for name, places in WITHIN.items() if within in places}
