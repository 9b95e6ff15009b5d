"""Doc -> drafts of people by their names: what the parse takes for one, what stands behind a title, surnames by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from dragoman.knowledge.language import Language
from dragoman.reading.actors.draft import Draft
from dragoman.reading.actors.nobody import HONORIFICS, is_headline
from dragoman.reading.actors.tenures import Tenures
from dragoman.reading.actors.towns import is_known_town

_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "dative", "conj", "ROOT"})
_PARTICLES = frozenset("de del della di da dos van von der den bin ibn al el ul abu umm ben la le st".split())


def people_parsed(doc: Doc, language: Language, taken: set[int]) -> Iterator[Draft]:
    bodies = [f" {e.text} " for e in doc.ents if e.label_ == "ORG" and len(e) > 2]
    for entity in doc.ents:
        short = len(entity) > 1 and any(f" {entity.text} " in body for body in bodies)
        if entity.label_ != "PERSON" or short:
            continue
        start, end = _name_bounds(doc, entity.start, entity.end, language, taken)
        written = any(t.is_title or t.is_upper for t in doc[start:end])
        if start < end and written and taken.isdisjoint(range(start, end)) and not _are_many(doc[start:end], language):
            yield _person(doc, start, end)


def _are_many(name: Tokens, language: Language) -> bool:
    """A role word in the plural that the parse takes for a name: "Maoists"."""
    return (
        len(name) == 1
        and name[0].tag_ in ("NNS", "NNPS")
        and language.role([name[0].lower_.removesuffix("s")]) is not None
    )


def titled(doc: Doc, language: Language, taken: set[int]) -> Iterator[Draft]:
    """Names that the parse has missed, behind a title: "Archbishop Teofilo Barrenechea", "the envoy Mahamat Saleh"."""
    i = 0
    while i < len(doc) - 1:
        end = i + 1
        while end < len(doc) and _is_name_word(doc, end, language, taken):
            end += 1
        if end > i + 1 and i not in taken and _opens_name(doc[i], end - i - 1, language):
            yield _person(doc, i + 1, end)
        i = end


def _opens_name(token: Token, words: int, language: Language) -> bool:
    """Whether it is a title of persons; one in small letters or of a headline needs two words of a name behind it."""
    role = language.role([token.lower_]) if token.text[0].isalpha() else None
    if role is None or role[0].kind != "person" or role[0].phrase in language.owned_only:
        return False
    return words > 1 or (token.is_title and not is_headline(token))


def _is_name_word(doc: Doc, i: int, language: Language, taken: set[int]) -> bool:
    token = doc[i]
    if i in taken or token.is_sent_start:
        return False
    if token.lower_ in _PARTICLES:
        return i + 1 < len(doc) and _is_name_word(doc, i + 1, language, taken)
    proper = token.pos_ in ("PROPN", "X", "NOUN") and token.is_title and token.text.replace("-", "").isalpha()
    return proper and language.role([token.lower_]) is None


def surnames(doc: Doc, named: Iterable[Draft], taken: set[int]) -> Iterator[Draft]:
    """Other places where the last word of a full name stands by itself, whatever the parse takes it for."""
    full = [tuple(d.name.split()) for d in named if d.sort == "person"]
    last = {words[-1]: words for words in full if len(words) > 1}
    for token in doc:
        word = token.text.title() if token.is_upper and len(token) > 3 else token.text
        if word in last and token.i not in taken and not _in_capitals(doc, token):
            yield _person(doc, _with_particles(doc, token.i, last[word]), token.i + 1)


def office_holders(capitals: Iterable[Token], tenures: Tenures, taken: set[int]) -> Iterator[Draft]:
    """Surnames of office holders that stand by themselves, whatever the parse takes them for: "Sarkozy had no comment"."""
    for token in capitals:
        proper = token.pos_ == "PROPN" or (token.pos_ == "NOUN" and token.ent_type_ != "")
        written = proper and token.i not in taken and token.is_title and token.is_alpha
        alone = written and token.dep_ in _ARGUMENTS and not _adjoins_a_name(token.doc, token, taken)
        if alone and tenures.called(token.text) and not is_known_town(token.text):
            yield _person(token.doc, token.i, token.i + 1)


def _adjoins_a_name(doc: Doc, token: Token, taken: set[int]) -> bool:
    """Whether another word in capitals that is no name of its own stands right before it, or any right behind it."""
    before, behind = (doc[i] if 0 <= i < len(doc) else None for i in (token.i - 1, token.i + 1))
    if before is not None and (
        before.text == "-" or (before.pos_ == "PROPN" and before.is_title and before.i not in taken)
    ):
        return True
    return behind is not None and behind.pos_ in ("PROPN", "NOUN") and behind.is_title


def _with_particles(doc: Doc, i: int, full: tuple[str, ...]) -> int:
    """Where a surname begins, with the particles that the full name has before it: "Van der Kooij"."""
    for word in reversed(full[:-1]):
        if i == 0 or word.lower() not in _PARTICLES or doc[i - 1].lower_ != word.lower():
            break
        i -= 1
    return i


def _in_capitals(doc: Doc, token: Token) -> bool:
    """Whether the word is part of a longer name in capitals, such as a street's."""
    around = [doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(doc)]
    return any(t.pos_ == "PROPN" and t.is_title and t.i > token.i for t in around)


