"""What is said of a measure behind it: "called the ban illegal", "wants the troops out", "sees talks as a step forward"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from dragoman.knowledge.stance_words import StanceWord, StanceWords
from dragoman.reading.stances.grammar import Link

_COMPLEMENTS = frozenset({"oprd", "acomp", "attr", "xcomp"})
_AWAY = frozenset({"out", "away", "gone", "off", "over"})
_TRIED = frozenset({"effort", "attempt", "bid", "push", "drive"})
_BODIES = frozenset({"troop_deployment", "peace_operation"})
_BELIEVED = StanceWord(lemma="view", part="verb", sign=1, force="plain", kind="stance")
_WISHED_AWAY = StanceWord(lemma="away", part="verb", sign=-1, force="plain", kind="stance")


def verdict(link: Link, words: StanceWords) -> StanceWord | None:
    """What a verb says of its object with the judgement it puts behind it; None where it puts none.

    Who "calls the ban illegal" or "regards it as an insult" takes the stance himself, so the word is one of stance.
    """
    if link.slot != "obj" or not words.has("viewing", link.word.lemma_.lower()):
        return None
    values = (value_of(t, words) for t in _complements(link.word))
    value = next((v for v in values if v is not None), None)
    return replace(value, kind="stance", force="plain") if value is not None else None


def is_mere_report(link: Link, type: str, judged: Token, words: StanceWords) -> bool:
    """ "The raids killed forty", "fought the special forces", "efforts to end it are failing": facts, where "sanctions kill" and
    "sanctions have failed" judge."""
    verb = link.word.lemma_.lower()
    if type == "use_of_force" and link.slot == "subj" or type in _BODIES and link.slot == "obj":
        return words.has("hurting", verb)
    return verb == "fail" and link.slot == "subj" and judged.lemma_.lower() in _TRIED


def harm(link: Link, words: StanceWords) -> StanceWord | None:
    """What "brings hunger": a verb that is good or bad by its object."""
    known = words.find("verb", link.word.lemma_.lower(), "subj") if link.slot == "subj" else None
    if known is None or known.kind != "value" or known.sign < 0:
        return None
    brought = (c.lemma_.lower() for c in link.word.children if c.dep_ == "dobj")
    return replace(known, sign=-1) if any(words.has("harms", noun) for noun in brought) else None


def belief(link: Link, judged: Token, words: StanceWords) -> StanceWord | None:
    """A verb over a judgement without a copula: "finds the deployment unacceptable"."""
    if link.slot != "that" or judged.dep_ != "ccomp" or judged.pos_ not in ("ADJ", "NOUN"):
        return None
    return _BELIEVED if words.has("viewing", link.word.lemma_.lower()) else None


def wished_away(link: Link, words: StanceWords) -> StanceWord | None:
    """ "Wants the peacekeepers out": against them, where "wants the peacekeepers" is for them."""
    verb = link.word
    if link.slot == "obj" and verb.lower_ == "gone" and verb.dep_ == "ccomp":
        return _WISHED_AWAY
    if link.slot != "obj" or not words.has("wishing", verb.lemma_.lower()):
        return None
    behind = (c for c in verb.rights if c.lower_ in _AWAY and c.dep_ in ("prep", "advmod", "prt", "acomp", "oprd"))
    return _WISHED_AWAY if next(behind, None) is not None else None


def wished_for(link: Link, words: StanceWords) -> StanceWord | None:
    """The seeing of "would like to see the bans removed"."""
    verb = link.word
    wished = verb.lemma_ == "see" and verb.dep_ == "xcomp" and words.has("wishing", verb.head.lemma_.lower())
    return _BELIEVED if wished and link.slot in ("obj", "that", "ing") else None


def value_of(token: Token, words: StanceWords) -> StanceWord | None:
    """The value that a predicate gives: its own, or that of what describes it ("a dangerous precedent")."""
    lemma = token.lemma_.lower()
    if token.pos_ == "ADJ":
        return _valued(lemma, words)
    if lemma == "line" and not any(c.lower_ == "red" for c in token.children):
        return None
    own = words.find("noun", lemma, "attr") or words.find("noun", lemma, "subj")
    described = (_valued(c.lemma_.lower(), words) for c in token.children if c.dep_ == "amod")
    return own or next((v for v in described if v is not None), None)


def _valued(adjective: str, words: StanceWords) -> StanceWord | None:
    word = words.find("adjective", adjective, "subj")
    return word if word is not None and word.kind == "value" else None


def _complements(verb: Token) -> Iterator[Token]:
    """The predicates behind the object: beside the verb, or behind "as"."""
    yield from (c for c in verb.children if c.dep_ in _COMPLEMENTS)
    places = [verb, *(c for c in verb.children if c.dep_ == "dobj")]
    as_ = (c for place in places for c in place.children if c.dep_ == "prep" and c.lower_ == "as")
    yield from (t for prep in as_ for t in prep.children if t.dep_ in ("pobj", "amod", "pcomp"))
