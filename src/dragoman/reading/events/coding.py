"""Candidate + sense -> coding (type, mode, CAMEO, contexts) and recipients.

This is the part that a trained classifier will take over: it says what a predicate means, not where it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from spacy.tokens import Token

from dragoman.analysis import Party
from dragoman.knowledge.ontology import Ontology
from dragoman.knowledge.triggers import Part, Sense, Triggers
from dragoman.reading.events.candidates import Candidate
from dragoman.reading.events.claims import SPEECH_ACTS
from dragoman.reading.events.parties import Parties, Who, unique
from dragoman.reading.events.syntax import objects_of
from dragoman.reading.events.topics import Topics


@dataclass(frozen=True, slots=True)
class Coding:
    """What an event is, in PLOVER's and CAMEO's words. `topic` is the measure its complement names."""

    type: str
    mode: str | None
    cameo: str
    contexts: tuple[str, ...]
    topic: str | None = None


@dataclass(frozen=True)
class Coder:
    """Codes predicates by their sense and by the measure that their complement names."""

    ontology: Ontology
    triggers: Triggers
    topics: Topics

    @cached_property
    def deeds(self) -> frozenset[str]:
        return self.triggers.deeds

    def code(self, candidate: Candidate, sense: Sense) -> Coding:
        """The most specific coding that the words support; who pledges to attack or to punish threatens.

        Peacekeepers are sent to help, and no show of force.
        """
        topic = self.topics.of(candidate.complement())
        if sense.type == "AGREE" and self.topics.of(candidate.promised()) in self.triggers.words["hurtful"]:
            return self._coding("THREATEN", None, "130", topic)
        if sense.mode == "troops" and _keeps_peace(candidate, self.triggers.words["peacekeeping"]):
            return self._coding("AID", None, "074", "peace_operation")
        return self._coding(sense.type, sense.mode, sense.cameo, topic)

    def recoded(self, coding: Coding, type: str) -> Coding:
        """The same topic under another type: a refusal of what would have been help."""
        return self._coding(type, None, self.ontology.cameo(type), coding.topic)

    def spoken(self, type: str, cameo: str, topic: str | None) -> Coding:
        """The coding of an act that a source does by speaking, given what it speaks of."""
        return self._coding(type, None, cameo, topic)

    def _coding(self, type: str, mode: str | None, cameo: str, topic: str | None) -> Coding:
        found = self.triggers.refine.get((type, topic or ""))
        if found is not None:
            mode = mode or found.mode
            cameo = next(
                (code for code in found.cameo if code[:2] == cameo[:2] and len(code) >= len(cameo.rstrip("0"))), cameo
            )
        return Coding(type, mode, cameo, self._contexts(type, mode, cameo, topic), topic)

    def _contexts(self, type: str, mode: str | None, cameo: str, topic: str | None) -> tuple[str, ...]:
        found = [*self.ontology.codes[cameo].contexts]
        if (kind := self.ontology.mode(type, mode)) is not None:
            found += kind.contexts
        found += self.triggers.contexts.get((topic or "").removesuffix("-x"), ())
        return tuple(dict.fromkeys(found))


def _keeps_peace(candidate: Candidate, words: Set[str]) -> bool:
    """Whether those who are sent, or their mission, keep the peace."""
    sent = (t for o in (*candidate.objects, *candidate.doers()) for t in o.subtree)
    return any(t.lemma_.lower() in words for t in (*sent, *candidate.complement()))


_GIVING = frozenset({"AID", "COOPERATE", "MOBILIZE", "AGREE"})
"""Types whose patterns name the thing given, sent or held, which is nobody's recipient."""

_DONE_TO_PLACES = frozenset({"ASSAULT", "COERCE", "AID", "MOBILIZE", "PROTEST", "THREATEN", "RETREAT", "SANCTION"})
"""Types that PLOVER's coders code as done to a place: to those who live there."""

_FRIENDLY = frozenset({"AGREE", "SUPPORT", "AID", "COOPERATE"})

_TAKING_SIDES = frozenset({"REJECT", "SUPPORT"})

_FAR = frozenset({"anywhere", "place"})
_LOOSE = _FAR | {"within"}
_AIM = _LOOSE | {"on", "against"}


