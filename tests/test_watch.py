"""`dragoman watch`: unattended, never twice, and on again after whatever happened."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from dragoman.analysis import Analysis
from dragoman.document import Document
from dragoman.errors import RecordError, UsageError
from dragoman.ingest import Unread
from dragoman.record import Record
from dragoman.run import watching
from dragoman.run.metrics import address_of, exposition, start_server
from dragoman.run.watching import Counters, Watch, pause

from .strategies import small_analysis


class SmallReader:
    """Reads the reports of `small_analysis` and remembers which."""

    fingerprint = "reader-one"

    def __init__(self) -> None:
        self.read: list[int] = []

    def read_all(self, documents: Iterable[Document], *, workers: int | None = None) -> Iterator[Analysis]:
        for document in documents:
            self.read.append(int((document.title or "").split()[-1]))
            yield small_analysis(self.read[-1])


class Looks:
    """A place with one list of things for each look: numbers of reports, Unread, or an error to raise; then nothing more."""

    def __init__(self, *looks: Iterable[int | Unread | Exception]) -> None:
        self._looks = iter(looks)
        self.given = 0

    def look(self) -> Iterator[Document | Unread]:
        for item in next(self._looks, ()):
            if isinstance(item, Exception):
                raise item
            self.given += 1
            yield small_analysis(item).document if isinstance(item, int) else item


class Log:
    """What was logged."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, dict[str, Any]]] = []

    def __call__(self, event: str, **fields: Any) -> None:
        self.lines.append((event, fields))

    def of(self, event: str) -> list[dict[str, Any]]:
        """The fields of all lines about one kind of event."""
        return [fields for name, fields in self.lines if name == event]


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """A new record."""
    return Record(tmp_path / "record", create=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits half a second for nothing."""
    monkeypatch.setattr(watching, "_TICK", 0.01)


def watch(record: Record, place: Looks, until: Callable[[Watch], bool], **more: Any) -> Watch:
    """Watch until something holds, at most ten seconds."""
    made = Watch(record=record, reader=SmallReader(), place=place, every=0.01, log=Log(), **more)
    thread = threading.Thread(target=made.run)
    thread.start()
    end = time.monotonic() + 10
    while not until(made) and time.monotonic() < end:
        time.sleep(0.01)
    held = until(made)
    made.stop.set()
    thread.join(10)
    assert held and not thread.is_alive()
    return made


def titles(record: Record) -> set[str | None]:
    """What a record holds."""
    return {a.document.title for a in record.analyses()}


def test_what_arrives_is_read(record: Record):
    """Documents of several looks are in the record, and the log counts them."""
    made = watch(record, Looks([1, 2], [], [3]), lambda w: w.counters.documents_read == 3)
    assert titles(record) == {"Report 1", "Report 2", "Report 3"}
    assert sum(line["documents"] for line in made.log.of("read")) == 3


def test_nothing_is_read_twice_also_after_a_restart(record: Record):
    """A second watch with the same record and place reads only what is new."""
    watch(record, Looks([1, 2], [2, 1]), lambda w: w.counters.documents_known == 2)
    again = watch(Record(record.path), Looks([1, 2, 3]), lambda w: w.counters.documents_read == 1)
    assert again.reader.read == [3]


def test_a_look_that_fails_is_tried_again(record: Record):
    """The log says why and when; a later look succeeds."""
    made = watch(
        record, Looks([OSError("no route")], [ValueError("odd")], [7]), lambda w: w.counters.documents_read == 1
    )
    assert [line["reason"] for line in made.log.of("look_failed")] == ["no route", "ValueError: odd"]
    assert [line["again_in"] for line in made.log.of("look_failed")] == [0.02, 0.04]


def test_the_pause_doubles_up_to_an_hour():
    """A dead server is asked rarely, and never less than the user wants."""
    assert [pause(60, failed) for failed in (0, 1, 2, 6, 99)] == [60, 120, 240, 3600, 3600]
    assert pause(7200, 5) == 7200


def test_a_full_disk_is_waited_for(record: Record, monkeypatch: pytest.MonkeyPatch):
    """A batch that could not be written is written later."""
    real, left = Record.add, [2]

    def add(self: Record, analyses: Iterable[Analysis]) -> None:
        if left[0]:
            left[0] -= 1
            raise RecordError("The disk is full.")
        real(self, analyses)

    monkeypatch.setattr(Record, "add", add)
    made = watch(record, Looks([1]), lambda w: w.counters.documents_read == 1)
    assert titles(record) == {"Report 1"}
    assert [line["reason"] for line in made.log.of("record_failed")] == ["The disk is full."] * 2


def test_the_queue_is_bounded(record: Record, monkeypatch: pytest.MonkeyPatch):
    """While the reader is busy the place is asked for no more than a queue and a batch of documents."""
    monkeypatch.setattr(watching, "QUEUE", 5)
    held = threading.Event()
    monkeypatch.setattr(SmallReader, "read_all", lambda self, documents, workers=None: (held.wait(10), iter(()))[1])
    place = Looks(range(100))
    made = Watch(record=record, reader=SmallReader(), place=place, every=0.01, log=Log())
    thread = threading.Thread(target=made.run)
    thread.start()
    time.sleep(0.3)
    most = place.given
    made.stop.set()
    held.set()
    thread.join(10)
    assert 5 <= most <= 12


def test_what_cannot_be_read_is_logged(record: Record):
    """With its name and reason."""
    made = watch(record, Looks([Unread("a.pdf", "Not known.")]), lambda w: w.counters.documents_unread == 1)
    assert made.log.of("unread") == [{"name": "a.pdf", "reason": "Not known."}]


def test_the_metrics_are_prometheus_text():
    """Each counter has its help, type and value."""
    text = exposition(Counters(documents_read=12, queue=3))
    assert "# TYPE dragoman_documents_read_total counter\ndragoman_documents_read_total 12\n" in text
    assert "# TYPE dragoman_queue gauge\ndragoman_queue 3\n" in text
    assert text.count("# HELP") == len(Counters.__slots__)


def test_the_server_tells_counters_and_health():
    """/health is 200 or 503, as the watch is."""
    fine = [True]
    server = start_server(("127.0.0.1", 0), Counters(looks=4), lambda: fine[0])
    base = f"http://127.0.0.1:{server.server_address[1]}"
    with urlopen(f"{base}/metrics") as page:
        assert b"dragoman_looks_total 4" in page.read()
        assert page.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    with urlopen(f"{base}/health") as page:
        assert page.read() == b"ok\n"
    fine[0] = False
    with pytest.raises(HTTPError, match="503"):
        urlopen(f"{base}/health")
    server.shutdown()


def test_health_is_a_look_that_succeeded_lately(record: Record):
    """A watch that has not begun or has not looked for long is ill."""
    made = Watch(record=record, reader=SmallReader(), place=Looks(), every=1, log=Log())
    assert not made.healthy
    done = watch(record, Looks([1]), lambda w: w.healthy and w.counters.documents_read == 1)
    done.counters.last_look -= 1000
    assert not done.healthy


@pytest.mark.parametrize(
    ("text", "address"), [(":9464", ("127.0.0.1", 9464)), ("9464", ("127.0.0.1", 9464)), ("[::1]:80", ("::1", 80))]
)
def test_an_address_without_a_host_is_this_machine(text: str, address: tuple[str, int]):
    """Nothing is shown to the network unless the user says so."""
    assert address_of(text) == address


@pytest.mark.parametrize("text", ["here", "host:", "host:99999", ""])
def test_what_is_no_address_is_refused(text: str):
    """Before anything is opened."""
    with pytest.raises(UsageError, match="is no address"):
        address_of(text)


@pytest.mark.slow
def test_a_watch_that_was_killed_goes_on_where_it_stopped(tmp_path: Path):
    """The whole command: killed without warning, started again, ended by SIGTERM; every file once."""
    inbox, record = tmp_path / "inbox", tmp_path / "record"
    inbox.mkdir()
    old = time.time() - 100

    def arrive(number: int) -> None:
        path = inbox / f"{number}.txt"
        path.write_text(f"The envoy of France rejected talks with Mali on day {number}.", encoding="utf-8")
        os.utime(path, (old, old))

    def start() -> subprocess.Popen[str]:
        code = "from dragoman.cli import main; main()"
        command = [sys.executable, "-c", code, "watch", str(inbox), "-o", str(record), "--every", "1"]
        return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)

    def lines_until(process: subprocess.Popen[str], event: str) -> list[dict[str, Any]]:
        lines: list[dict[str, Any]] = []
        while not lines or lines[-1]["event"] != event:
            lines.append(json.loads(process.stderr.readline()))
        return lines

    arrive(1)
    first = start()
    assert lines_until(first, "read")[-1]["documents"] == 1
    first.kill()
    first.wait()
    arrive(2)
    second = start()
    assert lines_until(second, "read")[-1]["documents"] == 1
    second.send_signal(signal.SIGTERM)
    assert lines_until(second, "stopped")[-1]["known"] == 1
    assert second.wait() == 0
    assert len(list(Record(record).analyses())) == 2
