"""Who has been mentioned so far, and whom a pronoun, a title or "the Council" picks up from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dragoman.analysis import Actor
from dragoman.knowledge.language import Language, Role
from dragoman.reading.actors.draft import Draft
from dragoman.reading.actors.people import People, Person
from dragoman.reading.actors.references import AGED

_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj"})
_OBJECT = frozenset({"dobj", "pobj", "obj", "iobj", "dative"})
_TOWARDS = frozenset({"on", "against", "with"})
"""Prepositions behind which "it" is mostly somebody."""
_BODIES = frozenset({"organization", "bloc", "group", "office", "unnamed"})
_COUNTERPART = "counterpart"
_REACH = 4
"""How many sentences back a pronoun may reach."""
_MEMORY = 400
"""How many mentions back a title or a role may reach: bounds the work on long documents."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A resolved mention with what later words need to know of it."""

    draft: Draft
    actor: Actor
    sentence: int
    prominence: int
    """2 for the subject of the main clause, 1 for another subject, 0 otherwise."""
    picked_up: bool
    """By "he" or "she", which only people are."""

    @property
    def subject(self) -> bool:
        """Whether it is the subject of a clause."""
        return self.prominence > 0

    @property
    def is_one_person(self) -> bool:
        """A named person, or somebody described by a role in the singular."""
        role = self.draft.role
        described = role is not None and role.kind == "person" and not self.draft.plural
        return self.actor.kind == "person" or described or self.picked_up


