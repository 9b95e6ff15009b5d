"""A BERT encoder in plain torch, with the parameter names of the published checkpoints."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional


class Embeddings(nn.Module):
    """Word, place and type embeddings, summed and normed."""

    def __init__(self, config: dict[str, int | float]) -> None:
        super().__init__()
        width = int(config["hidden_size"])
        self.word_embeddings = nn.Embedding(int(config["vocab_size"]), width)
        self.position_embeddings = nn.Embedding(int(config["max_position_embeddings"]), width)
        self.token_type_embeddings = nn.Embedding(int(config["type_vocab_size"]), width)
        self.LayerNorm = nn.LayerNorm(width, eps=float(config["layer_norm_eps"]))

    def forward(self, pieces: Tensor) -> Tensor:
        places = torch.arange(pieces.shape[1], device=pieces.device)
        summed = self.word_embeddings(pieces) + self.position_embeddings(places) + self.token_type_embeddings.weight[0]
        return self.LayerNorm(summed)


class Attention(nn.Module):
    """Multi-head self-attention with its residual. No dropout on the weights: it would double the time of a step on a CPU."""

    def __init__(self, config: dict[str, int | float]) -> None:
        super().__init__()
        width = int(config["hidden_size"])
        self.heads = int(config["num_attention_heads"])
        self.self = nn.ModuleDict({name: nn.Linear(width, width) for name in ("query", "key", "value")})
        self.output = nn.ModuleDict(
            {"dense": nn.Linear(width, width), "LayerNorm": nn.LayerNorm(width, eps=float(config["layer_norm_eps"]))}
        )

    def forward(self, states: Tensor, mask: Tensor | None, dropout: float) -> Tensor:
        batch, length, width = states.shape
        split = (batch, length, self.heads, width // self.heads)
        query, key, value = (self.self[name](states).view(split).transpose(1, 2) for name in ("query", "key", "value"))
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = self.output["dense"](mixed.transpose(1, 2).reshape(batch, length, width))
        return self.output["LayerNorm"](states + functional.dropout(mixed, dropout))


class Layer(nn.Module):
    """Attention, then a feed-forward step."""

    def __init__(self, config: dict[str, int | float]) -> None:
        super().__init__()
        width, inner = int(config["hidden_size"]), int(config["intermediate_size"])
        self.attention = Attention(config)
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(width, inner)})
        self.output = nn.ModuleDict(
            {"dense": nn.Linear(inner, width), "LayerNorm": nn.LayerNorm(width, eps=float(config["layer_norm_eps"]))}
        )

    def forward(self, states: Tensor, mask: Tensor | None, dropout: float) -> Tensor:
        states = self.attention(states, mask, dropout)
        fed = self.output["dense"](functional.gelu(self.intermediate["dense"](states)))
        return self.output["LayerNorm"](states + functional.dropout(fed, dropout))


class Encoder(nn.Module):
    """Word pieces (batch x length) -> a state for each (batch x length x width)."""

    def __init__(self, config: dict[str, int | float], dropout: float = 0.1) -> None:
        super().__init__()
        self.width = int(config["hidden_size"])
        self.dropout = dropout
        self.embeddings = Embeddings(config)
        self.encoder = nn.ModuleDict(
            {"layer": nn.ModuleList(Layer(config) for _ in range(int(config["num_hidden_layers"])))}
        )

    def forward(self, pieces: Tensor, mask: Tensor | None = None) -> Tensor:
        """`mask` is true at real pieces; None where nothing is padded."""
        dropout = self.dropout if self.training else 0.0
        attend = None if mask is None else mask[:, None, None, :]
        states = functional.dropout(self.embeddings(pieces), dropout)
        for layer in self.encoder["layer"]:
            states = layer(states, attend, dropout)
        return states

    @classmethod
    def pretrained(cls, folder: Path) -> Encoder:
        """The checkpoint in `folder` (config.json, model.safetensors)."""
        encoder = cls(json.loads((folder / "config.json").read_text(encoding="utf-8")))
        weights = load_file(folder / "model.safetensors")
        unused = ("pooler.", "embeddings.position_ids")
        encoder.load_state_dict({name: value for name, value in weights.items() if not name.startswith(unused)})
        return encoder
