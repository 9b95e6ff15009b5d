"""A record of invented reports, a workbench over it, and a browser that asks it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the extra dragoman[web] is not installed")
pytest.importorskip("jinja2", reason="the extra dragoman[web] is not installed")

from starlette.testclient import TestClient

from dragoman.analysis import Analysis
from dragoman.document import Document
from dragoman.record import Record
from dragoman.views.web import workbench
from dragoman.views.web.safety import Rules

from ..views import sample

ORIGIN = "http://127.0.0.1:8010"


def copied(analysis: Analysis, title: str, publisher: str, published: str) -> Analysis:
    """The same words as another paper prints them."""
    d = analysis.document
    return replace(
        analysis, document=Document(d.text, title=title, publisher=publisher, published=published, language="en")
    )


def fill(path: Path) -> Path:
    """The invented report, as three papers print it, and the page that means harm."""
    report = sample.report()
    copies = (
        copied(report, "Oslo shuts the door", "Morning Post (invented)", "2024-03-13"),
        copied(report, "No troops, says Oslo", "Evening Star (invented)", "2024-04-02"),
    )
    Record(path, create=True).add([report, *copies, sample.hostile()])
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record of four documents."""
    return fill(tmp_path / "rec")


@pytest.fixture
def record(path: Path) -> Record:
    """The same, as another process sees it."""
    return Record(path)


class Bench:
    """A person at the workbench: opens pages and sends their forms."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, address: str) -> Any:
        """The answer as it is, redirects not followed."""
        return self.client.get(address, follow_redirects=False)

    def page(self, address: str) -> str:
        """The page at an address, which must be there."""
        response = self.client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code} {response.text[:300]}"
        return response.text

    @property
    def key(self) -> str:
        found = re.search(r'name="key" value="([^"]+)"', self.page("/log"))
        assert found
        return found[1]

    def send(self, address: str, **fields: Any) -> Any:
        """Send a form of the workbench as its pages do."""
        return self.client.post(address, data={"key": self.key, **fields}, follow_redirects=False)

    def decide(self, document: str, kind: str, id: str, verdict: str, **fields: Any) -> Any:
        """Send a decision on a row."""
        answer = self.send("/review/decide", document=document, kind=kind, id=id, verdict=verdict, **fields)
        assert answer.status_code == 303, answer.text[-400:]
        return answer

    def sign(self, name: str) -> None:
        """Take a seat under that name."""
        self.send("/reviewer", name=name)


@pytest.fixture
def sit(path: Path) -> Callable[..., Bench]:
    """Opens the record in one more browser; all share one workbench."""
    app = workbench(path, reviewer="ada")

    def open_(name: str | None = None) -> Bench:
        bench = Bench(TestClient(app, base_url=ORIGIN))
        if name:
            bench.sign(name)
        return bench

    return open_


@pytest.fixture
def bench(sit: Callable[..., Bench]) -> Iterator[Bench]:
    """One browser in front of the workbench."""
    yield sit()


@pytest.fixture
def guarded(path: Path) -> TestClient:
    """A workbench on the network, which asks for a token."""
    return TestClient(
        workbench(path, rules=Rules(hosts=frozenset({"desk.example"}), token="let-me-in")),
        base_url="http://desk.example:8010",
    )
