"""Token + cast -> parties: which actors a phrase stands for, names, owns or contains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from itertools import islice

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dragoman.analysis import Actor, Mention, Party
from dragoman.reading.actors import Cast
from dragoman.reading.events.references import References
from dragoman.reading.events.syntax import children, conjuncts, doers, is_passive, objects_of, patients

_OWNING = ("poss", "compound", "amod", "nmod")
_OWNED_BY = ("by", "of", "from")
_PLACE = ("in", "into", "inside", "near", "at", "around", "across", "along", "within", "off")

_DEPTH = 5
_WHERE = frozenset({*_PLACE, "to", "from", "on"})
_ARMED = frozenset({"GOV", "MIL", "REB", "UAF", "PRM", "COP"})
_POLITICAL = frozenset(
    {"GOV", "LEG", "JUD", "OPP", "PTY", "REB", "UAF", "PRE", "COP", "LAB", "AGR", "EDU", "BUS", "REL", "NGO"}
)
_BODIES = frozenset({"state", "organization", "bloc", "office", "group"})
_LED = frozenset({"organization", "group", "bloc"})
_COLLECTIVE = frozenset({"state", "organization", "bloc", "group"})
_THINGS = frozenset({"it", "its", "this", "that", "there"})
_SPEAKERS = frozenset({"we", "our", "us", "i", "my", "me"})
_CESSATION = frozenset({"end", "halt", "stop", "pause"})
_TELLING = frozenset({"tell", "inform", "brief", "assure", "remind"})
_WHOEVER = frozenset({"any", "no", "every", "whoever", "anyone"})
_NAMES = frozenset({"PERSON", "ORG", "NORP"})
_PLACE_NAMES = frozenset({"GPE", "LOC", "FAC"})
_MODIFYING = frozenset({"det", "amod", "compound", "nmod", "nummod", "poss", "quantmod", "advmod", "case", "npadvmod"})
_LOOSE = frozenset({"relcl", "advcl", "punct", "appos", "ccomp"})

Parties = tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Who:
    """Finds actors in the parse, with `words` for small sets of nouns: "agents" act for their owner ("jets").

    Undecided words are asked for on their own, where an event has somebody decided on its other side: those for somebody
    (`open`; "humans" are nouns for people and bodies) and those for somewhere (`open_places`; "sites"). `begins` is the offset
    where the text goes on behind its dateline, which names nobody.
    """

    cast: Cast
    words: Mapping[str, frozenset[str]]
    begins: int = 0
    references: References = field(default_factory=References)

    def is_actor(self, token: Token) -> bool:
        """Whether the token is part of a mention, decided or not."""
        return self.cast.at(token.idx) is not None

    def at(self, token: Token) -> Parties:
        """The actor the token mentions, if any."""
        mention = self.cast.at(token.idx) if token.idx >= self.begins else None
        if mention is not None and mention.actor is not None:
            return (_party(mention),)
        return self._standing_for(token, self.references.actors.get(token.i, ()))

    def _standing_for(self, token: Token, actors: Iterable[str]) -> Parties:
        words = _phrase(token)
        return tuple(replace(words, actor=id) for id in actors)

    def hosts(self, tokens: Iterable[Token]) -> Parties:
        """Who hosts the conferences among the nouns."""
        conferences = (t for t in tokens if t.lemma_.lower() in self.words["conferences"])
        return unique(p for t in conferences for p in self._standing_for(t, self.references.hosts_of(t)))

    def named(self, tokens: Iterable[Token]) -> Parties:
        """The actors that heads of phrases mention, or the owners of what acts for them ("Russian jets"), each once."""
        return unique(p for t in tokens for p in (*self._sharers(t), *(self.at(t) or self._behind(t))))

    def _behind(self, noun: Token) -> Parties:
        """Who stands behind a noun that is no mention: the counted ("dozens of police"), the named ("chief Ali Nasser").

        Else the owner of what acts for it.
        """
        if noun.lemma_.lower() in self.words["quantities"] and (counted := self.named(objects_of(noun, "of"))):
            return counted
        if noun.lemma_.lower() in self.words["conferences"] and (met := self.named(objects_of(noun, "between"))):
            return met
        named = unique(p for c in children(noun, "appos") for p in self.at(c)) if noun.pos_ in ("NOUN", "PROPN") else ()
        return named or self._owner_of_agent(noun)

    def _sharers(self, noun: Token) -> Parties:
        """States and bodies that share the noun with the one in its mention: the Kenyan in "Kenyan and Ugandan forces"."""
        mention = self.cast.at(noun.idx)
        if mention is None or noun.tag_ not in ("NNS", "NNPS"):
            return ()
        joined = (t for c in children(noun, *_OWNING) if any(children(c, "cc")) for t in conjuncts(c))
        found = unique(p for t in joined if t.idx < mention.start for p in self.at(t))
        return tuple(p for p in found if (a := self.actor(p)) is not None and a.kind in _COLLECTIVE)

    def spelt_out(self, party: Party, sentence: Tokens) -> Party:
        """The party, or for a pronoun the words before it in its sentence that name whom it stands for."""
        mention = self.cast.at(party.start)
        if mention is None or mention.via != "pronoun" or party.actor is None:
            return party
        before = self.cast.within(sentence.start_char, party.start)
        named = [m for m in before if m.actor == party.actor and m.via != "pronoun"]
        return _party(named[-1]) if named else party

    def open(self, tokens: Iterable[Token]) -> Parties:
        """Somebody whom the cast has not decided: "the captain", "him", a name nobody knows; the actor is None."""
        return unique(p for t in tokens for p in self._open(t, _NAMES, self.words["humans"]))

    def open_places(self, tokens: Iterable[Token]) -> Parties:
        """Places whose state the cast has not decided, for the people in them: "Akure", "the hospital"."""
        return unique(p for t in tokens for p in self._open(t, _PLACE_NAMES, self.words["sites"]))

    def _open(self, token: Token, names: Set[str], nouns: Set[str]) -> Parties:
        mention = self.cast.at(token.idx)
        if mention is not None:
            somebody = mention.actor is None and token.idx >= self.begins and token.lower_ not in _THINGS
            return (_party(mention),) if somebody else ()
        if token.lemma_.lower() in self.words["quantities"] and any(objects_of(token, "of")):
            return unique(p for t in objects_of(token, "of") for p in self._open(t, names, nouns))
        if any(c.lower_ == "own" for c in token.children):
            return ()
        named = (
            token.ent_type_ in names
            or (names is _NAMES and _is_name(token))
            or {token.lemma_.lower(), token.lower_} & nouns
            or (names is _NAMES and self._are_some_states(token))
        )
        return (_phrase(token),) if named else ()

    def _are_some_states(self, noun: Token) -> bool:
        """Whether the words speak of states that nobody lists: "21 countries", "the Nordic nations"; not "the two countries"."""
        if noun.tag_ != "NNS" or noun.lemma_.lower() not in self.words["bodies"]:
            return False
        told = list(children(noun, "nummod", "amod", "compound"))
        return any(t.is_title for t in told) or (bool(told) and not any(children(noun, "det", "predet")))

    def owners(self, noun: Token, *, agents_only: bool = False) -> Parties:
        """Whose it is: possessors and adjectives of nationality, else whom "by", "of" and "from" bring in, else who made it."""
        near = unique(
            p
            for child in children(noun, *_OWNING)
            for t in (child, *children(child, "conj"), *self._leaders(child))
            for p in self._owner(t)
        )
        if near or agents_only:
            return near
        brought = (self.named(objects_of(noun, name)) for name in _OWNED_BY)
        told = [child for child in children(noun, "acl") if is_passive(child)]
        made = (self.named(doers(child) or objects_of(child, "from")) for child in told)
        return next((found for found in (*brought, *made) if found), ())

    def jurisdictions(self, token: Token) -> Parties:
        """The states in the phrases of place that hang on the token."""
        return tuple(p for p in self.places(token) if (a := self.actor(p)) is not None and a.kind == "state")

    def places(self, token: Token) -> Parties:
        """States and groups in the phrases of place that hang on the token."""
        found = self.named(located(token))
        return unique(p for p in found if (actor := self.cast.actor(p.actor)) and actor.kind != "person")

    def inside(self, heads: Iterable[Token]) -> Iterator[Parties]:
        """The actors mentioned under the heads, level by level, without relative clauses and phrases of place."""
        level = list(heads)
        for _ in range(_DEPTH):
            yield self.named(level)
            level = [c for t in level for c in t.children if not _is_aside(c) and not _is_locative(c)]

    def only_other(self, sentence: Tokens, actors: Parties) -> Parties:
        """The one party of the sentence on another side than the actors, where there is just one; no place and no listener."""
        mentions = self.cast.within(sentence.start_char, sentence.end_char)
        named = [
            (m, sentence.doc.char_span(m.start, m.end, alignment_mode="expand"))
            for m in mentions
            if m.actor is not None and m.text.lower() not in _SPEAKERS
        ]
        around = unique(_party(m) for m, words in named if words is not None and not _is_beside(words.root))
        own = self.sides(actors)
        left = [
            p
            for p in around
            if not self.sides([p]) & own and (a := self.actor(p)) is not None and a.country is not None
        ]
        return tuple(left) if len(left) == 1 else ()

    def is_political(self, parties: Iterable[Party]) -> bool:
        """Whether one of the parties is a body, or a person or group of some country or in politics, and not the press."""
        actors = [a for p in parties if (a := self.actor(p)) is not None]
        return any(
            (a.kind in _BODIES or a.country is not None or _POLITICAL & set(a.sectors)) and a.sectors != ("JRN",)
            for a in actors
        )

    def are_known(self, parties: Iterable[Party]) -> bool:
        """Whether one of the parties is of a country or a body that has a name."""
        actors = [a for p in parties if (a := self.actor(p)) is not None]
        return any(a.country is not None or (a.kind in _BODIES and a.kind != "office") for a in actors)

    def are_met(self, actors: Parties, found: Parties) -> bool:
        """Whether people of a name alone ("Alami", of whom the text says no more) confer with somebody known in politics."""
        named = (a for p in actors if (a := self.actor(p)) is not None)
        return (
            all(a.kind == "person" and not a.sectors for a in named)
            and self.is_political(found)
            and self.are_known(found)
        )

    def are_taken_in(self, parties: Iterable[Party]) -> bool:
        """Whether they are people whom one takes in or lets go, and not what is given."""
        return any((a := self.actor(p)) is not None and bool({"REF", "CVL"} & set(a.sectors)) for p in parties)

    def is_somebody(self, party: Party, *, near: bool = False) -> bool:
        """Whether it is more than a nameless group: one that may not be ("any troops") or, unless `near`, says nothing.

        "Members" says nothing of who they are.
        """
        actor = self.actor(party)
        nameless = actor is not None and actor.country is None and actor.kind in ("unnamed", "group")
        if nameless and party.text.split(maxsplit=1)[0].lower() in _WHOEVER:
            return False
        return near or actor is None or actor.kind != "unnamed" or actor.country is not None or bool(actor.sectors)

    def has_forces(self, parties: Iterable[Party]) -> bool:
        """Whether one of the parties commands or is an armed force: a body, or a person of the government or under arms."""
        actors = [a for p in parties if (a := self.actor(p)) is not None]
        return any(a.kind != "person" or _ARMED & set(a.sectors) for a in actors)

    def without_press(self, parties: Parties) -> Parties:
        """The parties without journalists, to whom everybody speaks."""
        return tuple(p for p in parties if (a := self.actor(p)) is None or "JRN" not in a.sectors)

    def anywhere(self, token: Token) -> Parties:
        """The states and groups mentioned in all that hangs under the token, relative clauses left out, in text order."""
        aside = (c for c in token.subtree if c.dep_ == "relcl" or c.lower_ == "according")
        outside = {t.i for c in aside for t in c.subtree}
        found = unique(p for t in token.subtree if t.i not in outside for p in self.at(t))
        return tuple(p for p in found if (actor := self.actor(p)) is not None and actor.kind in _COLLECTIVE)

    def actor(self, party: Party) -> Actor | None:
        return self.cast.actor(party.actor)

    def sides(self, parties: Iterable[Party]) -> frozenset[str]:
        """What may be compared of some parties: their ids and, for those who speak for one, their countries."""
        actors = [a for p in parties if (a := self.actor(p)) is not None]
        return frozenset(side for a in actors for side in side_of(a))

    def _owner(self, token: Token) -> Parties:
        """The actor a modifier names; a bare noun before another may be a mere place ("the Benghazi attacks").

        "Its" in what somebody is urged to do is of him who is urged: "urged Riga to end its raids".
        """
        found = self._urged(token) or self.at(token)
        sure = token.dep_ != "compound" or any(
            (a := self.actor(p)) is not None and a.country is not None for p in found
        )
        return found if sure else ()

    def _leaders(self, modifier: Token) -> Iterator[Token]:
        """Who leads or holds it, in "a Kenyan-led raid" and "rebel-held areas"."""
        leads = modifier.lower_ in self.words["leading"]
        return children(modifier, "npadvmod", "compound", "amod", "advmod") if leads else iter(())

    def ruled(self, party: Party, token: Token, actors: Parties) -> Party:
        """The party; for "the people" whom a government acts upon, with the state of that government as its actor."""
        actor = self.actor(party)
        if token.lemma_.lower() not in self.words["peoples"] or not any(t.lower_ == "the" for t in token.children):
            return party
        if (actor is not None and actor.country is not None) or any(children(token, "prep", "relcl", "acl", "amod")):
            return party
        rulers = [a for p in actors if (a := self.actor(p)) is not None and "GOV" in (*a.sectors, *_governing(a))]
        states = {a.country for a in rulers if a.country is not None and self.cast.actor(a.country) is not None}
        return replace(party, actor=states.pop()) if len(states) == 1 else party

    def _owners_before(self, noun: Token) -> Parties:
        return unique(p for c in children(noun, *_OWNING) for p in self._owner(c))

    def _urged(self, pronoun: Token) -> Parties:
        verb = next((t for t in pronoun.ancestors if t.pos_ == "VERB"), None)
        if (
            pronoun.tag_ != "PRP$"
            or verb is None
            or verb.dep_ not in ("xcomp", "advcl", "ccomp")
            or verb.head.pos_ != "VERB"
        ):
            return ()
        pressed = verb.head.lemma_.lower() in self.words["urging"]
        return unique(p for t in patients(verb.head) for p in self.at(t)) if pressed else ()

    def _owner_of_agent(self, token: Token) -> Parties:
        lemma = token.lemma_.lower()
        if lemma in self.words["followings"]:
            return tuple(p for p in self._owners_before(token) if (a := self.actor(p)) is not None and a.kind in _LED)
        if lemma in self.words["humans"]:
            return self._owners_before(token)
        if lemma not in self.words["agents"]:
            return ()
        made = token.dep_ == "dobj" and token.head.pos_ == "VERB"
        return self.owners(token) or (self.named(doers(token.head)) if made else ())


def _is_name(token: Token) -> bool:
    """Whether it is a name that nobody has told the kind of."""
    return token.pos_ == "PROPN" and not token.ent_type_


def _governing(actor: Actor) -> tuple[str, ...]:
    return ("GOV",) if actor.kind == "state" else ()


_OUTSIDE = frozenset({"OPP", "REB", "UAF", "PRE", "CRM"})


def side_of(actor: Actor) -> frozenset[str]:
    """The id, and the country unless the actor stands against its government."""
    outside = actor.country is None or bool(_OUTSIDE & set(actor.sectors))
    return frozenset({actor.id} if outside or actor.country is None else {actor.id, actor.country})


def unique(parties: Iterable[Party]) -> Parties:
    """One party for each actor, the first mentioned; those undecided are told apart by their words."""
    out: dict[str | int, Party] = {}
    for party in parties:
        out.setdefault(party.start if party.actor is None else party.actor, party)
    return tuple(out.values())


def _party(mention: Mention) -> Party:
    return Party(mention.start, mention.end, mention.text, mention.actor)


def located(token: Token) -> tuple[Token, ...]:
    """What the phrases of place that hang on the token bring in."""
    return tuple(t for name in _PLACE for t in objects_of(token, name))


def _phrase(head: Token) -> Party:
    """The noun phrase as far as its head, without clauses and what "of" hangs on it."""
    first = head.i
    while first > head.sent.start and _is_inside(head.doc[first - 1], head):
        first -= 1
    words = head.doc[first : head.i + 1]
    return Party(words.start_char, words.end_char, words.text)


def _is_inside(token: Token, head: Token) -> bool:
    """Whether the token is a modifier of the noun, at whatever depth."""
    while token.i != head.i:
        if token.head.i <= token.i or (token.dep_ not in _MODIFYING and token.text != "-"):
            return False
        token = token.head
    return True


def _is_where(token: Token) -> bool:
    """Whether the token stands in a phrase of place or direction, itself or what it explains."""
    return any(t.lower_ in _WHERE for t in islice(token.ancestors, 3))


def _is_beside(token: Token) -> bool:
    """Whether the token only says where, or who told it to whom."""
    told = token.dep_ in ("nsubj", "dobj", "dative") and token.head.lemma_ in _TELLING
    return told or _is_where(token)


def _is_aside(token: Token) -> bool:
    """Whether it opens a clause that only says more of a noun: "which ...", "boycotted by ..."."""
    return token.dep_ in _LOOSE or (token.dep_ == "acl" and token.tag_ == "VBN")


def _is_locative(token: Token) -> bool:
    """Whether it opens a phrase of place; "to" does under a noun ("convoys to Kayes") and not under a verb ("sent to Mali").

    What "an end to" names is no place.
    """
    towards = token.lower_ == "to" and token.head.pos_ == "NOUN" and token.head.lemma_ not in _CESSATION
    return token.lower_ in _PLACE or towards
