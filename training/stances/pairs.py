"""Rows -> pairs of a holder and a measure with what the holder thinks of it, as they are written and as a reading shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from dragoman.reading.stances.measures import MeasureFinder, Named
from training.events.pairs import NONE, Pair
from training.stances.rows import Label, Row, Span, read_rows


@dataclass(frozen=True, slots=True)
class Shown:
    """A pair as its row has it, and as a reading would ask for it: the measure in the words that the lexicon takes for it, the
    passage cut to the sentence that holds both. The same where the lexicon does not name the measure."""

    written: Pair
    read: Pair


def stance_pairs(folder: Path, held: bool = False) -> list[Pair]:
    """The pairs of the row files; every tenth row of a file is held out and comes only with `held`."""
    return [pair for group, row in _rows(folder, held) for pair in of_row(row, group)]


def shown(folder: Path, pipeline: Language, finder: MeasureFinder) -> Iterator[Shown]:
    """The pairs that are not held out, both ways."""
    for group, row in _rows(folder, held=False):
        doc = pipeline(row.text)
        named = finder.find(doc)
        types = {label.measure: label.type for label in row.labels if label.type is not None}
        for pair in of_row(row, group):
            yield Shown(pair, _read(pair, doc, named, types))


def of_row(row: Row, group: str) -> list[Pair]:
    """The labelled pairs of a row, each once."""
    pairs = (Pair(row.text, label.holder, label.measure, (outcome(label),), group) for label in row.labels)
    return list({(pair.actor, pair.recipient): pair for pair in pairs}.values())


def outcome(label: Label) -> str:
    """One of the judge's OUTCOMES."""
    return NONE if label.direction is None else f"{label.direction}/{label.force}"


def _rows(folder: Path, held: bool) -> Iterator[tuple[str, Row]]:
    for path in sorted(folder.glob("*.tsv")):
        for i, row in enumerate(read_rows(path)):
            if (i % 10 == 9) == held:
                yield f"{path.stem}:{i}", row


def _read(pair: Pair, doc: Doc, named: Sequence[Named], types: dict[Span, str]) -> Pair:
    holder, measure = pair.actor, pair.recipient
    words = _words_for(measure, doc, named, types.get(measure)) if measure is not None else None
    if holder is None or words is None or _overlap(holder, words):
        return pair
    start, end = min(holder[0], words[0]), max(holder[1], words[1])
    for sentence in doc.sents:
        shift = sentence.start_char
        if shift <= start and end <= sentence.end_char:
            return Pair(sentence.text, _moved(holder, shift), _moved(words, shift), pair.types, pair.group)
    return Pair(pair.text, holder, words, pair.types, pair.group)


def _words_for(measure: Span, doc: Doc, named: Sequence[Named], type: str | None) -> Span | None:
    """The words by which the lexicon names a marked measure; None where it does not, or as something else."""
    for found in named:
        words = doc[found.start : found.end]
        if _overlap((words.start_char, words.end_char), measure) and type in (None, found.type):
            return words.start_char, words.end_char
    return None


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _moved(span: Span, shift: int) -> Span:
    return span[0] - shift, span[1] - shift
