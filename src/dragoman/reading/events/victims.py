"""Events + cast -> recipients that the words name only by where they are: "shells hit Aleppo", "attacks on the market in Herat".

PLOVER codes the people of a place under its country. A deed of violence that names nobody it was done to, and a place where it
was done, was done to those who live there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dragoman.analysis import Event, Party
from dragoman.reading.actors import Cast

_VIOLENT = frozenset({"ASSAULT"})


def with_victims(events: Iterable[Event], cast: Cast) -> tuple[Event, ...]:
    """The events in order; violence without a recipient gets the state of its place, where the document speaks of that state."""
    states = {a.country: a.id for a in cast.actors if a.kind == "state"}
    return tuple(_with_victims(event, states) for event in events)


def _with_victims(event: Event, states: dict[str | None, str]) -> Event:
    place = event.place
    if event.type not in _VIOLENT or event.recipients or place is None or place.country not in states:
        return event
    return replace(event, recipients=(Party(place.start, place.end, place.text, states[place.country]),))
