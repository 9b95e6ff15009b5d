"""A mention before it is decided who it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.analysis import Via
from dragoman.knowledge import Sense
from dragoman.knowledge.language import Role

Sort = Literal["name", "person", "role", "pronoun", "referring"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Tokens `[start, end)` that may stand for an actor, and what their own words say of it.

    `sort` says how it will be resolved: a `name` by its gazetteer `senses` (none for a name nobody knows), a `person` by `name`,
    a `role` by what it describes, a `pronoun` or a `referring` phrase ("his country", "the Council") by what came before.
    `owner` is the state or organisation a role belongs to; `sectors` come from the role and its modifiers.
    """

    start: int
    end: int
    sort: Sort
    head: int
    via: Via
    senses: tuple[Sense, ...] = ()
    name: str = ""
    label: str = ""
    role: Role | None = None
    sectors: tuple[str, ...] = ()
    owner: Draft | None = None
    definite: bool = False
    plural: bool = False
    region: str | None = None
    """The state of a regional adjective among the modifiers ("Chechen"), an alpha-3 code."""
    same_as: int | None = None
    """Start of the draft that stands for the same actor by apposition."""
