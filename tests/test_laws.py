"""The laws: what holds for every text, however hostile."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dragoman import Analysis, Document, Reader

from .strategies import HOSTILE, texts

PROSE = (
    "The Malian minister said his country would never accept foreign troops.",
    "“We reject sanctions,” she said, “and we will veto them.”",
    "Rebels attacked the army near Tessala on Monday, killing 12 soldiers.",
    "He urged both sides to halt the fighting, adding that the UN was ready to host talks.",
    "According to the ministry, Norway had told the mission that roads were open.",
)
pages = st.lists(st.one_of(st.sampled_from(PROSE), st.sampled_from(HOSTILE), texts), max_size=5).map(" ".join)
slow = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@slow
@given(pages)
@example("“We left.\r\n\r\n“We came back,” he said. قال الوزير 🕊 e\u0301")
@example("Mali said Mali said Mali said")
def test_every_span_quotes_the_document(reader: Reader, text: str) -> None:
    """Law 1: `text == document.text[start:end]` for every span there is."""
    analysis = reader.read(Document(text))
    for span in analysis.spans():
        assert span.text == text[span.start : span.end]
        assert span.text or not text


@slow
@given(pages)
def test_every_reference_exists(reader: Reader, text: str) -> None:
    """Law 5: actors, statements and events that a row names are in the same analysis."""
    analysis = reader.read(Document(text))
    statements = {s.id for s in analysis.statements}
    actors = {a.id for a in analysis.actors} | {None}
    assert {s.within for s in analysis.statements} <= statements | {None}
    assert {e.claimed_in for e in analysis.events} <= statements | {None}
    assert {s.statement for s in analysis.stances} <= statements | {None}
    assert {m.actor for m in analysis.mentions} <= actors
    assert {p.actor for e in analysis.events for p in (*e.actors, *e.recipients)} <= actors
    assert {s.source.actor for s in analysis.statements if s.source} <= actors
    assert {s.holder.actor for s in analysis.stances} | {s.toward for s in analysis.stances} <= actors


@slow
@given(pages)
def test_ids_are_unique(reader: Reader, text: str) -> None:
    """No two rows of a kind share an id."""
    analysis = reader.read(Document(text))
    for rows in (analysis.actors, analysis.statements, analysis.events, analysis.stances):
        assert len({r.id for r in rows}) == len(rows)


@slow
@given(pages)
def test_written_and_read_back_is_the_same(reader: Reader, text: str) -> None:
    """Law 3, for JSON: `from_dict` is the inverse of `to_dict`."""
    analysis = reader.read(Document(text, publisher="Invented Wire", published="2015-06"))
    assert Analysis.from_dict(analysis.to_dict()) == analysis


@settings(slow, max_examples=15)
@given(st.lists(pages, min_size=2, max_size=4))
def test_what_was_read_before_changes_nothing(reader: Reader, many: list[str]) -> None:
    """Law 2: a reading is pure, whatever order documents come in."""
    documents = [Document(t) for t in many]
    forward = list(reader.read_all(documents))
    backward = list(reader.read_all(reversed(documents)))
    assert forward == backward[::-1]


def test_workers_change_nothing(reader: Reader) -> None:
    """Law 2: two processes give the analyses of one, in the order of the documents."""
    documents = [Document(text) for text in (*PROSE, *HOSTILE)]
    assert list(reader.read_all(documents, workers=2)) == list(reader.read_all(documents))


def test_five_megabytes_on_one_line_are_read_in_part_and_named(reader: Reader) -> None:
    """Law 6: the limit is reported, what lies before it is read."""
    text = (PROSE[0] + " ") * (5_000_000 // len(PROSE[0]))
    analysis = Reader(max_characters=5_000).read(Document(text))
    assert analysis.statements
    assert [(s.start, s.end) for s in analysis.skipped] == [(5_000, len(text))]


def test_five_megabytes_without_a_space_are_no_prose(reader: Reader) -> None:
    """Encoded data is skipped, quickly."""
    analysis = reader.read(Document("QUJD" * 1_250_000))
    assert not analysis.mentions
    assert analysis.skipped


@pytest.mark.parametrize("text", ["", " ", "\n\t \r\n", "\ufeff", "\x00", "...", "12345", "🕊", "ا"])
def test_what_holds_no_sentence_gives_an_empty_reading(reader: Reader, text: str) -> None:
    """Looked and found nothing; nothing is skipped either."""
    analysis = reader.read(Document(text))
    assert not (analysis.mentions or analysis.statements or analysis.events or analysis.stances or analysis.skipped)


@pytest.mark.parametrize("text", ["," * 300_000, ", " * 150_000, "1 2 3 4 " * 5_000, "* \n" * 20_000])
def test_rows_of_signs_are_no_prose(reader: Reader, text: str) -> None:
    """Hundreds of thousands of commas or figures are skipped, quickly, and said to be."""
    began = time.process_time()
    analysis = reader.read(Document(text))
    assert time.process_time() - began < 5
    assert not analysis.mentions
    assert "not prose" in analysis.skipped[0].reason


def test_text_from_right_to_left_is_read(reader: Reader) -> None:
    """English with Arabic names in it is English, and its quotations hold."""
    text = "The minister, محمد (Muhammad), said on Monday that Mali rejected the plan of النرويج for the port."
    analysis = reader.read(Document(text))
    assert analysis.skipped == ()
    assert all(s.text == text[s.start : s.end] for s in analysis.spans())
    assert "MLI" in {a.id for a in analysis.actors}


def test_a_sentence_of_two_thousand_words_is_read_to_its_end(reader: Reader) -> None:
    """No crash, and who stands at its end is found; twice the words take about twice the time."""
    clause = "the army and the rebels near the town killed 12 people in Gao and "
    times = []
    for repeated in (70, 140):
        began = time.process_time()
        analysis = reader.read(Document(clause * repeated + "Norway protested."))
        times.append(time.process_time() - began)
        assert "NOR" in {a.id for a in analysis.actors}
    assert times[1] < 4 * times[0] + 1
