"""Events -> what PLOVER's and CAMEO's coders would write down for them, and the pairs of parties that dyadic formats want.

Tense and negation. PLOVER has one list of what they make of a type (`Ontology.rewritten`): a promise of aid is AGREE, a
denied accusation AGREE. Where the list changes the type, PLOVER and CAMEO formats write the new one; where it does not,
PLOVER formats add an auxiliary context (future, negation, hypothetical, historical). CAMEO has no place for that, so
hypothetical and historical events are left out of CAMEO formats, and all others written by their code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.analysis import Actor, Analysis, Event, Party
from dragoman.document import Span
from dragoman.errors import KnowledgeError
from dragoman.knowledge.ontology import Code, Ontology, load_ontology
from dragoman.views.exports.dates import Period, period
from dragoman.views.exports.losses import Losses
from dragoman.views.exports.sentences import sentence_at

RECIPROCAL = frozenset({"AGREE", "CONSULT", "COOPERATE", "ASSAULT"})
"""Types in which several actors without a recipient act on each other: talks, accords, joint work, battles."""

_REAL = ("actual", "future")
_THREATENED = {"ASSAULT": "violence"}

UNDATED = (
    "events left out because neither they nor their documents have a date (read the files into a new record with "
    "--published DATE or a column of dates, or write cameo, csv or jsonl, which need none)"
)
UNREAL = "hypothetical and historical events, for which CAMEO has no code, left out"
QUAD_NAMES = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
"""What POLECAT calls the quad classes."""

VICTIMS = "numbers of dead, injured and arrested"
CLAIMS = "events that somebody claims, written like those that the publisher reports"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plover:
    """An event in PLOVER's terms: what its coders write down, tense and negation included. `quad` is 1 to 4."""

    type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad: int
    score: float


def plover(event: Event) -> Plover:
    """What PLOVER's coders would write down."""
    ontology = load_ontology()
    type, mode = _rewritten(event, ontology)
    auxiliary = _auxiliary(event) if type == event.type else ()
    known = ontology.types[type]
    return Plover(
        type=type,
        mode=mode,
        contexts=tuple(dict.fromkeys(event.contexts + auxiliary)),
        quad=known.quad,
        score=ontology.score(type, mode),
    )


def cameo(event: Event) -> Code | None:
    """What CAMEO's coders would write down; None for an event that did not and will not happen."""
    ontology = load_ontology()
    if event.modality not in _REAL:
        return None
    type, mode = _rewritten(event, ontology)
    own = _own_code(event, ontology)
    if type == event.type and own is not None and own.type in (type, None):
        return own
    return ontology.codes[ontology.cameo(type, mode)]


def _own_code(event: Event, ontology: Ontology) -> Code | None:
    """The code that the event carries, or its nearest ancestor."""
    try:
        return None if event.cameo is None else ontology.code(event.cameo)
    except KnowledgeError:
        return None


def _rewritten(event: Event, ontology: Ontology) -> tuple[str, str | None]:
    """Type and mode after tense and negation; a mode stays where the new type has it."""
    type = ontology.rewritten(event.type, event.modality, event.polarity)
    mode = event.mode
    if type != event.type:
        mode = _THREATENED.get(event.type) if type == "THREATEN" and event.type in _THREATENED else mode
    return type, mode if mode in ontology.types[type].modes else None


def _auxiliary(event: Event) -> tuple[str, ...]:
    negation = ("negation",) if event.polarity == "negated" else ()
    return negation + (() if event.modality == "actual" else (event.modality,))


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair: the words and, where it was decided, the actor."""

    party: Party
    actor: Actor | None

    @property
    def name(self) -> str:
        """The actor's name, or else the words."""
        return self.party.text if self.actor is None else self.actor.name

    @property
    def country(self) -> str:
        """The country code, empty where there is none."""
        return (self.actor.country or "") if self.actor else ""


def sides(analysis: Analysis, parties: tuple[Party, ...]) -> tuple[Side, ...]:
    """The parties with their actors."""
    return tuple(Side(p, analysis.actor(p.actor)) for p in parties)


Pair = tuple[Side | None, Side | None]


def pairs(analysis: Analysis, event: Event) -> list[Pair]:
    """Source and target of an event, once for each pair; None stands for a side that the text does not name.

    Every actor is paired with every recipient but itself. Where there is no recipient, or the recipients are the
    actors, actors of a RECIPROCAL type are paired with each other in both directions. Several mentions of one actor on
    a side count once.
    """
    actors, recipients = _once(sides(analysis, event.actors)), _once(sides(analysis, event.recipients))
    if not recipients and len(actors) > 1 and event.type in RECIPROCAL:
        recipients = actors
    found: list[Pair] = [(a, r) for a in actors for r in recipients if _who(a) != _who(r)]
    if found:
        return found
    alone: list[Pair] = [(a, None) for a in actors] or [(None, r) for r in recipients]
    if actors and recipients:  # an actor that acts on itself
        return [(a, r) for a in actors for r in recipients]
    return alone


def _once(found: tuple[Side, ...]) -> tuple[Side, ...]:
    return tuple({_who(side): side for side in reversed(found)}.values())[::-1]


def _who(side: Side) -> object:
    return side.actor.id if side.actor else (side.party.start, side.party.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dyad:
    """One row of a dyadic format: a CAMEO code between two sides on a day, and where that is said.

    `key` is the same whenever the same event of the same document is written, and different for every other dyad.
    `sentence` is the number, from 1, of the sentence `evidence`.
    """

    analysis: Analysis
    event: Event
    code: Code
    source: Side | None
    target: Side | None
    period: Period | None
    sentence: int
    evidence: Span
    key: str


def dyads(analysis: Analysis, losses: Losses, *, dated: bool = True) -> Iterator[Dyad]:
    """The dyads of an analysis in the order of its events; what is left out is counted. `dated`: only those with a date."""
    for event in analysis.events:
        code, when = cameo(event), period(event.date or analysis.document.published)
        if code is None:
            losses.add(UNREAL)
            continue
        if when is None and dated:
            losses.add(UNDATED)
            continue
        losses.add(CLAIMS, event.claimed_in is not None)
        losses.add(VICTIMS, has_victims(event))
        yield from _dyads_of(analysis, event, code, when)


def has_victims(event: Event) -> bool:
    """Whether the text gives a number of dead, injured or arrested."""
    return any(number is not None for number in (event.dead, event.injured, event.arrested))


def _dyads_of(analysis: Analysis, event: Event, code: Code, when: Period | None) -> Iterator[Dyad]:
    number, evidence = sentence_at(analysis.document.text, event.anchor.start)
    for source, target in pairs(analysis, event) or [(None, None)]:
        yield Dyad(
            analysis=analysis,
            event=event,
            code=code,
            source=source,
            target=target,
            period=when,
            sentence=number,
            evidence=evidence,
            key=f"{analysis.document.id} {event.id} {_side_key(source)} {_side_key(target)}",
        )


def _side_key(side: Side | None) -> str:
    return "" if side is None else str(_who(side))
