"""What the pages of the workbench cost with 10,000 documents, and what scrolling a long article costs the browser.

usage:  python bench/workbench.py [--record DIR] [--documents 10000] [--characters 60000] [--no-browser] [--json OUT.json]

Pages are asked for in one process, first when nothing is known, then again, then right after a decision. The record is
RECORD, which is copied first since decisions are written into it, or one of invented rows. Where a Chromium is installed it
opens pages and scrolls an article of that many characters. Processor seconds are those of all threads: on a busy machine
they tell what an idle one would need; what a page needs on two idle cores lies between half of them and all of them. In
JSON each page also has the seconds to the first piece of its text.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from dragoman import Document, Record
from dragoman.analysis import Analysis, Event, Statement
from dragoman.cli.council import forecasting
from dragoman.views.web import serving, workbench
from dragoman.views.web.application import begin
from record import build

ORIGIN = "http://127.0.0.1:8010"
ASKED: Mapping[str, tuple[str, ...]] = {
    "/": ("",),
    "/overview": (".json",),
    "/d/{id}": ("",),
    "/search": (
        "", "?q=sanctions", "?q=sanctions&within=statements", "?q=sanctions&within=events",
        "?q=delegate+sanctions&within=stances", "?q=sanctions&actor=CHN", ".csv?q=sanctions",
    ),
    "/actors": ("?q=mar",),
    "/positions": ("", "?actor=CHN", "?by=actor", "?since=2003", "?min_score=0.5", ".json", ".csv"),
    "/positions/cell": ("?actor=CHN&measure=sanctions",),
    "/redlines": ("", ".csv"),
    "/changes": ("", "?since=2013-06"),
    "/timeline": ("", "?unit=day&split=type", "?unit=day&split=recipient", ".csv?unit=day&split=recipient"),
    "/coalitions": ("", "?aggregation=conflict", ".csv"),
    "/stories": ("",),
    "/stories/{id}": ("",),
    "/review": ("", "?queue=importance", "?queue=reported", "?queue=disagreement"),
    "/review/next": ("?queue=doubt",),
    "/review/{kind}/{document}/{id}": ("",),
    "/review/matches": ("",),
    "/why/{kind}/{document}/{id}": ("",),
    "/add-row/{kind}/{document}": ("?start=20&end=30",),
    "/log": ("",),
    "/agreement": ("",),
    "/add": ("",),
    "/brief": ("", "?about=sanctions"),
    "/council": ("",),
}  # fmt: skip
"""What each page is asked for: its twin or its parameters. A job's page has a number only while something is read."""

UNASKED = frozenset({"/add/{id}", "/static/brief.css"})

OPENED = (
    "/", "/search?q=sanctions", "/positions", "/positions/cell?actor=CHN&measure=sanctions", "/redlines", "/changes",
    "/timeline", "/coalitions", "/stories", "/review", "/review/next", "/log", "/agreement", "/add", "/brief?about=sanctions",
    "/council",
)  # fmt: skip
"""Pages that are opened in a browser, before the long article."""

