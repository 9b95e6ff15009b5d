"""Files by their address, on whatever file system: found, opened and read as local ones are."""

from __future__ import annotations

import gzip
import json
import pickle
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dragoman.document import Document
from dragoman.errors import InputError
from dragoman.ingest import Options, Unread, read_path, read_source
from dragoman.ingest.remote import RemoteFile, files_at

LINE = json.dumps({"text": "The envoy of Ruritania spoke 😀.", "date": "2031-05-02"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three formats, a folder inside, and things that are no news."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "b.jsonl").write_text(LINE, encoding="utf-8")
    (tmp_path / "deep" / "a.jsonl.gz").write_bytes(gzip.compress(LINE.encode()))
    pq.write_table(pa.table({"text": ["The envoy left."]}), tmp_path / "c.parquet")
    for name in (".hidden.jsonl", "README.md"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "record").mkdir()
    (tmp_path / "record" / "record.json").write_text('{"format": "dragoman-record"}')
    (tmp_path / "record" / "part.parquet").write_bytes(b"x")
    return tmp_path


def names(address: str) -> list[str]:
    """The last part of every address that is found."""
    return [file.address.rsplit("/", 1)[-1] for file in files_at(address)]


@pytest.mark.parametrize("scheme", ["", "file://"])
def test_a_folder_stands_for_its_files(folder: Path, scheme: str):
    """In order, below it too; hidden files, what a folder says of itself and records are left out."""
    assert names(f"{scheme}{folder}") == ["b.jsonl", "c.parquet", "a.jsonl.gz"]


def test_elsewhere_only_known_formats_are_read(folder: Path):
    """Archives on other machines are full of marks such as _SUCCESS; on this machine each is named as `dragoman read` does."""
    (folder / "_SUCCESS").touch()
    assert "_SUCCESS" not in names(f"file://{folder}")
    assert "_SUCCESS" in names(str(folder))


def test_here_the_files_are_those_of_one_process(folder: Path):
    """The same documents and the same complaints in the same order."""
    (folder / "picture.png").write_bytes(b"x")
    (folder / "link.txt").symlink_to(folder / "nowhere")
    found = [item for file in files_at(str(folder)) for item in read_source(file.source(Options()))]
    expected = list(read_path(folder))
    assert [i for i in found if isinstance(i, Document)] == [i for i in expected if isinstance(i, Document)]
    assert [i.name for i in found if isinstance(i, Unread)] == [i.name for i in expected if isinstance(i, Unread)]


def test_a_file_stands_for_itself(folder: Path):
    """Also as an address of the system's own."""
    assert names(str(folder / "b.jsonl")) == names(f"file://{folder}/b.jsonl") == ["b.jsonl"]


@pytest.mark.parametrize("name", ["b.jsonl", "c.parquet", "deep/a.jsonl.gz"])
def test_a_remote_file_reads_as_a_local_one(folder: Path, name: str):
    """The same documents, whichever way the bytes come."""
    (file,) = files_at(f"file://{folder}/{name}")
    documents = list(read_source(file.source(Options())))
    assert documents == list(read_path(folder / name))
    assert all(isinstance(document, Document) for document in documents)


def test_a_file_can_be_sent_to_another_machine(folder: Path):
    """What travels is an address, and no open file."""
    (file,) = files_at(str(folder / "b.jsonl"))
    assert pickle.loads(pickle.dumps(file)) == file == RemoteFile(str(folder / "b.jsonl"))


def test_a_file_system_of_fsspec_is_reached():
    """What pyarrow does not know, fsspec may."""
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.pipe("/wire/one.jsonl", LINE.encode())
    (file,) = files_at("memory://wire/one.jsonl")
    (document,) = read_source(file.source(Options()))
    assert document.text == "The envoy of Ruritania spoke 😀."


@pytest.mark.parametrize("address", ["nowhere", "file:///nowhere/at/all", "nosuch://bucket/key"])
def test_an_address_of_nothing_is_an_error(tmp_path: Path, address: str):
    """It names the address and what to do."""
    with pytest.raises(InputError, match=address):
        list(files_at(address))


def test_a_folder_without_news_is_an_error(tmp_path: Path):
    """Reading nothing on a cluster is a mistake in the address."""
    with pytest.raises(InputError, match="no files to read"):
        list(files_at(str(tmp_path)))
