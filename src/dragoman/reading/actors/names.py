"""Parsed + Gazetteer -> drafts of what is called by name: states, organisations, groups, people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from dragoman.analysis import Via
from dragoman.knowledge import Gazetteer, Sense
from dragoman.knowledge.language import Language
from dragoman.reading.actors.draft import Draft

_PARTICLES = frozenset("de del della di da dos van von der den bin ibn al el ul abu umm ben la le st".split())
_HONORIFICS = frozenset(
    "mr mr. mrs mrs. ms ms. miss dr dr. sir lord lady prof prof. gen gen. col col. sheikh sheik hajji".split()
)


@dataclass(frozen=True, slots=True)
class Names:
    """What a text calls by name, and how often it names each actor beyond doubt (capitals in their plain sense count)."""

    drafts: list[Draft]
    places: list[Draft]
    counts: Counter[str]


def find_names(doc: Doc, gazetteer: Gazetteer, language: Language, on: str | None) -> Names:
    """Names known to the gazetteer on that date, then people and organisations that only the parse has seen; none overlap."""
    found = list(_known(doc, gazetteer, on))
    sport = _sport(doc, language)
    known = [
        d
        for d in found
        if d.senses and not _is_nobody(doc, d, language) and not (d.sort == "name" and d.start in sport)
    ]
    known = [d for d in known if not _is_of_another(doc, d, known)]
    taken = _tokens(found)
    people = list(_people(doc, _tokens(known)))
    people += _titled(doc, language, taken | _tokens(people))
    known = [d for d in known if _tokens([d]).isdisjoint(_tokens(people))]
    people += _surnames(doc, [*known, *people], taken | _tokens(people))
    others = list(_organizations(doc, language, taken | _tokens(people)))
    short = list(_acronyms(doc, [*known, *others, *people], _tokens(known)))
    people, others = ([d for d in kind if d.name.lower() not in language.turns] for kind in (people, others))
    known, people, others = (_outside(kind, _tokens(short)) for kind in (known, people, others))
    counts = Counter(d.senses[0].entry.id for d in found if len({s.entry.id for s in d.senses}) == 1)
    drafts = sorted(known + people + others + short, key=lambda d: d.start)
    inside = _tokens(drafts)
    places = [d for d in found if d.via == "metonym" and inside.isdisjoint(range(d.start, d.end))]
    return Names(drafts, places, counts)


def _sport(doc: Doc, language: Language) -> set[int]:
    """Tokens of sentences about a game: one sure sign of it, or two hints."""
    out: set[int] = set()
    for sentence in doc.sents:
        words = {word.strip(".,;:!?“”\"'()") for word in sentence.text.lower().split()}
        if words & language.sport_sure or len(words & language.sport_hint) >= 2:
            out.update(range(sentence.start, sentence.end))
    return out


def _outside(drafts: list[Draft], taken: set[int]) -> list[Draft]:
    return [d for d in drafts if taken.isdisjoint(range(d.start, d.end))]


def _tokens(drafts: Iterable[Draft]) -> set[int]:
    return {i for d in drafts for i in range(d.start, d.end)}


def _known(doc: Doc, gazetteer: Gazetteer, on: str | None) -> Iterator[Draft]:
    """The longest names from left to right."""
    i = 0
    while i < len(doc):
        found = _longest(doc, i, gazetteer, on) if gazetteer.starts(doc[i].text) else None
        if found is not None:
            yield found
        i = found.end if found is not None else i + 1


def _longest(doc: Doc, start: int, gazetteer: Gazetteer, on: str | None) -> Draft | None:
    """The longest name that begins at the token; one that is known on another date only comes without senses."""
    for stop in range(min(len(doc), start + gazetteer.reach(doc[start].text) + 3), start, -1):
        last = doc[stop - 1]
        if last.is_space or last.is_punct or last.tag_ == "POS":
            continue
        senses = _senses(doc[start:stop].text, gazetteer, on)
        if senses and doc[start].lower_ == "the" and senses == _senses(doc[start + 1 : stop].text, gazetteer, on):
            return None
        if senses or gazetteer.senses(doc[start:stop].text):
            return _named(doc, start, stop, senses)
    return None


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
    """The senses on the date; a person is still known by name before and after holding office."""
    found = gazetteer.senses(surface, on)
    if found or on is None:
        return found
    return tuple(s for s in gazetteer.senses(surface) if s.entry.kind == "person")


def _is_nobody(doc: Doc, draft: Draft, language: Language) -> bool:
    """Whether the words only look like a state, an organisation or their seat: streets, teams, dishes, surnames, places."""
    if draft.sort == "person" or not any(s.entry.kind == "state" or s.via == "metonym" for s in draft.senses):
        return False
    before, following = _beside(doc, draft.start - 1), _beside(doc, draft.end)
    if following is not None and _spoils(following, language):
        return True
    if before is not None and before.is_title and before.lower_ in language.nobody_before | language.nobody_within:
        return True
    if _is_elsewhere(doc, draft, language) or (
        before is not None and before.lower_ == "of" and _is_water(_beside(doc, draft.start - 2), language)
    ):
        return True
    if _heads_a_name(doc, draft, language) or (before is not None and before.lower_ in _HONORIFICS):
        return True
    return _is_surname(doc, draft) or (draft.via == "metonym" and _is_place(doc, draft, language))


def _heads_a_name(doc: Doc, draft: Draft, language: Language) -> bool:
    """The first word of a longer name that is no office: the ship Malta Queen, the plumber Jordan Mensah."""
    last = doc[draft.end - 1]
    if draft.via == "demonym" or draft.end - draft.start > 1 or last.dep_ != "compound" or last.head.i != draft.end:
        return False
    head = last.head
    return head.pos_ == "PROPN" and head.is_title and head.is_alpha and language.role([head.lower_]) is None


def _is_water(token: Token | None, language: Language) -> bool:
    """ "The Gulf of Guinea", "the Strait of Malacca": no state."""
    return token is not None and token.is_title and token.lower_ in language.nobody_capital


def _is_elsewhere(doc: Doc, draft: Draft, language: Language) -> bool:
    """Whether a name that is also another place's (Georgia, the US state) stands among words of that place."""
    other = language.elsewhere.get(draft.name)
    if other is None:
        return False
    words = {t.lower_ for t in doc}
    return bool(words & other[0]) and not words & other[1]