def recipients(candidate: Candidate, sense: Sense, coding: Coding, actors: Parties, coder: Coder) -> Parties:
    """The parties in the first of the sense's slots that holds any who can be recipients.

    Who is for or against a hostile measure, one aimed at somebody, is not for or against the one it is aimed at. Violence
    whose victim or author stands nowhere near is put to the only other party of the sentence. Where a slot right beside the
    predicate holds only words that the cast has not decided ("the captain"), these are the recipients, without an actor.
    """
    if got := others(candidate.who, candidate.received() or candidate.struck(), actors):
        return got
    for name in _slots(sense, coding, coder.triggers.words["hostile"]):
        for parties in (*candidate.slot(name), candidate.open_slot(name)):
            found = _without_victims(candidate, sense, others(candidate.who, parties, actors), coder)
            if found := _eligible(candidate, sense, coding, name, found, actors, coder):
                return tuple(candidate.who.ruled(p, _words(candidate.trigger, p), actors) for p in found)
    violent = coding.topic == "use_of_force" if sense.type == "ACCUSE" else sense.type == "ASSAULT"
    part: Part = "verb" if sense.type == "ACCUSE" else "noun"
    alone = violent and sense.part == part
    found = candidate.who.only_other(candidate.trigger.sent, actors) if alone else ()
    if not found and coding.type in SPEECH_ACTS:
        found = others(candidate.who, candidate.addressed() or candidate.awaited(), actors)
    return found or (candidate.open_places() if coding.type in _DONE_TO_PLACES else ())


def _slots(sense: Sense, coding: Coding, hostile: Set[str]) -> Iterator[str]:
    """The slots to search: a verb alone is too vague to look far."""
    vague = sense.part == "verb" and not sense.pattern.conditions
    aimed = coding.type in _TAKING_SIDES and coding.topic in hostile
    shut = (_FAR if vague else frozenset()) | (_AIM if aimed else frozenset())
    return (name for name in sense.recipients if name not in shut)


def _eligible(
    candidate: Candidate, sense: Sense, coding: Coding, slot: str, parties: Parties, actors: Parties, coder: Coder
) -> Parties:
    """Those of the parties in a slot whom the act can be done to; what is given, sent or held is nobody's recipient."""
    who, undone = candidate.who, (coding.topic or "").endswith("-x")
    words = {p: _words(candidate.trigger, p) for p in parties}
    giving = coder.triggers.words["giving"]
    parties = tuple(p for p in parties if words[p].head.i == candidate.trigger.i or not _is_given(words[p], giving))
    if slot in _LOOSE or sense.type == "SANCTION":
        parties = tuple(p for p in parties if not who.sides([p]) & who.sides(actors))
    if sense.type in _FRIENDLY and not undone:
        parties = tuple(p for p in parties if words[p].head.lower_ != "against")
    if sense.type in _GIVING:
        given = sense.pattern.objects
        parties = tuple(p for p in parties if words[p].lemma_.lower() not in given or who.are_taken_in([p]))
    return tuple(p for p in parties if sense.type not in SPEECH_ACTS or who.is_somebody(p, near=slot not in _LOOSE))


def _is_given(token: Token, giving: Set[str]) -> bool:
    """Whether the words name what is to be sent or given, not to whom: "agreed to send troops"."""
    verb = token.head
    return token.dep_ == "dobj" and verb.dep_ in ("xcomp", "ccomp", "acl") and verb.lemma_.lower() in giving


def others(who: Who, parties: Iterable[Party], actors: Parties) -> Parties:
    """The parties that are not actors, nor the state for which one of the actors speaks."""
    own = {a.actor for a in actors} | who.sides(actors)
    return unique(p for p in parties if p.actor not in own)


def _without_victims(candidate: Candidate, sense: Sense, parties: Parties, coder: Coder) -> Parties:
    """The parties without those who, by the words of an accusation, suffered the deed: "condemned the killing of ..."."""
    if sense.type != "ACCUSE":
        return parties
    owned = coder.triggers.words["suffered"]
    return tuple(p for p in parties if not _suffers(_words(candidate.trigger, p), coder.deeds, owned))


def _suffers(token: Token, deeds: Set[str], owned: Set[str]) -> bool:
    """Whether a deed was done to somebody: "the killing of", "the envoy's arrest"."""
    if token.dep_ == "poss" and token.head.lemma_.lower() in owned and not any(objects_of(token.head, "of")):
        return True
    return any(t.lower_ in ("of", "on") and t.head.lemma_.lower() in deeds for t in islice(token.ancestors, 3))


def _words(trigger: Token, party: Party) -> Token:
    """The head of the words that stand for a party."""
    words = trigger.doc.char_span(party.start, party.end, alignment_mode="expand")
    return trigger if words is None else words.root
