"""The example reports and the actor cases: complete, marked as invented, well-formed."""

import hashlib
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, TypedDict

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
MARK = "(This report is invented: an example written for dragoman.)"
KINDS = (
    "briefing-transcript.txt",
    "ceasefire-offer.html",
    "clash-report.txt",
    "council-meeting.txt",
    "denial.txt",
    "failed-talks.txt",
    "joint-communique.txt",
    "press-conference.txt",
    "sanctions-decision.txt",
    "troop-withdrawal.md",
    "two-items.jsonl",
)
REPORTS = (*(name for name in KINDS if not name.endswith(".jsonl")), "two-items.jsonl:1", "two-items.jsonl:2")
SECTOR_CODES = "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC"
SECTORS = frozenset(SECTOR_CODES.split())
TRAP_LABELS = """
    acronym aid airline assembly breakaway brussels chad commission company congo council court demonym_office dish
    extremists former georgia glued guinea his_country homonym ireland jordan journalist korea lookalike macedonia
    metonym military object office_date opposition parliament party police pronoun rebel state_date street sudan team
    thing title turkey two_countries undecided washington
"""
TRAPS = frozenset(TRAP_LABELS.split())


class Case(TypedDict):
    """One line of `evaluation/actors.jsonl`."""

    id: str
    text: str
    published: str | None
    mention: list[int]
    expect: dict[str, Any] | None
    trap: str
    split: str


