"""Predicate -> when and where: the words of time and place that hang on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dragoman.document import Span
from dragoman.reading.events.dates import resolve
from dragoman.reading.events.syntax import prepositions
from dragoman.reading.parse import Parsed

_LOCATIVE = frozenset(["in", "at", "near", "into", "outside", "around", "across", "inside", "off"])
_PLACES = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True, slots=True)
class Setting:
    """Date and place of the predicates of one document."""

    parsed: Parsed

    def date(self, trigger: Token, *, future: bool) -> str | None:
        """The date that the words of time around the predicate name; None where they name none."""
        for entity in self._times(trigger):
            start = max(entity.start - 1, entity.sent.start)
            if found := resolve(
                self.parsed.doc[start : entity.end].text, self.parsed.document.published, future=future
            ):
                return found
        return None

    def place(self, trigger: Token) -> Span | None:
        """The place named in a phrase of place that hangs on the predicate, or on what it is done to."""
        for token in (trigger, *_clause_mates(trigger)):
            for preposition in prepositions(token):
                if preposition.lower_ in _LOCATIVE and (found := self._place_behind(preposition)) is not None:
                    return found
        return None

    def _times(self, trigger: Token) -> Iterator[Tokens]:
        """Expressions of time that belong to the trigger's own clause, nearest first."""
        own = [e for e in trigger.sent.ents if e.label_ in ("DATE", "TIME") and _clause(e.root) == _clause(trigger)]
        return iter(sorted(own, key=lambda e: abs(e.start - trigger.i)))

    def _place_behind(self, preposition: Token) -> Span | None:
        for entity in preposition.sent.ents:
            if entity.label_ in _PLACES and any(
                c.dep_ == "pobj" and entity.start <= c.i < entity.end for c in preposition.children
            ):
                return self.parsed.span(entity)
        return None


def _clause(token: Token) -> int:
    """Index of the verb whose clause the token stands in."""
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    return int(token.i)


def _clause_mates(trigger: Token) -> Iterator[Token]:
    return (child for child in trigger.children if child.dep_ in ("dobj", "nsubjpass", "attr"))
