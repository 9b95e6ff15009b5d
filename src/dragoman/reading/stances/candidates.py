"""Measures + voices -> candidates: who could stand for or against a measure, and the passage from which that can be judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from dragoman.analysis import Mention, Party
from dragoman.reading.stances.holders import Voices
from dragoman.reading.stances.measures import Named

Span = tuple[int, int]

_AT_A_PLACE = frozenset(
    {"in", "into", "inside", "at", "on", "against", "to", "toward", "towards", "near", "across", "within"}
)
"""Prepositions behind which a party is a place or a target and hardly anybody who takes a stance."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could take a stance on a measure. `holder_at` and `measure_at` are code points of `passage`, half-open."""

    holder: Party
    measure: Named
    passage: str
    holder_at: Span
    measure_at: Span


def candidates(measures: Sequence[Named], doc: Doc, voices: Voices) -> Iterator[Candidate]:
    """Each measure with each actor of its sentence, and with the source of the statement around it where that stands outside.

    Left out are measures that stand in a proper name ("the Manama Dialogue") and those of no named type, which are mostly none.
    """
    for measure in (m for m in measures if m.type != "other" and doc[m.head].pos_ != "PROPN"):
        sentence = doc[measure.head].sent
        present = list(_present(measure, sentence, voices))
        yield from (_within(m, measure, sentence) for m in present)
        speaker = voices.speaker(doc[measure.head])
        if speaker is not None and speaker.actor not in {m.actor for m in present}:
            yield _outside(speaker, measure, sentence)


def _present(measure: Named, sentence: Tokens, voices: Voices) -> Iterator[Mention]:
    """The mention of each actor in the sentence that is nearest to the measure and no place, part of a name or the measure."""
    words = sentence.doc[measure.start : measure.end]
    nearest: dict[str, Mention] = {}
    for mention in voices.cast.within(sentence.start_char, sentence.end_char):
        apart = mention.end <= words.start_char or words.end_char <= mention.start
        if mention.actor is None or not apart or _is_a_place_or_name(mention, sentence.doc):
            continue
        known = nearest.get(mention.actor)
        if known is None or _gap(mention, words) < _gap(known, words):
            nearest[mention.actor] = mention
    yield from sorted(nearest.values())


def _is_a_place_or_name(mention: Mention, doc: Doc) -> bool:
    """ "In Chad"; the Council of "Security Council Resolution 2254"."""
    tokens = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if tokens is None:
        return False
    root: Token = tokens.root
    return root.dep_ == "compound" or (root.dep_ == "pobj" and root.head.lower_ in _AT_A_PLACE)


def _gap(mention: Mention, words: Tokens) -> int:
    gap: int = max(mention.start - words.end_char, words.start_char - mention.end)
    return gap


def _within(mention: Mention, measure: Named, sentence: Tokens) -> Candidate:
    start = sentence.start_char
    words = sentence.doc[measure.start : measure.end]
    holder = Party(mention.start, mention.end, mention.text, mention.actor)
    return Candidate(
        holder, measure, sentence.text,
        (mention.start - start, mention.end - start), (words.start_char - start, words.end_char - start),
    )  # fmt: skip


def _outside(speaker: Party, measure: Named, sentence: Tokens) -> Candidate:
    """The passage of somebody who speaks on from an earlier sentence is this one with his name before it."""
    name = speaker.text
    shift = len(f"{name} said: ") - sentence.start_char
    words = sentence.doc[measure.start : measure.end]
    passage = f"{name} said: {sentence.text}"
    return Candidate(speaker, measure, passage, (0, len(name)), (words.start_char + shift, words.end_char + shift))
