"""Who said what: texts in, quotes of source, cue and content out."""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.errors import KnowledgeError
from dragoman.reading.attribution import Attribution, Tagger
from dragoman.reading.attribution.heads import ARRAYS
from dragoman.reading.attribution.tagger import CONFIG, FAST, FILES, WEIGHTS

SHARED = Path(__file__).parents[2].parent / "shared"
POLNEAR = SHARED / "data" / "polnear_dev.jsonl"
SCORER = SHARED / "eval" / "polnear.py"

PAGE = """The foreign minister of Norway said on Monday that the observers would stay in Vellmar until the harbour reopens.

“We will not close the mission,” the minister told reporters. “The ships need it.”

According to the harbour office, eleven ships are waiting.

A spokesman for the Vellmar militia denied that his men had fired on the pilots, adding that the militia supports the talks."""


@dataclass(frozen=True)
class Said:
    """An attribution in words: the quotes of each role, and of the content it stands within."""

    source: tuple[str, ...]
    cue: tuple[str, ...]
    content: tuple[str, ...]
    within: tuple[str, ...] | None


Tag = Callable[[str], list[Said]]


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger()


@pytest.fixture(scope="module")
def tag(tagger: Tagger) -> Tag:
    def quoted(text: str) -> list[Said]:
        found = tagger.tag(text)
        return [
            Said(
                quotes(text, a.source),
                quotes(text, a.cue),
                quotes(text, a.content),
                None if a.within is None else quotes(text, found[a.within].content),
            )
            for a in found
        ]

    return quoted


def quotes(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in spans)


def spans(found: tuple[Attribution, ...]) -> list[tuple[int, int]]:
    return [span for a in found for span in (*a.source, *a.cue, *a.content)]


def outer(said: list[Said]) -> list[Said]:
    return [s for s in said if s.within is None]


def test_indirect_speech_has_source_cue_and_content(tag):
    """The plain case: someone said that something is so."""
    (said,) = tag("The Norwegian foreign minister said that the observers would stay in Vellmar.")
    assert said.source == ("The Norwegian foreign minister",)
    assert said.cue == ("said",)
    assert said.content == ("that the observers would stay in Vellmar",) or said.content == (
        "that the observers would stay in Vellmar.",
    )


def test_a_quotation_is_content_with_its_marks(tag):
    """Direct speech before its cue; the quotation marks belong to the content."""
    (said,) = tag("“The bridge stays closed,” the governor of Vellmar said.")
    assert said.source == ("the governor of Vellmar",)
    assert said.cue == ("said",)
    assert said.content[0].startswith("“The bridge stays closed,")


def test_straight_quotation_marks_do_as_well(tag):
    """Wire services write straight marks."""
    (said,) = tag('"The bridge stays closed," said the governor of Vellmar.')
    assert said.source == ("the governor of Vellmar",)
    assert said.content[0].startswith('"The bridge stays closed,')


def test_an_interrupted_quotation_is_one_attribution(tag):
    """Content on both sides of the cue is one content of two spans."""
    said = outer(tag("“The bridge stays closed,” the governor said, “until the engineers have been paid.”"))
    assert len(said) == 1
    assert said[0].source == ("the governor",)
    assert [span[:5] for span in said[0].content] == ["“The ", "“unti"]


def test_according_to_is_a_cue(tag):
    """The source may follow a preposition."""
    (said,) = tag("Eleven grain ships are waiting off Vellmar, according to the harbour office.")
    assert said.source == ("the harbour office",)
    assert said.cue == ("according to",)
    assert said.content[0].startswith("Eleven grain ships are waiting off Vellmar")


def test_a_participle_goes_on_with_the_same_source(tag):
    """`adding that` is a second attribution of whoever spoke before."""
    first, second = outer(tag("The minister said the talks had failed, adding that Norway would try again."))
    assert (first.source, second.source) == (("The minister",), ("The minister",))
    assert "the talks had failed" in first.content[0]
    assert "Norway would try again" in second.content[0]


def test_each_speaker_has_his_own_words(tag):
    """Contents go to the nearest fitting cue, not to the first."""
    first, second = outer(tag("The governor said the road was safe. The drivers' union warned that it was mined."))
    assert (first.source, second.source) == (("The governor",), ("The drivers' union",))
    assert "the road was safe" in first.content[0]
    assert "it was mined" in second.content[0]


