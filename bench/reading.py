"""How fast the reading is: whole, by stage, in one process and on all cores, beside the bare spaCy pipeline and textacy.

usage:  python bench/reading.py [--texts N] [--rounds N] [--cores N] [--json OUT.json] [--picture OUT.svg]

Reads ../shared/data/news_texts.jsonl where it is beside the project, else examples/. Every job runs in processes of its own,
one thread each, with the models open before the clock starts. Rounds are interleaved (bare, textacy, whole, bare ...) so that
a machine whose speed drifts treats all alike; the figures are medians, the ratio is the median of the rounds' ratios. On
several cores each process has its share of the texts, and the round ends with the last one. textacy's quotation extraction
(on the same parse) is measured where textacy is installed (`pip install -e '.[bench]'`). Memory is the peak of one process,
and of a stage the peak while it ran; Linux only.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import statistics
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

sys.path.insert(0, str(Path(__file__).parent))

from jobs import JOBS, Cost, serve  # noqa: E402

from dragoman import Document  # noqa: E402
from dragoman.ingest import read_paths  # noqa: E402

ROOT = Path(__file__).parent.parent
NEWS = ROOT.parent / "shared" / "data" / "news_texts.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is read in a round. `words` are stretches without white space; `sentences` are those of the bare pipeline."""

    documents: int
    sentences: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Medians over the rounds of one job. Seconds are those of a round; `memory` is the peak of one process in MB.

    `ratio` is the bare pipeline's seconds on as many processes divided by this job's, with the least and the greatest of
    the rounds: below 1 the job is slower. `stages` are CPU seconds of a round and peak MB by stage.
    """

    job: str
    processes: int
    seconds: float
    cpu: float
    memory: float | None
    documents_a_second: float
    sentences_a_second: float
    words_a_second: float
    ratio: tuple[float, float, float]
    cpu_ratio: tuple[float, float, float]
    stages: dict[str, tuple[float, float | None]]


class Team:
    """Processes that do one job, each on its share of the texts."""

    def __init__(self, job: str, texts: Sequence[str], processes: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._lines: list[Connection] = []
        self._members = []
        for number in range(processes):
            here, there = context.Pipe()
            member = context.Process(target=serve, args=(there, job, texts[number::processes]), daemon=True)
            member.start()
            self._lines.append(here)
            self._members.append(member)

    def ready(self) -> int:
        """Wait until the models are open; the number of sentences, where the job knows it."""
        return sum(line.recv() for line in self._lines)

    def round(self) -> list[Cost]:
        """Everybody reads their share once, at the same time."""
        for line in self._lines:
            line.send("read")
        return [line.recv() for line in self._lines]

    def end(self) -> None:
        """Let the processes go."""
        for line, member in zip(self._lines, self._members, strict=True):
            line.send(None)
            member.join()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--picture", type=Path)
    arguments = parser.parse_args()
    texts = sample(arguments.texts)
    size, results = Size(documents=0, sentences=0, words=0), []
    for processes in dict.fromkeys((1, arguments.cores)):
        size, found = measure(texts, processes, arguments.rounds)
        results += found
    print(f"{size.documents} texts, {size.sentences:,} sentences, {size.words:,} words, {arguments.rounds} rounds")
    print(table(results))
    if arguments.json:
        arguments.json.write_text(
            json.dumps(report(size, results, arguments.rounds), indent=1) + "\n", encoding="utf-8"
        )
    if arguments.picture:
        draw(size, results, arguments.picture)


def sample(count: int) -> list[str]:
    """Texts spread evenly over the corpus."""
    paths = [NEWS] if NEWS.is_file() else [ROOT / "examples"]
    texts = [d.text for d in read_paths(paths) if isinstance(d, Document)]
    return texts[:: max(1, len(texts) // count)][:count]


def measure(texts: Sequence[str], processes: int, rounds: int) -> tuple[Size, list[Result]]:
    """All jobs on so many processes, interleaved."""
    names = [name for name in JOBS if name != "textacy" or find_spec("textacy")]
    teams = {name: Team(name, texts, processes) for name in names}
    sentences = {name: team.ready() for name, team in teams.items()}
    costs: dict[str, list[list[Cost]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name, team in teams.items():
            costs[name].append(team.round())
    for team in teams.values():
        team.end()
    size = Size(documents=len(texts), sentences=sentences["bare"], words=sum(len(text.split()) for text in texts))
    return size, [result(name, costs, size, processes) for name in names]


def result(name: str, costs: Mapping[str, list[list[Cost]]], size: Size, processes: int) -> Result:
    """The figures of one job; a round's seconds are those of its slowest process, its CPU seconds those of all."""
    wall = {job: [max(c.seconds for c in team) for team in rounds] for job, rounds in costs.items()}
    cpu = {job: [sum(c.cpu for c in team) for team in rounds] for job, rounds in costs.items()}
    seconds = statistics.median(wall[name])
    peaks = [c.memory for team in costs[name] for c in team if c.memory is not None]
    return Result(
        job=name,
        processes=processes,
        seconds=seconds,
        cpu=statistics.median(cpu[name]),
        memory=max(peaks, default=None),
        documents_a_second=size.documents / seconds,
        sentences_a_second=size.sentences / seconds,
        words_a_second=size.words / seconds,
        ratio=spread(wall["bare"], wall[name]),
        cpu_ratio=spread(cpu["bare"], cpu[name]),
        stages=stages(costs[name]),
    )


