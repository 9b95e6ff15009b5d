"""The documentation is true: samples, links, commands and Python blocks."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])


def test_the_samples_of_the_readme_are_what_dragoman_writes_now():
    """`python docs/readme.py` writes them."""
    check = subprocess.run([sys.executable, ROOT / "docs" / "readme.py", "--check"], check=False)
    assert check.returncode == 0, "run python docs/readme.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_to_files_that_are_there(page: Path):
    """Relative links of a page resolve from its folder."""
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_python_blocks_run(page: Path):
    """Every >>> in the documentation does what it shows."""
    failed, _ = doctest.testfile(str(page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert failed == 0


def test_the_two_commands_of_the_readme_are_targets_of_the_makefile():
    """A newcomer types what the README says."""
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    commands = re.findall(
        r"(?:^    |`)make ([a-z-]+)", "\n".join(p.read_text(encoding="utf-8") for p in PAGES), re.MULTILINE
    )
    assert {"demo", "test"} <= set(commands) <= set(targets)


def test_every_command_in_the_readme_exists():
    """The verbs that the README uses are verbs of the command line."""
    from dragoman.cli import main

    verbs = re.findall(r"^    dragoman ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert verbs
    assert set(verbs) <= set(main.commands)