def _beside(doc: Doc, i: int) -> Token | None:
    return doc[i] if 0 <= i < len(doc) else None


def _is_of_another(doc: Doc, draft: Draft, known: list[Draft]) -> bool:
    """A national body under the name of another state's: "Jamaica's Labour Party" is not the British one."""
    entry = draft.senses[0].entry
    if entry.kind not in ("organization", "group") or entry.country is None:
        return False
    behind = draft.start - 1 if draft.start and doc[draft.start - 1].tag_ == "POS" else draft.start
    owner = next((d.senses[0].entry for d in known if d.end == behind and d.senses[0].entry.kind == "state"), None)
    return owner is not None and owner.country != entry.country and len(entry.country) == 3


def _spoils(following: Token, language: Language) -> bool:
    word = following.lower_
    return word in language.nobody_word or (following.is_title and word in language.nobody_capital)


def _is_surname(doc: Doc, draft: Draft) -> bool:
    """Part of somebody's name: the parse sees a person that reaches beyond the draft, in capitals."""
    entity = next((e for e in doc[draft.start].sent.ents if e.start <= draft.start < e.end), None)
    if entity is None or entity.label_ != "PERSON" or draft.via not in ("name", "metonym"):
        return False
    rest = [t for t in entity if not draft.start <= t.i < draft.end and t.tag_ != "POS"]
    return bool(rest) and all(t.is_title for t in rest)


