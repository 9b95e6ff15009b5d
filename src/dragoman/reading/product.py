"""One matrix product, by the run-time of the models: on one thread, where numpy would start several."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from dragoman.reading.weights import open_session

GRAPH: Final = Path(__file__).parent / "product.onnx"
"""A single operation; training/statements/product.py writes it."""

Floats = npt.NDArray[np.float32]


class Product:
    """x (rows x width) times the transpose of y (columns x width)."""

    def __init__(self) -> None:
        self._session = open_session(GRAPH)

    def __call__(self, x: Floats, y: Floats) -> Floats:
        product: Floats = self._session.run(None, {"x": np.ascontiguousarray(x), "y": np.ascontiguousarray(y)})[0]
        return product
