"""A filled-in form <-> the changes that it makes to a row; and the other rows that the same correction would put right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.analysis import Analysis
from dragoman.document import Document
from dragoman.errors import UsageError
from dragoman.record import Record
from dragoman.record.reviews import Kind, Review, Reviewed, judge
from dragoman.record.reviews.overlay import held

CODES: Mapping[Kind, tuple[str, ...]] = {
    "events": ("type", "mode", "polarity", "modality", "date", "claimed_in"),
    "stances": ("stance", "force", "toward", "statement"),
    "statements": ("form", "within"),
}
SPANS: Mapping[Kind, tuple[str, ...]] = {
    "events": ("anchor", "place"),
    "stances": ("measure", "evidence", "condition"),
    "statements": ("cue",),
}
ONE_PARTY: Mapping[Kind, tuple[str, ...]] = {"events": (), "stances": ("holder",), "statements": ("source",)}
PARTIES: Mapping[Kind, tuple[str, ...]] = {"events": ("actors", "recipients"), "stances": (), "statements": ()}
EMPTY: Mapping[Kind, Mapping[str, Any]] = {
    "events": {"type": "", "mode": None, "polarity": "affirmed", "modality": "actual", "date": None, "claimed_in": None,
               "anchor": None, "place": None, "actors": [], "recipients": []},
    "stances": {"stance": "supports", "force": "plain", "toward": None, "statement": None, "measure": None,
                "evidence": None, "condition": None, "holder": None},
    "statements": {"form": "indirect", "within": None, "cue": None, "source": None, "content": []},
}  # fmt: skip
"""A row to fill in."""

_MOST = 500
"""Rows that one correction is offered for, at most."""

Form = Mapping[str, Any]


def filled_in(analysis: Analysis, kind: Kind, row: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """The fields that the form sets to something else than the row has; a field that it does not show stays.

    Raises UsageError for offsets that are none and for an actor whom no words stand for.
    """
    found: dict[str, Any] = {name: form[name] or None for name in CODES[kind] if name in form}
    for name in SPANS[kind]:
        if f"{name}.start" in form:
            found[name] = _span(analysis.document, name, form, row[name])
    for name in ONE_PARTY[kind]:
        if f"{name}.actor" in form:
            found[name] = _party(analysis, name, form, row)
    for name in PARTIES[kind]:
        if f"{name}.count" in form:
            found[name] = list(_parties(analysis, name, form, row))
    if kind == "statements" and "content.count" in form:
        spans = (_span(analysis.document, f"content.{n}", form, None) for n in range(_number(form, "content.count")))
        found["content"] = [s for s in spans if s is not None]
    return {name: value for name, value in found.items() if value != row.get(name)}


def _span(document: Document, name: str, form: Form, there: Any) -> dict[str, Any] | None:
    """The words between two offsets, with the codes that belong to them; None where the form has none."""
    if not str(form.get(f"{name}.start", "")).strip():
        return None
    start, end = _number(form, f"{name}.start"), _number(form, f"{name}.end")
    if start >= end:
        return None
    span = {"start": start, "end": end, "text": document.text[start:end]}
    if name == "measure":
        span["type"] = form.get("measure.type", "other")
    if name == "place":
        return {**there, **span} if there and there["text"] == span["text"] else _bare_place(span)
    return span


def _bare_place(span: Mapping[str, Any]) -> dict[str, Any]:
    """Words that name a place of which nothing is known yet."""
    names = ("name", "kind", "country", "province", "latitude", "longitude", "geonames")
    return {**span, **dict.fromkeys(names)}


def _party(analysis: Analysis, name: str, form: Form, row: Mapping[str, Any]) -> dict[str, Any] | None:
    actor = _actor_id(form.get(f"{name}.actor", ""))
    span = _span(analysis.document, name, form, None)
    if span is not None:
        return {**span, "actor": actor}
    return None if actor is None else _nearest(analysis, actor, row)


def _parties(analysis: Analysis, name: str, form: Form, row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for n in range(_number(form, f"{name}.count")):
        if form.get(f"{name}.{n}.gone"):
            continue
        party = _party(analysis, f"{name}.{n}", form, row)
        if party is not None:
            yield party


def _nearest(analysis: Analysis, actor: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """The words closest to the row that stand for the actor."""
    named = [m for m in analysis.mentions if m.actor == actor]
    if not named:
        raise UsageError(f"No words of the text mean {actor!r} yet; mark the words that do, then choose who it is.")
    focus = (row.get("anchor") or row.get("measure") or row.get("cue") or {"start": 0})["start"]
    nearest = min(named, key=lambda m: (abs(m.start - focus), m.start))
    return {"start": nearest.start, "end": nearest.end, "text": nearest.text, "actor": actor}


def _actor_id(text: Any) -> str | None:
    """`sergei-lavrov` of `sergei-lavrov` or of `Sergei Lavrov · sergei-lavrov`, as the list of names completes it."""
    return str(text).rpartition("·")[2].strip() or None


def _number(form: Form, name: str) -> int:
    text = str(form.get(name, "")).strip()
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise UsageError(f"{name}={text!r} is no place in the text; it is a number of characters from its beginning.")
    return int(text)


@dataclass(frozen=True, slots=True)
class Match:
    """Another row that says the same thing in the same words, and the passage that they stand in."""

    document: str
    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a correction changed: in which words `[field]` said `old`, and what it says instead."""

    kind: Kind
    field: str
    words: str
    old: str
    new: str