def _is_place(doc: Doc, draft: Draft, language: Language) -> bool:
    """A seat of government in its plain sense: somebody is in it, near it, on the way to it."""
    before, after = _beside(doc, draft.start - 1), _beside(doc, draft.end)
    if after is not None and after.text == "," and before is not None and before.text == ",":
        return True
    if after is not None and after.pos_ == "PROPN" and after.is_title and after.dep_ != "punct":
        return True
    if doc[draft.end - 1].dep_ == "dobj" and doc[draft.end - 1].head.lemma_.lower() in language.reached:
        return True
    if before is None or before.lower_ not in language.locative:
        return False
    return before.lower_ not in language.direction or before.head.lemma_.lower() in language.motion


def _people(doc: Doc, taken: set[int]) -> Iterator[Draft]:
    for entity in doc.ents:
        if entity.label_ != "PERSON":
            continue
        start, end = _name_bounds(doc, entity.start, entity.end, taken)
        if (
            start < end
            and taken.isdisjoint(range(start, end))
            and any(t.is_title or t.is_upper for t in doc[start:end])
        ):
            yield _person(doc, start, end)


def _titled(doc: Doc, language: Language, taken: set[int]) -> Iterator[Draft]:
    """Names that the parse has missed, behind a title in capitals: "Archbishop Teofilo Barrenechea"."""
    i = 0
    while i < len(doc) - 1:
        title = language.role([doc[i].lower_]) if doc[i].is_title and i not in taken else None
        end = i + 1
        while end < len(doc) and _is_name_word(doc, end, language, taken):
            end += 1
        if title is not None and title[0].kind == "person" and end > i + 1:
            yield _person(doc, i + 1, end)
        i = end


def _is_name_word(doc: Doc, i: int, language: Language, taken: set[int]) -> bool:
    token = doc[i]
    proper = token.pos_ == "PROPN" and token.is_title and token.is_alpha and i not in taken
    return proper and language.role([token.lower_]) is None and not token.is_sent_start


def _surnames(doc: Doc, named: Iterable[Draft], taken: set[int]) -> Iterator[Draft]:
    """Other places where the last word of a full name stands by itself, whatever the parse takes it for."""
    last = {d.name.split()[-1] for d in named if d.sort == "person" and len(d.name.split()) > 1}
    for token in doc:
        word = token.text.title() if token.is_upper and len(token) > 3 else token.text
        if word in last and token.i not in taken and not _in_capitals(doc, token):
            yield _person(doc, token.i, token.i + 1)


def _in_capitals(doc: Doc, token: Token) -> bool:
    """Whether the word is part of a longer name in capitals, such as a street's."""
    around = [doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(doc)]
    return any(t.pos_ == "PROPN" and t.is_title and t.i > token.i for t in around)


def _person(doc: Doc, start: int, end: int) -> Draft:
    return Draft(
        start=start, end=end, sort="person", head=end - 1, via="name", name=doc[start:end].text, label="PERSON"
    )


def _name_bounds(doc: Doc, start: int, end: int, taken: set[int]) -> tuple[int, int]:
    """The entity without honorifics, possessives and what a known name holds, with the particles it misses."""
    while start < end and (doc[start].lower_ in _HONORIFICS or start in taken or doc[start].pos_ == "DET"):
        start += 1
    while end > start and (
        doc[end - 1].tag_ == "POS" or doc[end - 1].is_punct or doc[end - 1].is_space or end - 1 in taken
    ):
        end -= 1
    while start > 0 and doc[start - 1].lower_ in _PARTICLES and start - 1 not in taken and doc[start - 1].is_title:
        start -= 1
    while start < end < len(doc) and _continues_name(doc[end], taken):
        end += 1
    if "\n" in doc[start:end].text:
        end = next(t.i for t in doc[start:end] if "\n" in t.text)
    return start, end


