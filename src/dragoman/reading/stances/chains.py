"""From a measure up the sentence: which words of stance it stands under, and where somebody takes the stance.

A chain is compositional: "rejected calls to lift the sanctions" is against (reject) x for (call) x against (lift), hence for
sanctions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from dragoman.analysis import Force
from dragoman.knowledge.stance_words import Kind, Part, StanceWord, StanceWords
from dragoman.reading.stances.complements import (
    belief,
    harm,
    is_mere_report,
    value_of,
    verdict,
    wished_away,
    wished_for,
)
from dragoman.reading.stances.grammar import Link, is_finite, is_negated, linking_verb, links, subjects
from dragoman.reading.stances.measures import Named

_DEPTH = 12
_VERBS = frozenset({"VERB", "AUX"})
_CARRIED = frozenset(
    {
        "of",
        "for",
        "on",
        "to",
        "toward",
        "towards",
        "in",
        "at",
        "compound",
        "inf",
        "acl",
        "relcl",
        "into",
        "from",
        "against",
        "about",
    }
)
_FAVOUR = frozenset({"favour", "favor", "support", "defence", "defense"})


@dataclass(frozen=True, slots=True)
class Step:
    """One word above a measure.

    `sign` holds what the word says and whether it is denied; `word` is None for words that only pass on.
    """

    token: Token
    slot: str
    sign: int
    word: StanceWord | None = None

    @property
    def kind(self) -> Kind | None:
        return self.word.kind if self.word is not None else None

    @property
    def force(self) -> Force:
        return self.word.force if self.word is not None else "plain"


@dataclass(frozen=True, slots=True)
class Chain:
    """A measure with the words above it, up to `top`, the word whose holder takes the stance."""

    measure: Named
    head: Token
    steps: tuple[Step, ...]

    @property
    def top(self) -> Token:
        return self.steps[-1].token if self.steps else self.head

    @property
    def sign(self) -> int:
        """+1 for the measure, -1 against it."""
        sign = self.measure.sign * (-1 if is_negated(self.head) else 1)
        for step in self.steps:
            sign *= step.sign
        return sign

    @property
    def kind(self) -> Kind | None:
        """The kind of the uppermost word that has one; a measure that is itself a verb is an act."""
        kinds = [s.kind for s in self.steps if s.kind is not None]
        return kinds[-1] if kinds else "act" if self.head.pos_ in _VERBS else None

    def has(self, words: StanceWords, set: str) -> bool:
        """Whether a word of the chain is in the named set."""
        return any(words.has(set, lemma_of(s.token)) for s in self.steps)


def chains(measure: Named, head: Token, words: StanceWords) -> Iterator[Chain]:
    """Every way up from the measure that ends in a word of which somebody is the holder."""
    yield from _climb(Chain(measure, head, ()), words, 0)


def _climb(chain: Chain, words: StanceWords, depth: int) -> Iterator[Chain]:
    outer = [] if depth > _DEPTH else [c for link in _links(chain) for c in _raised(chain, link, words)]
    if _takes_a_stance(chain) and not any(_subordinates(c, chain, words) for c in outer):
        yield chain
    for above in outer:
        yield from _climb(above, words, depth + 1)


def _links(chain: Chain) -> Iterator[Link]:
    """Words above the top of the chain; a predicate adjective or noun hangs where its copula hangs."""
    copula = linking_verb(chain.top)
    hosts = [chain.top] if copula is None else [copula]
    seen = {chain.head.i, *(s.token.i for s in chain.steps)}
    for host in hosts:
        for link in links(host):
            if link.word.i not in seen and not (is_finite(host) and link.slot not in ("that", "relcl")):
                yield link


def _raised(chain: Chain, link: Link, words: StanceWords) -> Iterator[Chain]:
    step = _step(_rehung(link, chain, words), chain, words) or _purpose(link, chain, words)
    if step is None:
        return
    if (
        chain.measure.type == "use_of_force"
        and chain.sign > 0
        and words.has("ending", lemma_of(step.token))
        and step.kind == "act"
    ):
        ended = replace(chain.measure, type="ceasefire")
        yield Chain(ended, chain.head, (*chain.steps, replace(step, sign=-step.sign)))
    else:
        yield Chain(chain.measure, chain.head, (*chain.steps, step))


def _purpose(link: Link, chain: Chain, words: StanceWords) -> Step | None:
    """ "Wants a pause to allow talks": a "to" that the object cannot take says what the verb is for."""
    noun = link.word
    if link.slot != "inf" or noun.dep_ != "dobj" or noun.pos_ != "NOUN":
        return None
    wanted = words.find("verb", lemma_of(noun.head), "obj")
    if wanted is None or wanted.sign < 0:
        return None
    return _step(Link(noun.head, "purpose"), chain, words)


def _rehung(link: Link, chain: Chain, words: StanceWords) -> Link:
    """A phrase hung on the verb goes to its object where only that takes it: "expressed support | to the efforts"; a clause hung
    on an owner goes to what he owns: "the demand of the opposition | that he resign"."""
    if link.slot == "that" and (owned := _owned_by(link.word)) is not None:
        return Link(owned, link.slot, link.turned) if words.find("noun", owned.lemma_.lower(), "that") else link
    if link.word.pos_ not in _VERBS or words.find("verb", lemma_of(link.word), link.slot) is not None:
        return link
    for child in link.word.children:
        if (
            child.dep_ in ("dobj", "nsubjpass", "attr")
            and child.i < _edge(link)
            and words.find("noun", child.lemma_.lower(), link.slot) is not None
        ):
            return Link(child, link.slot, link.turned)
    asked = _asked_before(linking_verb(chain.top) or chain.top, words) if link.slot == "that" else None
    return link if asked is None else Link(asked, link.slot, link.turned)


def _asked_before(clause: Token, words: StanceWords) -> Token | None:
    """The demands of "boycotted talks over the demands of the opposition | that he resign": the noun before the clause."""
    edge = clause.left_edge.i
    if edge <= clause.sent.start or clause.dep_ not in ("ccomp", "advcl") or clause.doc[edge].lower_ != "that":
        return None
    last = clause.doc[edge - 1]
    nouns = [t for t in (last, *last.ancestors) if t.pos_ == "NOUN" and t.right_edge.i < edge]
    asking = [t for t in nouns if words.find("noun", t.lemma_.lower(), "that") is not None]
    return asking[-1] if asking else None


def _owned_by(noun: Token) -> Token | None:
    """The demands, of "the demands of the opposition"."""
    of = noun.head
    return of.head if noun.dep_ == "pobj" and of.lower_ in ("of", "by") and of.head.pos_ == "NOUN" else None


def _edge(link: Link) -> int:
    return int(link.word.right_edge.i) + 1


def _step(link: Link, chain: Chain, words: StanceWords) -> Step | None:
    token = link.word
    lemma, part = lemma_of(token), part_of(token)
    if part is None:
        return None
    if words.has("denying", lemma):
        return _denial(link, chain, words)
    if is_mere_report(link, chain.measure.type, chain.top, words):
        return None
    if (step := _idiom(link, words)) is not None:
        return step
    word = _judgement(link, chain, words) or words.find(part, lemma, "inf" if link.slot == "purpose" else link.slot)
    if word is None and (is_negated(token) and part == "noun" or not _passes_on(link, chain, words)):
        return None
    sign = word.sign if word is not None else 1
    return Step(token, link.slot, -sign if link.turned != is_negated(token) else sign, word)


def _judgement(link: Link, chain: Chain, words: StanceWords) -> StanceWord | None:
    """What the word says together with a judgement behind the measure, or as one with an adjective: "an important step"."""
    if part_of(link.word) == "verb":
        judged = belief(link, chain.top, words) if chain.kind == "value" else None
        said = (read(link, words) for read in (verdict, wished_away, wished_for, harm))
        return judged or next((word for word in said if word is not None), None)
    return value_of(link.word, words) if link.slot == "subj" and link.word.pos_ == "NOUN" else None


def _idiom(link: Link, words: StanceWords) -> Step | None:
    """A verb that says it together with its object: "put its name to", "sees no sense in", "make sure that"."""
    token = link.word
    if token.pos_ in _VERBS:
        pairs = [(token, c) for c in token.children if c.dep_ == "dobj"]
    elif token.dep_ == "acomp":
        pairs = [(token.head, token)]
    else:
        pairs = [(token.head, token)] if token.dep_ == "dobj" and token.head.pos_ in _VERBS else []
    for verb, thing in pairs:
        word = words.find("verb", f"{lemma_of(verb)} {thing.lemma_.lower()}", link.slot)
        if word is not None:
            denied = is_negated(verb) ^ is_negated(thing) ^ link.turned
            return Step(verb, link.slot, -word.sign if denied else word.sign, word)
    return None


def _denial(link: Link, chain: Chain, words: StanceWords) -> Step | None:
    """To deny wanting it is to be against it, to deny somebody access is to withhold it; to deny a deed says neither."""
    if chain.has(words, "wanting"):
        return Step(link.word, link.slot, -1, words.find("verb", "reject", "obj"))
    if link.slot == "obj" and not chain.steps and chain.head.pos_ == "NOUN" and part_of(link.word) == "verb":
        return Step(link.word, link.slot, -1, words.find("verb", "withhold", "obj"))
    return None


def _passes_on(link: Link, chain: Chain, words: StanceWords) -> bool:
    """Whether a word that says nothing of stance itself hands the measure up."""
    lemma, token, slot = lemma_of(link.word), link.word, link.slot
    if token.pos_ in _VERBS:
        if slot in ("obj", "as") and chain.kind == "slight" and words.has("calling", lemma):
            return bool(chain.top.pos_ == "NOUN")
        if slot in ("obj", "ing", "purpose", "as"):
            return not words.has("neutral", lemma) or (
                words.has("voicing", lemma) and part_of(chain.top) == "noun" and chain.kind in ("stance", "value")
            )
        if slot == "inf":
            if lemma == "fail":
                return words.has("persuading", lemma_of(chain.top))
            return not words.has("predicted", lemma) and not _is_no_plan(token)
        if slot == "that" and chain.top.pos_ == "ADJ":
            return chain.kind == "stance" and not subjects(chain.top)
        return slot == "in" and chain.top.lemma_.lower() in _FAVOUR
    if token.pos_ in ("NOUN", "PROPN"):
        if slot == "without" or (slot == "compound" and not words.has("bodies", lemma)):
            return True
        if slot == "relcl" and _is_blamed(token, words):
            return True
        return slot in _CARRIED and (words.has("carriers", lemma) or words.has("texts", lemma))
    return False


def _is_blamed(doer: Token, words: StanceWords) -> bool:
    """ "Condemned those who brought the arms": who blames the doer blames the deed."""
    word = words.find("verb", lemma_of(doer.head), "obj") if doer.dep_ == "dobj" else None
    if word is None:
        return False
    return word.kind == "stance" and word.sign < 0


def _is_no_plan(verb: Token) -> bool:
    """ "Used to support", "has yet to condemn", "is to sign": what follows is over, undone or somebody's forecast."""
    lemma = verb.lemma_.lower()
    yet = any(t.lower_ == "yet" for t in verb.doc[verb.i + 1 : verb.i + 3])
    return lemma == "be" or (lemma == "use" and verb.tag_ == "VBD") or (lemma == "have" and yet)


