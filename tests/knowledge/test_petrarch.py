"""What a PETRARCH or TABARI dictionary says, line by line; who is named in the examples is invented."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dragoman.knowledge.petrarch import ALWAYS, Agent, Dictionary, Held, Primary, in_time, parse

PHOENIX = Path(__file__).parents[3] / "shared" / "data" / "dictionaries"

phoenix = pytest.mark.skipif(not PHOENIX.is_dir(), reason="needs the Phoenix files in ../shared/data/dictionaries")


def read(text: str) -> Dictionary:
    return parse(text.encode())


def one(text: str) -> Primary:
    """The only actor of a file without faults."""
    dictionary = read(text)
    assert dictionary.faults == ()
    (actor,) = dictionary.actors
    return actor


def on(actor: Primary, day: str) -> str | None:
    """The code on a day; KeyError where none holds."""
    ordinal = date.fromisoformat(day).toordinal()
    return {day: h.code for h in actor.held for day in [ordinal] if h.start <= ordinal < h.end}[ordinal]


def faults(text: str) -> list[tuple[int, str]]:
    """Line and finding of every fault."""
    return [(fault.line, fault.found) for fault in read(text).faults]


# --- names


def test_synonyms_belong_to_the_phrase_above():
    """A phrase and its + lines name one actor, the phrase first."""
    actor = one("QALDARIAN_FREE_COLUMN_\n+QALDARI_COLUMN_\n+ QFC\n\t[XYZREB]\n")
    assert actor.names == ("QALDARIAN FREE COLUMN", "QALDARI COLUMN", "QFC")


def test_underscores_and_blanks_are_one():
    """Words are joined by either, and none is left at an end."""
    assert one("ORSIN_DE TAVELLI__\n\t[KENGOV]").names == ("ORSIN DE TAVELLI",)


def test_a_code_may_stand_on_the_line_of_the_phrase():
    """With and without a blank before the bracket."""
    actors = read("ORSIN_TAVELLI_ [KENGOV]\nMIRA_DOLENZ[UGAMIL]\n").actors
    assert [(a.names[0], a.held[0].code) for a in actors] == [("ORSIN TAVELLI", "KENGOV"), ("MIRA DOLENZ", "UGAMIL")]


def test_a_code_may_stand_on_the_line_of_a_synonym():
    """It is the actor's, not the synonym's alone."""
    actor = one("MIRA_DOLENZ\n+GENERAL_DOLENZ [UGAMIL]\n")
    assert (actor.names, on(actor, "2001-01-01")) == (("MIRA DOLENZ", "GENERAL DOLENZ"), "UGAMIL")


def test_a_short_form_in_brackets_is_a_name_of_its_own():
    """Nobody writes a name and its short form as one phrase."""
    assert one("QALDARIAN_FREE_COLUMN_(QFC)_\n\t[XYZREB]").names == ("QALDARIAN FREE COLUMN", "QFC")


def test_comments_of_all_three_kinds_are_passed_over():
    """A hash, a semicolon, and XML's comment over several lines, which keeps the line numbers right."""
    text = "# a file\n<!-- not\nMIRA_DOLENZ [UGAMIL]\nread -->\nORSIN_TAVELLI ; who\n\t[KENGOV] # when\n\t[KEN"
    assert [a.names for a in read(text).actors] == [("ORSIN TAVELLI",)]
    assert faults(text) == [(7, "[KEN")]


@pytest.mark.parametrize(
    "data",
    ["MÜRE_ÇAN\n\t[TURGOV]".encode(), "MÜRE_ÇAN\n\t[TURGOV]".encode("latin-1"), "\ufeffMÜRE_ÇAN [TURGOV]".encode()],
    ids=["utf-8", "latin-1", "with a mark of byte order"],
)
def test_utf_8_is_tried_first_and_latin_1_then(data):
    """Old files are in Latin-1."""
    assert parse(data).actors[0].names == ("MÜRE ÇAN",)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_do_on_any_system(end):
    """The same actor and the same number for the line with the fault."""
    text = end.join(["MIRA_DOLENZ", "\t[UGAMIL]", "\t[UGA MIL 1]"])
    assert (read(text).actors[0].names, faults(text)) == (("MIRA DOLENZ",), [(3, "[UGA MIL 1]")])


