"""The voting tables -> roll calls: drafts with each member's vote.

Two CSV files in the shape of the public voting record, one row per draft and one per vote, joined by `src_id`. Rows whose
`usable` is not Y are left out, and so are votes of states that had no seat that day. The column art27 is not read: what was
decided follows from the votes (`rules`).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.council.drafts import Draft, Names, read_sponsors
from dragoman.council.labels import topic_of_row
from dragoman.council.penholders import brought
from dragoman.council.rules import Decision, Vote, decide
from dragoman.errors import InputError
from dragoman.knowledge.seats import seated

DRAFT_COLUMNS = ("src_id", "date", "draft", "agenda_item", "region", "topic", "submitted_by", "usable_note")
VOTE_COLUMNS = ("src_id", "member", "vote")
CAST: Mapping[str, Vote] = {"Yes": "yes", "No": "no", "Abstain": "abstain"}
"""How the tables write a vote; who has no row was absent."""
_MISLABELLED = "outcome label wrong"
"""A row whose outcome is another draft's, by its note: its sponsors are too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """A draft, who had a seat, and how they voted; an absent member has a seat and no vote."""

    id: str
    draft: Draft
    seats: tuple[str, ...]
    votes: Mapping[str, Vote]

    @property
    def contested(self) -> bool:
        """Did anyone vote no or abstain?"""
        return any(vote != "yes" for vote in self.votes.values())

    @property
    def decision(self) -> Decision:
        """What was decided."""
        return decide(self.votes, on=self.draft.date, procedural=self.draft.procedural)


def read_rolls(votes: str | Path, drafts: str | Path, names: Names) -> tuple[Roll, ...]:
    """The roll calls of the two files, oldest first.

    InputError where a file lacks a column, a vote is no vote, or nothing is left; UsageError for a date without a Council.
    """
    cast: dict[str, list[tuple[str, Vote]]] = defaultdict(list)
    for line, row in _usable(Path(votes), VOTE_COLUMNS):
        if row["vote"] not in CAST:
            raise InputError(f"{votes}, line {line}: {row['vote']!r} is no vote. Write {', '.join(CAST)}.")
        cast[row["src_id"]].append((row["member"], CAST[row["vote"]]))
    rows = _once([row for _, row in _usable(Path(drafts), DRAFT_COLUMNS)])
    rolls = [_roll(row, cast[row["src_id"]], names) for row in rows]
    found = sorted((r for r in rolls if r.votes), key=lambda r: r.draft.date)
    if not found:
        raise InputError(
            f"{drafts} and {votes} have no usable draft with votes in common. Check that src_id joins them."
        )
    return tuple(found)


def _once(rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Without the rows that carry another draft's label where the same vote has a row of its own."""
    own = {(r["date"], r["draft"]) for r in rows if _MISLABELLED not in r["usable_note"]}
    return [r for r in rows if _MISLABELLED not in r["usable_note"] or (r["date"], r["draft"]) not in own]


def _roll(row: dict[str, str], cast: list[tuple[str, Vote]], names: Names) -> Roll:
    on = row["date"]
    seats = seated(names.gazetteer, on)
    mislabelled = _MISLABELLED in row["usable_note"]
    sponsors, lead = read_sponsors("" if mislabelled else row["submitted_by"], on, seats, names)
    topic = topic_of_row(row, sponsors)
    if lead == "unknown":
        sponsors, lead = read_sponsors(brought(row["draft"], topic.name, on), on, seats, names)
    draft = Draft(
        date=on,
        topic=topic.name,
        region=topic.region,
        sponsors=sponsors,
        lead=lead,
        amendment="amend" in row["draft"].casefold(),
        procedural="procedural" in row["usable_note"],
        symbol=row["draft"],
    )
    members = ((names.state(name, on, seats), vote) for name, vote in cast)
    return Roll(id=row["src_id"], draft=draft, seats=seats, votes={m: v for m, v in members if m in seats})


def _usable(file: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            found = [(reader.line_num, row) for row in reader if (row.get("usable") or "Y") == "Y"]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{file} is no CSV file in UTF-8: {error}. Save it as one.") from error
    missing = [c for c in columns if c != "usable_note" and c not in (reader.fieldnames or ())]
    if missing:
        raise InputError(f"{file}, line 1: the column {missing[0]} is missing. It must have {', '.join(columns)}.")
    return [(line, {c: row.get(c) or "" for c in (*columns,)}) for line, row in found]
