"""Token + cast -> parties: which actors a phrase stands for, names, owns or contains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dragoman.analysis import Actor, Mention, Party
from dragoman.reading.actors import Cast
from dragoman.reading.events.syntax import children, doers, is_passive, objects_of

_OWNING = ("poss", "compound", "amod", "nmod")
_OWNED_BY = ("by", "of", "from")
_PLACE = ("in", "into", "inside", "near", "at", "around", "across", "along", "within", "off")

_DEPTH = 5
_WHERE = frozenset({*_PLACE, "to", "from", "on"})
_ARMED = frozenset({"GOV", "MIL", "REB", "UAF", "PRM", "COP"})
_BODIES = frozenset({"state", "organization", "bloc", "office", "group"})
_COLLECTIVE = frozenset({"state", "organization", "bloc", "group"})
_LOOSE = frozenset({"relcl", "advcl", "punct", "appos", "ccomp"})

Parties = tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Who:
    """Finds actors in the parse. Undecided mentions are nobody; `agents` are nouns that act for their owner ("jets")."""

    cast: Cast
    agents: frozenset[str]

    def is_actor(self, token: Token) -> bool:
        """Whether the token is part of a mention, decided or not."""
        return self.cast.at(token.idx) is not None

    def at(self, token: Token) -> Parties:
        """The actor the token mentions, if any."""
        mention = self.cast.at(token.idx)
        return (_party(mention),) if mention is not None and mention.actor is not None else ()

    def named(self, tokens: Iterable[Token]) -> Parties:
        """The actors that heads of phrases mention, or the owners of what acts for them ("Russian jets"), each once."""
        return unique(p for t in tokens for p in self.at(t) or self._owner_of_agent(t))

    def owners(self, noun: Token, *, agents_only: bool = False) -> Parties:
        """Whose it is: possessors and adjectives of nationality, else whom "by", "of" and "from" bring in, else who made it."""
        near = unique(
            p for child in children(noun, *_OWNING) for t in (child, *children(child, "conj")) for p in self._owner(t)
        )
        if near or agents_only:
            return near
        brought = (self.named(objects_of(noun, name)) for name in _OWNED_BY)
        made = (self.named(doers(child)) for child in children(noun, "acl") if is_passive(child))
        return next((found for found in (*brought, *made) if found), ())

    def places(self, token: Token) -> Parties:
        """States and groups in the phrases of place that hang on the token."""
        found = (p for name in _PLACE for p in self.named(objects_of(token, name)))
        return unique(p for p in found if (actor := self.cast.actor(p.actor)) and actor.kind != "person")

    def inside(self, heads: Iterable[Token]) -> Iterator[Parties]:
        """The actors mentioned under the heads, level by level, without relative clauses and phrases of place."""
        level = list(heads)
        for _ in range(_DEPTH):
            yield self.named(level)
            level = [c for t in level for c in t.children if not _is_aside(c) and not _is_locative(c)]

    def only_other(self, sentence: Tokens, actors: Parties) -> Parties:
        """The one party of the sentence on another side than the actors, where there is just one; phrases of place left out."""
        mentions = self.cast.within(sentence.start_char, sentence.end_char)
        named = [
            (m, sentence.doc.char_span(m.start, m.end, alignment_mode="expand"))
            for m in mentions
            if m.actor is not None
        ]
        around = unique(_party(m) for m, words in named if words is not None and not _is_where(words.root))
        own = self.sides(actors)
        left = [
            p
            for p in around
            if not self.sides([p]) & own and (a := self.actor(p)) is not None and a.country is not None
        ]
        return tuple(left) if len(left) == 1 else ()

    def is_political(self, parties: Iterable[Party]) -> bool:
        """Whether one of the parties is a body, or a person or group of some country, and not the press."""
        actors = [a for p in parties if (a := self.actor(p)) is not None]
        return any((a.kind in _BODIES or a.country is not None) and a.sectors != ("JRN",) for a in actors)

    def is_somebody(self, party: Party) -> bool:
        """Whether it is more than a nameless group of no country ("any troops")."""
        actor = self.actor(party)
        return actor is not None and (actor.kind != "unnamed" or actor.country is not None)

    def has_forces(self, parties: Iterable[Party]) -> bool:
        """Whether one of the parties commands or is an armed force: a body, or a person of the government or under arms."""
        actors = [a for p in parties if (a := self.actor(p)) is not None]
        return any(a.kind != "person" or _ARMED & set(a.sectors) for a in actors)

    def without_press(self, parties: Parties) -> Parties:
        """The parties without journalists, to whom everybody speaks."""
        return tuple(p for p in parties if (a := self.actor(p)) is None or "JRN" not in a.sectors)

    def anywhere(self, token: Token) -> Parties:
        """The states and groups mentioned in all that hangs under the token, relative clauses left out, in text order."""
        outside = {t.i for c in token.subtree if c.dep_ == "relcl" for t in c.subtree}
        found = unique(p for t in token.subtree if t.i not in outside for p in self.at(t))
        return tuple(p for p in found if (actor := self.actor(p)) is not None and actor.kind in _COLLECTIVE)

    def actor(self, party: Party) -> Actor | None:
        return self.cast.actor(party.actor)

    def sides(self, parties: Iterable[Party]) -> frozenset[str]:
        """What may be compared of some parties: their ids and, for those who speak for one, their countries."""
        actors = [a for p in parties if (a := self.actor(p)) is not None]
        return frozenset(side for a in actors for side in side_of(a))

    def _owner(self, token: Token) -> Parties:
        """The actor a modifier names; a bare noun before another may be a mere place ("the Benghazi attacks")."""
        found = self.at(token)
        sure = token.dep_ != "compound" or any(
            (a := self.actor(p)) is not None and a.country is not None for p in found
        )
        return found if sure else ()

    def _owner_of_agent(self, token: Token) -> Parties:
        if token.lemma_.lower() not in self.agents:
            return ()
        made = token.dep_ == "dobj" and token.head.pos_ == "VERB"
        return self.owners(token) or (self.named(doers(token.head)) if made else ())


_OUTSIDE = frozenset({"OPP", "REB", "UAF", "PRE", "CRM"})


def side_of(actor: Actor) -> frozenset[str]:
    """The id, and the country unless the actor stands against its government."""
    outside = actor.country is None or bool(_OUTSIDE & set(actor.sectors))
    return frozenset({actor.id} if outside or actor.country is None else {actor.id, actor.country})


def unique(parties: Iterable[Party]) -> Parties:
    """One party for each actor, the first mentioned."""
    out: dict[str | None, Party] = {}
    for party in parties:
        out.setdefault(party.actor, party)
    return tuple(out.values())


def _party(mention: Mention) -> Party:
    return Party(mention.start, mention.end, mention.text, mention.actor)


def _is_where(token: Token) -> bool:
    """Whether the token stands in a phrase of place or direction, itself or what it explains."""
    return any(t.lower_ in _WHERE for t in islice(token.ancestors, 3))


def _is_aside(token: Token) -> bool:
    """Whether it opens a clause that only says more of a noun: "which ...", "boycotted by ..."."""
    return token.dep_ in _LOOSE or (token.dep_ == "acl" and token.tag_ == "VBN")


def _is_locative(token: Token) -> bool:
    """Whether it opens a phrase of place; "to" does under a noun ("convoys to Kayes") and not under a verb ("sent to Mali")."""
    return token.lower_ in _PLACE or (token.lower_ == "to" and token.head.pos_ == "NOUN")
