"""Training and reading compute the same (needs torch, which only training uses)."""

from __future__ import annotations

import importlib
from itertools import pairwise, product
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from dragoman.reading.attribution.encoder import Encoded, open_graph
from dragoman.reading.attribution.heads import Heads, Projected
from dragoman.reading.attribution.labels import LABELS
from dragoman.reading.attribution.windows import Window

NEEDED = "needed for training only; see training/requirements.txt"
torch = pytest.importorskip("torch", reason=f"torch is {NEEDED}")
pytest.importorskip("onnxscript", reason=f"onnxscript is {NEEDED}")

pytestmark = pytest.mark.usefixtures("scripts")

ROOT = Path(__file__).parents[2]
CONFIG = {
    "hidden_size": 12,
    "vocab_size": 30,
    "max_position_embeddings": 20,
    "type_vocab_size": 2,
    "layer_norm_eps": 1e-12,
    "num_attention_heads": 3,
    "intermediate_size": 24,
    "num_hidden_layers": 2,
}
PARAGRAPHS = np.array([0, 0, 0, 0, 0, 1, 1, 1, 1])
CUES, SOURCES, CONTENTS = [(1, 2), (6, 8)], [(0, 1), (5, 6)], [(2, 5), (8, 9)]


@pytest.fixture(scope="module")
def model_module(scripts: None) -> ModuleType:
    return importlib.import_module("training.statements.model")


@pytest.fixture(scope="module")
def model(model_module: ModuleType):
    """A small model with random weights everywhere."""
    torch.manual_seed(7)
    encoder = importlib.import_module("training.statements.encoder").Encoder(CONFIG)
    made = model_module.Model(encoder).eval()
    with torch.no_grad():
        for parameter in made.heads.parameters():
            parameter.normal_(std=0.5)
    return made


@pytest.fixture(scope="module")
def states() -> np.ndarray:
    return np.random.default_rng(5).normal(size=(9, 12)).astype(np.float32)


@pytest.fixture(scope="module")
def heads(model, tmp_path_factory) -> Heads:
    """The run-time's heads, opened from what training writes."""
    folder = tmp_path_factory.mktemp("weights")
    importlib.import_module("training.statements.export").write_heads(model.heads, folder)
    return Heads(folder)


@pytest.fixture(scope="module")
def words(heads, states) -> Projected:
    return heads.project(Encoded(window(), states))


def layer(model_module: ModuleType, **runs: list[tuple[int, int]]):
    return importlib.import_module("training.statements.corpus").Layer(
        labels=np.zeros(9, dtype=np.int64), runs=runs, source_of=[], cue_of=[]
    )


def window() -> Window:
    empty = np.zeros(9, dtype=np.int64)
    return Window(pieces=empty, heads=empty, spans=np.zeros((9, 2), dtype=np.int64), paragraphs=PARAGRAPHS)


def path_score(labeller, scores, path) -> float:
    """The score of one path, added up by hand."""
    start = labeller.start + labeller.lawful_start
    follow = labeller.follow + labeller.lawful
    pairs = sum(follow[a, b] for a, b in pairwise(path))
    return start[path[0]] + sum(scores[i, k] for i, k in enumerate(path)) + pairs


def test_the_loss_of_a_path_is_its_share_of_all_paths(model, model_module):
    """The chain's loss is what trying every path gives, over two windows of unlike length."""
    labeller = model.heads["outer"]
    windows = [torch.randn(3, 12), torch.randn(2, 12)]
    gold = [np.array([1, 2, 0]), np.array([5, 6])]
    with torch.no_grad():
        expected = 0.0
        for state, path in zip(windows, gold, strict=True):
            scores = labeller.emit(state)
            every = [path_score(labeller, scores, p) for p in product(range(len(LABELS)), repeat=len(path))]
            expected += torch.logsumexp(torch.stack(every), 0) - path_score(labeller, scores, path.tolist())
        alone = torch.nn.functional.cross_entropy(
            labeller.emit(torch.cat(windows)), torch.from_numpy(np.concatenate(gold))
        )
        loss = labeller.loss(windows, gold)
    assert loss.item() == pytest.approx((expected / 5 + model_module.ALONE_WEIGHT * alone).item(), rel=1e-5)


