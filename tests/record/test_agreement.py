"""Alpha, kappa and intervals against published examples and simulation; precision and agreement of a reviewed record."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.analysis import Analysis
from dragoman.errors import UsageError
from dragoman.record import Record, sampling
from dragoman.record.agreement import agreement, precision
from dragoman.record.reliability import Stratum, alpha, kappa, share
from dragoman.record.reviews import Reviewed, judge

from ..strategies import small_analysis

TIME = "2031-05-03T10:00:00Z"


def units(*coders: str) -> list[tuple[str, ...]]:
    """Codes by unit from one string for each coder; a full stop is a missing code."""
    return [tuple(c for c in codes if c != ".") for codes in zip(*coders, strict=True)]


@pytest.mark.parametrize(
    ("coders", "expected"),
    [
        (("0100000010", "1110010000"), 0.095),
        (("aabbdcccedda", "babbbccceddd"), 0.692),
        (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
    ],
    ids=["two values", "many values", "missing values"],
)
def test_alpha_is_that_of_the_published_examples(coders: tuple[str, ...], expected: float) -> None:
    """The examples A, B and C of Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011."""
    assert alpha(units(*coders)) == pytest.approx(expected, abs=0.0006)


def test_kappa_is_that_of_a_table_reckoned_by_hand() -> None:
    """20 both yes, 15 both no, 5 and 10 apart: 0.7 agree, 0.5 by chance."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)


def test_what_cannot_be_told_from_chance_has_no_figure() -> None:
    """Everybody always says the same, or nobody says anything twice."""
    assert alpha([("a", "a"), ("a", "a")]) is None
    assert alpha([("a",), ("b",), ()]) is None
    assert kappa([("a", "a")]) is None
    assert kappa([]) is None


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=12), st.randoms())
def test_alpha_does_not_depend_on_order_or_names(found: list[list[str]], chance: Any) -> None:
    """Units, coders and the names of codes may be exchanged; it is never above 1."""
    figure = alpha(found)
    renamed = [
        [{"a": "z", "b": "y", "c": "x"}[c] for c in chance.sample(u, len(u))] for u in chance.sample(found, len(found))
    ]
    assert alpha(renamed) == (None if figure is None else pytest.approx(figure))
    assert figure is None or figure <= 1


def test_the_interval_of_one_stratum_is_wilsons() -> None:
    """8 of 10 right: 0.490 to 0.943 (Newcombe 1998 gives the formula; the figures are reckoned by hand)."""
    found = share([Stratum(10, 8, float("inf"))])
    assert (found.share, found.low, found.high) == (
        0.8,
        pytest.approx(0.4902, abs=1e-4),
        pytest.approx(0.9433, abs=1e-4),
    )


def test_a_stratum_that_was_judged_whole_is_known() -> None:
    """Nothing is left to chance."""
    found = share([Stratum(10, 8, 10), Stratum(5, 5, 5)])
    assert (found.low, found.share, found.high) == (pytest.approx(13 / 15),) * 3


def test_strata_count_by_their_size() -> None:
    """One in ten rows lies in the bad stratum, though half of the judged ones do."""
    found = share([Stratum(50, 50, 9_000), Stratum(50, 0, 1_000)])
    assert found.share == pytest.approx(0.9)
    assert found.low < 0.9 < found.high


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 40), st.integers(0, 500)), min_size=1, max_size=6))
def test_an_interval_holds_its_share(found: list[tuple[int, int, int]]) -> None:
    """From 0 to 1, the share inside."""
    strata = [Stratum(n, min(right, n), n + more) for n, right, more in found]
    interval = share(strata)
    assert 0 <= interval.low <= interval.share <= interval.high <= 1


@pytest.mark.parametrize(
    "strata",
    [
        [(800, 0.9)],
        [(600, 0.95), (150, 0.6), (50, 0.3)],
        [(900, 0.98), (60, 0.9), (20, 0.5), (20, 0.5)],
        [(400, 1.0), (400, 0.97)],
    ],
    ids=["one", "three", "rare ones", "nearly all right"],
)
def test_the_intervals_hold_what_they_promise(strata: list[tuple[int, float]]) -> None:
    """Of 1,500 samples of 100 rows, drawn as `draw` allocates them, 95 % intervals hold the true share at least 93 % of times."""
    chance = random.Random(1)
    population = [[True] * round(size * p) + [False] * (size - round(size * p)) for size, p in strata]
    true = sum(map(sum, population)) / sum(map(len, population))
    sizes = {(str(k),): len(rows) for k, rows in enumerate(population)}
    draws = sampling._allocated(sizes, 100)
    held = 0
    for _ in range(1_500):
        judged = [
            Stratum(n, sum(chance.sample(rows, n)), len(rows))
            for rows, n in zip(population, (draws[(str(k),)] for k in range(len(population))), strict=True)
        ]
        interval = share(judged)
        held += interval.low <= true <= interval.high
    assert held / 1_500 >= 0.93


