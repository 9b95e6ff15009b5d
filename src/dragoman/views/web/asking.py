"""What every page needs of a request: the desk, who reviews, the selection in the address, and views as responses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, unquote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dragoman.record import Selection
from dragoman.views.web.desk import Desk
from dragoman.views.web.view import View

REVIEWER = "dragoman-reviewer"
"""The cookie that says who sits in front of this browser."""

Handler = Callable[[Request], View]
Answer = Callable[[Request, View], Response]


def desk(request: Request) -> Desk:
    """The record that is served."""
    found: Desk = request.app.state.desk
    return found


def reviewer(request: Request) -> str:
    """The name that decisions are signed with."""
    named = request.cookies.get(REVIEWER, "")
    return unquote(named).strip()[:80] or str(request.app.state.reviewer)


def now() -> str:
    """The time of a decision."""
    return datetime.now(UTC).isoformat()


def text(request: Request, name: str, default: str = "") -> str:
    """One parameter of the address."""
    return request.query_params.get(name, default).strip()


def several(request: Request, name: str) -> tuple[str, ...]:
    """Every value of a parameter that may come more than once."""
    return tuple(dict.fromkeys(v.strip() for v in request.query_params.getlist(name) if v.strip()))


def number(request: Request, name: str, default: int, most: int = 10_000) -> int:
    """A parameter that counts something; the default where it is none."""
    given = text(request, name)
    return min(int(given), most) if given.isascii() and given.isdigit() else default


def selection(request: Request, *, dated: bool = True) -> Selection:
    """The stances that the address asks for; UsageError where it asks for what cannot be."""
    since = text(request, "since") or None
    score = text(request, "min_score")
    return Selection(
        actors=several(request, "actor"),
        measures=several(request, "measure"),
        toward=several(request, "toward"),
        publishers=several(request, "publisher"),
        since=since if dated else None,
        until=text(request, "until") or None,
        min_score=float(score) if score.replace(".", "", 1).isdigit() else 0.0,
        bloc=text(request, "bloc") or None,
        by="actor" if text(request, "by") == "actor" else "country",
    )


def with_query(path: str, given: Mapping[str, Any] | None = None, **more: Any) -> str:
    """An address of this workbench: values of None and empty ones are left out, lists repeat their name."""
    pairs = {**(given or {}), **more}
    flat = [(k, v) for k, value in pairs.items() for v in (value if isinstance(value, list | tuple) else [value])]
    query = urlencode([(k, v) for k, v in flat if v not in (None, "", False)])
    return f"{path}?{query}" if query else path


def document_link(document: str, row: str | None = None) -> str:
    """Where a document is read, a row of it in view."""
    return f"/d/{quote(document, safe='')}" + (f"#{quote(row, safe='')}" if row else "")


def see_other(address: str) -> Response:
    """Go on there, whatever was sent here."""
    return RedirectResponse(address, 303)
