"""The HTML page: self-contained, escaped, and every row tied to its words."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from dragoman.analysis import Analysis, Skipped
from dragoman.document import Document
from dragoman.views.elements import Markup, element, join
from dragoman.views.marked import marked_text
from dragoman.views.marks import labelled, paragraphs, visible
from dragoman.views.page import fragment, write_page

from ..strategies import analyses


@pytest.fixture
def page(report, written, parsed):
    """The page of the invented report, as a browser sees it."""
    return parsed(written(write_page, report))


def test_every_row_links_to_its_words_and_back(page, report):
    """Each label has a row and a place in the text, and every link inside the page arrives."""
    ids = [e.attributes["id"] for e in page.all() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    for label in labelled(report):
        assert {f"{report.document.id}-{label}", f"{report.document.id}-{label}-words"} <= set(ids)
    links = [e.attributes["href"] for e in page.find("a") if e.attributes["href"].startswith("#")]
    assert links
    assert {link[1:] for link in links} <= set(ids)


def test_words_carry_their_parts(page):
    """Source, cue, content, measure and condition are classes of the words they stand on."""
    by_class = {look: [e.text() for e in page.find("span", class_=look)] for look in ("source", "cue", "condition")}
    assert "Foreign Minister Marta Ilvesk" in by_class["source"]
    assert "According to" in by_class["cue"]
    assert "if both sides halted their fire" in by_class["condition"]


def test_claims_and_facts_look_different(page):
    """The shelling is marked as a claim in text and table, the arrival as a fact."""
    (text,) = page.find("div", class_="text")
    assert [e.text() for e in text.find("span", class_="fact")] == ["arrived"]
    assert "shelled" in [e.text() for e in text.find("span", class_="claim")]
    (fact,) = page.find("tr", class_="fact")
    assert "reported as fact" in fact.text()


def test_support_and_opposition_are_told_without_colour(page):
    """A sign stands with the label of a measure, a word in the table."""
    labels = [e.text() for e in page.find("sup")]
    assert any("m3 +" in label for label in labels)
    assert any("m1 −" in label for label in labels)
    assert [e.text() for e in page.find("td", class_="opposes")] == ["opposes", "opposes"]


def test_a_code_has_its_plain_words_beside_it(page):
    """Who points at ASSAULT / heavy-weapons reads what it means."""
    cells = {e.text(): e.attributes.get("title") for e in page.find("td") if e.attributes["data-head"] == "event"}
    assert cells["ASSAULT / heavy-weapons"] == "uses violence: artillery and tanks"
    assert cells["AGREE (hypothetical)"] == "agrees to act together"


def test_a_pronoun_tells_its_actor(page):
    """The words "she" name the minister when pointed at."""
    assert (
        next(e for e in page.find("span", class_="source") if e.text() == "she").attributes["title"].startswith("Marta")
    )


def test_notes_stand_before_the_paragraph_they_are_about(page):
    """The margin of the second paragraph names statement 2 and stance m2."""
    asides = page.find("aside", class_="notes")
    assert [note.attributes["data-r"] for note in asides[1].find("a")] == ["2", "m2"]
    assert "veto threat" in asides[1].text()


def test_the_page_fetches_nothing(report, hostile, written, parsed):
    """No script, style, image or font comes from elsewhere, and the page forbids it."""
    page = parsed(written(write_page, report, hostile))
    assert not [e for e in page.all() if e.name in ("link", "img", "iframe", "object", "embed", "base", "form")]
    assert not [e for e in page.all() if "src" in e.attributes]
    (style,), (script,) = page.find("style"), page.find("script")
    assert "url(" not in style.text() and "@import" not in style.text()
    policy = next(e.attributes["content"] for e in page.find("meta") if e.attributes.get("http-equiv"))
    assert "default-src 'none'" in policy
    assert base64.b64encode(hashlib.sha256(script.text().encode()).digest()).decode() in policy


def test_hostile_text_stays_text(hostile, written, parsed):
    """Markup, quotes and handlers in text, title, publisher, names and ids are shown and do nothing."""
    page = parsed(written(write_page, hostile))
    assert len(page.find("script")) == 1
    assert page.find("h2")[0].text() == "<img src=x onerror=alert(1)>"
    assert "<script>alert('x')</script>" in page.find("div", class_="text")[0].text(without=("sup",))
    assert not [name for e in page.all() for name in e.attributes if name.startswith("on")]
    assert not [e for e in page.find("a") if e.attributes["href"].startswith("javascript")]


def test_an_address_is_a_link_only_on_the_web(written, parsed):
    """http and https are linked, anything else is shown."""
    linked = written(write_page, Analysis(reader="r", document=Document("Talks.", url="https://wire.invalid/a?b=1&c")))
    (link,) = parsed(linked).find("a", rel="noreferrer")
    assert link.attributes["href"] == "https://wire.invalid/a?b=1&c"
    plain = parsed(written(write_page, Analysis(reader="r", document=Document("Talks.", url="ftp://wire.invalid/a"))))
    assert plain.find("a", rel="noreferrer") == []
    assert "wire.invalid/a" in plain.find("p", class_="origin")[0].text()


def test_several_documents_have_a_list_of_contents(report, hostile, written, parsed):
    """Title, publisher, date and counts of each, linked to it; a single document needs none."""
    page = parsed(written(write_page, report, hostile))
    (contents,) = page.find("nav")
    first = contents.find("li")[0]
    assert first.find("a")[0].attributes["href"] == f"#{report.document.id}"
    assert "8 statements, 5 events, 3 stances" in first.text()
    assert parsed(written(write_page, report)).find("nav") == []


def test_a_page_of_nothing_says_so(written, parsed):
    """No document is an answer, too."""
    assert "No document was read." in parsed(written(write_page)).find("body")[0].text()


def test_a_document_in_another_direction_keeps_it(hostile, written, parsed):
    """Every paragraph finds its own direction, so Arabic runs from the right."""
    paragraphs = parsed(written(write_page, hostile)).find("div", class_="text")[0].find("p")
    assert {p.attributes["dir"] for p in paragraphs} == {"auto"}


def test_what_was_not_read_is_cut_and_explained(written, parsed):
    """A megabyte of encoded data does not swell the page; the reason stands below the text."""
    text = "Talks go on. " + "A" * 1_000_000
    html = written(
        write_page, Analysis(reader="r", document=Document(text), skipped=(Skipped(13, len(text), "not prose"),))
    )
    assert len(html) < 30_000
    assert "Characters 13 to 1,000,013 were not read: not prose" in parsed(html).find("p", class_="gap")[0].text()


def test_a_notebook_gets_the_same_page_with_its_style(report, parsed):
    """The fragment brings style and script, and its rules touch nothing outside it."""
    tree = parsed(fragment(report))
    assert [e.name for e in tree.inside] == ["div"]
    (style,) = tree.find("style")
    rules = re.sub(r"@media[^{]*\{|\{[^{}]*\}", " ", style.text())
    selectors = [s for s in re.split(r"[,}\n](?![^(]*\))", rules) if s.strip(" }")]
    assert selectors
    assert all(s.strip(" }").startswith(".dragoman") for s in selectors)


@settings(deadline=None)
@given(analyses())
def test_the_page_says_exactly_the_text(parsed, analysis):
    """Labels and notes taken away, the paragraphs are those of the document, whatever it holds."""
    tree = parsed(marked_text(replace(analysis, skipped=())))
    shown = [p.text(without=("sup",)) for p in tree.find("p")]
    wanted = [visible(p.text) for p in paragraphs(analysis.document.text)]
    assert [_lines(p) for p in shown] == [_lines(p) for p in wanted]


@settings(deadline=None)
@given(analyses())
def test_any_analysis_gives_a_sound_page(parsed, written_once, analysis):
    """Elements nest, only our script is there, and no attribute can run anything."""
    tree = parsed(written_once(analysis))
    assert len(tree.find("script")) == 1
    assert not [name for e in tree.all() for name in e.attributes if name.startswith("on")]


@pytest.fixture(scope="module")
def written_once():
    """One page for one analysis."""
    import io

    def write(analysis: Analysis) -> str:
        out = io.StringIO(newline="\n")
        write_page([analysis], out)
        return out.getvalue()

    return write


def test_an_element_escapes_its_text_and_attributes():
    """Only what was built as markup is left alone."""
    built = element("a", "<b>", element("i", "&"), class_='"x"', title=None)
    assert built == '<a class="&quot;x&quot;">&lt;b&gt;<i>&amp;</i></a>'
    assert join(["<", Markup("<br>")], " & ") == "&lt; &amp; <br>"


def _lines(text: str) -> list[str]:
    """Line breaks as HTML knows them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