def _takes_a_stance(chain: Chain) -> bool:
    """Whether the top of the chain says something of somebody: a finite verb, a predicate, a participle, or a noun of stance."""
    if chain.kind is None:
        return False
    top = chain.top
    copula = linking_verb(top)
    if copula is not None:
        return is_finite(copula)
    if top.pos_ in _VERBS:
        return is_finite(top) or _is_free_participle(top)
    return bool(chain.steps) and chain.steps[-1].kind in ("stance", "value") and part_of(top) == "noun"


def _is_free_participle(verb: Token) -> bool:
    """ "adding", "urged by", "a congress boycotted by": says something of its subject without being a clause."""
    return (verb.dep_ in ("acl", "amod") and verb.tag_ == "VBN") or (
        verb.dep_ in ("advcl", "acl", "conj", "ROOT") and verb.tag_ == "VBG"
    )


def _subordinates(outer: Chain, inner: Chain, words: StanceWords) -> bool:
    """Whether the inner clause is only what the outer wants or resists: "hopes that Varn lifts the ban" is no stance of Varn.

    What a text says it says for itself too: "rejects Varn's plan, which demands a truce".
    """
    step = outer.steps[-1]
    if part_of(inner.top) == "noun" and linking_verb(inner.top) is None:
        return False
    if step.slot == "relcl" and inner.kind == "stance" and words.has("texts", lemma_of(step.token)):
        return not any(c.lower_ == "which" for c in inner.top.lefts)
    if step.slot in ("relcl", "acl"):
        return True
    if step.slot == "that" and inner.kind in ("stance", "act") and words.has("factive", lemma_of(step.token)):
        return False
    return step.slot in ("that", "inf", "ing", "obj") and step.word is not None


def lemma_of(token: Token) -> str:
    """The lemma in lower case, with the particle of a verb ("rule out", "go ahead")."""
    lemma = token.lemma_.lower()
    particle = next((c.lower_ for c in token.children if c.dep_ == "prt" or _is_ahead(c)), None)
    return f"{lemma} {particle}" if particle is not None else str(lemma)


def _is_ahead(adverb: Token) -> bool:
    """Whether it is "ahead", which the parse takes for an adverb although it turns the sense of "go"."""
    return bool(adverb.dep_ == "advmod" and adverb.lower_ == "ahead")


def part_of(token: Token) -> Part | None:
    """The part of speech as the word list has it."""
    if token.pos_ in _VERBS:
        return "verb"
    if token.pos_ in ("NOUN", "PROPN"):
        return "noun"
    return "adjective" if token.pos_ == "ADJ" else None
