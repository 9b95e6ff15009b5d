"""Parse + ontology -> the places where a measure is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

from spacy.tokens import Doc, Token

from dragoman.knowledge.ontology import Measure

V = TypeVar("V")
Forms = tuple[str, str]
"""A word and its lemma in small letters."""

_KEEPING = frozenset({"keep", "hold"})
_OFF = frozenset({"out", "away", "back", "off"})
_VERBS = frozenset({"VERB", "AUX"})
_LETTING = frozenset({"allow", "let", "permit", "enable"})
_OBJECTS = frozenset({"dobj", "nsubjpass", "obj"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A measure named by tokens `[start, end)`; `head` is the token on which the name hangs in the sentence.

    `sign` is -1 where the words name the measure's undoing ("siege" for humanitarian access). `act` tells a verb with its object
    from a noun or phrase; `weight` is how many words of the name the ontology lists.
    """

    type: str
    start: int
    end: int
    head: int
    sign: int = 1
    act: bool = False
    weight: int = 1


class MeasureFinder:
    """Finds measures by the triggers of an ontology; one object serves any number of documents."""

    def __init__(self, measures: Mapping[str, Measure]) -> None:
        self._measures = measures
        self._nouns = _by_word((noun, m.type) for m in measures.values() for noun in m.nouns if "-" not in noun)
        self._verbs = _by_word((verb, m.type) for m in measures.values() for verb in m.verbs if "-" not in verb)
        self._acts = _by_word((act.verb, (m.type, act.objects)) for m in measures.values() for act in m.acts)
        self._phrases = _by_first((p, m.type) for m in measures.values() for p in _phrases(m))
        self._negatives = _by_first((_words(p), m.type) for m in measures.values() for p in m.negatives)

    def find(self, doc: Doc) -> tuple[Named, ...]:
        """The measures in text order. Longer names win over shorter ones, and over all, what the ontology says is none."""
        forms = [(token.lower_, token.lemma_.lower()) for token in doc]
        silent = [_may_skip(token) for token in doc]
        barred = {(m.type, i) for m in self._runs(doc, forms, silent, self._negatives) for i in range(m.start, m.end)}
        found = [*self._runs(doc, forms, silent, self._phrases), *self._words(doc, forms), *self._act_runs(doc, forms)]
        free = [m for m in found if not any((m.type, i) in barred for i in range(m.start, m.end) if _counts(m, i))]
        return tuple(sorted(_longest(free, doc), key=lambda m: (m.start, m.end)))

    def _runs(
        self,
        doc: Doc,
        forms: Sequence[Forms],
        silent: Sequence[bool],
        table: Mapping[str, Sequence[tuple[tuple[str, ...], str]]],
    ) -> Iterator[Named]:
        for i, both in enumerate(forms):
            if table.keys().isdisjoint(both):
                continue
            for form in dict.fromkeys(both):
                for words, type in table.get(form, ()):
                    end = _match(forms, silent, i, words)
                    if end is not None:
                        yield self._named(doc, type, i, end, len(words))

    def _named(self, doc: Doc, type: str, start: int, end: int, weight: int) -> Named:
        head = doc[start:end].root
        undo = self._measures[type].undo if type in self._measures else frozenset()
        undone = head.lemma_.lower() in undo or doc[start:end].text.lower() in undo
        return Named(type=type, start=start, end=end, head=head.i, sign=-1 if undone else 1, weight=weight)

    def _words(self, doc: Doc, forms: Sequence[Forms]) -> Iterator[Named]:
        for i, (_, lemma) in enumerate(forms):
            if lemma not in self._verbs and lemma not in self._nouns:
                continue
            part = doc[i].pos_
            table = self._verbs if part in _VERBS else self._nouns if part in ("NOUN", "PROPN") else {}
            for type in table.get(lemma, ()):
                yield self._named(doc, type, i, i + 1, 1)

    def _act_runs(self, doc: Doc, forms: Sequence[Forms]) -> Iterator[Named]:
        meetings = _meetings_by_place(doc)
        for i, (_, lemma) in enumerate(forms):
            for type, objects in self._acts.get(lemma, ()):
                for thing in _objects(doc[i]):
                    called = meetings.get(thing.lower_, ()) if type == "dialogue" else ()
                    if not objects.isdisjoint((*forms[thing.i], thing.ent_type_, *called)):
                        yield self._act(type, doc[i], thing)

    def _act(self, type: str, verb: Token, thing: Token) -> Named:
        start, end = sorted((verb.i, thing.i))
        undone = (verb.lemma_.lower() in self._measures[type].undo) != (_is_none(thing) or _is_held_off(verb))
        return Named(type=type, start=start, end=end + 1, head=verb.i, sign=-1 if undone else 1, act=True, weight=2)


def _meetings_by_place(doc: Doc) -> dict[str, set[str]]:
    """Names by which the text calls meetings, with what they are: who attends Lodar attends "the Lodar talks"."""
    called: dict[str, set[str]] = defaultdict(set)
    for noun in doc:
        if noun.pos_ == "NOUN":
            for place in noun.children:
                if place.dep_ == "compound" and place.pos_ == "PROPN":
                    called[place.lower_].add(noun.lemma_.lower())
    return called


