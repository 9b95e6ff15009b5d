"""Parse + names -> drafts of what is described: a minister with country and name, an army, "his country"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from dragoman.analysis import Via
from dragoman.knowledge.language import Language, Role
from dragoman.reading.actors.affiliation import Affiliations, Positions
from dragoman.reading.actors.apposition import apposed
from dragoman.reading.actors.draft import Draft
from dragoman.reading.actors.names import Names, is_backer, is_joint
from dragoman.reading.actors.nobody import is_headline
from dragoman.reading.actors.references import find_references, pronoun
from dragoman.reading.actors.towns import state_at, state_until

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
_OWNING = frozenset({"of", "for", "at", "from", "in"})
_TOPICS = frozenset({"MED", "EDU", "BUS", "AGR", "LAB", "REL", "REF"})
"""Modifiers that name an official's field and not the sector: "a health official" is of the government."""
_OFFICIAL = frozenset({"GOV", "MIL", "LEG", "COP", "JUD", "SPY", "PTY", "CVL", "UAF"})
_OF_STATE = frozenset({"GOV", "COP", "JUD"})
_OUTLAWS = (("REB",), ("UAF",), ("CRM",), ("PRM",))
"""Who in the plural are no former officials: "former guerrillas"."""
_IN_UNIFORM = (("MIL",), ("COP",))
_PEOPLE = ("PRE",)
"""What the adjective of a people without a state says of those who govern it."""
_BEARING = frozenset({"armed", "masked"})
"""Of gunmen, what tells that nobody sent them; of soldiers and police nothing."""
_NEVER_NOUNS = frozenset({"DET", "ADP", "PUNCT", "PRON", "CCONJ", "SCONJ", "AUX", "SPACE"})
_COORDINATING = frozenset({"and", "or", "nor"})
_PLURAL = frozenset({"NNS", "NNPS"})
_PREDICATE = frozenset({"attr", "oprd"})
_ARGUMENT = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "agent"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})


