"""A trained judge -> weights folder: int8 graphs of its encoder and its head, and the tokenizer."""

from __future__ import annotations

import shutil
from pathlib import Path

from dragoman.reading.stances.judging import GRAPH, HEAD, TOKENIZER
from training.events.export import write_head
from training.events.network import Student
from training.statements.export import write_graph


def write_folder(judge: Student, tokenizer: Path, folder: Path) -> None:
    """Everything but config.json."""
    folder.mkdir(parents=True, exist_ok=True)
    write_graph(judge.plain(), folder / GRAPH)
    write_head(judge.head, folder / HEAD)
    shutil.copyfile(tokenizer, folder / TOKENIZER)
