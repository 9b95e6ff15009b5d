"""Compression, size and damage: what every format promises."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest

from dragoman.document import Document
from dragoman.errors import UsageError
from dragoman.ingest import Options, Unread, read_path
from dragoman.ingest.source import MAX_BYTES


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "The envoy spoke."),
        ("a.md", "The envoy spoke."),
        ("a.html", "<html><body><p>The envoy spoke.</p></body></html>"),
        ("a.json", '{"text": "The envoy spoke."}'),
        ("a.jsonl", '{"text": "The envoy spoke."}'),
        ("a.csv", "id,text\n1,The envoy spoke.\n"),
        ("a.tsv", "id\ttext\n1\tThe envoy spoke.\n"),
        (
            "a.xml",
            '<rss version="2.0"><channel><item><description>The envoy spoke.</description></item></channel></rss>',
        ),
    ],
)
def test_every_format_is_read_compressed_and_not(one, name: str, content: str) -> None:
    """A further `.gz` changes nothing, nor does a name that forgets it."""
    compressed = gzip.compress(content.encode())
    assert (
        one(name, content).text
        == one(name + ".gz", compressed).text
        == one(name, compressed).text
        == "The envoy spoke."
    )


def test_a_name_that_claims_a_compression_that_is_not_there(one) -> None:
    """Some programs unpack a file and leave its name."""
    assert one("a.txt.gz", "The envoy spoke.").text == "The envoy spoke."


def test_gz_alone_tells_no_format(refused) -> None:
    """The extension before it counts."""
    assert "no extension that tells its format" in refused("a.gz", gzip.compress(b"The envoy spoke."))


@pytest.mark.parametrize("extension", ["txt", "md", "html", "json", "jsonl", "csv", "tsv", "parquet", "xml", "warc"])
@pytest.mark.parametrize("content", [b"", gzip.compress(b"", mtime=0)])
def test_an_empty_file_is_reported(refused, extension: str, content: bytes) -> None:
    """In every format, compressed or not."""
    report = refused(f"a.{extension}", content)
    assert report.startswith(f"a.{extension}: ")
    assert "nothing to read" in report


@pytest.mark.parametrize("extension", ["txt", "md", "html", "json", "jsonl", "csv", "tsv", "xml"])
def test_a_binary_file_is_reported_once(refused, extension: str) -> None:
    """A program under the name of a text is not read line by line."""
    assert refused(f"a.{extension}", bytes(range(256)) * 500).startswith(f"a.{extension}: The file is binary:")


def test_a_document_over_the_bound_is_refused(refused) -> None:
    """The sentence says how to read it all the same."""
    assert refused("a.txt", "x" * 1001, max_bytes=1000) == (
        "a.txt: The file is larger than 1,000 bytes when decompressed; raise --max-bytes to read it."
    )


def test_a_document_at_the_bound_is_read(one) -> None:
    """The bound is the largest size that is read."""
    assert len(one("a.txt", "x" * 1000, max_bytes=1000).text) == 1000


@pytest.mark.parametrize(
    "name",
    ["bomb.txt.gz", "bomb.html.gz", "bomb.json.gz", "bomb.xml.gz", "bomb.jsonl.gz", "bomb.csv.gz", "bomb.parquet.gz"],
)
def test_a_gzip_bomb_is_bounded(tmp_path, name: str) -> None:
    """Two hundred megabytes from a small file are not held in memory; one report says so."""
    bomb = tmp_path / name
    with gzip.open(bomb, "wb", compresslevel=1) as file:
        for _ in range(200):
            file.write(b" x" * 2**19)
    tracemalloc.start()
    try:
        items = list(read_path(bomb, options=Options(max_bytes=2**20)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert items and all(isinstance(item, Unread) for item in items)
    assert peak < 40 * 2**20


def test_a_long_table_is_not_held_in_memory(tmp_path) -> None:
    """Forty megabytes of lines are read a line at a time."""
    table = tmp_path / "long.jsonl"
    line = json.dumps({"text": "The envoy spoke. " * 250}) + "\n"
    table.write_text(line * 10_000)
    tracemalloc.start()
    try:
        assert sum(isinstance(item, Document) for item in read_path(table)) == 10_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4 * 2**20


def test_the_first_document_comes_before_the_rest_is_read(tmp_path) -> None:
    """Reading is lazy: a consumer that stops has not paid for the file."""
    table = tmp_path / "news.jsonl"
    table.write_text('{"text": "One."}\n{"text": "Two."}\n')
    stream = read_path(table)
    assert next(stream).text == "One."
    stream.close()


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.csv.gz"])
def test_a_table_compressed_and_cut_short(tmp_path, name: str) -> None:
    """What comes before the cut is read; then one report."""
    rows = "".join(
        f'{{"text": "Text {n}, {hash(str(n))}."}}\n' if "json" in name else f'"Text {n}, {hash(str(n))}."\n'
        for n in range(5000)
    )
    data = gzip.compress((rows if "json" in name else "text\n" + rows).encode())
    (tmp_path / name).write_bytes(data[: len(data) // 2])
    *documents, last = read_path(tmp_path / name)
    assert len(documents) > 1000
    assert all(isinstance(d, Document) and d.text.startswith(f"Text {n},") for n, d in enumerate(documents))
    assert last.name.endswith(name)
    assert last.reason.startswith("The gzip data are cut short or damaged")


def test_a_document_compressed_and_cut_short(refused) -> None:
    """Half a document is no document."""
    data = gzip.compress(b"The envoy spoke. " * 1000)
    assert refused("a.txt.gz", data[:-10]).startswith("a.txt.gz: The gzip data are cut short or damaged")


def test_damaged_gzip_data(refused) -> None:
    """A wrong byte in the middle is found by the checksum or before."""
    data = bytearray(gzip.compress(bytes(range(32, 127)) * 50))
    data[20:30] = bytes(10)
    assert "cut short or damaged" in refused("a.txt.gz", bytes(data))


def test_a_file_compressed_twice(refused) -> None:
    """It is said what to do."""
    assert (
        refused("a.txt.gz", gzip.compress(gzip.compress(b"The envoy spoke.")))
        == "a.txt.gz: The file is compressed twice; unpack it once."
    )


def test_five_megabytes_on_one_line(one) -> None:
    """Length is no fault."""
    text = "The envoy spoke. " * 300_000
    assert one("a.txt", text).text == text
    assert one("a.jsonl", json.dumps({"text": text})).text == text


def test_the_default_bound() -> None:
    """64 MB, as the manual says."""
    assert Options().max_bytes == MAX_BYTES == 64 * 1024 * 1024


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"published": "last week"}, "published='last week' is not a date; write it like 2012-01-18, 2012-01 or 2012."),
        ({"encoding": "klingon"}, "encoding='klingon' is not a text encoding; use one such as utf-8 or cp1252."),
        ({"encoding": "rot13"}, "encoding='rot13' is not a text encoding; use one such as utf-8 or cp1252."),
        ({"max_bytes": 0}, "max_bytes=0 must be at least 1."),
    ],
)
def test_options_that_cannot_be(options: dict, sentence: str) -> None:
    """Said when they are made, not when the thousandth file is read."""
    with pytest.raises(UsageError) as error:
        Options(**options)
    assert str(error.value) == sentence


def test_a_reader_does_not_keep_files_open(tmp_path) -> None:
    """Also when the consumer stops in the middle."""
    (tmp_path / "a.jsonl").write_text('{"text": "One."}\n{"text": "Two."}\n')
    before = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else None
    if before is None:
        pytest.skip("this system does not list open files under /proc")
    for _ in range(20):
        stream = read_path(tmp_path / "a.jsonl")
        next(stream)
        stream.close()
    assert len(list(Path("/proc/self/fd").iterdir())) <= before