PAINT = """
() => new Promise(done => new PerformanceObserver(list => {
  const first = list.getEntriesByName('first-contentful-paint')[0];
  const way = performance.getEntriesByType('navigation')[0];
  if (first) done([first.startTime, way.responseStart, way.loadEventEnd]);
}).observe({ type: 'paint', buffered: true }))
"""
"""Milliseconds from asking for a page to its first words, to the first byte of the answer, and until it is loaded."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--characters", type=int, default=60_000)
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "record"
        if arguments.record:
            shutil.copytree(arguments.record, folder)
        else:
            build(folder, arguments.documents)
        long = add_article(folder, arguments.characters)
        results = {"pages": pages(folder, long)}
        if not arguments.no_browser:
            results["browser"] = in_browser(folder, long)
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def add_article(folder: Path, characters: int) -> str:
    """An invented article as long as that, an event and a statement in every paragraph; its id."""
    said = "The envoy of Norland said that the council had rejected the plan of Tamsk for the harbour, number {}. "
    paragraphs, length, n = [], 0, 0
    while length < characters:
        paragraphs.append("".join(said.format(n + k) for k in range(4)).strip())
        length, n = length + len(paragraphs[-1]) + 1, n + 4
    document = Document(
        "\n".join(paragraphs), title="A long invented report", publisher="Bench", published="2024-01-01"
    )
    places = [m.start() for m in re.finditer("rejected", document.text)]
    events = (Event(id=f"e{p}", type="REJECT", anchor=document.span(p, p + 8), actors=()) for p in places)
    statements = (
        Statement(
            id=f"s{p}",
            source=None,
            cue=document.span(p - 21, p - 17),
            content=(document.span(p - 16, p + 8),),
            form="indirect",
        )
        for p in places
    )
    Record(folder).add(
        [Analysis(reader="bench", document=document, events=tuple(events), statements=tuple(statements))]
    )
    return document.id


def pages(folder: Path, long: str) -> list[dict[str, Any]]:
    """Every page when nothing is known, again, and after a decision."""
    app = workbench(folder, reviewer="bench", forecast=forecasting())
    client = TestClient(app, base_url=ORIGIN)
    print(
        f"{'processor seconds of a page':52s} {'first':>7s} {'again':>7s} {'decided':>7s}   (seconds of the clock)",
        flush=True,
    )
    _timed(lambda: begin(app), "starting")
    wanted = addresses(app, client, long)
    first = {page: measured(app, page) for page in wanted}
    again = {page: measured(app, page) for page in wanted}
    decisions, item = [], str(client.get("/review/next?queue=importance", follow_redirects=False).headers["location"])
    after = {}
    for page in wanted:
        spent, item = decide(client, item)
        decisions.append(spent)
        after[page] = measured(app, page)
    for page in wanted:
        clocks = " ".join(f"{run[page]['seconds']:6.3f}" for run in (first, again, after))
        print(f"{page:52s} " + " ".join(f"{run[page]['cpu']:7.3f}" for run in (first, again, after)) + f"   ({clocks})")
    decisions.sort(key=lambda spent: spent["cpu"])
    middle = decisions[len(decisions) // 2]
    print(f"{'a decision and the next row, median':52s} {middle['cpu']:7.3f}   ({middle['seconds']:6.3f})", flush=True)
    listed = [{"page": p, "first": first[p], "again": again[p], "decided": after[p]} for p in wanted]
    return [*listed, {"page": "a decision and the next row", "again": middle}]


def addresses(app: Starlette, client: TestClient, long: str) -> list[str]:
    """Addresses of every page that the workbench answers at; AssertionError where ASKED leaves one out."""
    paths = [
        r.path for r in app.routes if isinstance(r, Route) and "GET" in (r.methods or ()) and r.path not in UNASKED
    ]
    pages = [path for path in paths if not path.endswith((".json", ".csv"))]
    assert set(pages) == ASKED.keys(), f"Name in ASKED what to ask of {sorted(set(pages) ^ ASKED.keys())}."
    event = client.get("/review.json?queue=importance&only=events").json()[0]
    row = {name: event[name] for name in ("kind", "document", "id")}
    story = client.get("/stories.json").json()[0]["story"]
    of = decided(client, "/review/{kind}/{document}/{id}".format(**row))
    found = []
    for path in pages:
        ids = {"/d/{id}": {"id": long}, "/stories/{id}": {"id": story}}.get(path, row)
        given = f"?{urlencode(row | {'of': of})}" if path == "/review/matches" else ""
        found += [f"{path.format(**ids)}{asked}{given}" for asked in ASKED[path]]
    return found


def decided(client: TestClient, address: str) -> str:
    """Correct the row there; the number of the decision."""
    key = re.search(r'name="key" value="([^"]+)"', client.get(address).text)
    assert key
    _, _, kind, document, id = address.split("/")
    fields = {"key": key[1], "document": document, "kind": kind, "id": id, "verdict": "correct", "type": "CONSULT"}
    client.post("/review/decide", data=fields, follow_redirects=False)
    return str(client.get("/log.json").json()[0]["id"])


def measured(app: Starlette, page: str) -> dict[str, float]:
    """Seconds that a page takes to be made and sent, and the one it leads to; what a client does with it is not counted."""
    path, _, query = page.partition("?")
    scope = {
        "type": "http", "asgi": {"spec_version": "2.4"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": path,
        "root_path": "", "query_string": query.encode(), "headers": [(b"host", ORIGIN.removeprefix("http://").encode())],
    }  # fmt: skip
    seen: list[tuple[float, dict[str, Any]]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        seen.append((time.perf_counter(), {**message, "body": b""}))

    began, used = time.perf_counter(), time.process_time()
    asyncio.run(app(scope, receive, send))
    cpu, last = time.process_time() - used, time.perf_counter()
    status = seen[0][1]["status"]
    assert status in (200, 303), f"{page}: {status}"
    spent = {"cpu": round(cpu, 4), "seconds": round(last - began, 4), "first": round(seen[1][0] - began, 4)}
    if status == 200:
        return spent
    following = measured(app, dict(seen[0][1]["headers"])[b"location"].decode())
    return {name: spent[name] + following[name] for name in spent}


def decide(client: TestClient, address: str) -> tuple[dict[str, float], str]:
    """Accept the row there; what that and the next page took, and where that is."""
    key = re.search(r'name="key" value="([^"]+)"', client.get(address).text)
    assert key
    _, _, kind, document, rest = address.split("/", 4)
    fields = {"key": key[1], "document": document, "kind": kind, "id": rest.split("?")[0], "verdict": "accept"}
    began, used = time.perf_counter(), time.process_time()
    answer = client.post("/review/decide", data={**fields, "queue": "importance"}, follow_redirects=False)
    following = answer.headers["location"]
    client.get(following)
    return {"cpu": time.process_time() - used, "seconds": time.perf_counter() - began}, following


def in_browser(folder: Path, long: str) -> list[dict[str, Any]]:
    """First paint of some pages, and what one turn of the wheel costs the article's page."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("DRAGOMAN_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        print("no Chromium: nothing was opened in a browser")
        return []
    found = []
    with running(folder) as address, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=path, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=address)
        for where in (*OPENED, f"/d/{long}"):
            context.request.get(where, timeout=120_000)
            page = context.new_page()
            page.set_default_timeout(120_000)
            session = watched(page)
            page.goto(where)
            paint, answered, loaded = page.evaluate(PAINT)
            spent = 1000 * busy(session)
            found.append({"page": where, "thread": spent, "paint": paint, "answered": answered, "loaded": loaded})
            print(
                f"{where:44s} {spent:5.0f} ms of the page's own thread; by the clock: first byte {answered:.0f} ms, "
                f"first words {paint:.0f} ms, loaded {loaded:.0f} ms",
                flush=True,
            )
        found.append(scrolled(page))
        browser.close()
    return found


