"""Whether the memory of one reader grows with the documents it has read, and what one huge document does to it.

usage:  python bench/memory.py [--documents N] [--words N] [--every N] [--json OUT.json]

Documents of about 500 words are put together from sentences of ../shared/data/news_texts.jsonl (else of examples/), in another
order each time and with two words that no document had before, as names in the news are: what a vocabulary keeps, shows.
Prints resident memory in MB after every so many documents, the growth per 1,000 documents over the second half, and the
peak over a document of 5 MB. Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

from dragoman import Document, Reader  # noqa: E402
from reading import sample  # noqa: E402

HUGE = 5_000_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--words", type=int, default=500)
    parser.add_argument("--every", type=int, default=1_000)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    reader, points = Reader(), []
    began = time.process_time()
    for number, document in enumerate(documents(arguments.documents, arguments.words), 1):
        reader.read(document)
        if number % arguments.every == 0:
            points.append((number, status("VmRSS")))
            print(
                f"{number:8,d} documents {points[-1][1]:7.0f} MB {time.process_time() - began:9.0f} CPU s", flush=True
            )
    before = status("VmHWM")
    growth = slope(points[len(points) // 2 :])
    reader.read(huge())
    result = {
        "points": points,
        "growth_mb_per_1000": growth,
        "peak_mb": before,
        "peak_with_5_mb_document": status("VmHWM"),
    }
    print(
        f"growth {growth:.1f} MB per 1,000 documents; peak {before:.0f} MB, with a document of 5 MB {status('VmHWM'):.0f} MB"
    )
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def documents(count: int, words: int) -> Iterator[Document]:
    """Invented pages of real sentences; the same ones in every run."""
    chance = random.Random(8)
    sentences = [s for text in sample(200) for s in re.split(r"(?<=[.!?])\s+", text) if 3 < len(s.split()) < 60]
    for number in range(count):
        page, length = [f"{_word(chance)} met {_word(chance)} on day {number}."], 0
        while length < words:
            page.append(chance.choice(sentences))
            length += len(page[-1].split())
        yield Document(" ".join(page))


def _word(chance: random.Random) -> str:
    return "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=8)).capitalize()


def huge() -> Document:
    """Five megabytes of prose in one document."""
    text = next(documents(1, 5_000)).text
    return Document((text + "\n") * (HUGE // len(text)))


def slope(points: list[tuple[int, float]]) -> float:
    """Megabytes per 1,000 documents by least squares; 0 where there are too few points."""
    if len(points) < 2:
        return 0.0
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    above = sum((x - mean_x) * (y - mean_y) for x, y in points)
    return 1000 * above / sum((x - mean_x) ** 2 for x, _ in points)


def status(name: str) -> float:
    """A figure of this process in MB, as the kernel gives it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1024


if __name__ == "__main__":
    sys.exit(main())
