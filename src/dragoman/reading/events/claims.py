"""Statements -> whose claim an event is, and what the source of a statement does by making it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from dragoman.analysis import Statement
from dragoman.document import Span
from dragoman.reading.events.parties import Parties, Who

SPEECH_ACTS = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Types that are done by saying something: of a source they are events, not claims."""


@dataclass(frozen=True)
class Claims:
    """Looks up the statements around a place in the text."""

    statements: tuple[Statement, ...]
    who: Who

    @cached_property
    def _by_id(self) -> dict[str, Statement]:
        return {s.id: s for s in self.statements}

    def around(self, span: Span) -> tuple[Statement, ...]:
        """The statements whose content holds the span, innermost first."""
        holding = [s for s in self.statements if any(c.covers(span) for c in s.content)]
        return tuple(sorted(holding, key=lambda s: (sum(c.end - c.start for c in s.content), s.id)))

    def claimed_in(self, anchor: Span, type: str, actors: Parties) -> str | None:
        """The innermost statement that holds the event and is not itself the act of the event's actor."""
        for statement in self.around(anchor):
            if not (type in SPEECH_ACTS and self.is_by(statement, actors)):
                return statement.id
        return None

    def is_by(self, statement: Statement, actors: Parties) -> bool:
        """Whether one of the actors is the source, or both speak for the same state."""
        return statement.source is not None and bool(self.who.sides([statement.source]) & self.who.sides(actors))

    def outer(self, statement: Statement) -> str | None:
        """The statement that a source's act by making this one is itself told in."""
        return None if statement.within is None or statement.within not in self._by_id else statement.within

    def source(self, statements: Iterable[Statement]) -> tuple[Statement, Parties] | None:
        """The innermost of the statements whose source is a decided actor, with that actor."""
        for statement in statements:
            if statement.source is not None and statement.source.actor is not None:
                return statement, (statement.source,)
        return None
