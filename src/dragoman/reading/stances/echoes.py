"""Measures that a later clause only points back to: "asked for talks; Chad turned them down"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from dragoman.reading.stances.chains import Chain
from dragoman.reading.stances.measures import Named

_SINGULAR, _PLURAL = frozenset({"it", "this"}), frozenset({"them", "these"})
_PRONOUNS = _SINGULAR | _PLURAL
_REACH = 40
"""How many tokens back a pronoun may point."""
_OBJECTS = frozenset({"dobj", "nsubjpass", "pobj"})
_LABELS = frozenset(
    {
        "move",
        "step",
        "decision",
        "proposal",
        "idea",
        "initiative",
        "plan",
        "measure",
        "offer",
        "solution",
        "arrangement",
    }
)
"""Nouns that sum up what was said before: "the move"."""
_AT_HAND = frozenset({"table", "hand", "we", "us", "question"})
_POINTING = frozenset({"this", "such", "the", "these"})
_CARRIES = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "ROOT"})


def echoes(doc: Doc, named: Sequence[Named]) -> Iterator[Named]:
    """For each pronoun in an object's place, the measure it stands for: the nearest before it, of its number, in another clause.

    `start` and `end` keep the words of the measure; `head` is the pronoun.
    """
    if not named:
        return
    for token in doc:
        if token.lower_ not in _PRONOUNS and token.lemma_ not in _LABELS:
            continue
        measure = next((m for m in reversed(named) if m.end <= token.i), None)
        if measure is None or token.i - measure.end >= _REACH:
            continue
        if _stands_for(token, doc[measure.head], named):
            yield replace(measure, head=token.i)


def _stands_for(token: Token, head: Token, named: Sequence[Named]) -> bool:
    """Whether the word can stand for the measure of which `head` is the main word."""
    if token.lower_ in _PRONOUNS and _is_object(token):
        return _agrees(token, head)
    if head.sent == token.sent:
        return head.pos_ == "VERB" and _is_judged_label(token)
    return _is_label(token, named)


def _is_label(noun: Token, named: Sequence[Named]) -> bool:
    """ "This proposal", "the move": points back and says nothing more of what it is."""
    if noun.lemma_ not in _LABELS or noun.pos_ != "NOUN":
        return False
    described = any(
        c.dep_ in ("amod", "compound", "acl", "relcl", "prep", "poss")
        for c in noun.children
        if c.lower_ not in _POINTING and not _is_at_hand(c)
    )
    return not described and any(c.lower_ in _POINTING for c in noun.children)


def _is_judged_label(noun: Token) -> bool:
    """ "..., a move condemned by": sums up the clause before it for the sake of what somebody thinks of it."""
    if noun.lemma_ not in _LABELS or noun.dep_ in ("dobj", "nsubj", "nsubjpass", "pobj"):
        return False
    after_comma = noun.left_edge.i > 0 and noun.doc[noun.left_edge.i - 1].text in (",", "-", "–", "—")
    return (
        after_comma
        and any(c.lower_ in ("a", "an") for c in noun.children)
        and any(c.dep_ in ("acl", "relcl") for c in noun.children)
    )


def points_back(chain: Chain) -> bool:
    """Whether the words above a pointing word speak of what it points to: of "a move condemned by" only those behind it do."""
    return not _is_judged_label(chain.head) or (bool(chain.steps) and chain.steps[0].token.head.i == chain.head.i)


def _is_at_hand(clause: Token) -> bool:
    """ "That is on the table", "now before us": says where it is, not what."""
    phrase = clause if clause.dep_ == "prep" else next((c for c in clause.children if c.dep_ == "prep"), None)
    is_copula = clause.dep_ != "relcl" or clause.lemma_ == "be"
    return phrase is not None and is_copula and any(p.lemma_.lower() in _AT_HAND for p in phrase.children)


def _is_object(token: Token) -> bool:
    """An object, or the subject of what somebody wants: "wants it lifted"."""
    return token.dep_ in _OBJECTS or (token.dep_ == "nsubj" and token.head.dep_ in ("ccomp", "xcomp"))


def _agrees(pronoun: Token, head: Token) -> bool:
    """Whether the two agree in number and the measure itself, not what is done to it, is what was spoken of."""
    if head.pos_ != "NOUN" or _clause(pronoun) == _clause(head) or not _is_whole(head):
        return False
    return bool((head.tag_ == "NNS") == (pronoun.lower_ in _PLURAL))


def _is_whole(head: Token) -> bool:
    return head.dep_ in _CARRIES or (head.dep_ == "pobj" and head.head.head.pos_ in ("VERB", "AUX"))


def _clause(token: Token) -> int:
    """The verb that the word hangs on."""
    verb = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), token.sent.root)
    return int(verb.i)