class Phrases:
    """Finds the described actors of one document, given its names."""

    def __init__(self, doc: Doc, found: Names, language: Language) -> None:
        self.doc = doc
        names = found.drafts
        self._shorts = found.shorts
        self.language = language
        self.names = names
        self._at = Positions(doc, names, found.places, language)
        self._inside_name = frozenset(i for n in names for i in range(n.start, n.end))
        self._opens = [sentence.start for sentence in doc.sents for _ in sentence]
        self._lower = [t.lower_ for t in doc]
        self._headed = [t.lemma_.lower() if t.tag_ in _PLURAL else t.lower_ for t in doc]
        demonyms = (n.end for n in names if n.via == "demonym")
        self._behind_demonym = frozenset(i + k for i in demonyms for k in range(3))

    def find(self) -> list[Draft]:
        """All drafts of the document, names included, in text order and without overlap; the longer one wins."""
        roles = Affiliations(self.doc, self._at, self.language).joined(list(self._roles()))
        roles += [*self._shared(roles), *self._nationals()]
        merged = _longest_first([*roles, *self.names, *find_references(self.doc, self._inside_name, self.language)])
        return apposed(self.doc, merged, self._shorts, self.language)

    def _roles(self) -> Iterator[Draft]:
        position = 0
        for token in self.doc:
            if token.i < position or token.i in self._inside_name or self._is_stance(token):
                continue
            if token.ent_type_ == "TIME" or self._heads_a_name(token):
                continue
            if not _is_noun(token) and not self._is_called(token):
                continue
            found = None if token.is_title and token.lower_ in self.language.nobody_within else self._role_at(token)
            if found is not None:
                draft = self._phrase(token, *found)
                if draft is not None:
                    position = draft.end
                    yield draft

    def _is_called(self, token: Token) -> bool:
        """A role word right behind a nation's adjective, whatever the parse takes it for: "a British neo-Nazi left"."""
        if token.i not in self._behind_demonym or token.pos_ in _NEVER_NOUNS:
            return False
        modifies = token.dep_ in ("amod", "compound") and token.head.i > token.i
        if modifies and token.head.ent_type_ not in ("DATE", "TIME"):
            return False
        found = self._ends_role(token)
        return found is not None and self._is_demonym(token.i - found[1])

    def _heads_a_name(self, token: Token) -> bool:
        """The first word of a name of its own: "the Gang of Eight"."""
        of, following = (self.doc[i] if i < len(self.doc) else None for i in (token.i + 1, token.i + 2))
        if of is None or following is None or of.lower_ != "of" or not token.is_title or token.is_sent_start:
            return False
        found = self.language.role([token.lower_])
        own = following.is_title and following.pos_ in ("NUM", "NOUN") and following.i not in self._inside_name
        return own and found is not None and found[0].kind == "group"

    def _is_stance(self, token: Token) -> bool:
        """ "His opposition to the dam": what somebody does, not who opposes."""
        if token.lower_ not in self.language.stances or token.i + 1 == len(self.doc):
            return False
        return bool(self.doc[token.i + 1].lower_ == "to")

    def _shared(self, roles: Sequence[Draft]) -> Iterator[Draft]:
        """Those who share a role word with a later one: the Peruvian in "a Peruvian and an Ecuadorean general"."""
        for role in roles:
            i = role.start - 1
            if role.owner is None or role.owner.via != "demonym" or i < 1 or self.doc[i].lower_ not in _COORDINATING:
                continue
            first = self._at.ending(i - 1)
            if first is not None and first.via == "demonym" and self.doc[first.end - 1].tag_ not in _PLURAL:
                start = first.start - (first.start > 0 and self.doc[first.start - 1].pos_ == "DET")
                definite = self.doc[start].lower_ in _DEFINITE
                yield replace(role, start=start, end=first.end, owner=first, definite=definite)

    def _nationals(self) -> Iterator[Draft]:
        """People who are only called by their country: "the Malawian told reporters"."""
        for name in self.names:
            last = self.doc[name.end - 1]
            if name.via != "demonym" or name.start == 0 or self.doc[name.start - 1].lower_ not in ("the", "a", "an"):
                continue
            alone = last.pos_ in ("NOUN", "PROPN") and last.tag_ not in _PLURAL and last.dep_ in _ARGUMENT
            if alone and not last.lower_.endswith(self.language.collective):
                role = Role("national", "person", generic=True)
                definite = self.doc[name.start - 1].lower_ == "the"
                yield replace(name, start=name.start - 1, sort="role", role=role, owner=name, definite=definite)

    def _role_at(self, token: Token) -> tuple[Role, int] | None:
        """The role phrase that ends at the token, unless a longer one ends at a later token of the same compound."""
        following = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        if following is not None and following.pos_ in ("NOUN", "PROPN") and self._ends_role(following):
            return None
        if following is not None and following.lower_ == "of" and self._heads_role(token):
            return None
        return self._ends_role(token)

    def _heads_role(self, token: Token) -> bool:
        """Whether a plural is the first word of a role of three words: "members of parliament"."""
        words = [token.lemma_.lower(), *(t.lower_ for t in self.doc[token.i + 1 : token.i + 3])]
        found = self.language.role(words) if token.tag_ in _PLURAL else None
        return found is not None and found[1] == len(words)

    def _ends_role(self, token: Token) -> tuple[Role, int] | None:
        if token.i in self._inside_name:
            return None
        first = max(self._opens[token.i], token.i - self.language.longest_role + 1)
        words = self._lower[first : token.i]
        if " ".join([*words[-1:], token.lower_]) in self.language.no_roles:
            return None
        for last in _singulars(token):
            if found := self.language.role([*words, last]):
                return found
        headed = self._headed[first : token.i + 1]
        found = self.language.role(headed) if headed[:-1] != words else None
        if found is not None and found[1] > 1:
            return found
        compounded = self.language.compounded(headed[-1])
        return (compounded, 1) if compounded is not None else None

    def _phrase(self, token: Token, role: Role, length: int, *, holds: bool = False) -> Draft | None:
        """The noun phrase around a role word; None where the word only modifies something that is no actor.

        What `holds` something in the possessive is somebody: the assembly of "the assembly's speaker".
        """
        core = token.i - length + 1
        person = self._name_from(token.i + 1) if not (_is_plural(token) and is_headline(token)) else None
        start = self._left_edge(core, person.end if person is not None else token.i + 1)
        if (
            person is None
            and token.dep_ == "compound"
            and token.head.i > token.i
            and not self._acts_in_headline(core, token)
        ):
            return None
        end = person.end if person is not None else token.i + 1
        owner = self._owner(start, token.i)
        left = self.doc[start:core]
        if person is None and owner is None and core == start and self._is_predicate(role, token):
            return None
        bare = person is None or role.phrase in self.language.owned_only
        if bare and not holds and not self._stands_for_actor(role, token, owner, left):
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
            sectors=("REL",) if person and _is_of_order(role, token, owner) else self._sectors(role, left, token),
            region=self._region(left, end),
            plural=_is_plural(token) or (length > 1 and role.kind == "person" and _heads(self.doc[core])),
            definite=_is_definite(left, owner),
        )

    def _is_predicate(self, role: Role, token: Token) -> bool:
        """A title without article or owner that says what somebody is or becomes: "was president", "as minister", "in exile"."""
        if role.kind != "person" or _is_plural(token) or is_headline(token):
            return False
        told = token.i + 1 < len(self.doc) and self.doc[token.i + 1].lower_ in ("of", "for", "to", "at")
        said = token.dep_ in _PREDICATE or (token.dep_ == "pobj" and (token.is_lower or token.head.lower_ == "as"))
        made = token.dep_ == "dobj" and token.head.lemma_.lower() in self.language.making
        return not told and (said or made)

    def _stands_for_actor(self, role: Role, token: Token, owner: Draft | None, left: Tokens) -> bool:
        owned = self._is_owned(owner, left, token.i + 1)
        modified = not self.language.modifiers.keys().isdisjoint(_words(left))
        if role.phrase in self.language.owned_only:
            return owned
        if role.sectors == ("ELI",):
            return owner is not None or owned or any(c.lower_ == "of" for c in token.rights)
        if role.phrase == "party" and _is_plural(token) and not owned:
            return False  # "the parties" are the sides of a dispute
        if role.phrase in self.language.plural_only:
            return _is_plural(token) or owned or modified or owner is not None
        if role.phrase in self.language.modified_only:
            return (role.sectors == ("ELI",) and owner is not None) or (
                owned or modified or any(t.pos_ == "ADJ" for t in left) or any(c.lower_ == "of" for c in token.rights)
            )
        return True

    def _is_owned(self, owner: Draft | None, left: Tokens, end: int) -> bool:
        """Whether a name before the role word or behind it says whose it is: a state, a body, a region."""
        named = owner is not None and owner.sort != "pronoun"
        return named or self._region(left, end) is not None or self._owner_behind(end) is not None

    def _region(self, left: Tokens, end: int) -> str | None:
        """The state of a region or town that the phrase names before or behind its role word: "a Karachi court", "in Crimea"."""
        outside = (t.i for t in reversed(left) if t.is_title and t.i not in self._inside_name)
        before = next((r for i in outside if (r := state_until(self.doc, i, self.language))), None)
        if before is not None or end + 1 >= len(self.doc) or self.doc[end].lower_ not in _OWNING:
            return before
        behind = self._at.behind_parts(end + 1)
        if behind is None or behind in self._inside_name or behind in self._at.places:
            return None
        return state_at(self.doc, behind, self.language)

    def _owner_behind(self, i: int) -> Draft | None:
        """The state or body that "of" or "in" names behind a role word."""
        if i + 1 >= len(self.doc) or self.doc[i].lower_ not in ("of", "in"):
            return None
        behind = self._at.behind_parts(i + 1)
        found = (self._at.starting(behind) or self._at.place(behind)) if behind is not None else None
        return found if found is not None and found.senses else None

    def _left_edge(self, start: int, end: int) -> int:
        """The first token of the noun phrase whose core is `[start, end)`: modifiers that hang inside it."""
        sentence = self.doc[start].sent.start
        while start > sentence:
            token = self.doc[start - 1]
            inside = (token.dep_ in _INSIDE and (start <= token.head.i <= end or token.tag_ == "POS")) or (
                self._is_demonym(start - 1) and not (end > start and self.doc[start].pos_ in ("DET", "ADP"))
            )
            if token.text == "-" and start - 2 >= sentence and self.doc[start - 2].lower_ in self.language.former:
                start -= 2
                continue
            if not inside or token.text in (",", ";", ":", "(", ")", "“", "”", '"', "—", "–") or token.is_space:
                break
            if token.ent_type_ in ("DATE", "TIME") and token.pos_ != "DET":
                break
            start -= 1
        return start

    def _is_demonym(self, i: int) -> bool:
        """Whether the adjective of a state ends at the token, whatever the parse hangs it on."""
        name = self._at.ending(i)
        return name is not None and name.via == "demonym" and self.doc[i].tag_ not in ("NNS", "NNPS")

    def _name_from(self, i: int) -> Draft | None:
        """The person named right behind the role word."""
        name = self._at.starting(i)
        return name if name is not None and name.sort == "person" else None

    def _owner(self, start: int, end: int) -> Draft | None:
        """The name or possessive that says whose minister, army or court it is: the nearest to the role word."""
        for i in range(end - 1, start - 1, -1):
            named = self._at.ending(i)
            if named is not None and named.start >= start and not is_backer(self.doc, named, self.language):
                if is_joint(self.doc, named, self.language) and self._is_of_body(end):
                    return None
                return self._sender(named, start) or self._seconded(named, start) or named
            token = self.doc[i]
            if token.tag_ == "PRP$":
                return pronoun(token)
            if token.tag_ == "POS" and i > start and (holder := self._holder(i - 1)) is not None:
                return holder
        return None

    def _is_of_body(self, i: int) -> bool:
        """Whether the role word at the token names no person: an Iranian-American is American, an Anglo-Dutch firm of neither."""
        found = self._ends_role(self.doc[i])
        return found is not None and found[0].kind != "person"

    def _holder(self, i: int) -> Draft | None:
        """The body or person described whose possessive ends there: the assembly of "the assembly's speaker"."""
        found = self._role_at(self.doc[i]) if self.doc[i].tag_ not in _PLURAL else None
        return self._phrase(self.doc[i], *found, holds=True) if found is not None else None

    def _sender(self, posting: Draft, start: int) -> Draft | None:
        """The organisation named right before the country that its envoy is for: the UN in "the UN Syria envoy"."""
        if not _is_kind(posting, "state") or self.doc[posting.start : posting.end].text.endswith(("'s", "’s")):
            return None
        at = posting.start - 1 - (self.doc[posting.start - 1].tag_ == "POS")
        before = self._at.ending(at) if at >= start else None
        return before if before is not None and _is_kind(before, "organization") else None

    def _acts_in_headline(self, core: int, token: Token) -> bool:
        """Whether a title right behind a state's name is followed by what can be a verb: "Kuwait emir names cabinet"."""
        behind_state = core > 0 and (name := self._at.ending(core - 1)) is not None and _is_kind(name, "state")
        following = self.doc[token.i + 1]
        return bool(behind_state and following.is_lower and following.lower_.endswith("s") and not _is_plural(token))

    def _seconded(self, body: Draft, start: int) -> Draft | None:
        """The state whose envoy to a body it is: Libya in "Libya's deputy UN envoy"."""
        if not _is_kind(body, "organization"):
            return None
        before = (self._at.ending(i) for i in range(body.start - 1, start - 1, -1))
        return next((n for n in before if n is not None and n.senses and n.senses[0].entry.kind == "state"), None)

    def _sectors(self, role: Role, left: Tokens, token: Token) -> tuple[str, ...]:
        words = _words(left)
        fighters = _is_plural(token) and role.sectors[:1] in _OUTLAWS
        if any(w in self.language.no_longer for w in words) and not fighters:
            return ("ELI",)
        if role.sectors[:1] in _IN_UNIFORM:
            words = [w for w in words if w not in _BEARING]
        modified = next((self.language.modifiers[w] for w in reversed(words) if w in self.language.modifiers), ())
        if modified == _PEOPLE and role.sectors:
            return _of_people(role, plural=_is_plural(token))
        yields = role.phrase in self.language.yielding and modified and modified[0] not in _TOPICS
        return (modified or role.sectors) if role.generic or not role.sectors or yields else _overruled(role, modified)


