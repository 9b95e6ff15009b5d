"""Classes of words that fresh cases showed to be read wrongly: towns, possessives, hyphens, successors, families, games."""

from __future__ import annotations


def test_a_large_town_says_whose_its_police_are(code):
    """By the gazetteer of places, though no list of the language names it."""
    assert code("The Baltimore police put up fences.", "police") == "USACOP"


def test_a_state_behind_the_role_goes_before_a_province_of_its_name(code):
    """Niger is a state; Nigeria's province of that name is not meant."""
    assert code("Tuareg rebels in Niger freed two drivers.", "in Niger") == "NERREB"


def test_a_body_in_the_possessive_is_an_actor_of_its_own(code):
    """The assembly of "the assembly's speaker" is the one named before."""
    text = "In Caracas judges took over the powers of the National Assembly. The assembly's speaker tore up the ruling."
    assert code(text, "The assembly") == "VENLEG"


def test_an_adjective_of_two_states_makes_a_body_of_neither(code):
    """Only the sector is known of an Anglo-Dutch company."""
    assert code("The Anglo-Dutch oil giant shut two wells.", "oil giant") == "BUS"


def test_a_hyphenated_person_is_of_the_second_state(code):
    """A Yemeni-American is an American."""
    assert code("A Yemeni-American preacher was killed.", "preacher") == "USAREL"


def test_a_body_is_still_itself_after_its_end(code):
    """A group that has been dissolved is known by its name; a state is not."""
    assert code("The film is about the Shining Path and the LTTE.", "LTTE", "2019-01-01") == "LKAREB"
    assert code("The film is about Czechoslovakia.", "Czechoslovakia", "2019-01-01") is None


def test_an_acronym_of_the_text_goes_before_a_listed_one(code):
    """What the text calls FPM is not the Lebanese party."""
    text = "The Free Papaya Movement (FPM) is an armed group in Papua. The FPM burned a truck."
    assert code(text, "FPM") not in ("LBNPTY", None)


def test_commanders_of_an_armed_group_are_of_the_group(code):
    """A Taliban commander is no soldier."""
    assert code("A Taliban commander released two hostages.", "Taliban commander") == "AFGREB"


def test_the_family_of_an_official_is_elite_and_of_a_driver_nobody(code):
    """His wife, where he is in politics."""
    assert code("Chile's mining minister slept at the shaft. His wife sent soup.", "His wife") == "CHLELI"
    assert code("A Chilean driver slept at the shaft. His wife sent soup.", "His wife") is None


def test_one_of_several_bearers_is_undecided(code):
    """Two ministers, then "the minister"."""
    assert code("Two foreign ministers met in Antalya. The minister did not shake hands.", "The minister") is None


def test_an_owner_that_cannot_be_told_makes_nobody(code):
    """Which Congo the general is of, nothing says."""
    assert code("The Congolese general was seen in a bar.", "general") is None


def test_opposition_to_something_is_no_opposition(code):
    """What somebody does is not who they are."""
    assert code("His opposition to the dam surprised Kenya's ministers.", "His opposition") is None


def test_a_party_in_the_garden_is_none(code):
    """Two words of which the second alone would be a party."""
    assert code("The Kenyan ambassador's garden party was rained off.", "garden party") is None


def test_members_of_parliament_are_one_role(code):
    """A role whose plural is in its first word."""
    assert code("Ghana's members of parliament took a pay rise.", "members of parliament") == "GHALEG"


def test_the_air_force_is_no_airline(code):
    """A capital word of a carrier spoils the name in front only where it is no office."""
    assert code("The Indian Air Force bombed a hill.", "Air Force") == "INDMIL"


def test_a_surname_behind_an_unknown_first_name_is_no_state(code):
    """Denzel Washington is an actor of another kind."""
    assert code("Denzel Washington was at the table next to the guests.", "Washington") is None


def test_a_role_behind_an_adjective_of_a_nation_needs_no_noun_tag(code):
    """The parse takes neo-Nazi for an adverb."""
    assert code("A British neo-Nazi left nail bombs in pubs.", "neo-Nazi") == "GBRUAF"


def test_a_hyphenated_modifier_gives_the_sector(code):
    """Candidates for democracy are the opposition."""
    assert code("Thailand's pro-democracy candidates won.", "candidates") == "THAOPP"


def test_rulers_before_1990_are_known_on_their_dates(code):
    """From the data of the time, as the state then was."""
    assert code("Nikita Khrushchev would ship the missiles home.", "Nikita Khrushchev", "1962-10-28") == "SUNGOV"
    assert code("Hafizullah Amin was in the palace.", "Hafizullah Amin", "1979-12-20") == "AFGGOV"


def test_an_entity_that_broke_away_is_known_while_it_lasted(code):
    """Biafra had three years."""
    assert code("Biafra printed its own stamps.", "Biafra", "1967-06-30") == "NGAPRE"
    assert code("Biafra printed its own stamps.", "Biafra", "1990-06-30") is None
