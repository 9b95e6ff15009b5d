"""What pictures share: the library that draws them, colours that every eye can tell apart, and files that come out the same."""

from __future__ import annotations

from types import ModuleType
from typing import IO, Any

from dragoman.errors import UsageError

SUPPORTS, OPPOSES, MIXED = "#0072b2", "#d55e00", "#7a7a7a"
"""Blue, vermilion and grey: of Okabe and Ito's colours two that differ in lightness too, so that grey copies can be read."""

PAPER, INK, SOFT, LINE = "#ffffff", "#1f1d1a", "#6b665e", "#ddd8cd"

COLOURS = {"supports": SUPPORTS, "opposes": OPPOSES, "mixed": MIXED}


def needed(name: str) -> ModuleType:
    """A library of the extra `pictures`; UsageError where it is not installed."""
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        library = name.partition(".")[0]
        raise UsageError(
            f"This needs {library}, which is not installed; pip install 'dragoman[pictures]' brings it."
        ) from error


def figure(width: float, height: float) -> Any:
    """An empty figure of that size in inches, drawn without a screen."""
    made: Any = needed("matplotlib.figure").Figure(figsize=(width, height), facecolor=PAPER)
    return made


def save(drawn: Any, out: IO[bytes], format: str) -> None:
    """Write a figure as png or svg: the same bytes for the same figure, and words as words."""
    matplotlib = needed("matplotlib")
    metadata = {"Date": None} if format == "svg" else {"Software": None}
    with matplotlib.rc_context({"svg.hashsalt": "dragoman", "svg.fonttype": "none"}):
        drawn.savefig(out, format=format, dpi=160, metadata=metadata)
