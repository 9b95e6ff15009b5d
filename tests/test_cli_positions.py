"""`dragoman positions`, `changes`, `redlines` and `coalitions` from the outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dragoman.cli import main

from .record.positions.debate import BRAZIL, CHAD, MINISTER, NORWAY, record_of, says


@pytest.fixture
def record(tmp_path: Path) -> str:
    """Two countries on sanctions against Chad, one of which turns."""
    record_of(
        tmp_path / "r",
        says(MINISTER, "opposes", toward=CHAD, on="2024-01-01", force="red_line"),
        says(NORWAY, "supports", toward=CHAD, on="2024-03-01"),
        says(BRAZIL, "supports", toward=CHAD, on="2024-02-01"),
    )
    return str(tmp_path / "r")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_positions_of_one_actor_on_one_measure(record: str):
    """Options choose by name, measure, target and date."""
    options = (
        "--actor",
        "Norway",
        "--measure",
        "sanctions",
        "--toward",
        "Chad",
        "--until",
        "2024-02",
        "--format",
        "json",
    )
    answer = run("positions", record, *options)
    assert answer.exit_code == 0, answer.output
    (held,) = json.loads(answer.stdout)
    assert (held["actor"], held["stance"], held["force"]) == ("NOR", "opposes", "red_line")


def test_by_actor_the_minister_stands_for_herself(record: str):
    """Nobody counts as another."""
    answer = run("positions", record, "--by", "actor", "--format", "json")
    assert [p["name"] for p in json.loads(answer.stdout)] == ["Brazil", "Marta Ilvesk", "Norway"]


@pytest.mark.parametrize(("suffix", "start"), [("html", b"<!doctype html>"), ("csv", b"actor,"), ("json", b"[")])
def test_the_name_of_the_file_chooses_the_format(record: str, tmp_path: Path, suffix: str, start: bytes):
    """Nothing goes to standard output then."""
    file = tmp_path / f"out.{suffix}"
    answer = run("positions", record, "-o", str(file))
    assert (answer.exit_code, answer.output) == (0, "")
    assert file.read_bytes().startswith(start)


@pytest.mark.parametrize("command", ["positions", "coalitions"])
def test_pictures_are_written_to_files(record: str, tmp_path: Path, command: str):
    """By the name of the file."""
    pytest.importorskip("matplotlib")
    pytest.importorskip("networkx")
    file = tmp_path / "out.png"
    answer = run(command, record, "-o", str(file))
    assert answer.exit_code == 0, answer.output
    assert file.read_bytes().startswith(b"\x89PNG")


def test_changes_and_red_lines(record: str):
    """Both answer with tables and JSON."""
    assert "turned" in run("changes", record, "--since", "2024-02-15").output
    (line,) = json.loads(run("redlines", record, "--format", "json").stdout)
    assert (line["fate"], line["date"]) == ("contradicted", "2024-01-01")


def test_coalitions_as_csv(record: str):
    """Norway was against sanctions and for them; Brazil was for them."""
    answer = run("coalitions", record, "--aggregation", "conflict", "--format", "csv")
    assert answer.stdout.splitlines() == ['"";"Brazil";"Norway"', '"Brazil";0;1', '"Norway";1;0']


def test_windows_make_a_numbered_file_each(record: str, tmp_path: Path):
    """As DNA names them: number and date before the extension."""
    answer = run("coalitions", record, "--window", "1", "--nodes", "both", "-o", str(tmp_path / "net.csv"))
    assert answer.exit_code == 0, answer.output
    assert sorted(p.name for p in tmp_path.glob("*.csv")) == [f"net {n} 2024-0{n}-01.csv" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("positions", "--measure", "sanktions"), "There is no measure"),
        (("positions", "--actor", "Norwy"), "did you mean Norway"),
        (("positions", "--since", "spring"), "no date"),
        (("coalitions", "--nodes", "both", "--aggregation", "conflict"), "not defined for nodes='both'"),
        (("coalitions", "--window", "2", "--format", "csv"), "give a name for them"),
    ],
)
def test_a_wrong_call_ends_with_a_sentence_and_status_2(record: str, arguments: tuple[str, ...], words: str):
    """Nothing is written."""
    answer = run(arguments[0], record, *arguments[1:])
    assert answer.exit_code == 2
    assert words in answer.output
