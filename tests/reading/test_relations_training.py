"""What the relation model is trained on is what the rows say (the parts of training that need no torch)."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from types import ModuleType

import pytest

from dragoman.knowledge.ontology import load_ontology

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.skipif(
        not (ROOT / "training").is_dir(), reason="the training scripts are not part of this distribution"
    ),
    pytest.mark.usefixtures("scripts"),
]

LINE = (
    "[1 Ruritania]'s envoy {a accused} [2 smugglers] of {b arming} [3 rebels].\t"
    "1>2 a ACCUSE/allege; 2>3 b AID/military; 2>1 NONE"
)
HEADER = "id\tsentence\tmarked_sentence\tsource\ttarget\tgold_root\tgold_penta\n"


@pytest.fixture(scope="module")
def rows(scripts: None) -> ModuleType:
    return importlib.import_module("training.events.rows")


@pytest.fixture(scope="module")
def pairs(scripts: None) -> ModuleType:
    return importlib.import_module("training.events.pairs")


@pytest.fixture(scope="module")
def news(scripts: None) -> ModuleType:
    return importlib.import_module("training.events.news")


def said(pair) -> tuple[str | None, str | None, tuple[str, ...]]:
    """A pair in words."""
    actor, recipient = (None if span is None else pair.text[slice(*span)] for span in (pair.actor, pair.recipient))
    return actor, recipient, pair.types


def test_a_row_gives_its_sentence_without_marks(rows):
    """Nothing else is taken away."""
    assert rows.parse_row(LINE).text == "Ruritania's envoy accused smugglers of arming rebels."


def test_a_label_quotes_actor_recipient_and_anchor(rows):
    """The spans are those of the sentence without marks."""
    text, label = (row := rows.parse_row(LINE)).text, row.labels[0]
    assert [text[slice(*span)] for span in (label.actor, label.recipient, label.anchor)] == [
        "Ruritania",
        "smugglers",
        "accused",
    ]
    assert (label.type, label.mode, label.modality) == ("ACCUSE", "allege", "actual")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[1 A] {a met} [2 B].", "no tab"),
        ("[1 A] {a met} [1 B].\t1>- a CONSULT", "mark 1 stands twice"),
        ("[1 A] {a met} [2 B.\t1>- a CONSULT", "not closed"),
        ("[1 A] {a met} [2 B].\t1>3 a CONSULT", "names 3, which is not marked"),
        ("[1 A] {a met} [2 B].\t1>2 CONSULT", "an event has an anchor"),
        ("[1 A] {a met} [2 B].\t1>2 a NONE", "an event has an anchor, NONE has not"),
        ("[1 A] {a met} [2 B].\tnonsense", "is not ACTOR>RECIPIENT"),
    ],
)
def test_a_line_that_does_not_keep_the_form_is_refused(rows, line, words):
    """The message says which part breaks which rule."""
    with pytest.raises(ValueError, match=words):
        rows.parse_row(line)


def test_an_error_names_file_and_line(rows, tmp_path):
    """So that it can be found among a thousand."""
    path = tmp_path / "x.tsv"
    path.write_text(f"{LINE}\nno tab here\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.tsv, line 2: no tab"):
        list(rows.read_rows(path))


def test_a_pair_with_two_events_may_be_either(rows, pairs):
    """One pair, and both types count as right."""
    row = rows.parse_row("[1 A] {a fined} and {b jailed} [2 B].\t1>2 a SANCTION; 1>2 b COERCE")
    assert [said(pair) for pair in pairs.of_rows([row], "x")] == [("A", "B", ("SANCTION", "COERCE"))]


def test_a_one_sided_pair_is_none_the_other_way(rows, pairs):
    """Unless a label says what happens that way: here 2>1 has one already, and 3>2 is added."""
    given = pairs.of_rows([rows.parse_row(LINE)], "x")
    assert [said(pair) for pair in pairs.reversed_pairs(given)] == [("rebels", "smugglers", ("NONE",))]


def test_yield_leaves_two_types_open(pairs, tmp_path):
    """PLV has one name for CONCEDE and RETREAT; the first of several marked places counts."""
    path = tmp_path / "plv.tsv"
    marked = "<s>A</s> left <t>B</t> and <s>A</s> rested."
    path.write_text(f"{HEADER}0\tA left B and A rested.\t{marked}\tA\tB\tYIELD\t2\n", encoding="utf-8")
    (pair,) = pairs.of_plv(path)
    assert said(pair) == ("A", "B", ("CONCEDE", "RETREAT"))
    assert pair.actor == (0, 1)


def test_the_types_are_those_of_plover(pairs):
    """All sixteen, and NONE last."""
    assert set(pairs.TYPES[:-1]) == set(load_ontology().types)
    assert pairs.TYPES[-1] == "NONE"


def test_every_own_row_keeps_the_form(rows, pairs):
    """At least 3,000 sentences; all types; NONE about as often as an event."""
    found = [row for path in sorted((ROOT / "training/data/events").glob("*.tsv")) for row in rows.read_rows(path)]
    labels = [label for row in found for label in row.labels]
    assert len({row.text for row in found}) == len(found) >= 3000
    assert {label.type for label in labels} == set(pairs.TYPES)
    none = sum(label.type == "NONE" for label in labels) / len(labels)
    assert 0.4 < none < 0.6


def test_close_rows_keep_the_form_and_repeat_none_of_the_others(rows):
    """About half of their pairs are NONE, and no sentence stands among the others, of which some are held out."""
    read = {
        folder: [
            row for path in sorted((ROOT / "training/data" / folder).glob("*.tsv")) for row in rows.read_rows(path)
        ]
        for folder in ("events", "close")
    }
    close = {row.text for row in read["close"]}
    assert len(close) == len(read["close"]) == 745
    assert not close & {row.text for row in read["events"]}
    labels = [label for row in read["close"] for label in row.labels]
    assert 0.5 < sum(label.type == "NONE" for label in labels) / len(labels) < 0.8


def test_every_stance_passage_keeps_the_form() -> None:
    """The files of passages are read whole, and every stance among their labels has a force."""
    stances = importlib.import_module("training.stances.rows")
    found = [row for path in sorted((ROOT / "training/data/stances").glob("*.tsv")) for row in stances.read_rows(path)]
    assert len({row.text for row in found}) == len(found) == 3151
    assert all((label.direction is None) == (label.force is None) for row in found for label in row.labels)


NEWS = "Kenya accused Chad of arming rebels on Monday. The weather in the capital was fine. " + "Nobody spoke. " * 20


def written(folder: Path, *texts: str) -> Path:
    path = folder / "news.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
    return path


def test_news_gives_every_order_of_the_actors_in_a_sentence(news, tmp_path):
    """And one of them alone; nobody has said what happens between them."""
    found = news.news_pairs(written(tmp_path, NEWS))
    assert {said(pair)[:2] for pair in found} >= {("Kenya", "Chad"), ("Chad", "Kenya")}
    assert sum(pair.recipient is None for pair in found) == 1
    assert all(pair.types == () and "weather" not in pair.text for pair in found)


def test_news_that_readings_are_judged_on_is_left_out(news, tmp_path):
    """Whatever blanks stand around it."""
    assert news.news_pairs(written(tmp_path, f"{NEWS} \n"), aside=[NEWS]) == []


def test_news_is_balanced_by_what_pairs_seem_to_be(news, pairs):
    """A frequent type gives no more than its share, a rare one all that there is."""
    asked = [pairs.Pair(str(i), (0, 1), None, ()) for i in range(1_000)]
    guesses = ["ACCUSE"] * 300 + ["AID"] * 7 + ["NONE"] * 693
    guess = dict(zip(asked, guesses, strict=True))
    chosen = [guess[pair] for pair in news.balanced(asked, guesses)]
    assert [chosen.count(name) for name in ("ACCUSE", "AID", "NONE")] == [news.MOST, 7, news.NOTHING]


def test_every_pair_held_out_has_a_second_label(rows, pairs):
    """The pairs of every tenth row are the ones that two coders labelled, no more and no fewer."""
    agreement = importlib.import_module("training.events.agreement")
    held = []
    for path in sorted((ROOT / "training/data/events").glob("*.tsv")):
        held += pairs.of_rows(list(rows.read_rows(path))[9::10], f"{path.stem}:")
    labelled = (ROOT / "training/data" / agreement.HELD).read_text(encoding="utf-8").splitlines()[1:]
    assert len(agreement.decided(held, ROOT / "training/data" / agreement.HELD)) == len(labelled)


def test_what_was_decided_takes_the_place_of_the_first_label(pairs, tmp_path):
    """Where the third reading sides with the second coder, its label counts."""
    agreement = importlib.import_module("training.events.agreement")
    path = tmp_path / "held.tsv"
    path.write_text(
        "file\trow\tactor\trecipient\tfirst\tsecond\tdecided\nzenda\t20\tRuritania\t-\tNONE\tMOBILIZE\tMOBILIZE|AID\n",
        encoding="utf-8",
    )
    pair = pairs.Pair("Ruritania raised a guard.", (0, 9), None, ("NONE",), "zenda:1")
    assert agreement.decided([pair], path)[0].types == ("MOBILIZE", "AID")


def test_the_codebook_states_the_agreement_of_its_coders():
    """The figure in the codebook of events is that of the labels."""
    agreement = importlib.import_module("training.events.agreement")
    share = agreement.agreement(ROOT / "training/data" / agreement.HELD)
    assert f"**{100 * share:.1f} %**" in (ROOT / "docs/codebook-events.md").read_text(encoding="utf-8")
