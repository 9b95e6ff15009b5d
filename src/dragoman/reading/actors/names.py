"""Parsed + Gazetteer -> drafts of what is called by name: states, organisations, groups, people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from dragoman.analysis import Via
from dragoman.knowledge import Entry, Gazetteer, Sense
from dragoman.knowledge.language import Language
from dragoman.reading.actors.bodies import firms, institutions, long_forms, parsed_bodies, short_forms
from dragoman.reading.actors.draft import Draft
from dragoman.reading.actors.nobody import (
    HONORIFICS,
    in_games,
    is_direction,
    is_headline,
    is_make,
    is_nobody,
    is_spoiled,
    plays,
)
from dragoman.reading.actors.shorts import Short, find_shorts, spelled_out
from dragoman.reading.actors.tenures import Tenures
from dragoman.reading.actors.towns import is_town, state_at

_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "dative", "conj", "ROOT"})
_PARTICLES = frozenset("de del della di da dos van von der den bin ibn al el ul abu umm ben la le st".split())


@dataclass(frozen=True, slots=True)
class Names:
    """What a text calls by name, and how often it names each actor beyond doubt (capitals in their plain sense count)."""

    drafts: list[Draft]
    places: list[Draft]
    counts: Counter[str]
    shorts: tuple[Short, ...]
    regions: frozenset[str]
    """The states whose regions and towns the text names."""
    institutions: tuple[str, ...]
    """The states of institutions that the text names without them: the United States' Congress, the Knesset."""


def find_names(doc: Doc, gazetteer: Gazetteer, language: Language, on: str | None) -> Names:
    """Names known to the gazetteer on that date, then people and organisations that only the parse has seen; none overlap."""
    found = list(_known(doc, gazetteer, on))
    games = in_games(doc, language)
    known = [d for d in found if d.senses and not is_nobody(doc, d, language) and not plays(doc, d, games, language)]
    known = [d for d in known if not is_make(doc, d) and not is_direction(doc, d, language)]
    known = [d for d in known if not _is_of_another(doc, d, known) and not _ends_a_role(doc, d, language)]
    taken = _tokens(found)
    capitals = [t for t in doc if t.is_title or t.is_upper]
    formed = list(_formed(capitals, found, language))
    known = _outside(known, _tokens(formed))
    people = _outside(list(_people(doc, language, _tokens(known))), _tokens(formed))
    people += _titled(doc, language, taken | _tokens(people))
    people += _office_holders(capitals, Tenures(gazetteer, language, on), taken | _tokens(people))
    known = [d for d in known if _tokens([d]).isdisjoint(_tokens(people))]
    people += _surnames(doc, [*known, *people], taken | _tokens(people))
    others = [*formed, *parsed_bodies(doc, language, taken | _tokens(people) | _tokens(formed))]
    shorts = tuple(find_shorts(doc, language))
    known = [d for d in known if not _is_introduced(doc, d, shorts)]
    long = _outside(list(long_forms(doc, shorts)), _spanned(known))
    short = [*long, *_outside(list(short_forms(doc, shorts, language, _tokens(known))), _tokens(long))]
    people, others = ([d for d in kind if not _is_no_name(d, language)] for kind in (people, others))
    known, people, others = (_outside(kind, _tokens(short)) for kind in (known, people, others))
    counts = Counter(d.senses[0].entry.id for d in found if len({s.entry.id for s in d.senses}) == 1)
    regions = [r for t in doc if t.i not in taken and (r := language.region(t.text)) is not None]
    regions += _visited(doc, language, taken)
    drafts = sorted(known + people + others + short, key=lambda d: d.start)
    inside = _tokens(drafts)
    places = [d for d in _outside(found, inside) if d.via == "metonym" and not is_spoiled(doc, d, language)]
    return Names(drafts, places, counts, shorts, frozenset(regions), tuple(_institutions(capitals, language)))


def _institutions(capitals: Iterable[Token], language: Language) -> Iterator[str]:
    for token in capitals:
        if token.lower_ in language.default_owner and token.pos_ == "PROPN" and token.is_title:
            yield language.default_owner[token.lower_]


def _formed(capitals: Sequence[Token], found: Iterable[Draft], language: Language) -> Iterator[Draft]:
    """Bodies told by the form of their names, those apart whom the gazetteer lists."""
    named = [d for d in found if d.senses]
    taken = _spanned(named)
    for body in (*institutions(capitals, named, language), *firms(capitals, language)):
        if taken.isdisjoint(range(body.start, body.end)):
            taken |= _tokens([body])
            yield body


