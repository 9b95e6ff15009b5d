"""Parse + cast -> predicates with the actors around them; says nothing of what kind of event they tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.knowledge.triggers import Part
from dragoman.reading.events.parties import Parties, Who, located, unique
from dragoman.reading.events.syntax import (
    children,
    complements,
    conjuncts,
    doers,
    is_passive,
    objects_of,
    patients,
    prepositions,
)

_OCCASION = frozenset({"under", "in", "during", "at", "after", "before", "following", "on"})
_CIRCUMSTANCE = frozenset(
    {"in", "at", "during", "after", "before", "since", "near", "within", "amid", "until", "ahead", "following"}
)
_FAR_PREPOSITIONS = frozenset({"against", "over"})
_UPON = ("on", "against")
_AWAITING = frozenset({"until", "unless", "before"})
_COMPANY = frozenset({"along", "together", "alongside"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A predicate that may tell of an event. Parties are looked up where they are asked for, by slot.

    `lenders` are verbs whose subject does what their object noun says: "Russia expressed support".
    """

    trigger: Token
    part: Part
    who: Who
    lenders: frozenset[str]

    @property
    def objects(self) -> tuple[Token, ...]:
        """What the predicate is done to: objects of a verb, the subject of an adjective, nothing for a noun."""
        if self.part == "verb":
            return patients(self.trigger)
        return self._subjects() if self.part == "adjective" else ()

    def actors(self, prepositions: Iterable[str] = (), *, shared: bool = False) -> Parties:
        """Who does it. For nouns: the owner, whom "by" or one of the prepositions brings in, the subject of a light verb.

        `shared`: the noun is something one does with others, so that "said in a call with Lima" has the speaker in the call.
        """
        found = self._noun_actors(prepositions) if self.part == "noun" else self.who.named(self._subjects())
        if not found and shared and self.part == "noun":
            found = self.who.named(self._attendant())
        return unique([*found, *self._company()]) if found else ()

    def slot(self, name: str) -> Iterator[Parties]:
        """The parties that stand there, nearest first.

        The slots are object, owner, host, clause, within, anywhere, place, post and prepositions.
        `post` is where the subject of a verb without object stands: "the troops in Mali will withdraw".
        """
        match name:
            case "object":
                yield self.who.named(self.objects)
            case "owner":
                yield unique(p for o in self.objects for p in self.who.owners(o))
                if self._is_suffered():
                    yield self.who.owners(self.trigger, agents_only=True)
            case "host":
                clauses = complements(self.trigger)
                yield self.who.hosts((*self.objects, *(t for c in clauses for t in (*patients(c), *doers(c)))))
            case "clause":
                yield self.who.named(
                    t for h in self._told_of() for c in complements(h) for t in doers(c) or patients(c)
                )
            case "within":
                yield from self.who.inside(self.complement_heads())
            case "anywhere":
                yield from map(self.who.anywhere, (*self._heads({"by"}), *children(self.trigger, "advcl")))
            case "place":
                yield from map(self.who.places, (self.trigger, *self.objects, *self.complement_heads()))
            case "post":
                yield from map(self.who.places, self._moved())
            case preposition:
                yield from (
                    self._behind(t, preposition) for t in (self.trigger, *self.objects, *self._bearers(preposition))
                )

    def open_slot(self, name: str) -> Parties:
        """Those in a slot right beside the predicate whom the cast has not decided."""
        match name:
            case "object":
                return self.who.open(self.objects)
            case "clause":
                return self.who.open(t for c in complements(self.trigger) for t in doers(c) or patients(c))
            case "owner" | "host" | "post" | "within" | "anywhere" | "place":
                return ()
            case preposition:
                return self.who.open(o for t in (self.trigger, *self.objects) for o in objects_of(t, preposition))

    def open_places(self) -> Parties:
        """Places that it is done to or done in and whose state the cast has not decided."""
        struck = (*self.objects, *(t for c in complements(self.trigger) for t in patients(c)))
        where = (*(t for host in (self.trigger, *struck) for t in located(host)), *objects_of(self.trigger, "to"))
        return self.who.open_places(struck) or self.who.open_places(where)

    def open_actors(self) -> Parties:
        """Who does it, where the cast has not decided who that is."""
        if self.part == "noun":
            return self.who.open([*children(self.trigger, "poss"), *self._brought_in("by")])
        return self.who.open(self._subjects())

    def authorities(self) -> Parties:
        """For authorities that a passive leaves out: the state where somebody was arrested, or from which he was expelled."""
        if not is_passive(self.trigger) or self._subjects():
            return ()
        expelled = self.who.named(t for t in objects_of(self.trigger, "from") if t.ent_type_ == "GPE")
        return expelled or self.who.jurisdictions(self.trigger)

    def sent(self) -> Parties:
        """The forces that a passive without a doer sends: they act for their own side ("Ruritanian troops were deployed")."""
        passive = self.part == "verb" and is_passive(self.trigger) and not self._subjects()
        return self.who.named(self.objects) if passive else ()

    def complement_heads(self) -> tuple[Token, ...]:
        """Heads of what the predicate is about: objects, complement clauses, prepositional objects; no circumstances."""
        return self._heads(_CIRCUMSTANCE | {"by"})

    def _heads(self, without: Set[str]) -> tuple[Token, ...]:
        behind = (
            t
            for prep in prepositions(self.trigger)
            if prep.lower_ not in without
            for t in children(prep, "pobj", "pcomp")
        )
        return (*self.objects, *complements(self.trigger), *behind)

    def complement(self) -> list[Token]:
        """The words of all that the predicate is about, in text order."""
        tokens = {t.i: t for head in self._heads({"by"}) for t in head.subtree if t.i != self.trigger.i}
        return [tokens[i] for i in sorted(tokens)]

    def promised(self) -> list[Token]:
        """The act that the predicate is about, with its own object and what that brings in; nothing that lies deeper."""
        near = {t.i: t for head in complements(self.trigger) or self.objects for t in _with_objects(head)}
        return [near[i] for i in sorted(near)]

    def doers(self) -> tuple[Token, ...]:
        """Who does it, as words."""
        return self._subjects() if self.part == "verb" else ()

    def addressed(self) -> Parties:
        """To whom the call, letter or visit was made of which the predicate says what it was for: "wrote to Lima to protest"."""
        if self.trigger.dep_ not in ("xcomp", "advcl", "acl"):
            return ()
        host = self.trigger.head
        note = tuple(t for t in (host, *patients(host)) if t.lemma_.lower() in self.who.words["messages"])
        if note:
            return self.who.named(o for t in (*note, host) for o in objects_of(t, "to"))
        return self.who.named((*patients(host), *objects_of(host, "to"))) if self._is_contact(host) else ()

    def _is_contact(self, verb: Token) -> bool:
        return verb.pos_ == "VERB" and verb.lemma_.lower() in self.who.words["contacting"]

    def received(self) -> Parties:
        """Who gets what the noun names: "won support", "faced criticism"; what is got on another is that other's to suffer."""
        gets = self.trigger.dep_ == "dobj" and self.trigger.head.lemma_.lower() in self.who.words["receiving"]
        gets = gets and not any(objects_of(self.trigger, name) for name in _UPON)
        return self.who.named(doers(self.trigger.head)) if self.part == "noun" and gets else ()

    def struck(self) -> Parties:
        """Whom the noun hits as the subject of its verb, or whose it is: "sanctions hit Lima's exports"."""
        verb = self.trigger.head
        hits = self.trigger.dep_ == "nsubj" and verb.lemma_.lower() in self.who.words["hitting"]
        if self.part != "noun" or not hits:
            return ()
        hit = patients(verb)
        return self.who.named(hit) or unique(p for t in hit for p in (*self.who.owners(t), *self.who.places(t)))

    def awaited(self) -> Parties:
        """Who has to do something first: "will not talk until Lima withdraws"."""
        hosts = (self.trigger, self.trigger.head) if self.trigger.dep_ == "xcomp" else (self.trigger,)
        clauses = (c for host in hosts for c in children(host, "advcl"))
        return self.who.named(
            t for c in clauses if any(m.lower_ in _AWAITING for m in children(c, "mark")) for t in doers(c)
        )

    def _subjects(self) -> tuple[Token, ...]:
        return _predicated(self.trigger) if self.part == "adjective" else doers(self.trigger)

    def _told_of(self) -> tuple[Token, ...]:
        """What a clause that completes the predicate may hang on: of an adjective also the copula and what it is likened to."""
        if self.part != "adjective":
            return (self.trigger,)
        return (self.trigger, self.trigger.head, *(t for p in prepositions(self.trigger) for t in children(p, "pobj")))

    def _moved(self) -> tuple[Token, ...]:
        """The subject of a verb without object: the troops in Mali that "will withdraw"."""
        return self._subjects() if self.part == "verb" and not self.objects else ()

    def _bearers(self, preposition: str) -> tuple[Token, ...]:
        """The verb on which the parse hangs what belongs to its subject or agent: "an offensive has begun against the rebels"."""
        if self.part != "noun" or preposition not in _FAR_PREPOSITIONS:
            return ()
        if self.trigger.dep_ in ("nsubj", "nsubjpass"):
            return (self.trigger.head,)
        return (self.trigger.head.head,) if self.trigger.head.dep_ == "agent" else ()

    def _behind(self, token: Token, preposition: str) -> Parties:
        objects = objects_of(token, preposition)
        return self.who.named(objects) or unique(p for o in objects for p in self.who.owners(o))

    def _noun_actors(self, prepositions: Iterable[str]) -> Parties:
        noun = _first_conjunct(self.trigger)
        if self._is_suffered():
            return self.who.named(self._brought_in("by")) or self.who.named(self._lender(noun))
        own = any(children(self.trigger, "poss"))
        owners = self.who.owners(self.trigger if own else noun, agents_only=True) or self.who.owners(
            self.trigger, agents_only=True
        )
        if owners:
            return owners
        for name in ("by", *prepositions):
            if found := self.who.named(self._brought_in(name)):
                return found
        return self.who.named(self._lender(noun))

    def _is_suffered(self) -> bool:
        """Whether the owner of the noun has suffered it: "the editor's arrest", but not "the army's arrest of an editor"."""
        suffered = self.part == "noun" and self.trigger.lemma_.lower() in self.who.words["suffered"]
        return suffered and any(children(self.trigger, "poss")) and not any(objects_of(self.trigger, "of"))

    def _brought_in(self, preposition: str) -> tuple[Token, ...]:
        """What the preposition brings in; the parse may hang "by" on the victim: "the arrest of the envoy by Mali"."""
        found = objects_of(self.trigger, preposition)
        if found or preposition != "by":
            return found
        return tuple(t for victim in objects_of(self.trigger, "of") for t in objects_of(victim, "by"))

    def _lender(self, noun: Token) -> tuple[Token, ...]:
        """The subject of the light verb that governs the noun: "Russia expressed support"."""
        if noun.dep_ == "attr" and noun.lemma_.lower() in self.who.words["bearers"]:
            return doers(noun.head)
        front = noun.head.head
        if noun.dep_ == "pobj" and front.lemma_.lower() in self.who.words["fronts"]:
            return doers(front.head.head) if front.dep_ == "pobj" else ()
        verb = noun.head.head if _is_fused_with_weekday(noun) else noun.head
        lends = noun.dep_ == "dobj" or verb.i != noun.head.i
        return doers(verb) if lends and verb.lemma_.lower() in self.lenders else ()

    def _attendant(self) -> tuple[Token, ...]:
        """The subject of the verb that was done in, during, before or after the meeting that the noun names."""
        preposition = self.trigger.head
        during = (
            self.trigger.dep_ == "pobj" and preposition.lower_ in _OCCASION and any(objects_of(self.trigger, "with"))
        )
        return doers(preposition.head) if during and preposition.head.pos_ == "VERB" else ()

    def _company(self) -> Parties:
        """Those who act along with, together with or alongside the subject: said next to it, or right behind a noun."""
        hosts = [*self._subjects_of_verb(), self.trigger, self.trigger.head]
        adverbs = (t for host in hosts for t in host.children if t.lower_ in _COMPANY and self._is_next(t))
        return self.who.named(t for adverb in adverbs for t in _led_by(adverb))

    def _is_next(self, adverb: Token) -> bool:
        return bool(adverb.i < self.trigger.i if self.part == "verb" else adverb.i == self.trigger.i + 1)

    def _subjects_of_verb(self) -> tuple[Token, ...]:
        return self._subjects() if self.part == "verb" else ()


