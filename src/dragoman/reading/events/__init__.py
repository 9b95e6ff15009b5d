"""Parsed + cast + statements -> events (who did what to whom), in PLOVER's and CAMEO's terms."""

from __future__ import annotations

from dragoman.analysis import Event, Statement
from dragoman.knowledge.ontology import Ontology
from dragoman.knowledge.places import Places
from dragoman.knowledge.triggers import Triggers
from dragoman.reading.actors import Cast
from dragoman.reading.events.casualties import with_casualties
from dragoman.reading.events.finder import Finder
from dragoman.reading.events.gate import Gate
from dragoman.reading.events.places import with_places
from dragoman.reading.events.proposals import Relating
from dragoman.reading.events.victims import with_victims
from dragoman.reading.parse import Parsed

__all__ = ["find_events"]


def find_events(
    parsed: Parsed,
    cast: Cast,
    statements: tuple[Statement, ...],
    ontology: Ontology,
    triggers: Triggers,
    model: Relating | None = None,
    gate: Gate | None = None,
) -> tuple[Event, ...]:
    """The events of the document in text order, one for each fact; the publisher's and those that sources claim.

    `model`, where there is one, is asked for what the rules have no words for; where there is a `gate`, for what it lets through.
    """
    events = Finder(parsed, cast, statements, ontology, triggers, model, gate).events()
    return with_victims(with_places(with_casualties(events, parsed), parsed, cast, Places()), cast)
