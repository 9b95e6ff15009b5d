"""The review page: one row at a time, its words first; every decision is one key, in the log when the answer comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from dragoman.analysis import Actor, Analysis, Party
from dragoman.document import Span
from dragoman.errors import UsageError
from dragoman.record import Record
from dragoman.record.reviews import Kind, Review, Reviewed, Target, add_row, judge, merge, split, undo
from dragoman.record.reviews.anchors import unquoted
from dragoman.record.reviews.overlay import held
from dragoman.record.reviews.rows import typed
from dragoman.views import rows
from dragoman.views.elements import markup
from dragoman.views.marks import Row
from dragoman.views.web import correcting, names, queue, words
from dragoman.views.web.article import Passage, focus, passage, plain_row, surroundings
from dragoman.views.web.asking import desk, document_link, now, reviewer, see_other, text, with_query
from dragoman.views.web.desk import StillFindingError
from dragoman.views.web.queue import Choice, Item
from dragoman.views.web.view import View

Form = Mapping[str, Any]
_SHOWN = 200


def choice(given: Mapping[str, Any]) -> Choice:
    """The queue that an address or a form names."""
    kind: Any = given.get("only") or None
    return Choice(order=given.get("queue") or "doubt", kind=kind, blind=given.get("blind") == "1")


def parameters(wanted: Choice) -> dict[str, str]:
    """The same queue as parameters of an address."""
    pairs = {"queue": wanted.order, "only": wanted.kind or "", "blind": "1" if wanted.blind else ""}
    return {name: value for name, value in pairs.items() if value}


def address(item: Item, wanted: Choice) -> str:
    """Where a row is judged."""
    return with_query(f"/review/{item.kind}/{item.document}/{item.id}", parameters(wanted))


def queue_page(request: Request) -> View:
    """The queues, and the head of the one that was chosen."""
    wanted = choice(request.query_params)
    listed, done = _queue(request, wanted)
    waiting = [item for item in listed if item not in done]
    head = tuple(waiting[:40])
    called = names.called(desk(request))
    said = desk(request).once(("lines", head), lambda record: queue.lines(record, head, called), "readings")
    with desk(request).turn() as record:
        each = queue.seconds_each(record.reviews.entries(), reviewer(request))
    shown = [(item, address(item, wanted), said.get(item, (item.id, "added by hand", 1.0))) for item in head]
    context = {
        "wanted": wanted, "shown": shown, "total": len(listed), "left": len(waiting), "kinds": words.KINDS,
        "orders": queue.ORDERS, "minutes": None if each is None else each * len(waiting) / 60, "query": parameters(wanted),
    }  # fmt: skip
    columns = ("document", "kind", "id", "decided")
    values = [(i.document, i.kind, i.id, i in done) for i in listed]
    return View(template="queue.html", title="Review", context=context, columns=columns, rows=values)


def next_page(request: Request) -> Response:
    """To the first row of the queue that waits."""
    wanted = choice(request.query_params)
    listed, done = _queue(request, wanted)
    return _go_on(wanted, queue.after(listed, None, done))


def item_page(request: Request) -> View:
    """One row in its sentences, what was decided about it, and the form that corrects it."""
    item, wanted = _item(request), choice(request.query_params)
    seen, row, target = _seen(request, item, wanted)
    listed, done = _queue(request, wanted)
    place = listed.index(item) + 1 if item in listed else None
    analysis = _holding(seen, item, row)
    value: Row = typed(analysis.document, item.kind, row)
    forward, back = queue.after(listed, item), queue.after(listed, item, step=-1)
    context = {
        **_form(analysis, item.kind, row, passage(analysis, value)),
        "item": item, "wanted": wanted, "target": target, "label": words.gist(analysis, value),
        "why": words.why(analysis, value), "quick": words.quick(item.kind, row), "place": place, "total": len(listed),
        "left": sum(i not in done for i in listed), "forward": forward and address(forward, wanted),
        "back": back and address(back, wanted), "query": parameters(wanted), "note": text(request, "said"),
        "link": document_link(item.document, item.id), "origin": words.origin(analysis.document),
        "neighbours": _neighbours(analysis, item, value), "sides": _sides(seen, target) if not wanted.blind else (),
        "score": value.score, "adding": False, "reasons": f"/why/{item.kind}/{item.document}/{item.id}",
        "alike": with_query("/review/next", queue=f"like:{item.kind}:{item.document}:{item.id}"),
        "story": _story(request, item), "add_here": _add_at(item.kind, item.document, *focus(value)),
    }  # fmt: skip
    columns = ("verdict", "reviewer", "at", "note", "id")
    reviews = target.reviews if target else ()
    values = [(r.verdict, r.reviewer, r.at, r.note, r.id) for r in reviews]
    return View(
        template="item.html",
        title="Review",
        context=context,
        columns=columns,
        rows=values,
        data={"row": row, "state": target and target.state},
    )


def add_page(request: Request) -> View:
    """The form for a row that the reading lacks, around words that were marked."""
    document, kind = request.path_params["document"], words.kind(request.path_params["kind"])
    with desk(request).turn() as record:
        analysis = record.reviewed(document).analysis
    start, end = (int(text(request, n)) if text(request, n).isdigit() else 0 for n in ("start", "end"))
    content = analysis.document.text
    if not 0 <= start < end <= len(content):
        raise UsageError("Mark the words that the new row is about in the text, then choose what it is.")
    first, last = surroundings(content, [Span(start, end, "")])
    span = {"start": start, "end": end, "text": content[start:end]}
    row = {**correcting.EMPTY[kind], **_given_by(kind, span, content)}
    context = {
        **_form(analysis, kind, row, Passage(first, last, markup(content[first:last]))),
        "item": Item(document, kind, ""), "wanted": Choice(order=f"document:{document}"), "adding": True,
        "link": document_link(document), "origin": words.origin(analysis.document), "query": {}, "neighbours": (),
        "other_kinds": [(k, words.ONE[k], _add_at(k, document, start, end)) for k in words.KINDS],
    }  # fmt: skip
    return View(template="add_row.html", title=f"Add {words.ONE[kind]}", context=context)


def decide(request: Request, form: Form) -> Response:
    """Write a decision into the log and go on to the next row."""
    wanted = choice(form)
    item = Item(form.get("document", ""), words.kind(form.get("kind", "")), form.get("id", ""))
    verdict = form.get("verdict", "")
    with desk(request).turn() as record:
        seen = _as_shown(record, item.document, wanted.blind)
        by = _by(request, wanted, form)
        made = _made(seen, item, verdict, form, by)
        record.reviews.add(made)
        same = _pattern_with_matches(record, made)
    if same is not None:
        return see_other(
            with_query(
                "/review/matches", parameters(wanted), of=same, document=item.document, kind=item.kind, id=item.id
            )
        )
    if form.get("stay"):
        return see_other(document_link(item.document, made[0].row["id"] if verdict == "add" else item.id))
    listed, done = _queue(request, wanted)
    return _go_on(wanted, queue.after(listed, item, done))


def take_back(request: Request, form: Form) -> Response:
    """Undo one review or batch, by default the reviewer's latest decision, and show its row."""
    wanted = choice(form)
    with desk(request).turn() as record:
        last = queue.latest(record.reviews.entries(), reviewer(request))
        of = form.get("of") or (last and (last.batch or last.id))
        if not of:
            return see_other(with_query("/review", parameters(wanted), said="Nothing to undo."))
        entries = record.reviews.entries()
        about = next((r for r in entries if of in (r.id, r.batch)), None)
        if about is None:
            raise UsageError(f"The log has no review and no batch {of!r} to take back.")
        record.reviews.add([undo(of, reviewer=reviewer(request), at=now())])
    if form.get("back") or about.kind is None or about.verdict == "add":
        return see_other("/log")
    return see_other(
        with_query(f"/review/{about.kind}/{about.document_id}/{about.row['id']}", parameters(wanted), said="Undone.")
    )


