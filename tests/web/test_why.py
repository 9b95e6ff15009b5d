"""Why a row was read so: the passage read again, with what came second and the word that decided."""

from __future__ import annotations

import json
from unittest.mock import Mock

import pytest
from starlette.testclient import TestClient

from dragoman.analysis import Actor, Analysis, Party, Statement
from dragoman.document import Document, Span
from dragoman.reading.attribution.spans import Attribution
from dragoman.reading.stances.decisions import SCORES
from dragoman.views.web import explaining, workbench
from dragoman.views.web.application import begin
from dragoman.views.web.excerpt import Excerpt
from dragoman.views.web.explaining import Explainer
from dragoman.views.web.grounds import RULES

from ..views import sample
from .conftest import ORIGIN

REPORT = sample.REPORT.id


@pytest.fixture(scope="module")
def explainer() -> Explainer:
    return Explainer()


@pytest.fixture
def reasons(read, explainer):
    """The reasons for the only row of its kind that a sentence gives, by the part they play."""

    def find(text: str, kind: str, **wanted: str) -> dict[str, list[str]]:
        analysis = read(text, published="2024-03-01")
        rows = [r for r in getattr(analysis, kind) if all(getattr(r, name) == value for name, value in wanted.items())]
        assert len(rows) == 1, rows
        found: dict[str, list[str]] = {}
        for line in explainer.explain(analysis, rows[0]):
            found.setdefault(line.part, []).append(line.words)
        return found

    return find


def test_the_word_that_denies_an_event_is_named(reasons):
    """Without it the event is affirmed."""
    found = reasons("Germany did not attack Poland on Monday, officials said.", "events")
    assert found["word"] == ["Without “not”: affirmed."]


def test_the_word_that_puts_an_event_off_is_named(reasons):
    """Without “will” it has happened."""
    found = reasons("Norway will send troops to Poland, the envoy of France said on Monday.", "events")
    assert "Without “will”: actual." in found["word"]


def test_the_word_that_turns_a_promise_into_a_refusal_is_named(reasons):
    """And the rule says which type the verb has by itself."""
    found = reasons("Kenya will not support the peace plan of Uganda, Nairobi said.", "events", type="REJECT")
    assert found["rule"][0] == "The verb “support” tells of SUPPORT." and "REJECT" in found["rule"][1]
    assert any(words.startswith("Without “not”: SUPPORT") for words in found["word"])


def test_the_second_sense_of_a_verb_is_named(reasons):
    """With what it asks for and where that leaves it."""
    (second,) = reasons("Germany imposed sanctions on Belarus.", "events")["runner-up"]
    assert "COERCE / martial-law" in second and "not in the passage" in second


def test_a_sense_that_fits_too_is_the_runner_up(reasons):
    """The one that asks for more is taken."""
    found = reasons("Germany accused Poland of arming the rebels.", "events", type="ACCUSE")
    assert "fits as well" in found["runner-up"][0] and "asks for less" in found["runner-up"][0]


def test_the_model_says_what_it_makes_of_the_pair(reasons):
    """Two types with their probabilities, the likelier one first."""
    (said,) = reasons("Germany attacked Poland on Monday.", "events")["model"]
    first, second = (float(word.strip(".,")) for word in said.split() if word[0] == "0")
    assert "“Germany” and “Poland”" in said and first >= second > 0


def test_what_is_inferred_says_so(read, explainer):
    """An act that no word tells of by itself."""
    analysis = read("“Kenya must answer for this,” Rwanda's foreign ministry said.")
    demand = next(e for e in analysis.events if e.type == "REQUEST")
    assert explainer.explain(analysis, demand)[0].words.startswith("No word tells of it by itself")


def test_the_word_that_turns_a_stance_is_named(reasons):
    """And the rule names the words that carry it, the denied one among them."""
    found = reasons("Kenya will not support sanctions on Uganda, Foreign Minister Otundo said.", "stances")
    assert found["word"] == ["Without “not”: supports."]
    assert "From the measure up: “support” is for it, but denied." in found["rule"]


def test_the_way_from_a_measure_to_its_holder_is_told(reasons):
    """What only passes on, and what is for or against it."""
    found = reasons("Minister Otundo of Kenya condemned the decision to lift the sanctions on Uganda.", "stances")
    assert found["rule"][1] == "A word for being for or against something takes it."
    assert "“lift” is against it" in found["rule"][2] and "“condemned” is against it" in found["rule"][2]


@pytest.mark.parametrize(
    ("text", "bystander"),
    [
        ("Kenya backed sanctions on Uganda, adding that it would want more of its partners to speak.", "adding"),
        ("Though the embargo that Kenya backed is a first step to be welcomed, traders keep complaining.", "step"),
    ],
)
def test_a_word_that_stands_by_is_not_said_to_decide(reasons, text, bystander):
    """A passage may be read askew without any of its words; only those on the way from the measure count."""
    found = reasons(text, "stances", stance="supports")
    assert not any(f"“{bystander}”" in words for words in (*found.get("word", []), *found["rule"]))


