"""PolNeAR articles -> labelled windows: a label for each word, and which source and content belong to which cue."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.reading.attribution.labels import OUTSIDE, ROLES, Run, begin, inside
from dragoman.reading.attribution.windows import Ints, Window, Windower

Article = dict[str, Any]
"""`text`, `attributions`, and after inner.py has run `inner`: attributions inside the contents of others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """The gold of one layer: `labels` per word, runs by role, and for each cue its source, for each content its cue.

    `source_of[i]` is the number of cue i's source in `runs["source"]`, -1 without one; `cue_of[j]` likewise for content j.
    """

    labels: Ints
    runs: dict[str, list[Run]]
    source_of: list[int]
    cue_of: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A window with its gold: attributions of the text, and those inside their contents."""

    window: Window
    outer: Layer
    inner: Layer

    def within(self) -> Ints:
        """The words that stand in a content: where the inner layer is read."""
        return np.flatnonzero(self.outer.labels >= begin("content"))


def articles(path: Path) -> list[Article]:
    """The articles of a PolNeAR file, one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def split(path: Path, aside: int) -> tuple[list[Article], list[Article]]:
    """Articles to train on and articles kept aside, always the same ones."""
    every = articles(path)
    random.Random(0).shuffle(every)
    return every[aside:], every[:aside]


def examples(article: Article, windower: Windower) -> Iterator[Example]:
    """The labelled windows of one article."""
    for window in windower.windows(article["text"]):
        outer = label(window, article["attributions"])
        yield Example(window=window, outer=outer, inner=label(window, article.get("inner", [])))


def label(window: Window, attributions: Sequence[dict[str, Any]]) -> Layer:
    """Gold for one window; what lies outside of it is left out, and links to it become -1."""
    runs: dict[str, list[Run]] = {role: [] for role in ROLES}
    labels = np.full(len(window), OUTSIDE, dtype=np.int64)
    source_of: list[int] = []
    cue_of: list[int] = []
    for attribution in attributions:
        found = {role: [_claim(window, labels, runs[role], role, span) for span in attribution[role]] for role in ROLES}
        kept = {role: [number for number in found[role] if number >= 0] for role in ROLES}
        cue_of += [-1] * (len(runs["content"]) - len(cue_of))
        source_of += [-1] * (len(runs["cue"]) - len(source_of))
        for cue in kept["cue"][:1]:
            source_of[cue] = kept["source"][0] if kept["source"] else -1
            for content in kept["content"]:
                cue_of[content] = cue
    return Layer(labels=labels, runs=runs, source_of=source_of, cue_of=cue_of)


def _claim(window: Window, labels: Ints, known: list[Run], role: str, span: Sequence[int]) -> int:
    """Mark the words that `span` touches and return the number of their run; -1 where none is free in this window."""
    touched = np.flatnonzero((window.spans[:, 0] < span[1]) & (window.spans[:, 1] > span[0]))
    if not len(touched):
        return -1
    run = (int(touched[0]), int(touched[-1]) + 1)
    if run in known:
        return known.index(run)
    if np.any(labels[run[0] : run[1]] != OUTSIDE):
        return -1
    labels[run[0]] = begin(role)
    labels[run[0] + 1 : run[1]] = inside(role)
    known.append(run)
    return len(known) - 1
