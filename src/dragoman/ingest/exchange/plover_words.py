"""Types, modes and contexts of every version of PLOVER -> those of 2.0."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast, get_args

from dragoman.analysis import Modality, Polarity
from dragoman.errors import DocumentError
from dragoman.knowledge.ontology import load_ontology

_TYPES: dict[str, tuple[str, str | None]] = {
    "DEMAND": ("REQUEST", None),
    "DISAPPROVE": ("ACCUSE", "disapprove"),
    "INVESTIGATE": ("ACCUSE", "investigate"),
    "FIGHT": ("ASSAULT", None),
    "YIELD": ("CONCEDE", None),
    "ENGAGE": ("CONSULT", None),
}
_MODES = {"ban": "restrict", "assassinate": "targeted", "massacre": "targeted", "return": "release"}
_CONTEXTS = {
    "humanitarian": "human_security",
    "democracy": "pro_democracy",
    "refugee": "migration",
    "refugees": "migration",
    "resource": "natural_resource",
    "resources": "natural_resource",
    "rights": "human_rights",
    "political": "political_institutions",
    "politics": "political_institutions",
    "government": "executive",
    "discrimination": "inequality",
    "foreign": "diplomatic",
    "religion": "religion_ethnicity",
}
_AUXILIARY = frozenset(("historical", "future", "hypothetical", "negation"))


def type_of(type: str, modes: Iterable[str]) -> tuple[str, str | None, int]:
    """Type and mode in 2.0, and how many modes were left out. DocumentError for a type without a successor (CRIME)."""
    known = load_ontology().types
    name, preset = _TYPES.get(type.upper(), (type.upper(), None))
    if name not in known:
        raise DocumentError(
            f"{type!r} is no type of PLOVER 2.0 and has no successor there; the types are {', '.join(known)}."
        )
    given = [_MODES.get(mode, mode) for mode in modes if mode not in _AUXILIARY]
    valid = [mode for mode in given if mode in known[name].modes]
    mode = preset or (valid[0] if valid else None)
    return name, mode, len(given) - (mode in given)


def contexts_of(contexts: Iterable[str]) -> tuple[tuple[str, ...], int]:
    """The contexts in 2.0, auxiliary modes among them, and how many were left out."""
    known = load_ontology().contexts
    given = [_CONTEXTS.get(context.lower(), context.lower()) for context in contexts]
    kept = tuple(dict.fromkeys(c for c in given if c in known or c in _AUXILIARY))
    return kept, sum(c not in kept for c in given)


def auxiliary(contexts: tuple[str, ...]) -> tuple[Polarity, Modality, tuple[str, ...]]:
    """Polarity, modality and the contexts proper: PLOVER's coders put the auxiliary modes among the contexts."""
    modality = next((c for c in contexts if c in get_args(Modality)), "actual")
    plain = tuple(c for c in contexts if c not in _AUXILIARY)
    return "negated" if "negation" in contexts else "affirmed", cast(Modality, modality), plain
