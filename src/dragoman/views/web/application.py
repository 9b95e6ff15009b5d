"""Addresses -> handlers -> pages: the workbench as an ASGI application."""

from __future__ import annotations

import gc
from collections.abc import Awaitable, Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from dragoman import __version__
from dragoman.errors import DragomanError, UsageError
from dragoman.views import rows
from dragoman.views.web import adding, agreeing, briefing, council, finding, overview, queue, reviewing, why, words
from dragoman.views.web.asking import REVIEWER, Handler, document_link, number, reviewer, see_other, with_query
from dragoman.views.web.desk import Desk, StillFindingError
from dragoman.views.web.safety import Gate, Rules, TooLargeError
from dragoman.views.web.view import Part, View, as_csv, as_json, shown, twins

_PAGES: tuple[tuple[str, Handler], ...] = (
    ("/overview", finding.front),
    ("/d/{id}", finding.document),
    ("/search", finding.search),
    ("/actors", finding.actors),
    ("/positions", overview.matrix_page),
    ("/positions/cell", overview.cell_page),
    ("/redlines", overview.red_lines_page),
    ("/changes", overview.changes_page),
    ("/timeline", overview.timeline_page),
    ("/coalitions", overview.coalitions_page),
    ("/stories", overview.stories_page),
    ("/stories/{id}", overview.story_page),
    ("/review", reviewing.queue_page),
    ("/review/matches", reviewing.matches_page),
    ("/review/{kind}/{document}/{id}", reviewing.item_page),
    ("/why/{kind}/{document}/{id}", why.why_page),
    ("/add-row/{kind}/{document}", reviewing.add_page),
    ("/log", reviewing.log_page),
    ("/agreement", agreeing.agreement_page),
    ("/add", adding.add_page),
    ("/add/{id}", adding.job_page),
    ("/brief", briefing.brief_page),
    ("/council", council.council_page),
)
"""Every page, each with its twins `PAGE.json` and `PAGE.csv`, which may be asked for in parts."""

_FIRST: tuple[tuple[Handler, str], ...] = (
    (finding.front, ""), (overview.matrix_page, ""), (overview.matrix_page, "by=actor"), (finding.search, ""),
    (overview.timeline_page, ""),
    (overview.coalitions_page, ""), (overview.stories_page, ""),
    *((reviewing.queue_page, f"queue={o}") for o in queue.ORDERS),
)  # fmt: skip
"""Pages that people open first and that take longest when nothing is known."""

_FIELDS = 2_000
_MOST_ROWS = 10**9
_PART = 8 * 1024 * 1024
_YEAR = 31_536_000

Send = Callable[[Request, Any], Response]


def workbench(
    path: str | Path,
    *,
    rules: Rules | None = None,
    reviewer: str = "reviewer",
    add: adding.Add | None = None,
    forecast: council.Forecasting | None = None,
) -> Starlette:
    """The application over the record at `path`.

    `reviewer` signs decisions of browsers that gave no name. `add` reads new documents into the record; without it none can
    be added. `forecast` forecasts the Security Council's vote on a draft; without it the page of the Council says that it
    cannot. Raises RecordError where `path` is no record.
    """
    rules = rules or Rules()
    handlers: dict[Any, Any] = {
        DragomanError: _sorry,
        HTTPException: _not_there,
        TooLargeError: _too_large,
        StillFindingError: _not_yet,
    }
    app = Starlette(routes=list(_routes()), middleware=[Middleware(Gate, rules=rules)], exception_handlers=handlers)
    app.state.desk = Desk(path)
    app.state.rules = rules
    app.state.reviewer = reviewer
    app.state.jobs = adding.Jobs(add, then=lambda: warm(app)) if add else None
    app.state.reasons = why.Reasons()
    app.state.forecast = forecast
    app.state.templates = _templates()
    return app


def warm(app: Starlette) -> None:
    """Find out what takes long before somebody waits for it; pages are answered in between."""
    asked = app.state.desk
    asked.prepare()
    with asked.lasting():
        asked.once("stories by event", queue.stories, "readings")
    for handler, query in _FIRST:
        with asked.lasting():
            handler(Request({"type": "http", "app": app, "path": "/", "query_string": query.encode(), "headers": []}))
    _settle()


def begin(app: Starlette) -> None:
    """What a workbench does first: `warm`, then open the models that tell why."""
    warm(app)
    app.state.reasons.open()


def _settle() -> None:
    """What is there now stays: a collection of garbage in the middle of a page looks at none of it any more."""
    gc.collect()
    gc.freeze()


def _routes() -> Any:
    yield Route("/", _page(finding.front))
    yield Route("/review/next", _plainly(reviewing.next_page))
    for path, handler in _PAGES:
        yield Route(f"{path}.json", _twin(handler, as_json))
        yield Route(f"{path}.csv", _twin(handler, as_csv))
        yield Route(path, _page(handler))
    yield Route("/review/decide", _post(reviewing.decide), methods=["POST"])
    yield Route("/review/undo", _post(reviewing.take_back), methods=["POST"])
    yield Route("/review/all", _post(_apply_all), methods=["POST"])
    yield Route("/samples", _post(agreeing.draw), methods=["POST"])
    yield Route("/reviewer", _post(_sign), methods=["POST"])
    yield Route("/add", _upload, methods=["POST"])
    yield Route("/static/brief.css", _brief_style)
    yield Mount("/static", StaticFiles(packages=[("dragoman.views.web", "static")]))


