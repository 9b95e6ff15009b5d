"""PETRARCH's XML of sentences -> documents: one for each story, its sentences in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from dragoman.document import Document
from dragoman.errors import DocumentError
from dragoman.ingest.source import Source, Unread

_ELEMENTS = ("Sentence", "Article")


def read_petrarch(source: Source) -> Iterator[Document | Unread]:
    """The stories in the order in which they first come; parses are passed over, since dragoman makes its own."""
    stories: dict[tuple[str, str], list[Any]] = {}
    for number, element in enumerate(_root(source), 1):
        if element.tag not in _ELEMENTS:
            yield source.unread(f"<{element.tag}> is neither Sentence nor Article.", row=number)
        else:
            stories.setdefault((element.get("source", ""), _story(element)), []).append(element)
    for elements in stories.values():
        try:
            yield _document(elements, source)
        except DocumentError as error:
            yield source.unread(f"Story {_story(elements[0])}: {error}")


def _root(source: Source) -> Any:
    try:
        return fromstring(source.read(), forbid_dtd=True)
    except ParseError as error:
        raise DocumentError(f"It is not valid XML ({error}); '&' and '<' in texts have to be escaped.") from None
    except DefusedXmlException:
        raise DocumentError("The XML declares entities, which attacks do; remove the declarations.") from None


def _story(element: Any) -> str:
    """The story's id: of a sentence that is one, the part before its number."""
    id: str = element.get("id", "")
    return id.rpartition("_")[0] or id if element.get("sentence", "").lower() == "true" else id


def _number(element: Any) -> int:
    last = element.get("id", "").rpartition("_")[2]
    return int(last) if last.isdigit() else 0


def _document(elements: list[Any], source: Source) -> Document:
    ordered = sorted(elements, key=_number) if len(elements) > 1 else elements
    texts = [" ".join((element.findtext("Text") or "").split()) for element in ordered]
    first = ordered[0]
    return source.document(
        " ".join(text for text in texts if text),
        title=first.get("title"),
        publisher=first.get("source"),
        published=first.get("published") or first.get("date"),
        url=first.get("url"),
        language=first.get("language"),
    )
