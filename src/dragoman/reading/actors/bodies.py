"""Doc -> drafts of bodies by the form of their names: "Haneul Shipping", "the University of Damascus", "the Tiraspol Post"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from dragoman.knowledge.language import Language
from dragoman.reading.actors.draft import Draft
from dragoman.reading.actors.nobody import is_written_as_name
from dragoman.reading.actors.shorts import Short, is_short, spelled_out
from dragoman.reading.actors.towns import is_town, state_at

_TOWARDS = frozenset({"anti", "pro", "non"})
"""What with a hyphen makes an attitude of a name: "anti-Putin"."""


def parsed_bodies(doc: Doc, language: Language, taken: set[int]) -> Iterator[Draft]:
    for entity in doc.ents:
        start = entity.start + (entity[0].pos_ == "DET")
        if entity.label_ != "ORG" or start == entity.end or not taken.isdisjoint(range(start, entity.end)):
            continue
        words = [t for t in doc[start : entity.end] if t.is_alpha]
        if words and words[0].lower_ in _TOWARDS:
            continue
        if len(words) == 1 and not words[0].is_upper and is_town(words[0].text):
            continue
        if (
            words
            and all(t.is_title or t.is_upper or t.lower_ in {"of", "for", "the", "and"} for t in words)
            and _is_proper(words, language)
        ):
            yield _organization(doc, start, entity.end)


def firms(capitals: Iterable[Token], language: Language) -> Iterator[Draft]:
    """Names in capitals whose last word is a firm's: "Haneul Shipping"."""
    for token in capitals:
        if token.lower_ not in language.firms:
            continue
        doc, start = token.doc, token.i
        while start > token.sent.start and is_written_as_name(doc[start - 1]):
            start -= 1
        behind = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if start < token.i and (behind is None or not is_written_as_name(behind)):
            yield _organization(doc, start, token.i + 1)


def institutions(capitals: Iterable[Token], places: Iterable[Draft], language: Language) -> Iterator[Draft]:
    """Bodies named after a place: "the University of Damascus", "the Bank of Greece", and papers such as "the Tiraspol Post"."""
    ends = {d.start: d.end for d in places}
    of_a_place = language.of_a_place | language.papers
    for token in capitals:
        doc = token.doc
        if not token.is_title or token.i + 1 == len(doc):
            continue
        if token.lower_ in of_a_place and doc[token.i + 1].lower_ == "of" and token.i + 2 < len(doc):
            end = ends.get(token.i + 2) or _town_end(doc, token.i + 2, language)
            if end is not None:
                yield _organization(doc, token.i, end)
        end = ends.get(token.i)
        if end is not None and end < len(doc) and doc[end].is_title and doc[end].lower_ in language.papers:
            yield _organization(doc, token.i, end + 1)


def _town_end(doc: Doc, i: int, language: Language) -> int | None:
    """The end of the town or region whose name begins at the token, a single word."""
    return i + 1 if doc[i].is_title and state_at(doc, i, language) is not None else None


def _is_proper(words: list[Token], language: Language) -> bool:
    """A name of its own: not "Council" or "Foreign Ministry" alone, no carrier and no street."""
    lower = [t.lower_ for t in words]
    if language.nobody_within & set(lower) or lower[0] in language.former:
        return False
    role = language.role(lower) or language.role([*lower[:-1], lower[-1].removesuffix("s")])
    return not (role is not None and role[1] == len(words)) and not (
        len(words) == 1 and lower[0] in language.referring["last_named"]
    )


def _organization(doc: Doc, start: int, end: int) -> Draft:
    upper = end - start == 1 and doc[start].is_upper
    return Draft(
        start=start,
        end=end,
        sort="name",
        head=doc[start:end].root.i,
        via="acronym" if upper else "name",
        name=doc[start:end].text,
        label="ORG",
    )


def long_forms(doc: Doc, shorts: Iterable[Short]) -> Iterator[Draft]:
    """The names whose initials a short form spells, whatever the parse takes them for."""
    for short in shorts:
        found = spelled_out(doc, short.long_end, short.text)
        if found is not None:
            yield _organization(doc, *found)


def short_forms(doc: Doc, shorts: Iterable[Short], language: Language, taken: set[int]) -> Iterator[Draft]:
    """The short forms that the text introduces or the parse knows for bodies, wherever they stand."""
    seen = (e[0] for e in doc.ents if e.label_ == "ORG" and len(e) == 1)
    texts = {short.text for short in shorts} | {
        t.text for t in seen if is_short(t) and language.role([t.lower_]) is None
    }
    for token in doc:
        if token.text in texts and token.i not in taken:
            yield _organization(doc, token.i, token.i + 1)
