"""A record to write to."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.record import Record


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """A new record."""
    return Record(tmp_path / "record", create=True)
