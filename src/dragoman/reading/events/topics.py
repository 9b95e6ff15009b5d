"""Words + measures -> the measure they name, and whether it is to be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from spacy.tokens import Token

from dragoman.knowledge.ontology import Measure, Ontology

_REACH = 4


@lru_cache(maxsize=4)
def topics_of(ontology: Ontology) -> Topics:
    """The topics of an ontology, made once: their tables take longer to build than a page to read."""
    return Topics(ontology)


@dataclass(frozen=True)
class Topics:
    """Tells what a complement is about: "lifting the sanctions" is sanctions, undone."""

    ontology: Ontology

    @cached_property
    def _phrases(self) -> dict[tuple[str, ...], str]:
        """Phrases and single nouns with the measure they name; what negates a measure's words names none."""
        table: dict[tuple[str, ...], str] = {}
        for measure in self.ontology.measures.values():
            alone = measure.nouns | measure.verbs if measure.type != "other" else ()
            table |= {_split((word,)): measure.type for word in alone}
        for measure in self.ontology.measures.values():
            table |= {_split(phrase): measure.type for phrase in measure.phrases}
        return table

    @cached_property
    def _acts(self) -> dict[tuple[str, str], str]:
        return {(a.verb, o): m.type for m in self.ontology.measures.values() for a in m.acts for o in a.objects}

    @cached_property
    def _longest(self) -> dict[str, int]:
        """How many words the longest phrase has that begins with a word."""
        table: dict[str, int] = {}
        for first, *rest in self._phrases:
            table[first] = max(table.get(first, 0), 1 + len(rest))
        return table

    def of(self, tokens: Sequence[Token]) -> str | None:
        """The first measure the words name, with "-x" where they undo it; None where they name none."""
        tokens = [t for t in tokens if t.text != "-"]
        lemmas, forms = [t.lemma_.lower() for t in tokens], [t.lower_ for t in tokens]
        for i, token in enumerate(tokens):
            if (found := self._act(token) or self._phrase(lemmas[i:], forms[i:])) is not None:
                return f"{found}-x" if self._is_undone(self.ontology.measures[found], tokens, i) else found
        return None

    def _act(self, token: Token) -> str | None:
        objects = (c for c in token.children if c.dep_ in ("dobj", "nsubjpass"))
        return next((m for o in objects if (m := self._acts.get((token.lemma_.lower(), o.lemma_.lower())))), None)

    def _phrase(self, lemmas: Sequence[str], forms: Sequence[str]) -> str | None:
        """The measure of the longest phrase at the beginning of some words, given as lemmas and as they stand."""
        longest = max(self._longest.get(lemmas[0], 0), self._longest.get(forms[0], 0))
        for length in range(min(longest, len(lemmas)), 0, -1):
            for words in (tuple(lemmas[:length]), tuple(forms[:length])):
                if words in self._phrases:
                    return self._phrases[words]
        return None

    def _is_undone(self, measure: Measure, tokens: Sequence[Token], i: int) -> bool:
        before = [t.lemma_.lower() for t in tokens[max(0, i - _REACH) : i + 1]]
        return any(word in measure.undo for word in before) or any(
            w in ("non", "no", "not", "end") for w in before[:-1]
        )


def _split(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with compounds parted as the parse parts them: "no-fly" is "no" and "fly"."""
    return tuple(part for word in words for part in word.split("-") if part)
