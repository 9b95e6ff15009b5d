"""Kills, full disks, damaged files, two writers, later versions: nothing is lost, and one sentence says what is the matter."""

from __future__ import annotations

import errno
import io
import json
import os
import random
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from dragoman.errors import NewerRecordError, RecordError
from dragoman.record import Record, parts

from ..strategies import small_analysis
from .writer import Writer

KILLS = 100
PROJECT = Path(__file__).parents[2]


def titles(record: Record) -> list[str]:
    """The titles of all documents that were read, in the order of the record."""
    return [a.document.title or "" for a in record.analyses()]


def test_a_killed_run_is_resumed_to_the_same_content(tmp_path: Path) -> None:
    """Killed a hundred times while it adds, judges or joins, a run loses nothing and ends as an undisturbed one."""
    chance = random.Random(20310502)
    path = tmp_path / "record"
    done: set[tuple[str, str]] = set()
    for kill in range(KILLS):
        writer = Writer(path, 0, 10_000, judging=True)
        writer.wait_for_one()
        time.sleep(chance.uniform(0, 0.03))
        writer.kill()
        done.update(writer.said())
        if kill % 10 == 9:
            assert done <= kept(Record(path))
            assert Record(path).damaged == ()
    reached = len(titles(Record(path)))
    assert reached >= KILLS
    assert Writer(path, 0, reached + 5).finish() == 0
    assert list(Record(path).analyses()) == [small_analysis(n) for n in range(reached + 5)]
    assert Record(path).summary().unread == 0
    assert Record(path).check() == ()


def kept(record: Record) -> set[tuple[str, str]]:
    """What a record has of `Writer.said`."""
    read = {("read", id) for id in record.read_by("reader-one")}
    return read | {("judged", review.document_id) for review in record.reviews.entries()}


def test_a_kill_while_the_record_is_made_leaves_a_beginning(tmp_path: Path) -> None:
    """What a killed process left before the first file was whole is no obstacle to the next one."""
    path = tmp_path / "record"
    path.mkdir()
    (path / ".unfinished-17-abcd").write_bytes(b'{"form')
    Record(path, create=True).add([small_analysis(1)])
    assert titles(Record(path)) == ["Report 1"]


def test_documents_without_a_reading_are_read_again(record: Record) -> None:
    """A kill between a batch's documents and its readings costs the reading, and the record says so."""
    record.add([small_analysis(1)])
    shutil.rmtree(record.path / "readings")
    assert record.summary().unread == 1
    assert record.read_by("reader-one") == set()
    Record(record.path, create=True).add([small_analysis(1)])
    assert titles(record) == ["Report 1"]
    assert record.summary().unread == 0


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    """Each adds its own and some that the other adds too: everything is there, and nothing twice."""
    path = tmp_path / "record"
    writers = [Writer(path, 0, 60), Writer(path, 30, 90), Writer(path, 80, 90, "reader-two")]
    assert [writer.finish() for writer in writers] == [0, 0, 0]
    record = Record(path)
    assert sorted(titles(record)) == sorted(f"Report {n}" for n in range(90))
    assert len(record.documents) == record.sql("SELECT count(*) AS n FROM documents").to_pylist()[0]["n"] == 90
    assert record.sql("SELECT count(*) AS n FROM events").to_pylist() == [{"n": 90}]
    assert record.read_by("reader-two") == {small_analysis(n).document.id for n in range(80, 90)}


def test_what_two_processes_both_wrote_counts_once(tmp_path: Path) -> None:
    """Two that looked before either wrote both write the document; tables, summary and analyses have it once."""
    one, two = Record(tmp_path, create=True), Record(tmp_path)
    one.add([small_analysis(0)])
    two.add([small_analysis(0)])
    one.add([small_analysis(1), small_analysis(2)])
    two.add([small_analysis(2), small_analysis(3)])
    assert sum(pq.read_metadata(path).num_rows for path in parts.names(tmp_path / "documents")) == 5
    assert one.summary().documents == one.summary().events == 4
    assert titles(one) == ["Report 0", "Report 1", "Report 2", "Report 3"]


