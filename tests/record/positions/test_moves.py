"""Changes since a date, and what became of red lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.record import Selection

from .debate import BRAZIL, CHAD, MINISTER, NORWAY, record_of, says


def test_a_position_that_turned_shows_old_and_new_words(tmp_path: Path):
    """Old words are the last before the date, new ones the first that disagree."""
    record = record_of(
        tmp_path / "r",
        says(NORWAY, "opposes", on="2024-01-01", words="Never."),
        says(NORWAY, "supports", on="2024-03-01", words="Gladly."),
    )
    (change,) = record.changes("2024-02")
    assert (change.moved, change.old, change.new) == ("turned", "opposes", "supports")
    assert (change.before.words, change.after.words) == ("Never.", "Gladly.")


def test_a_position_without_a_past_is_new(tmp_path: Path):
    """There is nothing before it to compare with."""
    record = record_of(tmp_path / "r", says(NORWAY, "opposes", on="2024-03-01"))
    (change,) = record.changes("2024-03-01")
    assert (change.moved, change.old, change.before) == ("new", None, None)


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [("plain", "demand", ["firmer"]), ("veto_threat", "plain", ["softer"]), ("red_line", "red_line", [])],
)
def test_the_same_stance_gets_firmer_or_softer(tmp_path: Path, old: str, new: str, moved: list[str]):
    """The strongest force before the date and since are compared."""
    record = record_of(
        tmp_path / "r",
        says(NORWAY, "opposes", on="2024-01-01", force=old),
        says(NORWAY, "opposes", on="2024-03-01", force=new),
    )
    assert [c.moved for c in record.changes("2024-02-01")] == moved


def test_who_is_silent_since_the_date_has_not_moved(tmp_path: Path):
    """Silence is no change, and a document without a date is neither before nor after."""
    record = record_of(tmp_path / "r", says(NORWAY, "opposes", on="2024-01-01"), says(BRAZIL, "opposes", on=None))
    assert record.changes("2024-02") == ()


def test_the_latest_change_comes_first(tmp_path: Path):
    """A reader wants the news."""
    record = record_of(
        tmp_path / "r", says(NORWAY, "opposes", on="2024-03-01"), says(BRAZIL, "opposes", on="2024-04-01")
    )
    assert [c.position.name for c in record.changes("2024")] == ["Brazil", "Norway"]


def test_changes_need_both_sides_of_their_date(tmp_path: Path):
    """A selection that begins at a date would make everything new."""
    record = record_of(tmp_path / "r", says(NORWAY, "opposes"))
    with pytest.raises(UsageError, match="leave `since` out"):
        record.changes("2024", Selection(since="2024"))
    with pytest.raises(UsageError, match="no date"):
        record.changes("soon")


@pytest.mark.parametrize(
    ("stance", "force", "condition", "fate"),
    [
        ("opposes", "red_line", None, "repeated"),
        ("opposes", "veto_threat", None, "repeated"),
        ("opposes", "plain", None, "softened"),
        ("opposes", "red_line", "unless Chad asks", "softened"),
        ("supports", "plain", None, "contradicted"),
    ],
)
def test_a_later_passage_of_the_same_holder_tells_the_fate_of_a_line(
    tmp_path: Path, stance: str, force: str, condition: str | None, fate: str
):
    """The same side as a line repeats it, weaker or on condition softens it, the other side contradicts it."""
    record = record_of(
        tmp_path / "r",
        says(MINISTER, "opposes", on="2024-01-01", force="red_line", words="No boots on the ground."),
        says(NORWAY, stance, on="2024-02-01", force=force, condition=condition, words="A later word."),
    )
    line = record.red_lines()[0]
    assert (line.position.name, line.line.words, line.line.date) == ("Norway", "No boots on the ground.", "2024-01-01")
    assert (line.fate, [x.evidence.date for x in line.later]) == (fate, ["2024-02-01"])


def test_a_line_without_an_echo_stands(tmp_path: Path):
    """Passages of the same day, of another holder, target or measure, or before it, are no echo."""
    record = record_of(
        tmp_path / "r",
        says(NORWAY, "opposes", on="2024-01-02", force="veto_threat"),
        says(NORWAY, "supports", on="2024-01-01"),
        says(NORWAY, "opposes", on="2024-01-02", words="The same day."),
        says(NORWAY, "supports", on="2024-01"),
        says(NORWAY, "supports", on="2024-03-01", toward=CHAD),
        says(NORWAY, "supports", "dialogue", on="2024-03-01"),
        says(BRAZIL, "supports", on="2024-03-01"),
    )
    (line,) = record.red_lines()
    assert (line.fate, line.later) == ("stands", ())


def test_one_line_in_several_papers_is_one_line(tmp_path: Path):
    """The passages of all of them are its evidence."""
    wires = [says(NORWAY, "opposes", force="red_line", publisher=p, words="Never.") for p in ("Wire", "Herald")]
    (line,) = record_of(tmp_path / "r", wires).red_lines()
    assert [e.publisher for e in line.evidence] == ["Herald", "Wire"]


def test_the_gravest_echo_of_the_last_day_decides(tmp_path: Path):
    """Repeated in one paper and contradicted in another on the same day is contradicted."""
    record = record_of(
        tmp_path / "r",
        says(NORWAY, "opposes", on="2024-01-01", force="red_line"),
        says(NORWAY, "supports", on="2024-02-01", words="Yes."),
        says(NORWAY, "opposes", on="2024-02-01", force="red_line", words="No."),
    )
    assert [x.fate for x in record.red_lines()] == ["contradicted", "stands"]


def test_lines_come_in_the_order_of_time(tmp_path: Path):
    """Those without a date come last."""
    days = ("2024-02-01", None, "2024-01-01")
    record = record_of(
        tmp_path / "r", [says(NORWAY, "opposes", on=d, force="red_line", words=f"No, {d}.") for d in days]
    )
    assert [x.line.date for x in record.red_lines()] == ["2024-01-01", "2024-02-01", None]
