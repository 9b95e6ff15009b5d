"""Predicate + patterns -> the sense that fits it best."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.knowledge.triggers import Part, Pattern, Sense, Triggers
from dragoman.reading.events.syntax import children, complements, doers, is_passive, objects_of, patients

_PARTS: dict[str, Part] = {"VERB": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}


_MEASURES = frozenset(
    ["tonne", "ton", "kilo", "litre", "barrel", "dose", "batch", "load", "truckload", "planeload", "shipload", "shipment",
     "consignment", "cargo", "dozen", "dozens", "hundred", "hundreds", "thousand", "thousands", "score", "million", "number"]
)  # fmt: skip
"""Nouns that measure what stands behind their "of": "delivered a shipload of wheat"."""


_DUE = frozenset({"must", "should", "ought"})


def part_of(token: Token, triggers: Triggers) -> Part | None:
    """Whether the token can be a predicate, and of which part of speech; predicative adjectives only."""
    part = _PARTS.get(token.pos_)
    if part is not None and _is_negative_compound(token):
        part = None
    if part == "adjective" and token.dep_ not in ("acomp", "oprd", "attr", "ROOT", "conj"):
        return None
    if token.tag_ == "VBN" and (token.dep_ == "acomp" or _is_feeling(token, triggers)):
        return "adjective"
    return part


def senses_of(token: Token, part: Part, triggers: Triggers) -> tuple[Sense, ...]:
    """The senses that the word has by itself, under its lemma or its form."""
    return triggers.of(part, token.lemma_.lower()) or triggers.of(part, token.lower_)


def best_sense(token: Token, part: Part, triggers: Triggers, *, refused: bool = False) -> Sense | None:
    """The first sense whose pattern the token satisfies, those that ask for most first; None where none does.

    `refused`: the actor will not do it; senses that count only then are passed over otherwise.
    """
    fitting = (sense for sense in senses_of(token, part, triggers) if refused or not sense.refused)
    return next((sense for sense in fitting if satisfies(token, sense.pattern)), None)


def satisfies(token: Token, pattern: Pattern) -> bool:
    """Whether everything that the pattern asks for stands with the token."""
    return (
        (pattern.particle is None or _has_particle(token, pattern.particle))
        and (not pattern.objects or _has_object(token, pattern))
        and (bool(pattern.objects) or _preceded(token, pattern.before))
        and (pattern.preposition is None or _has_preposition(token, pattern))
        and (not pattern.clause or _has_clause(token, pattern))
        and not (pattern.alone and (patients(token) or complements(token)))
        and not (pattern.without is not None and _brought_in(token, pattern.without))
    )


def _has_particle(token: Token, particle: str) -> bool:
    found = (c for c in token.children if c.lower_ == particle)
    return any(
        c.dep_ in ("prt", "advmod") or (c.dep_ == "prep" and not any(children(c, "pobj", "pcomp"))) for c in found
    )


def _has_object(token: Token, pattern: Pattern) -> bool:
    objects = (
        *patients(token),
        *children(token, "attr", "acomp", "oprd"),
        *(c for c in children(token, "ccomp") if c.pos_ == "ADJ"),
    )
    measured = (t for o in objects if o.lemma_.lower() in _MEASURES for t in objects_of(o, "of"))
    return any(
        ("*" in pattern.objects or _is_one_of(o, pattern.objects)) and _preceded(o, pattern.before)
        for o in (*objects, *measured)
    )


def _preceded(token: Token, words: tuple[str, ...]) -> bool:
    """Whether the words, lemmas or forms, modify the token on its left."""
    left = {form for c in token.lefts for form in (c.lemma_.lower(), c.lower_)}
    return left.issuperset(words)


def _has_preposition(token: Token, pattern: Pattern) -> bool:
    found = _brought_in(token, pattern.preposition or "")
    found = tuple(t for t in found if not any(children(t, "nsubj", "nsubjpass")))  # "with each side blaming the other"
    if not pattern.preposition_objects:
        return bool(found)
    return any(_is_one_of(t, pattern.preposition_objects) for t in found)


def _brought_in(token: Token, preposition: str) -> tuple[Token, ...]:
    """What the preposition brings in behind the token; of a verb else what it brings in behind its objects."""
    found = objects_of(token, preposition)
    if found or token.pos_ != "VERB":
        return found
    return tuple(t for o in patients(token) for t in objects_of(o, preposition))


def _has_clause(token: Token, pattern: Pattern) -> bool:
    purposes = children(token, "advcl") if pattern.clause_verbs else ()
    found = [c for c in (*complements(token), *filter(_is_purpose, purposes)) if not _is_question(c)]
    if pattern.infinitive:
        found = [c for c in found if any(a.lower_ == "to" for a in children(c, "aux"))]
    if pattern.due:
        found = [c for c in found if _is_due(c)]
    return any(t.lemma_.lower() in pattern.clause_verbs for t in found) if pattern.clause_verbs else bool(found)


def _is_one_of(token: Token, words: frozenset[str]) -> bool:
    return token.lemma_.lower() in words or token.lower_ in words


def _is_purpose(verb: Token) -> bool:
    """Whether it says to what end: "called to explain". The parse hangs it on the verb as an adverbial clause."""
    return any(a.lower_ == "to" for a in children(verb, "aux"))


def _is_due(verb: Token) -> bool:
    """Whether a clause says what has to be: "must go", and the subjunctive of "insisted that they go", "that they be freed"."""
    helping = {a.lower_ for a in children(verb, "aux", "auxpass")}
    single = any(s.tag_ in ("NN", "NNP") for s in children(verb, "nsubj"))
    bare = (not helping and (verb.tag_ == "VB" or (verb.tag_ == "VBP" and single))) or "be" in helping
    return bool(helping & _DUE) or (bare and not any(a.tag_ in ("MD", "TO") for a in children(verb, "aux")))


def _is_question(verb: Token) -> bool:
    """Whether a clause is an embedded question: "asked whether", "asked why"."""
    return any(c.lower_ in ("if", "whether") or c.tag_ in ("WRB", "WP") for c in verb.children)


def _is_negative_compound(token: Token) -> bool:
    """Whether it is the second half of "non-interference", which tells of nothing that happens."""
    return bool(token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).lower_ == "non")


def _is_feeling(token: Token, triggers: Triggers) -> bool:
    """Whether a passive is really an adjective of mind: "was outraged by", "is opposed to"."""
    if not triggers.of("adjective", token.lower_):
        return False
    return not triggers.of("verb", token.lemma_.lower()) or (is_passive(token) and not doers(token))
