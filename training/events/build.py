"""Rebuild the relation model's weights from the project's own rows and PLV's training pairs.

usage: python -m training.events.build DATA ROWS OUT [--work DIR]

DATA is the folder with plv_train.tsv, ROWS that with the row files, OUT the weights folder to write. The first stage learns
from own rows; the second goes on with PLV's pairs among some of them: once with all of PLV, for the model that is shipped, and
once for each of five folds without it, for the figures. The branch takes the upper layers of the first stage and goes on with
own rows, upon the lower layers of the second; to judge a fold it is put, as it is, upon those of the fold's model. What the
models of the folds say of the pairs that they have not seen, and the shipped one of the own rows held out, is what
probabilities are calibrated on.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from training.events.agreement import HELD, decided
from training.events.branches import Branch, Branches, fitted_register, means
from training.events.encoder import TOKENIZER, carried, read_encoder
from training.events.evaluate import Judged, figures, joined, judged, write_predictions
from training.events.examples import examples
from training.events.export import write_config, write_folder
from training.events.network import Student
from training.events.pairs import Pair, of_plv
from training.events.stages import branch, close_pairs, first, folds, own_pairs, second


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("rows", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--work", type=Path, default=Path("build/relations"), help="for checkpoints and predictions")
    return parser.parse_args()


def log(line: str) -> None:
    print(line, flush=True)


@dataclass(frozen=True, slots=True)
class Data:
    """Examples to learn from and to judge by."""

    plv: list[Pair]
    own: list[Pair]
    tokenizer: Tokenizer

    @property
    def fold(self) -> np.ndarray:
        """Of each pair of PLV."""
        return folds([pair.group for pair in self.plv])

    def without(self, number: int) -> list[Pair]:
        """The pairs of PLV of the other folds."""
        return [pair for pair, its in zip(self.plv, self.fold, strict=True) if its != number]

    def branches(self, news: Student, rows: Branch, seen: list[Pair]) -> Branches:
        """A student and a branch; what tells newswire from own rows learns from the PLV pairs that the student has seen."""
        newswire, own = ([*{pair.text: pair for pair in pairs}.values()] for pairs in (seen, self.own))
        chosen = random.Random(0).sample(own, min(len(own), len(newswire)))
        kinds = [means(news, examples(pairs, self.tokenizer)) for pairs in (newswire, chosen)]
        return Branches(news, rows.on(news), fitted_register(*kinds))

    def cross_validated(self, student: Student, rows: Branch) -> Judged:
        """What five models say of the pairs that each has not seen, in the order of the file."""
        fold, parts = self.fold, []
        whole = np.array(examples(self.plv, self.tokenizer), dtype=object)
        for number in sorted(set(fold.tolist())):
            seen = self.without(number)
            model = second(student, seen, self.own, self.tokenizer, log)
            parts.append(judged(self.branches(model, rows, seen), whole[fold == number].tolist()))
        return joined(parts).part(np.argsort(np.argsort(fold, kind="stable")))


def main() -> None:
    args = arguments()
    torch.set_num_threads(1)
    args.work.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(carried() / TOKENIZER))
    held = decided(own_pairs(args.rows, held=True), args.rows.parent / HELD)
    data = Data(of_plv(args.data / "plv_train.tsv"), own_pairs(args.rows), tokenizer)
    student = first(Student(read_encoder(carried())), data.own, tokenizer, log)
    final = second(student, data.plv, data.own, tokenizer, log)
    rows = branch(final, student, data.own, close_pairs(args.rows), tokenizer, log)
    for name, model in (("first", student), ("final", final), ("rows", rows)):
        torch.save(model.state_dict(), args.work / f"{name}.pt")
    branches = data.branches(final, rows, data.plv)
    unseen = data.cross_validated(student, rows)
    result = figures(unseen, data.fold, judged(branches, examples(held, tokenizer)))
    write_predictions(result.calibration.probabilities(unseen.given), args.work / "plv.jsonl")
    write_folder(branches, carried() / TOKENIZER, args.out)
    write_config(args.out, result.calibration, {"figures": result.figures})
    log(str(result.figures))


if __name__ == "__main__":
    main()