def _is_none(thing: Token) -> bool:
    """ "Free no captive"; of "no captive will be freed" the verb is denied."""
    return (
        thing.pos_ == "NOUN"
        and thing.dep_ not in ("nsubj", "nsubjpass")
        and any(c.dep_ == "det" and c.lower_ == "no" for c in thing.children)
    )


def _is_held_off(verb: Token) -> bool:
    """ "Keep the army out of it": the opposite of keeping it there."""
    return verb.lemma_.lower() in _KEEPING and any(
        t.lower_ in _OFF for t in verb.subtree if t.head in (verb, *verb.children)
    )


def _counts(measure: Named, i: int) -> bool:
    """Whether token i is a word of the name itself; between a verb and its object others may stand."""
    return not measure.act or i in (measure.start, measure.end - 1)


def _longest(found: Sequence[Named], doc: Doc) -> Iterator[Named]:
    taken: set[int] = set()
    for measure in sorted(_telling(found, doc), key=lambda m: (-m.weight, not m.act, m.start, m.type)):
        words = {i for i in range(measure.start, measure.end) if _counts(measure, i)}
        if taken.isdisjoint(words):
            taken |= words | _described(measure, doc)
            yield measure


def _described(measure: Named, doc: Doc) -> set[int]:
    """The nouns inside the object of an act: "allow | relief supplies" names no aid beside the access."""
    if not measure.act:
        return set()
    return {
        c.i
        for i in (measure.start, measure.end - 1)
        if i != measure.head
        for c in doc[i].children
        if c.dep_ == "compound"
    }


def _lends_its_particle(phrase: Named, acts: Set[tuple[str, int]], doc: Doc) -> bool:
    return doc[phrase.end - 1].lower_ in _OFF and (phrase.type, phrase.start) in acts


def _telling(found: Sequence[Named], doc: Doc) -> Iterator[Named]:
    """All but the acts that say no more than a phrase they hold: "boycott | peace talks", not "withdraw US troops"; and but the
    phrases whose last word belongs to the verb of an act: "pull | troops out"."""
    acts = {(m.type, i) for m in found if m.act for i in (m.start, m.end - 1)}
    phrases = [m for m in found if not m.act and m.weight > 1 and not _lends_its_particle(m, acts, doc)]
    found = [m for m in found if m.act or m.weight == 1] + phrases
    for measure in found:
        ends = {measure.start, measure.end - 1}
        if not measure.act or not any(p.type == measure.type and ends & set(range(p.start, p.end)) for p in phrases):
            yield measure


def _objects(word: Token) -> Iterator[Token]:
    """What a verb or a noun of action acts on, through "thousands of" and "and"."""
    if word.pos_ in ("NOUN", "PROPN"):
        yield from (c for c in word.children if c.dep_ in ("poss", "compound"))
        yield from (p for c in word.children if c.lower_ in ("of", "on") for p in c.children if p.dep_ == "pobj")
        return
    own = [c for c in word.children if c.dep_ in _OBJECTS]
    for child in own or _shared_objects(word):
        yield from _all_of(child)


def _shared_objects(verb: Token) -> Iterator[Token]:
    """ "Attend and change the conference"; "allow supplies to pass"."""
    for child in verb.children:
        if child.dep_ == "conj" and child.pos_ in _VERBS:
            yield from (c for c in child.children if c.dep_ == "dobj")
        elif child.dep_ in ("ccomp", "xcomp") and verb.lemma_ in _LETTING:
            yield from (c for c in child.children if c.dep_ == "nsubj")


def _all_of(thing: Token) -> Iterator[Token]:
    yield thing
    for child in thing.children:
        if child.dep_ == "conj" or (child.dep_ == "compound" and child.tag_ == "NNS"):
            yield from _all_of(child)
        elif child.lower_ == "of" and (
            thing.like_num or thing.lemma_ in ("number", "kind", "type", "thousand", "hundred", "dozen")
        ):
            yield from (c for c in child.children if c.dep_ == "pobj")


def _match(forms: Sequence[Forms], silent: Sequence[bool], start: int, words: Sequence[str]) -> int | None:
    """Where the words end when they stand in a row from `start`, `silent` ones left out; None where they do not."""
    i = start
    for k, word in enumerate(words):
        while k and i < len(forms) and i - start < len(words) + 3 and word not in forms[i] and silent[i]:
            i += 1
        if i >= len(forms) or word not in forms[i]:
            return None
        i += 1
    return i


def _may_skip(token: Token) -> bool:
    """Articles and possessives."""
    return token.pos_ in ("DET", "PRON") and token.tag_ in ("DT", "PRP$", "PDT")


def _phrases(measure: Measure) -> Iterator[tuple[str, ...]]:
    """The phrases of a measure, with its nouns and verbs that a tokenizer would cut at a hyphen."""
    yield from (_words(p) for p in measure.phrases)
    yield from (_words((w,)) for w in sorted(measure.nouns | measure.verbs) if "-" in w)


def _words(phrase: Iterable[str]) -> tuple[str, ...]:
    return tuple(w for word in phrase for w in word.replace("-", " - ").replace("'s", " 's").split())


def _by_word(pairs: Iterable[tuple[str, V]]) -> dict[str, list[V]]:
    table: dict[str, list[V]] = defaultdict(list)
    for word, value in pairs:
        table[word].append(value)
    return dict(table)


def _by_first(pairs: Iterable[tuple[tuple[str, ...], str]]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    return _by_word((words[0], (words, type)) for words, type in pairs)
