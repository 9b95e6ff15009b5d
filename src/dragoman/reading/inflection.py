"""Doc with tags and dependencies -> parts of speech and lemmas, worked out once for each kind of word.

What spaCy's attribute ruler and lemmatizer say of a word follows from its form, tag and dependency; only a few rules look at
two words ("there is", "let's"). Asking both for every word again is a sixth of a parse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc

Key = tuple[int, ...]
"""Form, tag and dependency of a word, as numbers of the vocabulary."""
Ruling = tuple[int, ...]
"""Tag, dependency, part of speech, morphology and lemma; the lemma is 0 where no rule gives one."""

_RULER, _LEMMATIZER = "attribute_ruler", "lemmatizer"
_KEY = [ORTH, TAG, DEP]
_RULING = [TAG, DEP, POS, MORPH, LEMMA]
_ANY = "word"
"""Stands for every form that no rule names."""
_MOST = 50_000
"""Kinds of words that are remembered, at most: a bound on memory."""

Rule = Sequence[Mapping[str, Any]]
"""What a rule asks of each of the words it is about."""


class Forms:
    """The forms that rules name: of others only tag and dependency matter to the rules."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        wanted = [word["LOWER"] for rule in rules for word in rule if "LOWER" in word]
        several = [form for want in wanted if isinstance(want, Mapping) for form in want.get("IN", ())]
        self._named = frozenset([*several, *(want for want in wanted if isinstance(want, str))])
        self._like = [re.compile(want["REGEX"]) for want in wanted if isinstance(want, Mapping) and "REGEX" in want]

    def __contains__(self, form: str) -> bool:
        lower = form.lower()
        return lower in self._named or form.isspace() or any(pattern.search(lower) for pattern in self._like)

    @staticmethod
    def suffice(rules: Sequence[Rule]) -> bool:
        """Whether the rules ask for nothing but the form in small letters, tag, dependency and being a space."""
        words = [word for rule in rules for word in rule]
        forms = (word.get("LOWER", "") for word in words)
        known = all(isinstance(form, str) or form.keys() <= {"IN", "REGEX"} for form in forms)
        return known and all(word.keys() <= {"LOWER", "TAG", "DEP", "IS_SPACE"} for word in words)


class Inflection:
    """A part of a pipeline that does the work of its attribute ruler and of its lemmatizer by rules.

    It says of every word what the two would say, but leaves out morphological features, which nothing here reads.
    """

    def __init__(self, ruler: AttributeRuler, lemmatizer: Lemmatizer) -> None:
        self._ruler, self._lemmatizer = ruler, lemmatizer
        self._forms = Forms(list(_rules(ruler)))
        self._joint = Matcher(ruler.vocab)
        if joint := [list(map(dict, rule)) for rule in _rules(ruler) if len(rule) > 1]:
            self._joint.add("joint", joint)
        self._ruled: dict[Key, Ruling] = {}
        self._known: dict[Key, Ruling] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes of all words."""
        keys: list[Key] = [tuple(row) for row in doc.to_array(_KEY).tolist()]
        self._learn(keys)
        answers = [self._known[key] for key in keys]
        for _, start, end in self._joint(doc, allow_missing=True):
            answers[start:end] = self._with_lemmas(keys[start:end], self._rule(keys[start:end]))
        values = np.array(answers, dtype=np.uint64).reshape(len(doc), len(_RULING))
        doc.from_array([TAG, DEP, POS, LEMMA], values[:, [0, 1, 2, 4]])
        return doc

    def _learn(self, keys: Sequence[Key]) -> None:
        """Ask for all kinds of words that are new."""
        if len(self._known) > _MOST:
            self._known.clear()
        new = [key for key in dict.fromkeys(keys) if key not in self._known]
        self._known.update(zip(new, self._with_lemmas(new, [self._alone(key) for key in new]), strict=True))

    def _alone(self, key: Key) -> Ruling:
        """What the ruler says of a word by itself."""
        strings = self._ruler.vocab.strings
        kind = key if strings[key[0]] in self._forms else (strings.add(_ANY), *key[1:])
        if kind not in self._ruled:
            (self._ruled[kind],) = self._rule([kind])
        return self._ruled[kind]

    def _rule(self, keys: Sequence[Key]) -> list[Ruling]:
        """What the ruler says of words that stand beside each other."""
        return _rows(self._ruler(self._doc(keys)))

    def _with_lemmas(self, keys: Sequence[Key], rulings: Sequence[Ruling]) -> list[Ruling]:
        """The same with what the lemmatizer makes of it."""
        doc = self._doc(keys)
        if len(doc):
            doc.from_array(_RULING, np.array(rulings, dtype=np.uint64))
        return _rows(self._lemmatizer(doc))

    def _doc(self, keys: Sequence[Key]) -> Doc:
        strings = self._ruler.vocab.strings
        words, tags, deps = ([strings[key[i]] for key in keys] for i in range(3))
        return Doc(self._ruler.vocab, words=words, tags=tags, deps=deps, heads=list(range(len(words))))


def _rules(ruler: AttributeRuler) -> Iterator[Rule]:
    return (rule for rules in ruler.patterns for rule in cast(list[Rule], rules["patterns"]))


def _rows(doc: Doc) -> list[Ruling]:
    return [tuple(row) for row in doc.to_array(_RULING).tolist()]


def remember_inflection(pipeline: Language) -> None:
    """Put an Inflection in the place of ruler and lemmatizer, where the pipeline has the usual ones."""
    if not {_RULER, _LEMMATIZER} <= set(pipeline.pipe_names):
        return
    ruler, lemmatizer = pipeline.get_pipe(_RULER), pipeline.get_pipe(_LEMMATIZER)
    usual = isinstance(ruler, AttributeRuler) and isinstance(lemmatizer, Lemmatizer) and lemmatizer.mode == "rule"
    if usual and Forms.suffice(list(_rules(ruler))):
        pipeline.add_pipe("inflection", after=_LEMMATIZER)
        pipeline.remove_pipe(_RULER)
        pipeline.remove_pipe(_LEMMATIZER)


@Language.factory("inflection")  # type: ignore[untyped-decorator]
def _make(nlp: Language, name: str) -> Inflection:
    return Inflection(cast(AttributeRuler, nlp.get_pipe(_RULER)), cast(Lemmatizer, nlp.get_pipe(_LEMMATIZER)))
