"""Dictionary + built-in gazetteer -> Layer: the dictionary's actors under the names that a text may call them by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields
from datetime import date
from functools import partial
from itertools import accumulate
from typing import Any, cast

from dragoman.analysis import Kind
from dragoman.knowledge import actor_codes, surfaces
from dragoman.knowledge.entries import Entry
from dragoman.knowledge.gazetteer import Gazetteer
from dragoman.knowledge.petrarch import ALWAYS, Agent, Dictionary, Fault, Held, Primary

SHORT = 3
"""A name in capitals of so few letters means somebody only where the text writes it in capitals too: "who" is not WHO."""

_LOOSE = 2
"""So many blanks more than words a text may have, for signs that stand alone."""

_SMALL = frozenset("a al and at by de del der des di du en et for in la le of on the to van von y".split())
_GAPS = re.compile(r"[\W_]+")
_NOBODY = actor_codes.Coded("unnamed", None, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """What a user's dictionary adds to the gazetteer, in the form in which it is kept between runs.

    Each of `actors` is a line of text, since twenty thousand lines are there at once and as many nested lists are not: id, name
    and periods in order of time, between tabs; a period is first day, last day, kind, country and sectors, between blanks, and a
    hyphen stands for what is open or none. `names` and `short` lead from a name, folded or without its full stops, to places in
    `actors`, in file order, between blanks; `ids` lead there from an id. `reach` has, for the first word of a name, the number of
    words of the longest that begins so.
    """

    actors: Sequence[str] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    reach: Mapping[str, int] = field(default_factory=dict)
    agents: Sequence[Agent] = ()
    faults: Sequence[Fault] = ()

    def find(self, surface: str) -> Iterator[tuple[Entry, ...]]:
        """The periods of each actor of that name, in file order; a name in small letters is nobody's."""
        if surface.islower():
            return
        bare = surfaces.without_article(surface)
        places = self.short.get(surfaces.undotted(bare), "") if len(bare) <= 2 * SHORT else ""
        places += self._places(surface) + (self._places(bare) if bare != surface else "")
        yield from map(self._periods, places.split())

    def entries(self, id: str) -> Iterator[Entry]:
        """The periods of the actors with that id, in file order."""
        for place in self.ids.get(id, "").split():
            yield from (entry for entry in self._periods(place) if entry.id == id)

    def to_json(self) -> dict[str, Any]:
        """The layer in lists and texts."""
        return {each.name: getattr(self, each.name) for each in fields(self)} | {
            "agents": [astuple(agent) for agent in self.agents],
            "faults": [astuple(fault) for fault in self.faults],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Layer:
        """The layer of which `to_json` made this."""
        agents = tuple(Agent(phrase, tuple(plurals), *rest) for phrase, plurals, *rest in kept["agents"])
        return cls(**{**kept, "agents": agents, "faults": tuple(Fault(*fault) for fault in kept["faults"])})

    def _places(self, text: str) -> str:
        """Where the name leads; texts that are longer than any name with their first word are not worth folding."""
        reach = self.reach.get(surfaces.fold(text.partition(" ")[0]).partition(" ")[0])
        if reach is None or text.count(" ") > reach + _LOOSE:
            return ""
        return self.names.get(surfaces.fold(text), "")

    def _periods(self, place: str) -> tuple[Entry, ...]:
        id, name, *periods = self.actors[int(place)].split("\t")
        return tuple(_entry(id, name, *period.split(" ")) for period in periods)


def joined(layers: Sequence[Layer]) -> Layer:
    """One layer of several, in which the actors of the first come first; their faults stay with them."""
    if len(layers) == 1:
        return layers[0]
    starts = [0, *accumulate(len(layer.actors) for layer in layers)]
    reach: Counter[str] = Counter()
    for layer in layers:
        reach |= Counter(layer.reach)
    return Layer(
        actors=[actor for layer in layers for actor in layer.actors],
        names=_shifted([layer.names for layer in layers], starts),
        short=_shifted([layer.short for layer in layers], starts),
        ids=_shifted([layer.ids for layer in layers], starts),
        reach=reach,
        agents=[agent for layer in layers for agent in layer.agents],
    )


def _shifted(leads: Sequence[Mapping[str, str]], starts: Iterable[int]) -> dict[str, str]:
    """Where each key leads, once the actors of each layer begin at its start."""
    found: dict[str, str] = {}
    for known, start in zip(leads, starts, strict=False):
        for key, places in known.items():
            found[key] = found.get(key, "") + "".join(f" {int(place) + start}" for place in places.split())
    return found


def is_nobody(entry: Entry) -> bool:
    """Whether the dictionary says that the name is no actor: it has neither country nor sectors."""
    return entry.country is None and not entry.sectors


def build(dictionary: Dictionary, built_in: Gazetteer) -> Layer:
    """The dictionary ready to be looked up.

    An actor whom the gazetteer knows by one of its names, of the same country, keeps the gazetteer's id, name and kind; others
    get the slug of their first name. A bare state code is that state.
    """
    index = _Index()
    for actor in dictionary.actors:
        index.add(actor.names, _entries(actor, built_in))
    return Layer(
        actors=index.actors,
        names=index.names,
        short=index.short,
        ids=index.ids,
        reach=index.reach,
        agents=dictionary.agents,
        faults=dictionary.faults,
    )


class _Index:
    """Collects actors under their names and ids."""

    def __init__(self) -> None:
        self.actors: list[str] = []
        self.names: dict[str, str] = {}
        self.short: dict[str, str] = {}
        self.ids: dict[str, str] = {}
        self.reach: dict[str, int] = {}

    def add(self, names: Iterable[str], periods: Sequence[Entry]) -> None:
        place = f" {len(self.actors)}"
        own = next((entry for entry in periods if entry.kind != "state"), periods[0])
        self.actors.append("\t".join([own.id, own.name, *map(_period, periods)]))
        for name, folded in ((name, surfaces.fold(name)) for name in names):
            if not folded:
                continue
            first = folded.partition(" ")[0]
            self.reach[first] = max(self.reach.get(first, 0), folded.count(" ") + 1)
            known, key = (self.short, surfaces.undotted(name)) if is_short(name) else (self.names, folded)
            known[key] = known.get(key, "") + place
        for id in {entry.id for entry in periods}:
            self.ids[id] = self.ids.get(id, "") + place


def is_short(name: str) -> bool:
    """Whether the name must stand in a text in capitals."""
    return len(name) <= 2 * SHORT and surfaces.is_acronym(name) and len(surfaces.undotted(name)) <= SHORT


def displayed(phrase: str) -> str:
    """A phrase in capitals as a reader would write it; one in mixed case, and a short form, as it stands."""
    words = phrase.split()
    if not phrase.isupper() or (len(words) == 1 and len(phrase) <= SHORT + 1):
        return phrase
    small = (w.lower() if i and w.lower() in _SMALL else _capitalised(w) for i, w in enumerate(words))
    return " ".join(small)


def _capitalised(word: str) -> str:
    return word if "." in word else "-".join(part.capitalize() for part in word.split("-"))


def _entries(actor: Primary, built_in: Gazetteer) -> list[Entry]:
    """The actor's periods."""
    is_state = partial(_is_state, built_in)
    coded = [actor_codes.decode(h.code, is_state, dated=actor.dated) if h.code else _NOBODY for h in actor.held]
    known = _known(actor.names, {c.country for c in coded if c.kind != "state"} - {None}, built_in)
    id, name = (known.id, known.name) if known is not None else (_slug(actor.names[0]), displayed(actor.names[0]))
    return [_period_of(id, name, h, c, known) for h, c in zip(actor.held, coded, strict=True)]


def _period_of(id: str, name: str, held: Held, coded: actor_codes.Coded, known: Entry | None) -> Entry:
    state = coded.country if coded.kind == "state" else None
    return Entry(
        id=state or id,
        name=name,
        kind=coded.kind if known is None or state or coded is _NOBODY else known.kind,
        country=coded.country,
        sectors=coded.sectors,
        since=None if held.start == ALWAYS[0] else date.fromordinal(held.start).isoformat(),
        until=None if held.end == ALWAYS[1] else date.fromordinal(held.end - 1).isoformat(),
    )


def _known(names: Iterable[str], countries: Collection[str | None], built_in: Gazetteer) -> Entry | None:
    """The body, group or person that the gazetteer knows by one of the names, of one of the countries."""
    for sense in (sense for name in names if countries for sense in built_in.senses(name)):
        entry = sense.entry
        if entry.country in countries and entry.kind != "state" and sense.via in ("name", "acronym"):
            return entry
    return None


def _is_state(built_in: Gazetteer, id: str) -> bool:
    return any(entry.kind == "state" for entry in built_in.entries(id))


def _slug(phrase: str) -> str:
    return _GAPS.sub("-", surfaces.fold(phrase)).strip("-") or "unnamed"


def _period(entry: Entry) -> str:
    return " ".join([entry.since or "-", entry.until or "-", entry.kind, entry.country or "-", *entry.sectors])


def _entry(id: str, name: str, since: str, until: str, kind: str, country: str, *sectors: str) -> Entry:
    return Entry(
        id=country if kind == "state" else id,
        name=name,
        kind=cast("Kind", kind),
        country=None if country == "-" else country,
        sectors=sectors,
        since=None if since == "-" else since,
        until=None if until == "-" else until,
    )
