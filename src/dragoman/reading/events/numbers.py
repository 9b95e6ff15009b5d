"""Tokens -> numbers as news write them: 1,200, two dozen, at least a hundred and fifty, between 10 and 15, scores of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
).split()
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: n for n, word in enumerate(_UNITS)} | {
    word: n for n, word in zip(range(20, 100, 10), _TENS, strict=True)
}
_SCALES = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1_000, "million": 1_000_000}
VAGUE = {
    "several": 3,
    "dozens": 12,
    "scores": 20,
    "hundreds": 100,
    "thousands": 1_000,
    "tens": 10,
    "millions": 1_000_000,
}
"""As ACLED's codebook counts reports that name no figure: several 3, dozens 12, hundreds 100."""

_DIGITS = re.compile(r"\d{1,3}(?:[, ]\d{3})+|\d+(?:\.\d+)?")
_LARGEST = 100_000_000

_LEAST = (
    "at least",
    "more than",
    "over",
    "no fewer than",
    "no less than",
    "not less than",
    "a minimum of",
    "upwards of",
)
_MOST = (
    "up to",
    "at most",
    "as many as",
    "nearly",
    "almost",
    "less than",
    "fewer than",
    "under",
    "no more than",
    "close to",
)
_ABOUT = ("about", "around", "some", "roughly", "approximately", "an estimated", "estimated", "reportedly")
_MORE = ("another", "a further", "other")
_QUALIFIERS = sorted(
    (
        (q.split(), kind)
        for kind, qs in (("least", _LEAST), ("most", _MOST), ("about", _ABOUT), (None, _MORE))
        for q in qs
    ),
    key=lambda q: -len(q[0]),
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number over the tokens `[first, last]` of the document, qualifiers included; bounds as in `Count`."""

    first: int
    last: int
    value: int
    least: int | None
    most: int | None


def numbers(tokens: Sequence[Token]) -> list[Number]:
    """Every number in a row of tokens, in order; amounts of money, percentages, times and fractions are none."""
    words = [t.lower_ for t in tokens]
    out: list[Number] = []
    at = 0
    while at < len(words):
        found = _ranged(words, at)
        if found is None or not _counts(tokens, *found[:2]):
            at = at + 1 if found is None else found[1]
            continue
        start, end, value, least, most = found
        out.append(Number(tokens[start].i, tokens[end - 1].i, value, least, most))
        at = end
    return out


Found = tuple[int, int, int, int | None, int | None]
"""Start and end of the words, value, least, most."""


def _ranged(words: list[str], at: int) -> Found | None:
    """A number that begins at a word, with the qualifier before it and the end of a range behind it."""
    start, kind = _qualified(words, at)
    plain = _plain(words, start)
    if plain is None:
        return None
    end, value, vague = plain
    if (upper := _upper(words, at, start, end)) is not None and upper[1] > value:
        return at, upper[0], value, value, upper[1]
    if words[end : end + 2] == ["or", "more"]:
        return at, end + 2, value, value, None
    least = value if kind in ("least", None) else None
    most = None if vague else value if kind in ("most", None) else None
    return at, end, value, least, most


def _qualified(words: list[str], at: int) -> tuple[int, str | None]:
    """Where the number itself begins, and what the words before it make of it; several qualifiers may stand together."""
    kind: str | None = None
    while (found := next((q for q in _QUALIFIERS if words[at : at + len(q[0])] == q[0]), None)) is not None:
        at += len(found[0])
        kind = kind or found[1]
    return (at + 1, "between") if words[at : at + 1] == ["between"] else (at, kind)


def _upper(words: list[str], at: int, start: int, end: int) -> tuple[int, int] | None:
    """The end of a range: "10 to 15", "10-15", "between 10 and 15"."""
    joints = ("and",) if start > at and words[start - 1] == "between" else ("to", "-", "–", "or")
    if words[end : end + 1] and words[end] in joints and (found := _plain(words, end + 1)) is not None:
        return found[:2]
    return None


def _plain(words: list[str], at: int) -> tuple[int, int, bool] | None:
    """End, value and vagueness of a number in figures or words."""
    if at >= len(words):
        return None
    if words[at] in VAGUE and words[at + 1 : at + 2] != ["-"]:
        return _scaled_up(words, at)
    if (
        words[at] in ("a", "an")
        and words[at + 1 : at + 2]
        and words[at + 1] in ("dozen", "score", "hundred", "thousand", "million")
    ):
        return _spelled(words, at + 1, 1, at)
    if words[at : at + 2] == ["a", "couple"]:
        return at + 2, 2, False
    if words[at : at + 2] == ["half", "a"] and words[at + 2 : at + 3] and words[at + 2] in _SCALES:
        return at + 3, _SCALES[words[at + 2]] // 2, False
    if words[at : at + 2] == ["a", "few"]:
        return at + 2, VAGUE["several"], True
    if _DIGITS.fullmatch(words[at]):
        return _in_figures(words, at)
    return _spelled(words, at, None, at) if words[at] in _SMALL else None


def _scaled_up(words: list[str], at: int) -> tuple[int, int, bool]:
    """Vague words, also one upon the other: "tens of thousands", "several hundred"."""
    value = VAGUE[words[at]]
    if words[at + 1 : at + 2] == ["of"] and words[at + 2 : at + 3] and words[at + 2] in VAGUE:
        return at + 3, value * VAGUE[words[at + 2]], True
    if words[at] == "several" and words[at + 1 : at + 2] and words[at + 1] in _SCALES:
        return at + 2, value * _SCALES[words[at + 1]], True
    return at + 1, value, True


def _in_figures(words: list[str], at: int) -> tuple[int, int, bool] | None:
    scale = _SCALES.get(words[at + 1]) if at + 1 < len(words) else None
    number = float(re.sub("[, ]", "", words[at])) * (scale or 1)
    if number != int(number) or number > _LARGEST:
        return None
    return at + (2 if scale else 1), int(number), False


def _spelled(words: list[str], at: int, given: int | None, start: int) -> tuple[int, int, bool] | None:
    """A number in words: "forty-one", "two dozen", "one hundred and fifty"; `given` stands for an "a" before it."""
    total, current, end = 0, given or 0, at
    while end < len(words):
        word = words[end]
        if word in _SMALL:
            current += _SMALL[word]
        elif word in _SCALES and current:
            current *= _SCALES[word]
            if _SCALES[word] >= _SCALES["thousand"]:
                total, current = total + current, 0
        elif not (word in ("and", "-") and end > at and _goes_on(words, end)):
            break
        end += 1
    return (end, total + current, False) if end > start and total + current <= _LARGEST else None


def _goes_on(words: list[str], end: int) -> bool:
    """Whether the joint stands inside one number: behind a scale, or between tens and units."""
    following = words[end + 1] if end + 1 < len(words) else ""
    if words[end] == "and":
        return words[end - 1] in ("hundred", "thousand", "million") and following in _SMALL
    return words[end - 1] in _TENS and _SMALL.get(following, 10) < 10 or following in _SCALES


_NO_COUNT = frozenset({"MONEY", "PERCENT", "TIME"})
_YEARS = re.compile(r"(?:1[89]|20)\d\d")


def _counts(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether the number counts things: no sum of money, share, time, year, age, nor half of "12/3"."""
    around = {tokens[k].lower_ for k in (start - 1, end) if 0 <= k < len(tokens)}
    if around & {"$", "€", "£", "%", "/", "percent", "per", "#", "№", "no"}:
        return False
    figure, joined = tokens[end - 1], [t.text for t in tokens[end : end + 2]]
    if joined[:1] == ["-"] and joined[1:] != ["strong"]:
        return False
    dated = figure.ent_type_ == "DATE" and (_YEARS.fullmatch(figure.text) or tokens[start - 1].pos_ == "PROPN")
    return not dated and figure.ent_type_ not in _NO_COUNT
