"""Verb + two parties -> whether it is worth asking a model what the one does to the other.

A logistic regression over words and parse, which costs next to nothing. It was fitted to what the model of relations answers
(training/events/gate.py), and lets through the few pairs of which it will most probably make an event.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from spacy.tokens import Token

from dragoman.analysis import Actor, Party
from dragoman.reading.events.parties import Who

WEIGHTS = "gate.json"
_STEPS = 8
_COMPLEMENT = frozenset({"xcomp", "ccomp", "conj"})
_ADPOSITIONS = frozenset({"prep", "agent", "dative"})

Step = tuple[str, str, str]
"""Dependency, lemma and part of speech of a word between the party and the verb."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What the gate sees of a verb and two parties. `path` goes from the recipient's head up to the verb, which is left out."""

    verb: str
    tag: str
    head: str | None
    path: tuple[Step, ...]
    distance: int
    actor: Actor | None
    recipient: Actor | None


def seen(verb: Token, actor: Party, recipient: Party, who: Who) -> Pair:
    """The pair as the gate sees it."""
    words = verb.doc.char_span(recipient.start, recipient.end, alignment_mode="expand")
    root = verb if words is None else words.root
    return Pair(
        verb=verb.lemma_.lower(),
        tag=verb.tag_,
        head=verb.head.lemma_.lower() if verb.dep_ in _COMPLEMENT else None,
        path=_path(verb, root),
        distance=abs(root.i - verb.i),
        actor=who.actor(actor),
        recipient=who.actor(recipient),
    )


def _path(verb: Token, token: Token) -> tuple[Step, ...]:
    steps: list[Step] = []
    while token.i not in (verb.i, token.head.i) and len(steps) < _STEPS:
        steps.append((token.dep_, token.lemma_.lower(), token.pos_))
        token = token.head
    return tuple(steps) if token.i == verb.i else ()


def features(pair: Pair) -> frozenset[str]:
    """Names of what holds for the pair; each has a weight, or is not known to the gate."""
    return frozenset(
        (*_of_verb(pair), *_of_path(pair), *_of_side("actor", pair.actor), *_of_side("to", pair.recipient))
    )


def _of_verb(pair: Pair) -> Iterator[str]:
    yield f"verb {pair.verb}"
    yield f"form {pair.tag}"
    yield f"under {pair.head or '-'}"
    yield f"apart {min(pair.distance, 20) // 4}"


def _of_path(pair: Pair) -> Iterator[str]:
    brought = [lemma for label, lemma, _ in pair.path if label in _ADPOSITIONS]
    by = brought[-1] if brought else "-"
    yield f"by {by}"
    yield f"verb {pair.verb} by {by}"
    yield "path " + " ".join(f"{label}:{lemma}" if label == "prep" else label for label, lemma, _ in pair.path)
    yield from (f"through {lemma}" for label, lemma, part in pair.path[1:] if part in ("NOUN", "VERB"))


def _of_side(side: str, actor: Actor | None) -> Iterator[str]:
    if actor is None:
        yield f"{side} open"
        return
    yield f"{side} {actor.kind}"
    yield f"{side} {'known' if actor.country is not None else 'of nowhere'}"
    yield from (f"{side} {sector}" for sector in actor.sectors)


@dataclass(frozen=True, slots=True)
class Gate:
    """Lets a pair through whose weights add up to `least` or more."""

    weights: Mapping[str, float]
    bias: float
    least: float

    @classmethod
    def load(cls) -> Gate:
        """The gate that comes with dragoman."""
        data = json.loads((files("dragoman.reading.events") / WEIGHTS).read_text(encoding="utf-8"))
        return cls(data["weights"], data["bias"], data["least"])

    def concerns(self, verb: Token) -> bool:
        """Whether the verb by itself speaks for an event. A pair of another one is not looked for: none would get through."""
        return self.weights.get(f"verb {verb.lemma_.lower()}", 0.0) > 0

    def score(self, pair: Pair) -> float:
        """Log-odds that the model makes an event of the pair."""
        return self.bias + sum(self.weights.get(name, 0.0) for name in sorted(features(pair)))

    def admits(self, verb: Token, actor: Party, recipient: Party, who: Who) -> bool:
        """Whether to ask."""
        return self.score(seen(verb, actor, recipient, who)) >= self.least