class History:
    """The mentions of one document up to the one that is being decided, in text order."""

    def __init__(self, doc: Doc, people: People, language: Language) -> None:
        self._doc = doc
        self._people = people
        self._language = language
        self._sentence = {t.i: n for n, s in enumerate(doc.sents) for t in s}
        self._seen: list[Seen] = []

    @property
    def sentences(self) -> int:
        """How many sentences the document has."""
        return self._sentence[len(self._doc) - 1] + 1 if len(self._doc) else 0

    def add(self, draft: Draft, actor: Actor) -> None:
        """Remember who a draft turned out to be."""
        outside = not draft.start <= draft.head < draft.end
        head = _coordinated(self._doc[draft.head] if outside else self._doc[draft.start : draft.end].root)
        person = draft.sort == "pronoun" and draft.name in self._language.pronouns["person_singular"]
        self._seen.append(Seen(draft, actor, self._sentence[draft.start], _prominence(head), person))

    def back(self) -> Iterator[Seen]:
        """The mentions from the last one back, as far as memory goes."""
        return reversed(self._seen[-_MEMORY:])

    def bearers(self, phrase: str, country: str | None) -> dict[str, Actor]:
        """Those who bear the role in the nearest sentence that has any, by id; of that country where it is given.

        "The minister" is the foreign minister introduced above.
        """
        nearest: dict[str, Actor] = {}
        sentence = None
        for seen in self.back():
            if sentence not in (None, seen.sentence):
                break
            if self._bears(seen, phrase) and country in (None, seen.actor.country):
                nearest[seen.actor.id] = seen.actor
                sentence = seen.sentence
        return {} if country is None and self._are_among_several(sentence, phrase) else nearest

    def _are_among_several(self, sentence: int | None, phrase: str) -> bool:
        """Whether the sentence speaks of more bearers of the role together: "two senators and a Lao senator"."""
        roles = (s.draft.role for s in self.back() if s.sentence == sentence and s.draft.plural)
        return sentence is not None and any(r is not None and r.phrase == phrase for r in roles)

    def same_role(self, role: Role, *, plural: bool) -> dict[str, Actor]:
        """The armies, rebels or governments mentioned before under that word, by id; people in the same number only."""
        before = ((s, s.draft.role) for s in self.back() if s.draft.sort == "role")
        return {
            s.actor.id: s.actor
            for s, other in before
            if other is not None
            and self._language.is_role(role.phrase, other.phrase)
            and (role.kind != "person" or s.draft.plural == plural)
        }

    def has_several(self, phrase: str) -> bool:
        """Whether bearers of the role have been spoken of together, so that one of them is not told from the others."""
        roles = (s.draft.role for s in self.back() if s.draft.plural)
        return any(role is not None and self._language.is_role(phrase, role.phrase) for role in roles)

    def only_person_of(self, country: str, *, named: bool) -> Actor | None:
        """The person of the country, if there has been one only; with `named`, of those who have a name."""
        people = (s for s in self.back() if s.actor.kind == "person" or (s.is_one_person and not named))
        return only({s.actor.id: s.actor for s in people if s.actor.country == country})

    def last_named(self, word: str, *, last: bool = False) -> Actor | None:
        """The body last mentioned whose name has the word, or with `last` ends with it: "the Council", "the Commission"."""
        for seen in self.back():
            if seen.draft.sort not in ("name", "role") or seen.actor.kind not in _BODIES:
                continue
            words = seen.actor.name.lower().split()
            if seen.draft.role is not None and not last:
                words = seen.draft.role.phrase.partition(" of ")[0].split()[-1:] + words[-1:]
            if word in (words[1:][-1:] if last else words):
                return seen.actor
        return None

    def last_country(self, among: frozenset[str]) -> str | None:
        """The country of the last subject that has one, else of the actor last mentioned that has one.

        Where `among` is given ("the kingdom") only of these, unless the text has spoken of none.
        """
        countries = [(s.subject, s.actor.country) for s in self.back() if s.actor.country]
        countries = [c for c in countries if c[1] in among] or countries
        return next((c for subject, c in countries if subject), countries[0][1] if countries else None)

    def country_of(self, sectors: tuple[str, ...]) -> str | None:
        """The country of the actor last mentioned with these sectors, as the parliament's is its members'."""
        same = (s.actor.country for s in self.back() if s.actor.sectors == sectors and s.actor.country)
        return next(same, None)

    def listed(self, draft: Draft, *, last: bool) -> Actor | None:
        """ "The former" or "the latter" of the two actors that the nearest sentence names, if it names two."""
        sentence = self._sentence[draft.start]
        for here in (sentence, sentence - 1):
            seen = [s for s in reversed(list(self.back())) if s.sentence == here]
            for among in (seen, [s for s in seen if s.subject]):
                latest = dict.fromkeys(s.actor.id for s in reversed(among))
                found = {id: next(s.actor for s in among if s.actor.id == id) for id in reversed(latest)}
                if len(found) == 2:
                    return list(found.values())[last]
        return None

    def acting_country(self, i: int) -> str | None:
        """The one country whose actors are subjects in the sentence of token i, up to there, or in the one before."""
        here = self._sentence[i]
        for sentence in (here, here - 1):
            found = {s.actor.country for s in self.back() if s.subject and s.sentence == sentence and s.actor.country}
            if found:
                return next(iter(found)) if len(found) == 1 else None
        return None

    def pronoun(self, draft: Draft) -> Actor | None:
        """Whom a pronoun in the third person picks up; undecided where two could be meant."""
        words, token = self._language.pronouns, self._doc[draft.start]
        if draft.name == AGED:
            return self._antecedent(self._doc[draft.head], "", person=True)
        if draft.name in words["person_singular"]:
            nearest = self._clause_person(token, draft.name)
            return self._note(nearest, draft.name) or self._antecedent(token, draft.name, person=True)
        if draft.name in words["plural"]:
            several = self._clause_subject(token, plural=True) or self._plural_subject(token)
            of_state = token.dep_ == "poss" and token.head.lemma_.lower() in self._language.domestic
            return several or (self._antecedent(token, "", person=True, reach=1) if of_state else None)
        return self._thing(token) if draft.name in words["thing_singular"] else None

    def _thing(self, token: Token) -> Actor | None:
        """Whom "it" or "its" picks up. Most things are no actors: only what acts, is spoken to or has something is one."""
        if token.dep_ == "pobj":
            return self._last_object(token) if token.head.lower_ in _TOWARDS else None
        subject = self._clause_subject(token, plural=False)
        if subject is not None or token.dep_ == "poss":
            return subject or self._antecedent(token, token.lower_, person=False)
        asked = _asked(token)
        verb = (asked or token.head).lemma_.lower()
        if token.dep_ in _SUBJECT and asked is None:
            acts = verb not in self._language.impersonal
            return self._antecedent(token, token.lower_, person=False, reach=2, least=1) if acts else None
        told = verb in self._language.addressing
        return self._antecedent(token, token.lower_, person=False, reach=2) if told else None

    def _bears(self, seen: Seen, phrase: str) -> bool:
        if seen.draft.plural or seen.actor.kind not in ("person", "office", "unnamed"):
            return False
        role = seen.draft.role
        person = self._people.by_id(seen.actor.id)
        own = [role.phrase] if role is not None and role.kind == "person" else []
        if own == [_COUNTERPART]:
            return phrase in self._language.single or phrase in self._language.known_by_surname or phrase == "minister"
        return any(
            self._language.is_role(phrase, borne) for borne in [*own, *(person.roles if person is not None else ())]
        )

    def _antecedent(
        self, token: Token, word: str, *, person: bool, reach: int = _REACH, least: int = 0
    ) -> Actor | None:
        """The only candidate of the nearest sentence that has any, or of several the only subject; `least` its prominence."""
        here = self._sentence[token.i]
        for sentence in range(here, max(-1, here - reach), -1):
            found = [s for s in self._candidates(sentence, token, person=person) if self._agrees(s, word)]
            if found and max(s.prominence for s in found) < least:
                return None
            if found:
                top = max(s.prominence for s in found)
                foremost = {s.actor.id: s.actor for s in found if s.prominence == top}
                chosen = only(foremost) if top and not _are_alike(found) else only({s.actor.id: s.actor for s in found})
                return self._note(chosen, word)
        return None

    def _candidates(self, sentence: int, token: Token, *, person: bool) -> Iterator[Seen]:
        for seen in self.back():
            if seen.sentence < sentence:
                return
            before = seen.sentence == sentence and seen.draft.end <= token.i and not _is_family(seen.draft)
            if before and seen.is_one_person == person and not seen.draft.plural and not _is_clausemate(seen, token):
                yield seen

    def _agrees(self, seen: Seen, word: str) -> bool:
        """Whether "he" or "she" can be the person: by what the text has told of the name, else by the role ("a nun")."""
        if not word:
            return True
        person = self._people.by_id(seen.actor.id)
        role = seen.draft.role.phrase if person is None and seen.draft.role is not None else ""
        masculine = person.masculine if person is not None else self._language.sex(role)
        return masculine in (None, word in self._language.pronouns["masculine"])

    def _note(self, actor: Actor | None, word: str) -> Actor | None:
        """Remember from the pronoun whether the person is a man or a woman."""
        person: Person | None = self._people.by_id(actor.id) if actor is not None and word else None
        if person is not None:
            person.masculine = word in self._language.pronouns["masculine"]
        return actor

    def _last_object(self, token: Token) -> Actor | None:
        """What "sanctions on it" picks up: the thing last named in the sentence that is no subject."""
        for seen in self._candidates(self._sentence[token.i], token, person=False):
            if not seen.subject and not seen.draft.plural and seen.draft.via not in ("demonym", "pronoun"):
                return seen.actor
        return None

    def _plural_subject(self, token: Token) -> Actor | None:
        """The only plural subject of the sentence before, else its only plural, else a group that is its subject.

        "The rebels left. They took the generator."; "The opposition sat down. They sang."
        """
        before = self._sentence[token.i] - 1
        here = [s for s in self.back() if s.sentence == before]
        many = [s for s in here if s.draft.plural]
        groups = [s for s in here if s.prominence == 2 and s.draft.role is not None and s.draft.role.kind == "group"]
        return only({s.actor.id: s.actor for s in [s for s in many if s.subject] or many or groups})

    def _clause_person(self, token: Token, word: str) -> Actor | None:
        """The person who is the subject of the nearest clause that the pronoun's own clause hangs on (Hobbs 1978)."""
        for verb in token.ancestors:
            for child in verb.lefts:
                inside = child.left_edge.i <= token.i <= child.right_edge.i
                if child.dep_ in _SUBJECT and child.i < token.i and not inside:
                    if any(c.dep_ == "conj" for c in child.children):
                        return None
                    seen = next((s for s in self.back() if s.draft.start <= child.i < s.draft.end), None)
                    fits = (
                        seen is not None and seen.is_one_person and not seen.draft.plural and not _is_family(seen.draft)
                    )
                    if seen is not None and fits and self._agrees(seen, word) and not _is_clausemate(seen, token):
                        return seen.actor
        return None

    def _clause_subject(self, token: Token, *, plural: bool) -> Actor | None:
        """The subject of the clause, or of one above it, that "it", "its" or "their" picks up."""
        for verb in token.ancestors:
            for child in verb.lefts:
                inside = child.left_edge.i <= token.i <= child.right_edge.i
                if child.dep_ in _SUBJECT and child.i < token.i and (not inside or token.dep_ == "poss"):
                    seen = next((s for s in self.back() if s.draft.start <= child.i < s.draft.end), None)
                    fits = seen is not None and not seen.is_one_person and seen.draft.plural == plural
                    if seen is not None and fits and not _is_clausemate(seen, token):
                        return seen.actor
        return None


