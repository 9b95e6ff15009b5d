"""Reading and adding up: every page, its twins, and its permanent address."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from threading import Event, Thread

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from dragoman.analysis import Analysis, MeasureSpan, Party
from dragoman.document import Document
from dragoman.record import Record, Selection
from dragoman.record.reviews import judge
from dragoman.views.web import desk, overview, workbench, writing
from dragoman.views.web.application import warm
from dragoman.views.web.reviewed import standing

from ..views import sample
from .conftest import ORIGIN, Bench

REPORT = sample.REPORT.id
PAGES = (
    "/overview", f"/d/{REPORT}", "/search", "/search?q=troops&within=statements", "/actors?q=nor", "/positions", "/redlines",
    "/changes?since=2024-03-20", "/timeline", "/coalitions", "/stories", "/review", f"/review/events/{REPORT}/v1", "/log",
    "/agreement", "/add", "/brief?about=NOR", "/positions/cell?actor=NOR&measure=troop_deployment",
    f"/why/events/{REPORT}/v1",
)  # fmt: skip


def twin(address: str, format: str) -> str:
    path, _, query = address.partition("?")
    return f"{path}.{format}{'?' * bool(query)}{query}"


def test_no_page_is_left_out(path):
    """Whatever the workbench answers at is among the pages here, or has tests of its own."""
    routes = [r for r in workbench(path).routes if isinstance(r, Route) and "GET" in (r.methods or ())]
    asked = {r.path for r in routes for address in PAGES if r.path_regex.match(address.partition("?")[0])}
    twins = {f"{r.path}.{format}" for r in routes for format in ("json", "csv")}
    numbered = {"/stories/{id}", "/add/{id}", "/review/matches", "/add-row/{kind}/{document}"}
    others = numbered | {"/", "/review/next", "/council", "/static/brief.css"}
    assert {r.path for r in routes} - twins - others == asked - twins


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_twins_and_names_them(bench, address):
    """The same view as JSON and CSV, at the address that the page gives."""
    page = bench.page(address)
    assert json.loads(bench.page(twin(address, "json"))) is not None
    columns = next(csv.reader(io.StringIO(bench.page(twin(address, "csv")))))
    assert len(columns) > 1
    for format in ("json", "csv"):
        assert f'href="{twin(address, format).replace("&", "&amp;")}"' in page


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_one_heading_and_a_main(bench, address):
    """What screen readers steer by."""
    page = bench.page(address)
    assert page.count("<h1") == 1 and page.count("<main") == 1 and "<title>" in page and 'lang="en"' in page


def test_the_article_is_shown_word_for_word(bench):
    """Every paragraph, without the marks, is the document's own."""
    page = bench.page(f"/d/{REPORT}")
    shown = [
        re.sub(r"<[^>]+>", "", p) for p in re.findall(r"<p dir=\"auto\" data-start=\"\d+\">(.*?)</p>", page, re.DOTALL)
    ]
    assert shown == [line for line in sample.REPORT.text.split("\n") if line]


def test_a_claim_does_not_look_like_a_fact(bench):
    """The shelling is the minister's claim, the refusal her own act."""
    page = bench.page(f"/d/{REPORT}")
    assert re.search(r'class="[^"]*\bclaim\b[^"]*"[^>]*>(?:had )?shelled', page)
    assert re.search(r'class="note events is-claim', page)


def test_a_pronoun_says_who_it_is(bench):
    """“she” carries the minister's name."""
    assert re.search(r'class="[^"]*pronoun[^"]*"[^>]*title="Marta Ilvesk \(NORGOV\)">she<', bench.page(f"/d/{REPORT}"))


def test_words_and_rows_point_at_each_other(bench):
    """Every row beside the text has words in it that carry its id."""
    page = bench.page(f"/d/{REPORT}")
    rows = re.findall(r'data-row="([^"]+)"', page)
    marked = {id for ids in re.findall(r'data-rows="([^"]+)"', page) for id in ids.split()}
    assert rows and set(rows) <= marked


def test_the_twin_of_a_document_is_the_contract(bench):
    """What other programs read: the analysis, and the state of every row."""
    found = json.loads(bench.page(f"/d/{REPORT}.json"))
    assert (
        found["schema"] == "dragoman/1" and found["document"]["text"] == sample.REPORT.text and "v1" in found["reviews"]
    )


