"""An invented debate: one call makes a document in which somebody takes a stance."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.analysis import Actor, Analysis, Direction, Force, MeasureSpan, Party, Stance
from dragoman.document import Document, Span
from dragoman.record import Record

NORWAY = Actor(id="NOR", name="Norway", kind="state", country="NOR")
CHAD = Actor(id="TCD", name="Chad", kind="state", country="TCD")
BRAZIL = Actor(id="BRA", name="Brazil", kind="state", country="BRA")
IRAN = Actor(id="IRN", name="Iran", kind="state", country="IRN")
BRICS = Actor(id="BRICS", name="BRICS", kind="bloc")
MINISTER = Actor(id="marta-ilvesk", name="Marta Ilvesk", kind="person", country="NOR", sectors=("GOV",))
MINISTRY = Actor(
    id="nor-foreign-ministry", name="Norwegian foreign ministry", kind="office", country="NOR", sectors=("GOV",)
)
REBEL = Actor(id="oduu-tamal", name="Oduu Tamal", kind="person", country="TCD", sectors=("REB",))


def says(
    holder: Actor,
    stance: Direction,
    measure: str = "sanctions",
    *,
    on: str | None = "2024-03-01",
    toward: Actor | None = None,
    force: Force = "plain",
    condition: str | None = None,
    publisher: str | None = "Fjord Wire (invented)",
    words: str | None = None,
    score: float = 0.7,
    title: str | None = None,
) -> Analysis:
    """A document of one sentence in which the holder takes that stance; `words` are the sentence."""
    sentence = words or f"{holder.name} {stance} {measure} toward {toward.name if toward else 'no one'}."
    if condition and condition not in sentence:
        sentence = f"{sentence[:-1]} {condition}."
    document = Document(sentence, publisher=publisher, published=on, title=title)
    row = Stance(
        id="m1",
        holder=Party(0, 1, sentence[:1], holder.id),
        measure=MeasureSpan(0, 1, sentence[:1], measure),
        stance=stance,
        evidence=document.span(0, len(sentence)),
        toward=toward.id if toward else None,
        force=force,
        condition=_span(document, condition),
        score=score,
    )
    actors = (holder,) if toward is None or toward == holder else (holder, toward)
    return Analysis(reader="by-hand", document=document, actors=actors, stances=(row,))


def record_of(path: object, *analyses: Analysis | Iterable[Analysis]) -> Record:
    """A new record in that folder with these analyses."""
    record = Record(str(path), create=True)
    record.add(a for one in analyses for a in ((one,) if isinstance(one, Analysis) else one))
    return record


def _span(document: Document, words: str | None) -> Span | None:
    if words is None:
        return None
    start = document.text.index(words)
    return document.span(start, start + len(words))