def _with_objects(head: Token) -> Iterator[Token]:
    yield head
    for child in head.children:
        if child.dep_ == "dobj":
            yield from _with_objects(child)
        elif child.dep_ == "prep":
            yield from children(child, "pobj")


def _led_by(adverb: Token) -> Iterator[Token]:
    for child in adverb.children:
        if child.dep_ == "pobj":
            yield from conjuncts(child)
        elif child.lower_ == "with":
            yield from (t for pobj in children(child, "pobj") for t in conjuncts(pobj))


def _first_conjunct(noun: Token) -> Token:
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head
    return noun


def _predicated(adjective: Token) -> tuple[Token, ...]:
    """What an adjective is said of: the subject of its copula, or the object it describes ("called the move illegal")."""
    if adjective.pos_ == "VERB" and adjective.dep_ != "acomp":
        return patients(adjective)
    head = _first_conjunct(adjective) if adjective.dep_ == "conj" else adjective
    verb = head.head
    if verb.pos_ not in ("AUX", "VERB"):
        return ()
    if head.dep_ == "oprd":
        return patients(verb)
    return doers(verb) or patients(verb)


def _is_fused_with_weekday(noun: Token) -> bool:
    """Whether the parse took "stressed on Wednesday rejection of ..." for a rejection of the Wednesday kind."""
    return (
        noun.dep_ == "pobj"
        and noun.head.lower_ == "on"
        and any(c.ent_type_ == "DATE" for c in children(noun, "compound", "nmod"))
    )
