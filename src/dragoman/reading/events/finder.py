"""Parsed + cast + statements -> events: which drafts are kept, which are one and the same, who claims them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from dragoman.analysis import Event, Modality, Statement
from dragoman.knowledge.ontology import Ontology
from dragoman.knowledge.triggers import Triggers
from dragoman.reading.actors import Cast
from dragoman.reading.datelines import dateline_end
from dragoman.reading.events.claims import Claims
from dragoman.reading.events.coding import Coder
from dragoman.reading.events.dates import days_before
from dragoman.reading.events.drafts import WRONGS, Draft, Drafter, merged
from dragoman.reading.events.gate import Gate
from dragoman.reading.events.inferred import SpeechActs
from dragoman.reading.events.modality import Grammar
from dragoman.reading.events.parties import Parties, Who
from dragoman.reading.events.proposals import Proposer, Relating
from dragoman.reading.events.references import find_references
from dragoman.reading.events.screen import Screen
from dragoman.reading.events.setting import Setting
from dragoman.reading.events.topics import topics_of
from dragoman.reading.parse import Parsed

SCORES = {"verb": 0.6, "noun": 0.45, "adjective": 0.5, "inferred": 0.4, "proposed": 0.3}
"""Provisional scores by kind of predicate, not calibrated: roughly the share found right when read by eye."""

NAMELESS = 0.75
"""What the score of an event is worth whose actors are of no country and have no name."""

_OVER = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN"})

PAST_DAYS, HISTORY_DAYS = 180, 3650
"""What lies this long before publication is told as past, and then as history, which is no news."""


@dataclass
class Finder:
    """Finds the events of one document."""

    parsed: Parsed
    cast: Cast
    statements: tuple[Statement, ...]
    ontology: Ontology
    triggers: Triggers
    model: Relating | None = None
    gate: Gate | None = None
    claims: Claims = field(init=False)
    drafter: Drafter = field(init=False)
    acts: SpeechActs = field(init=False)
    setting: Setting = field(init=False)
    proposer: Proposer | None = field(init=False)

    def __post_init__(self) -> None:
        words = self.triggers.words
        references = find_references(self.parsed, self.cast, self.statements, words)
        who = Who(self.cast, words, dateline_end(self.parsed.document.text), references)
        coder = Coder(self.ontology, self.triggers, topics_of(self.ontology))
        grammar = Grammar(self.triggers.words)
        self.claims = Claims(self.statements, who)
        self.drafter = Drafter(self.parsed, who, coder, grammar)
        self.acts = SpeechActs(self.parsed, who, self.claims, coder, grammar)
        self.setting = Setting(self.parsed)
        self.proposer = None
        if self.model is not None:
            self.proposer = Proposer(self.parsed, who, coder, grammar, self.model, self.gate)

    def events(self) -> tuple[Event, ...]:
        """The events in text order."""
        tokens = tuple(self._tokens())
        told = _free([d for d in self.drafter.drafts(tokens) if not d.manner.governed], self.drafter.who)
        drafts = self._complete(tokens, merged([*told, *self.acts.drafts(tokens, told)], self.drafter.who))
        found = [
            e
            for draft in sorted(drafts, key=lambda d: (d.anchor, d.coding.type))
            if (e := self._event(draft)) is not None
        ]
        return _with_ids(found)

    def _complete(self, tokens: Sequence[Token], drafts: list[Draft]) -> list[Draft]:
        """The drafts under the types that a model is sure of, and those that it adds; as they are where there is no model."""
        if self.proposer is None:
            return drafts
        revised = [self.proposer.revised(draft) for draft in drafts]
        return merged([*revised, *self.proposer.drafts(tokens, revised)], self.drafter.who)

    def _tokens(self) -> Iterator[Token]:
        """The tokens of all sentences that speak of world affairs."""
        return (token for sentence in Screen(self.triggers.screen).passed(self.parsed) for token in sentence)

    def _event(self, draft: Draft) -> Event | None:
        coding, manner = draft.coding, draft.manner
        date = self.setting.date(draft.trigger, future=manner.modality == "future")
        modality = self._modality(manner.modality, date)
        if modality is None:
            return None
        return Event(
            id="",
            type=coding.type,
            mode=coding.mode,
            contexts=coding.contexts,
            cameo=coding.cameo,
            anchor=draft.anchor,
            actors=self._spelt_out(draft.actors, draft),
            recipients=self._spelt_out(draft.recipients, draft),
            date=date,
            polarity=manner.polarity,
            modality=modality,
            claimed_in=self.claims.claimed_in(draft.anchor, coding.type, draft.actors),
            score=self._score(draft),
        )

    def _score(self, draft: Draft) -> float:
        known = self.drafter.who.are_known(draft.actors)
        return SCORES[draft.kind] if known else round(SCORES[draft.kind] * NAMELESS, 2)

    def _spelt_out(self, parties: Parties, draft: Draft) -> Parties:
        return tuple(self.drafter.who.spelt_out(p, draft.trigger.sent) for p in parties)

    def _modality(self, modality: Modality, date: str | None) -> Modality | None:
        """What is long past is historical; None for what is history."""
        age = days_before(date, self.parsed.document.published) if date is not None else None
        if modality != "actual" or age is None or age <= PAST_DAYS:
            return modality
        return "historical" if age <= HISTORY_DAYS else None


def _free(drafts: list[Draft], who: Who) -> list[Draft]:
    """The drafts without those that only say what another agrees, asks, threatens or refuses to do."""
    over = {d.trigger.i: d for d in drafts if d.coding.type in _OVER}
    return [d for d in drafts if not any(_is_part(d, over[i], who) for i in _governors(d.trigger) if i in over)]


def _is_part(draft: Draft, over: Draft, who: Who) -> bool:
    """Whether a draft only tells what the act over it is about; a noun with an owner of its own tells of another act.

    What somebody is asked for is none ("demanded the president's resignation"), but for violence, which is to end.
    """
    if over.anchor.start <= draft.trigger.idx < over.anchor.end:
        return draft.coding.type != over.coding.type
    asked = () if draft.coding.type in WRONGS else over.recipients
    return draft.kind != "noun" or bool(who.sides(draft.actors) & who.sides((*over.actors, *asked)))


def _governors(trigger: Token) -> set[int]:
    """The predicates that the trigger completes as an object, infinitive or clause, however deep."""
    out: set[int] = set()
    while trigger.dep_ in ("xcomp", "ccomp", "conj", "pcomp", "dobj") and trigger.head.i != trigger.i:
        if trigger.dep_ != "conj":
            out.add(trigger.head.i if trigger.head.pos_ != "ADP" else trigger.head.head.i)
        trigger = trigger.head
    return out


def _with_ids(events: list[Event]) -> tuple[Event, ...]:
    """`e<start>-<end>` of the anchor; a second event with the same anchor is told apart by a count."""
    seen: dict[str, int] = {}
    out: list[Event] = []
    for event in events:
        base = f"e{event.anchor.start}-{event.anchor.end}"
        seen[base] = seen.get(base, 0) + 1
        out.append(replace(event, id=base if seen[base] == 1 else f"{base}.{seen[base]}"))
    return tuple(out)
