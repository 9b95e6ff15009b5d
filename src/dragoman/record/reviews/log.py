"""Reviews at rest: small files of JSON lines under `RECORD/reviews`, written once, whole, and never changed.

A file is named by a number and a digest of its content, as parts are, so two processes that write at once lose nothing and a
killed one leaves nothing half-written. The order of the files means nothing: reviews carry their time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from dragoman.errors import NewerRecordError
from dragoman.record import parts
from dragoman.record.parts import Damaged
from dragoman.record.reviews.review import Review

FOLDER = "reviews"
_NAME = re.compile(r"(\d{8})-([0-9a-f]{16})\.jsonl")


class Log:
    """The reviews of one record; what other processes add shows at the next call."""

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER
        self._files: dict[Path, tuple[Review, ...] | Damaged] = {}
        self._entries: tuple[Review, ...] = ()

    def entries(self) -> tuple[Review, ...]:
        """Every review once, in the order of time; the same tuple as before if nothing was added."""
        found = _names(self.folder)
        if found != list(self._files):
            self._files = {path: self._files.get(path) or _read(path) for path in found}
            self._entries = in_order(r for one in self._files.values() if not isinstance(one, Damaged) for r in one)
        return self._entries

    @property
    def damaged(self) -> tuple[Damaged, ...]:
        """Files that are not as they were written; every answer is given without them."""
        self.entries()
        return tuple(one for one in self._files.values() if isinstance(one, Damaged))

    def add(self, reviews: Iterable[Review]) -> None:
        """Add reviews; when this returns they are on the disk. Those that are there already change nothing.

        Raises RecordError where the disk is full or the folder closed to writing; then nothing was added.
        """
        there = self.entries()
        known = {r.id for r in there}
        turn = max((r.turn for r in there), default=0) + 1
        new = {r.id: r for r in reviews if r.id not in known}
        if new:
            self._write([replace(r, turn=turn + n) for n, r in enumerate(new.values())])

    def _write(self, reviews: list[Review]) -> None:
        content = "".join(f"{r.to_json()}\n" for r in reviews).encode()
        number = max((int(p.name[:8]) for p in _names(self.folder)), default=0) + 1
        parts.write_file(self.folder / f"{number:08d}-{_digest(content)}.jsonl", content)


def in_order(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """Each review once, by time."""
    first: dict[str, Review] = {}
    for review in sorted(reviews, key=Review.order):
        first.setdefault(review.id, review)
    return tuple(first.values())


def valid(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """The verdicts that no valid undo takes back, in their order."""
    return tuple(r for r in holding(reviews) if r.verdict != "undo")


def holding(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """The same with the undos that hold: one that is itself undone takes nothing back."""
    entries = tuple(reviews)
    against: dict[str, list[Review]] = {}
    for undo in (r for r in entries if r.undoes is not None):
        against.setdefault(str(undo.undoes), []).append(undo)
    holds: dict[str, bool] = {}
    return tuple(r for r in entries if _holds(r, against, holds))


def _holds(review: Review, against: dict[str, list[Review]], holds: dict[str, bool]) -> bool:
    """Ids are digests that include the id they name, so no chain of undos meets itself; only verdicts go by their batch."""
    waiting = [review]
    while waiting:
        one = waiting[-1]
        undos = list(_undos(one, against))
        unknown = [u for u in undos if u.id not in holds]
        if unknown:
            waiting.extend(unknown)
        else:
            holds[one.id] = not any(holds[u.id] for u in undos)
            waiting.pop()
    return holds[review.id]


def _undos(review: Review, against: dict[str, list[Review]]) -> Iterator[Review]:
    yield from against.get(review.id, ())
    if review.batch is not None and review.verdict != "undo":
        yield from against.get(review.batch, ())


def _names(folder: Path) -> list[Path]:
    return sorted(p for p in parts.entries(folder) if _NAME.fullmatch(p.name))


def _read(path: Path) -> tuple[Review, ...] | Damaged:
    try:
        content = path.read_bytes()
        if not path.stem.endswith(_digest(content)):
            return Damaged(path, "its content is not the one it was written with.")
        return tuple(Review.from_json(line) for line in content.decode().split("\n") if line)
    except NewerRecordError as error:
        raise NewerRecordError(f"{path}: {error} Nothing was changed.") from error
    except (OSError, ValueError) as error:
        return Damaged(path, f"it cannot be read ({parts.first_line(error)}).")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
