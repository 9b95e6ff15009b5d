"""Label scores become runs of words, and pairs of runs become facts."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.reading.attribution.heads import log_softmax, spans
from dragoman.reading.attribution.labels import LABELS, OUTSIDE, ROLES, begin, best_path, inside, runs
from dragoman.reading.attribution.pairs import ROWS, facts


def scored(*names: str, strength: float = 5.0) -> np.ndarray:
    """Scores that prefer these labels."""
    scores = np.zeros((len(names), len(LABELS)), dtype=np.float32)
    for i, name in enumerate(names):
        scores[i, LABELS.index(name)] = strength
    return scores


def named(path: np.ndarray) -> list[str]:
    return [LABELS[i] for i in path]


def lawful(path: tuple[int, ...]) -> bool:
    """Whether each I label follows its own B or I."""
    before = ("O", *(LABELS[i] for i in path[:-1]))
    return all(
        not LABELS[now].startswith("I") or (last[1:] == LABELS[now][1:] and last != "O")
        for last, now in zip(before, path, strict=True)
    )


def test_each_role_has_a_beginning_and_an_inside():
    """The numbers of labels follow the list of labels."""
    assert [(LABELS[begin(role)], LABELS[inside(role)]) for role in ROLES] == [
        ("B-source", "I-source"),
        ("B-cue", "I-cue"),
        ("B-content", "I-content"),
    ]


def test_a_clear_path_is_kept():
    """Where the best labels follow each other lawfully they are the path."""
    names = ["B-source", "I-source", "B-cue", "B-content", "I-content", "O"]
    assert named(best_path(scored(*names))) == names


def test_a_run_never_begins_inside():
    """An inside label after another role is mended with the least loss."""
    scores = scored("B-cue", "I-content", "I-content")
    scores[1, begin("content")] = 4.5
    assert named(best_path(scores)) == ["B-cue", "B-content", "I-content"]


def test_the_first_word_is_never_inside():
    """A window cannot begin in the middle of a run."""
    assert named(best_path(scored("I-cue", "O")))[0] != "I-cue"


def test_no_words_have_no_path():
    """An empty window is lawful."""
    assert best_path(np.empty((0, len(LABELS)), dtype=np.float32)).tolist() == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(-9, 9), min_size=len(LABELS), max_size=len(LABELS)), min_size=1, max_size=4))
def test_the_path_is_the_best_of_all_lawful_ones(rows):
    """Viterbi finds the sum that trying every path finds."""
    scores = np.array(rows, dtype=np.float32)
    path = best_path(scores)
    every = [p for p in product(range(len(LABELS)), repeat=len(rows)) if lawful(p)]
    assert lawful(tuple(path))
    assert sum(scores[i, k] for i, k in enumerate(path)) == max(
        sum(scores[i, k] for i, k in enumerate(p)) for p in every
    )


def test_runs_of_one_role_that_touch_stay_two():
    """A beginning label ends the run before it."""
    names = ["B-content", "I-content", "B-content", "O", "B-cue"]
    path = np.array([LABELS.index(name) for name in names])
    assert runs(path) == {"source": [], "cue": [(4, 5)], "content": [(0, 2), (2, 3)]}


def test_no_label_makes_no_run():
    """Words outside of all roles are in no run."""
    assert runs(np.full(4, OUTSIDE)) == {role: [] for role in ROLES}


PARAGRAPHS = np.array([0, 0, 0, 0, 1, 1, 1, 1])


def test_the_side_of_a_run_is_a_fact():
    """A source before its cue and one after it at the same distance differ in what lies between."""
    before, after = facts([(3, 4)], [(1, 2), (5, 6)], np.zeros(8, dtype=np.int64))[0]
    assert before[0] != after[0]


def test_the_gap_is_a_fact():
    """Near and far runs differ, two far ones do not."""
    flat = np.zeros(400, dtype=np.int64)
    near, far, farther = facts([(0, 1)], [(1, 3), (200, 210), (300, 310)], flat)[0]
    assert near[0] != far[0] == farther[0]


def test_cues_and_runs_between_are_facts():
    """What stands between a cue and a run is counted."""
    rows = facts([(0, 1), (3, 4)], [(1, 2), (5, 6)], np.zeros(8, dtype=np.int64))
    clear, crossed = rows[1, 1], rows[0, 1]
    assert clear[1] != crossed[1]
    assert clear[2] != crossed[2]


def test_paragraphs_between_are_a_fact():
    """The paragraph before, the same one and the next differ."""
    same, following = facts([(0, 1)], [(2, 3), (5, 6)], PARAGRAPHS)[0]
    (back,) = facts([(5, 6)], [(0, 1)], PARAGRAPHS)[0]
    assert len({same[3], following[3], back[3]}) == 3


RUNS = st.lists(
    st.tuples(st.integers(0, 90), st.integers(1, 9)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    min_size=1,
    max_size=12,
)


@settings(max_examples=100, deadline=None)
@given(RUNS, RUNS)
def test_every_fact_has_a_row_of_its_kind(cues, others):
    """Facts of different kinds never share a row, and no row is outside of the linker's table."""
    rows = facts(cues, others, np.arange(120) // 7)
    assert rows.shape == (len(cues), len(others), 4)
    assert rows.min() >= 0
    assert rows.max() < ROWS
    kinds = [set(rows[..., kind].ravel().tolist()) for kind in range(4)]
    assert not any(kinds[a] & kinds[b] for a in range(4) for b in range(a))


def test_a_span_is_its_first_word_its_last_and_its_mean():
    """A linker sees the state of the first word, that of the last and the mean of all, side by side."""
    states = np.array([[1, 20], [3, 40], [8, 60]], dtype=np.float32)
    assert spans(states, [(0, 3), (2, 3)]).tolist() == [[1, 20, 8, 60, 4, 40], [8, 60, 8, 60, 8, 60]]


@pytest.mark.parametrize("scores", [[0.0, 0.0], [1000.0, -1000.0], [3.0, 2.0]])
def test_probabilities_sum_to_one(scores):
    """Also where scores are far apart."""
    assert np.exp(log_softmax(np.array([scores], dtype=np.float32))).sum() == pytest.approx(1)
