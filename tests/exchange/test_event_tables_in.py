"""Tables of POLECAT, ICEWS and GDELT become events that quote the lines of their file."""

from __future__ import annotations

import pytest

from dragoman.analysis import Analysis
from dragoman.errors import DocumentError
from dragoman.ingest import Unread
from dragoman.ingest.exchange import Lost
from dragoman.ingest.exchange.cameo import code_of, plover_of
from dragoman.ingest.exchange.gdelt import COLUMNS_1, COLUMNS_2
from dragoman.ingest.exchange.polecat import COLUMNS
from dragoman.views.exports.icews import COLUMNS as ICEWS

from .conftest import CHAD, FRONT, MINISTER, NORWAY, NURSES, PAPER, act, written

POLECAT_ROW = {
    "Event ID": "20310502-77_ACCUSE",
    "Event Date": "2031-05-01",
    "Event Type": "ACCUSE",
    "Event Mode": "allege",
    "Intensity": "-3.5",
    "Quad Code": "VERBAL CONFLICT",
    "Contexts": "military; diplomatic",
    "Actor Name": "Norway",
    "Actor Country": "NOR",
    "Actor Sectors": "GOV",
    "Actor Name Raw": "Oslo",
    "Recipient Name": "Tamsk Front",
    "Recipient Country": "None",
    "Recipient Sectors": "REB",
    "Recipient Name Raw": "the Front",
    "Placename": "Tamsk",
    "City": "Tamsk",
    "Country": "Norway",
    "Latitude": "69.5",
    "Longitude": "18.25",
    "GeoNames ID": "7",
    "Raw Placename": "Tamsk",
    "Source": "Harbour Wire",
    "Publication Date": "2031-05-02",
    "Language": "en",
}
ICEWS_ROW = {
    "Event ID": "1001",
    "Event Date": "2031-05-01",
    "Source Name": "Police (Norway)",
    "Source Sectors": "Police,Government",
    "Source Country": "Norway",
    "Event Text": "Make a visit",
    "CAMEO Code": "042",
    "Intensity": "1.9",
    "Target Name": "Chad",
    "Target Sectors": "NULL",
    "Target Country": "Chad",
    "Story ID": "77",
    "Sentence Number": "2",
    "Publisher": "Harbour Wire",
    "City": "Oslo",
    "Country": "Norway",
    "Latitude": "59.9",
    "Longitude": "10.7",
}
GDELT_ROW = {
    "GLOBALEVENTID": "4711",
    "SQLDATE": "20310501",
    "Actor1Code": "NORGOV",
    "Actor1Name": "OSLO",
    "Actor2Code": "TCDMED",
    "Actor2Name": "JOURNALIST",
    "EventCode": "0841",
    "GoldsteinScale": "7.0",
    "ActionGeo_Type": "1",
    "ActionGeo_FullName": "Norway",
    "ActionGeo_CountryCode": "NO",
    "ActionGeo_Lat": "62",
    "ActionGeo_Long": "10",
    "DATEADDED": "20310502093000",
    "SOURCEURL": "https://wire.invalid/1",
}


def line(row, columns, missing=""):
    """A row as a line of the table."""
    return "\t".join(row.get(c, missing) for c in columns) + "\n"


def polecat(*changes, columns=COLUMNS):
    """A table of POLECAT with one row for each set of changes."""
    return "\t".join(columns) + "\n" + "".join(line({**POLECAT_ROW, **c}, columns, "None") for c in changes)


def icews(*changes, columns=ICEWS):
    """A table of ICEWS with one row for each set of changes."""
    return "\t".join(columns) + "\n" + "".join(line({**ICEWS_ROW, **c}, columns) for c in changes)


def analyses(items):
    """The analyses of an import, each of whose spans quotes its document."""
    found = [i for i in items if isinstance(i, Analysis)]
    for analysis in found:
        for span in analysis.spans():
            assert analysis.document.text[span.start : span.end] == span.text
    return found


def who(analysis, side, event=0):
    """Words and code of the parties of a side."""
    parties = getattr(analysis.events[event], side)
    return [(p.text, analysis.actor(p.actor).code if p.actor else None) for p in parties]


def test_a_polecat_row_is_an_event_that_quotes_it(imported):
    """Type, mode, contexts, date, both sides, place, publisher and date of publication."""
    (analysis,) = analyses(imported(polecat({})))
    (event,) = analysis.events
    assert (event.type, event.mode, event.contexts, event.date) == (
        *("ACCUSE", "allege", ("military", "diplomatic")),
        "2031-05-01",
    )
    assert (who(analysis, "actors"), who(analysis, "recipients")) == ([("Oslo", "NORGOV")], [("the Front", "REB")])
    assert (event.place.name, event.place.country, event.place.geonames) == ("Tamsk", "NOR", 7)
    assert (analysis.document.publisher, analysis.document.published) == ("Harbour Wire", "2031-05-02")


