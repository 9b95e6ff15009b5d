"""Word states of a spaCy pipeline with less work: a layer is one graph, and each kind of word is embedded once.

A layer of spaCy's usual encoder puts each word beside its neighbours, takes the greatest of several products, norms it and adds
the word itself. spaCy makes new arrays of every step; the run-time of the other models takes all steps in its own memory.
What a word is embedded as depends on its own features only, which half of the words of a text share with another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from onnxruntime import InferenceSession
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, chain

from dragoman.reading.product import Floats
from dragoman.reading.weights import open_session

GRAPH: Final = Path(__file__).parent / "layer.onnx"
"""A layer without its weights; training/statements/product.py writes it."""
PIECES: Final = 3
"""Products of a layer of which the greatest counts."""

_LAYER: Final = "residual(expand_window>>maxout>>layernorm>>dropout)"
_EMBEDDING: Final = ("extract_features", "list2ragged", "with_array", "with_array", "ragged2list")


class Layer:
    """Does the forward pass of one layer: states (words x width) -> states."""

    def __init__(self, layer: Model[Any, Any], session: InferenceSession) -> None:
        maxout, norm = (next(part for part in layer.walk() if part.name == name) for name in ("maxout", "layernorm"))
        by_piece: Floats = np.swapaxes(np.asarray(maxout.get_param("W")), 0, 1)
        self._weights = {
            "weights": np.ascontiguousarray(by_piece).reshape(-1, by_piece.shape[2]),
            "bias": np.ascontiguousarray(maxout.get_param("b").T).reshape(-1),
            "scale": norm.get_param("G"),
            "shift": norm.get_param("b"),
        }
        self._session = session

    def __call__(self, model: Model[Any, Any], states: Floats, is_train: bool) -> tuple[Floats, Any]:
        """thinc's contract of a forward pass, without a way back."""
        if not len(states):
            return states, _no_training
        (found,) = self._session.run(None, {"states": np.ascontiguousarray(states), **self._weights})
        return found, _no_training


class Embedding:
    """Does the forward pass of an embedding: documents -> states of their words."""

    def __init__(self, embedding: Model[Any, Any]) -> None:
        self._features, *rest = embedding.layers
        self._embed: Model[Any, Any] = chain(*rest)

    def __call__(self, model: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[list[Floats], Any]:
        """thinc's contract of a forward pass, without a way back."""
        return [self._states(features) for features in self._features.predict(docs)], _no_training

    def _states(self, features: Any) -> Floats:
        kinds, which = np.unique(features, axis=0, return_inverse=True)
        states: Floats = self._embed.predict([kinds])[0][which.reshape(-1)]
        return states


def speed_states(pipeline: Language) -> None:
    """Put Layer and Embedding in the place of layers and embeddings of the usual build, in all models of the pipeline.

    All layers share one session, and so its memory.
    """
    session = open_session(GRAPH)
    for _, component in pipeline.components:
        model = getattr(component, "model", None)
        for parent in list(model.walk()) if isinstance(model, Model) else ():
            for place, part in enumerate(parent.layers):
                for faster in _faster(part, session):
                    parent.layers[place] = Model(
                        part.name, faster, dims={name: part.maybe_get_dim(name) for name in part.dim_names}
                    )


def _faster(part: Model[Any, Any], session: InferenceSession) -> Iterator[Layer | Embedding]:
    if part.name == _LAYER and _is_usual(part):
        yield Layer(part, session)
    elif tuple(layer.name.partition("(")[0] for layer in part.layers) == _EMBEDDING:
        yield Embedding(part)


def _is_usual(layer: Model[Any, Any]) -> bool:
    """One neighbour on each side, and as many pieces as the graph has."""
    parts = {part.name: part for part in layer.walk()}
    return bool(parts["expand_window"].attrs["window_size"] == 1 and parts["maxout"].get_dim("nP") == PIECES)


def _no_training(_: Any) -> Any:
    raise NotImplementedError("this pipeline only reads")
