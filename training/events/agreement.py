"""The second labels of the pairs held out, and what was decided where the two coders differ (docs/codebook-events.md).

    file<TAB>row<TAB>actor<TAB>recipient<TAB>first<TAB>second<TAB>decided

`row` counts the rows of a file from 1; actor and recipient are their words, `-` where the pair has none; several right types have
`|` between them.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from training.events.pairs import Pair, Span

HELD = "agreement/events-held.tsv"
"""The file, seen from the folder of training data."""

Key = tuple[str, str, str, str]


def decided(pairs: Sequence[Pair], path: Path) -> list[Pair]:
    """The pairs held out, with the types that were decided. Raises KeyError for a pair that has no second label."""
    types = {_key(row): tuple(row["decided"].split("|")) for row in _rows(path)}
    return [replace(pair, types=types[_key_of(pair)]) for pair in pairs]


def agreement(path: Path) -> float:
    """The share of pairs whose second label is among their first ones."""
    rows = _rows(path)
    return sum(row["second"] in row["first"].split("|") for row in rows) / len(rows)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _key(row: dict[str, str]) -> Key:
    return row["file"], row["row"], row["actor"], row["recipient"]


def _key_of(pair: Pair) -> Key:
    """Groups of pairs held out are a file's name and a number among its rows held out, of which every tenth is one."""
    file, _, number = pair.group.partition(":")
    return file, str(10 * int(number) + 10), _words(pair.text, pair.actor), _words(pair.text, pair.recipient)


def _words(text: str, span: Span | None) -> str:
    return text[slice(*span)] if span else "-"
