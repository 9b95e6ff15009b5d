"""Readable tables, CSV and JSON."""

from __future__ import annotations

import csv
import datetime
import io
import json

from dragoman.views import table
from dragoman.views.lines import write_json, write_jsonl


def shown(*args, **kwargs) -> str:
    out = io.StringIO()
    table.put(table.console(out), table.grid(*args, **kwargs))
    return out.getvalue()


def test_the_three_tables_stand_under_the_title(report, written):
    """A document's tables follow its title, publisher and date."""
    text = written(table.write_tables, report)
    heads = [
        "Norway rules out",
        "Fjord Wire (invented) · 2024-03-12",
        "Who said what",
        "Who did what",
        "Who stands where",
    ]
    assert [h for h in heads if h in text] == heads
    assert [text.index(h) for h in heads] == sorted(text.index(h) for h in heads)


def test_a_table_without_rows_is_left_out(hostile, written):
    """Nothing was done in that text, so there is no table of deeds."""
    text = written(table.write_tables, hostile)
    assert "Who said what" in text
    assert "Who did what" not in text


def test_lines_end_without_white_space(report, written):
    """A file of tables has no padding at the end of its lines."""
    assert all(line == line.rstrip() for line in written(table.write_tables, report).splitlines())


def test_a_claim_names_its_statement(report, written):
    """In the table of deeds a claim shows number and speaker, a fact says that it is one."""
    lines = written(table.write_tables, report).splitlines()
    assert any("shelled" in line and "3 Marta Ilvesk (NORGOV)" in line for line in lines)
    assert any("arrived" in line and "reported as fact" in line for line in lines)


def test_numbers_stand_to_the_right():
    """A column of numbers is aligned at its end, a column of words at its start."""
    lines = shown(["actor", "n"], [["NOR", 5], ["FRA", 12]]).splitlines()
    assert [line.split() for line in lines[2:]] == [["NOR", "5"], ["FRA", "12"]]
    assert lines[2].index("5") == lines[3].index("12") + 1


def test_every_kind_of_value_can_be_shown():
    """Nothing, lists, objects, dates and floats have a cell."""
    row = [None, ["a", "é"], {"k": 1}, datetime.date(2024, 3, 12), 0.123456789, True]
    text = shown(list("abcdef"), [row])
    assert all(cell in text for cell in ('["a", "é"]', '{"k": 1}', "2024-03-12", "0.123457", "True"))


def test_a_table_without_rows_shows_its_columns():
    """An empty answer still says what was asked for."""
    assert shown(["holder", "measure"], []).split()[:2] == ["holder", "measure"]


def test_cells_cannot_command_the_terminal():
    """Control characters in values and names of columns are pictures."""
    assert "\x1b" not in shown(["a\x1b"], [["\x1b[2J"]])


def test_square_brackets_are_text():
    """What looks like markup of the console, in a column's name or a cell, is shown as it is."""
    assert "[bold]n[/bold]" in shown(["[bold]n[/bold]"], [["[red]x"]])
    assert "[red]x" in shown(["n"], [["[red]x"]])


def test_csv_reads_back():
    """Quotes, commas and line breaks survive, None is empty, a list is JSON."""
    out = io.StringIO()
    table.write_csv(["words", "n", "all"], [['"He, she"\nsaid', None, ["a"]]], out)
    assert list(csv.reader(io.StringIO(out.getvalue()))) == [["words", "n", "all"], ['"He, she"\nsaid', "", '["a"]']]


def test_objects_read_back():
    """Each row is an object under the names of the columns; no row is an empty array."""
    out = io.StringIO()
    table.write_objects(["who", "when"], [["NOR", datetime.date(2024, 3, 12)], ["FRA", None]], out)
    assert json.loads(out.getvalue()) == [{"who": "NOR", "when": "2024-03-12"}, {"who": "FRA", "when": None}]
    out = io.StringIO()
    table.write_objects(["who"], [], out)
    assert json.loads(out.getvalue()) == []


def test_a_line_of_json_is_the_contract(report, hostile, written):
    """JSON Lines hold one analysis each, text in its own script."""
    lines = written(write_jsonl, report, hostile).splitlines()
    assert [json.loads(line) for line in lines] == [report.to_dict(), hostile.to_dict()]
    assert "قال الوزير" in lines[1]


def test_json_is_one_array(report, hostile, written):
    """An array also of one and of none."""
    assert json.loads(written(write_json, report, hostile)) == [report.to_dict(), hostile.to_dict()]
    assert json.loads(written(write_json, report)) == [report.to_dict()]
    assert json.loads(written(write_json)) == []
