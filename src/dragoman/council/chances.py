"""What a model says of a draft: will anyone dissent, and if so, how does each member vote?"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.council.past import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Chances:
    """The chance that a draft is contested, and if so each member's chances of yes, abstain, no."""

    members: tuple[str, ...]
    contested: float
    given: Floats

    @property
    def votes(self) -> Floats:
        """Each member's chances of yes, abstain, no, whether or not the draft is contested."""
        found = self.given * self.contested
        found[:, 0] += 1 - self.contested
        return found
