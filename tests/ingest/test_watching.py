"""Looking again and again: what is new is given once, when it has come to rest."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dragoman.document import Document
from dragoman.ingest import Options, Unread
from dragoman.ingest.watching import Answer, FeedAddress, Paths, UnreachableError, get, place_of

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Wire</title>{}</channel></rss>"""
ITEM = "<item><title>{0}</title><description>The envoy of Ruritania spoke of {0}.</description></item>"


def feed(*titles: str) -> str:
    """An RSS feed with an entry for each title."""
    return FEED.format("".join(ITEM.format(title) for title in titles))


def put(folder: Path, name: str, text: str, *, age: float = 3600) -> Path:
    """A file that was last changed so many seconds ago."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    then = path.stat().st_mtime - age
    os.utime(path, (then, then))
    return path


def texts(place: Paths | FeedAddress) -> list[str]:
    """The texts that one look finds."""
    return [item.text for item in place.look() if isinstance(item, Document)]


def test_a_file_is_given_once(tmp_path: Path):
    """The second look finds only what came since the first."""
    place = Paths(str(tmp_path), Options())
    put(tmp_path, "one.txt", "The envoy arrived.")
    assert texts(place) == ["The envoy arrived."]
    put(tmp_path, "two.txt", "The envoy left.")
    assert texts(place) == ["The envoy left."]
    assert texts(place) == []


def test_a_file_that_is_being_written_is_left_alone(tmp_path: Path):
    """It is read when two looks find it alike, and not while it grows."""
    place = Paths(str(tmp_path), Options())
    put(tmp_path, "slow.txt", "The envoy", age=0)
    assert texts(place) == []
    put(tmp_path, "slow.txt", "The envoy arrived", age=0)
    assert texts(place) == []
    assert texts(place) == ["The envoy arrived"]


def test_a_file_that_changed_is_given_again(tmp_path: Path):
    """A feed in a file grows; the record knows which of its entries are old."""
    place = Paths(str(tmp_path / "news.xml"), Options())
    put(tmp_path, "news.xml", feed("grain"))
    assert len(texts(place)) == 1
    put(tmp_path, "news.xml", feed("grain", "ports"))
    assert len(texts(place)) == 2


def test_an_empty_folder_is_no_fault(tmp_path: Path):
    """A folder in which nothing has arrived yet gives nothing, and no report."""
    assert list(Paths(str(tmp_path), Options()).look()) == []


def test_a_folder_that_is_gone_is_an_error(tmp_path: Path):
    """A share that is not mounted must not look like a quiet day."""
    with pytest.raises(FileNotFoundError):
        list(Paths(str(tmp_path / "gone"), Options()).look())


def test_a_pattern_may_match_nothing_yet(tmp_path: Path):
    """`inbox/*.jsonl` waits for its first file."""
    place = Paths(str(tmp_path / "*.txt"), Options())
    assert list(place.look()) == []
    put(tmp_path, "one.txt", "The envoy arrived.")
    assert texts(place) == ["The envoy arrived."]


def test_what_cannot_be_read_is_told_once(tmp_path: Path):
    """A broken file does not fill the log at every look."""
    place = Paths(str(tmp_path), Options())
    put(tmp_path, "broken.json", "{")
    (tmp_path / "link.txt").symlink_to(tmp_path / "nowhere")
    told = [item.name.rsplit("/", 1)[-1] for item in place.look() if isinstance(item, Unread)]
    assert told == ["broken.json", "link.txt"]
    assert list(place.look()) == []


def test_a_feed_that_has_not_changed_is_not_read_again():
    """The server says so, or sends the same bytes."""
    answers = iter(
        [Answer(feed("grain").encode()), None, Answer(feed("grain").encode()), Answer(feed("ports").encode())]
    )
    place = FeedAddress("https://wire.example/feed", Options(), fetch=lambda *_: next(answers))
    assert [texts(place) for _ in range(4)] == [
        ["The envoy of Ruritania spoke of grain."],
        [],
        [],
        ["The envoy of Ruritania spoke of ports."],
    ]


def test_a_url_is_a_feed_and_all_else_a_path():
    """Windows drives and odd schemes are no addresses."""
    assert isinstance(place_of("https://wire.example/feed", Options()), FeedAddress)
    assert all(isinstance(place_of(name, Options()), Paths) for name in ("inbox", "C:/inbox", "file:///etc/passwd"))


@contextmanager
def serving(status: int, body: str = "", **headers: str) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A server on this machine that answers everything alike; its address, and the headers it was asked with."""
    asked: list[dict[str, str]] = []

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(dict(self.headers))
            known = "ETag" in headers and self.headers["If-None-Match"] == headers["ETag"]
            self.send_response(304 if known else status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(b"" if known else body.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/feed", asked
    finally:
        server.shutdown()
        server.server_close()


def test_a_feed_is_fetched_and_asked_for_changes_only():
    """The second request names the first answer's tag, and "not modified" gives nothing."""
    with serving(200, feed("grain"), ETag='"7"') as (url, asked):
        place = place_of(url, Options())
        assert [len(list(place.look())) for _ in range(2)] == [1, 0]
    assert asked[1]["If-None-Match"] == '"7"'
    assert asked[0]["User-Agent"].startswith("dragoman/")


def test_a_server_that_asks_for_patience_gets_it():
    """Retry-After reaches whoever plans the next look."""
    with serving(503, Retry_After="120") as (url, _), pytest.raises(UnreachableError, match="503") as caught:
        get(url, None, 100)
    assert caught.value.retry_after == 120


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/feed"])
def test_a_feed_cannot_lead_off_the_web(target: str):
    """A redirection to a file or to another protocol is refused, and not merely tried in vain."""
    with serving(302, Location=target) as (url, _), pytest.raises(UnreachableError, match=r"302|no web address"):
        get(url, None, 100)


def test_an_endless_feed_is_cut():
    """No more is fetched than may be read, and the reader says so."""
    with serving(200, feed("grain") + " " * 5000) as (url, _):
        (unread,) = place_of(url, Options(max_bytes=1000)).look()
    assert isinstance(unread, Unread)
    assert "1,000 bytes" in unread.reason
