"""Places: names that news use lead to where in the world they are."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge import places as module
from dragoman.knowledge.gazetteer import Gazetteer
from dragoman.knowledge.places import Places


@pytest.fixture(scope="module")
def places() -> Places:
    """The places that come with dragoman."""
    return Places()


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Aleppo", "city", "SYR"),
        ("Raqqa", "city", "SYR"),
        ("Deir ez-Zor", "city", "SYR"),
        ("Deir al-Zour", "city", "SYR"),
        ("Kyiv", "city", "UKR"),
        ("Kiev", "city", "UKR"),
        ("Maiduguri", "city", "NGA"),
        ("the Hague", "city", "NLD"),
        ("São Paulo", "city", "BRA"),
        ("Sao Paulo", "city", "BRA"),
        ("Helmand", "province", "AFG"),
        ("Anbar", "province", "IRQ"),
        ("Darfur", "region", "SDN"),
        ("the Gaza Strip", "region", "PSE"),
        ("Syria", "country", "SYR"),
        ("the United States", "country", "USA"),
        ("Kosovo", "country", "KOS"),
    ],
)
def test_names_lead_to_places(places, name, kind, country):
    """Cities, provinces, regions and countries, in the spellings of news."""
    assert (kind, country) in {(s.kind, s.country) for s in places.named(name)}


def test_coordinates_are_where_the_city_is(places):
    """Aleppo lies at 36.2 N, 37.2 E, in the province of its name; GeoNames knows it as 170063."""
    aleppo = next(s for s in places.named("Aleppo") if s.kind == "city")
    assert (round(aleppo.latitude, 1), round(aleppo.longitude, 1)) == (36.2, 37.2)
    assert (aleppo.province, aleppo.geonames) == ("Aleppo", 170063)


def test_a_country_has_no_point(places):
    """No point stands for a country; its GeoNames id does."""
    syria = places.named("Syria")[0]
    assert (syria.latitude, syria.longitude, syria.geonames) == (None, None, 163843)


def test_namesakes_come_largest_first(places):
    """Tripoli of Libya before the one of Lebanon."""
    cities = [s.country for s in places.named("Tripoli") if s.kind == "city"]
    assert cities[:2] == ["LBY", "LBN"]


@pytest.mark.parametrize("name", ["", "   ", "the", "Ruritania", "aleppo\tx", "\x00", "قال", "a" * 5000])
def test_what_is_no_place_is_empty(places, name):
    """Looked and found nothing."""
    assert places.named(name) == ()


def test_every_row_is_sound():
    """Coordinates are degrees, countries are states of the gazetteer, kinds are the four there are."""
    states = {s.entry.id for s in Gazetteer.load().senses("Syria")}
    assert states == {"SYR"}
    known = Gazetteer.load()
    for line in module._lines(module.ROWS):
        site = module._site(line)
        assert site.name and site.population >= 0
        assert site.kind in ("country", "province", "region", "city")
        assert (site.latitude is None) == (site.longitude is None) == (site.kind == "country")
        assert site.latitude is None or (-90 <= site.latitude <= 90 and -180 <= site.longitude <= 180)
        assert known.entries(site.country) or len(site.country) == 3


def test_every_name_finds_its_places():
    """Names are sorted, each once, and all of their numbers are rows."""
    names = [line.split(b"\t") for line in module._lines(module.NAMES)]
    keys = [key for key, _ in names]
    assert keys == sorted(set(keys))
    rows = len(module._lines(module.ROWS))
    assert all(0 <= int(number) < rows for _, numbers in names for number in numbers.split())


def test_opening_takes_no_time_that_is_felt():
    """The first question is answered in well under a second, and no import opens the files."""
    code = "import time; from dragoman.knowledge.places import Places; t = time.process_time(); Places().named('Gao')"
    spent = subprocess.run(
        [sys.executable, "-c", f"{code}; print(time.process_time() - t)"], capture_output=True, text=True, check=True
    )
    assert float(spent.stdout) < 0.6
    before = time.process_time()
    Places()
    assert time.process_time() - before < 0.01


def test_a_missing_file_says_what_to_do(monkeypatch):
    """The error names the file and the remedy."""
    with pytest.raises(KnowledgeError, match=r"nothing\.tsv\.gz is missing.*Reinstall"):
        module._lines("nothing.tsv.gz")