def test_rows_of_one_article_are_one_document(imported):
    """The article is what stands before the first underscore of the id."""
    content = polecat({}, {"Event ID": "other_AID", "Event Type": "AID"}, {"Event ID": "20310502-77_AID"})
    first, second = analyses(imported(content))
    assert (len(first.events), len(second.events)) == (2, 1)
    assert first.document.text.count("\n") == 1


def test_event_intensity_is_intensity(imported):
    """Some files call column 5 so."""
    content = polecat({}).replace("Intensity", "Event Intensity", 1)
    assert len(analyses(imported(content))) == 1


def test_a_header_that_is_longer_than_its_rows_is_passed_over(imported):
    """Some files name columns that are not there; the forty are known."""
    header, row = polecat({}).splitlines()
    content = "\t".join([*header.split("\t"), "Headline", "Event Text", "Feed", "Story ID"]) + f"\n{row}\n"
    (analysis,) = analyses(imported(content))
    assert who(analysis, "actors") == [("Oslo", "NORGOV")]


def test_further_columns_that_are_there_are_understood(imported):
    """A headline before the others."""
    content = polecat({"Headline": "Oslo accuses"}, columns=("Headline", *COLUMNS))
    (analysis,) = analyses(imported(content))
    assert analysis.document.title == "Oslo accuses"
    assert analysis.events[0].type == "ACCUSE"


def test_surplus_tabs_at_the_end_of_a_row_are_dropped(imported):
    """If they part nothing but emptiness; otherwise the row is named."""
    header, row = polecat({}).splitlines()
    assert len(analyses(imported(f"{header}\n{row}\t\t\t\n"))) == 1
    (unread,) = [i for i in imported(f"{header}\n{row}\t\tx\n") if isinstance(i, Unread)]
    assert "42 cells instead of 40" in str(unread)


def test_latin_bytes_are_read(imported):
    """The files are UTF-8 or ISO-8859-1, and do not say which."""
    content = polecat({"Actor Name": "São Tomé", "Actor Name Raw": "São Tomé", "Actor Country": "STP"})
    for encoding in ("utf-8", "iso-8859-1"):
        (analysis,) = analyses(imported(content.encode(encoding)))
        assert who(analysis, "actors")[0][0] == "São Tomé"


def test_lists_in_cells_run_along_each_other(imported):
    """The second name has the second country; a country cell may nest alternatives."""
    content = polecat(
        {
            "Actor Name": "Norway; Chad",
            "Actor Name Raw": "Oslo; Chad",
            "Actor Country": "NOR; TCD|NER",
            "Actor Sectors": "None; None",
        }
    )
    (analysis,) = analyses(imported(content))
    assert who(analysis, "actors") == [("Oslo", "NOR"), ("Chad", "TCD")]


def test_auxiliary_contexts_of_polecat_are_tense_and_polarity(imported):
    """They are no topics, and what dragoman writes so comes back so."""
    (analysis,) = analyses(imported(polecat({"Contexts": "military; future; negation"})))
    (event,) = analysis.events
    assert (event.contexts, event.modality, event.polarity) == (("military",), "future", "negated")
    (again,) = analyses(imported(written("polecat", act("ASSAULT", actors=(FRONT,), modality="hypothetical"))))
    assert (again.events[0].modality, again.events[0].contexts) == ("hypothetical", ())


def test_none_is_nobody(imported):
    """A recipient `None` is no recipient of that name."""
    content = polecat({"Recipient Name": "None", "Recipient Name Raw": "None", "Recipient Sectors": "None"})
    (analysis,) = analyses(imported(content))
    assert analysis.events[0].recipients == ()


def test_an_icews_row_is_an_event_that_quotes_it(imported):
    """Code as text, sectors by name, country by name."""
    (analysis,) = analyses(imported(icews({})))
    (event,) = analysis.events
    assert (event.type, event.mode, event.cameo, event.anchor.text) == ("CONSULT", "visit", "042", "Make a visit")
    assert who(analysis, "actors") == [("Police (Norway)", "NORCOPGOV")]
    assert event.recipients[0].actor == "TCD"
    assert (event.place.name, event.place.kind, event.place.country) == ("Oslo", "city", "NOR")


def test_quotes_are_data_in_icews(imported):
    """A name may hold one that nothing closes."""
    (analysis,) = analyses(imported(icews({"Source Name": '"Loose (Norway)', "Event Text": 'Say "no"'})))
    assert analysis.events[0].anchor.text == 'Say "no"'
    assert who(analysis, "actors")[0][0] == '"Loose (Norway)'


def test_an_icews_id_may_occur_twice(imported):
    """The key is id and date."""
    first, second = analyses(imported(icews({}, {"Event Date": "2031-06-01", "Story ID": "78"})))
    assert (first.events[0].id, second.events[0].id) == ("1001-2031-05-01", "1001-2031-06-01")


def test_rows_that_repeat_word_for_word_count_once(imported):
    """The annual file of 2021 has thousands."""
    analysis, lost = imported(icews({}, {}))
    assert len(analysis.events) == 1
    assert isinstance(lost, Lost)
    assert lost.times == 1


