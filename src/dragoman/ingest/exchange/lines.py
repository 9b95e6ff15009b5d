"""dragoman's JSON Lines -> the analyses they were."""

from __future__ import annotations

import json
from collections.abc import Iterator

from dragoman.analysis import SCHEMA, Analysis
from dragoman.errors import DocumentError
from dragoman.ingest.source import Source, Unread


def read_lines(source: Source) -> Iterator[Analysis | Unread]:
    """One analysis a line; a line that does not follow the contract is named and passed over."""
    for line in source.lines():
        if line.fault is not None:
            yield source.unread(line.fault, line=line.number)
        elif line.text.strip():
            yield _analysis(line.text, line.number, source)


def _analysis(text: str, number: int, source: Source) -> Analysis | Unread:
    try:
        row = json.loads(text)
        if row["schema"] != SCHEMA:
            return source.unread(f"Its schema is {row['schema']!r}, and {SCHEMA!r} is read.", line=number)
        return _sound(Analysis.from_dict(row))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        what = f"{type(error).__name__}: {error}"
        return source.unread(f"It is no line of dragoman's contract ({what}); see docs/formats.md.", line=number)
    except DocumentError as error:
        return source.unread(str(error), line=number)


def _sound(analysis: Analysis) -> Analysis:
    """The analysis, if every span quotes its document; DocumentError where one does not."""
    text = analysis.document.text
    for span in analysis.spans():
        if text[span.start : span.end] != span.text:
            raise DocumentError(f"{span.text[:60]!r} does not stand at [{span.start}, {span.end}) of its document.")
    return analysis
