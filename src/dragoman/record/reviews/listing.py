"""Reviews and what has become of them -> the rows of the table `reviews`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

import pyarrow as pa

from dragoman.record.reviews import rows
from dragoman.record.reviews.anchors import unquoted
from dragoman.record.reviews.overlay import Reviewed, Target
from dragoman.record.reviews.review import Review

Standing = Literal["valid", "undone", "superseded", "overruled", "outdated", "lost"]

_TEXT = pa.string()
_OWN = ("document_id", "publisher", "published", "id", "decided", "reviewer", "verdict", "kind", "row_id")
COLUMNS = pa.schema(
    [
        *((name, _TEXT) for name in _OWN),
        ("quote", _TEXT),
        ("quote_start", pa.int32()),
        ("quote_end", pa.int32()),
        *((name, _TEXT) for name in ("changes", "note", "state", "reason", "batch", "undoes")),
        ("final", pa.bool_()),
        ("sample", _TEXT),
        ("reader", _TEXT),
    ]
)
"""Of the table `reviews`. `quote` is what the row is about, where it now stands; offsets are null where it is lost."""

_NO_DOCUMENT = "The record has neither its document nor one with the same address or words."
_NOT_READ = "No reader has read its document."


@dataclass(frozen=True, slots=True)
class Listed:
    """A review and what has become of it. `target` is None where it is lost, undone, or an undo; `reason` says what was lost."""

    review: Review
    standing: Standing
    home: str | None = None
    target: Target | None = None
    reason: str | None = None


def listed(review: Review, home: str | None, seen: Reviewed | None, *, holds: bool) -> Listed:
    """What has become of a review whose document is now `home` and read as `seen`; `holds` unless it was taken back."""
    if not holds:
        return Listed(review, "undone")
    if review.verdict == "undo":
        return Listed(review, "valid")
    if home is None:
        return Listed(review, "lost", reason=_NO_DOCUMENT)
    if seen is None:
        return Listed(review, "lost", home, reason=_NOT_READ)
    target = next((t for t in seen.targets if review in t.reviews), None)
    if target is not None:
        return Listed(review, _standing(review, target), home, target)
    words = next((one.words for one in seen.lost if one.review == review), "")
    return Listed(review, "lost", home, reason=f"The text does not say {words!r} any more.")


def row(one: Listed) -> dict[str, Any]:
    """The row of the table."""
    review, document = one.review, one.review.document
    about: dict[str, Any] = {} if review.kind is None else dict(rows.focus(review.kind, review.row))
    where = None
    if one.target is not None:
        where = rows.focus(one.target.kind, one.target.judged)
    return {
        **{name: getattr(review, name) for name in COLUMNS.names if hasattr(review, name)},
        "document_id": one.home or review.document_id,
        "decided": review.at,
        "publisher": document.get("publisher"),
        "published": document.get("published"),
        "row_id": review.row.get("id") if one.target is None else one.target.id,
        "quote": about.get("text") if where is None else where["text"],
        "quote_start": None if where is None else where["start"],
        "quote_end": None if where is None else where["end"],
        "changes": json.dumps(unquoted(review.changes), ensure_ascii=False) if review.changes else None,
        "state": one.standing,
        "reason": one.reason,
    }


def _standing(review: Review, target: Target) -> Standing:
    if review.verdict == "flag" or review is target.decisive:
        return "outdated" if target.state == "outdated" and review.verdict == "reject" else "valid"
    return "overruled" if review is target.verdicts.get(review.reviewer) else "superseded"
