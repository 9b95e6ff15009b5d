"""Small ways to write analyses in a format, and to import what stands in a file."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dragoman.analysis import Actor, Analysis, Event, Party
from dragoman.document import Document, Span
from dragoman.ingest.exchange import Imported, read_exchange
from dragoman.views.exports import Losses, Settings, export

from ..views import sample

SHARED = Path(__file__).parent.parent.parent.parent / "shared"


@pytest.fixture
def report() -> Analysis:
    """The invented report of the port of Tamsk."""
    return sample.report()


def written(format: str, *analyses: Analysis, losses: Losses | None = None, **settings: Any) -> str:
    """What a format makes of some analyses."""
    out = io.StringIO()
    export(analyses, format, out, losses or Losses(), Settings(**settings))
    return out.getvalue()


def rows(format: str, *analyses: Analysis, **settings: Any) -> list[list[str]]:
    """The lines of a tab-separated format, taken apart."""
    return [line.split("\t") for line in written(format, *analyses, **settings).splitlines()]


def table(format: str, *analyses: Analysis, **settings: Any) -> list[dict[str, str]]:
    """The rows of a tab-separated format with a header, by column."""
    header, *lines = rows(format, *analyses, **settings)
    return [dict(zip(header, line, strict=True)) for line in lines]


@pytest.fixture
def imported(tmp_path: Path) -> Callable[..., list[Imported]]:
    """Import a file with this content."""

    def read(content: str | bytes, name: str = "events", form: str | None = None) -> list[Imported]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_exchange([path], form=form))

    return read


def lines(*records: dict[str, Any]) -> str:
    """Records as JSON Lines."""
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)


def act(
    type: str,
    *,
    actors: tuple[Actor | str, ...] = (),
    recipients: tuple[Actor | str, ...] = (),
    published: str | None = "2031-05-02",
    **fields: Any,
) -> Analysis:
    """An analysis with one event, whose document is the names of its parties with the word "acts" between them.

    A party given as a word is one that was not decided.
    """
    words = [p if isinstance(p, str) else p.name for p in (*actors, *recipients)]
    text = " ".join([*words[: len(actors)], "acts", *words[len(actors) :]]) + "."
    start = 0
    parties = []
    for party, name in zip((*actors, *recipients), words, strict=True):
        start = text.index(name, start)
        parties.append(Party(start, start + len(name), name, None if isinstance(party, str) else party.id))
        start += len(name)
    anchor = text.index("acts")
    event = Event(
        id="e1",
        type=type,
        anchor=Span(anchor, anchor + 4, "acts"),
        actors=tuple(parties[: len(actors)]),
        recipients=tuple(parties[len(actors) :]),
        **fields,
    )
    cast = {p.id: p for p in (*actors, *recipients) if isinstance(p, Actor)}
    document = Document(text, publisher="Harbour Wire", published=published)
    return Analysis(reader="by-hand", document=document, actors=tuple(cast.values()), events=(event,))


NORWAY = Actor(id="NOR", name="Norway", kind="state", country="NOR")
SWEDEN = Actor(id="SWE", name="Sweden", kind="state", country="SWE")
CHAD = Actor(id="TCD", name="Chad", kind="state", country="TCD")
MINISTER = Actor(id="marta-ilvesk", name="Marta Ilvesk", kind="person", country="NOR", sectors=("GOV",))
FRONT = Actor(id="tamsk-front", name="Tamsk Front", kind="group", sectors=("REB",))
NURSES = Actor(id="nurses", name="Nurses", kind="group", country="NOR", sectors=("MED",))
PAPER = Actor(id="courier", name="The Courier", kind="organization", country="NOR", sectors=("JRN",))
KOSOVO = Actor(id="KOS", name="Kosovo", kind="state", country="KOS")
UN = Actor(id="UN", name="United Nations", kind="organization", country="UNO")
EU = Actor(id="EU", name="European Union", kind="organization", country="EUR")
