"""What an export could not carry, counted in words that a user understands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Losses:
    """Counts by sentence, such as "events without a date are left out"; an export adds to it as it writes."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, what: str, times: int = 1) -> None:
        """Count `times` more of `what`; none leaves no trace."""
        if times:
            self.counts[what] += times

    def lines(self) -> list[str]:
        """One line for each kind of loss, in the order in which they first came."""
        return [f"{what}: {times:,}" for what, times in self.counts.items()]
