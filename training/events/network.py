"""The marker models: a small student that is shipped, and a large teacher that only training sees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.reading.relations.marking import Marks
from training.events.examples import Batch
from training.events.pairs import TYPES
from training.statements.encoder import Encoder

DROPOUT = 0.1
TEACHER_MARKS = Marks((5, 6), (7, 8), 0, 2)
"""The same entries in MPNet's vocabulary, which begins with <s>, <pad>, </s>, <unk>."""
LOWER = 8
"""Layers of the teacher that stay as they came; their states are computed once for each example."""


class Head(nn.Module):
    """States of a text -> a score for each type, from their mean and the states of the two opening marks."""

    def __init__(self, width: int, types: int = len(TYPES)) -> None:
        super().__init__()
        self.nobody = nn.Parameter(torch.zeros(2, width))
        self.mix = nn.Linear(3 * width, width)
        self.out = nn.Linear(width, types)

    def forward(self, states: Tensor, batch: Batch) -> Tensor:
        """batch x length x width -> batch x types; `nobody` stands in for an actor or a recipient that is not given."""
        mask = batch.mask[:, :, None].to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1)
        sides = [self._side(states, places, i) for i, places in enumerate((batch.actors, batch.recipients))]
        seen = functional.dropout(torch.cat([mean, *sides], 1), DROPOUT, self.training)
        mixed = functional.dropout(torch.tanh(self.mix(seen)), DROPOUT, self.training)
        return self.out(mixed).float()

    def _side(self, states: Tensor, places: Tensor, side: int) -> Tensor:
        marks = states[torch.arange(len(states)), places]
        return torch.where((places > 0)[:, None], marks, self.nobody[side].to(states.dtype))


class Student(nn.Module):
    """A small encoder with learned marks and a head. The other word embeddings stay as they came."""

    def __init__(self, encoder: Encoder, types: int = len(TYPES)) -> None:
        super().__init__()
        self.encoder = encoder
        self.head = Head(encoder.width, types)
        self.marks = nn.Parameter(torch.randn(4, encoder.width) * 0.03)
        encoder.embeddings.word_embeddings.requires_grad_(False)

    def forward(self, batch: Batch) -> Tensor:
        dropout = self.encoder.dropout if self.training else 0.0
        return self.head(self.states(batch, dropout, len(self.encoder.encoder["layer"])), batch)

    def states(self, batch: Batch, dropout: float, layers: int) -> Tensor:
        """What the lowest layers make of a batch (batch x length x width)."""
        states = functional.dropout(self._embedded(batch.pieces), dropout)
        for layer in self.encoder.encoder["layer"][:layers]:
            states = layer(states, batch.mask[:, None, None, :], dropout)
        return states

    def _embedded(self, pieces: Tensor) -> Tensor:
        """Marks take the place of the entries 1 to 4 of the vocabulary."""
        table = self.encoder.embeddings
        is_mark = (pieces >= 1) & (pieces <= 4)
        words = torch.where(is_mark[..., None], self.marks[(pieces - 1).clamp(0, 3)], table.word_embeddings(pieces))
        places = table.position_embeddings(torch.arange(pieces.shape[1]))
        return table.LayerNorm(words + places + table.token_type_embeddings.weight[0])

    def plain(self) -> Encoder:
        """The encoder with its marks written into the vocabulary, as it is exported."""
        with torch.no_grad():
            self.encoder.embeddings.word_embeddings.weight[1:5] = self.marks
        return self.encoder


class Known:
    """The states of texts that stay as they are while something above them is trained: computed once, then looked up."""

    def __init__(self, compute: Callable[[Batch], Tensor]) -> None:
        self._compute = compute
        self._states: dict[bytes, Tensor] = {}

    @torch.no_grad()
    def __call__(self, batch: Batch) -> Tensor:
        """batch x length x width, padded with zeros."""
        keys = [example.marked.pieces.tobytes() for example in batch.examples]
        if not all(key in self._states for key in keys):
            for key, example, state in zip(keys, batch.examples, self._compute(batch), strict=True):
                self._states[key] = state[: len(example.marked.pieces)].to(torch.bfloat16).clone()
        return nn.utils.rnn.pad_sequence([self._states[key] for key in keys], batch_first=True).float()


class Teacher(nn.Module):
    """all-mpnet-base-v2 with its top layers and a head to train."""

    def __init__(self, folder: Path) -> None:
        from transformers import MPNetModel

        super().__init__()
        self.m = MPNetModel.from_pretrained(folder, add_pooling_layer=False)
        self.head = Head(self.m.config.hidden_size)
        self._below = Known(self._computed)
        for parameter in self.m.parameters():
            parameter.requires_grad_(False)
        self.m.encoder.layer[LOWER:].requires_grad_(True)

    def forward(self, batch: Batch) -> Tensor:
        states = self._below(batch)
        away = ((1.0 - batch.mask[:, None, None, :].float()) * -1e4).to(states.dtype)
        bias = self.m.encoder.compute_position_bias(states)
        for layer in self.m.encoder.layer[LOWER:]:
            states = layer(states, away, position_bias=bias)[0]
        return self.head(states, batch)

    def learned(self) -> dict[str, Tensor]:
        """A copy of every weight that training changes; `load_state_dict(..., strict=False)` goes back to it."""
        return {name: weight.detach().clone() for name, weight in self.named_parameters() if weight.requires_grad}

    def _computed(self, batch: Batch) -> Tensor:
        self.m.eval()
        pieces = batch.pieces.masked_fill(~batch.mask, self.m.config.pad_token_id)
        away = (1.0 - batch.mask[:, None, None, :].float()) * -1e4
        states = self.m.embeddings(input_ids=pieces)
        bias = self.m.encoder.compute_position_bias(states)
        for layer in self.m.encoder.layer[:LOWER]:
            states = layer(states, away, position_bias=bias)[0]
        self.m.train(self.training)
        return states
