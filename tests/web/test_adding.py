"""New documents: pasted, sent as files, bounded, and read one job after the other."""

from __future__ import annotations

import json
import time

import pytest
from starlette.testclient import TestClient

from dragoman.analysis import Analysis
from dragoman.ingest import Options, Unread, read_paths
from dragoman.record import Record
from dragoman.views.web import workbench
from dragoman.views.web.safety import Rules

from .conftest import ORIGIN, Bench


@pytest.fixture
def adding(path):
    """A workbench whose reader finds nothing in any text."""

    def add(paths, given, report):
        found = list(read_paths([str(p) for p in paths], options=Options(**given)))
        report(0, len(found))
        unread = [(one.name, one.reason) for one in found if isinstance(one, Unread)]
        Record(path).add([Analysis(reader="by-hand", document=d) for d in found if not isinstance(d, Unread)])
        return f"{len(found) - len(unread)} documents read.", unread

    return Bench(TestClient(workbench(path, add=add, rules=Rules(max_body=200_000)), base_url=ORIGIN))


def send(bench, files=(), **fields):
    return bench.client.post("/add", data={"key": bench.key, **fields}, files=list(files), follow_redirects=False)


def finished(bench, answer) -> dict:
    """What became of a job."""
    assert answer.status_code == 303, answer.text[-300:]
    for _ in range(200):
        found = json.loads(bench.page(answer.headers["location"] + ".json"))
        if found["state"] in ("done", "failed"):
            return found
        time.sleep(0.02)
    raise AssertionError("The job was not finished in four seconds.")


def test_a_pasted_text_becomes_a_document(adding, record):
    """With title, publisher, date and address, its line ends those of the record."""
    job = finished(
        adding,
        send(
            adding,
            text="Envoys met.\r\nThey parted.",
            title="Talks",
            publisher="Wire",
            published="2024-05",
            url="https://w.invalid/1",
        ),
    )
    assert job["said"] == "1 documents read."
    document = next(d for d in record.documents.values() if d.title == "Talks")
    assert (document.text.strip(), document.publisher, document.published, document.url) == (
        "Envoys met.\nThey parted.",
        "Wire",
        "2024-05",
        "https://w.invalid/1",
    )
    assert "Talks" in adding.page("/search?q=envoys")


def test_a_pages_saved_html_is_read_as_a_page(adding, record):
    """Its article, without its tags."""
    words = "The harbour of Tamsk was closed on Friday. " * 6
    head = "<!doctype html><html><head><title>Harbour closed</title></head>"
    page = f"{head}<body><article><p>{words}</p></article></body></html>"
    finished(adding, send(adding, text=page, publisher="Wire"))
    assert any("harbour of Tamsk was closed" in d.text and "<p>" not in d.text for d in record.documents.values())


def test_several_files_are_read_and_named(adding, record):
    """What cannot be read is named as it was called where it came from."""
    job = finished(
        adding,
        send(
            adding,
            [("files", ("a.txt", b"Envoys met in May.", "text/plain")), ("files", ("empty.txt", b"", "text/plain"))],
        ),
    )
    assert job["said"] == "1 documents read." and job["unread"][0][0] == "empty.txt"


@pytest.mark.parametrize("name", ["tool.exe", "archive.zip", "table.parquet", "noextension", "x.html.sh"])
def test_only_known_kinds_of_files_are_taken(adding, record, name):
    """A sentence says which."""
    answer = send(adding, [("files", (name, b"MZ", "application/octet-stream"))])
    assert answer.status_code == 400 and ".jsonl" in answer.text and len(record.documents) == 4


def test_a_strange_file_among_others_does_not_stop_them(adding, record):
    """It is named with the reason, and the page lists what was added and nothing else."""
    before = set(record.documents)
    files = [("files", (name, b"Envoys met in May.", "text/plain")) for name in ("tool.exe", "a.txt")]
    answer = send(adding, files)
    job = finished(adding, answer)
    (name, reason), *others = job["unread"]
    assert name == "tool.exe" and reason.startswith("It is no file") and others == []
    page = adding.page(answer.headers["location"])
    (new,) = set(record.documents) - before
    assert f'href="/d/{new}"' in page and not any(f"/d/{id}" in page for id in before)


def test_a_file_cannot_choose_its_place(adding, record, tmp_path):
    """A name with slashes is a name."""
    finished(adding, send(adding, [("files", ("../../../escaped.txt", b"Envoys met in May.", "text/plain"))]))
    assert not list(tmp_path.rglob("escaped.txt")) and not (tmp_path.parent / "escaped.txt").exists()


def test_too_much_at_once_is_refused(adding, record):
    """By size and by number of files."""
    assert send(adding, [("files", ("a.txt", b"x" * 300_000, "text/plain"))]).status_code == 413
    many = [("files", (f"{n}.txt", b"x", "text/plain")) for n in range(60)]
    assert send(adding, many).status_code == 400 and len(record.documents) == 4


def test_too_many_files_are_refused(adding):
    """Fifty at once are enough for a page."""
    answer = send(adding, [("files", (f"{n}.txt", b"Envoys met.")) for n in range(51)])
    assert answer.status_code == 400 and "send 50 or fewer" in answer.text


def test_a_text_longer_than_a_field_may_be_is_refused(path, record):
    """Eight megabytes; with a sentence, and nothing is read of it."""
    bench = Bench(TestClient(workbench(path, add=lambda *_: pytest.fail("it was read")), base_url=ORIGIN))
    answer = send(bench, text="Envoys met. " * 750_000)
    assert answer.status_code == 400 and "That did not work" in answer.text and len(record.documents) == 4


def test_nothing_sent_is_a_sentence(adding):
    """The form was empty."""
    answer = send(adding)
    assert answer.status_code == 400 and "Nothing was sent" in answer.text


def test_without_a_reader_nothing_is_added(bench):
    """The page says how else."""
    assert "dragoman read" in bench.page("/add")
    assert send(bench, text="Envoys met.").status_code == 400


def test_a_job_that_fails_says_why_and_the_next_one_is_read(path):
    """One thread reads; an error does not end it."""
    calls = []

    def add(paths, given, report):
        calls.append(paths)
        if len(calls) == 1:
            raise OSError("the disk is full")
        return "fine", []

    bench = Bench(TestClient(workbench(path, add=add), base_url=ORIGIN))
    failed = finished(bench, send(bench, text="One."))
    assert failed["state"] == "failed" and "disk is full" in failed["said"]
    assert finished(bench, send(bench, text="Two."))["state"] == "done"
