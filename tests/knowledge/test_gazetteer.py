"""Who a name can mean: the built-in gazetteer, asked as a reader of news would."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dragoman.knowledge import Gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def ids(gazetteer: Gazetteer, surface: str, on: str | None = None) -> list[str]:
    return [sense.entry.id for sense in gazetteer.senses(surface, on)]


def via(gazetteer: Gazetteer, surface: str, on: str | None = None) -> set[str]:
    return {sense.via for sense in gazetteer.senses(surface, on)}


# --- how a name points at an actor


@pytest.mark.parametrize(
    ("surface", "id", "how"),
    [
        ("Russia", "RUS", "name"),
        ("Russian Federation", "RUS", "name"),
        ("Russian", "RUS", "demonym"),
        ("Moscow", "RUS", "metonym"),
        ("UAE", "ARE", "acronym"),
        ("UN", "UN", "acronym"),
        ("United Nations", "UN", "name"),
        ("Turtle Bay", "UN", "metonym"),
        ("League of Arab States", "ARL", "name"),
        ("Security Council", "UNSC", "name"),
        ("Knesset", "il-knesset", "name"),
    ],
)
def test_a_name_says_how_it_names(gazetteer: Gazetteer, surface: str, id: str, how: str) -> None:
    """Names, acronyms, demonyms and metonyms are told apart."""
    assert ids(gazetteer, surface, "2012") == [id]
    assert via(gazetteer, surface, "2012") == {how}


def test_an_acronym_listed_among_aliases_is_an_acronym(gazetteer: Gazetteer) -> None:
    """The states file has no column for acronyms: capitals make one."""
    assert via(gazetteer, "USA") == {"acronym"}


def test_nobody_is_an_empty_answer(gazetteer: Gazetteer) -> None:
    """Words that name no one have no senses."""
    assert gazetteer.senses("Brussels sprouts") == ()


# --- spelling


@pytest.mark.parametrize("spelling", ["U.S.", "US", "USA", "U.S.A.", "the US", "the U.S.", "the United States"])
def test_full_stops_and_the_article_do_not_count(gazetteer: Gazetteer, spelling: str) -> None:
    """U.S. and the US are one acronym."""
    assert ids(gazetteer, spelling) == ["USA"]


@pytest.mark.parametrize(
    "spelling", ["Côte d'Ivoire", "Cote d’Ivoire", "Côte d‘Ivoire", "COTE D'IVOIRE", "Ivory Coast"]
)
def test_accents_and_apostrophes_do_not_count(gazetteer: Gazetteer, spelling: str) -> None:
    """Diacritics may be missing and apostrophes may be curly."""
    assert ids(gazetteer, spelling) == ["CIV"]


@pytest.mark.parametrize("spelling", ["Guinea-Bissau", "Guinea Bissau", "Guinea–Bissau"])
def test_hyphens_do_not_count(gazetteer: Gazetteer, spelling: str) -> None:
    """A hyphen, a dash and a blank are one; the neighbour Guinea is another state."""
    assert ids(gazetteer, spelling) == ["GNB"]


def test_an_ampersand_is_and(gazetteer: Gazetteer) -> None:
    """News write both."""
    assert ids(gazetteer, "Trinidad & Tobago") == ids(gazetteer, "Trinidad and Tobago") == ["TTO"]


@pytest.mark.parametrize("word", ["us", "turkey", "chad", "polish", "china", "who", "care", "west", "the us", "jordan"])
def test_a_common_word_is_nobody(gazetteer: Gazetteer, word: str) -> None:
    """Without its capital a name or acronym is a common word."""
    assert gazetteer.senses(word) == ()


@pytest.mark.parametrize("word", ["Us", "Who", "Care", "Un", "Car"])
def test_an_acronym_keeps_all_its_capitals(gazetteer: Gazetteer, word: str) -> None:
    """A sentence may begin with "Us" or "Who" without naming a state or a health agency."""
    assert gazetteer.senses(word) == ()


@pytest.mark.parametrize(
    ("headline", "id"), [("TURKEY", "TUR"), ("SAUDI ARABIA", "SAU"), ("RUSSIAN", "RUS"), ("KREMLIN", "RUS")]
)
def test_headlines_may_be_in_capitals(gazetteer: Gazetteer, headline: str, id: str) -> None:
    """Only the first capital is asked of a name."""
    assert ids(gazetteer, headline, "2020") == [id]


def test_house_styles_may_lower_later_words(gazetteer: Gazetteer) -> None:
    """Some papers write "UN security council" and "Arab league"."""
    assert ids(gazetteer, "UN security council") == ["UNSC"]
    assert ids(gazetteer, "Arab league") == ["ARL"]


def test_some_names_need_their_article(gazetteer: Gazetteer) -> None:
    """A bloc is "the West" or "the west"; "West" alone is a point of the compass, "Alliance" a company."""
    assert ids(gazetteer, "the West") == ids(gazetteer, "the west") == ids(gazetteer, "The West") == ["WEST"]
    assert ids(gazetteer, "the Alliance") == ["NATO"]
    assert gazetteer.senses("West") == gazetteer.senses("Alliance") == ()


@pytest.mark.parametrize("surface", ["Kremlin", "the Kremlin", "The Kremlin", "White House", "the White House"])
def test_other_names_take_it_or_leave_it(gazetteer: Gazetteer, surface: str) -> None:
    """A name listed without an article is found with and without one."""
    assert len(gazetteer.senses(surface, "2020")) == 1


@pytest.mark.parametrize(
    ("spelling", "id"),
    [
        ("Burma", "MMR"), ("Czechia", "CZE"), ("Swaziland", "SWZ"), ("Turkiye", "TUR"), ("Türkiye", "TUR"), ("Cape Verde", "CPV"),
        ("Cabo Verde", "CPV"), ("DR Congo", "COD"), ("DRC", "COD"), ("Congo-Kinshasa", "COD"), ("Zaire", "COD"), ("Kiev", "UKR"),
        ("Kyiv", "UKR"), ("Britain", "GBR"), ("U.K.", "GBR"), ("Holland", "NLD"), ("FYROM", "MKD"), ("Macedonia", "MKD"),
        ("Timor-Leste", "TLS"), ("Ceylon", "LKA"), ("Upper Volta", "BFA"), ("Holy See", "VAT"), ("ROK", "KOR"), ("DPRK", "PRK"),
    ],
)  # fmt: skip
def test_news_spellings_of_states(gazetteer: Gazetteer, spelling: str, id: str) -> None:
    """Old, new and short names lead to the same state."""
    assert ids(gazetteer, spelling) == [id]


# --- several senses


@pytest.mark.parametrize(
    ("surface", "expected"),
    [("Congo", {"COD", "COG"}), ("Korea", {"KOR", "PRK"}), ("Korean", {"KOR", "PRK"}), ("Dominican", {"DMA", "DOM"})],
)
def test_an_ambiguous_name_keeps_all_its_senses(gazetteer: Gazetteer, surface: str, expected: set[str]) -> None:
    """Which of them is meant takes the text."""
    assert set(ids(gazetteer, surface)) == expected


@pytest.mark.parametrize(
    ("surface", "id"),
    [("Guinea", "GIN"), ("Equatorial Guinea", "GNQ"), ("Papua New Guinea", "PNG"),
     ("Northern Ireland", "GBR"), ("Ireland", "IRL"), ("South Sudan", "SSD"), ("Sudan", "SDN"),
     ("Niger", "NER"), ("Nigeria", "NGA"), ("South Korean", "KOR")],
)  # fmt: skip
def test_a_longer_name_is_another_state(gazetteer: Gazetteer, surface: str, id: str) -> None:
    """Guinea, Ireland, Sudan and Korea each lie inside other states' names."""
    assert ids(gazetteer, surface, "2020") == [id]


