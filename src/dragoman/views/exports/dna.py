"""Analyses -> a DNA 3 database (SQLite), which Discourse Network Analyzer opens.

Three statement types. `DNA Statement` is a stance: person, organization (the country or body for which a person speaks,
or the holder itself), concept (the measure and toward whom) and agreement, at its evidence. `Attribution` is a
statement, at its content; `Event` a pair of an event, at its anchor. The long text `dragoman` of each keeps the row as
in dragoman's contract and the values that were written beside it, so that `dragoman import` gives it back as it was,
unless a coder changed it in DNA.

Offsets are UTF-16 units, as Java counts. DNA's text window turns CRLF into LF, so texts are written with LF.
"""

from __future__ import annotations

import errno
import json
import re
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dragoman.analysis import Actor, Analysis
from dragoman.document import Document, Span
from dragoman.views.exports import coded, naming
from dragoman.views.exports.dates import period
from dragoman.views.exports.dna_tables import SHORT, VERSION, password_hash, statements
from dragoman.views.exports.losses import Losses
from dragoman.views.exports.settings import Analyses, Settings, file_format

STANCE, ATTRIBUTION, EVENT = "DNA Statement", "Attribution", "Event"
OWN = "dragoman"
"""The long-text variable, and the key in a document's notes, that only dragoman reads."""

_TYPES: dict[str, tuple[tuple[int, int, int], dict[str, str]]] = {
    STANCE: (
        (239, 208, 51),
        {"person": "short text", "organization": "short text", "concept": "short text", "agreement": "boolean"},
    ),
    ATTRIBUTION: ((211, 211, 211), {"person": "short text", "organization": "short text", "cue": "short text"}),
    EVENT: (
        (100, 200, 190),
        {"actor": "short text", "recipient": "short text", "event": "short text", "reported": "boolean"},
    ),
}
_UNHURRIED = ("PRAGMA journal_mode = MEMORY", "PRAGMA synchronous = OFF")
"""The file gets its name only when it is whole, so nothing has to be on the disk before."""
_CLOCK = re.compile("T([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)")
ATTRIBUTES = ("Type", "Alias", "Notes")
"""Of every entity: kind of actor, its id, its code."""


@dataclass(frozen=True, slots=True)
class Coding:
    """One statement for DNA: where it stands, in code points, and the values of its variables; an Actor stands for its name."""

    type: str
    span: Span
    values: Mapping[str, Actor | str | bool]
    row: Mapping[str, Any]
    cast: tuple[Actor, ...]


@file_format("a Discourse Network Analyzer database, SQLite")
def write_dna(analyses: Analyses, path: Path, losses: Losses, settings: Settings) -> int:
    """The number of rows is that of the statements in the database; OSError where the disk is full."""
    with closing(sqlite3.connect(path)) as connection:
        writer = _Writer(connection)
        try:
            writer.begin(settings.password)
            rows = sum(_add(writer, analysis, losses) for analysis in analyses)
            writer.end()
            connection.commit()
        except sqlite3.OperationalError as error:
            raise OSError(errno.EIO, str(error), str(path)) from error
    return rows


def _add(writer: _Writer, analysis: Analysis, losses: Losses) -> int:
    losses.add("mentions", len(analysis.mentions))
    losses.add("documents with CRLF, whose lines now end in LF", "\r\n" in analysis.document.text)
    losses.add("documents without a date, dated 1970-01-01", analysis.document.published is None)
    document = writer.document(analysis.document)
    written = 0
    for coding in codings(analysis):
        if coding.span.text:
            writer.statement(document, coding, units(analysis.document.text, coding.span))
            written += 1
        else:
            losses.add("rows without words, for which DNA has no place")
    return written


