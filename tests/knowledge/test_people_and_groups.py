"""The lists of people and groups: well-formed, free of contradiction, complete where it matters, and right on known facts."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from itertools import combinations
from pathlib import Path

import pytest

from dragoman.knowledge import Gazetteer
from dragoman.knowledge.periods import covers, not_after, well_formed
from dragoman.knowledge.surfaces import fold, is_acronym
from dragoman.knowledge.tables import SECTORS

SHARED = Path(__file__).parents[3] / "shared"
DATA = files("dragoman.knowledge") / "data"

Row = dict[str, str]

_LETTERS = str.maketrans("øØłŁıđĐð", "oOlLidDd", "'’.,") | {
    ord("æ"): "ae",
    ord("Þ"): "Th",
    ord("þ"): "th",
    ord("ß"): "ss",
}

FOREIGN_MINISTERS = frozenset({"foreign minister", "secretary of state", "foreign secretary"})
DEFENCE_MINISTERS = frozenset({"defence minister", "defense secretary", "defence secretary"})
ENVOYS_TO_THE_UN = frozenset({"ambassador to the UN"})
HEADS = frozenset(
    (
        "president|prime minister|premier|chancellor|taoiseach|chief executive|chief adviser|minister of state|"
        "king|monarch|emperor|emir|sultan|prince|grand duke|pope|head of state|supreme leader|leader|junta leader|"
        "secretary of state|member of the presidency|chairman of parliament|chairman of the Presidential Council|"
        "president of the transitional council|chairman of the military junta|chairman of the Sovereignty Council|"
        "head of the Supreme Council of the Armed Forces|chairman of the interim administration|US administrator|"
        "chairman of the National Transitional Council"
    ).split("|")
)
SHARED_OFFICES = {"leader", "junta leader", "member of the presidency"}
HELD_BY_ONE = FOREIGN_MINISTERS | DEFENCE_MINISTERS | ENVOYS_TO_THE_UN | (HEADS - SHARED_OFFICES)

RIVALS_AND_DEPUTIES = {
    ("alcide-djedje", "2010-12"): "each of two presidents of Ivory Coast had a foreign minister",
    ("mahmoud-jibril", "2011-03-23"): "the rebels of Benghazi had a government beside the colonel's",
    ("fayez-al-sarraj", "2016-04-05"): "Tripoli and Bayda each had a government",
    ("mohamed-siala", "2016-01"): "Tripoli and Bayda each had a government",
    ("goodluck-jonathan", "2010-02-09"): "acted for the president, who was ill abroad",
    ("rupiah-banda", "2008-06-29"): "acted for the president, who was ill abroad",
    ("vlatko-pavletic", "1999-11-26"): "acted for the president, who was dying",
    ("nicolae-vacaroiu", "2007-04-20"): "acted while the president was suspended",
    ("crin-antonescu", "2012-07-10"): "acted while the president was suspended",
    ("cynthia-pratt", "2005-05-04"): "acted for the prime minister, who was ill",
    ("anne-enger-lahnstein", "1998-08-30"): "acted for the prime minister, who was ill",
    ("joseph-nerette", "1991-10-08"): "the army's president; the elected one was in exile",
    ("emile-jonassaint", "1994-05-12"): "the army's president; the elected one was in exile",
    ("gilbert-diendere", "2015-09-17"): "led a coup that failed within the week",
}
"""Tenures that run beside another one in the same office, and why that is true."""

NAMESAKES = {"andris berzins", "david bakradze", "david johnston"}
"""Names that two people of the list bear; a suffix tells their ids apart."""

KNOWN_BY_ONE_WORD = frozenset(
    (
        "akihito amlo arkan birendra boediono gyanendra hemedti hemeti hemetti jokowi lula mbs mbz megawati moeldoko najibullah "
        "naruhito prabowo prachanda sudharmono sugiono suharto sukarno tedros timochenko tuivakano vajiralongkorn wiranto"
    ).split()
)
"""People whom news call by one name that is not their surname, or that have only one."""


def read_rows(name: str) -> list[Row]:
    return list(csv.DictReader((DATA / name).read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def people() -> list[Row]:
    return read_rows("people.csv")


@pytest.fixture(scope="module")
def groups() -> list[Row]:
    return read_rows("groups.csv")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def parts(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def slug(name: str) -> str:
    """The usual English name as an id: no diacritics, words joined by hyphens."""
    letters = name.translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def in_office(row: Row, on: str) -> bool:
    return covers(row["since"] or None, row["until"] or None, on)


def holders(rows: Iterable[Row], country: str, offices: frozenset[str], on: str) -> set[str]:
    return {row["id"] for row in rows if row["country"] == country and row["office"] in offices and in_office(row, on)}


def spelled(surface: str, gazetteer: Gazetteer, on: str | None = None) -> set[str]:
    return {sense.entry.id for sense in gazetteer.senses(surface, on)}


# --- shape


def test_a_person_is_called_by_the_slug_of_the_name(people: list[Row]) -> None:
    """An id is the slug of the name; a suffix tells namesakes apart, a title may be left out."""
    faults = [
        f"{row['id']} for {row['name']}"
        for row in people
        if not (row["id"] + "-").startswith(slug(row["name"]) + "-") and not slug(row["name"]).endswith("-" + row["id"])
    ]
    assert faults == []


def test_ids_are_plain(people: list[Row], groups: list[Row]) -> None:
    """People have lower-case slugs; groups the usual acronym or a slug."""
    assert [row["id"] for row in people if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"])] == []
    assert [row["id"] for row in groups if not re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", row["id"])] == []


def test_one_id_is_one_person(people: list[Row]) -> None:
    """All tenures of an id give the same name."""
    names = defaultdict(set)
    for row in people:
        names[row["id"]].add(row["name"])
    assert {id: found for id, found in names.items() if len(found) > 1} == {}


def test_one_name_is_one_id(people: list[Row]) -> None:
    """The same name under two ids is a person listed twice, unless they are known namesakes."""
    ids = defaultdict(set)
    for row in people:
        ids[fold(row["name"])].add(row["id"])
    assert {name for name, found in ids.items() if len(found) > 1} == NAMESAKES


def test_a_tenure_is_listed_once(people: list[Row]) -> None:
    """Person, country, office and beginning make a tenure."""
    tenures = [(row["id"], row["country"], row["office"], row["since"]) for row in people]
    assert len(tenures) == len(set(tenures))


def test_people_are_sorted(people: list[Row]) -> None:
    """By id, then by beginning, so that a change shows as one line."""
    keys = [(row["id"], row["since"]) for row in people]
    assert keys == sorted(keys)


def test_dates_exist_and_are_in_order(people: list[Row], groups: list[Row]) -> None:
    """Every date is a day, month or year of the calendar, and no period ends before it begins."""
    for row in people + groups:
        since, until = row["since"], row["until"]
        assert all(well_formed(text) for text in (since, until) if text), row
        assert not since or not until or not_after(since, until), row


def test_every_tenure_has_a_beginning_and_an_office(people: list[Row]) -> None:
    """Nobody holds an office since for ever."""
    assert [row["id"] for row in people if not row["since"] or not row["office"]] == []


def test_sectors_are_plover_sectors(people: list[Row], groups: list[Row]) -> None:
    """Each row has at least one, none twice."""
    for row in people + groups:
        sectors = parts(row["sectors"])
        assert sectors and set(sectors) <= SECTORS and len(sectors) == len(set(sectors)), row


def test_an_alias_adds_a_spelling(people: list[Row], groups: list[Row]) -> None:
    """No alias repeats the name or another alias once case, hyphens and diacritics are set aside."""
    for row in people + groups:
        spellings = [fold(name) for name in (row["name"], *parts(row["aliases"]))]
        assert len(spellings) == len(set(spellings)) and all(spellings), row


def test_a_bare_surname_is_no_alias(people: list[Row]) -> None:
    """Surnames are for the reader to derive; one-word names are of people known by them."""
    single = {name for row in people for name in (row["name"], *parts(row["aliases"])) if len(fold(name).split()) == 1}
    assert {fold(name) for name in single} <= KNOWN_BY_ONE_WORD


def test_acronyms_of_groups_are_acronyms(groups: list[Row]) -> None:
    """Column acronyms holds what is written in capitals, a few with a small letter, a figure or a hyphen aside."""
    mixed = {"AfD", "BfV", "ChRI", "ARBiH", "ISIS-K", "3R"}
    assert {a for row in groups for a in parts(row["acronyms"]) if not is_acronym(a)} <= mixed


def test_a_group_has_one_row_and_its_own_id(groups: list[Row], people: list[Row]) -> None:
    """No two groups, and no group and person, share an id."""
    ids = [row["id"] for row in groups]
    assert len(ids) == len(set(ids))
    assert not {row["id"] for row in people} & set(ids)


def test_everyone_speaks_for_someone_known(people: list[Row], gazetteer: Gazetteer) -> None:
    """The country of a person is a state, an organisation, a bloc or a group of the gazetteer."""
    kinds = {"state", "organization", "bloc", "group"}
    unknown = {row["country"] for row in people if {entry.kind for entry in gazetteer.entries(row["country"])} - kinds}
    missing = {row["country"] for row in people if not gazetteer.entries(row["country"])}
    assert unknown | missing == set()


def test_people_and_groups_fit_states_and_organizations(gazetteer: Gazetteer) -> None:
    """Countries exist and existed on those dates."""
    gazetteer.check()


# --- offices that one person holds


def earliest(text: str) -> date:
    return date.fromisoformat(text + "0000-01-01"[len(text) :])


def latest(text: str) -> date:
    """The first day of the next year or month stands for the end of the one before."""
    start = earliest(text)
    if len(text) == 4:
        return date(start.year + 1, 1, 1)
    return date(start.year + start.month // 12, start.month % 12 + 1, 1) if len(text) == 7 else start


def overlaps(rows: Iterable[Row], days: int = 31) -> list[str]:
    """Pairs of tenures in one office that certainly ran side by side for longer than `days`."""
    posts = defaultdict(list)
    for row in rows:
        if row["office"] in HELD_BY_ONE and (row["id"], row["since"]) not in RIVALS_AND_DEPUTIES:
            posts[row["country"], row["office"]].append(row)
    return [
        f"{post}: {one['name']} to {one['until']}, {other['name']} from {other['since']}"
        for post, tenures in posts.items()
        for one, other in combinations(sorted(tenures, key=lambda row: row["since"]), 2)
        if together(one, other) > days
    ]


def together(one: Row, other: Row) -> int:
    """Days that two tenures certainly shared: from the later of the latest beginnings to the earlier of the earliest ends."""
    ends = [earliest(row["until"]) if row["until"] else date.max for row in (one, other)]
    return (min(ends) - max(latest(row["since"]) for row in (one, other))).days


def tenure(name: str, since: str, until: str, office: str = "president") -> Row:
    return {"id": slug(name), "name": name, "country": "FRA", "office": office, "since": since, "until": until}


def test_no_two_hold_one_office(people: list[Row]) -> None:
    """A state has one president, one foreign minister, one envoy to the UN at a time, true rivals and deputies apart."""
    assert overlaps(people) == []


def test_two_presidents_at_once_are_found() -> None:
    """The search for overlaps sees a tenure that begins months before the last one ends."""
    (fault,) = overlaps([tenure("Ana First", "1995", "2002-05-16"), tenure("Bo Second", "2001-02", "")])
    assert "Ana First to 2002-05-16, Bo Second from 2001-02" in fault


def test_a_change_of_office_within_a_month_is_no_overlap() -> None:
    """Dates of appointment, oath and handing over differ between sources by days."""
    assert overlaps([tenure("Ana First", "1995", "2002-05-16"), tenure("Bo Second", "2002-05-01", "")]) == []


def test_dates_known_to_the_year_do_not_overlap() -> None:
    """Two tenures that touch the same year may have followed each other."""
    assert overlaps([tenure("Ana First", "1995", "1998"), tenure("Bo Second", "1998", "2001")]) == []


def test_a_deputy_named_as_such_is_still_there(people: list[Row]) -> None:
    """Every exception names a tenure of the list, so none outlives its row."""
    assert RIVALS_AND_DEPUTIES.keys() <= {(row["id"], row["since"]) for row in people}


# --- completeness


def test_there_are_thousands_of_tenures_and_hundreds_of_groups(people: list[Row], groups: list[Row]) -> None:
    """The floor under the size of both lists."""
    assert len(people) >= 10_000
    assert len(groups) >= 900


@pytest.mark.parametrize("on", [f"{year}-07-01" for year in range(1992, 2026)])
def test_every_member_of_the_un_has_a_head(people: list[Row], gazetteer: Gazetteer, on: str) -> None:
    """On the first of July somebody led each: but San Marino's captains are not listed, and Somalia and Fiji had nobody."""
    headless = {state for state in gazetteer.members("UN", on) if not holders(people, state, HEADS, on)}
    vacant = {"SOM"} if "1997" <= on < "2000-08" else set()
    vacant |= {"FJI"} if on == "2000-07-01" else set()
    assert headless == {"SMR"} | vacant