def matches_page(request: Request) -> View:
    """The other rows that a correction would put right, before anything is done to them."""
    wanted = choice(request.query_params)
    with desk(request).turn() as record:
        of = _review(record, text(request, "of"))
        pattern = correcting.pattern(of)
        found = correcting.matches(record, pattern) if pattern else ()
    item = Item(text(request, "document"), words.kind(text(request, "kind")), text(request, "id"))
    listed, done = _queue(request, wanted)
    following = queue.after(listed, item, done)
    context = {
        "pattern": pattern, "found": found, "of": of.id, "query": parameters(wanted), "link": document_link, "item": item,
        "skip": address(following, wanted) if following else with_query("/review", parameters(wanted)),
    }  # fmt: skip
    values = [(m.document, m.id, m.words) for m in found]
    return View(
        template="matches.html",
        title="The same elsewhere",
        context=context,
        columns=("document", "id", "words"),
        rows=values,
    )


def apply_all(request: Request, form: Form, chosen: list[str]) -> Response:
    """Correct the chosen rows alike, as one batch that one undo takes back."""
    wanted = choice(form)
    with desk(request).turn() as record:
        of = _review(record, form.get("of", ""))
        pattern = correcting.pattern(of)
        if pattern is None:
            raise UsageError("That correction is about one place only; there is nothing to apply it to.")
        by = {**_by(request, wanted, {}), "batch": f"all-{of.id}"}
        keys = [tuple(key.split(" ", 1)) for key in chosen if " " in key]
        made = [correcting.applied(record.reviewed(document), pattern, id, **by) for document, id in keys]
        record.reviews.add(made)
    item = Item(form.get("document", ""), words.kind(form.get("kind", "")), form.get("id", ""))
    listed, done = _queue(request, wanted)
    return _go_on(wanted, queue.after(listed, item, done), f"{len(made)} more corrected alike; u takes them back.")


