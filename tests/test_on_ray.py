"""Reading on a cluster of two nodes: the rows of one process, whatever is lost in the middle of the run."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dragoman.analysis import Analysis
from dragoman.document import Document
from dragoman.ingest import Options, read_paths
from dragoman.record import Record
from dragoman.run import Report, read_into
from dragoman.run.attempts import MOST, Attempts, Guarded, HopelessError
from dragoman.run.on_ray import read_on_ray

DEADLY = "The text that ends the process."
DOCUMENTS = 120


def make_reader(pace: float = 0.0, trace: str = "", deadly: str = DEADLY) -> Callable[[], Any]:
    """A reader quick to open, which some text kills; defined here, so that it travels to the nodes with its code.

    It takes `pace` seconds for a document, and leaves the number of its process in the folder `trace`.
    """

    def make() -> Any:
        class Small:
            fingerprint = "reader-one"

            def read_all(self, documents: Iterable[Document], *, workers: int | None = None) -> Iterator[Analysis]:
                for document in documents:
                    if trace:
                        (Path(trace) / str(os.getpid())).touch()
                    if document.text == deadly:
                        os._exit(1)
                    time.sleep(pace)
                    yield Analysis(reader="reader-one", document=document)

        return Small()

    return make


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Invented reports in JSON Lines and Parquet, one of them twice, and a line that is no JSON."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = tmp_path / "inbox"
    folder.mkdir()
    rows = [
        {"text": f"Report {n}. The envoy spoke 😀.", "date": "2031-05-02", "publisher": "Harbour Wire"}
        for n in range(DOCUMENTS)
    ]
    (folder / "broken.jsonl").write_text("\n".join(["{broken", json.dumps(rows[0])]), encoding="utf-8")
    for first in range(0, DOCUMENTS, 20):
        some = rows[first : first + 20]
        if first % 40:
            pq.write_table(pa.Table.from_pylist(some), folder / f"{first}.parquet")
        else:
            (folder / f"{first}.jsonl").write_text("\n".join(map(json.dumps, some)), encoding="utf-8")
    return folder


@pytest.fixture
def cluster() -> Iterator[Any]:
    """Two raylets on this machine; the driver is on the first."""
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'dragoman[ray]'")
    import ray
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "object_store_memory": 100 * 2**20})
    made.second = made.add_node(num_cpus=1, object_store_memory=100 * 2**20)
    ray.init(address=made.address, log_to_driver=False)
    try:
        yield made
    finally:
        ray.shutdown()
        made.shutdown()


def rows(record: Path) -> list[tuple[str, str, int]]:
    """Document, text and number of skipped stretches of every reading, in no particular order."""
    return sorted((a.document.id, a.document.text, len(a.skipped)) for a in Record(record).analyses())


def in_one_process(inbox: Path, record: Path) -> tuple[Report, list[tuple[str, str, int]]]:
    """What reading the same files without Ray gives."""
    report = read_into(Record(record, create=True), read_paths([inbox]), make_reader(deadly="")())
    return report, rows(record)


@pytest.mark.slow
@pytest.mark.usefixtures("cluster")
def test_two_nodes_read_what_one_process_reads(inbox: Path, tmp_path: Path):
    """The same rows and the same report, and nothing the second time."""
    here, expected = in_one_process(inbox, tmp_path / "here")
    there = read_on_ray(tmp_path / "there", [str(inbox)], make_reader(), Options(), batch=8)
    assert rows(tmp_path / "there") == expected
    assert (there.read, there.known, len(there.unread)) == (here.read, here.known, 1) == (DOCUMENTS, 1, 1)
    again = read_on_ray(tmp_path / "there", [str(inbox)], make_reader(), Options(), batch=8)
    assert (again.read, again.known) == (0, DOCUMENTS + 1)
    assert not Record(tmp_path / "there").check()


@pytest.mark.slow
@pytest.mark.usefixtures("cluster")
def test_a_poisoned_document_is_set_aside_and_named(inbox: Path, tmp_path: Path):
    """It ends its process every time; after some tries the run goes on without it."""
    (inbox / "poison.jsonl").write_text(json.dumps({"text": DEADLY}), encoding="utf-8")
    report = read_on_ray(tmp_path / "record", [str(inbox)], make_reader(), Options(), batch=8)
    ((id, stretch),) = report.skipped
    assert Record(tmp_path / "record").documents[id].text == DEADLY
    assert f"{MOST} times" in stretch.reason
    assert len(rows(tmp_path / "record")) == DOCUMENTS + 1


def killed_in_the_middle(inbox: Path, tmp_path: Path, kill: Callable[[Path], None]) -> None:
    """Read slowly, kill something once both nodes are at work, and compare the rows."""
    trace = tmp_path / "trace"
    trace.mkdir()

    def wait_and_kill() -> None:
        end = time.monotonic() + 60
        while len(list(trace.iterdir())) < 2 and time.monotonic() < end:
            time.sleep(0.1)
        kill(trace)

    killer = threading.Thread(target=wait_and_kill)
    killer.start()
    reader = make_reader(pace=0.2, trace=str(trace))
    report = read_on_ray(tmp_path / "there", [str(inbox)], reader, Options(), batch=8)
    killer.join()
    assert len(list(trace.iterdir())) >= 2
    assert rows(tmp_path / "there") == in_one_process(inbox, tmp_path / "here")[1]
    assert not report.skipped


@pytest.mark.slow
@pytest.mark.usefixtures("cluster")
def test_a_worker_that_is_killed_costs_nothing(inbox: Path, tmp_path: Path):
    """Another process reads its batch, and the rows are the same."""

    def kill(trace: Path) -> None:
        os.kill(int(next(trace.iterdir()).name), 9)

    killed_in_the_middle(inbox, tmp_path, kill)
    assert len(list((tmp_path / "trace").iterdir())) >= 3


@pytest.mark.slow
def test_a_node_that_is_lost_costs_nothing(cluster: Any, inbox: Path, tmp_path: Path):
    """The first node does what the second had begun."""
    killed_in_the_middle(inbox, tmp_path, lambda _: cluster.remove_node(cluster.second, allow_graceful=False))


def test_an_attempt_that_ends_leaves_no_mark(tmp_path: Path):
    """A document may be read any number of times."""
    attempts = Attempts(tmp_path / "attempts")
    for _ in range(3 * MOST):
        with attempts.attempt("a"):
            assert len(list((tmp_path / "attempts").iterdir())) == 1
    assert not list((tmp_path / "attempts").iterdir())


def test_attempts_that_never_end_make_a_document_hopeless(tmp_path: Path):
    """A crash leaves its mark; others are not held to account for it."""
    attempts = Attempts(tmp_path / "attempts")
    crashed = [attempts.attempt("a") for _ in range(MOST)]
    for one in crashed:
        one.__enter__()
    with pytest.raises(HopelessError), attempts.attempt("a"):
        pass
    with attempts.attempt("b"):
        pass
    attempts.forget()
    with attempts.attempt("a"):
        pass


def test_a_guarded_reader_sets_a_hopeless_document_aside(tmp_path: Path):
    """It says so where the reading would stand, and reads the others; an error that is no crash leaves no mark."""
    attempts = Attempts(tmp_path / "attempts")
    reader = Guarded(make_reader(deadly="")(), attempts)
    hopeless, other = Document("The first report."), Document("The second report.")
    crashed = [attempts.attempt(hopeless.id) for _ in range(MOST)]
    for one in crashed:
        one.__enter__()
    first, second = reader.read_all([hopeless, other])
    assert f"{MOST} times" in first.skipped[0].reason
    assert (second.document, second.skipped) == (other, ())
    with pytest.raises(ValueError, match="odd"), attempts.attempt(other.id):
        raise ValueError("odd")
    assert not list((tmp_path / "attempts").glob(f"{other.id}*"))
