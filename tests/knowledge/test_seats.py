"""Who sat on the Security Council."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError, UsageError
from dragoman.knowledge import Gazetteer
from dragoman.knowledge.seats import check, seated


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The one that ships."""
    return Gazetteer.load()


def test_the_numbers_are_right_on_every_day(gazetteer: Gazetteer) -> None:
    """Eleven to 1965, fifteen since, and one holder of each permanent seat."""
    check(gazetteer)


@pytest.mark.parametrize(
    ("on", "in_it", "out_of_it"),
    [
        ("1946-01-17", {"SUN", "TWN", "MEX"}, {"RUS", "CHN"}),
        ("1971-10-24", {"TWN"}, {"CHN"}),
        ("1971-10-25", {"CHN"}, {"TWN"}),
        ("1991-12-23", {"SUN"}, {"RUS"}),
        ("1991-12-24", {"RUS"}, {"SUN"}),
        ("2012-02-04", {"MAR", "ZAF", "IND", "DEU", "TGO"}, {"BRA", "LBN"}),
        ("2024-06-01", {"DZA", "GUY", "MLT"}, {"ALB", "BRA"}),
    ],
)
def test_members_of_a_day(gazetteer: Gazetteer, on: str, in_it: set[str], out_of_it: set[str]) -> None:
    """Successions of the permanent seats to the day, and elected terms."""
    found = set(seated(gazetteer, on))
    assert in_it <= found
    assert not out_of_it & found


@pytest.mark.parametrize(
    ("on", "words"), [("1945-10-24", "1946-01-17"), ("2031-01-01", "not known"), ("soon", "no day")]
)
def test_a_day_without_composition_is_refused(gazetteer: Gazetteer, on: str, words: str) -> None:
    """The sentence says which days are known."""
    with pytest.raises(UsageError, match=words):
        seated(gazetteer, on)


class Altered:
    """A gazetteer in which one member's seat is gone, or one more has it."""

    def __init__(self, gazetteer: Gazetteer, less: str = "", more: str = "") -> None:
        self.gazetteer, self.less, self.more = gazetteer, less, more

    def members(self, organization: str, on: str) -> tuple[str, ...]:
        found = set(self.gazetteer.members(organization, on=on)) - {self.less}
        return tuple(found | ({self.more} if self.more else set()))


@pytest.mark.parametrize(
    ("altered", "words"),
    [
        ({"less": "MEX"}, "has 10 members and must have 11"),
        ({"more": "AND"}, "has 12 members"),
        ({"less": "FRA", "more": "AND"}, "seat of FRA"),
    ],
)
def test_the_check_finds_a_missing_and_a_surplus_term(
    gazetteer: Gazetteer, altered: dict[str, str], words: str
) -> None:
    """A term that is gone, one too many, and a permanent seat without holder."""
    with pytest.raises(KnowledgeError, match=words):
        check(Altered(gazetteer, **altered))  # type: ignore[arg-type]


def test_nothing_is_beside_the_gazetteer() -> None:
    """The terms are rows of members.csv, with the other memberships."""
    import dragoman.knowledge as knowledge

    assert (Path(knowledge.__file__).parent / "data" / "members.csv").read_text(encoding="utf-8").count("\nUNSC,") > 300
