"""Parse + names -> drafts of what is described: a minister with country and name, an army, "his country"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from dragoman.analysis import Via
from dragoman.knowledge.language import Language, Role
from dragoman.reading.actors.draft import Draft

_INSIDE = frozenset(
    {
        "compound",
        "amod",
        "nmod",
        "nummod",
        "poss",
        "det",
        "case",
        "punct",
        "quantmod",
        "advmod",
        "npadvmod",
        "predet",
        "appos",
    }
)
_PREPOSITIONS = frozenset({"of", "for", "to", "at", "from", "in"})
_OWNING = frozenset({"of", "for", "at", "from", "in"})
_TOPICS = frozenset({"MED", "EDU", "BUS", "AGR", "LAB", "REL", "REF"})
"""Modifiers that name an official's field and not the sector: "a health official" is of the government."""
_OFFICIAL = frozenset({"GOV", "MIL", "LEG", "COP", "JUD", "SPY", "PTY", "CVL", "UAF"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})


class Phrases:
    """Finds the described actors of one document, given its names."""

    def __init__(self, doc: Doc, names: Sequence[Draft], places: Sequence[Draft], language: Language) -> None:
        self.doc = doc
        self._places = {p.start: p for p in places}
        self.language = language
        self.names = names
        self._name_starts = [n.start for n in names]
        self._inside_name = {i for n in names for i in range(n.start, n.end)}

    def find(self) -> list[Draft]:
        """All drafts of the document, names included, in text order and without overlap; the longer one wins."""
        roles = self._joined(list(self._roles()))
        merged = _longest_first([*roles, *self.names, *self._pronouns(), *self._referring()])
        return _apposed(self.doc, merged)

    def _roles(self) -> Iterator[Draft]:
        position = 0
        for token in self.doc:
            if token.i < position or not _is_noun(token) or token.i in self._inside_name:
                continue
            found = None if token.is_title and token.lower_ in self.language.nobody_within else self._role_at(token)
            if found is not None:
                draft = self._phrase(token, *found)
                if draft is not None:
                    position = draft.end
                    yield draft

    def _role_at(self, token: Token) -> tuple[Role, int] | None:
        """The role phrase that ends at the token, unless a longer one ends at a later token of the same compound."""
        following = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        if following is not None and following.pos_ in ("NOUN", "PROPN") and self._ends_role(following):
            return None
        return self._ends_role(token)

    def _ends_role(self, token: Token) -> tuple[Role, int] | None:
        if token.i in self._inside_name:
            return None
        first = max(token.sent.start, token.i - self.language.longest_role + 1)
        words = [t.lower_ for t in self.doc[first : token.i]]
        for last in _singulars(token):
            if found := self.language.role([*words, last]):
                return found
        return None

    def _phrase(self, token: Token, role: Role, length: int) -> Draft | None:
        """The noun phrase around a role word; None where the word only modifies something that is no actor."""
        core = token.i - length + 1
        start = self._left_edge(core, token.i + 1)
        person = self._name_from(token.i + 1)
        if person is None and token.dep_ == "compound" and token.head.i > token.i:
            return None
        end = person.end if person is not None else token.i + 1
        owner = self._owner(start, core)
        left = self.doc[start:core]
        if not self._stands_for_actor(role, token, owner, left) and person is None:
            return None
        return Draft(
            start=start,
            end=end,
            sort="person" if person else "role",
            head=token.i,
            via="name" if person else _via(role, token),
            name=person.name if person else "",
            senses=person.senses if person else (),
            role=role,
            owner=owner,
            sectors=self._sectors(role, left),
            region=next((self.language.regions[t.lower_] for t in left if t.lower_ in self.language.regions), None),
            plural=_is_plural(token),
            definite=_is_definite(left, owner),
        )

    def _stands_for_actor(self, role: Role, token: Token, owner: Draft | None, left: Tokens) -> bool:
        owned = owner is not None and owner.sort != "pronoun"
        modified = any(t.lower_ in self.language.modifiers for t in left)
        if role.phrase == "party" and _is_plural(token) and not owned:
            return False  # "the parties" are the sides of a dispute
        if role.phrase in self.language.plural_only:
            return _is_plural(token) or owned or modified
        if role.phrase in self.language.modified_only:
            return (
                owned or modified or any(t.pos_ == "ADJ" for t in left) or any(c.lower_ == "of" for c in token.rights)
            )
        return True

    def _left_edge(self, start: int, end: int) -> int:
        """The first token of the noun phrase whose core is `[start, end)`: modifiers that hang inside it."""
        sentence = self.doc[start].sent.start
        while start > sentence:
            token = self.doc[start - 1]
            inside = token.dep_ in _INSIDE and (start <= token.head.i <= end or token.tag_ == "POS")
            if token.text == "-" and start - 2 >= sentence and self.doc[start - 2].lower_ in self.language.former:
                start -= 2
                continue
            if not inside or token.text in (",", ";", ":", "(", ")", "“", "”", '"', "—", "–") or token.is_space:
                break
            if token.ent_type_ in ("DATE", "TIME") and token.pos_ != "DET":
                break
            start -= 1
        return start

    def _name_from(self, i: int) -> Draft | None:
        """The person named right behind the role word."""
        k = bisect_left(self._name_starts, i)
        if k < len(self.names) and self.names[k].start == i and self.names[k].sort == "person":
            return self.names[k]
        return None

    def _owner(self, start: int, end: int) -> Draft | None:
        """The name or possessive that says whose minister, army or court it is: the nearest to the role word."""
        for i in range(end - 1, start - 1, -1):
            named = self._name_ending(i)
            if named is not None and named.start >= start and not self._is_backer(named):
                return named
            token = self.doc[i]
            if token.tag_ == "PRP$":
                return _pronoun(token)
        return None

    def _name_ending(self, i: int) -> Draft | None:
        if i not in self._inside_name:
            return None
        k = bisect_left(self._name_starts, i + 1) - 1
        name = self.names[k]
        return name if name.end == i + 1 and (name.senses or name.label in ("ORG", "PERSON")) else None

    def _is_backer(self, named: Draft) -> bool:
        """ "Turkish-backed rebels" are not Turkey's, nor is "a US-led coalition" the United States."""
        after = self.doc[named.end : named.end + 2]
        return len(after) == 2 and after[0].text in ("-", "–") and after[1].tag_ in ("VBN", "VBD", "JJ")

    def _sectors(self, role: Role, left: Iterable[Token]) -> tuple[str, ...]:
        words = [w for t in left for w in (t.lower_, t.lemma_.lower())]
        if any(w in self.language.no_longer for w in words):
            return ("ELI",)
        modified = next((self.language.modifiers[w] for w in reversed(words) if w in self.language.modifiers), ())
        yields = role.phrase in self.language.yielding and modified and modified[0] not in _TOPICS
        return (modified or role.sectors) if role.generic or not role.sectors or yields else _overruled(role, modified)

    def _joined(self, roles: list[Draft]) -> list[Draft]:
        """Role phrases with what "of", "for" and "to" hang on them, as in "the foreign minister of Mali"."""
        by_start = {self._skip_determiner(r.start): r for r in roles} | {n.start: n for n in self.names}
        by_start |= {r.start: r for r in roles}
        return [self._with_complement(role, by_start) for role in roles]

    def _skip_determiner(self, i: int) -> int:
        return i + 1 if self.doc[i].pos_ == "DET" else i

    def _with_complement(self, role: Draft, by_start: dict[int, Draft]) -> Draft:
        inner = self._complement(role, by_start)
        if inner is None or role.role is None:
            return role
        person = self._name_from(inner.end)
        owns = self.doc[role.end].lower_ in _OWNING and role.owner is None
        end = person.end if person is not None else self._phrase_end(inner)
        definite = role.definite or self.doc[role.start].lower_ == "the"
        joined = replace(role, end=end, owner=inner if owns else role.owner, definite=definite)
        if owns and role.role.generic and not role.sectors:
            joined = replace(joined, sectors=inner.sectors)
        if person is not None:
            joined = replace(joined, sort="person", name=person.name, senses=person.senses, via="name")
        return joined

    def _complement(self, role: Draft, by_start: dict[int, Draft]) -> Draft | None:
        """What a preposition behind the role hangs on it, where that says whose role it is or towards whom."""
        i = role.end
        if role.role is None or i + 1 >= len(self.doc) or self.doc[i + 1].is_sent_start:
            return None
        preposition = self.doc[i].lower_
        if preposition not in _PREPOSITIONS or (role.name and (preposition != "of" or role.owner is not None)):
            return None
        if preposition in ("from", "to") and role.role.kind != "person":
            return None
        inner = by_start.get(i + 1) or by_start.get(self._skip_determiner(i + 1))
        if preposition != "in":
            return inner if inner is not None and inner.sort != "person" else None
        inner = inner or self._places.get(i + 1)
        posted = role.owner is not None or "MIL" in role.sectors or role.role.phrase in self.language.posted
        return inner if inner is not None and _is_state(inner) and not posted else None

    def _phrase_end(self, inner: Draft) -> int:
        """The end of the noun phrase that a name modifies: "sides" in "all Malian sides"."""
        last = self.doc[inner.end - 1]
        head = last.head
        modifies = last.dep_ in ("amod", "compound", "nmod") and inner.end <= head.i <= inner.end + 2
        return head.i + 1 if modifies and inner.sort == "name" and head.pos_ in ("NOUN", "PROPN") else inner.end

    def _pronouns(self) -> Iterator[Draft]:
        words = frozenset().union(*self.language.pronouns.values())
        for token in self.doc:
            personal = token.pos_ in ("PRON", "DET") and token.lower_ in words and token.dep_ != "expl"
            if personal and token.i not in self._inside_name:
                yield _pronoun(token)

    def _referring(self) -> Iterator[Draft]:
        """Phrases that mean what came before: his country, the kingdom, the Council."""
        kinds = self.language.referring
        for token in self.doc[1:]:
            before, lemma = self.doc[token.i - 1], token.lemma_.lower()
            if token.pos_ not in ("NOUN", "PROPN") or token.i in self._inside_name:
                continue
            whose = self.doc[token.i - 2] if before.lower_ == "own" and token.i > 1 else before
            if lemma in kinds["country"] and whose.tag_ == "PRP$":
                yield replace(_reference(token, "country", owner=_pronoun(whose)), start=whose.i)
            elif before.lower_ != "the" or _has_complement(token):
                continue
            elif lemma in kinds["polity"]:
                yield _reference(token, "polity")
            elif lemma in kinds["last_named"] and token.dep_ != "compound":
                yield _reference(token, lemma)


