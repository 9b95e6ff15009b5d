"""Files, folders, globs and standard input."""

from __future__ import annotations

import errno
import gzip
import io
import os
import socket
import sys
import threading
from pathlib import Path

import pytest

from dragoman.document import Document
from dragoman.errors import UsageError
from dragoman.ingest import Options, Unread, read_path, read_paths


def seen(*paths: str, **options: object) -> list[str]:
    """The texts that were read and the reports, in order."""
    items = read_paths(paths, options=Options(**options))
    return [item.text if isinstance(item, Document) else str(item) for item in items]


@pytest.fixture
def standard_input(monkeypatch: pytest.MonkeyPatch):
    """`standard_input(data)` makes the data what stands in standard input, as a pipe that cannot go back."""

    def put(data: bytes) -> None:
        reading, writing = os.pipe()

        def write() -> None:
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(data)

        threading.Thread(target=write, daemon=True).start()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(os.fdopen(reading, "rb")))

    return put


def test_a_folder_is_read_in_the_order_of_its_names(folder) -> None:
    """Recursively, whatever the order on disk."""
    folder({"in/b.txt": "B.", "in/a.txt": "A.", "in/c/d.txt": "D.", "in/c/a.jsonl": '{"text": "CA."}', "in/z.md": "Z."})
    assert seen("in") == ["A.", "B.", "CA.", "D.", "Z."]


def test_hidden_files_and_readmes_are_left_out_of_folders(folder) -> None:
    """What a tool or a person put there about the folder is not news."""
    folder(
        {
            "in/.hidden.txt": "x",
            "in/.git/a.txt": "x",
            "in/README.md": "x",
            "in/readme": "x",
            "in/README.txt": "x",
            "in/a.txt": "A.",
        }
    )
    assert seen("in") == ["A."]


def test_a_hidden_file_can_be_named(folder) -> None:
    """Named by itself, it is read."""
    folder({".hidden.txt": "A.", "README.md": "B."})
    assert seen(".hidden.txt", "README.md") == ["A.", "B."]


def test_an_unknown_extension_is_reported_and_the_rest_is_read(folder) -> None:
    """The report lists what is known and says what to do."""
    folder({"in/a.doc": "x", "in/b": "x", "in/c.txt": "C."})
    doc, bare, text = seen("in")
    assert doc.startswith("in/a.doc: The extension '.doc' is not known; known are atom, csv, htm, html, json, jsonl, ")
    assert doc.endswith(". Name the format with --input-format.")
    assert bare.startswith("in/b: The file has no extension that tells its format; known are ")
    assert text == "C."


def test_the_format_can_be_named(folder) -> None:
    """It overrules the extension, and files without one can be read."""
    folder({"a.log": "A.", "b": "B.", "c.json": "C."})
    assert seen("a.log", "b", "c.json", format="txt") == ["A.", "B.", "C."]


def test_extensions_are_read_in_any_case(folder) -> None:
    """Old systems shout."""
    folder({"A.TXT": "A.", "B.JsonL": '{"text": "B."}'})
    assert seen("A.TXT", "B.JsonL") == ["A.", "B."]


def test_a_folder_without_files_is_reported(folder) -> None:
    """Also if it has hidden ones."""
    folder({"in/.hidden.txt": "x"})
    assert seen("in") == ["in: The folder holds no files to read; hidden files and README files are left out."]


def test_a_folder_that_cannot_be_opened_is_reported_and_the_rest_is_read(folder, monkeypatch) -> None:
    """Permissions are the usual cause."""
    folder({"in/a/x.txt": "X.", "in/b.txt": "B."})
    listed = Path.iterdir

    def iterdir(self: Path):
        if self.name == "a":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))
        return listed(self)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    assert seen("in") == ["in/a: The folder cannot be opened: Permission denied. Check its permissions.", "B."]


def test_a_file_that_cannot_be_opened_is_reported_and_the_rest_is_read(folder, monkeypatch) -> None:
    """One sentence, and no traceback."""
    folder({"in/a.txt": "A.", "in/b.txt": "B."})
    opened = Path.open

    def open_(self: Path, *args: object, **settings: object):
        if self.name == "a.txt":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))
        return opened(self, *args, **settings)

    monkeypatch.setattr(Path, "open", open_)
    assert seen("in") == ["in/a.txt: The file cannot be read: Permission denied. Check its permissions.", "B."]


def test_a_link_to_nothing_is_reported(folder) -> None:
    """Its target was moved."""
    folder({"in/b.txt": "B."})
    Path("in/a.txt").symlink_to("gone.txt")
    assert seen("in") == [
        "in/a.txt: There is no such file or folder; check the spelling, and that a link still leads somewhere.",
        "B.",
    ]


def test_a_link_to_the_folder_above_does_not_go_round(folder) -> None:
    """Links to other folders are followed."""
    folder({"in/a.txt": "A.", "elsewhere/b.txt": "B."})
    Path("in/loop").symlink_to("..", target_is_directory=True)
    Path("in/more").symlink_to("../elsewhere", target_is_directory=True)
    assert sorted(set(seen("in"))) == ["A.", "B."]


