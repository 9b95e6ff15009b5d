"""Numbers as news write them, with the bounds that their words set."""

from __future__ import annotations

import pytest

from dragoman.reading.events.numbers import numbers


@pytest.fixture(scope="module")
def count(pipeline):
    """Text in, (words, value, least, most) of every number out."""

    def counted(text):
        doc = pipeline(text)
        return [(doc[n.first : n.last + 1].text, n.value, n.least, n.most) for n in numbers(list(doc))]

    return counted


@pytest.mark.parametrize(
    ("words", "value", "least", "most"),
    [
        ("12", 12, 12, 12),
        ("1,200", 1200, 1200, 1200),
        ("1.5 million", 1_500_000, 1_500_000, 1_500_000),
        ("twelve", 12, 12, 12),
        ("forty-one", 41, 41, 41),
        ("a dozen", 12, 12, 12),
        ("two dozen", 24, 24, 24),
        ("a hundred and fifty", 150, 150, 150),
        ("two hundred", 200, 200, 200),
        ("three thousand four hundred", 3400, 3400, 3400),
        ("half a million", 500_000, 500_000, 500_000),
        ("a couple", 2, 2, 2),
        ("at least 12", 12, 12, None),
        ("at least a dozen", 12, 12, None),
        ("more than 60", 60, 60, None),
        ("up to 30", 30, None, 30),
        ("as many as 16", 16, None, 16),
        ("nearly a thousand", 1000, None, 1000),
        ("about 1,200", 1200, None, None),
        ("some 40", 40, None, None),
        ("an estimated 400", 400, None, None),
        ("another 25", 25, 25, 25),
        ("at least another 25", 25, 25, None),
        ("several", 3, 3, None),
        ("dozens", 12, 12, None),
        ("scores", 20, 20, None),
        ("hundreds", 100, 100, None),
        ("tens of thousands", 10_000, 10_000, None),
        ("several hundred", 300, 300, None),
        ("10 to 15", 10, 10, 15),
        ("between 10 and 15", 10, 10, 15),
        ("50 or more", 50, 50, None),
    ],
)
def test_numbers_of_people(count, words, value, least, most):
    """Figures, words, qualifiers, ranges; vague words count as conflict data count them."""
    assert count(f"The raid killed {words} villagers.") == [(words, value, least, most)]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge cost $300.",
        "Turnout was 41 percent.",
        "It happened in 2011.",
        "The law failed 12/3.",
        "The raid killed a 12-year-old.",
        "No one was hurt.",
        "The raid killed villagers.",
    ],
)
def test_what_counts_no_people(count, text):
    """Money, shares, years, ages, and "no one"."""
    assert count(text) == []


def test_two_numbers_are_two(count):
    """Each stands for itself."""
    assert [n[1] for n in count("The raid killed 12 villagers and wounded 30.")] == [12, 30]


def test_endless_numbers_end(count):
    """A row of number words takes linear time and gives numbers within bounds."""
    assert all(n[1] <= 100_000_000 for n in count("a dozen dozens of hundred thousand million and " * 60))
