"""Bytes -> text: which encoding they are in, and whether they are text at all.

The order of belief: a byte order mark, the pattern of UTF-16, valid UTF-8, what the format declares, nearly valid UTF-8, and last
a statistical choice between cp1252 and cp1251. Wider statistics (charset-normalizer over all its encodings) take a curly quote in
an English sentence for Big5 or cp775, so other encodings have to be named.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from dragoman.errors import DocumentError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF; turn it into text first, for example with pdftotext"),
    (b"PK\x03\x04", "a ZIP archive or an office document; unpack it or save it as text first"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as text first"),
    (b"\x1f\x8b", "compressed twice; unpack it once"),
    (b"\x89PNG", "a picture; dragoman reads text only"),
    (b"\xff\xd8\xff", "a picture; dragoman reads text only"),
    (b"SQLite format 3", "a database; export its texts as CSV or JSONL first"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_HIGH = re.compile(rb"[\x80-\xff]")
_AROUND_HIGH = re.compile(rb"[\x00-\x7f]{0,40}[\x80-\xff]+[\x00-\x7f]{0,40}")
_SAMPLE = 2**16


def is_known(encoding: str) -> bool:
    """Whether Python can turn bytes into text with it."""
    try:
        return bool(b" ".decode(encoding, "replace"))
    except (LookupError, ValueError):
        return False


def encoding_of(data: bytes, *, declared: str | None = None, partial: bool = False) -> str:
    """The encoding of some text. `partial`: the data are the beginning of more. DocumentError where they are not text."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    _refuse_known_binary(data)
    if wide := _wide(data[:_SAMPLE]):
        return wide
    _refuse_binary(data[:_SAMPLE])
    if _decodes(data, "utf-8", partial=partial):
        return "utf-8"
    if declared and is_known(declared) and _decodes(data, declared, partial=partial):
        return declared
    return "utf-8" if _is_nearly_utf8(data) else _statistical(data)


def decode(data: bytes, encoding: str) -> str:
    """The text, line ends and all; what the encoding does not allow is replaced (`errors_of`)."""
    return data.decode(encoding, errors_of(encoding))


@cache
def errors_of(encoding: str) -> str:
    """How to go on after bytes that do not fit: in UTF-8 a stray byte is read as cp1252, the usual cause; else U+FFFD."""
    if codecs.lookup(encoding).name not in ("utf-8", "utf-8-sig"):
        return "replace"
    codecs.register_error("dragoman-cp1252", _stray_byte)
    return "dragoman-cp1252"


def _stray_byte(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if _SURROGATE.match(error.object, error.start):
        return "\ufffd", error.start + 3
    return error.object[error.start : error.start + 1].decode("cp1252", "replace"), error.start + 1


def _refuse_known_binary(data: bytes) -> None:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise DocumentError(f"The file is {what}.")


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: Latin letters, spaces and line ends put a NUL at every other place and nowhere else."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if even and odd or (even + odd) * 20 < max(len(sample), 20) or len(sample) < 4:
        return None
    encoding = "utf-16-le" if odd else "utf-16-be"
    text = sample[: len(sample) & ~1].decode(encoding, "replace")
    return None if len(_CONTROL.findall(text.encode("latin-1", "replace"))) * 100 > len(text) else encoding


def _refuse_binary(sample: bytes) -> None:
    if len(_CONTROL.findall(sample)) * 100 > len(sample):
        raise DocumentError(
            "The file is binary: more than one byte in a hundred is a control character. "
            "If it is text in a rare encoding, name that with --encoding."
        )


def _decodes(data: bytes, encoding: str, *, partial: bool) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(data, final=not partial)
    except (UnicodeError, LookupError):
        return False
    return True


def _is_nearly_utf8(data: bytes) -> bool:
    """Whether most sequences are valid and some bytes stray, as when UTF-8 and cp1252 were pasted together.

    In text of another encoding a valid sequence is a rare accident.
    """
    text = _SURROGATE.sub(b"", data).decode("utf-8", "replace")
    strays = text.count("\ufffd")
    valid = sum(c > "\x7f" for c in text) - strays
    return valid >= strays


def _statistical(data: bytes) -> str:
    from charset_normalizer import from_bytes

    first = max(0, m.start() - 40) if (m := _HIGH.search(data)) else 0
    sample = b"\n".join(m[0] for m in _AROUND_HIGH.finditer(data, first, first + 2**20))[:_SAMPLE]
    best = from_bytes(sample, cp_isolation=["cp1252", "cp1251"]).best()
    return best.encoding if best is not None else "cp1252"
