"""A record's answers as tables of Arrow, pandas and Polars: the same rows, with lists, gaps and words of any script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from dragoman.document import Document
from dragoman.record import Record, Search

from ..strategies import small_analysis

ANSWERS: dict[str, Callable[[Record], pa.Table]] = {
    "counts": lambda record: record.counts(("month", "actor", "type")),
    "events": lambda record: record.events_table(duplicates="story"),
    "search": lambda record: record.search(Search(within="stances")),
    "sql": lambda record: record.sql("SELECT document_id, title, published, text FROM documents ORDER BY document_id"),
    "nothing": lambda record: record.sql("FROM stances WHERE false"),
}


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """Two reports, one of them undated and with a title that no code page has."""
    made = Record(tmp_path / "rec", create=True)
    one = small_analysis(1)
    made.add([one, replace(one, document=Document(one.document.text, title="停火 🇺🇳", publisher="Copy Desk"))])
    return made


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_a_table_of_arrow(record: Record, name: str) -> None:
    """With columns of one type each, so that nothing is guessed on the way into another library."""
    answer = ANSWERS[name](record)
    assert isinstance(answer, pa.Table)
    assert answer.num_rows == (0 if name == "nothing" else answer.num_rows or 1)
    assert not any(pa.types.is_null(field.type) for field in answer.schema)


@pytest.mark.parametrize("name", ANSWERS)
def test_pandas_has_the_same_rows(record: Record, name: str) -> None:
    """`Table.to_pandas` makes a data frame of an answer; what is absent is absent in it."""
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    answer = ANSWERS[name](record)
    frame = answer.to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns) == answer.column_names
    rows = [{key: _plain(value, pandas) for key, value in row.items()} for row in frame.to_dict("records")]
    assert rows == answer.to_pylist()


def _plain(value: Any, pandas: Any) -> Any:
    """A cell of a data frame as Python has it."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    return None if not isinstance(value, list) and pandas.isna(value) else value


@pytest.mark.parametrize("name", ANSWERS)
def test_polars_has_the_same_rows(record: Record, name: str) -> None:
    """`polars.from_arrow` makes a data frame of an answer, and gives it back as it was."""
    polars = pytest.importorskip("polars", reason="Polars is not installed")
    answer = ANSWERS[name](record)
    frame = polars.from_arrow(answer)
    assert frame.columns == answer.column_names
    assert frame.to_dicts() == answer.to_pylist()
    assert frame.to_arrow().to_pylist() == answer.to_pylist()