def _pronoun(token: Token) -> Draft:
    return Draft(start=token.i, end=token.i + 1, sort="pronoun", head=token.i, via="pronoun", name=token.lower_)


def _reference(token: Token, name: str, owner: Draft | None = None) -> Draft:
    """The noun with the one word before it."""
    span = {"start": token.i - 1, "end": token.i + 1, "head": token.i}
    return Draft(
        **span, sort="referring", via="nominal", name=name, owner=owner, definite=True, plural=_is_plural(token)
    )


def _is_definite(left: Tokens, owner: Draft | None) -> bool:
    """With "the", a possessive, or an owner and no "a"."""
    words = {t.lower_ for t in left}
    marked = bool(words & _DEFINITE) or any(t.tag_ in ("PRP$", "POS") for t in left)
    return marked or (owner is not None and not words & {"a", "an"})


def _is_noun(token: Token) -> bool:
    """A noun, or an adjective that the parse puts in a noun's place ("a Cuban dissident")."""
    return token.pos_ in ("NOUN", "PROPN") or (
        token.pos_ == "ADJ" and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")
    )


def _singulars(token: Token) -> Iterator[str]:
    """The forms under which a role word may be listed: its lemma, then the word without the plural ending."""
    yield token.lemma_.lower()
    word = token.lower_
    yield word
    if word.endswith("ies"):
        yield word[:-3] + "y"
    elif word.endswith("men"):
        yield word[:-3] + "man"
    elif word.endswith("s"):
        yield word[:-1]


