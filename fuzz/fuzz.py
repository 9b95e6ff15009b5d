"""Break the readers of every format and the whole reading, for as long as asked.

usage:  python fuzz/fuzz.py [--minutes N] [--only WORD] [--engine hypothesis|atheris]

Half of the CPU minutes goes to the whole reading, the rest to the formats alike. Hypothesis damages seeds of every format, and
pages (pages.py), and keeps what it found in build/fuzz, so that the next run begins there; atheris (`pip install atheris`), where
it is installed and asked for, goes by the coverage of our code. A failure is printed with the input that shows it and ends the
run with status 1: make it a regression test.

What is promised of bytes: no exception leaves the reader of a format, every document's text can be stored, and what cannot be
read is named with a reason. What is promised of texts: the laws (spans quote, pointers lead somewhere), and nothing is raised.
"""

from __future__ import annotations

import argparse
import gzip
import io
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import FunctionType

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase
from pages import pages

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests import test_laws as laws  # noqa: E402
from tests.ingest.test_ingest_laws import SEEDS, damaged  # noqa: E402

from dragoman import Document, Reader  # noqa: E402
from dragoman.ingest import (  # noqa: E402
    Options,
    Source,
    Unread,
    exchange,
    formats,
    read_source,
)

SLOW = 20.0
"""CPU seconds after which a single input counts as a failure; the check is broken off there."""
_READING_SHARE = 0.5
"""Of the time, for the whole reading; the formats share the rest."""
_MOST_BYTES = 2**20
_ROUND = 200


@dataclass(frozen=True, slots=True)
class Target:
    """Something to break: `check` raises where a promise is broken by an input that `strategy` draws."""

    name: str
    strategy: st.SearchStrategy[object]
    check: Callable[[object], None]


def targets() -> Iterator[Target]:
    """The reader of each format, plain and under gzip, each import, and the whole reading."""
    anything = damaged() | st.binary(max_size=400)
    for form in formats.known():
        yield Target(f"read-{form}", anything | anything.map(gzip.compress), partial(check_format, form))
    for form in exchange.known():
        yield Target(f"import-{form}", anything | damaged_table(), partial(check_import, form))
    hostile = laws.pages | damaged().map(lambda data: data.decode("utf-8", "replace"))
    yield Target("reading", pages | pages | hostile, check_reading)


def damaged_table() -> st.SearchStrategy[bytes]:
    """Rows of cells between tabs and commas, as exchange formats have them."""
    cells = st.text(max_size=8) | st.sampled_from(
        ["2031-05-02", "20310502", "RUSGOV", "043", "-1.5", "1e999", '"', "NULL", ""]
    )
    rows = st.lists(cells, min_size=1, max_size=62)
    tables = st.lists(rows, min_size=1, max_size=4)
    return st.builds(
        lambda mark, lines: "\n".join(map(mark.join, lines)).encode("utf-8", "replace"), st.sampled_from("\t,;"), tables
    )


def source_of(data: bytes, name: str, form: str | None) -> Source:
    """Bytes as a file."""
    opener = lambda: nullcontext(io.BufferedReader(io.BytesIO(data)))  # noqa: E731
    return Source(name, opener, Options(format=form, max_bytes=_MOST_BYTES))  # type: ignore[arg-type]


def check_format(form: str, data: object) -> None:
    """Documents that can be stored, or reasons; never an exception or an excuse for one."""
    assert isinstance(data, bytes)
    for item in read_source(source_of(data, f"fuzz.{form}", form)):
        if isinstance(item, Unread):
            assert "Its reader failed" not in item.reason, item
        else:
            item.text.encode("utf-8")
            assert item.text.strip()


def check_import(form: str, data: object) -> None:
    """Analyses whose spans quote their documents, or reasons."""
    assert isinstance(data, bytes)
    path = ROOT / "build" / "fuzz" / "input"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    for item in exchange.read_exchange([path], form=form, options=Options(max_bytes=_MOST_BYTES)):
        if hasattr(item, "reason"):
            assert "Its reader failed" not in item.reason, item
        elif hasattr(item, "spans"):
            assert all(span.text == item.document.text[span.start : span.end] for span in item.spans())


@cache
def reader() -> Reader:
    """One reader for all."""
    return Reader(other_languages="read")


