"""Roll calls -> what the Council has done so far, as counts that can be weighed by likeness to a new draft.

An entry is a draft, or several of two years: so much of the past ships with dragoman, because forecasts need it and a table of
votes does not ship. No shipped entry is of fewer than three drafts, so no count of it is one vote. Entries count as known from
the day after their (last) day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
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
RATES = ("contested", "opposed", "failed", "dissent")
"""What is counted of drafts, in the order of `Past.sizes`."""
FEWEST = 3
"""Drafts of a condensed entry, at least."""
OTHER = "other topics"
"""The topic of an entry that is of several."""
FIVE = ("CHN", "FRA", "GBR", "RUS", "USA")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Drafts of one topic and lead, the last of them on `day` (proleptic ordinal): how many, how many contested, with a no of a
    permanent member, or not adopted, the share of votes that were not yes, and the counts of votes by member."""

    day: int
    topic: str
    region: str
    lead: Lead
    leaning: float
    drafts: int
    contested: int
    opposed: int
    failed: int
    dissent: float
    votes: Mapping[str, tuple[int, int, int]]


@dataclass(frozen=True, eq=False)
class Past:
    """The entries, oldest first; `labels` are topics with their regions that are known beside those of the entries."""

    entries: tuple[Entry, ...]
    labels: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, rolls: Iterable[Roll], leanings: Leanings) -> Past:
        """An entry for each roll call."""
        return cls(tuple(sorted((_entry(roll, leanings) for roll in rolls), key=lambda e: e.day)))

    def before(self, day: int) -> Past:
        """Only what was known on the morning of that day."""
        return Past(tuple(e for e in self.entries if e.day < day), self.labels)

    def after(self, day: int) -> Past:
        """Only what came on that day or later."""
        return Past(tuple(e for e in self.entries if e.day >= day))

    def joined(self, other: Past) -> Past:
        """This past and a later one."""
        entries = sorted((*self.entries, *other.entries), key=lambda e: e.day)
        return Past(tuple(entries), (*self.labels, *other.labels))

    def condensed(self) -> Past:
        """Entries of two calendar years, one topic and one lead made one; where that makes fewer than FEWEST drafts, those of a
        region and lead, else of a region, else all; what is left then is dropped. The labels of the topics stay."""
        left, found = list(self.entries), list[Entry]()
        for level in _LEVELS:
            groups: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
            for entry in left:
                groups[date.fromordinal(entry.day).year // 2, *level(entry)].append(entry)
            found += [_merged(g) for g in groups.values() if _drafts(g) >= FEWEST]
            left = [e for g in groups.values() if _drafts(g) < FEWEST for e in g]
        return Past(tuple(sorted(found, key=lambda e: e.day)), tuple(self.topics.items()))

    @cached_property
    def topics(self) -> dict[str, str]:
        """Topic -> region, as the Council labels them."""
        return dict(self.labels) | {e.topic: e.region for e in self.entries if e.topic != OTHER}

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
        """Drafts of each entry, then as many as `RATES`: how many of them were contested, opposed by a permanent member, not
        adopted, and the sum of their dissent."""
        rows = [(e.drafts, e.contested, e.opposed, e.failed, e.dissent * e.drafts) for e in self.entries]
        return np.array(rows, dtype=float).reshape(-1, 1 + len(RATES))

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
        failed=int(roll.decision.outcome != "adopted"),
        dissent=sum(v != "yes" for v in roll.votes.values()) / len(roll.votes),
        votes=votes,  # type: ignore[arg-type]
    )


_LEVELS: tuple[Callable[[Entry], tuple[str, ...]], ...] = (
    lambda e: (e.topic, e.lead),
    lambda e: (e.region, e.lead),
    lambda e: (e.region,),
    lambda _: (),
)
"""What entries that are made one have in common beside their years."""


def _drafts(group: Iterable[Entry]) -> int:
    return sum(e.drafts for e in group)


def _merged(group: list[Entry]) -> Entry:
    drafts = _drafts(group)
    votes: dict[str, tuple[int, int, int]] = {}
    for entry in group:
        for member, (yes, abstain, no) in entry.votes.items():
            had = votes.get(member, (0, 0, 0))
            votes[member] = (had[0] + yes, had[1] + abstain, had[2] + no)
    known = [e.leaning for e in group if e.leaning == e.leaning]
    topics, regions, leads = ({getattr(e, part) for e in group} for part in ("topic", "region", "lead"))
    return Entry(
        day=max(e.day for e in group),
        topic=group[0].topic if len(topics) == 1 else OTHER,
        region=group[-1].region if len(topics) == 1 or len(regions) == 1 else "Thematic",
        lead=group[0].lead if len(leads) == 1 else "unknown",
        leaning=sum(known) / len(known) if known else float("nan"),
        drafts=drafts,
        contested=sum(e.contested for e in group),
        opposed=sum(e.opposed for e in group),
        failed=sum(e.failed for e in group),
        dissent=sum(e.dissent * e.drafts for e in group) / drafts,
        votes=votes,
    )
