"""The log of reviews on the disk: two writers, kills, damage, later versions."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import random
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from dragoman.errors import NewerRecordError, RecordError
from dragoman.record import Record, parts
from dragoman.record.reviews import Log, Review, undo

KILLS = 8
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([__name__])


def numbered(number: int, reviewer: str = "ada") -> Review:
    """A review that says nothing but its number."""
    return undo(f"review {number}", reviewer=reviewer, at="2031-05-03T10:00:00Z", note="\u2028 😀")


def numbers(log: Log) -> list[str]:
    return sorted(str(r.undoes) for r in log.entries())


def write(root: Path, reviewer: str, count: int, said: Connection) -> None:
    """Add reviews one by one, each in its own file, and say so."""
    log = Log(root)
    for number in range(count):
        log.add([numbered(number, reviewer)])
        said.send(number)


def writer(root: Path, reviewer: str, count: int):
    heard, said = _processes.Pipe(duplex=False)
    process = _processes.Process(target=write, args=(root, reviewer, count, said), daemon=True)
    process.start()
    said.close()
    return process, heard


def test_what_was_added_is_there_for_others(tmp_path: Path) -> None:
    """Another log of the same folder sees it at the next call; nothing new gives the same tuple."""
    one, other = Log(tmp_path), Log(tmp_path)
    assert other.entries() == ()
    one.add([numbered(1), numbered(2)])
    assert numbers(other) == ["review 1", "review 2"]
    assert other.entries() is other.entries()


def test_adding_twice_changes_nothing(tmp_path: Path) -> None:
    """The same decision is one, whoever brings it."""
    Log(tmp_path).add([numbered(1), numbered(1)])
    Log(tmp_path).add([numbered(1)])
    assert len(Log(tmp_path).entries()) == 1
    assert len(list((tmp_path / "reviews").iterdir())) == 1


def test_of_one_instant_the_order_of_writing_counts(tmp_path: Path) -> None:
    """A clock that stands still does not shuffle decisions."""
    log = Log(tmp_path)
    for number in (5, 3, 4):
        log.add([numbered(number)])
    assert [r.undoes for r in Log(tmp_path).entries()] == ["review 5", "review 3", "review 4"]


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    """Two processes add at once; each review is there once."""
    running = [writer(tmp_path, name, 25) for name in ("ada", "ben")]
    for process, _ in running:
        process.join(60)
    assert numbers(Log(tmp_path)) == sorted(f"review {n}" for n in range(25) for _ in range(2))


def test_a_killed_writer_loses_nothing_it_had_said(tmp_path: Path) -> None:
    """Killed at random moments: what was said to be there is there, whole, and nothing is damaged."""
    chance = random.Random(20310503)
    for kill in range(KILLS):
        process, heard = writer(tmp_path, f"reviewer {kill}", 10_000)
        assert heard.poll(60)
        time.sleep(chance.uniform(0, 0.03))
        process.kill()
        process.join()
        said = []
        while heard.poll():
            try:
                said.append(heard.recv())
            except EOFError:
                break
        log = Log(tmp_path)
        there = [r for r in log.entries() if r.reviewer == f"reviewer {kill}"]
        assert len(there) >= len(said) > 0
        assert log.damaged == ()


def test_a_full_disk_adds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says so, and what was there stays."""
    log = Log(tmp_path)
    log.add([numbered(1)])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parts, "_write_through", full)
    with pytest.raises(RecordError, match="disk is full"):
        log.add([numbered(2)])
    assert numbers(Log(tmp_path)) == ["review 1"]


@pytest.mark.parametrize("how", ["truncated", "changed"])
def test_a_damaged_file_is_named_and_the_rest_counts(tmp_path: Path, how: str) -> None:
    """Nothing of it is believed, and it is not dropped in silence."""
    log = Log(tmp_path)
    log.add([numbered(1)])
    log.add([numbered(2)])
    first, _ = sorted((tmp_path / "reviews").iterdir())
    content = first.read_bytes()
    first.write_bytes(content[:-20] if how == "truncated" else content.replace(b"review 1", b"review 9"))
    again = Log(tmp_path)
    assert numbers(again) == ["review 2"]
    (damaged,) = again.damaged
    assert damaged.path == first


def test_a_later_version_is_refused(tmp_path: Path) -> None:
    """Its verdicts may mean what we do not know."""
    row = json.loads(numbered(1).to_json())
    content = json.dumps({**row, "schema": 2}).encode()
    (tmp_path / "reviews").mkdir()
    (tmp_path / "reviews" / f"00000001-{hashlib.sha256(content).hexdigest()[:16]}.jsonl").write_bytes(content)
    with pytest.raises(NewerRecordError, match="later dragoman"):
        Log(tmp_path).entries()


FORGED = numbered(1).to_json().replace("review 1", "review 2")


@pytest.mark.parametrize("line", ["", "[]", "{}", '{"schema": 1}', '{"schema": "x"}', "null", FORGED])
def test_a_line_that_is_no_review_is_no_review(line: str) -> None:
    """The content of a line is checked against its id."""
    with pytest.raises(ValueError, match=r"."):
        Review.from_json(line)


def test_an_open_record_sees_new_reviews(record: Record) -> None:
    """Also those of another process, at the next question."""
    assert record.sql("SELECT count(*) AS n FROM reviews").to_pylist() == [{"n": 0}]
    Log(record.path).add([numbered(1)])
    assert record.sql("SELECT verdict, undoes FROM reviews").to_pylist() == [{"verdict": "undo", "undoes": "review 1"}]