def spread(base: Sequence[float], other: Sequence[float]) -> tuple[float, float, float]:
    """Median, least and greatest of base : other, round by round."""
    ratios = sorted(b / o for b, o in zip(base, other, strict=True))
    return statistics.median(ratios), ratios[0], ratios[-1]


def stages(rounds: Sequence[Sequence[Cost]]) -> dict[str, tuple[float, float | None]]:
    """Median CPU seconds of a round, and peak memory, of each stage."""
    found: dict[str, tuple[float, float | None]] = {}
    for stage in rounds[0][0].stages:
        seconds = [sum(c.stages[stage] for c in team) for team in rounds]
        peaks = [c.peaks[stage] for team in rounds for c in team if stage in c.peaks]
        found[stage] = (statistics.median(seconds), max(peaks, default=None))
    return found


def table(results: Sequence[Result]) -> str:
    """One line for each job and stage."""
    lines = ["processes job       docs/s  sents/s  words/s  CPU s   MB   words/s beside bare      CPU beside bare"]
    for r in results:
        memory = f"{r.memory:5,.0f}" if r.memory is not None else "    ?"
        lines.append(
            f"{r.processes:9d} {r.job:8s} {r.documents_a_second:7.2f} {r.sentences_a_second:8.1f} {r.words_a_second:8,.0f} "
            f"{r.cpu:6.2f} {memory}   {_interval(r.ratio)}       {_interval(r.cpu_ratio)}"
        )
        for stage, (seconds, peak) in r.stages.items():
            share = seconds / r.cpu if r.cpu else 0.0
            lines.append(f"{'':12s}{stage:32s}{seconds:7.2f} {f'{peak:5,.0f}' if peak else '    ?'}   {share:5.1%}")
    return "\n".join(lines)


def _interval(ratio: tuple[float, float, float]) -> str:
    return "{:.2f} [{:.2f}, {:.2f}]".format(*ratio)


def report(size: Size, results: Sequence[Result], rounds: int) -> dict[str, object]:
    """Everything a reader needs to compare this with another run."""
    return {
        "texts": asdict(size),
        "rounds": rounds,
        "machine": {"cores": os.cpu_count(), "processor": platform.machine(), "python": platform.python_version()},
        "load": os.getloadavg() if hasattr(os, "getloadavg") else None,
        "results": [asdict(r) for r in results],
    }


def draw(size: Size, results: Sequence[Result], path: Path) -> None:
    """Bars of words a CPU-second, the jobs side by side: on a machine that does other things too, the clock tells little."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    shown = list(reversed(results))
    rates = [size.words / r.cpu for r in shown]
    figure, axes = pyplot.subplots(figsize=(8, 0.5 * len(shown) + 1))
    bars = axes.barh([f"{r.job}, {r.processes} proc." for r in shown], rates, color="#4477aa")
    axes.bar_label(bars, [f"{n:,.0f} ({r.cpu_ratio[0]:.2f})" for n, r in zip(rates, shown, strict=True)], padding=3)
    axes.set_xlabel("words a CPU-second (in brackets: beside the bare pipeline)")
    axes.set_xlim(right=1.25 * max(rates))
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    sys.exit(main())
