"""What an import gives besides analyses and documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dragoman.analysis import Analysis


@dataclass(frozen=True, slots=True)
class Judged:
    """That a person wrote a row: who (`coder`), when (ISO 8601 with an offset) and what else is to be kept (`note`)."""

    coder: str
    at: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A document with the rows that people wrote; `judged` has the id of each row. Such rows outlive every new reading."""

    analysis: Analysis
    judged: Mapping[str, Judged] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lost:
    """Something of a source that was left out on purpose: `what`, and how often."""

    name: str
    what: str
    times: int

    def __str__(self) -> str:
        return f"{self.name}: {self.what}: {self.times:,}"
