"""`docs/input.md` says what the code does."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from dragoman.document import Document
from dragoman.ingest import Options, Source, formats, read_path
from dragoman.ingest.dates import iso_date
from dragoman.ingest.rows import _USUAL
from dragoman.ingest.source import MAX_BYTES

MANUAL = (Path(__file__).parents[2] / "docs" / "input.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in MANUAL.splitlines() if line.startswith("|")]
BLOCKS = re.findall(r"```python\n(.*?)```", MANUAL, re.DOTALL)


def section(title: str) -> str:
    return MANUAL.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_every_format_is_in_the_table_and_no_other() -> None:
    """An extension that is registered is documented."""
    documented = {name for row in ROWS if len(row) == 3 for name in re.findall(r"`(\w+)`", row[0])}
    assert documented == {name for name, point in formats.known().items() if point.value.startswith("dragoman.")}


def test_the_usual_names_are_those_that_are_looked_for() -> None:
    """In the order in which they are tried."""
    documented = {row[0]: row[2].split(", ") for row in ROWS if len(row) == 3 and row[0] in _USUAL}
    assert documented == {field: names.split() for field, names in _USUAL.items()}


@pytest.mark.parametrize("field", [f.name for f in fields(Options)])
def test_every_option_is_documented(field: str) -> None:
    """By the name that it has on the command line."""
    assert f"--{'input-format' if field == 'format' else field.replace('_', '-')}" in MANUAL


def test_the_bound_is_the_one_in_the_code() -> None:
    """64 MB."""
    assert f"`--max-bytes` ({MAX_BYTES // 2**20} MB)" in MANUAL


def test_the_dates_that_are_said_to_be_understood_are() -> None:
    """And those that are said to be null are null."""
    understood, unknown = section("Dates").split("Anything else")
    dates = [quoted for quoted in re.findall("`([^`]+)`", understood) if quoted != "published"]
    assert len(dates) > 10
    assert all(map(iso_date, dates))
    others = re.findall("`([^`]+)`", unknown.partition("are null")[0])
    assert others == ["05/06/2012", "last week"]
    assert not any(map(iso_date, others))


def test_the_loop_over_a_path_runs(folder, capsys) -> None:
    """The first block of Python, on a folder of two files."""
    folder({"news/a.txt": "The envoy spoke.", "news/b.doc": "x"})
    exec(BLOCKS[0], {})
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{Document('The envoy spoke.', publisher='The Lakeside Courier').id} None None"
    assert lines[1].startswith("news/b.doc The extension '.doc' is not known")


def test_the_reader_of_notes_reads_notes(tmp_path) -> None:
    """The second block of Python, as another package would have it."""
    path = tmp_path / "a.notes"
    path.write_text("The envoy spoke.\n--\n\n--\nNobody answered.")
    space: dict = {}
    exec(BLOCKS[1], space)
    one, empty, two = space["read_notes"](Source("a.notes", lambda: path.open("rb")))
    assert (one.title, two.text) == ("Note 1", "Nobody answered.")
    assert str(empty) == "a.notes#2: The note is empty; remove it."


def test_the_manual_names_what_the_public_surface_names() -> None:
    """`read_path` is one of the names of the package itself."""
    import dragoman

    assert dragoman.read_path is read_path