def _visited(doc: Doc, language: Language, taken: set[int]) -> Iterator[str]:
    """The states of the towns in or near which something happens, where the language has no word for them."""
    for token in doc[1:]:
        there = token.nbor(-1).lower_ in language.locative and token.is_title and token.i not in taken
        if there and language.region(token.text) is None and (state := state_at(doc, token.i, language)) is not None:
            yield state


def _outside(drafts: list[Draft], taken: set[int]) -> list[Draft]:
    return [d for d in drafts if taken.isdisjoint(range(d.start, d.end))]


def _tokens(drafts: Iterable[Draft]) -> set[int]:
    return {i for d in drafts for i in range(d.start, d.end)}


def _spanned(known: Iterable[Draft]) -> set[int]:
    """The tokens of known names of bodies: a longer name does not swallow them as it does a state's."""
    return _tokens(d for d in known if d.senses[0].entry.kind != "state")


def _known(doc: Doc, gazetteer: Gazetteer, on: str | None) -> Iterator[Draft]:
    """The longest names from left to right."""
    text, words = doc.text, [token.text for token in doc]
    opening = {word for word in set(words) if gazetteer.starts(word)}
    i = 0
    while i < len(words):
        found = _longest(doc, text, i, gazetteer, on) if words[i] in opening else None
        if found is not None:
            yield found
        i = found.end if found is not None else i + 1


def _longest(doc: Doc, text: str, start: int, gazetteer: Gazetteer, on: str | None) -> Draft | None:
    """The longest name that begins at the token; one that is known on another date only comes without senses.

    Where that one goes on in small letters the shorter name in it stands: "the UN human rights commission" after its end.
    """
    first, outdated = doc[start], None
    for stop in range(min(len(doc), start + gazetteer.reach(first.text) + 3), start, -1):
        last = doc[stop - 1]
        if last.is_space or last.is_punct or last.tag_ == "POS":
            continue
        name = text[first.idx : last.idx + len(last)]
        if not gazetteer.senses(name):
            continue
        senses = _senses(name, gazetteer, on)
        if senses and first.lower_ == "the" and senses == _senses(doc[start + 1 : stop].text, gazetteer, on):
            return None
        if senses and (outdated is None or not doc[stop].is_title):
            return _named(doc, start, stop, senses)
        if outdated is None:
            outdated = _named(doc, start, stop, ())
    return outdated


def _named(doc: Doc, start: int, stop: int, senses: tuple[Sense, ...]) -> Draft:
    person = bool(senses) and senses[0].entry.kind == "person"
    return Draft(
        start=start,
        end=stop,
        sort="person" if person else "name",
        head=stop - 1,
        via=senses[0].via if senses else "name",
        senses=senses,
        name=doc[start:stop].text,
        label=doc[start].ent_type_,
        plural=doc[stop - 1].tag_ in {"NNS", "NNPS"},
    )


def _senses(surface: str, gazetteer: Gazetteer, on: str | None) -> tuple[Sense, ...]:
    """The senses on the date; people are still known by name before and after their office, bodies and groups after their end."""
    found = gazetteer.senses(surface, on)
    if found or on is None:
        return found
    return tuple(s for s in gazetteer.senses(surface) if s.entry.kind == "person" or _is_about(s.entry, on))


def _is_about(entry: Entry, on: str) -> bool:
    """A body or group that has ended, or that came into being some time in the year."""
    if entry.kind not in ("organization", "group") or "PRE" in entry.sectors:
        return False
    ended = entry.until is not None and entry.until < on
    return ended or (entry.since is not None and entry.since[:4] == on[:4])


def _is_of_another(doc: Doc, draft: Draft, known: list[Draft]) -> bool:
    """A national body under the name of another state's: "Jamaica's Labour Party" is not the British one."""
    entry = draft.senses[0].entry
    if entry.kind not in ("organization", "group") or entry.country is None:
        return False
    behind = draft.start - 1 if draft.start and doc[draft.start - 1].tag_ == "POS" else draft.start
    owner = next((d.senses[0].entry for d in known if d.end == behind and d.senses[0].entry.kind == "state"), None)
    return owner is not None and owner.country != entry.country and len(entry.country) == 3


def _is_introduced(doc: Doc, draft: Draft, shorts: Iterable[Short]) -> bool:
    """An acronym that this text gives to a body of another name than the listed one."""
    if draft.via != "acronym":
        return False
    spelled = (spelled_out(doc, s.long_end, s.text) for s in shorts if s.text == draft.name)
    names = [doc[start:end].text.lower() for start, end in (s for s in spelled if s is not None)]
    listed = {s.entry.name.lower() for s in draft.senses}
    return bool(names) and all(name not in long and long not in name for name in names for long in listed)


