"""Document -> the language it is written in, where that is not English."""

from __future__ import annotations

import re

from dragoman.document import Document

SAMPLE = 6_000
"""Code points that are looked at, half of them at the beginning and half in the middle."""

_WORD = re.compile(r"[^\W\d_]+")
_LINK = re.compile(r"(?<!\S)\S*(?:://|www\.)\S+")
_OWN_WORDS = frozenset(
    ["the", "and", "that", "with", "from", "their", "which", "this", "would", "will", "been", "have", "has", "were", "who",
     "said", "of", "to", "its", "after", "by", "for", "it", "are", "not", "he", "she", "they", "was"]
)  # fmt: skip
"""Small words of English of which other languages share few."""

_ENOUGH, _ENOUGH_IN_SHORT, _SHORT = 0.06, 0.03, 200
"""Share of the letters that English small words make up at least, in texts and in those under 200 letters. It is 0.17 in
English news; in a paragraph of any of 66 other languages it was under 0.026."""

_LEAST_LETTERS, _LEAST_STRANGE = 60, 8
"""Shorter texts are not judged, except by their script."""

_ENGLISH = re.compile(r"en(?:g|glish)?(?:[-_].*)?", re.IGNORECASE)
_UNKNOWN = frozenset({"", "und", "unknown", "mul", "mis", "zxx", "none", "null"})
_AS_GOOD_AS_ENGLISH = frozenset({"en", "sco", "pcm", "zxx"})
_NAMES = dict(
    entry.split("=")
    for entry in (
        "af=Afrikaans am=Amharic ar=Arabic ary=Arabic arz=Arabic az=Azerbaijani be=Belarusian bg=Bulgarian bn=Bengali bs=Bosnian "
        "ca=Catalan cs=Czech da=Danish de=German el=Greek es=Spanish et=Estonian fa=Persian fi=Finnish fr=French he=Hebrew "
        "hi=Hindi hr=Croatian hu=Hungarian hy=Armenian id=Indonesian it=Italian ja=Japanese ka=Georgian kk=Kazakh ko=Korean "
        "ku=Kurdish lt=Lithuanian lv=Latvian mk=Macedonian ms=Malay my=Burmese ne=Nepali nl=Dutch no=Norwegian nb=Norwegian "
        "pl=Polish ps=Pashto pt=Portuguese ro=Romanian ru=Russian sk=Slovak sl=Slovene so=Somali sq=Albanian sr=Serbian "
        "sv=Swedish sw=Swahili ta=Tamil th=Thai tr=Turkish uk=Ukrainian ur=Urdu uz=Uzbek vi=Vietnamese zh=Chinese"
    ).split()
)


def other_language(document: Document) -> str | None:
    """The name of the language of a document that is not English, its code where the name is not known; None for English.

    What the document says of itself counts, else its words. A text too short to tell passes for English, and so does one that
    holds a good part of English.
    """
    told = (document.language or "").strip()
    if told.lower() not in _UNKNOWN:
        return None if _ENGLISH.fullmatch(told) else _name(told)
    return _of_text(_sample(document.text))


def _sample(text: str) -> str:
    if len(text) > SAMPLE:
        middle = len(text) // 2
        text = text[: SAMPLE // 2] + " " + text[middle : middle + SAMPLE // 2]
    return _LINK.sub(" ", text)


def _of_text(text: str) -> str | None:
    words = [w.lower() for w in _WORD.findall(text)]
    letters = sum(map(len, words))
    strange = sum(len(w) for w in words if not _is_latin(w[0]))
    if letters < _LEAST_LETTERS and (strange < _LEAST_STRANGE or strange * 2 < letters):
        return None
    enough = _ENOUGH_IN_SHORT if letters < _SHORT else _ENOUGH
    if sum(len(w) for w in words if w in _OWN_WORDS) >= enough * letters:
        return None
    code = _classified(" ".join(words))
    return None if code in _AS_GOOD_AS_ENGLISH else _name(code)


def _is_latin(letter: str) -> bool:
    return letter < "ɐ" or "Ḁ" <= letter <= "ỿ"


def _classified(text: str) -> str:
    """The code that the language model gives; it takes a second to open and is asked only where English words are few."""
    from py3langid.langid import classify

    code: str = classify(text)[0]
    return code


def _name(code: str) -> str:
    return _NAMES.get(re.split("[-_]", code.lower())[0], code)
