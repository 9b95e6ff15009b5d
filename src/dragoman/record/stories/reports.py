"""Documents -> which of them report one story, by the events that they share, or by day, parties and words.

A reader overlooks events and reads others differently in each rewritten report, but documents say more of what they
are about. Each is compared with earlier ones of its days and joins the pile of those that it is most like, or begins
its own. Nothing that counts events goes by it, and no story of events changes by it.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from dragoman.record.stories.days import ordinal
from dragoman.record.stories.linking import length

LIKENESS = 0.15
"""Least likeness of a document and a pile: the mean of the cosines of its words with those of the likest member and of all
members, changed by what parties agree on. Of four values, on evaluation/stories.jsonl and the split `dev` of
stories_more.jsonl."""

PARTIES, ONE_UNKNOWN, OTHERS = 0.05, -0.05, -0.1
"""What is added where two documents name two parties or more in common; where one of them names nobody; where each of them
names a party that the other does not. Those that name only others are never of one story."""

LEAD = 600
"""Code points at the beginning of a document that say what it reports."""

DAYS = 3
"""Days that reports of one story are apart, at most."""

NAME = 2
"""How much more than another word a name tells, be it of a town, a ship or a person: two reports of one day and one country that
share a name are mostly of one event."""

_TELLING, _LOOKED_AT = 8, 64

_FEW = 200
"""Documents of a record that is too small to say which words tell much; in it all tell nearly the same."""

Grounds = Literal["event", "words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a document says at its beginning.

    `key` follows from its words alone. `parties` are countries and organisations, `words` the stems of all else, as
    numbers, `names` those of them that are written with a capital inside a sentence, `events` the stories that its
    events are accounts of, as they follow each other. One without a day is like no other.
    """

    document: str
    key: str
    day: str | None
    parties: frozenset[str]
    words: array[int]
    names: array[int]
    events: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, str, str]:
        """Sorts by day; which report begins a pile does not depend on the order in which documents were added."""
        return self.day or "\uffff", self.key, self.document


@dataclass(frozen=True, slots=True)
class Reported:
    """`document` reports `story`, and that rests on an event of its own which is an account of it, or only on its words.

    The story is that of the first event in the pile, so that piles of one event are one; where no member has any, it is the id of
    the first member.
    """

    story: str
    document: str
    likeness: float
    rests_on: Grounds


def reported(reports: Iterable[Report]) -> tuple[Reported, ...]:
    """One for each report; their order does not matter."""
    ordered = sorted(reports, key=lambda r: r.order)
    piles = _Piles(ordered)
    joined = [piles.add(number) for number in range(len(ordered))]
    return tuple(
        Reported(pile.story, report.document, alike, "event" if pile.story in report.events else "words")
        for report, (pile, alike) in zip(ordered, joined, strict=True)
    )


@dataclass(slots=True)
class _Pile:
    """Documents of one story; `words` is the sum of their vectors, each of length 1."""

    story: str
    day: int
    size: int = 0
    has_event: bool = False
    words: defaultdict[int, float] = field(default_factory=lambda: defaultdict(float))

    def put(self, report: Report, vector: Mapping[int, float]) -> None:
        """Add a member."""
        self.size += 1
        for word, share in vector.items():
            self.words[word] += share
        if report.events and not self.has_event:
            self.story, self.has_event = report.events[0], True


class _Piles:
    """Reports, taken in their order, and the piles they are in."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._reports = reports
        self._counts = Counter(word for report in reports for word in report.words)
        as_names = Counter(word for report in reports for word in report.names)
        documents = max(len(reports), _FEW)
        self._weights = {
            word: math.log1p(documents / count) * (NAME if 2 * as_names[word] >= count else 1)
            for word, count in self._counts.items()
        }
        self._today: int | None = None
        self._recent: dict[int, tuple[_Pile, dict[int, float]]] = {}
        self._by_key: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, number: int) -> tuple[_Pile, float]:
        """The pile of this report, which is the next one, and how much it is like it."""
        report = self._reports[number]
        day = ordinal(report.day)
        if day is None:
            return _Pile(report.events[0] if report.events else report.document, 0), 1.0
        if day != self._today:
            self._begin(day)
        vector = self._vector(report.words)
        keys = self._keys(report)
        pile, alike = self._likest(report, vector, self._near(keys)) or (_Pile(report.document, day), 1.0)
        pile.put(report, vector)
        self._recent[number] = pile, vector
        for key in keys:
            self._by_key[key].append(number)
        return pile, alike

    def _begin(self, day: int) -> None:
        """Let go of the reports in piles that began too long before this day: nothing joins those any more."""
        self._today = day
        self._recent = {n: (pile, its) for n, (pile, its) in self._recent.items() if day - pile.day <= DAYS}

    def _vector(self, words: array[int]) -> dict[int, float]:
        scale = length(words, self._weights)
        return {word: self._weights[word] / scale for word in words}

    def _keys(self, report: Report) -> list[int]:
        """The words that few documents have, more than one of them: two reports of one story share one at least."""
        shared = sorted((count, word) for word in report.words if (count := self._counts[word]) > 1)
        most = shared[:_TELLING][-1][0] if shared else 0
        return [word for count, word in shared if count <= most]

    def _near(self, keys: Iterable[int]) -> list[int]:
        """Earlier reports in piles of these days that share a key, the last ones of each."""
        found: set[int] = set()
        for key in keys:
            found.update(islice(reversed(self._by_key[key]), _LOOKED_AT))
        return sorted(found & self._recent.keys())

    def _likest(self, report: Report, vector: Mapping[int, float], near: Iterable[int]) -> tuple[_Pile, float] | None:
        """The pile that a report is most like, the first of equals, and how much; None where none is alike enough."""
        best: tuple[_Pile, float] | None = None
        for pile, alike in self._likenesses(report, vector, near):
            if alike >= (LIKENESS if best is None else best[1] + 1e-12):
                best = pile, alike
        return best

    def _likenesses(
        self, report: Report, vector: Mapping[int, float], near: Iterable[int]
    ) -> Iterator[tuple[_Pile, float]]:
        means: dict[int, float] = {}
        for number in near:
            agreement = _agreement(report, self._reports[number])
            if agreement is not None:
                pile, its = self._recent[number]
                if id(pile) not in means:
                    means[id(pile)] = _cosine(vector, pile.words) / pile.size
                yield pile, (_cosine(vector, its) + means[id(pile)]) / 2 + agreement


def _agreement(one: Report, other: Report) -> float | None:
    """What parties add to the likeness of words; None where they say that these are two stories."""
    common = one.parties & other.parties
    if not (one.parties and other.parties):
        return ONE_UNKNOWN
    if not common:
        return None
    if one.parties - common and other.parties - common:
        return OTHERS
    return PARTIES if len(common) > 1 else 0.0


def _cosine(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    return math.fsum(share * other[word] for word, share in one.items() if word in other)