def test_american_dates_are_understood(imported):
    """The reissue of 2017 has month first."""
    (analysis,) = analyses(imported(icews({"Event Date": "1/13/2017"}, {"Event Date": "2/3/2017"})))
    assert [e.date for e in analysis.events] == ["2017-01-13", "2017-02-03"]


def test_a_table_without_codes_is_refused_in_a_sentence(imported):
    """Its events cannot be told."""
    (unread,) = imported(icews({}, columns=[c for c in ICEWS if c != "CAMEO Code"]))
    assert "It has no column 'CAMEO Code'" in str(unread)


@pytest.mark.parametrize(
    ("text", "goldstein", "code"),
    [
        ("042", 1.9, "042"),
        ("42", 1.9, "042"),
        ("10", -5.0, "10"),
        ("10", 0.0, "010"),
        ("10", None, "10"),
        ("13y", None, "13"),
        ("1214", None, "121"),
        ("1823", -10.0, "1823"),
        ("841", 7.0, "0841"),
    ],
)
def test_codes_are_text_whatever_became_of_their_zeros(text, goldstein, code):
    """A lost zero is put back where the code says, or its Goldstein value tells, that there was one."""
    assert code_of(text, goldstein).code == code


@pytest.mark.parametrize("text", ["", "x", "99", "---"])
def test_what_is_no_code_is_an_error(text):
    """And names itself."""
    with pytest.raises(DocumentError, match="is no CAMEO code"):
        code_of(text)


def test_public_statements_have_no_plover_type(imported):
    """Appeals and denials have; what has none is counted."""
    assert plover_of(code_of("010", 0.0)) is None
    assert plover_of(code_of("0256")) == ("REQUEST", None)
    assert plover_of(code_of("016")) == ("REJECT", None)
    analysis, lost = imported(icews({"CAMEO Code": "010", "Intensity": "0.0"}))
    assert analysis.events == ()
    assert "CAMEO 01" in str(lost)


@pytest.mark.parametrize(("columns", "width"), [(COLUMNS_2, 61), (COLUMNS_1, 58), (COLUMNS_1[:-1], 57)])
def test_gdelt_is_told_by_its_number_of_columns(imported, columns, width):
    """2.0, 1.0, and 1.0 without addresses."""
    assert len(columns) == width
    (analysis,) = analyses(imported(line(GDELT_ROW, columns)))
    (event,) = analysis.events
    assert (event.cameo, event.type, event.mode, event.date) == ("0841", "RETREAT", "release", "2031-05-01")
    assert analysis.document.published == "2031-05-02"
    assert analysis.document.url == ("https://wire.invalid/1" if width > 57 else None)


def test_media_in_gdelt_are_media(imported):
    """CAMEO's MED is PLOVER's JRN."""
    (analysis,) = analyses(imported(line(GDELT_ROW, COLUMNS_2)))
    assert who(analysis, "recipients") == [("JOURNALIST", "TCDJRN")]


def test_gdelts_country_codes_of_places_are_not_ours(imported):
    """NO is Norway in FIPS 10-4 and nothing in alpha-3: the country stays open."""
    (analysis,) = analyses(imported(line(GDELT_ROW, COLUMNS_2)))
    assert (analysis.events[0].place.country, analysis.events[0].place.kind) == (None, "country")


def test_a_row_of_another_width_is_named(imported):
    """And the others are read."""
    items = imported(line(GDELT_ROW, COLUMNS_2) + "1\t2\t3\n")
    assert "It has 3 columns" in next(str(i) for i in items if isinstance(i, Unread))
    assert len(analyses(items)) == 1


@pytest.mark.parametrize("format", ["polecat", "icews", "gdelt"])
def test_what_dragoman_writes_it_reads(imported, format):
    """Type, mode, date and both sides with country and role come back; the document is the line."""
    analysis = act("ACCUSE", mode="allege", cameo="1121", actors=(MINISTER,), recipients=(CHAD,))
    (again,) = analyses(imported(written(format, analysis)))
    (event,) = again.events
    assert (event.type, event.mode, event.date) == ("ACCUSE", "allege", "2031-05-02")
    assert [code for _, code in who(again, "actors") + who(again, "recipients")] == ["NORGOV", "TCD"]


def test_every_sector_that_icews_is_given_comes_back(imported):
    """Rebels, media and medicine among them."""
    for actor in (FRONT, NURSES, PAPER):
        (again,) = analyses(imported(written("icews", act("ACCUSE", actors=(actor,), recipients=(CHAD,)))))
        assert who(again, "actors") == [(actor.name, actor.code)]


@pytest.mark.parametrize("format", ["icews", "gdelt"])
def test_codes_keep_their_zeros_on_the_way_through(imported, format):
    """0841 out, 0841 in."""
    analysis = act("RETREAT", mode="release", cameo="0841", actors=(NORWAY,), recipients=(FRONT,))
    (again,) = analyses(imported(written(format, analysis)))
    assert again.events[0].cameo == "0841"
