"""What the built-in files say, against facts of public record."""

from __future__ import annotations

import csv
import time
import tomllib
from collections import defaultdict
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest

from dragoman.knowledge import Gazetteer
from dragoman.knowledge.gazetteer import COLUMNS
from dragoman.knowledge.ontology import load_ontology
from dragoman.knowledge.surfaces import fold
from dragoman.knowledge.tables import CERTIFICATE, SECTORS

DATA = files("dragoman.knowledge") / "data"
VOTES = Path(__file__).parents[2].parent / "shared" / "data" / "unsc_votes_1994_2025-05.csv"
PERMANENT = {"CHN", "FRA", "GBR", "RUS", "USA"}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / name).read_text(encoding="utf-8").splitlines()))


# --- the files as a whole


def test_the_files_fit_together(gazetteer: Gazetteer) -> None:
    """Every country, parent, organisation and member exists, and existed on those dates."""
    gazetteer.check()


def test_sectors_are_those_of_the_ontology() -> None:
    """The loader and the event ontology know the same PLOVER sectors."""
    assert set(load_ontology().sectors) == SECTORS


def test_every_data_file_has_a_birth_certificate() -> None:
    """The catalogue names title, source, version, licence and preparation of all five files that are there."""
    catalogue = tomllib.loads((DATA / "catalogue.toml").read_text(encoding="utf-8"))
    there = [name for name in COLUMNS if (DATA / name).is_file()]
    assert {"states.csv", "organizations.csv", "members.csv"} <= set(there) <= set(catalogue)
    assert all(catalogue[name][key] for name in there for key in CERTIFICATE)


@pytest.mark.parametrize("name", ["states.csv", "organizations.csv"])
def test_the_files_are_sorted(name: str) -> None:
    """A file in the order of its ids has one place for every row, and diffs that can be read."""
    found = [row["id"].casefold() for row in table(name)]
    assert found == sorted(found)


def test_there_are_at_least_250_organisations() -> None:
    """International bodies alone, national institutions and media aside."""
    codes = [row["code"] for row in table("organizations.csv")]
    assert sum(code in ("UNO", "EUR", "IGO", "NGO", "IMG", "ISM") for code in codes) >= 250


@pytest.mark.slow
def test_loading_is_fast() -> None:
    """Ten thousand rows load in 0.3 s of processor time, in the best of five runs."""

    def seconds() -> float:
        start = time.process_time()
        Gazetteer.load()
        return time.process_time() - start

    rows = sum(len(table(name)) for name in COLUMNS if (DATA / name).is_file())
    assert min(seconds() for _ in range(5)) < 0.3 * max(rows, 10_000) / 10_000


# --- states


def test_every_member_of_the_united_nations_is_a_state_with_names(gazetteer: Gazetteer) -> None:
    """All 193 have a demonym, an ISO alpha-2 code and a Correlates of War number."""
    rows = {row["id"]: row for row in table("states.csv")}
    members = gazetteer.members("UN", "2026")
    assert len(members) == 193
    assert [id for id in members if not (rows[id]["demonyms"] and rows[id]["alpha2"] and rows[id]["cow"])] == []


def test_states_share_no_name() -> None:
    """The usual name of a state is its own."""
    found = [row["name"] for row in table("states.csv")]
    assert sorted(found) == sorted(set(found))


def test_only_cs_was_given_twice() -> None:
    """ISO gave Czechoslovakia's alpha-2 code to Serbia and Montenegro; no other code has two bearers."""
    bearers = defaultdict(set)
    for row in table("states.csv"):
        bearers[row["alpha2"]].add(row["id"])
    shared = {code: states for code, states in bearers.items() if code and len(states) > 1}
    assert shared == {"CS": {"CSK", "SCG"}}


def test_only_successors_share_a_correlates_of_war_number() -> None:
    """Russia continues the Soviet Union's number; Yugoslavia kept its own under two names."""
    bearers = defaultdict(set)
    for row in table("states.csv"):
        bearers[row["cow"]].add(row["id"])
    shared = {number: states for number, states in bearers.items() if number and len(states) > 1}
    assert shared == {"365": {"RUS", "SUN"}, "345": {"YUG", "SCG"}}


@pytest.mark.parametrize(
    ("id", "since", "until"),
    [
        ("SSD", "2011-07-09", None),
        ("ERI", "1993-05-24", None),
        ("MNE", "2006-06-03", None),
        ("TLS", "2002-05-20", None),
        ("SUN", None, "1991-12-25"),
        ("CSK", None, "1992-12-31"),
        ("DDR", "1949-10-07", "1990-10-03"),
        ("YMD", "1967-11-30", "1990-05-22"),
        ("KOS", "2008-02-17", None),
        ("GHA", "1957-03-06", None),
    ],
)
def test_states_begin_and_end(gazetteer: Gazetteer, id: str, since: str | None, until: str | None) -> None:
    """Dates of independence and dissolution."""
    (entry,) = gazetteer.entries(id)
    assert (entry.since, entry.until) == (since, until)


