"""The command: what goes to standard output, what to standard error, and with which status.

A stand-in reads, so that these tests need no model: it knows the invented report and finds nothing in other texts.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from dragoman import __version__
from dragoman.analysis import Analysis, Skipped
from dragoman.cli import main
from dragoman.cli.common import say
from dragoman.cli.reading import FEW, can_be_read_again
from dragoman.errors import KnowledgeError

from .views import sample

ROOT = Path(__file__).parent.parent
NEWS = "The envoys met on Tuesday. Talks will go on."


class StandIn:
    """Reads like `dragoman.reading.Reader`; a text that says "unreadable" is skipped, one that says "stop" is Ctrl-C."""

    fingerprint = "stand-in"
    made: list[StandIn] = []  # noqa: RUF012

    def __init__(self, **settings):
        self.settings = settings
        StandIn.made.append(self)

    def read(self, document):
        if "stop" in document.text:
            raise KeyboardInterrupt
        if document.text == sample.REPORT.text:
            return Analysis(**{**vars(sample.report()), "reader": self.fingerprint, "document": document})
        skipped = (Skipped(0, len(document.text), "it cannot be read"),) if "unreadable" in document.text else ()
        return Analysis(reader=self.fingerprint, document=document, skipped=skipped)

    def read_all(self, documents, *, workers=None):
        self.workers = workers
        return map(self.read, documents)


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run the command in an empty folder; gives exit status, standard output and standard error."""
    monkeypatch.setattr("dragoman.reading.Reader", StandIn)
    monkeypatch.chdir(tmp_path)
    StandIn.made.clear()

    def invoke(*arguments: str, stdin: str | None = None):
        return CliRunner().invoke(main, arguments, input=stdin)

    return invoke


@pytest.fixture
def news(tmp_path):
    """Makes files in the folder of the test."""

    def make(**texts: str) -> None:
        for name, text in texts.items():
            Path(tmp_path, name.replace("_", ".")).write_text(text, encoding="utf-8")

    return make


def objects(result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_into_a_pipe_it_writes_json_lines(run, news):
    """Without a terminal, `auto` is one line of JSON per document, and nothing else."""
    news(a_txt=NEWS, b_txt=NEWS + " Soon.")
    result = run("read", "a.txt", "b.txt")
    assert [row["document"]["text"] for row in objects(result)] == [NEWS, NEWS + " Soon."]
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("format", "words"),
    [
        ("text", "{she}² <said>²"),
        ("table", "Who stands where"),
        ("html", "<!doctype html>"),
        ("json", '"schema": "dragoman/1"'),
    ],
)
def test_every_format_can_be_asked_for(run, news, format, words):
    """The formats differ, the reading is the same."""
    news(a_txt=sample.REPORT.text)
    result = run("read", "a.txt", "--format", format)
    assert words in result.stdout
    assert result.exit_code == 0


def test_what_cannot_be_read_is_named_and_the_rest_is_read(run, news):
    """A bad line in the middle is one sentence on standard error and status 1."""
    news(a_jsonl=f'{{"text": "{NEWS}"}}\nnot json\n{{"text": "More."}}\n')
    result = run("read", "a.jsonl")
    assert [row["document"]["text"] for row in objects(result)] == [NEWS, "More."]
    (line,) = result.stderr.splitlines()
    assert line.startswith("dragoman: a.jsonl:2: ")
    assert result.exit_code == 1


def test_a_path_that_is_not_there_does_not_stop_the_others(run, news):
    """Status 1, the missing file named, the other one read."""
    news(a_txt=NEWS)
    result = run("read", "nowhere.txt", "a.txt")
    assert (result.exit_code, len(objects(result))) == (1, 1)
    assert "nowhere.txt" in result.stderr


def test_a_skipped_stretch_is_named_with_status_1(run, news):
    """A document that was read in part is written, and the part that was not is named by its title."""
    news(a_jsonl='{"text": "unreadable", "title": "The dark page"}')
    result = run("read", "a.jsonl")
    assert result.stderr == "dragoman: The dark page, characters 0 to 10: it cannot be read\n"
    assert (result.exit_code, len(objects(result))) == (1, 1)


def test_standard_input_is_a_document(run):
    """`-` reads what comes in."""
    assert objects(run("read", "-", stdin=NEWS))[0]["document"]["text"] == NEWS


