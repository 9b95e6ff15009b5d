"""Fixtures for the views: the invented report, and what a page says when its markup is taken away."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from html.parser import HTMLParser

import pytest

from dragoman.analysis import Analysis

from . import sample


@pytest.fixture(scope="session")
def report() -> Analysis:
    """The invented report, read by hand."""
    return sample.report()


@pytest.fixture(scope="session")
def hostile() -> Analysis:
    """A document whose text and provenance try to break out."""
    return sample.hostile()


@pytest.fixture
def written() -> Callable[..., str]:
    """What a writer writes for some analyses."""

    def write(writer: Callable[..., None], *analyses: Analysis) -> str:
        out = io.StringIO()
        writer(analyses, out)
        return out.getvalue()

    return write


class Element:
    """An HTML element as a browser would see it: name, attributes, and text and elements inside."""

    def __init__(self, name: str, attributes: Iterable[tuple[str, str | None]] = ()) -> None:
        self.name = name
        self.attributes = dict(attributes)
        self.inside: list[Element | str] = []

    def find(self, name: str, **wanted: str) -> list[Element]:
        """Elements below of that name (any for `*`) with those words in their attributes (`class_` for class)."""
        found = [e for e in self.all() if name in ("*", e.name)]
        return [
            e for e in found if all(v in (e.attributes.get(k.rstrip("_")) or "").split() for k, v in wanted.items())
        ]

    def all(self) -> list[Element]:
        """Every element below, in the order of the page."""
        below = [e for e in self.inside if isinstance(e, Element)]
        return [e for element in below for e in (element, *element.all())]

    def text(self, without: tuple[str, ...] = ()) -> str:
        """The text below, that of some elements left out."""
        return "".join(e if isinstance(e, str) else "" if e.name in without else e.text(without) for e in self.inside)


class _Builder(HTMLParser):
    VOID = frozenset({"meta", "br", "hr", "img", "link", "input"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, attrs)
        self.open[-1].inside.append(element)
        if tag not in self.VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


@pytest.fixture(scope="session")
def parsed() -> Callable[[str], Element]:
    """HTML -> its tree; AssertionError where elements do not nest."""

    def parse(html: str) -> Element:
        builder = _Builder()
        builder.feed(html)
        builder.close()
        assert builder.open == [builder.root], "an element is left open"
        return builder.root

    return parse
