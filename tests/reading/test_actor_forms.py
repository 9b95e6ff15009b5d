"""Bodies by the form of their names, office holders by surname and date, countries by where they lie, headlines and makes."""

from __future__ import annotations

import pytest

from dragoman.knowledge import Gazetteer
from dragoman.knowledge.language import load_language
from dragoman.reading.actors.tenures import Tenures


@pytest.fixture(scope="module")
def tenures():
    def on(date: str | None) -> Tenures:
        return Tenures(Gazetteer.load(), load_language(), date)

    return on


# Bodies ------------------------------------------------------------------------------------------------------------


def test_the_last_word_of_a_name_makes_it_a_firm(code):
    """Whatever the parse takes it for; where it is based is its country."""
    assert code("Seoul-based Haneul Shipping asked for time.", "Haneul Shipping") == "KORBUS"


def test_a_university_of_a_town_is_of_the_towns_state(code):
    """The town alone would be a place."""
    assert code("The University of Damascus stayed open.", "University of Damascus") == "SYREDU"


def test_a_paper_named_after_a_place_is_of_the_press(code):
    """A capital before Times, Post and the like names a newspaper."""
    assert code("The Moscow Times printed in colour.", "Moscow Times") == "RUSJRN"


def test_a_committee_of_a_house_is_of_its_state(code):
    """Only the United States have committees called after the House."""
    assert code("The House Oversight Committee asked for papers.", "House Oversight Committee") == "USALEG"


def test_a_group_comes_back_by_the_end_of_its_name(code):
    """The Sangh is the union that the text has named in full."""
    text = "Maharjan Sangh, a Nepali trade union, blocked the pass. The Sangh demanded diesel."
    assert code(text, "The Sangh") == "NPLLAB"


def test_the_executive_of_a_firm_is_no_government(code):
    """An executive of a firm is of the firm."""
    assert code("A Huawei executive walked to court.", "executive") == "CHNBUS"


def test_an_acronym_in_small_letters_is_the_body(code):
    """British papers write Isis."""
    assert code("Fighters left before Isis came.", "Isis") == "IMGREB"


# Office holders ------------------------------------------------------------------------------------------------------


def test_a_head_of_government_is_known_by_the_surname_for_some_years(code):
    """In office, and as a former official for a decade; a surname that is a common word never."""
    assert code("In Athens Tsipras asked for patience.", "Tsipras") == "GRCGOV"
    assert code("In Kyiv Yanukovych had fled.", "Yanukovych", "2014-03-01") == "UKRELI"


def test_a_common_surname_alone_is_nobody(tenures):
    """Too many bear it."""
    assert not tenures("2008-06-01").called("Brown")
    assert tenures("2008-06-01").called("Sarkozy")
    assert not tenures(None).called("Sarkozy")


def test_a_president_who_chairs_a_union_of_states_is_of_his_country(code):
    """Of two offices at a time the state's counts."""
    assert code("Robert Mugabe spoke for an hour.", "Robert Mugabe", "2015-06-01") == "ZWEGOV"


def test_who_is_to_take_office_is_of_his_country_only(tenures):
    """Within two years before; earlier nothing is said."""
    soon, early = (tenures(date).held("gerhard-schroder") for date in ("1998-10-01", "1990-10-01"))
    assert soon is not None and (soon.country, soon.sectors) == ("DEU", ())
    assert early is None


def test_another_title_does_not_hide_a_head_of_government(code):
    """Spain's prime minister is its president to many."""
    assert code("The White House thanked President Zapatero.", "Zapatero", "2010-06-21") == "ESPGOV"


# Reference -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("phrase", ["The North African country", "The gas-rich state", "The vast nation"])
def test_a_country_is_picked_up_by_where_it_lies_or_what_it_has(code, phrase):
    """Adjectives between the article and the noun do not matter."""
    assert code(f"Algeria's president gave up. {phrase} had marched for weeks.", phrase) == "DZA"


def test_countries_told_by_a_name_are_not_the_last_country(code):
    """Several of them, or one that is named, do not refer back."""
    text = "Russia put a text. The BRICS Group countries and the Syrian state back it."
    assert code(text, "The BRICS Group countries") != "RUS"
    assert code(text, "the Syrian state") != "RUS"


def test_another_country_is_not_the_last_one(code):
    """ "The neighbouring country" is not the one spoken of."""
    text = "Algeria's president gave up. The neighbouring country watched."
    assert code(text, "The neighbouring country") is None


