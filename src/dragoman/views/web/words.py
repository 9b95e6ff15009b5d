"""Codes -> plain words: what a row says in one line, and what each code is called."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from dragoman.analysis import Analysis, Event, Stance, Statement
from dragoman.document import Document
from dragoman.errors import UsageError
from dragoman.knowledge.ontology import load_ontology
from dragoman.record.reviews import KINDS, Kind
from dragoman.views import rows
from dragoman.views.marks import Row

__all__ = [
    "KINDS",
    "ONE",
    "all_modes",
    "choices",
    "day",
    "event_words",
    "gist",
    "kind",
    "modes",
    "origin",
    "quick",
    "why",
]

ONE: Mapping[Kind, str] = {"statements": "a statement", "events": "an event", "stances": "a stance"}
"""What one row of each kind is called."""

FORCES = {
    "plain": "plainly",
    "offer": "as an offer",
    "demand": "as a demand",
    "red_line": "as a red line",
    "veto_threat": "with a veto threat",
}
POLARITIES = {"affirmed": "happens", "negated": "does not happen"}
MODALITIES = {
    "actual": "actual",
    "future": "planned or announced",
    "hypothetical": "supposed",
    "historical": "long past",
}
FORMS = {"direct": "word for word", "indirect": "in the writer's words", "mixed": "partly word for word"}
DIRECTIONS = {"supports": "supports", "opposes": "opposes"}


def kind(text: str) -> Kind:
    """The kind of row that a word names; UsageError where it names none."""
    if text not in KINDS:
        raise UsageError(f"{text!r} is no kind of row; it is one of {', '.join(KINDS)}.")
    return text


def gist(analysis: Analysis, row: Row) -> str:
    """What the row says, in one line."""
    match row:
        case Statement():
            return f"{rows.who(analysis, row.source)} says: {rows.clip(' … '.join(c.text for c in row.content), 90)}"
        case Event():
            actors = "; ".join(rows.who(analysis, p) for p in row.actors) or "somebody"
            recipients = "; ".join(rows.who(analysis, p) for p in row.recipients)
            return f"{actors} {event_words(row)}{' → ' * bool(recipients)}{recipients}"
        case Stance():
            toward = analysis.actor(row.toward)
            about = f" toward {toward.name}" if toward else ""
            force = "" if row.force == "plain" else f", {rows.plain(row.force)}"
            measure = load_ontology().measures[row.measure.type].label
            return f"{rows.who(analysis, row.holder)} {row.stance} {measure}{about}{force}"


def origin(document: Document) -> str:
    """Publisher and day, as far as they are known."""
    return " · ".join(part for part in (document.publisher, day(document.published)) if part)


def day(published: str | None) -> str:
    """A date without its time of day."""
    return (published or "")[:10]


def event_words(event: Event) -> str:
    """Type, mode and hedges in words and codes: `threatens: cuts ties (THREATEN / relations)`."""
    ontology = load_ontology()
    mode = ontology.mode(event.type, event.mode)
    label = ontology.types[event.type].label + (f": {mode.label}" if mode else "")
    code = f"{event.type} / {event.mode}" if event.mode else event.type
    hedges = [h for h in (event.polarity, event.modality) if h not in ("affirmed", "actual")]
    return f"{label} ({', '.join([code, *hedges])})"


@cache
def choices() -> Mapping[str, Mapping[str, str]]:
    """Every code that may be chosen, and its words."""
    ontology = load_ontology()
    return {
        "type": {name: t.label for name, t in ontology.types.items()},
        "measure": {name: m.label for name, m in ontology.measures.items()},
        "polarity": POLARITIES,
        "modality": MODALITIES,
        "stance": DIRECTIONS,
        "force": FORCES,
        "form": FORMS,
    }


def modes(type: str) -> Mapping[str, str]:
    """The modes of an event type."""
    return {name: mode.label for name, mode in load_ontology().types[type].modes.items()}


@cache
def all_modes() -> Mapping[str, Mapping[str, str]]:
    """The modes of every event type."""
    return {name: modes(name) for name in load_ontology().types}


def quick(kind: Kind, row: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """The corrections that a digit makes: field, code and words, without what the row says already."""
    offered = {
        "events": ("polarity", "modality"),
        "stances": ("stance", "force"),
        "statements": ("form",),
    }[kind]
    known = choices()
    found = ((f, code, words) for f in offered for code, words in known[f].items() if row[f] != code)
    return tuple(found)[:9]


def why(analysis: Analysis, row: Row) -> tuple[str, ...]:
    """What speaks for the code and what changed it, as far as the reading says."""
    found = [f"Read by {analysis.reader}.", f"A careful coder would accept it with probability {row.score:.2f}."]
    match row:
        case Event():
            claim = analysis.statement(row.claimed_in)
            found.append(f"The word “{row.anchor.text}” carries the event.")
            if row.polarity == "negated":
                found.append("It is said not to happen: the words around it negate it.")
            if row.modality != "actual":
                found.append(f"It is {MODALITIES[row.modality]}: so the words around it say.")
            if claim is not None:
                cue = f" (“{claim.cue.text}”)" if claim.cue else ""
                found.append(f"It is a claim: it stands in what {rows.who(analysis, claim.source)} says{cue}.")
            else:
                found.append("It is reported as fact: it stands in nobody's statement.")
        case Stance():
            found.append(f"The words “{row.measure.text}” name the measure.")
            if row.condition:
                found.append(f"It holds on condition: “{row.condition.text}”.")
        case Statement():
            found.append(
                f"The cue is “{row.cue.text}”." if row.cue else "It has no cue: quotation marks alone carry it."
            )
    return tuple(found)
