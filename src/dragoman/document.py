"""A text with where it came from, and spans that quote it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date

from dragoman.errors import DocumentError

_DATE = re.compile(
    r"[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?)?)?"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A quotation: `text` stands at `[start, end)` of its document, counted in Unicode code points."""

    start: int
    end: int
    text: str

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Document:
    """A text and its provenance; `text` never changes after it was made.

    `publisher` is the outlet, `published` an ISO 8601 date or date-time or a prefix that carries its own precision
    (`2012-01`). `id` is the first 16 hex digits of SHA-256 over publisher, published and text: the same words from the same
    outlet on the same date are the same document.
    Raises DocumentError for a date of another form and for lone surrogates, which no encoding can store.
    """

    text: str
    title: str | None = field(default=None, kw_only=True)
    publisher: str | None = field(default=None, kw_only=True)
    published: str | None = field(default=None, kw_only=True)
    url: str | None = field(default=None, kw_only=True)
    language: str | None = field(default=None, kw_only=True)
    id: str = field(init=False)

    def __post_init__(self) -> None:
        if self.published is not None and not _is_date(self.published):
            raise DocumentError(
                f"published={self.published!r} is not an ISO 8601 date such as 2012-01-18, 2012-01 or 2012; "
                "give it in that form, or leave it out."
            )
        for name in ("text", "title", "publisher", "url"):
            if _SURROGATE.search(getattr(self, name) or ""):
                raise DocumentError(f"The {name} holds a lone surrogate, which is no character; replace it by U+FFFD.")
        object.__setattr__(self, "id", self._digest())

    def _digest(self) -> str:
        parts = (self.publisher or "", self.published or "", self.text)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]

    def span(self, start: int, end: int) -> Span:
        """The quotation at `[start, end)`; IndexError where that is not inside the text."""
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"[{start}, {end}) is not inside a text of {len(self.text)} code points.")
        return Span(start, end, self.text[start:end])


def _is_date(text: str) -> bool:
    """ISO 8601 to any precision from the year on, of a day that the calendar has."""
    if not _DATE.fullmatch(text):
        return False
    year, month, day, *_ = (*text[:10].split("-"), "01", "01")
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
