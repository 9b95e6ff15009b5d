"""Where an event happened: the words that say so, and the place in the world they stand for."""

from __future__ import annotations

import pytest

from tests.reading.scenes import played


@pytest.fixture(scope="module")
def place(pipeline):
    """Marked-up text in, the place of its only event out."""
    return lambda text, **kwargs: played(text, pipeline, **kwargs).one().place


@pytest.mark.parametrize(
    ("text", "words", "name", "country"),
    [
        ("[minister:The minister] met [envoy:the envoy] in Geneva.", "Geneva", "Geneva", "CHE"),
        ("[minister:The minister] met [envoy:the envoy] in London on Monday.", "London", "London", "GBR"),
        ("[army:The army] attacked [front:the rebels] near Aleppo.", "Aleppo", "Aleppo", "SYR"),
        ("[army:The army] attacked [front:the rebels] in the town of Mosul.", "Mosul", "Mosul", "IRQ"),
        ("[army:The army] attacked [front:the rebels] in Helmand province.", "Helmand", "Helmand", "AFG"),
        ("[army:The army] attacked [front:the rebels] in northern Syria.", "Syria", "Syria", "SYR"),
    ],
)
def test_phrases_of_place_are_resolved(place, text, words, name, country):
    """Cities, provinces and countries behind a preposition of place."""
    found = place(text)
    assert (found.text.removeprefix("northern ").removesuffix(" province"), found.name, found.country) == (
        words,
        name,
        country,
    )


def test_a_city_has_coordinates_and_a_province(place):
    """What maps and exports need."""
    found = place("[minister:The minister] met [envoy:the envoy] in Geneva.")
    assert (found.kind, found.province, found.geonames) == ("city", "Geneva", 2660646)
    assert (round(found.latitude), round(found.longitude)) == (46, 6)


def test_a_province_that_is_called_one_is_not_its_city(place):
    """ "Aleppo province" is more than Aleppo."""
    assert place("[army:The army] attacked [front:the rebels] in Aleppo province.").kind == "province"
    assert place("[army:The army] attacked [front:the rebels] in Aleppo.").kind == "city"


@pytest.mark.parametrize("name", ["Tripoli", "Santiago", "Birmingham", "Cordoba"])
def test_namesakes_of_several_countries_stay_open(place, name):
    """No place rather than a guess; the words are kept."""
    found = place(f"[minister:The minister] met [envoy:the envoy] in {name}.")
    assert (found.text, found.name, found.country, found.latitude) == (name, None, None, None)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("[minister:The minister] met [envoy:the envoy] in Tripoli, Lebanon.", "LBN"),
        ("[minister:The minister] met [envoy:the envoy] in Tripoli, Libya.", "LBY"),
        ("[minister:The minister] met [envoy:the envoy] in Valencia, Venezuela.", "VEN"),
    ],
)
def test_the_country_behind_the_name_decides(place, text, country):
    """A writer who doubts says which."""
    assert place(text).country == country


@pytest.mark.parametrize(("country", "other"), [("Libya", "LBY"), ("Lebanon", "LBN")])
def test_the_country_that_the_text_speaks_of_decides(read, country, other):
    """Of two namesakes, the one in a country that takes part."""
    analysis = read(f"The president of {country} met the Norwegian foreign minister in Tripoli on Monday.")
    assert [e.place.country for e in analysis.events if e.place is not None] == [other]


def test_small_namesakes_are_not_thought_of(read):
    """Geneva is not in Illinois, however often Americans go there."""
    analysis = read("The American president met the Norwegian foreign minister in Geneva.")
    assert [e.place.country for e in analysis.events if e.place is not None] == ["CHE"]


def test_what_a_speech_act_is_about_is_not_where_it_was_done(pipeline):
    """Who condemns a raid in Mosul need not be there."""
    scene = played("[RUR:Ruritania] condemned [GRA:Graustark]'s raid in Mosul.", pipeline)
    assert [e.place for e in scene.events if e.type == "ACCUSE"] == [None]


def test_capitals_that_stand_for_governments_are_no_places(read):
    """ "Moscow rejected" says nothing of where."""
    analysis = read("Moscow rejected the Norwegian proposal.")
    assert [e.place for e in analysis.events] == [None] * len(analysis.events)


def test_a_house_is_not_a_town_of_the_same_name(place):
    """The White House is a building, whatever Casablanca means."""
    found = place("[minister:The minister] met [envoy:the envoy] at the White House.")
    assert found is None or found.country is None


def test_the_dateline_tells_where_its_own_people_act(read):
    """A report from Bamako of what Mali did, and not of what others did elsewhere."""
    dateline = "BAMAKO (Harbour Wire) - "
    (event,) = read(f"{dateline}Mali rejected the Norwegian proposal.").events
    assert (event.place.text, event.place.country) == ("BAMAKO", "MLI")
    assert [e.place for e in read(f"{dateline}Peru condemned Norway.").events] == [None]


def test_the_dateline_gives_way_to_a_place_in_the_sentence(read):
    """What a court in Bavaria does, it does not do in Berlin."""
    analysis = read("BERLIN (Harbour Wire) - Germany condemned Peru after a court in Bavaria freed the envoy.")
    assert [e.place for e in analysis.events if e.type == "ACCUSE" and e.place is not None] == []
