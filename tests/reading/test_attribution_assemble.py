"""Attributions are put together from spans: what continues what, and in which order they come."""

from __future__ import annotations

import pytest

from dragoman.reading.attribution import Attribution
from dragoman.reading.attribution.assemble import _continues, _sorted

CASES = [
    ("“It is shut,” he said. “It stays so.”", True, "only the speaker's own words stand between"),
    ("“It is shut,” he said.\n\n“It stays so.”", True, "a new paragraph changes nothing"),
    ("“It is shut,” he said. Rain fell. “It stays so.”", False, "somebody else's words stand between"),
    ("“It is shut,” he said. It stays so.", False, "what follows is no quotation"),
    ("“It is shut,” he said." + " " * 300 + "“It stays so.”", False, "it is too far away"),
]


def spans(text: str, *quotes: str) -> tuple[tuple[int, int], ...]:
    return tuple((text.index(quote), text.index(quote) + len(quote)) for quote in quotes)


@pytest.mark.parametrize(("text", "expected", "why"), CASES, ids=[why for _, _, why in CASES])
def test_a_quotation_continues_the_attribution_before_it(text, expected, why):
    """A quotation without cue goes on with the last speaker only where nothing else stands between."""
    before = Attribution(
        source=spans(text, "he"), cue=spans(text, "said"), content=spans(text, "“It is shut,”"), score=0.9
    )
    opening = "“It stays" if "“It stays" in text else "It stays"
    quote = Attribution(source=(), cue=(), content=((text.index(opening), len(text)),), score=0.5)
    assert _continues(text, before, quote) is expected, why


def test_a_quotation_before_does_not_continue_what_follows():
    """Nothing continues an attribution that stands behind it."""
    text = "“First.” “Second,” he said."
    later = Attribution(source=(), cue=(), content=spans(text, "“Second,”"), score=0.9)
    quote = Attribution(source=(), cue=(), content=spans(text, "“First.”"), score=0.5)
    assert not _continues(text, later, quote)


def made(start: int, within: int | None = None) -> Attribution:
    return Attribution(source=(), cue=(), content=((start, start + 5),), score=0.5, within=within)


def test_attributions_come_in_the_order_of_their_contents():
    """Whatever order they were found in."""
    assert [a.content[0][0] for a in _sorted([made(30), made(10), made(20)])] == [10, 20, 30]


def test_an_inner_attribution_keeps_its_holder_when_the_order_changes():
    """`within` names the same attribution after sorting as before."""
    found = [made(0), made(50, within=0), made(30), made(31, within=2)]
    ordered = _sorted(found)
    assert [(a.content[0][0], a.within) for a in ordered] == [(0, None), (30, None), (31, 1), (50, 0)]


def test_the_holder_comes_before_what_it_holds():
    """Where both contents begin at the same letter the outer one is first."""
    outer, inner = _sorted([made(7), made(7, within=0)])
    assert (outer.within, inner.within) == (None, 0)
