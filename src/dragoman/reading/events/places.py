"""Events + parse + cast + places of the world -> events with the place where they happened.

The words come first: a phrase of place that hangs on the predicate, then one in its clause, then the dateline. What they stand
for is decided by how large the namesakes are and which countries the text speaks of; where two remain, it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dragoman.analysis import Event, Place
from dragoman.knowledge.places import Places, Site
from dragoman.knowledge.surfaces import fold, without_article
from dragoman.reading.actors import Cast
from dragoman.reading.datelines import dateline_place
from dragoman.reading.events.claims import SPEECH_ACTS
from dragoman.reading.events.syntax import children, prepositions
from dragoman.reading.parse import Parsed

_LOCATIVE = frozenset(
    ["in", "at", "near", "into", "outside", "around", "across", "inside", "off", "within", "throughout", "on"]
)  # fmt: skip
_NAMED = frozenset({"GPE", "LOC", "FAC"})
_PARTS = frozenset(
    ["city", "town", "village", "province", "region", "district", "area", "outskirt", "suburb", "capital", "port", "state",
     "governorate", "part", "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "centre",
     "center", "island", "neighborhood", "neighbourhood", "camp", "county", "municipality", "countryside", "peninsula",
     "valley", "coast", "border", "vicinity", "territory", "stronghold", "hamlet", "settlement", "community", "oblast"]
)  # fmt: skip
"""Nouns that a place follows with "of": the town of, the outskirts of."""

_DIVISIONS = frozenset(["province", "governorate", "region", "oblast", "state", "county", "prefecture", "department"])
_FRAME = re.compile(
    r"\A(?:the\s+|(?:north|south|east|west|centr|cent|upp|low|down|rur|great|occupi|coast)\w*[\s-]+)+(?=\S)"
    r"|(?:['’]s)\Z|(?<!\s)\s+(?:province|governorate|region|district|city|area|county|oblast|town|village|airport|camp)s?\Z",
    re.IGNORECASE,
)
_SMALL, _SMALL_TOWN, _KNOWN = 20, 5, 100_000
"""A namesake with less than a twentieth of the largest one's people is not thought of, a town with less than a fifth neither."""

_DONE_TO_PLACES = frozenset({"ASSAULT", "COERCE"})
_MISTAKEN = frozenset({"", "ORG", "PERSON", "NORP"})


@dataclass(frozen=True)
class Whereabouts:
    """Finds and resolves the places of one document."""

    parsed: Parsed
    cast: Cast
    places: Places

    def placed(self, event: Event) -> Event:
        """The event with its place, the words of which stand in the text; unchanged where it names none."""
        trigger = self.parsed.tokens(event.anchor.start, event.anchor.end).root
        found = [
            p for words in _words(trigger, event) if (p := self._resolved(words)).country or words.label_ in _NAMED
        ]
        if event.type in SPEECH_ACTS:
            found = [p for p in found if p.kind == "city"]
        decided = next((p for p in found if p.country is not None), None)
        place = decided or (found[0] if found else self._from_dateline(event))
        return event if place is None else replace(event, place=place)

    def _resolved(self, words: Tokens) -> Place:
        span = self.parsed.span(words)
        site = self._site(words)
        if site is not None and not _fits(words, site):
            site = None
        if site is None:
            return Place(span.start, span.end, span.text)
        return Place(
            span.start, span.end, span.text,
            name=site.name, kind=site.kind, country=site.country, province=site.province,
            latitude=site.latitude, longitude=site.longitude, geonames=site.geonames,
        )  # fmt: skip

    def _site(self, words: Tokens) -> Site | None:
        name, sites = self._named(words.text)
        wider = {s.country for s in self._wider(words)}
        near = [s for s in sites if s.country in wider]
        division = _is_division(words)
        if near:
            return _usual(near, name, division)
        likely = [s for s in sites if _is_likely(s, sites[0])]
        if len({s.country for s in likely}) > 1:
            spoken = self._spoken_of(name)
            likely = [s for s in likely if s.country in spoken]
        return _usual(likely, name, division) if len({s.country for s in likely}) == 1 else None

    def _named(self, text: str) -> tuple[str, tuple[Site, ...]]:
        """The namesakes of the words, words such as "northern" or "province" taken off where they are not part of a name."""
        while not (sites := self.places.named(text)) and (shorter := _FRAME.sub("", text)) != text:
            text = shorter
        return fold(without_article(text)), sites

    def _wider(self, words: Tokens) -> tuple[Site, ...]:
        """What the place is said to lie in: "Homs, Syria", "Syria's Homs province", "Homs in Syria"."""
        for other in words.sent.ents:
            between = words.doc[words.end : other.start].text if other.start >= words.end else None
            holds = between in (",", "in", ", in", "province ,", "in the") or _owns(other, words)
            if holds and (sites := self._named(other.text)[1]):
                return sites[:1]
        return ()

    def _spoken_of(self, name: str) -> frozenset[str]:
        """The countries of all who appear in the text, those left out that only the name itself brings in."""
        return frozenset(c for key, c in self._countries if key != name)

    @cached_property
    def _countries(self) -> frozenset[tuple[str, str]]:
        mentions = (*self.cast.mentions, *self.cast.inner)
        found = ((m, self.cast.actor(m.actor)) for m in mentions)
        return frozenset(
            (fold(without_article(m.text)), a.country) for m, a in found if a is not None and a.country is not None
        )

    def _from_dateline(self, event: Event) -> Place | None:
        """The dateline, for what its publisher reports as done by or to somebody of the country it was written in."""
        place = self._dateline
        if place is None or event.claimed_in is not None or event.modality != "actual":
            return None
        if self._is_elsewhere(event, place):
            return None
        parties = (p for p in (*event.actors, *event.recipients) if not place.overlaps(p))
        actors = (self.cast.actor(p.actor) for p in parties)
        return place if place.country in {a.country for a in actors if a is not None} else None

    def _is_elsewhere(self, event: Event, dateline: Place) -> bool:
        """Whether the sentence names another place in that country: a court in Bavaria, in a report from Berlin."""
        sentence = self.parsed.tokens(event.anchor.start, event.anchor.end).root.sent
        named = (self._resolved(e) for e in sentence.ents if e.label_ == "GPE" and e.start_char >= dateline.end)
        return any(p.kind not in (None, "country") and p.country == dateline.country for p in named)

    @cached_property
    def _dateline(self) -> Place | None:
        found = dateline_place(self.parsed.document.text)
        if found is None:
            return None
        words = self.parsed.tokens(*found)
        place = self._resolved(words) if len(words) else None
        return place if place is not None and place.country is not None else None


