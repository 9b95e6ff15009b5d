"""Which actor a measure is about: Syria in "sanctions on Syria"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from spacy.tokens import Doc, Token

from dragoman.analysis import Mention
from dragoman.reading.actors import Cast
from dragoman.reading.stances.chains import Chain

_DONE_BY = frozenset(
    "sanctions arms_transfer troop_deployment aid use_of_force mediation resolution arms_embargo withdrawal".split()
)
"""Types whose modifier names who does it ("US sanctions"), not whom it is about."""
_OF_A_PLACE = frozenset(
    "ceasefire dialogue mediation use_of_force leadership_change election aid humanitarian_access sanctions withdrawal "
    "interference troop_deployment peace_operation no_fly_zone investigation prosecution detention arms_transfer arms_embargo "
    "resolution territory nuclear_programme recognition".split()
)
"""Types that are about the country of the conflict even where the sentence does not name it."""
_DONE_TO = frozenset("use_of_force detention prosecution investigation aid arms_transfer".split())
"""Types whose verb has for its object whom it is done to: "to defeat the militia", "to arm the rebels"."""
_NEAREST = tuple("on against toward towards upon into inside in to over with between among for of from at".split())
"""Prepositions that lead from a measure to whom it is about, the likeliest first."""
_OFTEN = 2
"""How often a text names a country that it is about."""
_TURNED = frozenset({"state", "group", "bloc", "person", "office", "unnamed"})


class Subjects:
    """What the measures of one document are about."""

    def __init__(self, cast: Cast, doc: Doc) -> None:
        self._cast = cast
        self._doc = doc

    def of(self, chain: Chain, holder: str | None) -> str | None:
        """The actor the measure of the chain is about; None where neither the phrase nor the text tells."""
        country = self._country(holder)
        for mention in self._named(chain):
            return self._placed(mention, chain.measure.type)
        if chain.measure.type not in _OF_A_PLACE:
            return None
        return self._scene(chain.measure.type, country) or self._in_sentence(chain, country)

    def _named(self, chain: Chain) -> Iterator[Mention]:
        """Actors named in the phrase of the measure, the likeliest first."""
        path = [chain.head, *(s.token for s in chain.steps[:-1])]
        if chain.measure.type in _DONE_TO and chain.head.pos_ == "VERB":
            yield from self._objects(chain.head)
        for token in path:
            yield from self._complements(token)
        if chain.measure.act:
            for token in self._doc[chain.measure.end - 1].subtree:
                yield from self._complements(token)
        if chain.measure.type not in _DONE_BY:
            yield from self._modifiers(self._doc[chain.measure.start], chain.head)

    def _objects(self, verb: Token) -> Iterator[Mention]:
        found = (self._mention(c) for c in verb.children if c.dep_ == "dobj")
        yield from (mention for mention in found if mention is not None)

    def _complements(self, token: Token) -> Iterator[Mention]:
        found = [
            (c.lower_, p)
            for c in token.children
            if c.dep_ == "prep" and c.lower_ in _NEAREST
            for p in c.children
            if p.dep_ == "pobj"
        ]
        for _, object in sorted(found, key=lambda f: (_NEAREST.index(f[0]), f[1].i)):
            mention = self._mention(object)
            if mention is not None:
                yield mention

    def _modifiers(self, first: Token, head: Token) -> Iterator[Mention]:
        for token in (head, first):
            for child in token.children:
                if child.dep_ in ("amod", "compound", "nmod", "poss") and (mention := self._mention(child)) is not None:
                    yield mention

    def _placed(self, mention: Mention, type: str) -> str | None:
        """For measures among the parties of a conflict, the country of the party that is named."""
        actor = self._cast.actor(mention.actor)
        if actor is None or type not in ("dialogue", "mediation", "ceasefire", "election", "leadership_change"):
            return mention.actor
        state = next((a for a in self._cast.actors if a.kind == "state" and a.country == actor.country), None)
        return state.id if state is not None else actor.id

    def _mention(self, token: Token) -> Mention | None:
        mention = self._cast.at(token.idx)
        if mention is None:
            return None
        actor = self._cast.actor(mention.actor)
        if actor is None or actor.kind not in _TURNED or (actor.kind == "unnamed" and actor.country is None):
            return None
        return mention

    def _country(self, id: str | None) -> str | None:
        actor = self._cast.actor(id)
        return actor.country if actor is not None else None

    def _in_sentence(self, chain: Chain, country: str | None) -> str | None:
        """The only state other than the holder's that the sentence names; a resolution is often named with its sponsors only."""
        if chain.measure.type == "resolution":
            return None
        sentence = chain.head.sent
        states = self._states(self._cast.within(sentence.start_char, sentence.end_char), country)
        return states[0] if len(set(states)) == 1 else None

    def _states(self, mentions: tuple[Mention, ...], country: str | None) -> list[str]:
        actors = [self._cast.actor(m.actor) for m in mentions if m.via in ("name", "demonym", "acronym")]
        return [a.id for a in actors if a is not None and a.kind == "state" and a.country != country]

    def _scene(self, type: str, country: str | None) -> str | None:
        """The state a third of the places named are in; the holder's own only for talks, elections and the like."""
        total = sum(self._named_states.values())
        for state, count in self._named_states.most_common(2):
            at_home = state == country
            if 3 * count >= total and not (at_home and (type in _DONE_BY or count < _OFTEN)):
                return state
            if not at_home:
                break
        return None

    @cached_property
    def _named_states(self) -> Counter[str]:
        """How often each state is named as a place or a party, not as one who acts or speaks."""
        actors = (self._cast.actor(m.actor) for m in self._cast.mentions if self._names_a_place(m))
        return Counter(a.id for a in actors if a is not None and a.kind == "state")

    def _names_a_place(self, mention: Mention) -> bool:
        if mention.via in ("pronoun", "metonym"):
            return False
        tokens = self._doc.char_span(mention.start, mention.end, alignment_mode="expand")
        return tokens is not None and tokens.root.dep_ not in ("nsubj", "nsubjpass", "agent")
