"""The page of the Council: a draft in the address, its forecast, and what-ifs that are links."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from starlette.testclient import TestClient

from dragoman.analysis import Actor, Analysis, MeasureSpan, Party, Stance
from dragoman.cli.council import forecasting
from dragoman.document import Document, Span
from dragoman.record import Record
from dragoman.views.web import workbench

from .conftest import ORIGIN, Bench

WORDS = "Russia rules out troops in Afghanistan."
DRAFT = """[draft]
title = "Troops for Ruritania"
date = "2024-05-02"
topic = "Afghanistan"
sponsors = ["France"]

[[term]]
measure = "troop_deployment"

[[term]]
measure = "dialogue"
"""


@pytest.fixture(scope="module")
def forecast() -> Any:
    """The council that ships."""
    return forecasting()


def spoken() -> Analysis:
    """An invented page: Russia is against troops in Afghanistan."""
    document = Document(WORDS, title="No troops", publisher="Morning Post (invented)", published="2024-04-20")
    stance = Stance(
        id="s1",
        holder=Party(0, 6, "Russia", "RUS"),
        measure=MeasureSpan(17, 23, "troops", "troop_deployment"),
        stance="opposes",
        force="red_line",
        toward="AFG",
        evidence=Span(0, len(WORDS), WORDS),
    )
    actors = tuple(Actor(id=i, name=n, kind="state", country=i) for i, n in (("RUS", "Russia"), ("AFG", "Afghanistan")))
    return Analysis(reader="test", document=document, actors=actors, stances=(stance,))


@pytest.fixture
def council(path: Path, forecast: Any) -> Bench:
    """A workbench over the invented record and one page more, with the council."""
    Record(path).add([spoken()])
    return Bench(TestClient(workbench(path, forecast=forecast), base_url=ORIGIN))


def address(page: str = "/council", **given: Any) -> str:
    """Where the draft is forecast."""
    return f"{page}?{urlencode({'draft': DRAFT, **given}, doseq=True)}"


def links(page: str) -> list[dict[str, list[str]]]:
    """The parameters of every link to the Council's page."""
    found = []
    for href in re.findall(r'href="(/council\?[^"]+)"', page):
        given: dict[str, list[str]] = {}
        for name, value in parse_qsl(urlsplit(html.unescape(href)).query):
            given.setdefault(name, []).append(value)
        found.append(given)
    return found


def test_a_draft_in_the_address_is_forecast(council: Bench) -> None:
    """Title, outcome, fifteen members in two pictures, and one heading."""
    page = council.page(address())
    assert page.count("<h1") == 1
    assert "<h1>Troops for Ruritania</h1>" in page
    assert re.search(r"adopted .*%, vetoed .*%", page)
    assert page.count('class="bar"') == 1 + 15
    assert page.count('class="tick seat"') == 15
    assert not re.search(r'style="', page)


def test_twins_say_the_same(council: Bench) -> None:
    """JSON is the whole forecast, CSV a row for each member."""
    row = json.loads(council.page(address("/council.json")))
    table = list(csv.DictReader(io.StringIO(council.page(address("/council.csv")))))
    assert sum(row["outcomes"].values()) == pytest.approx(1)
    assert {m["member"]: m["name"] for m in row["members"]} == {r["member"]: r["name"] for r in table}
    assert len(table) == 15


def test_a_stance_leads_to_its_page(council: Bench) -> None:
    """Who spoke on a term of the draft is quoted, and the words open where they stand."""
    page = council.page(address())
    assert f">{WORDS}</q>" in page
    assert f'href="/d/{spoken().document.id}#s1"' in page
    assert "red line against troop deployment" in page


def test_a_term_dropped_and_put_back(council: Bench) -> None:
    """Each is a link, and the address of what one sees."""
    assert {"dialogue"} in [set(given.get("without", ())) for given in links(council.page(address()))]
    page = council.page(address(without="dialogue"))
    assert "put back" in page
    assert "Undo all that was changed" in page
    row = json.loads(council.page(address("/council.json", without="dialogue")))
    assert [t["measure"] for t in row["draft"]["terms"]] == ["troop_deployment"]


def test_a_vote_taken_as_cast(council: Bench) -> None:
    """A member's no is put in by a link, is shown as chosen, and leaves no doubt."""
    assert ["RUS=no"] in [given.get("vote") for given in links(council.page(address()))]
    page = council.page(address(vote="RUS=no"))
    assert re.search(r'aria-current="true">no</a>', page)
    russia = next(
        m for m in json.loads(council.page(address("/council.json", vote="RUS=no")))["members"] if m["member"] == "RUS"
    )
    assert (russia["no"], russia["yes_low"], russia["yes_high"]) == (1.0, 0.0, 0.0)


def test_a_term_added(council: Bench) -> None:
    """What if it also had sanctions?"""
    row = json.loads(council.page(address("/council.json", add="sanctions")))
    assert row["draft"]["terms"][-1]["measure"] == "sanctions"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"draft": DRAFT.replace("dialogue", "tea")}, "'tea' is no measure type"),
        ({"draft": "[draft"}, "The draft is no TOML file"),
        ({"date": "1945-01-01"}, "terms are recorded from 1946-01-17"),
        ({"vote": "RUS=maybe"}, "is no vote of a member"),
        ({"without": "sanctions"}, "no term 'sanctions' to drop"),
    ],
)
def test_a_bad_draft_is_a_sentence_beside_it(council: Bench, changes: dict[str, str], words: str) -> None:
    """The words typed are still there to be corrected; the twins refuse."""
    page = html.unescape(council.page(address(**changes)))
    assert words in page
    assert "[draft" in page
    assert council.get(address("/council.json", **changes)).status_code >= 400


def test_the_record_suggests_drafts(council: Bench) -> None:
    """Without one the page begins with what the record speaks of, and each suggestion is a draft that can be read."""
    page = council.page("/council")
    suggested = [given["draft"][0] for given in links(page)]
    assert suggested
    for draft in suggested:
        assert "[[term]]" in draft
    assert json.loads(council.page("/council.json"))[0]["draft"] == suggested[0]


def test_markup_in_a_draft_is_words(council: Bench) -> None:
    """Nothing of it is run."""
    page = council.page(address(draft=DRAFT.replace("Troops", "<script>alert(1)</script>")))
    assert "<script>alert" not in page


def test_without_the_council_the_page_says_so(sit: Callable[..., Bench]) -> None:
    """A workbench that was given none."""
    assert "opened without the council" in sit().get("/council").text
