"""PETRARCH's XML of sentences: out for other coders, in as texts."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from dragoman.analysis import Analysis
from dragoman.document import Document
from dragoman.ingest import Unread
from dragoman.views.exports import Losses, petrarch

from .conftest import written

STORY = """<?xml version="1.0" encoding="UTF-8"?>
<Sentences>
<Sentence date="20310502" id="HW-1_2" source="HW" sentence="True"><Text>
  Norway accused
  Chad &amp; left. </Text><Parse>(S (NP (NNP Norway)))</Parse></Sentence>
<Sentence date="20310502" id="HW-1_1" source="HW" sentence="True" place="Oslo"><Text>Talks failed.</Text></Sentence>
<Sentence date="20310503" id="a_b_c" source="HW" sentence="False"><Text>One. Two.</Text></Sentence>
</Sentences>
"""


def test_every_sentence_has_what_petrarch_requires(report):
    """date, id with one underscore, source, sentence."""
    found = list(ET.fromstring(written("petrarch-xml", report)))
    assert len(found) == 8
    first = found[0]
    assert first.get("date") == "20240312"
    assert first.get("id") == f"{report.document.id}_1"
    assert (first.get("source"), first.get("sentence")) == ("Fjord Wire (invented)", "True")
    assert {s.get("id").count("_") for s in found} == {1}


def test_texts_that_xml_cannot_hold_are_written(report):
    """A control character becomes U+FFFD, angle brackets are escaped."""
    odd = Document("A <b> & \x00 c.", publisher='"x"', published="2031-05-02")
    root = ET.fromstring(written("petrarch-xml", Analysis(reader="r", document=odd)))
    assert root[0].find("Text").text == "A <b> & \ufffd c."


def test_documents_without_a_date_are_counted(report):
    """The attribute is required."""
    losses = Losses()
    undated = replace(report, document=Document("Talks failed."))
    assert len(ET.fromstring(written("petrarch-xml", undated, losses=losses))) == 0
    assert losses.counts[petrarch.UNDATED] == 1


def test_sentences_of_a_story_are_one_document_in_their_order(imported):
    """White space and parses are passed over; further attributes do no harm."""
    first, second = imported(STORY)
    assert (first.text, first.publisher, first.published) == (
        "Talks failed. Norway accused Chad & left.",
        "HW",
        "2031-05-02",
    )
    assert second.text == "One. Two."


def test_articles_of_universalpetrarch_are_read_too(imported):
    """<Articles><Article> with an id that is no number."""
    (document,) = imported(
        '<Articles><Article date="20310502" id="x" mongoId="5" sentence="False" source="HW">'
        "<Text>Talks failed.</Text></Article></Articles>"
    )
    assert document.text == "Talks failed."


def test_a_story_without_text_is_named(imported):
    """The others are read."""
    empty = STORY.replace("One. Two.", " ")
    items = imported(empty)
    assert "Story a_b_c" in next(str(i) for i in items if isinstance(i, Unread))
    assert len(items) == 2


def test_broken_xml_is_named_with_its_cause(imported):
    """An ampersand that nobody escaped is the usual one."""
    (unread,) = imported(STORY.replace("&amp;", "&"))
    assert "not valid XML" in str(unread)
    assert "'&' and '<' in texts have to be escaped" in str(unread)


def test_declared_entities_are_refused(imported):
    """They expand to gigabytes."""
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Sentences><Sentence><Text>&b;</Text></Sentence></Sentences>'
    (unread,) = imported(bomb)
    assert "declares entities" in str(unread)


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_the_declared_encoding_is_believed(imported, encoding):
    """Old corpora are Latin-1."""
    content = STORY.replace("UTF-8", encoding).replace("Talks failed", "Café talks failed")
    assert imported(content.encode(encoding))[0].text.startswith("Café talks")


def test_what_dragoman_writes_comes_back_sentence_by_sentence(report, imported):
    """Text but for white space, and title, publisher, date, address and language."""
    (document,) = imported(written("petrarch-xml", report))
    assert document.text == " ".join(report.document.text.split())
    for name in ("title", "publisher", "published", "url", "language"):
        assert getattr(document, name) == getattr(report.document, name)