def _is_plural(token: Token) -> bool:
    return token.tag_ in ("NNS", "NNPS")


def _via(role: Role, token: Token) -> Via:
    return "title" if role.kind == "person" and not _is_plural(token) else "nominal"


def _overruled(role: Role, modified: tuple[str, ...]) -> tuple[str, ...]:
    """A specific role keeps its sector, unless the modifier says that it stands outside the government or the law."""
    armed = role.sectors[0] in ("UAF", "CVL") and modified == ("CRM",)
    outside = role.sectors[0] in _OFFICIAL and modified in (("OPP",), ("REB",), ("UAF",), ("PRM",))
    return modified if armed or outside else role.sectors


def _is_state(name: Draft) -> bool:
    """A state, or a capital that stands for one: "the opposition in Mali", "the government in Bamako"."""
    return bool(name.senses) and name.senses[0].entry.kind == "state"


def _has_complement(token: Token) -> bool:
    return any(
        child.dep_ in ("amod", "compound", "nmod", "poss") or (child.dep_ == "prep" and child.lower_ == "of")
        for child in token.children
    )


def _longest_first(drafts: Iterable[Draft]) -> list[Draft]:
    """Drafts without overlap: of two that share tokens the longer stays."""
    kept: list[Draft] = []
    taken: set[int] = set()
    for draft in sorted(drafts, key=lambda d: (d.start - d.end, d.start)):
        tokens = range(draft.start, draft.end)
        if taken.isdisjoint(tokens):
            kept.append(draft)
            taken.update(tokens)
    return sorted(kept, key=lambda d: d.start)


