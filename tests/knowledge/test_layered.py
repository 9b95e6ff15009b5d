"""A user's dictionary over the built-in gazetteer: it decides alone about the names it knows."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.knowledge import Gazetteer
from dragoman.knowledge.language import load_language
from dragoman.knowledge.layer import Layer, build, displayed
from dragoman.knowledge.layered import Layered, with_agents
from dragoman.knowledge.petrarch import parse

OWN = """\
QALDARIAN_FREE_COLUMN_
+QALDARI_COLUMN
+QFC
\t[XYZREB]
ORSIN_TAVELLI_
\t[KENGOV 20100101-20130101]
\t[KENMIL 20050101-20100101]
AL-HASTA
+DEMON_DUO
\t[IMGMUS]
THE_GREAT_SALT_LAKE [---]
NAIROBI_ [KEN]
KENYA_ [UGA]
SECURITY_COUNCIL
+THE_FIFTEEN_AT_THE_TABLE
\t[IGOUNO]
OMU [KENBUS]
DEMON_DUO [UGAREB]
"""


load = cache(Gazetteer.load)


@pytest.fixture(scope="module")
def built_in() -> Gazetteer:
    return load()


@pytest.fixture(scope="module")
def over(built_in: Gazetteer) -> Callable[..., Layered]:
    """Dictionaries as texts, over the gazetteer."""
    return lambda *texts: Layered.over(built_in, [build(parse(text.encode()), built_in) for text in texts])


@pytest.fixture(scope="module")
def own(over) -> Layered:
    return over(OWN)


def ids(gazetteer: Gazetteer, surface: str, on: str | None = None) -> list[str]:
    return [sense.entry.id for sense in gazetteer.senses(surface, on)]


def code(gazetteer: Gazetteer, surface: str, on: str | None = None) -> str:
    """Country and sectors of the only sense."""
    (sense,) = gazetteer.senses(surface, on)
    return (sense.entry.country or "") + "".join(sense.entry.sectors)


# --- names


@pytest.mark.parametrize(
    "surface", ["Qaldarian Free Column", "the QALDARIAN FREE COLUMN", "Qaldari Column", "QFC", "Q.F.C."]
)
def test_an_actor_is_found_under_each_of_its_names(own, surface):
    """Its id is made of the first."""
    assert ids(own, surface) == ["qaldarian-free-column"]


def test_an_actor_is_shown_as_a_reader_would_write_it(own):
    """Capitals are the form of the file, not of the name."""
    (sense,) = own.senses("QFC")
    assert (sense.entry.name, sense.via) == ("Qaldarian Free Column", "acronym")


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("ARMY OF THE RIVER", "Army of the River"),
        ("THE RIVER", "The River"),
        ("JEAN-LUC DE MARANE", "Jean-Luc de Marane"),
        ("J.K. MARANE", "J.K. Marane"),
        ("QFC", "QFC"),
        ("Qaldari League", "Qaldari League"),
    ],
)
def test_capitals_are_undone_for_showing(phrase, name):
    """Small words inside stay small, initials stay capitals, mixed case was meant."""
    assert displayed(phrase) == name


@pytest.mark.parametrize("surface", ["qaldari column", "qfc", "Omu", "omu"])
def test_small_letters_name_nobody(own, surface):
    """A name has a capital, and one of three letters has nothing else: "Who" is not WHO."""
    assert own.senses(surface) == ()


def test_a_name_may_begin_with_a_small_letter(own):
    """The article of an Arabic name, and a scan that starts there."""
    assert (ids(own, "al-Hasta"), own.starts("al")) == (["al-hasta"], True)


def test_the_longest_name_is_known_for_scanning(own, built_in, over):
    """Scanning looks no further than a name can reach."""
    long = over("A_NAME_OF_MANY_MANY_MANY_MANY_MANY_MANY_MANY_MANY_MANY_MANY_MANY_MANY_WORDS [KENREB]")
    assert (long.longest, long.reach("A"), own.longest) == (16, 16, built_in.longest)


# --- who wins


def test_the_dictionary_decides_alone_about_a_name(own):
    """Whatever the gazetteer knows."""
    assert ids(own, "Kenya") == ["UGA"]


def test_other_names_are_the_gazetteers(own, built_in):
    """A dictionary adds and replaces; it removes nothing else."""
    for surface in ("Moscow", "the Kremlin", "Serbia", "Georgia"):
        assert own.senses(surface, "2015") == built_in.senses(surface, "2015")


def test_a_name_without_a_code_on_the_date_is_the_gazetteers(over, built_in):
    """A gap says nothing."""
    layered = over("MOSCOW [KENBUS >20100101]")
    assert [code(layered, "Moscow", year) for year in ("2009", "2011")] == ["RUS", "KENBUS"]


def test_nobody_is_decided_too(over):
    """Three hyphens take a name from the gazetteer."""
    assert over("MOSCOW [---]").senses("Moscow") == ()


def test_the_first_dictionary_wins_over_the_second(over):
    """And the second over the gazetteer."""
    layered = over("MOSCOW [KENBUS]", "MOSCOW [UGABUS]\nWARSAW [UGAMIL]\nQFC [UGAREB]\n")
    assert [code(layered, name) for name in ("Moscow", "Warsaw", "QFC")] == ["KENBUS", "UGAMIL", "UGAREB"]
    assert [entry.sectors for entry in layered.entries("warsaw")] == [("MIL",)]


def test_the_first_actor_of_a_name_wins_within_a_file(own):
    """Two actors share the name Demon Duo."""
    assert ids(own, "Demon Duo") == ["al-hasta"]


# --- states and known bodies


def test_a_bare_state_code_is_the_state(own, built_in):
    """With what the gazetteer knows of it, as the gazetteer says the words name it, and for as long as the dictionary says."""
    (sense,), (kenya,) = own.senses("Nairobi", "1950"), built_in.entries("KEN")
    assert (sense.entry, sense.via) == (replace(kenya, since=None), "metonym")


def test_a_body_that_the_gazetteer_knows_keeps_its_id(own):
    """Under its new names too."""
    assert ids(own, "the Security Council") == ids(own, "the Fifteen at the Table") == ["UNSC"]


def test_a_body_of_another_country_is_another(over):
    """The same name of a business is not the council."""
    assert ids(over("SECURITY_COUNCIL [KENBUS]"), "Security Council") == ["security-council"]


def test_a_known_person_keeps_id_and_kind(over):
    """A code without dates says nothing of the kind; the gazetteer does."""
    layered = over("SERGEI_LAVROV\n+THE_MAN_FROM_SMOLENSK_SQUARE\n\t[RUSGOV]")
    (sense,) = layered.senses("Man from Smolensk Square", "2015") or layered.senses(
        "the Man from Smolensk Square", "2015"
    )
    assert (sense.entry.id, sense.entry.kind) == ("sergei-lavrov", "person")


# --- time


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2004-12-31", []),
        ("2005-01-01", ["KENMIL"]),
        ("2009-12-31", ["KENMIL"]),
        ("2010-01-01", ["KENGOV"]),
        ("2013-01-01", []),
    ],
)
def test_periods_end_before_the_day_that_ends_them(own, on, expected):
    """The dictionary's half-open periods are the gazetteer's closed ones a day shorter."""
    found = own.senses("Orsin Tavelli", on)
    assert [(s.entry.country or "") + "".join(s.entry.sectors) for s in found] == expected


def test_a_person_has_a_tenure_for_each_period(own):
    """In order of time, as the gazetteer keeps its own."""
    tenures = own.entries("orsin-tavelli")
    assert [(t.sectors, t.since, t.until) for t in tenures] == [
        (("MIL",), "2005-01-01", "2009-12-31"),
        (("GOV",), "2010-01-01", "2012-12-31"),
    ]


def test_the_gazetteer_fills_in_what_a_dictionary_leaves_open(over, built_in):
    """Tenures that overlap the dictionary's give way, others stay."""
    known = built_in.entries("sergei-lavrov")
    layered = over("SERGEI_LAVROV [RUSBUS 19700101-19710101]")
    assert [t.sectors for t in layered.entries("sergei-lavrov")] == [("BUS",), *(t.sectors for t in known)]


