"""Predicate -> when: the words of time around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dragoman.reading.events.dates import resolve
from dragoman.reading.events.syntax import clause_of
from dragoman.reading.parse import Parsed


@dataclass(frozen=True, slots=True)
class Setting:
    """Dates of the predicates of one document."""

    parsed: Parsed

    def date(self, trigger: Token, *, future: bool) -> str | None:
        """The date that the words of time around the predicate name; None where they name none."""
        for entity in self._times(trigger):
            start = max(entity.start - 1, entity.sent.start)
            if found := resolve(
                self.parsed.doc[start : entity.end].text,
                self.parsed.document.published,
                future=future or _is_ahead(entity.root),
            ):
                return found
        return None

    def _times(self, trigger: Token) -> Iterator[Tokens]:
        """Expressions of time that belong to the trigger's own clause, nearest first; "last week's raid" dates only the raid."""
        own = [
            e
            for e in trigger.sent.ents
            if e.label_ in ("DATE", "TIME") and clause_of(e.root) == clause_of(trigger) and _dates(e.root, trigger)
        ]
        return iter(sorted(own, key=lambda e: abs(e.start - trigger.i)))


def _dates(time: Token, trigger: Token) -> bool:
    """Whether words of time can date the trigger: an owner dates only what it owns."""
    return bool(time.dep_ != "poss" or time.head.i == trigger.i)


def _is_ahead(time: Token) -> bool:
    """Whether words of time stand with something still to come: "talks to be held on Friday", "will leave on Friday"."""
    verb = time.doc[clause_of(time)]
    aux = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    return bool(aux & {"will", "'ll"}) or ("to" in aux and verb.dep_ in ("relcl", "acl"))
