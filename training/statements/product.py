"""Write the graph of one matrix product, with which the run-time speeds up the parse.

usage: python -m training.statements.product
"""

from __future__ import annotations

import onnx
from onnx import TensorProto, helper

from dragoman.reading.product import GRAPH


def product() -> onnx.ModelProto:
    """x (rows x width) times the transpose of y (columns x width)."""
    node = helper.make_node("Gemm", ["x", "y"], ["product"], transB=1)
    x, y, result = (helper.make_tensor_value_info(n, TensorProto.FLOAT, [None, None]) for n in ("x", "y", "product"))
    graph = helper.make_graph([node], "product", [x, y], [result])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def main() -> None:
    onnx.save(product(), str(GRAPH))


if __name__ == "__main__":
    main()