def test_settings_reach_the_reader_and_the_input(run, news):
    """Columns, publisher and the reader's settings arrive under their own names; what was not given is left out."""
    news(a_csv="story,day\nTalks go on.,2012-01-18\n")
    columns = ("--text-column", "story", "--date-column", "day", "--publisher", "Fjord Wire")
    result = run("read", "a.csv", *columns, "--max-characters", "500")
    (row,) = objects(result)
    assert (row["document"]["text"], row["document"]["published"]) == ("Talks go on.", "2012-01-18")
    assert row["document"]["publisher"] == "Fjord Wire"
    assert StandIn.made[0].settings == {"max_characters": 500}


def test_a_file_can_be_read_as_another_format(run, news):
    """--input-format wins over the extension."""
    news(a_txt='{"text": "Talks go on."}')
    assert objects(run("read", "a.txt", "--input-format", "jsonl"))[0]["document"]["text"] == "Talks go on."


def test_few_documents_are_read_without_other_processes(run, news):
    """A pool is not worth its start for a few pages, and is what the cores are for when there are many."""
    news(few_jsonl="\n".join(f'{{"text": "Report {n}."}}' for n in range(FEW)))
    news(many_jsonl="\n".join(f'{{"text": "Report {n}."}}' for n in range(FEW + 1)))
    assert len(objects(run("read", "few.jsonl"))) == FEW
    assert len(objects(run("read", "many.jsonl"))) == FEW + 1
    run("read", "few.jsonl", "--workers", "3")
    assert [reader.workers for reader in StandIn.made] == [1, os.cpu_count(), 3]


def test_a_record_keeps_what_was_read(run, news):
    """-o writes nothing to standard output; a second run passes over what is there."""
    news(a_txt=sample.REPORT.text, b_txt=NEWS)
    first, second = run("read", "a.txt", "b.txt", "-o", "kept"), run("read", ".", "-o", "kept")
    assert (first.stdout, first.exit_code, second.exit_code) == ("", 0, 0)
    assert "2 documents read: 8 statements, 5 events, 3 stances." in first.stderr
    assert "0 documents read" in second.stderr and "2 known already" in second.stderr


def test_a_record_run_names_what_it_missed(run, news):
    """Unread and skipped items of a run into a record are named, with status 1."""
    news(a_txt="unreadable", b_xyz=NEWS)
    result = run("read", "a.txt", "b.xyz", "-o", "kept")
    assert result.exit_code == 1
    assert "dragoman: unreadable, characters 0 to 10: it cannot be read" in result.stderr
    assert "dragoman: b.xyz: " in result.stderr


def test_a_record_and_a_format_exclude_each_other(run, news):
    """One call either keeps or shows: status 2, nothing done."""
    news(a_txt=NEWS)
    result = run("read", "a.txt", "-o", "kept", "--format", "html")
    assert (result.exit_code, Path("kept").exists()) == (2, False)


def test_show_summarises_a_record(run, news):
    """As a table for people, as JSON for programs."""
    news(a_txt=sample.REPORT.text)
    run("read", "a.txt", "-o", "kept", "--publisher", "Fjord Wire")
    table = run("show", "kept")
    assert "1 documents" in table.stdout and "Fjord Wire" in table.stdout and "troop_deployment" in table.stdout
    figures = json.loads(run("show", "kept", "--format", "json").stdout)
    assert (figures["documents"], figures["statements"], figures["stances"]) == (1, 8, 3)


def test_a_record_gives_its_readings_back(run, news):
    """The readings come out of a record as they went in, in any format."""
    news(a_txt=sample.REPORT.text, b_txt=NEWS)
    read = objects(run("read", "a.txt", "b.txt"))
    run("read", "a.txt", "b.txt", "-o", "kept")
    assert objects(run("show", "kept", "--readings")) == read
    assert "<!doctype html>" in run("show", "kept", "--readings", "--format", "html").stdout
    assert run("show", "kept", "--format", "html").exit_code == 2


def test_a_damaged_record_answers_with_status_1(run, news):
    """What is left of a record is shown, and the part that was left out is named."""
    news(a_txt=sample.REPORT.text)
    run("read", "a.txt", "-o", "kept")
    (part,) = Path("kept", "readings").rglob("*.parquet")
    part.write_bytes(part.read_bytes()[:100])
    for verb in (("show", "kept"), ("sql", "kept", "select count(*) from documents")):
        result = run(*verb)
        assert (result.exit_code, result.stdout != "") == (1, True)
        assert part.name in result.stderr


