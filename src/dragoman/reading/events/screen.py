"""Sentences -> which of them are not about world affairs: sport, anniversaries, history, obituaries, fiction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

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
        text = f" {' '.join(t.lemma_.lower() for t in sentence)} "
        forms = f" {' '.join(t.lower_ for t in sentence)} "
        politics = any(f" {word} " in text for word in self.words["politics"])
        for subject, words in self.words.items():
            if subject == "politics":
                continue
            hits = sum(f" {word} " in text or f" {word} " in forms for word in words)
            if subject == "sport_weak" and _SCORE.search(sentence.text):
                hits += 1
            if hits >= (2 + politics if subject.endswith("_weak") else 1):
                return True
        return False
