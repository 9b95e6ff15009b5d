"""Chains + voices -> proposals: holder, measure and the words that connect them; whether and how firmly is decided elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Token

from dragoman.analysis import Party
from dragoman.knowledge.stance_words import StanceWords
from dragoman.reading.stances.chains import Chain, lemma_of, part_of
from dragoman.reading.stances.grammar import auxiliaries, in_condition, is_negated, is_passive, linking_verb, subjects
from dragoman.reading.stances.holders import Voices, lacks_agent, minded, takers
from dragoman.reading.stances.judging import Verdict

_SPELLING_OUT = frozenset({"mean", "require", "need", "involve", "entail", "imply"})
_JUDGING = frozenset(
    ["condemn", "blame", "criticise", "criticize", "denounce", "slam", "deplore", "decry", "rebuke", "chide", "scold", "fault",
     "thank", "praise", "commend", "hail", "applaud", "punish"]
)  # fmt: skip
"""Verbs that approve or blame somebody for what he does."""
_DEEDS = frozenset({"use_of_force", "interference", "detention", "election", "other"})
"""Types of which the news reports so many deeds that a deed alone is taken for no stance."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """That `holder` is for or against (`sign`) the measure of `chain`, and on which ground.

    `ground` names the rule: stance, act, slight or value (see StanceWord.kind), duty ("must be lifted"), owner ("Turkish
    objections"), or a construction. `verdict` is there where no rule but the trained judge proposes.
    """

    holder: Party
    chain: Chain
    sign: int
    ground: str
    verdict: Verdict | None = None


def proposals(chain: Chain, voices: Voices) -> Iterator[Proposal]:
    """Who takes the stance of a chain; nobody where it is hedged, predicted, supposed or asked."""
    top = chain.top
    verb = linking_verb(top) or top
    if (
        in_condition(verb)
        or _is_unproven(verb, voices.words)
        or _is_mere_deed(chain, verb, voices.words)
        or _is_hedged(chain, verb, voices.words)
        or _is_left_open(chain, voices.words)
        or _is_told_of_a_party(chain)
    ):
        return
    if part_of(top) == "noun" and verb is top:
        yield from _owned(chain, voices)
    elif _is_duty(verb, voices.words) or _is_needed(chain) or chain.has(voices.words, "obligations"):
        yield from _duty(chain, voices)
    elif chain.kind == "value":
        yield from _spoken(chain, voices, chain.sign, "value")
    else:
        yield from _taken(chain, voices)


def _taken(chain: Chain, voices: Voices) -> Iterator[Proposal]:
    holders = [h for h in takers(voices, chain.top) if not _is_foretold_of_a_council(chain.top, h, voices)]
    kind = chain.kind or "act"
    if kind == "slight":
        if voices.words.has("calling", lemma_of(chain.top)):
            yield from (Proposal(h, chain, -chain.sign, "slight") for h in holders)
        elif not is_negated(chain.top):
            yield from _spoken(chain, voices, -chain.sign, "slight")
    elif holders:
        willing = (h for h in holders if not _is_told_by_others(chain, h, voices))
        yield from (Proposal(h, chain, chain.sign, kind) for h in willing if kind == "stance" or voices.can_decide(h))
    elif kind == "stance" and (lacks_agent(chain.top) or _is_impersonal(chain.top)):
        yield from _spoken(chain, voices, chain.sign, "stance")
    elif kind == "act" and _is_barred(chain, voices.words):
        yield from _spoken(chain, voices, chain.sign, "duty")
    elif kind == "act" and _is_announced(chain, voices):
        yield from _spoken(chain, voices, chain.sign, "act")


def _is_impersonal(top: Token) -> bool:
    """ "That means making sure that ...": the speaker spells out what he wants."""
    said_of = {t.lower_ for t in subjects(top)}
    return top.lemma_ in _SPELLING_OUT and bool(said_of) and said_of <= {"that", "this", "it", "which"}


def _is_barred(chain: Chain, words: StanceWords) -> bool:
    """ "The sanctions will never pass", "will not be renewed": whoever says so is against them."""
    top = chain.top
    undergone = is_passive(top) or (bool(chain.steps) and chain.steps[-1].slot == "subj")
    return undergone and is_negated(top) and any(words.has("committing", a) for a in auxiliaries(top))


def _is_told_by_others(chain: Chain, holder: Party, voices: Voices) -> bool:
    """What somebody else says that the holder does: an account, no stance that he is on record with; "rejects talks" is one."""
    statement = voices.statement(chain.top)
    if statement is None or statement.source is None or voices.are_one(statement.source, holder):
        return False
    own = voices.words.find("verb", lemma_of(chain.head), "obj")
    return chain.kind == "act" and (own is None or own.kind != "stance")


def _is_announced(chain: Chain, voices: Voices) -> bool:
    """ "The ban will be lifted, the minister said": a passive to come without an agent, told by somebody who decides."""
    top = chain.top
    ahead = any(voices.words.has("vowing", a) for a in auxiliaries(top))
    speaker = voices.speaker(top) if ahead and is_passive(top) and voices.statement(top) is not None else None
    return speaker is not None and voices.can_decide(speaker)


def _is_foretold_of_a_council(top: Token, holder: Party, voices: Voices) -> bool:
    """ "No resolution will be adopted by the Council, Moscow said": it is Moscow that refuses."""
    refused = is_negated(top) and any(voices.words.has("committing", a) for a in auxiliaries(top))
    return refused and is_passive(top) and any(voices.words.has("council", w) for w in holder.text.lower().split())


def _owned(chain: Chain, voices: Voices) -> Iterator[Proposal]:
    if chain.kind == "stance":
        path = [chain.head, *(s.token for s in chain.steps)]
        yield from (Proposal(h, chain, chain.sign, "owner") for h in voices.owners(chain.top, path))


def _spoken(chain: Chain, voices: Voices, sign: int, ground: str) -> Iterator[Proposal]:
    verb = linking_verb(chain.top) or chain.top
    speaker = (minded(verb, voices) if ground == "value" else None) or voices.speaker(chain.top)
    if speaker is not None:
        yield Proposal(speaker, chain, sign, ground)


def _duty(chain: Chain, voices: Voices) -> Iterator[Proposal]:
    yield from _spoken(chain, voices, chain.sign, "duty")


def _is_duty(verb: Token, words: StanceWords) -> bool:
    """Whether the speaker says that it must be: "must", "should", "has to", "needs to", "has a duty to"."""
    if any(words.has("obliging", a) for a in auxiliaries(verb)):
        return True
    if verb.dep_ in ("acl", "xcomp") and words.has("obligations", lemma_of(verb.head)) and not is_negated(verb.head):
        return True
    return verb.dep_ == "xcomp" and verb.head.lemma_ in ("have", "need", "ought") and verb.head.pos_ in ("VERB", "AUX")


def _is_needed(chain: Chain) -> bool:
    """ "Chad needs to withdraw": it is the speaker who wants it."""
    return chain.top.lemma_ == "need" and chain.top.pos_ == "VERB" and chain.steps[-1].slot == "inf"


def _is_told_of_a_party(chain: Chain) -> bool:
    """ "Rejected the rebels who tortured him": only a judgement of somebody is one of what he does."""
    told = [above for step, above in pairwise(chain.steps) if step.slot == "relcl" and _is_somebody(step.token)]
    return any(lemma_of(step.token) not in _JUDGING for step in told)


def _is_somebody(noun: Token) -> bool:
    """Whether a relative clause calls it "who"."""
    return any(word.lower_ in ("who", "whom") for c in noun.children if c.dep_ == "relcl" for word in c.lefts)


def _is_unproven(verb: Token, words: StanceWords) -> bool:
    """ "There was no sign that Chad would agree"."""
    return any(
        t.dep_ in ("acl", "ccomp", "relcl") and words.has("proofs", t.head.lemma_) and is_negated(t.head)
        for t in (verb, *verb.ancestors)
    )


def _is_hedged(chain: Chain, verb: Token, words: StanceWords) -> bool:
    """Whether it only may be so. What may do harm is warned of, though: "it could scuttle the talks"."""
    if not any(words.has("hedges", a) for a in auxiliaries(verb)):
        return False
    warns = chain.kind in ("slight", "value") and chain.steps[-1].sign < 0
    return not warns and (chain.kind == "act" or not is_negated(verb))


def _is_left_open(chain: Chain, words: StanceWords) -> bool:
    """ "Did not rule out", "refused to exclude": neither for nor against."""
    steps = chain.steps
    return any(
        words.has("excluding", lemma_of(s.token))
        and (is_negated(s.token) or (i + 1 < len(steps) and steps[i + 1].sign < 0))
        for i, s in enumerate(steps)
    )


def _is_done_every_day(chain: Chain, words: StanceWords) -> bool:
    return words.has("everyday", lemma_of(chain.head)) and chain.head.tag_ in ("VBD", "VBN")


def _has_joined_in(chain: Chain, verb: Token, words: StanceWords) -> bool:
    """ "Took part in the war": what somebody did in a fight that others chose."""
    word = chain.steps[-1].word if chain.steps else None
    past = verb.tag_ in ("VBD", "VBN") and chain.measure.type in _DEEDS
    return past and word is not None and words.has("joining", word.lemma)


def _is_mere_deed(chain: Chain, verb: Token, words: StanceWords) -> bool:
    """Something done that commits to no policy, unless it is vowed: an attack, a retreat; and whatever was not done."""
    if chain.kind == "act" and not chain.steps and words.has("lasting", lemma_of(chain.head)):
        return True
    if _has_joined_in(chain, verb, words):
        return True
    if chain.kind != "act" or _is_duty(verb, words) or any(words.has("vowing", a) for a in auxiliaries(verb)):
        return False
    bare = not chain.steps and (not chain.measure.act or _is_done_every_day(chain, words))
    refused = any(words.has("committing", a) for a in auxiliaries(verb))
    return chain.measure.type in _DEEDS or bare or (is_negated(verb) and not refused)
