"""The logit, the joint draws, and the past that they read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.council.chances import Chances
from dragoman.council.features import DRAFT_FEATURES, MEMBER_FEATURES, VOTE_FEATURES, describe
from dragoman.council.joint import NO_BONDS, Bonds, draw, estimate
from dragoman.council.logit import fit
from dragoman.council.past import FEWEST, FIVE, OTHER, Past, day_of
from dragoman.knowledge.seats import seated

FIFTEEN = ("CHN", "FRA", "GBR", "RUS", "USA", *(f"E{n}" for n in range(10)))


def chances(contested: float, **given_: tuple[float, float, float]) -> Chances:
    """Everyone for it if contested, unless said otherwise."""
    return Chances(FIFTEEN, contested, np.array([given_.get(m, (0.98, 0.01, 0.01)) for m in FIFTEEN]))


def test_the_logit_recovers_what_made_the_data() -> None:
    """Three classes drawn from known weights; little ridge."""
    dice = np.random.default_rng(1)
    rows = dice.normal(size=(6000, 2))
    odds = np.column_stack([rows[:, 0] - 0.5, -rows[:, 1]])
    p = np.exp(np.column_stack([np.zeros(6000), odds]))
    classes = (dice.random(6000)[:, None] > np.cumsum(p / p.sum(axis=1, keepdims=True), axis=1)).sum(axis=1)
    found = fit(rows, classes, kinds=3, ridge=0.1)
    assert found.weights == pytest.approx(np.array([[1, 0], [0, -1], [-0.5, 0]]), abs=0.15)


def test_more_ridge_means_nearer_the_base_rate() -> None:
    """And a missing value counts as the mean."""
    rows, classes = np.array([[0.0], [1.0], [0.0], [1.0]]), np.array([0, 1, 0, 1])
    free, held = (fit(rows, classes, kinds=2, ridge=r) for r in (0.1, 100.0))
    assert free.probabilities(np.array([[1.0]]))[0, 1] > 0.9
    assert held.probabilities(np.array([[1.0]]))[0, 1] == pytest.approx(0.5, abs=0.02)
    assert free.probabilities(np.array([[np.nan]]))[0, 1] == pytest.approx(0.5)


def test_draws_keep_each_members_own_chances() -> None:
    """Correlation changes who votes together, not how often each does."""
    given_ = chances(0.5, RUS=(0.2, 0.2, 0.6), E0=(0.5, 0.4, 0.1))
    found = draw(given_, np.zeros(15), Bonds(far=0.3, near=0.6)).chances()
    assert found == pytest.approx(given_.votes, abs=0.015)


def test_bonds_make_members_dissent_together() -> None:
    """Two opponents that are alike: both noes more often than by chance."""
    given_ = chances(1.0, RUS=(0.5, 0.0, 0.5), CHN=(0.5, 0.0, 0.5))
    together = {
        b: (draw(given_, np.zeros(15), Bonds(b, b)).votes[:, [0, 3]] == 2).all(axis=1).mean() for b in (0.0, 0.6)
    }
    assert together[0.0] == pytest.approx(0.25, abs=0.02)
    assert together[0.6] > 0.33


def test_bonds_are_found_again() -> None:
    """Estimated from votes drawn with bonds, they are near those, and never more than a little above: votes are coarse."""
    given_ = chances(1.0, **dict.fromkeys(FIFTEEN, (0.5, 0.2, 0.3)))
    leanings = np.array([0.0] * 8 + [3.0] * 7)
    drawn = draw(given_, leanings, Bonds(far=0.1, near=0.5), number=600).votes
    found = estimate((given_, row, leanings) for row in drawn)
    assert found.far == pytest.approx(0.1, abs=0.07)
    assert 0.3 < found.near < 0.55


def test_outcomes_follow_article_27() -> None:
    """A certain no of a permanent member vetoes, unless procedural; six sure abstentions more than it can bear fail it."""
    veto = draw(chances(1.0, RUS=(0.0, 0.0, 1.0)), np.zeros(15), Bonds(0, 0))
    assert veto.outcomes("2012-02-04")["vetoed"] > 0.99
    assert veto.outcomes("2012-02-04", procedural=True)["adopted"] > 0.99
    short = draw(chances(1.0, **dict.fromkeys(FIFTEEN[5:12], (0.0, 1.0, 0.0))), np.zeros(15), Bonds(0, 0))
    assert short.outcomes("2012-02-04")["too_few_votes"] > 0.99


def test_who_decides() -> None:
    """A member that alone may veto decides; with nine sure votes and six abstentions each of the nine does."""
    lone = draw(chances(1.0, RUS=(0.0, 0.0, 1.0)), np.zeros(15), Bonds(0, 0)).pivotal("2012-02-04")
    assert lone["RUS"] > 0.9
    assert lone["E0"] < 0.05
    tight = draw(chances(1.0, **dict.fromkeys(FIFTEEN[9:], (0.0, 1.0, 0.0))), np.zeros(15), Bonds(0, 0)).pivotal(
        "2012-02-04"
    )
    assert min(tight["E0"], tight["E3"]) > 0.8


def test_a_fixed_vote_is_learned_from() -> None:
    """Given that Russia votes no, its like votes no more often; a vote too rare to learn from is put in."""
    given_ = chances(0.5, RUS=(0.4, 0.2, 0.4), CHN=(0.4, 0.2, 0.4))
    drawn = draw(given_, np.zeros(15), Bonds(0.5, 0.5))
    assert drawn.fixed({"RUS": "no"}).chances()[0, 2] > drawn.chances()[0, 2] + 0.2
    assert drawn.fixed({"USA": "no", "FRA": "no", "GBR": "no"}).outcomes("2012-02-04")["vetoed"] > 0.9


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=15, max_size=15), st.floats(0.01, 0.99))
def test_outcomes_sum_to_one(noes: list[float], contested: float) -> None:
    """Whatever the chances."""
    given_ = Chances(FIFTEEN, contested, np.array([(1 - n, 0.0, n) for n in noes]))
    found = draw(given_, np.zeros(15), Bonds(0.2, 0.4), number=500).outcomes("2012-02-04")
    assert sum(found.values()) == pytest.approx(1)


def test_features_have_names(rolls, kit) -> None:
    """One number for each name."""
    (roll,) = rolls(("2012-02-04", "Syria", "France", {}))
    found = describe(roll.draft, roll.seats, kit.past, kit.leanings)
    assert found.draft.shape == (len(DRAFT_FEATURES),)
    assert found.each.shape == (15, len(MEMBER_FEATURES))
    assert found.rows.shape == (15, len(VOTE_FEATURES))


def test_a_members_row_is_of_the_numbers_it_names(rolls, kit) -> None:
    """First those of the draft, alike for all, then the member's own."""
    (roll,) = rolls(("2012-02-04", "Syria", "France", {}))
    found = describe(roll.draft, roll.seats, kit.past, kit.leanings)
    named = dict(zip(VOTE_FEATURES, found.rows.T, strict=True))
    assert named["lead west"].tolist() == [1.0] * 15
    assert [m for m, one in zip(found.members, named["is RUS"], strict=True) if one] == ["RUS"]
    own = found.each[:, MEMBER_FEATURES.index("own no: topic")]
    assert np.array_equal(named["own no: topic"], own)


