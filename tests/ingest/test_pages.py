"""Web pages."""

from __future__ import annotations

import subprocess
import sys

import pytest

PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>Envoy: talks to resume - The Lakeside Courier</title>
<meta property="og:title" content="Envoy: talks to resume">
<meta property="og:site_name" content="The Lakeside Courier">
<meta property="article:published_time" content="2012-01-18T10:15:00+03:00">
<link rel="canonical" href="https://courier.example/world/talks">
</head>
<body>
<nav><a href="/">Home</a> <a href="/world">World</a> <a href="/subscribe">Subscribe now</a></nav>
<article>
<p>The envoy said on Wednesday that talks would resume in the lakeside town.</p>
<p>“We will not accept <b>conditions</b>,” the ministry&#8217;s spokesman said.</p>
<table><tr><th>State</th><th>Vote</th></tr><tr><td>Norland</td><td>yes</td></tr></table>
</article>
<footer>Copyright 2014 The Lakeside Courier. All rights reserved.</footer>
</body>
</html>
"""


def test_the_article_is_the_text(one) -> None:
    """A paragraph is a line; navigation, footer and tables are left out, markup and entities are resolved."""
    assert one("page.html", PAGE).text == (
        "The envoy said on Wednesday that talks would resume in the lakeside town.\n"
        "“We will not accept conditions,” the ministry’s spokesman said."
    )


def test_the_page_says_where_it_is_from(one) -> None:
    """Title, publisher, date, address and language are the page's own."""
    page = one("page.html", PAGE)
    assert page.title == "Envoy: talks to resume"
    assert page.publisher == "The Lakeside Courier"
    assert page.published == "2012-01-18T10:15:00+03:00"
    assert page.url == "https://courier.example/world/talks"
    assert page.language == "en-GB"


def test_the_page_overrules_the_options(one) -> None:
    """`--publisher` and `--published` are for pages that say nothing."""
    page = one("page.html", PAGE, publisher="Another", published="2020")
    assert (page.publisher, page.published) == ("The Lakeside Courier", "2012-01-18T10:15:00+03:00")


def test_a_page_that_says_nothing_takes_the_options(one) -> None:
    """A bare page has no publisher and no date of its own."""
    page = one(
        "page.htm",
        "<html><body><p>The ministry rejected it.</p></body></html>",
        publisher="Courier",
        published="2012-01",
    )
    assert (page.publisher, page.published, page.title) == ("Courier", "2012-01", None)


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ('<meta property="article:published_time" content="2012-01">', "2012-01"),
        ('<meta content="2012-01-18 10:15" itemprop="datePublished">', "2012-01-18T10:15"),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2012-01-18T10:15Z"}</script>',
            "2012-01-18T10:15Z",
        ),
        ('<meta name="date" content="2012-01-18">', "2012-01-18"),
        ('<meta property="article:published_time" content="soon">', None),
        ('<meta property="article:modified_time" content="last week">', None),
    ],
)
def test_the_date_keeps_the_precision_that_the_page_gave_it(one, stated: str, published: str | None) -> None:
    """A month stays a month, a time is kept, and what is no date is not guessed at."""
    html = f"<html><head>{stated}</head><body><p>The ministry rejected it on 3 March 2010.</p></body></html>"
    assert one("page.html", html).published == published


def test_a_copyright_line_is_no_date(one) -> None:
    """The only year on the page is not the year of the article."""
    html = "<html><body><p>The ministry rejected the charge.</p><footer>© 2014 Courier</footer></body></html>"
    assert one("page.html", html).published is None


def test_a_page_laid_out_in_tables(one) -> None:
    """Old government pages keep their text in nested tables; it comes out as paragraphs, not as cells."""
    html = (
        "<html><body><table><tr><td>menu</td><td><table><tr><td>"
        "<p>The ministry rejected the charge on Monday and said that its delegation would not travel to the talks.</p>"
        "<p>It gave no reason. The spokesman said that the border would remain closed until the inquiry was over.</p>"
        "</td></tr></table></td></tr></table></body></html>"
    )
    text = one("page.html", html).text
    assert text.startswith("The ministry rejected") and text.endswith("inquiry was over.")
    assert "|" not in text and "menu" not in text


def test_a_declared_encoding(one) -> None:
    """The page's meta element decides between encodings that look alike."""
    html = '<html><head><meta charset="windows-1250"></head><body><p>Ministr Příliš odmítl žádost.</p></body></html>'
    assert one("page.html", html.encode("cp1250")).text == "Ministr Příliš odmítl žádost."


def test_a_page_in_cp1251_that_declares_nothing(one) -> None:
    """Then the bytes decide."""
    html = "<html><body><p>Министр отверг обвинения и сказал, что переговоры продолжатся.</p></body></html>"
    assert (
        one("page.html", html.encode("cp1251")).text == "Министр отверг обвинения и сказал, что переговоры продолжатся."
    )


def test_an_xhtml_page_with_an_encoding_in_its_first_line(one) -> None:
    """The declaration of XML is no obstacle."""
    html = '<?xml version="1.0" encoding="iso-8859-1"?><html><body><p>The envoy left Zürich.</p></body></html>'
    assert one("page.html", html.encode("latin-1")).text == "The envoy left Zürich."


@pytest.mark.parametrize(
    "html",
    [
        "<html><head><title>x</title></head><body><script>var a = 1</script></body></html>",
        "<html><body></body></html>",
        "<html><frameset><frame src='a.html'></frameset></html>",
        "<div>" * 20_000,
        "<!-- nothing -->",
    ],
)
def test_a_page_without_text_is_reported(refused, html: str) -> None:
    """Scripts, frames and empty shells hold no article."""
    assert refused("page.html", html) == (
        "page.html: No article text was found on the page; if there is one, save it as plain text and read that."
    )


def test_a_page_of_five_megabytes_on_one_line(one) -> None:
    """Length alone is no reason to refuse."""
    text = "The envoy said that the talks would go on. " * 120_000
    assert one("page.html", f"<html><body><p>{text}</p></body></html>").text == text.strip()


def test_an_endless_page_is_refused(refused) -> None:
    """The extractor is not set on what cannot be an article."""
    assert "longer than 20,000,000 characters" in refused("page.html", "<html><body><p>" + "word " * 4_000_001)


def test_the_extractor_says_nothing_on_its_own(tmp_path) -> None:
    """What it would log to standard error is reported as a value instead."""
    page = tmp_path / "page.html"
    page.write_text("<html></html>")
    code = f"import dragoman.ingest as i; print(*i.read_path({str(page)!r}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "No article text" in run.stdout
    assert run.stderr == ""