def _continues_name(token: Token, taken: set[int]) -> bool:
    """A further surname that the parse has cut off: a proper noun in capitals right behind the name."""
    alone = token.ent_iob_ != "B" or token.i + 1 == len(token.doc) or token.nbor().ent_iob_ != "I"
    return token.pos_ == "PROPN" and token.is_title and token.is_alpha and token.i not in taken and alone


def _organizations(doc: Doc, language: Language, taken: set[int]) -> Iterator[Draft]:
    for entity in doc.ents:
        start = entity.start + (entity[0].pos_ == "DET")
        if entity.label_ != "ORG" or start == entity.end or not taken.isdisjoint(range(start, entity.end)):
            continue
        words = [t for t in doc[start : entity.end] if t.is_alpha]
        if (
            words
            and all(t.is_title or t.is_upper or t.lower_ in {"of", "for", "the", "and"} for t in words)
            and _is_proper(words, language)
        ):
            yield _organization(doc, start, entity.end)


def _is_proper(words: list[Token], language: Language) -> bool:
    """A name of its own: not "Council" or "Foreign Ministry" alone, no carrier and no street."""
    lower = [t.lower_ for t in words]
    if language.nobody_within & set(lower) or lower[0] in language.former:
        return False
    role = language.role(lower)
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


def _acronyms(doc: Doc, named: Iterable[Draft], taken: set[int]) -> Iterator[Draft]:
    """Short forms that the text introduces in brackets, wherever they stand: "Free Miners' Front (FMF)"."""
    by_end = {d.end: d for d in named}
    meaning: dict[str, Draft] = {}
    for i in range(1, len(doc) - 2):
        if doc[i].text == "(" and doc[i + 2].text == ")" and doc[i + 1].is_upper and 2 <= len(doc[i + 1]) <= 8:
            long = by_end.get(i) or _spelled_out(doc, i, doc[i + 1].text)
            if long is not None and long.sort == "person" and not long.senses:  # people have no acronyms
                long = _organization(doc, long.start, long.end)
            if long is not None:
                meaning[doc[i + 1].text] = long
                if long is not by_end.get(i):
                    yield long
    for token in doc:
        if token.text in meaning and token.i not in taken:
            long = meaning[token.text]
            yield replace(long, start=token.i, end=token.i + 1, head=token.i, via="acronym", same_as=long.start)


def _spelled_out(doc: Doc, end: int, acronym: str) -> Draft | None:
    """The capitalised words before the bracket whose initials spell the acronym."""
    initials, i = "", end
    while i > 0 and end - i < 12 and len(initials) < len(acronym):
        i -= 1
        if doc[i].is_title or doc[i].is_upper:
            initials = doc[i].text[0] + initials
        elif not (doc[i].is_lower or doc[i].is_punct or doc[i].tag_ == "POS"):
            return None
    return _organization(doc, i, end) if initials == acronym.upper() else None


def choose(senses: tuple[Sense, ...], counts: Counter[str]) -> Sense | None:
    """The sense meant: the only actor, or of several the one the document names beyond doubt.

    In an undated document a state that still exists goes before one that does not. A capital that is the seat of an
    organisation as well as of its state stands for the organisation. Undecided otherwise.
    """
    lasting = {s.entry.kind for s in senses if s.entry.until is None}
    senses = tuple(s for s in senses if s.entry.until is None or s.entry.kind not in lasting)
    first = {s.entry.id: s for s in reversed(senses)}
    if len(first) == 1:
        return senses[0]
    ranked = sorted(first.values(), key=lambda s: -counts[s.entry.id])
    if counts[ranked[0].entry.id] > counts[ranked[1].entry.id]:
        return ranked[0]
    if all(s.via == "metonym" for s in senses):
        return next((s for s in senses if s.entry.kind != "state"), None)
    kinds = [s.entry.kind for s in senses]
    return senses[0] if kinds.count(kinds[0]) == 1 else None


def via_of(draft: Draft, sense: Sense) -> Via:
    """How the draft names the chosen actor."""
    return "acronym" if draft.via == "acronym" else sense.via