@pytest.mark.parametrize("state", ["USA", "RUS", "CHN", "GBR", "FRA"])
@pytest.mark.parametrize(
    "offices", [FOREIGN_MINISTERS, DEFENCE_MINISTERS, ENVOYS_TO_THE_UN], ids=["foreign", "defence", "un"]
)
def test_permanent_members_are_represented_without_a_gap(
    people: list[Row], state: str, offices: frozenset[str]
) -> None:
    """In every year since 1993 the five had a foreign minister, a defence minister and an envoy to the UN."""
    assert [year for year in range(1993, 2026) if not holders(people, state, offices, str(year))] == []


def test_the_g20_has_foreign_ministers_without_a_gap(people: list[Row], gazetteer: Gazetteer) -> None:
    """In every year since 1992, for each of its member states."""
    states = [id for id in gazetteer.members("G20", "2020") if gazetteer.entries(id)[0].kind == "state"]
    gaps = [(s, y) for s in states for y in range(1992, 2026) if not holders(people, s, FOREIGN_MINISTERS, str(y))]
    assert len(states) == 19
    assert gaps == []


def test_foreign_ministers_of_nine_states_in_ten(people: list[Row], gazetteer: Gazetteer) -> None:
    """Of the members of the UN on the first of July of each year, at least 93 in 100 have a foreign minister listed."""
    days = [f"{year}-07-01" for year in range(1992, 2026)]
    seats = [(state, day) for day in days for state in gazetteer.members("UN", day)]
    filled = [seat for seat in seats if holders(people, seat[0], FOREIGN_MINISTERS, seat[1])]
    assert len(filled) / len(seats) >= 0.93


