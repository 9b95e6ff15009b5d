"""Analysis -> its three tables as HTML, every row linked to its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.analysis import Analysis
from dragoman.knowledge.ontology import load_ontology
from dragoman.views import rows
from dragoman.views.elements import Markup, element

CLIP = 280
"""Longest quotation in a cell, in code points."""

_SAID = ("speaker", "form", "words")
_DID = ("actors", "event", "recipients", "words", "when, where", "toll", "claimed by")
_STOOD = ("holder", "stance", "measure", "toward", "force", "condition", "said in")


def sheets(analysis: Analysis) -> Iterator[Markup]:
    """Who said what, who did what to whom, who stands where; a table without rows is left out."""
    id = analysis.document.id
    if said := rows.said(analysis):
        yield _sheet("Who said what", _SAID, [_said(id, r) for r in said])
    if did := rows.did(analysis):
        yield _sheet("Who did what to whom", _DID, [_did(id, r) for r in did])
    if stood := rows.stood(analysis):
        yield _sheet("Who stands where", _STOOD, [_stood(id, r) for r in stood])


def _sheet(title: str, heads: Sequence[str], body: list[Markup]) -> Markup:
    row = element("tr", element("th", "row", scope="col"), *(element("th", h, scope="col") for h in heads))
    table = element("table", element("caption", title), element("thead", row), element("tbody", *body))
    return element("div", table, class_="sheet")


def _said(id: str, row: rows.Said) -> Markup:
    form = (row.form, " in ", _link(id, row.within)) if row.within else (row.form,)
    cells = (
        _cell("speaker", row.speaker),
        _cell("form", *form),
        _cell("words", rows.clip(row.words, CLIP), class_="quote"),
    )
    return _row(id, row.label, "said", cells)


def _did(id: str, row: rows.Did) -> Markup:
    claim = (_link(id, row.claim), " ", row.claimed_by) if row.claim else (rows.FACT,)
    cells = (
        _cell("actors", row.actors),
        _cell("event", row.what, title=_meaning(row)),
        _cell("recipients", row.recipients),
        _cell("words", rows.clip(row.words, CLIP), class_="quote"),
        _cell("when, where", ", ".join(part for part in (row.when, row.where) if part)),
        _cell("toll", row.toll),
        _cell("claimed by", *claim),
    )
    return _row(id, row.label, "did claim" if row.claim else "did fact", cells)


def _stood(id: str, row: rows.Stood) -> Markup:
    cells = (
        _cell("holder", row.holder),
        _cell("stance", row.direction, class_=row.direction),
        _cell("measure", f"{row.measure}: ", element("span", rows.clip(row.words, CLIP), class_="quote")),
        _cell("toward", row.toward),
        _cell("force", row.force),
        _cell("condition", rows.clip(row.condition, CLIP), class_="quote"),
        _cell("said in", _link(id, row.statement)),
    )
    return _row(id, row.label, "stood", cells)


def _row(id: str, label: str, kind: str, cells: Sequence[Markup]) -> Markup:
    head = element("th", element("a", label, href=f"#{id}-{label}-words"), scope="row")
    return element("tr", head, *cells, id=f"{id}-{label}", class_=kind, data_r=label)


def _cell(head: str, *content: str, class_: str | None = None, title: str | None = None) -> Markup:
    """A cell; narrow screens show `head` in front of it and leave empty cells out."""
    empty = not any(content)
    return element("td", *content, data_head=head, class_="empty" if empty else class_, title=title)


def _meaning(row: rows.Did) -> str | None:
    """The code of an event in plain words, where the ontology has it."""
    type = load_ontology().types.get(row.type)
    mode = type.modes.get(row.mode or "") if type else None
    return ": ".join(one.label for one in (type, mode) if one is not None) or None


def _link(id: str, label: str) -> Markup:
    return element("a", label, href=f"#{id}-{label}") if label else Markup("")
