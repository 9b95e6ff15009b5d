"""Attributions become statements: whole quotations, sources with actors, nesting, floating quotes, first person."""

from __future__ import annotations

import pytest

from dragoman.analysis import Actor, Mention
from dragoman.document import Document
from dragoman.knowledge import Gazetteer
from dragoman.knowledge.language import load_language
from dragoman.reading.actors import Cast
from dragoman.reading.attribution import Attribution
from dragoman.reading.parse import parse
from dragoman.reading.statements import find_statements, give_first_person, give_sources


def offsets(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where the words stand, as an attribution gives it; nowhere for no words."""
    return ((text.index(words), text.index(words) + len(words)),) if words else ()


def said(text: str, source: str, cue: str, *content: str) -> Attribution:
    """An attribution from its words."""
    spans = tuple(span for words in content for span in offsets(text, words))
    return Attribution(source=offsets(text, source), cue=offsets(text, cue), content=spans, score=0.9)


def mention(text: str, words: str, actor: str | None, via: str = "name") -> Mention:
    """A mention of an actor at the first occurrence of the words."""
    ((start, end),) = offsets(text, words)
    return Mention(start, end, words, actor, via)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def state(pipeline):
    """Text, mentions and attributions in; statements out."""

    def run(text: str, *attributions: Attribution, mentions: tuple[Mention, ...] = ()):
        return find_statements(parse(Document(text), pipeline), Cast((), mentions), attributions)

    return run


def test_a_statement_quotes_source_cue_and_content(state):
    """The three spans are slices of the text, the source with its actor."""
    text = "The envoy said the talks had failed."
    (s,) = state(
        text,
        said(text, "The envoy", "said", "the talks had failed"),
        mentions=(mention(text, "The envoy", "un-envoy", "title"),),
    )
    assert (s.source.text, s.source.actor, s.cue.text) == ("The envoy", "un-envoy", "said")
    assert [c.text for c in s.content] == ["the talks had failed"]


@pytest.mark.parametrize(
    ("text", "content", "form"),
    [
        ("“We leave today,” he said.", "“We leave today,”", "direct"),
        ("He said they would leave.", "they would leave", "indirect"),
        ("He said the “sad” day would “never come again”.", "the “sad” day would “never come again”", "mixed"),
    ],
)
def test_the_form_follows_the_quotation_marks(state, text, content, form):
    """Direct when nine words in ten are quoted, mixed when some are."""
    cue = "said"
    (s,) = state(text, said(text, "", cue, content))
    assert s.form == form


def test_a_quotation_is_never_cut(state):
    """Content that holds most of a quotation holds it with its marks."""
    text = "“The line is clear. We will not cross it,” the minister said."
    (s,) = state(text, said(text, "the minister", "said", "The line is clear. We will not cross it"))
    assert s.content[0].text == "“The line is clear. We will not cross it,”"


def test_an_interrupted_quotation_keeps_its_parts(state):
    """The cue between the halves is no content."""
    text = "“We came,” he said, “and we stay.”"
    (s,) = state(text, said(text, "he", "said", "“We came,”", "“and we stay.”"))
    assert [c.text for c in s.content] == ["“We came,”", "“and we stay.”"]


def test_a_floating_quotation_goes_to_who_spoke_before(state):
    """A quotation of its own after a statement is the same speaker's, without a cue."""
    text = "The envoy said the talks had failed. “Nobody came to the table this week.”"
    first, second = state(text, said(text, "The envoy", "said", "the talks had failed"))
    assert second.cue is None
    assert second.source == first.source
    assert second.content[0].text == "“Nobody came to the table this week.”"


def test_scare_quotes_are_no_statements(state):
    """Two or three words in marks inside a sentence are nobody's speech."""
    text = "The envoy said the talks had failed. The “so-called aid convoys” turned back."
    assert len(state(text, said(text, "The envoy", "said", "the talks had failed"))) == 1


def test_a_statement_inside_another_points_at_it(state):
    """What somebody is said to have said is within what was said of it."""
    text = "The ministry said the mission had told it that roads were open."
    outer = said(text, "The ministry", "said", "the mission had told it that roads were open")
    inner = said(text, "the mission", "told", "roads were open")
    first, second = state(text, outer, inner)
    assert first.within is None
    assert second.within == first.id


def test_ids_follow_from_offsets_and_are_unique(state):
    """The same content attributed twice gives two ids; the order of attributions does not matter."""
    text = "The envoy said, and the minister confirmed, that the bridge was open."
    a, b = (
        said(text, "The envoy", "said", "the bridge was open"),
        said(text, "the minister", "confirmed", "the bridge was open"),
    )
    one, two = state(text, a, b), state(text, b, a)
    assert {s.id for s in one} == {s.id for s in two}
    assert len({s.id for s in one}) == 2


def test_an_attribution_without_content_is_no_statement(state):
    """A cue alone says nothing."""
    text = "The envoy spoke."
    assert (
        state(text, Attribution(source=offsets(text, "The envoy"), cue=offsets(text, "spoke"), content=(), score=0.5))
        == ()
    )


def test_first_person_is_the_speaker(state):
    """ "We" in a quotation stands for its source; "we" outside stays undecided."""
    text = "“We will stay, as our country must,” said Otundo. The town, we hear, is calm."
    mentions = (
        mention(text, "We", None, "pronoun"),
        mention(text, "our country", None, "nominal"),
        mention(text, "Otundo", "julius-otundo"),
        mention(text, "we hear"[:2], None, "pronoun"),
    )
    statements = state(text, said(text, "Otundo", "said", "“We will stay, as our country must,”"), mentions=mentions)
    speaker = Actor(id="julius-otundo", name="Julius Otundo", kind="person", country="KEN", sectors=("GOV",))
    cast = give_first_person(Cast((speaker,), mentions), statements, load_language(), Gazetteer.load(), None)
    assert [m.actor for m in cast.mentions] == ["julius-otundo", "KEN", "julius-otundo", None]


def test_we_in_a_press_release_is_the_publisher(state):
    """Outside of statements a ministry speaks of itself; a newspaper does not."""
    text = "We condemn the seizure of the ship."
    cast = Cast((), (mention(text, "We", None, "pronoun"),))
    spoken = [
        give_first_person(cast, (), load_language(), Gazetteer.load(), publisher).mentions[0].actor
        for publisher in ("NATO", "The Guardian", "Invented Wire", None)
    ]
    assert spoken == ["NATO", None, None, None]


def test_our_army_is_the_speakers(state):
    """A body without a country that the speaker calls "our" is of the speaker's state; "our friends" stay nobody's."""
    text = "“Our army will stay with our neighbours,” said Otundo."
    mentions = (
        mention(text, "Our army", "army", "nominal"),
        mention(text, "our neighbours", "neighbours", "nominal"),
        mention(text, "Otundo", "julius-otundo"),
    )
    statements = state(
        text, said(text, "Otundo", "said", "“Our army will stay with our neighbours,”"), mentions=mentions
    )
    speaker = Actor(id="julius-otundo", name="Julius Otundo", kind="person", country="KEN", sectors=("GOV",))
    army = Actor(id="army", name="army", kind="office", country=None, sectors=("MIL",))
    neighbours = Actor(id="neighbours", name="neighbours", kind="group", country=None, sectors=())
    cast = Cast((speaker, army, neighbours), mentions)
    cast = give_first_person(cast, statements, load_language(), Gazetteer.load(), None)
    assert [cast.actor(m.actor).code for m in cast.mentions] == ["KENMIL", "", "KENGOV"]


def test_a_source_in_the_first_person_gets_its_actor(state):
    """ "We call on all sides" in a communique has the body that speaks as its source."""
    text = "We call on all sides to stop."
    mentions = (mention(text, "We", None, "pronoun"),)
    statements = state(text, said(text, "We", "call on", "all sides to stop"), mentions=mentions)
    cast = give_first_person(Cast((), mentions), statements, load_language(), Gazetteer.load(), "NATO")
    (statement,) = give_sources(statements, cast)
    assert statement.source.actor == "NATO"


def test_a_cue_with_a_subject_of_its_own_has_that_as_its_source(state):
    """Whoever the model links it to from afar: the envoy said it, not the minister who answers."""
    text = "Otundo answered what the Danish envoy said about the talks."
    mentions = (mention(text, "Otundo", "julius-otundo"), mention(text, "the Danish envoy", "dnk-envoy", "title"))
    (statement,) = state(text, said(text, "Otundo", "said", "about the talks"), mentions=mentions)
    assert (statement.source.text, statement.source.actor) == ("the Danish envoy", "dnk-envoy")
