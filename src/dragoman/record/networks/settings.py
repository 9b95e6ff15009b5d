"""What is linked in a network, and how a link is counted: the choices of discourse network analysis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from dragoman.errors import UsageError
from dragoman.record.networks.windows import UNITS, Unit

Nodes = Literal["actors", "measures", "both"]
Aggregation = Literal["ignore", "congruence", "conflict", "subtract", "combine"]
Normalisation = Literal["none", "average", "jaccard", "cosine", "activity", "prominence"]
Duplicates = Literal["none", "document", "story", "day", "week", "month", "year", "across"]
LONGER = ("week", "month", "year")
"""The units of `duplicates` that are longer than a day."""

ONE_MODE: dict[str, tuple[str, ...]] = {
    "aggregation": ("ignore", "congruence", "conflict", "subtract"),
    "normalisation": ("none", "average", "jaccard", "cosine"),
}
TWO_MODE: dict[str, tuple[str, ...]] = {
    "aggregation": ("ignore", "subtract", "combine"),
    "normalisation": ("none", "activity", "prominence"),
}
"""What is defined for one kind of nodes, and for two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSettings:
    """What is linked, and how a link is counted; the names are those of DNA.

    `nodes`: actors linked over measures, measures linked over actors, or both, each actor to each measure.
    `aggregation`: with one kind of nodes ignore (spoke of the same), congruence (the default), conflict, subtract (congruence -
    conflict); with both ignore, subtract (supports - opposes; the default), combine (1 supports, 2 opposes, 3 both).
    `normalisation`: with one kind average, jaccard, cosine; with both activity (of the actor), prominence (of the measure).
    `duplicates`: a statement of the same actor, concept and qualifier counts once for each document, story, day, week, month or
    year, or once across the whole range; with none (DNA's include) always. `by_target` makes concepts of measure and
    target together. `window` and `unit` give a network for each stretch of that many units, one unit apart; with
    `isolates` all of them have the same nodes.
    """

    nodes: Nodes = "actors"
    aggregation: Aggregation | None = None
    normalisation: Normalisation = "none"
    duplicates: Duplicates = "document"
    by_target: bool = False
    window: int | None = None
    unit: Unit = "months"
    isolates: bool = False

    def __post_init__(self) -> None:
        if self.aggregation is None:
            object.__setattr__(self, "aggregation", "subtract" if self.nodes == "both" else "congruence")
        known = TWO_MODE if self.nodes == "both" else ONE_MODE
        choices = {"nodes": get_args(Nodes), **known, "duplicates": get_args(Duplicates), "unit": UNITS}
        for name, allowed in choices.items():
            if (value := getattr(self, name)) not in allowed:
                about = f" for nodes={self.nodes!r}" if name in known else ""
                raise UsageError(f"{name}={value!r} is not defined{about}; choose {', '.join(allowed)}.")
        if self.window is not None and self.window < 1:
            raise UsageError(f"window={self.window} holds nothing; give 1 or more.")
