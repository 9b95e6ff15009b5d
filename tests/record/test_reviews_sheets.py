"""A sample as a sheet, filled in as a coder does in a spreadsheet, and brought back by the command."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dragoman.analysis import Analysis
from dragoman.cli import main
from dragoman.errors import UsageError
from dragoman.record import Record
from dragoman.record.reviews import sheets

from ..strategies import small_analysis
from ..views import sample

Line = dict[str, str]
AT = ("--at", "2031-05-03T10:00:00Z")


@pytest.fixture
def filled(record: Record) -> Record:
    """An invented report with many kinds of events, and small ones."""
    record.add([sample.report(), *(small_analysis(n) for n in range(3))])
    return record


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def coded(filled: Record, tmp_path: Path) -> Callable[..., Result]:
    """Draw all rows of a kind, let a coder fill in the lines, and bring the sheet back."""

    def code(fill: Callable[[Line], Any], kind: str = "events", separator: str = ",", **more: str) -> Result:
        path = tmp_path / "sheet.csv"
        drawn = run("sample", filled.path, "-n", 500, "--kind", kind, "-o", path)
        assert drawn.exit_code == 0, drawn.stderr
        lines = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        for line in lines:
            fill(line)
            line.update(more)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(lines[0]), delimiter=separator)
            writer.writeheader()
            writer.writerows(lines)
        return run("reviews", filled.path, "--import", path, "--reviewer", "ada", *AT)

    return code


def accept(line: Line) -> None:
    line["verdict"] = "accept"


def test_a_sheet_shows_the_words_and_the_codes(filled: Record) -> None:
    """The row's words are marked in what stands around them; codes stand in their columns, verdict and note are empty."""
    found = run("sample", filled.path, "--kind", "stances", "-n", 500)
    lines = list(csv.DictReader(io.StringIO(found.stdout)))
    (line, *_) = [one for one in lines if one["publisher"] == "Harbour Wire"]
    assert "said the League rejects [[sanctions on the south]]." in line["passage"]
    assert (line["holder"], line["measure"], line["stance"], line["toward"]) == (
        "northern-delegate",
        "sanctions",
        "opposes",
        "STH",
    )
    assert (line["verdict"], line["note"]) == ("", "")
    assert "Sample " in found.stderr


def test_text_that_a_spreadsheet_would_reckon_with_is_shown(record: Record) -> None:
    """A title that is a formula is a title."""
    analysis = small_analysis(1, publisher="=HYPERLINK(1)")
    record.add([analysis])
    assert "'=HYPERLINK(1)" in run("sample", record.path).stdout


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_filled_sheet_comes_back(filled: Record, coded: Callable[..., Result], separator: str) -> None:
    """Whatever the separator of the coder's country."""
    result = coded(accept, separator=separator)
    assert result.exit_code == 0, result.stderr
    states = filled.sql("SELECT DISTINCT reviewer, verdict, decided FROM reviews").to_pylist()
    assert states == [{"reviewer": "ada", "verdict": "accept", "decided": "2031-05-03T10:00:00.000000Z"}]
    assert filled.sql("FROM events_reviewed WHERE review IS NULL").num_rows == 0


def test_the_same_sheet_twice_adds_nothing(filled: Record, coded: Callable[..., Result]) -> None:
    """Also when it comes at another time."""
    coded(accept)
    before = len(filled.reviews.entries())
    again = run("reviews", filled.path, "--import", filled.path.parent / "sheet.csv", "--reviewer", "ada")
    assert f"0 verdicts added, {before} there before" in again.stderr
    assert len(filled.reviews.entries()) == before


def test_a_changed_code_is_a_correction(filled: Record, coded: Callable[..., Result]) -> None:
    """Actors by their ids, with the words that mean them in the text."""

    def fill(line: Line) -> None:
        if line["publisher"] == "Harbour Wire":
            line.update(verdict="correct", type="THREATEN", actors="STH")

    assert coded(fill).exit_code == 0
    rows = filled.sql("SELECT DISTINCT type, actors FROM events_reviewed WHERE review = 'corrected'").to_pylist()
    assert rows == [{"type": "THREATEN", "actors": ["STH"]}]