def test_a_search_finds_narrows_and_counts(bench):
    """Facets say how many documents each choice leaves, and lead there."""
    page = bench.page("/search?q=troops")
    assert "Oslo shuts the door" in page and "3 documents" in page
    narrowed = re.search(r'href="(/search\?q=troops&amp;publisher=Morning[^"]*)"', page)
    assert narrowed
    after = bench.page(narrowed[1].replace("&amp;", "&"))
    assert "1 document " in after and "Oslo shuts the door" in after and "No troops, says Oslo" not in after


def test_a_search_that_cannot_be_says_why(bench):
    """A date that does not exist is a sentence and not a failure."""
    answer = bench.get("/search?since=2024-13")
    assert answer.status_code == 400 and "2024-13" in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/d/none",
        "/stories/none",
        "/positions?measure=nonsense",
        "/review/events/none/v1",
        f"/review/events/{REPORT}/none",
        f"/review/nonsense/{REPORT}/v1",
        "/timeline?unit=aeon",
        "/add/none",
    ],
)
def test_what_is_not_there_is_a_sentence(bench, address):
    """With a status that programs understand, on a page that leads on."""
    answer = bench.get(address)
    assert answer.status_code == 400 and '<p class="lead">' in answer.text and "Traceback" not in answer.text


def test_an_unknown_address_is_a_page(bench):
    """404, with the way back."""
    answer = bench.get("/nowhere")
    assert answer.status_code == 404 and "no page at this address" in answer.text


def test_a_cell_of_the_matrix_opens_its_quotes(bench):
    """From the cell to the sentence, from the sentence to the document."""
    page = bench.page("/positions")
    cell = re.search(r'<td class="held opposes[^"]*"><a href="([^"]+)"', page)
    assert cell
    quotes = bench.page(cell[1].replace("&amp;", "&"))
    assert "troops" in quotes and f'href="/d/{REPORT}"' in quotes


def test_a_rejected_stance_is_no_position(bench, record):
    """The matrix follows what people decided, at once and in every copy of the page."""
    before = json.loads(bench.page("/positions.json?measure=troop_deployment"))
    assert before
    for id in record.documents:
        seen = record.reviewed(id)
        record.reviews.add(
            judge(seen, "stances", s.id, "reject", reviewer="bo", at="2031-01-01T00:00:00Z")
            for s in seen.machine.stances
            if s.measure.type == "troop_deployment"
        )
    assert json.loads(bench.page("/positions.json?measure=troop_deployment")) == []


def test_a_story_shows_its_accounts_by_publisher(bench):
    """Three papers, one event."""
    page = bench.page("/stories")
    story = re.search(r'<a href="(/stories/[^"]+)">', page)
    assert story
    accounts = bench.page(story[1])
    assert "Morning Post (invented)" in accounts and "Fjord Wire (invented)" in accounts


def test_what_another_process_adds_shows_at_the_next_look(bench, record):
    """Nothing has to be restarted."""
    from dragoman.analysis import Analysis
    from dragoman.document import Document

    assert "Late news" not in bench.page("/search")
    record.add([Analysis(reader="by-hand", document=Document("It rained.", title="Late news"))])
    assert "Late news" in bench.page("/search")


def test_names_are_completed_with_office_and_dates(bench):
    """Those of the record first."""
    found = json.loads(bench.page("/actors.json?q=marta"))
    assert found[0]["id"] == "marta-ilvesk" and found[0]["documents"] == 3
    assert any(n["id"] == "FRA" for n in json.loads(bench.page("/actors.json?q=fra")))


def test_what_takes_long_is_known_before_somebody_waits_for_it(path, monkeypatch):
    """Pages that were found out in advance ask the record nothing."""
    app = workbench(path)
    warm(app)
    monkeypatch.setattr(Record, "sql", lambda *_: pytest.fail("the record was asked"))
    client = TestClient(app, base_url=ORIGIN)
    for page in ("/", "/positions", "/redlines", "/coalitions", "/timeline", "/stories", "/review", "/search"):
        assert client.get(page).status_code == 200, page


def test_a_quotation_is_marked_once_and_its_document_is_named(tmp_path):
    """Words that bring quotation marks get no others, and a document without a title is called by its first words."""
    d = Document('"No troops," said Norland.\nNorland opposes troops.', published="2024-03-12")
    row = sample.report().stances[0]
    place = replace(
        row,
        holder=Party(19, 26, "Norland", "NOR"),
        evidence=d.span(0, 26),
        measure=MeasureSpan(4, 10, "troops", row.measure.type),
        condition=None,
        statement=None,
    )
    Record(tmp_path / "r", create=True).add(
        [Analysis(reader="r", document=d, actors=sample.report().actors, stances=(place,))]
    )
    page = Bench(TestClient(workbench(tmp_path / "r"), base_url=ORIGIN)).page("/changes?since=2024")
    assert 'class="own">&#34;No troops,&#34; said Norland.</q>' in page
    assert "<bdi>&#34;No troops,&#34; said Norland.</bdi>" in page


