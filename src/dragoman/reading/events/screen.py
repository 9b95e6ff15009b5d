"""Sentences -> which of them are not about world affairs: sport, anniversaries, history, obituaries, fiction."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span as Tokens

from dragoman.reading.parse import Parsed

_SCORE = re.compile(r"\b\d{1,3}[-–:]\d{1,3}\b")
_TITLE_WEIGHT = 2


@dataclass(frozen=True, slots=True)
class Screen:
    """Word lists by subject. A name ending in `_weak` needs two of its words where others need one, three beside "politics"."""

    words: Mapping[str, frozenset[str]]

    def passed(self, parsed: Parsed) -> tuple[Tokens, ...]:
        """The sentences that may tell of events; none where the whole document is about something else."""
        sentences = parsed.sentences
        kept = tuple(s for s in sentences if not self.is_other(s))
        out = len(sentences) - len(kept)
        opens = bool(sentences) and self.is_other(sentences[0])
        if out > 2 and out * 4 > len(sentences) or (opens and out * _TITLE_WEIGHT > 2):
            return ()
        return kept

    def is_other(self, sentence: Tokens) -> bool:
        """Whether the sentence speaks of sport, the past, a life or a work of fiction."""
        lemmas, forms = [t.lemma_.lower() for t in sentence], [t.lower_ for t in sentence]
        words, texts = {*lemmas, *forms}, (f" {' '.join(lemmas)} ", f" {' '.join(forms)} ")
        politics = bool(_hits(self.words["politics"], words, texts))
        for subject, listed in self.words.items():
            if subject == "politics":
                continue
            hits = _hits(listed, words, texts)
            if subject == "sport_weak" and _SCORE.search(sentence.text):
                hits += 1
            if hits >= (2 + politics if subject.endswith("_weak") else 1):
                return True
        return False


def _hits(listed: frozenset[str], words: Set[str], texts: tuple[str, str]) -> int:
    """How many of the listed words and phrases a sentence has."""
    said = (phrase for first, phrase in _phrases(listed) if first in words)
    return len(listed & words) + sum(any(phrase in text for text in texts) for phrase in said)


@cache
def _phrases(listed: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """The first word of each listed phrase, and the phrase with a space on both sides."""
    return tuple((word.split()[0], f" {word} ") for word in listed if " " in word)
