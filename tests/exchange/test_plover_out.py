"""PLOVER records as the manual has them, and what is kept beside them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dragoman.analysis import Count
from dragoman.views.exports import Losses, coded

from .conftest import FRONT, MINISTER, NORWAY, SWEDEN, act, written


def records(*analyses, **settings):
    """The records, by line."""
    return [json.loads(line) for line in written("plover", *analyses, **settings).splitlines()]


def test_a_record_has_the_required_fields_in_the_required_types(report):
    """id and date are strings, actor and event lists."""
    first = records(report)[0]
    assert (first["id"], first["date"]) == (f"{report.document.id}-v1", "2024-03-12")
    assert (first["event"], first["mode"]) == (["REJECT"], ["yield"])
    assert [e["entity_text"] for e in first["actor"]] == ["Norway"]


def test_ids_are_unique(report):
    """Two documents may have events of one id."""
    other = replace(report, document=replace(report.document, publisher="Another Wire"))
    ids = [r["id"] for r in records(report, other)]
    assert len(set(ids)) == len(ids) == 10


def test_an_entity_has_country_and_sector_apart():
    """code has three letters, sector three for each role."""
    (record,) = records(act("ACCUSE", actors=(MINISTER,), recipients=(FRONT,)))
    (actor,), (recipient,) = record["actor"], record["recipient"]
    assert (actor["code"], actor["sector"], actor["identifier_text"]) == ("NOR", "GOV", "Marta Ilvesk")
    assert "code" not in recipient
    assert recipient["sector"] == "REB"


def test_an_event_without_actors_still_has_the_list():
    """actor is required."""
    (record,) = records(act("ASSAULT", recipients=(SWEDEN,)))
    assert record["actor"] == []


def test_the_sentence_is_quoted_with_its_number_and_place(report):
    """text_info leads back into the document."""
    record = records(report)[1]
    info = record["text_info"]
    assert record["text"] == report.document.text[info["start"] : info["end"]]
    assert record["event_text"] == ["shelled"]
    assert info["sequence"] == 4


def test_texts_can_be_left_out(report):
    """Rights may forbid them; the offsets stay."""
    record = records(report, text=False)[1]
    assert "text" not in record
    assert report.document.text[record["text_info"]["start"] :].startswith("Ilvesk said")


def test_a_resolved_place_is_a_location(report):
    """A city with its country, coordinates and number."""
    assert records(report)[4]["event_loc"] == {
        "extracted_place": "Tamsk",
        "resolved_place": "Tamsk",
        "geonameid": 7,
        "lat": 69.5,
        "lon": 18.25,
        "city": "Tamsk",
        "country_code": "NOR",
        "resolution": 4,
    }


def test_casualties_are_in_the_size_object():
    """Those that the words do not number are absent."""
    analysis = act("ASSAULT", actors=(FRONT,), dead=Count(0, 0, "", 12), injured=None)
    assert records(analysis)[0]["size"] == {"dead": 12}


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [("2031-05-02", "2031-05-02", None), ("2031-02", "2031-02-01", "2031-02-28"), ("2031", "2031-01-01", "2031-12-31")],
)
def test_a_month_is_a_date_and_an_enddate(date, first, last):
    """PLOVER's dates have a day: a month goes from its first to its last."""
    (record,) = records(act("AID", actors=(NORWAY,), date=date))
    assert (record["date"], record.get("enddate")) == (first, last)


def test_an_event_without_a_date_takes_the_documents(report):
    """v4 has none of its own."""
    assert records(report)[3]["date"] == "2024-03-12"


def test_undated_events_are_counted():
    """The date is required, and nothing is invented."""
    losses = Losses()
    assert written("plover", act("AID", actors=(NORWAY,), published=None), losses=losses) == ""
    assert losses.lines() == [f"{coded.UNDATED}: 1"]


def test_a_denied_assault_is_a_retreat_that_says_what_it_was(report):
    """The type is PLOVER's; the reading's own stands under `dragoman`."""
    record = records(report)[3]
    assert record["event"] == ["RETREAT"]
    assert {k: record["dragoman"][k] for k in ("type", "mode", "polarity")} == {
        "type": "ASSAULT",
        "mode": "firearms",
        "polarity": "negated",
    }


def test_a_claim_names_who_makes_it(report):
    """The minister says that the Front shelled the harbour."""
    assert records(report)[1]["dragoman"]["claimed_by"] == "Marta Ilvesk"
    assert "claimed_by" not in records(report)[4]["dragoman"]


def test_statements_and_stances_are_counted_as_lost(report):
    """PLOVER has no record for them."""
    losses = Losses()
    written("plover", report, losses=losses)
    assert losses.counts["statements, which PLOVER has no record for"] == len(report.statements)
    assert losses.counts["stances, which PLOVER has no record for"] == len(report.stances)


def test_the_citation_leads_to_the_page(report):
    """Publisher, title, address and language, and the codebook."""
    cited = records(report)[0]["cite_info"]
    assert cited["publication"] == "Fjord Wire (invented)"
    assert cited["url"] == "https://wire.invalid/2024/03/12/tamsk"
    assert cited["codebook"] == "plover-2.0-draft"
