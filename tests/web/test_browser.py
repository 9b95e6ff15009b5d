"""The workbench in a real Chromium: keys, lights, forms, two lights, three widths, and no request that leaves the machine."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn

from dragoman.analysis import Analysis, Event
from dragoman.document import Document
from dragoman.record import Record
from dragoman.views.web import serving, workbench

from ..views import sample
from .conftest import fill

playwright = pytest.importorskip(
    "playwright.sync_api", reason="playwright is not installed (the extra dragoman[dev] has it)"
)
BROWSER = os.environ.get("DRAGOMAN_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed (apt-get install chromium)"),
]

REPORT = sample.REPORT.id
WIDTHS = {"phone": 360, "laptop": 1280, "wide": 3840}
PAGES = (
    "/",
    f"/d/{REPORT}",
    "/search?q=troops",
    "/positions",
    "/redlines",
    "/timeline",
    "/coalitions",
    "/stories",
    "/review",
    f"/review/events/{REPORT}/v1?queue=doubt",
    "/agreement",
    "/log",
    "/add",
    "/brief?about=NOR",
)


@contextmanager
def running(path: Path, add=None) -> Iterator[str]:
    """The workbench on a free port; its address."""
    listening = serving.listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(workbench(path, reviewer="ada", add=add), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield serving.address("127.0.0.1", listening, None).rstrip("/")
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def chromium():
    with playwright.sync_playwright() as p:
        browser = p.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def address(path: Path) -> Iterator[str]:
    with running(path) as found:
        yield found


@pytest.fixture
def tab(chromium, address):
    """A page of one browser; its console is empty at the end, and it asked no other machine."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, base_url=address)
    page = context.new_page()
    page.set_default_timeout(60_000)
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on(
        "console",
        lambda message: trouble.append(message.text) if message.type == "error" and "400" not in message.text else None,
    )
    page.on("request", lambda request: trouble.append(request.url) if not request.url.startswith(address) else None)
    yield page
    context.close()
    assert trouble == []


def start(page, queue="/review/next?queue=doubt&only=events") -> str:
    page.goto(queue)
    return page.url


def press(page, key: str) -> str:
    """Press a key that leads on; where it led."""
    before = page.url
    page.keyboard.press(key)
    page.wait_for_url(lambda url: url != before)
    return page.url


@pytest.mark.parametrize(("key", "verdict"), [("a", "accept"), ("x", "reject"), ("f", "flag")])
def test_one_key_decides_and_goes_on(tab, record, key, verdict):
    """One key, one line in the log, the next row on the screen."""
    row = start(tab).split("?")[0].rsplit("/", 1)[1]
    press(tab, key)
    (review,) = record.reviews.entries()
    assert (review.verdict, review.row["id"]) == (verdict, row)


def test_space_j_and_k_move_and_decide_nothing(tab, record):
    """Forward, forward, back twice: where it began."""
    first = start(tab)
    second = press(tab, "Space")
    press(tab, "j")
    assert press(tab, "k").split("?")[0] == second.split("?")[0]
    assert press(tab, "k").split("?")[0] == first.split("?")[0] and record.reviews.entries() == ()


def test_a_digit_makes_the_correction_with_its_number(tab, record):
    """The button says what it will be."""
    tab.goto(f"/review/stances/{REPORT}/{sample.report().stances[0].id}?queue=doubt")
    words = tab.locator(".quick [data-key='1']").inner_text()
    press(tab, "1")
    (review,) = record.reviews.entries()
    assert review.verdict == "correct" and "supports" in words and dict(review.changes) == {"stance": "supports"}


def test_u_takes_back_also_after_a_reload(tab, record):
    """The row comes back, undecided."""
    first = start(tab)
    press(tab, "x")
    tab.reload()
    assert press(tab, "u").split("?")[0] == first.split("?")[0]
    assert tab.locator("#said").inner_text() == "Undone." and len(record.reviews.entries()) == 2


def test_a_question_mark_shows_the_keys(tab):
    """And Escape closes them; no key decides meanwhile."""
    start(tab)
    tab.keyboard.press("?")
    assert tab.locator("#help").is_visible()
    tab.keyboard.press("a")
    tab.keyboard.press("Escape")
    assert tab.locator("#help").is_hidden()


def test_w_says_why(tab):
    """The reasons come when they are asked for, and the row stays where it is."""
    tab.goto(f"/review/events/{REPORT}/v1?queue=doubt")
    assert tab.locator("#why li").first.is_hidden()
    before = tab.url
    tab.keyboard.press("w")
    tab.locator("#why li", has_text="By rule").first.wait_for()
    assert "reject" in tab.locator("#why li", has_text="By rule").first.inner_text() and tab.url == before
    press(tab, "j")


