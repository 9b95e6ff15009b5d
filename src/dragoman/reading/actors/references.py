"""Doc -> phrases that only refer back: pronouns, "his country", "the island nation", "the North", "the latter", "the Council"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from dragoman.knowledge.language import Language
from dragoman.reading.actors.draft import Draft

AGED = "aged"
"""Name of the drafts that tell a person by age alone."""
_COMPLEMENTS = frozenset({"amod", "compound", "nmod", "poss"})
_MEMBERS = frozenset({"member", "nation", "state", "country", "strong"})
_DESCRIBING = frozenset({"ADJ", "NOUN", "PROPN", "PUNCT", "VERB", "ADV"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})


def find_references(doc: Doc, named: frozenset[int], language: Language) -> Iterator[Draft]:
    """The drafts that refer back, outside of the tokens of names."""
    words = frozenset().union(*language.pronouns.values())
    for token in doc:
        if token.i in named:
            continue
        if token.pos_ in ("PRON", "DET") and token.lower_ in words and token.dep_ != "expl":
            yield pronoun(token)
        elif token.lower_ == "old" and (start := _aged(token)) is not None:
            yield replace(_reference(token, start, AGED), sort="pronoun")
        elif token.i and (found := _referring(token, named, language)) is not None:
            yield found


def _aged(token: Token) -> int | None:
    """Where "the 72-year-old" begins, as what stands for a person named before."""
    i = token.i - 4
    words = [t.lower_ for t in token.doc[max(0, i) : token.i]]
    aged = i > 0 and words[1:] == ["-", "year", "-"] and token.doc[i].like_num and token.doc[i - 1].lower_ == "the"
    return i - 1 if aged and not _heads_on(token) else None


def pronoun(token: Token) -> Draft:
    """The draft of a pronoun."""
    return Draft(start=token.i, end=token.i + 1, sort="pronoun", head=token.i, via="pronoun", name=token.lower_)


def _referring(token: Token, named: frozenset[int], language: Language) -> Draft | None:
    if token.pos_ not in _NOMINAL and not token.is_title:
        return None
    return _owned(token, language) or _far(token, named, language) or _definite(token, language)


def _owned(token: Token, language: Language) -> Draft | None:
    """ "His country", "her own capital"."""
    kinds, lemma = language.referring, token.lemma_.lower()
    if lemma not in kinds["country"] and lemma not in kinds["polity"]:
        return None
    whose = token.nbor(-1)
    while whose.i > token.i - 3 and whose.i and whose.pos_ == "ADJ" and whose.tag_ != "PRP$":
        whose = whose.nbor(-1)
    return _reference(token, whose.i, "country", owner=pronoun(whose)) if whose.tag_ == "PRP$" else None


def _far(token: Token, named: frozenset[int], language: Language) -> Draft | None:
    """One country told by more than an article: "the West African nation"; where a name tells it, that is who is meant."""
    kinds, lemma = language.referring, token.lemma_.lower()
    if not any(lemma in kinds[kind] for kind in ("land", "polity", "told")) or token.tag_ in ("NNS", "NNPS"):
        return None
    start = _far_article(token, kinds) if not _heads_on(token) else None
    return _reference(token, start, "polity") if start is not None and named.isdisjoint(range(start, token.i)) else None


def _definite(token: Token, language: Language) -> Draft | None:
    """ "The" and a word that stands for what came before."""
    kinds, lemma = language.referring, token.lemma_.lower()
    start = _article(token, kinds["natured"])
    if start is None and lemma in kinds["last_named"]:
        start = _counted_article(token)
        return _reference(token, start, lemma) if start is not None and not _heads_on(token) else None
    if start is None or _heads_on(token):
        return None
    plain = start == token.i - 1
    if token.text in language.sides or token.lower_ in kinds["listed"]:
        return _reference(token, start, token.lower_) if plain else None
    if _has_complement(token, start):
        return None
    if lemma in kinds["polity"] or (lemma in kinds["country"] and (not plain or lemma in kinds["land"])):
        return _reference(token, start, "polity")
    return _reference(token, start, lemma) if plain and lemma in kinds["last_named"] else None


def _article(token: Token, natured: frozenset[str]) -> int | None:
    """Where "the" stands before the word, with a word for the nature of a country between them or not."""
    i = token.i - 1
    if i > 0 and token.doc[i].lower_ in natured:
        i -= 1
    return i if token.doc[i].lower_ == "the" else None


def _far_article(token: Token, kinds: Mapping[str, frozenset[str]]) -> int | None:
    """Where "the" stands before a country told by where it lies or what it has: "the West African nation", "the oil-rich state".

    None for "the other country" and its like, and for a state by its constitution ("the Islamic state").
    """
    i = token.i - 1
    while i > max(0, token.i - 6) and token.doc[i].pos_ in _DESCRIBING:
        i -= 1
    words = token.doc[i + 1 : token.i]
    if token.doc[i].lower_ != "the" or not len(words) or any(t.tag_ in ("JJS", "POS") for t in words):
        return None
    lower = {t.lower_ for t in words}
    land = token.lemma_.lower() in kinds["land"] | kinds["polity"]
    telling = any(t.is_title or t.text == "-" for t in words) if not land else True
    return i if telling and lower.isdisjoint(kinds["another"]) and not _has_of(token) else None


def _has_of(token: Token) -> bool:
    return any(child.dep_ == "prep" and child.lower_ == "of" for child in token.children)


def _counted_article(token: Token) -> int | None:
    """Where "the" stands before a body told by the number of its members: "the 22-member League", "the six-nation bloc"."""
    i = token.i - 1
    while (
        i > token.i - 4
        and i > 0
        and (token.doc[i].text == "-" or token.doc[i].lower_ in _MEMBERS or token.doc[i].like_num)
    ):
        i -= 1
    words = {t.lower_ for t in token.doc[i + 1 : token.i]}
    return i if token.doc[i].lower_ == "the" and not words.isdisjoint(_MEMBERS) else None


def _heads_on(token: Token) -> bool:
    """Whether the word only modifies what follows it: "the island nation", "the former minister", "the Council text"."""
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    if token.dep_ == "compound":
        return True
    return (
        following is not None
        and following.pos_ in _NOMINAL
        and token.dep_ in ("amod", "nmod")
        and token.head.i > token.i
    )


def _has_complement(token: Token, start: int) -> bool:
    return _has_of(token) or any(c.dep_ in _COMPLEMENTS and c.i != start + 1 for c in token.children)


def _reference(token: Token, start: int, name: str, owner: Draft | None = None) -> Draft:
    return Draft(
        start=start,
        end=token.i + 1,
        sort="referring",
        head=token.i,
        via="nominal",
        name=name,
        owner=owner,
        definite=True,
        plural=token.tag_ in ("NNS", "NNPS"),
    )