def _words(left: Tokens) -> list[str]:
    """The words before a role word, those with a hyphen also in one piece: "pro-democracy"."""
    hyphened = [w for w in left.text.lower().split() if "-" in w]
    return [*hyphened, *(w for t in left for w in (t.lower_, t.lemma_.lower()))]


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


def _heads(token: Token) -> bool:
    """Whether a word in the plural heads what follows it: the members of "members of parliament"."""
    return _is_plural(token) and token.nbor().pos_ in ("ADP", "ADJ")


def _via(role: Role, token: Token) -> Via:
    return "title" if role.kind == "person" and not _is_plural(token) else "nominal"


def _is_of_order(role: Role, token: Token, owner: Draft | None) -> bool:
    """A nun's or monk's title: "Sister Immaculée Bampire"."""
    return role.phrase in ("sister", "brother", "mother", "father") and owner is None and token.is_title


def _overruled(role: Role, modified: tuple[str, ...]) -> tuple[str, ...]:
    """A specific role keeps its sector, unless the modifier says that it stands outside the government or the law."""
    armed = role.sectors[0] in ("UAF", "CVL") and modified == ("CRM",)
    outside = role.sectors[0] in _OFFICIAL and modified in (("OPP",), ("REB",), ("UAF",), ("PRM",))
    return modified if armed or outside else role.sectors


def _of_people(role: Role, *, plural: bool) -> tuple[str, ...]:
    """Authorities and forces of a people without a state are not the state's: "Kurdish officials", not one Kurdish minister."""
    if role.sectors[0] == "MIL":
        return ("REB",)
    return _PEOPLE if role.sectors[0] in _OF_STATE and (plural or role.kind != "person") else role.sectors


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


def _is_kind(name: Draft, kind: str) -> bool:
    """Whether the first thing that the name may stand for is of this kind, and called by its name."""
    return bool(name.senses) and name.senses[0].entry.kind == kind and name.senses[0].via != "demonym"
