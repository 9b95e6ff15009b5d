"""Questions to spaCy's dependency parse: who does it, to whom, under what.

Labels are those of spaCy's English pipelines (ClearNLP style). All functions look at one tree and change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_SUBJECT = ("nsubj", "csubj", "expl")
_PASSIVE_SUBJECT = ("nsubjpass", "csubjpass")
_SUBJECT_CONTROL = frozenset(
    ["promise", "threaten", "use", "take", "hold", "pledge", "convene", "issue", "offer", "vow", "have", "make"]
)  # fmt: skip
"""Verbs that keep their subject for the infinitive although they have an object; others hand it the object."""

_OBJECT_GERUND = frozenset(
    ["accuse", "suspect", "convict", "blame", "criticise", "criticize", "condemn", "charge", "prevent", "stop", "deter",
     "thank", "praise", "bar", "keep", "fault", "denounce", "dissuade", "discourage", "acquit"]
)  # fmt: skip
"""Verbs whose object does what the gerund behind their preposition says: "accused Moscow of arming"."""

_PARTNERED = frozenset({"with", "against", "between"})
"""Prepositions that no time and no town takes for its own."""

_INTRANSITIVE = frozenset({"protest", "rally", "march", "demonstrate", "gather", "surrender", "flee", "riot"})
"""Verbs that nobody suffers: what the parse takes for a participle ("hundreds protested") is their past tense."""

_MAX_CLIMB = 6


def conjuncts(token: Token) -> tuple[Token, ...]:
    """The token and what is coordinated with it behind it: "Russia", "China" and "India" from "Russia"."""
    out = [token]
    for member in out:
        out.extend(child for child in member.children if child.dep_ == "conj")
    return tuple(out)


def children(token: Token, *labels: str) -> Iterator[Token]:
    """The children that hang on the token by one of the labels."""
    return (child for child in token.children if child.dep_ in labels)


def is_passive(verb: Token) -> bool:
    """Whether the subject suffers: "was shelled", "a camp shelled by", and a participle coordinated with one."""
    while not any(children(verb, "nsubjpass", "auxpass", "csubjpass")):
        if verb.tag_ != "VBN" or any(children(verb, "aux", "nsubj")) or verb.lemma_ in _INTRANSITIVE:
            return False
        if verb.dep_ != "conj":
            return verb.dep_ in ("acl", "relcl")
        verb = verb.head
    return True


def doers(verb: Token, depth: int = _MAX_CLIMB) -> tuple[Token, ...]:
    """Heads of the phrases that name who does what the verb says, coordinated ones included; empty for an unnamed doer."""
    if is_passive(verb):
        described = (c for prep in children(verb, "prep") if prep.lower_ == "as" for c in _objects_of(prep))
        by = (p for host in (verb, *described) for p in children(host, "agent", "prep") if p.lower_ == "by")
        return tuple(t for prep in by for t in _objects_of(prep))
    return _subjects(verb, depth)


def _subjects(verb: Token, depth: int) -> tuple[Token, ...]:
    own = tuple(
        t
        for child in children(verb, "nsubj")
        if not _is_label(child, verb)
        for t in conjuncts(_antecedent(child, verb))
    )
    if own or depth == 0:
        return own
    return _inherited_subjects(verb, depth - 1)


def _is_label(subject: Token, verb: Token) -> bool:
    """Whether a name only says whose turn it is in a transcript ("MR. HOLBECK: Provided for the poor.")."""
    return bool(subject.i < verb.i and subject.nbor().text == ":")


def _inherited_subjects(verb: Token, depth: int) -> tuple[Token, ...]:
    """The subject a verb without one takes over from what it hangs on."""
    head = verb.head
    if verb.dep_ == "acl" and head.pos_ not in ("VERB", "AUX"):
        active = verb.tag_ == "VBG" or (verb.tag_ == "VBN" and verb.lemma_ in _INTRANSITIVE)
        return conjuncts(head) if active else _holders(head, depth)
    if verb.dep_ == "pcomp":
        return _gerund_subjects(head.head, depth)
    if verb.dep_ == "xcomp" and head.lemma_ not in _SUBJECT_CONTROL and (controlled := patients(head)):
        return controlled
    if verb.dep_ == "advcl" and verb.tag_ == "VBN" and any(children(verb, "mark")):
        return ()
    if verb.dep_ in ("xcomp", "conj", "advcl", "ccomp", "dep") and head.pos_ in ("VERB", "AUX", "ADJ"):
        commanded = verb.dep_ == "ccomp" or (verb.dep_ in ("dep", "advcl") and verb.tag_ == "VB")
        if commanded and not any(children(verb, "aux")):
            return ()
        found = patients(head) if is_passive(head) and verb.dep_ == "xcomp" else _subject_of_head(head, depth)
        return found if _agrees(verb, found) else _subject_of_head(head.head, depth)
    return ()


def _agrees(verb: Token, subjects: tuple[Token, ...]) -> bool:
    """Whether a verb in the plural ("and are preparing") does not get a single name for its subject."""
    plural = any(a.lower_ in ("are", "were", "have") for a in children(verb, "aux"))
    single = len(subjects) == 1 and subjects[0].tag_ in ("NN", "NNP") and subjects[0].pos_ == "PROPN"
    return not (verb.dep_ == "conj" and plural and single and verb.head.dep_ in ("ccomp", "xcomp"))


def _gerund_subjects(anchor: Token, depth: int) -> tuple[Token, ...]:
    """Who does what a gerund behind the anchor's preposition says."""
    if anchor.pos_ not in ("VERB", "AUX"):
        return _holders(anchor, depth)
    return patients(anchor) if anchor.lemma_ in _OBJECT_GERUND else doers(anchor, depth)