def test_states_come_before_organisations(gazetteer: Gazetteer) -> None:
    """Brussels is Belgium's government, and the EU's and NATO's seat."""
    assert ids(gazetteer, "Brussels") == ["BEL", "EU", "NATO"]


def test_states_that_last_come_first(gazetteer: Gazetteer) -> None:
    """Without a date "Yemeni" is the Yemen of today before the one that ended in 1990."""
    assert ids(gazetteer, "Yemeni") == ["YEM", "YAR"]


# --- dates


@pytest.mark.parametrize(
    ("surface", "on", "expected"),
    [
        ("Russian", "1985", ["SUN"]),
        ("Russian", "2012-01-18", ["RUS"]),
        ("the Kremlin", "1968-08", ["SUN"]),
        ("Serbia", "1995", ["YUG"]),
        ("Serbia", "2004", ["SCG"]),
        ("Serbia", "2010", ["SRB"]),
        ("Czechoslovakia", "1993-06", []),
        ("Slovak", "1985", []),
        ("South Sudan", "2005-01", []),
        ("South Sudan", "2012-01", ["SSD"]),
        ("Yemeni", "1985", ["YAR"]),
        ("Yemeni", "2012", ["YEM"]),
        ("East German", "1989-11-09", ["DDR"]),
        ("East German", "1995", []),
        ("AMISOM", "2010", ["AMISOM"]),
        ("AMISOM", "2023", []),
        ("Kosovo", "1998", ["YUG"]),
        ("Kosovo", "2012", ["KOS"]),
    ],
)
def test_a_state_that_did_not_exist_is_not_meant(
    gazetteer: Gazetteer, surface: str, on: str, expected: list[str]
) -> None:
    """A name means who bore it on the date of the text."""
    assert ids(gazetteer, surface, on) == expected


def test_a_coarse_date_meets_all_it_covers(gazetteer: Gazetteer) -> None:
    """In "1991" the Soviet Union ended and Russia began: a text of that year can mean either."""
    assert ids(gazetteer, "Moscow", "1991") == ["RUS", "SUN"]
    assert ids(gazetteer, "Moscow", "1991-12-01") == ["SUN"]


