"""Small marked-up scenes for the events stage: "[RUR:Ruritania] rejects ..." marks a mention of the actor RUR.

The states are invented, so that no test puts words into the mouth of a real one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.language import Language

from dragoman.analysis import Actor, Event, Mention, Party, Statement, Via
from dragoman.document import Document
from dragoman.knowledge.ontology import load_ontology
from dragoman.knowledge.triggers import load_triggers
from dragoman.reading.actors import Cast
from dragoman.reading.events import find_events
from dragoman.reading.events.proposals import Relating
from dragoman.reading.parse import Parsed, parse

_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "its", "their", "his", "her", "him", "them", "our", "us"})
_MARK = re.compile(r"\[(\w+):([^\]]+)\]")

PEOPLE = {
    "RUR": Actor(id="RUR", name="Ruritania", kind="state", country="RUR"),
    "GRA": Actor(id="GRA", name="Graustark", kind="state", country="GRA"),
    "ZEN": Actor(id="ZEN", name="Zenda", kind="state", country="ZEN"),
    "UN": Actor(id="UN", name="United Nations", kind="organization", country="UNO"),
    "COUNCIL": Actor(id="COUNCIL", name="the Council", kind="organization", country="UNO"),
    "minister": Actor(id="minister", name="Anton Hentzau", kind="person", country="RUR", sectors=("GOV",)),
    "envoy": Actor(id="envoy", name="Yetive Lorry", kind="person", country="GRA", sectors=("GOV",)),
    "front": Actor(id="front", name="Zenda Front", kind="group", country="RUR", sectors=("REB",)),
    "army": Actor(id="army", name="Graustark's army", kind="group", country="GRA", sectors=("MIL",)),
    "gunmen": Actor(id="gunmen", name="gunmen", kind="unnamed", sectors=("UAF",)),
    "villagers": Actor(id="villagers", name="villagers", kind="unnamed", sectors=("CVL",)),
    "reporters": Actor(id="reporters", name="reporters", kind="unnamed", sectors=("JRN",)),
    "columnist": Actor(id="columnist", name="Fritz Tarlenheim", kind="person"),
    "nobody": Actor(id="nobody", name="nobody", kind="unnamed"),
}


@dataclass(frozen=True)
class Scene:
    """A parsed text with its cast and the events found in it."""

    parsed: Parsed
    cast: Cast
    events: tuple[Event, ...]

    def one(self) -> Event:
        """The only event; fails where there is none or more than one."""
        (event,) = self.events
        return event

    def of(self, type: str) -> Event:
        """The only event of a type."""
        (event,) = [e for e in self.events if e.type == type]
        return event


def played(
    text: str,
    pipeline: Language,
    *,
    said: tuple[tuple[str | None, str | None, str], ...] = (),
    published: str | None = None,
    model: Relating | None = None,
) -> Scene:
    """The scene that a marked-up text makes; `said` lists statements as the words of their source, cue and content."""
    plain, mentions = _unmarked(text)
    parsed = parse(Document(plain, published=published), pipeline)
    cast = Cast(tuple(PEOPLE[i] for i in dict.fromkeys(m.actor for m in mentions if m.actor)), mentions)
    statements = tuple(_statement(parsed.document, mentions, n, *words) for n, words in enumerate(said))
    return Scene(parsed, cast, find_events(parsed, cast, statements, load_ontology(), load_triggers(), model))


def ids(parties: tuple[Party, ...]) -> list[str | None]:
    """The actors of some parties."""
    return [p.actor for p in parties]


def told(scene: Scene) -> set[tuple[str, tuple[str | None, ...], tuple[str | None, ...]]]:
    """Type, actors and recipients of every event."""
    return {(e.type, tuple(ids(e.actors)), tuple(ids(e.recipients))) for e in scene.events}


def _unmarked(text: str) -> tuple[str, tuple[Mention, ...]]:
    plain, mentions, at = "", [], 0
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        actor = None if mark[1] == "undecided" else mark[1]
        via: Via = "pronoun" if mark[2].lower() in _PRONOUNS else "name"
        mentions.append(Mention(len(plain), len(plain) + len(mark[2]), mark[2], actor, via))
        plain, at = plain + mark[2], mark.end()
    return plain + text[at:], tuple(mentions)


def _statement(
    document: Document, mentions: tuple[Mention, ...], n: int, source: str | None, cue: str | None, content: str
) -> Statement:
    inside = document.text.index(content)
    party = None
    if source is not None:
        start = document.text.index(source)
        actor = next((m.actor for m in mentions if m.start <= start < m.end), None)
        party = Party(start, start + len(source), source, actor)
    at = document.text.index(cue) if cue is not None else 0
    return Statement(
        id=f"s{n}",
        source=party,
        cue=None if cue is None else document.span(at, at + len(cue)),
        content=(document.span(inside, inside + len(content)),),
        form="indirect",
    )
