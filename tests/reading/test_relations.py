"""What a text reports from one marked actor to another."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.errors import InputError, KnowledgeError
from dragoman.knowledge.ontology import load_ontology
from dragoman.reading.relations import Relator
from dragoman.reading.relations.relator import FILES, NONE, WEIGHTS
from dragoman.reading.weights import CONFIG

LONG = "The envoy of Ruritania, " + "who had come by train and spoke at length, " * 250 + "condemned the rebels."


@pytest.fixture(scope="module")
def relator() -> Relator:
    return Relator()


@pytest.fixture(scope="module")
def related(relator):
    """The type between the first occurrences of two phrases; None for nobody."""

    def related(text: str, actor: str | None, recipient: str | None) -> str:
        spans = [
            None if words is None else (text.index(words), text.index(words) + len(words))
            for words in (actor, recipient)
        ]
        return relator.relate(text, *spans).type

    return related


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "type"),
    [
        ("The mayor of Strelsau condemned the rebels on Monday.", "The mayor of Strelsau", "the rebels", "ACCUSE"),
        ("Police in Strelsau arrested forty students on Monday.", "Police in Strelsau", "forty students", "COERCE"),
        ("Ruritanian jets bombed a rebel camp overnight.", "Ruritanian jets", "a rebel camp", "ASSAULT"),
        ("Ruritania sent tents and flour to Graustark after the flood.", "Ruritania", "Graustark", "AID"),
        ("Thousands of miners marched against the government.", "Thousands of miners", "the government", "PROTEST"),
        ("Ruritania urged Graustark to open the border.", "Ruritania", "Graustark", "REQUEST"),
        ("Forty students were arrested by police in Strelsau.", "police in Strelsau", "Forty students", "COERCE"),
    ],
)
def test_plain_sentences_have_their_plain_type(related, text, actor, recipient, type):
    """One event, told in so many words."""
    assert related(text, actor, recipient) == type


def test_direction_matters(related):
    """Who is bombed does nothing to the bomber."""
    text = "Ruritanian jets bombed a rebel camp overnight."
    assert related(text, "a rebel camp", "Ruritanian jets") == NONE


def test_two_who_are_only_named_together_do_nothing(related):
    """A coordinated subject is no event between its parts."""
    text = "Spokesmen for Ruritania and Graustark declined to give their names."
    assert related(text, "Ruritania", "Graustark") == NONE


def test_an_event_may_have_no_recipient(related):
    """Some acts are aimed at nobody who is named."""
    assert related("Rail workers went on strike on Monday.", "Rail workers", None) == "PROTEST"


def test_an_event_may_have_no_actor(related):
    """A passive need not say by whom."""
    assert related("The opposition leader was arrested at dawn.", None, "The opposition leader") == "COERCE"


def test_scores_cover_all_types_and_add_up_to_one(relator):
    """PLOVER's 16 and NONE; the type is the most probable."""
    relation = relator.relate("Ruritania urged Graustark to open the border.", (0, 9), (16, 25))
    assert set(relation.scores) == {*load_ontology().types, NONE}
    assert sum(relation.scores.values()) == pytest.approx(1)
    assert relation.type == max(relation.scores, key=relation.scores.__getitem__)


def test_a_sentence_of_two_thousand_words_is_typed(related):
    """What stands around the two is read."""
    assert related(LONG, "The envoy of Ruritania", "the rebels") == "ACCUSE"


def test_neighbours_change_nothing(relator):
    """A pair is typed alike before and after others, and by another relator."""
    pair = ("Ruritania urged Graustark to open the border.", (0, 9), (16, 25))
    first = relator.relate(*pair)
    relator.relate(LONG, (0, 9), None)
    assert relator.relate(*pair) == first == Relator().relate(*pair)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=80), st.lists(st.integers(-2, 82), min_size=4, max_size=4))
@example("\ud800 met \udfff", [0, 1, 6, 7])
@example("x", [0, 1, 0, 1])
def test_any_text_and_spans_give_a_relation_or_a_reason(relator, text, numbers):
    """No hostile input ends in anything else."""
    a, b, c, d = numbers
    try:
        relation = relator.relate(text, (a, b), (c, d))
    except InputError as error:
        assert str(error).endswith(".")
    else:
        assert sum(relation.scores.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "words"),
    [
        ("", (0, 1), None, "The text is empty"),
        (" \n", (0, 1), None, "The text is empty"),
        ("A met B.", (0, 1), (6, 9), r"recipient \[6, 9\] lies outside of the text, which has 8 characters"),
        ("A met B.", (-1, 1), (6, 7), r"actor \[-1, 1\] lies outside"),
        ("A met B.", (1, 0), None, r"actor \[1, 0\] ends before it begins"),
        ("A met B.", (0, 0), None, r"actor \[0, 0\] ends before it begins or is empty"),
        ("A met B.", (0, 5), (2, 7), r"actor \[0, 5\] and the recipient \[2, 7\] overlap"),
        ("A met B.", None, None, "neither an actor nor a recipient"),
    ],
)
def test_what_is_no_pair_is_refused_with_the_rule(relator, text, actor, recipient, words):
    """The message says what was found and what to write instead."""
    with pytest.raises(InputError, match=words):
        relator.relate(text, actor, recipient)


def copied(folder: Path) -> Path:
    return Path(shutil.copytree(WEIGHTS, folder / "weights"))


def test_a_folder_without_a_model_is_named(tmp_path):
    """The error says where it looked and what to do."""
    with pytest.raises(KnowledgeError, match=r"holds no relation model: config\.json .*`make train-relations`"):
        Relator(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(tmp_path, name):
    """Each file that is needed is missed by its name."""
    folder = copied(tmp_path)
    (folder / name).unlink()
    with pytest.raises(KnowledgeError, match=rf"{name} is not the file .*missing"):
        Relator(folder)


def test_the_fingerprint_follows_the_calibration(tmp_path, relator):
    """The same files under another calibration are another relator."""
    folder = copied(tmp_path)
    assert Relator(folder).fingerprint == relator.fingerprint
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    config["calibration"]["odds_rows"] += 0.1
    (folder / CONFIG).write_text(json.dumps(config), encoding="utf-8")
    assert Relator(folder).fingerprint != relator.fingerprint


def test_the_weights_are_small_enough_to_ship():
    """At most 30 MB a file, and 40 in all."""
    sizes = [path.stat().st_size for path in WEIGHTS.iterdir()]
    assert max(sizes) <= 30_000_000
    assert sum(sizes) <= 40_000_000
