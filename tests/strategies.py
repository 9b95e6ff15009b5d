"""Hypothesis strategies for documents and analyses over hostile text, and small analyses for tests that need many."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from dragoman.analysis import (
    Actor,
    Analysis,
    Count,
    Direction,
    Event,
    Force,
    Form,
    Kind,
    MeasureSpan,
    Mention,
    Modality,
    Party,
    Place,
    PlaceKind,
    Polarity,
    Skipped,
    Stance,
    Statement,
    Via,
)
from dragoman.document import Document, Span

HOSTILE = (
    "",
    " ",
    "\r\n",
    "\ufeff",
    "\x00",
    "word",
    "“quoted” and 'quoted'",
    "قال الوزير إن المحادثات ستستمر",
    "外交部发言人说，谈判将继续。",
    "🇺🇳 👩‍👩‍👧 talks 😀",
    "e\u0301te\u0301 Z\u0351\u036b\u0343a",
    "line one\r\nline two\rline three\u2028line four",
    "<b>&amp;</b> \\ % ' \" ;",
    "\U0010ffff\u202eabc",
)
"""Pieces of text that tools for Latin script trip over."""

characters = st.characters(codec="utf-8")
texts = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(characters, max_size=20)), max_size=6).map("".join)
names = st.text(characters, min_size=1, max_size=12)
scores = st.floats(min_value=0, max_value=1)
dates = st.sampled_from(("2012", "2012-01", "2012-01-18", "2012-01-18T09:30Z", "2012-01-18T09:30:05.25+03:00"))


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Values of a strategy, or None."""
    return st.none() | strategy


documents = st.builds(
    Document,
    text=texts,
    title=optional(names),
    publisher=optional(names),
    published=optional(dates),
    url=optional(names),
    language=optional(st.sampled_from(("en", "ar", "zh-Hant"))),
)


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    """A quotation of `text`, possibly an empty one."""
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    return Span(start, end, text[start:end])


@st.composite
def _sorted_spans(draw: st.DrawFn, text: str) -> tuple[Span, ...]:
    return tuple(sorted(draw(st.lists(spans(text), max_size=3))))


