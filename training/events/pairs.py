"""Text + actor + recipient -> word pieces with the two marked, and what is to be learned of them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.events.rows import NONE, Row, Span

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", NONE,
)  # fmt: skip
YIELD = ("CONCEDE", "RETREAT")
ONE_SIDED = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SANCTION", "COERCE", "ASSAULT", "AID", "PROTEST"})


@dataclass(frozen=True, slots=True)
class Pair:
    """A marked pair and the types that count as right for it (`YIELD` of PLV leaves two open)."""

    text: str
    actor: Span | None
    recipient: Span | None
    types: tuple[str, ...]
    group: str = ""
    weight: float = 1.0


def of_rows(rows: Sequence[Row], prefix: str) -> list[Pair]:
    """The labelled pairs of rows, each once: where a pair has several events, any of their types is right."""
    return [pair for i, row in enumerate(rows) for pair in _of_row(row, f"{prefix}{i}")]


def _of_row(row: Row, group: str) -> Iterator[Pair]:
    types: dict[tuple[Span, Span | None], list[str]] = {}
    for label in row.labels:
        types.setdefault((label.actor, label.recipient), []).append(label.type)
    for (actor, recipient), found in types.items():
        yield Pair(row.text, actor, recipient, tuple(dict.fromkeys(found)), group)


def of_plv(path: Path) -> list[Pair]:
    """The pairs of a PLV file; sentences are the groups."""
    with path.open(encoding="utf-8") as file:
        return [_plv(row) for row in csv.DictReader(file, delimiter="\t")]


def _plv(row: dict[str, str]) -> Pair:
    text, spans = _unmark(row["marked_sentence"])
    root = row["gold_root"]
    return Pair(text, spans.get("s"), spans.get("t"), YIELD if root == "YIELD" else (root,), row["sentence"])


def _unmark(marked: str) -> tuple[str, dict[str, Span]]:
    parts: list[str] = []
    spans: dict[str, Span] = {}
    begun: dict[str, int] = {}
    length = 0
    for part in re.split(r"(</?[st]>)", marked):
        match = re.fullmatch(r"<(/?)([st])>", part)
        if match is None:
            parts.append(part)
            length += len(part)
        elif not match[1]:
            begun[match[2]] = length
        else:
            spans.setdefault(match[2], (begun[match[2]], length))
    return "".join(parts), spans


def reversed_pairs(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """The pairs the other way round, where that way nothing happens: what one side alone does, and nobody labelled back."""
    labelled = {(pair.text, pair.actor, pair.recipient) for pair in pairs}
    for pair in pairs:
        back = (pair.text, pair.recipient, pair.actor)
        if pair.actor and pair.recipient and ONE_SIDED.issuperset(pair.types) and back not in labelled:
            yield Pair(*back, (NONE,), pair.group, 0.5)
