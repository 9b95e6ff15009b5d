"""A draft in TOML, what is to be changed of it, and votes taken as cast -> the draft that is meant, and its forecast.

What the command and the workbench have in common.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from dragoman.council.drafts import Draft, Names, draft_of
from dragoman.council.forecast import Council, Forecast, change_of
from dragoman.council.past import COUNTED
from dragoman.council.rules import Vote
from dragoman.errors import UsageError
from dragoman.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: the draft as TOML, where it is from, the day of the vote if not the draft's own, changes in words
    ("drop sanctions"), terms left out, votes taken as cast ("CHN=abstain"), and whether undated pages count."""

    text: str
    where: str
    date: str | None = None
    what_if: Sequence[str] = ()
    without: Sequence[str] = ()
    votes: Sequence[str] = ()
    undated: bool = False

    def draft(self, names: Names, topics: Mapping[str, str], measures: Collection[str]) -> Draft:
        """The draft that is meant, after the changes; InputError or UsageError says what is wrong with it."""
        read = draft_of(self.text, self.where, names, topics, measures, self.date or None)
        read = reduce(lambda draft, words: change_of(words, draft, measures), self.what_if, read)
        return reduce(lambda draft, measure: draft.without(measure), self.without, read)


def answer(
    question: Question, council: Council, names: Names, measures: Collection[str], record: Record | None
) -> Forecast:
    """The forecast that is asked for."""
    draft = question.draft(names, council.past.topics, measures)
    fixed = votes_of(question.votes, names, draft.date)
    return council.forecast(draft, record, fixed=fixed, undated=question.undated)


def votes_of(words: Sequence[str], names: Names, on: str) -> Mapping[str, Vote]:
    """`CHN=abstain` -> the vote of a member; UsageError where it is none."""
    found: dict[str, Vote] = {}
    for word in words:
        name, _, vote = word.partition("=")
        member = names.state(name.strip(), on)
        if member is None or vote not in COUNTED:
            raise UsageError(f"{word!r} is no vote of a member. Write it as CHN=abstain: {', '.join(COUNTED)}.")
        found[member] = vote
    return found
