"""Analysis -> the rows of its three tables in words: who said what, who did what to whom, who stands where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.analysis import Analysis, Count, Event, Party, Place, Stance, Statement
from dragoman.document import Document
from dragoman.views.marks import labelled

UNNAMED = "(unnamed)"
FACT = "reported as fact"
_OPENING = frozenset("\"'“”„‟‘‚«»‹›「『")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Who said what. `within` is the label of the statement around this one, or empty."""

    label: str
    speaker: str
    cue: str
    form: str
    words: str
    within: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Did:
    """Who did what to whom. `claimed_by` is empty where the publisher reports it as fact; `hedge` says negated, future, ...

    `toll` says how many died, were hurt and were arrested; `where` names the country of a place that is not one.
    """

    label: str
    actors: str
    type: str
    mode: str | None
    recipients: str
    words: str
    hedge: str
    when: str
    where: str
    toll: str
    claim: str
    claimed_by: str

    @property
    def what(self) -> str:
        """Type, mode and hedge as one phrase."""
        code = f"{self.type} / {self.mode}" if self.mode else self.type
        return f"{code} ({self.hedge})" if self.hedge else code


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """Who stands where. `statement` is the label of the statement that carries it, or empty."""

    label: str
    holder: str
    direction: str
    measure: str
    words: str
    toward: str
    force: str
    condition: str
    statement: str


def said(analysis: Analysis) -> tuple[Said, ...]:
    """The statements in reading order."""
    labels = _statement_labels(analysis)
    return tuple(
        Said(
            label=label,
            speaker=who(analysis, row.source),
            cue=row.cue.text if row.cue else "",
            form=row.form,
            words=" … ".join(c.text for c in row.content),
            within=labels.get(row.within, ""),
        )
        for label, row in labelled(analysis).items()
        if isinstance(row, Statement)
    )


def did(analysis: Analysis) -> tuple[Did, ...]:
    """The events in reading order."""
    labels = _statement_labels(analysis)
    rows = labelled(analysis).items()
    return tuple(_did(analysis, label, row, labels) for label, row in rows if isinstance(row, Event))


def stood(analysis: Analysis) -> tuple[Stood, ...]:
    """The stances in reading order."""
    labels = _statement_labels(analysis)
    return tuple(
        Stood(
            label=label,
            holder=who(analysis, row.holder),
            direction=row.stance,
            measure=plain(row.measure.type),
            words=row.measure.text,
            toward=_name(analysis, row.toward),
            force="" if row.force == "plain" else plain(row.force),
            condition=row.condition.text if row.condition else "",
            statement=labels.get(row.statement, ""),
        )
        for label, row in labelled(analysis).items()
        if isinstance(row, Stance)
    )


def who(analysis: Analysis, party: Party | None) -> str:
    """The actor's name and code; the words themselves where the actor is undecided."""
    if party is None:
        return UNNAMED
    if party.actor is None:
        return f"“{party.text}” (undecided)"
    return _name(analysis, party.actor)


def plain(code: str) -> str:
    """A code as words: `no_fly_zone` -> `no fly zone`."""
    return code.replace("_", " ")


def clip(text: str, length: int) -> str:
    """White space folded, and cut at a word where longer than `length` code points, an ellipsis in place of the rest."""
    folded = " ".join(text.split())
    if len(folded) <= length:
        return folded
    head = folded[: length - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[length // 2 :] else head).rstrip(" ,;:") + "…"


def quotation_marks(text: str) -> tuple[str, str]:
    """What to put around a quotation: a mark that it begins or ends with is not written twice, one without its end is closed."""
    words = text.strip()
    first, last = words[:1], words[-1:]
    if first == last == '"' and len(words) > 1:
        return "", ""
    for opening, closing in (("“", "”"), ('"', '"')):
        alone = words.count(opening) + (opening != closing) * words.count(closing) == 1
        if alone and first == opening:
            return "", closing
        if alone and last == closing:
            return opening, ""
    return ("", "") if first in _OPENING else ("“", "”")


def title(document: Document) -> str:
    """The document's title; without one the beginning of its first line, without words its id."""
    return heading(document.id, document.title, document.text)


def heading(id: str, title: str | None, text: str) -> str:
    """The same of a document of which no more is known than these; the beginning of its text is enough."""
    first = text[:400].strip().split("\n", 1)[0]
    return clip(title or "", 200) or clip(first, 90) or f"document {id}"


def provenance(document: Document) -> str:
    """Publisher and date as far as they are known."""
    return " · ".join(clip(part, 80) for part in (document.publisher, document.published) if part)


def _did(analysis: Analysis, label: str, event: Event, labels: dict[str | None, str]) -> Did:
    claim = analysis.statement(event.claimed_in)
    return Did(
        label=label,
        actors=_all(analysis, event.actors),
        type=event.type,
        mode=event.mode,
        recipients=_all(analysis, event.recipients),
        words=event.anchor.text,
        hedge=", ".join(_hedges(event)),
        when=event.date or "",
        where=_where(event.place),
        toll=", ".join(_toll(event)),
        claim=labels.get(event.claimed_in, ""),
        claimed_by="" if claim is None else who(analysis, claim.source),
    )


def _hedges(event: Event) -> Iterable[str]:
    if event.polarity == "negated":
        yield event.polarity
    if event.modality != "actual":
        yield event.modality


def _where(place: Place | None) -> str:
    if place is None:
        return ""
    return place.text if place.country is None or place.kind == "country" else f"{place.text} ({place.country})"


def _toll(event: Event) -> Iterable[str]:
    for name, count in (("dead", event.dead), ("injured", event.injured), ("arrested", event.arrested)):
        if count is not None:
            yield f"{_figure(count)} {name}"


def _figure(count: Count) -> str:
    """The number with its bounds in words."""
    match count.least, count.most:
        case None, None:
            return f"about {count.value:,}"
        case None, most:
            return f"up to {most:,}"
        case least, None:
            return f"at least {least:,}"
        case least, most:
            return f"{count.value:,}" if least == most else f"{least:,} to {most:,}"


def _statement_labels(analysis: Analysis) -> dict[str | None, str]:
    return {row.id: label for label, row in labelled(analysis).items() if isinstance(row, Statement)}


def _all(analysis: Analysis, parties: Iterable[Party]) -> str:
    return "; ".join(who(analysis, p) for p in parties)


def _name(analysis: Analysis, actor_id: str | None) -> str:
    actor = analysis.actor(actor_id)
    if actor is None:
        return ""
    return f"{actor.name} ({actor.code})" if actor.code else actor.name
