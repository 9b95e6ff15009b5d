"""Measure the reading against annotated corpora and hold the figures to their floors.

usage:  python evaluation/evaluate.py [SUITE ...] [--json OUT.json]

Suites: `statements` (PolNeAR dev), `readings` (pages annotated twice), `actors` (evaluation/actors.jsonl, the held third),
`stories` and `more stories` (evaluation/stories.jsonl and stories_more.jsonl, the held halves).
The first two need the development data beside the project (../shared) and are passed over where it is absent. Every suite reads
through `dragoman.Reader`, as `dragoman read` does. `floors.json` pins each figure with the digest of its corpus; the command
exits with 1 below a floor or where a corpus is not the one the floor was measured on. Lowering a floor takes a sentence in
CHANGELOG.md.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import io
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from stories import stories

from dragoman import Analysis, Document, Reader
from dragoman.analysis import Actor

HERE = Path(__file__).parent
SHARED = HERE.parent.parent / "shared"
FLOORS = HERE / "floors.json"
SURE = 0.6
"""Score of statements that `dragoman read --min-score 0.6` keeps: speech acts rather than beliefs and intentions."""
SAMPLES = 1000
"""Bootstrap samples, drawn over documents (cases, for the actors)."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suites", nargs="*", default=list(SUITES), metavar="SUITE", help=", ".join(SUITES))
    parser.add_argument("--floors", type=Path, default=FLOORS, help="hold the figures to this file")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    arguments = parser.parse_args()
    floors = json.loads(arguments.floors.read_text(encoding="utf-8"))
    results, failures = {}, []
    for suite in arguments.suites:
        corpus, measure = SUITES[suite]
        if not corpus.is_file():
            print(f"{suite}: passed over, {corpus.name} is not beside the project")
            continue
        results[suite] = measure(corpus)
        failures += report(suite, corpus, results[suite], floors.get(suite, {}))
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1), encoding="utf-8")
    print(*failures, sep="\n", file=sys.stderr)
    return 1 if failures else 0


def report(suite: str, corpus: Path, figures: dict[str, Any], pinned: dict[str, Any]) -> Iterator[str]:
    """Print a suite's figures beside their floors; yield a sentence for each that fails."""
    digest = hashlib.sha256(corpus.read_bytes()).hexdigest()[:16]
    if pinned and pinned["corpus"] != digest:
        yield f"{suite}: {corpus.name} has digest {digest}, its floors are of {pinned['corpus']}; measure anew and say so."
    for name, figure in figures.items():
        floor = pinned.get("floors", {}).get(name)
        interval = f"  [{figure['low']:.1f}, {figure['high']:.1f}]" if "low" in figure else ""
        print(
            f"{suite:11s} {name:28s} {figure['value']:6.2f}{interval}"
            + (f"  floor {floor}" if floor is not None else "")
        )
        if floor is not None and figure["value"] < floor:
            yield f"{suite}: {name} is {figure['value']:.2f}, below its floor of {floor}."


# Statements ------------------------------------------------------------------------------------------------------------


def statements(corpus: Path) -> dict[str, Any]:
    """PolNeAR's measures over its dev articles, with 95 % bootstrap intervals over articles."""
    articles = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()]
    analyses = Reader().read_all(Document(a["text"]) for a in articles)
    rows = [{"doc": a["doc"], "attributions": attributions(x)} for a, x in zip(articles, analyses, strict=True)]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
        file.flush()
        scores = scorer("polnear").evaluate(str(corpus), file.name, boot=SAMPLES)
    return dict(_polnear_figures(scores))


def attributions(analysis: Analysis) -> list[dict[str, Any]]:
    """The statements of an analysis in the scorer's form."""
    return [
        {
            "source": [[s.source.start, s.source.end]] if s.source else [],
            "cue": [[s.cue.start, s.cue.end]] if s.cue else [],
            "content": [[c.start, c.end] for c in s.content],
        }
        for s in analysis.statements
    ]


