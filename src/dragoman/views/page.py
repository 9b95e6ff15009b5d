"""Analyses -> one self-contained HTML page: the marked-up texts, notes in the margin, tables, and a list of contents."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from tempfile import TemporaryFile
from typing import TextIO

from dragoman.analysis import Analysis
from dragoman.document import Document
from dragoman.views import rows
from dragoman.views.elements import Markup, element, head, join
from dragoman.views.marked import legend, marked_text
from dragoman.views.sheets import sheets


def write_page(analyses: Iterable[Analysis], out: TextIO) -> None:
    """One page for all; only the list of contents is kept in memory, and nothing is written before the last one was read."""
    contents: list[Markup] = []
    with TemporaryFile("w+", encoding="utf-8", newline="\n") as body:
        title = "dragoman"
        for analysis in analyses:
            title = rows.title(analysis.document)
            contents.append(_entry(analysis))
            body.write(article(analysis) + "\n")
        body.seek(0)
        out.write(_head(title if len(contents) == 1 else f"{len(contents)} documents"))
        out.write(element("header", element("p", "dragoman", class_="word"), legend(), class_="top") + "\n")
        out.write(_contents(contents) + "\n<main>\n")
        while block := body.read(1 << 16):
            out.write(block)
    out.write(f"</main>\n<script>{_file('page.js')}</script>\n</body>\n</html>\n")


def fragment(analysis: Analysis) -> str:
    """One document as a piece of HTML that brings its own style, as notebooks show it."""
    style = Markup(_file("page.css"))
    script = Markup(_file("page.js"))
    parts = (element("style", style), legend(), article(analysis), element("script", script))
    return element("div", *parts, class_="dragoman inset")


def article(analysis: Analysis) -> Markup:
    """Heading, marked-up text and tables of one document; ids are document id, dash, label."""
    document = analysis.document
    return element(
        "article",
        element("h2", rows.title(document), dir="auto"),
        element("p", *_origin(document), class_="origin"),
        marked_text(analysis),
        *sheets(analysis),
        *_skipped(analysis),
        id=document.id,
        class_="document",
        lang=document.language,
    )


def _origin(document: Document) -> Iterator[str]:
    known = rows.provenance(document)
    yield known
    if url := document.url:
        yield " · " if known else ""
        shown = rows.clip(url.partition("://")[2] or url, 70)
        yield element("a", shown, href=url, rel="noreferrer") if url.startswith(("https://", "http://")) else shown


def _skipped(analysis: Analysis) -> Iterator[Markup]:
    for one in analysis.skipped:
        words = f"Characters {one.start:,} to {one.end:,} were not read: {one.reason}"
        yield element("p", words, class_="gap")


def _entry(analysis: Analysis) -> Markup:
    link = element("a", rows.title(analysis.document), href=f"#{analysis.document.id}", dir="auto")
    counts = ", ".join(_counts(analysis)) or "nothing found"
    origin = rows.provenance(analysis.document)
    return element("li", link, element("span", join([part for part in (origin, counts) if part], " · ")))


def _counts(analysis: Analysis) -> Iterator[str]:
    for name in ("statements", "events", "stances"):
        if number := len(getattr(analysis, name)):
            yield f"{number} {name if number > 1 else name[:-1]}"


def _contents(entries: list[Markup]) -> Markup:
    if not entries:
        return element("p", "No document was read.", class_="none")
    if len(entries) == 1:
        return Markup("")
    return element("nav", element("h1", f"{len(entries)} documents"), element("ol", *entries), aria_label="Contents")


def _head(title: str) -> str:
    digest = base64.b64encode(hashlib.sha256(_file("page.js").encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'"
    return head(title, _file("page.css"), policy=policy)


@cache
def _file(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")
