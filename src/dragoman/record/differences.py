"""What a newer reader made of documents that an older one had read: rows added, removed and changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from dragoman.record import schema

TABLES = ("statements", "events", "stances")


@dataclass(frozen=True, slots=True)
class Difference:
    """Numbers of rows. An id follows from kind and words: the same id is the same row, read differently if `changed`."""

    added: int
    removed: int
    changed: int

    def __str__(self) -> str:
        return f"{self.added:,} added, {self.removed:,} removed, {self.changed:,} changed"


def compare(ask: Callable[[str], pa.Table], new: str, old: str) -> Mapping[str, Difference]:
    """The differences by table, over the documents that stand in both of two stored tables of readings; scores do not count."""
    return {name: _compare(ask, name, new, old) for name in TABLES}


def _compare(ask: Callable[[str], pa.Table], name: str, new: str, old: str) -> Difference:
    fields = [f.name for f in schema.READINGS.field(name).type.value_type if f.name not in ("id", "score")]
    content = f"struct_pack({', '.join(f'{field} := r.{field}' for field in fields)})"

    def rows(of: str, other: str) -> str:
        return (
            f"(SELECT document_id, r.id AS id, {content} AS content FROM (SELECT document_id, unnest({name}) AS r "
            f"FROM {of} SEMI JOIN {other} USING (document_id)))"
        )

    (found,) = ask(
        "SELECT count(*) FILTER (o.id IS NULL) AS added, count(*) FILTER (n.id IS NULL) AS removed, "
        "count(*) FILTER (n.id IS NOT NULL AND o.id IS NOT NULL AND n.content IS DISTINCT FROM o.content) AS changed "
        f"FROM {rows(new, old)} n FULL JOIN {rows(old, new)} o ON n.document_id = o.document_id AND n.id = o.id"
    ).to_pylist()
    return Difference(found["added"], found["removed"], found["changed"])
