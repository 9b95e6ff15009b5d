"""The pages that add up: positions, their quotes, red lines, changes, timeline, coalitions, stories."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
from starlette.requests import Request

from dragoman.errors import UsageError
from dragoman.record import Filters, NetworkSettings, Selection
from dragoman.record.networks import networks
from dragoman.record.positions import Evidence, Position, changes, red_lines
from dragoman.record.positions.selection import check_date
from dragoman.views import networks as network_view
from dragoman.views import positions as position_view
from dragoman.views.brief import called
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
_QUOTED = 200
"""Passages of a position that are quoted, the latest."""
_STORIES = """
    SELECT * EXCLUDE (pile) REPLACE (pile AS story) FROM (
        SELECT stories.*, coalesce(stories.story, piles.story) AS pile, coalesce(reports, 0) AS reports
        FROM stories FULL JOIN (SELECT story, count(*) AS reports FROM story_reports GROUP BY story) piles USING (story)
    ) WHERE accounts > 0 OR reports > 1
    ORDER BY publishers DESC NULLS LAST, reports DESC, accounts DESC, day DESC, story LIMIT $most OFFSET $start
"""
"""Events with their accounts, and how many documents report them, be it in like words; also what is reported without an event."""
_ACCOUNTS = """
    SELECT a.*, d.title, left(trim(d.text), 120) AS begins,
        substring(d.text, greatest(a.anchor_start - 160, 0) + 1, least(a.anchor_start, 160)) AS before,
        substring(d.text, a.anchor_end + 1, 160) AS after
    FROM story_accounts a JOIN documents d USING (document_id) WHERE story = $id
    ORDER BY a.published NULLS LAST, a.publisher, a.document_id
"""
_BY_WORDS = """
    SELECT s.document_id, s.publisher, s.published, likeness, coalesce(title, left(trim(text), 120)) AS title
    FROM story_reports s JOIN documents USING (document_id)
    WHERE story = $id AND document_id NOT IN (SELECT document_id FROM story_accounts WHERE story = $id)
    ORDER BY s.published NULLS LAST, document_id
"""
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
    begins = _begins(request, (e for p in held for e in p.evidence[-_QUOTED:]))
    context = {"held": held, "signs": SIGNS, "link": document_link, "begins": begins, "most": _QUOTED}
    return _positions_view("cell.html", subject, held, context)


def red_lines_page(request: Request) -> View:
    """Every red line and veto threat, and what became of it."""
    lines, page = red_lines(_held(request, selection(request))), max(number(request, "page", 1), 1)
    shown, given = lines[_PAGE * (page - 1) : _PAGE * page], _given(request)
    quoted = (e for x in shown for e in (*x.evidence[:5], *(y.evidence for y in x.later[-5:])))
    later = written(position_view.red_line_sheet, lines, position_view.json_lines)
    context = {
        "lines": shown, "total": len(lines), "signs": SIGNS, "link": document_link, "given": given,
        "begins": _begins(request, quoted),
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
    later = written(position_view.change_sheet, moved, position_view.json_lines)
    begins = _begins(request, (e for c in moved for e in (c.before, c.after) if e))
    context = {
        "moved": moved, "since": since, "signs": SIGNS, "link": document_link, "given": _given(request), "begins": begins,
    }  # fmt: skip
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
    answer: pa.Table = asked.once(key, lambda record: record.counts((unit, split), filters), by_stories=True)
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
    shown = {"most": _PAGE + 1, "start": _PAGE * (page - 1)}
    answer: pa.Table = _told(request, ("stories", page), _STORIES, shown)
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
    answer = _told(request, ("story", id), _ACCOUNTS, {"id": id})
    accounts = answer.to_pylist()
    reports = _told(request, ("story by words", id), _BY_WORDS, {"id": id}).to_pylist()
    if not (accounts or reports):
        raise UsageError(f"There is no story {id!r}; it may have another number since documents were added.")
    publishers = sorted({a["publisher"] or "unknown publisher" for a in (*accounts, *reports)})
    context = {
        "accounts": accounts, "publishers": publishers, "link": document_link, "called": names.called(desk(request)),
        "reports": reports,
    }  # fmt: skip
    columns = (*answer.column_names, "likeness", "rests_on")
    told = [{**row, "rests_on": "event"} for row in accounts] + [{**row, "rests_on": "words"} for row in reports]
    values = [tuple(row.get(name) for name in columns) for row in told]
    return View(template="story.html", title=_story_title(accounts), context=context, columns=columns, rows=values)


def _told(request: Request, key: Hashable, query: str, given: Mapping[str, Any]) -> pa.Table:
    return desk(request).once(key, lambda record: record.sql(query, given), "readings", by_stories=True)


def _story_title(accounts: Sequence[Mapping[str, Any]]) -> str:
    if not accounts:
        return "Reports in like words"
    type = accounts[0]["type"]
    return f"{words.choices()['type'][type]} ({type}), {accounts[0]['day'] or 'undated'}"


def _positions_view(template: str, title: str, held: tuple[Position, ...], context: Mapping[str, Any]) -> View:
    later = written(position_view.position_sheet, held, position_view.json_lines)
    return View(template=template, title=title, context=context, later=later)


def _begins(request: Request, quoted: Iterable[Evidence]) -> Mapping[str, str]:
    """What documents without a title are called, by id: the beginning of their text."""
    ids = tuple(sorted({e.document for e in quoted if not e.title}))
    if not ids:
        return {}
    return desk(request).once(("begins", ids), lambda record: called(record, ids), "readings")


def _held(request: Request, chosen: Selection) -> tuple[Position, ...]:
    return standing(desk(request), chosen)


def _given(request: Request) -> dict[str, list[str]]:
    return {k: request.query_params.getlist(k) for k in dict.fromkeys(request.query_params)}


def _middle(held: tuple[Position, ...]) -> str | None:
    """A date to start from: half of the dated passages are later."""
    dates = sorted(e.date for p in held for e in p.evidence if e.date)
    return dates[len(dates) // 2] if dates else None
