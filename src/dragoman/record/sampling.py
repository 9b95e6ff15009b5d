"""Rows of a record -> a stratified sample of them to be judged, the same for the same seed.

A row is drawn by the digest of the seed and its ids, so the draw depends neither on the order of rows nor on a generator.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from dragoman.errors import RecordError, UsageError
from dragoman.record import parts
from dragoman.record.reviews.log import FOLDER
from dragoman.record.reviews.review import KINDS, Kind

Ask = Callable[[str], pa.Table]
Place = tuple[str, str]
"""Of a row: its document's id and its own."""

REST = "(rest)"
"""The stratum of rows whose own strata are too small to be drawn from."""

_SAMPLES = "samples"
_EACH = 2
"""Rows that a stratum gives at least, so that they can differ."""

_COMMON = {
    "publisher": "coalesce(publisher, '')",
    "month": "coalesce(left(published, 7), '')",
    "year": "coalesce(left(published, 4), '')",
    "score": "CASE WHEN score < 0.25 THEN '0.00-0.25' WHEN score < 0.5 THEN '0.25-0.50' WHEN score < 0.75 THEN '0.50-0.75' "
    "ELSE '0.75-1.00' END",
}
DIVISIONS: Mapping[Kind, Mapping[str, str]] = {
    "events": {
        "type": "type",
        "mode": "coalesce(mode, '')",
        "polarity": "polarity",
        "modality": "modality",
        "claimed": "CASE WHEN claimed_in IS NULL THEN 'reported' ELSE 'claimed' END",
        **_COMMON,
    },
    "stances": {"type": "measure", "stance": "stance", "force": "force", **_COMMON},
    "statements": {"type": "form", "form": "form", **_COMMON},
}
"""What rows of a kind can be divided by, and its SQL; the type of a stance is its measure's, of a statement its form."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A stratum: what its rows share (in the order of `Sample.by`), how many there are, and which were drawn."""

    values: tuple[str, ...]
    size: int
    rows: tuple[Place, ...]

    @property
    def weight(self) -> float:
        """How many rows of the record each drawn row stands for."""
        return self.size / len(self.rows)


@dataclass(frozen=True)
class Sample:
    """Rows of one kind that were drawn to be judged, and what they were drawn from: the newest readings of `readers`."""

    kind: Kind
    by: tuple[str, ...]
    seed: int
    readers: tuple[str, ...]
    strata: tuple[Drawn, ...]

    @cached_property
    def id(self) -> str:
        """A digest of all of it: the same draw from the same rows is the same sample."""
        return hashlib.sha256(_json(self).encode()).hexdigest()[:12]

    @cached_property
    def stratum(self) -> Mapping[Place, Drawn]:
        """The stratum of each drawn row."""
        return {place: stratum for stratum in self.strata for place in stratum.rows}

    @property
    def rows(self) -> tuple[Place, ...]:
        """The drawn rows, strata mixed, in the order in which to judge them: wherever one stops, it was a random part."""
        return tuple(sorted(self.stratum, key=lambda place: _chance(self.seed + 1, place)))


def draw(
    ask: Ask, kind: Kind, n: int, *, by: Sequence[str] = ("type",), seed: int = 0, readers: Iterable[str] = ()
) -> Sample:
    """A sample of `n` rows as they were read (not as they were reviewed), fewer only if there are fewer.

    Strata give in proportion to their size, two rows at least; those too small for so few draws are put together.
    Raises UsageError for what the rows cannot be divided by.
    """
    if kind not in KINDS:
        raise UsageError(f"{kind!r} cannot be sampled; {', '.join(KINDS)} can.")
    if n < 1:
        raise UsageError(f"A sample of {n} rows says nothing; ask for at least one.")
    strata = _pooled(_strata(ask, kind, by), n, len(by))
    shares = _allocated({values: len(places) for values, places in strata.items()}, n)
    drawn = (
        Drawn(values, len(places), _first(places, shares[values], seed)) for values, places in sorted(strata.items())
    )
    return Sample(kind, tuple(by), seed, tuple(readers), tuple(stratum for stratum in drawn if stratum.rows))


def keep(root: Path, sample: Sample) -> Path:
    """Write a sample into the record, where the verdicts on its rows will find its weights; once is enough."""
    path = root / FOLDER / _SAMPLES / f"{sample.id}.json"
    if not path.exists():
        parts.write_file(path, f"{_json(sample)}\n".encode())
    return path


def kept(root: Path) -> dict[str, Sample]:
    """The samples of a record by id; RecordError for one that is damaged."""
    paths = sorted(p for p in parts.entries(root / FOLDER / _SAMPLES) if p.suffix == ".json")
    return {sample.id: sample for sample in map(_read, paths)}


def _read(path: Path) -> Sample:
    sample: Sample | None
    try:
        found: dict[str, Any] = json.loads(path.read_bytes())
        strata = (Drawn(tuple(s["values"]), s["size"], tuple((d, r) for d, r in s["rows"])) for s in found["strata"])
        sample = Sample(found["kind"], tuple(found["by"]), found["seed"], tuple(found["readers"]), tuple(strata))
    except (OSError, ValueError, KeyError, TypeError):
        sample = None
    if sample is None or sample.id != path.stem:
        raise RecordError(
            f"{path} is no sample as it was written; put it back from a copy, or draw it again with its seed."
        )
    return sample


def _strata(ask: Ask, kind: Kind, by: Sequence[str]) -> dict[tuple[str, ...], list[Place]]:
    divisions = DIVISIONS[kind]
    if strange := [name for name in by if name not in divisions]:
        raise UsageError(f"{kind} cannot be divided by {', '.join(strange)}; they can by {', '.join(divisions)}.")
    columns = ", ".join(("document_id", "id", *(f"{divisions[name]} AS by_{name}" for name in by)))
    strata: defaultdict[tuple[str, ...], list[Place]] = defaultdict(list)
    for document, id, *values in zip(
        *(c.to_pylist() for c in ask(f"SELECT {columns} FROM {kind}").columns), strict=True
    ):
        strata[tuple(values)].append((document, id))
    return strata


def _pooled(strata: Mapping[tuple[str, ...], list[Place]], n: int, width: int) -> dict[tuple[str, ...], list[Place]]:
    """The largest strata, as many as `n` draws can serve, and one of all the rest."""
    most = max(n // _EACH, 1)
    by_size = sorted(strata, key=lambda values: (-len(strata[values]), values))
    if len(by_size) <= most:
        return dict(strata)
    large = {values: strata[values] for values in by_size[: most - 1]}
    rest = [place for values in by_size[most - 1 :] for place in strata[values]]
    return {**large, (REST,) * width: rest}


def _allocated(sizes: Mapping[tuple[str, ...], int], n: int) -> dict[tuple[str, ...], int]:
    """How many rows each stratum gives: first two each, then one by one to the stratum that is furthest behind its share."""
    given = {values: min(size, _EACH if n >= _EACH * len(sizes) else 1) for values, size in sizes.items()}
    total = sum(sizes.values())
    for _ in range(min(n, total) - sum(given.values())):
        open_ = [values for values in sizes if given[values] < sizes[values]]
        given[min(open_, key=lambda values: ((given[values] + 0.5) / sizes[values], values))] += 1
    return given


def _first(places: Iterable[Place], count: int, seed: int) -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda place: _chance(seed, place))[:count])


def _chance(seed: int, place: Place) -> str:
    return hashlib.sha256(json.dumps([seed, *place]).encode()).hexdigest()


def _json(sample: Sample) -> str:
    return json.dumps(asdict(sample), ensure_ascii=False, sort_keys=True)