def test_l_leads_to_the_rows_that_were_read_alike(tab, record):
    """The next row says the same in the same words in another document; nothing was decided on the way."""
    tab.goto(f"/review/events/{REPORT}/v1")
    words = tab.locator("h1.gist").inner_text()
    tab.keyboard.press("l")
    tab.wait_for_url("**queue=like**")
    assert tab.locator("h1.gist").inner_text() == words and REPORT not in tab.url.partition("?")[0]
    assert record.reviews.entries() == ()


def test_keys_typed_into_a_field_are_letters(tab, record):
    """A note that says “fax” decides nothing."""
    start(tab)
    tab.locator("#verdicts [name=note]").fill("")
    tab.locator("#verdicts [name=note]").press_sequentially("fax")
    assert tab.locator("#verdicts [name=note]").input_value() == "fax" and record.reviews.entries() == ()


def test_e_edits_and_applies_to_all_after_a_preview(tab, record):
    """Correct, look at the others, correct them too, take that back."""
    tab.goto(f"/review/events/{REPORT}/v1?queue=doubt")
    tab.keyboard.press("e")
    tab.locator("#correct [name=type]").select_option("THREATEN")
    tab.locator("#correct .yes").click()
    tab.wait_for_url("**/review/matches**")
    assert "2 more rows" in tab.locator(".lead").inner_text()
    press(tab, "a")
    types = [e.type for a in record.analyses(reviewed=True) for e in a.events if e.anchor.text == "rejected"]
    assert types == ["THREATEN"] * 3
    press(tab, "u")
    assert [e.type for a in record.analyses(reviewed=True) for e in a.events if e.anchor.text == "rejected"].count(
        "REJECT"
    ) == 2


def test_a_speaker_is_found_by_typing(tab, record):
    """Letters, an arrow, Enter: the id stands in the field."""
    tab.goto(f"/review/statements/{REPORT}/s1?queue=doubt")
    tab.keyboard.press("e")
    field = tab.locator("[name='source.actor']")
    field.fill("")
    field.press_sequentially("osce")
    tab.locator("#names [role=option]").first.wait_for()
    field.press("Enter")
    assert field.input_value() == "OSCE"


def test_shift_arrows_move_the_words(tab, record):
    """The end of the anchor goes one word further."""
    tab.goto(f"/review/events/{REPORT}/v1?queue=doubt")
    tab.keyboard.press("e")
    span = tab.locator("[data-span=anchor]")
    span.focus()
    span.press("Shift+ArrowRight")
    assert span.locator("q").inner_text().strip("“”") == "rejected any"
    before = tab.url
    tab.locator("#correct .yes").click()
    tab.wait_for_url(lambda url: url != before)
    assert next(e for e in record.reviewed(REPORT).analysis.events if e.id == "v1").anchor.text == "rejected any"


def test_a_row_is_split_with_the_keyboard(tab, record):
    """s, a change, Control-Shift-Enter: the row stays and the changed one is beside it."""
    tab.goto(f"/review/events/{REPORT}/v1?queue=doubt")
    tab.keyboard.press("s")
    tab.locator("#correct [name=type]").select_option("THREATEN")
    press(tab, "Control+Shift+Enter")
    types = [e.type for e in record.reviewed(REPORT).analysis.events if e.anchor.text == "rejected"]
    assert sorted(types) == ["REJECT", "THREATEN"]


def test_rows_are_merged_with_the_keyboard(tab, record):
    """m, the other row, Tab, Enter: it is gone."""
    tab.goto(f"/review/events/{REPORT}/v1?queue=doubt")
    before = len(record.reviewed(REPORT).analysis.events)
    tab.keyboard.press("m")
    assert tab.evaluate("document.activeElement.name") == "with"
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Tab")
    press(tab, "Enter")
    assert len(record.reviewed(REPORT).analysis.events) == before - 1


def test_a_row_is_added_with_the_keyboard(tab, record):
    """n on a row of the document, another kind by its number, the words moved, Control-Enter."""
    tab.goto(f"/d/{REPORT}")
    tab.keyboard.press("j")
    chosen = tab.locator(".note.chosen").get_attribute("data-kind")
    assert press(tab, "n").split("/")[-2] == chosen
    assert "/stances/" in press(tab, "3")
    span = tab.locator("[data-span=measure]")
    words = span.locator("q").inner_text()
    span.focus()
    span.press("Shift+ArrowRight")
    assert span.locator("q").inner_text() != words
    tab.locator("[name='measure.type']").select_option("dialogue")
    holder = tab.locator("[name='holder.actor']")
    holder.fill("NOR")
    press(tab, "Control+Enter")
    (added,) = [r for r in record.reviews.entries() if r.verdict == "add"]
    assert (added.kind, added.row["measure"]["type"], added.row["holder"]["actor"]) == ("stances", "dialogue", "NOR")