def test_reading_finds_the_path_training_scores_highest(model, heads, words, states):
    """The run-time's best path is the best of all paths under training's scores."""
    labeller = model.heads["outer"]
    path, _ = heads.outer.path(words, (0, 4))
    with torch.no_grad():
        scores = labeller.emit(torch.from_numpy(states[:4]))
        best = max(product(range(len(LABELS)), repeat=4), key=lambda p: path_score(labeller, scores, p).item())
    assert tuple(path) == best


def test_sources_score_the_same_in_both(model, model_module, heads, words, states):
    """cue -> source: numpy and torch agree, none included."""
    with torch.no_grad():
        scores = model.sources(torch.from_numpy(states), layer(model_module, cue=CUES, source=SOURCES), window())
    expected = torch.log_softmax(scores, 1).numpy()
    assert heads.sources(words, CUES, SOURCES) == pytest.approx(expected, abs=1e-4)


def test_cues_score_the_same_in_both(model, model_module, heads, words, states):
    """content -> cue: numpy and torch agree, none included."""
    with torch.no_grad():
        scores = model.cues(torch.from_numpy(states), layer(model_module, cue=CUES, content=CONTENTS), window())
    expected = torch.log_softmax(scores, 1).numpy()
    assert heads.cues(words, CONTENTS, CUES) == pytest.approx(expected, abs=1e-4)


def test_padding_changes_no_state_in_training(model):
    """A window in a batch with a longer one has the states it has alone."""
    pieces = torch.tensor([[3, 4, 5, 0, 0]])
    mask = torch.tensor([[True, True, True, False, False]])
    with torch.no_grad():
        padded, alone = model.encoder(pieces, mask), model.encoder(pieces[:, :3])
    assert padded[0, :3].numpy() == pytest.approx(alone[0].numpy(), abs=1e-5)


def test_dropping_paragraph_marks_moves_no_word(scripts):
    """A window without its marks has the same pieces at its words."""
    train = importlib.import_module("training.statements.train")
    corpus = importlib.import_module("training.statements.corpus")
    pieces = np.array([101, 7, 8, 102, 9, 102, 4, 102])
    given = Window(
        pieces=pieces, heads=np.array([1, 2, 4, 6]), spans=np.zeros((4, 2)), paragraphs=np.array([0, 0, 1, 2])
    )
    rng = importlib.import_module("random").Random(0)
    plain = train.disguise(corpus.Example(window=given, outer=None, inner=None), 1.0, rng).window
    assert plain.pieces.tolist() == [101, 7, 8, 9, 4, 102]
    assert plain.pieces[plain.heads].tolist() == pieces[given.heads].tolist()
    assert plain.paragraphs.tolist() == [0, 0, 0, 0]


def test_the_exported_encoder_gives_the_states_of_training(model, tmp_path):
    """One kernel for attention and int8 products: the states are those of training, but for what int8 rounds away."""
    export = importlib.import_module("training.statements.export")
    export.write_graph(model.encoder, tmp_path / "encoder.onnx")
    pieces = torch.tensor([[1, 5, 9, 12, 3, 27, 2]])
    (found,) = open_graph(tmp_path / "encoder.onnx").run(None, {"pieces": pieces.numpy()})
    with torch.no_grad():
        wanted = model.encoder(pieces).numpy()
    assert np.corrcoef(found.ravel(), wanted.ravel())[0, 1] > 0.99


def test_every_layer_of_the_exported_encoder_has_one_attention(model, tmp_path):
    """The graph holds as many attentions as layers, and none of the products that they stand for."""
    onnx = importlib.import_module("onnx")
    export = importlib.import_module("training.statements.export")
    export.write_graph(model.encoder, tmp_path / "encoder.onnx")
    kinds = [node.op_type for node in onnx.load(str(tmp_path / "encoder.onnx")).graph.node]
    assert kinds.count("MultiHeadAttention") == CONFIG["num_hidden_layers"]
    assert not {"Softmax", "SkipLayerNormalization"} & set(kinds)
