"""DNA databases become documents with the verdicts of their coders."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from dragoman.document import Document
from dragoman.ingest import Unread
from dragoman.ingest.exchange import Coded, Lost, read_exchange
from dragoman.ingest.exchange.dna import code_point, measure_of, published
from dragoman.ingest.exchange.dna_file import read_database
from dragoman.record import Record
from dragoman.record.coding import reading, verdicts
from dragoman.views.exports import Losses, Settings, export

from ..strategies import small_analysis
from .conftest import MINISTER, SHARED, act

TEXT = "😀 Mr Aly of the Harbour Union spoke.\nSanctions hurt 😀 the port, he said."
PASSAGE = "Sanctions hurt 😀 the port"


@pytest.fixture
def sample():
    """The database that comes with DNA; it is no part of the project."""
    path = SHARED / "data" / "sample.dna"
    if not path.is_file():
        pytest.skip("../shared/data/sample.dna is not beside the project")
    return path


@pytest.fixture
def file(tmp_path):
    """A database as DNA makes them, with one coded passage; `change` is SQL to run on it."""

    def make(*change, concept="Sanctions", agreement=0, text=TEXT, date=1106092800):
        path = tmp_path / "coded.dna"
        path.unlink(missing_ok=True)
        export([], "dna", path, Losses(), Settings())
        start = len(text[: text.index(PASSAGE)].encode("utf-16-le")) // 2
        with closing(sqlite3.connect(path)) as db, db:
            db.execute("UPDATE SETTINGS SET Value = '2031-06-01' WHERE Property = 'date'")
            db.execute("INSERT INTO CODERS (ID, Name, Password) VALUES (2, 'Coder 1', '')")
            db.execute(
                "INSERT INTO DOCUMENTS (ID, Title, Text, Coder, Source, Date) VALUES (1, 'Port', ?, 2, 'HW', ?)",
                (text, date),
            )
            stop = start + len(PASSAGE.encode("utf-16-le")) // 2
            db.execute("INSERT INTO STATEMENTS VALUES (1, 1, 1, ?, ?, 2)", (start, stop))
            for variable, value in ((1, "Mr Aly"), (2, "Harbour Union"), (3, concept)):
                (id,) = db.execute(
                    "INSERT INTO ENTITIES (VariableId, Value) VALUES (?, ?) ON CONFLICT DO UPDATE SET Red = 0 RETURNING ID",
                    (variable, value),
                ).fetchone()
                db.execute(
                    "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES (1, ?, ?)", (variable, id)
                )
            db.execute("INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (1, 4, ?)", (agreement,))
            for sql in change:
                db.execute(sql)
        return path

    return make


def coded(path):
    """The documents of a database."""
    return [i for i in read_exchange([path]) if isinstance(i, Coded)]


def one(path):
    """The only document."""
    (found,) = coded(path)
    return found


def test_the_sample_has_seven_documents_forty_one_statements_and_twenty_three_entities(sample):
    """As DNA shows them."""
    dna = read_database(sample)
    assert (len(dna.documents), len(dna.statements), len(dna.entities)) == (7, 41, 23)


def test_the_sample_becomes_statements_and_stances_of_its_coders(sample, tmp_path):
    """Forty statements with a stance each, and one annotation."""
    pages = coded(sample)
    assert [sum(len(getattr(p.analysis, kind)) for p in pages) for kind in ("statements", "stances")] == [41, 40]
    assert {a.id for p in pages for a in p.analysis.actors} >= {"sierra-club", "kateri-callahan"}
    assert len({a.id for p in pages for a in p.analysis.actors}) == 14
    record = Record(tmp_path / "record", create=True)
    record.add([reading(p) for p in pages])
    for page in pages:
        record.reviews.add(verdicts(page))
    laid = list(record.analyses(reviewed=True))
    assert len(laid) == 7
    assert [sum(len(getattr(a, kind)) for a in laid) for kind in ("statements", "stances")] == [41, 40]


def test_every_passage_of_the_sample_quotes_its_document(sample):
    """And what is said of it is in the note."""
    for page in coded(sample):
        for span in page.analysis.spans():
            assert page.analysis.document.text[span.start : span.end] == span.text
        for stance in page.analysis.stances:
            assert "concept: " in page.judged[stance.id].note


def test_a_coded_passage_is_a_statement_and_a_stance(file):
    """The person speaks, the organization stands; both by the words that name them."""
    analysis = one(file()).analysis
    ((statement,), (stance,)) = analysis.statements, analysis.stances
    assert (statement.source.text, statement.content[0].text) == ("Mr Aly", PASSAGE)
    assert (stance.holder.text, stance.holder.actor) == ("Harbour Union", "harbour-union")
    assert (stance.stance, stance.measure.type, stance.evidence.text) == ("opposes", "sanctions", PASSAGE)
    assert stance.statement == statement.id
    assert [(a.name, a.kind) for a in analysis.actors] == [("Mr Aly", "person"), ("Harbour Union", "organization")]


def test_agreement_is_support(file):
    """1 in DNA."""
    assert one(file(agreement=1)).analysis.stances[0].stance == "supports"


def test_the_document_keeps_title_outlet_and_day(file):
    """DNA's source is the outlet; midnight is a day without a time."""
    document = one(file()).analysis.document
    assert (document.title, document.publisher, document.published) == ("Port", "HW", "2005-01-19")
    assert document.text == TEXT


