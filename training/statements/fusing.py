"""A BERT graph as the exporter writes it -> one whose attention is a single operation.

The general optimiser does not know the shape that torch's exporter gives to attention, and leaves reshapes, transpositions and
two products where the run-time has one kernel.
"""

from __future__ import annotations

from collections.abc import Iterator

import onnx
from onnx import GraphProto, NodeProto, helper

_PARTS = ("query", "key", "value")


def fuse_attention(model: onnx.ModelProto, heads: int) -> int:
    """Put one MultiHeadAttention of `heads` heads in the place of each layer's attention; the number of layers fused.

    Layers are known by the names of their biases, as training.statements.encoder names them.
    """
    graph = model.graph
    fused = 0
    while projections := _projections(graph, fused):
        mixed = _mixed(graph, projections[-1])
        at = max(i for i, node in enumerate(graph.node) if node.output[0] in projections) + 1
        node = helper.make_node("MultiHeadAttention", projections, [mixed], domain="com.microsoft", num_heads=heads)
        graph.node.insert(at, node)
        fused += 1
    _sweep(graph)
    return fused


def _projections(graph: GraphProto, layer: int) -> list[str]:
    """The outputs with the queries, keys and values of a layer; empty where there is no such layer."""
    biases = [f"encoder.layer.{layer}.attention.self.{part}.bias" for part in _PARTS]
    found = {bias: node.output[0] for node in graph.node if node.op_type == "Add" for bias in node.input}
    return [found[bias] for bias in biases if bias in found]


def _mixed(graph: GraphProto, values: str) -> str:
    """The name of what attention makes of `values`, taken away from the operation that made it.

    On the way the heads are set apart (Reshape, Transpose), weighed (MatMul) and put side by side again.
    """
    node = _reader(graph, values, "Reshape")
    for kind in ("Transpose", "MatMul", "Transpose", "Reshape"):
        node = _reader(graph, node.output[0], kind)
    name = str(node.output[0])
    node.output[0] = f"{name}.parts"
    return name


def _reader(graph: GraphProto, name: str, kind: str) -> NodeProto:
    return next(node for node in graph.node if node.op_type == kind and name in node.input)


def _sweep(graph: GraphProto) -> None:
    """Drop the operations and weights whose result nobody reads."""
    while unread := list(_unread(graph)):
        for node in unread:
            graph.node.remove(node)
    read = {name for node in graph.node for name in node.input}
    kept = [weight for weight in graph.initializer if weight.name in read]
    del graph.initializer[:]
    graph.initializer.extend(kept)


def _unread(graph: GraphProto) -> Iterator[NodeProto]:
    read = {name for node in graph.node for name in node.input} | {output.name for output in graph.output}
    return (node for node in graph.node if not read & set(node.output))
