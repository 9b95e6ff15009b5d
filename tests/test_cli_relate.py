"""`dragoman relate` from the outside."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dragoman.cli import main

ARREST = {"id": 7, "text": "Police arrested forty students.", "actor": [0, 6], "recipient": [16, 30]}
STRIKE = {"id": "s", "text": "Rail workers went on strike on Monday.", "actor": [0, 12], "recipient": None}


def run(*arguments: str, input: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["relate", *arguments], input=input)


def lines(*rows: object) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def answers(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_pair_gets_a_line_in_the_order_of_the_input(tmp_path: Path):
    """Ids come back as they were given."""
    file = tmp_path / "pairs.jsonl"
    file.write_text(lines(ARREST, STRIKE), encoding="utf-8")
    result = run(str(file))
    assert result.exit_code == 0
    assert [(row["id"], row["type"]) for row in answers(result)] == [(7, "COERCE"), ("s", "PROTEST")]
    assert all(sum(row["scores"].values()) == pytest.approx(1, abs=1e-4) for row in answers(result))


def test_standard_input_and_gzip_give_the_same(tmp_path: Path):
    """Where the lines come from does not matter."""
    packed = tmp_path / "pairs.jsonl.gz"
    packed.write_bytes(gzip.compress(lines(ARREST, STRIKE).encode()))
    assert run("-", input=lines(ARREST, STRIKE)).stdout == run(str(packed)).stdout != ""


def test_the_order_of_lines_changes_no_answer():
    """Each pair is typed alone."""
    there, back = answers(run("-", input=lines(ARREST, STRIKE))), answers(run("-", input=lines(STRIKE, ARREST)))
    assert there == back[::-1]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{", "not valid JSON; write one object on each line"),
        ("[1, 2]", "not a JSON object"),
        ({"actor": [0, 1]}, 'has no text; put the sentence under "text"'),
        ({**ARREST, "text": 5}, "has no text"),
        ({**ARREST, "text": "  "}, "The text is empty"),
        ({**ARREST, "recipient": [16, 99]}, "recipient [16, 99] lies outside of the text, which has 31 characters"),
        ({**ARREST, "actor": [6, 0]}, "actor [6, 0] ends before it begins"),
        ({**ARREST, "actor": [0, 20]}, "overlap"),
        ({**ARREST, "actor": [0.5, 6]}, "actor is no pair of whole numbers"),
        ({**ARREST, "actor": [True, 6]}, "actor is no pair of whole numbers"),
        ({**ARREST, "actor": "Police"}, "actor is no pair of whole numbers"),
        ({**ARREST, "actor": [0, 3, 6]}, "actor is no pair of whole numbers"),
        ({"text": "Nobody."}, "neither an actor nor a recipient"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_typed(bad, reason):
    """Status 1, the line's number and the rule on standard error; nothing else is lost."""
    result = run("-", input=lines(ARREST, bad, STRIKE))
    assert result.exit_code == 1
    assert [row["type"] for row in answers(result)] == ["COERCE", "PROTEST"]
    assert "standard input:2: " in result.stderr
    assert reason in result.stderr


def test_a_file_that_is_not_there_is_named():
    """The others are read."""
    result = run("nowhere.jsonl", "-", input=lines(ARREST))
    assert result.exit_code == 1
    assert len(answers(result)) == 1
    assert "nowhere.jsonl: There is no such file" in result.stderr


def test_a_gzip_file_that_is_cut_short_gives_what_it_has(tmp_path: Path):
    """The break is named, and no traceback is shown."""
    packed = tmp_path / "pairs.jsonl.gz"
    packed.write_bytes(gzip.compress(lines(*[ARREST] * 3).encode())[:-9])
    result = run(str(packed))
    assert result.exit_code == 1
    assert "breaks off" in result.stderr


def test_half_a_character_in_an_id_can_be_written():
    """What JSON can say and UTF-8 cannot becomes U+FFFD."""
    result = run("-", input='{"id": "\\ud800", "text": "Police arrested forty students.", "actor": [0, 6]}\n')
    assert answers(result)[0]["id"] == "\ufffd"


def test_blank_lines_ask_nothing():
    """They are passed over in silence."""
    result = run("-", input="\n" + lines(ARREST) + "  \n")
    assert (result.exit_code, len(answers(result)), result.stderr) == (0, 1, "")
