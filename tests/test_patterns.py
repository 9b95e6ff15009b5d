"""No regular expression of ours can be made slow: time grows with the length of the text, whatever is repeated in it."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import dragoman

LENGTH = 100_000
LIMIT = 1.0
"""Seconds for one text of that length: a linear pattern takes some milliseconds, a quadratic one about a minute."""

PIECES = (
    "a",
    "A",
    "é",
    "0",
    " ",
    "\n",
    "\r\n",
    ".",
    "-",
    "_",
    '"',
    "“",
    "<",
    "(",
    "[",
    "a ",
    "0,",
    "0 ",
    "A.",
    "a\n",
    "<a ",
    " \n",
    "-0",
    "a=",
    "a:",
)
FLAGS = {
    name: getattr(re, name)
    for name in ("I", "IGNORECASE", "M", "MULTILINE", "S", "DOTALL", "X", "VERBOSE", "A", "ASCII")
}
FUNCTIONS = {"match": "match", "fullmatch": "fullmatch"}


@dataclass(frozen=True)
class Used:
    """A pattern and how it is used: `finditer` stands for everything that looks at each place of a text."""

    module: str
    name: str
    pattern: re.Pattern[Any]
    methods: frozenset[str]

    def __str__(self) -> str:
        return f"{self.module}:{self.name}"


@cache
def patterns() -> tuple[Used, ...]:
    """Every pattern that our modules hold as a constant or write where they use it."""
    return tuple(used for module in modules() for used in (*constants(module), *written(module)))


def modules() -> Iterator[ModuleType]:
    """All modules whose dependencies are installed."""
    for found in pkgutil.walk_packages(dragoman.__path__, "dragoman."):
        try:
            yield importlib.import_module(found.name)
        except ImportError as error:
            assert (error.name or "").partition(".")[0] != "dragoman", found.name


def source(module: ModuleType) -> str:
    """The text of a module."""
    return Path(module.__file__ or "").read_text(encoding="utf-8")


def constants(module: ModuleType) -> Iterator[Used]:
    """The patterns among a module's names, also within tuples and tables."""
    text = source(module)
    for name, value in vars(module).items():
        methods = re.findall(rf"\b{re.escape(name)}\.(\w+)\(", text)
        kinds = frozenset(FUNCTIONS.get(method, "finditer") for method in methods) or frozenset({"finditer"})
        for number, pattern in enumerate(within(value)):
            yield Used(module.__name__, f"{name}[{number}]", pattern, kinds)


def within(value: Any) -> Iterator[re.Pattern[Any]]:
    """The patterns in a value."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        yield from (p for each in value.values() for p in within(each))
    elif isinstance(value, list | tuple | frozenset | set):
        yield from (p for each in value for p in within(each))


def written(module: ModuleType) -> Iterator[Used]:
    """The patterns in calls such as `re.sub(r"...", ...)`."""
    for node in ast.walk(ast.parse(source(module))):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=method),
                args=[ast.Constant(value=str() | bytes() as text), *rest],
            ) if method not in ("escape", "compile"):
                named = {
                    n.attr
                    for each in [*rest, *(k.value for k in node.keywords)]
                    for n in ast.walk(each)
                    if isinstance(n, ast.Attribute)
                }
                flags = sum(FLAGS[name] for name in named & set(FLAGS))
                kind = frozenset({FUNCTIONS.get(method, "finditer")})
                yield Used(module.__name__, f"line {node.lineno}", re.compile(text, flags), kind)


def heads(pattern: re.Pattern[Any]) -> set[str]:
    """Beginnings that lead a search into the pattern: its literal characters as far as they go, whole and in part."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    words = re.findall(r"[A-Za-z<!&?=:/-]{2,}", re.sub(r"\(\?[a-zA-Z<>=!:]+|\\.", " ", text))
    return {"", *words[:4]}


def seconds(used: Used, text: str) -> float:
    """How long the pattern takes for a text, in the slowest way it is used."""
    subject: Any = text if isinstance(used.pattern.pattern, str) else text.encode()
    began = time.process_time()
    for method in used.methods:
        if method == "finditer":
            for _ in used.pattern.finditer(subject):
                pass
        else:
            getattr(used.pattern, method)(subject)
    return time.process_time() - began


def slow_text(used: Used) -> str | None:
    """A text on which the pattern is too slow, or None; short ones come first, since some never end on long ones."""
    for head in sorted(heads(used.pattern)):
        for piece in dict.fromkeys((*PIECES, head or "a")):
            for length in (20, LENGTH // 100, LENGTH // 10, LENGTH):
                if seconds(used, head + piece * (length // len(piece)) + "\x00") > LIMIT * (length / LENGTH) + 0.02:
                    return f"{head!r} + {piece!r} * {length // len(piece)}"
    return None


def test_the_patterns_are_found():
    """Constants, tables of patterns and calls alike."""
    names = {str(used) for used in patterns()}
    assert len(names) > 80
    assert any(name.startswith("dragoman.ingest.markup:_TAG") for name in names)
    assert any(":line " in name for name in names)


@pytest.mark.parametrize("text", [r"(a+)+b", r"\s+\n", r"a*a*b"])
def test_a_slow_pattern_is_found_out(text: str):
    """The check itself: patterns that are known to be bad do not pass."""
    assert slow_text(Used("here", text, re.compile(text), frozenset({"finditer"})))


@pytest.mark.slow
@pytest.mark.parametrize("used", patterns(), ids=str)
def test_time_grows_with_the_length(used: Used):
    """A hundred thousand repetitions of a character or two cost a moment, also behind what the pattern begins with."""
    assert slow_text(used) is None


def test_links_are_found_in_an_endless_word_at_once():
    """The search began anew at every letter; only the size of the sample it is used on kept that short: a find of this module."""
    from dragoman.reading import language

    began = time.process_time()
    assert language._LINK.sub(" ", "a" * LENGTH) == "a" * LENGTH
    assert time.process_time() - began < LIMIT
    assert language._LINK.sub(" ", "see xhttp://wire.example/a or www.wire.example now") == "see   or   now"


def test_a_page_of_spaces_is_cut_into_sentences_at_once():
    """The search for line breaks began anew at every space: a find of this module."""
    from dragoman.views.exports import sentences

    began = time.process_time()
    assert not list(sentences._END.finditer(" " * LENGTH))
    assert time.process_time() - began < LIMIT
