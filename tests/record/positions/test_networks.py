"""Networks: every value of a tiny debate computed on paper, and the laws that hold for all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dragoman.errors import UsageError
from dragoman.record import NetworkSettings, Record, Selection
from dragoman.record.networks import ONE_MODE
from dragoman.record.networks.weights import one_mode

from .debate import BRAZIL, CHAD, IRAN, NORWAY, record_of, says


@pytest.fixture
def debate(tmp_path: Path) -> Record:
    """Brazil: twice for sanctions, once against talks. Chad: once for both. Norway: three times against sanctions.

                 sanctions +  -   dialogue +  -   statements
    Brazil                 2  0            0  1   3
    Chad                   1  0            1  0   2
    Norway                 0  3            0  0   3
    """
    return record_of(
        tmp_path / "r",
        [says(BRAZIL, "supports", on=f"2024-0{n}-01") for n in (1, 2)],
        says(BRAZIL, "opposes", "dialogue", on="2024-01-01"),
        says(CHAD, "supports", on="2024-01-01"),
        says(CHAD, "supports", "dialogue", on="2024-01-02"),
        [says(NORWAY, "opposes", on=f"2024-0{n}-01") for n in (1, 2, 3)],
    )


def cells(record: Record, **choices: object) -> dict[tuple[str, str], float]:
    """The cells that are not 0, by the names of row and column."""
    (network,) = record.networks(NetworkSettings(**choices))
    return {
        (row.name, column.name): value
        for row, values in zip(network.rows, network.weights, strict=True)
        for column, value in zip(network.columns, values, strict=True)
        if value
    }


@pytest.mark.parametrize(
    ("aggregation", "brazil_chad", "brazil_norway", "chad_norway"),
    [
        ("ignore", 2 * 1 + 1 * 1, 2 * 3, 1 * 3),
        ("congruence", 2 * 1, 0, 0),
        ("conflict", 1 * 1, 2 * 3, 1 * 3),
        ("subtract", 2 - 1, -6, -3),
    ],
)
def test_actors_over_measures(debate: Record, aggregation: str, brazil_chad: int, brazil_norway: int, chad_norway: int):
    """Products of the counts on each measure, summed over the measures."""
    found = cells(debate, aggregation=aggregation)
    assert found.get(("Brazil", "Chad"), 0) == found.get(("Chad", "Brazil"), 0) == brazil_chad
    assert found.get(("Brazil", "Norway"), 0) == brazil_norway
    assert found.get(("Chad", "Norway"), 0) == chad_norway


@pytest.mark.parametrize(
    ("normalisation", "value"),
    [
        ("none", 2),
        ("average", 2 / ((3 + 2) / 2)),
        ("jaccard", 2 / (1 + 1 + 2 * 1)),
        ("cosine", 2 / (3 * 2)),
    ],
)
def test_normalisations_between_actors(debate: Record, normalisation: str, value: float):
    """Jaccard: one statement only of Brazil, one only of Chad, and the product of the two on sanctions."""
    assert cells(debate, normalisation=normalisation)["Brazil", "Chad"] == pytest.approx(value)


@pytest.mark.parametrize(
    ("aggregation", "value"), [("ignore", 3), ("congruence", 1), ("conflict", 2), ("subtract", -1)]
)
def test_measures_over_actors(debate: Record, aggregation: str, value: int):
    """Brazil is on opposite sides of the two measures (2 x 1), Chad on the same side (1 x 1)."""
    assert cells(debate, nodes="measures", aggregation=aggregation)["dialogue", "sanctions"] == value


@pytest.mark.parametrize(
    ("aggregation", "normalisation", "brazil", "norway"),
    [
        ("ignore", "none", 2, 3),
        ("subtract", "none", 2, -3),
        ("combine", "none", 1, 2),
        ("subtract", "activity", 2 / 3, -3 / 3),
        ("subtract", "prominence", 2 / 6, -3 / 6),
    ],
)
def test_actors_and_measures(debate: Record, aggregation: str, normalisation: str, brazil: float, norway: float):
    """What each says on sanctions, of which there are six statements."""
    found = cells(debate, nodes="both", aggregation=aggregation, normalisation=normalisation)
    assert found["Brazil", "sanctions"] == pytest.approx(brazil)
    assert found["Norway", "sanctions"] == pytest.approx(norway)


def test_who_says_both_is_three_in_combine(tmp_path: Path):
    """1 agrees, 2 disagrees, 3 both."""
    record = record_of(tmp_path / "r", says(CHAD, "supports"), says(CHAD, "opposes", on="2024-04-01"))
    assert cells(record, nodes="both", aggregation="combine") == {("Chad", "sanctions"): 3}


@pytest.mark.parametrize(
    ("duplicates", "count"), [("none", 5), ("document", 4), ("week", 3), ("month", 2), ("year", 2), ("across", 1)]
)
def test_duplicates_count_once_in_their_unit(tmp_path: Path, duplicates: str, count: int):
    """The first week of 2024 and of 2023 are two weeks, and January of two years two months."""
    from dragoman.analysis import Analysis

    twice = says(CHAD, "supports", on="2024-01-02", words="For it, and for it.")
    (row,) = twice.stances
    from dataclasses import replace

    half = replace(row, id="m2", evidence=twice.document.span(0, 7))
    double = Analysis(reader="by-hand", document=twice.document, actors=twice.actors, stances=(row, half))
    record = record_of(
        tmp_path / "r",
        double,
        says(CHAD, "supports", on="2024-01-03"),
        says(CHAD, "supports", on="2023-01-03"),
        says(CHAD, "supports", on="2024-01-15"),
    )
    assert cells(record, nodes="both", aggregation="ignore", duplicates=duplicates)["Chad", "sanctions"] == count


def test_ties_say_on_what_they_rest(debate: Record):
    """What the two agree on, and what they dispute."""
    (network,) = debate.networks(NetworkSettings(aggregation="subtract"))
    tie = next(t for t in network.ties() if {t.one.name, t.other.name} == {"Brazil", "Chad"})
    assert (tie.agreed, tie.disputed) == (("sanctions",), ("dialogue",))


def test_the_strongest_ties_come_first(debate: Record):
    """By weight without its sign, then by name; no more than asked for, each with what it rests on."""
    (network,) = debate.networks(NetworkSettings(aggregation="subtract"))
    strongest = network.strongest()
    assert sorted(map(str, strongest)) == sorted(map(str, network.ties()))
    assert [abs(t.weight) for t in strongest] == sorted((abs(t.weight) for t in strongest), reverse=True)
    assert network.strongest(1) == strongest[:1]


def test_nodes_know_what_they_are_and_how_often_they_spoke(debate: Record):
    """Attributes for whoever draws the network elsewhere."""
    (network,) = debate.networks()
    brazil = network.rows[0]
    assert (brazil.id, brazil.kind, brazil.country) == ("BRA", "state", "BRA")
    assert (brazil.statements, brazil.supports, brazil.opposes) == (3, 2, 1)


def test_measures_by_target_are_concepts_of_their_own(tmp_path: Path):
    """Sanctions on one country and on another unite nobody."""
    record = record_of(tmp_path / "r", says(NORWAY, "supports", toward=CHAD), says(BRAZIL, "supports", toward=IRAN))
    assert cells(record)["Brazil", "Norway"] == 1
    assert cells(record, by_target=True) == {}
    assert ("Norway", "sanctions → Chad") in cells(record, nodes="both", by_target=True)


def test_windows_overlap_and_move_by_one_unit(debate: Record):
    """Two months at a time, from the first month to the last."""
    found = debate.networks(NetworkSettings(nodes="both", aggregation="ignore", window=2, unit="months"))
    assert [(n.first, n.last) for n in found] == [("2024-01-01", "2024-02-29"), ("2024-02-01", "2024-03-31")]
    assert [sum(map(sum, n.weights)) for n in found] == [7, 3]


def test_a_window_of_events_has_that_many_statements(debate: Record):
    """Eight statements make six windows of three."""
    found = debate.networks(NetworkSettings(nodes="both", aggregation="ignore", window=3, unit="events"))
    assert [sum(map(sum, n.weights)) for n in found] == [3] * 6


def test_weeks_begin_on_monday_and_a_month_alone_is_in_none(tmp_path: Path):
    """The second of January 2024 is a Tuesday; what is known to the month fits no week."""
    record = record_of(tmp_path / "r", says(CHAD, "supports", on="2024-01-02"), says(CHAD, "opposes", on="2024-01"))
    found = record.networks(NetworkSettings(nodes="both", aggregation="ignore", window=1, unit="weeks"))
    assert (found[0].first, found[0].last) == ("2024-01-01", "2024-01-07")
    assert sum(value for n in found for row in n.weights for value in row) == 1


def test_isolates_keep_every_node_in_every_window(debate: Record):
    """So that matrices of different windows can be laid on each other."""
    march = NetworkSettings(window=1, unit="months")
    assert [node.name for node in debate.networks(march)[2].rows] == ["Norway"]
    kept = NetworkSettings(window=1, unit="months", isolates=True)
    assert [node.name for node in debate.networks(kept)[2].rows] == ["Brazil", "Chad", "Norway"]


def test_a_network_of_nothing_is_empty(debate: Record):
    """No statement, no node, no tie; and no window."""
    nothing = Selection(since="2030")
    (network,) = debate.networks(selection=nothing)
    assert (network.nodes, list(network.ties()), network.first) == ((), [], None)
    assert debate.networks(NetworkSettings(window=1), nothing) == ()


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        (
            {"aggregation": "combine"},
            "aggregation='combine' is not defined for nodes='actors'; choose ignore, congruence",
        ),
        ({"nodes": "both", "aggregation": "conflict"}, "not defined for nodes='both'"),
        ({"normalisation": "activity"}, "normalisation='activity' is not defined"),
        ({"window": 0}, "holds nothing"),
        ({"duplicates": "hour"}, "choose none, document"),
    ],
)
def test_what_is_not_defined_is_refused(choices: dict[str, object], words: str):
    """The error lists what is."""
    with pytest.raises(UsageError, match=words):
        NetworkSettings(**choices)


COUNTS = arrays(np.float64, st.tuples(st.integers(1, 5), st.integers(1, 4), st.just(2)), elements=st.integers(0, 4))
KINDS = st.sampled_from([(a, n) for a in ONE_MODE["aggregation"] for n in ONE_MODE["normalisation"]])


@given(COUNTS, KINDS)
@settings(deadline=None)
def test_a_network_of_one_kind_is_symmetric_with_an_empty_diagonal(counts: np.ndarray, kind: tuple[str, str]):
    """Whatever is counted and however it is divided."""
    weights = one_mode(counts, *kind)
    assert np.array_equal(weights, weights.T)
    assert not weights.diagonal().any()


@given(COUNTS, KINDS, st.randoms())
@settings(deadline=None)
def test_the_order_of_nodes_changes_no_tie(counts: np.ndarray, kind: tuple[str, str], random: object):
    """Nodes laid out otherwise have the same weights between them."""
    order = list(range(len(counts)))
    random.shuffle(order)
    assert np.allclose(one_mode(counts[order], *kind), one_mode(counts, *kind)[np.ix_(order, order)])


@given(COUNTS)
@settings(deadline=None)
def test_congruence_and_conflict_make_up_what_both_spoke_of(counts: np.ndarray):
    """Of two statements on one concept either both say the same or they do not."""
    parts = one_mode(counts, "congruence", "none") + one_mode(counts, "conflict", "none")
    assert np.array_equal(parts, one_mode(counts, "ignore", "none"))


@given(
    st.integers(2, 5),
    arrays(np.float64, (3,), elements=st.integers(1, 4)),
    st.lists(st.booleans(), min_size=3, max_size=3),
)
@settings(deadline=None)
def test_who_agrees_on_everything_has_no_conflict(actors: int, often: np.ndarray, sides: list[bool]):
    """All actors say the same of each concept: congruence is the sum of the squares, conflict 0."""
    one = np.zeros((3, 2))
    for concept, side in enumerate(sides):
        one[concept, int(side)] = often[concept]
    counts = np.stack([one] * actors)
    assert one_mode(counts, "conflict", "none").sum() == 0
    assert one_mode(counts, "congruence", "none")[0, 1] == (often**2).sum()
