"""One decision of a person about one row: the line of the log, and what may stand in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from dragoman.errors import NewerRecordError, UsageError

Kind = Literal["statements", "events", "stances"]
Verdict = Literal["accept", "reject", "correct", "add", "flag", "undo"]
Row = Mapping[str, Any]

SCHEMA = 1
KINDS: tuple[Kind, ...] = get_args(Kind)
JUDGING = ("accept", "reject", "correct", "add")
"""Verdicts that say whether a row is right; a flag asks somebody to look, an undo takes something back."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Review:
    """Who (`reviewer`) decided what (`verdict`) about which row of which document, and when (`at`).

    `row` is the row as it was judged, in the terms of the contract, each span with the words around it; `actors` and
    `statements` are those that it refers to. `changes` are the fields that are right instead: an object is merged into the one
    there, everything else replaces it. `batch` names decisions made in one gesture; `undoes` is the review or batch that
    an undo takes back. `final` settles what reviewers disagree about. `sample` names the sample the row was drawn in.
    `document` is its id, url, title, publisher and date. `reader` made the row. `at` is ISO 8601 in UTC to the microsecond.
    `id` is a digest of all this, so the same decision written twice is one; `turn` orders decisions of the same instant.
    Raises UsageError for a verdict, name or time that cannot be.
    """

    verdict: Verdict
    reviewer: str
    at: str
    document: Row = field(default_factory=dict)
    kind: Kind | None = None
    row: Row = field(default_factory=dict)
    changes: Row = field(default_factory=dict)
    actors: tuple[Row, ...] = ()
    statements: tuple[Row, ...] = ()
    reader: str | None = None
    note: str | None = None
    batch: str | None = None
    undoes: str | None = None
    final: bool = False
    sample: str | None = None
    turn: int = 0
    id: str = field(init=False)

    def __post_init__(self) -> None:
        if self.verdict not in get_args(Verdict):
            raise UsageError(f"{self.verdict!r} is no verdict; the verdicts are {', '.join(get_args(Verdict))}.")
        if not self.reviewer.strip():
            raise UsageError("A review needs the name of its reviewer; without it nobody could ask why.")
        if (self.verdict == "undo") != (self.undoes is not None):
            raise UsageError("An undo, and only an undo, names the review or batch that it takes back.")
        if self.verdict != "undo" and (self.kind not in KINDS or not self.row or "id" not in self.document):
            raise UsageError(f"A verdict is about a row of a document, of one of the kinds {', '.join(KINDS)}.")
        object.__setattr__(self, "at", in_utc(self.at))
        object.__setattr__(self, "id", self._digest())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Review) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def document_id(self) -> str | None:
        return self.document.get("id")

    def to_json(self) -> str:
        """One line of the log, without the line break."""
        return json.dumps({"schema": SCHEMA, **_set_fields(self), "id": self.id}, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, line: str) -> Review:
        """The inverse of `to_json`; ValueError for a line that is none, NewerRecordError for one of a later version."""
        try:
            found = json.loads(line)
            if found["schema"] > SCHEMA:
                raise NewerRecordError(
                    f"A review of layout {found['schema']} was written by a later dragoman; upgrade it."
                )
            known: dict[str, Any] = {f.name: found[f.name] for f in fields(cls) if f.init and f.name in found}
            known |= {name: tuple(known[name]) for name in ("actors", "statements") if name in known}
            review = cls(**known)
        except (KeyError, TypeError, UsageError) as error:
            raise ValueError(f"no review: {error}") from error
        if review.id != found.get("id"):
            raise ValueError("the content of a review is not the one that its id was made from")
        return review

    def order(self) -> tuple[str, int, str]:
        """Reviews sort by time, whichever file they stand in."""
        return self.at, self.turn, self.id

    def _digest(self) -> str:
        content = {name: value for name, value in _set_fields(self).items() if name != "turn"}
        try:
            line = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
        except UnicodeEncodeError:
            raise UsageError("A review holds a lone surrogate, which is no character; replace it by U+FFFD.") from None
        return hashlib.sha256(line).hexdigest()[:16]


def in_utc(at: str) -> str:
    """An ISO 8601 time with an offset, as UTC to the microsecond: such strings sort as times do."""
    try:
        time = datetime.fromisoformat(at)
    except ValueError:
        time = datetime.min
    if time.tzinfo is None:
        raise UsageError(
            f"at={at!r} is no time with an offset, such as 2031-05-02T09:30:00Z or 2031-05-02T09:30:00+03:00."
        )
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _set_fields(review: Review) -> dict[str, Any]:
    """The fields that say something; what is left out has its default."""
    values = {f.name: getattr(review, f.name) for f in fields(review) if f.init}
    return {
        name: list(v) if isinstance(v, tuple) else v for name, v in values.items() if v not in (None, (), {}, False, 0)
    }
