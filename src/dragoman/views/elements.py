"""Text -> HTML that says exactly that text: everything is escaped unless this module built it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from dragoman.views.marks import visible


class Markup(str):
    """HTML that was built here and needs no escaping."""

    __slots__ = ()


def markup(content: str) -> Markup:
    """Escape a text, quotes included, and show its control characters; markup stays as it is."""
    return content if isinstance(content, Markup) else Markup(escape(visible(content)))


def join(parts: Iterable[str], between: str = "") -> Markup:
    """The parts one after another, each escaped where it needs to be."""
    return Markup(markup(between).join(markup(part) for part in parts))


def element(name: str, *children: str, **attributes: str | None) -> Markup:
    """`<name ...>children</name>`; `class_` is the attribute class, `data_r` is data-r, an attribute of None is left out."""
    pairs = ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items() if value is not None)
    opening = "".join(f' {key}="{markup(value)}"' for key, value in pairs)
    return Markup(f"<{name}{opening}>{join(children)}</{name}>")
