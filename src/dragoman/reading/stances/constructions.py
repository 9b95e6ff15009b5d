"""Stances that no single chain of words carries: authorisation refused, backing enjoyed, "so-called", one's own draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from dragoman.reading.stances.chains import Chain, lemma_of
from dragoman.reading.stances.grammar import auxiliaries, in_condition, is_negated, is_passive, owners, subjects
from dragoman.reading.stances.holders import Voices, minded, takers
from dragoman.reading.stances.measures import Named
from dragoman.reading.stances.proposals import Proposal

_ENJOYING = frozenset({"have", "win", "get", "gain", "enjoy", "receive", "secure", "command", "with", "attract"})
_CONDITIONS = frozenset({"until", "unless", "provided", "once"})
_LISTING = frozenset({"including", "like", "as"})
_DEMANDED = frozenset({"precondition", "condition", "demand", "requirement"})
_CONDITIONAL = frozenset({"conditional", "contingent", "dependent"})
_SETTING = frozenset({"set", "make", "impose", "lay", "attach", "put", "name", "list"})
_DISMISSED = {"out": "question", "off": "table", "beyond": "discussion"}
"""Phrases behind a copula that refuse: "is out of the question"."""
_FORCEFUL = frozenset({"use_of_force", "troop_deployment", "no_fly_zone", "interference", "sanctions"})


def constructions(measures: Sequence[Named], sentence: Sequence[Token], voices: Voices) -> Iterator[Proposal]:
    """The proposals that the constructions make for the measures of one sentence."""
    for token in sentence:
        lemma = lemma_of(token)
        if lemma in voices.words.sets["authorisations"]:
            yield from _authorisation_refused(token, measures, voices)
        elif voices.words.has("backed", lemma):
            yield from _backing_enjoyed(token, measures, voices)
    for measure in measures:
        head = sentence[0].doc[measure.head]
        yield from _so_called(measure, head, voices)
        yield from _own_draft(measure, head, voices)
        yield from _set_as_condition(measure, head, voices)
        yield from _made_a_condition(measure, head, voices)
        yield from _among_conditions(measure, head, voices)
        yield from _warned_of(measure, head, voices)
        yield from _said_to_be(measure, head, voices)


def _authorisation_refused(noun: Token, measures: Sequence[Named], voices: Voices) -> Iterator[Proposal]:
    """ "Will never get any authorisation from the Council": who says so, and can see to it, is against what it would be for."""
    verb, speaker = noun.head, voices.speaker(noun)
    refused = voices.words.has("obtaining", lemma_of(verb)) and (is_negated(verb) or is_negated(noun))
    ahead = any(voices.words.has("committing", a) for a in auxiliaries(verb))
    at_council = any(voices.words.has("council", t.lower_) for t in noun.sent)
    if speaker is not None and refused and ahead and at_council:
        for measure in measures:
            if measure.type in _FORCEFUL:
                yield Proposal(speaker, Chain(measure, noun.doc[measure.head], ()), -1, "council")


def _backing_enjoyed(noun: Token, measures: Sequence[Named], voices: Voices) -> Iterator[Proposal]:
    """ "The draft has the support of China"."""
    if noun.head.lemma_.lower() not in _ENJOYING:
        return
    before = [m for m in measures if m.end <= noun.i]
    owned = {t.i for t in subjects(noun.head)}
    target = next((m for m in before if m.head in owned), None) or next(
        (m for m in before if m.type == "resolution"), None
    )
    if target is None:
        return
    backers = [t for t in owners(noun) if t.dep_ in ("pobj", "conj", "poss")]
    for holder in voices.parties(backers):
        yield Proposal(holder, Chain(target, noun.doc[target.head], ()), 1, "backed")


def _so_called(measure: Named, head: Token, voices: Voices) -> Iterator[Proposal]:
    """The speaker who calls it so-called does not accept that it is one."""
    doc = head.doc
    before = " ".join(t.lower_ for t in doc[max(0, measure.start - 4) : measure.start])
    speaker = voices.speaker(head)
    if speaker is not None and ("so - called" in before or "so-called" in before):
        yield Proposal(speaker, Chain(measure, head, ()), -1, "label")


def _set_as_condition(measure: Named, head: Token, voices: Voices) -> Iterator[Proposal]:
    """ "No aid until elections are held", "only if the sanctions are lifted": who makes it a condition wants it."""
    clause = _clause_with(head, _CONDITIONS) or _only_if(head)
    if clause is None or any(is_negated(t) for t in (head, clause)):
        return
    sign = measure.sign * _undone_by(clause, head, voices)
    if measure.type in _FORCEFUL and sign > 0:
        return
    if any(voices.words.has("committing", a) for a in auxiliaries(clause.head)):
        speaker = voices.speaker(clause.head) if clause.head.lemma_ == "be" else None
        for holder in takers(voices, clause.head) or ([speaker] if speaker is not None else []):
            yield Proposal(holder, Chain(measure, head, ()), sign, "condition")


def _undone_by(clause: Token, head: Token, voices: Voices) -> int:
    """-1 where the verb of the clause undoes its measure: "until the sanctions are lifted"."""
    if head == clause:
        return 1
    slot = "obj" if head.dep_ in ("dobj", "nsubjpass") else "subj"
    word = voices.words.find("verb", lemma_of(clause), slot) if head.head == clause else None
    return word.sign if word is not None else 1


def _only_if(head: Token) -> Token | None:
    clause = _clause_with(head, frozenset({"if"}))
    if clause is None:
        return None
    opening = next(c for c in clause.children if c.dep_ == "mark" and c.lower_ == "if")
    return clause if opening.i and opening.nbor(-1).lower_ == "only" else None


def _made_a_condition(measure: Named, head: Token, voices: Voices) -> Iterator[Proposal]:
    """ "Set the release as a condition", "made aid conditional on the release": who does so wants the release."""
    verb = _verb_of_condition(head)
    if verb is None or is_negated(verb) or in_condition(verb):
        return
    for holder in takers(voices, verb):
        yield Proposal(holder, Chain(measure, head, ()), measure.sign, "condition")


def _verb_of_condition(head: Token) -> Token | None:
    """The verb that makes a condition of the measure: "set it as a condition", "made aid conditional on it"."""
    if head.dep_ == "dobj" and head.head.lemma_ in _SETTING:
        places = (head.head, head)
        as_ = [t for place in places for c in place.children if c.lower_ == "as" for t in c.children]
        beside = [c for c in head.head.children if c.dep_ == "oprd"]
        return head.head if any(t.lemma_.lower() in _DEMANDED for t in (*as_, *beside)) else None
    if head.dep_ != "pobj" or head.head.lower_ not in ("on", "upon", "to"):
        return None
    host = head.head.head
    if host.lemma_.lower() in _CONDITIONAL:
        return next((t for t in host.ancestors if t.pos_ == "VERB"), None)
    return host if host.lemma_ == "tie" and host.pos_ == "VERB" and not is_passive(host) else None


def _among_conditions(measure: Named, head: Token, voices: Voices) -> Iterator[Proposal]:
    """ "Set conditions for its return, including the release of the crew": who sets it as a condition demands it."""
    listing = next((t for t in head.ancestors if t.dep_ == "prep" and t.lower_ in _LISTING), None)
    noun = next((t for t in listing.ancestors if t.lemma_.lower() in _DEMANDED), None) if listing is not None else None
    if listing is None or noun is None or is_negated(noun):
        return
    owned = voices.parties([t for t in owners(noun) if t.dep_ == "poss"])
    is_set = noun.dep_ in ("dobj", "nsubjpass") and noun.head.lemma_ in _SETTING and not is_negated(noun.head)
    for holder in owned or (takers(voices, noun.head) if is_set else []):
        yield Proposal(holder, Chain(measure, head, ()), measure.sign * _turns(head, listing, voices), "listed")


def _turns(head: Token, stop: Token, voices: Voices) -> int:
    """-1 where a noun on the way up undoes the measure: "the lifting of sanctions"."""
    sign = 1
    for noun in (t for t in head.ancestors if stop in t.ancestors):
        word = voices.words.find("noun", lemma_of(noun), "of")
        sign *= word.sign if word is not None else 1
    return sign


def _warned_of(measure: Named, head: Token, voices: Voices) -> Iterator[Proposal]:
    """ "If parliament imposes sanctions, that could wreck the talks": the speaker is against what would do the harm."""
    clause = _clause_with(head, frozenset({"if"})) if measure.act or head.dep_ in ("dobj", "nsubjpass") else None
    if clause is None or is_negated(clause):
        return
    word = voices.words.find("verb", lemma_of(clause.head), "obj") or voices.words.find(
        "verb", lemma_of(clause.head), "subj"
    )
    speaker = voices.speaker(clause.head)
    if (
        speaker is not None
        and word is not None
        and word.kind in ("slight", "value")
        and word.sign < 0
        and not is_negated(clause.head)
    ):
        yield Proposal(speaker, Chain(measure, head, ()), -measure.sign, "warning")


def _said_to_be(measure: Named, head: Token, voices: Voices) -> Iterator[Proposal]:
    """ "There will be no truce", "there is no need for sanctions", "a truce is out of the question"."""
    noun, sign, valued = _carried(measure, head, voices)
    verb = noun.head
    if noun.dep_ not in ("attr", "nsubj") or verb.lemma_.lower() != "be" or in_condition(verb):
        return
    if any(c.dep_ == "expl" for c in verb.children):
        willed = _is_willed(verb, denied=is_negated(noun), voices=voices)
        sign, ground = (sign, "duty" if willed else "value") if willed or valued else (0, "")
    else:
        sign, ground = -sign * (-1 if is_negated(verb) else 1) * _is_dismissed(verb), "value"
    holder = minded(verb, voices) or voices.speaker(verb)
    if sign and holder is not None:
        yield Proposal(holder, Chain(measure, head, ()), sign, ground)


def _carried(measure: Named, head: Token, voices: Voices) -> tuple[Token, int, bool]:
    """The noun that carries a measure into its clause ("no lifting of sanctions"), its sign, and whether a word gave that."""
    noun, valued = head, False
    sign = measure.sign * (-1 if is_negated(head) else 1)
    while noun.dep_ == "pobj" and noun.head.head.pos_ == "NOUN":
        slot, above = noun.head.lower_, noun.head.head
        word = voices.words.find("noun", lemma_of(above), slot)
        if word is None and not voices.words.has("carriers", lemma_of(above)):
            break
        sign *= (word.sign if word is not None else 1) * (-1 if is_negated(above) else 1)
        noun, valued = above, valued or word is not None
    return noun, sign, valued


def _is_willed(verb: Token, *, denied: bool, voices: Voices) -> bool:
    """ "There must be", "there will be no": what shall be, not what is."""
    ahead = auxiliaries(verb)
    if any(voices.words.has("obliging", a) for a in ahead):
        return True
    return denied and any(voices.words.has("committing", a) for a in ahead)


def _is_dismissed(verb: Token) -> bool:
    return any(
        any(t.lower_ == _DISMISSED[c.lower_] for t in c.subtree)
        for c in verb.children
        if c.dep_ in ("prep", "advmod", "acomp") and c.lower_ in _DISMISSED
    )


def _clause_with(head: Token, marks: frozenset[str]) -> Token | None:
    """The verb of the adverbial clause around a measure that opens with one of the marks."""
    for token in (head, *head.ancestors):
        if token.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in marks for c in token.children):
            return token
    return None


def _own_draft(measure: Named, head: Token, voices: Voices) -> Iterator[Proposal]:
    """A draft bears the name of who put it forward."""
    if measure.type != "resolution" or not any(
        head.doc[i].lemma_.lower() in ("draft", "motion") for i in range(measure.start, measure.end)
    ):
        return
    names = [t for t in owners(head) if t.dep_ in ("amod", "poss", "nmod", "compound")]
    for holder in voices.parties(names):
        yield Proposal(holder, Chain(measure, head, ()), 1, "draft")
