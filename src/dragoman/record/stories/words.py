"""Text -> the words that tell one report from another."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_INSIDE = re.compile(r"(?<=[\w,;'’)] )\w+|(?<=\w-)\w+")
_STEM = 6

STOP = frozenset(
    "a about after again against all also am an and any are as at be because been before being between both but by can could "
    "did do does doing down during each few for from further had has have having he her here hers him his how i if in into is "
    "it its itself just me more most must my no nor not now of off on once one only or other our out over own per s said same "
    "say says she should so some such t than that the their them then there these they this those through to too told two "
    "under until up upon very was we were what when where which while who whom why will with would yesterday you your today "
    "monday tuesday wednesday thursday friday saturday sunday january february april may june july august september october "
    "november december".split()
)
"""English words that stand in reports of anything; words of other languages are weighed by how many reports have them."""


def words(text: str) -> list[str]:
    """The words in lower case, without what stands between them."""
    return _WORD.findall(text.casefold())


def stems(text: str) -> set[str]:
    """The words that mean something, cut to six characters: `sanction`, `sanctions` and `sanctioned` are one."""
    return {w[:_STEM] for w in words(text) if w not in STOP and (len(w) > 1 or not w.isascii())}


def names(text: str) -> set[str]:
    """The stems of words that are written with a capital inside a sentence."""
    return stems(" ".join(word for word in _INSIDE.findall(text) if word[0].isupper()))


def shingles(found: Sequence[str], size: int = 3) -> list[str]:
    """Every run of `size` words; the whole text where it is shorter."""
    if len(found) <= size:
        return [" ".join(found)]
    return [" ".join(found[i : i + size]) for i in range(len(found) - size + 1)]
