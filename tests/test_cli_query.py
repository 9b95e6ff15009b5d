"""The verbs that ask and look after a record: counts, timeline, search, check, compact."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow as pa
import pytest
from click.testing import CliRunner, Result

from dragoman.cli import main
from dragoman.record import Record, parts
from dragoman.views.timeline import MOST_SERIES, Timeline

from .record.stories.test_stories import report
from .strategies import small_analysis


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A record of a shelling that two publishers report, talks in August and two rejections."""
    record = Record(tmp_path / "record", create=True)
    record.add([report(), report(publisher="Hill Gazette"), small_analysis(1)])
    record.add([report("Envoys met in Dorrin.", published="2031-08-01", type="CONSULT", actor="STH", recipient="NTH")])
    return str(record.path)


def dragoman(*arguments: str) -> Result:
    """The command as a user runs it."""
    return CliRunner().invoke(main, arguments)


def test_counts_as_csv(path: str) -> None:
    """One line for each month, actor, recipient and type."""
    result = dragoman("counts", path, "--format", "csv")
    assert result.exit_code == 0
    lines = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(r["month"], r["actor"], r["recipient"], r["type"], r["events"], r["accounts"]) for r in lines] == [
        ("2031-05", "NTH", "STH", "ASSAULT", "1", "2"),
        ("2031-05", "NTH", "STH", "REJECT", "1", "1"),
        ("2031-08", "STH", "NTH", "CONSULT", "1", "1"),
    ]


def test_counts_take_every_choice(path: str) -> None:
    """By, duplicates, pairs, filling and filters reach the record."""
    command = ("counts", path, "--by", "quarter, actor", "--duplicates", "none", "--undirected", "--zero-filled")
    result = dragoman(*command, "--type", "assault", "--type", "CONSULT", "--until", "2031-12", "--format", "json")
    assert [(r["quarter"], r["actor"], r["events"]) for r in json.loads(result.stdout)] == [
        ("2031-Q2", "NTH", 2),
        ("2031-Q3", "NTH", 1),
        ("2031-Q4", "NTH", 0),
    ]


def test_counts_as_a_table(path: str) -> None:
    """Readable, with the names of the columns."""
    assert dragoman("counts", path, "--by", "type").stdout.split()[:5] == [
        "type",
        "events",
        "accounts",
        "goldstein",
        "score",
    ]


def test_a_wrong_dimension_is_a_usage_error(path: str) -> None:
    """Exit status 2 and the dimensions there are."""
    result = dragoman("counts", path, "--by", "colour")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "write some of day, week, month" in result.stderr


def test_a_timeline_in_the_terminal(path: str) -> None:
    """A bar for each month, also where nothing happened, and what the shades mean."""
    lines = dragoman("timeline", path).stdout.splitlines()
    assert [line.split()[:2] for line in lines[:4]] == [
        ["2031-05", "2"],
        ["2031-06", "0"],
        ["2031-07", "0"],
        ["2031-08", "1"],
    ]
    assert "verbal conflict" in lines[-1]
    assert "material conflict" in lines[-1]


def test_a_timeline_as_a_page(path: str, tmp_path: Path) -> None:
    """The file's ending tells the format; the page needs nothing from elsewhere, and forbids it to itself."""
    page = tmp_path / "timeline.html"
    assert dragoman("timeline", path, "--split", "type", "-o", str(page)).exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert "<title>2031-05: 1 ASSAULT</title>" in text
    assert "://" not in text and "default-src 'none'" in text


@pytest.mark.parametrize(("ending", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_a_timeline_as_a_picture(path: str, tmp_path: Path, ending: str, start: bytes) -> None:
    """Where matplotlib is installed."""
    pytest.importorskip("matplotlib")
    picture = tmp_path / f"timeline.{ending}"
    assert dragoman("timeline", path, "-o", str(picture)).exit_code == 0
    assert picture.read_bytes().startswith(start)


def test_a_picture_needs_a_file(path: str) -> None:
    """Pixels are not for standard output."""
    result = dragoman("timeline", path, "--format", "png")
    assert result.exit_code == 2
    assert "add -o timeline.png" in result.stderr


def test_pictures_need_matplotlib(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says what to install."""
    monkeypatch.setitem(__import__("sys").modules, "matplotlib.figure", None)
    result = dragoman("timeline", path, "-o", str(tmp_path / "t.png"))
    assert result.exit_code == 2
    assert "pip install 'dragoman[pictures]'" in result.stderr


def test_small_series_are_drawn_as_one() -> None:
    """Not more series than can be told apart; nothing is left out of the sum, and undated events are counted."""
    rows = [{"month": "2031-05", "actor": f"A{n:02d}", "events": n} for n in range(1, 12)]
    line = Timeline.of(pa.Table.from_pylist([*rows, {"month": None, "actor": "A01", "events": 3}]), "month", "actor")
    assert list(line.counts) == ["A11", "A10", "A09", "A08", "A07", "A06", "other"]
    assert len(line.counts) == MOST_SERIES + 1
    assert line.totals == (66,)
    assert line.note == "3 events without a date to the month are not shown."


def test_search_shows_passages(path: str) -> None:
    """Where it stands, then the words."""
    result = dragoman("search", path, "sanctions", "--in", "statements", "--actor", "NTH")
    heading, words, *_ = result.stdout.splitlines()
    assert heading.startswith("2031-05-02 · Harbour Wire · Report 1")
    assert words == "the League rejects sanctions on the south"
    assert dragoman("search", path, "nowhere").stdout.strip() == "Nothing was found."


def test_search_as_json(path: str) -> None:
    """Every passage with its offsets."""
    (row,) = json.loads(dragoman("search", path, "envoys", "--type", "consult", "--format", "json").stdout)
    assert (row["quote"], row["quote_start"], row["quote_end"]) == ("Envoys met in Dorrin.", 0, 21)


def test_check_says_that_all_is_well(path: str) -> None:
    """Exit status 0, and nothing on standard output."""
    result = dragoman("check", path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "every quotation is as it should be" in result.stderr


def test_check_names_faults_and_repairs_them(path: str) -> None:
    """Status 1 and a line for each; after a repair and another reading it is well again."""
    part = parts.names(Path(path) / "documents")[0]
    part.write_bytes(part.read_bytes()[:50])
    result = dragoman("check", path)
    assert result.exit_code == 1
    assert f"A part can be read: {part}" in result.stdout
    assert dragoman("check", path, "--repair").exit_code == 1
    assert (Path(path) / "damaged" / "documents" / part.name).exists()


def test_compact_joins_parts(path: str) -> None:
    """The sentence says how many."""
    assert "5 parts joined into 3." in dragoman("compact", path).stderr
    assert dragoman("check", path).exit_code == 0
