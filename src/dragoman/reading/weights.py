"""A folder with the files of one model: opened as they are needed, and only if they are the ones its config.json describes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import onnxruntime as ort
from tokenizers import Tokenizer

from dragoman.errors import KnowledgeError

CONFIG = "config.json"

_SLOWER = "SkipLayerNormFusion"
"""A fusion that the run-time would make: on a CPU its kernel takes ten times as long as the sum and the norm that it joins."""


@dataclass(frozen=True, slots=True)
class Weights:
    """`model` is what the folder holds, for people; `target` is the target of the Makefile that writes it.

    Every method raises KnowledgeError where a file is missing or is not the one that belongs to the others.
    """

    folder: Path
    model: str
    target: str

    def config(self, files: Iterable[str]) -> dict[str, Any]:
        """What config.json says, once each of the files has the digest that it states."""
        path = self.folder / CONFIG
        if not path.is_file():
            raise KnowledgeError(
                f"{self.folder} holds no {self.model}: {CONFIG} is missing. "
                f"Reinstall dragoman, or rebuild it with `make {self.target}`."
            )
        config: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for name in files:
            self._check(self.folder / name, config["files"].get(name, "none"))
        return config

    def graph(self, name: str) -> ort.InferenceSession:
        """A session for one ONNX file."""
        return open_session(self._present(name))

    def tokenizer(self, name: str) -> Tokenizer:
        """A tokenizer as its file describes it."""
        return Tokenizer.from_file(str(self._present(name)))

    def _present(self, name: str) -> Path:
        path = self.folder / name
        if not path.is_file():
            raise KnowledgeError(
                f"The {self.model} has no {name} in {self.folder}; "
                f"reinstall dragoman, or rebuild it with `make {self.target}`."
            )
        return path

    def _check(self, path: Path, digest: str) -> None:
        found = digest_of(path) if path.is_file() else "missing"
        if found != digest:
            raise KnowledgeError(
                f"{path} is not the file that {CONFIG} beside it describes (SHA-256 {found[:12]}, expected {digest[:12]}); "
                f"reinstall dragoman, or rebuild the model with `make {self.target}`."
            )


def open_session(path: Path) -> ort.InferenceSession:
    """A session of one thread and without spinning, since documents run beside each other in processes."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=[_SLOWER])


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fingerprint_of(config: dict[str, Any]) -> str:
    """16 hex digits that name the weights and settings: two models with the same ones read the same."""
    return hashlib.sha256(json.dumps(config, sort_keys=True).encode()).hexdigest()[:16]
