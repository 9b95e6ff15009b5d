"""The people a document names: full names, and which surname or short name belongs to whom."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dragoman.reading.actors.draft import Draft

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

    @property
    def id(self) -> str:
        """The gazetteer's id where it knows the person, else the slug of the fullest name in the document."""
        return self.known_as or slug(self.name)


class People:
    """Everybody named in a document; `of(name)` finds the bearer of a full name, a surname or another part of a name."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self._by_name: dict[str, Person] = {}
        named = [d for draft in drafts for d in _with_owners(draft) if d.sort == "person" and d.name]
        for draft in sorted(named, key=lambda d: -len(d.name.split())):
            if draft.name not in self._by_name:
                self._by_name[draft.name] = self._bearer(draft)
        self._by_id: dict[str, Person] = {}
        self.index()

    def index(self) -> None:
        """Note the ids, anew once somebody has been recognised."""
        self._by_id = {p.id: p for p in self._distinct()}

    def of(self, name: str) -> Person:
        """The person of that name; KeyError where no draft bore it."""
        return self._by_name[name]

    def by_id(self, id: str) -> Person | None:
        """The person with that actor id."""
        return self._by_id.get(id)

    def _bearer(self, draft: Draft) -> Person:
        words = tuple(_key(w) for w in draft.name.split())
        known = {s.entry.id for s in draft.senses}
        for person in self._distinct():
            if person.known_as in known or _same(words, person.words):
                return person
        return Person(name=draft.name, words=words, known_as=draft.senses[0].entry.id if len(known) == 1 else None)

    def _distinct(self) -> list[Person]:
        return list({id(p): p for p in self._by_name.values()}.values())


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
