"""A written DNA database: its tables, its offsets in UTF-16, and everything that DNA expects to find."""

from __future__ import annotations

import base64
import hashlib
import sqlite3
import unicodedata
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.analysis import Actor, Analysis, MeasureSpan, Party, Stance
from dragoman.document import Document, Span
from dragoman.views.exports import Losses, Settings, export
from dragoman.views.exports.dna import seconds, units
from dragoman.views.exports.dna_tables import TABLES, password_hash

from ..strategies import small_analysis
from .conftest import NORWAY, SHARED, SWEDEN, act

COLUMNS = {
    "SETTINGS": "Property Value",
    "CODERS": "ID Name Red Green Blue Refresh FontSize Password PopupWidth ColorByCoder PopupDecoration PopupAutoComplete "
    "PermissionAddDocuments PermissionEditDocuments PermissionDeleteDocuments PermissionImportDocuments "
    "PermissionAddStatements PermissionEditStatements PermissionDeleteStatements PermissionEditAttributes "
    "PermissionEditRegex PermissionEditStatementTypes PermissionEditCoders PermissionEditCoderRelations "
    "PermissionViewOthersDocuments PermissionEditOthersDocuments PermissionViewOthersStatements "
    "PermissionEditOthersStatements",
    "CODERRELATIONS": "ID Coder OtherCoder viewStatements editStatements viewDocuments editDocuments",
    "DOCUMENTS": "ID Title Text Coder Author Source Section Notes Type Date",
    "STATEMENTTYPES": "ID Label Red Green Blue",
    "VARIABLES": "ID Variable DataType StatementTypeId",
    "VARIABLELINKS": "ID SourceVariableId TargetVariableId",
    "REGEXES": "Label Red Green Blue",
    "STATEMENTS": "ID StatementTypeId DocumentId Start Stop Coder",
    "ENTITIES": "ID VariableId Value Red Green Blue ChildOf",
    "DATASHORTTEXT": "ID StatementId VariableId Entity",
    "DATALONGTEXT": "ID StatementId VariableId Value",
    "DATABOOLEAN": "ID StatementId VariableId Value",
    "DATAINTEGER": "ID StatementId VariableId Value",
    "ATTRIBUTEVARIABLES": "ID VariableId AttributeVariable",
    "ATTRIBUTEVALUES": "ID EntityId AttributeVariableId AttributeValue",
}
"""The tables of DNA 3 and their columns, in order."""

PASSAGES = (
    "SELECT s.Start, s.Stop, d.Text, t.Label FROM STATEMENTS s JOIN DOCUMENTS d ON d.ID = s.DocumentId "
    "JOIN STATEMENTTYPES t ON t.ID = s.StatementTypeId ORDER BY s.ID"
)
VALUES = (
    "SELECT v.Variable, e.Value FROM DATASHORTTEXT d JOIN VARIABLES v ON v.ID = d.VariableId "
    "JOIN ENTITIES e ON e.ID = d.Entity WHERE d.StatementId = ?"
)


@pytest.fixture
def database(tmp_path):
    """Write analyses into a database and open it."""
    opened = []

    def write(*analyses, losses=None, **settings):
        path = tmp_path / f"{len(opened)}.dna"
        export(analyses, "dna", path, losses or Losses(), Settings(**settings))
        opened.append(sqlite3.connect(path))
        return opened[-1]

    yield write
    for connection in opened:
        connection.close()


def ask(connection, sql, *parameters):
    """All rows of an answer."""
    return connection.execute(sql, parameters).fetchall()


def as_java(text: str, start: int, stop: int) -> str:
    """The passage as a program sees it that counts UTF-16 units."""
    return text.encode("utf-16-le")[2 * start : 2 * stop].decode("utf-16-le")


def says(text: str, **document) -> Analysis:
    """A delegate's stance on the whole of a text."""
    page = Document(text, published="2031-05-02", **document)
    start = text.index("sanctions")
    delegate = Actor(id="delegate", name="The delegate", kind="person", country="NOR", sectors=("GOV",))
    stance = Stance(
        id="t1",
        holder=Party(0, 0, "", "delegate"),
        measure=MeasureSpan(start, start + 9, "sanctions", "sanctions"),
        stance="opposes",
        evidence=Span(start, len(text), text[start:]),
    )
    return Analysis(reader="by-hand", document=page, actors=(delegate,), stances=(stance,))


@pytest.mark.parametrize("table", COLUMNS)
def test_every_table_has_the_columns_of_dna(database, table):
    """By name and in order."""
    assert [row[1] for row in ask(database(), f"PRAGMA table_info({table})")] == COLUMNS[table].split()