def test_documents_that_tell_of_a_story_in_words_alone_are_shown(bench, record, monkeypatch):
    """Beside the accounts stand the documents that say the same without one, with how alike they are."""
    story = record.sql("SELECT story FROM story_accounts ORDER BY story LIMIT 1")["story"][0].as_py()
    other = sample.hostile().document.id
    row = {"story": story, "document_id": other, "publisher": "Elsewhere", "likeness": 0.75}
    reports = f"(SELECT NULL AS published, {', '.join(f'{value!r} AS {name}' for name, value in row.items())})"
    asked = Record.sql
    monkeypatch.setattr(Record, "sql", lambda r, q, p=(): asked(r, q.replace("story_reports", reports), p))
    page = bench.page(f"/stories/{story}")
    assert "1 report in like words" in page and f'href="/d/{other}"' in page and "alike to 0.75" in page
    assert [r["rests_on"] for r in json.loads(bench.page(f"/stories/{story}.json"))][-1] == "words"


def test_pages_are_answered_while_stories_are_found(path, monkeypatch):
    """What goes by stories asks for a moment, and comes again by itself; a row is shown without its story; the rest as ever."""
    app, asked, go_on = workbench(path), Event(), Event()
    client = TestClient(app, base_url=ORIGIN)
    monkeypatch.setattr(Record, "prepare", lambda _: (asked.set(), go_on.wait(20)))
    waiting = Thread(target=app.state.desk.prepare, daemon=True)
    waiting.start()
    assert asked.wait(20)
    for page in ("/", "/positions", "/search?q=harbour", "/review/next?queue=doubt&only=events"):
        assert client.get(page).status_code == 200, page
    for page in ("/stories", "/timeline", "/review?queue=reported", "/stories.json"):
        answer = client.get(page)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2"), page
    assert 'http-equiv="refresh"' in client.get("/stories").text
    go_on.set()
    waiting.join(20)
    assert client.get("/stories").status_code == 200


def test_a_long_twin_is_sent_in_pieces(bench, monkeypatch):
    """In however many pieces it is written, it is the same sheet."""
    for page in ("/positions.csv", "/positions.json", "/search.csv", "/redlines.json"):
        whole = bench.page(page)
        monkeypatch.setattr(writing, "_PIECE", 1)
        assert bench.page(page) == whole, page
        monkeypatch.undo()


def test_positions_after_a_decision_are_those_of_a_first_look(bench, path, record):
    """Laying what people decided over what is known gives what asking for everything gives."""
    for id in list(record.documents)[:2]:
        for stance in record.reviewed(id).machine.stances[:1]:
            bench.page("/positions")
            bench.decide(id, "stances", stance.id, "correct", force="demand", **{"holder.actor": "OSCE"})
    fresh = TestClient(workbench(path), base_url=ORIGIN)
    for page in ("/positions.json", "/positions.json?actor=OSCE", "/coalitions.json", "/redlines.json"):
        assert json.loads(bench.page(page)) == fresh.get(page).json(), page
    assert {p["actor"] for p in json.loads(bench.page("/positions.json?actor=OSCE"))} == {"OSCE"}


def test_a_long_timeline_is_drawn_in_stretches(bench, monkeypatch):
    """So many periods at once, the latest first, with the way to those before and behind; the twin has all."""
    monkeypatch.setattr(overview, "_BARS", 1)
    days = sorted({row["day"] for row in json.loads(bench.page("/timeline.json?unit=day")) if row["day"]})
    assert len(days) > 2
    latest, before = bench.page("/timeline?unit=day"), bench.page("/timeline?unit=day&page=2")
    assert f"{days[-1]} to {days[-1]} of {len(days)} days" in latest and 'rel="next"' not in latest
    assert f"{days[-2]} to {days[-2]}" in before and 'rel="prev"' in before and 'rel="next"' in before


def test_many_red_lines_are_shown_some_at_a_time(bench, monkeypatch):
    """The earliest first, with the way to the others; the twin has all."""
    monkeypatch.setattr(overview, "_PAGE", 1)
    lines = json.loads(bench.page("/redlines.json"))
    assert len(lines) > 1
    first, second = bench.page("/redlines"), bench.page("/redlines?page=2")
    assert f"{len(lines)} in all" in first and 'href="/redlines?page=2"' in first and 'rel="prev"' not in first
    assert (
        'rel="prev"' in second
        and first.count('<section class="position') == second.count('<section class="position') == 1
    )


