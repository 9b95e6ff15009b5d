"""Write the graphs with which the run-time speeds up the parse: a matrix product, and a layer of spaCy's encoder.

usage: python -m training.statements.product
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, helper, numpy_helper

from dragoman.reading import layers, product

_EPSILON = 1e-8
"""What thinc adds to a variance."""


def product_graph() -> onnx.ModelProto:
    """x (rows x width) times the transpose of y (columns x width)."""
    node = helper.make_node("Gemm", ["x", "y"], ["product"], transB=1)
    return _model([node], {"x": 2, "y": 2}, "product")


def layer_graph() -> onnx.ModelProto:
    """states + norm(greatest piece of [the word before, the word, the word behind] times `weights`), with nothing at both ends.

    `weights` are (pieces x width) x 3 width and `bias` fits; `scale` and `shift` are those of the norm.
    """
    pieces = [f"piece{number}" for number in range(layers.PIECES)]
    nodes = [
        helper.make_node("Pad", ["states", "around"], ["padded"]),
        helper.make_node("Slice", ["padded", "first", "last but one", "first"], ["before"]),
        helper.make_node("Slice", ["padded", "third", "end", "first"], ["behind"]),
        helper.make_node("Concat", ["before", "states", "behind"], ["windows"], axis=1),
        helper.make_node("Gemm", ["windows", "weights", "bias"], ["products"], transB=1),
        helper.make_node("Split", ["products"], pieces, axis=1),
        helper.make_node("Max", pieces, ["greatest"]),
        helper.make_node("LayerNormalization", ["greatest", "scale", "shift"], ["normed"], epsilon=_EPSILON),
        helper.make_node("Add", ["states", "normed"], ["found"]),
    ]
    constants = {
        "around": [1, 0, 1, 0],
        "first": [0],
        "third": [2],
        "last but one": [-2],
        "end": [np.iinfo(np.int64).max],
    }
    return _model(nodes, {"states": 2, "weights": 2, "bias": 1, "scale": 1, "shift": 1}, "found", constants)


def _model(
    nodes: Sequence[NodeProto], takes: dict[str, int], gives: str, constants: dict[str, list[int]] | None = None
) -> onnx.ModelProto:
    """A graph of floats of any size; `takes` are the names of what it is given with the number of their dimensions."""
    given = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [None] * of) for name, of in takes.items()]
    result = helper.make_tensor_value_info(gives, TensorProto.FLOAT, [None, None])
    kept = [numpy_helper.from_array(np.array(value), name) for name, value in (constants or {}).items()]
    graph = helper.make_graph(list(nodes), gives, given, [result], kept)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def main() -> None:
    for model, path in ((product_graph(), product.GRAPH), (layer_graph(), layers.GRAPH)):
        onnx.checker.check_model(model)
        onnx.save(model, str(path))


if __name__ == "__main__":
    main()
