"""Training and typing compute the same (needs torch, which only training uses)."""

from __future__ import annotations

import importlib
from dataclasses import astuple
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from dragoman.reading.relations.calibration import Calibration, Opinions
from dragoman.reading.relations.marking import MARKS, Marked

NEEDED = "needed for training only; see training/requirements.txt"
torch = pytest.importorskip("torch", reason=f"torch is {NEEDED}")
pytest.importorskip("onnxscript", reason=f"onnxscript is {NEEDED}")

pytestmark = pytest.mark.usefixtures("scripts")

ROOT = Path(__file__).parents[2]
CONFIG = {
    "hidden_size": 12,
    "vocab_size": 120,
    "max_position_embeddings": 20,
    "type_vocab_size": 2,
    "layer_norm_eps": 1e-12,
    "num_attention_heads": 3,
    "intermediate_size": 24,
    "num_hidden_layers": 2,
}


def module(name: str) -> ModuleType:
    return importlib.import_module(f"training.events.{name}")


@pytest.fixture(scope="module")
def student(scripts: None):
    """A small model with random weights everywhere."""
    torch.manual_seed(7)
    encoder = importlib.import_module("training.statements.encoder").Encoder(CONFIG)
    made = module("network").Student(encoder).eval()
    with torch.no_grad():
        for parameter in made.head.parameters():
            parameter.normal_(std=0.5)
    return made


def marked(*pieces: int) -> Marked:
    places = {piece: place for place, piece in enumerate(pieces)}
    return Marked(np.array(pieces), places.get(MARKS.actor[0], 0), places.get(MARKS.recipient[0], 0))


def example(of: Marked, *types: str, **more):
    pairs = module("pairs")
    right = np.array([float(name in types) for name in pairs.TYPES], dtype=np.float32)
    return module("examples").Example(of, right, **more)


def open_graph(path: Path):
    return pytest.importorskip("onnxruntime").InferenceSession(str(path))


BOTH = marked(101, 1, 50, 2, 60, 3, 70, 71, 4, 102)
ALONE = marked(101, 1, 50, 2, 60, 102)


def scores(student, *examples) -> np.ndarray:
    with torch.no_grad():
        return student(module("examples").batch(examples)).numpy()


def test_padding_changes_no_score(student):
    """A short text beside a long one scores as it does alone."""
    beside = scores(student, example(BOTH), example(ALONE))
    assert beside[1] == pytest.approx(scores(student, example(ALONE))[0], abs=1e-5)


def test_the_exported_head_scores_as_in_training(student, tmp_path):
    """With a recipient and without: the run-time's graph and torch agree, but for what int8 rounds away."""
    ort = pytest.importorskip("onnxruntime")
    module("export").write_head(student.head, tmp_path / "head.onnx")
    session = ort.InferenceSession(str(tmp_path / "head.onnx"))
    for pair in (BOTH, ALONE):
        with torch.no_grad():
            states = student.plain()(torch.from_numpy(pair.pieces)[None])[0].numpy()
        (found,) = session.run(None, {"states": states, "sides": np.array([pair.actor, pair.recipient])})
        assert np.corrcoef(found, scores(student, example(pair))[0])[0, 1] > 0.99


def loss(values: torch.Tensor, *examples, **recipe) -> float:
    fit = module("fit")
    return fit.loss_of(values, examples, fit.Recipe(epochs=1, smoothing=0.0, **recipe)).item()


def test_either_of_two_right_types_will_do(scripts):
    """The loss is how improbable both are together."""
    values = torch.zeros(1, 17)
    assert loss(values, example(BOTH, "CONCEDE", "RETREAT")) == pytest.approx(np.log(17 / 2))


def test_a_teacher_alone_is_believed(scripts):
    """Where no label speaks, the loss is the cross-entropy of the teacher's opinion."""
    soft = np.eye(17, dtype=np.float32)[3]
    values = torch.zeros(1, 17)
    values[0, 3] = 2.0
    expected = -torch.log_softmax(values, 1)[0, 3].item()
    assert loss(values, example(BOTH, soft=soft)) == pytest.approx(expected)


def test_label_and_teacher_share_the_loss(scripts):
    """Half each at hard=0.5."""
    values = torch.randn(1, 17)
    soft = np.full(17, 1 / 17, dtype=np.float32)
    label, teacher = loss(values, example(BOTH, "AID")), loss(values, example(BOTH, soft=soft))
    assert loss(values, example(BOTH, "AID", soft=soft), hard=0.5) == pytest.approx((label + teacher) / 2, rel=1e-5)


