"""Document -> Parsed (spaCy parse, sentences, paragraphs, quotations, and what was skipped)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from dragoman.analysis import Skipped
from dragoman.document import Document, Span
from dragoman.reading.datelines import dateline_end

CHUNK = 20_000
"""Longest stretch, in code points, that is parsed at once: it bounds memory, and no sentence of prose is as long."""

_RUN = re.compile(r"\S{400,}|(?=\S)[\W\d_]{400,}(?<=\S)")
_LINE = re.compile(r"[^\n\r]+")


@dataclass(frozen=True)
class Parsed:
    """A document under spaCy's parse; treat `doc` as read-only. Token offsets (`token.idx`) are those of `document.text`."""

    document: Document
    doc: Doc
    skipped: tuple[Skipped, ...] = ()

    @cached_property
    def sentences(self) -> tuple[Tokens, ...]:
        """The sentences in order; none crosses a paragraph and none is white space only."""
        return tuple(s for s in self.doc.sents if s.text.strip())

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Stretches between line breaks."""
        edges = [0, *_breaks(self.document.text), len(self.document.text)]
        spans = (_trimmed(self.document, a, b) for a, b in pairwise(edges))
        return tuple(s for s in spans if s.text)

    @cached_property
    def quotations(self) -> tuple[Span, ...]:
        """Stretches in double quotation marks, marks included; an unclosed mark runs to the end of its paragraph."""
        return tuple(self.document.span(a, b) for a, b in _quotations(self.document.text))

    @cached_property
    def _starts(self) -> list[int]:
        return [t.idx for t in self.doc]

    def token_at(self, offset: int) -> Token | None:
        """The token that covers a code point; None for the white space between tokens and behind the last one."""
        i = bisect_right(self._starts, offset) - 1
        return self.doc[i] if i >= 0 and offset < self._starts[i] + len(self.doc[i]) else None

    def tokens(self, start: int, end: int) -> Tokens:
        """The tokens that share a code point with `[start, end)`, possibly none."""
        first = bisect_right(self._starts, start) - 1
        if first < 0 or self._starts[first] + len(self.doc[first]) <= start:
            first += 1
        return self.doc[first : max(first, bisect_left(self._starts, end))]

    def span(self, tokens: Tokens | Token) -> Span:
        """The words of some tokens as a quotation, surrounding white space left out."""
        start = tokens.start_char if isinstance(tokens, Tokens) else tokens.idx
        return _trimmed(self.document, start, start + len(tokens.text))

    def sentence_at(self, offset: int) -> Span:
        """The sentence around a code point, as evidence."""
        token = self.token_at(offset)
        return self.span(token.sent) if token is not None else self.document.span(offset, offset)


def parse(document: Document, pipeline: Language, *, limit: int = 200_000) -> Parsed:
    """Parse up to `limit` code points of the text.

    Runs of 400 and more characters without white space (encoded data) or without a letter (figures, rows of dots) are no prose.
    They and what lies behind the limit are left out and reported in `skipped`: the parse sees white space in their place, so that
    all offsets hold.
    """
    text = _RUN.sub(lambda m: " " * len(m[0]), document.text[:limit])
    begins = dateline_end(text)
    docs = [_parse_chunk(text[a:b], pipeline, begins - a) for a, b in pairwise(_cuts(text))]
    return Parsed(document, _joined(docs, pipeline), _skipped(document.text, limit))


def _joined(docs: Sequence[Doc], pipeline: Language) -> Doc:
    if len(docs) == 1:
        return docs[0]
    return Doc.from_docs(list(docs), ensure_whitespace=False) or Doc(pipeline.vocab)


def _skipped(text: str, limit: int) -> tuple[Skipped, ...]:
    runs = [
        Skipped(*m.span(), f"400 or more characters without {_lack(m[0])}: not prose")
        for m in _RUN.finditer(text, 0, limit)
    ]
    if len(text) > limit:
        runs.append(
            Skipped(limit, len(text), f"beyond the limit of {limit:,} characters; raise max_characters to read on")
        )
    return tuple(runs)


def _lack(run: str) -> str:
    return "a letter" if any(c.isspace() for c in run) else "white space"


def _cuts(text: str) -> Iterator[int]:
    """Where chunks of at most CHUNK begin and end: behind a line break if there is one, else a full stop, a space, anywhere."""
    yield 0
    at = 0
    while at < len(text):
        window = text[at : at + CHUNK]
        if len(window) == CHUNK:
            cut = next(
                (c for mark in ("\n", ". ", " ") if (c := window.rfind(mark, CHUNK // 2) + len(mark)) >= len(mark)),
                CHUNK,
            )
            window = window[:cut]
        at += len(window)
        yield at


def _parse_chunk(text: str, pipeline: Language, begins: int) -> Doc:
    """A new sentence begins with each paragraph, and at `begins`, behind the dateline, which is part of none."""
    doc = pipeline.make_doc(text)
    breaks = _breaks(text)
    for token, following in pairwise(doc):
        if token.idx < begins <= following.idx:
            following.is_sent_start = True
        if "\n" in token.text or "\r" in token.text:
            following.is_sent_start = (
                bool(bisect_right(breaks, following.idx) - bisect_right(breaks, token.idx)) or None
            )
    return pipeline(doc)


def _breaks(text: str) -> list[int]:
    """Offsets at which a paragraph begins: every line break, but in text wrapped at a fixed width only a blank line."""
    lines = list(_LINE.finditer(text))
    wrapped = _is_wrapped([m[0] for m in lines])
    return [b.start() for a, b in pairwise(lines) if not wrapped or text[a.end() : b.start()].count("\n") > 1]


def _is_wrapped(lines: list[str]) -> bool:
    """Whether lines were broken at a fixed width: most stop in mid-sentence, and at about the same column."""
    body = lines[:-1]
    if len(body) < 3:
        return False
    open_ended = sum(line.rstrip()[-1:] not in set(".!?:;”\"'’)") and 40 <= len(line) <= 100 for line in body)
    return open_ended > len(body) * 0.6


def _trimmed(document: Document, start: int, end: int) -> Span:
    text = document.text[start:end]
    lead = len(text) - len(text.lstrip())
    return document.span(start + lead, max(start + lead, start + len(text.rstrip())))


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """Pairs of double quotation marks inside a line; an opening mark that is never closed runs to the end of its line."""
    for line in _LINE.finditer(text):
        opened: int | None = None
        for i, mark in enumerate(line[0], line.start()):
            if opened is None and mark in '“«„"':
                opened = i
            elif opened is not None and mark in '”»"':
                yield opened, i + 1
                opened = None
        if opened is not None:
            yield opened, line.end()