def _is_family(draft: Draft) -> bool:
    """Somebody known by whose wife or son they are, to whom reports rarely come back."""
    return draft.role is not None and draft.role.sectors == ("ELI",)


def only(actors: dict[str, Actor]) -> Actor | None:
    """The actor, where there is just one."""
    return next(iter(actors.values())) if len(actors) == 1 else None


def _are_alike(found: list[Seen]) -> bool:
    """Two bearers of one role in one sentence: neither is the better antecedent ("the Danish envoy and the Finnish envoy")."""
    bearers = {(s.draft.role.phrase, s.actor.id) for s in found if s.draft.role is not None}
    return len(bearers) > len({phrase for phrase, _ in bearers})


def _coordinated(token: Token) -> Token:
    """The first of the coordinated words a token belongs to."""
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    return token


def _prominence(head: Token) -> int:
    if head.dep_ not in _SUBJECT:
        return 0
    return 2 if _coordinated(head.head).dep_ == "ROOT" else 1


def _asked(pronoun: Token) -> Token | None:
    """The verb that has the pronoun for its object although the parse gives it to an infinitive: "urged it to attend"."""
    verb = pronoun.head
    infinitive = pronoun.dep_ in _SUBJECT and verb.tag_ == "VB" and any(c.tag_ == "TO" for c in verb.lefts)
    return verb.head if infinitive and verb.dep_ in ("ccomp", "xcomp") else None


def _is_clausemate(seen: Seen, pronoun: Token) -> bool:
    """Whether the mention is the subject of the verb that governs the pronoun: "a guard let him out" is about two people."""
    asked = _asked(pronoun)
    if (pronoun.dep_ not in _OBJECT and asked is None) or not seen.subject:
        return False
    verb = asked or (pronoun.head if pronoun.head.pos_ in ("VERB", "AUX") else pronoun.head.head)
    subjects = [c for v in (verb, verb.head) for c in v.children if c.dep_ in _SUBJECT]
    return any(seen.draft.start <= c.i < seen.draft.end for c in subjects)
