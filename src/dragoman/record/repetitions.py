"""What counts once: when a row of a record repeats another one, and which of them stands for all.

Two rows are the same if they say the same in one document, on one day, or in one story. An event is of the story that its
accounts make (stories/linking.py), so that it may be told in other words; statements and stances are of the story that their
document reports.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from dragoman.record.filters import Duplicates

Kind = Literal["documents", "statements", "events", "stances"]
Row = tuple[str, str]
"""The ids of a document and of one of its rows; a document is the row of itself."""

FIRST = "published IS NULL, published, score DESC, document_id, id"
"""The order in which a row stands for others: the first to be published, of one date the surest."""

_WORDS = "regexp_replace(lower(coalesce(nullif(content, ''), cue_quote, source_quote, '')), '[^\\pL\\pN]+', ' ', 'g')"
_WHAT = {
    "statements": f"coalesce(source, lower(source_quote)), {_WORDS}",
    "events": "type, polarity, modality, actor_codes, recipient_codes",
    "stances": "coalesce(holder, lower(holder_quote)), measure, toward, stance, force, condition_quote IS NULL",
}
"""What two rows of a kind have in common that say the same."""

_PLACES = {
    "document": "document_id",
    "day": "coalesce(left(day, 10), document_id)",
    "story": "coalesce(story, document_id)",
}
_DOCUMENTS = {"document": "document_id", "day": f"{_PLACES['story']}, {_PLACES['day']}", "story": _PLACES["story"]}

_OF_DOCUMENT = "LEFT JOIN stored.story_reports s USING (document_id)"
_ROWS = {
    "documents": f"SELECT d.*, document_id AS id, 1 AS score, published AS day, story FROM documents d {_OF_DOCUMENT}",
    "statements": f"SELECT r.*, published AS day, story FROM statements{{}} r {_OF_DOCUMENT}",
    "events": (
        "SELECT e.*, a.story FROM stored.coded{} e "
        "LEFT JOIN stored.story_accounts a ON a.document_id = e.document_id AND a.event = e.id"
    ),
    "stances": f"SELECT r.*, published AS day, story FROM stances{{}} r {_OF_DOCUMENT}",
}


def needs_stories(kind: Kind, duplicates: Duplicates) -> bool:
    """Whether stories have to be known first."""
    return duplicates == "story" or (kind, duplicates) == ("documents", "day")


def same(kind: Kind, duplicates: Duplicates) -> str:
    """SQL for what two rows of `rows` have in common that count once, to partition by; any choice but none.

    Of documents `day` means the reports of one story on one day.
    """
    if kind == "documents":
        return _DOCUMENTS[duplicates]
    if (kind, duplicates) == ("events", "story"):
        return "coalesce(story, document_id || id)"
    return f"{_PLACES[duplicates]}, {_WHAT[kind]}"


def keyed(kind: Kind, duplicates: Duplicates, *, reviewed: bool) -> str:
    """SELECT of all rows of a kind: ids of document and row, what FIRST goes by, and what is the `same` where they count once."""
    source = _ROWS[kind].replace("{}", "_reviewed" * reviewed)
    return f"SELECT document_id, id, published, score, row({same(kind, duplicates)}) AS same FROM ({source})"


def repeated(
    kind: Kind, rows: Collection[Row], needed: Collection[Row], duplicates: Duplicates, *, reviewed: bool
) -> tuple[str, list[Any]]:
    """SELECT of those among the rows for which another one of them stands, needed ones before others; and its parameters."""
    asked = "unnest(?::VARCHAR[]) AS document_id, unnest(?::VARCHAR[]) AS id, unnest(?::BOOLEAN[]) AS needed"
    query = (
        f"SELECT document_id, id FROM ({keyed(kind, duplicates, reviewed=reviewed)}) JOIN (SELECT {asked}) "
        "USING (document_id, id) "
        f"QUALIFY row_number() OVER (PARTITION BY same ORDER BY needed DESC, {FIRST}) > 1"
    )
    documents, ids = zip(*rows, strict=True)
    return query, [list(documents), list(ids), [row in needed for row in rows]]
