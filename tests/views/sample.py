"""Analyses made by hand, as a careful reader would: an invented report, and a text that means harm."""

from __future__ import annotations

from typing import Any

from dragoman.analysis import Actor, Analysis, Event, MeasureSpan, Mention, Party, Place, Skipped, Stance, Statement
from dragoman.document import Document, Span

REPORT = Document(
    "Norway on Tuesday rejected any deployment of foreign troops in the port of Tamsk, Foreign Minister Marta "
    "Ilvesk told reporters in Oslo.\n"
    "“We will veto every draft that opens the door to an occupation,” she said. “Talks are the only road.”\n"
    "Ilvesk said that the Tamsk Front had shelled the harbour on Sunday and that her country would host a new round of "
    "talks if both sides halted their fire.\n"
    "A spokesman for the Front denied this, saying that Ilvesk’s ministry “invents shells” and that the Front had not "
    "fired on the harbour. According to him, the mayor had told relief workers that the convoys may pass.\n"
    "Observers from the OSCE arrived in Tamsk on Monday. It is believed that sanctions may follow.\n",
    title="Norway rules out foreign troops in Tamsk (an invented report)",
    publisher="Fjord Wire (invented)",
    published="2024-03-12",
    language="en",
    url="https://wire.invalid/2024/03/12/tamsk",
)


def quote(words: str, nth: int = 1, document: Document = REPORT) -> Span:
    """The `nth` place at which these words stand in the document."""
    start = -1
    for _ in range(nth):
        start = document.text.index(words, start + 1)
    return document.span(start, start + len(words))


def party(words: str, actor: str | None, nth: int = 1) -> Party:
    span = quote(words, nth)
    return Party(span.start, span.end, span.text, actor)


def mention(words: str, actor: str | None, via: str, nth: int = 1) -> Mention:
    span = quote(words, nth)
    return Mention(span.start, span.end, span.text, actor, via)


def place(words: str, nth: int = 1, **facts: Any) -> Place:
    span = quote(words, nth)
    return Place(span.start, span.end, span.text, **facts)


def measure(words: str, type: str, nth: int = 1) -> MeasureSpan:
    span = quote(words, nth)
    return MeasureSpan(span.start, span.end, span.text, type)


def report() -> Analysis:
    """The invented report, read as a desk officer would read it."""
    return Analysis(
        reader="by-hand",
        document=REPORT,
        actors=_actors(),
        mentions=_mentions(),
        statements=_statements(),
        events=_events(),
        stances=_stances(),
    )


def hostile() -> Analysis:
    """A text and provenance that try to break out of every view."""
    text = (
        "<script>alert('x')</script> said & \x1b[31mred\x1b[0m \x00.\r\n"
        "قال الوزير إن بلاده ترفض العقوبات. 👩‍👩‍👧 e\u0301 'quoted' \"double\" </main>\n"
    )
    document = Document(text, title="<img src=x onerror=alert(1)>", publisher='"><b>&', url="javascript:alert(1)")
    minister = document.span(text.index("الوزير"), text.index("الوزير") + 6)
    tag = document.span(0, 27)
    return Analysis(
        reader="by-hand",
        document=document,
        actors=(Actor(id="x\" onclick='y'", name="<i>Nobody</i>", kind="person"),),
        statements=(
            Statement(
                id="a b\"'<",
                source=Party(minister.start, minister.end, minister.text, "x\" onclick='y'"),
                cue=quote("قال", document=document),
                content=(quote("إن بلاده ترفض العقوبات", document=document),),
                form="indirect",
            ),
            Statement(id="crossing", source=None, cue=None, content=(tag, document.span(20, 40)), form="mixed"),
        ),
        skipped=(Skipped(len(text) - 4, len(text), "<u>not prose</u>"),),
    )


def _actors() -> tuple[Actor, ...]:
    return (
        Actor(id="NOR", name="Norway", kind="state", country="NOR"),
        Actor(id="marta-ilvesk", name="Marta Ilvesk", kind="person", country="NOR", sectors=("GOV",)),
        Actor(id="tamsk-front", name="Tamsk Front", kind="group", sectors=("REB",)),
        Actor(id="tamsk-front-spokesman", name="spokesman for the Front", kind="unnamed", sectors=("REB",)),
        Actor(id="OSCE", name="OSCE", kind="organization", country="IGO"),
        Actor(id="mayor", name="mayor", kind="unnamed", sectors=("GOV",)),
    )


def _mentions() -> tuple[Mention, ...]:
    return (
        mention("Norway", "NOR", "name"),
        mention("Foreign Minister Marta Ilvesk", "marta-ilvesk", "name"),
        mention("she", "marta-ilvesk", "pronoun"),
        mention("Ilvesk", "marta-ilvesk", "name", nth=2),
        mention("Tamsk Front", "tamsk-front", "name"),
        mention("her country", "NOR", "nominal"),
        mention("A spokesman for the Front", "tamsk-front-spokesman", "title"),
        mention("him", "tamsk-front-spokesman", "pronoun"),
        mention("Observers from the OSCE", "OSCE", "nominal"),
    )


