"""Who may ask what: hosts, origins, tokens, keys, sizes; and a hostile article that stays words."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from dragoman.views.web import workbench
from dragoman.views.web.safety import Rules

from ..views import sample
from .conftest import ORIGIN

REPORT = sample.REPORT.id
OWN_CODE = r"<script(?! src=\"/static/)|<style|<[a-z][^<>]*\s(?:style|on[a-z]+)=|<(?:script|link)[^>]*https?:"


def accepting(bench, **fields):
    return {"key": bench.key, "document": REPORT, "kind": "events", "id": "v1", "verdict": "accept", **fields}


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8010", ""])
def test_a_foreign_host_name_is_not_answered(bench, host):
    """A name that was made to point here (DNS rebinding) reaches nothing."""
    answer = bench.client.get("/", headers={"host": host})
    assert answer.status_code == 421 and "dragoman" in answer.text and "Tamsk" not in answer.text


@pytest.mark.parametrize("host", ["localhost:8010", "127.0.0.1", "[::1]:8010", "[::1]", "LOCALHOST"])
def test_the_machines_own_names_are_answered(bench, host):
    """Loopback in all its spellings."""
    assert bench.client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
)
def test_another_site_cannot_decide(bench, record, headers):
    """Even with the right key, what comes from elsewhere changes nothing."""
    answer = bench.client.post("/review/decide", data=accepting(bench), headers=headers, follow_redirects=False)
    assert answer.status_code == 403 and record.reviews.entries() == ()


@pytest.mark.parametrize("key", [None, "", "guessed", "ключ"])
def test_a_form_without_the_key_changes_nothing(bench, record, key):
    """The key stands in the workbench's own pages only."""
    fields = {k: v for k, v in accepting(bench, key=key).items() if v is not None}
    answer = bench.client.post("/review/decide", data=fields, follow_redirects=False)
    assert answer.status_code == 403 and "Reload" in answer.text and record.reviews.entries() == ()


def test_the_workbenchs_own_page_can_decide(bench, record):
    """The same request from its own page is kept."""
    answer = bench.client.post(
        "/review/decide",
        data=accepting(bench),
        headers={"origin": ORIGIN, "sec-fetch-site": "same-origin"},
        follow_redirects=False,
    )
    assert answer.status_code == 303 and len(record.reviews.entries()) == 1


def test_decisions_cannot_be_made_by_an_address(bench, record):
    """A link or an image that points at a decision makes none."""
    assert bench.get("/review/decide?verdict=accept").status_code in (404, 405)
    assert record.reviews.entries() == ()


def test_without_the_token_nothing_is_shown(guarded):
    """On the network everybody has to show the token."""
    for address in ("/", "/search.json", "/static/bench.js", f"/d/{REPORT}"):
        assert guarded.get(address, follow_redirects=False).status_code == 401
    assert guarded.get("/?token=wrong").status_code == 401


def test_the_token_is_kept_and_leaves_the_address(guarded):
    """Shown once in the address it becomes a cookie that scripts cannot read."""
    answer = guarded.get("/search?q=troops&token=let-me-in", follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"] == "/search?q=troops"
    assert "HttpOnly" in answer.headers["set-cookie"] and "SameSite=strict" in answer.headers["set-cookie"]
    assert "Tamsk" in guarded.get("/search?q=troops").text


def test_the_token_never_leads_to_another_site(guarded):
    """An address with two slashes is not taken for another host."""
    answer = guarded.get("//evil.example/?token=let-me-in", follow_redirects=False)
    assert not answer.headers.get("location", "/").startswith("//")


def test_a_name_never_leads_to_another_site(bench):
    """Where to go back to is an address of the workbench."""
    for back in ("https://evil.example", "//evil.example", "/\\evil.example"):
        assert bench.send("/reviewer", name="bo", back=back).headers["location"] == "/"


@pytest.mark.parametrize("address", ["/", f"/d/{REPORT}", "/nowhere", "/search.csv", "/static/bench.css"])
def test_every_answer_is_strict(bench, address):
    """No script but the workbench's own, no frame, no guessing of types, nothing from another machine."""
    headers = bench.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and headers["x-content-type-options"] == "nosniff"


def test_no_page_has_a_script_or_style_of_its_own(bench):
    """What the policy forbids is not there either."""
    for address in (
        "/",
        f"/d/{REPORT}",
        "/positions",
        "/timeline",
        "/coalitions",
        f"/review/events/{REPORT}/v1",
        "/brief?about=NOR",
    ):
        page = bench.page(address)
        assert not re.search(OWN_CODE, page), address


def test_a_hostile_article_stays_words(bench):
    """Tags, attributes and control characters of the article are shown and do nothing."""
    id = sample.hostile().document.id
    page = bench.page(f"/d/{id}")
    assert "&lt;script&gt;alert(" in page and "<script>alert" not in page
    assert "<img" not in page and "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<b>&" not in page and "<i>Nobody" not in page and "<u>not" not in page
    assert "\x1b" not in page and "\x00" not in page and "␛[31m" in page
    assert 'href="javascript:' not in page


def test_a_hostile_row_can_be_reviewed(bench):
    """Ids with quotes and spaces are addresses like others."""
    page = bench.page(f"/d/{sample.hostile().document.id}")
    found = re.search(r'<li class="note[^>]*><a href="([^"]+)"', page)
    assert found and "&#34;" not in found[1] and bench.get(found[1].replace("&amp;", "&")).status_code == 200


def test_a_request_that_says_it_is_too_long_is_refused(path):
    """Before a byte of it is read."""
    client = TestClient(workbench(path, rules=Rules(max_body=1_000)), base_url=ORIGIN)
    answer = client.post("/add", content=b"x" * 2_000, headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 413 and "dragoman read" in answer.text


def test_a_request_that_hides_its_length_is_cut_off(path):
    """Counted as it comes."""
    client = TestClient(workbench(path, rules=Rules(max_body=1_000)), base_url=ORIGIN)
    answer = client.post(
        "/review/decide",
        content=(b"a=" + b"x" * 300 for _ in range(9)),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=%22%27%29%3B%20DROP%20TABLE%20documents",
        "/positions?actor=%27%20OR%201%3D1",
        "/stories/%27%20OR%20%271",
        "/search?within=documents%3BSELECT",
    ],
)
def test_sql_never_comes_from_a_page(bench, record, address):
    """What stands in an address is a value, never a part of a query."""
    assert bench.get(address).status_code in (200, 400)
    assert len(record.documents) == 4


def test_static_files_stay_in_their_folder(bench):
    """No address climbs out of it."""
    for address in ("/static/../safety.py", "/static/..%2fsafety.py", "/static/%2e%2e/safety.py"):
        assert bench.get(address).status_code in (404, 400)


def test_a_formula_in_a_sheet_is_text(bench, record):
    """A spreadsheet that opens the CSV reckons with nothing that an article says."""
    from dragoman.analysis import Analysis
    from dragoman.document import Document

    record.add([Analysis(reader="by-hand", document=Document("Nothing.", title="=HYPERLINK(1)", publisher="@x"))])
    assert "'=HYPERLINK(1)" in bench.page("/search.csv?q=nothing")