def test_a_timeline_shows_the_days_on_which_nothing_happened(bench):
    """Every period that was asked for is drawn, and is in the twin with a nought."""
    quiet = [r for r in json.loads(bench.page("/timeline.json?unit=month&since=2023-11")) if r["month"] == "2023-12"]
    assert [row["events"] for row in quiet] == [0]
    assert "2023-12: 0 events" in bench.page("/timeline?unit=month&since=2023-11")


def test_an_empty_record_has_pages_too(tmp_path):
    """They say that nothing is there, and where to begin."""

    Record(tmp_path / "empty", create=True)
    client = TestClient(workbench(tmp_path / "empty"), base_url="http://127.0.0.1")
    for address in (
        "/",
        "/search",
        "/positions",
        "/redlines",
        "/changes",
        "/timeline",
        "/coalitions",
        "/stories",
        "/review",
        "/log",
        "/agreement",
        "/brief",
    ):
        assert client.get(address).status_code == 200, address


def test_a_brief_numbers_its_sources(bench):
    """Each reference leads to a source, each source into its document."""
    page = bench.page("/brief?about=NOR")
    assert 'href="#source-1"' in page and 'id="source-1"' in page and f'href="/d/{REPORT}"' in page


def test_what_everybody_asks_for_is_not_forgotten_for_what_one_asks(path, monkeypatch):
    """After many searches the front page still asks the record nothing."""
    monkeypatch.setattr(desk, "MOST", 2)
    app = workbench(path)
    warm(app)
    client = TestClient(app, base_url=ORIGIN)
    for words in ("harbour", "minister", "norland", "tamsk"):
        client.get(f"/search?q={words}")
    monkeypatch.setattr(Record, "sql", lambda *_: pytest.fail("found out again"))
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        {"actors": "NOR"}, {"measures": "sanctions"}, {"toward": "NOR"}, {"publishers": "Morning Post (invented)"},
        {"since": "2024-03-15"}, {"until": "2024-03-15"}, {"min_score": 0.7}, {"by": "actor"}, {"by": "actor", "min_score": 0.9},
    ],
)  # fmt: skip
def test_what_is_picked_out_of_all_positions_is_what_the_record_says(path, asked):
    """Whom, what, from when, by whom and how probable: as if only that had been asked for."""
    chosen = Selection(**asked)
    assert standing(desk.Desk(path), chosen) == Record(path).positions(chosen)


def test_a_twin_is_there_in_parts(bench):
    """So many rows from one on; the answer says where the next part is, and the last one that there is none."""
    for page in ("/positions.json", "/redlines.json", "/search.json", "/positions.csv", "/search.csv"):
        whole = rows_of(bench, page)
        first = bench.get(f"{page}?limit=1")
        assert first.links["next"]["url"] == f"{page}?limit=1&offset=1", page
        parts, following = [], f"{page}?limit=2"
        while following:
            answer = bench.get(following)
            parts += rows_of(bench, following)
            following = answer.links.get("next", {}).get("url")
        assert parts == whole, page
    assert "next" not in bench.get("/positions.json").links
    assert rows_of(bench, "/positions.json?offset=1") == rows_of(bench, "/positions.json")[1:]


def rows_of(bench, page: str) -> list[object]:
    """The rows of a twin, without the names of its columns."""
    text = bench.page(page)
    return json.loads(text) if ".json" in page else list(csv.reader(io.StringIO(text)))[1:]


CELLS = [
    "plain", 'a "b"', "a,b", "line\nend", "cr\rx", "", "=1+1", "'", "é\u2028", None, 3, -3, 0.5, -1e9, True, ["x", 'y"'], ("a",),
]  # fmt: skip


def test_cells_are_those_that_a_reader_of_csv_finds():
    """Whatever stands in them; only what a spreadsheet would reckon with has an apostrophe in front."""
    text = "".join(writing.lines(["a", "b"], [(cell, "end") for cell in CELLS]))
    columns, *found = csv.reader(io.StringIO(text, newline=""))
    wanted = ["" if c is None else json.dumps(c) if isinstance(c, list | tuple) else str(c) for c in CELLS]
    wanted[CELLS.index("=1+1")] = "'=1+1"
    wanted[CELLS.index(-1e9)] = "-1e+09"
    assert columns == ["a", "b"] and found == [[cell, "end"] for cell in wanted]
