"""Records of older layouts, and of later ones: what was written stays readable, and nothing is misread."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dragoman.errors import NewerRecordError
from dragoman.record import Record, folder, parts, schema

from ..strategies import small_analysis

OLD = Path(__file__).parent / "layout-1"
"""Three reports by two readers, written by version 0.1.0: before places had coordinates and events casualties."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A copy of the record that an older version wrote."""
    return Path(shutil.copytree(OLD, tmp_path / "old"))


def head(path: Path) -> int:
    """The layout that a record says it has."""
    return int(json.loads((path / "record.json").read_text())["schema"])


def test_a_record_of_the_first_layout_opens(old: Path) -> None:
    """Every table answers; what the older layout had not is null."""
    record = Record(old)
    assert record.damaged == ()
    assert (record.summary().documents, record.summary().events, record.summary().stances) == (3, 3, 2)
    (event,) = record.sql("SELECT place_quote, place_country, dead FROM events WHERE type = 'ASSAULT'").to_pylist()
    assert event == {"place_quote": "Velm", "place_country": None, "dead": None}
    assert head(old) == 1


def test_its_analyses_are_those_that_were_written(old: Path) -> None:
    """They equal what the present version makes of the same readings."""
    found = {a.document.title: a for a in Record(old).analyses()}
    assert found["Report 1"] == small_analysis(1)
    assert found["Report 2"] == small_analysis(2, reader="reader-two")
    (event,) = found["Report 3"].events
    assert event.place is not None
    assert (event.place.text, event.place.name, event.dead) == ("Velm", None, None)


def test_old_and_new_parts_answer_together(old: Path) -> None:
    """Rows of both layouts stand in one table, also where a newer reading replaces only some rows of an old part."""
    record = Record(old, create=True)
    record.add([small_analysis(7), small_analysis(1, reader="reader-two")])
    assert record.summary().documents == 4
    readers = record.sql("SELECT title, e.reader FROM events e JOIN documents USING (document_id) ORDER BY title")
    assert [tuple(row.values()) for row in readers.to_pylist()] == [
        ("Report 1", "reader-two"),
        ("Report 2", "reader-two"),
        ("Report 3", "reader-one"),
        ("Report 7", "reader-one"),
    ]
    assert record.check() == ()


def test_writing_says_that_parts_of_the_present_layout_follow(old: Path) -> None:
    """An older version refuses the record from then on; looking at it changes nothing."""
    list(Record(old).analyses())
    assert head(old) == 1
    Record(old).add([small_analysis(7)])
    assert head(old) == schema.VERSION


def test_joining_brings_old_parts_up_to_date(old: Path) -> None:
    """After it every part has the present layout, and the same analyses."""
    record = Record(old)
    before = list(record.analyses())
    record.compact()
    assert list(Record(old).analyses()) == before
    paths = [*old.glob("documents/*"), *old.glob("readings/*/*")]
    assert {parts.inspect(p, schema.READINGS if "readings" in str(p) else schema.DOCUMENTS).layout for p in paths} == {
        ""
    }  # type: ignore[union-attr]
    assert head(old) == schema.VERSION


def test_a_part_from_the_future_is_left_out_and_named(tmp_path: Path) -> None:
    """Somebody copied a file of a later version in: the rest answers."""
    record = Record(tmp_path, create=True)
    record.add([small_analysis(1)])
    (part,) = parts.names(tmp_path / "documents")
    table = pq.read_table(part)
    later = part.with_name("00000002-0123456789abcdef.parquet")
    pq.write_table(table.replace_schema_metadata({schema.METADATA_KEY: b"99"}), later)
    (damaged,) = Record(tmp_path).damaged
    assert damaged.path == later
    assert "a later dragoman wrote it (layout 99); upgrade dragoman" in damaged.reason
    assert Record(tmp_path).summary().documents == 1


def test_a_record_from_the_future_is_refused(old: Path) -> None:
    """The head counts, whatever is in the folder."""
    (old / "record.json").write_text(json.dumps({"format": folder.FORMAT, "schema": schema.VERSION + 1}))
    with pytest.raises(NewerRecordError, match=r"upgrade dragoman to open it\. Nothing was changed"):
        Record(old)


def test_a_layout_only_grows() -> None:
    """Every field of the first layout is still there with its type: that is what makes a cast enough."""
    for path, present in (("documents", schema.DOCUMENTS), ("readings/0001-reader-one", schema.READINGS)):
        for field in pq.read_schema(parts.names(OLD / path)[0]):
            assert grows(field.type, present.field(field.name).type), field.name


def grows(old: pa.DataType, new: pa.DataType) -> bool:
    """Whether the new type has all that the old one has."""
    if pa.types.is_list(old):
        return grows(old.value_type, new.value_type)
    if pa.types.is_struct(old):
        fields = {f.name: f.type for f in new}
        return all(f.name in fields and grows(f.type, fields[f.name]) for f in old)
    return bool(old == new)
