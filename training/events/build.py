"""Rebuild the relation model's weights from the project's own rows and PLV's training pairs.

usage: python -m training.events.build DATA ROWS OUT [--work DIR]

DATA is the folder with plv_train.tsv, ROWS that with the row files, OUT the weights folder to write. The first stage learns from
own rows; the second goes on with PLV's pairs among some of them: once with all of PLV, for the model that is shipped, and once
for each of five folds without it, for the figures. What the models of the folds say of the pairs that they have not seen, and the
shipped one of the own rows held out, is what probabilities are calibrated on.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from training.events.agreement import HELD, decided
from training.events.encoder import TOKENIZER, carried, read_encoder
from training.events.evaluate import Judged, figures, judged, write_predictions
from training.events.examples import examples
from training.events.export import write_config, write_folder
from training.events.network import Student
from training.events.pairs import Pair, of_plv
from training.events.stages import first, folds, own_pairs, second


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("rows", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--work", type=Path, default=Path("build/relations"), help="for checkpoints and predictions")
    return parser.parse_args()


def log(line: str) -> None:
    print(line, flush=True)


def cross_validated(student: Student, plv: list[Pair], own: list[Pair], tokenizer: Tokenizer) -> Judged:
    """What five models say of the pairs that each has not seen, in the order of the file."""
    fold = folds([pair.group for pair in plv])
    found = judged(student, examples(plv, tokenizer))
    for number in sorted(set(fold.tolist())):
        seen = [pair for pair, its in zip(plv, fold, strict=True) if its != number]
        unseen = [pair for pair, its in zip(plv, fold, strict=True) if its == number]
        model = second(student, seen, own, tokenizer, log)
        found.scores[fold == number] = judged(model, examples(unseen, tokenizer)).scores
    return found


def main() -> None:
    args = arguments()
    torch.set_num_threads(1)
    args.work.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(carried() / TOKENIZER))
    own, held = own_pairs(args.rows), decided(own_pairs(args.rows, held=True), args.rows.parent / HELD)
    plv = of_plv(args.data / "plv_train.tsv")
    student = first(Student(read_encoder(carried())), own, tokenizer, log)
    torch.save(student.state_dict(), args.work / "first.pt")
    final = second(student, plv, own, tokenizer, log)
    torch.save(final.state_dict(), args.work / "final.pt")
    unseen = cross_validated(student, plv, own, tokenizer)
    np.savez(args.work / "unseen.npz", scores=unseen.scores, right=unseen.right)
    result = figures(unseen, folds([pair.group for pair in plv]), judged(final, examples(held, tokenizer)))
    write_predictions(unseen.scores, args.work / "plv.jsonl")
    write_folder(final, carried() / TOKENIZER, args.out)
    write_config(args.out, result.calibration, {"figures": result.figures})
    log(str(result.figures))


if __name__ == "__main__":
    main()
