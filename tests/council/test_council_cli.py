"""`dragoman council ...` as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dragoman.cli import main

EXAMPLE = str(Path(__file__).parents[2] / "docs" / "drafts" / "syria-2012.toml")


def run(*words: str) -> tuple[int, str]:
    """Status, and what was printed."""
    done = CliRunner().invoke(main, ["council", *words])
    return done.exit_code, done.output


def test_members_of_a_day() -> None:
    """Fifteen, by name and kind of seat."""
    status, shown = run("members", "--date", "2012-02-04")
    assert status == 0
    assert shown.count("permanent") == 5
    assert shown.count("elected") == 10
    assert "Togo" in shown


def test_history_of_a_member_as_it_ships() -> None:
    """Counts by two years and topic."""
    status, shown = run("history", "--country", "RUS", "--topic", "Syria")
    assert status == 0
    assert "2012" in shown


def test_history_from_tables(tables) -> None:
    """Each vote with its outcome."""
    votes, drafts = tables(("2012-02-04", "Syria", "France", {"China": "No"}))
    status, shown = run("history", "--country", "China", "--votes", str(votes), "--drafts", str(drafts))
    assert status == 0
    assert "vetoed" in shown


def test_a_forecast_as_a_table_page_and_json() -> None:
    """The same in three forms."""
    status, shown = run("forecast", EXAMPLE)
    assert status == 0
    assert "adopted" in shown
    assert "RUS" in shown
    assert "█" in shown
    _, page = run("forecast", EXAMPLE, "--format", "html")
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert page.count("<svg") == 15
    row = json.loads(run("forecast", EXAMPLE, "--format", "json")[1])
    assert set(row["outcomes"]) == {"adopted", "vetoed", "too_few_votes"}


def test_what_ifs_on_the_command_line() -> None:
    """A term dropped and a vote put in."""
    words = ("--without", "dialogue", "--what-if", "drop ceasefire", "--vote", "CHN=abstain", "--format", "json")
    row = json.loads(run("forecast", EXAMPLE, *words)[1])
    assert [t["measure"] for t in row["draft"]["terms"]] == ["leadership_change", "withdrawal"]
    assert row["fixed"] == {"CHN": "abstain"}


def test_a_backtest_prints_and_writes(tables, tmp_path: Path) -> None:
    """Figures on standard output, predictions in their file."""
    votes, drafts = tables(
        *((f"2012-{m:02}-05", "Syria", "France", {"China": "No"} if m == 6 else {}) for m in range(1, 9))
    )
    out = tmp_path / "p.csv"
    files = ("--votes", str(votes), "--drafts", str(drafts))
    status, shown = run("backtest", *files, "--since", "2012-03-01", "--predictions", str(out))
    assert status == 0
    assert "log loss" in shown
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1 + 6 * 15


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (("members", "--date", "1945-01-01"), "terms are recorded from 1946-01-17"),
        (("history", "--country", "Ruritania"), "'Ruritania' is no state"),
        (("history", "--country", "RUS", "--topic", "Ruritania"), "No vote of RUS on 'Ruritania' is known"),
        (("forecast", EXAMPLE, "--date", "1945-01-01"), "terms are recorded from 1946-01-17"),
        (("forecast", EXAMPLE, "--without", "sanctions"), "no term 'sanctions' to drop"),
        (("forecast", EXAMPLE, "--vote", "CHN=maybe"), "is no vote of a member"),
        (("forecast", EXAMPLE, "--votes", "v.csv"), "--votes and --drafts go together"),
    ],
)
def test_a_wrong_call_is_one_sentence(words: tuple[str, ...], rule: str) -> None:
    """With status 2."""
    status, shown = run(*words)
    assert status == 2
    assert rule in " ".join(shown.split())
