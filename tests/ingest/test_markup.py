"""What a reader sees of a piece of HTML."""

from __future__ import annotations

import time

import pytest

from dragoman.ingest.markup import visible


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("The envoy spoke.", "The envoy spoke."),
        ("<p>One.</p><p>Two.</p>", "One.\nTwo."),
        ("One.<br>Two.<BR/>Three.", "One.\nTwo.\nThree."),
        ("<ul><li>One.</li>\n<li>Two.</li></ul>", "One.\nTwo."),
        ("The <b>en</b>voy\n spoke\r\nof\tit.", "The envoy spoke of it."),
        ("&ldquo;No,&rdquo; he said &amp; left&nbsp;it.", "“No,” he said & left it."),
        ("&lt;p&gt; is a tag", "<p> is a tag"),
        ("3 < 5 and 7 > 5", "3 < 5 and 7 > 5"),
        ('<a href="x" title="a > b">One.</a>', "One."),
        ("<a title=it's>One.</a> Two.", "One. Two."),
        ("One.<!-- <p>not</p> --> Two.", "One. Two."),
        ("One.<!-- never closed", "One."),
        ("<script>if (a < b) { say('<p>no</p>') }</script>One.", "One."),
        ("<style>p {}</style><title>x</title>One.", "One."),
        ("<script>never closed", ""),
        ("One. <a", "One. <a"),
        ("", ""),
    ],
)
def test_what_is_visible(markup: str, text: str) -> None:
    """Blocks are lines, tags and comments and scripts are gone, entities are characters, white space is single."""
    assert visible(markup) == text


@pytest.mark.parametrize("piece", ["<a ", "<!--<", "<script>", '<a b="', "<a b='", "&#", "<", "<a b=\"'", "<p>"])
def test_broken_markup_takes_time_in_proportion(piece: str) -> None:
    """Ten times the length takes about ten times as long, not a hundred times."""

    def seconds(count: int) -> float:
        begin = time.process_time()
        visible(piece * count)
        return time.process_time() - begin

    small = min(seconds(20_000) for _ in range(3))
    assert seconds(200_000) < 40 * max(small, 0.002)