def _statements() -> tuple[Statement, ...]:
    spokesman = party("A spokesman for the Front", "tamsk-front-spokesman")
    return (
        Statement(
            id="s1",
            source=party("Foreign Minister Marta Ilvesk", "marta-ilvesk"),
            cue=quote("told reporters"),
            content=(quote("Norway on Tuesday rejected any deployment of foreign troops in the port of Tamsk"),),
            form="indirect",
        ),
        Statement(
            id="s2",
            source=party("she", "marta-ilvesk"),
            cue=quote("said"),
            content=(
                quote("“We will veto every draft that opens the door to an occupation,”"),
                quote("“Talks are the only road.”"),
            ),
            form="direct",
        ),
        Statement(
            id="s3",
            source=party("Ilvesk", "marta-ilvesk", nth=2),
            cue=quote("said", nth=2),
            content=(
                quote(
                    "that the Tamsk Front had shelled the harbour on Sunday and that her country would host a new round "
                    "of talks if both sides halted their fire"
                ),
            ),
            form="indirect",
        ),
        Statement(id="s4", source=spokesman, cue=quote("denied"), content=(quote("this"),), form="indirect"),
        Statement(
            id="s5",
            source=spokesman,
            cue=quote("saying"),
            content=(
                quote(
                    "that Ilvesk’s ministry “invents shells” and that the Front had not fired on the harbour",
                ),
            ),
            form="mixed",
        ),
        Statement(
            id="s6",
            source=party("him", "tamsk-front-spokesman"),
            cue=quote("According to"),
            content=(quote("the mayor had told relief workers that the convoys may pass"),),
            form="indirect",
        ),
        Statement(
            id="s7",
            source=party("the mayor", "mayor"),
            cue=quote("told", nth=2),
            content=(quote("that the convoys may pass"),),
            form="indirect",
            within="s6",
        ),
        Statement(
            id="s8",
            source=None,
            cue=quote("It is believed"),
            content=(quote("that sanctions may follow"),),
            form="indirect",
        ),
    )


def _events() -> tuple[Event, ...]:
    return (
        Event(
            id="v1",
            type="REJECT",
            mode="yield",
            contexts=("military", "diplomatic"),
            cameo="1246",
            anchor=quote("rejected"),
            actors=(party("Norway", "NOR"),),
            date="2024-03-12",
            claimed_in="s1",
            score=0.9,
        ),
        Event(
            id="v2",
            type="ASSAULT",
            mode="heavy-weapons",
            cameo="194",
            anchor=quote("shelled"),
            actors=(party("the Tamsk Front", "tamsk-front"),),
            date="2024-03-10",
            place=place("the harbour"),
            claimed_in="s3",
            score=0.8,
        ),
        Event(
            id="v3",
            type="AGREE",
            anchor=quote("would host"),
            actors=(party("her country", "NOR"),),
            modality="hypothetical",
            claimed_in="s3",
            score=0.6,
        ),
        Event(
            id="v4",
            type="ASSAULT",
            mode="firearms",
            anchor=quote("fired on"),
            actors=(party("the Front", "tamsk-front", nth=2),),
            polarity="negated",
            claimed_in="s5",
            score=0.7,
        ),
        Event(
            id="v5",
            type="CONSULT",
            mode="visit",
            cameo="042",
            anchor=quote("arrived"),
            actors=(party("Observers from the OSCE", "OSCE"),),
            recipients=(party("Tamsk", None, nth=3),),
            date="2024-03-11",
            place=place(
                "Tamsk", 3, name="Tamsk", kind="city", country="NOR", latitude=69.5, longitude=18.25, geonames=7
            ),
            score=0.7,
        ),
    )


def _stances() -> tuple[Stance, ...]:
    return (
        Stance(
            id="p1",
            holder=party("Norway", "NOR"),
            measure=measure("any deployment of foreign troops", "troop_deployment"),
            stance="opposes",
            evidence=quote(
                "Norway on Tuesday rejected any deployment of foreign troops in the port of Tamsk, Foreign Minister "
                "Marta Ilvesk told reporters in Oslo."
            ),
            force="red_line",
            statement="s1",
        ),
        Stance(
            id="p2",
            holder=party("We", "NOR"),
            measure=measure("every draft that opens the door to an occupation", "resolution"),
            stance="opposes",
            evidence=quote("“We will veto every draft that opens the door to an occupation,” she said."),
            force="veto_threat",
            statement="s2",
        ),
        Stance(
            id="p3",
            holder=party("her country", "NOR"),
            measure=measure("a new round of talks", "mediation"),
            stance="supports",
            toward="tamsk-front",
            evidence=quote(
                "Ilvesk said that the Tamsk Front had shelled the harbour on Sunday and that her country would host a new "
                "round of talks if both sides halted their fire."
            ),
            force="offer",
            condition=quote("if both sides halted their fire"),
            statement="s3",
        ),
    )
