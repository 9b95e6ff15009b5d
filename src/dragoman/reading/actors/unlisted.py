"""Draft of a body that nobody lists -> actor: what the text says beside its name, and what the words of the name say."""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.analysis import Actor
from dragoman.knowledge import Gazetteer
from dragoman.knowledge.language import Language, Role
from dragoman.reading.actors.draft import Draft
from dragoman.reading.actors.people import slug
from dragoman.reading.parse import Parsed

_BEHIND_HEADS = frozenset("of for in on against and to de des du del della di da do dos von at -".split())
"""What may follow the word that says what kind of body a name is: "Union of Growers", but not "Union Carbide"."""


class Unlisted:
    """The bodies of one document that no data file knows.

    `described` has the country and sectors of those of which the text says what they are, by the name it describes.
    """

    def __init__(self, parsed: Parsed, draft_of: Mapping[int, Draft], gazetteer: Gazetteer, language: Language) -> None:
        self.described: dict[str, tuple[str | None, tuple[str, ...]]] = {}
        self._doc = parsed.doc
        self._draft_of = draft_of
        self._gazetteer = gazetteer
        self._language = language
        self._on = parsed.document.published

    def actor(self, draft: Draft, sole: str | None) -> Actor:
        """An organisation nobody listed: what the text says beside its name, then what the words of its name say."""
        name = self._full_name(draft.name)
        country, sectors = self.described.get(name, (None, ()))
        role = self._role_in([w.lower().strip("'’") for w in draft.name.split()])
        house = self._house_of(draft)
        country = country or house or self._country_in(draft) or (sole if role is not None else None)
        named_only = role is not None and role.sectors == ("LEG",) and not name.lower().endswith(role.phrase)
        sectors = sectors or (("LEG",) if house is not None else self._form_of(name.lower().split()))
        sectors = sectors or (role.sectors if role is not None and country and not named_only else ())
        return Actor(id=slug(name), name=name, kind="organization", country=country, sectors=sectors)

    def _full_name(self, name: str) -> str:
        """The name of the body that the text has described and that the words end: "the Vigil" for "the Delta Vigil"."""
        longer = [body for body in self.described if f" {name} " in f" {body} "]
        return longer[0] if len(longer) == 1 else name

    def _country_in(self, draft: Draft) -> str | None:
        """The country that a name has among its words, or in the possessive before it."""
        words = [w.removesuffix("'s").removesuffix("’s") for w in draft.name.split()]
        if draft.start > 1 and self._doc[draft.start - 1].tag_ == "POS":
            words = [self._doc[draft.start - 2].text, *words]
        if (seat := self._seat(draft)) is not None:
            return seat
        states = (s.entry for w in words for s in self._gazetteer.senses(w, self._on)[:1] if s.entry.kind == "state")
        regions = (r for w in words if (r := self._language.region(w)) is not None)
        return next((entry.country for entry in states), None) or next(regions, None)

    def _house_of(self, draft: Draft) -> str | None:
        """The state of the house of parliament that a name begins with: "Senate Intelligence Committee"."""
        words = draft.name.lower().split()
        found = self._language.role([words[0]]) if len(words) > 1 else None
        return self._language.houses.get(words[0]) if found is not None and "LEG" in found[0].sectors else None

    def _form_of(self, words: list[str]) -> tuple[str, ...]:
        """The sector that the form of a name shows: "Haneul Shipping", "the Tiraspol Post", "the Times of Tiraspol"."""
        if words[-1] in self._language.firms:
            return ("BUS",)
        paper = words[-1] in self._language.papers or (words[0] in self._language.papers and "of" in words)
        return ("JRN",) if paper and len(words) > 1 else ()

    def _seat(self, draft: Draft) -> str | None:
        """Where the body is based, if the words right before its name say so: "Seoul-based Haneul Shipping"."""
        based = draft.start > 2 and self._doc[draft.start - 1].lower_ in self._language.origin
        place = self._draft_of.get(draft.start - 3) if based else None
        return place.senses[0].entry.country if place is not None and place.senses else None

    def _role_in(self, words: list[str]) -> Role | None:
        """What kind of body a name says it is, by its last role word: a union, a party, a company, of growers."""
        heads = (n for n in range(len(words), 0, -1) if n == len(words) or words[n] in _BEHIND_HEADS)
        bodies = (self._language.role(words[:n]) for n in heads)
        people = (self._language.role([w.removesuffix("s")]) for w in reversed(words) if w.endswith("s"))
        people = (f for f in people if f is None or f[0].sectors != ("ELI",))
        body = next((f[0] for f in bodies if f is not None and f[0].kind != "person"), None)
        return body or next((f[0] for f in people if f is not None), None)
