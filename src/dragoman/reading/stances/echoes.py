"""Measures that a later clause only points back to: "asked for talks; Chad turned them down"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from dragoman.reading.stances.measures import Named

_SINGULAR, _PLURAL = frozenset({"it", "this"}), frozenset({"them", "these"})
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
_POINTING = frozenset({"this", "such", "the", "these"})
_CARRIES = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "ROOT"})


def echoes(doc: Doc, named: Sequence[Named]) -> Iterator[Named]:
    """For each pronoun in an object's place, the measure it stands for: the nearest before it, of its number, in another clause.

    `start` and `end` keep the words of the measure; `head` is the pronoun.
    """
    for token in doc:
        measure = next((m for m in reversed(named) if m.end <= token.i), None)
        if measure is None or token.i - measure.end >= _REACH:
            continue
        if token.lower_ in _SINGULAR | _PLURAL and _is_object(token):
            if _agrees(token, doc[measure.head]):
                yield replace(measure, head=token.i)
        elif _is_label(token, named) and doc[measure.head].sent != token.sent:
            yield replace(measure, head=token.i)


def _is_label(noun: Token, named: Sequence[Named]) -> bool:
    """ "This proposal", "the move": points back and says nothing more of what it is."""
    if noun.lemma_ not in _LABELS or noun.pos_ != "NOUN":
        return False
    described = any(
        c.dep_ in ("amod", "compound", "acl", "relcl", "prep", "poss")
        for c in noun.children
        if c.lower_ not in _POINTING
    )
    return not described and any(c.lower_ in _POINTING for c in noun.children)


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
