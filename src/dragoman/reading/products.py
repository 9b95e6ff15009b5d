"""Matrix products of a spaCy pipeline by the run-time of the other models.

spaCy's own library takes three times as long on processors that it does not know well.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from spacy.language import Language
from thinc.api import Model, NumpyOps

from dragoman.reading.product import Floats, Product


class Products(NumpyOps):  # type: ignore[misc]  # thinc's class has no types
    """What thinc's layers compute with, but for products of the kind that a forward pass is made of."""

    name = "numpy"

    def __init__(self) -> None:
        super().__init__()
        self._product = Product()

    def gemm(
        self, x: Floats, y: Floats, *, out: Floats | None = None, trans1: bool = False, trans2: bool = False
    ) -> Any:
        """x times y, either transposed first."""
        if not trans2 or trans1 or not len(x) or x.dtype != np.float32:
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        product = self._product(x, y)
        if out is None:
            return product
        out[...] = product
        return out


def speed_products(pipeline: Language) -> None:
    """Let every layer of the pipeline's models multiply so."""
    products = Products()
    for _, component in pipeline.components:
        model = getattr(component, "model", None)
        for layer in model.walk() if isinstance(model, Model) else ():
            layer.ops = products
