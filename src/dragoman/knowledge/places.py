"""Names of places -> where in the world they are: countries, provinces, regions, cities of 5,000 people and more.

    places = Places()
    places.named("Aleppo")[0].country      # SYR

Two sorted files are searched by halving, so that opening them costs a few hundredths of a second and nothing is parsed that
nobody asks for. Facts are from GeoNames (CC BY 4.0); `scripts/places/build.py` makes the files.
"""

from __future__ import annotations

import gzip
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dragoman.analysis import PlaceKind
from dragoman.errors import KnowledgeError
from dragoman.knowledge.surfaces import fold, without_article

ROWS, NAMES = "places.tsv.gz", "place_names.tsv.gz"


@dataclass(frozen=True, slots=True)
class Site:
    """A place in the world. `country` is alpha-3; coordinates are degrees (WGS 84), None for a country.

    `province` is the first-level division of a city, `geonames` its id there. `population` ranks namesakes: of a province it
    counts its towns, and a region has a round million.
    """

    name: str
    kind: PlaceKind
    country: str
    province: str | None
    latitude: float | None
    longitude: float | None
    geonames: int | None
    population: int


class Places:
    """Looks places up by name. The files are opened at the first question and shared in the process."""

    def named(self, name: str) -> tuple[Site, ...]:
        """Every place that goes by the name, largest first; case, diacritics, hyphens and a leading "the" do not matter."""
        key = fold(without_article(name))
        return _sites(key) if key else ()


@cache
def _sites(key: str) -> tuple[Site, ...]:
    names, rows = _lines(NAMES), _lines(ROWS)
    wanted = key.encode() + b"\t"
    at = bisect_left(names, wanted)
    if at == len(names) or not names[at].startswith(wanted):
        return ()
    found = (_site(rows[int(number)]) for number in names[at][len(wanted) :].split())
    return tuple(sorted(found, key=lambda s: (-s.population, s.kind, s.geonames or 0)))


@cache
def _lines(name: str) -> list[bytes]:
    file = files("dragoman.knowledge") / "data" / name
    if not file.is_file():
        raise KnowledgeError(f"{name} is missing from dragoman's data. Reinstall it, or run scripts/places/build.py.")
    return gzip.decompress(file.read_bytes()).split(b"\n")


def _site(line: bytes) -> Site:
    name, kind, country, province, latitude, longitude, geonames, population = line.decode().split("\t")
    return Site(
        name=name,
        kind=kind,  # type: ignore[arg-type]
        country=country,
        province=province or None,
        latitude=float(latitude) if latitude else None,
        longitude=float(longitude) if longitude else None,
        geonames=int(geonames) if geonames else None,
        population=int(population),
    )
