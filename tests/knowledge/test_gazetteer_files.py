"""What the loader accepts and what it refuses: small folders of data files, each with one fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge import Gazetteer
from dragoman.knowledge.gazetteer import COLUMNS

STATES = """\
ARD,AR,901,Ardania,Republic of Ardania,ARDN,Ardanian|Ardanians,Ardaville|the Green Palace,1950,,
BEL,BE,902,Belloria,,,Bellorian,,1900-05-01,1991-12-26,
ISL,IS,,Isle of Ard,,,,,,,ARD
"""
ORGANIZATIONS = """\
LOA,League of Ardania,LOA,the League,organization,IGO,JUD|GOV,,Ardaville,1960,
LOC,League Court,,,organization,IGO,JUD,LOA,,1970,1990
NORTH,the North,,,bloc,,,,,,
"""
GROUPS = "free-ard,Free Ardania Front,FAF,,,ARD,REB,1980,\n"
PEOPLE = """\
ada-venn,Ada Venn,Ada Wenn,ARD,foreign minister,GOV,1990-02-01,1995-06-30
ada-venn,Ada Venn,,LOA,secretary-general,,1996,
tom-kell,Tom Kell,,free-ard,spokesman,REB,1985,1988
"""
MEMBERS = "LOA,ARD,1960,\nLOA,BEL,1965,1980-03\n"
ROWS = {
    "states.csv": STATES,
    "organizations.csv": ORGANIZATIONS,
    "groups.csv": GROUPS,
    "people.csv": PEOPLE,
    "members.csv": MEMBERS,
}
CERTIFICATE = 'title = "t"\nsource = "s"\nversion = "2026"\nlicence = "CC0-1.0"\nprepared = "by hand"\n'


def folder(path: Path, *, catalogue: str | None = None, **changed: str | None) -> Path:
    """A folder of data files; a keyword gives a file other rows, or none at all."""
    rows = {**ROWS, **{f"{name}.csv": text for name, text in changed.items()}}
    for name, text in rows.items():
        if text is not None:
            header = COLUMNS[name].replace(" ", ",")
            (path / name).write_text(f"{header}\n{text}", encoding="utf-8")
    certificates = "".join(f'["{name}"]\n{CERTIFICATE}' for name in COLUMNS) if catalogue is None else catalogue
    (path / "catalogue.toml").write_text(certificates, encoding="utf-8")
    return path


def refusal(path: Path, *, check: bool = False, **changed: str) -> str:
    """The message with which such a folder is refused, by the load or only by the full check."""
    made = folder(path, **changed)
    if not check:
        with pytest.raises(KnowledgeError) as caught:
            Gazetteer.load(made)
        return str(caught.value)
    gazetteer = Gazetteer.load(made)
    with pytest.raises(KnowledgeError) as caught:
        gazetteer.check()
    return str(caught.value)


# --- what is accepted


def test_a_sound_folder_loads_and_passes(tmp_path: Path) -> None:
    """The folder on which the other tests build has no fault."""
    gazetteer = Gazetteer.load(folder(tmp_path))
    gazetteer.check()
    assert [sense.entry.id for sense in gazetteer.senses("the Green Palace")] == ["ARD"]


def test_files_that_are_not_there_are_not_missed(tmp_path: Path) -> None:
    """People and groups may come later, or never."""
    gazetteer = Gazetteer.load(folder(tmp_path, people=None, groups=None))
    gazetteer.check()
    assert gazetteer.senses("Ada Venn") == ()


def test_an_entry_comes_once(tmp_path: Path) -> None:
    """A city state whose name is its people's and its capital's gives one sense, the name."""
    row = "SOL,SO,,Solis,,,Solis|Solian,Solis,,,\n"
    (sense,) = Gazetteer.load(folder(tmp_path, states=STATES + row)).senses("Solis")
    assert sense.via == "name"


def test_an_article_can_begin_a_name_that_needs_it(tmp_path: Path) -> None:
    """Where "the Green Palace" is a name, a scan must not pass over a small "the"; "North" alone begins none."""
    gazetteer = Gazetteer.load(folder(tmp_path))
    assert gazetteer.reach("the") == gazetteer.reach("The") == len("the Green Palace".split())
    assert gazetteer.reach("North") == 0


def test_a_person_has_an_entry_for_each_tenure(tmp_path: Path) -> None:
    """The same name holds another office after a date."""
    gazetteer = Gazetteer.load(folder(tmp_path))
    before, after = gazetteer.entries("ada-venn")
    assert (before.office, before.country, before.sectors) == ("foreign minister", "ARD", ("GOV",))
    assert (after.office, after.country, after.parent) == ("secretary-general", "IGO", "LOA")


def test_a_person_has_the_office_of_the_date(tmp_path: Path) -> None:
    """Between two tenures the name means no office holder."""
    gazetteer = Gazetteer.load(folder(tmp_path))
    assert [sense.entry.office for sense in gazetteer.senses("Ada Wenn", "1992")] == ["foreign minister"]
    assert [sense.entry.office for sense in gazetteer.senses("Ada Venn", "2001")] == ["secretary-general"]
    assert gazetteer.senses("Ada Venn", "1995-12") == ()


def test_who_speaks_for_a_group_has_its_country(tmp_path: Path) -> None:
    """A rebel spokesman belongs to his group, and the group to a country."""
    (entry,) = Gazetteer.load(folder(tmp_path)).entries("tom-kell")
    assert (entry.country, entry.parent) == ("ARD", "free-ard")


def test_who_speaks_for_a_dependency_has_its_sovereigns_country(tmp_path: Path) -> None:
    """The Isle's chief minister acts under Ardania's code, and for the Isle."""
    row = "una-holt,Una Holt,,ISL,chief minister,GOV,1990,\n"
    (entry,) = Gazetteer.load(folder(tmp_path, people=PEOPLE + row)).entries("una-holt")
    assert (entry.country, entry.parent) == ("ARD", "ISL")


def test_members_are_those_of_the_date(tmp_path: Path) -> None:
    """A member that left is a member until the day it left."""
    gazetteer = Gazetteer.load(folder(tmp_path))
    assert gazetteer.members("LOA", "1970") == ("ARD", "BEL")
    assert gazetteer.members("LOA", "1980-03-31") == ("ARD", "BEL")
    assert gazetteer.members("LOA", "1980-04-01") == ("ARD",)
    assert gazetteer.members("LOA", None) == ("ARD", "BEL")
    assert gazetteer.members("NOPE", "1970") == ()


def test_a_quoted_cell_may_hold_a_comma(tmp_path: Path) -> None:
    """The files are CSV, not lines split at commas."""
    row = 'UNX,"Body for Grain, Wool and Salt",,,organization,UNO,,,,,\n'
    gazetteer = Gazetteer.load(folder(tmp_path, organizations=ORGANIZATIONS + row))
    assert [sense.entry.id for sense in gazetteer.senses("Body for Grain, Wool and Salt")] == ["UNX"]


def test_other_files_may_have_certificates_too(tmp_path: Path) -> None:
    """The catalogue serves the whole folder, not the gazetteer alone."""
    everything = "".join(f'["{name}"]\n{CERTIFICATE}' for name in (*COLUMNS, "rivers.csv"))
    Gazetteer.load(folder(tmp_path, catalogue=everything)).check()


# --- birth certificates


def test_a_folder_needs_a_catalogue(tmp_path: Path) -> None:
    """Data of unknown origin are not loaded."""
    (folder(tmp_path) / "catalogue.toml").unlink()
    with pytest.raises(KnowledgeError, match=r"has no catalogue\.toml"):
        Gazetteer.load(tmp_path)


def test_a_file_needs_a_certificate(tmp_path: Path) -> None:
    """A file that the catalogue does not list is refused by name."""
    without = "".join(f'["{name}"]\n{CERTIFICATE}' for name in COLUMNS if name != "groups.csv")
    with pytest.raises(KnowledgeError, match=r"groups\.csv has no birth certificate\. Add it to catalogue\.toml"):
        Gazetteer.load(folder(tmp_path, catalogue=without))


@pytest.mark.parametrize("key", ["title", "source", "version", "licence", "prepared"])
def test_a_certificate_is_complete(tmp_path: Path, key: str) -> None:
    """Title, source, version, licence and what was done are all said."""
    lacking = "\n".join(line for line in CERTIFICATE.splitlines() if not line.startswith(key))
    with pytest.raises(KnowledgeError, match=rf"birth certificate of states\.csv lacks {key}"):
        Gazetteer.load(folder(tmp_path, catalogue=f'["states.csv"]\n{lacking}'))


# --- rules that one row can show: refused by the load


def test_columns_are_the_declared_ones(tmp_path: Path) -> None:
    """A renamed or missing column is named with those that are expected."""
    folder(tmp_path)
    (tmp_path / "members.csv").write_text("organization,country,since,until\n", encoding="utf-8")
    with pytest.raises(
        KnowledgeError,
        match=r"members\.csv, line 1: the columns are organization, country.*must be organization, state",
    ):
        Gazetteer.load(tmp_path)


@pytest.mark.parametrize(
    ("file", "rows", "message"),
    [
        ("members", "LOA,ARD,1960\n", r"members\.csv, line 2: it has 3 cells for 4 columns\. Quote cells"),
        ("members", "LOA, ARD,1960,\n", r"members\.csv, line 2: state ' ARD' has a blank or an empty part\. Trim"),
        ("groups", "g,Group,,A| B,,ARD,REB,,\n", r"line 2: aliases 'A\| B' has a blank or an empty part"),
        ("groups", "g,Group,,A||B,,ARD,REB,,\n", r"line 2: aliases 'A\|\|B' has a blank or an empty part"),
        ("groups", "g,Group,,A|,,ARD,REB,,\n", r"line 2: aliases 'A\|' has a blank or an empty part"),
        ("members", "LOA,ARD,1960-13,\n", r"members\.csv, line 2: '1960-13' is no date\. Write 1991, 1991-12"),
        ("members", "LOA,ARD,,1991-02-30\n", r"'1991-02-30' is no date"),
        ("members", "LOA,ARD,12 May 1960,\n", r"'12 May 1960' is no date"),
        ("members", "LOA,ARD,1960-05,1959\n", r"line 2: it ends in 1959, before it begins in 1960-05\. Correct since or until"),
        ("groups", GROUPS + "g,Group,,,,ARD,XYZ,,\n", r"groups\.csv, line 3: 'XYZ' is no PLOVER sector\. Use .*AGR"),
        ("groups", GROUPS * 2, r"groups\.csv, line 3: the id free-ard is taken\. Give each actor"),
        ("groups", "LOA,Group,,,,ARD,REB,,\n", r"groups\.csv, line 2: the id LOA is taken"),
        ("people", "LOA,Lou Amar,,ARD,envoy,GOV,,\n", r"people\.csv, line 2: the id LOA is taken"),
        ("groups", ",Group,,,,ARD,REB,,\n", r"groups\.csv, line 2: it has no id or no name"),
        ("states", "Ard,AR,,Ardania,,,,,,,\n", r"states\.csv, line 2: id 'Ard' is no alpha-3 code\. Write three capitals"),
        ("states", "ARD,AR,,Ardania,,,,,,,Bellor\n", r"sovereign 'Bellor' is no alpha-3 code"),
        ("organizations", "X,Xenia,,,club,IGO,,,,,\n", r"organizations\.csv, line 2: kind is 'club'\. Write"),
    ],
)  # fmt: skip
def test_a_faulty_row_is_refused(tmp_path: Path, file: str, rows: str, message: str) -> None:
    """The message names file, line, rule and remedy."""
    assert re.search(message, refusal(tmp_path, **{file: rows}))


# --- rules that take several rows: found by the full check


@pytest.mark.parametrize(
    ("file", "rows", "message"),
    [
        ("groups", "g,Group,,,,ZZZ,REB,,\n", "groups.csv, line 2: 'ZZZ' of g is neither a state nor one of EUR"),
        ("groups", "g,Group,,,,BEL,REB,1995,\n", "g (1995..) never met BEL (1900-05-01..1991-12-26). Correct the dates"),
        ("people", "a-b,A B,,BEL,president,GOV,1992-01,\n", "people.csv, line 2: a-b (1992-01..) never met BEL"),
        ("people", "a-b,A B,,LOA,head,,1950,1955\n", "a-b (1950..1955) never met its parent LOA (1960..)"),
        ("people", "a-b,A B,,NOX,head,,1950,1955\n", "'NOX' of a-b is neither a state nor"),
        ("organizations", ORGANIZATIONS + "X,X body,,,organization,IGO,,NOX,,,\n", "line 5: the parent 'NOX' of X does not"),
        ("states", STATES + "ISX,IX,,Isle,,,,,,,QQQ\n", "states.csv, line 5: 'QQQ' of ISX is neither a state"),
        ("members", "LOA,ZZZ,1960,\n", "members.csv, line 2: 'ZZZ' is no state or organization"),
        ("members", "NOX,ARD,1960,\n", "members.csv, line 2: 'NOX' is no organization or bloc"),
        ("members", "LOA,free-ard,1985,\n", "'free-ard' is no state or organization"),
        ("members", "LOA,BEL,1992,\n", "BEL joins LOA 1992.., but BEL (1900-05-01..1991-12-26)"),
        ("members", "LOA,ARD,1951,1955\n", "ARD joins LOA 1951..1955, but LOA (1960..)"),
    ],
)  # fmt: skip
def test_rows_that_do_not_fit_together_are_found(tmp_path: Path, file: str, rows: str, message: str) -> None:
    """The load lets them pass; the check names file, line, rule and remedy."""
    assert message in refusal(tmp_path, check=True, **{file: rows})


def test_no_body_is_its_own_ancestor(tmp_path: Path) -> None:
    """A circle of parents is found wherever it begins."""
    circle = "P,Pebble,,,organization,IGO,,Q,,,\nQ,Quartz,,,organization,IGO,,P,,,\n"
    assert "P is its own ancestor. Correct its parent Q." in refusal(
        tmp_path, check=True, organizations=ORGANIZATIONS + circle
    )


def test_below_a_circle_the_check_still_ends(tmp_path: Path) -> None:
    """A body under a circle is not in it, and is not blamed."""
    rows = "P,Pebble,,,organization,IGO,,P,,,\nR,Roof,,,organization,IGO,,P,,,\n"
    message = refusal(tmp_path, check=True, organizations=ORGANIZATIONS + rows)
    assert "P is its own ancestor" in message
    assert "R is its own ancestor" not in message


def test_the_check_lists_every_fault(tmp_path: Path) -> None:
    """Correcting a file takes one run, not one run a fault; a flood is counted."""
    message = refusal(
        tmp_path, check=True, members="".join(f"LOA,ZZ{letter},1960,\n" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXY")
    )
    assert "in 25 places" in message
    assert "'ZZA'" in message and "'ZZT'" in message and "'ZZU'" not in message
    assert message.endswith("and 5 more")