def _page(handler: Handler) -> Callable[[Request], Response]:
    def respond(request: Request) -> Response:
        view = handler(request)
        return _html(request, view)

    return respond


def _twin(handler: Handler, write: Callable[[View, Part, URL], Response]) -> Callable[[Request], Response]:
    def respond(request: Request) -> Response:
        part = Part(number(request, "offset", 0, _MOST_ROWS), number(request, "limit", 0, _MOST_ROWS) or None)
        return write(handler(request), part, request.url)

    return respond


def _plainly(handler: Callable[[Request], Response]) -> Callable[[Request], Response]:
    def respond(request: Request) -> Response:
        return handler(request)

    return respond


def _post(send: Send) -> Callable[[Request], Awaitable[Response]]:
    """A form of this workbench: its key is right, and it has no files."""

    async def respond(request: Request) -> Response:
        form = await _form(request)
        fields: Any = _Fields((k, v) for k, v in form.multi_items() if isinstance(v, str))
        return await run_in_threadpool(send, request, fields)

    return respond


async def _upload(request: Request) -> Response:
    form = await _form(request)
    try:
        return await adding.added(request, form)
    finally:
        await form.close()


async def _form(request: Request) -> Any:
    form = await request.form(max_files=adding.MOST_FILES + 1, max_fields=_FIELDS, max_part_size=_PART)
    if not request.app.state.rules.opens(form.get("key")):
        raise HTTPException(403, "The page is older than this run of the workbench. Reload it, then decide again.")
    return form


def _brief_style(_: Request) -> Response:
    """The style of a brief, the same as in the file that the command writes."""
    return Response((files("dragoman.views") / "brief.css").read_bytes(), media_type="text/css")


class _Fields(dict[str, str]):
    """The fields of a form; `every` has the values of one that comes more than once."""

    def __init__(self, pairs: Any) -> None:
        self.pairs = list(pairs)
        super().__init__(self.pairs)

    def every(self, name: str) -> list[str]:
        """All values of a field, in order."""
        return [value for key, value in self.pairs if key == name]


def _apply_all(request: Request, form: _Fields) -> Response:
    return reviewing.apply_all(request, form, form.every("row"))


def _sign(request: Request, form: _Fields) -> Response:
    """Remember who sits in front of this browser."""
    name = form.get("name", "").strip()[:80]
    if not name:
        raise UsageError("Give the name that your decisions are signed with.")
    back = form.get("back", "/")
    response = see_other(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/")
    response.set_cookie(REVIEWER, quote(name), max_age=_YEAR, httponly=True, samesite="strict")
    return response


def _html(request: Request, view: View, status: int = 200) -> Response:
    state = request.app.state
    common = {
        "title": view.title,
        "record": state.desk.name,
        "me": reviewer(request),
        "key": state.rules.key,
        "twins": twins(request) if view.has_twins else {},
        "here": request.url.path,
        "address": with_query(request.url.path, {k: request.query_params.getlist(k) for k in request.query_params}),
        "said": request.query_params.get("said", "")[:300],
        "version": __version__,
    }
    template = state.templates.get_template(view.template)
    return HTMLResponse(template.render({**common, **view.context}).encode(errors="replace"), status)


def _sorry(request: Request, error: Exception) -> Response:
    """A sentence, in the form that was asked for."""
    status = 400 if isinstance(error, UsageError) else 500
    if request.url.path.endswith((".json", ".csv")):
        return PlainTextResponse(f"{error}\n", status)
    return _html(
        request, View(template="sorry.html", title="That did not work", context={"sentence": str(error)}), status
    )


def _not_there(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    sentence = {404: "There is no page at this address.", 405: "This address takes no such request."}.get(
        error.status_code, error.detail
    )
    view = View(template="sorry.html", title="That did not work", context={"sentence": sentence})
    return _html(request, view, error.status_code)


def _not_yet(request: Request, error: Exception) -> Response:
    """The page comes by itself once there is something to show."""
    sentence = "The stories of this record are being found, which takes a while after documents were added."
    view = View(template="not_yet.html", title="A moment", context={"sentence": sentence})
    is_page = not request.url.path.endswith((".json", ".csv"))
    answer = _html(request, view, 503) if is_page else PlainTextResponse(f"{sentence} Ask again.\n", 503)
    answer.headers["Retry-After"] = "2"
    return answer


def _too_large(request: Request, error: Exception) -> Response:
    return PlainTextResponse("That is more than fits in one request. Use dragoman read instead.\n", 413)


def _by_name(ids: list[str | None] | None, called: Mapping[str, str]) -> str:
    """Actors by name; those nobody is called by here keep their id."""
    return ", ".join(called.get(id, id) for id in ids or () if id)


def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("dragoman.views.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
    )
    made.filters |= {"html": Markup, "plain": rows.plain, "clip": rows.clip, "day": words.day}
    made.globals |= {
        "by_name": _by_name,
        "document_link": document_link,
        "with_query": with_query,
        "quotation_marks": rows.quotation_marks,
    }
    return made
