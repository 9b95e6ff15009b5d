"""Ask a large teacher what it thinks of pairs that nobody labelled.

usage: python -m training.events.teach ENCODER DATA ROWS PAIRS OUT

ENCODER is a folder with all-mpnet-base-v2, DATA that with plv_train.tsv, ROWS that with the row files. PAIRS has lines {"text",
"pairs": [[actor, recipient | null]]}; OUT gets the same lines with the probability of each type behind each pair. The teacher
learns from own rows, then from PLV among some of them; only its top layers are trained. It needs the package transformers.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from training.events.examples import Example, examples
from training.events.fit import Recipe, fit, log_probabilities
from training.events.network import TEACHER_MARKS, Teacher
from training.events.pairs import Pair, of_plv, reversed_pairs
from training.events.stages import OWN, REVERSED, own_pairs

FIRST = Recipe(epochs=3)
SECOND = Recipe(epochs=2, rate=7e-5, head_rate=2e-4)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("encoder", "data", "rows", "pairs", "out"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    torch.set_num_threads(1)
    tokenizer = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    teacher = taught(Teacher(args.encoder), own_pairs(args.rows), of_plv(args.data / "plv_train.tsv"), tokenizer)
    unfinished = args.out.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8") as file:
        for line in opinions(teacher, args.pairs, tokenizer):
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    unfinished.rename(args.out)


def taught(teacher: Teacher, own: list[Pair], plv: list[Pair], tokenizer: Tokenizer) -> Teacher:
    """Own rows first, then PLV with reversed pairs and a few own ones."""
    ready = examples([*own, *reversed_pairs(own)], tokenizer, TEACHER_MARKS)
    teacher = fit(teacher, ready, FIRST, lambda line: print(line, flush=True))
    mixed = [*plv, *list(reversed_pairs(plv))[:REVERSED], *own[:: max(len(own) // OWN, 1)]]
    return fit(teacher, examples(mixed, tokenizer, TEACHER_MARKS), SECOND, lambda line: print(line, flush=True))


def opinions(teacher: Teacher, path: Path, tokenizer: Tokenizer) -> Iterator[dict[str, object]]:
    """The lines of a file of pairs, each pair with the teacher's probabilities."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        thought = np.exp(log_probabilities(teacher, _asked(row, tokenizer)))
        rounded = [[round(float(p), 4) for p in each] for each in thought]
        pairs = [[*pair, each] for pair, each in zip(row["pairs"], rounded, strict=True)]
        yield {"text": row["text"], "pairs": pairs}


def _asked(row: dict, tokenizer: Tokenizer) -> list[Example]:
    pairs = [Pair(row["text"], tuple(a), tuple(r) if r else None, ()) for a, r in row["pairs"]]
    return examples(pairs, tokenizer, TEACHER_MARKS)


if __name__ == "__main__":
    main()