def test_successors_leave_no_gap(gazetteer: Gazetteer) -> None:
    """On every New Year's Day since 1946 someone bears the names Russian, German, Serbian and Yemeni."""
    for year in range(1950, 2027):
        for demonym in ("Russian", "German", "Serbian", "Yemeni"):
            assert gazetteer.senses(demonym, f"{year}-01-01"), (demonym, year)


def test_no_state_is_named_by_a_word_of_many_meanings(gazetteer: Gazetteer) -> None:
    """Names that open sentences or name cities of no consequence were kept out of the seats of government."""
    for word in ("Male", "Victoria", "Salisbury", "Reunion Party", "Memorial", "Shell"):
        assert gazetteer.senses(word) == (), word


# --- the Security Council


@pytest.mark.parametrize("year", range(1946, 2027))
def test_the_council_has_its_seats(gazetteer: Gazetteer, year: int) -> None:
    """Eleven members until 1965, fifteen since, among them the five permanent seats."""
    members = gazetteer.members("UNSC", f"{year}-06-15")
    assert len(members) == (11 if year < 1966 else 15)
    assert len(gazetteer.members("P5", f"{year}-06-15")) == 5


def test_the_council_of_january_2012(gazetteer: Gazetteer) -> None:
    """The members before whom the draft on Syria of that winter came."""
    elected = {"AZE", "COL", "DEU", "GTM", "IND", "MAR", "PAK", "PRT", "TGO", "ZAF"}
    assert set(gazetteer.members("UNSC", "2012-01-18")) == PERMANENT | elected
    assert set(gazetteer.members("E10", "2012-01-18")) == elected


@pytest.mark.parametrize(
    ("on", "china", "russia"),
    [("1971-10-24", "TWN", "SUN"), ("1971-10-26", "CHN", "SUN"), ("1992-01-31", "CHN", "RUS")],
)
def test_two_permanent_seats_changed_hands(gazetteer: Gazetteer, on: str, china: str, russia: str) -> None:
    """The China seat in October 1971, the Soviet seat in December 1991."""
    assert set(gazetteer.members("P5", on)) == {china, russia, "FRA", "GBR", "USA"}


@pytest.mark.parametrize(("year", "one", "other"), [(2017, "ITA", "NLD"), (1956, "YUG", "PHL"), (1961, "LBR", "IRL")])
def test_some_terms_were_split(gazetteer: Gazetteer, year: int, one: str, other: str) -> None:
    """Two states shared a term, a year each."""
    first, second = gazetteer.members("UNSC", f"{year}-06"), gazetteer.members("UNSC", f"{year + 1}-06")
    assert one in first and other not in first
    assert other in second and one not in second


def test_no_elected_member_follows_itself() -> None:
    """Article 23: a retiring member is not eligible for immediate re-election."""
    terms = [row for row in table("members.csv") if row["organization"] == "E10"]
    first_years = {(row["state"], int(row["since"][:4])) for row in terms}
    years_after = {(row["state"], int(row["until"][:4]) + 1) for row in terms}
    assert first_years & years_after == set()


@pytest.mark.skipif(not VOTES.is_file(), reason="needs ../shared/data with the Council's voting record")
def test_those_who_voted_were_members(gazetteer: Gazetteer) -> None:
    """Who voted on a draft, 1994-2025, sat in the Council on that day; one draft of the record carries another day's votes."""
    voters: dict[tuple[str, str], set[str]] = defaultdict(set)
    with VOTES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["usable"] == "Y":
                name = {"Congo": "Republic of the Congo"}.get(row["member"], row["member"])
                voters[row["date"], row["draft"]].add(gazetteer.senses(name, row["date"])[0].entry.id)
    strangers = {draft for (date, draft), ids in voters.items() if ids - set(gazetteer.members("UNSC", date))}
    assert len(voters) > 1900
    assert strangers == {"S/1997/428"}


# --- other memberships