def log_page(request: Request) -> View:
    """Every decision, the latest first, each of which can be taken back."""
    start = int(text(request, "start") or 0) if text(request, "start").isdigit() else 0
    found = desk(request).once("log", lambda r: r.sql(
        "SELECT decided, reviewer, verdict, kind, publisher, published, document_id, row_id, quote, changes, note, state, "
        "reason, batch, id FROM reviews ORDER BY decided DESC, id"
    ))  # fmt: skip
    entries = found.to_pylist()
    context = {
        "entries": entries[start : start + _SHOWN],
        "total": len(entries),
        "start": start,
        "step": _SHOWN,
        "link": document_link,
    }
    values = [tuple(row.values()) for row in entries]
    return View(template="log.html", title="Decisions", context=context, columns=found.column_names, rows=values)


def _made(seen: Reviewed, item: Item, verdict: str, form: Form, by: dict[str, Any]) -> tuple[Review, ...]:
    """The reviews that a filled-in form stands for."""
    match verdict:
        case "accept" | "reject" | "flag":
            return (judge(seen, item.kind, item.id, verdict, **by),)
        case "merge":
            return merge(seen, item.kind, [item.id, form.get("with", "")], **by)
        case "add":
            empty = correcting.EMPTY[item.kind]
            given = correcting.filled_in(seen.analysis, item.kind, empty, form)
            return (add_row(seen, item.kind, {**{n: v for n, v in empty.items() if v is not None}, **given}, **by),)
        case "correct" | "split":
            row = _row(seen, item)
            changes = correcting.filled_in(seen.analysis, item.kind, row, form)
            if verdict == "split":
                return split(seen, item.kind, item.id, [{}, changes], **by)
            accepting = not changes
            return (
                judge(seen, item.kind, item.id, "accept" if accepting else "correct", changes=changes or None, **by),
            )
    raise UsageError(f"{verdict!r} is no decision; it is accept, reject, flag, correct, split, merge or add.")


def _by(request: Request, wanted: Choice, form: Form) -> dict[str, Any]:
    name, _, sample = wanted.order.partition(":")
    return {
        "reviewer": reviewer(request),
        "at": now(),
        "note": (form.get("note") or "").strip()[:2000] or None,
        "sample": sample if name == "sample" else None,
        "final": wanted.order == "disagreement",
    }


def _pattern_with_matches(record: Record, made: tuple[Review, ...]) -> str | None:
    """The id of a correction that would put other rows right too."""
    pattern = correcting.pattern(made[0]) if len(made) == 1 else None
    return made[0].id if pattern and correcting.matches(record, pattern) else None


def _review(record: Record, id: str) -> Review:
    found = next((r for r in record.reviews.entries() if r.id == id), None)
    if found is None:
        raise UsageError(f"The log has no review {id!r}.")
    return found


def _queue(request: Request, wanted: Choice) -> tuple[tuple[Item, ...], frozenset[Item]]:
    moves = wanted.order == "disagreement" or wanted.order.startswith("document:")
    until: Any = "reviews" if moves else "readings"
    name = reviewer(request)
    listed = desk(request).once(
        ("queue", wanted), lambda record: queue.items(record, wanted), until, by_stories=wanted.order == "reported"
    )
    done = desk(request).once(
        ("done", replace(wanted, kind=None), name), lambda record: queue.decided(record, wanted, name)
    )
    return listed, done


def _story(request: Request, item: Item) -> queue.Story | None:
    """The story that an event belongs to, if others tell it too and it is known yet."""
    if item.kind != "events":
        return None
    try:
        return desk(request).once("stories by event", queue.stories, "readings", by_stories=True).get(item)
    except StillFindingError:
        return None