def _ends_a_role(doc: Doc, draft: Draft, language: Language) -> bool:
    """The last word of what many countries have one of: the Democrats of "Dutch Christian Democrats"."""
    words = [t.lower_ for t in doc[max(0, draft.start - 2) : draft.end]]
    role = language.role(words) if draft.senses[0].entry.kind == "group" else None
    return role is not None and role[1] > draft.end - draft.start


def _is_no_name(draft: Draft, language: Language) -> bool:
    """A turn in a transcript, half of a divided country or a region's adjective, which the parse takes for a name."""
    single = draft.name in language.sides or language.region(draft.name) is not None
    return single or draft.name.lower() in language.turns


def _people(doc: Doc, language: Language, taken: set[int]) -> Iterator[Draft]:
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


def _titled(doc: Doc, language: Language, taken: set[int]) -> Iterator[Draft]:
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
    role = language.role([token.lower_]) if token.is_alpha else None
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


def _surnames(doc: Doc, named: Iterable[Draft], taken: set[int]) -> Iterator[Draft]:
    """Other places where the last word of a full name stands by itself, whatever the parse takes it for."""
    full = [tuple(d.name.split()) for d in named if d.sort == "person"]
    last = {words[-1]: words for words in full if len(words) > 1}
    for token in doc:
        word = token.text.title() if token.is_upper and len(token) > 3 else token.text
        if word in last and token.i not in taken and not _in_capitals(doc, token):
            yield _person(doc, _with_particles(doc, token.i, last[word]), token.i + 1)


def _office_holders(capitals: Iterable[Token], tenures: Tenures, taken: set[int]) -> Iterator[Draft]:
    """Surnames of office holders that stand by themselves, whatever the parse takes them for: "Sarkozy had no comment"."""
    for token in capitals:
        proper = token.pos_ == "PROPN" or (token.pos_ == "NOUN" and token.ent_type_ != "")
        written = proper and token.i not in taken and token.is_title and token.is_alpha
        alone = written and token.dep_ in _ARGUMENTS and not _adjoins_a_name(token.doc, token, taken)
        if alone and tenures.called(token.text) and not is_town(token.text):
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


def is_backer(doc: Doc, name: Draft, language: Language) -> bool:
    """ "Turkish-backed" and "pro-Turkish rebels" are not Turkey's, nor is "a US-led coalition" the United States.

    Where somebody is based or born says whose they are, unless something nearer does.
    """
    before, after = doc[max(0, name.start - 2) : name.start], doc[name.end : name.end + 2]
    if len(before) == 2 and before[0].lower_ in ("pro", "anti") and before[1].text in ("-", "–"):
        return True
    if len(after) < 2 or after[0].text not in ("-", "–") or after[1].lower_ in language.origin:
        return False
    return after[1].tag_ in ("VBN", "VBD", "JJ")


def is_joint(doc: Doc, name: Draft, language: Language) -> bool:
    """Half of two states: "Anglo-Dutch", "the Syrian-Lebanese council"."""
    if name.via != "demonym" or name.start < 2 or doc[name.start - 1].text not in ("-", "–"):
        return False
    first = doc[name.start - 2]
    return first.lower_ in language.halved or (first.is_title and first.pos_ in ("ADJ", "PROPN"))


def choose(senses: tuple[Sense, ...], counts: Counter[str], regions: frozenset[str]) -> Sense | None:
    """The sense meant: the only actor, or of several the one the document names beyond doubt.

    In an undated document a state that still exists goes before one that does not. A capital that is the seat of an
    organisation as well as of its state stands for the organisation. Undecided otherwise.
    """
    lasting = {s.entry.kind for s in senses if s.entry.until is None}
    senses = tuple(s for s in senses if s.entry.until is None or s.entry.kind not in lasting)
    first = {s.entry.id: s for s in reversed(senses)}
    if len(first) == 1:
        return senses[0]
    near = frozenset[str]() if all(s.via == "metonym" for s in senses) else regions
    weights = {key: counts[key] + (key in near) for key in first}
    ranked = sorted(first, key=lambda key: -weights[key])
    if weights[ranked[0]] > weights[ranked[1]]:
        return first[ranked[0]]
    if all(s.via == "metonym" for s in senses):
        return next((s for s in senses if s.entry.kind != "state"), None)
    kinds = [s.entry.kind for s in senses]
    return senses[0] if kinds.count(kinds[0]) == 1 else None


def via_of(draft: Draft, sense: Sense) -> Via:
    """How the draft names the chosen actor."""
    return "acronym" if draft.via == "acronym" else sense.via