def pattern(review: Review) -> Pattern | None:
    """The single thing that a correction puts right wherever the same words are read in the same way; None where it is
    about one place only: a span, a hedge, a claim."""
    if review.verdict != "correct" or review.kind is None:
        return None
    row, right = review.row, held(review.kind, review)
    found = [p for p in _patterns(review.kind, row, right) if p.old != p.new]
    return found[0] if len(found) == 1 else None


def _patterns(kind: Kind, row: Mapping[str, Any], right: Mapping[str, Any]) -> Iterator[Pattern]:
    match kind:
        case "events":
            if (row["type"], row["mode"]) != (right["type"], right["mode"]):
                old, new = (f"{r['type']}/{r['mode'] or ''}" for r in (row, right))
                yield Pattern(kind, "type", row["anchor"]["text"], old, new)
            for role in PARTIES[kind]:
                yield from _of_parties(kind, role, row[role], right[role])
        case "stances":
            yield from _of_parties(kind, "holder", [row["holder"]], [right["holder"]])
            if row["measure"]["type"] != right["measure"]["type"]:
                yield Pattern(kind, "measure", row["measure"]["text"], row["measure"]["type"], right["measure"]["type"])
        case "statements":
            if row["source"] and right["source"]:
                yield from _of_parties(kind, "source", [row["source"]], [right["source"]])


def _of_parties(kind: Kind, field: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Pattern]:
    """Words that stand for somebody else than was read."""
    meant = {(p["start"], p["end"]): p["actor"] for p in new}
    for party in old:
        actor = meant.get((party["start"], party["end"]), party["actor"])
        if actor is not None and actor != party["actor"]:
            yield Pattern(kind, field, party["text"], party["actor"] or "", actor)


_AROUND = 100
_PASSAGE = (
    f"concat('…', trim(substring(text, greatest(anchor_start - {_AROUND}, 0) + 1, anchor_end - anchor_start + {2 * _AROUND})), "
    "'…')"
)
"""An event with the words around it."""

_QUERIES = {
    ("events", "type"): (
        f"SELECT document_id, id, {_PASSAGE} FROM events_reviewed JOIN documents USING (document_id) "
        "WHERE lower(anchor_quote) = lower($words) AND type || '/' || coalesce(mode, '') = $old"
    ),
    ("stances", "holder"): (
        "SELECT document_id, id, evidence_quote FROM stances_reviewed WHERE lower(holder_quote) = lower($words) "
        "AND coalesce(holder, '') = $old"
    ),
    ("stances", "measure"): (
        "SELECT document_id, id, evidence_quote FROM stances_reviewed WHERE lower(measure_quote) = lower($words) "
        "AND measure = $old"
    ),
    ("statements", "source"): (
        "SELECT document_id, id, content FROM statements_reviewed WHERE lower(source_quote) = lower($words) "
        "AND coalesce(source, '') = $old"
    ),
    **{
        ("events", role): (
            f"SELECT DISTINCT document_id, event, {_PASSAGE} FROM event_parties_reviewed p "
            "JOIN events_reviewed e USING (document_id) JOIN documents USING (document_id) WHERE e.id = p.event AND "
            f"role = '{role.removesuffix('s')}' AND lower(quote) = lower($words) AND coalesce(actor, '') = $old"
        )
        for role in PARTIES["events"]
    },
}  # fmt: skip


def matches(record: Record, wanted: Pattern) -> tuple[Match, ...]:
    """The rows that say the same in the same words, nobody's verdict on them yet."""
    judged = {(r.document_id, r.row["id"]) for r in record.reviews.entries() if r.kind == wanted.kind}
    query = f"{_QUERIES[wanted.kind, wanted.field]} ORDER BY 1, 2 LIMIT {_MOST}"
    answer = record.sql(query, {"words": wanted.words, "old": wanted.old})
    rows = zip(*(c.to_pylist() for c in answer.columns), strict=True)
    return tuple(Match(*row) for row in rows if (row[0], row[1]) not in judged)


def applied(seen: Reviewed, wanted: Pattern, id: str, **by: Any) -> Review:
    """The same correction on another row."""
    row = next(r for r in seen.analysis.to_dict()[wanted.kind] if r["id"] == id)
    return judge(seen, wanted.kind, id, "correct", changes=_changes(row, wanted), **by)


def _changes(row: Mapping[str, Any], wanted: Pattern) -> dict[str, Any]:
    match wanted.field:
        case "type":
            type, _, mode = wanted.new.partition("/")
            return {"type": type, "mode": mode or None}
        case "measure":
            return {"measure": {"type": wanted.new}}
        case "holder" | "source":
            return {wanted.field: {"actor": wanted.new}}
    return {wanted.field: [_meaning(party, wanted) for party in row[wanted.field]]}


def _meaning(party: Mapping[str, Any], wanted: Pattern) -> dict[str, Any]:
    same = party["text"].casefold() == wanted.words.casefold() and (party["actor"] or "") == wanted.old
    return {**party, "actor": wanted.new} if same else dict(party)
