"""Bytes -> text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import DocumentError
from dragoman.ingest.decoding import decode, encoding_of

WESTERN = "The envoy’s office in Zürich said: “No conditions” – and then, “none at all”."
RUSSIAN = "Министр отверг обвинения: переговоры в среду продолжатся."


def read(data: bytes, **hints: object) -> str:
    return decode(data, encoding_of(data, **hints))  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_western_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    """With or without a byte order mark, the same words come out and the mark does not."""
    assert read(WESTERN.encode(encoding)) == WESTERN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
def test_russian_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    """Cyrillic is told from Western European text without a hint."""
    assert read(RUSSIAN.encode(encoding)) == RUSSIAN


@pytest.mark.parametrize(
    "text",
    [
        "Le négociateur français à Genève.",
        "El señor ministro habló mañana.",
        "It cost £5 million.",
        "Ångström’s café – naïve",
    ],
)
def test_few_high_bytes_are_western(text: str) -> None:
    """A short text with one accented letter or pound sign is cp1252, not Cyrillic."""
    assert read(text.encode("cp1252")) == text


def test_an_english_text_with_a_russian_name() -> None:
    """One name in Cyrillic is enough to tell cp1251."""
    text = "The spokesman (Пресс-секретарь) gave no date for the talks."
    assert read(text.encode("cp1251")) == text


def test_line_ends_are_kept() -> None:
    """Spans quote the text, so a carriage return stays where it is."""
    assert read(b"one\r\ntwo\rthree\n") == "one\r\ntwo\rthree\n"


def test_a_stray_byte_in_utf_8_is_read_as_cp1252() -> None:
    """A quotation pasted from another program does not turn the whole text into that program's encoding."""
    data = "Zürich, Genève, Málaga, Kraków said ".encode() + b"\x93no\x94."
    assert read(data) == "Zürich, Genève, Málaga, Kraków said “no”."


def test_a_surrogate_in_utf_8_is_replaced() -> None:
    """Half a character, as some programs write it, becomes one U+FFFD."""
    assert read("Zürich, Genève ".encode() + b"\xed\xa0\xbd now") == "Zürich, Genève \ufffd now"


def test_a_byte_that_cp1252_does_not_know_is_replaced() -> None:
    """There is no character for 0x81, and none is made up."""
    assert decode(b"caf\xe9 \x81 caf\xe9", "cp1252") == "café \ufffd café"


def test_a_declared_encoding_is_believed() -> None:
    """What the page says about itself decides between encodings that look alike."""
    assert read("Příliš žluťoučký".encode("cp1250"), declared="windows-1250") == "Příliš žluťoučký"


@pytest.mark.parametrize("declared", ["utf-8", "no-such-codec", "ascii", "rot13", "undefined", "a\0b"])
def test_a_declaration_that_does_not_fit_is_not_believed(declared: str) -> None:
    """Pages are often wrong about themselves; then the bytes decide."""
    assert read("Zürich said “no”".encode("cp1252"), declared=declared) == "Zürich said “no”"


def test_valid_utf_8_overrules_a_declaration() -> None:
    """A page that says Latin 1 and is valid UTF-8 is UTF-8."""
    assert read("Genève, “no”".encode(), declared="iso-8859-1") == "Genève, “no”"


def test_a_character_cut_at_the_end_of_a_sample_is_no_error() -> None:
    """The beginning of a longer file may end inside a character."""
    assert encoding_of("Genève".encode()[:4], partial=True) == "utf-8"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 \n1 0 obj", "a PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00word/document.xml", "a ZIP archive or an office document"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture"),
        (b"\x00\x01\x02\x03\x04\x05\x06\x07" * 50, "binary"),
        (b"The text ends here." + bytes(40), "binary"),
        (bytes(range(256)) * 4, "binary"),
    ],
)
def test_what_is_no_text_is_refused_by_its_name(data: bytes, what: str) -> None:
    """The report says what the file is, so that the reader knows what to do with it."""
    with pytest.raises(DocumentError, match=f"^The file is {what}"):
        encoding_of(data)


def test_one_odd_control_character_is_no_reason_to_refuse() -> None:
    """Wire copy carries the odd form feed or start-of-header sign."""
    text = "\x01The talks go on." + " They will last." * 20
    assert read(text.encode()) == text


@given(st.text())
def test_utf_8_is_always_read_as_itself(text: str) -> None:
    """Whatever was stored as UTF-8 comes back, unless it is taken for binary."""
    data = text.encode("utf-8-sig")
    assert read(data) == text


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    """Nothing else is raised, and the text can be stored."""
    try:
        text = read(data)
    except DocumentError:
        return
    text.encode()
