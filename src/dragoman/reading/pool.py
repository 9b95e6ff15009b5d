"""Readings in several processes, in the order of the documents."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict
from itertools import islice

from dragoman.analysis import Analysis, Skipped
from dragoman.document import Document
from dragoman.reading import Reader, Settings

_AHEAD = 4
"""Documents in flight for each worker: enough to keep it busy, few enough to bound memory."""

_reader: Reader | None = None


def read_in_processes(settings: Settings, documents: Iterable[Document], workers: int) -> Iterator[Analysis]:
    """Like `map(reader.read, documents)`; a document that kills its process comes back as skipped, and the run goes on."""
    source = iter(documents)
    waiting: deque[tuple[Document, Future[Analysis]]] = deque()
    pool = _pool(settings, workers)
    try:
        while True:
            for document in islice(source, workers * _AHEAD - len(waiting)):
                waiting.append((document, _submit(pool, document)))
            if not waiting:
                return
            document, future = waiting.popleft()
            try:
                analysis = future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                analysis = _read_alone(settings, document)
                pool = _pool(settings, workers)
                waiting = deque((d, _submit(pool, d)) for d, _ in waiting)
            yield analysis
    except KeyboardInterrupt:
        _end(pool)
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, document: Document) -> Future[Analysis]:
    """The reading to come; of a pool that has broken meanwhile, one that says so when asked."""
    try:
        return pool.submit(_read, document)
    except BrokenProcessPool as error:
        broken: Future[Analysis] = Future()
        broken.set_exception(error)
        return broken


def _read_alone(settings: Settings, document: Document) -> Analysis:
    """Read a document in a process of its own, so that only the one that kills it is set aside."""
    with _pool(settings, 1) as pool:
        try:
            return pool.submit(_read, document).result()
        except BrokenProcessPool:
            reason = "reading ended the process (out of memory or a crash in a library); the document was set aside"
            reader = Reader(**asdict(settings)).fingerprint
            return Analysis(reader=reader, document=document, skipped=(Skipped(0, len(document.text), reason),))


def _end(pool: ProcessPoolExecutor) -> None:
    """Stop the workers at once instead of waiting until they have opened their models or finished a document."""
    for process in list((pool._processes or {}).values()):
        process.terminate()


def _pool(settings: Settings, workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_open, initargs=(settings,))


def _open(settings: Settings) -> None:
    global _reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _reader = Reader(**asdict(settings))


def _read(document: Document) -> Analysis:
    assert _reader is not None
    return _reader.read(document)
