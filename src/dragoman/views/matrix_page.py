"""Matrix -> one self-contained HTML page: the grid, and behind each cell the positions and the words they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import TextIO

from dragoman.record.positions import Evidence, Position
from dragoman.views.elements import Markup, element, head, join
from dragoman.views.matrix import MARKS, Cell, Matrix
from dragoman.views.positions import SIGNS, UNDATED, named
from dragoman.views.rows import plain

_KEY = (
    "+ supports, − opposes, ± mixed: contradictory at the same time, or different by target. o offer, d demand, ! red line, "
    "V veto threat: the strongest since the stance was taken. A cell leads to the words."
)


def write_matrix_page(matrix: Matrix, out: TextIO) -> None:
    """The page. It runs no script and loads nothing, and shows the same in light and dark."""
    out.write(head("Positions", _style("page.css") + _style("matrix.css")))
    heading = element(
        "h1", f"Positions of {_number(len(matrix.actors), 'actor')} on {_number(len(matrix.measures), 'measure')}"
    )
    note = [element("p", f"The actors with most passages; {matrix.left_out} more are left out.", class_="key")]
    grid = element("div", _grid(matrix), class_="scroll", tabindex="0", role="region", aria_label="Matrix")
    top = (
        element("p", "dragoman", class_="word"),
        heading,
        element("p", _KEY, class_="key"),
        *note[: bool(matrix.left_out)],
    )
    out.write(element("main", element("div", *top, grid, class_="wide"), *_sections(matrix)))
    out.write("\n</body>\n</html>\n")


def _grid(matrix: Matrix) -> Markup:
    if not matrix.cells:
        return element("p", "No position: the record holds no stance of this selection.", class_="none")
    heads = (element("th", element("span", matrix.label(m)), scope="col") for m in matrix.measures)
    head = element("thead", element("tr", element("th", "actor", scope="col"), *heads))
    return element("table", head, element("tbody", *(_row(matrix, *actor) for actor in matrix.actors)), class_="matrix")


def _row(matrix: Matrix, actor: str, name: str) -> Markup:
    cells = (_cell(matrix.cells.get((actor, m)), matrix.label(m)) for m in matrix.measures)
    return element("tr", element("th", element("a", name, href=f"#{_anchor(actor)}"), scope="row"), *cells)


def _cell(cell: Cell | None, measure: str) -> Markup:
    if cell is None:
        return element("td")
    said = f"{cell.positions[0].name}, {measure}: " + "; ".join(_summary(p) for p in cell.positions)
    sign = SIGNS[cell.stance] + MARKS[cell.force]
    firm = " firm" if cell.force in ("red_line", "veto_threat") else ""
    link = element("a", sign, href=f"#{_place(cell.positions[0])}", title=said, aria_label=said)
    return element("td", link, class_=f"held {cell.stance}{firm}")


def _sections(matrix: Matrix) -> Iterator[Markup]:
    for actor, name in matrix.actors:
        held = [p for m in matrix.measures for p in _held(matrix, actor, m)]
        articles = (_position(matrix, p) for p in held)
        yield element("section", element("h2", name, dir="auto"), *articles, class_="held-by", id=_anchor(actor))


def _held(matrix: Matrix, actor: str, measure: str) -> tuple[Position, ...]:
    cell = matrix.cells.get((actor, measure))
    return cell.positions if cell else ()


def _position(matrix: Matrix, p: Position) -> Markup:
    toward = f" → {p.toward_name}" if p.toward_name else ""
    return element(
        "article",
        element("h3", f"{SIGNS[p.stance]} {matrix.label(p.measure)}{toward}"),
        element(
            "p", f"{_summary(p)}. {_number(p.sources, 'independent source')}, {_number(len(p.evidence), 'passage')}."
        ),
        *_conditions(p),
        element("ul", *_passages(p)),
        class_=f"position {p.stance}",
        id=_place(p),
    )


def _summary(p: Position) -> str:
    toward = f" toward {p.toward_name}" if p.toward_name else ""
    firmly = "" if p.force == "plain" else f", {plain(p.force)} ({p.firmest.date or UNDATED})"
    since = f" since {p.since}" if p.since else f" ({UNDATED})"
    return f"{p.stance}{toward}{since}{firmly}"


def _conditions(p: Position) -> Iterator[Markup]:
    if p.conditions:
        words = join([element("span", e.condition or "", class_="quote") for e in p.conditions], "; ")
        yield element("p", "On condition: ", words)


def _passages(p: Position) -> Iterator[Markup]:
    turning = {t.after for t in p.turns}
    for e in p.evidence:
        yield _passage(e, "turn" if e in turning else None)


def _passage(e: Evidence, kind: str | None) -> Markup:
    force = "" if e.force == "plain" else f", {plain(e.force)}"
    turn = "turning point; " if kind else ""
    origin = element("i", f" {turn}{e.holder_name}{force}. {named(e)}{'' if e.date else ', ' + UNDATED}")
    return element(
        "li", element("b", SIGNS[e.stance]), element("span", e.words, class_="quote", dir="auto"), origin, class_=kind
    )


def _anchor(actor: str) -> str:
    """An id without white space, as HTML wants it."""
    return "a-" + "-".join(actor.split())


def _place(p: Position) -> str:
    return f"{_anchor(p.actor)}--{p.measure}--{'-'.join((p.toward or '').split())}"


def _number(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _style(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")