def _apposed(doc: Doc, drafts: list[Draft]) -> list[Draft]:
    """ "Asha Mwangi, the Kenyan foreign minister, ..." and its mirror image: both drafts stand for one actor."""
    out = list(drafts)
    for k, (first, second) in enumerate(pairwise(drafts)):
        if not _is_joined(doc, first, second) or not _closes(doc, second.end):
            continue
        if _one_person(first, second):
            anchor = first if first.sort == "person" else second
            other = k + 1 if anchor is first else k
            out[other] = replace(out[other], same_as=anchor.start)
        elif _one_body(first, second):
            out[k + 1] = replace(second, same_as=first.start if first.same_as is None else first.same_as)
    return out


def _is_joined(doc: Doc, first: Draft, second: Draft) -> bool:
    """A comma between them, behind a role also what is left of its phrase: "the envoy to the bloc in Arusha, Rosa Paredes"."""
    between = doc[first.end : second.start]
    if not len(between) or between[-1].text != ",":
        return False
    if first.sort == "name":
        return [t.text for t in between] in ([","], [")", ","])
    rest = between[:-1] if first.sort == "role" else between[1:]
    if first.sort == "person" and between[0].text != ",":
        return False
    return len(rest) <= 7 and all(t.pos_ in ("ADP", "DET", "NOUN", "PROPN", "ADJ") for t in rest)


def _closes(doc: Doc, i: int) -> bool:
    return (
        i >= len(doc)
        or doc[i].text in (",", ".", "—", "–", ";", ")", "”", "and")
        or doc[i].pos_ in ("VERB", "AUX")
        or doc[i].is_space
    )


def _one_body(first: Draft, second: Draft) -> bool:
    """A name nobody lists and what it is: "Maghreb Fil, a Tunisian telephone company"."""
    described = second.sort == "role" and second.role is not None and second.role.kind != "person" and not second.plural
    return first.sort == "name" and not first.senses and described


def _one_person(first: Draft, second: Draft) -> bool:
    sorts = {first.sort, second.sort}
    role = first if first.sort == "role" else second
    return sorts == {"person", "role"} and role.role is not None and role.role.kind == "person" and not role.plural
