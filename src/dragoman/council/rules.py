"""Votes -> what the Security Council decided, under Article 27 of the Charter.

    decide({"RUS": "no", "USA": "yes", ...}, on="2012-02-04").outcome        # "vetoed"

Since 1966 a decision takes nine votes of fifteen, before that it took seven of eleven (the amendment entered into force on 31
August 1965; the first Council of fifteen sat on 1 January 1966). On all but procedural matters a permanent member's no defeats a
draft that has the votes. An abstention is no veto (practice since 1946, confirmed by the International Court of Justice in 1971),
and neither is absence (the Soviet Union in 1950).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from dragoman.errors import UsageError
from dragoman.knowledge.seats import ENLARGED, FOUNDED, PERMANENT, size

Vote = Literal["yes", "abstain", "no", "absent"]
Outcome = Literal["adopted", "vetoed", "too_few_votes"]

VOTES: tuple[Vote, ...] = ("yes", "abstain", "no", "absent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An outcome and the votes that made it.

    `vetoes` are the permanent members whose no counts as a veto: all that voted no where the draft had the votes, otherwise none.
    `against` are the permanent members that voted no, whether or not it mattered.
    """

    outcome: Outcome
    yes: int
    required: int
    vetoes: tuple[str, ...]
    against: tuple[str, ...]


def required(on: str) -> int:
    """Affirmative votes that a decision takes on that date: 7 to the end of 1965, 9 since."""
    return 9 if on >= ENLARGED else 7


def decide(
    votes: Mapping[str, Vote],
    *,
    on: str,
    procedural: bool = False,
    parties: Collection[str] = (),
    pacific: bool = False,
) -> Decision:
    """The decision of these members, by id, on that day (ISO 8601).

    `procedural` matters know no veto (Article 27(2)). `pacific` says that the draft is under Chapter VI or Article 52(3): the
    `parties` to the dispute must abstain (Article 27(3)), and what they voted counts as an abstention. A member that is not among
    `votes` was absent. UsageError for a date before the first meeting, more votes than seats, or a word that is no vote.
    """
    _check(votes, on)
    counted = {member: "abstain" if pacific and member in parties else vote for member, vote in votes.items()}
    yes = sum(vote == "yes" for vote in counted.values())
    against = tuple(sorted(m for m, vote in counted.items() if vote == "no" and m in PERMANENT))
    enough = yes >= required(on)
    vetoes = () if procedural or not enough else against
    outcome: Outcome = "too_few_votes" if not enough else "vetoed" if vetoes else "adopted"
    return Decision(outcome=outcome, yes=yes, required=required(on), vetoes=vetoes, against=against)


def _check(votes: Mapping[str, Vote], on: str) -> None:
    if on < FOUNDED:
        raise UsageError(f"There was no Security Council on {on}: it first met on {FOUNDED}. Give a date since then.")
    if len(votes) > size(on):
        raise UsageError(
            f"{len(votes)} members voted, but the Council of {on} has {size(on)} seats. Leave out who had none."
        )
    for member, vote in votes.items():
        if vote not in VOTES:
            raise UsageError(f"{member} voted {vote!r}, which is no vote. Write {', '.join(VOTES)}.")