def test_what_is_written_while_a_record_is_looked_at_is_seen_whole(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever another process adds between two looks into the folder, no reading is seen without its document."""
    record.add([small_analysis(1)])
    names, looks = parts.names, iter([True])

    def names_with_a_writer_beside(folder: Path) -> list[Path]:
        found = names(folder)
        if next(looks, False):
            Record(record.path).add([small_analysis(2)])
        return found

    monkeypatch.setattr(parts, "names", names_with_a_writer_beside)
    looking = Record(record.path)
    assert looking.sql("SELECT * FROM events ANTI JOIN documents USING (document_id)").num_rows == 0
    assert titles(looking) == ["Report 1", "Report 2"]


def test_two_folders_of_one_reader_are_one_generation(record: Record) -> None:
    """Should two processes begin with the same reader and number it differently, its first number counts."""
    record.add([small_analysis(1)])
    record.add([small_analysis(1, reader="reader-two")])
    shutil.copytree(record.path / "readings" / "0001-reader-one", record.path / "readings" / "0003-reader-one")
    assert record.readers == ("reader-one", "reader-two")
    assert [a.reader for a in record.analyses()] == ["reader-two"]
    assert record.sql("SELECT reader FROM events").to_pylist() == [{"reader": "reader-two"}]


@pytest.mark.parametrize("step", ["write", "fsync", "replace", "mkdir"])
def test_a_full_disk_leaves_the_record_as_it_was(record: Record, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Wherever the disk fills up there is one sentence, nothing is half-written, and the same call completes it later."""
    record.add([small_analysis(1)])
    with monkeypatch.context() as full:
        fill_up(full, step)
        with pytest.raises(RecordError, match="The disk is full") as caught:
            record.add([small_analysis(2, reader="reader-two")])
    assert str(record.path) in str(caught.value)
    assert not list(record.path.rglob(".unfinished-*"))
    assert titles(Record(record.path)) == ["Report 1"]
    record.add([small_analysis(2, reader="reader-two")])
    assert titles(Record(record.path)) == ["Report 1", "Report 2"]
    assert record.damaged == ()


def fill_up(patch: pytest.MonkeyPatch, step: str) -> None:
    """Make one step of writing fail as on a full disk."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if step == "write":
        patch.setattr(parts, "_write_through", fail)
    elif step == "fsync":
        patch.setattr(os, "fsync", fail)
    else:
        patch.setattr(Path, step, fail)


FULL_DISK = """
import sys
sys.path.insert(0, sys.argv[1])
from tests.strategies import small_analysis
from dragoman.errors import RecordError
from dragoman.record import Record
record = Record(sys.argv[2], create=True)
try:
    for number in range(500):
        record.add([small_analysis(number)])
except RecordError as error:
    print(error)
kept = list(Record(record.path).analyses())
print("kept is a beginning:", 5 < len(kept) < 500 and kept == [small_analysis(n) for n in range(len(kept))])
print("left over:", list(record.path.rglob(".unfinished-*")))
"""


def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    """On a file system of 512 kB a run ends with the sentence, and what it had written until then is whole."""
    if not shutil.which("unshare"):
        pytest.skip("needs unshare, to mount a small file system")
    mount = f'mount -t tmpfs -o size=512k none "{tmp_path}" || exit 77; exec "$@"'
    command = [sys.executable, "-c", FULL_DISK, str(PROJECT), str(tmp_path / "record")]
    run = subprocess.run(
        ["unshare", "-rm", "sh", "-c", mount, "sh", *command], capture_output=True, text=True, timeout=120
    )
    if run.returncode != 0 and not run.stdout:
        pytest.skip(f"needs the right to mount a small file system: {run.stderr.strip()[-200:]}")
    assert run.stdout.startswith("The disk is full")
    assert run.stdout.endswith("kept is a beginning: True\nleft over: []\n")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_is_closed_to_writing(record: Record) -> None:
    """The sentence names the file and the right that is missing."""
    record.add([small_analysis(1)])
    (record.path / "documents").chmod(0o555)
    with pytest.raises(RecordError, match="No permission to write"):
        record.add([small_analysis(2)])


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
def test_no_permission_is_one_sentence(record: Record, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """A folder or a disk that is closed to writing is named, with what to do."""

    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(parts, "_write_through", fail)
    with pytest.raises(RecordError, match=r"No permission to write .*documents.*; change the rights"):
        record.add([small_analysis(1)])


@pytest.mark.parametrize("kept", [0, 4, 0.5, 0.99])
def test_a_truncated_part_is_named_and_the_rest_is_read(record: Record, kept: float) -> None:
    """It is a value of the record and a line of its summary; the other parts answer."""
    record.add([small_analysis(1)])
    record.add([small_analysis(2)])
    (_, damaged) = parts.names(record.path / "readings" / "0001-reader-one")
    content = damaged.read_bytes()
    damaged.write_bytes(content[: int(kept * len(content)) if kept < 1 else int(kept)])
    again = Record(record.path)
    assert [d.path for d in again.damaged] == [damaged]
    assert "truncated" in again.damaged[0].reason
    assert f"{damaged} is left out" in str(again.summary())
    assert titles(again) == ["Report 1"]
    assert again.sql("SELECT count(*) AS n FROM events").to_pylist() == [{"n": 1}]


def test_a_file_that_is_taken_in_pieces_is_whole(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system may take fewer bytes than it was given, as it does when the disk is nearly full; the rest follows."""

    class Hesitant(io.FileIO):
        def write(self, content: bytes) -> int:  # type: ignore[override]
            return super().write(content[:100]) or 0

    with monkeypatch.context() as hesitant:
        whole = Path.open

        def hesitating(path: Path, mode: str = "r", buffering: int = -1) -> Any:
            return Hesitant(path, mode.replace("b", "")) if "x" in mode else whole(path, mode, buffering)

        hesitant.setattr(Path, "open", hesitating)
        record.add([small_analysis(1)])
    assert titles(Record(record.path)) == ["Report 1"]


def test_a_part_that_is_put_back_is_read(record: Record) -> None:
    """A record that is open sees the copy that replaces a damaged part."""
    record.add([small_analysis(1)])
    (part,) = parts.names(record.path / "documents")
    content = part.read_bytes()
    part.write_bytes(content[:100])
    again = Record(record.path)
    assert [d.path for d in again.damaged] == [part]
    part.write_bytes(content)
    assert again.damaged == ()
    assert titles(again) == ["Report 1"]


def test_a_folder_that_cannot_be_synced_will_do(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network drives sync file names by themselves and refuse to do so on demand."""
    sync = os.fsync

    def files_only(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        sync(handle)

    monkeypatch.setattr(os, "fsync", files_only)
    record.add([small_analysis(1)])
    assert titles(record) == ["Report 1"]


def test_reading_again_makes_up_for_a_damaged_part(record: Record) -> None:
    """What a damaged part held is not known any more, be it a text or a reading, and so it is added again."""
    record.add([small_analysis(1)])
    for folder in ("documents", "readings/0001-reader-one"):
        (part,) = parts.names(record.path / folder)[:1]
        part.write_bytes(b"")
        again = Record(record.path, create=True)
        assert again.read_by("reader-one") == set()
        assert titles(again) == []
        again.add([small_analysis(1)])
        assert titles(again) == ["Report 1"]
        assert len(again.damaged) == 1
        part.unlink()


def test_a_foreign_parquet_file_is_named(record: Record) -> None:
    """A part without our columns is left out like a truncated one."""
    record.add([small_analysis(1)])
    (part,) = parts.names(record.path / "documents")
    stranger = part.with_name("00000002-0123456789abcdef.parquet")
    (readings,) = parts.names(record.path / "readings" / "0001-reader-one")
    shutil.copy(readings, stranger)
    assert [(d.path, d.reason) for d in Record(record.path).damaged] == [
        (stranger, "it has no column language, text, title, url.")
    ]
    assert titles(Record(record.path)) == ["Report 1"]


@pytest.mark.parametrize("spared", [200, 0.5])
def test_damage_inside_a_part_ends_the_question(record: Record, spared: float) -> None:
    """A part whose pages are overwritten gives a sentence, not a wrong answer, whether its ids or its texts are hit."""
    record.add(small_analysis(n) for n in range(500))
    (part,) = parts.names(record.path / "documents")
    content = bytearray(part.read_bytes())
    start = int(spared * len(content) if spared < 1 else spared)
    content[start:-3000] = bytes(len(content) - 3000 - start)
    part.write_bytes(content)
    for question in (
        lambda: Record(record.path).sql("SELECT text FROM documents"),
        lambda: titles(Record(record.path)),
    ):
        with pytest.raises(RecordError, match=f"amaged.*{part.name}|{part.name} is damaged"):
            question()


def test_other_files_in_a_record_are_left_alone(record: Record) -> None:
    """Notes, hidden files and copies beside the parts are no parts."""
    record.add([small_analysis(1)])
    for name in ("notes.txt", ".DS_Store", "copy of 00000001-0123456789abcdef.parquet"):
        (record.path / "documents" / name).write_bytes(b"x")
    (record.path / "readings" / "notes").mkdir()
    assert titles(Record(record.path)) == ["Report 1"]
    assert Record(record.path).damaged == ()


def test_what_killed_processes_left_is_swept_when_it_is_old(record: Record) -> None:
    """Unfinished files go after a day, not while another process may be writing them."""
    record.add([small_analysis(1)])
    old, new = (record.path / "documents" / f".unfinished-1-{n}" for n in ("old", "new"))
    for path in (old, new):
        path.write_bytes(b"PAR1")
    os.utime(old, (time.time() - 3 * 86_400,) * 2)
    Record(record.path)
    assert old.exists()
    Record(record.path, create=True)
    assert (old.exists(), new.exists()) == (False, True)


def test_a_record_from_the_future_is_left_alone(record: Record) -> None:
    """A later layout is refused with both versions, and nothing is changed."""
    head = record.path / "record.json"
    head.write_text(json.dumps({"format": "dragoman-record", "schema": 99, "new": True}))
    with pytest.raises(NewerRecordError, match=r"layout 99, this one knows up to 2.*upgrade dragoman"):
        Record(record.path, create=True)
    assert json.loads(head.read_text())["schema"] == 99


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"format": "other", "schema": 1}', '{"format": "dragoman-record"}', "\x80"]
)
def test_a_broken_head_is_named(record: Record, content: str) -> None:
    """The sentence shows what belongs there."""
    (record.path / "record.json").write_text(content, encoding="latin-1")
    with pytest.raises(RecordError, match=r"record\.json is not what a record has there .*dragoman-record"):
        Record(record.path)


def test_what_is_no_record_is_not_opened(tmp_path: Path) -> None:
    """Absent, a file, and an empty folder: each is named."""
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    for name in ("absent", "file", "folder"):
        with pytest.raises(RecordError, match=f"{name} is no record.*dragoman read -o"):
            Record(tmp_path / name)
    assert not (tmp_path / "absent").exists()


def test_a_record_is_not_made_among_other_files(tmp_path: Path) -> None:
    """`-o` with the name of a folder of documents, or of a file, does no harm."""
    (tmp_path / "report.txt").write_text("x")
    with pytest.raises(RecordError, match="holds other files and is no record"):
        Record(tmp_path, create=True)
    with pytest.raises(RecordError, match="is a file, but a record is a folder"):
        Record(tmp_path / "report.txt", create=True)
    assert [p.name for p in tmp_path.iterdir()] == ["report.txt"]


def test_a_record_is_made_with_the_folders_above_it(tmp_path: Path) -> None:
    """`-o project/2031/record` needs no mkdir."""
    Record(tmp_path / "project" / "2031" / "record", create=True).add([small_analysis(1)])
    assert titles(Record(tmp_path / "project" / "2031" / "record")) == ["Report 1"]


def test_other_trouble_is_passed_on() -> None:
    """Any other trouble of the system is passed on with the path and its own words."""
    error = parts.refused(OSError(errno.EIO, "Input/output error"), Path("r/documents"), "read")
    assert str(error) == "Could not read r/documents: Input/output error. Check the path and the disk."
