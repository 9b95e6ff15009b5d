"""What the stance judge is trained and measured with (needs torch, which only training uses)."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from dragoman.reading.stances.judging import OUTCOMES

NEEDED = "needed for training only; see training/requirements.txt"
pytest.importorskip("torch", reason=f"torch is {NEEDED}")
pytest.importorskip("onnxscript", reason=f"onnxscript is {NEEDED}")

pytestmark = pytest.mark.usefixtures("scripts")

ROOT = Path(__file__).parents[2]


def module(name: str) -> ModuleType:
    return importlib.import_module(f"training.stances.{name}")


def outcomes(*names: str) -> np.ndarray:
    """One row for each name, with 1 at its outcome."""
    return np.array([[float(outcome == name) for outcome in OUTCOMES] for name in names])


def test_forces_of_one_direction_are_added_up_before_directions_are_compared():
    """Two forces of support outweigh one outcome that is likelier than either."""
    shares = 0.3 * outcomes("supports/plain") + 0.3 * outcomes("supports/offer") + 0.4 * outcomes("NONE")
    found = module("evaluate").figures(np.log(shares + 1e-9), outcomes("supports/offer"))
    assert found["supports"] == 100


def test_force_is_counted_where_the_direction_is_right():
    """One of two right directions has the right force; a wrong direction does not count."""
    right = outcomes("supports/plain", "opposes/demand", "opposes/plain")
    said = outcomes("supports/plain", "opposes/plain", "NONE")
    found = module("evaluate").figures(np.log(said + 1e-9), right)
    assert found["force"] == 50
    assert found["opposes"] == pytest.approx(100 * 2 / 3, abs=0.01)


def test_every_pair_is_seen_as_written_and_as_read_in_the_first_two_epochs():
    """The last epoch draws one of the two; what is closest to news comes once more in the second and the last."""
    pairs, build = module("pairs"), module("build")
    pair = importlib.import_module("training.events.pairs").Pair
    data = [
        pairs.Shown(pair(f"written {i}", None, None, ("NONE",), group), pair(f"read {i}", None, None, ("NONE",), group))
        for i, group in enumerate(["news:1", "africa:2", "africa:3"])
    ]
    first, second, last = ([p.text for p in epoch] for epoch in build.epochs(data))
    assert sorted(first + second[:3]) == sorted(f"{way} {i}" for way in ("written", "read") for i in range(3))
    assert second[3:] == last[3:] == ["read 0"]


def test_odds_bring_shares_down_to_how_often_they_are_right():
    """Of a hundred verdicts with a share of nine tenths twenty are right."""
    pages = module("pages")
    page = pages.Verdicts(np.tile([0.9, 0.1], 100), np.tile([True] + [False] * 9, 20))
    odds = pages.odds_of([page])
    assert odds(0.9) == pytest.approx(0.2, abs=0.02)
    assert odds(0.1) < 0.02


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


def student(types: int):
    """A small model with random weights."""
    encoder = importlib.import_module("training.statements.encoder").Encoder(CONFIG)
    return importlib.import_module("training.events.network").Student(encoder, types).eval()


def test_a_judge_starts_from_what_relations_were_learned_by(tmp_path, monkeypatch):
    """Everything but the last line of the head, whose outcomes are others, comes from the relation model's first stage."""
    torch, build = importlib.import_module("torch"), module("build")
    first = student(17)
    torch.save(first.state_dict(), tmp_path / "first.pt")
    monkeypatch.setattr(build, "carried", lambda: tmp_path)
    monkeypatch.setattr(build, "read_encoder", lambda folder: student(1).encoder)
    begun = build.started(tmp_path / "first.pt").state_dict()
    assert begun["head.out.weight"].shape[0] == len(OUTCOMES)
    assert all(
        torch.equal(begun[name], w) for name, w in first.state_dict().items() if not name.startswith("head.out.")
    )


def test_an_exported_judge_is_what_the_run_time_opens(tmp_path):
    """All files of the folder, and config.json names each by its digest; its graphs take a marked pair."""
    judging = importlib.import_module("dragoman.reading.stances.judging")
    tokens = importlib.import_module("tokenizers")
    tokens.Tokenizer(tokens.models.WordLevel({"[UNK]": 0, "we": 50}, "[UNK]")).save(str(tmp_path / "given.json"))
    module("export").write_folder(student(len(OUTCOMES)), tmp_path / "given.json", tmp_path / "judge")
    settings = {"odds": {"scale": 1.0, "shift": 0.0}, "threshold": 0.3}
    importlib.import_module("training.events.export").write_about(tmp_path / "judge", judging.FILES, settings, {})
    judge = judging.Judge(tmp_path / "judge")
    assert 0 < judge.judge(judge.pieces("we we"), (0, 2), (3, 5)).score < 1
