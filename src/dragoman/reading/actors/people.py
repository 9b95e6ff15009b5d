"""The people a document names: full names, and which surname or short name belongs to whom."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc

from dragoman.knowledge.language import Language
from dragoman.reading.actors.draft import Draft
from dragoman.reading.actors.nobody import is_headline

_NEAR = 40
"""How many tokens back a full name is still the last one spoken of."""
_PREFIX = re.compile(r"(?i)^(al|el|ul)-")


def slug(name: str) -> str:
    """A name as an id: lower-case ASCII words joined by hyphens; characters without an ASCII form are kept as they are."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "-", plain.replace("’", "").replace("'", "").lower()).strip("-") or "unnamed"


def _key(word: str) -> str:
    return _PREFIX.sub("", slug(word))


@dataclass(slots=True)
class Person:
    """One person as the document builds them up; `roles` and `owner` come from titles next to the name."""

    name: str
    words: tuple[str, ...]
    roles: set[str] = field(default_factory=set)
    country: str | None = None
    sectors: tuple[str, ...] = ()
    masculine: bool | None = None
    known_as: str | None = None
    at: list[int] = field(default_factory=list)
    """The tokens at which the text gives the name as fully as anywhere."""

    @property
    def id(self) -> str:
        """The gazetteer's id where it knows the person, else the slug of the fullest name in the document."""
        return self.known_as or slug(self.name)

    def can_be(self, name: str) -> bool:
        """Whether somebody of that full name has more in common with the person than a surname: a first name or its initial."""
        others = [_key(w) for w in name.split()[:-1]]
        own = self.words[:-1]
        return not own or not others or own[0][:1] == others[0][:1] or not set(own).isdisjoint(others)


class People:
    """Everybody named in a document; `of(draft)` finds the bearer of a full name, a surname or another part of a name.

    Of two with one surname "Mr" and "Mrs" tell which is meant, else it is the one whom data files know, then who was named in
    full just before, then the first.
    """

    def __init__(self, drafts: Iterable[Draft], doc: Doc, language: Language) -> None:
        self._doc = doc
        self._language = language
        self._persons: list[Person] = []
        self._by_draft: dict[tuple[int, str], Person] = {}
        named = [d for draft in drafts for d in _with_owners(draft) if d.sort == "person" and d.name]
        for draft in sorted(named, key=self._doubt):
            self._by_draft[draft.start, draft.name] = self._bearer(draft)
        self._by_id: dict[str, Person] = {}
        self.index()

    def index(self) -> None:
        """Note the ids, anew once somebody has been recognised."""
        self._by_id = {p.id: p for p in reversed(self._persons)}

    def of(self, draft: Draft) -> Person:
        """The person whom a draft names; KeyError where it is none of the document's."""
        return self._by_draft[draft.start, draft.name]

    def by_id(self, id: str) -> Person | None:
        """The person with that actor id."""
        return self._by_id.get(id)

    def _doubt(self, draft: Draft) -> tuple[bool, int]:
        """Full names first, and last what a headline makes look like one, where a capital says nothing."""
        words = draft.name.split()
        told = len(words) == 1 or bool(draft.senses) or words[0].lower() in self._language.sexes
        return not told and is_headline(self._doc[draft.head]), -len(words)

    def _bearer(self, draft: Draft) -> Person:
        words = tuple(_key(w) for w in draft.name.split())
        known = {s.entry.id for s in draft.senses}
        sex = self._sex(draft)
        found = [p for p in self._persons if p.known_as in known or _same(words, p.words)]
        person = self._meant(draft, [p for p in found if None in (sex, p.masculine) or p.masculine == sex], sex)
        if person is None:
            person = Person(
                name=draft.name, words=words, known_as=draft.senses[0].entry.id if len(known) == 1 else None
            )
            self._persons.append(person)
        if len(words) == len(person.words):
            person.at.append(draft.start)
        person.masculine = sex if person.masculine is None else person.masculine
        return person

    def _meant(self, draft: Draft, fitting: list[Person], sex: bool | None) -> Person | None:
        fitting = [p for p in fitting if sex is not None and p.masculine == sex] or fitting
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        return max(fitting, key=lambda p: self._nearness(draft, p))

    def _nearness(self, draft: Draft, person: Person) -> tuple[bool, int, int]:
        last = max((i for i in person.at if draft.start - _NEAR <= i < draft.start), default=-1)
        return person.known_as is not None, last, -min(person.at, default=0)

    def _sex(self, draft: Draft) -> bool | None:
        """What the word before the name, a role in front of it, or a first name says."""
        before = self._doc[draft.start - 1].lower_ if draft.start else ""
        told = self._language.sex(before) if before in self._language.sexed_words else None
        if told is None and draft.role is not None:
            told = self._language.sex(draft.role.phrase)
        words = draft.name.split()
        return self._language.sexes.get(words[0].lower()) if told is None and len(words) > 1 else told


def _with_owners(draft: Draft) -> Iterator[Draft]:
    """The draft and whose it is: "the campaign manager of Ana Quispe" names her too."""
    while True:
        yield draft
        if draft.owner is None:
            return
        draft = draft.owner


def _same(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether the short name is the full one's surname, its other end, or the full one without middle names."""
    if short == full or short == full[-len(short) :]:
        return True
    if len(short) == 1:
        return len(full) > 1 and short[0] in (full[0], full[-1]) and len(short[0]) > 1
    return short[0] == full[0] and short[-1] == full[-1]
