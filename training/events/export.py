"""A trained student -> weights folder: an int8 encoder graph, its head in int8 as well, the tokenizer, config.json."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from dragoman.reading.relations.calibration import Calibration
from dragoman.reading.relations.relator import FILES, GRAPH, HEAD, TOKENIZER
from dragoman.reading.weights import CONFIG, digest_of
from training.events.network import Head, Student
from training.events.pairs import TYPES
from training.statements.export import strip, write_graph


class OnePair(nn.Module):
    """The head for one text without padding: states (length x width), places of the marks (2) -> scores (types)."""

    def __init__(self, head: Head) -> None:
        super().__init__()
        self.head = head

    def forward(self, states: Tensor, sides: Tensor) -> Tensor:
        marks = torch.where((sides > 0)[:, None], states[sides], self.head.nobody)
        seen = torch.cat([states.mean(0), marks[0], marks[1]])
        return self.head.out(torch.tanh(self.head.mix(seen)))


def write_head(head: Head, path: Path) -> None:
    """The head as an int8 graph: `states`, `sides` -> `scores`."""
    plain = path.with_suffix(".plain")
    torch.onnx.export(
        OnePair(head).eval(),
        (torch.zeros(24, head.mix.out_features), torch.tensor([1, 0])),
        plain,
        input_names=["states", "sides"],
        output_names=["scores"],
        dynamic_shapes={"states": {0: torch.export.Dim("length", min=2, max=512)}, "sides": None},
        dynamo=True,
        external_data=False,
    )
    quantize_dynamic(plain, path, per_channel=True, weight_type=QuantType.QInt8)
    plain.unlink()
    strip(path)


def write_folder(student: Student, tokenizer: Path, folder: Path) -> None:
    """Everything but config.json."""
    folder.mkdir(parents=True, exist_ok=True)
    write_graph(student.plain(), folder / GRAPH)
    write_head(student.head, folder / HEAD)
    shutil.copyfile(tokenizer, folder / TOKENIZER)


def write_config(folder: Path, calibration: Calibration, about: dict[str, Any]) -> None:
    """config.json, which names every file by its digest."""
    config = {
        "types": TYPES,
        "calibration": asdict(calibration),
        "files": {name: digest_of(folder / name) for name in FILES},
        **about,
    }
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
