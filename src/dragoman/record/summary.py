"""What a record holds, in figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from dragoman.record.parts import Damaged

COUNTED = ("mentions", "statements", "events", "stances")
_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts over the rows that are valid now, older generations left out, as people put them right or as they were read.

    `unread` counts documents that no reader has read yet, as a run that was killed may leave them; `partly_read` those of
    which a stretch was skipped. `actors` counts different ids. `first` and `last` are the earliest and latest date of a document.
    `publishers`, `types` and `measures` give the most frequent ones with their number of documents, events and stances; `readers`
    every reader, oldest first, with the number of documents whose valid reading is its own. `damaged` lists the parts that are
    left out.
    """

    documents: int
    unread: int
    partly_read: int
    actors: int
    mentions: int
    statements: int
    events: int
    stances: int
    first: str | None
    last: str | None
    publishers: tuple[tuple[str | None, int], ...]
    types: tuple[tuple[str, int], ...]
    measures: tuple[tuple[str, int], ...]
    readers: tuple[tuple[str, int], ...]
    damaged: tuple[Damaged, ...]

    def __str__(self) -> str:
        span = f" from {self.first} to {self.last}" if self.first else ""
        counts = ", ".join(f"{getattr(self, name):,} {name}" for name in ("actors", *COUNTED[1:]))
        notes = [f"{self.unread:,} not read yet"] * bool(self.unread) + [str(d) for d in self.damaged]
        return "\n".join((f"{self.documents:,} documents{span}: {counts}", *notes))


def summarize(
    sql: Callable[[str], pa.Table], readers: tuple[str, ...], damaged: tuple[Damaged, ...], *, reviewed: bool
) -> Summary:
    """Ask a record for its figures."""
    readings, over = ("reviewed", "_reviewed") if reviewed else ("readings", "")
    lengths = ", ".join(f"coalesce(sum(len({name})), 0)::BIGINT AS {name}" for name in COUNTED)
    (counts,) = sql(
        f"SELECT {lengths}, count(*) FILTER (len(skipped) > 0) AS partly_read FROM stored.{readings}"
    ).to_pylist()
    (about,) = sql(
        "SELECT count(*) AS documents, min(published) AS first, max(published) AS last FROM documents"
    ).to_pylist()
    valid = dict(_pairs(sql("SELECT reader, count(*) FROM stored.readings GROUP BY 1")))
    return Summary(
        **counts,
        **about,
        unread=_number(sql, "count(*) FROM documents ANTI JOIN stored.readings USING (document_id)"),
        actors=_number(sql, f"count(DISTINCT id) FROM actors{over}"),
        publishers=_most_frequent(sql, "publisher", "documents"),
        types=_most_frequent(sql, "type", f"events{over}"),
        measures=_most_frequent(sql, "measure", f"stances{over}"),
        readers=tuple((reader, valid.get(reader, 0)) for reader in readers),
        damaged=damaged,
    )


def _number(sql: Callable[[str], pa.Table], counted: str) -> int:
    number: int = sql(f"SELECT {counted}").column(0)[0].as_py()
    return number


def _most_frequent(sql: Callable[[str], pa.Table], column: str, table: str) -> tuple[tuple[str, int], ...]:
    return _pairs(sql(f"SELECT {column}, count(*) FROM {table} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_MOST}"))


def _pairs(rows: pa.Table) -> tuple[tuple[str, int], ...]:
    return tuple(zip(*(column.to_pylist() for column in rows.columns), strict=True))
