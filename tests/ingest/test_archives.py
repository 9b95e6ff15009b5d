"""Web archives."""

from __future__ import annotations

import gzip
import io

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dragoman.document import Document
from dragoman.ingest import Unread

HTML = "<html><head><title>Talks</title></head><body><p>The envoy spoke in Zürich on Wednesday.</p></body></html>"


class Archive:
    """Builds a WARC record by record."""

    def __init__(self, *, compressed: bool = False) -> None:
        self.sink = io.BytesIO()
        self.writer = WARCWriter(self.sink, gzip=compressed)

    def add(
        self,
        body: bytes,
        *,
        media: str = "text/html; charset=utf-8",
        status: str = "200 OK",
        kind: str = "response",
        **headers: str,
    ) -> Archive:
        fields = [("Content-Type", media), *((name.replace("_", "-"), value) for name, value in headers.items())]
        http = StatusAndHeaders(status, fields, protocol="HTTP/1.1") if kind == "response" else None
        record = self.writer.create_warc_record(
            "https://courier.example/talks",
            kind,
            io.BytesIO(body),
            http_headers=http,
            warc_content_type="" if http else media,
        )
        self.writer.write_record(record)
        return self

    @property
    def data(self) -> bytes:
        return self.sink.getvalue()


@pytest.mark.parametrize("compressed", [False, True])
def test_a_page_in_an_archive(one, compressed: bool) -> None:
    """The article with the address it was fetched from, whose host is the publisher of a page that names none."""
    name = "crawl.warc.gz" if compressed else "crawl.warc"
    page = one(name, Archive(compressed=compressed).add(HTML.encode()).data)
    assert page == Document(
        "The envoy spoke in Zürich on Wednesday.",
        title="Talks",
        publisher="courier.example",
        url="https://courier.example/talks",
    )


def test_an_archive_compressed_as_one_piece(read) -> None:
    """Not as the standard wants it, but it can be read."""
    data = gzip.compress(Archive().add(HTML.encode()).add(b"The envoy left.", media="text/plain").data)
    assert [item.text for item in read("crawl.warc.gz", data)] == [
        "The envoy spoke in Zürich on Wednesday.",
        "The envoy left.",
    ]


def test_the_date_of_the_crawl_is_not_the_date_of_the_page(one) -> None:
    """A page without a date has none."""
    assert one("crawl.warc", Archive().add(HTML.encode()).data).published is None


@pytest.mark.parametrize("kind", ["conversion", "resource"])
def test_texts_taken_from_pages(one, kind: str) -> None:
    """Archives of extracted text, as large crawls publish them."""
    text = one("crawl.warc", Archive().add("The envoy left Zürich.".encode(), media="text/plain", kind=kind).data)
    assert (text.text, text.url) == ("The envoy left Zürich.", "https://courier.example/talks")


def test_what_is_no_text_is_passed_over(read) -> None:
    """Pictures, redirects, error pages and requests are no documents and no errors."""
    archive = (
        Archive()
        .add(b"\x89PNG", media="image/png")
        .add(b"moved", status="301 Moved")
        .add(HTML.encode(), status="404 Not Found")
    )
    assert [item.text for item in read("crawl.warc", archive.add(HTML.encode()).data)] == [
        "The envoy spoke in Zürich on Wednesday."
    ]


def test_a_compressed_response(one) -> None:
    """The server's own compression is undone."""
    data = Archive().add(gzip.compress(HTML.encode()), Content_Encoding="gzip").data
    assert one("crawl.warc", data).title == "Talks"


def test_the_charset_of_the_response(one) -> None:
    """What the server said about the encoding is believed where it fits."""
    data = Archive().add("Ministr Příliš odešel.".encode("cp1250"), media="text/plain; charset=windows-1250").data
    assert one("crawl.warc", data).text == "Ministr Příliš odešel."


def test_a_bad_record_is_reported_and_the_rest_is_read(read) -> None:
    """By its number and its address."""
    archive = Archive().add(b"<html></html>").add(HTML.encode())
    bad, good = read("crawl.warc", archive.data)
    assert bad.name == "crawl.warc#1"
    assert bad.reason.startswith("No article text was found") and bad.reason.endswith("(https://courier.example/talks)")
    assert good.title == "Talks"


def test_a_bomb_in_a_record_is_bounded(read) -> None:
    """A small record that unpacks to a large one is reported, and the rest is read."""
    archive = Archive().add(gzip.compress(b"x" * 1_000_000), Content_Encoding="gzip").add(HTML.encode())
    bad, good = read("crawl.warc", archive.data, max_bytes=100_000)
    assert "over 100,000 bytes when decompressed" in bad.reason
    assert good.title == "Talks"


def test_a_compression_that_cannot_be_undone(read) -> None:
    """The report names it."""
    (bad,) = read("crawl.warc", Archive().add(b"\x0b\x05\x80", Content_Encoding="br").data)
    assert "compressed as 'br'" in bad.reason


@pytest.mark.parametrize("data", [b"The envoy spoke.", b"WARC/1.0\r\n\r\n", HTML.encode()])
def test_what_is_no_archive(refused, data: bytes) -> None:
    """Another kind of file under the wrong name is reported."""
    assert refused("crawl.warc", data).startswith("crawl.warc: ")


def test_an_archive_cut_short(read, capfd) -> None:
    """The records before the cut are read, and the loss is reported, once and not on standard error."""
    data = Archive().add(HTML.encode()).add(HTML.encode()).data
    first, *rest = read("crawl.warc", data[:-80])
    assert first.title == "Talks"
    assert isinstance(rest[-1], Unread)
    assert "cut short" in str(rest[-1])
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("left", [5, 60, 200])
def test_a_compressed_archive_cut_short(read, left: int) -> None:
    """As with every gzip file, wherever in the second record the cut falls: in its header, or in the page."""
    whole = Archive(compressed=True).add(HTML.encode()).data
    data = whole + Archive(compressed=True).add(HTML.encode()).data[:left]
    first, last = read("crawl.warc.gz", data)
    assert first.title == "Talks"
    assert "cut short or damaged" in last.reason


def test_a_record_of_a_wrong_length_is_reported_here_and_not_on_standard_error(read, capfd) -> None:
    """The library that reads archives has a habit of talking to the terminal."""
    good, bad = Archive().add(HTML.encode()).data, Archive().add(HTML.encode()).data
    bad = bad.replace(b"Content-Length: ", b"Content-Length: 1\r\nX-Length: ")
    items = read("crawl.warc", good + bad + good)
    assert items[0].title == "Talks"
    assert isinstance(items[-1], Unread)
    assert capfd.readouterr() == ("", "")


def test_a_record_without_an_address_ends_the_archive_with_a_report(read) -> None:
    """What stands before it is read."""
    data = Archive().add(HTML.encode()).add(HTML.encode()).data
    head, mark, tail = data.rpartition(b"WARC-Target-URI")
    first, report = read("crawl.warc", head + b"WARC-Lost-URI" + tail)
    assert mark and first.title == "Talks"
    assert report.reason == "The archive is broken behind record 1: the next one has no address. Fetch it anew."
