"""News pages that coders annotated, read with every verdict let through -> what the judge's scores mean."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from dragoman import Document
from dragoman.reading.settings import Settings
from dragoman.reading.stages import Stages
from dragoman.reading.stances.judging import Judge, Odds

SCORER = Path("eval/readings.py")
"""Beside the folder of the annotated pages; says which of a reading's stances coders recorded too."""


@dataclass(frozen=True, slots=True, eq=False)
class Verdicts:
    """What the judge adds to the rules on one page: the share it gives each direction, and whether a coder recorded it."""

    shares: npt.NDArray[np.float64]
    right: npt.NDArray[np.bool_]


class Undecided(Judge):
    """The judge before calibration, who lets every verdict through."""

    @property
    def odds(self) -> Odds:
        return Odds()

    @property
    def threshold(self) -> float:
        return 0.0


def calibrated(gold: Path, judge: Judge) -> tuple[Odds, dict[str, float]]:
    """The odds that fit all pages, and figures of each page under the odds that fit the others."""
    pages = verdicts(gold, judge)
    fitted = [odds_of([other for other in pages if other is not page]) for page in pages]
    scores = [np.array([odds(s) for s in page.shares]) for odds, page in zip(fitted, pages, strict=True)]
    return odds_of(pages), _figures(np.concatenate(scores), np.concatenate([page.right for page in pages]))


def verdicts(gold: Path, judge: Judge) -> list[Verdicts]:
    """One for each page of the file."""
    ruled, judged = Stages(Settings()), Stages(Settings(mode="accurate"), judge)
    scorer = _scorer(gold.parent.parent / SCORER)
    documents = json.loads(gold.read_text(encoding="utf-8"))["documents"]
    return [_verdicts(document, ruled, judged, scorer) for document in documents]


def odds_of(pages: Sequence[Verdicts]) -> Odds:
    """Under which what coders recorded is most probable."""
    shares = torch.tensor(np.concatenate([page.shares for page in pages])).clamp(1e-6, 1 - 1e-6)
    right = torch.tensor(np.concatenate([page.right for page in pages]), dtype=torch.float64)
    scale, shift = (torch.tensor([start], dtype=torch.float64, requires_grad=True) for start in (1.0, 0.0))
    search = torch.optim.LBFGS([scale, shift], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        search.zero_grad()
        total = functional.binary_cross_entropy_with_logits(scale * torch.logit(shares) + shift, right)
        total.backward()
        return total

    search.step(loss)
    return Odds(scale=round(scale.item(), 4), shift=round(shift.item(), 4))


def _verdicts(document: dict[str, Any], ruled: Stages, judged: Stages, scorer: ModuleType) -> Verdicts:
    page = Document(document["text"], publisher=document["publisher"], published=document["published"])
    by_rule = {stance.id for stance in ruled.read(page, "").stances}
    found = judged.read(page, "").to_dict()
    accepts, size = scorer.stance_rules({actor["id"]: actor for actor in found["actors"]})
    recorded = {i for _, i in scorer.match(document["stances"], found["stances"], accepts, size)}
    added = [(s["score"], i in recorded) for i, s in enumerate(found["stances"]) if s["id"] not in by_rule]
    return Verdicts(np.array([score for score, _ in added]), np.array([right for _, right in added], dtype=bool))


def _figures(scores: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], bins: int = 10) -> dict[str, float]:
    """Brier score and expected calibration error over bins of equal width, as shares of 1."""
    place = np.minimum((scores * bins).astype(int), bins - 1)
    gaps = [
        abs(right[place == i].mean() - scores[place == i].mean()) * (place == i).mean() for i in set(place.tolist())
    ]
    return {
        "pages_brier": round(float(((scores - right) ** 2).mean()), 4),
        "pages_calibration_error": round(float(sum(gaps)), 4),
    }


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer_readings", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}, which scores readings, cannot be loaded.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
