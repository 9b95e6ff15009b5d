"""Reading in several processes: a document that kills its process is set aside, the rest is read."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pytest

from dragoman import Document
from dragoman.analysis import Analysis
from dragoman.reading import Settings, pool

DEADLY = "this text ends the process"


def read_or_die(document: Document) -> Analysis:
    """A stand-in for the reading, quick to start, that some texts kill."""
    if document.text == DEADLY:
        os._exit(1)
    return Analysis(reader="stand-in", document=document)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that open no models."""
    monkeypatch.setattr(pool, "_pool", lambda settings, workers: ProcessPoolExecutor(workers))
    monkeypatch.setattr(pool, "_read", read_or_die)


@pytest.mark.usefixtures("quick")
def test_documents_come_back_in_their_order():
    """More documents than may be in flight, two workers, one order."""
    documents = [Document(f"text {n}") for n in range(40)]
    analyses = list(pool.read_in_processes(Settings(), documents, 2))
    assert [a.document.text for a in analyses] == [d.text for d in documents]


@pytest.mark.usefixtures("quick")
def test_a_deadly_document_is_set_aside_and_the_rest_is_read():
    """It is named with its reason and its place in the order is kept."""
    texts = [f"text {n}" for n in range(12)]
    texts.insert(5, DEADLY)
    analyses = list(pool.read_in_processes(Settings(), map(Document, texts), 2))
    assert [a.document.text for a in analyses] == texts
    assert [bool(a.skipped) for a in analyses] == [t == DEADLY for t in texts]
    assert "set aside" in analyses[5].skipped[0].reason


class Broken(ThreadPoolExecutor):
    """A pool that has lost a worker before anything is submitted."""

    def submit(self, *_: object, **__: object):
        raise BrokenProcessPool("lost")


def test_a_pool_that_breaks_between_submissions_is_replaced(monkeypatch: pytest.MonkeyPatch):
    """The loss may show when a document is handed over, not only when its reading is asked for."""
    pools = iter([Broken(2)])
    monkeypatch.setattr(pool, "_pool", lambda settings, workers: next(pools, None) or ThreadPoolExecutor(workers))
    monkeypatch.setattr(pool, "_read", read_or_die)
    texts = [f"text {n}" for n in range(20)]
    analyses = list(pool.read_in_processes(Settings(), map(Document, texts), 2))
    assert [a.document.text for a in analyses] == texts
    assert not any(a.skipped for a in analyses)


@pytest.mark.usefixtures("quick")
def test_documents_are_taken_as_they_are_needed():
    """A stream of any length is never held at once."""
    taken = []

    def stream():
        for n in range(1000):
            taken.append(n)
            yield Document(f"text {n}")

    analyses = pool.read_in_processes(Settings(), stream(), 2)
    next(analyses)
    assert len(taken) <= 2 * pool._AHEAD + 1
    analyses.close()
