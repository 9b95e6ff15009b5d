"""Samples: the same for the same seed, every stratum in them, each row as likely as its weight says."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import RecordError, UsageError
from dragoman.record import Record, sampling

from ..strategies import small_analysis


@pytest.fixture
def filled(record: Record) -> Record:
    """Sixty events of three publishers: 45, 12 and 3."""
    names = ["Harbour Wire"] * 45 + ["Hill Gazette"] * 12 + ["Isle Post"] * 3
    record.add([small_analysis(n, publisher=name) for n, name in enumerate(names)])
    return record


def test_the_same_seed_draws_the_same_rows(filled: Record) -> None:
    """And another seed others."""
    one = sampling.draw(filled.sql, "events", 20, by=("publisher",), seed=7)
    assert sampling.draw(filled.sql, "events", 20, by=("publisher",), seed=7) == one
    assert sampling.draw(filled.sql, "events", 20, by=("publisher",), seed=8).rows != one.rows


def test_strata_give_by_their_size_and_two_at_least(filled: Record) -> None:
    """The weights of all drawn rows add up to the rows of the record."""
    drawn = sampling.draw(filled.sql, "events", 20, by=("publisher",), seed=7)
    assert {s.values[0]: (len(s.rows), s.size) for s in drawn.strata} == {
        "Harbour Wire": (14, 45),
        "Hill Gazette": (4, 12),
        "Isle Post": (2, 3),
    }
    assert sum(s.weight * len(s.rows) for s in drawn.strata) == pytest.approx(60)


def test_strata_that_are_too_many_are_put_together(filled: Record) -> None:
    """Four draws serve two strata: the largest, and the rest."""
    drawn = sampling.draw(filled.sql, "events", 4, by=("publisher",), seed=7)
    assert {s.values[0]: s.size for s in drawn.strata} == {"Harbour Wire": 45, sampling.REST: 15}


def test_a_sample_of_more_than_there_is_takes_all(filled: Record) -> None:
    """Each once."""
    drawn = sampling.draw(filled.sql, "stances", 500, by=("type", "publisher"))
    assert len(set(drawn.rows)) == len(drawn.rows) == 60


def test_every_row_is_drawn_about_as_often_as_any_other(filled: Record) -> None:
    """Over 300 seeds, 20 of 60 rows each: a row comes about a hundred times."""
    times = Counter(
        place for seed in range(300) for place in sampling.draw(filled.sql, "events", 20, by=(), seed=seed).rows
    )
    assert len(times) == 60
    assert 65 < min(times.values()) < max(times.values()) < 135


@given(
    st.dictionaries(st.tuples(st.text(max_size=3)), st.integers(1, 500), min_size=1, max_size=20), st.integers(1, 300)
)
def test_as_many_are_drawn_as_were_asked_for(sizes: dict[tuple[str, ...], int], n: int) -> None:
    """No stratum gives more than it has, and none nothing."""
    pooled = sampling._pooled({values: [("d", str(k)) for k in range(size)] for values, size in sizes.items()}, n, 1)
    given_ = sampling._allocated({values: len(places) for values, places in pooled.items()}, n)
    assert sum(given_.values()) == min(n, sum(sizes.values()))
    assert all(1 <= given_[values] <= len(places) for values, places in pooled.items())


def test_a_sample_is_kept_in_the_record(filled: Record) -> None:
    """Written, read again, named by its content; damage is told."""
    drawn = sampling.draw(filled.sql, "events", 5, seed=1, readers=filled.readers)
    path = sampling.keep(filled.path, drawn)
    assert sampling.keep(filled.path, drawn) == path
    assert sampling.kept(filled.path) == {drawn.id: drawn}
    path.write_text(path.read_text().replace('"seed": 1', '"seed": 2'))
    with pytest.raises(RecordError, match="no sample as it was written"):
        sampling.kept(filled.path)


def test_what_cannot_be_sampled_is_refused(filled: Record) -> None:
    """The sentences name what can."""
    with pytest.raises(UsageError, match="they can by type, mode"):
        sampling.draw(filled.sql, "events", 5, by=("colour",))
    with pytest.raises(UsageError, match="at least one"):
        sampling.draw(filled.sql, "events", 0)
    with pytest.raises(UsageError, match="statements, events, stances can"):
        sampling.draw(filled.sql, "mentions", 5)  # type: ignore[arg-type]