def test_a_date_may_carry_a_time(gazetteer: Gazetteer) -> None:
    """Publication times are ISO 8601 with hours and zone."""
    assert ids(gazetteer, "Moscow", "2012-01-18T14:05:00Z") == ["RUS"]


# --- what an entry says


def test_a_dependency_folds_into_its_sovereign(gazetteer: Gazetteer) -> None:
    """Greenland acts under Denmark's code."""
    (entry,) = gazetteer.entries("GRL")
    assert (entry.kind, entry.country, entry.parent) == ("state", "DNK", "DNK")


@pytest.mark.parametrize(
    ("id", "country", "sectors"),
    [("UN", "UNO", ()), ("ICC", "IGO", ("JUD",)), ("NATO", "IGO", ("MIL",)), ("EP", "EUR", ("LEG",)), ("MSF", "NGO", ("MED",)),
     ("us-congress", "USA", ("LEG",)), ("MINUSMA", "UNO", ("MIL",)), ("UNHCR", "UNO", ("REF",))],
)  # fmt: skip
def test_organisations_carry_plovers_codes(
    gazetteer: Gazetteer, id: str, country: str, sectors: tuple[str, ...]
) -> None:
    """Country and sectors of a body are PLOVER's."""
    (entry,) = gazetteer.entries(id)
    assert (entry.country, entry.sectors) == (country, sectors)


def test_a_construct_has_no_country(gazetteer: Gazetteer) -> None:
    """The West is a bloc that no code stands for."""
    (entry,) = gazetteer.entries("WEST")
    assert (entry.kind, entry.country) == ("bloc", None)


def test_a_state_has_its_correlates_of_war_number(gazetteer: Gazetteer) -> None:
    """The number by which other data sets know the state; bodies have none."""
    assert [gazetteer.entries(id)[0].cow for id in ("RUS", "USA", "UN")] == ["365", "2", None]


def test_an_unknown_id_has_no_entries(gazetteer: Gazetteer) -> None:
    """Looked and found nothing is an empty tuple."""
    assert gazetteer.entries("ATLANTIS") == ()


# --- scanning


@pytest.mark.parametrize(
    "token", ["Russia", "UN", "U.N.", "the", "Guinea-Bissau", "Guinea", "League", "world", "Türkiye", "10"]
)
def test_a_token_can_begin_a_name(gazetteer: Gazetteer, token: str) -> None:
    """The filter lets every first word of a name pass, whatever its spelling."""
    assert gazetteer.starts(token)


@pytest.mark.parametrize("token", ["said", "turkey", "reiterated", "", ".", "Xyzzy"])
def test_most_tokens_begin_none(gazetteer: Gazetteer, token: str) -> None:
    """The filter spares the look-up for words that begin no name, or not without a capital."""
    assert not gazetteer.starts(token)


@pytest.mark.parametrize(
    ("token", "name"),
    [("Guinea", "Guinea-Bissau"), ("the", "the blue helmets"), ("Democratic", "Democratic Republic of the Congo")],
)
def test_a_word_reaches_as_far_as_its_longest_name(gazetteer: Gazetteer, token: str, name: str) -> None:
    """A scan need look no further than the longest name that begins with the word, and no name is longer than `longest`."""
    assert len(name.replace("-", " ").split()) <= gazetteer.reach(token) <= gazetteer.longest


def test_a_word_that_begins_no_name_reaches_nothing(gazetteer: Gazetteer) -> None:
    """A state of one word does not reach beyond it."""
    assert (gazetteer.reach("Xyzzy"), gazetteer.reach("turkey"), gazetteer.reach("Eswatini")) == (0, 0, 1)


def test_longest_covers_the_longest_name(gazetteer: Gazetteer) -> None:
    """A window of `longest` words finds the longest name there is."""
    name = "International Criminal Tribunal for the former Yugoslavia"
    assert len(name.split()) <= gazetteer.longest <= 16
    assert ids(gazetteer, name) == ["ICTY"]


PIECES = "Russia|U.S.|the West|Côte d'Ivoire|Guinea-Bissau|İstanbul|ŉ|ﷺ|中国|🇫🇷|e\u0301|\r\n"
NAMES = st.sampled_from(PIECES.split("|"))


@given(
    st.one_of(st.text(max_size=40), st.lists(NAMES, max_size=3).map(" ".join)),
    st.sampled_from([None, "1991", "2012-01-18"]),
)
@example("the", None)
@example("the ", None)
@example(".", None)
@example("\u0345", None)
def test_any_text_can_be_looked_up(surface: str, on: str | None) -> None:
    """Hostile words have senses or none, the same ones each time, and a name that is found begins with a word that starts one."""
    gazetteer = LOADED
    senses = gazetteer.senses(surface, on)
    assert senses == gazetteer.senses(surface, on)
    if senses:
        words = surface.strip().split(None, 1)
        assert any(gazetteer.starts(word) for word in words)


LOADED = Gazetteer.load()