def test_what_is_taught_once_is_seen_in_one_epoch(scripts):
    """Labels come again in every epoch; a teacher's many pairs are shared out among the epochs."""
    fit, seen = module("fit"), []
    weights = torch.nn.Linear(1, 17)

    class Seeing(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = weights

        def forward(self, batch):
            seen.extend(batch.examples)
            return self.inner(torch.ones(len(batch.examples), 1))

    label = example(BOTH, "AID")
    taught = [example(ALONE, soft=np.full(17, 1 / 17, dtype=np.float32)) for _ in range(6)]
    fit.fit(Seeing(), [label], fit.Recipe(epochs=3), once=taught)
    assert seen.count(label) == 3
    assert [seen.count(each) for each in taught] == [1] * 6


def fitted(values: np.ndarray, right: np.ndarray, weights: np.ndarray | None = None, register: float = -1e3):
    """The calibration of pairs that both branches think alike of, and what it makes of them."""
    given = Opinions(news=values, rows=values, register=np.full(len(values), register))
    calibration = module("calibrate").fitted(given, right, np.ones(len(values)) if weights is None else weights)
    return calibration.probabilities(given)


def test_calibration_cools_what_is_too_sure(scripts):
    """Scores that are right in seven of ten cases, at a probability of nearly 1, come out at about 0.7."""
    error = module("calibrate").calibration_error
    right = np.zeros((100, 17), dtype=np.float32)
    right[np.arange(100), (np.arange(100) % 10 >= 7).astype(int)] = 1
    values = np.tile(np.where(np.arange(17) == 0, 20.0, 0.0), (100, 1))
    values[:, 1] = 10.0
    found = fitted(values, right)
    assert found.sum(1) == pytest.approx(np.ones(100))
    assert found[0, 0] == pytest.approx(0.7, abs=0.15)
    assert error(found, right) < 0.15 < error(np.eye(17)[[0] * 100], right)


def test_calibration_can_move_the_share_of_none(scripts):
    """If NONE is right in eight of ten cases, it gets that much, and what is left is shared as the scores say."""
    right = np.zeros((100, 17), dtype=np.float32)
    right[np.arange(100), np.where(np.arange(100) < 80, 16, np.arange(100) % 16)] = 1
    found = fitted(np.zeros((100, 17)), right)[0]
    assert found[-1] == pytest.approx(0.8, abs=0.01)
    assert found[:-1] == pytest.approx(np.full(16, 0.2 / 16), abs=0.001)


def test_calibration_counts_parts_by_weight(scripts):
    """Pairs of weight 0 have no say."""
    right = np.eye(17, dtype=np.float32)[[0] * 50 + [16] * 50]
    found = fitted(np.zeros((100, 17)), right, np.array([1.0] * 50 + [0.0] * 50))[0]
    assert found[-1] < 0.01


def test_calibration_believes_the_branch_that_is_right(scripts):
    """Of two branches that contradict each other on NONE, the one that knows comes to count."""
    rng = np.random.default_rng(1)
    nothing = rng.random(200) < 0.5
    right = np.eye(17)[np.where(nothing, 16, 0)]
    rows, news = 4 * right - 2, 4 * np.eye(17)[np.where(rng.random(200) < 0.5, 16, 0)] - 2
    found = module("calibrate").fitted(Opinions(news=news, rows=rows, register=np.zeros(200)), right, np.ones(200))
    assert found.odds_rows > 10 * abs(found.odds_news)


def test_training_and_run_time_compute_the_same_probabilities(scripts):
    """What is fitted is what is shipped."""
    rng = np.random.default_rng(2)
    news, rows, register = rng.normal(size=(5, 17)), rng.normal(size=(5, 17)), rng.normal(size=5)
    calibration = Calibration(odds_news=0.3, odds_rows=0.8, shift=-0.4, events=0.9, events_news=0.2, events_rows=0.7)
    values = torch.tensor(astuple(calibration), dtype=torch.float64)
    logs = module("calibrate")._log_probabilities(*map(torch.tensor, (news, rows, register)), values)
    wanted = calibration.probabilities(Opinions(news=news, rows=rows, register=register))
    assert logs.exp().numpy() == pytest.approx(wanted)


def branch(student):
    """A branch that starts as the student's own upper part."""
    branches = module("branches")
    return branches.Branch(student, branches.upper(student), student.head).eval()


@pytest.fixture
def shares_one_layer(scripts, monkeypatch):
    """The small model has two layers; the branch shares the lower one."""
    for name in ("branches", "export"):
        monkeypatch.setattr(module(name), "SHARED", 1)


def test_a_branch_begins_as_the_student_it_was_taken_from(student, shares_one_layer):
    """The same layers on the same states give the same scores, but for what two bytes a number round away."""
    assert scores(branch(student), example(BOTH), example(ALONE)) == pytest.approx(
        scores(student, example(BOTH), example(ALONE)), abs=0.05
    )


def test_training_a_branch_leaves_the_student_alone(student, shares_one_layer):
    """Neither its lower layers nor the upper ones that were copied move."""
    before = {name: weight.clone() for name, weight in student.state_dict().items()}
    trained = branch(student)
    module("fit").fit(trained, [example(BOTH, "AID")] * 4, module("fit").Recipe(epochs=2))
    assert all(torch.equal(weight, before[name]) for name, weight in student.state_dict().items())
    assert not torch.equal(trained.head.out.weight, student.head.out.weight)


def test_the_register_tells_one_kind_of_text_from_the_other(scripts):
    """Its log-odds are positive for own rows; how many there are of each kind to learn from changes nothing."""
    torch.manual_seed(3)
    news, rows = torch.randn(20, 6) + 2, torch.randn(80, 6) - 2
    line = module("branches").fitted_register(news, rows)
    assert (line(rows) > 0).float().mean() > 0.95 < (line(news) < 0).float().mean()
    even = module("branches").fitted_register(torch.zeros(5, 6), torch.zeros(50, 6))
    assert even(torch.zeros(1, 6)).item() == pytest.approx(-module("branches").RARER, abs=0.01)


def test_the_exported_branches_think_as_in_training(student, shares_one_layer, tmp_path):
    """The graphs that are shipped and torch agree on both opinions and the register, but for what int8 rounds away."""
    torch.manual_seed(5)
    parts = module("branches").Branches(student, branch(student), torch.nn.Linear(12, 1).requires_grad_(False))
    (tmp_path / "given.json").write_text("{}", encoding="utf-8")
    folder = tmp_path / "weights"
    module("export").write_folder(parts, tmp_path / "given.json", folder)
    shared, news = open_graph(folder / "encoder.onnx").run(None, {"pieces": BOTH.pieces[None]})
    rows, register = open_graph(folder / "rows.onnx").run(None, {"shared": shared})
    wanted = parts.opinions([example(BOTH)])
    assert register == pytest.approx(wanted.register, abs=0.1)
    sides = np.array([BOTH.actor, BOTH.recipient])
    for states, name, opinion in ((news, "head", wanted.news), (rows, "rows-head", wanted.rows)):
        (found,) = open_graph(folder / f"{name}.onnx").run(None, {"states": states[0], "sides": sides})
        assert np.corrcoef(found, opinion[0])[0, 1] > 0.98


def test_a_fold_holds_all_pairs_of_a_sentence(scripts):
    """No sentence is learned from and tested on."""
    groups = [f"s{i // 3}" for i in range(60)]
    fold = module("stages").folds(groups)
    assert set(fold.tolist()) == set(range(5))
    assert all(len({fold[i] for i in range(60) if groups[i] == group}) == 1 for group in groups)


def test_event_and_none_are_told_apart_in_both_senses(scripts):
    """Two events, one found as another type; two pairs without, one taken for an event."""
    right, found = np.zeros((4, 17)), np.zeros((4, 17))
    right[[0, 1, 2, 3], [0, 1, 16, 16]] = 1
    found[[0, 1, 2, 3], [0, 5, 16, 2]] = 1
    event, none = module("evaluate").none_against_event(found, right)
    assert (event, none) == (pytest.approx(0.8), pytest.approx(2 / 3))


def test_what_the_folds_say_comes_in_the_order_of_the_pairs(scripts, monkeypatch):
    """Each pair is judged by the model of its own fold, which has not seen it."""
    build, pairs = module("build"), module("pairs")
    asked = [pairs.Pair(f"text {i}", (0, 4), None, ("AID",), group=f"s{i // 2}") for i in range(20)]
    data = build.Data(asked, [], tokenizer=None)

    def judged(seen, those):
        unseen = np.array([float(pair.text.split()[1]) for pair in those])
        assert not {pair.text for pair in those} & {pair.text for pair in seen}
        scores = np.zeros((len(those), 17))
        return module("evaluate").Judged(Opinions(news=scores, rows=scores, register=unseen), scores)

    monkeypatch.setattr(build, "second", lambda student, seen, *rest: None)
    monkeypatch.setattr(build, "examples", lambda those, tokenizer: list(those))
    monkeypatch.setattr(build.Data, "branches", lambda self, news, rows, seen: seen)
    monkeypatch.setattr(build, "judged", judged)
    assert data.cross_validated(None, None).given.register.tolist() == list(range(20))