def with_places(events: tuple[Event, ...], parsed: Parsed, cast: Cast, places: Places) -> tuple[Event, ...]:
    """The same events, each with the place that the text gives for it."""
    whereabouts = Whereabouts(parsed, cast, places)
    return tuple(whereabouts.placed(event) for event in events)


def _words(trigger: Token, event: Event) -> Iterator[Tokens]:
    """Names of places, the nearest first: behind the predicate, behind what it is done to, what it is done to itself.

    What a speech act is about may lie elsewhere: only what hangs on its verb counts for it.
    """
    yield from _places_of(trigger, _LOCATIVE | {"to"} if event.mode == "visit" else _LOCATIVE)
    if event.type in SPEECH_ACTS:
        return
    mates = tuple(_mates(trigger))
    for mate in mates:
        yield from _places_of(mate, _LOCATIVE)
    if event.type in _DONE_TO_PLACES or event.mode == "visit":
        yield from (e for mate in mates if mate.dep_ in ("dobj", "nsubjpass") and (e := _entity(mate)) is not None)


def _places_of(token: Token, locative: Set[str]) -> Iterator[Tokens]:
    """The names in the phrases of place that hang on a token: "in Homs", "in Homs province", "in the consulate in Homs"."""
    for preposition in prepositions(token):
        if preposition.lower_ in locative:
            for head in children(preposition, "pobj"):
                yield from _names_in(head, on=preposition.lower_ == "on")
                yield from _places_of(head, _LOCATIVE)


def _names_in(head: Token, *, on: bool) -> Iterator[Tokens]:
    """The names in a noun phrase behind a preposition of place; behind "on" only those that its noun makes places."""
    found = None if on else _entity(head) or _unlabelled(head)
    if found is not None:
        yield found
    elif head.lemma_.lower() in _PARTS:
        inner = (t for prep in children(head, "prep") if prep.lower_ == "of" for t in children(prep, "pobj"))
        modifiers = () if on else children(head, "compound", "nmod", "amod")
        yield from (e for t in (*modifiers, *inner) if (e := _entity(t) or _unlabelled(t)) is not None)


def _entity(token: Token) -> Tokens | None:
    """The named place that the token is part of."""
    if token.ent_type_ not in _NAMED:
        return None
    return next((e for e in token.sent.ents if e.start <= token.i < e.end), None)


def _unlabelled(token: Token) -> Tokens | None:
    """A name that was not recognised as one of a place; the gazetteer will tell."""
    if token.pos_ != "PROPN" or token.ent_type_ not in _MISTAKEN:
        return None
    first = min([token.i, *(c.i for c in children(token, "compound") if c.pos_ == "PROPN")])
    return token.doc[first : token.i + 1] if not any(children(token, "det", "poss")) else None


def _mates(trigger: Token) -> Iterator[Token]:
    """What the predicate is done to, and the verb that a noun of deed belongs to."""
    yield from children(trigger, "dobj", "nsubjpass", "attr")
    if trigger.pos_ == "NOUN" and trigger.dep_ in ("dobj", "nsubjpass", "nsubj"):
        yield trigger.head


def _is_likely(site: Site, largest: Site) -> bool:
    """Whether a writer would leave a namesake without a word to tell it by: small ones have one."""
    if site.population < _KNOWN:
        return site.population * _SMALL_TOWN >= largest.population
    return site.population * _SMALL >= largest.population


def _fits(words: Tokens, site: Site) -> bool:
    """Whether a name that was recognised so can be that place: Asia is no town, the White House not Casablanca."""
    match words.label_:
        case "GPE":
            return True
        case "LOC":
            return site.kind != "city"
        case "FAC":
            return False
    return _is_division(words) or (site.kind == "city" and site.population >= _KNOWN)


def _owns(other: Tokens, words: Tokens) -> bool:
    """Whether the other name stands right before the words as their owner: "Syria's Homs province"."""
    return bool(other.end <= words.start <= other.end + 1 and other.root.dep_ in ("poss", "nmod", "compound"))


def _is_division(words: Tokens) -> bool:
    """Whether the words are called a province: "Homs province", "the province of Homs"."""
    after = words.doc[words.end] if words.end < words.sent.end else None
    above = words.root.head.head if words.root.head.lower_ == "of" else None
    inside = words[-1].lower_ in _DIVISIONS
    return inside or any(t is not None and t.lemma_.lower() in _DIVISIONS for t in (after, above))


_RANK = {"country": 0, "city": 1, "region": 2, "province": 3}


def _usual(sites: list[Site], name: str, division: bool) -> Site:
    """The one of a country's places that a bare name means: what is called so first, then the city before its province."""

    def rank(site: Site) -> tuple[bool, bool, int, int]:
        called = site.kind in ("province", "region") if division else True
        return not called, fold(site.name) != name, _RANK[site.kind], -site.population

    return min(sites, key=rank)
