"""Accounts of events -> stories: which accounts, by whichever document and publisher, are of one event.

Accounts are taken in the order of their days. Each joins the story that it is most like, if it is like one enough, or
begins its own;
stories never merge, so an account that comes later never changes what the earlier ones make up.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.record.stories.days import distance, ordinal

LIKENESS = 0.2
"""Least likeness of an account and a story: the cosine of their words, raised by what else they share (`_likeness`).
The splits `dev` of evaluation/ would take 0.15; read by the reader, that joins what is apart (docs/decisions.md)."""

BARE = 0.4
"""Least likeness where no day of both is known and neither a place nor parties on both sides are shared: "Paris condemned the
strike" fits "Paris condemned the arrest" in all that is coded. Reports of evaluation/ (split `dev`) without their dates have the
same F1 as with LIKENESS for all."""

STATED, REPORTED = 1, 3
"""Days between two accounts that both state the day; between others, where one only says when it was published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place as far as it is known; None fits every place."""

    name: str | None = None
    province: str | None = None
    country: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One event in one wording of a text, whichever documents brought it.

    `key` follows from the words alone. `actors` and `recipients` are countries, or ids where there is none. `day` is
    the day of the
    event if `stated`, else of the publication, None if unknown. `words` are the stems of the passage around it, as
    numbers.
    """

    key: str
    type: str
    realised: tuple[str, str]
    actors: frozenset[str]
    recipients: frozenset[str]
    day: str | None
    stated: bool
    where: Where
    words: array[int]

    @property
    def order(self) -> tuple[bool, str, str]:
        """Sorts by day; months, years and unknown days come last, because they fit too much."""
        return ordinal(self.day) is None, self.day or "\uffff", self.key


def link(accounts: Sequence[Account]) -> list[int]:
    """For each account the position of the one that began its story. The order of `accounts` does not matter."""
    weights = weights_of([a.words for a in accounts])
    lengths = [length(a.words, weights) for a in accounts]
    began = list(range(len(accounts)))
    open_stories = _Shelf()
    for number in sorted(range(len(accounts)), key=lambda n: accounts[n].order):
        account = accounts[number]
        words = set(account.words)
        best = (LIKENESS, number)
        for other in open_stories.near(account):
            if _may_be_one(account, accounts[other]) and _may_be_one(account, accounts[began[other]]):
                alike = _likeness(account, words, accounts[other], weights, lengths[number] * lengths[other])
                if alike > best[0] and alike >= _least(account, accounts[other]):
                    best = (alike, began[other])
        began[number] = best[1]
        open_stories.put(number, account)
    return began


class _Shelf:
    """Accounts by type and party, in the order of their days, so that each is compared with few."""

    def __init__(self) -> None:
        self._days: defaultdict[tuple[str, ...], list[float]] = defaultdict(list)
        self._numbers: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)

    def put(self, number: int, account: Account) -> None:
        """Accounts come in order, those without a day last."""
        day = ordinal(account.day)
        for block in _blocks(account):
            self._days[block].append(math.inf if day is None else day)
            self._numbers[block].append(number)

    def near(self, account: Account) -> Iterable[int]:
        """Those that came before and are not too old; for an account without a day, all."""
        day = ordinal(account.day)
        found: dict[int, None] = {}
        for block in _blocks(account):
            first = 0 if day is None else bisect_left(self._days[block], day - max(STATED, REPORTED))
            found.update(dict.fromkeys(self._numbers[block][first:]))
        return found


def _blocks(account: Account) -> Iterator[tuple[str, ...]]:
    """What two accounts of one event share: the type and an actor, or a recipient where nobody knows the actor."""
    for role, parties in (("actor", account.actors), ("recipient", account.recipients)):
        yield from ((account.type, role, party) for party in parties)


def _may_be_one(one: Account, other: Account) -> bool:
    """Whether nothing that both say is different."""
    return (
        one.realised == other.realised
        and _meet(one.actors, other.actors)
        and _meet(one.recipients, other.recipients)
        and _same_time(one, other)
        and _same_place(one.where, other.where)
    )


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    return not one or not other or not one.isdisjoint(other)


def _same_time(one: Account, other: Account) -> bool:
    apart = distance(one.day, other.day)
    if apart is None:
        return not one.day or not other.day or one.day.startswith(other.day) or other.day.startswith(one.day)
    return apart <= (STATED if one.stated and other.stated else REPORTED)


def _same_place(one: Where, other: Where) -> bool:
    if one.country and other.country and one.country != other.country:
        return False
    if one.province and other.province and one.province != other.province:
        return False
    if one.kind == other.kind == "city" or not (one.kind and other.kind):
        return not one.name or not other.name or one.name == other.name
    return True


def weights_of(passages: Iterable[Iterable[int]]) -> dict[int, float]:
    """What a word tells, by how few passages have it (inverse document frequency)."""
    counts = Counter(word for words in passages for word in words)
    total = max(1, max(counts.values(), default=1))
    return {word: 1 + math.log(total / count) for word, count in counts.items()}


def length(words: Iterable[int], weights: dict[int, float]) -> float:
    """Of the vector that the words make."""
    return math.sqrt(math.fsum(weights[word] ** 2 for word in words))


def _least(one: Account, other: Account) -> float:
    """How alike two accounts must be, by how much else speaks for one event."""
    dated = distance(one.day, other.day) is not None
    between = not one.actors.isdisjoint(other.actors) and not one.recipients.isdisjoint(other.recipients)
    return LIKENESS if dated or between or _share_place(one, other) else BARE


def _share_place(one: Account, other: Account) -> bool:
    return one.where.name is not None and one.where.name == other.where.name


def _likeness(one: Account, words: set[int], other: Account, weights: dict[int, float], scale: float) -> float:
    """The cosine of the words (`words` are those of `one`), and a little more for a place and a stated day that both have."""
    shared = math.fsum(weights[word] ** 2 for word in words.intersection(other.words))
    alike = shared / scale if scale else 0.0
    place = _share_place(one, other)
    day = one.stated and other.stated and one.day == other.day
    return alike + 0.1 * place + 0.05 * day
