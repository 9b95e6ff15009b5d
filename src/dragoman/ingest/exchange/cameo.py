"""CAMEO codes as tables have them -> a code of the ontology and a PLOVER type."""

from __future__ import annotations

from dragoman.errors import DocumentError, KnowledgeError
from dragoman.knowledge.ontology import Code, load_ontology

_SPOKEN = {"016": ("REJECT", None), "02": ("REQUEST", None)}
"""Codes of roots 01 and 02, or their beginnings, that PLOVER's own conversion drops and readings use."""


def code_of(text: str, goldstein: float | None = None) -> Code:
    """The code, as text: "43" is 043 that lost its zero. The Goldstein value tells "10" for 010 from root 10.

    A code that CAMEO does not list ("13y", "1214") is its nearest ancestor. DocumentError for what is no code.
    """
    ontology = load_ontology()
    padded = ontology.codes.get(f"0{text}")
    found = ontology.codes.get(text)
    if padded is not None and (
        found is None or (goldstein is not None and found.goldstein != goldstein == padded.goldstein)
    ):
        return padded
    try:
        return ontology.code(text)
    except KnowledgeError as error:
        raise DocumentError(str(error)) from None


def plover_of(code: Code) -> tuple[str, str | None] | None:
    """Type and mode of a code; None for public statements, which are no event in PLOVER."""
    if code.type is not None:
        return code.type, code.mode
    return next((coded for prefix, coded in _SPOKEN.items() if code.code.startswith(prefix)), None)
