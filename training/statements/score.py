"""Articles and a tagger -> PolNeAR figures, with the public scorer."""

from __future__ import annotations

import importlib.util
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from dragoman.reading.attribution import Attribution
from training.statements.corpus import Article

FIGURES = ("content_token", "content_iou50", "attribution", "cue_any")


def scorer(path: Path) -> ModuleType:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("polnear", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figures(
    module: ModuleType, gold: Sequence[Article], tag: Callable[[Article], Sequence[Attribution]], boot: int = 0
) -> dict[str, Any]:
    """All figures of the scorer. PolNeAR marks outer attributions only, so inner ones are not handed in."""
    with tempfile.TemporaryDirectory() as folder:
        truth, guess = Path(folder) / "gold.jsonl", Path(folder) / "pred.jsonl"
        truth.write_text("".join(json.dumps(article) + "\n" for article in gold), encoding="utf-8")
        guess.write_text("".join(json.dumps(_row(article, tag(article))) + "\n" for article in gold), encoding="utf-8")
        result: dict[str, Any] = module.evaluate(truth, guess, boot=boot)
    return result


def _row(article: Article, found: Sequence[Attribution]) -> dict[str, Any]:
    outer = [attribution for attribution in found if attribution.within is None]
    return {
        "doc": article["doc"],
        "attributions": [{"source": a.source, "cue": a.cue, "content": a.content} for a in outer],
    }