@pytest.mark.parametrize(
    ("country", "at_least"),
    [
        ("SYR", 40),
        ("COD", 20),
        ("COL", 10),
        ("MMR", 20),
        ("UKR", 15),
        ("NGA", 12),
        ("SDN", 15),
        ("IND", 15),
        ("GBR", 15),
    ],
)
def test_groups_of_every_region(groups: list[Row], country: str, at_least: int) -> None:
    """The conflicts that fill the news have their parties listed."""
    assert len([row for row in groups if row["country"] == country]) >= at_least


# --- known facts


@pytest.mark.parametrize(
    ("name", "on", "office", "country"),
    [
        ("Sergei Lavrov", "2012-01-18", "foreign minister", "RUS"),
        ("Sergei Lavrov", "2003-03-05", "ambassador to the UN", "RUS"),
        ("Vitaly Churkin", "2012-02-04", "ambassador to the UN", "RUS"),
        ("Vladimir Putin", "2011-09-24", "prime minister", "RUS"),
        ("Dmitry Medvedev", "2011-09-24", "president", "RUS"),
        ("Hillary Clinton", "2012-02-04", "secretary of state", "USA"),
        ("Susan Rice", "2012-02-04", "ambassador to the UN", "USA"),
        ("Colin Powell", "2003-02-05", "secretary of state", "USA"),
        ("William Hague", "2011-03-17", "foreign secretary", "GBR"),
        ("Alain Juppé", "2011-03-17", "foreign minister", "FRA"),
        ("Dominique de Villepin", "2003-02-14", "foreign minister", "FRA"),
        ("Yang Jiechi", "2012-02-04", "foreign minister", "CHN"),
        ("Joschka Fischer", "2003-02-08", "foreign minister", "DEU"),
        ("Ahmet Davutoglu", "2012-06-22", "foreign minister", "TUR"),
        ("Walid al-Moallem", "2012-01-24", "foreign minister", "SYR"),
        ("Kofi Annan", "2012-04-12", "special envoy for Syria", "UN"),
        ("Kofi Annan", "1999-03-24", "secretary-general", "UN"),
        ("Ban Ki-moon", "2005-09-19", "foreign minister", "KOR"),
        ("Mohamed ElBaradei", "2003-03-07", "director general", "IAEA"),
        ("Nabil Elaraby", "2011-05-01", "foreign minister", "EGY"),
        ("Nabil Elaraby", "2012-01-22", "secretary-general", "ARL"),
        ("Nelson Mandela", "1994-05-10", "president", "ZAF"),
        ("Margaret Thatcher", "1990-11-28", "prime minister", "GBR"),
        ("Eduard Shevardnadze", "1990-12-20", "foreign minister", "SUN"),
        ("Eduard Shevardnadze", "2003-11-01", "president", "GEO"),
        ("Slobodan Milosevic", "1995-11-21", "president of Serbia", "YUG"),
        ("Slobodan Milosevic", "1999-03-24", "president", "YUG"),
        ("Catherine Ashton", "2013-11-24", "high representative", "EU"),
        ("Fatou Bensouda", "2016-09-01", "prosecutor", "ICC"),
        ("Hassan Nasrallah", "2006-07-12", "secretary-general", "hezbollah"),
        ("Yasser Arafat", "1993-09-13", "chairman", "PLO"),
    ],
)
def test_who_held_an_office(gazetteer: Gazetteer, name: str, on: str, office: str, country: str) -> None:
    """A name on a date leads to the office and to the body spoken for."""
    held = {(sense.entry.office, sense.entry.parent or sense.entry.country) for sense in gazetteer.senses(name, on)}
    assert (office, country) in held