def test_a_kingdom_is_the_last_country_that_is_one(code):
    """Israel, named later, is none."""
    assert code("Morocco and Israel will open offices. The kingdom won a map.", "The kingdom") == "MAR"


def test_the_latter_is_who_was_named_last(code):
    """A capital that stands for a state counts as naming it."""
    text = "Sanctions on Iran were lifted, and the United States paid Tehran; the latter freed four men."
    assert code(text, "the latter") == "IRN"


def test_a_person_is_picked_up_by_age(code):
    """ "The 72-year-old" is the person spoken of."""
    assert code("Kenya's opposition leader sued. The 72-year-old carried his boxes.", "The 72-year-old") == "KENOPP"


def test_a_counterpart_bears_the_same_title(code):
    """So "the minister" is undecided between the two."""
    assert code("Bolivia's foreign minister met his Chilean counterpart. The minister coughed.", "The minister") is None


# Whose ---------------------------------------------------------------------------------------------------------------


def test_where_somebody_is_born_tells_whose_he_is(code):
    """If nothing nearer does: a Chinese-born American is an American."""
    assert code("Two French-born gunmen drove off.", "gunmen") == "FRAUAF"
    assert code("A Chinese-born American engineer was held.", "engineer") == "USACVL"


def test_a_states_envoy_to_a_body_is_the_states(code):
    """Libya's UN envoy is Libya's, the UN's Libya envoy the UN's."""
    assert code("Libya's deputy UN envoy left in tears.", "envoy") == "LBYGOV"
    assert code("The UN Libya envoy left in tears.", "envoy") == "UNOGOV"


def test_former_fighters_are_no_former_officials(code):
    """In the plural they stay what they were."""
    assert code("Former Colombian guerrillas planted coffee.", "guerrillas") == "COLREB"
    assert code("Former Colombian ministers planted coffee.", "ministers") == "COLELI"


def test_a_capital_that_something_is_according_to_speaks(code):
    """Even where a clause goes on to say what happens there."""
    assert code("The guns fell silent, according to Tbilisi, where the minister spoke.", "Tbilisi") == "GEO"


def test_armed_police_are_police(code):
    """Arms tell a gunman, not a policeman."""
    assert code("Armed Belgian police searched the flat.", "police") == "BELCOP"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Tuareg forces in Mali took the well.", "in Mali", "MLIREB"),
        ("Tamil officials in northern Sri Lanka kept the ferry.", "Sri Lanka", "LKAPRE"),
        ("The Kurdish administration in Syria opened a school.", "in Syria", "SYRPRE"),
        ("Officials in Myanmar's autonomous Karen district refused.", "district", "MMRPRE"),
        ("Authorities in Moldova's breakaway province refused.", "province", "MDAPRE"),
        ("A Kurdish judge in Turkey retired.", "in Turkey", "TURJUD"),
        ("Kurdish villagers in Iran fled.", "in Iran", "IRNCVL"),
        ("Officials in Mali's cotton region refused.", "Mali", "MLIGOV"),
    ],
)
def test_a_people_without_a_state_has_its_own_authorities(code, text, words, expected):
    """Neither they nor those of a part that is out of the state's hand are the state's government or army."""
    assert code(text, words) == expected


# Nobody --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("MOSCOW: The ministry spoke of aggression.", "MOSCOW"),
        ("Nobody kept the Minsk agreements.", "Minsk"),
        ("Tunis, where the exiles sat, was calm.", "Tunis"),
        ("The China in her cupboard broke.", "China"),
        ("A Boeing 737 slid into the grass.", "Boeing"),
        ("The carpenter from Washington state lost a thumb.", "Washington"),
        ("She named the twins Austria and Saxon.", "Austria"),
        ("Sudan, the last white rhino, died.", "Sudan"),
        ("The ferry Mavi Anadolu sailed.", "Anadolu"),
        ("The clinic in Avenida Colombia has no lift.", "Colombia"),
        ("Her son Jordan is nine.", "Jordan"),
    ],
)
def test_what_only_looks_like_somebody_is_nobody(code, text, words):
    """Datelines, treaties, makes, ships, children, animals and streets."""
    assert not code(text, words)


def test_a_street_where_a_government_sits_fields_no_team(code):
    """Words of a game in the sentence do not make a team of it."""
    assert code("Downing Street sent nobody to the opening match.", "Downing Street") == "GBR"
