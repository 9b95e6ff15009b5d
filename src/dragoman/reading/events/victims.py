"""Events + cast -> recipients that the words name only by where they are: "shells hit Aleppo", "attacks on the market in Herat".

PLOVER codes the people of a place under its country. A deed of violence, coercion, protest or mobilisation, or a ceasefire, that
names nobody it was done to, and a place where it was done, was done to those who live there; and a recipient that is only a place
is of the state it lies in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dragoman.analysis import Event, Party
from dragoman.reading.actors import Cast

_DONE_SOMEWHERE = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})


def with_victims(events: Iterable[Event], cast: Cast) -> tuple[Event, ...]:
    """The events in order; violence without a recipient gets the state of its place, where the document speaks of that state."""
    states = {a.country: a.id for a in cast.actors if a.kind == "state"}
    return tuple(_with_victims(event, states) for event in events)


def _with_victims(event: Event, states: dict[str | None, str]) -> Event:
    place = event.place
    if place is None or place.country not in states:
        return event
    state = states[place.country]
    somewhere = event.type in _DONE_SOMEWHERE or event.mode == "ceasefire"
    if somewhere and not event.recipients:
        return replace(event, recipients=(Party(place.start, place.end, place.text, state),))
    decided = (replace(p, actor=state) if p.actor is None and p.covers(place) else p for p in event.recipients)
    return replace(event, recipients=tuple(decided))
