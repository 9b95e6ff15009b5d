"""The gold the statement tagger is trained on is what the annotators marked (the parts of training that need no torch)."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from dragoman.reading.attribution import Attribution
from dragoman.reading.attribution.encoder import TOKENIZER
from dragoman.reading.attribution.labels import LABELS, runs
from dragoman.reading.attribution.tagger import WEIGHTS
from dragoman.reading.attribution.windows import Windower

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.skipif(
        not (ROOT / "training").is_dir(), reason="the training scripts are not part of this distribution"
    ),
    pytest.mark.usefixtures("scripts"),
]

TEXT = "“The bridge stays closed,” the governor said, “until spring.” The union warned that the road was mined."


@pytest.fixture(scope="module")
def corpus(scripts: None) -> ModuleType:
    return importlib.import_module("training.statements.corpus")


@pytest.fixture(scope="module")
def windower() -> Windower:
    return Windower(Tokenizer.from_file(str(WEIGHTS / TOKENIZER)))


def span(quote: str, text: str = TEXT) -> list[int]:
    start = text.index(quote)
    return [start, start + len(quote)]


def attribution(source: str | None, cue: str | None, *content: str) -> dict[str, Any]:
    return {
        "source": [span(source)] if source else [],
        "cue": [span(cue)] if cue else [],
        "content": [span(quote) for quote in content],
    }


GOVERNOR = attribution("the governor", "said", "“The bridge stays closed,”", "“until spring.”")
UNION = attribution("The union", "warned", "that the road was mined")


def article(*attributions: dict[str, Any]) -> dict[str, Any]:
    return {"doc": "x", "text": TEXT, "attributions": list(attributions)}


def quoted(example: Any, layer: Any, role: str) -> list[str]:
    """The words of each run of a role, as they stand in the text."""
    spans = example.window.spans
    return [TEXT[spans[a, 0] : spans[b - 1, 1]] for a, b in layer.runs[role]]


def test_every_marked_span_is_a_run(corpus, windower):
    """Sources, cues and contents come out as the annotators marked them."""
    (example,) = corpus.examples(article(GOVERNOR, UNION), windower)
    assert quoted(example, example.outer, "source") == ["the governor", "The union"]
    assert quoted(example, example.outer, "cue") == ["said", "warned"]
    assert quoted(example, example.outer, "content") == [
        "“The bridge stays closed,”",
        "“until spring.”",
        "that the road was mined",
    ]


def test_labels_say_the_same_as_the_runs(corpus, windower):
    """Reading the labels back gives the runs."""
    (example,) = corpus.examples(article(GOVERNOR, UNION), windower)
    found = runs(example.outer.labels)
    assert {role: sorted(of_role) for role, of_role in example.outer.runs.items()} == found


def test_links_lead_to_the_own_source_and_cue(corpus, windower):
    """Each cue knows its source and each content its cue, by number."""
    (example,) = corpus.examples(article(GOVERNOR, UNION), windower)
    assert example.outer.source_of == [0, 1]
    assert example.outer.cue_of == [0, 0, 1]


def test_a_source_of_two_attributions_is_one_run(corpus, windower):
    """Two cues may share a source."""
    shared = attribution("the governor", "warned", "that the road was mined")
    (example,) = corpus.examples(article(GOVERNOR, shared), windower)
    assert quoted(example, example.outer, "source") == ["the governor"]
    assert example.outer.source_of == [0, 0]


def test_an_attribution_without_source_or_cue_links_to_none(corpus, windower):
    """-1 stands for none on both sides."""
    (example,) = corpus.examples(article(attribution(None, "warned", "that the road was mined")), windower)
    assert example.outer.source_of == [-1]
    (example,) = corpus.examples(article(attribution(None, None, "that the road was mined")), windower)
    assert example.outer.cue_of == [-1]


def test_a_span_that_overlaps_another_is_left_out(corpus, windower):
    """A word has one label: whoever comes first keeps it."""
    (example,) = corpus.examples(article(UNION, attribution("The union", "said", "warned that")), windower)
    assert quoted(example, example.outer, "content") == ["that the road was mined"]


def test_what_another_window_holds_is_not_linked(corpus, windower):
    """An attribution over two windows gives each its part."""
    filler = "The ferry runs between the two towns three times a day except on Sundays. " * 20
    text = "“It is shut.”\n\n" + filler + "\n\nThe governor said so."
    cue = [text.index("said"), text.index("said") + 4]
    far = {"source": [], "cue": [cue], "content": [[0, len("“It is shut.”")]]}
    found = list(corpus.examples({"text": text, "attributions": [far]}, windower))
    assert len(found) > 1
    assert found[0].outer.cue_of == [-1]
    assert found[-1].outer.source_of == [-1]


def test_the_inner_layer_is_read_within_contents_only(corpus, windower):
    """The words of the inner layer are those of the outer contents."""
    inner = attribution(None, "mined", "the road")
    (example,) = corpus.examples({**article(UNION), "inner": [inner]}, windower)
    assert quoted(example, example.inner, "cue") == ["mined"]
    assert {LABELS[i] for i in example.outer.labels[example.within()]} == {"B-content", "I-content"}


class Parrot:
    """Finds `he says` with all that follows, wherever it looks."""

    def __init__(self, score: float) -> None:
        self._score = score

    def tag(self, text: str) -> tuple[Attribution, ...]:
        at = text.find("he says ")
        if at < 0:
            return ()
        spans = {"source": ((at, at + 2),), "cue": ((at + 3, at + 7),), "content": ((at + 8, len(text)),)}
        return (Attribution(**spans, score=self._score),)


def test_contents_are_read_by_themselves(scripts):
    """What the tagger finds in a content is moved to where the content stands."""
    inner = importlib.import_module("training.statements.inner")
    text = "The envoy reports: he says it holds. And he says more."
    content = span("he says it holds", text)
    found = inner.with_inner({"text": text, "attributions": [{"content": [content]}]}, Parrot(0.9))["inner"]
    assert [[text[a:b] for a, b in row["content"]] for row in found] == [["it holds"]]


def test_doubtful_finds_are_not_gold(scripts):
    """An inner attribution under the least score is not learned."""
    inner = importlib.import_module("training.statements.inner")
    text = "he says it holds"
    given = {"text": text, "attributions": [{"content": [[0, len(text)]]}]}
    assert inner.with_inner(given, Parrot(inner.LEAST - 0.01))["inner"] == []


def test_scores_are_calibrated_by_logistic_regression(scripts):
    """Evidence that decides gets the weight, evidence that says nothing gets none."""
    calibrate = importlib.import_module("training.statements.calibrate")
    rng = np.random.default_rng(3)
    evidence = rng.normal(size=(4000, 2))
    agreed = (rng.random(4000) < 1 / (1 + np.exp(-(2 * evidence[:, 0] - 1)))).astype(float)
    telling, idle, constant = calibrate._logistic([(tuple(e), bool(a)) for e, a in zip(evidence, agreed, strict=True)])
    assert telling == pytest.approx(2, abs=0.2)
    assert idle == pytest.approx(0, abs=0.1)
    assert constant == pytest.approx(-1, abs=0.15)


def test_the_same_articles_are_kept_aside_every_time(corpus, tmp_path):
    """Settings are chosen on articles that no training has seen, in every run the same."""
    path = tmp_path / "train.jsonl"
    path.write_text("".join(f'{{"doc": "{i}"}}\n' for i in range(20)), encoding="utf-8")
    kept, aside = corpus.split(path, 5)
    assert corpus.split(path, 5) == (kept, aside)
    assert len(aside) == 5
    assert not {a["doc"] for a in aside} & {k["doc"] for k in kept}
