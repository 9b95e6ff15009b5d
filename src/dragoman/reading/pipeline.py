"""The spaCy pipeline, with a tokenizer for extracted pages and without work that nobody reads."""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex

from dragoman.errors import KnowledgeError
from dragoman.reading.entities import read_entities_at_once
from dragoman.reading.inflection import remember_inflection
from dragoman.reading.layers import speed_states
from dragoman.reading.products import speed_products

_GLUED = r"""(?<=[a-z0-9)"”])[.!?]+["”]?(?=["“]?[A-Z])"""
"""A sentence's end without a space behind it, as page extraction leaves it: "on 20 November.Mali said"."""

_QUOTED = r"""(?<=[.!?])["“”](?=[A-Z])"""
"""The quotation mark of such an end: "will be helpful."Mali said"."""


def load_pipeline(name: str) -> Language:
    """The installed pipeline of that name. Raises KnowledgeError where there is none."""
    try:
        pipeline = spacy.load(name)
    except OSError:
        raise KnowledgeError(
            f"No spaCy pipeline named {name!r} is installed; "
            "install it, or leave --pipeline out to use the one that comes with dragoman."
        ) from None
    infixes = [*pipeline.Defaults.infixes, _GLUED, _QUOTED]
    pipeline.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    remember_inflection(pipeline)
    speed_products(pipeline)
    speed_states(pipeline)
    read_entities_at_once(pipeline)
    return pipeline