def codings(analysis: Analysis) -> Iterator[Coding]:
    """The stances, statements and events of an analysis, in the order of the document within each."""
    plain = analysis.to_dict()
    for stance, row in zip(analysis.stances, plain["stances"], strict=True):
        holder = analysis.actor(stance.holder.actor)
        toward = analysis.actor(stance.toward)
        concept = stance.measure.type.replace("_", " ") + (f" ({toward.name})" if toward else "")
        who = _speaker(holder, stance.holder.text)
        values = {**who, "concept": concept, "agreement": stance.stance == "supports"}
        yield Coding(STANCE, stance.evidence, values, row, _cast(holder, toward))
    for statement, row in zip(analysis.statements, plain["statements"], strict=True):
        source = statement.source
        actor = analysis.actor(source.actor) if source else None
        words = {"cue": statement.cue.text if statement.cue else ""}
        yield Coding(
            ATTRIBUTION,
            _first(analysis, row),
            {**_speaker(actor, source.text if source else ""), **words},
            row,
            _cast(actor),
        )
    for event, row in zip(analysis.events, plain["events"], strict=True):
        cast = _cast(*(analysis.actor(p.actor) for p in event.actors + event.recipients))
        for source_, target in coded.pairs(analysis, event) or [(None, None)]:
            values = {"actor": _side(source_), "recipient": _side(target), "event": coded.plover(event).type}
            yield Coding(EVENT, event.anchor, {**values, "reported": event.claimed_in is None}, row, cast)


def units(text: str, span: Span) -> tuple[int, int]:
    """Where a span of `text` stands in the text that `lf` gives, in UTF-16 units."""
    return _unit(text, span.start), _unit(text, span.end)


def lf(text: str) -> str:
    """The text as DNA shows it: lines end in LF, and no NUL stands in it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")


def _unit(text: str, offset: int) -> int:
    before = text[:offset]
    inside = before.endswith("\r") and text.startswith("\n", offset)
    return len(before.encode("utf-16-le")) // 2 - before.count("\r\n") - inside


def _speaker(actor: Actor | None, words: str) -> dict[str, Actor | str]:
    """Person and organization: of a person also the country or body; of anybody else only the second."""
    if actor is None:
        return {"person": words, "organization": ""}
    if actor.kind in ("person", "office", "unnamed"):
        return {"person": actor, "organization": naming.country_name(actor.country)}
    return {"person": "", "organization": actor}


def _first(analysis: Analysis, row: Mapping[str, Any]) -> Span:
    """From the first word of a statement's content to its last, or else its cue or source."""
    places = row["content"] or [p for p in (row["cue"], row["source"]) if p]
    if not places:
        return Span(0, 0, "")
    return analysis.document.span(places[0]["start"], max(p["end"] for p in places))


def _side(side: coded.Side | None) -> Actor | str:
    return "" if side is None else side.actor or side.party.text


def _cast(*actors: Actor | None) -> tuple[Actor, ...]:
    return tuple({a.id: a for a in actors if a is not None}.values())


