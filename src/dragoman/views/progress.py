"""How far a run is -> one moving line on a terminal: documents done, rate, time left."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn


class Step(Protocol):
    """What a line says of a run; `dragoman.run.Progress` is one."""

    @property
    def done(self) -> int:
        """Documents that are dealt with."""
        ...

    @property
    def rate(self) -> float:
        """Documents read per second."""
        ...


class Total:
    """The number of documents, counted beside the reading; None until it is known."""

    def __init__(self, documents: Callable[[], Iterable[object]]) -> None:
        self.value: int | None = None
        self._documents = documents
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        self.value = sum(1 for _ in self._documents())


@contextmanager
def moving_line(out: TextIO, total: Total | None = None) -> Iterator[Callable[[Step], None]]:
    """Draw the line while the block runs, and remove it afterwards; lines that others write to `out` go above it."""
    looks = (BarColumn(bar_width=24), TextColumn("{task.description}"))
    with Progress(*looks, console=Console(file=out, markup=False), transient=True) as line:
        task = line.add_task("opening the models", total=None)

        def show(step: Step) -> None:
            whole = total.value if total else None
            line.update(task, completed=step.done, total=whole, description=words(step, whole))

        yield show


def words(step: Step, whole: int | None) -> str:
    """`12 of 80 documents, 1.5 a second, 45 s left`, as far as it is known."""
    parts = [f"{step.done:,} documents" if whole is None else f"{step.done:,} of {whole:,} documents"]
    if step.rate:
        parts.append(f"{step.rate:,.1f} a second")
        if whole is not None:
            parts.append(f"{_span(max(whole - step.done, 0) / step.rate)} left")
    return ", ".join(parts)


def _span(seconds: float) -> str:
    """A span of time in its two largest units."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
