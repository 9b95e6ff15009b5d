"""A file with some bytes in it, and what comes out when it is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.document import Document
from dragoman.ingest import Options, Unread, read_path

Read = Callable[..., list[Document | Unread]]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """`read(name, content, **options)` writes a file and gives everything that reading it by its bare name yields."""
    monkeypatch.chdir(tmp_path)

    def run(name: str, content: str | bytes, **options: object) -> list[Document | Unread]:
        Path(name).write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_path(name, options=Options(**options)))

    return run


@pytest.fixture
def one(read: Read) -> Callable[..., Document]:
    """As `read`, for a file that holds one document and nothing else."""

    def run(name: str, content: str | bytes, **options: object) -> Document:
        (document,) = read(name, content, **options)
        assert isinstance(document, Document), document
        return document

    return run


@pytest.fixture
def refused(read: Read) -> Callable[..., str]:
    """As `read`, for a file of which nothing can be read: the one report as `name: reason`."""

    def run(name: str, content: str | bytes, **options: object) -> str:
        (report,) = read(name, content, **options)
        assert isinstance(report, Unread), report
        return str(report)

    return run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`folder(**files)` writes small files, keys being paths; the working directory is the folder above them."""
    monkeypatch.chdir(tmp_path)

    def write(files: dict[str, str]) -> None:
        for name, content in files.items():
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")

    return write