@pytest.mark.parametrize(
    ("spelling", "id"),
    [
        ("Sergey Lavrov", "sergei-lavrov"),
        ("Mahmud Ahmadinejad", "mahmoud-ahmadinejad"),
        ("Bashar Assad", "bashar-al-assad"),
        ("Moammar Gadhafi", "muammar-gaddafi"),
        ("Volodymyr Zelensky", "volodymyr-zelenskyy"),
        ("Alyaksandr Lukashenka", "alexander-lukashenko"),
        ("Viktor Yanukovich", "viktor-yanukovych"),
        ("Mohammed Mursi", "mohamed-morsi"),
        ("Abdel Fattah el-Sisi", "abdel-fattah-al-sisi"),
        ("Nouri Maliki", "nouri-al-maliki"),
        ("Gerhard Schroeder", "gerhard-schroder"),
        ("Francois Hollande", "francois-hollande"),
        ("Zoran Djindjic", "zoran-dindic"),
        ("Kim Jong Un", "kim-jong-un"),
        ("P.J. Crowley", "p-j-crowley"),
        ("Usama bin Laden", "osama-bin-laden"),
    ],
)
def test_other_spellings_lead_to_the_same_person(gazetteer: Gazetteer, spelling: str, id: str) -> None:
    """News agencies do not agree on how to write a name."""
    assert spelled(spelling, gazetteer) == {id}


