"""What ships with the council: fitted models by year, the condensed past and leanings, in one compressed file.

Written by `make train-council` (training/council/build.py); the voting tables themselves do not ship.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import numpy as np

from dragoman.council.joint import Bonds
from dragoman.council.leanings import Leanings
from dragoman.council.logit import Logit
from dragoman.council.model import Model
from dragoman.council.past import Entry, Past, day_of
from dragoman.errors import KnowledgeError

FILE = "council.npz"


@dataclass(frozen=True, slots=True, eq=False)
class Kit:
    """Models by year, each fitted on the drafts before it; the past up to and including the day `until`; leanings."""

    models: Mapping[int, Model]
    past: Past
    leanings: Leanings
    until: str

    def model(self, on: str) -> Model:
        """The newest model that was fitted on drafts before that date's year, or the oldest there is."""
        years = [y for y in self.models if y <= int(on[:4])]
        return self.models[max(years) if years else min(self.models)]

    def lately(self, on: str, number: int = 5) -> tuple[Model, ...]:
        """The newest models for that date, newest first."""
        years = sorted((y for y in self.models if y <= int(on[:4])), reverse=True)
        return tuple(self.models[y] for y in (years or [min(self.models)])[:number])


def save(kit: Kit, file: Path) -> None:
    """Write the kit; parameters are kept to seven digits."""
    years = sorted(kit.models)
    arrays = {f"{year}.{part}.{name}": value for year in years for part, name, value in _arrays(kit.models[year])}
    about = {
        "until": kit.until,
        "years": years,
        "tides": [kit.models[y].tide for y in years],
        "bonds": [asdict(kit.models[y].bonds) for y in years],
        "states": kit.leanings.states,
        "first": kit.leanings.first,
        "past": [asdict(e) for e in kit.past.entries],
        "topics": kit.past.labels,
    }
    words = np.frombuffer(json.dumps(about, separators=(",", ":")).encode(), dtype=np.uint8)
    np.savez_compressed(file, about=words, leanings=kit.leanings.table.astype(np.float32), **arrays)  # type: ignore[arg-type]


@cache
def load() -> Kit:
    """The kit that ships; KnowledgeError where it is missing."""
    resource = files("dragoman.council") / "weights" / FILE
    if not resource.is_file():
        raise KnowledgeError(
            f"council/weights/{FILE} is missing. Install dragoman again, or make it with `make train-council`."
        )
    with np.load(BytesIO(resource.read_bytes())) as found:
        return _kit({name: found[name] for name in found.files})


def _kit(found: Mapping[str, np.ndarray]) -> Kit:
    about = json.loads(found["about"].tobytes())
    settings = zip(about["years"], about["tides"], about["bonds"], strict=True)
    models = {y: _model(y, tide, Bonds(**bonds), found) for y, tide, bonds in settings}
    entries = ({**e, "votes": {m: tuple(v) for m, v in e["votes"].items()}} for e in about["past"])
    table = found["leanings"].astype(float).round(2)
    return Kit(
        models=models,
        past=Past(tuple(Entry(**e) for e in entries), tuple((topic, region) for topic, region in about["topics"])),
        leanings=Leanings(tuple(about["states"]), about["first"], table),
        until=about["until"],
    )


def _arrays(model: Model) -> list[tuple[str, str, np.ndarray]]:
    parts = (("dissent", model.dissent), ("vote", model.vote))
    return [
        (part, name, getattr(logit, name).astype(np.float32))
        for part, logit in parts
        for name in ("mean", "scale", "weights")
    ]


def _model(year: int, tide: float, bonds: Bonds, found: Mapping[str, np.ndarray]) -> Model:
    def logit(part: str) -> Logit:
        return Logit(*(found[f"{year}.{part}.{name}"].astype(float) for name in ("mean", "scale", "weights")))

    return Model(year, logit("dissent"), logit("vote"), tide, bonds)


def check_day(kit: Kit, on: str) -> bool:
    """Does the shipped past end before that day by more than a year, so that newer votes should be given?"""
    return day_of(on) - day_of(kit.until) > 366
