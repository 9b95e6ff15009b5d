"""Rows of other people's tables -> an Analysis whose spans quote its document."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, cast

from dragoman.analysis import Actor, Analysis, Count, Event, Kind, Party, Place, Stance, Statement
from dragoman.document import Document, Span
from dragoman.knowledge.actor_codes import decode
from dragoman.knowledge.entries import NON_STATE_CODES, Entry
from dragoman.knowledge.gazetteer import Gazetteer

_KINDS = frozenset(("state", "organization", "bloc", "person", "office", "group", "unnamed"))
_NO_SLUG = re.compile(r"[^\w]+")
_SECTOR = re.compile("[A-Z0-9]{1,3}")


@cache
def gazetteer() -> Gazetteer:
    """The one that comes with dragoman."""
    return Gazetteer.load()


def is_state(code: str) -> bool:
    """Whether an alpha-3 code is a state's."""
    return any(e.kind == "state" for e in gazetteer().entries(code))


@cache
def country_of(text: str) -> str | None:
    """The code of a country that is given by its code or its name; None where it is neither."""
    name = text.strip()
    if name in NON_STATE_CODES or is_state(name):
        return name
    states = [s.entry for s in gazetteer().senses(name) if s.entry.kind == "state"] if name else []
    return states[0].country if states else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """What a row says of a party; empty where it says nothing. `code` is a CAMEO actor code, the others are PLOVER's."""

    words: str = ""
    name: str = ""
    id: str = ""
    kind: str = ""
    country: str = ""
    sectors: tuple[str, ...] = ()
    code: str = ""


@dataclass(slots=True)
class Draft:
    """An analysis in the making."""

    document: Document
    actors: dict[str, Actor] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    stances: list[Stance] = field(default_factory=list)
    _ids: Counter[str] = field(default_factory=Counter)

    def analysis(self, reader: str) -> Analysis:
        """What was gathered, as the reading of `reader`."""
        return Analysis(
            reader=reader,
            document=self.document,
            actors=tuple(self.actors.values()),
            statements=tuple(self.statements),
            events=tuple(self.events),
            stances=tuple(self.stances),
        )

    def unique(self, id: str) -> str:
        """The id, or where it is taken the id with a number."""
        self._ids[id] += 1
        return id if self._ids[id] == 1 else self.unique(f"{id}.{self._ids[id]}")

    def span(self, words: str, near: int = 0, within: Span | None = None) -> Span:
        """Where the words stand: nearest to an offset, or the first place in a span; an empty one there if they do not."""
        text = self.document.text
        if within is not None:
            near, places = within.start, [text.find(words, within.start, within.end)]
        else:
            places = [text.rfind(words, 0, near + len(words)), text.find(words, near)]
        found = [p for p in places if p >= 0] if words else []
        start = min(found, key=lambda p: abs(p - near), default=near)
        return Span(start, start + len(words) if found else start, words if found else "")

    def party(self, who: Who, place: Span) -> Party:
        """The words at a place, for whoever they stand for."""
        return Party(place.start, place.end, place.text, self.actor(who))

    def actor(self, who: Who) -> str | None:
        """The id of an actor, who joins the cast; None where nothing but unknown words is there."""
        actor = _actor(who)
        if actor is None:
            return None
        id, number = actor.id, 1
        while id in self.actors and self.actors[id] != Actor(**{**_fields(actor), "id": id}):
            number += 1
            id = f"{actor.id}-{number}"
        self.actors.setdefault(id, Actor(**{**_fields(actor), "id": id}))
        return id


def place_of(span: Span, **known: Any) -> Place:
    """Words for a place, with what is known of it."""
    return Place(span.start, span.end, span.text, **known)


def count_of(span: Span, value: int) -> Count:
    """Words for a number of people."""
    return Count(span.start, span.end, span.text, value, value, value)


def slug(name: str) -> str:
    """An id made of a name."""
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return _NO_SLUG.sub("-", letters).strip("-") or "unnamed"


def sectors_of(text: str) -> tuple[str, ...]:
    """PLOVER's sectors out of a run of three-letter codes; stars and lower-case ethnic codes are none."""
    parts = (text[i : i + 3] for i in range(0, len(text), 3))
    return tuple(dict.fromkeys(p for p in parts if _SECTOR.fullmatch(p)))


def _fields(actor: Actor) -> dict[str, Any]:
    return {name: getattr(actor, name) for name in ("id", "name", "kind", "country", "sectors")}


@lru_cache(maxsize=2**16)
def _actor(who: Who) -> Actor | None:
    coded = decode(who.code.upper(), is_state) if who.code else None
    country = (country_of(who.country) if who.country else None) or (coded.country if coded else None)
    sectors = tuple(s for s in who.sectors or (coded.sectors if coded else ()) if _SECTOR.fullmatch(s))
    name = (who.name or who.words).strip()
    if who.id:
        given = cast(Kind, who.kind if who.kind in _KINDS else "unnamed")
        return Actor(id=who.id, name=name or who.id, kind=given, country=country, sectors=sectors)
    if country and not sectors and is_state(country) and (not name or country_of(name) == country):
        return _known(gazetteer().entries(country)[0])
    entry = _entry(name, country, sectors)
    if entry is not None:
        return _known(entry)
    if not country and not sectors:
        return None
    kind: Kind = coded.kind if coded else "unnamed"
    if kind == "state":
        kind = "unnamed"  # somebody of that country, by another name than its own
    name = name or (country or "") + "".join(sectors)
    return Actor(id=slug(name), name=name, kind=kind, country=country, sectors=sectors)


def _known(entry: Entry) -> Actor:
    return Actor(id=entry.id, name=entry.name, kind=entry.kind, country=entry.country, sectors=entry.sectors)


def _entry(name: str, country: str | None, sectors: Iterable[str]) -> Entry | None:
    """Whom the name means, if that is one actor only and nothing that is said contradicts it."""
    found = {s.entry.id: s.entry for s in gazetteer().senses(name)} if name else {}
    if len(found) != 1:
        return None
    (entry,) = found.values()
    fits = (country is None or entry.country == country) and set(sectors) <= set(entry.sectors)
    return entry if fits else None
