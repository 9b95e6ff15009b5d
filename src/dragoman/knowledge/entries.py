"""What the gazetteer knows: actors, the ways a name points at them, and who belongs to what."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.analysis import Kind, Via

NON_STATE_CODES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
"""PLOVER's country codes for actors that are no state's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One actor known to the gazetteer; a person's tenure is an entry of its own, so an id can have several.

    `country` is an ISO 3166-1 alpha-3 code (a dependency has its sovereign's) or one of PLOVER's UNO EUR IGO NGO ISM IMG MNC, and
    None for a construct such as the West. `parent` is the id of the body it belongs to: a dependency's sovereign, a mission's
    organisation, the organisation, group or dependency that a person speaks for. `since` and `until` are ISO 8601 with their own
    precision, both days included, None where open. `cow` is a state's Correlates of War number.
    """

    id: str
    name: str
    kind: Kind
    country: str | None
    sectors: tuple[str, ...]
    since: str | None
    until: str | None
    office: str | None = None
    parent: str | None = None
    cow: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """An actor that a name can mean, and how the name does it: by name, acronym, demonym or metonym."""

    entry: Entry
    via: Via


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A state (or an organisation, as in the G20) belongs to `organization` from `since` to `until`, None where open."""

    organization: str
    member: str
    since: str | None
    until: str | None
