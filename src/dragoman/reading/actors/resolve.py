"""Drafts -> Cast: who each mention is, from left to right, with the document itself as the first authority."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from dragoman.analysis import Actor, Kind, Mention
from dragoman.knowledge import Entry, Gazetteer
from dragoman.knowledge.language import Language, Role
from dragoman.reading.actors.cast import Cast
from dragoman.reading.actors.codes import country_and_sectors
from dragoman.reading.actors.draft import Draft
from dragoman.reading.actors.history import History, only
from dragoman.reading.actors.home import home_of, incumbent
from dragoman.reading.actors.names import Names, choose, is_backer, via_of
from dragoman.reading.actors.people import People, Person, slug
from dragoman.reading.actors.tenures import Tenures
from dragoman.reading.actors.unlisted import Unlisted
from dragoman.reading.parse import Parsed

_OF_A_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "OPP", "REB", "SPY"})
_OFFICIAL = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY", "ELI"})
"""Whose people act for the state; those of an opposition leader or a banker do not."""
_SEATED = {"EUR": "EU"}
"""The body that stands for a code of PLOVER's which is no state's."""
_TOGETHER = frozenset({"both", "neither", "either"})
_PRIVATE = frozenset({"CVL", "LAB", "AGR", "MED", "EDU", "BUS", "REF", "JRN", "UNK"})
_OFTEN = 10
"""In at least every how many-th sentence the only country of a text is named, if the text plays there."""
_STAGE = 0.6
"""Share of the places a report names that makes a country the one it plays in."""


class Resolver:
    """Decides the drafts of one document; used once."""

    def __init__(
        self, parsed: Parsed, drafts: Sequence[Draft], names: Names, gazetteer: Gazetteer, language: Language
    ) -> None:
        self.parsed = parsed
        self.drafts = drafts
        self.gazetteer = gazetteer
        self.language = language
        self.on = parsed.document.published
        self.people = People(drafts, parsed.doc, language)
        self._named = names.counts
        self._home = home_of(parsed.document.publisher, gazetteer)
        self._tenures = Tenures(gazetteer, language, self.on)
        self._recognise()
        self.history = History(parsed.doc, self.people, language)
        self.actors: dict[str, Actor] = {}
        self._resolved: dict[tuple[int, int], Actor] = {}
        self._owners: dict[tuple[int, int], Actor] = {}
        self._draft_of = {i: d for d in drafts for i in range(d.start, d.end)}
        self._unlisted = Unlisted(parsed, self._draft_of, gazetteer, language)
        self._long = {d.name: p for d in drafts if d.sort == "name" and (p := self._partner(d)) is not None}
        self._regions = names.regions
        self._stages = Counter(self._places())
        self._sole = self._only_country(names)

    def cast(self) -> Cast:
        """The actors and mentions of the document; a mention that could not be decided has no actor."""
        for draft in self.drafts:
            self._describe(draft)
        mentions = [self._mention(draft) for draft in self.drafts]
        inner = [m for draft in self.drafts for m in self._inner(draft)]
        return Cast(tuple(self.actors.values()), tuple(m for m in mentions if m is not None), tuple(inner))

    def _inner(self, draft: Draft) -> Iterator[Mention]:
        """What inside a phrase says whose it is, as mentions of its own; a capital where somebody merely lives is a place."""
        inside, owner = draft, draft.owner
        while owner is not None:
            within = draft.start <= owner.start and owner.end <= draft.end
            if within and (owner.start, owner.end) != (draft.start, draft.end) and not self._is_home(inside, owner):
                actor = self._owners.get((owner.start, owner.end)) or (
                    self._name(owner) if owner.sort == "name" else None
                )
                if actor is not None:
                    actor = self.actors.setdefault(actor.id, actor)
                    span = self.parsed.span(self.parsed.doc[owner.start : owner.end])
                    yield Mention(span.start, span.end, span.text, actor.id, owner.via)
            inside, owner = owner, owner.owner

    def _is_home(self, draft: Draft, owner: Draft) -> bool:
        """A capital as the place of people or bodies that do not speak for the state: "Khartoum residents"."""
        return owner.via == "metonym" and not _OF_A_STATE & set(draft.sectors)

    def _mention(self, draft: Draft) -> Mention | None:
        actor = self._resolve(draft)
        if actor is not None:
            actor = self.actors.setdefault(actor.id, actor)
            self._resolved[draft.start, draft.end] = actor
            self.history.add(draft, actor)
        elif draft.sort == "name" and not draft.senses:
            return None
        span = self.parsed.span(self.parsed.doc[draft.start : draft.end])
        sense = next((s for s in draft.senses if actor is not None and s.entry.id == actor.id), None)
        via = via_of(draft, sense) if sense is not None else draft.via
        return Mention(span.start, span.end, span.text, actor.id if actor else None, via)

    def _resolve(self, draft: Draft) -> Actor | None:
        if draft.same_as is not None:
            return self._apposition(draft)
        if draft.sort == "person":
            return self._person(self.people.of(draft), draft)
        if draft.sort == "name":
            return self._name(draft)
        if draft.sort == "role":
            return self._role(draft)
        if draft.sort == "referring":
            return self._reference(draft)
        return self.history.pronoun(draft)

    def _partner(self, draft: Draft) -> Draft | None:
        """The draft that stands for the same actor by apposition or as the long form of an acronym."""
        partner = self._draft_of.get(draft.same_as) if draft.same_as is not None else None
        return partner if partner is not None and partner.same_as is None else None

    def _apposition(self, draft: Draft) -> Actor | None:
        partner = self._partner(draft)
        return None if partner is None else self._resolved.get((partner.start, partner.end)) or self._resolve(partner)

    # Names ---------------------------------------------------------------------------------------------------------

    def _name(self, draft: Draft) -> Actor | None:
        if draft.senses:
            sense = choose(draft.senses, self._named, self._regions)
            return None if sense is None else _from_entry(sense.entry)
        long = self._long.get(draft.name)
        if long is not None and long.name != draft.name:
            return self._resolved.get((long.start, long.end)) or self._resolve(long)
        return self._unlisted.actor(draft, self._sole)

    def _state(self, country: str | None) -> Actor | None:
        entries = self.gazetteer.entries(_SEATED.get(country, country)) if country else ()
        return _from_entry(entries[0]) if entries else None

    # People --------------------------------------------------------------------------------------------------------

    def _recognise(self) -> None:
        """Find people whom the gazetteer knows by surname and title, or by more or fewer first names than the text gives."""
        named = [d for d in self.drafts if d.sort == "person"]
        for draft in sorted(named, key=lambda d: d.role is None):
            person = self.people.of(draft)
            if person.known_as is None:
                bearer = self._tenures.bearer(draft.name, draft.role, self._named)
                person.known_as = bearer if bearer is not None and self._can_be(person, bearer) else None
        self.people.index()

    def _can_be(self, person: Person, id: str) -> bool:
        """Whether the office holder can be the person by first name and sex: no Cheryl Mills for a John Atta Mills."""
        names = {entry.name for entry in self.gazetteer.entries(id)}
        sexes = {self.language.sexes.get(name.split()[0].lower()) for name in names} - {None}
        return any(map(person.can_be, names)) and (person.masculine is None or sexes <= {person.masculine})

    def _describe(self, draft: Draft) -> None:
        """Give a named person what the title next to the name says, before anybody is resolved."""
        bearer = draft if draft.sort == "person" else self._partner(draft)
        if bearer is not None and bearer.sort == "name" and draft.role is not None:
            owner = self._owner_actor(draft.owner) or self._state(draft.region)
            self._unlisted.described[bearer.name] = country_and_sectors(draft, owner, self.language)
        if bearer is None or bearer.sort != "person":
            return
        person = self.people.of(bearer)
        person.country = person.country or self._possessor(draft)
        if draft.role is None:
            return
        person.roles.add(draft.role.phrase)
        owner = self._owner_actor(draft.owner, draft.role) or self._state(draft.region)
        country, sectors = country_and_sectors(draft, owner, self.language)
        person.country = person.country or country
        if sectors and (not person.sectors or draft.sectors == ("ELI",)):
            person.sectors = sectors
        if person.masculine is None:
            person.masculine = self.language.sex(draft.role.phrase)

    def _possessor(self, draft: Draft) -> str | None:
        """The country of the state right before a name: "Kenya's Joseph Wanyonyi"."""
        owned = draft.start > 1 and self.parsed.doc[draft.start - 1].tag_ == "POS"
        state = self._draft_of.get(draft.start - 2) if owned else None
        return state.senses[0].entry.country if state is not None and state.senses else None

    def _person(self, person: Person, draft: Draft) -> Actor:
        if person.country is None and person.known_as is None and draft.role is not None:
            stage = self._stage_country(draft)
            person.country = stage.country if stage is not None else None
        if draft.role is not None and draft.owner is not None and self._is_minor_family(draft.role, draft.owner):
            return Actor(id=person.id, name=person.name, kind="person", country=None, sectors=())
        entry = self._tenures.held(person.known_as)
        if entry is None:
            return Actor(id=person.id, name=person.name, kind="person", country=person.country, sectors=person.sectors)
        if entry.office:
            person.roles.add(entry.office)
        country, sectors = person.country or entry.country, person.sectors or entry.sectors
        return Actor(id=person.id, name=entry.name, kind="person", country=country, sectors=sectors)

    # Roles ---------------------------------------------------------------------------------------------------------

    def _role(self, draft: Draft) -> Actor | None:
        assert draft.role is not None
        if draft.owner is not None and self._is_minor_family(draft.role, draft.owner):
            return None
        if (body := self._short_form(draft)) is not None:
            return body
        owner, phrase = self._owner_actor(draft.owner, draft.role), draft.role.phrase
        one = draft.role.kind == "person" and not draft.plural and not self._is_yet_to_come(draft)
        if one and (draft.definite or self._is_bare_title(draft)):
            if (at_home := self._at_home(draft)) is not None:
                return at_home
            bearers = self._bearers(draft, owner)
            if bearers or (self._points_back(draft) and not self._plays_at_home(draft)):
                return only(bearers)
            if draft.owner is None and self.history.has_several(phrase):
                return None
        if (
            draft.owner is None
            and draft.region is None
            and self._is_counted(draft)
            and (draft.definite or not draft.plural)
        ):
            return None
        if draft.owner is not None and owner is None and len({s.entry.id for s in draft.owner.senses}) > 1:
            return None
        if draft.owner is None and draft.region is None and draft.definite:
            if phrase in self.language.referring["last_named"]:
                named = self.history.last_named(phrase) or self._named_later(draft, phrase)
                return named or self._described(draft, owner)
            same = self.history.same_role(draft.role, plural=draft.plural)
            if same:
                return next(iter(same.values())) if len(same) == 1 else None
        return self._described(draft, owner)

    def _short_form(self, draft: Draft) -> Actor | None:
        """A body by the last word of its name, in capitals: "the Volunteers" for the Karen Peace Volunteers."""
        head = self.parsed.doc[draft.head]
        alone = draft.owner is None and draft.end - draft.start == 2 and draft.definite
        if not (alone and draft.plural and head.is_title):
            return None
        return self.history.last_named(head.lower_, last=True)

    def _is_minor_family(self, role: Role, owner: Draft) -> bool:
        """Whether somebody is only told by being of the family of people who are nobody in politics."""
        return role.sectors == ("ELI",) and not self._is_of_note(owner)

    def _is_of_note(self, owner: Draft) -> bool:
        """Whether somebody's family is worth a record: a state's, or that of somebody in politics."""
        if owner.sort not in ("pronoun", "role", "person"):
            return True
        actor = self._resolved.get((owner.start, owner.end)) or self._resolve(owner)
        return actor is not None and not set(actor.sectors) <= _PRIVATE

    def _bearers(self, draft: Draft, owner: Actor | None) -> dict[str, Actor]:
        assert draft.role is not None
        country = owner.country if owner is not None else None
        found = self.history.bearers(draft.role.phrase, country)
        if found or country is None or not (draft.role.generic or draft.role.phrase == "official"):
            return found
        person = self.history.only_person_of(country, named=draft.role.phrase != "national")
        return {person.id: person} if person is not None else {}

    def _at_home(self, draft: Draft) -> Actor | None:
        """Whom a high office in capitals means in what a state publishes: "the President" in a briefing of the White House."""
        phrase = draft.role.phrase if draft.role is not None else ""
        owned = draft.owner is not None or draft.region is not None
        if self._home is None or owned or phrase not in self.language.known_by_surname:
            return None
        if not self.parsed.doc[draft.head].is_title or not self.gazetteer.has_office(phrase, self._home):
            return None
        titled = [d for d in self.drafts if d.sort == "person" and self._has_title(d, phrase)]
        person = incumbent(phrase, self._home, titled, self.people, self.gazetteer)
        return self._person(person, draft) if person is not None else self._described(draft, self._state(self._home))

    def _has_title(self, draft: Draft, phrase: str) -> bool:
        """Whether the text gives a name the title, and not as a former one."""
        return (
            draft.role is not None and self.language.is_role(phrase, draft.role.phrase) and "ELI" not in draft.sectors
        )

    def _points_back(self, draft: Draft) -> bool:
        """Whether a title needs a bearer named before: no owner, no body in the possessive, nothing that tells its sort."""
        assert draft.role is not None
        possessed = any(t.tag_ == "POS" for t in self.parsed.doc[draft.start : draft.head])
        said = possessed or draft.region is not None or draft.role.phrase in self.language.unmistakable
        alone = draft.owner is None and not said
        return alone and not self._is_telling(draft)

    def _plays_at_home(self, draft: Draft) -> bool:
        """Whether the text knows one country only, so that its officials need no owner."""
        return self._sole is not None and self._is_domestic(draft)

    def _is_telling(self, draft: Draft) -> bool:
        """Whether the words say enough without a country: "the rebel commander"."""
        return bool({"REB", "OPP", "UAF", "PRM", "CRM"} & set(draft.sectors))

    def _is_yet_to_come(self, draft: Draft) -> bool:
        """Somebody who has not been named, since nobody holds the office yet: "the next president"."""
        return any(t.lower_ in self.language.coming for t in self.parsed.doc[draft.start : draft.head])

    def _is_bare_title(self, draft: Draft) -> bool:
        """A title in capitals that stands for its bearer: "Foreign Minister said"."""
        short = draft.end - draft.start <= 3 and self.parsed.doc[draft.start].pos_ != "DET"
        return short and self.parsed.doc[draft.head].is_title

    def _is_counted(self, draft: Draft) -> bool:
        """More than one actor, so none: "the two ministers", "both armies"."""
        return any(t.pos_ == "NUM" or t.lower_ in _TOGETHER for t in self.parsed.doc[draft.start : draft.head])

    def _described(self, draft: Draft, owner: Actor | None) -> Actor:
        """The actor that the words themselves make: "Syrian opposition leaders"."""
        assert draft.role is not None
        owner = owner or self._state(draft.region) or self._named_after(draft) or self._stage_country(draft)
        country, sectors = country_and_sectors(draft, owner, self.language)
        role = " ".join([*draft.role.phrase.split()[:-1], self.parsed.doc[draft.head].lower_])
        former = "former" if draft.sectors == ("ELI",) != draft.role.sectors else ""
        words = [w for w in (former, self._telling_modifier(draft), role) if w]
        name, id = (" ".join([*prefix, *words]) for prefix in (([owner.name], [owner.id]) if owner else ((), ())))
        return Actor(id=slug(id), name=name, kind=_kind(draft, owner), country=country, sectors=sectors)

    def _named_after(self, draft: Draft) -> Actor | None:
        """The state of the only office holder with the surname before a role of state: "the Obama administration"."""
        assert draft.role is not None
        against = draft.sectors == ("OPP",) and self.parsed.doc[draft.start].lower_ == "anti"
        if draft.role.kind == "person" and "GOV" not in draft.sectors and not against:
            return None
        for token in self.parsed.doc[draft.start : draft.head]:
            tenures = self.gazetteer.surnamed(token.text, self.on) if token.is_title and token.pos_ == "PROPN" else ()
            countries = {t.country for t in tenures if t.office in self.language.known_by_surname}
            if len(countries) == 1:
                return self._state(next(iter(countries)))
        return None

    def _telling_modifier(self, draft: Draft) -> str:
        """The modifier that sets the sector, as part of the name: "opposition" in "opposition leaders"."""
        assert draft.role is not None
        end = draft.end if draft.sectors == ("PRE",) else draft.head
        before = [t.lower_ for t in self.parsed.doc[draft.start : end]]
        regions = self.language.regions.keys() if draft.owner is None else frozenset[str]()
        telling = (self.language.modifiers.keys() | regions) - set(draft.role.phrase.split())
        return next((w for w in before if w in telling), "")

    def _owner_actor(self, owner: Draft | None, role: Role | None = None) -> Actor | None:
        """Whose role it is; a city's mayor is of the city's state, though an organisation may sit there."""
        if owner is None:
            return None
        local = role is not None and role.phrase in self.language.local
        if local and owner.via == "metonym":
            return next((_from_entry(s.entry) for s in owner.senses if s.entry.kind == "state"), None)
        actor = self._resolved.get((owner.start, owner.end)) or self._resolve(owner)
        if actor is not None:
            self._owners[owner.start, owner.end] = actor
        if actor is None or (actor.kind != "person" and owner.sort != "pronoun"):
            return actor
        if actor.kind == "person" and actor.sectors and _OFFICIAL.isdisjoint(actor.sectors):
            return actor
        return self._state(actor.country or self._sole) or (actor if actor.kind != "person" else None)

    # The country a report plays in ---------------------------------------------------------------------------------

    def _places(self) -> Iterator[str]:
        """States in which, against which or on which something happens."""
        for draft in self.drafts:
            for name in (draft, draft.owner):
                if name is not None and name.senses and name.senses[0].entry.kind == "state" and name.start:
                    before = self.parsed.doc[name.start - 1].lower_
                    if before in self.language.locative or before in ("against", "on"):
                        yield name.senses[0].entry.id

    def _only_country(self, names: Names) -> str | None:
        """The country, where the whole text names one only, its capital and its regions included."""
        said = [d for d in (*names.drafts, *names.places) if not is_backer(self.parsed.doc, d, self.language)]
        states = [s.entry.country for d in said for s in d.senses[:1] if s.entry.kind == "state"]
        named = Counter([*states, *names.regions, *names.institutions])
        often = _OFTEN * sum(named.values()) >= self.history.sentences
        alone = len(named) == 1 and (self._home is None or self._home in named)
        return next(iter(named)) if alone and often else None

    def _stage_country(self, draft: Draft) -> Actor | None:
        """The country for "the army" and "rebels" without one: three of five places named, else whose actors act there."""
        if draft.owner is not None or not self._is_domestic(draft):
            return None
        phrase = draft.role.phrase if draft.role is not None else ""
        default = self.language.default_owner.get(phrase) or self._house_before(draft)
        if default is not None:
            sure = (
                phrase in self.language.unmistakable
                or phrase not in self.language.default_owner
                or self._named[default]
                or self.parsed.doc[draft.head].is_title
            )
            return self._state(default) if sure else None
        if self._sole is not None:
            return self._state(self._sole)
        if draft.sectors == ("LEG",) and (same := self.history.country_of(draft.sectors)) is not None:
            return self._state(same)
        id, count = next(iter(self._stages.most_common(1)), ("", 0))
        if count >= 2 and count >= _STAGE * sum(self._stages.values()):
            return self._state(id)
        acting = _OF_A_STATE & set(draft.sectors) and (draft.definite or bool(draft.name) or self._is_bare_title(draft))
        return self._state(self.history.acting_country(draft.start)) if acting else None

    def _house_before(self, draft: Draft) -> str | None:
        """The state of the house that modifies the role: Israel's for "Knesset members"."""
        before = (t for t in self.parsed.doc[draft.start : draft.head] if t.is_title)
        return next((state for t in before if (state := self.language.default_owner.get(t.lower_))), None)

    def _is_domestic(self, draft: Draft) -> bool:
        """Whether the words can mean the country's own without saying so: "the army", but not "foreign officials"."""
        assert draft.role is not None
        if draft.plural and draft.role.phrase in self.language.single:
            return False
        own = draft.role.phrase.split()
        abroad = any(
            t.lower_ in self.language.abroad and t.lower_ not in own for t in self.parsed.doc[draft.start : draft.end]
        )
        local = draft.role.phrase in self.language.local
        told = ("of", "from", "to", "for") if draft.role.phrase in self.language.posted else ("of", "from")
        qualified = not local and any(c.lower_ in told for c in self.parsed.doc[draft.head].rights)
        known = self.language.domestic | self.language.default_owner.keys()
        official = self._sole is not None and bool(_OF_A_STATE & set(draft.sectors))
        return not abroad and not qualified and (official or draft.role.phrase in known)

    # Reference -----------------------------------------------------------------------------------------------------

    def _reference(self, draft: Draft) -> Actor | None:
        if draft.name == "country" and draft.owner is not None:
            bearer = self._owner_actor(draft.owner)
            return self._state(bearer.country) if bearer is not None and not draft.plural else None
        if draft.name == "polity":
            kind = self.language.polities.get(self.parsed.doc[draft.head].lemma_.lower(), frozenset())
            return self._state(self._sole or self.history.last_country(kind) or self._only_counted())
        if draft.name in self.language.referring["listed"]:
            return self.history.listed(draft, last=draft.name == "latter")
        if self.parsed.doc[draft.head].text in self.language.sides:
            return self._half(draft.name)
        return self.history.last_named(draft.name) or self._child(draft) or self._named_later(draft, draft.name)

    def _only_counted(self) -> str | None:
        """The only state that the text names, be it by a town in which something merely stands: "Conakry's stadium"."""
        states = [id for id in self._named if any(e.kind == "state" for e in self.gazetteer.entries(id))]
        return states[0] if len(states) == 1 else None

    def _half(self, side: str) -> Actor | None:
        """ "The North": of the pairs of states divided so, the one that the text names."""
        named = [pair for pair in self.language.halves if any(self._named[state] for state in pair.values())]
        return self._state(named[0].get(side)) if len(named) == 1 else None

    def _named_later(self, draft: Draft, word: str) -> Actor | None:
        """A body in capitals that the same sentence names in full only behind it."""
        doc = self.parsed.doc
        if not doc[draft.head].is_title:
            return None
        end = doc[draft.head].sent.end
        later = (d for d in self.drafts if draft.end <= d.start < end and d.sort == "name" and d.senses)
        return next((a for d in later if (a := self._name(d)) is not None and word in a.name.lower().split()), None)

    def _child(self, draft: Draft) -> Actor | None:
        """A body in capitals that only its parent has been named of: "the Commission" after the EU."""
        if not self.parsed.doc[draft.head].is_title:
            return None
        children = self.language.named_by_parent.get(draft.name, {})
        child = next((child for parent, child in children.items() if parent in self.actors), None)
        entries = self.gazetteer.entries(child) if child is not None else ()
        return _from_entry(entries[0]) if entries else None


def _from_entry(entry: Entry) -> Actor:
    return Actor(id=entry.id, name=entry.name, kind=entry.kind, country=entry.country, sectors=entry.sectors)


def _kind(draft: Draft, owner: Actor | None) -> Kind:
    assert draft.role is not None
    if owner is None or (draft.role.kind == "person" and not draft.definite and not draft.plural):
        return "unnamed"
    return "group" if draft.role.kind == "group" or draft.plural else "office"
