"""Text -> windows: whole paragraphs, cut into words and word pieces, each small enough for one pass of the encoder.

A window is encoded alone, never padded and never batched with another, so what is read in it depends on its own words only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

LONGEST = 256
"""Word pieces in a window, markers included. The encoder was tuned on windows of this length."""

_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]{1,20000}(?!\S)|[^\n\r\u2028\u2029]{1,20000}")
_ENDS_SENTENCE = frozenset(".!?。！？؟")
_OPENS = frozenset("“«")
_CLOSES = frozenset("”»")

Ints = npt.NDArray[np.int64]


class Word(NamedTuple):
    """A word or a punctuation mark: code points `[start, end)` of the document, and its word pieces."""

    start: int
    end: int
    text: str
    pieces: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Window:
    """A run of words and what the encoder is given for them.

    `pieces` are vocabulary numbers with [CLS] before the first paragraph and [SEP] after each; `heads[i]` is the place in
    `pieces` of the first piece of word i; `spans[i]` are the code points `[start, end)` of word i; `paragraphs[i]` numbers
    the paragraph it stands in, from 0.
    """

    pieces: Ints
    heads: Ints
    spans: Ints
    paragraphs: Ints

    def __len__(self) -> int:
        return len(self.heads)


class Windower:
    """Cuts documents into windows with one tokenizer, whose own cutting and padding it turns off."""

    def __init__(self, tokenizer: Tokenizer, longest: int = LONGEST) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._longest = longest
        self._first = tokenizer.token_to_id("[CLS]")
        self._last = tokenizer.token_to_id("[SEP]")

    def windows(self, text: str) -> Iterator[Window]:
        """The windows of `text` in order; every word is in exactly one. Nothing for a text without words."""
        for block in self._blocks(text):
            yield self._window(block)

    def _blocks(self, text: str) -> Iterator[list[list[Word]]]:
        """Runs of paragraphs that fit into one window; a paragraph longer than that is cut between sentences."""
        block: list[list[Word]] = []
        size = 1
        for paragraph in self._paragraphs(text):
            for part in _cut(paragraph, self._longest - 2):
                length = _pieces(part) + 1
                if block and size + length > self._longest:
                    yield block
                    block, size = [], 1
                block.append(part)
                size += length
        if block:
            yield block

    def _paragraphs(self, text: str) -> Iterator[list[Word]]:
        for match in _PARAGRAPH.finditer(text):
            if words := self._words(match.group(), match.start()):
                yield words

    def _words(self, paragraph: str, offset: int) -> list[Word]:
        encoding = self._tokenizer.encode(paragraph, add_special_tokens=False)
        spans: list[list[int]] = []
        pieces: list[list[int]] = []
        last = None
        for piece, number, (start, end) in zip(encoding.ids, encoding.word_ids, encoding.offsets, strict=True):
            if number == last:
                spans[-1][1] = end
                pieces[-1].append(piece)
            else:
                spans.append([start, end])
                pieces.append([piece])
            last = number
        return [
            Word(offset + start, offset + end, paragraph[start:end], tuple(of_word))
            for (start, end), of_word in zip(spans, pieces, strict=True)
        ]

    def _window(self, block: Sequence[Sequence[Word]]) -> Window:
        pieces = [self._first]
        heads: list[int] = []
        for paragraph in block:
            for word in paragraph:
                heads.append(len(pieces))
                pieces.extend(word.pieces)
            pieces.append(self._last)
        return Window(
            pieces=np.array(pieces, dtype=np.int64),
            heads=np.array(heads, dtype=np.int64),
            spans=np.array([(word.start, word.end) for paragraph in block for word in paragraph], dtype=np.int64),
            paragraphs=np.repeat(np.arange(len(block)), [len(paragraph) for paragraph in block]).astype(np.int64),
        )


def _pieces(words: Iterable[Word]) -> int:
    return sum(len(word.pieces) for word in words)


def _cut(words: list[Word], room: int) -> Iterator[list[Word]]:
    """The words in runs of at most `room` pieces, each cut at the best place its second half offers."""
    start = size = 0
    for i, word in enumerate(words):
        size += len(word.pieces)
        if size > room and i > start:
            stop = start + _best_cut(words[start:i])
            yield words[start:stop]
            start, size = stop, _pieces(words[stop : i + 1])
    if start < len(words):
        yield words[start:]


def _best_cut(words: Sequence[Word]) -> int:
    """After the last sentence of the second half that ends outside quotation marks, else after the last that ends at all."""
    quoted = False
    outside = anywhere = 0
    for i, word in enumerate(words):
        if word.text in _OPENS or (word.text == '"' and not quoted):
            quoted = True
        elif word.text in _CLOSES or word.text == '"':
            quoted = False
        if word.text in _ENDS_SENTENCE or (word.text in _CLOSES and i and words[i - 1].text in _ENDS_SENTENCE):
            anywhere = i + 1
            outside = outside if quoted else anywhere
    half = len(words) // 2
    return next((cut for cut in (outside, anywhere) if cut > half), len(words))
