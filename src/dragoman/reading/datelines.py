"""Text -> its dateline: where a report was sent from, at its very beginning, in front of what it says."""

from __future__ import annotations

import re

_SENT_OFF = r"\s{0,9}(?:—|–|--| - )"
_DATELINE = re.compile(
    r"\A\s*(?P<capitals>[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{1,29}[A-ZÀ-Þ.])(?:, [^—–\n]{1,40}?)?"
    rf"\s{{0,9}}(?:\([^)\n]{{2,40}}\))?{_SENT_OFF}"
    r"|\A\s*(?P<mixed>[A-Z][\w.'’ -]{1,29}[\w.])(?:, [^—–\n(]{1,30}?)?\s{0,9}\([^)\n]{2,40}\)\s{0,9}(?:—|–|--|- )"
    rf"|\A\s*(?P<dated>[A-Z][\w.'’ -]{{2,30}}), [A-Z][a-z]+\.? \d{{1,2}},? [A-Z]{{2,10}}{_SENT_OFF}"
)


def dateline_end(text: str) -> int:
    """The offset behind the dateline ("LIMA, Peru --"); 0 where the text has none."""
    found = _DATELINE.match(text)
    return found.end() if found is not None else 0


def dateline_place(text: str) -> tuple[int, int] | None:
    """The span of the town that the dateline names; None where the text has no dateline."""
    found = _DATELINE.match(text)
    return found.span(found.lastgroup or 0) if found is not None else None
