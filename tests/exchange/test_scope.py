"""Which rows an export writes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.errors import UsageError
from dragoman.views.exports import Scope, select

from .conftest import NORWAY, act


def kept(analysis, surplus={}, **fields):  # noqa: B006
    """Ids of the events, stances and statements that are left."""
    found = list(select([analysis], Scope(**fields), surplus))
    return [{row.id for a in found for row in getattr(a, kind)} for kind in ("events", "stances", "statements")]


def test_nothing_asked_keeps_everything(report):
    """Also documents without a row."""
    bare = replace(report, events=(), stances=(), statements=())
    assert list(select([report, bare], Scope())) == [report, bare]


def test_a_document_without_a_row_left_goes(report):
    """Once something was asked for."""
    assert list(select([report], Scope(min_score=1.0, actors=("TCD",)))) == []


def test_types_keep_events_and_measures_keep_stances(report):
    """A stance's statement comes along, so that what is pointed at exists."""
    assert kept(report, types=("ASSAULT",)) == [{"v2", "v4"}, set(), {"s3", "s5"}]
    assert kept(report, types=("troop_deployment",)) == [set(), {"p1"}, {"s1"}]


def test_statements_within_statements_bring_the_outer_ones(report):
    """s7 lies in s6."""
    assert kept(report, actors=("mayor",))[2] == {"s6", "s7"}


def test_an_unknown_type_is_a_usage_error():
    """It names those that are known."""
    with pytest.raises(UsageError, match="DEMAND: neither an event type nor a measure; there are AGREE"):
        Scope(types=("DEMAND",))


@pytest.mark.parametrize("bound", ["since", "until"])
@pytest.mark.parametrize("date", ["2024-13", "2024-02-30", "March", ""])
def test_a_date_that_cannot_be_is_a_usage_error(bound, date):
    """An export would be empty, and nobody would know why."""
    with pytest.raises(UsageError, match=f"{bound}='{date}' is no date; write 2012-01-18, 2012-01 or 2012"):
        Scope(**{bound: date})


def test_an_actor_counts_on_any_side(report):
    """By id, by country, or by code; as holder, source, actor, recipient or object."""
    assert kept(report, actors=("OSCE",))[0] == {"v5"}
    assert kept(report, actors=("NOR",))[0] == {"v1", "v3"}
    assert "p3" in kept(report, actors=("tamsk-front",))[1]
    assert kept(report, actors=("NORGOV",))[2] >= {"s1", "s2"}


def test_scores_have_a_floor(report):
    """Included."""
    assert kept(report, min_score=0.8)[0] == {"v1", "v2"}


def test_claims_can_be_left_out_or_taken_alone(report):
    """Only the observers' arrival is reported as fact."""
    assert kept(report, claims="reported")[0] == {"v5"}
    assert kept(report, claims="claimed")[0] == {"v1", "v2", "v3", "v4"}


@pytest.mark.parametrize(
    ("fields", "events"),
    [
        ({"since": "2024-03-11"}, {"v1", "v3", "v4", "v5"}),
        ({"until": "2024-03-10"}, {"v2"}),
        ({"since": "2024-03-11", "until": "2024-03-11"}, {"v5"}),
        ({"since": "2024-03"}, {"v1", "v2", "v3", "v4", "v5"}),
        ({"until": "2024"}, {"v1", "v2", "v3", "v4", "v5"}),
        ({"since": "2025"}, set()),
    ],
)
def test_days_months_and_years_bound_the_period_and_belong_to_it(report, fields, events):
    """An event without a date has its document's."""
    assert kept(report, **fields)[0] == events


def test_a_row_without_any_date_is_in_no_period():
    """Nothing is invented."""
    undated = act("AID", actors=(NORWAY,), published=None)
    assert kept(undated, since="1900")[0] == set()
    assert kept(undated)[0] == {"e1"}


def test_rows_for_which_others_stand_are_left_out(report):
    """Of each kind; a statement that a row left points at stays."""
    of = report.document.id
    surplus = {
        "events": {(of, e.id) for e in report.events if e.id != "v2"},
        "stances": {(of, s.id) for s in report.stances},
        "statements": {(of, s.id) for s in report.statements},
    }
    assert kept(report, surplus) == [{"v2"}, set(), {"s3"}]


def test_a_document_all_of_whose_rows_are_repetitions_goes(report):
    """One that never had a row stays, unless another document stands for it."""
    bare = replace(report, events=(), stances=(), statements=())
    surplus = {kind: {(report.document.id, row) for row in rows} for kind, rows in ids(report).items()}
    assert list(select([report], Scope(), surplus)) == []
    assert list(select([bare], Scope(), {"statements": {("another", "s1")}})) == [bare]
    assert list(select([bare], Scope(), {"documents": {(bare.document.id, bare.document.id)}})) == []


def ids(analysis):
    """The ids of its rows by kind."""
    return {kind: [row.id for row in getattr(analysis, kind)] for kind in ("events", "stances", "statements")}
