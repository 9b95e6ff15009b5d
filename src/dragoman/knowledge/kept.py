"""Values that took long to make, kept between runs in the user's cache directory; losing them costs time and nothing else."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any


def find(key: str) -> Any | None:
    """What was kept under the key; None where nothing was, or not all of it is there."""
    try:
        seal, _, body = _file(key).read_bytes().partition(b"\n")
        return json.loads(body) if seal == _seal(body) else None
    except (OSError, ValueError, RuntimeError, RecursionError):
        return None


def keep(key: str, value: Any) -> None:
    """Keep a JSON value under the key, whole or not at all; nothing happens where the directory cannot be written."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    with suppress(OSError, RuntimeError):
        file = _file(key)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, new = tempfile.mkstemp(prefix=f"{file.name}-", dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(_seal(body) + b"\n" + body)
            Path(new).replace(file)
        except OSError:
            Path(new).unlink(missing_ok=True)
            raise


def folder() -> Path:
    """Where it is kept: a folder of dragoman's own in `XDG_CACHE_HOME`, or where the system keeps caches."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if Path(given).is_absolute():
        return Path(given) / "dragoman"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "dragoman" / "Cache"
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "dragoman"


def _file(key: str) -> Path:
    return folder() / f"dictionary-{key}.json"


def _seal(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()
