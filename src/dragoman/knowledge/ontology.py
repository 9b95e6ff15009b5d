"""Ontology files -> PLOVER types, CAMEO codes and measures, checked against each other.

PLOVER (types, modes, contexts, sectors) and CAMEO (text codes, Goldstein values) describe events; measures describe what actors
are for or against. The files under `data/ontology` hold the facts; this module refuses to load them when they contradict
each other.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from dragoman.analysis import Modality, Polarity
from dragoman.errors import KnowledgeError

ROOTS, THREE_DIGIT, FOUR_DIGIT = 20, 149, 147
"""How many codes of each length CAMEO 1.1b3 has."""

_CAMEO_QUAD = {range(1, 6): 1, range(6, 9): 2, range(9, 14): 3, range(14, 21): 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """A finer kind of one event type. `score` is PLOVER's, -10 to +10; `cameo` the nearest CAMEO code."""

    name: str
    label: str
    score: float
    cameo: str
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """One of PLOVER's 16 types. `quad`: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict."""

    name: str
    label: str
    definition: str
    quad: int
    needs_recipient: bool
    score: float
    cameo: str
    modes: Mapping[str, Mode]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A CAMEO code and what it is in PLOVER; `type` is None for roots 01 and 02, which PLOVER drops.

    `code` is text: a leading zero matters ("010" is a leaf, "10" a root). `goldstein` is the code's own value or its parent's.
    `published` keeps the words of the published conversion where they had to be brought to PLOVER 2.0.
    """

    code: str
    label: str
    goldstein: float
    type: str | None
    mode: str | None
    contexts: tuple[str, ...]
    published: str | None = None

    @property
    def root(self) -> str:
        return self.code[:2]

    @property
    def quad(self) -> int:
        """1 to 4, from the root alone."""
        return next(quad for roots, quad in _CAMEO_QUAD.items() if int(self.root) in roots)

    @property
    def penta(self) -> int:
        """As `quad`, with public statements (root 01) in a class 0 of their own."""
        return 0 if self.root == "01" else self.quad


@dataclass(frozen=True, slots=True)
class Act:
    """A verb with an object that together name a measure: "deploy" with "troop", "force", ..."""

    verb: str
    objects: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Something actors are for or against, and the words that name it; all words are lower-case lemmas or word forms.

    `nouns` and `verbs` name it by themselves, `phrases` word by word, `acts` as verb and object. `undo` are the verbs and nouns
    that end or prevent it, so that to want them is to be against it. `negatives` overrule every trigger they overlap.
    """

    type: str
    label: str
    definition: str
    nouns: frozenset[str]
    verbs: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    acts: tuple[Act, ...]
    undo: frozenset[str]
    negatives: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What tense and negation make of a type; types that are not listed keep their name."""

    future: Mapping[str, str]
    negated: Mapping[str, str]
    negated_future: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Ontology:
    """Everything the readings are coded in. `contexts` and `sectors` map PLOVER's words to plain ones."""

    types: Mapping[str, EventType]
    contexts: Mapping[str, str]
    sectors: Mapping[str, str]
    codes: Mapping[str, Code]
    measures: Mapping[str, Measure]
    rewrite: Rewrite = field(repr=False)

    def code(self, text: str) -> Code:
        """The code, or the nearest ancestor of one that CAMEO 1.1b3 does not list ("1214", "13y"); KnowledgeError for neither."""
        for length in range(len(text), 1, -1):
            if text[:length] in self.codes:
                return self.codes[text[:length]]
        raise KnowledgeError(f"{text!r} is no CAMEO code and has no ancestor that is one; roots are 01 to 20, as text.")

    def mode(self, type: str, mode: str | None) -> Mode | None:
        """The mode of that type; None for None, KeyError for one the type does not have."""
        return None if mode is None else self.types[type].modes[mode]

    def cameo(self, type: str, mode: str | None = None) -> str:
        """The nearest CAMEO code. Always lossy: many codes share a type and a mode."""
        found = self.mode(type, mode)
        return self.types[type].cameo if found is None else found.cameo

    def score(self, type: str, mode: str | None = None) -> float:
        """PLOVER's score of the mode, or of the type where there is no mode."""
        found = self.mode(type, mode)
        return self.types[type].score if found is None else found.score

    def rewritten(self, type: str, modality: Modality, polarity: Polarity) -> str:
        """The type PLOVER's coders write down for an event to come or one that was denied: a promise of aid is AGREE."""
        match modality, polarity:
            case "future", "negated":
                return self.rewrite.negated_future.get(type, type)
            case "future", _:
                return self.rewrite.future.get(type, type)
            case _, "negated":
                return self.rewrite.negated.get(type, type)
        return type


@cache
def load_ontology() -> Ontology:
    """The ontology that comes with dragoman; KnowledgeError where its files contradict each other."""
    plover = _toml("plover.toml")
    types = {name: _event_type(name, row) for name, row in plover["types"].items()}
    ontology = Ontology(
        types=types,
        contexts=plover["contexts"],
        sectors=plover["sectors"],
        codes=_codes(_text("cameo.tsv")),
        measures=_measures(_toml("measures.toml")),
        rewrite=Rewrite(**plover["rewrite"]),
    )
    check(ontology)
    return ontology


