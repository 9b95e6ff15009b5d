"""How long a user waits before anything happens: `import dragoman`, `dragoman --help`, `dragoman read` on one file.

    python bench/startup.py [FILE] [--runs 5] [--json startup.json]

Each is a new process; the first run of each fills the file cache and is not counted, the figure is the median of the others.
Prints a table and, with --json, writes the figures to a file. Ends with status 1 where a median is over its limit.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
RUN = "from dragoman.cli import main; main()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """What was started, how long it took (seconds and processor seconds of every counted run), and how long it may take.

    On a busy machine the processor seconds tell what an idle one would need.
    """

    what: str
    seconds: tuple[float, ...]
    processor: tuple[float, ...]
    limit: float

    @property
    def median(self) -> float:
        return median(self.seconds)


def measure(what: str, limit: float, runs: int, *arguments: str) -> Wait:
    """Start Python with these arguments `runs` + 1 times."""
    _once(arguments)
    seconds, processor = zip(*(_once(arguments) for _ in range(runs)), strict=True)
    return Wait(what=what, seconds=seconds, processor=processor, limit=limit)


def _once(arguments: tuple[str, ...]) -> tuple[float, float]:
    began, used = time.perf_counter(), _processor_seconds()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return round(time.perf_counter() - began, 4), round(_processor_seconds() - used, 4)


def _processor_seconds() -> float:
    times = os.times()
    return times.children_user + times.children_system


def waits(file: Path, runs: int) -> tuple[Wait, ...]:
    """The three waits that the project has limits for, and Python's own start for comparison."""
    return (
        measure("python -c pass", 1.0, runs, "-c", "pass"),
        measure("import dragoman", 0.2, runs, "-c", "import dragoman"),
        measure("dragoman --help", 0.5, runs, "-c", RUN, "--help"),
        measure(f"dragoman read {file.name}", 6.0, runs, "-c", RUN, "read", str(file)),
    )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("file", nargs="?", type=Path, default=ROOT / "examples" / "press-conference.txt")
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--json", type=Path)
    given = options.parse_args()
    found = waits(given.file, given.runs)
    print(f"{'started':36} {'median':>8} {'slowest':>8} {'processor':>10} {'limit':>6}")
    for wait in found:
        figures = f"{wait.median:7.3f}s {max(wait.seconds):7.3f}s {median(wait.processor):9.3f}s {wait.limit:5.1f}s"
        print(f"{wait.what:36} {figures}{'  over' if wait.median > wait.limit else ''}")
    if given.json:
        rows = [{**asdict(wait), "median": wait.median} for wait in found]
        machine = {"python": platform.python_version(), "cores": os.cpu_count(), "runs": given.runs}
        given.json.write_text(json.dumps({"machine": machine, "waits": rows}, indent=2) + "\n", encoding="utf-8")
    return 1 if any(wait.median > wait.limit for wait in found) else 0


if __name__ == "__main__":
    sys.exit(main())
