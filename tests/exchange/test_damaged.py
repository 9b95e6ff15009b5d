"""Damaged files: finds of the fuzzing, each of them a reason and not a report of a fault of ours."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest

from dragoman.ingest import Unread

FORMS = ["gdelt", "icews", "jsonl", "petrarch", "plover", "polecat"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "data", [b"\x1f\x8b", gzip.compress(b"some text " * 100, mtime=0)[:30], b"\x1f\x8b" + b"\xff" * 40]
)
def test_gzip_cut_short_or_damaged_is_named(imported: Callable[..., list[object]], form: str, data: bytes):
    """The whole import ended with "its reader failed" on a file of two bytes."""
    (unread,) = imported(data, form=form)
    assert isinstance(unread, Unread)
    assert "Fetch the file anew" in unread.reason
