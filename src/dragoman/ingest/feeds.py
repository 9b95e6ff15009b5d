"""RSS and Atom -> Documents, one per entry with a text of its own."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from dragoman.document import Document
from dragoman.errors import DocumentError
from dragoman.ingest.markup import visible
from dragoman.ingest.source import Source, Unread

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""")
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)


def read_feed(source: Source) -> Iterator[Document | Unread]:
    """The entries in the order of the feed: their full text where it is there, else their summary, markup taken off."""
    feed = _parsed(source)
    if not feed.get("version") and not feed.entries:
        raise DocumentError("The XML is neither RSS nor Atom. Turn it into JSONL with the texts under the key 'text'.")
    for number, entry in enumerate(feed.entries, 1):
        try:
            yield _document(entry, feed.feed, source)
        except DocumentError as error:
            yield source.unread(str(error), row=number)
    if broken := _broken(feed):
        yield source.unread(
            f"The XML is broken ({broken}); entries behind that place may be missing. Fetch the feed anew."
        )


def _parsed(source: Source) -> Any:
    import feedparser

    data = source.read()
    declared = m[1].decode("ascii") if (m := _DECLARED.match(data)) else None
    text = source.decode(data, declared=declared)
    if _ENTITY.search(text):
        raise DocumentError(
            "The XML declares entities, which feeds have no need of and attacks have; remove the declarations."
        )
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        return feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except ValueError as error:  # of a namespace that is no address
        raise DocumentError("The XML has names that no feed has. Fetch the feed anew.") from error


def _broken(feed: Any) -> str | None:
    from xml.sax import SAXParseException

    error = feed.get("bozo_exception")
    return f"{error.getMessage()}, line {error.getLineNumber()}" if isinstance(error, SAXParseException) else None


def _document(entry: Any, feed: Any, source: Source) -> Document:
    full = max((visible(part.get("value") or "") for part in entry.get("content", [])), key=len, default="")
    text = full or visible(entry.get("summary") or "")
    if not text:
        raise DocumentError("The entry has no text of its own; fetch the page that it links to and read that.")
    publisher = entry.get("source", {}).get("title") or feed.get("title")
    return source.document(
        text,
        title=visible(entry.get("title") or ""),
        publisher=visible(publisher or ""),
        published=entry.get("published") or entry.get("updated"),
        url=entry.get("link"),
        language=entry.get("language") or feed.get("language"),
    )
