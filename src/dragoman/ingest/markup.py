"""A piece of HTML, as feeds carry it -> what its reader sees, a line for each block.

Not a parser of pages: the standard library's takes time in the square of the length for broken markup, and this takes it in
proportion.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:[^<>"']|"[^"<]{0,2000}"|'[^'<]{0,2000}'|["'])*>""")
_BLOCK = re.compile(r"address|article|blockquote|br|div|d[ldt]|h[1-6r]|li|[ou]l|p|pre|section|table|t[dr]")
_UNSEEN = frozenset(("script", "style", "head", "title"))


def visible(markup: str) -> str:
    """The text without tags, comments and scripts, entities resolved; line breaks stand between blocks and nowhere else."""
    lines = "".join(_shown(_without_comments(markup))).split("\n")
    return "\n".join(line for part in lines if (line := " ".join(html.unescape(part).split())))


def _without_comments(markup: str) -> str:
    first, *others = markup.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in others)


def _shown(markup: str) -> Iterator[str]:
    end = 0
    within: str | None = None
    for tag in _TAG.finditer(markup):
        name = tag[2].lower()
        if within is None:
            yield _on_one_line(markup[end : tag.start()])
        if within is None and name in _UNSEEN:
            within = name
        elif within == name and tag[1]:
            within = None
        if _BLOCK.fullmatch(name):
            yield "\n"
        end = tag.end()
    if within is None:
        yield _on_one_line(markup[end:])


def _on_one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ")
