"""Matrix products of a spaCy pipeline by the run-time of the other models, on one thread.

spaCy's own library takes three times as long where it does not know the processor, and numpy's would start threads.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime as ort
from spacy.language import Language
from thinc.api import Model, NumpyOps

from dragoman.reading.attribution.labels import Floats
from dragoman.reading.weights import open_session

GRAPH: Final = Path(__file__).parent / "product.onnx"
"""One operation: x times the transpose of y. training/statements/product.py writes it."""


class Products(NumpyOps):  # type: ignore[misc]  # thinc's class has no types
    """What thinc's layers compute with, but for products of the kind that a forward pass is made of."""

    name = "numpy"

    def __init__(self, session: ort.InferenceSession) -> None:
        super().__init__()
        self._session = session

    def gemm(
        self, x: Floats, y: Floats, *, out: Floats | None = None, trans1: bool = False, trans2: bool = False
    ) -> Any:
        """x times y, either transposed first."""
        if not trans2 or trans1 or not len(x) or x.dtype != np.float32:
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        product = self._session.run(None, {"x": np.ascontiguousarray(x), "y": np.ascontiguousarray(y)})[0]
        if out is None:
            return product
        out[...] = product
        return out


def speed_products(pipeline: Language) -> None:
    """Let every layer of the pipeline's models multiply so."""
    products = Products(open_session(GRAPH))
    for _, component in pipeline.components:
        model = getattr(component, "model", None)
        for layer in model.walk() if isinstance(model, Model) else ():
            layer.ops = products