def test_the_holder_of_a_stance_can_be_put_right(filled: Record, coded: Callable[..., Result]) -> None:
    """The words stay, whom they stand for changes."""

    def fill(line: Line) -> None:
        if line["publisher"] == "Harbour Wire":
            line.update(verdict="correct", holder="STH", toward="", measure="aid")

    assert coded(fill, kind="stances").exit_code == 0
    query = "SELECT DISTINCT holder, holder_quote, measure, toward FROM stances_reviewed WHERE review = 'corrected'"
    assert filled.sql(query).to_pylist() == [
        {"holder": "STH", "holder_quote": "The northern delegate", "measure": "aid", "toward": None}
    ]


def test_a_line_that_cannot_be_used_is_named_and_the_rest_is_added(
    filled: Record, coded: Callable[..., Result]
) -> None:
    """The sentence says which line, and what to do."""

    def fill(line: Line) -> None:
        accept(line)
        if line["document_id"] == small_analysis(0).document.id:
            line["type"] = "THREATEN"

    result = coded(fill)
    assert result.exit_code == 1
    assert "It says accept, but type was changed; write correct, or put it back." in result.stderr
    assert len(filled.reviews.entries()) == filled.sql("FROM events").num_rows - 1


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ({"verdict": "perhaps"}, "'perhaps' is no verdict"),
        ({"verdict": "correct", "type": "DANCE"}, "'DANCE' cannot be"),
        ({"verdict": "correct"}, "a correction, says what is right"),
        ({"verdict": "correct", "actors": "XYZ"}, "No words of the text mean 'XYZ'"),
        ({"verdict": "accept", "id": "event-9"}, "is gone"),
        ({"verdict": "accept", "document_id": "0"}, "is not in"),
        ({"verdict": "accept", "kind": "places"}, "no kind of row"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(
    filled: Record, coded: Callable[..., Result], cells: Line, what: str
) -> None:
    """And nothing of it is kept."""

    def fill(line: Line) -> None:
        if line["document_id"] == small_analysis(0).document.id:
            line.update(cells)

    result = coded(fill)
    assert result.exit_code == 1
    assert what in result.stderr
    assert filled.reviews.entries() == ()


def test_a_sheet_needs_the_name_of_its_coder(filled: Record, coded: Callable[..., Result]) -> None:
    """In a column, or for the whole."""
    assert coded(accept, reviewer="ben").exit_code == 0
    assert {r.reviewer for r in filled.reviews.entries()} == {"ben"}
    with pytest.raises(UsageError, match="no sheet of a sample"):
        list(sheets.verdicts(io.StringIO("a,b\n1,2\n"), filled.reviewed, reviewer=None, at=AT[1]))


def test_the_command_lists_reviews_and_measures_agreement(filled: Record, coded: Callable[..., Result]) -> None:
    """As tables, CSV and JSON."""
    coded(accept)
    listed = json.loads(run("reviews", filled.path, "--format", "json").stdout)
    assert {(one["reviewer"], one["state"]) for one in listed} == {("ada", "valid")}
    assert json.loads(run("reviews", filled.path, "--lost", "--format", "json").stdout) == []
    measured = json.loads(run("agreement", filled.path, "--by", "kind,type", "--format", "json").stdout)
    assert {one["share"] for one in measured["precision"]} == {1.0}
    assert all(one["sample"] for one in measured["precision"])
    assert {one["between"] for one in measured["agreement"]} == {"reviewers, machine"}
    lines = list(csv.DictReader(io.StringIO(run("agreement", filled.path, "--format", "csv").stdout)))
    assert {line["part"] for line in lines} == {"precision", "agreement"}
    assert "precision" in run("agreement", filled.path).stdout
    assert run("agreement", filled.path, "--by", "colour").exit_code == 2


def test_rows_that_somebody_chose_are_no_sample(filled: Record) -> None:
    """The figure is given, and what it is of is said."""
    from dragoman.record.reviews import judge

    analysis: Analysis = small_analysis(0)
    seen = filled.reviewed(analysis.document.id)
    filled.reviews.add([judge(seen, "events", "event-1", "accept", reviewer="ada", at=AT[1])])
    assert "the precision is that of the rows somebody chose" in run("agreement", filled.path).stderr