# --- codes and dates


@pytest.mark.parametrize(
    ("codes", "days"),
    [
        ("[KENGOV]", {"1950-01-01": "KENGOV", "2030-01-01": "KENGOV"}),
        ("[KENGOV >20020101] [KENELI]", {"2001-12-31": "KENELI", "2002-01-01": "KENGOV"}),
        ("[KENGOV <20020101] [KENELI]", {"2001-12-31": "KENGOV", "2002-01-01": "KENELI"}),
        (
            "[KENGOV 20020101-20030101][KENELI]",
            {"2002-01-01": "KENGOV", "2002-12-31": "KENGOV", "2003-01-01": "KENELI"},
        ),
        ("[KENELI]\n\t[KENGOV > 020101]", {"2001-12-31": "KENELI", "2002-01-01": "KENGOV"}),
        ("[KENGOV<991231] [KENELI]", {"1999-12-30": "KENGOV", "1999-12-31": "KENELI"}),
        ("[kengov 290101-310101] [KENELI]", {"1930-01-01": "KENELI", "2030-01-01": "KENELI"}),
    ],
)
def test_a_code_holds_from_its_first_day_to_before_its_last(codes, days):
    """Half-open, in six or eight figures; a code without a date is for all other days, wherever it stands."""
    actor = read(f"MIRA_DOLENZ\n\t{codes}\n").actors[0]
    assert {day: on(actor, day) for day in days} == days


def test_years_of_two_figures_up_to_30_are_of_this_century():
    """00 to 30 are 2000 to 2030, 31 to 99 are 1931 to 1999."""
    actor = one("MIRA_DOLENZ\n\t[UGAMIL 310101-301231]")
    assert [date.fromordinal(d).year for d in (actor.held[0].start, actor.held[0].end)] == [1931, 2030]


def test_of_two_codes_for_a_day_the_first_in_the_file_holds():
    """The second has what the first leaves over, on both sides."""
    actor = one("MIRA_DOLENZ\n\t[UGAMIL 20020101-20030101]\n\t[UGAGOV 20010101-20040101]\n\t[UGAELI]")
    days = ["2000-12-31", "2001-01-01", "2002-06-01", "2003-01-01", "2004-01-01"]
    assert [on(actor, day) for day in days] == ["UGAELI", "UGAGOV", "UGAMIL", "UGAGOV", "UGAELI"]


def test_outside_all_periods_there_is_no_code():
    """No fallback is made up."""
    actor = one("MIRA_DOLENZ\n\t[UGAMIL 20020101-20030101]")
    with pytest.raises(KeyError):
        on(actor, "2005-01-01")


def test_three_hyphens_say_that_it_is_nobody():
    """A code of its own, and no gap."""
    assert on(one("GREAT_SALT_LAKE [---]"), "2005-01-01") is None


def test_a_primary_knows_whether_a_date_stands_with_a_code():
    """A bare code, and nobody, are for always."""
    actors = read("MIRA_DOLENZ [UGAMIL >20010101]\nORSIN_TAVELLI [KENGOV]").actors
    assert [a.dated for a in actors] == [True, False]


HELD = st.builds(
    lambda code, start, days, dated: (Held(code, start, start + days) if dated else Held(code, *ALWAYS), dated),
    st.sampled_from(["AAA", "BBB", None]),
    st.integers(1, 60),
    st.integers(1, 30),
    st.booleans(),
)


@given(st.lists(HELD, max_size=6), st.integers(1, 100))
def test_periods_never_overlap_and_the_first_claim_wins(codes, day):
    """Law: one code a day, and it is that of the first dated code that covers the day, else of the first bare one."""
    periods = in_time(codes)
    assert all(a.end <= b.start for a, b in pairwise(periods))
    ranked = [h for h, dated in codes if dated and h.start <= day < h.end] + [h for h, dated in codes if not dated]
    assert [h.code for h in periods if h.start <= day < h.end] == [h.code for h in ranked[:1]]


