"""How a format is found, and how another package adds one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint

import pytest

from dragoman.document import Document
from dragoman.errors import DocumentError
from dragoman.ingest import Source, Unread, formats

BUILT_IN = "atom csv htm html json jsonl md ndjson parquet rss tsv txt warc xml".split()


def read_notes(source: Source) -> Iterator[Document | Unread]:
    """A format of another package: notes parted by lines of dashes."""
    for number, note in enumerate(source.text().split("\n--\n"), 1):
        yield (
            source.document(note, title=f"Note {number}")
            if note.strip()
            else source.unread("The note is empty.", row=number)
        )


def fail(source: Source) -> Iterator[Document | Unread]:
    """A reader with a mistake in it, after its first document."""
    yield source.document("One.")
    raise KeyError("date")


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch):
    """`registered(notes=read_notes)` stands for a package whose entry points name these functions."""

    def register(**functions: object) -> None:
        points = {
            name: EntryPoint(name, f"{__name__}:{f.__name__}", "dragoman.sources") for name, f in functions.items()
        }
        found = formats.known() | points
        monkeypatch.setattr(formats, "known", lambda: found)
        formats.reader.cache_clear()

    yield register
    formats.reader.cache_clear()


def test_the_formats_that_come_with_dragoman() -> None:
    """They are registered as those of any other package are."""
    assert [name for name in formats.known() if name in BUILT_IN] == BUILT_IN


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_format_can_be_loaded(name: str) -> None:
    """Its entry point leads to a function with a docstring that says what it reads."""
    assert formats.reader(name).__doc__


def test_another_package_adds_a_format(read, registered) -> None:
    """By its extension, with the bounds, encodings and reports of the built-in ones."""
    registered(notes=read_notes)
    one, empty, two = read("a.notes", "The envoy spoke.\n--\n \n--\nNobody answered.".encode("utf-16"))
    assert (one.title, one.text) == ("Note 1", "The envoy spoke.")
    assert str(empty) == "a.notes#2: The note is empty."
    assert two.text == "Nobody answered."


def test_a_reader_that_fails_is_reported_and_what_it_read_is_kept(read, registered) -> None:
    """The run goes on; the sentence names the error for whoever can mend it."""
    registered(notes=fail)
    one, report = read("a.notes", "x")
    assert one.text == "One."
    assert str(report) == "a.notes: Its reader failed (KeyError: 'date'); please report this with the file."


def test_a_reader_that_cannot_be_loaded_is_reported(refused, registered, monkeypatch) -> None:
    """Half-installed packages are named by their format."""
    registered(notes=read_notes)
    monkeypatch.setitem(formats.known(), "notes", EntryPoint("notes", "no_such_package:read", "dragoman.sources"))
    assert refused("a.notes", "x").startswith(
        "a.notes: The reader for '.notes' cannot be loaded: No module named 'no_such_package'."
    )


@pytest.mark.parametrize(
    ("name", "extension"),
    [
        ("a.txt", "txt"),
        ("dir.d/a.JSONL.GZ", "jsonl"),
        ("a.tar.gz", "tar"),
        ("a.gz", ""),
        ("a", ""),
        (".txt", ""),
        ("a.b.html", "html"),
    ],
)
def test_the_extension_of_a_name(name: str, extension: str) -> None:
    """In lower case, behind the last dot, `.gz` set aside."""
    assert formats.extension(name) == extension


def test_an_unknown_extension_is_a_document_error() -> None:
    """Which becomes a report."""
    with pytest.raises(DocumentError, match=r"The extension '\.tar' is not known"):
        formats.format_of("a.tar.gz")


def test_looking_for_formats_loads_none_of_their_libraries() -> None:
    """Reading a text does not wait for the libraries of the other formats."""
    code = (
        "import sys, dragoman.ingest as i; from dragoman.ingest import formats; formats.known(); formats.reader('txt'); "
        "print([m for m in ('trafilatura', 'feedparser', 'pyarrow', 'warcio', 'charset_normalizer', 'lxml') if m in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