def test_every_ground_of_a_stance_has_a_sentence():
    """Whatever rule proposes one, the page can say which."""
    assert set(SCORES) <= set(RULES)


def test_the_other_measure_of_the_same_words_is_named(reasons):
    """Or it is said that there is none."""
    found = reasons("Germany rejected an arms embargo on Belarus.", "stances")
    assert found["runner-up"] == ["No other measure has these words."]
    found = reasons("Germany rejected the ceasefire talks in Minsk.", "stances")
    assert "also stands for" in found["runner-up"][0]


def test_a_statement_names_the_tagger_and_its_cue(reasons):
    """With what the tagger says without the cue, and whom it would take for the source if the source were not there."""
    found = reasons("The envoy of France said that the talks had failed.", "statements")
    assert "said by “The envoy of France”" in found["model"][0]
    assert [words.partition(":")[0] for words in found["word"]] == ["Without “said”"]


def test_a_source_is_called_by_its_own_words(explainer, monkeypatch):
    """A passage without its cue may give the source and the word behind it in one."""
    document = Document("Kenya urged Uganda to hold talks on the lake.")
    words = {w: document.span(document.text.index(w), document.text.index(w) + len(w)) for w in ("Kenya", "urged")}
    said = document.span(document.text.index("to hold"), len(document.text) - 1)
    statement = Statement(
        id="s1", source=Party(0, 5, "Kenya", "KEN"), cue=words["urged"], content=(said,), form="indirect"
    )
    analysis = Analysis(
        reader="r", document=document, actors=(Actor(id="KEN", name="Kenya", kind="state"),), statements=(statement,)
    )

    def tag(text: str) -> list[Attribution]:
        place = text.index("to hold")
        return [Attribution(source=((0, place - 1),), cue=(), content=((place, len(text) - 1),), score=0.5)]

    monkeypatch.setattr(explainer, "_tagger", Mock(tag=tag))
    lines = [line.words for line in explainer.explain(analysis, statement) if line.part == "word"]
    assert lines == ["Without “urged”: said by “Kenya”, with 0.50."]


def test_a_row_that_its_passage_does_not_give_says_so(explainer):
    """What a person or another reader made is not explained away."""
    report = sample.report()
    event = next(e for e in report.events if e.anchor.text == "arrived")
    told = [line for line in explainer.explain(report, event) if line.part == "passage"]
    assert told and told[0].words.startswith("Read by itself")


def test_a_pronoun_means_in_the_excerpt_whom_it_means_in_the_document():
    """The sentence before is not needed: the mentions come with it."""
    report = sample.report()
    start = report.document.text.index("“We will veto")
    piece = Excerpt.of(report, [(start, start + 110)])
    she = next(m for m in piece.cast.mentions if m.text == "she")
    assert piece.document.text[she.start : she.end] == "she" and she.actor == "marta-ilvesk"


def test_an_excerpt_without_a_word_counts_on():
    """What stands behind the gap moves; what the gap cut is a part, and no mention any more."""
    report = sample.report()
    text = report.document.text
    gap = text.index("Foreign Minister")
    piece = Excerpt.of(report, [(0, gap), (gap + len("Foreign Minister "), 140)])
    oslo = text.index("reporters")
    there = piece.whole(Span(oslo, oslo + 9, "reporters"))
    assert there is not None and piece.document.text[there.start : there.end] == "reporters"
    minister = text[gap : gap + 29]
    cut = Party(gap, gap + 29, minister, "marta-ilvesk")
    assert piece.whole(cut) is None and piece.part(cut).text == "Marta Ilvesk"
    assert all(m.text == piece.document.text[m.start : m.end] for m in piece.cast.mentions)


def test_a_workbench_opens_the_models_before_somebody_asks_why(path, monkeypatch):
    """Once it has begun, the first reason loads nothing."""
    app = workbench(path)
    begin(app)
    for name in ("load_pipeline", "Tagger", "Relator"):
        monkeypatch.setattr(explaining, name, lambda *_, name=name: pytest.fail(f"{name} was opened for a question"))
    for kind, id in (("events", "v1"), ("statements", "s1")):
        assert TestClient(app, base_url=ORIGIN).get(f"/why/{kind}/{REPORT}/{id}").status_code == 200


def test_the_page_and_its_twins_say_why(bench):
    """The sentences of the item page and the reasons, as a page and as rows."""
    page = bench.page(f"/why/events/{REPORT}/v1")
    assert "The word “rejected” carries the event." in page and "by rule" in page
    rows = json.loads(bench.page(f"/why/events/{REPORT}/v1.json"))
    assert {row["part"] for row in rows} >= {"reading", "rule"}


def test_a_row_that_people_added_has_no_reason(bench):
    """No reader made it."""
    text = sample.REPORT.text
    start = text.index("arrived")
    fields = {
        "anchor.start": start,
        "anchor.end": start + 7,
        "type": "CONSULT",
        "actors.count": 0,
        "recipients.count": 0,
    }
    answer = bench.decide(REPORT, "events", "", "add", stay="1", **fields)
    id = answer.headers["location"].split("#")[1]
    assert "No reader makes this row" in bench.page(f"/why/events/{REPORT}/{id}")
