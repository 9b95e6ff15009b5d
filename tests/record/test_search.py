"""Passages are found by words and by who, what, when and where, and each is a quotation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dragoman.analysis import Analysis
from dragoman.document import Document
from dragoman.errors import UsageError
from dragoman.record import Record, Search

from ..strategies import small_analysis
from .stories.test_stories import report

LONG = "Grain prices rose in Dorrin. " * 40 + "The 😀 harbour of Velm stayed closed."


@pytest.fixture
def filled(tmp_path: Path) -> Record:
    """Two small reports, a shelling, a long text and one in Arabic."""
    record = Record(tmp_path / "record", create=True)
    record.add([small_analysis(1), small_analysis(2, publisher="Hill Gazette"), report()])
    record.add([Analysis(reader="one", document=Document(LONG, title="Prices", published="2032-01"))])
    record.add([Analysis(reader="one", document=Document("قال الوزير إن المحادثات ستستمر"))])
    return record


def found(record: Record, words: str = "", **choices: Any) -> list[str]:
    """The passages, best first."""
    return list(record.search(Search(words=words, **choices))["quote"].to_pylist())


def test_all_words_must_be_there(filled: Record) -> None:
    """A word finds those that begin with it, in any case."""
    assert len(found(filled, "SANCTION south")) == 2
    assert found(filled, "sanctions grain") == []
    assert found(filled, "anctions") == []


def test_a_phrase_stands_together(filled: Record) -> None:
    """Words in quotation marks are next to each other."""
    assert len(found(filled, '"rejects sanctions"')) == 2
    assert found(filled, '"sanctions rejects"') == []


@pytest.mark.parametrize("words", ["velm", "😀", "harbour closed"])
def test_every_passage_is_a_quotation(filled: Record, words: str) -> None:
    """Its offsets are those of its document, in code points, and the word is in it."""
    answer = filled.search(words).to_pylist()
    assert answer
    for row in answer:
        assert filled.documents[row["document_id"]].text[row["quote_start"] : row["quote_end"]] == row["quote"]
        assert words.split()[0] in row["quote"].casefold()


def test_other_scripts_are_searched(filled: Record) -> None:
    """A word of Arabic is found within a word that has an article before it."""
    assert len(found(filled, "محادثات")) == 1


def test_rare_words_and_short_texts_come_first(filled: Record) -> None:
    """BM25: the short report of Velm before the long text that mentions it at its end."""
    assert [text[:8] for text in found(filled, "velm")] == ["Northern", "prices r"]


def test_who_said_it(filled: Record) -> None:
    """In statements the actor is the one who speaks, and the passage what he says."""
    said = found(filled, "sanctions", within="statements", actors=("NTH",))
    assert said == ["the League rejects sanctions on the south"] * 2
    assert found(filled, "sanctions", within="statements", actors=("STH",)) == []


@pytest.mark.parametrize(
    ("choices", "count"),
    [
        ({"actors": ("STH",)}, 3),
        ({"types": ("ASSAULT",)}, 1),
        ({"types": ("reject",), "within": "events"}, 2),
        ({"types": ("ASSAULT",), "within": "events", "actors": ("STH",)}, 1),
        ({"measures": ("sanctions",)}, 2),
        ({"measures": ("sanctions",), "stances": ("supports",), "within": "stances"}, 0),
        ({"stances": ("opposes",), "within": "stances", "actors": ("northern-delegate",)}, 2),
        ({"publishers": ("Hill Gazette",)}, 1),
        ({"since": "2032"}, 1),
        ({"until": "2031-05-02"}, 2),
        ({"limit": 2}, 2),
    ],
)
def test_choices_without_words(filled: Record, choices: dict[str, Any], count: int) -> None:
    """All that the choices leave."""
    assert len(found(filled, **choices)) == count


@pytest.mark.parametrize("words", ["'", "(", "[a", "%", "\\", '"', "; DROP TABLE documents"])
def test_any_words_will_do(filled: Record, words: str) -> None:
    """They are neither SQL nor a pattern."""
    assert found(filled, words) == []


def test_an_empty_record_has_nothing(record: Record) -> None:
    """No passage, no error."""
    assert found(record, "anything") == []


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"within": "titles"}, "within='titles' is unknown; write documents or statements or events or stances"),
        ({"types": ("WALK",)}, "There is no event type 'WALK'"),
        ({"types": ("ASSAULT",), "within": "stances"}, "A type can be asked of documents and events, not of stances"),
        ({"measures": ("walks",)}, "measure='walks' is unknown; write .*sanctions or"),
        ({"stances": ("likes",)}, "stance='likes' is unknown; write supports or opposes"),
        ({"since": "May"}, "since='May' is no date"),
        ({"limit": 0}, "limit=0 leaves nothing"),
    ],
)
def test_what_cannot_be_is_named(choices: dict[str, Any], message: str) -> None:
    """One sentence with what is allowed."""
    with pytest.raises(UsageError, match=message):
        Search(**choices)
