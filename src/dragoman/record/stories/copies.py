"""Texts with their dates -> which of them repeat an earlier one, word for word or nearly.

Resemblance is estimated by MinHash over runs of three words, and looked for by locality-sensitive hashing (Broder
1997; Leskovec,
Rajaraman and Ullman, Mining of Massive Datasets, chapter 3).
"""

from __future__ import annotations

import hashlib
from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from dragoman.record.stories.days import distance, ordinal
from dragoman.record.stories.words import shingles, words

WINDOW = 7
"""Days between the first appearance of a text and a near copy; the very same words are a copy at any distance."""

RESEMBLANCE = 0.5
"""Share of runs of three words that two near copies have in common, at least."""

CONTAINMENT = 0.8
"""Share of the shorter text's runs that stand in the longer one, for a copy that was cut or extended."""

_SEED, _BANDS, _ROWS = 6, 42, 3
_PERMUTATIONS = _BANDS * _ROWS
_BATCH = 2_000

Signatures = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Copy:
    """`document` has the text that `original` was the first to bring; it may be `original` itself. `similarity` is 0 to 1."""

    document: str
    original: str
    similarity: float


@dataclass(slots=True)
class Wording:
    """One text, word for word, and all documents that have it, first ones first (date, then id; those without a day last)."""

    key: bytes
    size: int
    documents: list[tuple[bool, str, str]] = field(default_factory=list)

    @property
    def published(self) -> str | None:
        """The date of the first one."""
        return self.documents[0][1] or None

    @property
    def order(self) -> tuple[bool, str, bytes]:
        """Sorts texts by their first date, those without a day last; which document brings a text does not matter."""
        return self.documents[0][0], self.documents[0][1], self.key


def copies(texts: Iterable[tuple[str, str | None, str]]) -> tuple[Copy, ...]:
    """One row for each document; the order of `texts` (id, date, text) does not matter.

    Adding a document with the words of another one, and no earlier date, changes nothing but its own row.
    """
    wordings, signatures = _wordings(texts)
    order = sorted(range(len(wordings)), key=lambda n: wordings[n].order)
    ordered = [wordings[n] for n in order]
    signatures = signatures[order]
    originals = _originals(ordered, signatures, _candidates(signatures))
    return tuple(
        Copy(id, ordered[original].documents[0][2], similarity)
        for wording, (original, similarity) in zip(ordered, originals, strict=True)
        for _, _, id in wording.documents
    )


def _wordings(texts: Iterable[tuple[str, str | None, str]]) -> tuple[list[Wording], Signatures]:
    """The different texts and their signatures."""
    numbers: dict[bytes, int] = {}
    found: list[Wording] = []
    rows: list[Signatures] = []
    waiting: list[list[str]] = []
    for id, published, text in texts:
        said = words(text) or [text]
        key = hashlib.blake2b(" ".join(said).encode(), digest_size=16).digest()
        if key not in numbers:
            numbers[key] = len(found)
            runs = shingles(said)
            found.append(Wording(key, len(set(runs))))
            waiting.append(runs)
        insort(found[numbers[key]].documents, (ordinal(published) is None, (published or "")[:10], id))
        if len(waiting) >= _BATCH:
            rows.append(_signatures(waiting))
            waiting = []
    rows.append(_signatures(waiting))
    return found, np.concatenate(rows)


def _signatures(runs: Sequence[list[str]]) -> Signatures:
    if not runs:
        return np.empty((0, _PERMUTATIONS), np.uint32)
    return np.array(RMinHash.digest_matrix_from_token_sets(runs, _PERMUTATIONS, _SEED).to_rows(), np.uint32)


def _candidates(signatures: Signatures) -> dict[int, list[int]]:
    """For each text the earlier ones that may resemble it: those that agree in a whole band."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for band in range(_BANDS):
        columns = np.ascontiguousarray(signatures[:, band * _ROWS : (band + 1) * _ROWS])
        keys = columns.view([("", np.uint32)] * _ROWS).ravel()
        _, bucket, sizes = np.unique(keys, return_inverse=True, return_counts=True)
        for later, earlier in _neighbours(bucket.ravel(), sizes):
            found[later].append(earlier)
    return found


_NEIGHBOURS = 8


def _neighbours(bucket: npt.NDArray[np.intp], sizes: npt.NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    """Pairs (later, earlier) of one bucket: each text with the eight before it and with the first one."""
    shared = np.flatnonzero(sizes[bucket] > 1)
    before: dict[int, list[int]] = {}
    for number in shared.tolist():
        texts = before.setdefault(int(bucket[number]), [])
        yield from ((number, earlier) for earlier in texts)
        if len(texts) > _NEIGHBOURS:
            del texts[1]
        texts.append(number)


def _originals(
    wordings: Sequence[Wording], signatures: Signatures, candidates: dict[int, list[int]]
) -> list[tuple[int, float]]:
    """The first text of each one's family and its resemblance to the member that it is nearest to; families never merge."""
    found: list[tuple[int, float]] = []
    for number, wording in enumerate(wordings):
        best = (0.0, number)
        for earlier in sorted(set(candidates.get(number, ()))):
            alike = _resemblance(wordings[earlier], wording, float(np.mean(signatures[earlier] == signatures[number])))
            original = found[earlier][0]
            if alike > best[0] and _in_window(wordings[original], wording):
                best = (alike, original)
        found.append((best[1], best[0] or 1.0))
    return found


def _resemblance(one: Wording, other: Wording, jaccard: float) -> float:
    """How much two texts have in common if it is enough for a copy, else 0."""
    shared = jaccard * (one.size + other.size) / (1 + jaccard)
    contained = min(1.0, shared / min(one.size, other.size))
    return max(jaccard, contained) if jaccard >= RESEMBLANCE or contained >= CONTAINMENT else 0.0


def _in_window(original: Wording, wording: Wording) -> bool:
    apart = distance(original.published, wording.published)
    return apart is None or apart <= WINDOW
