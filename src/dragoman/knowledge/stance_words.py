"""Words of stance in one language, from `languages/<code>-stances.toml`: what a word says of who stands where."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from dragoman.analysis import Force
from dragoman.errors import KnowledgeError

Part = Literal["verb", "noun", "adjective"]
Kind = Literal["stance", "act", "slight", "value"]

_SIGNS = {"supports": 1, "opposes": -1}
_SETS = frozenset(
    "viewing wishing harms hurting joining factive "
    "carriers texts members neutral voicing backed hedges everyday proofs vowing excluding bodies obligations lasting "
    "obliging committing predicted yielding letting_pass council "
    "authorisations obtaining ending wanting calling persuading denying conditional condition_phrases records official".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceWord:
    """What a word says of the measure in one of its slots: `sign` +1 for, -1 against.

    `kind`: a `stance` its holder takes; an `act` that carries the measure out or undoes it; a `slight` that harms it, so that
    to tell of it is to stand up for the measure; a `value` that the speaker gives to it.
    """

    lemma: str
    part: Part
    sign: int
    force: Force
    kind: Kind


@dataclass(frozen=True, slots=True)
class StanceWords:
    """The words of one language. `sets` are small closed lists that the file explains; all keys are lower-case lemmas."""

    words: Mapping[tuple[Part, str, str], StanceWord]
    sets: Mapping[str, frozenset[str]]

    def find(self, part: Part, lemma: str, slot: str) -> StanceWord | None:
        """The word with a measure in that slot; None where the language says nothing of it."""
        return self.words.get((part, lemma, slot))

    def has(self, set: str, lemma: str) -> bool:
        """Whether the lemma is in the named set."""
        return lemma in self.sets[set]


@cache
def load_stance_words(code: str = "en") -> StanceWords:
    """The words of that ISO 639-1 code; KnowledgeError where there are none or the file contradicts itself."""
    folder = files("dragoman.knowledge") / "data" / "languages"
    file = folder / f"{code}-stances.toml"
    if not file.is_file():
        known = sorted(
            f.name.removesuffix("-stances.toml") for f in folder.iterdir() if f.name.endswith("-stances.toml")
        )
        raise KnowledgeError(
            f"No stance words for {code!r}; installed: {', '.join(known)}. Add knowledge/data/languages/{code}-stances.toml."
        )
    return stance_words(tomllib.loads(file.read_text(encoding="utf-8")), file.name)


def stance_words(data: Mapping[str, Any], name: str) -> StanceWords:
    """The words of a parsed file; KnowledgeError for a word with two meanings in one slot and for missing or unknown sets."""
    words: dict[tuple[Part, str, str], StanceWord] = {}
    for key, word in _entries(data, name):
        known = words.setdefault(key, word)
        if (known.sign, known.kind) != (word.sign, word.kind):
            raise KnowledgeError(
                f"{name}: {' '.join(key)} is listed as {_said(known)} and as {_said(word)}; leave one of the two."
            )
    sets = {label: frozenset(lemmas) for label, lemmas in data["sets"].items()}
    if wrong := _SETS ^ set(sets):
        raise KnowledgeError(
            f"{name}: [sets] lacks or does not know {', '.join(sorted(wrong))}; it holds exactly {', '.join(sorted(_SETS))}."
        )
    return StanceWords(words, sets)


def _entries(data: Mapping[str, Any], name: str) -> Iterator[tuple[tuple[Part, str, str], StanceWord]]:
    for group in data["words"]:
        if group["stance"] not in _SIGNS:
            raise KnowledgeError(f"{name}: a group has stance {group['stance']!r}; write supports or opposes.")
        for lemma in group["lemmas"]:
            word = StanceWord(
                lemma=lemma,
                part=group["part"],
                sign=_SIGNS[group["stance"]],
                force=group.get("force", "plain"),
                kind=group["kind"],
            )
            yield from (((group["part"], lemma, slot), word) for slot in group["slots"])


def _said(word: StanceWord) -> str:
    return f"{'for' if word.sign > 0 else 'against'} ({word.kind})"
