"""Text -> attributions: label the words, link the runs, put them together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dragoman.errors import KnowledgeError
from dragoman.reading.attribution import encoder, heads
from dragoman.reading.attribution.assemble import Settings, assemble
from dragoman.reading.attribution.encoder import Encoded, Encoder
from dragoman.reading.attribution.heads import Heads
from dragoman.reading.attribution.spans import Attribution

WEIGHTS = Path(__file__).parent / "weights"
CONFIG = "config.json"
FILES = (encoder.GRAPH, encoder.TOKENIZER, heads.GRAPH, heads.ARRAYS)


class Tagger:
    """Finds attributions with the weights of one folder, by default the ones that come with dragoman.

    The same text gives the same attributions in any process and beside any other text: nothing is batched over windows.
    Raises KnowledgeError where the folder lacks a file or a file is not the one its config.json was written with.
    """

    def __init__(self, weights: Path | None = None) -> None:
        folder = weights or WEIGHTS
        self._config = _config(folder)
        self._encoder = Encoder(folder)
        self._heads = Heads(folder)
        self._settings = Settings(**self._config["settings"])

    @property
    def fingerprint(self) -> str:
        """Names the weights and settings: what two taggers with the same fingerprint read is the same."""
        return hashlib.sha256(json.dumps(self._config, sort_keys=True).encode()).hexdigest()[:16]

    def tag(self, text: str) -> tuple[Attribution, ...]:
        """The attributions of one document in the order of their contents, each after the one it stands within."""
        return self.read(text, self.encode(text))

    def encode(self, text: str) -> Iterable[Encoded]:
        """The windows of a document with the states of their words, for this and other heads."""
        return self._encoder.encode(text)

    def read(self, text: str, encoded: Iterable[Encoded]) -> tuple[Attribution, ...]:
        """The attributions of `text` from what `encode` gave for it."""
        return assemble(text, encoded, self._heads, self._settings)


def _config(folder: Path) -> dict[str, Any]:
    path = folder / CONFIG
    if not path.is_file():
        raise KnowledgeError(
            f"{folder} holds no statement model: {CONFIG} is missing. "
            "Reinstall dragoman, or rebuild it with `make train-statements`."
        )
    config: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for name in FILES:
        _check(folder / name, config["files"].get(name, "none"))
    return config


def _check(path: Path, digest: str) -> None:
    found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"
    if found != digest:
        raise KnowledgeError(
            f"{path} is not the file that {CONFIG} beside it describes (SHA-256 {found[:12]}, expected {digest[:12]}); "
            "reinstall dragoman, or rebuild the model with `make train-statements`."
        )
