"""PLOVER records of every version become events that quote their texts."""

from __future__ import annotations

import json

import pytest

from dragoman.analysis import Analysis
from dragoman.ingest import Unread
from dragoman.ingest.exchange import Lost

from .conftest import MINISTER, NORWAY, act, lines, written

TEXT = "Police in Oslo clashed with striking nurses on Monday, wounding 12."
OLD = {
    "id": "INV-01",
    "date": "2000-01-01",
    "source": [{"actorText": "Police", "code": "NOR", "sector": "COP"}],
    "target": [{"actorText": "striking nurses", "code": "NOR", "sector": "MED"}],
    "event": "FIGHT",
    "mode": None,
    "context": "health, rights",
    "eventText": "clashed",
    "eventLoc": {"name": "Oslo", "country code": "NOR"},
    "injured": 12,
    "text": TEXT,
    "publication": "Harbour Wire",
}
NEW = {
    "id": "n-1",
    "date": "2031-05-02",
    "actor": [{"code": "NOR", "sector": "COP", "entity_text": "Police"}],
    "event": ["ASSAULT"],
    "recipient": [{"code": "NOR", "sector": "MED", "entity_text": "striking nurses"}],
    "mode": ["crowd-control"],
    "context": ["health"],
    "event_text": ["clashed"],
    "size": {"injured": 12},
    "text": TEXT,
}


def event(items):
    """The one event of an import."""
    (analysis,) = (i for i in items if isinstance(i, Analysis))
    (found,) = analysis.events
    return found


def codes(items, side):
    """The codes of the parties of a side."""
    (analysis,) = (i for i in items if isinstance(i, Analysis))
    return [analysis.actor(p.actor).code for p in getattr(event(items), side)]


@pytest.mark.parametrize("record", [OLD, NEW], ids=["0.5b", "2.0"])
def test_both_spellings_say_the_same(imported, record):
    """source and actor, actorText and entity_text, text and lists."""
    items = imported(lines(record))
    found = event(items)
    assert (found.type, found.anchor.text) == ("ASSAULT", "clashed")
    assert [p.text for p in found.actors + found.recipients] == ["Police", "striking nurses"]
    assert (codes(items, "actors"), codes(items, "recipients")) == (["NORCOP"], ["NORMED"])
    assert (found.injured.value, found.injured.text) == (12, "12")


def test_lines_and_an_array_say_the_same(imported):
    """The gold records are one array, the manual wants lines."""
    assert imported(json.dumps([OLD, NEW])) == imported(lines(OLD, NEW))


def test_a_byte_order_mark_does_no_harm(imported):
    """Nor do white space before an array."""
    assert event(imported(b"\xef\xbb\xbf" + lines(NEW).encode())).type == "ASSAULT"
    assert event(imported("\n  " + json.dumps([NEW]))).type == "ASSAULT"


@pytest.mark.parametrize(
    ("old", "type", "mode"),
    [
        ("DEMAND", "REQUEST", None),
        ("DISAPPROVE", "ACCUSE", "disapprove"),
        ("INVESTIGATE", "ACCUSE", "investigate"),
        ("FIGHT", "ASSAULT", None),
        ("YIELD", "CONCEDE", None),
    ],
)
def test_types_of_old_versions_have_successors(imported, old, type, mode):
    """As the manual of 2.0 merged them."""
    found = event(imported(lines({**OLD, "event": old})))
    assert (found.type, found.mode) == (type, mode)


def test_a_type_without_a_successor_is_named(imported):
    """CRIME was dropped; the record is passed over and the others are read."""
    unread, analysis = imported(lines({**NEW, "event": ["CRIME"]}, NEW))
    assert isinstance(unread, Unread)
    assert "'CRIME' is no type of PLOVER 2.0" in str(unread)
    assert len(analysis.events) == 1


