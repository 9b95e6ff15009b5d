"""Statements + drafts -> what a source does by saying what it says: it demands, it accuses, it rejects.

"Riga must pull back," the minister said, is a demand on Riga. Who says that another's army shelled a camp accuses that other.
Who calls a proposal unacceptable rejects it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.analysis import Statement
from dragoman.document import Span
from dragoman.knowledge.triggers import Sense
from dragoman.reading.events.candidates import Candidate
from dragoman.reading.events.claims import SPEECH_ACTS, Claims
from dragoman.reading.events.coding import Coder, Coding, others, recipients
from dragoman.reading.events.drafts import WRONGS, Draft
from dragoman.reading.events.matching import best_sense
from dragoman.reading.events.modality import Grammar, Manner
from dragoman.reading.events.parties import Parties, Who
from dragoman.reading.events.syntax import children, doers, patients
from dragoman.reading.parse import Parsed

_NAMED = frozenset({"state", "organization", "bloc", "group", "person", "office"})


@dataclass(frozen=True, slots=True)
class SpeechActs:
    """Infers the acts of sources from their statements."""

    parsed: Parsed
    who: Who
    claims: Claims
    coder: Coder
    grammar: Grammar

    def drafts(self, tokens: Iterable[Token], told: Iterable[Draft]) -> Iterator[Draft]:
        """Demands and judgements in the tokens, and the accusations that lie in the events told of others."""
        for token in tokens:
            verbal = token.pos_ in ("VERB", "AUX")
            draft = self._demand(token) or self._blame(token) if verbal else self._judgement(token)
            if draft is not None:
                yield draft
        told = tuple(told)
        yield from self._accusations(told)
        yield from self._commitments(told)

    def _speaker(self, token: Token) -> Parties:
        """Who says it: the source of the statement around it, outside all statements the publisher of one of its own."""
        around = self.claims.around(self.parsed.span(token))
        if not around:
            voice = self.who.references.voice
            return () if voice is None else (voice,)
        spoken = self.claims.source(around)
        return () if spoken is None else spoken[1]

    def _demand(self, verb: Token) -> Draft | None:
        """A duty that the source lays on another, or a command: "Pull back," she told the mayor."""
        command = _is_command(verb)
        if not (command or self.grammar.has_duty(verb)) or not (actors := self._speaker(verb)):
            return None
        on = self._addressed(verb) if command else doers(verb) or patients(verb)
        owed = [p for p in self.who.named(on) if self.who.are_known([p])]
        found = self.others_side(tuple(owed), actors)
        topic = self.coder.topics.of(sorted(verb.subtree, key=lambda t: t.i))
        return self._act(verb, self.coder.spoken("REQUEST", "100", topic), actors, found) if found else None

    def _addressed(self, verb: Token) -> tuple[Token, ...]:
        """To whom the statement around is made: whom its cue has for an object."""
        around = self.claims.around(self.parsed.span(verb))[:1]
        cues = [s.cue for s in around if s.cue is not None]
        return tuple(t for cue in cues for word in self.parsed.tokens(cue.start, cue.end) for t in patients(word))

    def _blame(self, verb: Token) -> Draft | None:
        """What a source says another does that nobody says of a friend: "Riga is undermining the talks"."""
        if not self._is_blameworthy(verb) or not (actors := self._speaker(verb)):
            return None
        blamed = [p for p in self.who.named(doers(verb)) if self.who.are_known([p])]
        found = self.others_side(tuple(blamed), actors)
        coding = self.coder.spoken("ACCUSE", "112", None)
        return self._act(verb, coding, actors, found) if found and self.who.is_political(actors) else None

    def _is_blameworthy(self, verb: Token) -> bool:
        words = self.coder.triggers.words
        unwilling = verb.lemma_ == "have" and any(
            o.lemma_ in ("intention", "interest", "regard") and any(c.lower_ == "no" for c in o.children)
            for o in children(verb, "dobj")
        )
        done = verb.lemma_.lower() in words["blameworthy"] and self.grammar.manner(verb) == Manner()
        return (done or unwilling) and not _is_aside(verb)

    def _judgement(self, adjective: Token) -> Draft | None:
        """A word of judgement on what another does or proposes."""
        if (
            adjective.pos_ != "ADJ"
            or not _is_predicated(adjective)
            or self.grammar.manner(adjective).polarity == "negated"
        ):
            return None
        sense = best_sense(adjective, "adjective", self.coder.triggers)
        if sense is None or sense.attitude != "source" or not (actors := self._speaker(adjective)):
            return None
        return self._judged(adjective, sense, actors)

    def _judged(self, adjective: Token, sense: Sense, actors: Parties) -> Draft | None:
        candidate = Candidate(adjective, "adjective", self.who, frozenset())
        topic = self.coder.topics.of([t for o in candidate.objects for t in o.subtree])
        coding = self.coder.spoken(sense.type, sense.cameo, topic)
        found = self.others_side(recipients(candidate, sense, coding, actors, self.coder), actors)
        return self._act(adjective, coding, actors, found) if found or topic is not None else None

    def _accusations(self, told: Iterable[Draft]) -> Iterator[Draft]:
        """One accusation for each statement that tells of another's violence or coercion as done."""
        accused: set[str] = set()
        for draft in told:
            if not _is_wrong(draft.coding) or draft.manner != Manner() or _is_aside(draft.trigger):
                continue
            spoken = self.claims.source(self.claims.around(draft.anchor)[:1])
            if spoken is None or spoken[0].id in accused or not self._is_blamed(draft, *spoken):
                continue
            accused.add(spoken[0].id)
            coding = self.coder.spoken("ACCUSE", "112", None)
            yield self._act(draft.trigger, coding, spoken[1], draft.actors, spoken[0].cue or draft.anchor)

    def _commitments(self, told: Iterable[Draft]) -> Iterator[Draft]:
        """Who says what he or his side will do promises it, or threatens with it; one act of a type for each statement."""
        seen: set[tuple[str, str]] = set()
        for draft in told:
            coding = self._commitment(draft)
            if coding is None or (spoken := self.claims.source(self.claims.around(draft.anchor)[:1])) is None:
                continue
            statement = spoken[0]
            key = (statement.id, coding.type)
            if key in seen or not self.claims.is_by(statement, draft.actors) or not self._asserts(statement):
                continue
            seen.add(key)
            yield self._act(draft.trigger, coding, draft.actors, draft.recipients, statement.cue or draft.anchor)

    def _commitment(self, draft: Draft) -> Coding | None:
        """The act of saying that one will do it; None where it is not to come, or nobody in particular is concerned."""
        if draft.manner != Manner("future") or not draft.recipients:
            return None
        type = self.coder.ontology.rewritten(draft.coding.type, "future", "affirmed")
        if type not in ("AGREE", "THREATEN") or draft.coding.type in SPEECH_ACTS - {"SUPPORT", "CONCEDE"}:
            return None
        return self.coder.spoken(type, self.coder.ontology.cameo(type), draft.coding.topic)

    def _is_blamed(self, draft: Draft, statement: Statement, source: Parties) -> bool:
        """Whether the statement puts it forward as true that somebody in particular, on another side, did it."""
        actors = [a for p in draft.actors if (a := self.who.actor(p)) is not None]
        named = all(a.kind in _NAMED for a in actors)
        return named and bool(self.others_side(draft.actors, source)) and self._asserts(statement)

    def _asserts(self, statement: Statement) -> bool:
        """Whether the statement puts its content forward as true; a quotation without a cue does."""
        if statement.cue is None:
            return True
        words = self.coder.triggers.words["asserting"]
        return any(t.lemma_.lower() in words for t in self.parsed.tokens(statement.cue.start, statement.cue.end))

    def others_side(self, parties: Parties, actors: Parties) -> Parties:
        """The parties that neither are the actors nor speak for the same state."""
        own = self.who.sides(actors)
        return tuple(p for p in others(self.who, parties, actors) if not self.who.sides([p]) & own)

    def _act(
        self, trigger: Token, coding: Coding, actors: Parties, found: Parties, anchor: Span | None = None
    ) -> Draft:
        where = anchor or self._anchor(trigger)
        return Draft(
            trigger=trigger, anchor=where, coding=coding, actors=actors, recipients=found, manner=Manner(), kind="inferred"
        )  # fmt: skip

    def _anchor(self, trigger: Token) -> Span:
        """The trigger, from the word of duty on where that stands just before it."""
        duty = [a.i for a in children(trigger, "aux") if trigger.i - 3 <= a.i < trigger.i]
        return self.parsed.span(self.parsed.doc[min([*duty, trigger.i]) : trigger.i + 1])


def _is_command(verb: Token) -> bool:
    """Whether a verb opens its sentence or quotation without a subject: "Pull back your forces"."""
    if verb.tag_ != "VB":
        return False
    opens = verb.i == verb.sent.start or verb.nbor(-1).is_quote
    return opens and not any(children(verb, "nsubj", "nsubjpass", "aux", "mark"))


def _is_wrong(coding: Coding) -> bool:
    """Violence or coercion; who reports that ground was taken accuses nobody."""
    return coding.type in WRONGS and coding.cameo != "192"


def _is_predicated(adjective: Token) -> bool:
    if adjective.dep_ in ("acomp", "oprd", "conj"):
        return True
    return adjective.head.lower_ == "as" and adjective.dep_ in ("amod", "pobj", "pcomp", "advcl")


def _is_aside(trigger: Token) -> bool:
    """Whether the trigger stands in a relative or adverbial clause: told by the way, not what the statement says."""
    return any(t.dep_ in ("relcl", "acl", "advcl", "appos") for t in (trigger, *trigger.ancestors))
