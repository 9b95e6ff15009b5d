"""Who takes a stance: the subject of the words, the owner of a noun, or the one who is speaking."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from dragoman.analysis import Mention, Party, Statement
from dragoman.document import Document
from dragoman.knowledge.stance_words import StanceWords
from dragoman.reading.actors import Cast
from dragoman.reading.stances.grammar import is_passive, linking_verb, owners, subjects

_FIRST_PERSON = frozenset({"we", "our", "ours", "ourselves", "i", "my"})
_WORD = re.compile(r"\w+")
_WITHOUT_POLICY = frozenset({"BUS", "MED", "EDU", "CVL"})
_THINGS = frozenset(
    {
        "submarine",
        "ship",
        "warship",
        "vessel",
        "tanker",
        "frigate",
        "jet",
        "plane",
        "aircraft",
        "drone",
        "tank",
        "satellite",
    }
)
"""What acts without a policy of its own: sectors, and things called by their nation."""
_LOOK_BACK = 120
"""How many tokens back a text may have been named as somebody's."""


@dataclass(frozen=True)
class Voices:
    """Who speaks where in a document, and whom its words stand for."""

    document: Document
    cast: Cast
    statements: tuple[Statement, ...]
    words: StanceWords

    def parties(self, tokens: Iterable[Token]) -> list[Party]:
        """The actors of several words, each once."""
        found: dict[str | None, Party] = {}
        for token in tokens:
            for party in self._behind(token):
                found.setdefault(party.actor, party)
        return list(found.values())

    def _behind(self, token: Token) -> list[Party]:
        """The actor a word stands for; behind a draft or a plan its owners, behind "the BRICS countries" the bloc."""
        mention = self.cast.at(token.idx)
        if mention is not None and mention.actor is not None:
            return [_party(mention)]
        lemma = token.lemma_.lower()
        if token.lower_ in _FIRST_PERSON:
            speaker = self.speaker(token)
            return [] if speaker is None else [speaker]
        if self.words.has("texts", lemma):
            return self.owners(token, ()) or self._authors(token)
        return [p for p in self.owners(token, ()) if self._is_bloc(p)] if self.words.has("members", lemma) else []

    def _authors(self, text: Token) -> list[Party]:
        """Who owns "the proposals" that were last named as somebody's."""
        for token in reversed(text.doc[max(0, text.i - _LOOK_BACK) : text.i]):
            if token.lemma_ == text.lemma_ and (owned := self.owners(token, ())):
                return owned
        return []

    def _is_bloc(self, party: Party) -> bool:
        actor = self.cast.actor(party.actor)
        return actor is not None and actor.kind in ("bloc", "organization")

    def are_one(self, one: Party, other: Party) -> bool:
        """Whether the two are the same actor or speak for the same country; nobody knows of a source that is not decided."""
        if one.actor is None or one.actor == other.actor:
            return True
        first, second = self.cast.actor(one.actor), self.cast.actor(other.actor)
        return (
            first is not None and second is not None and first.country is not None and first.country == second.country
        )

    def can_decide(self, party: Party) -> bool:
        """Whether its deeds can be policy: a plant, a company or a submarine has none."""
        actor = self.cast.actor(party.actor)
        if actor is None or actor.kind not in ("office", "unnamed"):
            return True
        is_thing = not _THINGS.isdisjoint(w.lower() for w in _WORD.findall(party.text))
        return bool(set(actor.sectors) - _WITHOUT_POLICY) and not is_thing

    def owners(self, noun: Token, path: Sequence[Token]) -> list[Party]:
        """The actors whose plan, demand or objection it is, leaving out what lies on the path to the measure."""
        on_path = {t.i for t in path}
        mentions = [self.cast.at(t.idx) for t in owners(noun) if t.i not in on_path]
        apart = (m for m in mentions if m is not None and not m.start <= noun.idx < m.end)
        parties = [_party(m) for m in apart if m.actor is not None]
        return list({p.actor: p for p in parties}.values())

    def statement(self, token: Token) -> Statement | None:
        """The innermost statement whose content holds the word."""
        return next(iter(self._around(token)), None)

    def _around(self, token: Token) -> list[Statement]:
        around = [s for s in self.statements if any(c.start <= token.idx < c.end for c in s.content)]
        return sorted(around, key=lambda s: sum(c.end - c.start for c in s.content))

    def introduced_by(self, token: Token) -> Statement | None:
        """The statement that the word introduces as its cue."""
        return next((s for s in self.statements if s.cue is not None and s.cue.start <= token.idx < s.cue.end), None)

    def speaker(self, token: Token) -> Party | None:
        """Who says the word: the source of its statement, else the office whose own text the document is."""
        for statement in self._around(token):
            source = statement.source
            if source is not None and source.actor is not None:
                return source
            if source is None or source.text.lower() not in _FIRST_PERSON:
                return None
        return self.publisher

    @cached_property
    def publisher(self) -> Party | None:
        """Whose own text it is, where it says "we": the office's that publishes it, or the speaker's of a verbatim record."""
        name = f" {self._own_name()} "
        if not name.strip() or not self._says_we():
            return None
        named = [m for m in self.cast.mentions if m.actor is not None and m.via != "pronoun"]
        return next((_party(m) for m in named if any(f" {n} " in name for n in _short_and_long(m.text))), None)

    def _own_name(self) -> str:
        """The words that name the speaker of the whole text: the publisher's, or the title of a speech on record."""
        publisher = _plain(self.document.publisher or "")
        words = set(publisher.split())
        if words & self.words.sets["records"]:
            return _plain((self.document.title or "").replace("_", " "))
        return publisher if words & self.words.sets["official"] else ""

    def _says_we(self) -> bool:
        """Whether the text speaks of itself outside anybody's quotation."""
        own = (m for m in _WORD.finditer(self.document.text) if m[0].lower() in _FIRST_PERSON)
        said = [c for s in self.statements if s.form != "indirect" for c in s.content]
        return any(not any(c.start <= m.start() < c.end for c in said) for m in own)