def _person(doc: Doc, start: int, end: int) -> Draft:
    return Draft(
        start=start, end=end, sort="person", head=end - 1, via="name", name=doc[start:end].text, label="PERSON"
    )


def _name_bounds(doc: Doc, start: int, end: int, language: Language, taken: set[int]) -> tuple[int, int]:
    """The entity without honorifics, possessives and what a known name holds, with the particles it misses."""
    while start < end and (start in taken or doc[start].pos_ == "DET" or _is_title(doc[start], end, language)):
        start += 1
    while end > start and (
        doc[end - 1].tag_ == "POS" or doc[end - 1].is_punct or doc[end - 1].is_space or end - 1 in taken
    ):
        end -= 1
    while (
        start > 0 and doc[start - 1].lower_ in _PARTICLES and start - 1 not in taken and not _is_article(doc[start - 1])
    ):
        start -= 1
    while start < end < len(doc) and _continues_name(doc[end], taken):
        end += 1
    if "\n" in doc[start:end].text:
        end = next(t.i for t in doc[start:end] if "\n" in t.text)
    return start, end


def _is_title(token: Token, end: int, language: Language) -> bool:
    """An honorific, or an office in front of a name that the parse takes for a part of it."""
    if token.lower_ in HONORIFICS:
        return True
    role = language.role([token.lower_]) if token.is_title and token.i + 1 < end else None
    return role is not None and role[0].kind == "person" and token.lower_ not in language.first_names


def _is_article(particle: Token) -> bool:
    """Whether the parse takes a particle for an article or a preposition of the language."""
    return particle.is_lower and particle.pos_ in ("DET", "ADP")


def _continues_name(token: Token, taken: set[int]) -> bool:
    """A further surname that the parse has cut off: a proper noun in capitals right behind the name."""
    alone = token.ent_iob_ != "B" or token.i + 1 == len(token.doc) or token.nbor().ent_iob_ != "I"
    return token.pos_ == "PROPN" and token.is_title and token.is_alpha and token.i not in taken and alone


def starts_a_longer_name(doc: Doc, known: Draft, language: Language) -> bool:
    """Whether a known name of one word is the first name of somebody else: the Carlos of "Carlos Tavares"."""
    first = doc[known.start]
    if known.sort != "person" or known.end - known.start > 1 or first.ent_type_ != "PERSON" or known.end == len(doc):
        return False
    following = doc[known.end]
    goes_on = following.ent_type_ == "PERSON" and following.ent_iob_ == "I" and following.is_title
    return goes_on and first.lower_ in language.sexes and not is_headline(first)


# What a capital adds to a name ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """The names of people that a text gives where a capital means a name: not in headlines, nor at the head of a sentence."""

    full: frozenset[tuple[str, ...]]
    single: frozenset[str]
    """Words that name somebody alone: surnames, and first names that stand by themselves."""

    @classmethod
    def of(cls, doc: Doc, named: Iterable[Draft]) -> Told:
        """Those of the drafts whose form owes nothing to where they stand."""
        sure = [tuple(d.name.split()) for d in named if d.sort == "person" and (d.senses or not _is_doubtful(doc, d))]
        return cls(
            frozenset(w for w in sure if len(w) > 1), frozenset(w for words in sure for w in (words[0], words[-1]))
        )


def trimmed(doc: Doc, people: list[Draft], known: Iterable[Draft], tenures: Tenures, language: Language) -> list[Draft]:
    """Names without the words that only a capital makes part of them: "Trump Calls" in a headline, "Longtime Clinton"."""
    told = Told.of(doc, [*known, *people])
    return [_trimmed(doc, d, told, tenures, language) if _is_doubtful(doc, d) else d for d in people]


def _is_doubtful(doc: Doc, draft: Draft) -> bool:
    return draft.end - draft.start > 1 and (bool(doc[draft.start].is_sent_start) or is_headline(doc[draft.start]))


def _trimmed(doc: Doc, draft: Draft, told: Told, tenures: Tenures, language: Language) -> Draft:
    words = tuple(t.text for t in doc[draft.start : draft.end])
    if words in told.full:
        return draft
    if is_headline(doc[draft.start]):
        return _run_told(doc, draft, words, told, tenures, language)
    rest = words[1:]
    known = rest in told.full or (len(rest) == 1 and (rest[0] in told.single or tenures.called(rest[0])))
    return _cut(doc, draft, 1, len(words)) if known and words[0].lower() in language.opening else draft


def _run_told(
    doc: Doc, draft: Draft, words: tuple[str, ...], told: Told, tenures: Tenures, language: Language
) -> Draft:
    """The longest run of words of a headline that the text names elsewhere, else the word by which news call somebody."""
    runs = [(i, j) for i in range(len(words)) for j in range(i + 2, len(words) + 1) if words[i:j] in told.full]
    if runs:
        return _cut(doc, draft, *max(runs, key=lambda run: run[1] - run[0]))
    alone = (i for i, word in enumerate(words) if word in told.single or tenures.called(word))
    at = next(alone, None)
    if at is None:
        return draft
    first = at
    while first > 0 and words[first - 1].lower() in language.sexes:
        first -= 1
    return _cut(doc, draft, first, at + 1)


def _cut(doc: Doc, draft: Draft, first: int, last: int) -> Draft:
    start, end = draft.start + first, draft.start + last
    return replace(draft, start=start, end=end, head=end - 1, name=doc[start:end].text)
