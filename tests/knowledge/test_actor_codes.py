"""CAMEO actor codes as countries and PLOVER sectors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.knowledge.actor_codes import Coded, chunks, decode, sectors

STATES = {"KEN", "UGA", "KOS", "TLS", "PSE", "MED"} - {"MED"}


def read(code: str, *, dated: bool = False) -> Coded:
    return decode(code, STATES.__contains__, dated=dated)


def plover(code: str) -> tuple[str | None, tuple[str, ...]]:
    """Country and sectors."""
    coded = read(code)
    return coded.country, coded.sectors


@pytest.mark.parametrize(
    ("code", "country", "found"),
    [
        ("KEN", "KEN", ()),
        ("KENGOV", "KEN", ("GOV",)),
        ("KENGOVMIL", "KEN", ("GOV", "MIL")),
        ("KSVGOV", "KOS", ("GOV",)),
        ("TMP", "TLS", ()),
        ("PALREB", "PSE", ("REB",)),
        ("IGOUNO", "UNO", ()),
        ("IGOEUREEC", "EUR", ("EEC",)),
        ("IGOWSTNAT", "IGO", ("WST", "NAT")),
        ("NGOKENHRI", "NGO", ("KEN", "CVL")),
        ("NGM", "ISM", ()),
        ("IMGMUSALQ", "IMG", ("MUS", "ALQ")),
        ("MNCKEN", "MNC", ("KEN",)),
        ("INTREB", None, ("INT", "REB")),
        ("XYZREB", None, ("XYZ", "REB")),
        ("REBMUS", None, ("REB", "MUS")),
    ],
)
def test_the_first_chunks_say_the_country(code, country, found):
    """A state under CAMEO's or ISO's code, the UN and the EU among the international, or none."""
    assert plover(code) == (country, found)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("KENMED", ("JRN",)),
        ("KENHLH", ("MED",)),
        ("KENGOVHLH", ("GOV", "MED")),
        ("KENINS", ("REB",)),
        ("KENSEP", ("REB",)),
        ("KENSEPREB", ("REB",)),
        ("KENOPP", ("OPP",)),
        ("KENHRI", ("CVL",)),
        ("KENHRIENV", ("CVL",)),
        ("KENGOVENV", ("GOV", "ENV")),
        ("KENLABHRI", ("LAB", "HRI")),
        ("KENUIS", ("UNK",)),
        ("KENCHRPRO214", ("CHR", "PRO", "214")),
    ],
)
def test_roles_become_plovers_and_the_rest_stays(code, found):
    """MED is the media there and medicine here; a cause alone is civil society; religions keep their chunks and order."""
    assert plover(code) == ("KEN", found)


def test_no_chunk_comes_twice():
    """Repeated chunks say nothing more."""
    assert sectors(("GOV", "GOV", "MIL")) == ("GOV", "MIL")


@pytest.mark.parametrize(("code", "parts"), [("KENGO", ("KEN", "GO")), ("K", ("K",)), ("", ())])
def test_a_length_that_three_does_not_divide_leaves_a_short_chunk(code, parts):
    """Nothing is lost."""
    assert chunks(code) == parts


@pytest.mark.parametrize(
    ("code", "dated", "kind"),
    [
        ("KEN", False, "state"),
        ("KEN", True, "state"),
        ("KENGOV", True, "person"),
        ("KENGOV", False, "organization"),
        ("KENELI", False, "person"),
        ("KENREB", False, "group"),
        ("KENCRM", False, "group"),
        ("IMGMUS", False, "group"),
        ("NGOKENREB", False, "organization"),
        ("IGOUNO", False, "organization"),
        ("IGOUNO", True, "person"),
        ("XYZREB", False, "group"),
    ],
)
def test_the_kind_follows_from_the_code(code, dated, kind):
    """A bare state, an office with dates and its holder, fighters, and bodies."""
    assert read(code, dated=dated).kind == kind


@given(st.text("ABCDEFGIKMNOR0123456789", max_size=16))
def test_no_code_raises_and_no_chunk_of_it_is_invented(code):
    """Law: any run of letters and figures is read, and only known conversions change a chunk."""
    coded = read(code)
    invented = set(coded.sectors) - set(chunks(code)) - {"JRN", "MED", "REB", "UNK", "CVL"}
    assert not invented