def watched(page: Any) -> Any:
    """A session that tells what a page's own thread spends."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    return session


def busy(session: Any) -> float:
    """Processor seconds of a page's own thread."""
    return next(m["value"] for m in session.send("Performance.getMetrics")["metrics"] if m["name"] == "TaskDuration")


def scrolled(page: Any) -> dict[str, Any]:
    """Turn the wheel a hundred times over the open article; milliseconds of the page's own thread for each turn."""
    session = watched(page)
    page.mouse.move(400, 400)
    turns = []
    for _ in range(100):
        before = busy(session)
        page.mouse.wheel(0, 600)
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        turns.append(1000 * (busy(session) - before))
    turns.sort()
    reached = page.evaluate("scrollY")
    print(
        f"scrolling {reached:,.0f} pixels: {turns[50]:.1f} ms a turn, the slowest of a hundred {turns[-1]:.1f} ms",
        flush=True,
    )
    return {"scrolled": reached, "median": turns[50], "most": turns[-1]}


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The workbench on a free port."""
    listening = serving.listen("127.0.0.1", 0)
    server = uvicorn.Server(
        uvicorn.Config(workbench(folder, forecast=forecasting()), log_level="error", lifespan="off")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield serving.address("127.0.0.1", listening, None).rstrip("/")
    server.should_exit = True
    thread.join(10)


def _timed(work: Callable[[], object], what: str) -> None:
    began, used = time.perf_counter(), time.process_time()
    work()
    print(f"{what:52s} {time.process_time() - used:7.3f}   ({time.perf_counter() - began:6.3f})", flush=True)


if __name__ == "__main__":
    sys.exit(main())
