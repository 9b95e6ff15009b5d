"""Article 27: what the votes decide."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.council import decide
from dragoman.council.rules import VOTES, required
from dragoman.errors import UsageError

FIVE = ("CHN", "FRA", "GBR", "RUS", "USA")
TEN = tuple(f"E{n:02}" for n in range(10))
VETOES = Path(__file__).parents[3] / "shared" / "data" / "unsc_vetoes_1946_2025-05.csv"
ON = "2012-02-04"
RANK = {"adopted": 1, "vetoed": 0, "too_few_votes": 0}


def council(**votes: str) -> dict[str, str]:
    """Fifteen members, all for it unless said otherwise."""
    return {m: votes.get(m, "yes") for m in FIVE + TEN}


def test_nine_of_fifteen_carry() -> None:
    """Nine yes and six abstentions adopt; eight do not."""
    nine = council(**dict.fromkeys(TEN[:6], "abstain"))
    assert decide(nine, on=ON).outcome == "adopted"
    assert decide(nine | {TEN[6]: "abstain"}, on=ON).outcome == "too_few_votes"


def test_one_permanent_no_is_a_veto() -> None:
    """Fourteen to one fails where the one is permanent, and passes where it is elected."""
    assert decide(council(RUS="no"), on=ON).vetoes == ("RUS",)
    assert decide(council(RUS="no"), on=ON).outcome == "vetoed"
    assert decide(council(E00="no"), on=ON).outcome == "adopted"


@pytest.mark.parametrize("vote", ["abstain", "absent"])
def test_abstention_and_absence_are_no_veto(vote: str) -> None:
    """All five can stay aside while nine others vote for it."""
    assert decide(council(**dict.fromkeys(FIVE, vote)), on=ON).outcome == "adopted"


def test_procedural_matters_know_no_veto() -> None:
    """Article 27(2): nine votes of any members."""
    assert decide(council(RUS="no", CHN="no"), on=ON, procedural=True).outcome == "adopted"


def test_without_the_votes_a_no_is_no_veto() -> None:
    """A draft that has too few votes anyway is not vetoed, and who was against is still named."""
    found = decide(dict.fromkeys(FIVE, "no") | dict.fromkeys(TEN, "abstain"), on=ON)
    assert (found.outcome, found.vetoes, found.against) == ("too_few_votes", (), FIVE)


def test_a_party_to_a_pacific_settlement_abstains() -> None:
    """Article 27(3): the no of a party does not count, that of others does."""
    assert decide(council(RUS="no"), on=ON, parties=["RUS"], pacific=True).outcome == "adopted"
    assert decide(council(RUS="no"), on=ON, parties=["RUS"]).outcome == "vetoed"
    assert decide(council(RUS="no"), on=ON, parties=["USA"], pacific=True).outcome == "vetoed"


def test_seven_of_eleven_carried_before_1966() -> None:
    """The old Council, with the Soviet Union and the Republic of China in their seats."""
    eleven = dict.fromkeys(("TWN", "FRA", "GBR", "USA", "E0", "E1", "E2"), "yes") | dict.fromkeys(
        ("SUN", "E3", "E4"), "absent"
    )
    assert decide(eleven, on="1950-06-27").outcome == "adopted"
    assert decide(eleven | {"SUN": "no"}, on="1950-06-27").outcome == "vetoed"
    assert decide(eleven | {"E2": "abstain"}, on="1950-06-27").outcome == "too_few_votes"
    assert (required("1965-12-31"), required("1966-01-01")) == (7, 9)


@given(st.dictionaries(st.sampled_from(FIVE + TEN), st.sampled_from(VOTES)), st.sampled_from(FIVE + TEN), st.booleans())
def test_more_support_never_hurts(votes: dict[str, str], member: str, procedural: bool) -> None:
    """Monotone: no -> abstain -> yes of any member never turns adoption into failure."""
    steps = [decide(votes | {member: v}, on=ON, procedural=procedural) for v in ("no", "abstain", "yes")]
    ranks = [RANK[s.outcome] for s in steps]
    assert ranks == sorted(ranks)
    assert [len(s.vetoes) for s in steps[1:]] == sorted(len(s.vetoes) for s in steps[1:])


@given(st.dictionaries(st.sampled_from(FIVE + TEN), st.sampled_from(VOTES)))
def test_absence_decides_as_abstention(votes: dict[str, str]) -> None:
    """Who is away counts as who abstains."""
    assert (
        decide(votes, on=ON).outcome
        == decide({m: "abstain" if v == "absent" else v for m, v in votes.items()}, on=ON).outcome
    )


@pytest.mark.parametrize(
    ("votes", "on", "words"),
    [
        ({"USA": "maybe"}, ON, "'maybe', which is no vote"),
        ({"USA": "yes"}, "1945-10-24", "no Security Council on 1945-10-24"),
        ({f"M{n}": "yes" for n in range(12)}, "1950-01-01", "has 11 seats"),
    ],
)
def test_what_cannot_be_decided_is_said(votes: dict[str, str], on: str, words: str) -> None:
    """One sentence each."""
    with pytest.raises(UsageError, match=words):
        decide(votes, on=on)


@pytest.mark.skipif(not VETOES.is_file(), reason="../shared/data is not beside the project")
def test_every_recorded_veto_is_one() -> None:
    """With the recorded members against and all others for it, each of the vetoes since 1946 is a veto by just them."""
    ids = {"Russian": "RUS", "United States": "USA", "United Kingdom": "GBR", "France": "FRA", "China": "CHN"}
    with VETOES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) > 200
    for row in rows:
        cells = filter(None, (row[f"member_veto{n}"] for n in (1, 2, 3)))
        against = {next(id for name, id in ids.items() if cell.startswith(name)) for cell in cells}
        others = TEN if row["date"] >= "1966" else TEN[:6]
        votes = {m: "no" if m in against else "yes" for m in FIVE + others}
        found = decide(votes, on=row["date"])
        assert (found.outcome, set(found.vetoes)) == ("vetoed", against), row["draft"]
