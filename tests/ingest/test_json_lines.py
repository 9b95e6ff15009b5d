"""JSON and JSON Lines."""

from __future__ import annotations

import json

import pytest

from dragoman.analysis import Analysis
from dragoman.document import Document
from dragoman.ingest import Unread

ROW = {
    "text": "The envoy spoke.\r\nNobody answered.",
    "title": "Talks",
    "publisher": "The Lakeside Courier",
    "published": "2012-01",
    "url": "https://courier.example/talks",
    "language": "en",
}


def lines(*rows: object) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def texts(items: list[Document | Unread]) -> list[str]:
    return [item.text if isinstance(item, Document) else str(item) for item in items]


def test_a_line_is_a_document(one) -> None:
    """All fields are taken as they stand."""
    assert one("news.jsonl", lines(ROW)) == Document(**ROW)


def test_our_own_output_is_input(one) -> None:
    """A line that `dragoman read` wrote gives the document that it was read from."""
    document = Document(**ROW)
    line = Analysis(reader="r", document=document).to_json()
    assert one("read.jsonl", line) == document


def test_blank_lines_are_passed_over(read) -> None:
    """A blank line is no document and no error."""
    assert texts(read("news.jsonl", '\n{"text": "One."}\n  \n{"text": "Two."}\n\n')) == ["One.", "Two."]


def test_a_malformed_line_is_reported_and_the_rest_is_read(read) -> None:
    """The report names file, line and place."""
    one, bad, two = read("news.jsonl", '{"text": "One."}\n{"text": "Bro\n{"text": "Two."}\n')
    assert (one.text, two.text) == ("One.", "Two.")
    assert bad.name == "news.jsonl:2"
    assert bad.reason == "It is not valid JSON: unterminated string starting at column 10. Correct it."


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{}", "No column is known to hold the text; there are no columns. Name it with --text-column."),
        (
            '{"id": 1, "note": "x"}',
            "No column is known to hold the text; the columns are id, note. Name it with --text-column.",
        ),
        ('{"text": null}', "The column 'text' is empty."),
        ('{"text": " "}', "There is no text in it, only white space."),
        ('{"text": 5}', "The column 'text' holds a number, not text; name another with --text-column."),
        ('{"text": ["a"]}', "The column 'text' holds a list, not text; name another with --text-column."),
        (
            '"The envoy spoke."',
            "It is a string, not a JSON object; each document is an object with its text under one key.",
        ),
        ("7", "It is a number, not a JSON object; each document is an object with its text under one key."),
        ("null", "It is null, not a JSON object; each document is an object with its text under one key."),
        ("[" * 100_000, "Its JSON is nested too deeply, or holds a number too long, to be a document."),
        (
            '{"text": ' + "1" * 5000 + "}",
            "Its JSON is nested too deeply, or holds a number too long, to be a document.",
        ),
    ],
)
def test_every_fault_of_a_line_has_its_sentence(read, line: str, reason: str) -> None:
    """The fault is named, and the line behind it is read."""
    assert texts(read("news.jsonl", f'{line}\n{{"text": "Two."}}')) == [f"news.jsonl:1: {reason}", "Two."]


def test_a_file_that_is_no_json_lines_is_given_up_after_twenty_lines(read) -> None:
    """Not one report for each line of a long file of another kind."""
    *reports, last = read("news.jsonl", "The envoy spoke.\n" * 1000)
    assert len(reports) == 20
    assert str(last).startswith("news.jsonl: The first 20 lines could not be read, so the rest was not tried.")


def test_bad_lines_behind_a_good_one_are_all_reported(read) -> None:
    """Once a line was good the file is what it says, and everything in it is tried."""
    assert len(read("news.jsonl", '{"text": "One."}\n' + "x\n" * 50 + '{"text": "Two."}\n')) == 52


def test_a_line_over_the_bound_is_passed_over(read) -> None:
    """The report says what to do, and the next line is read."""
    long = json.dumps({"text": "The envoy spoke. " * 100})
    assert texts(read("news.jsonl", f'{long}\n{{"text": "Two."}}\n', max_bytes=500)) == [
        "news.jsonl:1: The line is longer than 500 characters; raise --max-bytes to read it.",
        "Two.",
    ]


def test_a_line_that_does_not_end_is_given_up(read) -> None:
    """A bomb of one endless line costs a bounded time."""
    first, second = read("news.jsonl", "x" * 100_000 + '\n{"text": "Two."}\n', max_bytes=500)
    assert first.name == "news.jsonl:1"
    assert second.reason == "Line 1 does not end; the rest of the file was not read. Check its format."


def test_unusual_line_separators_do_not_break_a_line(one) -> None:
    """U+2028, U+0085 and a form feed may stand raw in a JSON string; only a line feed ends a line."""
    text = "One.\u2028Two.\u0085Three.\u2029Four."
    assert one("news.jsonl", lines({"text": text})).text == text


def test_half_a_character_is_replaced(one) -> None:
    """JSON can spell a lone surrogate; a pair of them is a character."""
    assert one("news.jsonl", '{"text": "a \\ud83d b \\ud83d\\ude00"}').text == "a \ufffd b \U0001f600"


def test_half_a_character_in_the_title_is_replaced(one) -> None:
    """The other fields are cleaned in the same way."""
    assert one("news.jsonl", '{"text": "a", "title": "\\udc00"}').title == "\ufffd"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_lines_in_other_encodings(read, encoding: str) -> None:
    """The first bytes tell the encoding for the whole file."""
    rows = [{"text": f"The envoy’s office said “no” in Zürich, {n}."} for n in range(3)]
    assert texts(read("news.jsonl", lines(*rows).encode(encoding))) == [row["text"] for row in rows]