def check_reading(text: object) -> None:
    """The laws hold, and no stage failed."""
    assert isinstance(text, str)
    analysis = reader().read(Document("".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)))
    assert not any("reading failed" in part.reason for part in analysis.skipped), analysis.skipped
    assert all(span.text == analysis.document.text[span.start : span.end] for span in analysis.spans())
    said = {statement.id for statement in analysis.statements} | {None}
    assert {event.claimed_in for event in analysis.events} | {stance.statement for stance in analysis.stances} <= said


def timed(target: Target, value: object) -> None:
    """Check, and break off what would go on for ever."""

    def break_off(*_: object) -> None:
        raise AssertionError(f"more than {SLOW:.0f} CPU seconds for {str(value)[:200]!r}")

    before = signal.signal(signal.SIGVTALRM, break_off)
    signal.setitimer(signal.ITIMER_VIRTUAL, SLOW)
    try:
        target.check(value)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def with_hypothesis(target: Target, cpu_seconds: float) -> int:
    """Rounds of examples until the time is up; the number of inputs."""
    count, number, began = 0, 0, time.process_time()

    def check(value: object) -> None:
        nonlocal count
        count += 1
        timed(target, value)

    database = DirectoryBasedExampleDatabase(ROOT / "build" / "fuzz" / "examples")
    kept = settings(
        max_examples=_ROUND,
        deadline=None,
        database=database,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.reuse, Phase.generate, Phase.shrink),
    )
    while time.process_time() - began < cpu_seconds:
        number += 1
        seed(time.time_ns() + number)(kept(given(target.strategy)(check)))()
    return count


def with_atheris(target: Target, cpu_seconds: float) -> None:
    """Hand the process over to atheris; it ends by itself, with a status of its own."""
    import atheris

    corpus = ROOT / "build" / "fuzz" / f"corpus-{target.name}"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(SEEDS):
        (corpus / f"seed-{number}").write_bytes(data)
    text = target.name == "reading"

    def one(data: bytes) -> None:
        timed(target, data.decode("utf-8", "replace") if text else data)

    one(SEEDS[0])  # which imports what the target needs
    for function in functions():
        atheris.instrument_func(function)
    options = [f"-max_total_time={int(cpu_seconds)}", "-max_len=4096", "-print_final_stats=1", str(corpus)]
    atheris.Setup([sys.argv[0], *options], one)
    atheris.Fuzz()


def functions() -> list[FunctionType]:
    """Our functions that take bytes and texts apart; the models' own libraries would drown them."""
    modules = [
        module for name, module in sys.modules.items() if name.startswith(("dragoman.ingest", "dragoman.reading"))
    ]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, FunctionType)]
    return list({id(f): f for f in found if f.__module__.startswith("dragoman.")}.values())


def part(target: Target, chosen: list[Target]) -> float:
    """What part of the time a target gets: the whole reading half of it beside formats, which share the rest."""
    formats_alone = all(other.name != "reading" for other in chosen)
    if len(chosen) == 1 or formats_alone:
        return 1 / len(chosen)
    return _READING_SHARE if target.name == "reading" else (1 - _READING_SHARE) / (len(chosen) - 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30.0, help="CPU minutes for all targets together")
    parser.add_argument("--only", default="", help="targets whose name has this in it")
    parser.add_argument("--engine", choices=["hypothesis", "atheris"], default="hypothesis")
    arguments = parser.parse_args()
    chosen = [target for target in targets() if arguments.only in target.name]
    shares = {target.name: arguments.minutes * 60 * part(target, chosen) for target in chosen}
    if arguments.engine == "atheris" and len(chosen) > 1:
        return max(_apart(target, shares[target.name]) for target in chosen)
    for target in chosen:
        share = shares[target.name]
        if arguments.engine == "atheris":
            with_atheris(target, share)
            continue
        print(f"{target.name:24s}", end="", flush=True)
        print(f"{with_hypothesis(target, share):8,d} inputs, no failure")
    return 0


def _apart(target: Target, share: float) -> int:
    """One target in a process of its own, because atheris never gives its process back."""
    command = [sys.executable, __file__, "--engine", "atheris", "--only", target.name, "--minutes", str(share / 60)]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
