"""Fixtures of the tests of the reading and of its training."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman.document import Document
from dragoman.knowledge import Gazetteer
from dragoman.knowledge.language import load_language
from dragoman.reading.actors import find_actors
from dragoman.reading.parse import parse

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def scripts() -> Iterator[None]:
    """The training package is imported from the root, as when one of its modules is run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT))
        yield


@pytest.fixture(scope="session")
def code(pipeline) -> Callable[..., str | None]:
    """Country and sectors of whom words of a text mean."""
    gazetteer, language = Gazetteer.load(), load_language()

    def read(text: str, words: str, published: str = "2015-06-01") -> str | None:
        """Those of the longest mention that ends with the words; None for nobody and undecided."""
        cast = find_actors(parse(Document(text, published=published), pipeline), gazetteer, language)
        end = text.rindex(words) + len(words)
        ending = [m for m in cast.mentions + cast.inner if m.end == end]
        actor = cast.actor(min(ending, key=lambda m: m.start).actor) if ending else None
        return None if actor is None else actor.code

    return read
