"""Parsed + cast + statements -> whom words stand for that name nobody: "these countries", "the move", "you".

Also who hosts "the talks", and by which words a publisher speaks of itself.
Only what the document itself says decides; where it says nothing, the words stand for nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Token

from dragoman.analysis import Mention, Party, Statement
from dragoman.reading.actors import Cast
from dragoman.reading.events.syntax import children, conjuncts, doers
from dragoman.reading.parse import Parsed

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "all"})
_COLLECTIVE = frozenset({"state", "organization", "bloc", "group", "office"})
_SPEAKING = frozenset({"person", "office", "unnamed", "group"})
_FIRST_PERSON = frozenset({"we", "our", "us"})
_TALKS = frozenset({"talk", "talks", "negotiation", "dialogue"})
_LEAST = 2

Actors = tuple[str, ...]


@dataclass(frozen=True)
class References:
    """What a document refers to without a name. `actors` maps the index of a token to the ids it stands for.

    `hosts` are conferences in text order: the index of the noun, its lemma and who hosts it. `voice` are the words by which the
    publisher speaks of itself in a document that is its own statement.
    """

    actors: Mapping[int, Actors] = field(default_factory=dict)
    hosts: tuple[tuple[int, str, Actors], ...] = ()
    voice: Party | None = None

    def hosts_of(self, conference: Token) -> Actors:
        """Who hosts a conference: as said with it, else with the last one before it; talks are no conference."""
        talks = conference.lemma_.lower() in _TALKS
        said = [ids for i, lemma, ids in self.hosts if i <= conference.i and (lemma in _TALKS) == talks]
        return said[-1] if said else ()


def find_references(
    parsed: Parsed, cast: Cast, statements: tuple[Statement, ...], words: Mapping[str, frozenset[str]]
) -> References:
    """The references of the document, given small sets of nouns: "bodies", "deeds", "conferences" and verbs of "hosting"."""
    reader = _Reader(parsed, cast, statements, words)
    return References(dict(reader.actors()), tuple(reader.hosts()), reader.voice())


@dataclass(frozen=True)
class _Reader:
    parsed: Parsed
    cast: Cast
    statements: tuple[Statement, ...]
    words: Mapping[str, frozenset[str]]

    @cached_property
    def _nouns(self) -> tuple[Token, ...]:
        """The tokens that may refer to somebody, in text order."""
        sets = ("bodies", "deeds", "conferences")
        sought = frozenset({"you"}).union(*(self.words[name] for name in sets))
        return tuple(t for t in self.parsed.doc if t.lemma_.lower() in sought)

    def actors(self) -> Iterator[tuple[int, Actors]]:
        """Every token that refers to somebody by what came before."""
        yield from self._own_states()
        for token in self._nouns:
            if token.lower_ == "you":
                found = self._addressed(token)
            elif self._is(token, "bodies") and token.tag_ == "NNS":
                listed = self._listed(token)
                found = listed if _counts(token) in (None, len(listed)) else ()
            else:
                found = self._doer(token) if self._is(token, "deeds") else ()
            if found:
                yield token.i, found

    def _own_states(self) -> Iterator[tuple[int, Actors]]:
        """The state in "the president says it will act": "it" that no mention before stands for is his own."""
        for m in self.cast.mentions:
            if m.actor is None and m.text.lower() == "it":
                it = self.parsed.tokens(m.start, m.end).root
                if (state := self._state_of_sayer(it)) is not None:
                    yield it.i, (state,)

    def _state_of_sayer(self, it: Token) -> str | None:
        """The state for which he speaks in whose clause of saying "it" acts; None where the document does not name that state."""
        clause = it.head
        if it.dep_ != "nsubj" or clause.dep_ != "ccomp" or clause.head.lemma_.lower() not in self.words["asserting"]:
            return None
        sayers = [a for t in doers(clause.head) if (a := self.cast.actor(self._actor(t))) is not None]
        states = {a.country for a in sayers if a.kind in _SPEAKING and a.country is not None}
        named = [s for s in states if self._kind(s) == "state"]
        return named[0] if len(states) == len(named) == 1 else None

    def _listed(self, token: Token) -> Actors:
        """The last list of two and more states or bodies before the token."""
        for mention in reversed(self.cast.within(0, token.idx)):
            found = self._list_from(self.parsed.tokens(mention.start, mention.end).root)
            if len(found) >= _LEAST:
                return found
        return ()

    def _is(self, token: Token, name: str) -> bool:
        """Whether it is a definite noun of the set, described by nothing else and no part of a mention."""
        bare = token.lemma_.lower() in self.words[name] and self.cast.at(token.idx) is None
        known = any(c.lower_ in _DEFINITE for c in children(token, "det", "predet")) or token.dep_ == "appos"
        return bare and known and not any(children(token, "poss", "amod", "compound", "prep"))

    def _actor(self, token: Token) -> str | None:
        mention = self.cast.at(token.idx)
        return mention.actor if mention is not None else None

    def _list_from(self, token: Token) -> Actors:
        """The states and bodies that are coordinated from the token on."""
        if token.dep_ == "conj" or not any(children(token, "conj")):
            return ()
        ids = [id for t in conjuncts(token) if (id := self._actor(t)) is not None and self._kind(id) in _COLLECTIVE]
        return tuple(dict.fromkeys(ids))

    def _kind(self, id: str) -> str | None:
        actor = self.cast.actor(id)
        return None if actor is None else actor.kind

    def _doer(self, deed: Token) -> Actors:
        """Who did what "the move" sums up: the subject of the clause that it is apposed to, or of the sentence before."""
        if deed.dep_ == "appos":
            verb = next((t for t in deed.ancestors if t.pos_ == "VERB"), None)
        elif deed.sent.start > 0:
            verb = self.parsed.doc[deed.sent.start - 1].sent.root
        else:
            verb = None
        subjects = doers(verb) if verb is not None else ()
        ids = (self._actor(t) for s in subjects for t in (s, *children(s, "appos")))
        return tuple(dict.fromkeys(id for id in ids if id is not None))

    def _addressed(self, you: Token) -> Actors:
        """Whom a speaker has just spoken of, on another side than his own."""
        spoken = next((s for s in self.statements if any(c.start <= you.idx < c.end for c in s.content)), None)
        if spoken is None or spoken.source is None:
            return ()
        own = self.cast.actor(spoken.source.actor)
        before = [m for c in spoken.content for m in self.cast.within(c.start, min(c.end, you.idx))]
        country = own.country if own is not None else None
        said = [m for m in before if self._is_other_state(m, country)]
        return next(((m.actor,) for m in reversed(said) if m.actor and self._acts(m)), ())

    def _is_other_state(self, mention: Mention, country: str | None) -> bool:
        actor = self.cast.actor(mention.actor)
        return actor is not None and actor.kind == "state" and actor.id != country

    def _acts(self, mention: Mention) -> bool:
        return any(t.dep_ == "nsubj" for t in self.parsed.tokens(mention.start, mention.end))

    def hosts(self) -> Iterator[tuple[int, str, Actors]]:
        """The conferences whose hosts the text names: beside the noun, or as the subject of a verb of hosting."""
        for token in self._nouns:
            if token.lemma_.lower() in self.words["conferences"] and (found := tuple(self._hosts_beside(token))):
                yield token.i, token.lemma_.lower(), found

    def _hosts_beside(self, conference: Token) -> Iterator[str]:
        heads = list(children(conference, "poss"))
        for c in children(conference, "amod", "acl"):
            if c.lemma_.lower() in self.words["hosting"] or c.lower_ in self.words["hosting"]:
                heads += [*children(c, "npadvmod", "amod", "compound", "nmod", "advmod"), *doers(c)]
        if conference.dep_ == "dobj" and conference.head.lemma_.lower() in self.words["hosting"]:
            heads += doers(conference.head)
        yield from dict.fromkeys(id for t in heads if (id := self._actor(t)) is not None)

    def voice(self) -> Party | None:
        """The first "we" outside every statement, where it stands for a body: the publisher's own."""
        for m in self.cast.mentions:
            if m.via != "pronoun" or m.text.lower() not in _FIRST_PERSON or m.actor is None:
                continue
            outside = not any(c.covers(m) for s in self.statements for c in s.content)
            if outside and self._kind(m.actor) in _COLLECTIVE:
                return Party(m.start, m.end, m.text, m.actor)
        return None


def _counts(noun: Token) -> int | None:
    """How many the words say there are; None where they say no number."""
    numbers = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
    return next((n for c in noun.children if (n := numbers.get(c.lower_)) is not None), None)
