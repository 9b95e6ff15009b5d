"""Verbs without a subject, a speaker's name before his turn, and what somebody needs to do: who acts, who wants it."""

from __future__ import annotations

import pytest

from dragoman import Document, Reader


@pytest.fixture(scope="module")
def rows():
    """Type, actors and recipients of the events of an invented report."""
    reader = Reader()

    def read(text: str) -> list[tuple[str, list[str | None], list[str | None]]]:
        events = reader.read(Document(text, published="2024-03-05")).events
        return [(e.type, [p.actor for p in e.actors], [p.actor for p in e.recipients]) for e in events]

    return read


def test_a_command_is_a_demand_on_whom_it_is_told_to(rows):
    """The minister asks for the retreat and makes none."""
    text = '"Pull back your security forces now," the Kenyan minister warned the Ugandan president.'
    assert rows(text) == [("REQUEST", ["ken-minister"], ["uga-president"])]


def test_a_name_before_a_turn_does_nothing(rows):
    """In a transcript the name says whose turn it is."""
    assert rows("MR. HOLBECK: Provided broader protection for Kenya than any treaty before it.") == []


def test_a_need_is_the_speakers_demand():
    """Who says that another needs to do something wants it; the other may not."""
    document = Document('"Uganda needs to withdraw its troops," the Kenyan minister said.', published="2024-03-05")
    (stance,) = Reader().read(document).stances
    assert (stance.holder.actor, stance.stance, stance.measure.type) == ("ken-minister", "supports", "withdrawal")