# --- malformed lines


@pytest.mark.parametrize(
    "code",
    [
        "[UGAMIL 9008223-911221]",
        "[UGAMIL >201005011]",
        "[UGAMIL 1920030320-20060520]",
        "[UGAMIL <17041975]",
        "[UGAMIL 20010229-20020101]",
        "[UGAMIL 20121204]",
        "[UGAMIL 20030101-20020101]",
        "[UGAMIL 20020101-20020101]",
        "[]",
        "[~MIL]",
        "[12]",
    ],
)
def test_a_malformed_code_is_reported_and_the_others_hold(code):
    """A date of 7, 9 or 10 figures, no day of the calendar, a period without a day, or no code at all."""
    dictionary = read(f"MIRA_DOLENZ\n\t[UGAGOV 20070101-20080101]\n\t{code}\n\t[UGAELI]\n")
    assert [(f.line, f.found) for f in dictionary.faults] == [(3, code)]
    assert [h.code for h in dictionary.actors[0].held] == ["UGAELI", "UGAGOV", "UGAELI"]


def test_a_phrase_right_above_another_is_a_synonym_without_its_plus():
    """It gets the code below, and the file's author is told."""
    dictionary = read("THE_GREAT_COLUMN\nGREAT_COLUMN\n\t[XYZREB]\n")
    assert [a.names for a in dictionary.actors] == [("THE GREAT COLUMN", "GREAT COLUMN")]
    assert [f.found for f in dictionary.faults] == ["THE_GREAT_COLUMN"]
    assert "begin synonyms with +" in dictionary.faults[0].rule


def test_a_phrase_without_a_code_above_an_empty_line_is_nobody():
    """The code of the next actor is not its own."""
    dictionary = read("GREAT_COLUMN\n+LONG_COLUMN\n\nMIRA_DOLENZ\n\t[UGAMIL]\n")
    assert [a.names for a in dictionary.actors] == [("MIRA DOLENZ",)]
    assert [(f.line, f.rule) for f in dictionary.faults] == [(1, "it has no code")]


def test_an_empty_line_between_a_phrase_and_its_code_does_not_part_them():
    """Empty lines mean nothing to PETRARCH."""
    assert one("MIRA_DOLENZ\n\n\t[UGAMIL]").names == ("MIRA DOLENZ",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MIRA_DOLENZ\t[\n\tUGAMIL]\n", [(1, "["), (2, "UGAMIL]")]),
        ("MIRA_DOLENZ [UGAGOV]\n+DOLENZ]_\n", [(2, "DOLENZ]_")]),
        ("\t[UGAMIL]\n", [(1, "[UGAMIL]")]),
        ("+DOLENZ_\n", [(1, "+DOLENZ_")]),
        ("+\n", [(1, "")]),
    ],
)
def test_stray_brackets_and_orphans_are_reported_where_they_stand(text, found):
    """A code torn over two lines, a bracket in a name, a code or a synonym with no phrase above it, an empty name."""
    assert faults(text) == found


def test_a_torn_code_does_not_make_its_phrase_a_name_of_the_next_actor():
    """Lines 1 and 2 are lost; line 3 is whole."""
    dictionary = read("GREAT_COLUMN [\nXYZREB]\nMIRA_DOLENZ [UGAMIL]\n")
    assert [a.names for a in dictionary.actors] == [("MIRA DOLENZ",)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("MIRA_DOLENZ [UGAMIL]\n+" + "LONG_" * 26, "at most 25 words"),
        ("MIRA_DOLENZ\n" + "\t[UGAMIL >20010101]\n" * 1_001, "at most 1,000 codes"),
        ("MIRA_DOLENZ [UGAMIL] [" + "1" * 81 + "]", "a code is letters"),
    ],
    ids=["name", "codes", "code"],
)
def test_what_no_dictionary_holds_is_refused(text, rule):
    """Bounds on the words of a name, the codes of an actor and the length of a code; the actor stays."""
    dictionary = read(text)
    assert (len(dictionary.actors), rule in dictionary.faults[0].rule) == (1, True)


