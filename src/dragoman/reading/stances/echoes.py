"""Measures that a later clause only points back to: "asked for talks; Chad turned them down"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from dragoman.reading.stances.chains import Chain
from dragoman.reading.stances.measures import Named

_SINGULAR, _PLURAL = frozenset({"it", "this"}), frozenset({"them", "these"})
_REACH = 40
"""How many tokens back a pronoun may point."""
_OBJECTS = frozenset({"dobj", "nsubjpass", "pobj"})
_CONTENTS = frozenset(
    ["proposal", "idea", "initiative", "plan", "offer", "solution", "arrangement", "suggestion", "invitation", "scheme",
     "request", "demand", "call", "appeal", "plea"]
)  # fmt: skip
"""Nouns that sum up what somebody wants: "the proposal" of one who rejects a ban is still the ban."""
_ACTS = frozenset(
    {"move", "step", "decision", "measure", "position", "stance", "view", "announcement", "action", "refusal"}
)
"""Nouns that sum up what somebody does or thinks: "the decision" of one who rejects a ban is against it."""
_LABELS = _CONTENTS | _ACTS
_POINTERS = _SINGULAR | _PLURAL | {"something"}
_AT_HAND = frozenset({"table", "hand", "we", "us", "question"})
_POINTING = frozenset({"this", "such", "the", "these"})
_CARRIES = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "ROOT"})


def echoes(doc: Doc, named: Sequence[Named], taken: Mapping[Named, Chain]) -> Iterator[Named]:
    """For each word that points back the measure it stands for: the nearest before it, of its number, in another clause.

    `taken` holds the chain on which somebody has taken a stance on a measure. `start` and `end` keep the words of the measure,
    `head` is the pointing word, and `sign` tells which way a noun such as "the decision" sums it up.
    """
    pointing = (t for t in doc if t.lower_ in _POINTERS or t.lemma_ in _LABELS) if named else ()
    for token in pointing:
        measure = _pointed_at(token, named, taken)
        if measure is None or token.i - measure.end >= _REACH:
            continue
        if _stands_for(token, doc[measure.head], taken.get(measure)):
            yield replace(measure, head=token.i, sign=_sign(token, measure, taken.get(measure)))


def _pointed_at(word: Token, named: Sequence[Named], taken: Mapping[Named, Chain]) -> Named | None:
    """The nearest measure before the word; for a noun that sums up, of those in that sentence one on which a stance was taken."""
    before = [m for m in named if m.end <= word.i]
    if not before or word.lemma_ not in _LABELS:
        return before[-1] if before else None
    sentence = word.doc[before[-1].head].sent
    near = [m for m in before if sentence.start <= m.head < sentence.end]
    return next((m for m in reversed(near) if m in taken), before[-1])


def _sign(word: Token, measure: Named, chain: Chain | None) -> int:
    """Which way the word takes the measure: a pronoun and a plan as it was put, a decision as it went."""
    if chain is None or word.lemma_ not in _LABELS:
        return measure.sign
    own = chain.steps[-1].sign if chain.steps and word.lemma_ in _CONTENTS else 1
    return chain.sign * own


def _stands_for(token: Token, head: Token, chain: Chain | None) -> bool:
    """Whether the word can stand for the measure of which `head` is the main word."""
    if token.lower_ in _SINGULAR | _PLURAL and _is_object(token):
        return _agrees(token, head) or _is_offered(token, head, chain)
    if _is_judged_label(token):
        return head.sent == token.sent and (head.pos_ == "VERB" or chain is not None)
    if head.sent == token.sent:
        return chain is not None and _clause(token) != _clause(head) and _is_label(token)
    return _is_label(token)


def _is_label(noun: Token) -> bool:
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
    summing_up = noun.lemma_ in _LABELS or noun.lower_ == "something"
    if not summing_up or noun.dep_ in ("dobj", "nsubj", "nsubjpass", "pobj"):
        return False
    after_comma = noun.left_edge.i > 0 and noun.doc[noun.left_edge.i - 1].text in (",", "-", "–", "—")
    return (
        after_comma
        and (noun.lower_ == "something" or any(c.lower_ in ("a", "an") for c in noun.children))
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


def _is_offered(pronoun: Token, head: Token, chain: Chain | None) -> bool:
    """ "Offered to mediate; Chad turned it down": a deed on which somebody took a stance in another clause."""
    apart = chain is not None and _clause(pronoun) not in {s.token.i for s in chain.steps}
    return apart and head.pos_ == "VERB" and pronoun.lower_ in _SINGULAR and pronoun.i > head.right_edge.i


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
