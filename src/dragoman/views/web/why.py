"""The page that says why a row was read as it was; it reads the row's passage again, so it is asked for only when wanted."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from dragoman.analysis import Analysis
from dragoman.record.reviews.rows import typed
from dragoman.views.marks import Row
from dragoman.views.web import words
from dragoman.views.web.article import passage, plain_row
from dragoman.views.web.asking import desk, document_link, with_query
from dragoman.views.web.view import View

if TYPE_CHECKING:
    from dragoman.views.web.explaining import Explainer, Line

PARTS = {
    "rule": "by rule",
    "model": "by a model",
    "runner-up": "what came second",
    "word": "the word that decided",
    "passage": "the passage alone",
}
"""What each kind of reason is called."""


class Reasons:
    """One explainer, made when the first reason is asked for, and one question to it at a time."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._explainer: Explainer | None = None

    def open(self) -> None:
        """Open the models, so that the first to ask need not wait for that."""
        with self._turn:
            self._own().open()

    def of(self, analysis: Analysis, row: Row) -> tuple[Line, ...]:
        """The reasons for a row of the analysis."""
        with self._turn:
            return self._own().explain(analysis, row)

    def _own(self) -> Explainer:
        from dragoman.views.web.explaining import Explainer

        self._explainer = self._explainer or Explainer()
        return self._explainer


def why_page(request: Request) -> View:
    """Rule or model, score, runner-up and deciding words of a row as it was read, whatever people made of it."""
    kind, document, id = (
        words.kind(request.path_params["kind"]),
        request.path_params["document"],
        request.path_params["id"],
    )
    with desk(request).turn() as record:
        seen = record.reviewed(document)
    target = seen.target(kind, id)
    row = plain_row(seen.machine, kind, id) if target is None else target.machine
    context: dict[str, Any] = {
        "link": document_link(document, id), "item": with_query(f"/review/{kind}/{document}/{id}"), "parts": PARTS,
        "origin": words.origin(seen.machine.document), "document": seen.machine.document,
    }  # fmt: skip
    rows: list[tuple[str, str]] = []
    if row is None:
        context |= {"lines": (), "known": (), "passage": None}
    else:
        value = typed(seen.machine.document, kind, row)
        known, reasons = words.why(seen.machine, value), request.app.state.reasons.of(seen.machine, value)
        rows = [*(("reading", said) for said in known), *((line.part, line.words) for line in reasons)]
        context |= {
            "lines": reasons,
            "known": known,
            "passage": passage(seen.machine, value),
            "label": words.gist(seen.machine, value),
        }
    return View(template="why.html", title="Why this code", context=context, columns=("part", "words"), rows=rows)
