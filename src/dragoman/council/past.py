"""Roll calls -> what the Council has done so far, as counts that can be weighed by likeness to a new draft.

An entry is a draft, or several of half a year, one topic and one lead: so much of the past ships with dragoman, because forecasts
need it and a table of votes does not ship. Entries count as known from the day after their (last) day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dragoman.council.drafts import Draft, Lead
from dragoman.council.leanings import Leanings
from dragoman.council.rolls import Roll
from dragoman.council.rules import Vote
from dragoman.knowledge.seats import PERMANENT

Floats = NDArray[np.float64]
Labels = NDArray[np.str_]

COUNTED: tuple[Vote, ...] = ("yes", "abstain", "no")
"""The order of the last axis of `Past.votes`."""
FIVE = ("CHN", "FRA", "GBR", "RUS", "USA")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Drafts of one topic and lead, the last of them on `day` (proleptic ordinal): how many, how many contested or with a no of a
    permanent member, the share of votes that were not yes, and the counts of votes by member."""

    day: int
    topic: str
    region: str
    lead: Lead
    leaning: float
    drafts: int
    contested: int
    opposed: int
    dissent: float
    votes: Mapping[str, tuple[int, int, int]]


@dataclass(frozen=True, eq=False)
class Past:
    """The entries, oldest first."""

    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, rolls: Iterable[Roll], leanings: Leanings) -> Past:
        """An entry for each roll call."""
        return cls(tuple(sorted((_entry(roll, leanings) for roll in rolls), key=lambda e: e.day)))

    def before(self, day: int) -> Past:
        """Only what was known on the morning of that day."""
        return Past(tuple(e for e in self.entries if e.day < day))

    def after(self, day: int) -> Past:
        """Only what came on that day or later."""
        return Past(tuple(e for e in self.entries if e.day >= day))

    def joined(self, other: Past) -> Past:
        """This past and a later one."""
        return Past(tuple(sorted((*self.entries, *other.entries), key=lambda e: e.day)))

    def condensed(self) -> Past:
        """Entries of half a year, one topic and one lead made one."""
        groups: dict[tuple[int, bool, str, Lead], list[Entry]] = defaultdict(list)
        for entry in self.entries:
            on = date.fromordinal(entry.day)
            groups[on.year, on.month > 6, entry.topic, entry.lead].append(entry)
        return Past(tuple(sorted(map(_merged, groups.values()), key=lambda e: e.day)))

    @cached_property
    def topics(self) -> dict[str, str]:
        """Topic -> region, as the Council labels them."""
        return {e.topic: e.region for e in self.entries}

    @cached_property
    def members(self) -> tuple[str, ...]:
        """Everyone who ever voted, sorted."""
        return tuple(sorted({m for e in self.entries for m in e.votes}))

    @cached_property
    def days(self) -> Floats:
        return np.array([e.day for e in self.entries], dtype=float)

    @cached_property
    def leaning(self) -> Floats:
        """Mean leaning of the sponsors, NaN where there are none."""
        return np.array([e.leaning for e in self.entries])

    @cached_property
    def sizes(self) -> Floats:
        """Drafts of each entry, and of them contested, opposed by a permanent member, and the sum of their dissent: N x 4."""
        return np.array(
            [(e.drafts, e.contested, e.opposed, e.dissent * e.drafts) for e in self.entries], dtype=float
        ).reshape(-1, 4)

    @cached_property
    def votes(self) -> Floats:
        """Counts: entries x `members` x `COUNTED`."""
        column = {m: i for i, m in enumerate(self.members)}
        counts = np.zeros((len(self.entries), len(self.members), len(COUNTED)))
        for row, entry in enumerate(self.entries):
            for member, cast in entry.votes.items():
                counts[row, column[member]] = cast
        return counts

    @cached_property
    def shares(self) -> Floats:
        """Of the votes of each member in each entry, the share of each kind; zeros where it cast none."""
        return np.asarray(self.votes / np.maximum(self.votes.sum(axis=2, keepdims=True), 1), dtype=float)

    @cached_property
    def topic(self) -> Labels:
        """The topic of every entry."""
        return np.array([e.topic for e in self.entries], dtype=str)

    @cached_property
    def region(self) -> Labels:
        """The region of every entry."""
        return np.array([e.region for e in self.entries], dtype=str)

    @cached_property
    def lead(self) -> Labels:
        """The lead of every entry."""
        return np.array([e.lead for e in self.entries], dtype=str)


def day_of(on: str) -> int:
    """An ISO 8601 day as a number."""
    return date.fromisoformat(on).toordinal()


def sponsor_leaning(draft: Draft, leanings: Leanings) -> Floats:
    """Mean, highest and lowest leaning of the sponsors; NaN where they are not known, or everyone brings it."""
    if draft.lead in ("president", "council", "unknown"):
        return np.full(3, np.nan)
    found = leanings.each(sorted(draft.sponsors), draft.year)
    found = found[~np.isnan(found)]
    return np.array([found.mean(), found.max(), found.min()]) if len(found) else np.full(3, np.nan)


def _entry(roll: Roll, leanings: Leanings) -> Entry:
    votes = {m: tuple(int(v == kind) for kind in COUNTED) for m, v in roll.votes.items() if v in COUNTED}
    return Entry(
        day=day_of(roll.draft.date),
        topic=roll.draft.topic,
        region=roll.draft.region,
        lead=roll.draft.lead,
        leaning=float(sponsor_leaning(roll.draft, leanings)[0]),
        drafts=1,
        contested=int(roll.contested),
        opposed=int(any(v == "no" and m in PERMANENT for m, v in roll.votes.items())),
        dissent=sum(v != "yes" for v in roll.votes.values()) / len(roll.votes),
        votes=votes,  # type: ignore[arg-type]
    )


def _merged(group: list[Entry]) -> Entry:
    drafts = sum(e.drafts for e in group)
    votes: dict[str, tuple[int, int, int]] = {}
    for entry in group:
        for member, (yes, abstain, no) in entry.votes.items():
            had = votes.get(member, (0, 0, 0))
            votes[member] = (had[0] + yes, had[1] + abstain, had[2] + no)
    known = [e.leaning for e in group if e.leaning == e.leaning]
    return Entry(
        day=max(e.day for e in group),
        topic=group[0].topic,
        region=group[-1].region,
        lead=group[0].lead,
        leaning=sum(known) / len(known) if known else float("nan"),
        drafts=drafts,
        contested=sum(e.contested for e in group),
        opposed=sum(e.opposed for e in group),
        dissent=sum(e.dissent * e.drafts for e in group) / drafts,
        votes=votes,
    )