def test_there_are_no_other_tables(database):
    """DNA 3 has seventeen less one for each backend: these sixteen."""
    names = {name for (name,) in ask(database(), "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert names == set(COLUMNS) == set(TABLES)


def test_the_database_is_sound(database, report):
    """SQLite's own checks: integrity, and every foreign key points at a row."""
    connection = database(report, small_analysis(1))
    assert ask(connection, "PRAGMA integrity_check") == [("ok",)]
    assert ask(connection, "PRAGMA foreign_key_check") == []


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO STATEMENTS (StatementTypeId, DocumentId, Start, Stop) VALUES (1, 1, 5, 5)",
        "INSERT INTO STATEMENTS (StatementTypeId, DocumentId, Start, Stop) VALUES (1, 1, -1, 5)",
        "INSERT INTO VARIABLES (Variable, DataType, StatementTypeId) VALUES ('x', 'float', 1)",
        "INSERT INTO VARIABLES (Variable, StatementTypeId) VALUES ('person', 1)",
        "INSERT INTO STATEMENTTYPES (Label, Red) VALUES ('x', 256)",
        "INSERT INTO ENTITIES (VariableId, Value) VALUES (1, '')",
        "INSERT INTO CODERRELATIONS (Coder, OtherCoder) VALUES (1, 1)",
        "INSERT INTO REGEXES (Label) VALUES (hex(zeroblob(96)))",
    ],
)
def test_the_tables_refuse_what_dnas_refuse(database, sql):
    """Checks and uniqueness are part of the schema."""
    with pytest.raises(sqlite3.IntegrityError):
        database().execute(sql)


def test_the_schema_is_the_one_of_a_database_that_dna_wrote(database):
    """Column by column: name, type, not null, default, key."""
    sample = SHARED / "data" / "sample.dna"
    if not sample.is_file():
        pytest.skip("../shared/data/sample.dna is not beside the project")
    with closing(sqlite3.connect(f"{sample.as_uri()}?immutable=1", uri=True)) as theirs:
        for table in COLUMNS:
            sql = f"PRAGMA table_info({table})"
            kept = [(r[1], r[2], r[5]) for r in ask(theirs, sql)]
            assert [(r[1], r[2], r[5]) for r in ask(database(), sql)] == kept, table


@pytest.mark.parametrize(
    "before",
    ["", "😀 ", "👩‍👩‍👧 قال الوزير ", "e\u0301 外交部 \U0010ffff ", "one\r\ntwo 😀\r\n", "a\rb\n"],
)
def test_offsets_count_utf_16_units(database, before):
    """What Java cuts out is the evidence, behind emoji, Arabic, combining marks and line ends of every kind."""
    analysis = says(f"{before}sanctions 😀 are wrong.")
    ((start, stop, text, _),) = ask(database(analysis), PASSAGES)
    assert as_java(text, start, stop) == "sanctions 😀 are wrong."
    assert "\r" not in text


def test_a_span_that_begins_inside_a_line_end_begins_behind_it():
    """Between CR and LF there is no place in DNA's text."""
    assert units("a\r\nb", Span(2, 4, "\nb")) == (1, 3)
    assert units("😀b", Span(1, 2, "b")) == (2, 3)


def test_a_stance_is_a_dna_statement(database):
    """Person, organization, concept, agreement."""
    connection = database(says("sanctions are wrong."))
    assert dict(ask(connection, VALUES, 1)) == {
        "person": "The delegate",
        "organization": "Norway",
        "concept": "sanctions",
    }
    assert ask(connection, "SELECT Value FROM DATABOOLEAN") == [(0,)]


def test_a_state_is_an_organization_and_toward_is_in_the_concept(database, report):
    """Norway opposes troops; it supports mediation toward the Front."""
    connection = database(report)
    assert dict(ask(connection, VALUES, 1)) == {
        "person": "",
        "organization": "Norway",
        "concept": "troop deployment",
    }
    assert dict(ask(connection, VALUES, 3))["concept"] == "mediation (Tamsk Front)"


def test_events_are_pairs_at_their_words(database):
    """Talks go both ways, as in every dyadic format."""
    connection = database(act("CONSULT", actors=(NORWAY, SWEDEN)))
    assert [dict(ask(connection, VALUES, n)) for n in (1, 2)] == [
        {"actor": "Norway", "recipient": "Sweden", "event": "CONSULT"},
        {"actor": "Sweden", "recipient": "Norway", "event": "CONSULT"},
    ]
    assert [as_java(text, start, stop) for start, stop, text, _ in ask(connection, PASSAGES)] == ["acts", "acts"]


def test_every_statement_has_one_value_for_each_of_its_variables(database, report):
    """DNA asks for each of them."""
    connection = database(report, small_analysis(1))
    data = " UNION ALL ".join(f"SELECT StatementId, VariableId FROM {t}" for t in COLUMNS if t.startswith("DATA"))
    wanted = "SELECT s.ID, v.ID FROM STATEMENTS s JOIN VARIABLES v ON v.StatementTypeId = s.StatementTypeId"
    assert sorted(ask(connection, data)) == sorted(ask(connection, wanted))


