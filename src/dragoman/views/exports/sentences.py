"""Text -> its sentences, by their marks alone: for the formats that count them.

Readings do not keep the parser's sentences, so these are found by full stops, question and exclamation marks before a
capital, and by line breaks. An abbreviation before a name ("Gen. Aly") that is not among the usual ones parts a
sentence in two: the number may then be one too high, the offsets stay right.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from dragoman.document import Span

_END = re.compile(r"""(?:[.!?…]["'”’»)\]]*\s+(?=["'“‘«(\[]?[^\Wa-z\d_])|[。！？]["”』」]?|(?<!\s)\s*[\r\n]+\s*)""")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Maj|Capt|Lt|Sgt|Sen|Rep|Gov|Amb|Adm|St|No|vs|U\.S|U\.N|U\.K|[A-Z]))\.\s+$"
)


def sentence_at(text: str, offset: int) -> tuple[int, Span]:
    """The number, from 1, and the words of the sentence in which a place of the text lies."""
    starts = _starts(text)
    number = max(bisect_right(starts, offset), 1)
    start = starts[number - 1]
    end = starts[number] if number < len(starts) else len(text)
    words = text[start:end].rstrip()
    return number, Span(start, start + len(words), words)


def sentences(text: str) -> list[Span]:
    """All sentences in order; those without a word are left out."""
    found = [sentence_at(text, start)[1] for start in _starts(text)]
    return [s for s in found if s.text.strip()]


@lru_cache(maxsize=8)
def _starts(text: str) -> tuple[int, ...]:
    first = len(text) - len(text.lstrip())
    ends = [
        m.end() for m in _END.finditer(text, first) if not _ABBREVIATION.search(text, max(0, m.start() - 6), m.end())
    ]
    return tuple(dict.fromkeys([first if first < len(text) else 0, *(end for end in ends if end < len(text))]))
