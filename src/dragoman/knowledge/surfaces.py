"""Words as they stand in a text -> the form under which the gazetteer keeps a name.

Spelling that news vary does not count: diacritics, curly or straight apostrophes, full stops, hyphens, `&`, capitals after the
first. The first capital does: "turkey" and "polish" name no one, and an acronym must be written as one ("us" is not US).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_IGNORED = ".,'’‘‛`´ʼʻʿʾ′\"“”"
_SPACED = "-‐‑‒–—/"
_LETTERS = str.maketrans(
    dict.fromkeys(_IGNORED, "")
    | dict.fromkeys(_SPACED, " ")
    | {"&": " and ", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "Ae"}
)
_ACRONYM = re.compile(r"[A-Z][A-Z0-9+]*[A-Z0-9+]")
_ARTICLE = re.compile(r"\Athe\s+(?=\S)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The letters that count, in lower case, one space between words; empty where there are none."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(text.translate(_LETTERS).casefold().split())


def without_article(text: str) -> str:
    """The text less a leading "the"."""
    return _ARTICLE.sub("", text, count=1) if text[:1] in ("t", "T") else text


def begins_high(text: str) -> bool:
    """Does it begin with a capital or a letter without case, its article aside?"""
    first = without_article(text)[:1]
    return first != "" and not first.islower()


def undotted(text: str) -> str:
    """An acronym without its full stops: U.S. and US are one."""
    return text.strip().replace(".", "")


def is_acronym(text: str) -> bool:
    """Is a name written in capitals and figures only (UN, G20, P5+1)?"""
    return text.isupper() and _ACRONYM.fullmatch(undotted(text)) is not None
