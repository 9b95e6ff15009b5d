"""Parsed + Gazetteer -> drafts of what is called by name: states, organisations, groups, people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dragoman.analysis import Via
from dragoman.knowledge import Entry, Gazetteer, Sense
from dragoman.knowledge.language import Language
from dragoman.reading.actors.bodies import firms, institutions, long_forms, parsed_bodies, short_forms
from dragoman.reading.actors.draft import Draft
from dragoman.reading.actors.nobody import (
    in_games,
    is_direction,
    is_make,
    is_nobody,
    is_spoiled,
    plays,
)
from dragoman.reading.actors.persons import (
    office_holders,
    people_parsed,
    starts_a_longer_name,
    surnames,
    titled,
    trimmed,
)
from dragoman.reading.actors.shorts import Short, find_shorts, spelled_out
from dragoman.reading.actors.tenures import Tenures
from dragoman.reading.actors.towns import state_at

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
    found = [d for d in _known(doc, gazetteer, on) if not starts_a_longer_name(doc, d, language)]
    games = in_games(doc, language)
    known = [d for d in found if d.senses and not is_nobody(doc, d, language) and not plays(doc, d, games, language)]
    known = [d for d in known if not is_make(doc, d) and not is_direction(doc, d, language)]
    known = [d for d in known if not _is_of_another(doc, d, known) and not _ends_a_role(doc, d, language)]
    taken = _tokens(found)
    capitals = [t for t in doc if t.is_title or t.is_upper]
    formed = list(_formed(capitals, found, language))
    known = _outside(known, _tokens(formed))
    tenures = Tenures(gazetteer, language, on)
    people = _outside(list(people_parsed(doc, language, _tokens(known))), _tokens(formed))
    people = trimmed(doc, people, known, tenures, language)
    people += titled(doc, language, taken | _tokens(people))
    people += office_holders(capitals, tenures, taken | _tokens(people))
    known = [d for d in known if _tokens([d]).isdisjoint(_tokens(people))]
    named = [*(d for d in known if d.sort == "person"), *people]
    known = [d for d in known if not _is_surname_of(d, named)]
    kept = _tokens(d for d in found if not _is_surname_of(d, named)) if named else taken
    people += surnames(doc, named, kept | _tokens(people))
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


def _is_surname_of(draft: Draft, people: Iterable[Draft]) -> bool:
    """A firm's or agency's name that the text gives somebody as a surname: Bloomberg after "Michael Bloomberg"."""
    body = (
        draft.end - draft.start == 1 and bool(draft.senses) and draft.senses[0].entry.kind in ("organization", "group")
    )
    return body and any(" " in p.name and p.name.split()[-1] == draft.name for p in people)


def _ends_a_role(doc: Doc, draft: Draft, language: Language) -> bool:
    """The last word of what many countries have one of: the Democrats of "Dutch Christian Democrats"."""
    words = [t.lower_ for t in doc[max(0, draft.start - 2) : draft.end]]
    role = language.role(words) if draft.senses[0].entry.kind == "group" else None
    return role is not None and role[1] > draft.end - draft.start


def _is_no_name(draft: Draft, language: Language) -> bool:
    """A turn in a transcript, half of a divided country or a region's adjective, which the parse takes for a name."""
    single = draft.name in language.sides or language.region(draft.name) is not None
    return single or draft.name.lower() in language.turns


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
