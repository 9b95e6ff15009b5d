"""The stance judge: which way, how firmly, how likely; and when a reading asks it."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import Document, Reader
from dragoman.errors import KnowledgeError
from dragoman.knowledge import Gazetteer
from dragoman.knowledge.language import load_language
from dragoman.knowledge.ontology import load_ontology
from dragoman.knowledge.stance_words import load_stance_words
from dragoman.reading.actors import find_actors
from dragoman.reading.parse import parse
from dragoman.reading.stances import find_stances
from dragoman.reading.stances.judging import OUTCOMES, WEIGHTS, Judge, Odds, Verdict, verdict
from tests.reading.stance_cases import line


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


def asked(judge: Judge, passage: str, holder: str, measure: str) -> Verdict:
    """The verdict on the first place of the words of each."""
    start, begin = passage.index(holder), passage.index(measure)
    return judge.judge(judge.pieces(passage), (start, start + len(holder)), (begin, begin + len(measure)))


class Stub:
    """A judge of one opinion that notes what it is asked."""

    def __init__(self, opinion: Verdict) -> None:
        self.opinion = opinion
        self.asked: list[tuple[str, str, str]] = []
        self.threshold = 0.5

    def pieces(self, passage: str) -> str:
        return passage

    def judge(self, passage: str, holder: tuple[int, int], measure: tuple[int, int]) -> Verdict:
        self.asked.append((passage, passage[slice(*holder)], passage[slice(*measure)]))
        return self.opinion


SURE = Verdict("opposes", "red_line", 0.9)
DOUBTFUL = Verdict("opposes", "plain", 0.4)


@pytest.fixture(scope="module")
def read(pipeline):
    """Text and judge in, stances out, without statements."""
    gazetteer, language = Gazetteer.load(), load_language("en")

    def with_judge(text: str, judge: Stub):
        parsed = parse(Document(text, published="2012-05-01"), pipeline)
        cast = find_actors(parsed, gazetteer, language)
        return find_stances(parsed, cast, (), load_ontology(), load_stance_words(), judge)

    return with_judge


def test_who_rejects_opposes(judge):
    """A plain word of stance, for the model as for anybody."""
    assert asked(judge, "Kenya rejected the sanctions on Chad.", "Kenya", "the sanctions").direction == "opposes"


def test_whom_it_is_about_takes_no_stance(judge):
    """The mark of the holder decides: the same sentence says little of Chad's stance."""
    passage = "Kenya rejected the sanctions on Chad."
    assert asked(judge, passage, "Chad", "the sanctions").score < asked(judge, passage, "Kenya", "the sanctions").score


def test_the_force_is_that_of_the_words(judge):
    """Never to accept is a red line."""
    found = asked(judge, "Kenya will never accept foreign troops on its soil.", "Kenya", "foreign troops")
    assert (found.direction, found.force) == ("opposes", "red_line")


def test_a_pair_is_judged_alone(judge):
    """What was asked before changes nothing."""
    passage = "Ghana backs the truce, which Togo calls a trap."
    before = asked(judge, passage, "Togo", "the truce")
    asked(judge, passage, "Ghana", "the truce")
    assert asked(judge, passage, "Togo", "the truce") == before


@settings(deadline=None, max_examples=25)
@given(st.text(min_size=1), st.data())
def test_any_passage_gets_a_probability(judge, passage, data):
    """Hostile text is judged like any other."""
    start = data.draw(st.integers(0, len(passage) - 1))
    found = judge.judge(judge.pieces(passage), (start, start + 1), (0, len(passage)))
    assert 0 <= found.score <= 1


def test_the_more_probable_direction_wins_with_its_likeliest_force():
    """Shares of one direction are added up before the two are compared."""
    shares = {"supports/plain": 0.3, "opposes/plain": 0.2, "opposes/demand": 0.25, "NONE": 0.2}
    found = verdict(np.log([shares.get(name, 0.05 / 7) for name in OUTCOMES]), Odds())
    assert (found.direction, found.force) == ("opposes", "demand")
    assert found.score == pytest.approx(0.45 + 3 * 0.05 / 7)


def test_odds_shift_and_stretch_a_share():
    """A scale of 1 and no shift leave it as it is; a negative shift lowers it."""
    assert Odds()(0.7) == pytest.approx(0.7)
    assert Odds(scale=2.0)(0.7) > 0.7 > Odds(shift=-1.0)(0.7)


def test_a_judge_whose_file_was_changed_is_refused(tmp_path):
    """The message says which file and how to rebuild it."""
    folder = tmp_path / "weights"
    folder.mkdir()
    shutil.copyfile(WEIGHTS / "config.json", folder / "config.json")
    for name in ("encoder.onnx", "head.onnx", "tokenizer.json"):
        (folder / name).write_bytes(b"")
    with pytest.raises(KnowledgeError, match=r"encoder\.onnx.*make train-stances"):
        Judge(folder)


def test_the_weights_name_their_outcomes_in_the_order_of_the_code():
    """A model trained on another order would answer with another force."""
    config = json.loads((WEIGHTS / "config.json").read_text(encoding="utf-8"))
    assert tuple(config["outcomes"]) == OUTCOMES


def test_the_judge_is_asked_where_no_rule_proposes(read):
    """Of two actors beside a measure one has a stance by rule; the other goes to the judge."""
    judge = Stub(DOUBTFUL)
    read("Kenya rejected the sanctions that hurt Ghana.", judge)
    assert [(holder, measure) for _, holder, measure in judge.asked] == [("Ghana", "sanctions")]


def test_nobody_is_asked_about_a_place(read):
    """ "In Ghana" is where it happens."""
    judge = Stub(DOUBTFUL)
    read("Kenya rejected the sanctions in Ghana.", judge)
    assert not judge.asked


def test_a_sure_verdict_becomes_a_stance(read):
    """Direction, force and score are the judge's."""
    (stance,) = read("Ghana spoke of sanctions.", Stub(SURE))
    assert line(stance) == "GHA against sanctions [red_line]"
    assert stance.score == 0.9


def test_a_doubtful_verdict_is_left_out(read):
    """Below the threshold nothing is reported."""
    assert not read("Ghana spoke of sanctions.", Stub(DOUBTFUL))


def test_an_accurate_reading_keeps_what_the_rules_find():
    """The judge adds and takes nothing away."""
    text = "Kenya rejected the sanctions on Chad. Ghana welcomed the truce."
    document = Document(text, published="2012-05-01")
    plain, accurate = (Reader(mode=mode).read(document) for mode in ("default", "accurate"))
    assert {s.id for s in plain.stances} <= {s.id for s in accurate.stances}
    assert plain.reader != accurate.reader


def test_nobody_is_asked_about_a_name_inside_a_name(read):
    """The Council of "Security Council sanctions" only names them."""
    judge = Stub(DOUBTFUL)
    read("Ghana discussed the Security Council sanctions.", judge)
    assert [holder for _, holder, _ in judge.asked] == ["Ghana"]


def test_nobody_is_asked_about_a_measure_inside_a_proper_name(read):
    """A forum that calls itself a dialogue is none."""
    judge = Stub(DOUBTFUL)
    read("Ghana spoke at the Manama Dialogue.", judge)
    assert not judge.asked
