"""Laws: any bytes under any name, and what is written is read back."""

from __future__ import annotations

import gzip
import io
import json
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dragoman.analysis import Analysis
from dragoman.document import Document
from dragoman.ingest import Options, Unread, read_path

EXTENSIONS = ["txt", "md", "html", "json", "jsonl", "csv", "tsv", "parquet", "xml", "warc"]


def parquet() -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table({"text": ["The envoy.", "A", "A"], "date": ["2012-01"] * 3}), sink)
    return sink.getvalue()


SEEDS = [
    parquet(),
    b'{"text": "The envoy spoke."}\n',
    b'[{"text": "A"}, {"body": "B"}]',
    b'id,text\n1,"The envoy, he said"\n',
    b"id\ttext\n1\tThe envoy\n",
    b"---\ntitle: x\n---\n# Talks\nThe envoy",
    b"<html><head><title>x</title></head><body><p>The envoy spoke of it.</p></body></html>",
    b'<?xml version="1.0"?><rss version="2.0"><channel><item><description>A</description></item></channel></rss>',
    b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><summary>A</summary></entry></feed>',
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: 60\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nThe envoy.\r\n\r\n",
    "The envoy’s “no” – Zürich".encode("cp1252"),
    "The envoy\r\nspoke".encode("utf-16"),
]
settings.register_profile("ingest", deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A small file of some format with a few bytes cut out, put in or doubled."""
    data = bytearray(draw(st.sampled_from(SEEDS)) * draw(st.sampled_from([1, 1, 2])))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 8))] = draw(
            st.binary(max_size=6) | st.sampled_from([b'"', b"\n", b"\0", b"<", b"\xed\xa0\x80"])
        )
    return bytes(data)


def read(data: bytes, extension: str, **options: object) -> list[Document | Unread]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file.{extension}"
        path.write_bytes(data)
        return list(read_path(path, options=Options(**options)))


@settings(settings.get_profile("ingest"))
@given(st.binary(max_size=300) | damaged(), st.sampled_from(EXTENSIONS), st.booleans())
@example(b"", "txt", False)
@example(b"\xff\xfe", "txt", False)
@example(b"\xff\xfe\x00", "csv", False)
@example(b"\xef\xbb\xbf", "jsonl", False)
@example(b'"', "csv", False)
@example(b"\x1f\x8b", "warc", False)
@example(b"\xef\xbb\xbf", "xml", False)
@example(b"<!ENTITY", "xml", False)
@example(b"PAR1PAR1", "parquet", True)
def test_any_bytes_under_any_name_give_documents_or_reports(data: bytes, extension: str, compressed: bool) -> None:
    """Nothing is raised, nothing is passed over in silence, every text can be stored, and every reason is a sentence."""
    items = read(gzip.compress(data) if compressed else data, extension, max_bytes=5000)
    assert items
    for item in items:
        if isinstance(item, Document):
            item.text.encode()
            assert item.text.strip()
        else:
            assert Path(item.name).name.startswith(f"file.{extension}")
            assert item.reason[0].isupper() and item.reason[-1] in ".)"
            assert "Its reader failed" not in item.reason


@settings(settings.get_profile("ingest"))
@given(damaged(), st.sampled_from(EXTENSIONS))
def test_reading_twice_gives_the_same(data: bytes, extension: str) -> None:
    """No clock, no order of a set, no state of an earlier file shows in the result."""
    first, second = read(data, extension), read(data, extension)
    assert [item if isinstance(item, Document) else item.reason for item in first] == [
        item if isinstance(item, Document) else item.reason for item in second
    ]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200).filter(str.strip)
TO_THE_MINUTE = re.compile(r".{10}T.{8}(\.[0-9]{6})?([+-]..:..)?")  # Document takes no zone with seconds
DOCUMENTS = st.builds(
    Document,
    TEXT,
    title=st.none() | TEXT,
    publisher=st.none() | TEXT,
    url=st.none() | TEXT,
    language=st.none() | TEXT,
    published=st.none()
    | st.dates().map(str)
    | st.dates().map(lambda d: str(d)[:7])
    | st.dates().map(lambda d: str(d)[:4])
    | st.datetimes(timezones=st.none() | st.timezones()).map(datetime.isoformat).filter(TO_THE_MINUTE.fullmatch)
    | st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat),
)


@settings(settings.get_profile("ingest"))
@given(st.lists(DOCUMENTS, min_size=1, max_size=4))
@example([Document("a\r\nb\u2028c\x85d\0e\U0001f600", title="\u0301", publisher="\u202e", published="2012-01")])
def test_our_own_lines_are_read_back(documents: list[Document]) -> None:
    """What `dragoman read --format jsonl` writes gives the same documents, ids and all."""
    lines = "".join(Analysis(reader="r", document=d).to_json() + "\n" for d in documents)
    assert read(lines.encode(), "jsonl", encoding="utf-8") == documents


@settings(settings.get_profile("ingest"))
@given(DOCUMENTS)
def test_the_text_of_a_row_is_the_text_of_the_document(document: Document) -> None:
    """Escaped to ASCII or not, in JSON Lines or in one value."""
    row = {"text": document.text, "title": document.title}
    (one,) = read(json.dumps(row).encode(), "jsonl")
    (two,) = read(json.dumps([row], ensure_ascii=False, indent=1).encode(), "json", encoding="utf-8")
    assert one.text == two.text == document.text
    assert one.title == two.title == document.title


HOSTILE = [
    "يرفض الوزير كل تدخل في شؤون بلاده.",
    "部长拒绝任何干涉。",
    "🇺🇳 The envoy 👩🏽‍⚖️ said “no”.",
    "e\u0301 a\u0308 \u200f\u202eright\u202c",
    "One.\r\nTwo.\rThree.\n",
    "Word",
    "x" * 5_000_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_hostile_text_comes_through_every_format_unaltered(text: str, encoding: str) -> None:
    """Plain text, Markdown, JSON Lines, JSON and CSV give the text to the letter."""
    quoted = '"' + text.replace('"', '""') + '"'
    files = {
        "txt": text,
        "md": text,
        "jsonl": json.dumps({"text": text}, ensure_ascii=False) + "\n",
        "json": json.dumps({"text": text}, ensure_ascii=False),
        "csv": f"id,text\r\n1,{quoted}\r\n",
    }
    for extension, content in files.items():
        (document,) = read(content.encode(encoding), extension)
        assert isinstance(document, Document) and document.text == text, extension
