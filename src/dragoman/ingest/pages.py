"""A web page -> the Document that its article is."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from dragoman.document import Document
from dragoman.errors import DocumentError
from dragoman.ingest.dates import iso_date
from dragoman.ingest.source import Source

_MOST = 20_000_000
"""Longest page, in characters; a news page has a hundredth of it, and the extractor's time grows with the size."""
_SHORTEST = 80
"""A text of so many characters is an article to the extractor; below, it falls back on all text of the page, run together."""
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
_META = re.compile(r"<meta\b[^>]{0,400}>", re.IGNORECASE)
_PUBLISHED = re.compile(r"""=\s*["'](?:article:published_time|datePublished|dc\.date\.issued)["']""", re.IGNORECASE)
_CONTENT = re.compile(r"""\bcontent\s*=\s*["']([^"']{4,40})["']""", re.IGNORECASE)
_LINKED_DATA = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
_LANGUAGE = re.compile(r"""<html\b[^>]{0,400}?\slang\s*=\s*["']?([a-z]{2,3}(?:-[a-z0-9]{2,8})*)""", re.IGNORECASE)


def read_page(source: Source) -> Iterator[Document]:
    """The article on the page, with the title, date, publisher and address that the page states."""
    yield page_document(source.read(), source)


def page_document(data: bytes, source: Source, *, url: str | None = None, charset: str | None = None) -> Document:
    """The article in the bytes of a page; `url` and `charset` are what the transport said. DocumentError if there is none."""
    html = source.decode(data, declared=charset or _declared(data))
    if len(html) > _MOST:
        raise DocumentError(
            f"The page is longer than {_MOST:,} characters, which no article is; cut it down to the article."
        )
    found = _extracted(html, url)
    text = (found.text or "").strip() if found is not None else ""
    if not text:
        raise DocumentError(
            "No article text was found on the page; if there is one, save it as plain text and read that."
        )
    return source.document(
        text,
        title=found.title,
        publisher=found.sitename,
        published=_stated_date(html) or found.date,
        url=url or found.url,
        language=_language(html),
    )


def _extracted(html: str, url: str | None) -> Any:
    trafilatura, config = _extractor()
    return trafilatura.bare_extraction(
        html,
        config=config,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,  # layout tables would come out as cells and strokes; tables of data are no prose
        # No search through the whole page, which takes any date for the date, and no clock: a page reads the same every day.
        date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "2100-01-01"},
    )


@cache
def _extractor() -> tuple[Any, Any]:
    """trafilatura and its settings, on first use: it takes a while to load, and it logs what is reported here as Unread."""
    import trafilatura
    from trafilatura.settings import use_config

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_SHORTEST))
    return trafilatura, config


def _declared(data: bytes) -> str | None:
    m = _DECLARED.search(data, 0, 2048)
    return m[1].decode("ascii") if m else None


def _stated_date(html: str) -> str | None:
    """The date in the page's own words, which may carry a time or only a month; the extractor makes a day of everything."""
    metas = (m[0] for m in _META.finditer(html) if _PUBLISHED.search(m[0]))
    stated = [m[1] for meta in metas if (m := _CONTENT.search(meta))] + [m[1] for m in _LINKED_DATA.finditer(html)]
    return next(filter(None, map(iso_date, stated)), None)


def _language(html: str) -> str | None:
    m = _LANGUAGE.search(html, 0, 5000)
    return m[1] if m else None
