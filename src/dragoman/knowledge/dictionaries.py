"""Paths of PETRARCH and TABARI dictionaries -> layers, parsed once and kept in the user's cache directory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.knowledge import kept, petrarch
from dragoman.knowledge.gazetteer import Gazetteer
from dragoman.knowledge.layer import Layer, build


def read_layer(path: str | Path, built_in: Callable[[], Gazetteer] = Gazetteer.load) -> Layer:
    """The dictionary at the path; `built_in` is asked only where the file has not been read before.

    UsageError where there is no such file or nothing in it is an actor or an agent. Lines that are malformed are in its `faults`.
    """
    data = content(path)
    key = hashlib.sha256(_code_digest() + hashlib.sha256(data).digest()).hexdigest()[:32]
    layer = _remembered(key)
    if layer is None:
        layer = build(petrarch.parse(data), built_in())
        kept.keep(key, layer.to_json())
    if not (layer.actors or layer.agents):
        raise UsageError(
            f"{path} holds no actor with a code, as in [SYRREB], and no agent, as in [~MIL]. "
            "Give --actors an actor or agent dictionary in the form of PETRARCH or TABARI."
        )
    return layer


def content(path: str | Path) -> bytes:
    """The bytes of a dictionary; UsageError where they cannot be read."""
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(
            f"The dictionary {path} cannot be read: {reason}. Check the path given with --actors."
        ) from None


def digest(path: str | Path) -> str:
    """The SHA-256 of a dictionary, in hex digits."""
    return hashlib.sha256(content(path)).hexdigest()


def _remembered(key: str) -> Layer | None:
    found = kept.find(key)
    try:
        return None if found is None else Layer.from_json(found)
    except (KeyError, TypeError, ValueError):
        return None


@cache
def _code_digest() -> bytes:
    """Changes with everything in the package that a layer depends on besides the file itself."""
    folder = files("dragoman.knowledge")
    sources = [
        folder / f"{name}.py" for name in ("actor_codes", "entries", "gazetteer", "layer", "petrarch", "surfaces")
    ]
    tables = [folder / "data" / f"{name}.csv" for name in ("states", "organizations", "groups", "people")]
    parts = [hashlib.sha256(file.read_bytes()).digest() for file in (*sources, *tables)]
    return b"".join(parts)
