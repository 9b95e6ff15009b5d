"""Role + owner -> country and sectors: what somebody is who is described by an office and by whose it is."""

from __future__ import annotations

from dragoman.analysis import Actor
from dragoman.knowledge.language import Language
from dragoman.reading.actors.draft import Draft

_OF_ONE_KIND = frozenset({"SPY", "COP", "MIL", "BUS", "JUD", "LEG", "EDU", "MED", "JRN"})
"""What a body can be so that whoever works for it is that too."""
_ARMED = frozenset({"REB", "UAF", "PRM", "CRM"})
_UNIFORMED = frozenset({"GOV", "MIL"})
"""What the commanders and officials of an armed group would be in a state's service."""


def country_and_sectors(draft: Draft, owner: Actor | None, language: Language) -> tuple[str | None, tuple[str, ...]]:
    """What a role makes of somebody with its owner: the owner's country, the role's sectors or its owner's."""
    assert draft.role is not None
    country = owner.country if owner is not None else None
    if draft.role.phrase in language.kin and draft.owner is not None and _is_one_person(draft.owner):
        return country, ("ELI",)
    if owner is not None and "PRE" in owner.sectors:
        return country, ("PRE",)
    if owner is not None and _is_of_armed_group(draft, owner):
        return country, owner.sectors
    if owner is not None and _serves_a_civilian(draft, owner):
        return country, owner.sectors or ("GOV",)
    if owner is not None and _takes_its_bodys_sector(draft, owner, language):
        return country, owner.sectors
    if draft.sectors == ("NGO",):
        return ("NGO" if owner is None or owner.kind == "state" else country), ()
    if owner is not None and draft.sectors == ("GOV",) and _presides_privately(draft, owner, language):
        return country, owner.sectors
    if draft.sectors or owner is None:
        return country, draft.sectors
    if owner.kind == "state":
        return country, ("GOV",) if draft.role.phrase in language.governing else ()
    presides = not owner.sectors and draft.role.kind == "person" and country in ("UNO", "EUR", "IGO")
    if presides and draft.role.phrase in language.governing:
        return country, ("GOV",)
    return country, owner.sectors


def _is_of_armed_group(draft: Draft, owner: Actor) -> bool:
    """Commanders, officials, branches of an armed group: they are the group's."""
    assert draft.role is not None
    uniformed = set(draft.sectors) <= (_UNIFORMED if draft.role.kind == "person" else _UNIFORMED | {"BUS"})
    return owner.kind == "group" and bool(_ARMED & set(owner.sectors)) and uniformed


def _takes_its_bodys_sector(draft: Draft, owner: Actor, language: Language) -> bool:
    """Officers, officials and workers of a service or firm: "Stasi officers" are no soldiers."""
    assert draft.role is not None
    plain = draft.sectors == draft.role.sectors and draft.role.phrase in language.yielding
    return plain and owner.kind in ("organization", "group") and bool(_OF_ONE_KIND & set(owner.sectors))


def _serves_a_civilian(draft: Draft, owner: Actor) -> bool:
    """Whether a chief of staff is no soldier: a person's, or that of a body that is not the army's."""
    assert draft.role is not None
    if not draft.role.phrase.endswith("chief of staff") or "MIL" in owner.sectors:
        return False
    personal = draft.owner is not None and draft.owner.sort in ("person", "pronoun")
    return personal or owner.kind == "organization"


def _presides_privately(draft: Draft, owner: Actor, language: Language) -> bool:
    """Whether a head's title comes from a body that governs nobody: the president of a union, the governor of a bank."""
    assert draft.role is not None
    if owner.sectors == ("BUS",):
        return True
    heads = draft.role.phrase in language.heads_of_bodies
    return heads and owner.kind in ("organization", "group") and owner.country not in ("UNO", "EUR", "IGO")


def _is_one_person(owner: Draft) -> bool:
    described = owner.sort == "role" and owner.role is not None and owner.role.kind == "person" and not owner.plural
    return owner.sort == "person" or (described and "GOV" in owner.sectors)
