"""Gazetteer + layers -> a gazetteer in which users' dictionaries come first, and a language pack with their role words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace

from dragoman.analysis import Via
from dragoman.knowledge import actor_codes, surfaces
from dragoman.knowledge.entries import Entry, Sense
from dragoman.knowledge.gazetteer import Gazetteer
from dragoman.knowledge.language import Language, Role, RoleKind
from dragoman.knowledge.layer import Layer, is_nobody, joined
from dragoman.knowledge.periods import covers, overlap
from dragoman.knowledge.petrarch import Agent

_BEARERS = ("er", "or", "ist", "ian", "ant", "ent", "man", "woman", "person", "ee", "ary")
"""Endings of words for one person, for role words that the language pack does not know."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layered(Gazetteer):
    """A gazetteer under users' actors, of which the first that bears a name on the date decides alone."""

    _own: Layer = field(repr=False)

    @classmethod
    def over(cls, built_in: Gazetteer, layers: Sequence[Layer]) -> Layered:
        """The layers, first things first, over the gazetteer."""
        known = {each.name: getattr(built_in, each.name) for each in fields(built_in)}
        own = joined(layers)
        longest = max([built_in.longest, *own.reach.values()])
        return cls(**{**known, "longest": longest}, _own=own)

    def senses(self, surface: str, on: str | None = None) -> tuple[Sense, ...]:
        """Everyone the words can mean on that date: of the first dictionary that knows the name then, else the built-in ones."""
        for periods in self._own.find(surface):
            if met := [entry for entry in periods if covers(entry.since, entry.until, on)]:
                return self._as_senses(surface, met)
        return Gazetteer.senses(self, surface, on)

    def entries(self, id: str) -> tuple[Entry, ...]:
        """The entries of that id; of a person the built-in's only for times of which the dictionaries say nothing."""
        built_in = Gazetteer.entries(self, id)
        if built_in and built_in[0].kind != "person":
            return built_in
        own: list[Entry] = []
        for entry in self._own.entries(id):
            own += () if _overlaps(entry, own) else (entry,)
        others = (entry for entry in built_in if not _overlaps(entry, own))
        return tuple(sorted((*others, *(e for e in own if not is_nobody(e))), key=lambda entry: entry.since or ""))

    def reach(self, token: str) -> int:
        """Words of the longest name that begins with this word, whether in capitals or not."""
        first = surfaces.fold(token).partition(" ")[0]
        return max(Gazetteer.reach(self, token), self._own.reach.get(first, 0))

    def _as_senses(self, surface: str, met: Iterable[Entry]) -> tuple[Sense, ...]:
        """The entries as senses; where the gazetteer knows the actor, it says what is known of it and how the words name it."""
        hows = {sense.entry.id: sense.via for sense in Gazetteer.senses(self, surface)}
        plain: Via = "acronym" if surfaces.is_acronym(surfaces.without_article(surface)) else "name"
        named = (entry for entry in met if not is_nobody(entry))
        return tuple(Sense(entry=self._fullest(entry), via=hows.get(entry.id, plain)) for entry in named)

    def _fullest(self, entry: Entry) -> Entry:
        """The gazetteer's own entry of a state or body, with the dictionary's code and period."""
        known = Gazetteer.entries(self, entry.id)
        if not known or known[0].kind in ("person", "group"):
            return entry
        if known[0].kind == "state":
            return replace(known[0], since=entry.since, until=entry.until)
        return replace(known[0], country=entry.country, sectors=entry.sectors, since=entry.since, until=entry.until)


def _overlaps(entry: Entry, others: Iterable[Entry]) -> bool:
    return any(overlap(entry.since, entry.until, other.since, other.until) for other in others)


def with_agents(language: Language, layers: Iterable[Layer]) -> Language:
    """The language with the dictionaries' role words, which win over its own; of two dictionaries the first wins."""
    roles: dict[str, Role] = {}
    for agent in (agent for layer in layers for agent in layer.agents):
        role = _role(agent, language)
        for phrase in (agent.phrase, *agent.plurals):
            roles.setdefault(phrase.lower(), role)
    longest = max((len(phrase.replace("-", " - ").split()) for phrase in roles), default=0)
    return replace(language, roles={**language.roles, **roles}, longest_role=max(language.longest_role, longest))


def _role(agent: Agent, language: Language) -> Role:
    sectors = actor_codes.sectors(actor_codes.chunks(agent.code))
    phrase = agent.phrase.lower()
    return Role(phrase, _kind(phrase, language), ("NGO",) if "NGO" in sectors else sectors)


def _kind(phrase: str, language: Language) -> RoleKind:
    """As its last words in the language pack, else by the ending."""
    known = language.role(phrase.replace("-", " - ").split())
    if known is not None:
        return known[0].kind
    return "person" if phrase.endswith(_BEARERS) else "office"
