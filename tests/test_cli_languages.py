"""`dragoman read` says which documents are not in English, and does with them what it is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dragoman.cli import main

FRENCH = "Le ministre malien a déclaré lundi que son pays n’accepterait jamais de troupes étrangères sur son sol.\n"


@pytest.fixture
def page(tmp_path: Path) -> str:
    """A file in French."""
    path = tmp_path / "page.txt"
    path.write_text(FRENCH, encoding="utf-8")
    return str(path)


def run(*arguments: str) -> Result:
    """The command, in this process."""
    return CliRunner().invoke(main, ["read", *arguments, "--format", "jsonl"])


def test_by_default_it_is_left_out_and_named(page: str) -> None:
    """One line on standard error says what and why, and the status is 1."""
    result = run(page)
    assert result.exit_code == 1
    assert "it is in French, and only English is read" in result.stderr
    assert json.loads(result.stdout)["skipped"][0]["start"] == 0


def test_with_warn_it_is_read_and_named(page: str) -> None:
    """Nothing is left out; the line says that it was read as English."""
    result = run(page, "--other-languages", "warn")
    assert result.exit_code == 0
    assert "it is in French and was read as if it were English" in result.stderr
    assert json.loads(result.stdout)["skipped"] == []


def test_with_read_it_is_read_in_silence(page: str) -> None:
    """No word about it."""
    result = run(page, "--other-languages", "read")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout)["skipped"] == []
