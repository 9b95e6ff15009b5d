"""The actors of a document and every mention of them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from dragoman.analysis import Actor, Mention


@dataclass(frozen=True)
class Cast:
    """Who appears in a document. `mentions` stand in text order and do not overlap.

    `inner` are the names inside them that say whose they are: Kenya in "the Kenyan minister".
    """

    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    inner: tuple[Mention, ...] = ()

    @cached_property
    def _by_id(self) -> dict[str, Actor]:
        return {a.id: a for a in self.actors}

    @cached_property
    def _starts(self) -> list[int]:
        return [m.start for m in self.mentions]

    def actor(self, id: str | None) -> Actor | None:
        """The actor of that id; None where the id is None or not of this document."""
        return None if id is None else self._by_id.get(id)

    def at(self, offset: int) -> Mention | None:
        """The mention that covers a code point."""
        i = bisect_right(self._starts, offset) - 1
        return self.mentions[i] if i >= 0 and offset < self.mentions[i].end else None

    def within(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that lie wholly inside `[start, end)`."""
        return tuple(m for m in self.mentions if start <= m.start and m.end <= end)
