"""Parquet."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dragoman.document import Document
from dragoman.ingest import Unread


def parquet(columns: dict[str, object], **settings: object) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink, **settings)
    return sink.getvalue()


def test_rows_are_documents(one) -> None:
    """Columns are found by their names, as in the other tables."""
    data = parquet(
        {"id": [1], "headline": ["Talks"], "Text": ["The envoy spoke."], "outlet": ["Courier"], "pub_date": ["2012-01"]}
    )
    assert one("news.parquet", data) == Document(
        "The envoy spoke.", title="Talks", publisher="Courier", published="2012-01"
    )


@pytest.mark.parametrize(
    ("values", "published"),
    [
        (pa.array([date(2012, 1, 18)]), "2012-01-18"),
        (pa.array([datetime(2012, 1, 18)], pa.timestamp("ns")), "2012-01-18"),
        (pa.array([datetime(2012, 1, 18, 10, 15, 30, 250)], pa.timestamp("us")), "2012-01-18T10:15:30"),
        (pa.array([1326881730123456789], pa.timestamp("ns")), "2012-01-18T10:15:30"),
        (pa.array([datetime(2012, 1, 18, 10, 15, tzinfo=UTC)], pa.timestamp("ms", "UTC")), "2012-01-18T10:15:00+00:00"),
        (pa.array([1326881730]), None),
        (pa.array([None], pa.timestamp("us")), None),
    ],
)
def test_typed_dates(one, values: pa.Array, published: str | None) -> None:
    """Dates and timestamps of every unit; whole numbers are no dates."""
    assert one("news.parquet", parquet({"text": ["The envoy spoke."], "date": values})).published == published


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())])
def test_every_kind_of_text_column(one, kind: pa.DataType) -> None:
    """Large and dictionary-encoded columns hold text too."""
    assert one("news.parquet", parquet({"text": pa.array(["The envoy spoke."]).cast(kind)})).text == "The envoy spoke."


def test_text_that_is_no_utf_8_is_read_all_the_same(read) -> None:
    """Some writers do not check; a stray byte is read as in every other format and costs neither its row nor the rest."""
    words = pa.array([b"Z\xc3\xbcrich \x93no\x94", b"Two.", None]).view(pa.string())
    one, two, three = read("news.parquet", parquet({"text": words}))
    assert (one.text, two.text) == ("Zürich “no”", "Two.")
    assert isinstance(three, Unread)


def test_bad_rows_are_reported_by_their_number(read) -> None:
    """Rows are counted from 1, over the bounds of batches too."""
    texts = [f"Text {n}." for n in range(1, 201)]
    texts[149] = None
    texts[150] = " "
    items = read("news.parquet", parquet({"text": texts}, row_group_size=70))
    assert len(items) == 200
    assert [str(i) for i in items if isinstance(i, Unread)] == [
        "news.parquet#150: The column 'text' is empty.",
        "news.parquet#151: There is no text in it, only white space.",
    ]
    assert items[199].text == "Text 200."


def test_a_row_over_the_bound_is_passed_over(read) -> None:
    """The rows around it are read."""
    data = parquet({"text": ["One.", "The envoy spoke. " * 1000, "Three."]})
    one, two, three = read("news.parquet", data, max_bytes=5000)
    assert (one.text, three.text) == ("One.", "Three.")
    assert str(two) == "news.parquet#2: Its text is longer than 5,000 characters; raise --max-bytes to read it."


def test_a_missing_column_is_one_error_that_names_the_columns(refused) -> None:
    """As in the other tables."""
    report = refused("news.parquet", parquet({"id": [1, 2], "words": ["a", "b"]}))
    assert (
        report
        == "news.parquet: No column is known to hold the text; the columns are id, words. Name it with --text-column."
    )


def test_a_column_of_numbers_is_no_text(refused) -> None:
    """One error for the file, as the type of a column is one."""
    report = refused("news.parquet", parquet({"text": [1, 2]}))
    assert report == "news.parquet: The column 'text' holds int64, not text; name another with --text-column."


def test_half_a_file(refused) -> None:
    """A Parquet file without its end cannot be read at all."""
    data = parquet({"text": ["One."] * 1000})
    assert refused("news.parquet", data[: len(data) // 2]).startswith(
        "news.parquet: The file is not a Parquet file that can be read: "
    )


def test_what_is_no_parquet(refused) -> None:
    """A text file under the wrong name."""
    assert refused("news.parquet", "id,text\n1,One.\n").startswith(
        "news.parquet: The file is not a Parquet file that can be read:"
    )


def test_a_broken_page_ends_the_file_with_a_report(read) -> None:
    """The rows before it are read."""
    data = bytearray(
        parquet({"text": [f"Text number {n}." for n in range(300)]}, row_group_size=100, compression="gzip")
    )
    start = pq.ParquetFile(io.BytesIO(bytes(data))).metadata.row_group(2).column(0).dictionary_page_offset
    data[start + 40 : start + 80] = bytes(40)
    *rows, last = read("news.parquet", bytes(data))
    assert [row.text for row in rows] == [f"Text number {n}." for n in range(len(rows))]
    assert len(rows) >= 192
    assert str(last).startswith(f"news.parquet: The file cannot be read behind row {len(rows)}:")


def test_compressed_as_a_whole(one) -> None:
    """A file that was zipped again is unpacked in memory, within the bound."""
    assert one("news.parquet.gz", gzip.compress(parquet({"text": ["One."]}))).text == "One."


def test_a_table_without_rows(refused) -> None:
    """It is reported."""
    assert refused("news.parquet", parquet({"text": pa.array([], pa.string())})).endswith(
        "It holds no documents; there is nothing to read."
    )