@pytest.mark.parametrize(
    "data",
    [b"<!-- " * 200_000, b"A " + b" " * 200_000 + b"[x", b"A [B" + b"1" * 200_000 + b"x]", b"(a" * 200_000 + b")"],
    ids=["comments never closed", "blanks", "figures", "brackets"],
)
@pytest.mark.parametrize("agents", [b"", b"\nA [~B]\nC [~D]"], ids=["actors", "agents"])
def test_a_long_line_costs_no_more_than_its_length(data, agents):
    """No file keeps the reader busy for more than a moment."""
    start = time.process_time()
    parse(data + agents)
    assert time.process_time() - start < 1


def test_a_fault_says_line_finding_and_rule():
    """As the command shows it."""
    (fault,) = read("MIRA_DOLENZ [UGAMIL 20010229-20020101]").faults
    assert str(fault).startswith("line 1: '[UGAMIL 20010229-20020101]': a date is a day of the calendar")


# --- agents


def agents(text: str) -> dict[str, str]:
    """Phrase and code of every agent of a file without faults."""
    dictionary = read(text)
    assert dictionary.faults == ()
    return {agent.phrase: agent.code for agent in dictionary.agents}


@pytest.mark.parametrize(
    ("line", "agent"),
    [
        ("CAMEL_COURIER [~SPY]", Agent("CAMEL COURIER", ("CAMEL COURIERS",), "SPY")),
        ("SALT_PARTY[~PTY]", Agent("SALT PARTY", ("SALT PARTIES",), "PTY")),
        ("WATCH_CHORUS [~JRN]", Agent("WATCH CHORUS", ("WATCH CHORUSES",), "JRN")),
        ("SALT_FISHERMAN {SALT_FISHERMEN} [~AGR]", Agent("SALT FISHERMAN", ("SALT FISHERMEN",), "AGR")),
        ("RIVER_POLICE {} [~COP]", Agent("RIVER POLICE", (), "COP")),
        ("RELIEF_ROWER {} [NGO~]", Agent("RELIEF ROWER", (), "NGO", before=True)),
    ],
)
def test_an_agent_has_a_code_and_a_plural(line, agent):
    """Regular unless its braces give another, or are empty for none."""
    assert read(line).agents == (agent,)


def test_a_set_stands_for_each_of_its_members():
    """The members bring their plurals with them."""
    found = agents("!PERSON! = MAN, WOMEN\n!SIDE! = LEFT,RIGHT\nSALT!PERSON! [~AGR]\n!SIDE!_BANK_!PERSON!{} [~CVL]\n")
    banks = {f"{side} BANK {person}": "CVL" for side in ("LEFT", "RIGHT") for person in ("MAN", "WOMEN")}
    assert found == {"SALTMAN": "AGR", "SALTWOMEN": "AGR", **banks}


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("SALT!CREW! [~AGR]", "no set !CREW! stands above"),
        ("SALT_CREW [~AGR}", "an agent is PHRASE [~COD]"),
        ("SALT_CREW", "an agent is PHRASE [~COD]"),
        ("SALT_CREW [~AGR~]", "an agent is PHRASE [~COD]"),
        ("SALT_CREW [IGO~]", "only [NGO~]"),
        ("_ [~AGR]", "phrase has one word to 25"),
    ],
)
def test_a_malformed_agent_is_reported_and_the_others_stay(line, rule):
    """A set nobody defined, a bracket that is a brace, no code, two places for it."""
    dictionary = read(f"CAMEL_COURIER [~SPY]\n{line}\nRIVER_POLICE [~COP]\n")
    assert [a.phrase for a in dictionary.agents] == ["CAMEL COURIER", "RIVER POLICE"]
    (fault,) = dictionary.faults
    assert (fault.line, fault.found, rule in fault.rule) == (2, line, True)


def test_sets_that_multiply_without_end_are_refused():
    """Four sets of ten make ten thousand phrases of one line."""
    members = ", ".join(f"M{n}" for n in range(10))
    dictionary = read(f"!M! = {members}\n!M!_!M!_!M!_!M! [~AGR]\n")
    assert "10,000 phrases" in dictionary.faults[0].rule