def _polnear_figures(scores: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name in ("content_token", "content_iou50", "attribution", "cue_any"):
        low, high = scores["boot95_F1"][name]
        yield name, {"value": scores[name]["F1"], "low": low, "high": high}
    for form, row in scores["recall_by_type"].items():
        yield f"recall_{form}", {"value": row["R"], "of": row["gold"]}


# Whole readings --------------------------------------------------------------------------------------------------------


def readings(corpus: Path) -> dict[str, Any]:
    """F1, precision and recall of statements, events and stances on pages annotated independently twice."""
    documents = json.loads(corpus.read_text(encoding="utf-8"))["documents"]
    reader = Reader()
    rows = [
        reader.read(Document(d["text"], publisher=d["publisher"], published=d["published"])).to_dict()
        for d in documents
    ]
    module = scorer("readings")
    per_page = [page_counts(module, d, r) for d, r in zip(documents, rows, strict=True)]
    figures = {
        f"{kind}_{name}": figure
        for kind in ("statements", "events", "stances")
        for name, figure in _page_figures(kind, per_page)
    }
    sure = [{**r, "statements": [s for s in r["statements"] if s["score"] >= SURE]} for r in rows]
    of_sure = [page_counts(module, d, r) for d, r in zip(documents, sure, strict=True)]
    return figures | {f"sure_statements_{name}": f for name, f in _page_figures("statements", of_sure)}


def page_counts(module: ModuleType, gold: dict[str, Any], row: dict[str, Any]) -> Counter[str]:
    """What the scorer counts on one page, keyed by kind and count."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("gold.json", "pred.jsonl", "out.json")]
        paths[0].write_text(json.dumps({"documents": [gold]}), encoding="utf-8")
        paths[1].write_text(json.dumps(row) + "\n", encoding="utf-8")
        arguments, sys.argv = sys.argv, ["readings.py", str(paths[0]), str(paths[1]), "--json", str(paths[2])]
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                module.main()
        finally:
            sys.argv = arguments
        out = json.loads(paths[2].read_text(encoding="utf-8"))
    return Counter({f"{kind}_{k}": v for kind, counts in out.items() for k, v in counts.items() if isinstance(v, int)})


def _page_figures(kind: str, pages: Sequence[Counter[str]]) -> Iterator[tuple[str, Any]]:
    for name, formula in (("f1", _f1), ("precision", _precision), ("recall", _recall)):
        low, high = interval(pages, lambda sample: formula(kind, sum(sample, Counter())))  # noqa: B023
        yield name, {"value": formula(kind, sum(pages, Counter())), "low": low, "high": high}
    total = sum(pages, Counter())
    for extra in ("claim", "force", "toward"):
        if total[f"{kind}_{extra}_n"]:
            yield (
                extra,
                {
                    "value": 100 * total[f"{kind}_{extra}_ok"] / total[f"{kind}_{extra}_n"],
                    "of": total[f"{kind}_{extra}_n"],
                },
            )


def _precision(kind: str, c: Counter[str]) -> float:
    return 100 * c[f"{kind}_tp"] / max(1, c[f"{kind}_tp"] + c[f"{kind}_fp"])


def _recall(kind: str, c: Counter[str]) -> float:
    return 100 * c[f"{kind}_tp"] / max(1, c[f"{kind}_tp"] + c[f"{kind}_fn"])


def _f1(kind: str, c: Counter[str]) -> float:
    p, r = _precision(kind, c), _recall(kind, c)
    return 2 * p * r / (p + r) if p + r else 0.0


# Actors ----------------------------------------------------------------------------------------------------------------


def actors(corpus: Path, split: str = "held") -> dict[str, Any]:
    """Share of mention cases decided as expected, over all traps and for each."""
    cases = [c for c in map(json.loads, corpus.read_text(encoding="utf-8").splitlines()) if c["split"] == split]
    reader = Reader()
    right = [int(is_right(reader.read(Document(c["text"], published=c["published"])), c)) for c in cases]
    low, high = interval(right, lambda sample: 100 * sum(sample) / len(sample))
    return {"accuracy": {"value": 100 * sum(right) / len(right), "low": low, "high": high, "of": len(right)}}


def is_right(analysis: Analysis, case: dict[str, Any]) -> bool:
    """Whether the actor at the case's mention is the one expected; nobody and undecided both answer to null."""
    actor, expected = answer(analysis, case), case["expect"]
    if expected is None or actor is None:
        return expected is None and actor is None
    same = actor.id == expected["id"] if "id" in expected else actor.country == expected["country"]
    return same and set(expected.get("sectors", actor.sectors)) == set(actor.sectors)


def answer(analysis: Analysis, case: dict[str, Any]) -> Actor | None:
    """The actor of the mention with the case's span, else of the one with the same end and the nearest start.

    An actor without country and sectors that is no known organisation is nobody in politics: a private person, a football club.
    """
    start, end = case["mention"]
    ending = [m for m in analysis.mentions if m.end == end]
    nearest = min(ending, key=lambda m: abs(m.start - start), default=None)
    actor = analysis.actor(nearest.actor) if nearest is not None else None
    if actor is None or actor.country or actor.sectors or actor.kind in ("bloc", "state"):
        return actor
    return actor if actor.id == (case["expect"] or {}).get("id") else None


# Shared ----------------------------------------------------------------------------------------------------------------


def interval(items: Sequence[Any], statistic: Callable[[list[Any]], float]) -> tuple[float, float]:
    """Percentile 95 % bootstrap interval over the items."""
    draw = random.Random(1)
    values = sorted(statistic(draw.choices(items, k=len(items))) for _ in range(SAMPLES))
    return values[int(0.025 * SAMPLES)], values[int(0.975 * SAMPLES) - 1]


def scorer(name: str) -> ModuleType:
    """A scorer of the development data, loaded from its file."""
    spec = importlib.util.spec_from_file_location(f"scorer_{name}", SHARED / "eval" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SUITES: dict[str, tuple[Path, Callable[[Path], dict[str, Any]]]] = {
    "statements": (SHARED / "data" / "polnear_dev.jsonl", statements),
    "readings": (SHARED / "gold" / "dev.json", readings),
    "actors": (HERE / "actors.jsonl", actors),
    "stories": (HERE / "stories.jsonl", stories),
    "more stories": (HERE / "stories_more.jsonl", stories),
}

if __name__ == "__main__":
    sys.exit(main())
