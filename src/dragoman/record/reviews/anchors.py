"""Rows <-> rows that carry the words around them, so that they are found again in a text that has moved or been corrected.

A quoted span is a span of the contract with two more keys, `prefix` and `suffix`: the words before and after it. It is the
TextQuoteSelector and the TextPositionSelector of the W3C Web Annotation model in one. A row is found when all its spans are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

CONTEXT = 32
"""Code points kept before and after a quotation."""

_ENOUGH = 20
"""So many code points, quotation and context together, must agree; where less was kept, all of it."""

_ALIKE = 0.75
"""How similar words must be to pass for the quotation, corrected."""

Row = Mapping[str, Any]


def quoted(value: Any, text: str) -> Any:
    """The same value, with prefix and suffix in every span of it."""
    if isinstance(value, list | tuple):
        return [quoted(v, text) for v in value]
    if not isinstance(value, Mapping):
        return value
    row = {name: quoted(v, text) for name, v in value.items()}
    if is_span(row):
        row["prefix"] = text[max(row["start"] - CONTEXT, 0) : row["start"]]
        row["suffix"] = text[row["end"] : row["end"] + CONTEXT]
    return row


def unquoted(value: Any) -> Any:
    """The inverse of `quoted`."""
    if isinstance(value, list | tuple):
        return [unquoted(v) for v in value]
    if not isinstance(value, Mapping):
        return value
    return {name: unquoted(v) for name, v in value.items() if name not in ("prefix", "suffix")}


def relocated(value: Any, text: str) -> Any:
    """A quoted value without its context, its spans where they now stand in `text`; LookupError where one is not found."""
    if isinstance(value, list | tuple):
        return [relocated(v, text) for v in value]
    if not isinstance(value, Mapping):
        return value
    row = {name: relocated(v, text) for name, v in value.items() if name not in ("prefix", "suffix")}
    return {**row, **_span(value, text)} if is_span(value) else row


def is_span(value: Row) -> bool:
    """Whether a mapping is a span of the contract."""
    return {"start", "end", "text"} <= value.keys()


def find(text: str, span: Row) -> tuple[int, int] | None:
    """Where a quoted span now stands: its words in the best context, the nearest of equals; else what its context
    encloses, else what its first and last words do, if that is much like it."""
    exact, prefix, suffix = span["text"], span.get("prefix", ""), span.get("suffix", "")
    whole = len(exact) + len(prefix) + len(suffix)
    best = min(
        ((-_context(text, at, exact, prefix, suffix), abs(at - span["start"]), at) for at in _places(text, span)),
        default=None,
    )
    if best is not None and len(exact) - best[0] >= min(_ENOUGH, whole):
        return best[2], best[2] + len(exact)
    return (_between(text, exact, prefix, suffix) or _from_end_to_end(text, exact)) if exact else None


def _span(span: Row, text: str) -> dict[str, Any]:
    place = find(text, span)
    if place is None:
        raise LookupError(span["text"])
    return {"start": place[0], "end": place[1], "text": text[place[0] : place[1]]}


def _places(text: str, span: Row) -> Iterator[int]:
    """Everywhere the words stand; no words stand where their context meets."""
    exact, prefix = span["text"], span.get("prefix", "")
    needle, shift = (exact, 0) if exact else (prefix + span.get("suffix", ""), len(prefix))
    at = text.find(needle)
    while at >= 0:
        yield at + shift
        at = text.find(needle, at + 1) if needle else -1


def _context(text: str, at: int, exact: str, prefix: str, suffix: str) -> int:
    """How many code points before and after the place agree with the context that was kept."""
    before, after = text[max(at - len(prefix), 0) : at], text[at + len(exact) : at + len(exact) + len(suffix)]
    return _agreeing(before[::-1], prefix[::-1]) + _agreeing(after, suffix)


def _agreeing(one: str, other: str) -> int:
    """How many code points the two have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _between(text: str, exact: str, prefix: str, suffix: str) -> tuple[int, int] | None:
    """The words between the prefix and the suffix, if they are much like the quotation."""
    if len(prefix) + len(suffix) < _ENOUGH:
        return None
    return _most_alike(text, exact, _stretches(text, prefix, suffix, 2 * len(exact) + CONTEXT))


def _from_end_to_end(text: str, exact: str) -> tuple[int, int] | None:
    """The words from the quotation's beginning to its end, if they are much like it: something inside was corrected."""
    if len(exact) < 2 * _ENOUGH:
        return None
    edge = _ENOUGH // 2
    head, inside, tail = exact[:edge], exact[edge:-edge], exact[-edge:]
    found = _most_alike(text, inside, _stretches(text, head, tail, 2 * len(exact)))
    return None if found is None else (found[0] - edge, found[1] + edge)


def _stretches(text: str, opening: str, closing: str, longest: int) -> Iterator[tuple[int, int]]:
    """What stands between the two, nowhere longer than that; no opening is the beginning of the text, no closing its end."""
    at = text.find(opening)
    while at >= 0:
        start = at + len(opening)
        end = text.find(closing, start, start + longest + len(closing)) if closing else len(text)
        if 0 <= end <= start + longest:
            yield start, end
        at = text.find(opening, at + 1) if opening else -1


def _most_alike(text: str, exact: str, stretches: Iterable[tuple[int, int]]) -> tuple[int, int] | None:
    """The stretch most like the quotation, None where none is much like it."""
    best: tuple[float, tuple[int, int] | None] = (_ALIKE, None)
    for start, end in stretches:
        alike = SequenceMatcher(None, text[start:end], exact, autojunk=False).ratio()
        if alike >= best[0]:
            best = alike, (start, end)
    return best[1]
