"""Tagger + articles -> attributions inside the contents of others, for training the inner layer.

PolNeAR marks outer attributions only. Read by itself, though, the content of an attribution is a text like any other, and a
tagger trained on the outer layer finds in it what a reader would call nested speech. Those finds are the inner layer's gold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dragoman.reading.attribution import Attribution, Tagger
from training.statements.corpus import Article

LEAST = 0.4
"""Score of the attributions that are believed."""


def with_inner(article: Article, tagger: Tagger) -> Article:
    """The article with what the tagger finds in each content by itself."""
    text = article["text"]
    spans = sorted({(start, end) for a in article["attributions"] for start, end in a["content"]})
    return {**article, "inner": [row for start, end in spans for row in _inside(text[start:end], start, tagger)]}


def _inside(content: str, offset: int, tagger: Tagger) -> Iterator[dict[str, Any]]:
    for found in tagger.tag(content):
        if found.within is None and found.score >= LEAST and found.source and found.cue:
            yield _row(found, offset)


def _row(found: Attribution, offset: int) -> dict[str, Any]:
    return {role: _moved(getattr(found, role), offset) for role in ("source", "cue", "content")}


def _moved(spans: Sequence[tuple[int, int]], offset: int) -> list[list[int]]:
    return [[start + offset, end + offset] for start, end in spans]