def test_sql_answers_in_three_formats(run, news):
    """The same rows as table, CSV and JSON."""
    news(a_txt=sample.REPORT.text)
    run("read", "a.txt", "-o", "kept")
    query = "select stance, count(*) as n from stances group by all order by n desc"
    rows = [["opposes", "2"], ["supports", "1"]]
    assert [line.split() for line in run("sql", "kept", query).stdout.splitlines()][2:] == rows
    assert list(csv.reader(io.StringIO(run("sql", "kept", query, "--format", "csv").stdout))) == [
        ["stance", "n"],
        *rows,
    ]
    as_json = json.loads(run("sql", "kept", query, "--format", "json").stdout)
    assert as_json == [{"stance": "opposes", "n": 2}, {"stance": "supports", "n": 1}]


def test_an_answer_without_rows_is_an_answer(run, news):
    """No row is an empty table, a header line, an empty array."""
    news(a_txt=NEWS)
    run("read", "a.txt", "-o", "kept")
    query = "select holder, measure from stances"
    assert run("sql", "kept", query, "--format", "csv").stdout == "holder,measure\n"
    assert json.loads(run("sql", "kept", query, "--format", "json").stdout) == []
    assert run("sql", "kept", query).exit_code == 0


def test_bad_sql_is_one_sentence_with_status_2(run, news):
    """A query that cannot be answered is a wrong call."""
    news(a_txt=NEWS)
    run("read", "a.txt", "-o", "kept")
    result = run("sql", "kept", "select nonsense from stances")
    assert result.exit_code == 2
    assert result.stderr.startswith("dragoman: ") and len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("verb", [("show", "nowhere"), ("sql", "nowhere", "select 1")])
def test_a_record_that_is_none_is_one_sentence(run, verb):
    """A folder that is not there gives status 1 and no traceback."""
    result = run(*verb)
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1 and "nowhere" in result.stderr


def test_an_error_shows_its_traceback_with_debug(run, news, monkeypatch):
    """Without --debug a sentence, with it the exception itself."""

    def fail(self, document):
        raise KnowledgeError("No pipeline of that name; install it.")

    monkeypatch.setattr(StandIn, "read", fail)
    news(a_txt=NEWS)
    plain, debug = run("read", "a.txt"), run("read", "a.txt", "--debug")
    assert (plain.exit_code, plain.stderr) == (1, "dragoman: No pipeline of that name; install it.\n")
    assert isinstance(debug.exception, KnowledgeError)


def test_a_full_disk_under_standard_output_is_one_sentence(run, news, monkeypatch):
    """ENOSPC while writing says what happened and what to do."""

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dragoman.views.lines.write_jsonl", full)
    news(a_txt=NEWS)
    result = run("read", "a.txt")
    assert result.exit_code == 1
    assert result.stderr.startswith("dragoman: Standard output failed: No space left on device.")


@pytest.mark.parametrize(
    "arguments", [("read",), ("read", "a.txt", "--format", "pdf"), ("count",), ("read", "--workers", "0", "x")]
)
def test_a_wrong_call_has_status_2(run, arguments):
    """Usage errors are click's, with its usage line."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [("--published", "last week"), ("--encoding", "no-such-code"), ("--input-format", "docx")],
)
def test_a_setting_that_cannot_be_has_status_2(run, news, arguments):
    """A date, encoding or format that nobody knows is said at once, and nothing is read."""
    news(a_txt=NEWS)
    result = run("read", "a.txt", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert arguments[1] in result.stderr


def test_ctrl_c_leaves_whole_output_and_status_130(run, news):
    """What was written before Ctrl-C is a whole JSON array."""
    news(a_txt=NEWS, b_txt="stop", c_txt=NEWS)
    result = run("read", "a.txt", "b.txt", "c.txt", "--format", "json")
    assert result.exit_code == 130
    assert [row["document"]["text"] for row in json.loads(result.stdout)] == [NEWS]
    assert "Stopped" in result.stderr


def test_ctrl_c_keeps_what_was_read_in_the_record(run, news):
    """The run ends with 130, and the same command goes on from there."""
    news(a_txt=NEWS, b_txt="stop")
    result = run("read", "a.txt", "b.txt", "-o", "kept")
    assert result.exit_code == 130
    assert "1 document read" in result.stderr and "goes on from there" in result.stderr
    assert json.loads(run("show", "kept", "--format", "json").stdout)["documents"] == 1


def test_ctrl_c_elsewhere_has_status_130(run, monkeypatch):
    """Also where a verb is busy with something else than reading."""

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("dragoman.record.Record", interrupted)
    assert run("show", "kept").exit_code == 130


def test_a_name_cannot_command_the_terminal(capsys):
    """Escape sequences in a file's name are pictures, line breaks are spaces."""
    say("\x1b[2J\nname: cannot be read")
    assert capsys.readouterr().err == "dragoman: ␛[2J name: cannot be read\n"


