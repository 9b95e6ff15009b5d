"""Proposal -> decision: for or against, how firmly, on what condition, how likely a coder would agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dragoman.analysis import Direction, Force
from dragoman.document import Span
from dragoman.knowledge.stance_words import StanceWords
from dragoman.reading.parse import Parsed
from dragoman.reading.stances.chains import lemma_of
from dragoman.reading.stances.grammar import auxiliaries, is_negated, linking_verb
from dragoman.reading.stances.proposals import Proposal

SCORES = {
    "stance": 0.75,
    "act": 0.68,
    "duty": 0.61,
    "owner": 0.62,
    "value": 0.6,
    "label": 0.82,
    "condition": 0.75,
    "draft": 0.43,
    "listed": 0.67,
    "slight": 0.67,
    "backed": 0.67,
    "council": 0.67,
    "warning": 0.5,
    "answer": 0.67,
}
"""By ground of the proposal: (right + 1) / (found + 2) on the project's own training rows, which are harder than news."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided on a proposal."""

    direction: Direction
    force: Force
    condition: Span | None
    score: float


def decide(proposal: Proposal, parsed: Parsed, words: StanceWords) -> Decision:
    """The decision on one proposal, by rule; of what the judge proposes only the condition is left to decide."""
    if (verdict := proposal.verdict) is not None:
        return Decision(verdict.direction, verdict.force, condition(proposal, parsed, words), verdict.score)
    direction: Direction = "supports" if proposal.sign > 0 else "opposes"
    return Decision(
        direction=direction,
        force=force(proposal, parsed, words),
        condition=condition(proposal, parsed, words),
        score=SCORES[proposal.ground],
    )


def force(proposal: Proposal, parsed: Parsed, words: StanceWords) -> Force:
    """How firmly: a veto threat or red line outranks a demand, a demand an offer."""
    if proposal.sign < 0:
        if _threatens_veto(proposal, words):
            return "veto_threat"
        if _draws_red_line(proposal, parsed, words):
            return "red_line"
    if proposal.ground in ("duty", "listed"):
        return "demand"
    voiced = _voiced_force(proposal)
    return "plain" if voiced == "offer" and proposal.sign < 0 else voiced


def _voiced_force(proposal: Proposal) -> Force:
    """The force of the holder's own words, from the top down: who rejects a demand makes none."""
    for step in reversed(proposal.chain.steps):
        if step.force != "plain":
            return step.force
        if step.word is not None and step.word.sign < 0:
            return "plain"
    return "plain"


def _threatens_veto(proposal: Proposal, words: StanceWords) -> bool:
    """A veto to come, or a promise that a body's decision will not pass."""
    if proposal.ground == "council":
        return True
    tokens = [proposal.chain.head, *(s.token for s in proposal.chain.steps)]
    if any(lemma_of(t) == "veto" and t.pos_ == "VERB" and _is_to_come(t, words) for t in tokens):
        return True
    if any(lemma_of(t) == "veto" for t in tokens) and any(
        lemma_of(t) in ("threaten", "threat", "use", "exercise") for t in tokens
    ):
        return True
    about_text = proposal.chain.measure.type == "resolution" or any(words.has("texts", lemma_of(t)) for t in tokens)
    passes = any(words.has("letting_pass", lemma_of(t)) and is_negated(t) and _is_to_come(t, words) for t in tokens)
    return passes and about_text and any(words.has("council", t.lower_) for t in proposal.chain.head.sent)


def _is_to_come(verb: Token, words: StanceWords) -> bool:
    if any(words.has("committing", a) for a in auxiliaries(verb)):
        return True
    return any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)


def _draws_red_line(proposal: Proposal, parsed: Parsed, words: StanceWords) -> bool:
    """ "Will never accept", or the words "red line" in the sentence or the one before it by the same speaker."""
    for step in proposal.chain.steps:
        if words.has("yielding", lemma_of(step.token)) and is_negated(step.token) and _is_to_come(step.token, words):
            return True
    sentence = proposal.chain.head.sent
    return any(_has_red_line(s) for s in _near(sentence))


