"""Golden readings: whole pages as a diplomat would review them; a change of the reading shows as a diff of the marked-up page.

`DRAGOMAN_WRITE_GOLDEN=1 pytest tests/test_golden.py` writes them anew; read the diff before committing it. Processors
differ in the last digits of the model, so a few lines may differ; more than that is a change of the reading.
"""

from __future__ import annotations

import difflib
import io
import os
from pathlib import Path

import pytest

from dragoman import Document, Reader, read_path
from dragoman.views.terminal import write_pages

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
EXAMPLES = (
    "clash-report",
    "council-meeting",
    "denial",
    "failed-talks",
    "joint-communique",
    "press-conference",
    "sanctions-decision",
)
ALIKE = 0.97
"""Share of lines that are the same on every processor."""


def reading(reader: Reader, name: str) -> str:
    """The page as `dragoman read FILE --format text` writes it to a pipe."""
    (document,) = (d for d in read_path(ROOT / "examples" / f"{name}.txt") if isinstance(d, Document))
    out = io.StringIO()
    write_pages([reader.read(document)], out)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_reading_of_an_example_is_the_golden_one(reader: Reader, name: str):
    """Statements, events and stances of the page, marked in it and listed under it."""
    path, now = GOLDEN / f"{name}.txt", reading(reader, name)
    if os.environ.get("DRAGOMAN_WRITE_GOLDEN"):
        path.write_text(now, encoding="utf-8")
    golden = path.read_text(encoding="utf-8")
    alike = difflib.SequenceMatcher(None, golden.splitlines(), now.splitlines(), autojunk=False).ratio()
    diff = difflib.unified_diff(golden.splitlines(), now.splitlines(), "golden", "now", lineterm="", n=0)
    assert alike >= ALIKE, "\n".join(diff)
