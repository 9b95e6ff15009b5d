"""A DNA database -> documents with the statements and stances that coders wrote.

A passage becomes a statement: its source is the person, or else the organization, its content the passage. With a
concept and a yes or no it is also a stance, whose holder is the organization (the person speaks for it), or else the
person. The words for a speaker are the nearest place before the end of the passage that names it; where none does they
are empty, at the beginning of the passage. A concept is a measure only if it is called like one, otherwise `other`; its
words are in the note of the verdict. Rows that dragoman wrote into the file and nobody changed come back as readings;
all others are verdicts of their coder.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dragoman.analysis import Actor, Analysis, MeasureSpan, Party, Stance, Statement
from dragoman.document import Document, Span
from dragoman.errors import DocumentError
from dragoman.ingest.exchange.building import Draft, slug
from dragoman.ingest.exchange.dna_file import Dna, DnaDocument, DnaStatement, read_database
from dragoman.ingest.exchange.values import Coded, Judged, Lost
from dragoman.ingest.source import Source, Unread
from dragoman.knowledge.ontology import load_ontology

READER = "import-dna"
OWN = "dragoman"
_PERSON = ("person", "speaker", "narrator", "actor", "individual")
_ORGANIZATION = ("organization", "organisation", "institution", "group", "party")
_CONCEPT = ("concept", "claim", "issue", "category", "policy solution")
_ROW = {
    "content": ("statements", "Attribution"),
    "evidence": ("stances", "DNA Statement"),
    "anchor": ("events", "Event"),
}


def read_dna(source: Source) -> Iterator[Coded | Unread | Lost]:
    """The documents in the order of their ids, each with what is coded in it."""
    dna = read_database(Path(source.name))
    statements: dict[int, list[DnaStatement]] = {}
    for statement in dna.statements:
        statements.setdefault(statement.document, []).append(statement)
    for row in dna.documents:
        try:
            page = _Page(Draft(_document(row, source)), dna, source)
        except DocumentError as error:
            yield source.unread(f"Document {row.id}: {error}")
            continue
        yield from page.read(statements.get(row.id, []))
    concepts = sum(variable.lower() not in (*_PERSON, *_ORGANIZATION) or not words for variable, words in dna.entities)
    if concepts:
        yield Lost(
            source.name, f"of {len(dna.entities)} entities, those that are no actors, kept as words in notes", concepts
        )


def _document(row: DnaDocument, source: Source) -> Document:
    """The document; one that dragoman wrote has what DNA has no column for in its notes."""
    own = _own(row.notes.removeprefix(f"{OWN}: ")) if row.notes.startswith(f"{OWN}: ") else {}
    if own:
        return source.document(
            row.text, **{k: own.get(k) for k in ("title", "publisher", "published", "url", "language")}
        )
    return source.document(row.text, title=row.title, publisher=row.source, published=published(row.seconds))


def published(seconds: int) -> str | None:
    """The date of a document, with the time of day where it is not midnight; None for 0."""
    if seconds == 0:
        return None
    when = datetime.fromtimestamp(seconds, UTC)
    return when.strftime("%Y-%m-%d" if seconds % 86400 == 0 else "%Y-%m-%dT%H:%M:%S")


def code_point(text: str, unit: int) -> int | None:
    """The code point at which a UTF-16 unit of the text begins; None behind its end."""
    data = text.encode("utf-16-le")
    if not 0 <= 2 * unit <= len(data):
        return None
    return len(data[: 2 * unit].decode("utf-16-le", "ignore"))


@dataclass(slots=True)
class _Page:
    """One document while its statements are read."""

    draft: Draft
    dna: Dna
    source: Source
    judged: dict[str, Judged] = field(default_factory=dict)
    restored: set[str] = field(default_factory=set)

    def read(self, statements: list[DnaStatement]) -> Iterator[Coded | Unread]:
        """The document with its rows; passages that lie outside of it are named."""
        for statement in statements:
            span = self._span(statement)
            if span is None:
                yield self.source.unread(f"Statement {statement.id} lies outside of its document; correct it in DNA.")
            elif (own := self._unchanged(statement)) is not None:
                self._restore(own, statement)
            else:
                self._add(statement, span)
        yield Coded(analysis=self._analysis(), judged=self.judged)

    def _span(self, statement: DnaStatement) -> Span | None:
        text = self.draft.document.text
        start, end = code_point(text, statement.start), code_point(text, statement.stop)
        if start is None or end is None or start >= end:
            return None
        return self.draft.document.span(start, end)

    def _unchanged(self, statement: DnaStatement) -> Mapping[str, Any] | None:
        """What dragoman wrote beside the statement, if that still is what it says, agreement aside."""
        own = _own(str(statement.values.get(OWN, "")))
        written = own.get("written")
        if not isinstance(written, Mapping) or not isinstance(own.get("row"), Mapping):
            return None
        now = {**statement.values, "at": [statement.start, statement.stop]}
        return own if all(now.get(name) == value for name, value in written.items() if name != "agreement") else None

    def _restore(self, own: Mapping[str, Any], statement: DnaStatement) -> None:
        """Put back a row as it was, or with the agreement that a coder changed."""
        row = dict(own["row"])
        kind = next(kind for key, (kind, _) in _ROW.items() if key in row)
        if row["id"] in self.restored:
            return
        agreement = statement.values.get("agreement")
        if kind == "stances" and agreement != own["written"].get("agreement"):
            row["stance"] = "supports" if agreement else "opposes"
            self.judged[row["id"]] = self._judged(statement, ())
        for actor in own.get("actors", ()):
            self.draft.actors.setdefault(actor["id"], Actor(**{**actor, "sectors": tuple(actor["sectors"])}))
        rows: dict[str, list[Any]] = {"statements": [], "events": [], "stances": [], kind: [row]}
        plain = {**self.draft.analysis(READER).to_dict(), **rows}
        found = Analysis.from_dict(plain)
        self.draft.statements += found.statements
        self.draft.events += found.events
        self.draft.stances += found.stances
        self.restored.add(row["id"])

    def _add(self, statement: DnaStatement, span: Span) -> None:
        """Add what a coder wrote."""
        values = {name.lower(): value for name, value in statement.values.items() if name != OWN}
        person, organization = _named(values, _PERSON), _named(values, _ORGANIZATION)
        concept = _named(values, _CONCEPT)
        kinds = self.dna.kinds.get(statement.type, {})
        yes = next(
            (bool(statement.values[n]) for n, kind in kinds.items() if kind == "boolean" and n in statement.values),
            None,
        )
        note = _note(statement)
        said = Statement(
            id=self.draft.unique(f"s{span.start}-{span.end}"),
            source=self._party(person or organization, "person" if person else "organization", span),
            cue=None,
            content=(span,),
            form="mixed",
        )
        self.draft.statements.append(said)
        self.judged[said.id] = self._judged(statement, note)
        if not concept or yes is None or not (person or organization):
            return
        type = measure_of(concept)
        stance = Stance(
            id=self.draft.unique(f"t{span.start}-{span.start}-{type}-{'supports' if yes else 'opposes'}"),
            holder=self._party(organization or person, "organization" if organization else "person", span)
            or Party(span.start, span.start, ""),
            measure=MeasureSpan(span.start, span.end, span.text, type),
            stance="supports" if yes else "opposes",
            evidence=span,
            statement=said.id,
        )
        self.draft.stances.append(stance)
        self.judged[stance.id] = self._judged(statement, note)

    def _judged(self, statement: DnaStatement, note: tuple[str, ...]) -> Judged:
        """By the coder of the statement, on the day that the database was made: DNA keeps no other."""
        return Judged(statement.coder, f"{self.dna.day or '1970-01-01'}T00:00:00+00:00", "; ".join(note) or None)

    def _party(self, name: str, kind: Any, span: Span) -> Party | None:
        if not name:
            return None
        id = slug(name)
        self.draft.actors.setdefault(id, Actor(id=id, name=name, kind=kind))
        place = self._words(name, span, surname=kind == "person")
        return Party(place.start, place.end, place.text, id)

    def _words(self, name: str, span: Span, *, surname: bool) -> Span:
        """The last place that names somebody before the end of the passage; an empty one at its beginning where none does."""
        text = self.draft.document.text
        for words in (name, name.split()[-1] if surname else name):
            if (at := text.rfind(words, 0, span.end)) >= 0:
                return self.draft.document.span(at, at + len(words))
        return Span(span.start, span.start, "")

    def _analysis(self) -> Analysis:
        """The rows, without pointers to statements that were changed or deleted in DNA."""
        analysis = self.draft.analysis(READER)
        known = {s["id"] for s in analysis.to_dict()["statements"]}
        row = analysis.to_dict()
        for kind, pointer in (("statements", "within"), ("events", "claimed_in"), ("stances", "statement")):
            for one in row[kind]:
                one[pointer] = one[pointer] if one[pointer] in known else None
        return Analysis.from_dict(row)


def measure_of(concept: str) -> str:
    """The measure that a concept is called like; `other` where there is none, since what it stands for is then a guess."""
    words = concept.partition(" (")[0].strip().rstrip(".").lower()
    measures = load_ontology().measures
    return next((type for type, m in measures.items() if words in (type.replace("_", " "), m.label.lower())), "other")


def _named(values: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((str(values[name]).strip() for name in names if str(values.get(name, "")).strip()), "")


def _note(statement: DnaStatement) -> tuple[str, ...]:
    """Type and values in words, so that nothing of the coding is lost."""
    values = (f"{name}: {value}" for name, value in statement.values.items() if value != "" and name != OWN)
    return (f"DNA {statement.type} {statement.id}", *values)


def _own(text: str) -> Mapping[str, Any]:
    """What dragoman wrote into a text; empty where it is anything else."""
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, Mapping) else {}