def test_marked_words_become_a_row(tab):
    """Words marked with the mouse lead to the form that adds a row about them."""
    tab.goto(f"/d/{REPORT}")
    tab.locator(".para > p").last.get_by_text("arrived").dblclick()
    tab.locator("[data-add=events]").click()
    tab.wait_for_url("**/add-row/events/**")
    assert tab.locator("[data-span=anchor] q").inner_text().strip("“”") == "arrived"


def test_a_row_and_its_words_light_together(tab):
    """With the mouse over the words, and with j on the row."""
    tab.goto(f"/d/{REPORT}")
    tab.locator(".para .claim", has_text="rejected").first.hover()
    assert "v1" in tab.locator(".note.lit").evaluate_all("all => all.map(one => one.dataset.row)")
    tab.keyboard.press("j")
    chosen = tab.locator(".note.chosen").get_attribute("data-row")
    assert tab.locator(f"[data-rows~='{chosen}'].lit").count() > 0


def test_a_pronoun_lights_with_the_names_it_stands_for(tab):
    """The mouse on “she” lights the minister; a tap says who it is."""
    tab.goto(f"/d/{REPORT}")
    she = tab.locator(".para .mention.pronoun", has_text="she").first
    she.hover()
    assert "Foreign Minister Marta Ilvesk" in tab.locator(".mention.same").all_inner_texts()
    she.click()
    assert "Marta Ilvesk" in tab.locator("#said").inner_text()


def test_a_row_is_decided_where_it_is_read(tab, record):
    """j, a: accepted in the document, and the next row chosen."""
    tab.goto(f"/d/{REPORT}")
    tab.keyboard.press("j")
    chosen = tab.locator(".note.chosen").get_attribute("data-row")
    tab.keyboard.press("a")
    tab.locator(f"[data-row='{chosen}'].state-accepted").wait_for()
    assert [r.row["id"] for r in record.reviews.entries()] == [chosen]


def test_a_hostile_article_runs_nothing(tab):
    """Its script, its image and its address are words."""
    tab.on("dialog", lambda dialog: pytest.fail(f"the article ran a script: {dialog.message}"))
    tab.goto(f"/d/{sample.hostile().document.id}")
    assert "<script>alert('x')</script>" in tab.locator(".text").inner_text()
    assert tab.locator("main img, main script, main a[href^='javascript']").count() == 0


def test_turned_text_is_shown_in_the_order_it_has(tab, record):
    """Characters that would turn the direction of words are shown as pictures and turn nothing."""
    text = "Norland \u202etpecca ton did\u202c the plan, \u2067and\u2069 said so.\n"
    document = Document(text, title="\u202eTurned")
    record.add([Analysis(reader="by-hand", document=document)])
    tab.goto(f"/d/{document.id}")
    assert tab.locator(".para p").inner_text() == "Norland ⇄tpecca ton did⇄ the plan, ⇄and⇄ said so."
    places = tab.evaluate(PLACES)
    assert places == sorted(places) and tab.locator("h1").inner_text() == "⇄Turned"


def test_a_line_of_five_megabytes_is_shown_and_never_run(tab, record):
    """It is there to its end, its script is words, and the keys go on working."""
    tab.on("dialog", lambda dialog: pytest.fail(f"the article ran a script: {dialog.message}"))
    line = "<script>alert(1)</script> Norland rejected the plan. " + "tamsk " * 830_000 + "<img src=x onerror=alert(2)>"
    document = Document(line, title="One line")
    anchor = document.span(line.index("rejected"), line.index("rejected") + 8)
    event = Event(id="v1", type="REJECT", anchor=anchor, actors=())
    record.add([Analysis(reader="by-hand", document=document, events=(event,))])
    tab.set_default_timeout(90_000)
    tab.goto(f"/d/{document.id}")
    assert tab.evaluate("document.querySelector('.para p').textContent.length") == len(line)
    assert tab.locator("main script, main img").count() == 0
    tab.keyboard.press("j")
    assert tab.locator(".note.chosen").get_attribute("data-row") == "v1"
    press(tab, "r")
    assert "rejected" in tab.locator("#passage").inner_text() and len(tab.locator("#passage").inner_text()) < 3_000


