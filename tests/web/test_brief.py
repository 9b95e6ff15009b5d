"""`dragoman brief` and `dragoman serve`: the page that prints, and where the workbench listens."""

from __future__ import annotations

import io
import re
import socket
from html import unescape

import pytest
from click.testing import CliRunner

from dragoman.cli import main
from dragoman.errors import UsageError
from dragoman.record import Record
from dragoman.views.brief import Brief, brief, write_brief
from dragoman.views.rows import quotation_marks
from dragoman.views.web import serving

from ..views import sample


def written(path, *options):
    result = CliRunner().invoke(main, ["brief", str(path), *options])
    return result.exit_code, result.stdout, result.stderr


def test_a_brief_is_a_page_on_its_own(path):
    """No script, nothing loaded, a policy that forbids both."""
    status, page, _ = written(path, "--about", "NOR")
    assert status == 0 and page.startswith("<!doctype html>") and "default-src 'none'" in page
    assert "<script" not in page and "src=" not in page and "@page" in page


def test_every_quote_is_numbered_and_every_number_is_a_source(path):
    """No reference leads nowhere, no source is never referred to, and the words are the document's."""
    _, page, _ = written(path, "--about", "NOR")
    references, sources = set(re.findall(r'href="#source-(\d+)"', page)), re.findall(r'id="source-(\d+)"', page)
    assert references == set(sources) and sources == [str(n + 1) for n in range(len(sources))] and sources
    quoted = re.findall(r'<q dir="auto" class="own">(.*?)</q>', page)
    assert quoted
    for words in quoted:
        bare = unescape(words)
        assert (bare[1:-1] if bare.startswith("“") else bare) in sample.REPORT.text


def test_a_quotation_that_is_in_the_text_is_not_repeated_among_the_sources(path):
    """The list has the words of those that are only referred to, so that each source's words stand in the brief once."""
    _, page, _ = written(path, "--about", "NOR")
    body, listed = page.split('<ol class="sources">')
    numbers = re.findall(r'</q><sup><a[^>]* href="#source-(\d+)"', body)
    for number, item in re.findall(r'<li id="source-(\d+)">(.*?)</li>', listed):
        assert ("<q " in item) is (number not in numbers)


def test_positions_stand_under_their_measure(path):
    """Named once, in a row of its own that heads the group."""
    _, page, _ = written(path, "--about", "NOR")
    table = page[page.index("<table>") : page.index("</table>")]
    measures = re.findall(r'<th scope="rowgroup" colspan="6">(.*?)</th>', table)
    assert measures and len(set(measures)) == len(measures) == table.count("<tbody>")


def test_printed_pages_are_numbered_and_say_what_they_are_about():
    """The subject stands above the pages as words, whatever it is called."""
    made = Brief(about='Nor"way\\ </style>\n', since=None, until=None, held=(), lines=(), headings={})
    out = io.StringIO()
    write_brief(made, out)
    style = out.getvalue().partition("<style>")[2].partition("</style>")[0]
    assert 'counter(page) " of " counter(pages)' in style and '@top-left { content: "Norway /style>"; }' in style


def test_the_address_of_a_source_is_written_out(path):
    """For those who read it on paper; it leads there on a screen."""
    _, page, _ = written(path, "--about", "NOR")
    assert '<a href="https://wire.invalid/2024/03/12/tamsk">https://wire.invalid/2024/03/12/tamsk</a>' in page


@pytest.mark.parametrize(
    ("words", "around"),
    [
        ("We will veto it.", ("“", "”")),
        ("“We will veto it,” he said.", ("", "")),
        ("“We will veto it.", ("", "”")),
        ("We will veto it.”", ("“", "")),
        ('"We will veto it."', ("", "")),
        ('"We will veto it.', ("", '"')),
        ('We will veto it."', ('"', "")),
        ('He called it "unfair"', ("“", "”")),
        ('"', ("", '"')),
        ("", ("“", "”")),
    ],
)
def test_a_quotation_is_opened_once_and_closed_once(words, around):
    """By a mark of its own or by one that is put around it."""
    assert quotation_marks(words) == around


def test_a_brief_names_publisher_and_date_of_each_source(path):
    """As a footnote has to."""
    _, page, _ = written(path, "--about", "NOR")
    listed = page[page.index('class="sources"') :]
    assert (
        "Fjord Wire (invented)" in listed
        and "2024-03-12" in listed
        and "https://wire.invalid/2024/03/12/tamsk" in listed
    )


def test_a_veto_threat_stands_among_the_red_lines(path):
    """With its words."""
    _, page, _ = written(path, "--about", "NOR")
    lines = page[page.index("Red lines and veto threats") :]
    assert "veto threat" in lines and "We will veto every draft" in lines


def test_a_brief_can_be_about_a_measure(path):
    """By name or label, of all actors."""
    held = brief(Record(path), "troop deployment")
    assert held.held and {p.measure for p in held.held} == {"troop_deployment"}


def test_a_brief_about_nobody_known_says_so(path):
    """Status 2 and a sentence."""
    status, _, complaint = written(path, "--about", "Atlantis")
    assert status == 2 and "Atlantis" in complaint


def test_a_brief_keeps_to_its_dates(path):
    """What is older is left out."""
    assert {e.date for p in brief(Record(path), "NOR", since="2024-04").held for e in p.evidence} == {"2024-04-02"}


def test_a_hostile_document_prints_as_words(tmp_path):
    """Its title is text in the list of sources."""
    from dataclasses import replace

    from dragoman.document import Document

    report = sample.report()
    document = Document(report.document.text, title="<script>alert(1)</script>", published="2024-03-12")
    Record(tmp_path / "r", create=True).add([replace(report, document=document)])
    _, page, _ = written(tmp_path / "r", "--about", "NOR")
    assert "<script" not in page and "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.0.2.7", False),
        ("desk.example", False),
    ],
)
def test_only_loopback_is_the_machines_own(host, own):
    """Everything else needs a token."""
    assert serving.is_own(host) is own


def test_a_taken_port_is_a_sentence():
    """With what to do next."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UsageError, match="--port"):
            serving.listen("127.0.0.1", taken.getsockname()[1])


def test_a_free_port_is_printed():
    """Port 0 takes any, and the address names it."""
    with serving.listen("127.0.0.1", 0) as listening:
        assert serving.address("127.0.0.1", listening, "t") == f"http://127.0.0.1:{listening.getsockname()[1]}/?token=t"


def test_names_given_are_answered_to():
    """Besides the machine's own."""
    assert {"localhost", "desk.example", "192.0.2.7"} <= serving.hosts("192.0.2.7", ["Desk.example"])


def test_serve_needs_a_record(tmp_path):
    """A folder that is none ends the command before anything listens."""
    result = CliRunner().invoke(main, ["serve", str(tmp_path / "none"), "--no-open", "--port", "0"])
    assert result.exit_code == 1 and "none" in result.stderr