def test_nothing_of_the_day_or_later_is_read(rolls, kit, gazetteer) -> None:
    """Votes of the same day and of the day after change no number; one of the day before does."""
    vetoed = {"Russian Federation": "No"}
    days = rolls(*((day, "Syria", "France", vetoed) for day in ("2012-02-03", "2012-02-04", "2012-02-05")))
    draft, seats = days[1].draft, seated(gazetteer, "2012-02-04")
    base = kit.past.before(day_of("2012-01-15"))
    numbers = [
        describe(draft, seats, base.joined(Past.of([*more], kit.leanings)), kit.leanings)
        for more in ((), days[1:], days[:1])
    ]
    same = {"rtol": 0, "atol": 1e-9, "equal_nan": True}
    assert np.allclose(numbers[0].each, numbers[1].each, **same)
    assert np.allclose(numbers[0].draft, numbers[1].draft, **same)
    assert not np.array_equal(np.nan_to_num(numbers[0].each), np.nan_to_num(numbers[2].each))


def test_condensing_leaves_no_single_vote(rolls, kit) -> None:
    """Two years, one topic and one lead are an entry; what is too little for one counts with its region; sums stay."""
    syria = (*((f"2012-02-{day:02}", "Syria", "France", {"China": "Abstain"}) for day in range(1, 4)),)
    rare = (("2012-03-01", "Cyprus", "France", {}), ("2012-03-02", "Malta", "France", {"China": "No"}))
    full = Past.of(rolls(*syria, *rare, ("2012-03-03", "Crete", "Morocco", {})), kit.leanings)
    short = full.condensed()
    assert [(e.topic, e.drafts, e.contested) for e in short.entries] == [("Syria", 3, 3), (OTHER, 3, 1)]
    assert np.array_equal(full.votes.sum(axis=0), short.votes.sum(axis=0))
    assert set(short.topics) == {"Syria", "Cyprus", "Malta", "Crete"}


def test_what_ships_is_of_three_drafts_at_least(kit) -> None:
    """So no count of it is one vote."""
    assert min(e.drafts for e in kit.past.entries) >= FEWEST


def test_bonds_are_of_the_years_before(kit) -> None:
    """Each year's model has its own, near members hold together more than far ones, and the first have the least to go by."""
    assert all(0 <= m.bonds.far <= m.bonds.near < 0.9 for m in kit.models.values())
    assert kit.models[2003].bonds.near < kit.models[2020].bonds.near
    assert estimate([]) == NO_BONDS


def test_the_chance_of_a_veto_is_what_the_draws_say(kit, rolls) -> None:
    """One number for a member's no and for the veto it makes: the draws keep the chances of the model."""
    (roll,) = rolls(("2024-02-05", "Syria", "France", {}))
    model = kit.model("2024-02-05")
    described = describe(roll.draft, roll.seats, kit.past, kit.leanings)
    given_ = model.chances(described)
    drawn = draw(given_, kit.leanings.each(described.members, 2024), model.bonds)
    assert drawn.chances() == pytest.approx(given_.votes, abs=0.012)
    five = [i for i, m in enumerate(described.members) if m in FIVE]
    against = (drawn.votes[:, five] == 2).any(axis=1) & ((drawn.votes == 0).sum(axis=1) >= 9)
    assert drawn.outcomes("2024-02-05")["vetoed"] == pytest.approx(against.mean())


def test_a_leaning_is_of_the_years_before(kit) -> None:
    """And an unknown state has none."""
    assert kit.leanings.of("USA", 2012) > kit.leanings.of("FRA", 2012) > kit.leanings.of("RUS", 2012)
    assert np.isnan(kit.leanings.of("XXX", 2012))


def test_models_are_of_years_before_the_vote(kit) -> None:
    """A vote of February 2012 is forecast by what was fitted on the votes before 2012."""
    assert kit.model("2012-02-04").year == 2012
    assert [m.year for m in kit.lately("2012-02-04", 3)] == [2012, 2011, 2010]
    assert kit.model("1999-01-01").year == min(kit.models)
    assert replace(kit.model("2012-02-04"), tide=9.0).year == 2012
