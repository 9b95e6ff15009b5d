"""News texts -> pairs of the actors in their sentences, which nobody has labelled.

The reading finds the actors. From a sentence that names at least two come up to five ordered pairs of different ones, and
one actor alone, without a recipient.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.language import Language as Pipeline

from dragoman.analysis import Mention
from dragoman.document import Document
from dragoman.knowledge import Gazetteer
from dragoman.knowledge.language import Language
from dragoman.reading.actors import find_actors
from dragoman.reading.parse import parse
from dragoman.reading.pipeline import load_pipeline
from dragoman.reading.settings import Settings
from dragoman.reading.stages import load_knowledge
from training.events.pairs import NONE, TYPES, Pair

SHORTEST, LONGEST = 300, 6_000
"""Characters: shorter texts are left out, and of longer ones the beginning is read."""
SENTENCE = 600
"""Characters of the longest sentence that is taken."""
PAIRS = 5
MOST, NOTHING = 90, 420
"""How many pairs are chosen of every type that they seem to be of, and how many of those where nothing seems to happen."""


def news_pairs(path: Path, aside: Sequence[str] = (), most: int = 14_000, seed: int = 5) -> list[Pair]:
    """About `most` pairs from the texts of a file, in random order of texts; those in `aside` are left out."""
    rng = random.Random(seed)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rng.shuffle(rows)
    kept = {text.strip() for text in aside}
    texts = [row["text"] for row in rows if len(row["text"]) >= SHORTEST and row["text"].strip() not in kept]
    pipeline, knowledge = load_pipeline(Settings().pipeline), load_knowledge(())
    found: list[Pair] = []
    for text in texts:
        if len(found) >= most:
            break
        found += _of_text(text[:LONGEST], pipeline, *knowledge, rng)
    return found


def _of_text(
    text: str, pipeline: Pipeline, gazetteer: Gazetteer, language: Language, rng: random.Random
) -> Iterator[Pair]:
    parsed = parse(Document(text), pipeline)
    named = sorted(mention for mention in find_actors(parsed, gazetteer, language).mentions if mention.actor)
    for sentence in parsed.doc.sents:
        start, end = sentence.start_char, sentence.end_char
        inside = [mention for mention in named if start <= mention.start and mention.end <= end]
        if end - start <= SENTENCE:
            yield from _of_sentence(text[start:end], start, inside, rng)


def _of_sentence(text: str, start: int, mentions: Sequence[Mention], rng: random.Random) -> Iterator[Pair]:
    """Ordered pairs of mentions of two different actors, by lot, and one mention alone."""
    places = {mention: (mention.start - start, mention.end - start) for mention in mentions}
    pairs = [(one, other) for one in mentions for other in mentions if one.actor != other.actor]
    if not pairs:
        return
    for one, other in rng.sample(pairs, min(PAIRS, len(pairs))):
        yield Pair(text, places[one], places[other], ())
    yield Pair(text, places[rng.choice(list(mentions))], None, ())


def balanced(pairs: Sequence[Pair], guesses: Sequence[str], seed: int = 2) -> list[Pair]:
    """Pairs by lot, at most MOST of each type that somebody guessed for them, and NOTHING of those guessed to be NONE."""
    rng = random.Random(seed)
    chosen: list[Pair] = []
    for name in TYPES:
        of_type = [pair for pair, guess in zip(pairs, guesses, strict=True) if guess == name]
        chosen += rng.sample(of_type, min(NOTHING if name == NONE else MOST, len(of_type)))
    return chosen
