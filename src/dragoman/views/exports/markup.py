"""Pieces of XML: elements with attributes and text, of the characters that XML can hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def element(name: str, attributes: Mapping[str, str], *content: str) -> str:
    """An element around content that is markup already; without content it closes itself."""
    inside = "".join(content)
    return f"{start(name, attributes)[:-1]}/>" if not inside else f"{start(name, attributes)}{inside}</{name}>"


def start(name: str, attributes: Mapping[str, str]) -> str:
    """The tag that begins an element."""
    return f"<{' '.join((name, *_attributes(attributes.items())))}>"


def text(value: str) -> str:
    """Text as markup; characters that XML cannot hold become U+FFFD, and a carriage return stays one."""
    return escape(_NO_XML.sub("\ufffd", value), {"\r": "&#13;"})


def _attributes(found: Iterable[tuple[str, str]]) -> Iterable[str]:
    return (f"{name}={quoteattr(_NO_XML.sub(chr(0xFFFD), value), {chr(13): '&#13;'})}" for name, value in found)
