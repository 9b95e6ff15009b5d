"""Measure what each piece of the training adds, on some of the five folds of PLV's training pairs.

usage: python -m training.events.ablate DATA ROWS TEACHER FIRST [--folds N ...]

DATA is the folder with plv_train.tsv and news_texts.jsonl, ROWS that with the row files, TEACHER that with all-mpnet-base-v2, and
FIRST the checkpoint of the first stage that training.events.build leaves. Neither student nor teacher sees the PLV pairs of the
fold that they are measured on. A line gives, for a fold and a variant, the accuracy on those pairs and the mean surprise
(negative logarithm of the probability of the right types), and accuracy and the F1 of NONE on the own rows held out; all before
calibration.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from training.events.encoder import TOKENIZER, carried, read_encoder
from training.events.evaluate import accuracy, none_against_event
from training.events.examples import Example, Floats, examples
from training.events.fit import fit, log_probabilities
from training.events.network import Student
from training.events.news import balanced, news_pairs
from training.events.pairs import TYPES, Pair, of_plv
from training.events.stages import SECOND, folds, own_pairs, second
from training.events.teach import School

PLV_ALONE = replace(SECOND, epochs=8)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "rows", "teacher", "first"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--folds", type=int, nargs="+", default=[3, 4])
    return parser.parse_args()


def log(line: str) -> None:
    print(line, flush=True)


@dataclass(frozen=True, slots=True)
class Pieces:
    """What there is to learn from besides PLV: the student of own rows, the rows, a teacher, and pairs to ask it about."""

    start: Student
    own: list[Pair]
    school: School
    news: list[Pair]
    tokenizer: Tokenizer

    def variants(self, seen: list[Pair]) -> Iterator[tuple[str, Callable[[list[Pair]], Floats]]]:
        """The name of each variant, and the probabilities (pairs x types) it gives once it has learned the seen pairs."""
        self.school.learn(seen)
        yield "teacher", self.school.opinions
        yield "no own rows", self._said_by(fit(Student(read_encoder(carried())), self._examples(seen), PLV_ALONE, log))
        yield "own rows", self._said_by(self._second(seen, (1,)))
        yield "two runs averaged", self._said_by(self._second(seen, (1, 2)))
        thought = self.school.opinions(self.news)
        taught = [example.taught(soft) for example, soft in zip(self._examples(self.news), thought, strict=True)]
        yield "distilled", self._said_by(self._second(seen, (1,), taught))

    def _second(self, seen: list[Pair], seeds: tuple[int, ...], taught: list[Example] | None = None) -> Student:
        return second(self.start, seen, self.own, self.tokenizer, log, seeds=seeds, taught=taught or [])

    def _said_by(self, student: Student) -> Callable[[list[Pair]], Floats]:
        return lambda pairs: np.exp(log_probabilities(student, self._examples(pairs)))

    def _examples(self, pairs: list[Pair]) -> list[Example]:
        return examples(pairs, self.tokenizer)


def chosen_news(student: Student, data: Path, tokenizer: Tokenizer) -> list[Pair]:
    """Pairs of the news, of every type that the student guesses; none of the pages that readings are judged on."""
    judged_on = json.loads((data.parent / "gold/dev.json").read_text(encoding="utf-8"))["documents"]
    pairs = news_pairs(data / "news_texts.jsonl", [page["text"] for page in judged_on])
    guesses = log_probabilities(student, examples(pairs, tokenizer)).argmax(1)
    return balanced(pairs, [TYPES[best] for best in guesses])


def on_plv(probabilities: Floats, pairs: list[Pair]) -> str:
    right = _right(pairs)
    surprise = -np.log((probabilities * right).sum(1)).mean()
    return f"accuracy {100 * accuracy(probabilities, right):.1f}, surprise {surprise:.3f}"


def on_own(probabilities: Floats, pairs: list[Pair]) -> str:
    right = _right(pairs)
    _, none = none_against_event(probabilities, right)
    return f"own rows: accuracy {100 * accuracy(probabilities, right):.1f}, F1 of NONE {100 * none:.1f}"


def _right(pairs: list[Pair]) -> Floats:
    return np.array([[name in pair.types for name in TYPES] for pair in pairs], dtype=np.float32)


def main() -> None:
    args = arguments()
    torch.set_num_threads(1)
    tokenizer = Tokenizer.from_file(str(carried() / TOKENIZER))
    student = Student(read_encoder(carried()))
    student.load_state_dict(torch.load(args.first))
    student.eval()
    own, held, plv = own_pairs(args.rows), own_pairs(args.rows, held=True), of_plv(args.data / "plv_train.tsv")
    news = chosen_news(student, args.data, tokenizer)
    pieces = Pieces(student, own, School(args.teacher, own, log), news, tokenizer)
    fold = folds([pair.group for pair in plv])
    for number in args.folds:
        unseen = [pair for pair, its in zip(plv, fold, strict=True) if its == number]
        seen = [pair for pair, its in zip(plv, fold, strict=True) if its != number]
        for name, said in pieces.variants(seen):
            log(f"fold {number}  {name}: {on_plv(said(unseen), unseen)}; {on_own(said(held), held)}")


if __name__ == "__main__":
    main()
