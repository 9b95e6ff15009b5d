"""The public surface: what `from dragoman import` offers, listed once."""

from __future__ import annotations

import subprocess
import sys

import pytest

import dragoman


def test_the_public_names_are_listed_and_sorted():
    """Everything else may move."""
    assert dragoman.__all__ == [
        "Analysis",
        "Document",
        "DragomanError",
        "Event",
        "Reader",
        "Record",
        "Span",
        "Stance",
        "Statement",
        "read_path",
    ]


@pytest.mark.parametrize("name", dragoman.__all__)
def test_every_public_name_loads_and_is_documented(name: str):
    """A name that is promised exists and says what it is."""
    assert getattr(dragoman, name).__doc__


def test_an_unknown_name_says_what_there_is():
    """The error names the public surface."""
    with pytest.raises(AttributeError, match="Reader"):
        dragoman.reader  # noqa: B018


def test_importing_dragoman_opens_no_model():
    """The import is quick because nothing heavy comes with it."""
    heavy = "{'spacy', 'onnxruntime', 'duckdb', 'pyarrow', 'trafilatura', 'click', 'rich'}"
    code = f"import sys, dragoman; print(sorted({heavy} & set(sys.modules)))"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
