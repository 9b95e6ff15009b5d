"""Checkpoint -> weights folder: an int8 encoder graph, the heads in floating point, the tokenizer.

The encoder goes to ONNX with its matrix products and word embeddings in int8 (per channel, scales found at run time); the
heads stay in floating point outside of it, as arrays.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model
from torch import Tensor, nn

from dragoman.reading.attribution.encoder import GRAPH, TOKENIZER
from dragoman.reading.attribution.heads import ARRAYS
from training.statements.encoder import Encoder
from training.statements.fusing import fuse_attention


def write_graph(encoder: Encoder, path: Path) -> None:
    """The encoder as an int8 ONNX graph: `pieces` (1 x length) -> `states` (1 x length x width)."""
    write_layers(encoder, path, torch.arange(1000, 1024)[None], "pieces", ("states",))


def write_layers(module: nn.Module, path: Path, given: Tensor, takes: str, gives: tuple[str, ...]) -> None:
    """A module with encoder layers, named as in Encoder, as an int8 ONNX graph; `given` is an input (1 x length, or more).

    Norms are left apart from the sums before them: the run-time's fused kernel for both is ten times slower than the two. So is
    GELU from its bias, which the product before it adds on the way.
    """
    layers: nn.ModuleList = module.get_submodule("encoder")["layer"]
    attention = layers[0].attention
    with tempfile.TemporaryDirectory() as scratch:
        plain, fused = Path(scratch) / "plain.onnx", Path(scratch) / "fused.onnx"
        torch.onnx.export(
            module.eval(),
            (given,),
            plain,
            input_names=[takes],
            output_names=list(gives),
            dynamic_shapes=({1: torch.export.Dim("length", min=2, max=512)},),
            dynamo=True,
            external_data=False,
        )
        options = FusionOptions("bert")
        options.enable_skip_layer_norm = options.enable_bias_gelu = False
        width = attention.self["query"].in_features
        model = optimize_model(str(plain), "bert", attention.heads, width, optimization_options=options)
        if fuse_attention(model.model, attention.heads) != len(layers):
            raise RuntimeError("the exporter wrote attention in another way; adapt training.statements.fusing")
        model.save_model_to_file(str(fused))
        products = ["MatMul", "Gather"]
        quantize_dynamic(fused, path, per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=products)
    strip(path)
    onnx.checker.check_model(str(path))


def strip(path: Path) -> None:
    """Drop what the exporter notes about the code and the machine: a graph is its operations and weights."""
    model = onnx.load(str(path))
    graph = model.graph
    for part in (model, graph, *graph.node, *graph.input, *graph.output, *graph.value_info, *graph.initializer):
        part.ClearField("doc_string")
        part.ClearField("metadata_props")
    onnx.save(model, str(path))


def write_heads(heads: nn.ModuleDict, folder: Path) -> None:
    """The heads as arrays named as in training."""
    np.savez(folder / ARRAYS, **{name: value.numpy() for name, value in heads.state_dict().items()})


def write_folder(encoder: Encoder, heads: nn.ModuleDict, tokenizer: Path, folder: Path) -> None:
    """Everything but config.json."""
    folder.mkdir(parents=True, exist_ok=True)
    write_graph(encoder, folder / GRAPH)
    write_heads(heads, folder)
    shutil.copyfile(tokenizer, folder / TOKENIZER)
