"""`dragoman read --on ray` and `dragoman watch` as commands: what they refuse, and in which words."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dragoman.cli import main


def run(*arguments: str) -> Result:
    """The command with these arguments."""
    return CliRunner().invoke(main, list(arguments))


def test_a_cluster_reads_into_a_record_only():
    """Thousands of pages are not for a screen."""
    result = run("read", "examples", "--on", "ray")
    assert result.exit_code == 2
    assert "name it with -o" in result.output


def test_without_ray_the_command_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Nothing is made before that."""
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    (tmp_path / "a.txt").write_text("The envoy spoke.")
    result = run("read", str(tmp_path / "a.txt"), "--on", "ray", "-o", str(tmp_path / "record"))
    assert result.exit_code == 2
    assert "dragoman[ray]" in result.output
    assert not (tmp_path / "record").exists()


def test_an_address_of_nothing_ends_the_command(tmp_path: Path):
    """With a sentence that names it."""
    result = run("read", str(tmp_path / "nowhere"), "--on", "ray", "-o", str(tmp_path / "record"))
    assert result.exit_code == 1
    assert "nowhere" in result.output


def test_a_watch_wants_a_record():
    """There is nobody to look at a screen."""
    assert run("watch", "inbox").exit_code == 2


def test_a_watch_refuses_an_address_that_is_none(tmp_path: Path):
    """Before it makes a record."""
    result = run("watch", str(tmp_path), "-o", str(tmp_path / "record"), "--metrics", "here")
    assert result.exit_code == 2
    assert "'here' is no address" in result.output
    assert not (tmp_path / "record").exists()