def test_out_of_office_means_no_sense(gazetteer: Gazetteer) -> None:
    """A name says nothing about offices before and after they were held; the person stays known by the id."""
    assert spelled("Lakhdar Brahimi", gazetteer, on="2013-06-05") == {"lakhdar-brahimi"}
    assert spelled("Lakhdar Brahimi", gazetteer, on="2016") == set()
    assert {entry.office for entry in gazetteer.entries("lakhdar-brahimi")} >= {
        "foreign minister",
        "special envoy for Syria",
    }


def test_an_envoy_takes_the_country_code_of_the_organisation(gazetteer: Gazetteer) -> None:
    """Who speaks for the UN is UNO, for a state the state."""
    (envoy,) = gazetteer.senses("Staffan de Mistura", on="2016-02-01")
    assert (envoy.entry.country, envoy.entry.parent) == ("UNO", "UN")


def test_a_rebel_leader_takes_the_country_code_of_the_group(gazetteer: Gazetteer) -> None:
    """Who speaks for a group is where the group is, with the group's standing."""
    (leader,) = gazetteer.senses("Jonas Savimbi", on="1998")
    assert (leader.entry.country, leader.entry.parent, leader.entry.sectors) == ("AGO", "UNITA", ("REB",))


@pytest.mark.parametrize(
    ("surface", "on", "id"),
    [
        ("ISIL", "2015", "ISIS"),
        ("Daesh", "2016-03", "ISIS"),
        ("Islamic State", "2014-08-08", "ISIS"),
        ("Hizbullah", "2006", "hezbollah"),
        ("Hizbollah", "1996", "hezbollah"),
        ("al-Shabab", "2013", "al-shabaab"),
        ("Al Shabaab", "2013", "al-shabaab"),
        ("al Qaida", "2001-09-12", "al-qaeda"),
        ("Jabhat al-Nusra", "2013", "nusra-front"),
        ("Free Syrian Army", "2012", "FSA"),
        ("Syrian National Council", "2012-01-18", "SNC-COUNCIL"),
        ("Syrian Opposition Negotiations Commission", "2019", "syrian-negotiations-commission"),
        ("High Negotiations Committee", "2016-02", "HNC"),
        ("PKK", "1999", "PKK"),
        ("FARC", "2003", "FARC"),
        ("Tamil Tigers", "2009-05", "LTTE"),
        ("Pasdaran", "1990", "IRGC"),
        ("Revolutionary Guards", "2019-04", "IRGC"),
        ("IDF", "2006", "IDF"),
        ("Wagner Group", "2022", "wagner-group"),
        ("Janjaweed", "2004", "janjaweed"),
        ("Movement for Democratic Change", "2008-03", "MDC"),
        ("Lord’s Resistance Army", "2005", "LRA"),
        ("Khmer Rouge", "1993", "khmer-rouge"),
    ],
)
def test_groups_by_their_names(gazetteer: Gazetteer, surface: str, on: str, id: str) -> None:
    """Acronyms, translations and spellings lead to one group."""
    assert spelled(surface, gazetteer, on) == {id}


