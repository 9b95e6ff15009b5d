"""Answers without an object: "asked for talks, but Chad refused", "Ghana opposed the draft and so did Togo"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from dragoman.reading.stances.chains import Chain, lemma_of
from dragoman.reading.stances.grammar import in_condition, is_finite, is_negated
from dragoman.reading.stances.holders import Voices, takers
from dragoman.reading.stances.proposals import Proposal

_AGREEING = frozenset({"agree", "concur", "assent", "consent", "follow suit"})
_YIELDING = frozenset({"accept", "comply", "acquiesce", "oblige"})
_REFUSING = frozenset({"refuse", "decline", "object", "balk", "demur", "disagree", "dissent"})
_ANSWERING = _AGREEING | _YIELDING | _REFUSING | {"do", "follow"}
_TOO = frozenset({"too", "likewise", "so"})
_ASKING = frozenset({"propose", "suggest", "want", "seek", "invite", "request", "offer"})
_OBJECTS = frozenset({"dobj", "ccomp", "xcomp", "prep", "acomp", "attr", "advcl", "oprd", "nsubjpass", "dative"})
_REACH = 30
"""How many tokens behind the stance an answer may stand."""


def answers(doc: Doc, taken: Sequence[Proposal], voices: Voices) -> Iterator[Proposal]:
    """For each verb that answers without saying what, a stance on the measure on which one was taken before it."""
    for verb in (t for t in doc if t.lemma_.lower() in _ANSWERING) if taken else ():
        said = _answer(verb)
        before = _asked(verb, taken, said) if said else None
        if before is None or in_condition(verb):
            continue
        measure = replace(before.chain.measure, head=verb.i, sign=before.sign)
        for holder in takers(voices, verb):
            if holder.actor != before.holder.actor:
                yield Proposal(holder, Chain(measure, verb, ()), before.sign * said, "answer")


def _answer(verb: Token) -> int:
    """+1 for a verb that goes along, -1 for one that does not, 0 for one that says what it is about, or is no answer."""
    if verb.pos_ not in ("VERB", "AUX") or not is_finite(verb) or is_negated(verb):
        return 0
    lemma = lemma_of(verb)
    if lemma == "do":
        return int(any(c.lower_ in _TOO for c in verb.children) and not _goes_on(verb))
    if lemma not in _AGREEING | _YIELDING | _REFUSING or _goes_on(verb):
        return 0
    return -1 if lemma in _REFUSING else 1


def _goes_on(verb: Token) -> bool:
    """Whether the verb says itself what it is about; "to do so" does not."""
    return any(c.dep_ in _OBJECTS and not _is_do_so(c) for c in verb.rights)


def _is_do_so(clause: Token) -> bool:
    return clause.lemma_ == "do" and any(c.lower_ in ("so", "it", "that") for c in clause.children)


def _asked(verb: Token, taken: Sequence[Proposal], said: int) -> Proposal | None:
    """The stance that the verb answers: the nearest before it; who refuses or complies was asked for something."""
    before = [p for p in taken if p.chain.measure.end <= verb.i and p.chain.top.i < verb.i <= p.chain.top.i + _REACH]
    nearest = max(before, key=lambda p: (p.chain.top.sent.start, p.chain.measure.start), default=None)
    if nearest is None or verb.sent.start > nearest.chain.top.sent.end or _crosses_a_paragraph(nearest, verb):
        return None
    needs_asking = said < 0 or lemma_of(verb) in _YIELDING
    return nearest if not needs_asking or _is_asking(nearest) else None


def _crosses_a_paragraph(proposal: Proposal, verb: Token) -> bool:
    between = verb.doc[proposal.chain.top.i : verb.i].text
    return "\n" in between or "\r" in between


def _is_asking(proposal: Proposal) -> bool:
    steps = proposal.chain.steps
    return any(s.force != "plain" or lemma_of(s.token) in _ASKING for s in steps)
