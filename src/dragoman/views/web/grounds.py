"""Proposal of a stance -> the rule that made it and the words it went by, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dragoman.reading.stances.chains import Step
from dragoman.reading.stances.grammar import is_negated
from dragoman.reading.stances.proposals import Proposal

RULES: Mapping[str, str] = {
    "stance": "A word for being for or against something takes it",
    "act": "Its holder carries it out or undoes it",
    "slight": "Its holder speaks of what harms it, and so stands up for it",
    "value": "Its holder says what it is worth",
    "duty": "Its holder says that it must be, or must not be",
    "owner": "The words say whose wish or objection it is",
    "label": "Its holder calls it by a name that denies it",
    "condition": "Its holder makes something else depend on it",
    "draft": "Its holder put the draft forward",
    "listed": "It stands in a list of what its holder asks for",
    "backed": "The words say whose support it has",
    "council": "Its holder says that the Council will not allow it",
    "answer": "Its holder answers what somebody asked or proposed",
    "warning": "Its holder warns of what would harm it",
}
"""By the ground of a proposal, what the rule says."""


def sentences(proposal: Proposal) -> Iterator[str]:
    """The rule, then the words from the measure up to the one whose holder takes the stance."""
    yield f"{RULES[proposal.ground]}."
    chain = proposal.chain
    said = [f"“{chain.head.text}” is denied"] if is_negated(chain.head) else []
    said += map(_passed, chain.steps)
    if said:
        yield f"From the measure up: {', '.join(said)}."


def _passed(step: Step) -> str:
    """What a word on the way says of what is below it."""
    if step.word is None:
        return f"“{step.token.text}” {'passes it on' if step.sign > 0 else 'turns it around'}"
    said = "for" if step.word.sign > 0 else "against"
    return f"“{step.token.text}” is {said} it{', but denied' if step.sign != step.word.sign else ''}"