def test_every_short_text_variable_has_an_empty_entity(database):
    """Also where nothing is coded."""
    connection = database()
    variables = ask(connection, "SELECT ID FROM VARIABLES WHERE DataType = 'short text'")
    assert ask(connection, "SELECT VariableId FROM ENTITIES WHERE Value = '' ORDER BY 1") == variables


def test_every_entity_has_a_value_for_each_attribute_of_its_variable(database, report):
    """Kind, id and code of an actor stand there."""
    connection = database(report)
    have = "SELECT EntityId, AttributeVariableId FROM ATTRIBUTEVALUES ORDER BY 1, 2"
    want = "SELECT e.ID, a.ID FROM ENTITIES e JOIN ATTRIBUTEVARIABLES a USING (VariableId) ORDER BY 1, 2"
    assert ask(connection, have) == ask(connection, want)
    values = ask(
        connection,
        "SELECT DISTINCT AttributeVariable, AttributeValue FROM ATTRIBUTEVALUES v JOIN ENTITIES e ON e.ID = EntityId "
        "JOIN ATTRIBUTEVARIABLES a ON a.ID = AttributeVariableId WHERE Value = 'Marta Ilvesk' ORDER BY 1",
    )
    assert values == [("Alias", "marta-ilvesk"), ("Notes", "NORGOV"), ("Type", "person")]


def test_two_actors_of_one_name_are_two_entities(database):
    """The second has its id behind the name."""
    twins = (replace(NORWAY, id="norway-ship", kind="group"), NORWAY)
    connection = database(act("ACCUSE", actors=twins))
    names = ask(
        connection,
        "SELECT Value FROM ENTITIES e JOIN VARIABLES v ON v.ID = VariableId AND v.Variable = 'actor' "
        "WHERE Value <> '' ORDER BY e.ID",
    )
    assert names == [("Norway",), ("Norway (NOR)",)]


def test_long_names_and_titles_are_cut(database):
    """DNA allows 190 characters, and characters are code points there."""
    long = replace(NORWAY, id="x" * 300, name="😀" * 300)
    analysis = act("AID", actors=(long,))
    page = Document(analysis.document.text, title="t" * 300, publisher="p" * 300)
    connection = database(replace(analysis, document=page))
    assert ask(connection, "SELECT max(length(Value)) FROM ENTITIES") == [(190,)]
    assert ask(connection, "SELECT length(Title), length(Source) FROM DOCUMENTS") == [(190, 190)]


def test_rows_without_words_are_counted(database, report):
    """A passage needs at least one character."""
    losses = Losses()
    empty = replace(report.events[0], anchor=Span(0, 0, ""))
    bare = replace(report, events=(empty,), stances=(), statements=())
    assert ask(database(bare, losses=losses), "SELECT count(*) FROM STATEMENTS") == [(0,)]
    assert losses.counts["rows without words, for which DNA has no place"] == 1


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("1970-01-02", 86400),
        ("2005-01-19", 1106092800),
        ("2005-01-19T09:30+05:00", 1106092800 + 9 * 3600 + 1800),
        ("2005-01-19T09:30:05.25Z", 1106092800 + 9 * 3600 + 1805),
        ("2005-01", 1104537600),
        (None, 0),
    ],
)
def test_a_date_is_the_local_day_and_time_in_seconds(published, expected):
    """The zone is dropped, since DNA keeps none."""
    assert seconds(published) == expected


def test_admin_can_open_the_database(database):
    """The stored password is the salt and its digest with the word, digested 100,000 times."""
    ((name, stored),) = ask(database(password="pässword"), "SELECT Name, Password FROM CODERS")
    data = base64.b64decode(stored)
    digest = hashlib.sha256(data[:16] + unicodedata.normalize("NFC", "pa\u0308ssword").encode()).digest()
    for _ in range(99_999):
        digest = hashlib.sha256(digest).digest()
    assert (name, len(data), data[16:]) == ("Admin", 48, digest)


def test_passwords_of_a_database_that_dna_wrote_are_recognised():
    """Its four coders have the password `sample`."""
    path = SHARED / "data" / "sample.dna"
    if not path.is_file():
        pytest.skip("../shared/data/sample.dna is not beside the project")
    with closing(sqlite3.connect(f"{Path(path).as_uri()}?immutable=1", uri=True)) as connection:
        stored = [word for (word,) in ask(connection, "SELECT Password FROM CODERS")]
    assert [password_hash("sample", base64.b64decode(word)[:16]) for word in stored] == stored
    assert len(stored) == 4


def test_coders_may_do_everything(database):
    """Permissions are 1 by default, and the version is one that DNA opens."""
    connection = database()
    assert ask(connection, "SELECT min(PermissionAddDocuments), min(PermissionEditOthersStatements) FROM CODERS") == [
        (1, 1)
    ]
    assert ("version", "3.0.11") in ask(connection, "SELECT * FROM SETTINGS")
