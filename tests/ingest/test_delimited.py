"""CSV and TSV."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.document import Document
from dragoman.ingest import Options, Unread
from dragoman.ingest.delimited import read_csv
from dragoman.ingest.source import Source


def texts(items: list[Document | Unread]) -> list[str]:
    return [item.text if isinstance(item, Document) else str(item) for item in items]


def test_rows_are_documents(read) -> None:
    """The header names the columns; all fields are taken."""
    table = "id,title,text,source,date,url\n1,Talks,The envoy spoke.,Courier,18 January 2012,https://courier.example\n"
    (document,) = read("news.csv", table)
    assert document == Document(
        "The envoy spoke.", title="Talks", publisher="Courier", published="2012-01-18", url="https://courier.example"
    )


def test_quoted_fields(read) -> None:
    """Delimiters, doubled quotation marks and line breaks inside a quoted field belong to the text."""
    assert texts(read("news.csv", 'id,text\n1,"He said ""no"", twice.\r\nThen he left."\n2,Two.\n')) == [
        'He said "no", twice.\r\nThen he left.',
        "Two.",
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_seen_in_the_header(read, delimiter: str) -> None:
    """Spreadsheets of other countries write semicolons."""
    table = delimiter.join(("id", "title", "text")) + "\n" + delimiter.join(("1", "Talks", "The envoy spoke.")) + "\n"
    (document,) = read("news.csv", table)
    assert (document.title, document.text) == ("Talks", "The envoy spoke.")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end(read, end: str) -> None:
    """Windows, Unix and old Macintosh files."""
    assert texts(read("news.csv", end.join(("id,text", "1,One.", "2,Two.")))) == ["One.", "Two."]


def test_a_byte_order_mark_is_no_part_of_the_first_name(read) -> None:
    """Spreadsheets write one."""
    assert texts(read("news.csv", "\ufefftext,id\nOne.,1\n")) == ["One."]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_other_encodings(read, encoding: str) -> None:
    """A table from a spreadsheet need not be UTF-8."""
    assert texts(read("news.csv", "id,text\n1,He said “no” in Zürich.\n".encode(encoding))) == [
        "He said “no” in Zürich."
    ]


def test_blank_lines_are_passed_over(read) -> None:
    """Above the header, between the rows and at the end."""
    assert texts(read("news.csv", "\n\nid,text\n\n1,One.\n\n2,Two.\n\n")) == ["One.", "Two."]


def test_empty_fields_too_many_at_the_end_are_no_error(read) -> None:
    """Some writers end each row with delimiters."""
    assert texts(read("news.csv", "id,text\n1,One.,,\n")) == ["One."]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("1", "it has 1 fields and the header has 2"),
        ("1,One,two.", "it has 3 fields and the header has 2"),
        ('1,"One" two', "',' expected after '\"'"),
    ],
)
def test_a_malformed_row_is_reported_and_the_rest_is_read(read, row: str, fault: str) -> None:
    """The report names the line and the fault."""
    assert texts(read("news.csv", f"id,text\n0,Zero.\n{row}\n2,Two.\n")) == [
        "Zero.",
        f"news.csv:3: The row is malformed: {fault}. "
        "Enclose fields with delimiters, quotation marks or line breaks in quotation marks.",
        "Two.",
    ]


def test_a_quotation_mark_that_is_never_closed_costs_one_row(read) -> None:
    """The rows behind it, which it swallows up to the end of the file, are read all the same."""
    rows = "".join(f"{n},Text {n}.\n" for n in range(3, 500))
    zero, bad, *rest = read("news.csv", f'id,text\n1,One.\n2,"Two.\n{rows}')
    assert zero.text == "One."
    assert str(bad).startswith("news.csv:3: The row is malformed: unexpected end of data.")
    assert texts(rest) == [f"Text {n}." for n in range(3, 500)]


def test_a_quotation_mark_closed_by_a_later_row_costs_one_row(read) -> None:
    """Also when the mark that opens another field closes the broken one."""
    found = read("news.csv", 'id,text\n1,"One.\n2,Two.\n3,"Three, and more."\n4,Four.\n')
    assert [item.name if isinstance(item, Unread) else item.text for item in found] == [
        "news.csv:2",
        "Two.",
        "Three, and more.",
        "Four.",
    ]


def test_the_line_of_a_row_is_the_one_where_it_begins(read) -> None:
    """Line breaks inside fields count."""
    one, bad = read("news.csv", 'id,text\n1,"a\nb\nc"\n2, \n')
    assert one.text == "a\nb\nc"
    assert str(bad) == "news.csv:5: There is no text in it, only white space."


def test_recovery_ends_on_a_hostile_file(read) -> None:
    """Rows that all leave a quotation mark open would be read again for ever; the bound ends that with a sentence."""
    reports = read("news.csv", "id,text\n" + 'x","\n' * 4000, max_bytes=20_000)
    assert str(reports[-1]).startswith("news.csv: Too many rows are malformed, so the rest of the file was not read.")


def test_a_missing_column_is_one_error_that_names_the_columns(refused) -> None:
    """Not one error for each row."""
    report = refused("news.csv", "id,words,when\n" + "1,One.,2012\n" * 100)
    assert report == (
        "news.csv: No column is known to hold the text; the columns are id, words, when. Name it with --text-column."
    )


@pytest.mark.parametrize("option", ["text", "title", "date", "publisher", "url", "language"])
def test_a_named_column_that_is_missing_is_an_error(refused, option: str) -> None:
    """A misspelt name is not passed over in silence."""
    report = refused("news.csv", "id,text\n1,One.\n", **{f"{option}_column": "wrods"})
    assert report == "news.csv: There is no column 'wrods'; the columns are id, text."


def test_a_named_column_is_found_in_another_case(read) -> None:
    """`--text-column "Story text"` finds `STORY_TEXT`, unless there is one of exactly that name."""
    assert texts(read("news.csv", "id,STORY_TEXT\n1,One.\n", text_column="Story text")) == ["One."]
    assert texts(read("news.csv", "TEXT,text\n1,One.\n", text_column="text")) == ["One."]


def test_many_columns_are_not_all_listed(refused) -> None:
    """A sentence stays a sentence."""
    report = refused("news.csv", ",".join(f"c{n}" for n in range(100)) + "\n")
    assert "c19 and 80 more. Name it" in report


def test_a_field_longer_than_the_csv_module_likes(read) -> None:
    """Its limit of 131,072 characters is shorter than a report of five megabytes on one line."""
    long = "The envoy spoke. " * 300_000
    assert texts(read("news.csv", f"id,text\n1,{long}\n2,Two.\n")) == [long, "Two."]


def test_a_row_over_the_bound_is_passed_over(read) -> None:
    """One report, and the next row is read."""
    long = "The envoy spoke. " * 100
    bad, two = read("news.csv", f"id,text\n1,{long}\n2,Two.\n", max_bytes=500)
    assert str(bad).startswith("news.csv:2: The row is malformed: The line is longer than 500 characters")
    assert two.text == "Two."


def test_a_record_of_many_lines_over_the_bound_is_passed_over(read) -> None:
    """The bound holds for a field with line breaks too."""
    broken = "\n".join(["a line of text"] * 60)
    items = read("news.csv", f'id,text\n1,"{broken}"\n2,Two.\n', max_bytes=500)
    assert str(items[0]).startswith("news.csv:2: The row is malformed: it is longer than 500 characters.")
    assert items[-1].text == "Two."


def test_a_header_alone_holds_nothing(refused) -> None:
    """It is reported."""
    assert refused("news.csv", "id,text\n") == "news.csv: It holds no documents; there is nothing to read."


def test_tabs_without_quoting(read) -> None:
    """In most tab-separated files a quotation mark is a quotation mark."""
    table = 'id\ttext\n1\t"No," he said.\n2\tShe said "yes".\n3\t"Never.\n'
    assert texts(read("news.tsv", table)) == ['"No," he said.', 'She said "yes".', '"Never.']


def test_tabs_with_quoting(read) -> None:
    """If all quotation marks at the beginning of the file enclose fields, they do."""
    table = 'id\ttext\n1\t"He said ""no"".\nThen he left."\n2\tTwo.\n'
    assert texts(read("news.tsv", table)) == ['He said "no".\nThen he left.', "Two."]


def test_a_malformed_row_between_tabs(read) -> None:
    """It is reported by its line."""
    assert [getattr(i, "text", None) or i.name for i in read("news.tsv", "id\ttext\n1\n2\tTwo.\n")] == [
        "news.tsv:2",
        "Two.",
    ]


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('",;\n\r\t'), min_size=1).filter(
            str.strip
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_what_the_csv_module_writes_is_read_back(written: list[str], quoting: int) -> None:
    """Every text that a table can hold comes back to the letter."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=quoting)
    writer.writerows([("id", "text"), *((n, text) for n, text in enumerate(written))])
    data = buffer.getvalue().encode()
    source = Source("t.csv", lambda: io.BufferedReader(io.BytesIO(data)), Options(encoding="utf-8"))
    assert texts(list(read_csv(source))) == written
