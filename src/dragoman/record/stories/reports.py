"""Documents in which no event was read -> the stories that they seem to report, by first words, parties and day.

A reader overlooks events, and more so in rewritten reports. Such a document joins the story whose account it is most like, or
the earlier one of its kind that it is most like. Nothing that counts events goes by it, and no story changes by it.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.record.stories.days import ordinal
from dragoman.record.stories.linking import Account, length, weights_of

LIKENESS = 0.12
"""Least cosine of the words of a report and an account: parties and day agree already, and no names are among the words.

Of five values on the split `dev` of evaluation/stories.jsonl: 0.08 found more and mixed stories up."""

LEAD = 600
"""Code points at the beginning of a document that say what it reports."""

_DAYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A document without events. `parties` are the countries, or ids where there is none, of everybody in its lead, `words` the
    stems of the rest of that, as numbers. One without a day, or without parties, is like no other."""

    document: str
    day: str | None
    parties: frozenset[str]
    words: array[int]

    @property
    def order(self) -> tuple[str, str]:
        """Sorts by day; which report begins a story does not depend on the order in which documents were added."""
        return self.day or "\uffff", self.document


@dataclass(frozen=True, slots=True)
class Reported:
    """`document` reports `story`: that of an event, or the one that a document without events began, under the id of that one."""

    story: str
    document: str
    likeness: float


def reported(accounts: Sequence[Account], stories: Sequence[str], silent: Iterable[Report]) -> tuple[Reported, ...]:
    """One for each report; `stories` are those of the accounts. The order of `silent` does not matter."""
    reports = sorted(silent, key=lambda r: r.order)
    words = [a.words for a in accounts] + [r.words for r in reports]
    weights = weights_of(words)
    near = _Days(accounts)
    told = list(stories)
    found = []
    for number, report in enumerate(reports, start=len(accounts)):
        best = _most_like(words[number], ((other, words[other]) for other in near(report)), weights)
        told.append(report.document if best is None else told[best[0]])
        found.append(Reported(told[-1], report.document, 1.0 if best is None else best[1]))
        near.put(number, report)
    return tuple(found)


class _Days:
    """Accounts and reports by day and party, so that a report is compared with those of its days only."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        self._by_party: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        self._sides: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
        for number, account in enumerate(accounts):
            self._put(number, account.day, account.actors, account.recipients)

    def put(self, number: int, report: Report) -> None:
        """Add a report: another one may be of its story if they share a party."""
        self._put(number, report.day, report.parties, report.parties)

    def __call__(self, report: Report) -> Iterator[int]:
        day = ordinal(report.day)
        days = () if day is None else range(day - _DAYS, day + _DAYS + 1)
        found = {n for d in days for party in report.parties for n in self._by_party.get((d, party), ())}
        for number in sorted(found):
            actors, recipients = self._sides[number]
            if actors & report.parties and (not recipients or recipients & report.parties):
                yield number

    def _put(self, number: int, day: str | None, actors: frozenset[str], recipients: frozenset[str]) -> None:
        self._sides[number] = actors, recipients
        if (known := ordinal(day)) is not None:
            for party in actors:
                self._by_party[known, party].append(number)


def _most_like(
    words: array[int], others: Iterable[tuple[int, array[int]]], weights: dict[int, float]
) -> tuple[int, float] | None:
    """The most alike of the others and how much, the first of equals; None where none is alike enough."""
    mine, scale = set(words), length(words, weights)
    best: tuple[int, float] | None = None
    for number, its in others:
        shared = sum(weights[word] ** 2 for word in mine.intersection(its))
        across = scale * length(its, weights)
        alike = shared / across if across else 0.0
        if alike >= (LIKENESS if best is None else best[1] + 1e-12):
            best = number, alike
    return best
