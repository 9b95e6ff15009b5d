"""Doc -> the short forms that a text introduces: "Free Miners' Front (FMF)", "or PAB", "known by its initials, SUMB"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dragoman.knowledge.language import Language

_LENGTH = range(2, 9)
_DASHES = frozenset({"–", "—", "--"})
_MARKS = frozenset({",", "(", "“", '"', *_DASHES})
_NAMING = frozenset({"known", "called", "abbreviated", "acronym", "initials"})
_REACH = 10
"""Tokens between a long form and its short one."""


@dataclass(frozen=True, slots=True)
class Short:
    """A short form: what it reads, at which token it is introduced, and before which token the long form ends."""

    text: str
    at: int
    long_end: int


def find_shorts(doc: Doc, language: Language) -> Iterator[Short]:
    """Every short form where it is introduced; it is a single word in capitals."""
    for token in doc[1:]:
        if is_short(token) and _closes(doc, token.i + 1):
            end = _long_end(doc, token.i, language)
            if end is not None:
                yield Short(token.text, token.i, end)


def is_short(token: Token) -> bool:
    """Can the word be an acronym?"""
    return token.is_upper and token.is_alpha and len(token) in _LENGTH


def _closes(doc: Doc, i: int) -> bool:
    return i < len(doc) and (doc[i].text in (",", ")", ".", "”", '"', ";") or is_dash(doc[i]))


def is_dash(token: Token) -> bool:
    """A dash between words, written as a hyphen or not."""
    return token.text in _DASHES or (token.text == "-" and token.i > 0 and bool(token.nbor(-1).whitespace_))


def _long_end(doc: Doc, at: int, language: Language) -> int | None:
    """Where the words that introduce the short form begin; None where nothing introduces it."""
    i = at
    while i > max(0, at - _REACH) and (doc[i - 1].text in _MARKS or doc[i - 1].lower_ in language.introduced):
        i -= 1
    between = [t.text for t in doc[i:at]]
    if i == 0 or not between or (between[0] not in _MARKS and _NAMING.isdisjoint(between)):
        return None
    return i if between[0] != "," or len(between) > 1 else None


def spelled_out(doc: Doc, end: int, short: str) -> tuple[int, int] | None:
    """The capitalised words before `end` whose initials spell the short form."""
    initials, i = "", end
    while i > 0 and end - i < 12 and len(initials) < len(short):
        i -= 1
        if doc[i].is_title or doc[i].is_upper:
            initials = doc[i].text[0] + initials
        elif not (doc[i].is_lower or doc[i].is_punct or doc[i].tag_ == "POS"):
            return None
    return (i, end) if initials == short.upper() else None
