"""Would this draft pass? A draft in the address -> the Security Council's vote on it, with what-ifs that are links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Protocol

from starlette.requests import Request

from dragoman.errors import DragomanError, UsageError
from dragoman.knowledge.ontology import load_ontology
from dragoman.record import Record
from dragoman.views.council import notes, outcome_sentence, percent, picture, scale, seats
from dragoman.views.web.asking import desk, document_link, several, text, with_query
from dragoman.views.web.view import View

PATH = "/council"
MOST = 12_000
"""Characters of a draft in an address."""
SUGGESTED = 6
VOTES = ("yes", "abstain", "no")

COLUMNS = (
    "member",
    "name",
    "bloc",
    "yes",
    "abstain",
    "no",
    "yes_low",
    "yes_high",
    "likely",
    "pivotal",
    "reasons",
    "said",
)


class Forecasting(Protocol):
    """A draft in TOML and a record -> a forecast as plain values (`Forecast.to_dict`); `asked` are the fields of `Question`.

    A DragomanError says in a sentence what is wrong with the draft.
    """

    def __call__(self, text: str, record: Record, **asked: Any) -> Mapping[str, Any]: ...


def council_page(request: Request) -> View:
    """The forecast of the draft in the address, or the question which one."""
    forecast: Forecasting | None = request.app.state.forecast
    if forecast is None:
        raise UsageError("This workbench was opened without the council. Open it with dragoman serve.")
    given = {k: request.query_params.getlist(k) for k in dict.fromkeys(request.query_params) if k != "said"}
    draft = text(request, "draft")[:MOST]
    started = desk(request).once("drafts to start from", _suggested, "readings")
    context = {
        "draft": draft,
        "date": text(request, "date"),
        "started": [(name, with_query(PATH, draft=words)) for name, words in started],
        "example": started[0][1] if started else EXAMPLE,
        "found": None,
        "sentence": "",
    }
    columns: Sequence[str] = COLUMNS
    if not draft:
        rows = [(name, words) for name, words in started]
        return View(template="council.html", title="Council", context=context, columns=("about", "draft"), rows=rows)
    try:
        found = _found(request, forecast, draft)
    except DragomanError as error:
        if request.url.path.endswith((".json", ".csv")):
            raise
        return View(template="council.html", title="Council", context={**context, "sentence": str(error)})
    return View(
        template="council.html",
        title=f"Council: {found['draft']['title']}",
        context={**context, **_shown(found, given)},
        columns=columns,
        rows=[_row(m) for m in found["members"]],
        data=found,
    )


def _found(request: Request, forecast: Forecasting, draft: str) -> Mapping[str, Any]:
    asked = {
        "date": text(request, "date") or None,
        "what_if": tuple(f"add {measure}" for measure in several(request, "add")),
        "without": several(request, "without"),
        "votes": several(request, "vote"),
        "undated": text(request, "undated") == "yes",
    }
    key = ("council", draft, *asked.values())
    return desk(request).once(key, lambda record: forecast(draft, record, **asked), "readings")


def _shown(found: Mapping[str, Any], given: Mapping[str, list[str]]) -> dict[str, Any]:
    """What the page shows of a forecast, each what-if with its address."""
    blocs = [(bloc, list(members)) for bloc, members in groupby(found["members"], key=lambda m: m["bloc"])]
    return {
        "found": found,
        "given": given,
        "blocs": blocs,
        "sentence": "",
        "outcome": outcome_sentence(found),
        "scale": scale(found),
        "seats": seats(found),
        "terms": _terms(found, given),
        "measures": sorted(set(load_ontology().measures) - {t["measure"] for t in found["draft"]["terms"]}),
        "changes": [(c, with_query(PATH, _with(given, "without", c["without"]))) for c in found["changes"]],
        "votes": {m["member"]: _votes(m["member"], found["fixed"].get(m["member"]), given) for m in found["members"]},
        "notes": list(notes(found)),
        "percent": percent,
        "picture": picture,
        "link": document_link,
        "plainly": with_query(PATH, draft=given.get("draft"), date=given.get("date")),
        "changed": bool(found["fixed"] or given.get("without") or given.get("add")),
    }


def _terms(found: Mapping[str, Any], given: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """The draft's terms, in and out: each with the address where it is the other way round."""
    rows = [{**t, "dropped": False, "href": _toggled(given, t["measure"])} for t in found["draft"]["terms"]]
    out = dict.fromkeys(given.get("without", ()))
    return rows + [{"measure": m, "does": "", "words": "", "dropped": True, "href": _toggled(given, m)} for m in out]


def _toggled(given: Mapping[str, list[str]], measure: str) -> str:
    """Where an added term is gone, a dropped one is back, and one of the draft's own is dropped."""
    for name in ("add", "without"):
        if measure in given.get(name, ()):
            return with_query(PATH, {**given, name: [m for m in given[name] if m != measure]})
    return with_query(PATH, _with(given, "without", measure))


def _votes(member: str, fixed: str | None, given: Mapping[str, list[str]]) -> list[tuple[str, bool, str]]:
    """Each vote, whether it is taken as cast, and the address where it is the other way round."""
    others = [v for v in given.get("vote", ()) if not v.startswith(f"{member}=")]
    return [
        (vote, vote == fixed, with_query(PATH, {**given, "vote": others + [f"{member}={vote}"] * (vote != fixed)}))
        for vote in VOTES
    ]


def _with(given: Mapping[str, list[str]], name: str, value: str) -> dict[str, list[str]]:
    return {**given, name: [*given.get(name, ()), value]}


def _row(member: Mapping[str, Any]) -> tuple[Any, ...]:
    """A member in a spreadsheet: reasons and quotes joined to one cell each."""
    quotes = " | ".join(f"{s['quote']} ({s['document']})" for s in member["said"])
    row = {**member, "reasons": " ".join(member["reasons"]), "said": quotes}
    return tuple(row[c] for c in COLUMNS)


EXAMPLE = """[draft]
title = "..."
date = "2026-01-31"
topic = "Syria"
sponsors = ["France", "United Kingdom"]
toward = "Syria"

[[term]]
measure = "sanctions"
"""
"""A draft to begin with, where the record suggests none."""


def _suggested(record: Record) -> list[tuple[str, str]]:
    """States that most stances of the record are about -> a draft with the measures that are spoken of, to be corrected."""
    query = (
        "SELECT toward, any_value(toward_name) AS name, max(left(published, 10)) AS day, list(measure) AS measures "
        "FROM stances WHERE toward IS NOT NULL AND length(toward) = 3 AND measure NOT IN ('other', 'resolution', 'interference') "
        "GROUP BY toward ORDER BY count(*) DESC, toward LIMIT $most"
    )
    rows = record.sql(query, {"most": SUGGESTED}).to_pylist()
    return [(r["name"], _draft(r["name"], r["day"], r["measures"])) for r in rows]


def _draft(name: str, day: str | None, measures: Sequence[str]) -> str:
    often = sorted(set(measures), key=lambda m: (-measures.count(m), m))[:4]
    terms = "".join(f'\n[[term]]\nmeasure = "{measure}"\n' for measure in often)
    on = day if day and len(day) == len("2012-01-31") else "2026-01-31"
    return f'[draft]\ntitle = "A draft on {name}"\ndate = "{on}"\ntopic = "{name}"\nsponsors = []\ntoward = "{name}"\n{terms}'
