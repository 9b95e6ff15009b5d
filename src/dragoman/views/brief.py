"""Positions on an issue -> a brief to print: who stands where, the red lines, what turned, each with numbered source quotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TextIO

from dragoman.errors import UsageError
from dragoman.knowledge.ontology import load_ontology
from dragoman.record import Record, Selection
from dragoman.record.positions import Evidence, Position, RedLine, red_lines
from dragoman.views.elements import Markup, element, head, join
from dragoman.views.positions import SIGNS, UNDATED
from dragoman.views.rows import clip, heading, plain, quotation_marks

Find = Callable[[Selection], tuple[Position, ...]]
"""The positions of a selection."""

PASSAGES = 3
"""Passages quoted for a position, the latest; the record has the others."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a document is called, and where it was published."""

    title: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a record says about an issue: `about` is a measure, or an actor as holder and as target.

    `held` are the positions, those toward the actor and his own; `lines` the red lines and veto threats among them.
    `headings` has every document of their evidence by its id.
    """

    about: str
    since: str | None
    until: str | None
    held: tuple[Position, ...]
    lines: tuple[RedLine, ...]
    headings: Mapping[str, Heading] = field(repr=False)


def brief(
    record: Record, about: str, *, since: str | None = None, until: str | None = None, standing: Find | None = None
) -> Brief:
    """The brief about an actor (id or name) or a measure; `standing` gives positions in the record's place.

    Raises UsageError for what is neither, and for dates that cannot be.
    """
    held = _held(standing or record.positions, about, since, until)
    return Brief(
        about=_label(about) or _name(held, about),
        since=since,
        until=until,
        held=held,
        lines=red_lines(held),
        headings=_headings(record, held),
    )


def write_brief(made: Brief, out: TextIO) -> None:
    """One self-contained page that prints well; it runs no script and loads nothing."""
    style = (files(__package__) / "brief.css").read_text(encoding="utf-8")
    out.write(head(f"Brief: {made.about}", style + _running(made.about), body="brief"))
    out.write(element("main", body(made)) + "\n</body>\n</html>\n")


def _running(about: str) -> str:
    """What stands above every printed page but the first; letters that could end a string of a style are left out."""
    words = "".join(c for c in clip(about, 80) if c.isprintable() and c not in '"\\<')
    return f'@page {{ @top-left {{ content: "{words}"; }} }}\n@page :first {{ @top-left {{ content: none; }} }}\n'


def body(made: Brief, link: Callable[[Evidence], str] | None = None) -> Markup:
    """The brief itself; `link` gives the address of a passage, where there is one."""
    notes = _Notes(link)
    parts = (
        *_opening(made),
        *_overview(made, notes),
        *_lines(made, notes),
        *_turns(made, notes),
        *_by_measure(made, notes),
    )
    return element("div", *parts, *notes.listed(made.headings), class_="brief-body")


def _held(standing: Find, about: str, since: str | None, until: str | None) -> tuple[Position, ...]:
    if _label(about):
        return standing(Selection(measures=about, since=since, until=until))
    found: dict[tuple[str, str, str | None], Position] = {}
    failed: list[UsageError] = []
    as_target = Selection(toward=about, since=since, until=until)
    as_holder = Selection(actors=about, since=since, until=until)
    for chosen in (as_target, as_holder):
        try:
            found |= {(p.actor, p.measure, p.toward): p for p in standing(chosen)}
        except UsageError as error:
            failed.append(error)
    if len(failed) > 1:
        raise failed[0]
    return tuple(found[key] for key in sorted(found, key=lambda k: (k[1], found[k].name, k[2] or "")))


def _headings(record: Record, held: Iterable[Position]) -> dict[str, Heading]:
    """Of the documents of the evidence; the text is looked at only where there is no title."""
    about = {"ids": sorted({e.document for p in held for e in p.evidence})}
    titles = "SELECT document_id, title, url FROM documents WHERE document_id IN (SELECT unnest($ids))"
    found = list(zip(*(c.to_pylist() for c in record.sql(titles, about).columns), strict=True))
    untitled = [id for id, title, _ in found if not title]
    begins = called(record, untitled) if untitled else {}
    return {id: Heading(begins.get(id) or heading(id, title, ""), url) for id, title, url in found}


def called(record: Record, untitled: Iterable[str]) -> dict[str, str]:
    """What documents without a title are called, by their ids."""
    query = "SELECT document_id, left(text, 400) FROM documents WHERE document_id IN (SELECT unnest($ids))"
    found = record.sql(query, {"ids": list(untitled)})
    return {id: heading(id, None, text) for id, text in zip(*(c.to_pylist() for c in found.columns), strict=True)}


def _name(held: Iterable[Position], about: str) -> str:
    """What the actor is called who was asked for by id or name."""
    wanted = about.casefold()
    called = [pair for p in held for pair in ((p.actor, p.name), (p.toward or "", p.toward_name or ""))]
    return next((name for id, name in called if name and wanted in (id.casefold(), name.casefold())), about)


def _label(about: str) -> str | None:
    """What the measure of that name is called; None where it is none."""
    wanted = plain(about.replace("-", "_")).casefold()
    return next(
        (m.label for m in load_ontology().measures.values() if wanted in (plain(m.type), m.label.casefold())), None
    )


class _Notes:
    """Passages in the order in which they are first referred to; the same sentence keeps its number.

    The list has the words of those that are quoted nowhere else.
    """

    def __init__(self, link: Callable[[Evidence], str] | None) -> None:
        self._numbers: dict[tuple[str, int, int], tuple[int, Evidence]] = {}
        self._quoted: set[int] = set()
        self._link = link

    def __call__(self, evidence: Iterable[Evidence]) -> Markup:
        """References to the passages."""
        numbers = [self._number(e) for e in evidence]
        links = (element("a", str(n), href=f"#source-{n}", aria_label=f"source {n}") for n in dict.fromkeys(numbers))
        return element("sup", join(links, ", ")) if numbers else Markup("")

    def quoted(self, e: Evidence) -> Markup:
        """Its words in quotation marks, and the reference."""
        self._quoted.add(self._number(e))
        return join([_words(e), self([e])])

    def listed(self, headings: Mapping[str, Heading]) -> Iterator[Markup]:
        """Every quoted passage with where it stands."""
        if self._numbers:
            yield element("h2", "Sources")
            yield element(
                "ol",
                *(self._item(n, e, headings[e.document]) for n, e in self._numbers.values()),
                class_="sources",
            )

    def _number(self, e: Evidence) -> int:
        return self._numbers.setdefault((e.document, e.start, e.end), (len(self._numbers) + 1, e))[0]

    def _item(self, number: int, e: Evidence, document: Heading) -> Markup:
        called = clip(document.title, 160)
        named = element("a", called, href=self._link(e)) if self._link else join([called])
        date = element("span", e.date or UNDATED, class_="date")
        where = join([e.publisher or "unknown publisher", named, date], ", ")
        words = [] if number in self._quoted else [_words(e), " "]
        holder = element("span", f"{e.holder_name}, in: ", class_="by")
        return element("li", *words, holder, where, *_url(document.url), id=f"source-{number}")


def _url(url: str | None) -> Iterator[Markup]:
    """The address of a source, written out for those who read on paper."""
    if url:
        is_web = url.startswith(("https://", "http://"))
        yield element("span", element("a", url, href=url) if is_web else url, class_="url")


def _opening(made: Brief) -> Iterator[Markup]:
    dates = sorted(e.date for p in made.held for e in p.evidence if e.date)
    documents = {e.document for p in made.held for e in p.evidence}
    span = f", {dates[0]} to {dates[-1]}" if dates else ""
    asked = "".join(f"{word} {date}, " for word, date in (("from", made.since), ("until", made.until)) if date)
    yield element("p", "Brief", class_="word")
    yield element("h1", made.about)
    actors = len({p.actor for p in made.held})
    yield element(
        "p",
        f"{asked}{_many(len(made.held), 'position')} of {_many(actors, 'actor')} in {_many(len(documents), 'document')}{span}.",
        class_="lead",
    )
    if not made.held:
        yield element("p", "The record holds no stance on this.")


def _overview(made: Brief, notes: _Notes) -> Iterator[Markup]:
    if not made.held:
        return
    heads = ("who", "stands", "toward", "how firmly", "since", "sources")
    head = element("thead", element("tr", *(element("th", h, scope="col") for h in heads)))
    groups = (_group(measure, held, len(heads), notes) for measure, held in _grouped(made))
    yield element("h2", "Who stands where")
    yield element(
        "div",
        element("table", head, *groups),
        class_="scroll",
        tabindex="0",
        role="region",
        aria_label="Who stands where",
    )


def _grouped(made: Brief) -> Iterator[tuple[str, list[Position]]]:
    """The positions by measure."""
    grouped: defaultdict[str, list[Position]] = defaultdict(list)
    for p in made.held:
        grouped[p.measure].append(p)
    yield from grouped.items()


def _group(measure: str, held: Iterable[Position], columns: int, notes: _Notes) -> Markup:
    """A measure and those who stand on it."""
    label = load_ontology().measures[measure].label
    named = element("tr", element("th", label, scope="rowgroup", colspan=str(columns)), class_="about")
    return element("tbody", named, *(_line(p, notes) for p in held))


def _line(p: Position, notes: _Notes) -> Markup:
    force = "" if p.force == "plain" else plain(p.force)
    cells = (f"{SIGNS[p.stance]} {p.stance}", p.toward_name or "", force, p.since or UNDATED, str(p.sources))
    return element(
        "tr",
        element("th", p.name, notes([p.firmest]), scope="row"),
        *(element("td", cell) for cell in cells),
        class_=p.stance,
    )


def _lines(made: Brief, notes: _Notes) -> Iterator[Markup]:
    if made.lines:
        yield element("h2", "Red lines and veto threats")
        yield element("ul", *(_red_line(x, notes) for x in made.lines), class_="lines")


def _red_line(x: RedLine, notes: _Notes) -> Markup:
    head = element("b", f"{x.position.name}: {plain(x.line.force)}, {SIGNS[x.line.stance]} {_matter(x.position)}")
    when = f" ({x.line.date or UNDATED}). "
    first, *others = x.evidence[:PASSAGES]
    words = notes.quoted(first)
    fate = f" Since then {x.fate}." if x.later else " Nothing later in the record."
    return element("li", head, when, words, notes([*others, *(later.evidence for later in x.later[-1:])]), fate)


def _turns(made: Brief, notes: _Notes) -> Iterator[Markup]:
    turned = [(p, t) for p in made.held for t in p.turns]
    if turned:
        items = (
            element(
                "li",
                element("b", p.name),
                f" on {_matter(p)}: {t.old}, from {t.date or UNDATED} {t.new}",
                notes([t.before, t.after]),
            )
            for p, t in turned
        )
        yield element("h2", "What turned")
        yield element("ul", *items)


def _by_measure(made: Brief, notes: _Notes) -> Iterator[Markup]:
    if made.held:
        yield element("h2", "In their words")
    for measure, held in _grouped(made):
        yield element("h3", load_ontology().measures[measure].label)
        for p in held:
            yield _quoted(p, notes)


def _quoted(p: Position, notes: _Notes) -> Markup:
    toward = f", toward {p.toward_name}" if p.toward_name else ""
    latest = p.current.evidence[-PASSAGES:]
    quotes = map(notes.quoted, latest)
    left = len(p.evidence) - len(latest)
    more = f" ({_many(left, 'more passage')} in the record.)" if left else ""
    return element(
        "p", element("b", f"{p.name} {p.stance}{toward}."), " ", join(quotes, " "), more, class_=f"position {p.stance}"
    )


def _words(e: Evidence) -> Markup:
    """The words in quotation marks, unless they bring their own."""
    opening, closing = quotation_marks(e.words)
    return element("q", opening, e.words, closing, dir="auto", class_="own")


def _matter(p: Position) -> str:
    label = load_ontology().measures[p.measure].label
    return f"{label} → {p.toward_name}" if p.toward_name else label


def _many(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
