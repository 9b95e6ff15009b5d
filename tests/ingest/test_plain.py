"""Plain text and Markdown."""

from __future__ import annotations

import pytest

FRONT = """---
title: "Envoy: talks to resume"
Date: 18 January 2012
publisher: The Lakeside Courier
url: https://courier.example/talks
tags: [talks, envoy]
---

# Another heading

The envoy said that talks would resume.
"""


def test_plain_text_is_the_text(one) -> None:
    """Nothing is taken off and nothing is guessed from it."""
    document = one("report.txt", "  Title: no title\r\n\r\nThe envoy spoke.\n")
    assert document.text == "  Title: no title\r\n\r\nThe envoy spoke.\n"
    assert (document.title, document.published, document.publisher, document.url) == (None, None, None, None)


def test_a_byte_order_mark_is_no_part_of_the_text(one) -> None:
    """A file saved by Notepad reads like any other."""
    assert one("report.txt", b"\xef\xbb\xbfThe envoy spoke.").text == "The envoy spoke."


def test_a_named_encoding_is_used(one) -> None:
    """The user knows better than the statistics."""
    assert one("report.txt", "Příliš".encode("cp1250"), encoding="cp1250").text == "Příliš"


def test_publisher_and_date_from_the_options(one) -> None:
    """For files that say nothing about themselves the user can, and the date is brought into its form."""
    document = one("report.txt", "The envoy spoke.", publisher="The Lakeside Courier", published="January 2012")
    assert (document.publisher, document.published) == ("The Lakeside Courier", "2012-01")


def test_front_matter_is_metadata(one) -> None:
    """Title, date, publisher and address come from the lines between the dashes, and those are not in the text."""
    document = one("report.md", FRONT)
    assert document.title == "Envoy: talks to resume"
    assert document.published == "2012-01-18"
    assert document.publisher == "The Lakeside Courier"
    assert document.url == "https://courier.example/talks"
    assert document.text == "\n# Another heading\n\nThe envoy said that talks would resume.\n"


def test_front_matter_overrules_the_options(one) -> None:
    """`--publisher` is for documents that name none."""
    assert one("report.md", FRONT, publisher="Another").publisher == "The Lakeside Courier"


def test_markdown_without_front_matter_takes_its_title_from_the_first_heading(one) -> None:
    """The heading stays in the text, which is never altered."""
    document = one("report.md", "Dateline\n\n# Talks to resume #\n\nThe envoy spoke.\n")
    assert document.title == "Talks to resume"
    assert document.text.startswith("Dateline\n\n# Talks to resume #")


def test_front_matter_with_windows_line_ends(one) -> None:
    """Carriage returns do not end up in the title."""
    document = one("report.md", "---\r\ntitle: Talks\r\n---\r\nThe envoy spoke.\r\n")
    assert (document.title, document.text) == ("Talks", "The envoy spoke.\r\n")


@pytest.mark.parametrize(
    "text", ["---\ntitle: Talks\nThe envoy spoke.\n", "The envoy spoke.\n---\ntitle: Talks\n---\n"]
)
def test_what_only_looks_like_front_matter_is_text(one, text: str) -> None:
    """Front matter stands at the beginning and is closed."""
    document = one("report.md", text)
    assert (document.text, document.title) == (text, None)


def test_front_matter_cannot_replace_the_text(one) -> None:
    """A key named like the text does not hide what is written below."""
    assert (
        one("report.md", "---\ntext: Other words\nbody: Others yet\n---\nThe envoy spoke.").text == "The envoy spoke."
    )


def test_column_options_are_for_tables(one) -> None:
    """Markdown has no columns, so a folder of both kinds can be read with one command."""
    assert one("report.md", FRONT, text_column="story").title == "Envoy: talks to resume"


@pytest.mark.parametrize("name", ["report.txt", "report.md"])
@pytest.mark.parametrize("text", [" \n\t\r\n", "\ufeff \n"])
def test_white_space_is_no_document(refused, name: str, text: str) -> None:
    """A file of blank lines is reported."""
    assert refused(name, text) == f"{name}: There is no text in it, only white space."


def test_front_matter_alone_is_no_document(refused) -> None:
    """Metadata without a text are reported."""
    assert "no text" in refused("report.md", "---\ntitle: Talks\n---\n")


def test_the_page_this_project_started_from_is_read_to_the_letter(seed_page: str, one) -> None:
    """Curly quotes, paragraphs and its copy-editing error are what they were."""
    assert one("page.txt", seed_page).text == seed_page