def unseen(analysis: Analysis) -> Reviewed:
    return Reviewed(machine=analysis, analysis=analysis)


def decide(record: Record, number: int, reviewer: str, verdict: Any, **changes: Any) -> None:
    """A reviewer judges the event of a report, blind."""
    analysis = small_analysis(number, publisher="Hill Gazette" if number > 5 else "Harbour Wire")
    review = judge(unseen(analysis), "events", "event-1", verdict, changes=changes or None, reviewer=reviewer, at=TIME)
    record.reviews.add([review])


@pytest.fixture
def judged(record: Record) -> Record:
    """Ten reports: Ada judges eight events, Ben four of them, and they differ on one."""
    record.add([small_analysis(n, publisher="Hill Gazette" if n > 5 else "Harbour Wire") for n in range(10)])
    for number in range(6):
        decide(record, number, "ada", "accept")
    decide(record, 6, "ada", "correct", type="THREATEN")
    decide(record, 7, "ada", "reject")
    for number in (0, 1):
        decide(record, number, "ben", "accept")
    decide(record, 6, "ben", "correct", type="ACCUSE")
    decide(record, 7, "ben", "accept")
    return record


def test_precision_counts_what_was_accepted_as_read(judged: Record) -> None:
    """Six accepted, one corrected, one in dispute; without a sample it is said to be of chosen rows."""
    (found,) = precision(judged.reviewed_documents())
    assert (found.group, found.judged, found.corrected, found.sample) == (("events",), 8, 1, None)
    assert found.right + found.corrected + found.rejected == 8
    assert found.low < found.share == found.right / 8 < found.high


def test_precision_is_told_apart_by_publisher(judged: Record) -> None:
    """Each group has its own interval."""
    groups = {one.group: one.right for one in precision(judged.reviewed_documents(), ("publisher",))}
    assert groups[("Harbour Wire",)] == 6
    assert set(groups) == {("Harbour Wire",), ("Hill Gazette",)}


def test_a_correction_that_a_newer_reader_makes_too_is_right_now(judged: Record) -> None:
    """The same verdicts measure the next reader."""
    before = precision(judged.reviewed_documents())[0].right
    reports = [
        small_analysis(n, publisher="Hill Gazette" if n > 5 else "Harbour Wire", reader="reader-two") for n in range(10)
    ]
    latest = judged.reviewed(reports[6].document.id).analysis.events[0].type
    reports[6] = replace(reports[6], events=(replace(reports[6].events[0], type=latest),))
    judged.add(reports)
    assert precision(judged.reviewed_documents())[0].right == before + 1


def test_agreement_is_measured_on_verdicts_and_fields(judged: Record) -> None:
    """On three of four rows they agree that it is right, wrong or to be corrected; of one they give two types."""
    found = {(a.field, a.between): a for a in agreement(judged.reviewed_documents())}
    verdict = found["verdict", "ada, ben"]
    assert (verdict.rows, verdict.same) == (4, 0.75)
    assert verdict.kappa == pytest.approx(kappa([("a", "a"), ("a", "a"), ("c", "c"), ("r", "a")]))
    types = found["type", "ada, ben"]
    assert (types.rows, types.same) == (3, pytest.approx(2 / 3))
    assert found["type", "reviewers, machine"].rows >= 7
    assert found["type", "reviewers"].alpha == pytest.approx(alpha([("R", "R"), ("R", "R"), ("T", "A")]))


def test_a_sample_weighs_its_rows(record: Record) -> None:
    """Rows of a small stratum that were drawn more often count less."""
    many = [small_analysis(n) for n in range(40)]
    few = [small_analysis(n, publisher="Hill Gazette") for n in range(100, 104)]
    record.add([*many, *few])
    drawn = sampling.draw(record.sql, "events", 8, by=("publisher",), seed=3)
    sampling.keep(record.path, drawn)
    for document_id, id in drawn.rows:
        seen = record.reviewed(document_id)
        verdict: Any = "reject" if seen.machine.document.publisher == "Hill Gazette" else "accept"
        record.reviews.add([judge(seen, "events", id, verdict, reviewer="ada", at=TIME, sample=drawn.id)])
    (found,) = precision(record.reviewed_documents(), samples=sampling.kept(record.path))
    assert found.share == pytest.approx(40 / 44)
    assert (found.sample, found.covered, found.judged) == (drawn.id, 1.0, 8)


def test_unknown_groups_are_refused(judged: Record) -> None:
    """The sentence names what there is."""
    with pytest.raises(UsageError, match="kind, type, publisher"):
        precision(judged.reviewed_documents(), ("colour",))