@pytest.mark.parametrize(
    ("organization", "on", "count"),
    [
        ("UN", "1945-12-31", 51), ("UN", "1991-01-01", 159), ("UN", "2010", 192), ("UN", "2012", 193),
        ("EU", "1972", 6), ("EU", "1985", 10), ("EU", "1994", 12), ("EU", "2004-06", 25), ("EU", "2014", 28), ("EU", "2021", 27),
        ("NATO", "1949-05", 12), ("NATO", "1990", 16), ("NATO", "2012", 28), ("NATO", "2024-04", 32),
        ("ARL", "2011-01", 22), ("ARL", "2012", 21), ("ARL", "2024", 22), ("AU", "2024", 54), ("GCC", "2012", 6),
        ("BRICS", "2009-07", 4), ("BRICS", "2012", 5), ("BRICS", "2025-02", 10), ("G7", "2024", 7), ("G8", "2012", 8),
        ("G20", "2012", 20), ("G20", "2024", 21), ("ASEAN", "2000", 10), ("ASEAN", "2026", 11), ("ECOWAS", "2012", 15),
        ("ECOWAS", "2025-02", 12), ("OSCE", "2013", 57), ("OIC", "2011", 57), ("COE", "2021", 47), ("COE", "2023", 46),
        ("OPEC", "2012", 12), ("CSTO", "2011", 7), ("CSTO", "2024", 6), ("CIS", "1995", 12), ("EAEU", "2016", 5),
        ("SCO", "2024-08", 10), ("SADC", "2019", 16), ("EAC", "2024", 8), ("MERCOSUR", "2013", 5), ("COMMONWEALTH", "2023", 56),
        ("EUROZONE", "2012", 17), ("EUROZONE", "2026", 21),
        ("OAS", "1991-06", 34), ("OECD", "2022", 38),
    ],
)  # fmt: skip
def test_organisations_have_as_many_members_as_is_known(
    gazetteer: Gazetteer, organization: str, on: str, count: int
) -> None:
    """Enlargements and departures, counted."""
    assert len(gazetteer.members(organization, on)) == count


@pytest.mark.parametrize(
    ("organization", "state", "joined", "left"),
    [
        ("UN", "CHE", "2002-09-10", None),
        ("UN", "SSD", "2011-07-14", None),
        ("EU", "GBR", "1973-01-01", "2020-01-31"),
        ("NATO", "FIN", "2023-04-04", None),
        ("ECOWAS", "MLI", "1975-05-28", "2025-01-29"),
        ("CIS", "GEO", "1993-12-03", "2009-08-18"),
        ("BRICS", "ZAF", "2010-12-24", None),
        ("COE", "RUS", "1996-02-28", "2022-03-16"),
    ],
)
def test_members_join_and_leave_on_their_days(organization: str, state: str, joined: str, left: str | None) -> None:
    """Dates of accession and departure."""
    rows = [row for row in table("members.csv") if (row["organization"], row["state"]) == (organization, state)]
    assert [(row["since"], row["until"]) for row in rows] == [(joined, left or "")]


def test_a_suspended_member_is_out_while_it_lasts(gazetteer: Gazetteer) -> None:
    """Syria was out of the League of Arab States from November 2011 to May 2023, Egypt in the 1980s."""
    assert "SYR" in gazetteer.members("ARL", "2011-10")
    assert "SYR" not in gazetteer.members("ARL", "2012-01-18")
    assert "EGY" not in gazetteer.members("ARL", "1985")


def test_no_membership_is_counted_twice(gazetteer: Gazetteer) -> None:
    """Two rows of one member in one body never cover the same year in full."""
    periods = defaultdict(list)
    for row in table("members.csv"):
        periods[row["organization"], row["state"]].append((row["since"], row["until"] or "9999"))
    for pair, spans in periods.items():
        spans.sort()
        assert all(end <= begin for (_, end), (begin, _) in pairwise(spans)), pair


# --- what the first text of the project needs


@pytest.mark.parametrize(
    ("surface", "id"),
    [
        ("Russia", "RUS"), ("Syria", "SYR"), ("UN", "UN"), ("China", "CHN"), ("UN Security Council", "UNSC"), ("UNSC", "UNSC"),
        ("the Arab League", "ARL"), ("Security Council", "UNSC"), ("BRICS Group", "BRICS"), ("the West", "WEST"),
        ("Libya", "LBY"), ("U.S.", "USA"), ("Arab League", "ARL"), ("Syrian", "SYR"), ("Arab states", "ARAB-STATES"),
    ],
)  # fmt: skip
def test_a_ministers_press_conference_names_known_actors(gazetteer: Gazetteer, surface: str, id: str) -> None:
    """States, bodies and blocs of a report of January 2012 on Syria."""
    assert [sense.entry.id for sense in gazetteer.senses(surface, "2012-01-18")] == [id]


def test_no_alias_repeats_another_of_its_row() -> None:
    """Spellings that fold to the same name are listed once."""
    for name in ("states.csv", "organizations.csv"):
        for row in table(name):
            aliases = [part for part in row["aliases"].split("|") if part]
            folded = [(fold(alias), alias[0].isupper(), alias.isupper()) for alias in aliases]
            assert len(folded) == len(set(folded)), row["id"]