def _subject_of_head(head: Token, depth: int) -> tuple[Token, ...]:
    """The surface subject of a governing verb: a passive one included, since participles go on about it."""
    surface = tuple(t for child in children(head, *_PASSIVE_SUBJECT) for t in conjuncts(_antecedent(child, head)))
    if head.pos_ == "ADJ" and head.dep_ == "acomp":
        return _subject_of_head(head.head, depth)
    return surface or doers(head, depth)


def _holders(noun: Token, depth: int) -> tuple[Token, ...]:
    """Whose it is: the possessor of a noun, else the subject of the verb that the noun is the object of."""
    owners = tuple(t for child in children(noun, "poss") for t in conjuncts(child))
    if owners or depth == 0:
        return owners
    if noun.dep_ in ("dobj", "attr", "conj") and noun.head.pos_ in ("VERB", "AUX"):
        return doers(noun.head, depth)
    return ()


def _antecedent(subject: Token, verb: Token) -> Token:
    """What a relative pronoun stands for; other words stand for themselves."""
    if subject.lower_ not in _RELATIVE:
        return subject
    while verb.dep_ == "conj":
        verb = verb.head
    return verb.head if verb.dep_ in ("relcl", "acl") else subject


def patients(verb: Token) -> tuple[Token, ...]:
    """Heads of the phrases that suffer it: objects, datives, passive subjects, the noun a participle describes."""
    if not is_passive(verb):
        direct = tuple(
            t for child in children(verb, "dobj", "dative", "oprd") if child.pos_ != "ADP" for t in conjuncts(child)
        )
        return tuple(_antecedent(t, verb) for t in direct) or _shared_objects(verb)
    while not (own := tuple(t for c in children(verb, *_PASSIVE_SUBJECT) for t in conjuncts(_antecedent(c, verb)))):
        if verb.dep_ != "conj":
            return conjuncts(verb.head) if verb.dep_ in ("acl", "relcl") else ()
        verb = verb.head
    return own


def _shared_objects(verb: Token) -> tuple[Token, ...]:
    """The object of "criticised and rejected the plan" belongs to both verbs."""
    if any(children(verb, "ccomp", "xcomp")) or any(prepositions(verb)):
        return ()
    last = [c for c in children(verb, "conj") if c.pos_ == "VERB" and not any(children(c, "nsubj"))]
    return tuple(t for c in last for child in children(c, "dobj") for t in conjuncts(child))


def prepositions(token: Token) -> Iterator[Token]:
    """The prepositions that hang on the token, on its particles and adverbs, and on those prepositions ("out of")."""
    for child in token.children:
        if child.lower_ == "according":
            continue
        if child.dep_ in ("prep", "agent", "dative") and child.pos_ in ("ADP", "SCONJ", "VERB", "ADV", "PART"):
            yield child
            yield from (c for c in child.children if c.dep_ == "prep")
            yield from _passed_on(child)
        elif child.dep_ in ("prt", "advmod"):
            yield from (c for c in child.children if c.dep_ == "prep")


def _passed_on(preposition: Token) -> Iterator[Token]:
    """The prepositions that the parse hangs on a time or town beside which they stand: "held talks on Monday with Lima"."""
    when = (c for c in children(preposition, "pobj") if c.ent_type_ in ("DATE", "TIME") or _is_town(c, preposition))
    return (c for t in when for c in children(t, "prep") if c.lower_ in _PARTNERED and c.i > t.i)


def _is_town(noun: Token, preposition: Token) -> bool:
    return preposition.lower_ in ("in", "at") and noun.ent_type_ == "GPE"


def _objects_of(preposition: Token) -> tuple[Token, ...]:
    labels = ("pobj", "pcomp", "amod") if preposition.lower_ == "as" else ("pobj", "pcomp")
    return tuple(t for child in children(preposition, *labels) for t in conjuncts(child))


def objects_of(token: Token, preposition: str) -> tuple[Token, ...]:
    """What the preposition of that name brings in: heads of its noun phrases or clauses, coordinated ones included; no dates."""
    found = (t for prep in prepositions(token) if prep.lower_ == preposition for t in _objects_of(prep))
    return tuple(t for t in found if t.ent_type_ not in ("DATE", "TIME"))


def complements(token: Token) -> tuple[Token, ...]:
    """The verbs of the clauses and infinitives that complete the token.

    The parse may hang "for ... to ..." behind a noun on the verb above it: "led calls for Lima to withdraw".
    """
    if token.pos_ not in ("NOUN", "PROPN"):
        purposes = (c for c in children(token, "advcl") if any(m.lower_ == "for" for m in children(c, "mark")))
        return (*children(token, "xcomp", "ccomp"), *purposes)
    behind = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    astray = (behind.head,) if behind.lower_ == "for" and behind.dep_ == "mark" else ()
    return tuple(dict.fromkeys((*children(token, "xcomp", "ccomp", "acl", "relcl"), *astray)))


def ancestors(token: Token, limit: int = _MAX_CLIMB) -> Iterator[Token]:
    """What the token hangs on, nearest first, at most `limit` steps up."""
    for _, head in zip(range(limit), token.ancestors, strict=False):
        yield head


def clause_of(token: Token) -> int:
    """Index of the verb whose clause the token stands in; of the root where there is none."""
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    return int(token.i)