def _near(sentence: Tokens) -> Iterator[Tokens]:
    yield sentence
    if sentence.start:
        before = sentence.doc[sentence.start - 1].sent
        if "\n" not in before.text.strip("\n") and not before.text.endswith("\n"):
            yield before


def _has_red_line(sentence: Tokens) -> bool:
    return "red line" in " ".join(t.lemma_.lower() for t in sentence)


def condition(proposal: Proposal, parsed: Parsed, words: StanceWords) -> Span | None:
    """The clause that makes it conditional: "only if", "unless", "once", "after violence stops"."""
    for clause in _clauses(proposal):
        start = _condition_start(clause, proposal, words)
        if start is not None:
            return parsed.span(parsed.doc[start.i : _condition_end(start, clause).i + 1])
    return None


def _clauses(proposal: Proposal) -> Iterator[Token]:
    """What hangs on the words of the chain, then on the actions below them: "a solution through launching talks after ..."."""
    chain = proposal.chain
    path = [s.token for s in reversed(chain.steps)] + [chain.head]
    for word in path:
        for token in (linking_verb(word), word):
            yield from token.children if token is not None else ()
    for word in path[1:]:
        yield from (c for t in word.subtree if t.tag_ == "VBG" for c in t.children)


def _condition_end(start: Token, clause: Token) -> Token:
    """The last word of the clause; where the parse lost its verb, the last word of the sentence."""
    if clause.dep_ == "prep" and start.lower_ == "after":
        words = [t for t in start.sent if not t.is_punct and not t.is_space and not t.is_quote]
        return words[-1]
    return clause.right_edge


def _condition_start(clause: Token, proposal: Proposal, words: StanceWords) -> Token | None:
    """The first word of a conditional clause; None for other clauses."""
    first = clause.left_edge
    text = clause.doc[first.i : clause.right_edge.i + 1].text.lower()
    before = clause.doc[first.i - 1] if first.i else None
    if clause.dep_ == "advcl":
        if any(text.startswith(p) for p in words.sets["condition_phrases"]):
            return first
        if words.has("conditional", first.lower_):
            return first
        if first.lower_ == "if" and proposal.ground != "slight":
            return (
                before
                if before is not None and before.lower_ == "only"
                else first
                if _may_depend(proposal, words)
                else None
            )
        if first.lower_ == "after" and _is_ahead(clause):
            return first
    if clause.dep_ == "prep" and clause.lower_ == "after" and _lost_its_verb(clause):
        return clause
    if clause.dep_ == "prep" and any(
        text.startswith(p) for p in ("on condition", "in exchange for", "in return for", "subject to", "provided")
    ):
        return first
    return None


def _is_ahead(clause: Token) -> bool:
    """A clause about what has yet to happen: "after violence stops", "after it is to be halted"."""
    auxiliary = {c.lower_ for c in clause.children if c.dep_ in ("aux", "auxpass")}
    return (
        clause.tag_ in ("VBZ", "VBP")
        or bool(auxiliary & {"is", "are", "has", "have", "to"})
        and not auxiliary & {"had", "was", "were"}
    )


def _lost_its_verb(after: Token) -> bool:
    """ "After violence, whatever its source, is to be halted": the verb of the clause stands behind a comma."""
    rest = list(after.doc[after.i + 1 : after.sent.end])
    return any(
        t.lower_ in ("is", "are", "has", "have") and t.i + 1 < len(t.doc) and t.nbor().lower_ in ("to", "been")
        for t in rest
    )


def _may_depend(proposal: Proposal, words: StanceWords) -> bool:
    top = linking_verb(proposal.chain.top) or proposal.chain.top
    return proposal.sign > 0 and (force_is_offer(proposal) or any(words.has("committing", a) for a in auxiliaries(top)))


def force_is_offer(proposal: Proposal) -> bool:
    """Whether a word of the chain offers the measure."""
    return any(s.force == "offer" for s in proposal.chain.steps)
