"""The pages that add up: positions, their quotes, red lines, changes, timeline, coalitions, stories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
from starlette.requests import Request

from dragoman.errors import UsageError
from dragoman.record import Filters, NetworkSettings, Selection
from dragoman.record.networks import networks
from dragoman.record.positions import Position, changes, red_lines
from dragoman.record.positions.selection import check_date
from dragoman.views import networks as network_view
from dragoman.views import positions as position_view
from dragoman.views.matrix import MARKS, matrix
from dragoman.views.positions import SIGNS
from dragoman.views.timeline import Timeline, calendar
from dragoman.views.web import names, words
from dragoman.views.web.asking import desk, document_link, number, selection, several, text, with_query
from dragoman.views.web.charts import bars, web_of_ties
from dragoman.views.web.reviewed import found, standing
from dragoman.views.web.view import Format, Sheet, View, written

UNITS = ("day", "week", "month", "quarter", "year")
SPLITS = ("quad", "type", "actor", "recipient", "publisher")
_PAGE = 50
_TIES = 60
_BARS = 366
"""Periods of a timeline that are drawn at once, the latest first."""


def matrix_page(request: Request) -> View:
    """Where everybody stands: actors by measures, each cell a way to its words."""
    chosen = selection(request)
    held = _held(request, chosen)
    made = matrix(held, number(request, "most", 40))
    given = _given(request)
    context = {
        "matrix": made, "signs": SIGNS, "marks": MARKS, "given": given, "held": held,
        "link": lambda actor, measure: with_query("/positions/cell", given, actor=actor, measure=measure),
    }  # fmt: skip
    return _positions_view("positions.html", "Positions", held, context)


def cell_page(request: Request) -> View:
    """The positions of a cell, and every passage that they rest on."""
    held = _held(request, selection(request))
    subject = f"{held[0].name} on {held[0].measure.replace('_', ' ')}" if held else "No position"
    context = {"held": held, "signs": SIGNS, "link": document_link}
    return _positions_view("cell.html", subject, held, context)


def red_lines_page(request: Request) -> View:
    """Every red line and veto threat, and what became of it."""
    lines, page = red_lines(_held(request, selection(request))), max(number(request, "page", 1), 1)
    shown, given = lines[_PAGE * (page - 1) : _PAGE * page], _given(request)
    later = written(position_view.red_line_sheet, lines, position_view.as_object)
    context = {
        "lines": shown, "total": len(lines), "signs": SIGNS, "link": document_link, "given": given,
        "next": with_query("/redlines", given | {"page": page + 1}) if len(lines) > _PAGE * page else None,
        "before": with_query("/redlines", given | {"page": page - 1}) if page > 1 else None,
    }  # fmt: skip
    return View(template="redlines.html", title="Red lines", context=context, later=later)


def changes_page(request: Request) -> View:
    """What moved since a date."""
    since = text(request, "since")
    check_date("since", since or None)
    held = _held(request, selection(request, dated=False))
    since = since or _middle(held) or ""
    moved = changes(held, since) if since else ()
    later = written(position_view.change_sheet, moved, position_view.as_object)
    context = {"moved": moved, "since": since, "signs": SIGNS, "link": document_link, "given": _given(request)}
    title = f"Changes since {since}" if since else "Changes"
    return View(template="changes.html", title=title, context=context, later=later)


def timeline_page(request: Request) -> View:
    """Events by period, each counted once however many report it."""
    unit, split = text(request, "unit") or "month", text(request, "split") or "quad"
    if unit not in UNITS or split not in SPLITS:
        raise UsageError(f"A timeline goes by {', '.join(UNITS)} and is split by {', '.join(SPLITS)}.")
    filters = Filters(
        actors=several(request, "actor"),
        recipients=several(request, "recipient"),
        types=several(request, "type"),
        publishers=several(request, "publisher"),
        since=text(request, "since") or None,
        until=text(request, "until") or None,
        actual=True,
    )
    key, page = ("timeline", unit, split, filters), max(number(request, "page", 1), 1)
    asked = desk(request)
    answer: pa.Table = asked.once(key, lambda record: record.counts((unit, split), filters))
    whole = asked.once((*key, "drawn"), lambda _: Timeline.of(answer, unit, split, _all_periods(answer, unit, filters)))
    last = max(len(whole.periods) - _BARS * (page - 1), 0)
    drawn = whole.between(max(last - _BARS, 0), last)
    given = _given(request)
    context = {
        "drawn": drawn, "svg": bars(drawn, _reported(drawn)), "units": UNITS, "splits": SPLITS, "unit": unit, "split": split,
        "given": given, "earlier": with_query("/timeline", given, page=page + 1) if last > _BARS else None,
        "later": with_query("/timeline", given, page=page - 1) if page > 1 else None, "total": len(whole.periods),
    }  # fmt: skip

    def sheet(_: Format) -> Sheet:
        counted = [tuple(row.values()) for row in answer.to_pylist()]
        empty = sorted(set(whole.periods) - {row[0] for row in counted})
        return answer.column_names, [*counted, *((period, None, 0, 0, None, None) for period in empty)], None

    return View(template="timeline.html", title="Timeline", context=context, later=sheet)


def _all_periods(answer: pa.Table, unit: str, filters: Filters) -> tuple[str, ...]:
    """Those that were asked for, from the first event to the last where that was left open, empty ones among them."""
    dated = [period for period in answer[unit].to_pylist() if period]
    if not dated:
        return ()
    return calendar(unit, filters.since or min(dated), filters.until or max(dated))


def _reported(drawn: Timeline) -> dict[str, str]:
    """The search for the events of each period, where a period is a date."""
    periods = drawn.periods if drawn.unit in ("day", "month", "year") else ()
    return {p: with_query("/search", within="events", since=p, until=p) for p in periods}


def coalitions_page(request: Request) -> View:
    """Who agrees with whom."""
    settings = NetworkSettings(aggregation="conflict" if text(request, "aggregation") == "conflict" else "congruence")
    chosen = selection(request)
    evidence = found(desk(request), chosen)
    made = desk(request).once(("coalitions", chosen, settings), lambda _: networks(evidence, settings)[0])
    ties = made.strongest(_TIES)
    context = {"ties": ties, "svg": web_of_ties(ties), "settings": settings, "given": _given(request)}

    def sheet(format: Format) -> Sheet:
        if format == "json":
            return (), (), network_view.as_object(made)
        values = [(t.one.name, t.other.name, t.weight, list(t.agreed), list(t.disputed)) for t in made.strongest()]
        return ("one", "other", "weight", "agreed", "disputed"), values, None

    return View(template="coalitions.html", title="Coalitions", context=context, later=sheet)


def stories_page(request: Request) -> View:
    """Events that several documents report, the most reported first."""
    page = max(number(request, "page", 1), 1)
    answer: pa.Table = desk(request).once(("stories", page), lambda r: r.sql(
        "SELECT * FROM stories ORDER BY publishers DESC, accounts DESC, day DESC, story LIMIT $most OFFSET $start",
        {"most": _PAGE + 1, "start": _PAGE * (page - 1)},
    ), "readings")  # fmt: skip
    found = answer.to_pylist()
    context = {
        "stories": found[:_PAGE], "page": page, "more": len(found) > _PAGE, "called": names.called(desk(request)),
        "types": words.choices()["type"],
    }  # fmt: skip
    values = [tuple(row.values()) for row in found[:_PAGE]]
    return View(template="stories.html", title="Stories", context=context, columns=answer.column_names, rows=values)


def story_page(request: Request) -> View:
    """One story: what each publisher says of it, side by side."""
    id = request.path_params["id"]
    answer: pa.Table = desk(request).once(("story", id), lambda r: r.sql(
        "SELECT a.*, d.title, substring(d.text, greatest(a.anchor_start - 160, 0) + 1, least(a.anchor_start, 160)) AS before, "
        "substring(d.text, a.anchor_end + 1, 160) AS after FROM story_accounts a JOIN documents d USING (document_id) "
        "WHERE story = $id ORDER BY a.published NULLS LAST, a.publisher, a.document_id", {"id": id},
    ), "readings")  # fmt: skip
    accounts = answer.to_pylist()
    if not accounts:
        raise UsageError(f"There is no story {id!r}; it may have another number since documents were added.")
    publishers = sorted({a["publisher"] or "unknown publisher" for a in accounts})
    context = {
        "accounts": accounts, "publishers": publishers, "link": document_link, "called": names.called(desk(request)),
    }  # fmt: skip
    values = [tuple(row.values()) for row in accounts]
    type = accounts[0]["type"]
    title = f"{words.choices()['type'][type]} ({type}), {accounts[0]['day'] or 'undated'}"
    return View(template="story.html", title=title, context=context, columns=answer.column_names, rows=values)


def _positions_view(template: str, title: str, held: tuple[Position, ...], context: Mapping[str, Any]) -> View:
    later = written(position_view.position_sheet, held, position_view.as_object)
    return View(template=template, title=title, context=context, later=later)


def _held(request: Request, chosen: Selection) -> tuple[Position, ...]:
    return standing(desk(request), chosen)


def _given(request: Request) -> dict[str, list[str]]:
    return {k: request.query_params.getlist(k) for k in dict.fromkeys(request.query_params)}


def _middle(held: tuple[Position, ...]) -> str | None:
    """A date to start from: half of the dated passages are later."""
    dates = sorted(e.date for p in held for e in p.evidence if e.date)
    return dates[len(dates) // 2] if dates else None