def test_actors_and_agents_are_told_apart_by_their_codes():
    """One stray line does not change what a file is."""
    actors, others = read("A_B [KEN]\nC_D [UGA]\nE_F [~MIL]"), read("A_B [~MIL]\nC_D [~GOV]\nE_F [KEN]")
    assert (len(actors.actors), len(actors.agents), len(actors.faults)) == (2, 0, 1)
    assert (len(others.actors), len(others.agents), len(others.faults)) == (0, 2, 1)


# --- any file


@given(st.binary())
@example(b"+")
@example(b"[")
@example(b"]")
@example(b"!A! =\n!A! [~B]")
@example(b"\xff\xfe+\x00[\x00")
@example("A [ſAB]\nB [KEN ١٩٩٠٠١٠١-١٩٩١٠١٠١]".encode())
@example(b"<!-- never closed\nA [KEN]")
@example(b"(A)\n+()\n\t[KEN]")
def test_no_bytes_raise(data):
    """Law: any file gives a dictionary."""
    assert isinstance(parse(data), Dictionary)


LINES = st.lists(st.text("ABÄ_ +[]{}~!=<>-0123456789#;()\t'.,", max_size=30), max_size=12).map("\n".join)


@given(LINES)
@example("A [KENGOV 00000101-00000102]")
@example("A [KENGOV 99991231-99991231]\n[UGA >99991231]")
def test_what_is_kept_has_a_name_and_a_code(text):
    """Law: no actor without a name and a period, no agent without a phrase; what is left out is reported."""
    dictionary = read(text)
    assert all(a.names and all(a.names) and a.held for a in dictionary.actors)
    assert all(a.phrase and a.code for a in dictionary.agents)
    kept = len(dictionary.actors) + len(dictionary.agents)
    assert kept or dictionary.faults or not dictionary.primaries


# --- the files people use


def counts(name: str) -> tuple[int, int, int, int]:
    d = parse((PHOENIX / name).read_bytes())
    return d.primaries, d.synonyms, d.dated, d.undated


@phoenix
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Phoenix.Countries.actors.txt", (18_389, 7_528, 26_110, 2_278)),
        # One phrase fewer than lines that look like one: "\tMNCUSA]" is the rest of a code torn over lines 11183 and 11184.
        ("Phoenix.International.actors.txt", (7_828 - 1, 74, 453, 7_430)),
        ("Phoenix.MilNonState.actors.txt", (1_004, 756, 5, 1_000)),
    ],
)
def test_the_phoenix_files_are_read_to_the_last_line(name, expected):
    """Phrases, synonyms, dated and undated codes, malformed ones included."""
    assert counts(name) == expected


@phoenix
def test_the_malformed_dates_of_phoenix_are_found():
    """Seven, nine and ten figures; a period that ends before it begins; a date that is no period."""
    found = {f.found for f in parse((PHOENIX / "Phoenix.Countries.actors.txt").read_bytes()).faults}
    assert {
        "[ARMUNR 9008223-911221]",
        "[GBRGOV >201005011]",
        "[IRQOCC 1920030320-20060520]",
        "[EGYGOV 20121207-20120802]",
        "[MNEGOV 20121204]",
    } <= found


@phoenix
def test_hardly_an_actor_of_phoenix_is_lost():
    """Each phrase is an actor, a name of the next, or one of the three that have no code."""
    dictionary = parse((PHOENIX / "Phoenix.Countries.actors.txt").read_bytes())
    joined = sum("taken for another name" in f.rule for f in dictionary.faults)
    codeless = sum(f.rule == "it has no code" for f in dictionary.faults)
    assert len(dictionary.actors) + joined + codeless == dictionary.primaries - 1  # [MNEGOV 20121204] was the only code


@phoenix
def test_phoenix_agents_are_agents():
    """Of 2,237 lines two are malformed, and three put IGO before an actor's code."""
    dictionary = parse((PHOENIX / "Phoenix.agents.txt").read_bytes())
    assert (dictionary.primaries, len(dictionary.actors)) == (2_237, 0)
    assert [f.line for f in dictionary.faults] == [533, 1915, 2352, 2353, 2354]
