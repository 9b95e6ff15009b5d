"""Whose own a document is: the state that publishes it through one of its bodies, and whom its titles in capitals mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dragoman.knowledge import Entry, Gazetteer
from dragoman.reading.actors.draft import Draft
from dragoman.reading.actors.people import People, Person
from dragoman.reading.actors.towns import is_large_town


def home_of(publisher: str | None, gazetteer: Gazetteer) -> str | None:
    """The state of a publisher that is, or begins with the name of, a body of state: "White House Office of the Press Secretary".

    A name that only begins with a country's or a town's is a newspaper's: "Kenya Times", "Moscow Times".
    """
    words = (publisher or "").split()
    for size in range(len(words), 0, -1):
        name = " ".join(words[:size])
        for sense in gazetteer.senses(name)[:1]:
            seat = sense.via == "metonym" and not is_large_town(name, sense.entry.country)
            if _speaks_for_a_state(sense.entry) and (size == len(words) or seat or "GOV" in sense.entry.sectors):
                return sense.entry.country
    return None


def incumbent(
    office: str, country: str, titled: Iterable[Draft], people: People, gazetteer: Gazetteer
) -> Person | None:
    """Of those who hold or held the office in the country, the one with the title most often; nobody where two draw."""
    bearers = Counter(
        person.id
        for person in map(people.of, titled)
        if any(t.country == country and t.office == office for t in gazetteer.entries(person.known_as or ""))
    )
    ranked = bearers.most_common(2)
    drawn = len(ranked) == 2 and ranked[0][1] == ranked[1][1]
    return people.by_id(ranked[0][0]) if ranked and not drawn else None


def _speaks_for_a_state(entry: Entry) -> bool:
    return entry.kind == "state" or ("GOV" in entry.sectors and "JRN" not in entry.sectors)