@dataclass(slots=True)
class _Writer:
    """Rows on their way into the tables. Ids are given here, from 1, so that nothing has to be read back."""

    connection: sqlite3.Connection
    variables: dict[tuple[str, str], int] = field(default_factory=dict)
    attributes: dict[int, list[int]] = field(default_factory=dict)
    entities: dict[tuple[int, str], tuple[int, str]] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)

    def begin(self, password: str) -> None:
        """Make the tables, the administrator, the types with their variables and attributes, and the empty entities."""
        for sql in (*_UNHURRIED, *statements()):
            self.connection.execute(sql)
        self.connection.executemany("INSERT INTO SETTINGS VALUES (?, ?)", [("version", VERSION)])
        hashed = password_hash(password, secrets.token_bytes(16))
        self.insert("CODERS", Name="Admin", Red=255, Green=255, Blue=0, Password=hashed)
        for type, (colour, variables) in _TYPES.items():
            number = self.insert(
                "STATEMENTTYPES", Label=type, **dict(zip(("Red", "Green", "Blue"), colour, strict=True))
            )
            for name, kind in {**variables, OWN: "long text"}.items():
                self._variable(number, type, name, kind)

    def _variable(self, number: int, type: str, name: str, kind: str) -> None:
        variable = self.insert("VARIABLES", Variable=name, DataType=kind, StatementTypeId=number)
        self.variables[type, name] = variable
        if kind != "short text":
            return
        self.attributes[variable] = [
            self.insert("ATTRIBUTEVARIABLES", VariableId=variable, AttributeVariable=attribute)
            for attribute in ATTRIBUTES
        ]
        self.entity(variable, "")

    def end(self) -> None:
        """Write what is known only at the end: the latest date of a document stands for the day of the database."""
        (latest,) = self.connection.execute("SELECT coalesce(max(Date), 0) FROM DOCUMENTS").fetchone()
        day = datetime.fromtimestamp(latest, UTC).date().isoformat()
        self.connection.execute("INSERT INTO SETTINGS VALUES ('date', ?)", (day,))

    def document(self, document: Document) -> int:
        """Add a document; what DNA has no column for goes to its notes."""
        names = ("title", "publisher", "published", "url", "language")
        known = {"id": document.id, **{n: v for n in names if (v := getattr(document, n)) is not None}}
        return self.insert(
            "DOCUMENTS",
            Title=_cut(document.title or document.text.strip()[:60]),
            Text=lf(document.text),
            Coder=1,
            Source=_cut(document.publisher or ""),
            Notes=f"{OWN}: {json.dumps(known, ensure_ascii=False)}",
            Date=seconds(document.published),
        )

    def statement(self, document: int, coding: Coding, place: tuple[int, int]) -> None:
        """Add a statement with one value for each of its variables."""
        types = list(_TYPES)
        number = self.insert(
            "STATEMENTS",
            StatementTypeId=types.index(coding.type) + 1,
            DocumentId=document,
            Start=place[0],
            Stop=place[1],
            Coder=1,
        )
        written = {name: self._value(number, coding.type, name, value) for name, value in coding.values.items()}
        own = {"row": coding.row, "actors": [_plain(a) for a in coding.cast], "written": {**written, "at": list(place)}}
        self.insert(
            "DATALONGTEXT",
            StatementId=number,
            VariableId=self.variables[coding.type, OWN],
            Value=json.dumps(own, ensure_ascii=False),
        )

    def _value(self, statement: int, type: str, name: str, value: Actor | str | bool) -> str | bool:
        variable = self.variables[type, name]
        if isinstance(value, bool):
            self.insert("DATABOOLEAN", StatementId=statement, VariableId=variable, Value=int(value))
            return value
        number, words = self.entity(variable, value)
        self.insert("DATASHORTTEXT", StatementId=statement, VariableId=variable, Entity=number)
        return words

    def entity(self, variable: int, value: Actor | str) -> tuple[int, str]:
        """The id and the words of an entity; another actor of the same name gets its id behind it."""
        name, kind, alias, notes = (
            (value.name, value.kind, value.id, value.code) if isinstance(value, Actor) else (value, "", "", "")
        )
        words = _cut(name)
        taken = self.entities.get((variable, words))
        if taken and taken[1] != alias and alias:
            words = f"{name[: SHORT - len(alias) - 3]} ({alias})"[:SHORT]
            taken = self.entities.get((variable, words))
        if taken:
            return taken[0], words
        number = self.insert("ENTITIES", VariableId=variable, Value=words, Red=0, Green=0, Blue=0)
        for attribute, text in zip(self.attributes[variable], (kind, alias, notes), strict=True):
            self.insert("ATTRIBUTEVALUES", EntityId=number, AttributeVariableId=attribute, AttributeValue=_cut(text))
        self.entities[variable, words] = (number, alias)
        return number, words

    def insert(self, table: str, **values: Any) -> int:
        """Add a row under the next id of its table."""
        id = self.last[table] = self.last.get(table, 0) + 1
        columns, marks = ", ".join(("ID", *values)), ", ".join("?" * (len(values) + 1))
        self.connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", (id, *values.values()))
        return id


def seconds(published: str | None) -> int:
    """DNA's date: seconds since 1970 of the local date and time, taken as UTC; 0 for an unknown one."""
    when = period(published)
    if when is None or published is None:
        return 0
    clock = m[1] if (m := _CLOCK.search(published)) else "00:00"
    return int(datetime.fromisoformat(f"{when.first.isoformat()}T{clock}+00:00").timestamp())


def _plain(actor: Actor) -> dict[str, Any]:
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "country": actor.country,
        "sectors": list(actor.sectors),
    }


def _cut(text: str) -> str:
    return text.replace("\x00", "\ufffd")[:SHORT]