def test_the_version_is_the_package_s(run):
    """dragoman --version says what is installed."""
    assert run("--version").stdout == f"dragoman {__version__}\n"


def command(*arguments: str, **settings) -> subprocess.Popen:
    """The command in a process of its own, with the stand-in for a reader."""
    code = (
        "import dragoman.reading; from tests.test_cli import StandIn; dragoman.reading.Reader = StandIn; "
        "from dragoman.cli import main; main(prog_name='dragoman')"
    )
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path, "TERM": "xterm-256color", **settings.pop("env", {})}
    return subprocess.Popen([sys.executable, "-c", code, *arguments], env=environment, **settings)


def on_terminal(stream: str, *arguments: str) -> tuple[str, int]:
    """What the command writes to a terminal that one of its streams is, and its exit status."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    ours, theirs = pty.openpty()
    process = command(*arguments, **{"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, stream: theirs})
    os.close(theirs)
    shown = b""
    with suppress(OSError):
        while piece := os.read(ours, 65536):
            shown += piece
    os.close(ours)
    return shown.decode(), process.wait()


def test_in_a_terminal_it_shows_the_page(news, tmp_path):
    """`auto` on a terminal is the marked-up page in colour, with its tables."""
    news(a_txt=sample.REPORT.text)
    shown, status = on_terminal("stdout", "read", str(tmp_path / "a.txt"))
    assert status == 0
    assert "\x1b[1;36mForeign Minister Marta Ilvesk" in shown
    assert "Who did what to whom" in shown


def test_progress_moves_on_a_terminal_and_only_there(news, tmp_path):
    """Rate and documents move on standard error and are erased at the end; a pipe sees nothing of them."""
    news(a_txt=NEWS, b_txt=NEWS + " Soon.")
    shown, status = on_terminal("stderr", "read", str(tmp_path))
    assert status == 0
    assert "2 of 2 documents" in shown or "2 documents" in shown
    assert shown.rstrip("\r\n").endswith("\x1b[2K")


def test_a_pipe_is_not_counted(tmp_path):
    """Counting beside the reading would take the documents out of a named pipe."""
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text(NEWS)
    assert not can_be_read_again(str(tmp_path / "pipe.txt"))
    assert not can_be_read_again("-")
    assert all(can_be_read_again(str(path)) for path in (tmp_path, tmp_path / "a.txt", tmp_path / "*.txt"))


def test_help_loads_nothing_heavy():
    """Help needs click and nothing of what the verbs need."""
    heavy = ("spacy", "duckdb", "pyarrow", "rich", "numpy", "trafilatura")
    code = f"import sys, dragoman.cli; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"


def test_a_closed_pipe_is_quiet(run, news, tmp_path):
    """A reader that goes away, as `head` does, leaves no traceback."""
    news(a_txt=sample.REPORT.text)
    run("read", "a.txt", "-o", "kept")
    query = "select repeat('x', 1000) as x from range(5000)"
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = command("sql", str(tmp_path / "kept"), query, "--format", "csv", **pipes)
    process.stdout.read(1)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait()


def test_output_is_utf_8_in_any_locale(run, news, tmp_path):
    """A C locale changes no byte."""
    news(a_txt="قال الوزير إن المحادثات ستستمر")
    run("read", "a.txt", "-o", "kept")
    arguments = ("sql", str(tmp_path / "kept"), "select text from documents", "--format", "csv")
    locale = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    out, _ = command(*arguments, stdout=subprocess.PIPE, env=locale).communicate()
    assert out.decode() == "text\nقال الوزير إن المحادثات ستستمر\n"


def every_option() -> list[tuple[str, str]]:
    return [
        (verb, option)
        for verb, one in main.commands.items()
        for parameter in one.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    ]


@pytest.fixture(scope="module")
def manual() -> str:
    return (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("verb", "option"), every_option())
def test_every_option_is_documented(manual, verb, option):
    """Each option of each verb stands in docs/cli.md under its verb."""
    (_, _, section) = manual.partition(f"## dragoman {verb}\n")
    assert option in section.partition("\n## ")[0].replace(",", " ").split()


def test_the_manual_is_current(manual):
    """docs/cli.md is what docs/generate.py writes now."""
    script = ROOT / "docs" / "generate.py"
    assert subprocess.check_output([sys.executable, script, "--print"], encoding="utf-8") == manual