def test_pipes_and_sockets_in_a_folder_are_reported(folder) -> None:
    """Opening a pipe would wait for its writer."""
    folder({"in/z.txt": "Z."})
    os.mkfifo("in/a.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("in/b.txt")
        pipe, sock, text = seen("in")
    assert (
        pipe
        == "in/a.txt: It is neither a file nor a folder but a device, pipe or socket; name it by itself to read it."
    )
    assert sock.startswith("in/b.txt: It is neither a file nor a folder")
    assert text == "Z."


def test_a_pipe_named_by_itself_is_read(tmp_path) -> None:
    """As the shell makes them for `dragoman read <(command)`."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    threading.Thread(target=lambda: pipe.write_text('{"text": "A."}\n{"text": "B."}\n'), daemon=True).start()
    assert seen(str(pipe)) == ["A.", "B."]


def test_a_record_in_the_folder_is_not_news(folder) -> None:
    """A second run over a folder that holds the record of the first does not read its tables."""
    folder(
        {
            "in/a.txt": "A.",
            "in/out/record.json": '{"format": "dragoman-record"}',
            "in/out/documents/x.jsonl": '{"text": "X."}',
        }
    )
    assert seen("in") == ["A."]


def test_a_glob(folder) -> None:
    """Sorted, with folders read as folders; names that match are read even if hidden in the pattern's own way."""
    folder({"in/press-b.txt": "B.", "in/press-a.txt": "A.", "in/other.txt": "x", "in/press/c.txt": "C."})
    assert seen("in/*press*") == ["C.", "A.", "B."]


def test_a_glob_through_all_folders(folder) -> None:
    """Two stars."""
    folder({"in/a.txt": "A.", "in/b/c/d.txt": "D.", "in/b/e.md": "x"})
    assert seen("in/**/*.txt") == ["A.", "D."]


def test_a_glob_without_matches_is_reported(folder) -> None:
    """It is not passed over in silence."""
    assert seen("nothing/*.txt") == [
        "nothing/*.txt: The pattern matches no file; check the spelling and the folder it starts from."
    ]


def test_a_file_whose_name_looks_like_a_pattern(folder) -> None:
    """If there is a file of exactly that name, it is meant."""
    folder({"a[1].txt": "A.", "a1.txt": "x"})
    assert seen("a[1].txt") == ["A."]


@pytest.mark.parametrize("path", ["gone.txt", "gone/", "gone.doc", "a.txt/b.txt"])
def test_a_path_that_does_not_exist(folder, path: str) -> None:
    """Said before anything is said about its format."""
    folder({"a.txt": "A."})
    (report,) = seen(path)
    assert (
        report.startswith(f"{Path(path)}: There is no such file or folder") or "cannot be opened: [Errno 20]" in report
    )


def test_a_name_that_no_file_can_have(folder) -> None:
    """It is reported like any other that is not there."""
    (report,) = seen("a\0b.txt")
    assert "It cannot be opened" in report


def test_several_paths_are_read_one_after_the_other(folder) -> None:
    """In the order in which they were given."""
    folder({"b.txt": "B.", "a.txt": "A."})
    assert seen("b.txt", "gone.txt", "a.txt")[::2] == ["B.", "A."]


def test_a_path_object(folder) -> None:
    """Paths may be strings or Path objects."""
    folder({"a.txt": "A."})
    assert [d.text for d in read_path(Path("a.txt"))] == ["A."]


def test_an_unknown_format_is_an_error_of_the_call(folder) -> None:
    """Raised before anything is read."""
    with pytest.raises(UsageError, match="Nothing reads the format 'doc'; known are atom, csv, "):
        read_path("a.txt", options=Options(format="doc"))


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b"The envoy spoke.\n", ["The envoy spoke.\n"]),
        (b'{"text": "A."}\n{"text": "B."}\n', ["A.", "B."]),
        (b'\n  {"text": "A."}\n', ["A."]),
        (b'[{"text": "A."}, {"text": "B."}]', ["A.", "B."]),
        (b"<!doctype html><html><body><p>The envoy spoke.</p></body></html>", ["The envoy spoke."]),
        (
            b'<?xml version="1.0"?><rss version="2.0"><channel><item><description>A.</description></item></channel></rss>',
            ["A."],
        ),
        (b'\xef\xbb\xbf<rss version="2.0"><channel><item><description>A.</description></item></channel></rss>', ["A."]),
        (gzip.compress(b'{"text": "A."}\n', mtime=0), ["A."]),
        (b"", ["standard input: The file is empty; there is nothing to read."]),
        (
            b'{"text": "A."}\nx\n',
            ["A.", "standard input:2: It is not valid JSON: expecting value at column 1. Correct it."],
        ),
    ],
)
def test_standard_input_is_told_by_its_first_bytes(standard_input, data: bytes, texts: list[str]) -> None:
    """JSON Lines, JSON, HTML, feeds and text, compressed or not."""
    standard_input(data)
    assert seen("-") == texts


def test_the_format_of_standard_input_can_be_named(standard_input) -> None:
    """A table does not look like one."""
    standard_input(b"id,text\n1,A.\n")
    assert seen("-", format="csv") == ["A."]


def test_standard_input_longer_than_a_pipe_holds(standard_input) -> None:
    """Nothing is lost between the first bytes and the rest."""
    standard_input(b"".join(b'{"text": "Text %d."}\n' % n for n in range(50_000)))
    assert seen("-") == [f"Text {n}." for n in range(50_000)]


def test_standard_input_from_memory(monkeypatch) -> None:
    """As test runners give it."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "A."}\n')))
    assert seen("-") == ["A."]
    assert not sys.stdin.closed


def test_a_report_reads_as_name_and_reason() -> None:
    """What the command line prints."""
    assert str(Unread("a.txt", "The file is empty.")) == "a.txt: The file is empty."
