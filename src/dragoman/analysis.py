"""What a reading says: actors, mentions, statements, events and stances, each pointing at its words.

All types are immutable. Ids are unique within their document and follow from kind and offsets, never from the order of a
list, so the same words keep their id when other rows come or go.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import Any, Literal

from dragoman.document import Document, Span

SCHEMA = "dragoman/1"

Kind = Literal["state", "organization", "bloc", "person", "office", "group", "unnamed"]
Via = Literal["name", "acronym", "demonym", "metonym", "title", "pronoun", "nominal"]
Form = Literal["direct", "indirect", "mixed"]
Polarity = Literal["affirmed", "negated"]
Modality = Literal["actual", "future", "hypothetical", "historical"]
Direction = Literal["supports", "opposes"]
Force = Literal["plain", "demand", "offer", "red_line", "veto_threat"]
PlaceKind = Literal["country", "province", "region", "city"]


@dataclass(frozen=True, slots=True, order=True)
class Party(Span):
    """Words that stand for an actor; `actor` is its id in `Analysis.actors`, or None when undecided."""

    actor: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class MeasureSpan(Span):
    """Words that name a measure; `type` is one of the measure types of the ontology."""

    type: str = "other"


@dataclass(frozen=True, slots=True, order=True)
class Place(Span):
    """Words that name where something happened, and what they stand for; all but the words is None where that is open.

    `country` is an ISO 3166-1 alpha-3 code (Kosovo KOS); `province` the first-level division that a city lies in. `latitude` and
    `longitude` are degrees (WGS 84): of the city, or of the middle of a province or region; a country has none. `geonames` is
    the id in the GeoNames gazetteer, None where it has none here.
    """

    name: str | None = None
    kind: PlaceKind | None = None
    country: str | None = None
    province: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Count(Span):
    """Words that say how many people. `value` is the figure to reckon with, `least` and `most` the bounds that the words set.

    "12" is 12, at least and at most; "at least 12" has no `most`; "up to 12" no `least`; "about 12" neither; "12 to 15" is
    12. Vague words count as their smallest use in conflict data: several 3, dozens 12, scores 20, hundreds 100, thousands 1,000.
    """

    value: int = 0
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Someone who speaks or acts in the document.

    `country` is an ISO 3166-1 alpha-3 code or one of PLOVER's UNO EUR IGO NGO ISM IMG MNC, or None; `sectors` are PLOVER
    sector codes valid on the document's date. `code` is country and sectors joined.
    """

    id: str
    name: str
    kind: Kind
    country: str | None = None
    sectors: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        return (self.country or "") + "".join(self.sectors)


@dataclass(frozen=True, slots=True, order=True)
class Mention(Party):
    """A place in the text that names, describes or refers back to an actor."""

    via: Via = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An attribution: who (`source`) said (`cue`) what (`content`).

    `content` has several spans where the text interrupts a quotation, in text order. `within` is the id of the statement whose
    content contains this one. `source` is None for an attribution without a named source ("it is said").
    """

    id: str
    source: Party | None
    cue: Span | None
    content: tuple[Span, ...]
    form: Form
    within: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Who did what to whom, in PLOVER's terms.

    `anchor` is the word or words that express it. `claimed_in` is the id of the innermost statement whose content holds the
    event, None where the publisher reports it as fact. `cameo` is a text code, leading zeros included. `date` is ISO 8601 with
    its own precision. `dead`, `injured` and `arrested` are None where the words give no number.
    `score` is the calibrated probability that a careful human coder would accept the row.
    """

    id: str
    type: str
    anchor: Span
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...] = ()
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    date: str | None = None
    place: Place | None = None
    dead: Count | None = None
    injured: Count | None = None
    arrested: Count | None = None
    polarity: Polarity = "affirmed"
    modality: Modality = "actual"
    claimed_in: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """Where one passage puts a `holder` on a `measure`, and the sentence that shows it (`evidence`).

    `toward` is the id of the actor the measure is about (Syria in "sanctions on Syria"). `statement` is the id of the statement
    that carries it, None where the publisher reports it.
    """

    id: str
    holder: Party
    measure: MeasureSpan
    stance: Direction
    evidence: Span
    toward: str | None = None
    force: Force = "plain"
    condition: Span | None = None
    statement: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True, order=True)
