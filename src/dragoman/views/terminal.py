"""Analysis -> the page in a terminal: the text with its marks, a legend, and the three tables under it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TextIO

from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dragoman.analysis import Analysis, Event, Stance
from dragoman.views.marks import Mark, Segment, by_paragraph, marks, visible
from dragoman.views.table import STYLES, console, heading, put, under

_WORDS = ("skipped", "content", "source", "cue", "event", "measure", "condition")
"""The roles that a terminal shows, in the order in which a later one is laid over an earlier one."""

_SIGNS = {
    "source": ("{", "}"),
    "cue": ("<", ">"),
    "content": ("[", "]"),
    "fact": ("*", "*"),
    "claim": ("~", "~"),
    "measure": ("_", "_"),
    "condition": ("(", ")"),
}
_LINE_BREAK = re.compile(r"\r\n?")
_RAISED = str.maketrans("0123456789em+-", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵉᵐ⁺⁻")
_LEGEND = (
    ("source", "source", "1"),
    ("cue", "cue", "1"),
    ("content", "what is said", "1"),
    ("fact", "event as fact", "e1"),
    ("claim", "event as claim", "e2"),
    ("measure", "measure supported", "m1+"),
    ("measure", "opposed", "m2-"),
    ("condition", "condition", "m1"),
)


def write_pages(analyses: Iterable[Analysis], out: TextIO) -> None:
    """One marked-up page after another; without colour every mark is a sign, so that nothing is lost in a file."""
    screen = console(out)
    for number, analysis in enumerate(analyses):
        if number:
            put(screen, Rule(style="dim"))
        put(screen, *page(analysis, signs=screen.color_system is None))


def page(analysis: Analysis, *, signs: bool) -> Iterator[Table | Text]:
    """Heading, marked-up text, legend and tables."""
    yield heading(analysis)
    for paragraph in marked(analysis, signs=signs):
        yield Text()
        yield paragraph
    yield Text()
    yield legend(signs=signs)
    yield from under(analysis)


def marked(analysis: Analysis, *, signs: bool) -> Iterator[Text]:
    """The paragraphs with their marks; `signs` puts a sign around every mark instead of around contents only."""
    shown = [m for m in marks(analysis) if m.role in _WORDS]
    for _, found in by_paragraph(analysis.document.text, shown):
        line = Text()
        for segment in found:
            _append(line, segment, signs)
        yield line


def legend(*, signs: bool) -> Text:
    """What the marks mean, in the marks themselves."""
    text = Text()
    for look, words, label in _LEGEND:
        text.append("   " if text else "")
        left, right = _brackets(look, signs)
        text.append(left + words + right + label.translate(_RAISED), STYLES[look])
    return text


def _append(line: Text, segment: Segment, signs: bool) -> None:
    for mark in segment.opening:
        line.append(_brackets(_look(mark), signs)[0], STYLES[_look(mark)])
    line.append(_words(segment), _style(segment))
    for look, ending in groupby(segment.closing, key=_look):
        right = _brackets(look, signs)[1]
        labels = [_raised(m) for m in ending]
        line.append("".join(right + label for label in labels) if right else "·".join(labels[::-1]), STYLES[look])


def _words(segment: Segment) -> str:
    """The words; a stretch that was not read is one remark where it begins."""
    skipped = segment.skipped
    if skipped is None:
        return _LINE_BREAK.sub("\n", visible(segment.text))
    length = skipped.end - skipped.start
    return f"⟨{length:,} characters not read: {visible(skipped.reason)}⟩" if segment.start == skipped.start else ""


def _style(segment: Segment) -> str:
    """The look of the last role in `_WORDS`; contents show through under it as their brackets do."""
    over = max(segment.marks, key=lambda m: _WORDS.index(m.role), default=None)
    return "" if over is None else STYLES[_look(over)]


def _look(mark: Mark) -> str:
    if isinstance(mark.row, Event):
        return "claim" if mark.row.claimed_in else "fact"
    return mark.role


def _brackets(look: str, signs: bool) -> tuple[str, str]:
    return _SIGNS.get(look, ("", "")) if signs or look == "content" else ("", "")


def _raised(mark: Mark) -> str:
    side = ""
    if isinstance(mark.row, Stance) and mark.role == "measure":
        side = "+" if mark.row.stance == "supports" else "-"
    return (mark.label + side).translate(_RAISED)
