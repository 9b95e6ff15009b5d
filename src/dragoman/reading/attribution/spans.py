"""What the tagger finds: who (source), the words that say so (cue), and what (content)."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]
"""Code points `[start, end)` of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One attribution, as PolNeAR and PARC 3.0 define it.

    Each role is a tuple of spans in text order, several where the text interrupts; `source` and `cue` are empty where the text
    names none. `within` is the number, in the tuple it came in, of the attribution whose content holds this one. `score` is the
    probability that a trained annotator marks this source and (by half of its words) this content.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float
    within: int | None = None
