"""Trained branches -> weights folder: int8 graphs of their layers and heads, the tokenizer, config.json."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from dragoman.reading.relations.calibration import Calibration
from dragoman.reading.relations.relator import FILES, GRAPH, HEAD, ROWS, ROWS_HEAD, TOKENIZER
from dragoman.reading.weights import CONFIG, digest_of
from training.events.branches import SHARED, Branch, Branches
from training.events.network import Head
from training.events.pairs import TYPES
from training.statements.encoder import Encoder
from training.statements.export import strip, write_layers


class BothLevels(nn.Module):
    """An encoder that also gives the states of its lower layers: pieces (1 x length) -> shared and last states."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.embeddings, self.encoder = encoder.embeddings, encoder.encoder

    def forward(self, pieces: Tensor) -> tuple[Tensor, Tensor]:
        levels = [self.embeddings(pieces)]
        for layer in self.encoder["layer"]:
            levels.append(layer(levels[-1], None, 0.0))
        return levels[SHARED], levels[-1]


class Above(nn.Module):
    """The layers of a branch: shared states (1 x length x width) -> its own ones, and the register of the text (1)."""

    def __init__(self, branch: Branch, register: nn.Linear) -> None:
        super().__init__()
        self.encoder = nn.ModuleDict({"layer": branch.layers})
        self.register = register

    def forward(self, shared: Tensor) -> tuple[Tensor, Tensor]:
        states = shared
        for layer in self.encoder["layer"]:
            states = layer(states, None, 0.0)
        return states, self.register(shared.mean(1))[:, 0]


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


def write_folder(branches: Branches, tokenizer: Path, folder: Path) -> None:
    """Everything but config.json."""
    folder.mkdir(parents=True, exist_ok=True)
    encoder = branches.news.plain()
    write_layers(BothLevels(encoder), folder / GRAPH, torch.arange(1000, 1024)[None], "pieces", ("shared", "states"))
    above = Above(branches.rows, branches.register)
    write_layers(above, folder / ROWS, torch.zeros(1, 24, encoder.width), "shared", ("states", "register"))
    write_head(branches.news.head, folder / HEAD)
    write_head(branches.rows.head, folder / ROWS_HEAD)
    shutil.copyfile(tokenizer, folder / TOKENIZER)


def write_config(folder: Path, calibration: Calibration, about: dict[str, Any]) -> None:
    """config.json, which names every file by its digest."""
    write_about(folder, FILES, {"types": TYPES, "calibration": asdict(calibration)}, about)


def write_about(folder: Path, files: Iterable[str], settings: dict[str, Any], about: dict[str, Any]) -> None:
    """config.json from settings, the digests of files in the folder, and whatever else is to be known."""
    config = {**settings, "files": {name: digest_of(folder / name) for name in files}, **about}
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
