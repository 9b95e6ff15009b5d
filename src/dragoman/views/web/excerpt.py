"""Analysis -> a piece of it: some stretches of its text, with the actors, mentions and statements that are whole in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from dragoman.analysis import Analysis, Mention, Statement
from dragoman.document import Document, Span
from dragoman.reading.actors import Cast

S = TypeVar("S", bound=Span)
Stretch = tuple[int, int]
"""Code points `[start, end)` of the document."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`document` has the kept stretches one after the other; whatever it holds counts offsets in it."""

    document: Document
    cast: Cast
    statements: tuple[Statement, ...]
    kept: tuple[Stretch, ...]

    @classmethod
    def of(cls, analysis: Analysis, kept: Sequence[Stretch]) -> Excerpt:
        """These stretches of an analysis, in text order and apart from each other."""
        whole = analysis.document
        text = "".join(whole.text[start:end] for start, end in kept)
        names = ("title", "publisher", "published", "url", "language")
        piece = cls(Document(text, **{n: getattr(whole, n) for n in names}), Cast(), (), tuple(kept))
        mentions, inner = _layers(m for m in map(piece.whole, analysis.mentions) if m is not None)
        statements = (_within(piece, s) for s in analysis.statements)
        return replace(
            piece, cast=Cast(analysis.actors, mentions, inner), statements=tuple(s for s in statements if s.content)
        )

    def place(self, offset: int) -> int:
        """Where a place of the whole document is in the piece; for one that was left out, where it would be."""
        return sum(max(min(offset, end) - start, 0) for start, end in self.kept)

    def part(self, span: S) -> S | None:
        """What is kept of a span; None where nothing is."""
        start, end = self.place(span.start), self.place(span.end)
        text = self.document.text[start:end]
        return replace(span, start=start, end=end, text=text) if text.strip() else None

    def whole(self, span: S | None) -> S | None:
        """The span, if all of it is kept."""
        found = None if span is None else self.part(span)
        return found if found is not None and span is not None and found.text == span.text else None


def _within(piece: Excerpt, statement: Statement) -> Statement:
    content = tuple(part for span in statement.content if (part := piece.part(span)) is not None)
    return replace(statement, source=piece.whole(statement.source), cue=piece.whole(statement.cue), content=content)


def _layers(mentions: Iterable[Mention]) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Mentions that do not overlap, and those inside them."""
    outer: list[Mention] = []
    inner: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        (inner if outer and mention.start < outer[-1].end else outer).append(mention)
    return tuple(outer), tuple(inner)
