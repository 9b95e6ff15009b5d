"""The reader: settings, totality, fingerprint."""

from __future__ import annotations

import pytest

from dragoman import Document, Reader
from dragoman.errors import KnowledgeError
from dragoman.reading import stages

TEXT = "The Kenyan minister said his country would never send troops. He urged both sides to halt the fighting."


def test_a_document_that_makes_a_stage_fail_comes_back_as_skipped(monkeypatch: pytest.MonkeyPatch):
    """The run goes on; the reason names the error."""

    def fail(*_: object) -> None:
        raise IndexError("off by one")

    monkeypatch.setattr(stages, "find_events", fail)
    analysis = Reader().read(Document(TEXT))
    (skipped,) = analysis.skipped
    assert (skipped.start, skipped.end) == (0, len(TEXT))
    assert "IndexError: off by one" in skipped.reason


def test_an_unknown_pipeline_is_one_sentence():
    """The error names the pipeline and what to do."""
    with pytest.raises(KnowledgeError, match="No spaCy pipeline named 'no_such' is installed"):
        Reader(pipeline="no_such").read(Document(TEXT))


def test_an_unknown_setting_is_refused_at_once():
    """A misspelt setting is not passed over."""
    with pytest.raises(TypeError, match="pipline"):
        Reader(pipline="x")


def test_the_fingerprint_follows_from_the_settings():
    """Two readers with the same settings are the same reader, others are not."""
    assert Reader().fingerprint == Reader().fingerprint
    assert len({Reader().fingerprint, Reader(max_characters=5).fingerprint, Reader(min_score=0.5).fingerprint}) == 3


def test_a_least_score_leaves_out_doubtful_statements(reader: Reader):
    """All that remain are as probable as asked, and nothing is asked for that was not there."""
    document = Document(TEXT * 3)
    every = reader.read(document).statements
    sure = Reader(min_score=0.5).read(document).statements
    assert sure
    assert all(s.score >= 0.5 for s in sure if s.cue is not None)
    assert {s.id for s in sure if s.cue is not None} <= {s.id for s in every}


def test_a_reading_of_nothing_is_empty(reader: Reader):
    """Looked and found nothing: empty tuples, nothing skipped."""
    analysis = reader.read(Document(""))
    assert (analysis.actors, analysis.statements, analysis.events, analysis.stances, analysis.skipped) == (
        (),
        (),
        (),
        (),
        (),
    )