def _go_on(wanted: Choice, item: Item | None, said: str | None = None) -> Response:
    if item is None:
        return see_other(with_query("/review", parameters(wanted), said=said or "Nothing waits in this queue."))
    return see_other(with_query(f"/review/{item.kind}/{item.document}/{item.id}", parameters(wanted), said=said))


def _item(request: Request) -> Item:
    given = request.path_params
    return Item(given["document"], words.kind(given["kind"]), given["id"])


def _as_shown(record: Record, document: str, blind: bool) -> Reviewed:
    """Who codes blind sees the reading alone."""
    seen = record.reviewed(document)
    return Reviewed(machine=seen.machine, analysis=seen.machine) if blind else seen


def _seen(request: Request, item: Item, wanted: Choice) -> tuple[Reviewed, Mapping[str, Any], Target | None]:
    with desk(request).turn() as record:
        seen = _as_shown(record, item.document, wanted.blind)
    return seen, _row(seen, item), seen.target(item.kind, item.id)


def _row(seen: Reviewed, item: Item) -> Mapping[str, Any]:
    """The row as it counts; a rejected one as it was read."""
    for analysis in (seen.analysis, seen.machine):
        if (found := plain_row(analysis, item.kind, item.id)) is not None:
            return found
    target = seen.target(item.kind, item.id)
    if target is None:
        raise UsageError(
            f"Document {item.document} has no row {item.id!r} among its {item.kind}; it may have been read again."
        )
    return target.judged


def _holding(seen: Reviewed, item: Item, row: Mapping[str, Any]) -> Analysis:
    """The analysis in which the row and all it refers to stand."""
    there = any(r.id == row["id"] for r in getattr(seen.analysis, item.kind))
    return seen.analysis if there else seen.machine


def _form(analysis: Analysis, kind: Kind, row: Mapping[str, Any], shown: Passage) -> dict[str, Any]:
    """What the form needs: the row, the text around it, the choices, and whom the document names."""
    return {
        "document": analysis.document,
        "row": row,
        "passage": shown,
        "plain_passage": analysis.document.text[shown.start : shown.end],
        "choices": words.choices(),
        "modes": words.modes(row["type"]) if row.get("type") else {},
        "all_modes": words.all_modes(),
        "actors": analysis.actors,
        "names": {a.id: rows.who(analysis, Party(0, 0, "", a.id)) for a in analysis.actors},
        "statements": [(s.id, words.gist(analysis, s)) for s in analysis.statements],
        "spans": correcting.SPANS[kind],
        "one_party": correcting.ONE_PARTY[kind],
        "parties": correcting.PARTIES[kind],
    }


def _given_by(kind: Kind, span: Mapping[str, Any], content: str) -> dict[str, Any]:
    match kind:
        case "events":
            return {"anchor": span}
        case "stances":
            first, last = surroundings(content, [Span(span["start"], span["end"], "")])
            return {
                "measure": {**span, "type": "other"},
                "evidence": {"start": first, "end": last, "text": content[first:last]},
            }
        case "statements":
            return {"content": [span]}


def _add_at(kind: Kind, document: str, start: int, end: int) -> str:
    """The form for a new row about those words."""
    return with_query(f"/add-row/{kind}/{document}", start=str(start), end=str(end))


def _neighbours(analysis: Analysis, item: Item, value: Row) -> list[tuple[str, str]]:
    """Rows of the same kind near this one, which may be the same thing said twice."""
    others = [r for r in getattr(analysis, item.kind) if r.id != value.id]
    return [(r.id, words.gist(analysis, r)) for r in others[:60]]


def _sides(seen: Reviewed, target: Target | None) -> tuple[tuple[str, str, str], ...]:
    """What each reviewer says of the row: name, verdict, and the row in words."""
    if target is None:
        return ()
    known = _everybody(seen, target)

    def said(review: Review) -> str:
        row = unquoted(held(target.kind, review))
        return "" if review.verdict == "reject" else words.gist(known, typed(known.document, target.kind, row))

    return tuple((name, review.verdict, said(review)) for name, review in target.verdicts.items())


def _everybody(seen: Reviewed, target: Target) -> Analysis:
    """The analysis with the actors that any reviewer named."""
    listed = {a.id: a for a in (*seen.machine.actors, *seen.analysis.actors)}
    for review in target.reviews:
        for row in review.actors:
            listed.setdefault(row["id"], Actor(**{**row, "sectors": tuple(row.get("sectors", ()))}))
    said = {s.id: s for s in (*seen.analysis.statements, *seen.machine.statements)}
    return replace(seen.machine, actors=tuple(listed.values()), statements=tuple(said.values()))
