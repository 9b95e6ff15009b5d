"""Rebuild the stance judge's weights from the project's own rows, starting from the relation model's first stage.

usage: python -m training.stances.build ROWS FIRST GOLD OUT [--work DIR]

ROWS is the folder with the row files, FIRST the checkpoint that training.events.build leaves of its first stage, GOLD the news
pages annotated twice, on which scores are calibrated, and OUT the weights folder to write.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from dragoman.knowledge.ontology import load_ontology
from dragoman.reading.settings import Settings
from dragoman.reading.stages import load_pipeline
from dragoman.reading.stances.judging import FILES, OUTCOMES, Odds
from dragoman.reading.stances.measures import MeasureFinder
from training.events.encoder import TOKENIZER, carried, read_encoder
from training.events.examples import examples
from training.events.export import write_about
from training.events.fit import Log, Recipe, fit_epochs, log_probabilities
from training.events.network import Student
from training.events.pairs import Pair
from training.stances.evaluate import figures
from training.stances.export import write_folder
from training.stances.pages import Undecided, calibrated
from training.stances.pairs import Shown, shown, stance_pairs

FIRST = Recipe(epochs=2, rate=1.8e-4, head_rate=6e-4)
LAST = Recipe(epochs=1, rate=1.5e-4, head_rate=4e-4, seed=3)
FROZEN = 3
"""Layers, from the bottom, that stay as the relation model left them."""
THRESHOLD = 0.4
"""What is right more often than half of the F1 of a reading raises it (Lipton, Elkan and Naryanaswamy 2014): 0.35 on news pages,
where rules leave so little that is right between 0.35 and 0.4 that the line is drawn above."""
AGAIN = "news"
"""Row files whose names begin so are seen once more in the second and the last epoch: they are closest to what is read."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("rows", "first", "gold", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--work", type=Path, default=Path("build/stances"), help="for the checkpoint")
    return parser.parse_args()


def log(line: str) -> None:
    print(line, flush=True)


def started(first: Path) -> Student:
    """A judge that knows marks and who does what to whom, and nothing of stances."""
    student = Student(read_encoder(carried()), len(OUTCOMES))
    known = {name: value for name, value in torch.load(first).items() if not name.startswith("head.out.")}
    student.load_state_dict(known, strict=False)
    student.encoder.embeddings.requires_grad_(False)
    for layer in student.encoder.encoder["layer"][:FROZEN]:
        layer.requires_grad_(False)
    return student


def epochs(data: Sequence[Shown]) -> tuple[list[Pair], list[Pair], list[Pair]]:
    """Every pair once as it was written and once as a reading asks for it, then once more in one of the two, drawn by lot."""
    first, last = (_drawn(data, seed) for seed in (2, 3))
    other = [pair.read if seen is pair.written else pair.written for pair, seen in zip(data, first, strict=True)]
    again = [pair.read for pair in data if pair.written.group.startswith(AGAIN)]
    return first, [*other, *again], [*last, *again]


def _drawn(data: Sequence[Shown], seed: int) -> list[Pair]:
    rng = random.Random(seed)
    return [pair.written if rng.random() < 0.5 else pair.read for pair in data]


def trained(student: Student, data: Sequence[Shown], tokenizer: Tokenizer, log: Log) -> Student:
    """Two epochs, then one more for which the rate of learning rises and falls again."""
    *both, last = [examples(pairs, tokenizer, types=OUTCOMES) for pairs in epochs(data)]
    return fit_epochs(fit_epochs(student, both, FIRST, log), [last], LAST, log)


def main() -> None:
    args = arguments()
    torch.set_num_threads(1)
    args.work.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(carried() / TOKENIZER))
    finder = MeasureFinder(load_ontology().measures)
    data = list(shown(args.rows, load_pipeline(Settings().pipeline), finder))
    student = trained(started(args.first), data, tokenizer, log)
    torch.save(student.state_dict(), args.work / "final.pt")
    held = examples(stance_pairs(args.rows, held=True), tokenizer, types=OUTCOMES)
    found = figures(log_probabilities(student, held), np.stack([example.right for example in held]))
    write_folder(student, carried() / TOKENIZER, args.out)
    settings = {"outcomes": OUTCOMES, "odds": asdict(Odds()), "threshold": THRESHOLD}
    write_about(args.out, FILES, settings, {})
    odds, of_pages = calibrated(args.gold, Undecided(args.out))
    write_about(args.out, FILES, settings | {"odds": asdict(odds)}, {"figures": found | of_pages})
    log(str(found | of_pages))


if __name__ == "__main__":
    main()
