"""Parsed + gazetteer + language -> Cast (actors, and every mention of them)."""

from __future__ import annotations

from dragoman.knowledge import Gazetteer
from dragoman.knowledge.language import Language
from dragoman.reading.actors.cast import Cast
from dragoman.reading.actors.names import find_names
from dragoman.reading.actors.phrases import Phrases
from dragoman.reading.actors.resolve import Resolver
from dragoman.reading.parse import Parsed

__all__ = ["Cast", "find_actors"]


def find_actors(parsed: Parsed, gazetteer: Gazetteer, language: Language) -> Cast:
    """Who appears in the document, and where; knowledge is taken as of the date the document was published."""
    names = find_names(parsed.doc, gazetteer, language, parsed.document.published)
    drafts = Phrases(parsed.doc, names, language).find()
    return Resolver(parsed, drafts, names, gazetteer, language).cast()