def test_rows_are_verdicts_of_their_coder(file):
    """With the day of the database, and everything that was coded."""
    page = one(file(concept="Sanctions should be lifted."))
    judged = page.judged[page.analysis.stances[0].id]
    assert (judged.coder, judged.at) == ("Coder 1", "2031-06-01T00:00:00+00:00")
    assert judged.note == (
        "DNA DNA Statement 1; person: Mr Aly; organization: Harbour Union; "
        "concept: Sanctions should be lifted.; agreement: False"
    )


@pytest.mark.parametrize(
    ("concept", "measure"),
    [
        ("Sanctions", "sanctions"),
        ("use of force", "use_of_force"),
        ("no fly zone", "no_fly_zone"),
        ("sanctions (Syria)", "sanctions"),
        ("Sanctions should be lifted.", "other"),
        ("Clean harbours", "other"),
    ],
)
def test_a_concept_is_a_measure_only_if_it_is_called_like_one(concept, measure):
    """Whether lifting sanctions is for or against them would be a guess."""
    assert measure_of(concept) == measure


def test_a_passage_without_agreement_is_a_statement_only(file):
    """As an annotation is."""
    page = one(file("DELETE FROM DATABOOLEAN"))
    assert (len(page.analysis.statements), len(page.analysis.stances)) == (1, 0)


def test_an_empty_organization_leaves_the_person(file):
    """The holder is who speaks."""
    page = one(
        file(
            "UPDATE DATASHORTTEXT SET Entity = (SELECT ID FROM ENTITIES WHERE VariableId = 2 AND Value = '') WHERE VariableId = 2"
        )
    )
    assert page.analysis.stances[0].holder.actor == "mr-aly"


def test_a_speaker_whom_the_text_does_not_name_has_an_empty_place(file):
    """At the beginning of the passage."""
    page = one(file("UPDATE ENTITIES SET Value = 'Ms Nobody' WHERE Value = 'Mr Aly'"))
    source = page.analysis.statements[0].source
    assert (source.text, source.actor) == ("", "ms-nobody")
    assert source.start == page.analysis.statements[0].content[0].start


def test_a_passage_outside_of_its_document_is_named(file):
    """The others are read."""
    items = list(read_exchange([file("UPDATE STATEMENTS SET Stop = 999")]))
    assert "Statement 1 lies outside of its document" in next(str(i) for i in items if isinstance(i, Unread))
    assert one(file("UPDATE STATEMENTS SET Stop = 999")).analysis.statements == ()


def test_entities_that_are_no_actors_are_counted(file):
    """Concepts and empty ones are words in notes."""
    (lost,) = (i for i in read_exchange([file()]) if isinstance(i, Lost))
    assert "entities" in lost.what


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, None), (86400, "1970-01-02"), (86400 + 3661, "1970-01-02T01:01:01"), (-86400, "1969-12-31")],
)
def test_seconds_are_a_local_day_and_time(seconds, expected):
    """0 is what stands where nothing is known."""
    assert published(seconds) == expected


