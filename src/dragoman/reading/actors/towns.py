"""Words of a text -> the state of the town or province that they name: whose police "the Baltimore police" are."""

from __future__ import annotations

from spacy.tokens import Doc

from dragoman.knowledge.language import Language
from dragoman.knowledge.places import Places, Site

_PLACES = Places()
_LARGE = 80_000
"""Inhabitants of the smallest town that news name without saying where it is."""
_CLEAR = 4
"""How many times as large as its largest namesake abroad a town must be."""
_WORDS = 3


def state_at(doc: Doc, first: int, language: Language) -> str | None:
    """The alpha-3 code of the state of the region or town whose name begins at the token."""
    for stop in range(min(len(doc), first + _WORDS), first, -1):
        if not _goes_on(doc, stop) and (found := _state(doc, first, stop, language)) is not None:
            return found
    return None


def _goes_on(doc: Doc, stop: int) -> bool:
    """Whether the name has further words: Bir is a town, but "Bir Ghazal" another one."""
    following = doc[stop] if stop < len(doc) else None
    return following is not None and following.pos_ == "PROPN" and following.is_title and following.ent_type_ != "DATE"


def state_until(doc: Doc, last: int, language: Language) -> str | None:
    """The same for a name that ends with the token."""
    for first in range(max(0, last + 1 - _WORDS), last + 1):
        if (found := _state(doc, first, last + 1, language)) is not None:
            return found
    return None


def is_large_town(name: str, country: str | None) -> bool:
    """Whether a large town of the country bears the name, with or without "the" before it: Moscow in Russia."""
    sites = _PLACES.named(name.removeprefix("The "))
    return any(s.kind == "city" and s.country == country and s.population >= _LARGE for s in sites)


def is_town(name: str) -> bool:
    """Whether a town of any size anywhere bears the name."""
    return any(s.kind == "city" for s in _PLACES.named(name))


def is_known_town(name: str) -> bool:
    """Whether a town anywhere that news name bears the name."""
    return any(s.kind == "city" and s.population >= _LARGE for s in _PLACES.named(name))


def _state(doc: Doc, first: int, stop: int, language: Language) -> str | None:
    """The state by the language's own list, else by the gazetteer of places, where all words are proper nouns in capitals."""
    listed = language.region(doc[first:stop].text)
    if listed is not None:
        return listed
    proper = all(t.pos_ == "PROPN" and t.is_title and language.role([t.lower_]) is None for t in doc[first:stop])
    return _largest(doc[first:stop].text) if proper else None


def _largest(name: str) -> str | None:
    sites = [s for s in _PLACES.named(name) if s.kind in ("city", "province")]
    if not sites or sites[0].population < _LARGE:
        return None
    return sites[0].country if _is_clear(sites) else None


def _is_clear(sites: list[Site]) -> bool:
    abroad = max((s.population for s in sites if s.country != sites[0].country), default=0)
    return sites[0].population >= _CLEAR * abroad