def test_speech_inside_speech_stands_within(tag):
    """Nested one level: what the ministry denied is inside what the envoy said."""
    said = tag("The Kenyan envoy said the defence ministry had denied that its planes had bombed the village.")
    nested = [s for s in said if s.within is not None]
    assert [s.source for s in nested] == [("the defence ministry",)]
    assert "its planes had bombed the village" in nested[0].content[0]
    assert "the defence ministry had denied" in nested[0].within[0]


def test_a_report_without_speech_has_no_attributions(tag):
    """What the publisher reports itself is nobody's statement."""
    assert tag("Rain fell on the harbour all night. Two trucks crossed the bridge at dawn.") == []


def test_a_quotation_goes_on_in_the_next_paragraph(tag):
    """A paragraph that is all quotation belongs to whoever was speaking."""
    text = (
        "“We will not close the mission,” the minister told reporters.\n\n“The ships need it. The town needs it, too.”"
    )
    said = outer(tag(text))
    assert len(said) == 1
    assert said[0].source == ("the minister",)
    assert any("The town needs it" in span for span in said[0].content)


def test_a_whole_page_is_read_in_order(tag):
    """Every paragraph of a short report gives its attributions, in the order of the text."""
    sources = [said.source[0] for said in outer(tag(PAGE)) if said.source]
    assert sources[0] == "The foreign minister of Norway"
    assert "the harbour office" in sources
    assert sources[-1] == "A spokesman for the Vellmar militia"
    assert sources.index("the minister") < sources.index("the harbour office")


def test_a_page_without_line_breaks_is_read_the_same_way(tag):
    """Texts come that have lost their paragraphs."""
    sources = [said.source[0] for said in outer(tag(PAGE.replace("\n\n", " "))) if said.source]
    assert {"The foreign minister of Norway", "the minister", "the harbour office"} <= set(sources)


def test_line_ends_of_either_kind_give_the_same_quotes(tag):
    """CRLF moves offsets, not readings."""
    assert tag(PAGE.replace("\n", "\r\n")) == tag(PAGE)


def test_letters_beyond_the_first_plane_count_as_one(tag):
    """Offsets are code points: an emoji before the text moves quotes by one."""
    plain = tag("The minister said the talks had failed.")
    assert tag("😀 The minister said the talks had failed.")[0].source == plain[0].source


def test_reading_twice_changes_nothing(tagger):
    """The same text gives the same attributions, scores included, whatever was read between."""
    before = tagger.tag(PAGE)
    tagger.tag("Something else altogether, said the mayor.")
    assert tagger.tag(PAGE) == before
    assert Tagger().tag(PAGE) == before


def test_what_stands_in_other_windows_changes_nothing(tagger):
    """A page after a long other text is read as it is read alone: windows are encoded one by one."""
    filler = (
        "\n\n".join(["The ferry runs between the two towns three times a day except on Sundays. " * 16] * 3) + "\n\n"
    )
    alone = tagger.tag(PAGE)
    after = [a for a in tagger.tag(filler + PAGE) if min(spans((a,)))[0] >= len(filler)]
    assert [a.score for a in after] == [a.score for a in alone]
    assert [(s - len(filler), e - len(filler)) for s, e in spans(tuple(after))] == spans(alone)


def test_states_can_be_shared_with_other_heads(tagger):
    """Encoding once and reading from it is the same as tagging."""
    encoded = list(tagger.encode(PAGE))
    assert tagger.read(PAGE, encoded) == tagger.tag(PAGE)
    assert all(part.states.shape[0] == len(part.window) for part in encoded)


def test_every_attribution_has_content_and_a_score(tagger):
    """Nothing is attributed where nothing is said; scores are probabilities."""
    found = tagger.tag(PAGE)
    assert all(a.content for a in found)
    assert all(0 < a.score < 1 for a in found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Word",
        "\r\n\r\n",
        "قال الوزير إن المحادثات فشلت.",
        "外交部长表示，会谈失败。",
        "😀👩\u200d👩\u200d👧 said",
        "e\u0301\u0301 said",
        "\ufeff\x00",
    ],
)
def test_odd_texts_are_read_without_complaint(tagger, text):
    """Blank, foreign and broken texts give spans inside of them or none."""
    assert all(0 <= start < end <= len(text) for start, end in spans(tagger.tag(text)))


