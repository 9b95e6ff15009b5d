"""The tables of POLECAT, ICEWS, GDELT, CAMEO and PETRARCH: columns, codes, pairs, and the way back to the words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.analysis import Count
from dragoman.document import Document
from dragoman.views.exports import Losses, coded

from .conftest import CHAD, FRONT, MINISTER, NORWAY, NURSES, SWEDEN, UN, act, rows, table, written

DYADIC = ("cameo", "gdelt", "gdelt-mentions", "icews", "petrarch")


def test_polecat_has_its_forty_columns(report):
    """With a header line."""
    header, *lines = rows("polecat", report)
    assert (len(header), header[0], header[24], header[39]) == (40, "Event ID", "City", "Version")
    assert {len(line) for line in lines} == {40}


def test_polecat_says_none_in_words(report):
    """An empty cell is `None`."""
    assert not any(cell == "" for line in rows("polecat", report) for cell in line)


def test_events_of_an_article_share_the_beginning_of_their_polecat_ids(report):
    """The article is what stands before the first underscore."""
    ids = [row["Event ID"] for row in table("polecat", report)]
    assert {id.partition("_")[0] for id in ids} == {report.document.id}
    assert len(set(ids)) == len(ids)


def test_polecat_joins_the_parties_of_a_side():
    """Names, countries, numbers and sectors run along each other."""
    (row,) = table("polecat", act("ACCUSE", actors=(MINISTER, FRONT), recipients=(CHAD,)))
    assert row["Actor Name"] == "Marta Ilvesk; Tamsk Front"
    assert (row["Actor Country"], row["Actor COW"]) == ("NOR; None", "385; None")
    assert (row["Actor Sectors"], row["Recipient Country"]) == ("GOV; REB", "TCD")


def test_polecat_names_the_quad_class_in_capitals(report):
    """And the type after tense and negation."""
    row = table("polecat", report)[1]
    assert (row["Event Type"], row["Quad Code"], row["Event Mode"]) == ("ASSAULT", "MATERIAL CONFLICT", "heavy-weapons")


def test_polecat_has_the_resolved_place(report):
    """City, country, coordinates, the number in GeoNames and the words."""
    row = table("polecat", report)[4]
    assert [row[c] for c in ("City", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename")] == [
        *("Tamsk", "NOR", "69.5", "18.25", "7", "Tamsk")
    ]


def test_icews_has_its_twenty_columns_and_text_codes():
    """The leading zero of 042 is part of the code."""
    header, line = rows("icews", act("CONSULT", actors=(MINISTER,), recipients=(CHAD,), cameo="042"))
    row = dict(zip(header, line, strict=True))
    assert len(header) == len(line) == 20
    assert (row["CAMEO Code"], row["Intensity"], row["Event Date"]) == ("042", "1.9", "2031-05-02")


def test_icews_writes_names_and_not_codes():
    """Countries and sectors in words."""
    (row,) = table("icews", act("ACCUSE", actors=(NURSES,), recipients=(UN,)))
    assert (row["Source Name"], row["Source Sectors"], row["Source Country"]) == ("Nurses", "Medical", "Norway")
    assert row["Target Country"] == "United Nations"


def test_icews_puts_a_city_among_cities(report):
    """And its country by name."""
    row = next(r for r in table("icews", report) if r["City"])
    assert (row["City"], row["Country"], row["Latitude"]) == ("Tamsk", "Norway", "69.5")


def test_gdelt_has_sixty_one_columns_and_no_header():
    """The last is the address of the page."""
    analysis = act("ASSAULT", mode="aerial", actors=(MINISTER,), recipients=(CHAD,))
    with_url = replace(analysis, document=replace_url(analysis.document, "https://wire.invalid/1"))
    (line,) = rows("gdelt", with_url)
    assert len(line) == 61
    assert (line[1], line[2], line[3], line[60]) == ("20310502", "203105", "2031", "https://wire.invalid/1")


def replace_url(document, url):
    """The same document with an address."""
    return Document(document.text, publisher=document.publisher, published=document.published, url=url)


def test_gdelt_codes_are_leaf_base_and_root():
    """As text: base has three digits, root two."""
    (line,) = rows("gdelt", act("RETREAT", cameo="0841", actors=(MINISTER,), recipients=(CHAD,)))
    assert line[26:31] == ["0841", "084", "08", "2", "7"]


def test_gdelt_takes_an_actor_apart():
    """Code, name in capitals, country, and the roles as types."""
    (line,) = rows("gdelt", act("ACCUSE", actors=(MINISTER,), recipients=(FRONT,)))
    assert line[5:15] == ["NORGOV", "MARTA ILVESK", "NOR", "", "", "", "", "GOV", "", ""]
    assert line[15:25] == ["REB", "TAMSK FRONT", "", "", "", "", "", "REB", "", ""]


def test_gdelt_knows_the_un_as_a_group():
    """It has no country, and IGO is its type."""
    (line,) = rows("gdelt", act("ACCUSE", actors=(UN,), recipients=(CHAD,)))
    assert line[5:15] == ["IGOUNO", "UNITED NATIONS", "", "UNO", "", "", "", "IGO", "", ""]


def test_gdelt_leaves_fips_codes_empty(report):
    """Its geography has codes of another standard, so the country is given by name."""
    geo = next(line[51:59] for line in rows("gdelt", report) if line[51] == "4")
    assert geo == ["4", "Tamsk, Norway", "", "", "", "69.5", "18.25", ""]


def test_gdelt_is_added_when_it_was_published():
    """No clock is read: two exports are the same."""
    analysis = act("AID", actors=(NORWAY,), recipients=(CHAD,), published="2031-05-02T09:30:05Z")
    assert rows("gdelt", analysis)[0][59] == "20310502093005"
    assert written("gdelt", analysis) == written("gdelt", analysis)


def test_gdelt_mentions_point_into_the_document():
    """Offsets of both sides and of the words of the event, in code points."""
    analysis = act("ACCUSE", actors=(NORWAY,), recipients=(CHAD,), score=0.5)
    (line,) = rows("gdelt-mentions", analysis)
    text = analysis.document.text
    assert len(line) == 16
    assert [text[int(line[n]) :].split()[0].rstrip(".") for n in (7, 8, 9)] == ["Norway", "Chad", "acts"]
    assert line[11] == "50"
    assert line[0] == rows("gdelt", analysis)[0][0]


def test_cameo_rows_lead_to_the_words(report):
    """Document, offsets, words, sentence and who claims it."""
    row = next(r for r in table("cameo", report) if r["anchor"] == "shelled")
    assert report.document.text[int(row["anchor_start"]) : int(row["anchor_end"])] == "shelled"
    assert report.document.text[int(row["sentence_start"]) : int(row["sentence_end"])] == row["sentence"]
    assert (row["claimed_by"], row["code"], row["root"], row["quad"]) == ("Marta Ilvesk", "194", "19", "4")
    assert row["document_id"] == report.document.id


def test_cameo_texts_can_be_left_out(report):
    """The sentence is empty then."""
    assert {row["sentence"] for row in table("cameo", report, text=False)} == {""}


def test_cameo_keeps_events_without_a_date():
    """It is our own table: the cell is empty."""
    (row,) = table("cameo", act("AID", actors=(NORWAY,), published=None))
    assert row["date"] == ""


def test_petrarch_lines_have_the_columns_of_petrarch2():
    """date, source, target, code, issues, ids, source of the story, words of both sides, words of the event."""
    (line,) = rows("petrarch", act("CONSULT", cameo="042", actors=(MINISTER,), recipients=(FRONT,)))
    assert line[:5] == ["20310502", "NORGOV", "REB", "042", ""]
    assert line[6:] == ["Harbour Wire", "Marta Ilvesk", "Tamsk Front", "acts"]


def test_petrarch_has_a_column_for_the_address_only_where_there_is_one(report):
    """So the number of columns varies, as PETRARCH2's does."""
    assert {len(line) for line in rows("petrarch", report)} == {11}
    assert len(rows("petrarch", act("AID", actors=(NORWAY,)))[0]) == 10


