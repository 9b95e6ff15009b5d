"""What a reading was made with, as a short digest: code, knowledge, models and settings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from dragoman.knowledge.dictionaries import digest

_READ_BY = ("reading", "knowledge", "analysis.py", "document.py")


def fingerprint(settings: Mapping[str, object], dictionaries: Iterable[str] = ()) -> str:
    """16 hex digits that change when anything changes that a reading depends on; of dictionaries the content, not the path."""
    pipeline = str(settings["pipeline"]).replace("_", "-")
    read = {**settings, "actors": [digest(path) for path in dictionaries]}
    parts = (_package_digest(), json.dumps(read, sort_keys=True), _version("spacy"), _version(pipeline))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


@cache
def _package_digest() -> str:
    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for name in _READ_BY:
        path = root / name
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except ModuleNotFoundError:
        return "unknown"