def test_a_megabyte_without_a_space_is_read(tagger):
    """A text of one endless word takes no longer than its length."""
    text = "x" * 1_000_000
    assert all(0 <= start < end <= len(text) for start, end in spans(tagger.tag(text)))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["he", "said", "that", "“", "”", '"', ".", ",", "\n", "\r\n", "Oslo", "😀", "e\u0301", "外", "قال"]
        ),
        max_size=80,
    )
)
@example(["“"] * 50)
@example(["said", "that"] * 40)
def test_spans_lie_in_the_text_and_inner_ones_in_their_content(tagger, parts):
    """Laws of the result: spans are not empty, roles are in order, `within` names an outer attribution that holds this one."""
    text = " ".join(parts)
    found = tagger.tag(text)
    assert all(0 <= start < end <= len(text) for start, end in spans(found))
    for i, a in enumerate(found):
        assert list(a.content) == sorted(a.content)
        if a.within is not None:
            holder = found[a.within]
            assert a.within < i
            assert holder.within is None
            assert all(any(s <= start and end <= e for s, e in holder.content) for start, end in spans((a,)))


def copied(folder: Path) -> Path:
    return Path(shutil.copytree(WEIGHTS, folder / "weights"))


def test_a_folder_without_a_model_is_named(tmp_path):
    """The error says where it looked and what to do."""
    with pytest.raises(
        KnowledgeError, match=r"holds no statement model: config\.json is missing\..*`make train-statements`"
    ):
        Tagger(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(tmp_path, name):
    """Each file that is needed is missed by its name."""
    folder = copied(tmp_path)
    (folder / name).unlink()
    with pytest.raises(KnowledgeError, match=rf"{name} is not the file .*missing"):
        Tagger(folder)


def test_a_file_of_another_model_is_refused(tmp_path):
    """Weights and settings belong together: a changed file is not used."""
    folder = copied(tmp_path)
    with (folder / ARRAYS).open("ab") as file:
        file.write(b"x")
    with pytest.raises(KnowledgeError, match=rf"{ARRAYS} is not the file"):
        Tagger(folder)


def test_the_fingerprint_follows_the_settings(tmp_path, tagger):
    """The same files under other settings are another tagger."""
    folder = copied(tmp_path)
    assert Tagger(folder).fingerprint == tagger.fingerprint
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    config["settings"]["least"] += 0.01
    (folder / CONFIG).write_text(json.dumps(config), encoding="utf-8")
    assert Tagger(folder).fingerprint != tagger.fingerprint


@pytest.mark.parametrize("folder", [WEIGHTS, FAST], ids=["default", "fast"])
def test_the_weights_are_small_enough_to_ship(folder):
    """At most 30 MB in all."""
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 30_000_000


def test_the_fast_tagger_finds_plain_speech_too(tagger):
    """Half of the layers are enough for a quotation with its speaker, and it is another tagger."""
    fast = Tagger(FAST)
    (found,) = fast.tag('"The ferry is late," the harbour master said on Tuesday.')
    assert (found.source, found.cue) == (((21, 39),), ((40, 44),))
    assert fast.fingerprint != tagger.fingerprint


@pytest.mark.slow
@pytest.mark.skipif(
    not (POLNEAR.is_file() and SCORER.is_file()), reason="needs ../shared/data/polnear_dev.jsonl and its scorer"
)
def test_the_figures_in_the_weights_folder_are_true(tagger, tmp_path):
    """The F1 figures that config.json states for PolNeAR dev are what this machine measures, within half a point."""
    module_spec = importlib.util.spec_from_file_location("polnear", SCORER)
    polnear = importlib.util.module_from_spec(module_spec)
    module_spec.loader.exec_module(polnear)
    rows = []
    for line in POLNEAR.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        found = [a for a in tagger.tag(article["text"]) if a.within is None]
        rows += [{"doc": article["doc"], "source": a.source, "cue": a.cue, "content": a.content} for a in found]
    (tmp_path / "pred.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    measured = polnear.evaluate(POLNEAR, tmp_path / "pred.jsonl")
    stated = json.loads((WEIGHTS / CONFIG).read_text(encoding="utf-8"))["figures"]["polnear_dev"]
    assert {name: measured[name]["F1"] for name in stated} == pytest.approx(stated, abs=0.5)
