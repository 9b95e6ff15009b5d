"""Text -> attributions: label the words, link the runs, put them together."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dragoman.reading.attribution import encoder, heads
from dragoman.reading.attribution.assemble import Settings, assemble
from dragoman.reading.attribution.encoder import Encoded, Encoder
from dragoman.reading.attribution.heads import Heads
from dragoman.reading.attribution.spans import Attribution
from dragoman.reading.weights import CONFIG, fingerprint_of

__all__ = ["CONFIG", "FAST", "FILES", "WEIGHTS", "Tagger"]

WEIGHTS = Path(__file__).parent / "weights"
FAST = Path(__file__).parent / "fast"
"""Weights with half the layers, which imitate the others: twice as fast, a little worse."""
FILES = (encoder.GRAPH, encoder.TOKENIZER, heads.ARRAYS)


class Tagger:
    """Finds attributions with the weights of one folder, by default the ones that come with dragoman.

    The same text gives the same attributions in any process and beside any other text: nothing is batched over windows.
    Raises KnowledgeError where the folder lacks a file or a file is not the one its config.json was written with.
    """

    def __init__(self, weights: Path | None = None) -> None:
        folder = weights or WEIGHTS
        self._config = encoder.weights(folder).config(FILES)
        self._encoder = Encoder(folder)
        self._heads = Heads(folder)
        self._settings = Settings(**self._config["settings"])

    @property
    def fingerprint(self) -> str:
        """Names the weights and settings: what two taggers with the same fingerprint read is the same."""
        return fingerprint_of(self._config)

    def tag(self, text: str) -> tuple[Attribution, ...]:
        """The attributions of one document in the order of their contents, each after the one it stands within."""
        return self.read(text, self.encode(text))

    def encode(self, text: str) -> Iterable[Encoded]:
        """The windows of a document with the states of their words, for this and other heads."""
        return self._encoder.encode(text)

    def read(self, text: str, encoded: Iterable[Encoded]) -> tuple[Attribution, ...]:
        """The attributions of `text` from what `encode` gave for it."""
        return assemble(text, encoded, self._heads, self._settings)