def test_the_pseudo_event_of_the_gold_records_is_passed_over(imported):
    """DOCUMENT carries metadata of the file and no event."""
    assert event(imported(json.dumps([{"event": "DOCUMENT", "id": "x"}, OLD]))).type == "ASSAULT"


@pytest.mark.parametrize("missing", [None, "", [], "absent"])
def test_a_missing_target_is_no_recipient(imported, missing):
    """null, an empty text, an empty list and no key at all are one."""
    record = {**OLD, "target": missing}
    if missing == "absent":
        del record["target"]
    assert event(imported(lines(record))).recipients == ()


def test_contexts_joined_in_one_text_come_apart_in_todays_words(imported):
    """`rights` is human_rights since."""
    assert event(imported(lines(OLD))).contexts == ("health", "human_rights")


def test_words_that_plover_does_not_know_are_counted(imported):
    """A context and a mode of nobody's list."""
    analysis, lost = imported(lines({**NEW, "context": ["health", "gossip"], "mode": ["tickling"]}))
    assert analysis.events[0].mode is None
    assert isinstance(lost, Lost)
    assert lost.times == 2


@pytest.mark.parametrize(("old", "mode"), [("massacre", "targeted"), ("assassinate", "targeted")])
def test_modes_of_the_conversion_table_are_normalised(imported, old, mode):
    """The table of 2021 uses words that the manual does not define."""
    assert event(imported(lines({**NEW, "mode": [old]}))).mode == mode


def test_auxiliary_contexts_become_modality_and_polarity(imported):
    """negation and future are no topics."""
    found = event(imported(lines({**NEW, "context": ["health", "future", "negation"]})))
    assert (found.modality, found.polarity, found.contexts) == ("future", "negated", ("health",))


def test_several_types_of_one_record_are_several_events(imported):
    """Their ids differ."""
    (analysis,) = imported(lines({**NEW, "event": ["ASSAULT", "COERCE"], "mode": ["arrest"]}))[:1]
    assert [(e.type, e.mode) for e in analysis.events] == [("ASSAULT", None), ("COERCE", "arrest")]
    assert len({e.id for e in analysis.events}) == 2


def test_records_of_one_text_are_one_document(imported):
    """Wherever they stand in the file."""
    analyses = imported(lines(NEW, {**NEW, "id": "n-2", "text": "Nurses marched."}, {**NEW, "id": "n-3"}))
    assert [[e.id for e in a.events] for a in analyses] == [["n-1", "n-3"], ["n-2"]]


def test_markup_is_taken_off_where_there_is_no_plain_text(imported):
    """(SRC: ...) and the like."""
    record = {**OLD, "textInfo": {"markup": "(SRC: Police) (EVT: clashed) with (TAR: striking nurses)."}}
    del record["text"]
    (analysis,) = imported(lines(record))
    assert analysis.document.text == "Police clashed with striking nurses."
    assert analysis.events[0].anchor.text == "clashed"


def test_a_record_without_a_text_stands_for_itself(imported):
    """What the record quotes then is its own line."""
    record = {**NEW, "text": None}
    (analysis,) = imported(lines(record))
    assert json.loads(analysis.document.text) == record
    assert analysis.events[0].anchor.text == "clashed"


@pytest.mark.parametrize("sector", [None, "***", "CVLalb", "", "UNK"])
def test_odd_sectors_do_no_harm(imported, sector):
    """Stars, null and lower-case ethnic codes stand in the gold records."""
    record = {**OLD, "source": [{"actorText": "Police", "code": "NOR", "sector": sector}]}
    (code,) = codes(imported(lines(record)), "actors")
    assert code == {"CVLalb": "NORCVL", "UNK": "NORUNK"}.get(sector, "NOR")