class Skipped:
    """A stretch `[start, end)` of the document that was not read, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """All that was read from one document; `to_dict` is the published contract (`schema/analysis.json` in the package)."""

    reader: str
    document: Document
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    stances: tuple[Stance, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The analysis as plain JSON values, keys as in the contract."""
        return {"schema": SCHEMA, **_plain(self)}

    def to_json(self) -> str:
        """One line of JSON Lines, without the line break."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    @classmethod
    def from_dict(cls, row: dict[str, Any]) -> Analysis:
        """The inverse of `to_dict`; KeyError or TypeError where the row does not follow the contract."""
        d = row["document"]
        document = Document(**{k: d[k] for k in ("text", "title", "publisher", "published", "url", "language")})
        return cls(
            reader=row["reader"],
            document=document,
            actors=tuple(_actor(a) for a in row["actors"]),
            mentions=tuple(Mention(**m) for m in row["mentions"]),
            statements=tuple(_statement(s) for s in row["statements"]),
            events=tuple(_event(e) for e in row["events"]),
            stances=tuple(_stance(s) for s in row["stances"]),
            skipped=tuple(Skipped(**s) for s in row["skipped"]),
        )

    @cached_property
    def _actors_by_id(self) -> dict[str, Actor]:
        return {a.id: a for a in self.actors}

    @cached_property
    def _statements_by_id(self) -> dict[str, Statement]:
        return {s.id: s for s in self.statements}

    def actor(self, id: str | None) -> Actor | None:
        """The actor of that id; None for None."""
        return None if id is None else self._actors_by_id[id]

    def statement(self, id: str | None) -> Statement | None:
        """The statement of that id; None for None."""
        return None if id is None else self._statements_by_id[id]

    def spans(self) -> Iterator[Span]:
        """Every span of the analysis: each quotes the document (law 1)."""
        yield from self.mentions
        for rows in (self.statements, self.events, self.stances):
            for row in rows:
                yield from _spans_of(row)

    def _repr_html_(self) -> str:
        """The marked-up page, as notebooks show it."""
        from importlib.metadata import entry_points

        (view,) = entry_points(group="dragoman.views", name="notebook")
        show: Callable[[Analysis], str] = view.load()
        return show(self)

    def __str__(self) -> str:
        title = self.document.title or self.document.text[:60].strip()
        counts = ", ".join(f"{len(getattr(self, k))} {k}" for k in ("actors", "statements", "events", "stances"))
        return f"{title} [{self.document.publisher or 'unknown publisher'}, {self.document.published or 'undated'}]: {counts}"


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if not is_dataclass(value):
        return value
    row = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return {**row, "code": value.code} if isinstance(value, Actor) else row


def _spans_of(row: Statement | Event | Stance) -> Iterator[Span]:
    for f in fields(row):
        value = getattr(row, f.name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Span):
                yield item


def _actor(row: dict[str, Any]) -> Actor:
    return Actor(**{k: v for k, v in row.items() if k not in ("code", "sectors")}, sectors=tuple(row["sectors"]))


def _span(row: dict[str, Any] | None) -> Span | None:
    return None if row is None else Span(**row)


def _statement(row: dict[str, Any]) -> Statement:
    source = row["source"]
    return Statement(
        **{
            **row,
            "source": None if source is None else Party(**source),
            "cue": _span(row["cue"]),
            "content": tuple(Span(**c) for c in row["content"]),
        }
    )


def _event(row: dict[str, Any]) -> Event:
    return Event(
        **{
            **row,
            "anchor": Span(**row["anchor"]),
            "actors": tuple(Party(**p) for p in row["actors"]),
            "recipients": tuple(Party(**p) for p in row["recipients"]),
            "contexts": tuple(row["contexts"]),
            "place": None if row["place"] is None else Place(**row["place"]),
            **{name: None if row[name] is None else Count(**row[name]) for name in ("dead", "injured", "arrested")},
        }
    )


def _stance(row: dict[str, Any]) -> Stance:
    return Stance(
        **{
            **row,
            "holder": Party(**row["holder"]),
            "measure": MeasureSpan(**row["measure"]),
            "evidence": Span(**row["evidence"]),
            "condition": _span(row["condition"]),
        }
    )
