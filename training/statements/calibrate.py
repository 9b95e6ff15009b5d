"""Articles kept aside -> the settings of a tagger: how readily it labels, and what its scores mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np

from dragoman.reading.attribution import Attribution
from dragoman.reading.attribution.assemble import Draft, Settings, assemble, inner, outer
from dragoman.reading.attribution.encoder import Encoder
from dragoman.reading.attribution.heads import Heads
from dragoman.reading.attribution.labels import Run
from dragoman.reading.attribution.windows import Window
from training.statements.corpus import Article
from training.statements.score import FIGURES, figures

UNKNOWN = (0.0,) * 6 + (10.0,)
START = Settings(
    readiness=(0.0, 0.0, 0.0), firm=0.9, calibration=UNKNOWN, inner_calibration=UNKNOWN, least=0.0, inner_least=0.6
)
READINESS = (-0.6, -0.3, 0.0, 0.3, 0.6)
LEAST = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25)

Judged = tuple[tuple[float, ...], bool]
"""A draft's evidence, and whether the gold has that attribution."""


class Aside:
    """Articles kept aside, encoded once, with the gold that settings are judged by."""

    def __init__(self, articles: Sequence[Article], encoder: Encoder, heads: Heads, module: ModuleType) -> None:
        self._articles, self._heads, self._module = articles, heads, module
        self._encoded = {article["doc"]: list(encoder.encode(article["text"])) for article in articles}

    def settings(self) -> Settings:
        """Readiness of one role after another, then what scores mean, then the least score worth keeping."""
        best = START
        for role in (1, 0, 2):
            best = max((_ready(best, role, value) for value in READINESS), key=self.merit)
        calibration, inner_calibration = self.calibrations(best)
        best = replace(best, calibration=calibration, inner_calibration=inner_calibration)
        return max((replace(best, least=least) for least in LEAST), key=self.merit)

    def merit(self, settings: Settings) -> float:
        """The mean of the figures the floors are set on: four F1 figures and three recalls."""

        def tag(article: Article) -> Sequence[Attribution]:
            return assemble(article["text"], self._encoded[article["doc"]], self._heads, settings)

        result = figures(self._module, self._articles, tag)
        values = [result[name]["F1"] for name in FIGURES] + [kind["R"] for kind in result["recall_by_type"].values()]
        print(
            f"readiness {settings.readiness}  least {settings.least:.2f} ",
            *(f"{value:.2f}" for value in values),
            flush=True,
        )
        return float(np.mean(values))

    def calibrations(self, settings: Settings) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Logistic regressions of `the gold has it` on a draft's evidence, for the outer layer and the inner."""
        judged: tuple[list[Judged], list[Judged]] = ([], [])
        for article in self._articles:
            gold, inner_gold = _gold(article["attributions"]), _gold(article.get("inner", []))
            for words in map(self._heads.project, self._encoded[article["doc"]]):
                for draft in outer(words, self._heads, settings):
                    judged[0].append((draft.evidence, _known(words.window, draft, gold)))
                    nested = inner(words, self._heads, settings, draft.contents)
                    judged[1].extend((d.evidence, _known(words.window, d, inner_gold)) for d in nested)
        return _logistic(judged[0]), _logistic(judged[1])


Letters = frozenset[int]


def _gold(attributions: Sequence[dict[str, Any]]) -> list[tuple[Letters, Letters]]:
    return [(_letters(a["source"]), _letters(a["content"])) for a in attributions]


def _known(window: Window, draft: Draft, gold: Sequence[tuple[Letters, Letters]]) -> bool:
    """Whether the gold has an attribution with half of these words in content and in source, or without source as here."""
    source = _letters([_span(window, draft.source)] if draft.source else [])
    content = _letters([_span(window, run) for run in draft.contents])
    return any(
        _overlap(content, its_content) >= 0.5 and (_overlap(source, its_source) >= 0.5 or not (source or its_source))
        for its_source, its_content in gold
    )


def _span(window: Window, run: Run) -> tuple[int, int]:
    return int(window.spans[run[0], 0]), int(window.spans[run[1] - 1, 1])


def _ready(settings: Settings, role: int, value: float) -> Settings:
    values = list(settings.readiness)
    values[role] = value
    return replace(settings, readiness=(values[0], values[1], values[2]))


def _letters(spans: Sequence[Sequence[int]]) -> Letters:
    return frozenset(i for start, end in spans for i in range(start, end))


def _overlap(a: Letters, b: Letters) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0


def _logistic(judged: Sequence[Judged], steps: int = 50) -> tuple[float, ...]:
    """Weights and constant by Newton's method with a little ridge; UNKNOWN where there is nothing to learn from."""
    if not any(known for _, known in judged):
        return UNKNOWN
    inputs = np.array([(*evidence, 1.0) for evidence, _ in judged])
    known = np.array([float(known) for _, known in judged])
    weights = np.zeros(inputs.shape[1])
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-inputs @ weights))
        gradient = inputs.T @ (known - chance) - 0.1 * weights
        curvature = (inputs.T * (chance * (1 - chance))) @ inputs + 0.1 * np.eye(len(weights))
        weights += np.linalg.solve(curvature, gradient)
    return tuple(round(float(weight), 4) for weight in weights)
