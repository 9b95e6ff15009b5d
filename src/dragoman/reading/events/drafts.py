"""Token -> draft of an event: a predicate that was given a sense, with its actors, recipients and manner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Token

from dragoman.analysis import Modality
from dragoman.document import Span
from dragoman.knowledge.triggers import Sense
from dragoman.reading.events.candidates import Candidate
from dragoman.reading.events.claims import SPEECH_ACTS
from dragoman.reading.events.coding import Coder, Coding, others, recipients
from dragoman.reading.events.matching import best_sense, part_of, senses_of
from dragoman.reading.events.modality import Grammar, Manner
from dragoman.reading.events.parties import Parties, Who
from dragoman.reading.events.syntax import ancestors, children, patients
from dragoman.reading.parse import Parsed

Kind = Literal["verb", "noun", "adjective", "inferred", "proposed"]

_BETWEEN_ACTORS = SPEECH_ACTS | {"CONSULT", "COOPERATE", "AID", "SANCTION"}
_WITHHELD = frozenset({"AGREE", "SUPPORT", "CONCEDE"})
_OF_DEEDS = frozenset({"AGREE", "THREATEN", "REJECT"})
WRONGS = frozenset({"ASSAULT", "COERCE"})
_SPEAKER = frozenset({"i", "we", "my", "our"})
PRONOUNS = _SPEAKER | {"he", "she", "they", "you", "his", "her", "their", "your", "him", "them", "who", "us"}
_OPEN_MODES = frozenset({"curfew", "martial-law", "censor", "restrict"})
_ANCHOR_REACH = 4
_NEAR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An event before the document is seen as a whole. `trigger` is the word that tells of it."""

    trigger: Token
    anchor: Span
    coding: Coding
    actors: Parties
    recipients: Parties
    manner: Manner
    kind: Kind


@dataclass(frozen=True, slots=True)
class Drafter:
    """Turns predicates into drafts."""

    parsed: Parsed
    who: Who
    coder: Coder
    grammar: Grammar

    def drafts(self, tokens: Iterable[Token]) -> Iterator[Draft]:
        """A draft for each token that tells of an event between decided actors."""
        for token in tokens:
            if (draft := self._draft(token)) is not None:
                yield draft

    def _draft(self, token: Token) -> Draft | None:
        part = part_of(token, self.coder.triggers)
        if part is None or not senses_of(token, part, self.coder.triggers):
            return None
        if part == "noun" and (token.dep_ == "compound" or self.who.is_actor(token)):
            return None
        manner = self.grammar.manner(token)
        refused = manner.polarity == "negated" and self.grammar.is_willed(token)
        sense = best_sense(token, part, self.coder.triggers, refused=refused)
        if sense is None or (part == "adjective" and sense.attitude == "source"):
            return None
        candidate = Candidate(token, part, self.who, self._lenders(sense))
        coding, manner = self._as_refusal(token, self.coder.code(candidate, sense), manner)
        actors, found = self._parties(candidate, sense, coding)
        if not actors:
            return None
        if not self._tells(sense, coding, found, manner.modality) or not self._can_act(coding, actors, found):
            return None
        return Draft(
            trigger=token,
            anchor=self._anchor(token, sense),
            coding=coding,
            actors=actors,
            recipients=found,
            manner=manner,
            kind=part,
        )

    def _lenders(self, sense: Sense) -> frozenset[str]:
        """Verbs that lend their subject to the sense's noun; who is to cease violence has been doing it."""
        words = self.coder.triggers.words
        return words["support_verbs"] | (words["ceasing"] if sense.type in WRONGS else frozenset())

    def _can_act(self, coding: Coding, actors: Parties, found: Parties) -> bool:
        """Whether the actors are of a kind that does such things: persons withdraw no troops, and words are for politics.

        Private persons and the press are in politics where what they do is done to somebody of a country, and those of a name
        alone where they confer with somebody in politics (their travels are their own); who is nameless, where it is done to
        somebody.
        """
        if coding.mode == "withdraw" and coding.type == "RETREAT":
            return self.who.has_forces(actors)
        if coding.type not in _BETWEEN_ACTORS:
            return True
        if self.who.is_political(actors):
            return bool(found) or self.who.are_known(actors)
        if coding.type == "CONSULT":
            return coding.mode != "visit" and self.who.are_met(actors, found)
        return self.who.are_known(found)

    def _parties(self, candidate: Candidate, sense: Sense, coding: Coding) -> tuple[Parties, Parties]:
        """Actors and recipients; where each side does it to the other and no recipient stands apart, all are both.

        One side may be undecided, if somebody of a country or a known body stands on the other.
        """
        actors = candidate.actors(_bringing(sense), shared=sense.reciprocal)
        if not actors and candidate.trigger.lemma_.lower() in self.coder.triggers.words["policing"]:
            actors = candidate.authorities()
        if not actors and sense.mode == "troops":
            actors = candidate.sent()
        if not actors:
            return self._undecided(candidate, sense, coding)
        found = recipients(candidate, sense, coding, actors, self.coder)
        if not found and coding.type in _OF_DEEDS:
            found = self._of_deed(candidate.trigger, actors)
        if sense.type == "CONSULT":
            found = self.who.without_press(found)
        if sense.reciprocal and not found and len(actors) > 1:
            found = actors
        return actors, found

    def _of_deed(self, trigger: Token, actors: Parties) -> Parties:
        """To whom the deed is done that the actors agree, threaten or refuse to do: "agreed to lift sanctions on Lima"."""
        deeds = (self._draft(verb) for verb in children(trigger, "xcomp"))
        return next((found for d in deeds if d is not None and (found := others(self.who, d.recipients, actors))), ())

    def _undecided(self, candidate: Candidate, sense: Sense, coding: Coding) -> tuple[Parties, Parties]:
        """The words for actors whom the cast has not decided, with decided recipients; nobody where these are missing.

        Of pronouns only the first person: a speaker says what he does by speaking.
        """
        pronouns = _SPEAKER if coding.type in SPEECH_ACTS else frozenset[str]()
        actors = tuple(p for p in candidate.open_actors() if p.text.lower() not in PRONOUNS - pronouns)
        found = recipients(candidate, sense, coding, actors, self.coder) if actors else ()
        return (actors, found) if self.who.are_known(found) else ((), ())

    def _tells(self, sense: Sense, coding: Coding, found: Parties, modality: Modality) -> bool:
        """Whether the words say enough: a recipient where the type lives by one, politics where a word alone says little."""
        if found or modality == "hypothetical":
            return bool(found)
        type = self.coder.ontology.types[coding.type]
        if (
            type.name == "CONSULT"
            or coding.mode == "release"
            or (type.needs_recipient and coding.mode not in _OPEN_MODES)
        ):
            return False
        if type.name in SPEECH_ACTS:
            return coding.topic is not None and not sense.needs_recipient and not sense.reciprocal
        return type.name != "ASSAULT" or sense.part == "noun" or sense.pattern.conditions > sense.pattern.clause

    def _as_refusal(self, trigger: Token, coding: Coding, manner: Manner) -> tuple[Coding, Manner]:
        """Cooperation that its actor says it will not give is a refusal; force that it says it will not use, a promise.

        Who fails to agree has not been moved: PLOVER's REJECT.
        """
        if manner.polarity != "negated":
            return coding, manner
        if self.grammar.failed(trigger):
            disagreed = coding.type == "AGREE" and manner.modality == "actual"
            return (self.coder.recoded(coding, "REJECT"), Manner()) if disagreed else (coding, manner)
        willed, rewrite = self.grammar.is_willed(trigger), self.coder.ontology.rewrite
        table = rewrite.negated_future if willed else rewrite.negated
        withheld = coding.type in _WITHHELD and manner.modality == "actual"
        if coding.type not in table or not (willed or withheld):
            return coding, manner
        return self.coder.recoded(coding, table[coding.type]), Manner(governed=manner.governed)

    def _anchor(self, token: Token, sense: Sense) -> Span:
        """The trigger with its particle, and with its object where the two together carry the sense."""
        parts = [token, *(c for c in token.children if c.dep_ == "prt")]
        if sense.pattern.objects:
            parts += [o for o in patients(token) if token.i < o.i <= token.i + _ANCHOR_REACH][:1]
        first, last = min(t.i for t in parts), max(t.i for t in parts)
        return self.parsed.span(self.parsed.doc[first : last + 1])