def check(ontology: Ontology) -> None:
    """Raise KnowledgeError, listing every contradiction, unless types, modes, contexts and codes fit together."""
    if problems := list(_problems(ontology)):
        raise KnowledgeError(
            f"The ontology contradicts itself in {len(problems)} places: {' '.join(problems)} Correct knowledge/data/ontology."
        )


def _problems(ontology: Ontology) -> Iterator[str]:
    yield from _count_problems(ontology)
    for name, type in ontology.types.items():
        yield from _type_problems(name, type, ontology)
    for code in ontology.codes.values():
        yield from _code_problems(code, ontology)
    for table in (ontology.rewrite.future, ontology.rewrite.negated, ontology.rewrite.negated_future):
        yield from (f"rewrite {a} -> {b}: no such type." for a, b in table.items() if {a, b} - set(ontology.types))


def _count_problems(ontology: Ontology) -> Iterator[str]:
    for length, expected in ((2, ROOTS), (3, THREE_DIGIT), (4, FOUR_DIGIT)):
        found = sum(len(code) == length for code in ontology.codes)
        if found != expected:
            yield f"CAMEO has {expected} codes of {length} digits, the file {found}."
    if len(ontology.types) != 16 or len(ontology.contexts) != 37:
        yield f"PLOVER has 16 types and 37 contexts, the file {len(ontology.types)} and {len(ontology.contexts)}."


def _type_problems(name: str, type: EventType, ontology: Ontology) -> Iterator[str]:
    for code in (type.cameo, *(mode.cameo for mode in type.modes.values())):
        if code not in ontology.codes:
            yield f"{name} goes to CAMEO {code}, which does not exist."
    for mode in type.modes.values():
        yield from (f"{name}/{mode.name}: no context {c}." for c in mode.contexts if c not in ontology.contexts)


def _code_problems(code: Code, ontology: Ontology) -> Iterator[str]:
    if len(code.code) > 2 and code.code[:-1] not in ontology.codes:
        yield f"CAMEO {code.code} has no parent."
    if code.type is None:
        if code.root not in ("01", "02"):
            yield f"CAMEO {code.code} has no PLOVER type."
    elif code.type not in ontology.types:
        yield f"CAMEO {code.code} is {code.type}, which is no PLOVER type."
    elif code.mode is not None and code.mode not in ontology.types[code.type].modes:
        yield f"CAMEO {code.code}: {code.type} has no mode {code.mode}."
    yield from (f"CAMEO {code.code}: no context {c}." for c in code.contexts if c not in ontology.contexts)


def _event_type(name: str, row: dict[str, Any]) -> EventType:
    modes = {
        mode: Mode(
            name=mode,
            label=fields["label"],
            score=fields.get("score", row["score"]),
            cameo=fields["cameo"],
            contexts=tuple(fields.get("contexts", ())),
        )
        for mode, fields in row.get("modes", {}).items()
    }
    return EventType(
        name=name,
        label=row["label"],
        definition=row["definition"],
        quad=row["quad"],
        needs_recipient=row["recipient"],
        score=row["score"],
        cameo=row["cameo"],
        modes=modes,
    )


def _codes(text: str) -> dict[str, Code]:
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    codes: dict[str, Code] = {}
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["code"] in codes:
            raise KnowledgeError(f"cameo.tsv lists {row['code']} twice; leave one line.")
        codes[row["code"]] = _code(row, codes)
    return codes


def _code(row: dict[str, str], before: Mapping[str, Code]) -> Code:
    """A code from its line; its parent stands before it and lends it a missing Goldstein value."""
    parent = before.get(row["code"][:-1])
    if not row["goldstein"] and parent is None:
        raise KnowledgeError(f"cameo.tsv: {row['code']} has neither a Goldstein value nor a parent above it; give one.")
    return Code(
        code=row["code"],
        label=row["label"],
        goldstein=float(row["goldstein"]) if row["goldstein"] or parent is None else parent.goldstein,
        type=row["type"] or None,
        mode=row["mode"] or None,
        contexts=tuple(row["contexts"].split(";")) if row["contexts"] else (),
        published=row["published"] or None,
    )


def _measures(data: dict[str, Any]) -> dict[str, Measure]:
    sets = {f"@{name}": frozenset(words) for name, words in data["sets"].items()}
    return {name: _measure(name, row, sets) for name, row in data.items() if name not in ("about", "sets")}


def _measure(name: str, row: dict[str, Any], sets: Mapping[str, frozenset[str]]) -> Measure:
    return Measure(
        type=name,
        label=row["label"],
        definition=row["definition"],
        nouns=frozenset(row["nouns"]),
        verbs=frozenset(row["verbs"]),
        phrases=tuple(tuple(phrase.split()) for phrase in row["phrases"]),
        acts=tuple(_acts(name, row["acts"], sets)),
        undo=frozenset(row["undo"]),
        negatives=tuple(tuple(phrase.split()) for phrase in row["negatives"]),
    )


def _acts(measure: str, acts: list[str], sets: Mapping[str, frozenset[str]]) -> Iterator[Act]:
    for act in acts:
        verb, _, object = act.partition(" ")
        if not object or (object.startswith("@") and object not in sets):
            known = ", ".join(sorted(sets))
            raise KnowledgeError(
                f"measures.toml: [{measure}] has the act {act!r}; write a verb and an object word or one of {known}."
            )
        yield Act(verb, sets.get(object, frozenset({object})))


def _text(name: str) -> str:
    return (files("dragoman.knowledge") / "data" / "ontology" / name).read_text(encoding="utf-8")


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(_text(name))