@pytest.mark.parametrize(
    ("name", "sovereign"),
    [
        ("Abkhazia", "GEO"),
        ("South Ossetia", "GEO"),
        ("Transnistria", "MDA"),
        ("Donetsk People's Republic", "UKR"),
        ("Luhansk People's Republic", "UKR"),
        ("Nagorno-Karabakh", "AZE"),
        ("Northern Cyprus", "CYP"),
        ("Somaliland", "SOM"),
        ("Polisario Front", "MAR"),
    ],
)
def test_breakaway_entities_have_their_nominal_sovereign(gazetteer: Gazetteer, name: str, sovereign: str) -> None:
    """PLOVER codes them with the state they left and sector PRE."""
    (sense,) = gazetteer.senses(name, on="2015")
    assert sense.entry.country == sovereign
    assert sense.entry.sectors[0] == "PRE"


@pytest.mark.parametrize(
    ("name", "before", "then", "after", "now"),
    [
        ("Taliban", "2021-08-01", "REB", "2021-09-01", "GOV"),
        ("Rapid Support Forces", "2022", "PRM", "2023-05", "REB"),
        ("UNITA", "2001", "REB", "2008", "PTY"),
        ("CNDD-FDD", "2002", "REB", "2010", "PTY"),
    ],
)
def test_a_group_changes_its_standing(
    gazetteer: Gazetteer, name: str, before: str, then: str, after: str, now: str
) -> None:
    """Rebels become governments and parties, militias become rebels: the date decides."""
    (earlier,), (later,) = gazetteer.senses(name, on=before), gazetteer.senses(name, on=after)
    assert (earlier.entry.sectors[0], later.entry.sectors[0]) == (then, now)


def test_an_ended_group_is_not_named_later(gazetteer: Gazetteer) -> None:
    """Nobody is the Tamil Tigers in 2015."""
    assert spelled("Tamil Tigers", gazetteer, on="2015") == set()


def test_an_acronym_can_mean_several_groups(gazetteer: Gazetteer) -> None:
    """SDF fights in Syria, SDF serves Japan: both come back, and the text decides."""
    assert spelled("SDF", gazetteer, on="2018") >= {"SDF", "JSDF"}


# --- agreement with published lists, where they are beside the project


def rulers() -> list[Row]:
    path = SHARED / "data" / "leaders_archigos_1945_2015.csv"
    if not path.is_file():
        pytest.skip("../shared/data/leaders_archigos_1945_2015.csv is not beside the project")
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["enddate"] >= "1991" and row["startdate"] >= "1991"]


def test_rulers_agree_with_archigos(people: list[Row]) -> None:
    """Of the rulers who came to power in 1991-2015, at least 9 in 10 began here within a month of the day given there."""
    state_of = {row["cow"]: row["id"] for row in read_rows("states.csv") if row["cow"]}
    state_of["260"] = "DEU"
    begun = defaultdict(set)
    for row in people:
        if row["office"] in HEADS:
            begun[row["country"]].add(row["since"])
    known = [row for row in rulers() if row["ccode"] in state_of]
    agreeing = [r for r in known if any(near(since, r["startdate"]) for since in begun[state_of[r["ccode"]]])]
    assert len(known) > 700
    assert len(agreeing) / len(known) >= 0.9


def near(since: str, day: str) -> bool:
    return earliest(since).toordinal() - 31 <= earliest(day).toordinal() <= latest(since).toordinal() + 31
