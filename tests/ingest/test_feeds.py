"""RSS and Atom."""

from __future__ import annotations

import pytest

from dragoman.document import Document
from dragoman.ingest import Unread

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>The Lakeside Courier</title><link>https://courier.example</link><language>en-gb</language>
<item>
  <title>Envoy: talks &amp; more talks</title>
  <link>https://courier.example/1</link>
  <pubDate>Wed, 18 Jan 2012 10:15:00 +0300</pubDate>
  <description>Short.</description>
  <content:encoded><![CDATA[<p>The envoy <b>spoke</b> on Wednesday.</p><script>track()</script>
    <p>Nobody&nbsp;answered.<br/>He left.</p>]]></content:encoded>
</item>
<item>
  <title>Second</title>
  <description>&lt;p&gt;The ministry rejected it.&lt;/p&gt;</description>
  <source url="https://ledger.example/rss">The Hillside Ledger</source>
</item>
</channel></rss>
"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>Ministry statements</title>
<entry><title>Statement</title><link href="https://ministry.example/1"/><published>2012-01-18T10:15:00Z</published>
<updated>2012-01-20T00:00:00Z</updated><content type="html">&lt;p&gt;We regret it.&lt;/p&gt;</content></entry>
<entry><title>Note</title><updated>2012-02-01T08:00:00Z</updated><summary>A note was sent.</summary></entry>
</feed>
"""


def test_an_entry_of_rss(read) -> None:
    """The full text rather than the description, a line for each block, scripts left out."""
    entry, _ = read("feed.xml", RSS)
    assert entry == Document(
        "The envoy spoke on Wednesday.\nNobody answered.\nHe left.",
        title="Envoy: talks & more talks",
        publisher="The Lakeside Courier",
        published="2012-01-18T10:15:00+0300",
        url="https://courier.example/1",
        language="en-gb",
    )


def test_an_entry_taken_from_elsewhere_names_its_own_publisher(read) -> None:
    """A feed of feeds keeps the outlets apart; without a full text the description is the text."""
    _, entry = read("feed.rss", RSS)
    assert (entry.publisher, entry.text, entry.published) == ("The Hillside Ledger", "The ministry rejected it.", None)


def test_the_entries_of_atom(read) -> None:
    """Published before updated, content before summary."""
    first, second = read("feed.atom", ATOM)
    assert (first.text, first.published, first.url) == (
        "We regret it.",
        "2012-01-18T10:15:00Z",
        "https://ministry.example/1",
    )
    assert (second.text, second.published, second.publisher) == (
        "A note was sent.",
        "2012-02-01T08:00:00Z",
        "Ministry statements",
    )


def test_an_entry_without_text_is_reported_by_its_number(read) -> None:
    """A headline and a link are no document; the entries around it are read."""
    feed = RSS.replace(
        "<description>&lt;p&gt;The ministry rejected it.&lt;/p&gt;</description>",
        "<link>https://courier.example/2</link>",
    )
    _, report = read("feed.xml", feed)
    assert str(report) == (
        "feed.xml#2: The entry has no text of its own; fetch the page that it links to and read that."
    )


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1251", "iso-8859-1"])
def test_a_feed_in_another_encoding(read, encoding: str) -> None:
    """The declaration of XML is believed."""
    word = "Переговоры" if encoding == "windows-1251" else "Zürich"
    feed = RSS.replace("utf-8", encoding).replace("The envoy", word)
    assert read("feed.xml", feed.encode(encoding))[0].text.startswith(word)


def test_an_encoding_given_by_the_user(read) -> None:
    """It overrules a declaration that is wrong."""
    feed = RSS.replace("The envoy", "Переговоры").encode("cp1251")
    assert read("feed.xml", feed, encoding="cp1251")[0].text.startswith("Переговоры")


def test_broken_xml_is_reported_and_what_is_there_is_read(read) -> None:
    """A feed cut off in the middle gives its first entries and says where it breaks."""
    first, *_, report = read("feed.xml", RSS[: RSS.index("<source")])
    assert first.text.startswith("The envoy spoke")
    assert isinstance(report, Unread)
    assert report.reason.startswith("The XML is broken (")
    assert "line 1" in report.reason


def test_xml_that_is_no_feed(refused) -> None:
    """Another kind of XML is not guessed at."""
    report = refused("data.xml", "<sentences><sentence>The envoy spoke.</sentence></sentences>")
    assert report.startswith("data.xml: The XML is neither RSS nor Atom.")


def test_a_namespace_with_spaces_is_refused(refused) -> None:
    """The library for feeds takes such a name apart at its no-break spaces and fails; the reason says what is wrong."""
    spaced = ATOM.replace('xmlns="http', 'xmlns="!\u00a0!\u00a0http')
    assert refused("feed.atom", spaced).startswith("feed.atom: The XML has names that no feed has")


def test_a_feed_without_entries(refused) -> None:
    """It is reported."""
    feed = '<rss version="2.0"><channel><title>x</title></channel></rss>'
    assert refused("feed.xml", feed) == "feed.xml: It holds no documents; there is nothing to read."


def test_a_billion_laughs_are_refused(refused) -> None:
    """Entities that multiply are not expanded, not even once."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    feed = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}]><rss><channel><title>&l9;</title></channel></rss>'
    assert refused("feed.xml", feed).startswith("feed.xml: The XML declares entities,")


def test_an_entity_that_names_a_file_is_refused(refused, tmp_path) -> None:
    """A feed cannot read the disk."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    feed = (
        f'<!DOCTYPE rss [<!ENTITY s SYSTEM "{secret.as_uri()}">]><rss><item><description>&s;</description></item></rss>'
    )
    assert "declares entities" in refused("feed.xml", feed)
