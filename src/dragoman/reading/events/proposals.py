"""Verbs + a model of relations -> drafts of what the rules have no words for: what the subject does to those in its clause.

The model is asked for pairs that the rules leave apart: a decided subject, and a decided party in what the verb is about. What it
is sure of becomes an event of the type that it names, on the verb. With a gate it is asked only about verbs of which the rules
tell nothing, and of those about the few pairs that are likeliest to be events.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from spacy.tokens import Token

from dragoman.analysis import Party
from dragoman.knowledge.ontology import Ontology
from dragoman.reading.events.candidates import Candidate
from dragoman.reading.events.coding import Coder, others
from dragoman.reading.events.drafts import PRONOUNS, Draft
from dragoman.reading.events.gate import Gate
from dragoman.reading.events.modality import Grammar, Manner
from dragoman.reading.events.parties import Parties, Who, unique
from dragoman.reading.parse import Parsed

PROPOSED = 0.6
"""How probable the type of a new event must be: the least at which six in ten PLV sentences are read right (docs/events.md)."""

RETYPED = 0.9
"""How probable another type must be, among the types of events, before it takes the place of the one that the rules gave.

Below it the model loses right events on the six development pages.
"""

_MUTE = frozenset({"be", "have", "say", "do", "seem", "remain", "become"})
"""Verbs that tell of no act between two."""

_VAGUE = PRONOUNS | {"it", "its", "this", "that", "these", "those"}
_BESIDE = ("object", "to", "with", "against", "on", "for")
_NONE = "NONE"
_ANNOUNCED = frozenset({"AGREE", "THREATEN"})


class Related(Protocol):
    """What somebody thinks passes between two marked parties: the probability of every type, and of NONE."""

    @property
    def scores(self) -> Mapping[str, float]: ...


class Relating(Protocol):
    """Whoever can be asked what a text reports from an actor to a recipient, given as spans of the text."""

    def relate(self, text: str, actor: tuple[int, int], recipient: tuple[int, int], /) -> Related: ...


@dataclass(frozen=True, slots=True)
class Proposer:
    """Asks the model for the pairs that the rules left apart, and for a second opinion on those that they joined.

    With a `gate` it asks for few of the former, and for no second opinion: asking takes as long as reading 20 words.
    """

    parsed: Parsed
    who: Who
    coder: Coder
    grammar: Grammar
    model: Relating
    gate: Gate | None = None

    @property
    def _ontology(self) -> Ontology:
        return self.coder.ontology

    def revised(self, draft: Draft) -> Draft:
        """The draft under the type that the model is sure of, where what happened is told as a fact in its own sentence."""
        if self.gate is not None or draft.kind == "inferred" or draft.manner != Manner():
            return draft
        pairs = ((a, r) for a in draft.actors for r in draft.recipients if not _overlap(a, r))
        opinions = [o for a, r in pairs if (o := self._opinion(draft.trigger, a, r))]
        if not opinions:
            return draft
        shares = _mean_of_events(opinions)
        best = max(shares, key=shares.__getitem__)
        if best == draft.coding.type or shares[best] < RETYPED:
            return draft
        return replace(draft, coding=self.coder.recoded(draft.coding, best))

    def drafts(self, tokens: Iterable[Token], told: Iterable[Draft]) -> Iterator[Draft]:
        """A draft for each verb, and type, by which its subject does something to a party that the rules did not give it."""
        told = tuple(told)
        speaking = {d.trigger.i for d in told if d.kind != "inferred"} if self.gate is not None else frozenset[int]()
        joined = {(a.start, r.start) for d in told for a in d.actors for r in d.recipients}
        joined |= {(r, a) for a, r in joined}
        for verb in tokens:
            if verb.pos_ != "VERB" or verb.lemma_ in _MUTE or verb.i in speaking:
                continue
            if self.gate is not None and not self.gate.concerns(verb):
                continue
            manner = self.grammar.manner(verb)
            if not manner.governed and manner.polarity == "affirmed" and manner.modality != "hypothetical":
                yield from self._of_verb(verb, manner, joined)

    def _of_verb(self, verb: Token, manner: Manner, joined: set[tuple[int, int]]) -> Iterator[Draft]:
        candidate = Candidate(verb, "verb", self.who, frozenset())
        actors = candidate.actors() or candidate.open_actors()
        if not actors:
            return
        about = tuple(others(self.who, self._about(candidate), actors))
        for actor in actors:
            found: dict[str, list[Party]] = {}
            for party in about:
                if (actor.start, party.start) in joined or not self._may_meet(actor, party):
                    continue
                type = self._type(verb, actor, party)
                if type is not None:
                    found.setdefault(type, []).append(party)
            for type, parties in found.items():
                joined |= {(actor.start, p.start) for p in parties}
                yield self._draft(verb, type, manner, (actor,), tuple(parties))

    def _about(self, candidate: Candidate) -> Parties:
        """The parties in what the verb is about, and those right beside it that nobody has decided."""
        inside = (p for level in candidate.slot("within") for p in level)
        beside = (p for name in _BESIDE for p in candidate.open_slot(name))
        return unique((*inside, *beside))

    def _may_meet(self, actor: Party, party: Party) -> bool:
        """Whether the one can do something to the other: two separate parties, one of them of a country or a known body."""
        if _overlap(actor, party) or {actor.text.lower(), party.text.lower()} & _VAGUE:
            return False
        return self.who.is_somebody(party) and (self.who.are_known([actor]) or self.who.are_known([party]))

    def _type(self, verb: Token, actor: Party, party: Party) -> str | None:
        if self.gate is not None and not self.gate.admits(verb, actor, party, self.who):
            return None
        scores = self._opinion(verb, actor, party)
        best = max(scores, key=scores.__getitem__, default=_NONE)
        return best if best != _NONE and scores[best] >= PROPOSED else None

    def _opinion(self, verb: Token, actor: Party, party: Party) -> Mapping[str, float]:
        """The model's opinion of the pair in the sentence of the verb; nothing where the two are not both in it."""
        sentence = verb.sent
        begin, end = sentence.start_char, sentence.end_char
        if not all(begin <= p.start and p.end <= end for p in (actor, party)):
            return {}
        a, r = ((p.start - begin, p.end - begin) for p in (actor, party))
        return self.model.relate(sentence.text, a, r).scores

    def _draft(self, verb: Token, type: str, manner: Manner, actors: Parties, found: Parties) -> Draft:
        topic = self.coder.topics.of(sorted(verb.subtree, key=lambda t: t.i))
        return Draft(
            trigger=verb,
            anchor=self.parsed.span(verb),
            coding=self.coder.spoken(type, self._ontology.cameo(type), topic),
            actors=actors,
            recipients=found,
            manner=Manner() if type in _ANNOUNCED else manner,
            kind="proposed",
        )


def _mean_of_events(opinions: list[Mapping[str, float]]) -> dict[str, float]:
    """The mean probabilities of the types, if it is known that there is an event."""
    total = {type: sum(o[type] for o in opinions) for type in opinions[0] if type != _NONE}
    mass = sum(total.values())
    return {type: value / mass for type, value in total.items()}


def _overlap(one: Party, other: Party) -> bool:
    return one.start < other.end and other.start < one.end
