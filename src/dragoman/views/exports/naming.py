"""Actors -> the codes and names that other formats write for them."""

from __future__ import annotations

from functools import cache

from dragoman.analysis import Actor
from dragoman.knowledge.gazetteer import Gazetteer
from dragoman.knowledge.ontology import load_ontology

_CAMEO_COUNTRY = {"UNO": "IGOUNO", "EUR": "IGOEUREEC", "ISM": "NGM", "KOS": "KSV"}
_CAMEO_SECTOR = {"MED": "HLH", "JRN": "MED", "UNK": "UIS", "SOC": "CVL", "PRE": "SEP", "PRM": "UAF"}
"""PLOVER's sectors that CAMEO writes otherwise: MED is medicine in PLOVER and the media in CAMEO."""

_LONGEST_CODE = 15
_BODIES = {
    "IGO": "International organisation",
    "UNO": "United Nations",
    "EUR": "European Union",
    "NGO": "Non-governmental organisation",
    "ISM": "International social movement",
    "IMG": "Transnational militarised group",
    "MNC": "Multinational corporation",
}


@cache
def gazetteer() -> Gazetteer:
    """The one that comes with dragoman."""
    return Gazetteer.load()


def cameo_code(actor: Actor | None) -> str:
    """CAMEO's code of an actor, general to specific, at most five chunks; empty where nothing is known of it."""
    if actor is None:
        return ""
    country = _CAMEO_COUNTRY.get(actor.country or "", actor.country or "")
    chunks = dict.fromkeys(_CAMEO_SECTOR.get(sector, sector) for sector in actor.sectors)
    return (country + "".join(chunks))[:_LONGEST_CODE]


def country_name(code: str | None) -> str:
    """The English short name of a country, or of one of PLOVER's codes for those without; the code itself if unknown."""
    if not code:
        return ""
    entries = gazetteer().entries(code)
    return _BODIES.get(code) or (entries[0].name if entries else code)


def cow_number(code: str | None) -> str:
    """A state's Correlates of War number, empty where it has none."""
    entries = gazetteer().entries(code) if code else ()
    return (entries[0].cow or "") if entries else ""


def sector_names(actor: Actor) -> list[str]:
    """The actor's sectors in words, each with a capital."""
    known = load_ontology().sectors
    return [known.get(sector, sector).capitalize() for sector in actor.sectors]