def test_a_dictionary_replaces_a_tenure_of_the_same_time(over):
    """No one holds two codes on a day."""
    assert [t.sectors for t in over("SERGEI_LAVROV [RUSBUS]").entries("sergei-lavrov")] == [("BUS",)]


# --- agents


def test_role_words_of_a_dictionary_join_the_languages(built_in):
    """Singular and plural, with what the language pack says of the last word, and PLOVER's sectors."""
    layer = build(parse(b"CAMEL_COURIER [~SPY]\nSALT_MINISTRY [~HLH]\nRIVER_WATCH [NGO~]\nSOLDIER [~MED]\n"), built_in)
    language = with_agents(load_language(), [layer])
    found = {word: language.roles[word] for word in ("camel couriers", "salt ministry", "river watch", "soldier")}
    assert {word: (role.phrase, role.kind, role.sectors) for word, role in found.items()} == {
        "camel couriers": ("camel courier", "person", ("SPY",)),
        "salt ministry": ("salt ministry", "office", ("MED",)),
        "river watch": ("river watch", "office", ("NGO",)),
        "soldier": ("soldier", "person", ("JRN",)),
    }
    assert language.roles["minister"] == load_language().roles["minister"]


def test_long_role_phrases_are_looked_for(built_in):
    """A hyphen is a word of its own in a parse."""
    layer = build(parse(b"MASTER_OF_THE_WELL_OF_THE_CO-OP [~AGR]"), built_in)
    language = with_agents(load_language(), [layer])
    found = language.role("the master of the well of the co - op".split())
    assert found is not None
    assert (found[0].sectors, language.longest_role) == (("AGR",), 9)


# --- laws


@settings(max_examples=60)
@given(st.text("AB-[]GOV{}~+ \t\n<>0123456789.'(", max_size=80))
@example("")
def test_a_layer_comes_back_from_json_as_it_was(text):
    """Law: what is kept between runs answers as what was made; looking up any name raises nothing."""
    built_in = load()
    made = build(parse(text.encode()), built_in)
    back = Layer.from_json(json.loads(json.dumps(made.to_json())))
    first, second = (Layered.over(built_in, [layer]) for layer in (made, back))
    for surface in (*made.names, *made.short, "", " ", "the ", *(n.upper() for n in made.names)):
        assert first.senses(surface) == second.senses(surface)
        assert first.senses(surface, "2012-01") == second.senses(surface, "2012-01")
    assert (made.faults, made.agents) == (back.faults, back.agents)
