"""CAMEO actor code -> kind, country and PLOVER sectors.

A CAMEO actor code is a run of three-letter chunks from general to specific: USAGOVMIL, NGOFRAHLH, IGOUNOREFHCR. Chunks that
PLOVER has no word for (religions, ethnic groups, a sub-organisation's own code) stay as they stand, in their order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dragoman.analysis import Kind
from dragoman.knowledge.entries import NON_STATE_CODES
from dragoman.knowledge.tables import SECTORS

_STATES = {
    "BAH": "BHS",
    "BUR": "MMR",
    "FRY": "SCG",
    "KNT": "KNA",
    "KSV": "KOS",
    "PAL": "PSE",
    "ROM": "ROU",
    "TMP": "TLS",
    "USR": "SUN",
    "WSB": "PSE",
    "ZAR": "COD",
}
"""Codes of states in CAMEO and in the dictionaries of its users that ISO 3166-1 writes, or wrote, otherwise."""

_SECTORS = {"HLH": "MED", "INS": "REB", "MED": "JRN", "SEP": "REB", "UIS": "UNK"}
"""CAMEO's roles that PLOVER writes otherwise; MED is the media in CAMEO and medicine in PLOVER."""

_CAUSES = frozenset({"DEV", "ENV", "HRI"})
"""Fields of work; who has no other role is a civilian who works for them."""

_INTERNATIONAL = {"UNO": "UNO", "EEC": "EUR", "EUR": "EUR"}
"""Chunks that say which of the international organisations PLOVER has a code for."""

_BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "MNC"})
_FIGHTING = frozenset({"REB", "UAF", "PRM", "CRM"})


@dataclass(frozen=True, slots=True)
class Coded:
    """What a code says: `country` is None where the code begins with neither a state nor one of PLOVER's non-state codes."""

    kind: Kind
    country: str | None
    sectors: tuple[str, ...]


def decode(code: str, is_state: Callable[[str], bool], *, dated: bool = False) -> Coded:
    """The reading of a code in capitals, whatever its length; `is_state` knows the alpha-3 codes.

    `dated` says that the code holds for a time, as an office does: then, unless it is a bare state's, it is a person's.
    """
    country, rest = _country(chunks(code), is_state)
    if country is not None and not rest and is_state(country):
        return Coded("state", country, ())
    found = sectors(rest)
    if dated or "ELI" in found:
        return Coded("person", country, found)
    fights = country in ("IMG", "ISM") or (country not in _BODIES and not _FIGHTING.isdisjoint(found))
    return Coded("group" if fights else "organization", country, found)


def chunks(code: str) -> tuple[str, ...]:
    """The code in threes; what is left at its end is a chunk of its own."""
    return tuple(code[i : i + 3] for i in range(0, len(code), 3))


def sectors(parts: tuple[str, ...]) -> tuple[str, ...]:
    """PLOVER's sectors for CAMEO's roles, each once, other chunks as they stand."""
    found = tuple(dict.fromkeys(_SECTORS.get(part, part) for part in parts))
    if SECTORS.isdisjoint(found) and not _CAUSES.isdisjoint(found):
        return tuple(dict.fromkeys("CVL" if part in _CAUSES else part for part in found))
    return found


def _country(parts: tuple[str, ...], is_state: Callable[[str], bool]) -> tuple[str | None, tuple[str, ...]]:
    first, rest = parts[0] if parts else "", parts[1:]
    state = _STATES.get(first, first)
    if is_state(state):
        return state, rest
    if first == "IGO" and rest and rest[0] in _INTERNATIONAL:
        return _INTERNATIONAL[rest[0]], rest[1:]
    if first == "NGM":
        return "ISM", rest
    return (first, rest) if first in NON_STATE_CODES else (None, parts)