@pytest.mark.parametrize(("unit", "point"), [(0, 0), (2, 1), (3, 2), (5, None), (-1, None)])
def test_utf_16_units_become_code_points(unit, point):
    """An emoji is two units and one code point."""
    assert code_point("😀ab", unit) == point


def test_what_dragoman_wrote_comes_back_as_readings(report, tmp_path):
    """Document, actors, statements, events and stances as they were; nobody judged them."""
    path = tmp_path / "own.dna"
    export([report, small_analysis(3)], "dna", path, Losses(), Settings())
    for before, page in zip([report, small_analysis(3)], coded(path), strict=True):
        assert page.judged == {}
        assert page.analysis.document == before.document
        for kind in ("statements", "events", "stances"):
            assert sorted(getattr(page.analysis, kind), key=lambda r: r.id) == sorted(
                getattr(before, kind), key=lambda r: r.id
            )
        assert {a.id for a in page.analysis.actors} <= {a.id for a in before.actors}


@pytest.fixture
def recoded(tmp_path, report):
    """A database that dragoman wrote and a coder changed."""

    def change(sql):
        path = tmp_path / "own.dna"
        path.unlink(missing_ok=True)
        export([report], "dna", path, Losses(), Settings())
        with closing(sqlite3.connect(path)) as db, db:
            db.execute(sql)
        return one(path)

    return change


def test_an_agreement_that_a_coder_turned_is_his_verdict(recoded, report):
    """The rest of the row stays as it was."""
    page = recoded("UPDATE DATABOOLEAN SET Value = 1 WHERE StatementId = 1")
    turned = next(s for s in page.analysis.stances if s.id == "p1")
    assert turned == replace(report.stances[0], stance="supports")
    assert set(page.judged) == {"p1"}


def test_a_passage_that_a_coder_moved_is_his_row(recoded):
    """It is read as any other passage of a coder."""
    page = recoded("UPDATE STATEMENTS SET Start = Start + 1 WHERE ID = 1")
    assert "p1" not in {s.id for s in page.analysis.stances}
    assert len(page.judged) == 2


def test_a_statement_that_a_coder_deleted_is_pointed_at_no_more(recoded):
    """Every id that is pointed at exists."""
    page = recoded("DELETE FROM STATEMENTS WHERE StatementTypeId = 2")
    assert page.analysis.statements == ()
    assert {s.statement for s in page.analysis.stances} == {None}
    assert {e.claimed_in for e in page.analysis.events} == {None}


def test_verdicts_outlive_a_new_reading(file, tmp_path):
    """A reader that finds nothing in the text does not take away what people wrote."""
    page = one(file())
    record = Record(tmp_path / "record", create=True)
    record.add([reading(page)])
    record.reviews.add(verdicts(page))
    record.add([replace(reading(page), reader="a-newer-one", actors=())])
    (analysis,) = record.analyses(reviewed=True)
    ((stance,), (statement,)) = analysis.stances, analysis.statements
    assert (stance.stance, stance.evidence.text, stance.statement) == ("opposes", PASSAGE, statement.id)
    assert analysis.actor(stance.holder.actor).name == "Harbour Union"


def test_importing_twice_changes_nothing(file, tmp_path):
    """The same verdict is one."""
    record = Record(tmp_path / "record", create=True)
    for _ in range(2):
        page = one(file())
        record.add([reading(page)])
        record.reviews.add(verdicts(page))
    assert len(record.reviews.entries()) == 2
    assert len(record.documents) == 1


def test_documents_with_crlf_come_back_with_lf(tmp_path):
    """DNA's window shows no other; the rest of the document is as it was."""
    page = act("AID", actors=(MINISTER,))
    document = Document("One.\r\nTwo.", publisher="HW", published="2031-05", title="T", url="https://x.invalid")
    path = tmp_path / "crlf.dna"
    export([replace(page, document=document, events=())], "dna", path, Losses(), Settings())
    again = one(path).analysis.document
    assert again.text == "One.\nTwo."
    assert (again.publisher, again.published, again.title, again.url) == ("HW", "2031-05", "T", "https://x.invalid")