def test_a_late_line_in_cp1252_is_read(read) -> None:
    """Far behind the sample that told UTF-8, the curly quotes of another program are still read."""
    plain = lines({"text": "The envoy spoke."}) * 5000
    *_, last = read("news.jsonl", plain.encode() + '{"text": "He said “no”."}'.encode("cp1252"))
    assert last.text == "He said “no”."


def test_named_keys(one) -> None:
    """`--text-column` and its like name keys; the usual ones are then not looked at."""
    row = {
        "text": "wrong",
        "words": "The envoy spoke.",
        "h": "Talks",
        "when": "20120118",
        "who": "Courier",
        "where": "u",
        "l": "en",
    }
    found = one(
        "news.jsonl",
        lines(row),
        text_column="words",
        title_column="h",
        date_column="when",
        publisher_column="who",
        url_column="where",
        language_column="l",
    )
    assert found == Document(
        "The envoy spoke.", title="Talks", published="2012-01-18", publisher="Courier", url="u", language="en"
    )


def test_a_named_key_may_be_missing_in_a_line_unless_it_is_the_text(read) -> None:
    """JSON leaves out what it does not know."""
    rows = lines({"words": "One.", "h": "Talks"}, {"words": "Two."}, {"h": "Talks"})
    one, two, three = read("news.jsonl", rows, text_column="words", title_column="h")
    assert (one.title, two.title) == ("Talks", None)
    assert str(three) == "news.jsonl:3: There is no column 'words'; the columns are h."


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        ({"Full Text": "x"}, "text", "x"),
        ({"articleBody": "x"}, "text", "x"),
        ({"event_text": "x"}, "text", "x"),
        ({"maintext": "x", "description": "y"}, "text", "x"),
        ({"content": "x", "body": "y"}, "text", "y"),
        ({"text": "x", "headline": "h"}, "title", "h"),
        ({"text": "x", "publishedAt": "2012-01-18T10:15:00Z"}, "published", "2012-01-18T10:15:00Z"),
        ({"text": "x", "pub_date": "18 January 2012"}, "published", "2012-01-18"),
        ({"text": "x", "date": "last week"}, "published", None),
        ({"text": "x", "source": {"id": "c", "name": "The Courier"}}, "publisher", "The Courier"),
        ({"text": "x", "source": {"id": "c"}}, "publisher", None),
        ({"text": "x", "source": ["c"]}, "publisher", None),
        ({"text": "x", "Link": "https://courier.example"}, "url", "https://courier.example"),
        ({"text": "x", "title": "  "}, "title", None),
        ({"text": "x", "title": 7}, "title", None),
        ({"text": "x", "lang": "en-GB"}, "language", "en-GB"),
    ],
)
def test_the_usual_names(one, row: dict, field: str, value: str | None) -> None:
    """Other tools' names are understood, the most telling first; what is not of the kind is left out."""
    assert getattr(one("news.jsonl", lines(row)), field) == value


def test_one_object(one) -> None:
    """A JSON file may hold one document, over several lines."""
    assert one("news.json", json.dumps(ROW, indent=2)) == Document(**ROW)


def test_a_list_of_objects(read) -> None:
    """Each is a document; a bad one is reported by its number."""
    items = read("news.json", json.dumps([{"text": "One."}, {"note": "x"}, "Two.", {"text": "Three."}]))
    assert texts(items) == [
        "One.",
        "news.json#2: No column is known to hold the text; the columns are note. Name it with --text-column.",
        "news.json#3: It is a string, not a JSON object; each document is an object with its text under one key.",
        "Three.",
    ]


def test_a_list_under_a_key(read) -> None:
    """As news interfaces deliver it."""
    value = {"status": "ok", "total": 2, "articles": [{"content": "One."}, {"content": "Two."}]}
    assert texts(read("news.json", json.dumps(value))) == ["One.", "Two."]


def test_two_lists_under_keys_are_not_chosen_between(refused) -> None:
    """Which of them holds the documents is not known."""
    report = refused("news.json", json.dumps({"a": [{"text": "One."}], "b": [{"text": "Two."}]}))
    assert report == "news.json: No column is known to hold the text; the columns are a, b. Name it with --text-column."


def test_a_document_with_a_list_in_it_is_one_document(one) -> None:
    """Its keywords are not taken for documents."""
    assert one("news.json", json.dumps({"text": "One.", "tags": [{"name": "talks"}]})).text == "One."


def test_an_empty_list_holds_nothing(refused) -> None:
    """It is reported, not passed over in silence."""
    assert refused("news.json", "[]") == "news.json: It holds no documents; there is nothing to read."


def test_json_lines_under_the_name_of_json(read) -> None:
    """Many tools write them so."""
    assert texts(read("news.json", lines({"text": "One."}, {"text": "Two."}))) == ["One.", "Two."]


def test_raw_control_characters_in_a_string_are_text(one) -> None:
    """A tab that its writer should have escaped is a tab."""
    assert one("news.jsonl", '{"text": "One.\tTwo."}').text == "One.\tTwo."


def test_broken_json_over_several_lines(refused) -> None:
    """The place is given by line and column."""
    report = refused("news.json", '{\n  "text": "One."\n  "title": "x"\n}')
    assert report == "news.json: It is not valid JSON: expecting ',' delimiter at line 3, column 3. Correct it."


def test_broken_json(refused) -> None:
    """One sentence with the place."""
    assert (
        refused("news.json", '{"text": "One."')
        == "news.json: It is not valid JSON: expecting ',' delimiter at column 16. Correct it."
    )
