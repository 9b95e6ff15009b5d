"""Event words of a language: which verbs, nouns and adjectives tell of which event, read from `languages/<code>-events.toml`."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from dragoman.errors import KnowledgeError
from dragoman.knowledge.ontology import Ontology, load_ontology

Part = Literal["verb", "noun", "adjective"]
Attitude = Literal["subject", "source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A lemma and what must stand with it; each set holds the lemmas that satisfy the condition, an empty one asks nothing.

    `before` are words that must precede the lemma (nouns) or the object (verbs). `clause` asks for a complement clause (an
    infinitive, with `infinitive`; one that says what has to be, with `due`), with one of `clause_verbs` as its verb where there
    are any; `alone` for no object or clause, `without` for no such preposition.
    """

    lemma: str
    particle: str | None = None
    objects: frozenset[str] = frozenset()
    before: tuple[str, ...] = ()
    preposition: str | None = None
    preposition_objects: frozenset[str] = frozenset()
    clause: bool = False
    infinitive: bool = False
    due: bool = False
    clause_verbs: frozenset[str] = frozenset()
    alone: bool = False
    without: str | None = None

    @property
    def conditions(self) -> int:
        """How much the pattern asks for: the more, the stronger it speaks."""
        own = (self.particle, self.objects, self.alone)
        behind = (self.preposition, self.preposition_objects, self.clause, self.clause_verbs)
        return sum(map(bool, own + behind)) + len(self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """What a pattern tells: a PLOVER type and mode, a CAMEO code, and where the parties stand.

    `recipients` are slots to search in order: object, owner, host, clause, within, anywhere, place,
    post, or a preposition. `actors` are
    prepositions that bring in who acts (nouns). `reciprocal`: each side does it to the other. `refused`: it counts only where
    the actor will not do it ("will not allow"); `needs_recipient`: only with a recipient. `attitude`: whose act an adjective
    expresses.
    """

    part: Part
    pattern: Pattern
    type: str
    cameo: str
    mode: str | None = None
    recipients: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    reciprocal: bool = False
    refused: bool = False
    needs_recipient: bool = False
    attitude: Attitude = "subject"


@dataclass(frozen=True, slots=True)
class Refinement:
    """What the measure in the complement makes of a verbal act: a mode, and the CAMEO codes to choose from by root."""

    mode: str | None
    cameo: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Triggers:
    """The event words of one language.

    `refine` maps a type and a measure ("sanctions", or "sanctions-x" for sanctions undone) to what it adds; `contexts` a measure
    to PLOVER contexts; `words` name small sets of grammar words; `screen` the words of what is not world affairs.
    """

    language: str
    senses: tuple[Sense, ...] = field(repr=False)
    refine: Mapping[tuple[str, str], Refinement] = field(repr=False)
    contexts: Mapping[str, tuple[str, ...]] = field(repr=False)
    words: Mapping[str, frozenset[str]] = field(repr=False)
    screen: Mapping[str, frozenset[str]] = field(repr=False)
    _index: Mapping[tuple[Part, str], tuple[Sense, ...]] = field(repr=False)

    @property
    def deeds(self) -> frozenset[str]:
        """Nouns that tell of violence or coercion; what stands behind their "of" has suffered it."""
        return frozenset(s.pattern.lemma for s in self.senses if s.part == "noun" and s.type in ("ASSAULT", "COERCE"))

    def of(self, part: Part, lemma: str) -> tuple[Sense, ...]:
        """The senses of a lemma, those that ask for most first."""
        return self._index.get((part, lemma), ())


@cache
def load_triggers(language: str = "en") -> Triggers:
    """The event words of that ISO 639-1 code, checked against the ontology; KnowledgeError where they do not fit it."""
    file = files("dragoman.knowledge") / "data" / "languages" / f"{language}-events.toml"
    if not file.is_file():
        raise KnowledgeError(f"There are no event words for {language!r}; add knowledge/data/languages/{file.name}.")
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    senses = tuple(_senses(data))
    triggers = Triggers(
        language=language,
        senses=senses,
        refine=dict(_refinements(data["refine"])),
        contexts={measure: tuple(contexts) for measure, contexts in data["contexts"].items()},
        words={name: frozenset(words) for name, words in data["words"].items()},
        screen={name: frozenset(words) for name, words in data["screen"].items()},
        _index=_index(senses),
    )
    check(triggers, load_ontology())
    return triggers


def check(triggers: Triggers, ontology: Ontology) -> None:
    """Raise KnowledgeError, listing all, where a sense names a type, mode, code, measure or context that does not exist."""
    problems = [
        *(
            p
            for sense in triggers.senses
            for p in _coding_problems(sense.pattern.lemma, sense.type, sense.mode, [sense.cameo], ontology)
        ),
        *(p for key, r in triggers.refine.items() for p in _refinement_problems(key, r, ontology)),
        *(f"[contexts] {m}: no such measure." for m in triggers.contexts if m not in ontology.measures),
        *(
            f"[contexts] {m}: no context {c}."
            for m, cs in triggers.contexts.items()
            for c in cs
            if c not in ontology.contexts
        ),
    ]
    if problems:
        raise KnowledgeError(
            f"{triggers.language}-events.toml does not fit the ontology in {len(problems)} places: "
            f"{' '.join(problems)} Correct them."
        )


def _coding_problems(what: str, type: str, mode: str | None, codes: Iterable[str], ontology: Ontology) -> Iterator[str]:
    if type not in ontology.types:
        yield f"{what}: no type {type}."
    elif mode is not None and mode not in ontology.types[type].modes:
        yield f"{what}: {type} has no mode {mode}."
    yield from (f"{what}: no CAMEO code {code}." for code in codes if code not in ontology.codes)


def _refinement_problems(key: tuple[str, str], found: Refinement, ontology: Ontology) -> Iterator[str]:
    type, measure = key
    yield from _coding_problems(f"[refine.{type}] {measure}", type, found.mode, found.cameo, ontology)
    if measure.removesuffix("-x") not in ontology.measures:
        yield f"[refine.{type}] {measure}: no such measure."


def _refinements(data: dict[str, Any]) -> Iterator[tuple[tuple[str, str], Refinement]]:
    for type, rows in data.items():
        for measure, (mode, *codes) in rows.items():
            yield (type, measure), Refinement(mode or None, tuple(codes))


def _index(senses: Iterable[Sense]) -> dict[tuple[Part, str], tuple[Sense, ...]]:
    index: defaultdict[tuple[Part, str], list[Sense]] = defaultdict(list)
    for sense in senses:
        index[sense.part, sense.pattern.lemma].insert(0, sense)
    return {key: tuple(sorted(found, key=lambda s: -s.pattern.conditions)) for key, found in index.items()}


def _senses(data: dict[str, Any]) -> Iterator[Sense]:
    sets = {f"@{name}": frozenset(words) for name, words in data["sets"].items()}
    parts: tuple[Part, ...] = ("verb", "noun", "adjective")
    for part in parts:
        for row in data[part]:
            for written in row["patterns"]:
                yield Sense(
                    part=part,
                    pattern=parse_pattern(written, part, sets),
                    type=row["type"],
                    cameo=row["cameo"],
                    mode=row.get("mode"),
                    recipients=tuple(row["recipients"]),
                    actors=tuple(row.get("actors", ())),
                    reciprocal=row.get("reciprocal", False),
                    refused=row.get("refused", False),
                    needs_recipient=row.get("needs", False),
                    attitude=row.get("of", "subject"),
                )


def parse_pattern(written: str, part: Part = "verb", sets: Mapping[str, frozenset[str]] | None = None) -> Pattern:
    """A pattern from its notation (explained at the top of the language file); KnowledgeError for an unknown set."""
    words, signs = _conditions(written)
    own = words["own"]
    lemma, rest = (own[-1], own[:-1]) if part == "noun" else (own[0], own[1:])
    objects = [] if part == "noun" else rest + words["object"]
    return Pattern(
        lemma=lemma,
        particle=signs.get("+"),
        objects=_set(objects[-1:], sets or {}, written),
        before=tuple(rest if part == "noun" else objects[:-1]),
        preposition=signs.get("/"),
        preposition_objects=_set(words["preposition"], sets or {}, written),
        clause="^" in signs,
        infinitive=signs.get("^") == "to",
        due=signs.get("^") == "must",
        clause_verbs=_set(words["clause"], sets or {}, written),
        alone="!" in signs,
        without=signs.get("-"),
    )


_AFTER = {"+": "object", "/": "preposition", "^": "clause", "!": "object", "-": "object"}
"""What the words belong to that follow a sign."""


def _conditions(written: str) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The words of a pattern by what they belong to, and its signs with what is written on them ("+out", "^to", "!", "-with")."""
    words: dict[str, list[str]] = {"own": [], "object": [], "preposition": [], "clause": []}
    signs: dict[str, str] = {}
    into = "own"
    for word in written.split():
        if word[0] in _AFTER:
            signs[word[0]], into = word[1:], _AFTER[word[0]]
        else:
            words[into].append(word)
    return words, signs


def _set(words: list[str], sets: Mapping[str, frozenset[str]], written: str) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for word in words:
        if word.startswith("@") and word not in sets:
            raise KnowledgeError(
                f"The pattern {written!r} uses the set {word}, which [sets] does not have; add it there."
            )
        found |= sets.get(word, frozenset({word}))
    return found