class Page(HTMLParser):
    """The visible paragraphs and the metadata of the HTML example."""

    def __init__(self) -> None:
        super().__init__()
        self.article = False
        self.words: list[str] = []
        self.head: dict[str, str | None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("property") or found.get("rel") or ""
        self.head[name] = found.get("content") or found.get("href")
        self.article = self.article or tag == "article"

    def handle_endtag(self, tag: str) -> None:
        self.article = self.article and tag != "article"

    def handle_data(self, data: str) -> None:
        if self.article:
            self.words.append(data)


def page(path: Path) -> Page:
    parser = Page()
    parser.feed(path.read_text(encoding="utf-8"))
    return parser


def items(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def reports() -> dict[str, str]:
    """Every report of the folder by name; the two items of the JSONL file are reports of their own."""
    found: dict[str, str] = {}
    for name in KINDS:
        path = EXAMPLES / name
        if path.suffix == ".jsonl":
            found |= {f"{name}:{number}": item["text"] for number, item in enumerate(items(path), 1)}
        elif path.suffix == ".html":
            found[name] = "".join(page(path).words)
        else:
            found[name] = path.read_text(encoding="utf-8")
    return found


def sentences(text: str) -> list[str]:
    """Rough sentences, normalised for comparison; fragments under six words may well recur."""
    body = re.sub(r"\s+", " ", text.replace(MARK, ""))
    pieces = re.split(r"(?<=[.?!])[\"”]?\s", body)
    return [re.sub(r"\W+", " ", piece).strip().lower() for piece in pieces if len(piece.split()) >= 6]


def cases() -> list[Case]:
    lines = (ROOT / "evaluation" / "actors.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def words(case: Case) -> str:
    start, end = case["mention"]
    return case["text"][start:end]


def expectations() -> list[dict[str, Any]]:
    return [case["expect"] for case in cases() if case["expect"] is not None]


def test_the_folder_holds_the_eleven_files_and_its_readme() -> None:
    """Nothing is missing from the folder that `make demo` reads, and nothing unknown lies in it."""
    assert sorted(path.name for path in EXAMPLES.iterdir()) == sorted([*KINDS, "README.md"])


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_has_the_length_of_a_wire_story(name: str) -> None:
    """A report has 150 to 500 words."""
    assert 150 <= len(reports()[name].split()) <= 500


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_ends_by_saying_that_it_is_invented(name: str) -> None:
    """The last line of each report marks it as invented, once."""
    text = reports()[name]
    assert text.rstrip().endswith(MARK)
    assert text.count(MARK) == 1


def test_the_readme_says_that_the_events_are_invented_and_lists_every_file() -> None:
    """A visitor of the folder is told before reading any report."""
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert "Every event in this folder is invented." in readme
    assert [name for name in KINDS if f"`{name}`" not in readme] == []


def test_no_two_reports_share_a_sentence() -> None:
    """Each report is its own piece of writing; no sentence stands twice."""
    counted = Counter(sentence for text in reports().values() for sentence in sentences(text))
    assert len(counted) > 150
    assert [sentence for sentence, times in counted.items() if times > 1] == []


def test_curly_and_straight_quotation_marks_both_occur() -> None:
    """The reader meets both kinds of quotation marks in the examples."""
    texts = "".join(reports().values())
    assert texts.count("“") >= 10 and texts.count('"') >= 10


def test_a_quotation_runs_over_two_paragraphs() -> None:
    """In two reports a quotation is left open at the end of a paragraph and goes on in the next."""
    assert (
        '"They ask us to be patient with one side and strict with the other.\n\n"We shall'
        in reports()["press-conference.txt"]
    )
    assert re.search(r"“Anyone who shoots now is not one of us\.\s+“And anyone", reports()["ceasefire-offer.html"])


def test_the_html_page_carries_its_metadata() -> None:
    """Title, publisher, date and canonical address stand in the head of the page."""
    head = page(EXAMPLES / "ceasefire-offer.html").head
    assert head["og:title"] == "Southern rebels offer Manila a truce of sixty days"
    assert head["og:site_name"] == "The Harbour Ledger"
    assert str(head["article:published_time"]).startswith("2023-05-17")
    assert head["canonical"] == head["og:url"]


def test_the_jsonl_items_name_title_publisher_date_and_address() -> None:
    """Each item has the five fields that a feed of articles has."""
    found = items(EXAMPLES / "two-items.jsonl")
    assert len(found) == 2
    assert all(set(item) == {"text", "title", "publisher", "published", "url"} for item in found)
    assert [item["published"] for item in found] == ["2022-11-08", "2023-02-21"]


def test_there_are_more_than_450_actor_cases_with_unique_ids() -> None:
    """The set is large enough to tell 95 % from 92 %."""
    ids = [case["id"] for case in cases()]
    assert len(ids) >= 450
    assert len(set(ids)) == len(ids)


def test_a_mention_quotes_whole_words_of_its_text() -> None:
    """A mention lies in the text, is trimmed, and neither begins nor ends inside a word."""
    for case in cases():
        start, end = case["mention"]
        assert 0 <= start < end <= len(case["text"]), case["id"]
        assert words(case) == words(case).strip(" ,;“”"), case["id"]
        around = case["text"][max(start - 1, 0) : start] + case["text"][end : end + 1]
        assert not any(character.isalnum() for character in around), case["id"]


def test_no_case_is_asked_twice() -> None:
    """Text and mention together occur once."""
    asked = Counter((case["text"], *case["mention"]) for case in cases())
    assert [key for key, times in asked.items() if times > 1] == []


def test_dates_of_cases_are_whole_days_or_absent() -> None:
    """A case has the day of its publication, or null."""
    dates = [case["published"] for case in cases()]
    assert None in dates
    assert [date for date in dates if date is not None and not re.fullmatch(r"\d{4}-[01]\d-[0-3]\d", date)] == []


def test_expectations_use_the_contracts_words() -> None:
    """What is expected is an id, or a three-letter country with PLOVER sectors, or nobody."""
    for expect in expectations():
        assert set(expect) in ({"id"}, {"country"}, {"country", "sectors"}), expect
        assert re.fullmatch(r"[A-Z]{3}", expect.get("country") or "XXX"), expect
        assert set(expect.get("sectors", ())) <= SECTORS, expect


def test_every_trap_has_its_cases_in_both_splits() -> None:
    """Each difficulty has at least eight cases, at least two of them held."""
    by_split = {split: Counter(case["trap"] for case in cases() if case["split"] == split) for split in ("dev", "held")}
    assert set(by_split["dev"]) == set(by_split["held"]) == TRAPS
    assert [trap for trap in TRAPS if by_split["held"][trap] < 2] == []
    assert [trap for trap in TRAPS if by_split["dev"][trap] + by_split["held"][trap] < 8] == []


def test_a_third_of_the_cases_is_held_by_the_hash_of_the_id() -> None:
    """Nobody chose which cases are held: the SHA-256 of the id does."""
    for case in cases():
        number = int(hashlib.sha256(case["id"].encode()).hexdigest(), 16)
        assert case["split"] == ("held" if number % 3 == 0 else "dev"), case["id"]
    held = sum(case["split"] == "held" for case in cases())
    assert 0.28 <= held / len(cases()) <= 0.38


def test_nobody_is_a_common_right_answer() -> None:
    """A reader that always finds somebody fails a quarter of the cases, one that never does fails most."""
    nobody = sum(case["expect"] is None for case in cases())
    assert 0.2 <= nobody / len(cases()) <= 0.4


def test_the_readme_of_the_set_states_its_true_size_licence_and_scoring() -> None:
    """The figures in the README are those of the file."""
    readme = (ROOT / "evaluation" / "README.md").read_text(encoding="utf-8")
    held = sum(case["split"] == "held" for case in cases())
    for part in (f"{len(cases())} mentions", f"({held} cases)", f"({len(TRAPS)} of them", "CC0", "as a set"):
        assert part in readme
