"""The words of stance and what the loader refuses."""

from __future__ import annotations

import copy
import tomllib
from importlib.resources import files

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.stance_words import load_stance_words, stance_words


@pytest.fixture
def data():
    """The English file, to be broken."""
    text = (files("dragoman.knowledge") / "data" / "languages" / "en-stances.toml").read_text(encoding="utf-8")
    return copy.deepcopy(tomllib.loads(text))


def test_the_slot_decides_what_a_word_means():
    """To warn against it is to oppose it, to warn somebody to do it is to demand it."""
    words = load_stance_words()
    assert words.find("verb", "warn", "against").sign == -1
    assert words.find("verb", "warn", "inf").force == "demand"
    assert words.find("verb", "warn", "subj") is None


def test_kinds_are_kept_apart():
    """Opposing is a stance, lifting an act, evading a slight, being wrong a judgement."""
    words = load_stance_words()
    kinds = [
        words.find(*key).kind for key in (("verb", "oppose", "obj"), ("verb", "lift", "obj"), ("verb", "evade", "obj"))
    ]
    assert kinds == ["stance", "act", "slight"]
    assert words.find("adjective", "unacceptable", "subj").kind == "value"


def test_every_word_is_a_lower_case_lemma():
    """Otherwise the parse would never find it."""
    assert all(lemma == lemma.lower().strip() for _, lemma, _ in load_stance_words().words)


def test_a_word_with_two_meanings_in_one_slot_is_refused(data):
    """The message names the word and both meanings."""
    data["words"].append(
        {"part": "verb", "stance": "opposes", "kind": "stance", "slots": ["obj"], "lemmas": ["support"]}
    )
    with pytest.raises(KnowledgeError, match=r"verb support obj .* for \(stance\) and as against \(stance\)"):
        stance_words(data, "broken.toml")


def test_a_missing_set_is_refused(data):
    """The message says which."""
    del data["sets"]["hedges"]
    with pytest.raises(KnowledgeError, match="hedges"):
        stance_words(data, "broken.toml")


def test_a_group_takes_one_of_two_directions(data):
    """Supports or opposes."""
    data["words"][0]["stance"] = "likes"
    with pytest.raises(KnowledgeError, match="'likes'; write supports or opposes"):
        stance_words(data, "broken.toml")


def test_a_language_without_words_is_named_with_those_that_have_them():
    """The next step is part of the message."""
    with pytest.raises(KnowledgeError, match=r"'xx'; installed: en\. Add"):
        load_stance_words("xx")
