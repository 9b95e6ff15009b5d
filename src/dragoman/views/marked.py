"""Analysis -> its text as HTML: every segment carries the parts it plays, and notes beside the text name the rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from dragoman.analysis import Analysis, Event, Mention, Party, Skipped, Stance, Statement
from dragoman.document import Span
from dragoman.views import rows
from dragoman.views.elements import Markup, element, join
from dragoman.views.marks import Mark, Role, Segment, by_paragraph, labelled, marks, start_of

_TAGGED: frozenset[Role] = frozenset({"source", "cue", "content", "event", "measure", "condition"})
_SIGNS = {"supports": "+", "opposes": "−"}
_SHOWN = 80
"""Code points of a stretch that was not read which the page still shows."""


def marked_text(analysis: Analysis) -> Markup:
    """All paragraphs, each with the notes on the rows that begin in it."""
    found = marks(analysis)
    anchors = _anchors(analysis, found)
    notes = _notes(analysis)
    parts: list[Markup] = []
    for paragraph, segments in by_paragraph(analysis.document.text, found):
        parts += _aside(notes, paragraph)
        pieces = (piece for s in segments for piece in (*anchors.get(s.start, ()), _segment(analysis, s)))
        parts.append(element("p", *pieces, dir="auto"))
    return element("div", *parts, class_="text")


def legend() -> Markup:
    """What the marks mean, in the marks themselves."""
    shown = (
        ("source", "source", "1"),
        ("cue", "cue", "1"),
        ("content", "what is said", "1"),
        ("event fact", "event as fact", "e1"),
        ("event claim", "event as claim", "e2"),
        ("measure supports", "measure supported", "m1 +"),
        ("measure opposes", "measure opposed", "m2 −"),
        ("condition", "condition", "m1"),
    )
    items = (element("li", element("span", words, class_=look), element("sup", label)) for look, words, label in shown)
    return element("ul", *items, class_="legend", aria_label="Legend")


def _segment(analysis: Analysis, segment: Segment) -> Markup:
    if segment.skipped:
        return _gap(segment, segment.skipped)
    if not segment.marks:
        return join([segment.text])
    looks = sorted({look for m in segment.marks for look in _looks(m)})
    depth = sum(m.role == "content" for m in segment.marks)
    words = element(
        "span",
        segment.text,
        class_=" ".join([*looks, *([f"depth{min(depth, 3)}"] if depth else [])]) or None,
        data_r=_labels(m for m in segment.marks if m.role != "evidence"),
        data_e=_labels(m for m in segment.marks if m.role == "evidence"),
        title=_actor(analysis, segment),
    )
    return join([words, *_tags(analysis, segment)])


def _labels(found: Iterable[Mark]) -> str | None:
    """The labels of the rows whose words these are: the script lights them by it."""
    return " ".join(dict.fromkeys(m.label for m in found if m.label)) or None


def _looks(mark: Mark) -> Iterator[str]:
    yield mark.role
    match mark.row:
        case Event() if mark.role == "event":
            yield "claim" if mark.row.claimed_in else "fact"
        case Stance() if mark.role == "measure":
            yield mark.row.stance
        case Statement() if mark.role == "content":
            yield mark.row.form


def _tags(analysis: Analysis, segment: Segment) -> Iterator[Markup]:
    """The labels of the rows whose marks end here, smallest label first, each a link to its row."""
    ending = {m.label + _sign(m): m.label for m in segment.closing if m.role in _TAGGED}
    links = [
        element("a", shown, href=f"#{analysis.document.id}-{label}", data_r=label, aria_label=f"row {label}")
        for shown, label in sorted(ending.items(), key=lambda pair: (len(pair[1]), pair[1]))
    ]
    if links:
        yield element("sup", join(links, " "))


def _sign(mark: Mark) -> str:
    return f" {_SIGNS[mark.row.stance]}" if isinstance(mark.row, Stance) and mark.role == "measure" else ""


def _actor(analysis: Analysis, segment: Segment) -> str | None:
    """Who the words stand for, by the shortest mark that knows."""
    known = [m.row for m in segment.marks if isinstance(m.row, Mention) and m.row.actor is not None]
    sources = [m.row.source for m in segment.marks if isinstance(m.row, Statement) and m.role == "source"]
    parties: list[Party] = [*known, *(s for s in sources if s is not None and s.actor is not None)]
    return rows.who(analysis, min(parties, key=lambda p: p.end - p.start)) if parties else None


def _gap(segment: Segment, skipped: Skipped) -> Markup:
    """The first words of a stretch that was not read."""
    if segment.start != skipped.start:
        return Markup("")
    head = segment.text if len(segment.text) <= _SHOWN else f"{segment.text[:_SHOWN]}…"
    return element("span", head, class_="skipped", title=f"Not read: {skipped.reason}")


def _anchors(analysis: Analysis, found: tuple[Mark, ...]) -> Mapping[int, list[Markup]]:
    """Offset -> empty elements to link to, one for each row, where its first tagged mark begins."""
    first: dict[str, int] = {}
    for mark in found:
        if mark.role in _TAGGED:
            first.setdefault(mark.label, mark.start)
    anchors: dict[int, list[Markup]] = defaultdict(list)
    for label, start in first.items():
        anchors[start].append(element("i", id=f"{analysis.document.id}-{label}-words", class_="at"))
    return anchors


def _notes(analysis: Analysis) -> list[tuple[int, Markup]]:
    """Where each row begins, and its note, in text order."""
    starts = {label: start_of(row) for label, row in labelled(analysis).items()}
    said = [(r.label, "said", f"{r.speaker} · {r.form}") for r in rows.said(analysis)]
    did = [(r.label, "did", _did(r)) for r in rows.did(analysis)]
    stood = [(r.label, "stood", _stood(r)) for r in rows.stood(analysis)]
    notes = [
        (starts[label], _note(f"#{analysis.document.id}-{label}", label, kind, words))
        for label, kind, words in (*said, *did, *stood)
    ]
    return sorted(notes, key=lambda note: note[0])


def _note(href: str, label: str, kind: str, words: str) -> Markup:
    return element("a", element("b", label), " ", words, href=href, class_=f"note {kind}", data_r=label)


def _did(row: rows.Did) -> str:
    parties = " → ".join(p for p in (row.actors, row.recipients) if p)
    claim = f" · claim in {row.claim}" if row.claim else " · fact"
    return f"{row.what}: {parties or 'nobody named'}{claim}"


def _stood(row: rows.Stood) -> str:
    force = f" · {row.force}" if row.force else ""
    return f"{row.holder} {row.direction} {row.measure}{force}"


def _aside(notes: list[tuple[int, Markup]], paragraph: Span) -> Iterator[Markup]:
    near = [note for start, note in notes if paragraph.start <= start < paragraph.end]
    if near:
        yield element("aside", *near, class_="notes")