def takers(voices: Voices, top: Token) -> list[Party]:
    """The actors who do what the top word says."""
    found = voices.parties(t for t in subjects(top) if not _is_nobody(t))
    if found:
        return found
    statement = voices.introduced_by(top)
    if (
        statement is not None
        and statement.source is not None
        and statement.source.actor is not None
        and not is_passive(top)
    ):
        return [statement.source]
    return []


def _is_nobody(subject: Token) -> bool:
    """The "it" of "it is for the parties to decide": the words say whose it is, not who does it; "it is ready" has somebody."""
    verb = subject.head
    if subject.lower_ != "it" or verb.lemma_ != "be":
        return False
    return not any(c.dep_ == "acomp" or (c.dep_ == "prep" and c.lower_ not in ("for", "up")) for c in verb.children)


def minded(verb: Token, voices: Voices) -> Party | None:
    """In whose eyes it is so, where the sentence opens with him: "for Ankara, the withdrawal is out of the question"."""
    openings = (c for c in verb.lefts if c.dep_ == "prep" and c.lower_ in ("for", "to") and c.i == verb.left_edge.i)
    found = [p for c in openings for p in voices.parties(t for t in c.children if t.dep_ == "pobj")]
    return found[0] if found else None


def lacks_agent(top: Token) -> bool:
    """Whether the word is said of nobody, and so by the speaker: "is rejected". Not so "there was no appeal"."""
    copula = linking_verb(top)
    if copula is not None and any(c.dep_ == "expl" for c in copula.children):
        return False
    return not subjects(top) and (is_passive(top) or copula is not None)


def _party(mention: Mention) -> Party:
    return Party(mention.start, mention.end, mention.text, mention.actor)


def _short_and_long(name: str) -> tuple[str, ...]:
    """The name without dots and article, and its initials where it has several words: "united states", "us"."""
    plain = _plain(name)
    words = plain.split()
    return (plain, "".join(w[0] for w in words)) if len(words) > 1 else (plain,)


def _plain(text: str) -> str:
    return " ".join(text.replace(".", "").replace("’s", "").lower().removeprefix("the ").split())