def _quoting(form: Any, text: str, /, **more: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A kind of span over `text`, with further fields."""
    return st.tuples(spans(text), st.fixed_dictionaries(more)).map(
        lambda drawn: form(drawn[0].start, drawn[0].end, drawn[0].text, **drawn[1])
    )


def _rows(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Up to three rows with different ids."""
    return st.lists(strategy, max_size=3, unique_by=lambda row: row.id).map(tuple)


def _one_of(type_: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(type_))


actors = st.builds(
    Actor,
    id=names,
    name=names,
    kind=_one_of(Kind),
    country=optional(st.sampled_from(("RUS", "USA", "IGO"))),
    sectors=st.lists(st.sampled_from(("GOV", "MIL", "LEG")), max_size=2).map(tuple),
)


@st.composite
def analyses(draw: st.DrawFn, readers: st.SearchStrategy[str] = names) -> Analysis:
    """An analysis that keeps the laws: spans quote the text, and every id that is pointed at exists."""
    document = draw(documents)
    text = document.text
    cast = draw(_rows(actors))
    someone = st.sampled_from([None, *(a.id for a in cast)])
    party = _quoting(Party, text, actor=someone)
    statements = draw(_rows(_statements(text, party)))
    said = st.sampled_from([None, *(s.id for s in statements)])
    return Analysis(
        reader=draw(readers),
        document=document,
        actors=cast,
        mentions=draw(st.lists(_quoting(Mention, text, actor=someone, via=_one_of(Via)), max_size=3).map(tuple)),
        statements=statements,
        events=draw(_rows(_events(text, party, said))),
        stances=draw(_rows(_stances(text, party, someone, said))),
        skipped=draw(st.lists(spans(text).flatmap(_skipped), max_size=2).map(tuple)),
    )


def _statements(text: str, party: st.SearchStrategy[Party]) -> st.SearchStrategy[Statement]:
    return st.builds(
        Statement,
        id=names,
        source=optional(party),
        cue=optional(spans(text)),
        content=_sorted_spans(text),
        form=_one_of(Form),
        within=st.none(),
        score=scores,
    )


def _events(text: str, party: st.SearchStrategy[Party], said: st.SearchStrategy[Any]) -> st.SearchStrategy[Event]:
    parties = st.lists(party, max_size=2).map(tuple)
    return st.builds(
        Event,
        id=names,
        type=st.sampled_from(("AGREE", "REJECT")),
        anchor=spans(text),
        actors=parties,
        recipients=parties,
        mode=optional(st.just("visit")),
        contexts=st.lists(st.sampled_from(("military", "election")), max_size=2).map(tuple),
        cameo=optional(st.sampled_from(("010", "1823"))),
        date=optional(dates),
        place=optional(_places(text)),
        dead=optional(_counts(text)),
        injured=optional(_counts(text)),
        arrested=optional(_counts(text)),
        polarity=_one_of(Polarity),
        modality=_one_of(Modality),
        claimed_in=said,
        score=scores,
    )


def _places(text: str) -> st.SearchStrategy[Place]:
    degrees = optional(st.floats(min_value=-90, max_value=90))
    return _quoting(
        Place,
        text,
        name=optional(names),
        kind=optional(_one_of(PlaceKind)),
        country=optional(st.sampled_from(("SYR", "KOS"))),
        province=optional(names),
        latitude=degrees,
        longitude=degrees,
        geonames=optional(st.integers(1, 2**31 - 1)),
    )


def _counts(text: str) -> st.SearchStrategy[Count]:
    number = st.integers(0, 100_000_000)
    return _quoting(Count, text, value=number, least=optional(number), most=optional(number))


def _stances(
    text: str, party: st.SearchStrategy[Party], someone: st.SearchStrategy[Any], said: st.SearchStrategy[Any]
) -> st.SearchStrategy[Stance]:
    return st.builds(
        Stance,
        id=names,
        holder=party,
        measure=_quoting(MeasureSpan, text, type=st.sampled_from(("sanctions", "dialogue"))),
        stance=_one_of(Direction),
        evidence=spans(text),
        toward=someone,
        force=_one_of(Force),
        condition=optional(spans(text)),
        statement=said,
        score=scores,
    )


def _skipped(span: Span) -> st.SearchStrategy[Skipped]:
    return st.builds(Skipped, start=st.just(span.start), end=st.just(span.end), reason=names)


def small_analysis(number: int, *, reader: str = "reader-one", publisher: str = "Harbour Wire") -> Analysis:
    """The reading of an invented report: the delegate of the Northern League rejects sanctions on the Southern League.

    The same number gives the same analysis; different ones differ in text.
    """
    text = f"Report {number}. The northern delegate 😀 said the League rejects sanctions on the south."
    document = Document(text, title=f"Report {number}", publisher=publisher, published="2031-05-02", language="en")
    delegate = Party(*_words(text, "The northern delegate"), actor="northern-delegate")
    said = Statement(
        id="statement-1",
        source=delegate,
        cue=Span(*_words(text, "said")),
        content=(Span(*_words(text, "the League rejects sanctions on the south")),),
        form="indirect",
    )
    return Analysis(
        reader=reader,
        document=document,
        actors=(
            Actor(id="northern-delegate", name="Northern delegate", kind="office", country="NTH", sectors=("GOV",)),
            Actor(id="STH", name="Southern League", kind="state", country="STH"),
        ),
        mentions=(Mention(*_words(text, "the south"), actor="STH", via="nominal"),),
        statements=(said,),
        events=(_rejection(text, delegate),),
        stances=(_opposition(text, delegate),),
    )


def _rejection(text: str, delegate: Party) -> Event:
    return Event(
        id="event-1",
        type="REJECT",
        anchor=Span(*_words(text, "rejects")),
        actors=(delegate,),
        recipients=(Party(*_words(text, "the south"), actor="STH"),),
        cameo="120",
        claimed_in="statement-1",
        score=0.75,
    )


def _opposition(text: str, delegate: Party) -> Stance:
    return Stance(
        id="stance-1",
        holder=delegate,
        measure=MeasureSpan(*_words(text, "sanctions on the south"), type="sanctions"),
        stance="opposes",
        evidence=Span(0, len(text), text),
        toward="STH",
        statement="statement-1",
        score=0.5,
    )


def _words(text: str, words: str) -> tuple[int, int, str]:
    start = text.index(words)
    return start, start + len(words), words
