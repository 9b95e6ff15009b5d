"""The brief as a page: the same that `dragoman brief` writes, its sources leading into the documents."""

from __future__ import annotations

from starlette.requests import Request

from dragoman.record import Record
from dragoman.record.positions import Evidence
from dragoman.views import positions as position_view
from dragoman.views.brief import body, brief
from dragoman.views.web.asking import desk, document_link, text
from dragoman.views.web.reviewed import standing
from dragoman.views.web.view import View, written


def brief_page(request: Request) -> View:
    """A brief about `about`, or the question what about."""
    about, since, until = (text(request, n) for n in ("about", "since", "until"))
    subjects = desk(request).once("subjects", _subjects, "readings")
    if not about:
        return View(
            template="brief.html",
            title="Brief",
            context={"html": None, "subjects": subjects, "about": ""},
            columns=("subject",),
            rows=[(s,) for s, _ in subjects],
        )
    asked = desk(request)
    made = asked.once(
        ("brief", about, since, until),
        lambda record: brief(
            record, about, since=since or None, until=until or None, standing=lambda chosen: standing(asked, chosen)
        ),
    )
    html = asked.once(("brief", about, since, until, "drawn"), lambda _: body(made, _address))
    context = {"html": html, "subjects": subjects, "about": about, "since": since, "until": until}
    later = written(position_view.position_sheet, made.held, position_view.json_lines)
    return View(template="brief.html", title=f"Brief: {made.about}", context=context, later=later)


def _address(e: Evidence) -> str:
    return document_link(e.document)


def _subjects(record: Record) -> list[tuple[str, str]]:
    """Whom most stances are about."""
    query = (
        "SELECT toward, any_value(toward_name) FROM stances WHERE toward IS NOT NULL "
        "GROUP BY toward ORDER BY count(*) DESC, toward LIMIT 12"
    )
    return list(zip(*(c.to_pylist() for c in record.sql(query).columns), strict=True))
