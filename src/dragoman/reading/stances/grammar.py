"""The grammar that stances need: which word a phrase hangs on, who a verb's subject is, what is denied, what is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

_RELATIVE = frozenset({"who", "that", "which", "whom"})
_VERBS = frozenset({"VERB", "AUX"})
_NEGATORS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "cannot"})
_DENYING_ADVERBS = frozenset({"never", "not", "hardly"})
_SUPPOSING = frozenset({"if", "whether", "unless", "until", "lest"})
_LINKING = frozenset({"be", "become", "remain", "seem"})
_PREDICATES = frozenset({"acomp", "attr", "oprd"})
_TURNING = frozenset({"without", "instead", "rather", "than"})
_ACCOUNTS = frozenset({"account", "circumstance", "way", "means", "condition", "case"})
_COMPOUND = frozenset({"out", "instead", "rather", "because", "as", "in", "up", "off", "away"})
_OF = frozenset({"of", "by", "from"})
_STATES_OF_MIND = frozenset(
    {"agree", "determine", "commit", "oppose", "dedicate", "resolve", "prepare", "dispose", "incline"}
)
"""Verbs whose passive without an agent says how its subject is minded: "are agreed on", "is opposed to"."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a phrase hangs on: it fills `slot` of `word`.

    Slots are obj, subj, inf, ing, that, acl, compound, relcl, purpose, or a preposition.
    `turned` says that the connection itself denies ("without", "instead of").
    """

    word: Token
    slot: str
    turned: bool = False


def links(token: Token) -> Iterator[Link]:
    """Upward and sideways: the words that govern the phrase headed by `token`, and the clauses that hang on it."""
    yield from _governors(token)
    yield from (Link(child, "obj") for child in token.children if _has_it_as_object(child))


def _has_it_as_object(clause: Token) -> bool:
    """ "The talks boycotted by", "sanctions that Russia opposes", "UN-sponsored talks"; but to lead talks takes no side."""
    if clause.dep_ == "relcl":
        return not _has_relative_subject(clause) and not _has_to(clause)
    return clause.dep_ in ("acl", "amod") and clause.tag_ == "VBN" and clause.lemma_ != "lead"


def _governors(token: Token) -> Iterator[Link]:
    dep, head = token.dep_, token.head
    if head is token:
        return
    if (infinitive := _torn_from(token)) is not None:
        yield from _governors(infinitive)
    elif dep in ("npadvmod", "dep") and (first := _first_of_list(token)) is not None:
        yield from _governors(first)
    elif dep in ("conj", "appos"):
        turned = dep == "conj" and _is_denied_conjunct(token)
        yield from (Link(link.word, link.slot, link.turned != turned) for link in _governors(head))
    elif dep in ("dobj", "nsubjpass", "csubjpass", "obj", "dative") or (
        dep in _PREDICATES and head.lemma_ not in _LINKING
    ):
        yield Link(head, "obj")
    elif dep in ("nsubj", "csubj"):
        yield from [Link(head, "obj")] if _is_small_clause(head) else _subject_links(head)
    elif dep == "pobj" and _follows_a_date(token):
        yield Link(head.head, "obj")
    elif dep in ("pobj", "pcomp"):
        yield from _through_preposition(head)
    elif dep in ("xcomp", "ccomp"):
        yield Link(head, _clause_slot(token))
    elif dep == "acl":
        yield Link(head, "inf" if _has_to(token) else "that" if _has_that(token) else "acl")
    elif dep == "relcl":
        yield Link(head, "inf" if _has_to(token) else "that" if _has_that(token) else "relcl")
    elif dep == "advcl" and _has_to(token):
        yield Link(head, "purpose")
    elif dep in ("compound", "amod", "nmod"):
        yield Link(head, "compound")


def _torn_from(verb: Token) -> Token | None:
    """The infinitive that a bare verb goes on from where the parse hangs it elsewhere: "has to end the raids, allow relief".

    Beside "has" or "had" a verb with neither ending nor subject cannot be a second thing that somebody does.
    """
    if verb.dep_ not in ("conj", "dep") or verb.tag_ not in ("VB", "VBP") or verb.head.tag_ not in ("VBZ", "VBD"):
        return None
    if _has_subject(verb) or any(c.dep_ in ("aux", "auxpass", "mark") for c in verb.children):
        return None
    before = [t for t in verb.head.subtree if t.i < verb.i and t.pos_ in _VERBS and _has_to(t)]
    return before[-1] if before else None


def _is_small_clause(participle: Token) -> bool:
    """ "Wants the ban | lifted": a participle whose subject undergoes what it says."""
    return (
        participle.tag_ == "VBN"
        and participle.dep_ in ("ccomp", "xcomp")
        and not any(c.dep_ in ("aux", "auxpass", "mark") for c in participle.children)
    )


def _first_of_list(noun: Token) -> Token | None:
    """What a noun goes on from that the parse hangs on the verb: "a disregard for the truce, the draft and the talks"."""
    before = noun.doc[noun.left_edge.i - 1] if noun.left_edge.i else None
    if (
        before is None
        or before.text != ","
        or before.i == before.sent.start
        or not any(t.dep_ == "conj" for t in noun.subtree)
    ):
        return None
    listed = (t for t in before.doc[before.i - 1].ancestors if t.dep_ == "pobj" and noun.head in t.ancestors)
    last = before.doc[before.i - 1]
    return next(listed, last if last.dep_ == "pobj" else None)


def _subject_links(verb: Token) -> Iterator[Link]:
    """The subject of "is unacceptable" hangs on the adjective, that of "is something that Chad rejects" also on what Chad does;
    of any other verb, on the verb."""
    if verb.lemma_ not in _LINKING:
        yield Link(verb, "subj")
        return
    for predicate in (c for c in verb.children if c.dep_ in _PREDICATES):
        yield Link(predicate, "subj")
        yield from (Link(c, "obj") for c in predicate.children if c.dep_ == "relcl" and _has_it_as_object(c))


def _follows_a_date(noun: Token) -> bool:
    """ "Stressed on Wednesday rejection of": the parse takes the object for a part of the date."""
    return any(c.dep_ == "compound" and c.ent_type_ == "DATE" for c in noun.children)


def _through_preposition(prep: Token) -> Iterator[Link]:
    if prep.dep_ == "agent" or prep.head is prep:
        return
    if prep.dep_ == "conj":
        first = _first_of_its_kind(prep)
        yield from (Link(link.word, prep.lower_, link.turned) for link in _through_preposition(first))
        return
    turned = prep.lower_ in _TURNING
    host = prep.head
    if host.dep_ == "prep" and host.lower_ in _COMPOUND:
        turned = turned or host.lower_ in _TURNING
        host = host.head
    yield Link(host, prep.lower_, turned)


def _first_of_its_kind(prep: Token) -> Token:
    """The preposition that this one repeats: in "insistence on A by B in C and on D" the second "on" goes with the first."""
    above = [a for a in prep.ancestors if a.dep_ in ("prep", "conj") and a.pos_ in ("ADP", "SCONJ")]
    return next((a for a in above if a.lower_ == prep.lower_ and a.dep_ == "prep"), prep.head)


def _clause_slot(clause: Token) -> str:
    if _has_to(clause):
        return "inf"
    if clause.tag_ == "VBG" and not any(c.dep_ == "aux" for c in clause.children):
        return "ing"
    if clause.tag_ == "VB" and not _has_that(clause) and not any(c.dep_ == "aux" for c in clause.children):
        return "inf"
    return "that"


def _has_that(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def _has_to(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)


def _has_relative_subject(clause: Token) -> bool:
    return any(
        c.dep_ in ("nsubj", "nsubjpass") and c.lower_ in _RELATIVE and c.tag_ in ("WDT", "WP", "IN")
        for c in clause.children
    )


def _is_denied_conjunct(token: Token) -> bool:
    """ "talks but not sanctions": the second is denied, the first is not."""
    before = token.doc[token.left_edge.i - 1] if token.left_edge.i else None
    return before is not None and before.lower_ == "not"


def linking_verb(token: Token) -> Token | None:
    """The copula of a predicate adjective or noun."""
    return token.head if token.dep_ in _PREDICATES and token.head.lemma_ in _LINKING else None


def is_finite(verb: Token) -> bool:
    """Whether the verb makes a clause that says something: it has a tense, or an auxiliary that has one."""
    if verb.pos_ not in _VERBS:
        return False
    if _has_to(verb) or _torn_from(verb) is not None:
        return False
    if verb.tag_ in ("VBD", "VBP", "VBZ", "MD"):
        return True
    if any(c.dep_ in ("aux", "auxpass") and c.tag_ in ("MD", "VBD", "VBP", "VBZ") for c in verb.children):
        return True
    return (
        verb.dep_ == "conj"
        and verb.tag_ in ("VB", "VBN", "VBG")
        and verb.head is not verb
        and is_finite(verb.head)
        and not _has_subject(verb)
    )


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in verb.children)


def auxiliaries(verb: Token) -> list[str]:
    """The auxiliaries of a verb in lower case; a verb joined to another shares those of the first."""
    own = [c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if not own and verb.dep_ == "conj" and verb.head.pos_ in _VERBS and not _has_subject(verb):
        return auxiliaries(verb.head)
    return own


def is_negated(token: Token) -> bool:
    """Whether the word, its copula or its article denies it; "no ban will be renewed" denies the renewing alone."""
    if token.dep_ in ("nsubj", "nsubjpass") and token.pos_ in ("NOUN", "PROPN"):
        return False
    copula = linking_verb(token)
    hosts = [token] if copula is None else [token, copula]
    denied = sum(_negators(h) for h in hosts)
    if not denied and _shares_negation(token):
        return is_negated(token.head) and not _is_contrasted(token)
    return (denied + any(_denies_subject(h) for h in hosts)) % 2 == 1


def _shares_negation(token: Token) -> bool:
    """ "Will not send or sell": the second verb is denied with the first."""
    return token.dep_ == "conj" and token.pos_ in _VERBS and token.tag_ == "VB" and not _has_subject(token)


def _negators(token: Token) -> int:
    """How many words deny this one directly: "not", "never", "no", and "non-" before it."""
    doc, i = token.doc, token.i
    prefixed: bool = i > 1 and doc[i - 1].text == "-" and doc[i - 2].lower_ == "non"
    return sum(_is_negator(c) for c in token.children) + prefixed


def _is_negator(child: Token) -> bool:
    if child.dep_ == "prep":
        return _is_on_no_account(child)
    if child.dep_ in ("advmod", "amod") and child.lower_ in ("more", "longer", "such"):
        return any(c.lower_ == "no" for c in child.children)
    if child.dep_ == "advmod":
        return child.lower_ in _DENYING_ADVERBS
    return child.dep_ == "neg" or (child.dep_ in ("det", "preconj") and child.lower_ in _NEGATORS)


def _is_on_no_account(prep: Token) -> bool:
    """ "On no account", "under no circumstances"."""
    return any(
        p.lemma_ in _ACCOUNTS and any(d.lower_ == "no" for d in p.children) for p in prep.children if p.dep_ == "pobj"
    )


def _is_contrasted(verb: Token) -> bool:
    return any(c.dep_ == "cc" and c.lower_ == "but" for c in verb.head.children)


def _denies_subject(verb: Token) -> bool:
    """ "No country will", "nobody wants"."""
    return any(
        c.dep_ in ("nsubj", "nsubjpass")
        and (
            c.lower_ in ("nobody", "none", "neither")
            or any(d.lower_ in ("no", "neither") and d.dep_ == "det" for d in c.children)
        )
        for c in verb.children
    )


def subjects(token: Token, depth: int = 0) -> list[Token]:
    """Who does what the verb says: its subject, the one it shares, the one it is controlled by, or the agent of a passive."""
    if depth > 8 or any(c.dep_ == "expl" for c in token.children):
        return []
    if token.pos_ not in _VERBS or token.dep_ in _PREDICATES:
        copula = linking_verb(token)
        return subjects(copula, depth + 1) if copula is not None else []
    if is_passive(token):
        return _agents(token) or _minded(token)
    own = [c for c in token.children if c.dep_ in ("nsubj", "csubj")] or _mistaken_subjects(token)
    if own:
        return [h for c in own for h in _resolved_relative(c, token)]
    return _shared_subjects(token, depth)


def _mistaken_subjects(verb: Token) -> list[Token]:
    """A name in front of a verb that the parse takes for an adverb: "Sweden backed"."""
    return [c for c in verb.lefts if c.dep_ == "npadvmod" and c.pos_ == "PROPN" and c.ent_type_ != "DATE"]


def is_passive(verb: Token) -> bool:
    """Whether the verb is a passive or a bare past participle hanging on a noun."""
    return any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children) or (
        verb.dep_ in ("acl", "amod") and verb.tag_ == "VBN"
    )


def _agents(verb: Token) -> list[Token]:
    by = [p for prep in _by_phrases(verb) for p in prep.children if p.dep_ == "pobj"]
    return [t for p in by for t in joined(p)] or _hyphenated_agent(verb)


def _by_phrases(verb: Token) -> Iterator[Token]:
    """The "by" of a passive, also behind the judgement of "was described as alarming by"."""
    judged = [t for c in verb.rights if c.dep_ == "prep" and c.lower_ == "as" for t in c.children]
    for host in (verb, *(c for c in verb.rights if c.dep_ == "oprd"), *judged):
        yield from (c for c in host.children if c.dep_ in ("agent", "prep") and c.lower_ == "by")


def _minded(verb: Token) -> list[Token]:
    """Of "all sides are agreed on talks", all sides."""
    if verb.lemma_ not in _STATES_OF_MIND:
        return []
    return [t for c in verb.children if c.dep_ == "nsubjpass" for t in joined(c)]


def _hyphenated_agent(verb: Token) -> list[Token]:
    """ "Russian-sponsored", "UN-backed"."""
    doc, i = verb.doc, verb.i
    return [doc[i - 2]] if i > 1 and doc[i - 1].text == "-" and doc[i - 2].pos_ in ("PROPN", "ADJ", "NOUN") else []


def _resolved_relative(subject: Token, verb: Token) -> list[Token]:
    if subject.lower_ in _RELATIVE and verb.dep_ == "relcl":
        return joined(verb.head)
    return joined(subject)


def _shared_subjects(verb: Token, depth: int) -> list[Token]:
    head = verb.head
    if (infinitive := _torn_from(verb)) is not None:
        return subjects(infinitive, depth + 1)
    if verb.dep_ == "xcomp":
        controlled = [c for c in head.children if c.dep_ in ("dobj", "dative") and c.i < verb.i]
        return [t for c in controlled for t in joined(c)] or _understood(head, depth)
    if verb.dep_ in ("conj", "advcl", "pcomp", "dep", "parataxis", "ccomp") and head is not verb:
        host = head.head if head.pos_ == "ADP" else head
        return _understood(host, depth) if host is not verb else []
    return joined(head) if verb.dep_ == "acl" and verb.tag_ == "VBG" else []


def _understood(verb: Token, depth: int) -> list[Token]:
    """Whom a clause without a subject of its own takes over from the verb above: of a passive, who undergoes it."""
    if is_passive(verb) and verb.pos_ in _VERBS:
        return [t for c in verb.children if c.dep_ == "nsubjpass" for t in joined(c)]
    return subjects(verb, depth + 1)


def joined(noun: Token) -> list[Token]:
    """The noun with those joined to it: "Russia and China", "Turkey, along with Iran"."""
    out = [noun]
    for child in noun.children:
        if child.dep_ == "conj":
            out += joined(child)
        elif child.dep_ == "prep" and child.lower_ in ("with", "along") and noun.dep_ in ("nsubj", "conj"):
            out += _companions(child)
    return out


def _companions(prep: Token) -> list[Token]:
    if prep.lower_ == "along":
        return [p for c in prep.children if c.lower_ == "with" for p in c.children if p.dep_ == "pobj"]
    before = prep.doc[prep.i - 1].lower_ if prep.i else ""
    return [p for p in prep.children if p.dep_ == "pobj"] if before in ("together", "along", ",") else []


def owners(noun: Token) -> list[Token]:
    """Whose it is: "Turkish objections", "his country's call", "the demands of the rebels"; beside a possessor other names only
    describe: "the rebels' Oslo plan"."""
    possessors = [c for c in noun.children if c.dep_ == "poss"]
    out = possessors or [c for c in noun.children if c.dep_ in ("amod", "nmod", "compound")]
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in _OF:
            out += [t for p in child.children if p.dep_ == "pobj" for t in joined(p)]
    return out


def in_condition(token: Token) -> bool:
    """Whether the word stands in a clause that is supposed or asked, not said: "if", "whether", a question."""
    if any(_is_supposed(t) for t in (token, *token.ancestors)):
        return True
    sentence: str = token.sent.text
    return sentence.rstrip("\"” '’\n").endswith("?")


def _is_supposed(verb: Token) -> bool:
    return any(c.dep_ in ("mark", "advmod") and c.lower_ in _SUPPOSING for c in verb.children) or _is_inverted(verb)


def _is_inverted(verb: Token) -> bool:
    """ "Should the talks fail": a condition without "if"."""
    first = next((c for c in verb.children if c.dep_ in ("aux", "nsubj", "nsubjpass")), None)
    return (
        first is not None and first.dep_ == "aux" and first.lower_ in ("should", "were", "had") and verb.dep_ != "ROOT"
    )
