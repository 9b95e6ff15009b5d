"""Text -> HTML that says exactly that text: everything is escaped unless this module built it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from dragoman.views.marks import visible

_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{style}</style>
</head>
<body class="{body}">
"""

NO_SCRIPT = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"
"""The content security policy of a page that carries its style, runs nothing and loads nothing."""


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


def head(title: str, style: str, *, body: str = "dragoman", policy: str = NO_SCRIPT) -> str:
    """A self-contained page up to its opened body, whose class is `body`; the title is escaped, the style is ours."""
    return _HEAD.format(policy=policy, title=markup(title), style=style, body=body)