def test_two_reviewers_lose_nothing(chromium, address, record):
    """Two browsers, two names, the same queue."""
    pages = []
    for name in ("ada", "bo"):
        page = chromium.new_context(base_url=address).new_page()
        page.goto("/")
        page.locator(".sign input[name=name]").fill(name)
        page.locator(".sign button").click()
        page.goto("/review/next?queue=doubt&only=events")
        pages.append(page)
    for _ in range(3):
        for page in pages:
            press(page, "a")
    assert sorted(r.reviewer for r in record.reviews.entries()) == ["ada"] * 3 + ["bo"] * 3
    for page in pages:
        page.context.close()


DRAWN = "[...document.querySelectorAll('main svg text')].map(t => t.getScreenCTM().a * parseFloat(getComputedStyle(t).fontSize))"


@pytest.mark.parametrize("width", WIDTHS)
def test_words_in_charts_can_be_read(chromium, address, width):
    """However narrow the window: 14 pixels or more as they are drawn; a chart scrolls in its frame."""
    context = chromium.new_context(viewport={"width": WIDTHS[width], "height": 800}, base_url=address)
    page = context.new_page()
    page.goto("/timeline")
    drawn = page.evaluate(DRAWN)
    assert drawn and min(drawn) >= 13.99
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_its_window(chromium, address, width, scheme):
    """From a phone to 4k, in both lights; words are 14 pixels or more and stand out from their ground."""
    context = chromium.new_context(
        viewport={"width": WIDTHS[width], "height": 800}, color_scheme=scheme, base_url=address
    )
    page = context.new_page()
    for where in PAGES:
        page.goto(where)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{where} at {WIDTHS[width]}"
        small = page.evaluate(SMALL_OR_FAINT)
        assert small == [], f"{where} in {scheme}: {small}"
    context.close()


def test_every_field_and_button_has_a_name(chromium, address):
    """What a screen reader says of it."""
    context = chromium.new_context(base_url=address)
    page = context.new_page()
    for where in PAGES:
        page.goto(where)
        assert page.evaluate(NAMELESS) == [], where
        assert (
            page.evaluate(
                "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, n, all) => all.indexOf(id) !== n)"
            )
            == []
        ), where
    context.close()


def test_dropped_files_are_read(chromium, tmp_path):
    """A file is sent, the page says how far it is, the document is there."""

    def add(paths, given, report):
        from dragoman.ingest import read_paths

        documents = list(read_paths([str(p) for p in paths]))
        report(0, len(documents))
        Record(record).add([Analysis(reader="by-hand", document=d) for d in documents])
        return f"{len(documents)} documents read.", []

    record = fill(tmp_path / "rec")
    note = tmp_path / "cable.txt"
    note.write_text("Envoys met in Tamsk on Friday.\n", encoding="utf-8")
    with running(record, add) as address:
        page = chromium.new_context(base_url=address).new_page()
        page.goto("/add")
        page.locator("input[type=file]").set_input_files(str(note))
        page.locator("#adding .yes").click()
        page.locator("#job[data-state=done]").wait_for()
        assert "1 documents read." in page.locator("#job .lead").inner_text()
        page.goto("/search?q=envoys")
        assert page.locator(".hits li").count() == 1
        page.context.close()


SMALL_OR_FAINT = """
() => {
  const rgb = text => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.fillStyle = text;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const linear = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const bright = ([r, g, b]) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b);
  const ground = one => {
    for (let at = one; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return rgb(getComputedStyle(document.documentElement).backgroundColor);
  };
  const isText = one => [...one.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  const seen = new Map();
  for (const one of document.querySelectorAll('body *')) {
    if (!one.checkVisibility() || one.closest('svg, .hidden, .skip, dialog') || !isText(one)) continue;
    const style = getComputedStyle(one), size = parseFloat(style.fontSize), reference = one.closest('sup, kbd');
    const [light, dark] = [bright(rgb(style.color)), bright(ground(one))].sort((a, b) => b - a);
    const contrast = (light + .05) / (dark + .05);
    if ((size < 13.99 && !reference) || contrast < 4.5)
      seen.set(`${one.tagName}.${one.className}`, `${size}px ${contrast.toFixed(1)}`);
  }
  return [...seen].map(pair => pair.join(' '));
}
"""

PLACES = """
() => {
  const words = document.querySelector('.para p').firstChild, range = document.createRange(), places = [];
  for (let n = 0; n < 24; n += 1) {
    range.setStart(words, n);
    range.setEnd(words, n + 1);
    places.push(range.getBoundingClientRect().left);
  }
  return places;
}
"""

NAMELESS = """
() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, [role=region], progress')]
  .filter(one => !one.getAttribute('aria-label') && !one.textContent.trim() && !one.labels?.length && !one.title)
  .map(one => one.outerHTML.slice(0, 120))
"""