def merged(drafts: list[Draft], who: Who) -> list[Draft]:
    """One draft for each fact: in a sentence, drafts of one type with a common side and no other recipients are one."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=_rank):
        k = next((k for k, other in enumerate(kept) if _same_fact(draft, other, who)), None)
        if k is None:
            kept.append(draft)
        else:
            kept[k] = _joined(kept[k], draft)
    return kept


def _rank(draft: Draft) -> tuple[bool, int, int]:
    """What is said in so many words before what is inferred or proposed, what governs before the governed, then text order."""
    return draft.kind in ("inferred", "proposed"), sum(1 for _ in draft.trigger.ancestors), draft.trigger.i


def _joined(one: Draft, other: Draft) -> Draft:
    """The first with what the second adds; the noun of "reiterated his country's call" says better who calls than the verb."""
    found = one.recipients or other.recipients
    inside = one.anchor.start <= other.trigger.idx < one.anchor.end
    named = all(" " in p.text or p.text[:1].isupper() for p in other.actors)
    return replace(one, recipients=found, actors=other.actors if inside and named else one.actors)


def _same_fact(one: Draft, other: Draft, who: Who) -> bool:
    if one.coding.type != other.coding.type or not (_hangs_on(one, other) or _hangs_on(other, one)):
        return False
    ours, theirs = ({p.actor for p in d.recipients} for d in (one, other))
    return bool(who.sides(one.actors) & who.sides(other.actors)) and (not ours or not theirs or bool(ours & theirs))


def _hangs_on(one: Draft, other: Draft) -> bool:
    """Whether a trigger stands in the other's anchor or a few steps under it."""
    inside = other.anchor.start <= one.trigger.idx < other.anchor.end
    return inside or any(t.i == other.trigger.i for t in ancestors(one.trigger, _NEAR))


def _bringing(sense: Sense) -> tuple[str, ...]:
    """The prepositions that bring in who acts, without the one that the pattern itself asks for to bring in who suffers.

    "The bombing of schools" is done to them, "the airstrikes of the coalition" by it.
    """
    suffered = sense.pattern.preposition if sense.pattern.preposition in sense.recipients else None
    return tuple(name for name in sense.actors if name != suffered)
