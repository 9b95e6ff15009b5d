"""Evidence -> how many sources it has that do not repeat each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dragoman.record.positions.evidence import Evidence, order

_BETWEEN_WORDS = re.compile(r"[\W_]+")


def independent(evidence: Iterable[Evidence]) -> int:
    """The number of publishers that were the first to bring a sentence; the number of stories, where those are known.

    Many outlets print one agency's text, so a sentence in the same words counts for whoever printed it first (of one day, the
    first by name) and for nobody else. Documents without a publisher are one source together. Which of two publishers of one day
    was first, nobody knows: a copy may be taken for the original, but is never another story.
    """
    found = tuple(evidence)
    stories = {e.story for e in found}
    if None not in stories:
        return len(stories)
    first: dict[str, str] = {}
    for e in sorted(found, key=lambda e: (e.date is None, e.date or "", e.publisher or "\U0010ffff", order(e))):
        first.setdefault(wording(e.words), e.publisher or "")
    return len(set(first.values()))


@lru_cache(maxsize=1 << 16)
def wording(text: str) -> str:
    """The words alone, without case, punctuation and white space; the text itself where it has no words."""
    return _BETWEEN_WORDS.sub(" ", text.casefold()).strip() or text
