"""Role phrases + names -> whose roles they are, by what "of", "for", "to", "at", "with", "from" and "in" hang on them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from dragoman.knowledge.language import Language
from dragoman.reading.actors.draft import Draft

_PREPOSITIONS = frozenset({"of", "for", "to", "at", "with", "from", "in"})
_FAR = frozenset({"at", "with", "of"})
"""Prepositions that say whose somebody is also behind what they deal with: "director for sanctions at the Treasury"."""
_REACH = 9
"""Tokens behind a role in which such a preposition may stand."""
_PEOPLE = ("PRE",)
_APART = (_PEOPLE, ("REB",))
"""Of a part of a state, what says that others govern it."""


class Positions:
    """Where the names of a text begin and end."""

    def __init__(self, doc: Doc, names: Sequence[Draft], places: Iterable[Draft], language: Language) -> None:
        self._doc = doc
        self.names = names
        self.places = {p.start: p for p in places}
        self._parts = language.parts
        self._starts = [n.start for n in names]

    def starting(self, i: int) -> Draft | None:
        """The name that begins at the token."""
        k = bisect_left(self._starts, i)
        return self.names[k] if k < len(self.names) and self.names[k].start == i else None

    def ending(self, i: int) -> Draft | None:
        """The name that ends with the token, where it is known or the parse takes it for a body or a person."""
        k = bisect_left(self._starts, i + 1) - 1
        name = self.names[k] if k >= 0 else None
        return (
            name
            if name is not None and name.end == i + 1 and (name.senses or name.label in ("ORG", "PERSON"))
            else None
        )

    def place(self, i: int) -> Draft | None:
        """The seat of government in its plain sense that begins at the token."""
        return self.places.get(i)

    def behind_parts(self, i: int) -> int | None:
        """The first token that is more than a part of a country: Kenya in "northern Kenya", Libya in "the south of Libya"."""
        stop = min(len(self._doc), i + 7)
        while i < stop and self._doc[i].lower_ in self._parts:
            i += 1
        return i if i < stop else None


class Affiliations:
    """Finds the owners of the role phrases of one document among what follows them.

    A preposition decides together with the role and with what stands behind it:

    | | a state | a body, an office, a person |
    |---|---|---|
    | of, from | whose it is | whose it is |
    | for | whose it is, of those who speak for others and of offices; else what they deal with | whose it is |
    | to | whose it is, of those attached to somebody (adviser, aide); else where they are sent | the same |
    | at, with | nothing | whose it is |
    | in | whose it is, unless somebody is posted there | an institution's, if a state has it |
    """

    def __init__(self, doc: Doc, at: Positions, language: Language) -> None:
        self._doc = doc
        self._at = at
        self._language = language

    def joined(self, roles: list[Draft]) -> list[Draft]:
        """Role phrases with what hangs on them, as in "the foreign minister of Mali"."""
        by_start = {self._skip_determiner(r.start): r for r in roles} | {n.start: n for n in self._at.names}
        by_start |= {r.start: r for r in roles}
        joined = (self._affiliated(role, by_start) for role in roles)
        return [r for r in joined if r.owner is not None or r.region is not None or not _is_family(r)]

    def _affiliated(self, role: Draft, by_start: Mapping[int, Draft]) -> Draft:
        joined = self._with_complement(role, by_start)
        if joined.owner is not None or role.region is not None or role.role is None or role.role.kind != "person":
            return joined
        owner = self._far(joined, by_start)
        return replace(joined, owner=owner) if owner is not None else joined

    def _skip_determiner(self, i: int) -> int:
        return i + 1 if i < len(self._doc) and self._doc[i].pos_ == "DET" else i

    def _with_complement(self, role: Draft, by_start: Mapping[int, Draft]) -> Draft:
        inner = self._complement(role, by_start)
        if inner is None or role.role is None:
            return role
        if inner.sort == "person":
            return (
                role if role.owner is not None else replace(role, owner=inner, definite=_is_definite(self._doc, role))
            )
        preposition = self._doc[role.end].lower_
        person = self._person_from(inner.end)
        owns = role.owner is None and self._owns(preposition, role, inner)
        apart = preposition in ("to", "with") or (preposition == "for" and role.owner is None)
        if person is None and not owns and apart and not self._named_behind(inner):
            return role  # where somebody is sent is no part of who it is
        if role.role.phrase in self._language.adverse and inner.senses:
            return replace(role, owner=None)
        of_firm = inner.sectors == ("BUS",) and role.role.phrase in self._language.yielding and role.sectors == ("MIL",)
        end = (
            person.end
            if person is not None
            else role.end
            if role.name
            else self._phrase_end(inner, place=preposition == "in")
        )
        definite = _is_definite(self._doc, role)
        joined = replace(role, end=end, owner=inner if owns else role.owner, definite=definite)
        if (owns and role.role.generic and not role.sectors) or of_firm or self._collects(role, inner):
            joined = replace(joined, sectors=inner.sectors)
        if owns and not role.name and (part := self._set_apart(inner)):
            joined = replace(joined, sectors=part[0], end=part[1])
        if person is not None:
            joined = replace(joined, sort="person", name=person.name, senses=person.senses, via="name")
        return joined

    def _collects(self, role: Draft, inner: Draft) -> bool:
        """Whether the role only counts those whom "of" names: "a contingent of Syrian fans" is no troop."""
        assert role.role is not None
        of = self._doc[role.end].lower_ == "of"
        return of and role.role.phrase in self._language.collecting and inner.plural and bool(inner.sectors)

    def _owns(self, preposition: str, draft: Draft, inner: Draft) -> bool:
        """Whether what stands behind the preposition says whose role it is."""
        role = draft.role
        assert role is not None
        if preposition == "to":
            return role.phrase in self._language.attached
        if preposition in ("at", "with"):
            return not is_state(inner)
        if preposition == "for" and is_state(inner) and role.kind == "person":
            deals = role.generic or role.phrase in self._language.posted
            return not deals or role.phrase in self._language.attached
        return True

    def _person_from(self, i: int) -> Draft | None:
        name = self._at.starting(i)
        return name if name is not None and name.sort == "person" else None

    def _set_apart(self, inner: Draft) -> tuple[tuple[str, ...], int] | None:
        """The sector of whoever governs a part the state has not in hand, with the part's end: "Norland's breakaway north"."""
        last = self._doc[inner.end - 1]
        owned = last if last.tag_ != "POS" else last.head
        if owned.dep_ != "poss" or not inner.end < owned.head.i < inner.end + 5:
            return None
        apart = any(self._language.modifiers.get(t.lower_) in _APART for t in self._doc[inner.end : owned.head.i])
        return (_PEOPLE, owned.head.i + 1) if apart else None

    def _named_behind(self, inner: Draft) -> bool:
        """Whether a name follows in apposition: "the envoy to Syria, Staffan Berg"."""
        behind = self._doc[inner.end] if inner.end < len(self._doc) else None
        return behind is not None and (behind.text == "," or behind.pos_ == "ADP")

    def _complement(self, role: Draft, by_start: Mapping[int, Draft]) -> Draft | None:
        """What a preposition right behind the role hangs on it, where that says whose role it is or towards whom."""
        i = role.end
        if role.role is None or i + 1 >= len(self._doc) or self._doc[i + 1].is_sent_start:
            return None
        preposition = self._doc[i].lower_
        if preposition not in _PREPOSITIONS or (role.name and (preposition != "of" or role.owner is not None)):
            return None
        if preposition in ("from", "to", "with") and role.role.kind != "person":
            return None
        inner = by_start.get(i + 1) or by_start.get(self._skip_determiner(i + 1)) or self._of_part(i, role)
        if inner is None or preposition == "in":
            return self._place_of(role, inner or self._at.place(i + 1)) if preposition == "in" else None
        if inner.sort == "person" and not role.name:
            attached = preposition in ("to", "for") and role.role.phrase in self._language.attached
            return inner if preposition == "of" or attached else None
        return inner if preposition != "with" or self._doc[i].head.i == role.head else None

    def _place_of(self, role: Draft, inner: Draft | None) -> Draft | None:
        """The state or its institution in which somebody has a role, unless they are posted there."""
        assert role.role is not None
        if inner is None or inner.via == "demonym":
            return None
        if _is_office_of_state(inner) and role.owner is None:
            return inner
        posted = role.owner is not None or "MIL" in role.sectors or role.role.phrase in self._language.posted
        return inner if is_state(inner) and not posted else None

    def _of_part(self, i: int, role: Draft) -> Draft | None:
        """The state a part of which stands behind the preposition: "a rebel group in northern Kenya"."""
        behind = self._at.behind_parts(i + 1)
        if behind is None or behind == i + 1 or role.name:
            return None
        found = self._at.starting(behind) or self._at.place(behind)
        return found if found is not None and is_state(found) and found.via != "demonym" else None

    def _far(self, role: Draft, by_start: Mapping[int, Draft]) -> Draft | None:
        """The body that a later preposition of the phrase names: the Treasury of "director for sanctions at the Treasury"."""
        for i in range(role.end, min(role.end + _REACH, len(self._doc) - 1)):
            token = self._doc[i]
            if token.is_punct and token.text != "-" or token.pos_ in ("VERB", "AUX", "PRON") or token.is_sent_start:
                return None
            inside = token.lower_ in _FAR and role.head <= token.head.i < i
            inner = by_start.get(i + 1) or by_start.get(self._skip_determiner(i + 1)) if inside else None
            if inner is not None and i > role.end and _is_body(inner):
                return inner
        return None

    def _phrase_end(self, inner: Draft, *, place: bool) -> int:
        """The end of the noun phrase that a name modifies or owns: "sides" in "all Malian sides"."""
        last = self._doc[inner.end - 1]
        head = last.head
        if inner.sort != "name" or head.pos_ not in ("NOUN", "PROPN"):
            return inner.end
        modifies = last.dep_ in ("amod", "compound", "nmod") and inner.end <= head.i <= inner.end + 2
        possesses = not place and last.dep_ == "poss" and inner.end < head.i <= inner.end + 4
        return head.i + 1 if modifies or possesses else inner.end


def is_state(name: Draft) -> bool:
    """A state, or a capital that stands for one: "the opposition in Mali", "the government in Bamako"."""
    return bool(name.senses) and name.senses[0].entry.kind == "state"


def _is_office_of_state(inner: Draft) -> bool:
    """ "The Moldovan parliament": an institution with its state, which can have parties and members in it."""
    office = inner.sort == "role" and inner.role is not None and inner.role.kind == "office" and not inner.plural
    return office and inner.owner is not None and is_state(inner.owner)


def _is_body(inner: Draft) -> bool:
    """An organisation by its name, or an office with its state: "the Treasury", "the Malian finance ministry"."""
    if inner.sort == "name":
        return inner.via != "demonym" and (
            bool(inner.senses) and inner.senses[0].entry.kind in ("organization", "group")
        )
    return _is_office_of_state(inner)


def _is_family(draft: Draft) -> bool:
    """Somebody who is only told by whose wife or son they are."""
    return draft.role is not None and draft.role.sectors == ("ELI",) and not draft.name


def _is_definite(doc: Doc, role: Draft) -> bool:
    return role.definite or doc[role.start].lower_ == "the"
