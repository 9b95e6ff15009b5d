"""The pages that read: the front page, one document, and the search with its facets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request

from dragoman.record import Record, Search
from dragoman.views import rows
from dragoman.views.web import facets, names, words
from dragoman.views.web.article import notes, paragraphs
from dragoman.views.web.asking import desk, document_link, number, several, text, with_query
from dragoman.views.web.view import View

PAGE = 25
MOST = 20_000
"""Passages that a search finds at most, the best."""


def front(request: Request) -> View:
    """What the record holds, and the ways into it."""
    asked = desk(request)
    summary = asked.once("summary", Record.summary, "readings")
    newest = asked.once("newest", _newest, "readings")
    reviews = asked.once(
        "reviews", lambda record: record.sql("SELECT verdict, count(*) FROM reviews GROUP BY 1 ORDER BY 1")
    )
    verdicts = dict(zip(*(c.to_pylist() for c in reviews.columns), strict=True))
    lists = (
        ("publisher", "documents", summary.publishers),
        ("type", "events", summary.types),
        ("measure", "stances", summary.measures),
    )
    flat = [(name, "unknown" if key is None else key, count) for name, _, pairs in lists for key, count in pairs]
    context = {
        "summary": summary, "newest": newest, "verdicts": verdicts, "lists": lists, "sentence": str(summary),
        "types": words.choices()["type"],
    }  # fmt: skip
    return View(
        template="front.html", title="Overview", context=context, columns=("facet", "value", "count"), rows=flat
    )


def document(request: Request) -> View:
    """One article with everything that was read in it."""
    id = request.path_params["id"]
    with desk(request).turn() as record:
        seen = record.reviewed(id)
    analysis = seen.analysis
    found = [note for _, note in notes(seen)]
    columns = ("id", "label", "kind", "words", "claim", "score", "review")
    values = [(n.id, n.label, n.kind, n.words, n.claim, n.score, n.state) for n in found]
    context = {
        "document": analysis.document,
        "paragraphs": paragraphs(seen),
        "counts": {kind: sum(n.kind == kind for n in found) for kind in ("statements", "events", "stances")},
        "skipped": analysis.skipped,
        "origin": words.origin(analysis.document),
        "rejected": [t for t in seen.targets if t.result is None],
        "lost": seen.lost,
    }
    data = {**analysis.to_dict(), "reviews": dict(zip((n.id for n in found), (n.state for n in found), strict=True))}
    return View(
        template="document.html",
        title=rows.title(analysis.document),
        context=context,
        columns=columns,
        rows=values,
        data=data,
    )


def search(request: Request) -> View:
    """Passages with the words, best first, and by what they can be narrowed."""
    asked = desk(request)
    wanted, page = _wanted(request), max(number(request, "page", 1), 1)
    answer = asked.once(("search", wanted), lambda record: record.search(wanted, reviewed=False), "readings")
    shown = answer.slice(PAGE * (page - 1), PAGE).to_pylist()
    known = asked.once("facets", facets.facets, "readings")
    counts = asked.once(("facets", wanted), lambda _: facets.counted(known, wanted.within, answer), "readings")
    given = {k: request.query_params.getlist(k) for k in dict.fromkeys(request.query_params) if k != "page"}
    context = {
        "wanted": wanted,
        "found": shown,
        "total": len(answer),
        "most": MOST,
        "facets": _linked(counts, given),
        "called": names.called(asked),
        "given": given,
        "chosen": [
            (k, v, with_query("/search", _without(given, k, v))) for k in facets.WITHIN for v in given.get(k, ())
        ],
        "next": with_query("/search", given, page=page + 1) if len(answer) > PAGE * page else None,
        "before": with_query("/search", given, page=page - 1) if page > 1 else None,
        "terms": wanted.terms,
        "link": document_link,
    }
    return View(
        template="search.html",
        title=f"Search: {wanted.words}" if wanted.words else "Documents",
        context=context,
        later=lambda _: (answer.column_names, [tuple(row.values()) for row in answer.to_pylist()], None),
    )


def _wanted(request: Request) -> Search:
    within: Any = text(request, "within", "documents") or "documents"
    year = text(request, "year")
    choices = {
        name: several(request, name) if within in facets.WITHIN[name] else () for name in ("type", "measure", "stance")
    }
    return Search(
        words=text(request, "q")[:400],
        within=within,
        actors=several(request, "actor"),
        types=choices["type"],
        measures=choices["measure"],
        stances=choices["stance"],
        publishers=several(request, "publisher"),
        since=text(request, "since") or year or None,
        until=text(request, "until") or year or None,
        limit=MOST,
    )


def _linked(counts: Mapping[str, Sequence[tuple[str, int]]], given: Mapping[str, list[str]]) -> list[Any]:
    """Each value with the address that the search has with it."""
    return [
        (name, [(v, n, _with(given, name, v)) for v, n in values if v not in given.get(name, ())])
        for name, values in counts.items()
    ]  # fmt: skip


def _with(given: Mapping[str, list[str]], name: str, value: str) -> str:
    return with_query("/search", {**given, name: [*given.get(name, ()), value]})


def _without(given: Mapping[str, list[str]], name: str, value: str) -> dict[str, list[str]]:
    return {**given, name: [v for v in given.get(name, ()) if v != value]}


def _newest(record: Record) -> list[dict[str, Any]]:
    query = (
        "SELECT document_id, publisher, left(published, 10) AS published, coalesce(title, left(trim(text), 300), '') AS title "
        "FROM documents ORDER BY documents.published DESC NULLS LAST, document_id LIMIT 12"
    )
    return record.sql(query).to_pylist()  # type: ignore[no-any-return]


def actors(request: Request) -> View:
    """Whom the letters in `q` may mean, with office, country and dates."""
    found = names.like(names.everybody(desk(request)), text(request, "q")[:80])
    values = [(n.id, n.name, n.about, n.documents) for n in found]
    context = {"found": found, "q": text(request, "q")}
    columns = ("id", "name", "about", "documents")
    return View(template="actors.html", title="Actors", context=context, columns=columns, rows=values)