def test_the_manuals_other_spelling_of_entities_is_understood(imported):
    """raw_text, entity_name, country_name, sector_code."""
    entity = {"raw_text": "Police", "entity_name": "Oslo Police", "country_name": "Norway", "sector_code": "COP"}
    items = imported(lines({**NEW, "actor": [entity]}))
    (analysis,) = items
    actor = analysis.actor(analysis.events[0].actors[0].actor)
    assert (actor.name, actor.code) == ("Oslo Police", "NORCOP")


def test_a_state_is_the_state_that_everybody_means(imported):
    """Its id is the one that readings use, and an empty sector makes it the state itself."""
    record = {**NEW, "text": "Norway accused Chad.", "actor": [{"code": "NOR", "entity_text": "Norway"}]}
    assert event(imported(lines(record))).actors[0].actor == "NOR"


def test_words_that_are_not_in_the_text_are_an_empty_place(imported):
    """Every span quotes the document, also this one."""
    record = {**NEW, "actor": [{"code": "NOR", "sector": "COP", "entity_text": "Riot squad"}]}
    (analysis,) = imported(lines(record))
    party = analysis.events[0].actors[0]
    assert (party.text, analysis.actor(party.actor).name) == ("", "Riot squad")


def test_broken_lines_are_named_and_the_rest_is_read(imported):
    """With their numbers."""
    unread, analysis = imported('{"event": [\n' + lines(NEW), form="plover")
    assert str(unread).startswith(unread.name)
    assert unread.name.endswith(":1")
    assert len(analysis.events) == 1


def test_a_range_code_is_no_number(imported):
    """PLOVER's number fields may hold a code for a range."""
    assert event(imported(lines({**NEW, "size": {"injured": "10-25", "dead": "3"}}))).injured is None


def test_what_dragoman_wrote_comes_back_as_it_was(report, imported):
    """Type, mode, tense, negation, date, words and actors; the document is the sentence."""
    items = imported(written("plover", report))
    events = {e.id: (a, e) for a in items for e in a.events}
    for before in report.events:
        analysis, after = events[before.id]
        for name in ("type", "mode", "contexts", "cameo", "date", "polarity", "modality", "score"):
            assert getattr(after, name) == getattr(before, name), name
        assert after.anchor.text == before.anchor.text
        for side in ("actors", "recipients"):
            was, now = getattr(before, side), getattr(after, side)
            assert [(p.text, p.actor) for p in now] == [(p.text, p.actor) for p in was]
            assert [analysis.actor(p.actor) for p in now] == [report.actor(p.actor) for p in was]


def test_a_month_comes_back_as_a_month_from_other_writers_too(imported):
    """date and enddate are its first and last day."""
    assert event(imported(lines({**NEW, "date": "2031-02-01", "enddate": "2031-02-28"}))).date == "2031-02"
    assert event(imported(lines({**NEW, "date": "2031-01-01", "enddate": "2031-12-31"}))).date == "2031"


def test_two_parties_of_one_name_are_told_apart(imported):
    """One id cannot stand for a minister and a rebel."""
    record = {
        **NEW,
        "actor": [{"code": "NOR", "sector": "GOV", "entity_text": "Police"}],
        "recipient": [{"code": "TCD", "sector": "REB", "entity_text": "Police"}],
    }
    assert (codes(imported(lines(record)), "actors"), codes(imported(lines(record)), "recipients")) == (
        ["NORGOV"],
        ["TCDREB"],
    )


def test_offsets_choose_among_equal_words(imported):
    """`acts` stands twice; the file says which one."""
    analysis = act("AID", actors=(MINISTER,), recipients=(NORWAY,))
    (again,) = imported(written("plover", analysis))
    assert again.events[0].actors[0].start == analysis.events[0].actors[0].start


def test_a_record_that_says_it_has_no_event_is_a_document(imported):
    """has_event: false is a text that was looked at and held none."""
    (analysis,) = imported(lines({"id": "x", "date": "2031-05-02", "actor": [], "has_event": False, "text": TEXT}))
    assert (analysis.document.text, analysis.events) == (TEXT, ())