def test_petrarch_writes_dashes_for_nobody():
    """A side that the text does not name, or of which no code is known."""
    assert rows("petrarch", act("ASSAULT", recipients=("farmers",)))[0][1:3] == ["---", "---"]


def test_petrarch_counts_a_dyad_once_in_a_story_and_lists_every_sentence():
    """PETRARCH2 itself keeps the last one only."""
    text = "Norway accused Chad. Norway again accused Chad."
    base = act("ACCUSE", actors=(NORWAY,), recipients=(CHAD,))
    event = base.events[0]
    document = Document(text, publisher="Harbour Wire", published="2031-05-02")
    events = []
    for number, at in enumerate((0, 21)):
        spans = {w: text.index(w, at) for w in ("Norway", "accused", "Chad")}
        party = [
            replace(p, start=spans[p.text], end=spans[p.text] + len(p.text)) for p in event.actors + event.recipients
        ]
        anchor = document.span(spans["accused"], spans["accused"] + 7)
        events.append(
            replace(event, id=f"e{number}", anchor=anchor, actors=(party[0],), recipients=(party[1],)),
        )
    (line,) = rows("petrarch", replace(base, document=document, events=tuple(events)))
    assert line[5] == f"{document.id}_1;{document.id}_2"


@pytest.mark.parametrize("format", DYADIC)
def test_talks_are_two_rows(format):
    """Each side is once the source."""
    found = written(format, act("CONSULT", actors=(NORWAY, SWEDEN))).splitlines()
    assert len(found) - (format in ("cameo", "icews")) == 2


@pytest.mark.parametrize("format", DYADIC)
def test_hypothetical_events_are_left_out_and_counted(format):
    """CAMEO codes what happened."""
    losses = Losses()
    analysis = act("ASSAULT", actors=(NORWAY,), recipients=(CHAD,), modality="hypothetical")
    assert len(written(format, analysis, losses=losses).splitlines()) == (format in ("cameo", "icews"))
    assert losses.counts == {coded.UNREAL: 1}


@pytest.mark.parametrize("format", ["gdelt", "icews", "petrarch", "polecat"])
def test_claims_that_look_like_facts_are_counted(report, format):
    """Four events of the report are claims, one of them hypothetical."""
    losses = Losses()
    written(format, report, losses=losses)
    assert losses.counts[coded.CLAIMS] == (4 if format == "polecat" else 3)


@pytest.mark.parametrize("format", [*DYADIC, "polecat"])
def test_tabs_and_breaks_in_names_do_not_part_cells(format):
    """Readers of these tables know no quotes."""
    plain = act("ACCUSE", actors=(MINISTER,), recipients=(CHAD,))
    odd = replace(plain, actors=(replace(MINISTER, name='M\tI\r\n"x"\u2028'), CHAD))
    assert [len(r) for r in rows(format, odd)] == [len(r) for r in rows(format, plain)]
    assert '"' in written(format, odd) or format in ("gdelt-mentions", "petrarch")


@pytest.mark.parametrize("format", [*DYADIC, "polecat"])
def test_numbers_of_victims_are_counted_as_lost(format):
    """These tables have no column for them."""
    losses = Losses()
    analysis = act("ASSAULT", actors=(NORWAY,), recipients=(CHAD,), dead=Count(0, 6, "Norway", value=3))
    written(format, analysis, losses=losses)
    assert losses.counts[coded.VICTIMS] == 1
